"""`Chart` → a picture: SVG for HTML and PDF, PNG for Word. Same chart, same look, same bytes.

Horizontal stacked bars, as wide as the text. Nothing depends on colour alone: every part of a
bar carries its count, and its name where there is room; the legend names the parts in the order
in which they stand. Lengths are millimetres, with y from the top downwards; words become
outlines, so that the picture looks the same where the face is missing.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from reportgen.house.look import Look, SegmentStyle
from reportgen.tree import Bar, Chart, Segment
from reportgen.writers.css import similar_faces

_MILLIMETRES_PER_INCH = 25.4
_MILLIMETRES_PER_POINT = _MILLIMETRES_PER_INCH / 72

_BAR = 5.6
_GAP = 2.4
"""Below a bar; with the bar itself 8 mm."""
_SEPARATOR = 0.35
"""White, between the parts of a bar."""
_SPACE = 2.0
"""Beside words: between a label and its bar, and between the entries of the legend."""
_SWATCH = 3.2
_LARGEST_LABEL_SHARE = 0.4
"""Of the width: longer labels run over several lines."""
_PNG_RESOLUTION = 220
_MATPLOTLIB_FACE = "DejaVu Sans"
"""Comes with matplotlib; stands in for faces and characters that the machine does not have."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart and its size on the page, in millimetres."""

    content: bytes
    width: float
    height: float


def draw_svg(chart: Chart, look: Look) -> Picture:
    """The chart as SVG (UTF-8)."""
    return _draw(chart, look, "svg", {"Date": None, "Creator": None})


def draw_png(chart: Chart, look: Look) -> Picture:
    """The chart as PNG, fine enough for print."""
    return _draw(chart, look, "png", {"Software": None})


def _draw(chart: Chart, look: Look, form: str, metadata: dict[str, None]) -> Picture:
    with matplotlib.rc_context(), warnings.catch_warnings():
        _settle_settings()
        # A character that no face has is drawn as a box; the alternative text still says it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        lettering = _Lettering.of(look)
        plan = _plan(chart, look.page.text_width, lettering)
        canvas = _Canvas(plan.width, plan.height, lettering)
        _draw_legend(canvas, plan, look)
        for row in plan.rows:
            _draw_row(canvas, row, plan, look)
        return Picture(canvas.written_as(form, metadata), plan.width, plan.height)


def _settle_settings() -> None:
    """Matplotlib's own defaults, whatever the machine's configuration files say, made repeatable."""
    matplotlib.rcdefaults()
    matplotlib.rcParams.update({"svg.hashsalt": "reportgen", "svg.fonttype": "path"})
    # Hinting makes words wider than they were measured; a "$" is a dollar, not the beginning of a formula.
    matplotlib.rcParams.update({"text.hinting": "none", "text.parse_math": False})


@dataclass(frozen=True, slots=True)
class _Lettering:
    """The type of the chart's words."""

    font: FontProperties
    size: float
    """In points."""
    line: float
    """From one line to the next."""
    colour: str

    @classmethod
    def of(cls, look: Look) -> _Lettering:
        style = look.resolved("chart")
        known = {entry.name for entry in fontManager.ttflist}
        faces = [face for face in (*similar_faces(style["face"]), _MATPLOTLIB_FACE) if face in known]
        size = style["size"]
        font = FontProperties(family=faces, size=size)
        return cls(font, size, size * style["line_height"] * _MILLIMETRES_PER_POINT, style["colour"])

    @property
    def rise(self) -> float:
        """From the baseline to the middle of a capital letter."""
        return 0.36 * self.size * _MILLIMETRES_PER_POINT

    def width(self, words: str) -> float:
        points, _height, _descent = text_to_path.get_text_width_height_descent(words, self.font, ismath=False)
        return float(points) * _MILLIMETRES_PER_POINT


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
class _Entry:
    """An entry of the legend."""

    left: float
    top: float
    label: str
    role: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands."""

    width: float
    height: float
    bars_left: float
    legend: tuple[_Entry, ...]
    rows: tuple[_Row, ...]


def _plan(chart: Chart, width: float, lettering: _Lettering) -> _Plan:
    limit = width * _LARGEST_LABEL_SHARE
    labels = [_wrapped(bar.label, limit, lettering) for bar in chart.bars]
    longest = max((lettering.width(line) for label in labels for line in label), default=0.0)
    bars_left = min(longest, limit) + _SPACE if longest else 0.0
    legend = _plan_legend(chart.bars, bars_left, width, lettering)
    top = max((entry.top for entry in legend), default=-lettering.line) + lettering.line + _GAP
    scale = _scale(chart.bars, width - bars_left, lettering)
    rows = []
    for bar, label in zip(chart.bars, labels, strict=True):
        height = max(_BAR, len(label) * lettering.line)
        rows.append(_Row(top, height, label, _plan_parts(bar, scale, lettering)))
        top += height + _GAP
    return _Plan(width, max(top - _GAP, lettering.line), bars_left, legend, tuple(rows))


def _plan_legend(bars: Sequence[Bar], left: float, right: float, lettering: _Lettering) -> tuple[_Entry, ...]:
    """The parts' names in the order in which they first stand in a bar: in one line above the bars, or in several."""
    names = dict.fromkeys((segment.label, segment.role) for bar in bars for segment in bar.segments if segment.value)
    widths = [_SWATCH + _SPACE / 2 + lettering.width(label) for label, _role in names]
    start = left if left + sum(widths) + 2 * _SPACE * (len(widths) - 1) <= right else 0.0
    entries: list[_Entry] = []
    at, top = start, 0.0
    for (label, role), width in zip(names, widths, strict=True):
        if at > start and at + width > right:
            at, top = start, top + lettering.line * 1.2
        entries.append(_Entry(at, top, label, role))
        at += width + 2 * _SPACE
    return tuple(entries)


