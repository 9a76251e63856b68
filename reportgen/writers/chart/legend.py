"""The legend of a picture: what each colour, pattern or sign means, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reportgen.house.styles import SegmentStyle, StyleSheet
from reportgen.writers.chart.canvas import SPACE, Canvas
from reportgen.writers.chart.lettering import Lettering

SWATCH = 4.2
"""The width of what stands before an entry's words, in millimetres; as high as a capital letter and a little more."""
_SWATCH_HEIGHT = 3.2
_SIGN_RADIUS = 1.3


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with its place, in millimetres from the picture's top left corner."""

    left: float
    top: float
    label: str
    role: str


@dataclass(frozen=True, slots=True)
class Legend:
    """Entries in one line, or in several. `height` includes the last line."""

    entries: tuple[Entry, ...]
    height: float


def plan_legend(names: Iterable[tuple[str, str]], left: float, right: float, lettering: Lettering) -> Legend:
    """The names (label and role), each once, in their order: in one line from `left` on, or in several from 0 on."""
    once = tuple(dict.fromkeys(names))
    widths = [SWATCH + SPACE / 2 + lettering.width(label) for label, _role in once]
    start = left if left + sum(widths) + 2 * SPACE * (len(widths) - 1) <= right else 0.0
    entries: list[Entry] = []
    at, top = start, 0.0
    for (label, role), width in zip(once, widths, strict=True):
        if at > start and at + width > right:
            at, top = start, top + lettering.line * 1.3
        entries.append(Entry(at, top, label, role))
        at += width + 2 * SPACE
    return Legend(tuple(entries), top + lettering.line if entries else 0.0)


def draw_legend(canvas: Canvas, legend: Legend, shows: Literal["patterns", "signs"], look: StyleSheet) -> None:
    """The entries, each behind a patch of its pattern or behind its sign."""
    for entry in legend.entries:
        style = style_of(entry.role, look)
        middle = entry.top + canvas.lettering.line / 2
        if shows == "patterns":
            canvas.shape(entry.left + 0.2, middle - _SWATCH_HEIGHT / 2, SWATCH - 0.4, _SWATCH_HEIGHT, style)
        else:
            canvas.sign(style.sign, entry.left + SWATCH / 2, middle, _SIGN_RADIUS, style)
        canvas.words(entry.left + SWATCH + SPACE / 2, middle, entry.label)


def style_of(role: str, look: StyleSheet) -> SegmentStyle:
    """The role's style; a plain one for a role that the house gives none."""
    return look.segments.get(role) or SegmentStyle()
