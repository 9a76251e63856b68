"""`Chart` → horizontal stacked bars.

Every part of a bar carries its count, and its name where there is room; the legend names the
parts in the order in which they stand. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.document import Bar, Chart, Segment
from reportgen.house.styles import StyleSheet
from reportgen.writers.chart.canvas import SPACE, Canvas
from reportgen.writers.chart.legend import Legend, draw_legend, plan_legend, style_of
from reportgen.writers.chart.lettering import Lettering

_BAR = 5.6
_GAP = 2.4
"""Below a bar; with the bar itself 8 mm."""
_BETWEEN = 0.6
"""Page, between the parts of a bar."""
_EDGE = 0.15
"""Page, beside the bars: the line around a part is drawn half outside of it."""
_LARGEST_LABEL_SHARE = 0.4
"""Of the width: longer labels run over several lines."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A drawn part of a bar; `left` is measured from the bar's beginning."""

    left: float
    width: float
    words: str
    role: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its label."""

    top: float
    height: float
    label: tuple[str, ...]
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands."""

    height: float
    bars_left: float
    legend: Legend
    rows: tuple[_Row, ...]


def draw_bars(chart: Chart, look: StyleSheet, width: float, lettering: Lettering) -> Canvas:
    """The bars as a picture of this width."""
    plan = _plan(chart, width, lettering)
    canvas = Canvas(width, plan.height, lettering)
    draw_legend(canvas, plan.legend, "patterns", look)
    for row in plan.rows:
        _draw_row(canvas, row, plan.bars_left, look)
    return canvas


def _plan(chart: Chart, width: float, lettering: Lettering) -> _Plan:
    limit = width * _LARGEST_LABEL_SHARE
    labels = [lettering.wrapped(bar.label, limit) for bar in chart.bars]
    longest = max(map(lettering.widest, labels), default=0.0)
    bars_left = min(longest, limit) + SPACE if longest else _EDGE
    names = ((segment.label, segment.role) for bar in chart.bars for segment in bar.segments if segment.value)
    legend = plan_legend(names, bars_left, width, lettering)
    top = legend.height + _GAP if legend.entries else _EDGE
    scale = _scale(chart.bars, width - bars_left - _EDGE, lettering)
    rows = []
    for bar, label in zip(chart.bars, labels, strict=True):
        height = max(_BAR, len(label) * lettering.line)
        rows.append(_Row(top, height, label, _plan_parts(bar, scale, lettering)))
        top += height + _GAP
    return _Plan(max(top - _GAP + _EDGE, lettering.line), bars_left, legend, tuple(rows))


def _plan_parts(bar: Bar, scale: float, lettering: Lettering) -> tuple[_Part, ...]:
    parts = []
    left = 0.0
    for segment in bar.segments:
        if segment.value:
            width = max(segment.value * scale, _least_width(segment, lettering))
            named = f"{segment.label} {segment.value}"
            words = named if lettering.width(named) + SPACE <= width - _BETWEEN else str(segment.value)
            parts.append(_Part(left, width, words, segment.role))
            left += width
    return tuple(parts)


def _scale(bars: Sequence[Bar], room: float, lettering: Lettering) -> float:
    """Millimetres for one: as many as let every bar fit, when no part is too narrow for its count."""
    counted = [bar for bar in bars if any(segment.value for segment in bar.segments)]
    return min((_scale_of(bar, room, lettering) for bar in counted), default=1.0)


def _scale_of(bar: Bar, room: float, lettering: Lettering) -> float:
    free = [segment for segment in bar.segments if segment.value]
    while free:
        scale = room / sum(segment.value for segment in free)
        narrow = [segment for segment in free if segment.value * scale < _least_width(segment, lettering)]
        if not narrow or len(narrow) == len(free):
            return scale
        room -= sum(_least_width(segment, lettering) for segment in narrow)
        free = [segment for segment in free if segment not in narrow]
    return room


def _least_width(segment: Segment, lettering: Lettering) -> float:
    return lettering.width(str(segment.value)) + SPACE + _BETWEEN


def _draw_row(canvas: Canvas, row: _Row, bars_left: float, look: StyleSheet) -> None:
    middle = row.top + row.height / 2
    canvas.lines_of_words(row.label, middle, 0.0, bars_left - SPACE)
    for part in row.parts:
        style = style_of(part.role, look)
        left, width = bars_left + part.left, part.width - _BETWEEN
        canvas.shape(left, middle - _BAR / 2, width, _BAR, style, part.words)