def _plan_parts(bar: Bar, scale: float, lettering: _Lettering) -> tuple[_Part, ...]:
    parts = []
    left = 0.0
    for segment in bar.segments:
        if segment.value:
            width = max(segment.value * scale, _least_width(segment, lettering))
            named = f"{segment.label} {segment.value}"
            words = named if lettering.width(named) + _SPACE <= width else str(segment.value)
            parts.append(_Part(left, width, words, segment.role))
            left += width
    return tuple(parts)


def _scale(bars: Sequence[Bar], room: float, lettering: _Lettering) -> float:
    """Millimetres for one: as many as let every bar fit, when no part is too narrow for its count."""
    counted = [bar for bar in bars if any(segment.value for segment in bar.segments)]
    return min((_scale_of(bar, room, lettering) for bar in counted), default=1.0)


def _scale_of(bar: Bar, room: float, lettering: _Lettering) -> float:
    free = [segment for segment in bar.segments if segment.value]
    while free:
        scale = room / sum(segment.value for segment in free)
        narrow = [segment for segment in free if segment.value * scale < _least_width(segment, lettering)]
        if not narrow or len(narrow) == len(free):
            return scale
        room -= sum(_least_width(segment, lettering) for segment in narrow)
        free = [segment for segment in free if segment not in narrow]
    return room


def _least_width(segment: Segment, lettering: _Lettering) -> float:
    return lettering.width(str(segment.value)) + _SPACE * 0.7


def _wrapped(text: str, limit: float, lettering: _Lettering) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and lettering.width(longer) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


class _Canvas:
    """Draws rectangles and words in millimetres from the top left corner."""

    def __init__(self, width: float, height: float, lettering: _Lettering) -> None:
        self._lettering = lettering
        self._figure = Figure(figsize=(width / _MILLIMETRES_PER_INCH, height / _MILLIMETRES_PER_INCH))
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()

    def rectangle(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        self._axes.add_patch(Rectangle((left, top), width, height, facecolor=colour, linewidth=0))

    def words(self, left: float, middle: float, words: str, colour: str) -> None:
        """Words whose capitals have their middle at `middle`."""
        baseline = middle + self._lettering.rise
        self._axes.text(left, baseline, words, color=colour, fontproperties=self._lettering.font, va="baseline")

    def written_as(self, form: str, metadata: dict[str, None]) -> bytes:
        written = io.BytesIO()
        self._figure.savefig(written, format=form, dpi=_PNG_RESOLUTION, metadata=metadata)
        return written.getvalue()


def _draw_legend(canvas: _Canvas, plan: _Plan, look: Look) -> None:
    lettering = _Lettering.of(look)
    for entry in plan.legend:
        middle = entry.top + lettering.line / 2
        canvas.rectangle(entry.left, middle - _SWATCH / 2, _SWATCH, _SWATCH, _style(entry.role, look).background)
        canvas.words(entry.left + _SWATCH + _SPACE / 2, middle, entry.label, lettering.colour)


def _draw_row(canvas: _Canvas, row: _Row, plan: _Plan, look: Look) -> None:
    lettering = _Lettering.of(look)
    middle = row.top + row.height / 2
    first = middle - (len(row.label) - 1) * lettering.line / 2
    for place, line in enumerate(row.label):
        left = plan.bars_left - _SPACE - lettering.width(line)
        canvas.words(left, first + place * lettering.line, line, lettering.colour)
    for part in row.parts:
        style = _style(part.role, look)
        left, width = plan.bars_left + part.left, part.width - _SEPARATOR
        canvas.rectangle(left, middle - _BAR / 2, width, _BAR, style.background)
        canvas.words(left + (width - lettering.width(part.words)) / 2, middle, part.words, style.colour)


def _style(role: str, look: Look) -> SegmentStyle:
    return look.segments.get(role) or SegmentStyle()
