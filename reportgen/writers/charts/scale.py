"""`Scale` → a grid: a row for each thing judged, a column for each step, a mark where the two meet.

The mark of today is filled, an earlier one hollow; an arrow leads from the one to the other where
they stand in different columns. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.document import Scale, ScaleMark, ScaleRow
from reportgen.writers.charts.svg import ARROW_HEAD, GRID_COLOUR, SPACE, Drawing

_MARK_HEIGHT = 4.6
_GAP = 1.6
"""Between a row's words or marks and the line below."""
_EDGE = 0.3
_BESIDE_ARROW = 0.7
_LARGEST_LABEL_SHARE = 0.42
_LEAST_LABEL_SHARE = 0.2
_MARK_SHARE = 0.5
"""Of a column: the least width of a mark with words that stands alone."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of the steps: where the first begins, and how wide each is."""

    left: float
    width: float

    def edge(self, place: int) -> float:
        """Return the left edge of a column; places count from 0."""
        return self.left + place * self.width


def draw_scale(scale: Scale, drawing: Drawing) -> None:
    """Draw the grid with its marks."""
    limit = drawing.width * _LARGEST_LABEL_SHARE
    labels = [drawing.wrap(row.label, limit) for row in scale.rows]
    longest = max((drawing.text_width(line) for label in labels for line in label), default=0.0)
    left = max(longest + SPACE, drawing.width * _LEAST_LABEL_SHARE)
    columns = _Columns(left, (drawing.width - left - _EDGE) / max(len(scale.steps), 1))
    steps = [drawing.wrap(step, columns.width - SPACE) for step in scale.steps]
    tops = [max(map(len, steps), default=1) * drawing.line_height + _GAP]
    for label in labels:
        tops.append(tops[-1] + max(_MARK_HEIGHT, len(label) * drawing.line_height) + 2 * _GAP)
    _draw_grid(steps, columns, tops, drawing)
    for place, row in enumerate(scale.rows):
        middle = (tops[place] + tops[place + 1]) / 2
        drawing.text_lines(0.0, middle, labels[place])
        if row.marks:
            _draw_marks(row, middle, columns, drawing)
        else:
            words = drawing.shorten(row.words, drawing.width - left - SPACE)
            drawing.text(left + SPACE, middle, words)
    drawing.height = tops[-1] + _EDGE


def _draw_grid(steps: list[tuple[str, ...]], columns: _Columns, tops: list[float], drawing: Drawing) -> None:
    for place, lines in enumerate(steps):
        middle = tops[0] - _GAP - len(lines) * drawing.line_height / 2
        drawing.text_lines(columns.edge(place) + columns.width / 2, middle, lines, "middle")
    for place in range(len(steps) + 1):
        x = columns.edge(place)
        drawing.line((x, tops[0]), (x, tops[-1]), GRID_COLOUR)
    for top in tops:
        drawing.line((0.0, top), (drawing.width - _EDGE, top), GRID_COLOUR)


def _draw_marks(row: ScaleRow, middle: float, columns: _Columns, drawing: Drawing) -> None:
    """Draw a row's marks: alone in the middle of a column, side by side in one, the earlier to the left."""
    by_step: dict[int, list[ScaleMark]] = {}
    for mark in sorted(row.marks, key=lambda mark: not mark.earlier):
        by_step.setdefault(mark.step, []).append(mark)
    edges: dict[bool, tuple[float, float]] = {}
    """Left and right edge of the earlier mark (True) and the later one."""
    for step, marks in by_step.items():
        share = (columns.width - SPACE / 2) / len(marks)
        for place, mark in enumerate(marks):
            width = _mark_width(mark, columns.width, share - SPACE / 2, drawing)
            left = columns.edge(step - 1) + SPACE / 4 + share * place + (share - width) / 2
            _draw_mark(mark, left, width, middle, drawing)
            edges[mark.earlier] = left, left + width
    if len(edges) == len(by_step) == 2:
        _draw_arrow(edges[True], edges[False], middle, drawing)


def _mark_width(mark: ScaleMark, column: float, room: float, drawing: Drawing) -> float:
    """As wide as its words, and half a column at least, where that fits into its room; without words, all of it."""
    if not mark.words:
        return room
    return min(max(drawing.text_width(mark.words) + SPACE, column * _MARK_SHARE), room)


def _draw_mark(mark: ScaleMark, left: float, width: float, middle: float, drawing: Drawing) -> None:
    words = drawing.shorten(mark.words, width - SPACE / 4)
    top = middle - _MARK_HEIGHT / 2
    if mark.earlier:
        drawing.dashed_rectangle(left, top, width, _MARK_HEIGHT, words)
    else:
        drawing.segment(left, top, width, _MARK_HEIGHT, mark.role, words)


def _draw_arrow(earlier: tuple[float, float], later: tuple[float, float], y: float, drawing: Drawing) -> None:
    """Draw an arrow from the earlier mark to the later one, if there is room for it between them."""
    if earlier < later:
        tail, tip = earlier[1] + _BESIDE_ARROW, later[0] - _BESIDE_ARROW
    else:
        tail, tip = earlier[0] - _BESIDE_ARROW, later[1] + _BESIDE_ARROW
    if abs(tip - tail) > ARROW_HEAD and (tip > tail) == (later > earlier):
        drawing.arrow(tail, tip, y)
