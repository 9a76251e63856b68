"""`Scale` → a grid: a row for each thing judged, a column for each step, a mark where the two meet.

The mark of today is filled, an earlier one hollow; an arrow leads from the one to the other where
they stand in different columns. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.document import Scale, ScaleMark, ScaleRow
from reportgen.house.styles import StyleSheet
from reportgen.writers.chart.canvas import ARROW_HEAD, SPACE, Canvas
from reportgen.writers.chart.legend import style_of
from reportgen.writers.chart.lettering import Lettering

_MARK = 4.6
"""How high marks are."""
_GAP = 1.6
"""Between a row's words or marks and the line below."""
_EDGE = 0.3
_BESIDE_ARROW = 0.7
_LARGEST_LABEL_SHARE = 0.42
_LEAST_LABEL_SHARE = 0.2
_MARK_SHARE = 0.5
"""Of a column: the least width of a mark with words that stands alone."""
_GRID_COLOUR = "#8a8a8a"
"""Lines that guide the eye: they mean nothing that words and marks do not say, but are seen (3 to 1 on white)."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands."""

    left: float
    """Where the columns begin."""
    column: float
    """A column's width."""
    head: float
    """The height of the steps' names."""
    labels: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    """Of the rows, and at last the bottom of the last one."""


def draw_scale(scale: Scale, look: StyleSheet, width: float, lettering: Lettering) -> Canvas:
    """The scale as a picture of this width."""
    plan = _plan(scale, width, lettering)
    canvas = Canvas(width, plan.tops[-1] + _EDGE, lettering)
    _draw_grid(canvas, scale, plan, width)
    for place, row in enumerate(scale.rows):
        middle = (plan.tops[place] + plan.tops[place + 1]) / 2
        canvas.lines_of_words(plan.labels[place], middle, 0.0)
        if row.marks:
            _draw_marks(canvas, row, middle, plan, look)
        else:
            shown = lettering.shortened(row.words, width - plan.left - SPACE)
            canvas.words(plan.left + SPACE, middle, shown)
    return canvas


def _plan(scale: Scale, width: float, lettering: Lettering) -> _Plan:
    limit = width * _LARGEST_LABEL_SHARE
    labels = tuple(lettering.wrapped(row.label, limit) for row in scale.rows)
    longest = max(map(lettering.widest, labels), default=0.0)
    left = max(min(longest, limit) + SPACE, width * _LEAST_LABEL_SHARE)
    column = (width - left - _EDGE) / max(len(scale.steps), 1)
    lines = max((len(lettering.wrapped(step, column - SPACE)) for step in scale.steps), default=1)
    head = lines * lettering.line + _GAP
    tops = [head]
    for label in labels:
        tops.append(tops[-1] + max(_MARK, len(label) * lettering.line) + 2 * _GAP)
    return _Plan(left, column, head, labels, tuple(tops))


def _draw_grid(canvas: Canvas, scale: Scale, plan: _Plan, width: float) -> None:
    lettering = canvas.lettering
    bottom = plan.tops[-1]
    for place, step in enumerate(scale.steps):
        lines = lettering.wrapped(step, plan.column - SPACE)
        middle = plan.head - _GAP - len(lines) * lettering.line / 2
        first = middle - (len(lines) - 1) * lettering.line / 2
        for number, line in enumerate(lines):
            start = plan.left + place * plan.column + (plan.column - lettering.width(line)) / 2
            canvas.words(start, first + number * lettering.line, line)
    for place in range(len(scale.steps) + 1):
        at = plan.left + place * plan.column
        canvas.line((at, plan.head), (at, bottom), _GRID_COLOUR)
    for top in plan.tops:
        canvas.line((0.0, top), (width - _EDGE, top), _GRID_COLOUR)


def _draw_marks(canvas: Canvas, row: ScaleRow, middle: float, plan: _Plan, look: StyleSheet) -> None:
    """The row's marks: alone in the middle of their columns, side by side in one, the earlier to the left."""
    by_step: dict[int, list[ScaleMark]] = {}
    for mark in sorted(row.marks, key=lambda mark: not mark.earlier):
        by_step.setdefault(mark.step, []).append(mark)
    places: list[tuple[ScaleMark, float, float]] = []
    for step, marks in by_step.items():
        left = plan.left + (step - 1) * plan.column
        share = (plan.column - SPACE / 2) / len(marks)
        for number, mark in enumerate(marks):
            width = _mark_width(mark, plan.column, share - SPACE / 2, canvas.lettering)
            places.append((mark, left + SPACE / 4 + share * number + (share - width) / 2, width))
    for mark, at, width in places:
        _draw_mark(canvas, mark, at, width, middle, look)
    _draw_arrow(canvas, places, middle)


def _mark_width(mark: ScaleMark, column: float, room: float, lettering: Lettering) -> float:
    """As wide as its words, and half a column at least, where that fits into its room; without words, all of it."""
    if not mark.words:
        return room
    return min(max(lettering.width(mark.words) + SPACE, column * _MARK_SHARE), room)


def _draw_mark(canvas: Canvas, mark: ScaleMark, left: float, width: float, middle: float, look: StyleSheet) -> None:
    words = canvas.lettering.shortened(mark.words, width - SPACE / 4)
    if mark.earlier:
        canvas.hollow(left, middle - _MARK / 2, width, _MARK)
        canvas.words(left + (width - canvas.lettering.width(words)) / 2, middle, words)
    else:
        canvas.shape(left, middle - _MARK / 2, width, _MARK, style_of(mark.role, look), words)


def _draw_arrow(canvas: Canvas, places: list[tuple[ScaleMark, float, float]], middle: float) -> None:
    """From the earlier mark to the later one, where they stand in different columns."""
    earlier = next((place for place in places if place[0].earlier), None)
    later = next((place for place in places if not place[0].earlier), None)
    if earlier is None or later is None or earlier[0].step == later[0].step:
        return
    (_, left, width), (_, end, _) = sorted((earlier, later), key=lambda place: place[1])
    begin, end = left + width + _BESIDE_ARROW, end - _BESIDE_ARROW
    if end - begin > ARROW_HEAD:
        canvas.arrow(*((begin, end) if earlier[1] < later[1] else (end, begin)), middle)
