"""`Timeline` → a line for each thing that is due, its marker on its day, months above, the meeting's day across.

Rows with one label share a line; then a legend says what the markers mean. Otherwise each marker
has its words beside it. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.document import Timeline, TimelineRow
from reportgen.writers.charts.svg import GRID_COLOUR, MILLIMETRES_PER_POINT, SPACE, Drawing

_RADIUS = 1.4
_STEP = 2 * _RADIUS + 0.8
"""From one marker to the next below it, where several stand in one line on nearly the same day."""
_GAP = 1.0
"""Between lines."""
_EDGE = 0.3
_BESIDE_TICK = 0.7
_LARGEST_LABEL_SHARE = 0.4
_GRID = 0.4
"""Points: the lines between rows and months."""
_TODAY = 1.4
"""Points: the line of the meeting's day."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)
"""Months from one label of the axis to the next: the least that leaves room for the labels is taken."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """The days from the left end of the picture's lines to the right one."""

    left: float
    right: float
    start: date
    end: date

    def x(self, day: date) -> float:
        return self.left + (day - self.start).days / (self.end - self.start).days * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A line of the picture with its label and its rows, each with its depth among those that would touch."""

    label: str
    top: float
    height: float
    rows: tuple[tuple[TimelineRow, int], ...]


def draw_timeline(timeline: Timeline, drawing: Drawing) -> None:
    """Draw the timeline."""
    by_label: dict[str, list[TimelineRow]] = {}
    for row in timeline.rows:
        by_label.setdefault(row.label, []).append(row)
    limit = drawing.width * _LARGEST_LABEL_SHARE
    labels = [drawing.shorten(label, limit) for label in by_label]
    longest = max(map(drawing.text_width, labels), default=0.0)
    axis = _axis(timeline, longest + SPACE if longest else _RADIUS + _EDGE, drawing.width - _RADIUS - _EDGE)
    names = [(row.words, row.role) for row in timeline.rows if len(by_label) < len(timeline.rows)]
    legend = drawing.legend(names, "markers", 0.0)
    months = legend + _GAP if legend else 0.0
    bottom = months + drawing.line_height + _GAP / 2
    lanes = []
    for label, rows in zip(labels, by_label.values(), strict=True):
        placed = _place_rows(rows, axis)
        height = max((max(depth for _, depth in placed) + 1) * _STEP, drawing.line_height) + _GAP
        lanes.append(_Lane(label, bottom, height, placed))
        bottom += height
    _draw_months(axis, months, lanes, bottom, drawing)
    below = _draw_today(timeline, axis, months, bottom, drawing)
    for lane in lanes:
        _draw_lane(lane, axis, bool(legend), drawing)
    drawing.height = bottom + below + _EDGE


def _axis(timeline: Timeline, left: float, right: float) -> _Axis:
    """Return the axis of whole months, from that of the first day to that of the last."""
    days = [row.due for row in timeline.rows] + ([timeline.today] if timeline.today else [])
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
    return _Axis(left, right, first.replace(day=1), _month_after(last, 1) or date.max)


def _month_after(day: date, months: int) -> date | None:
    """Return the first of the month so many months later; None where the calendar ends before it."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) if count // 12 <= date.max.year else None


def _place_rows(rows: Sequence[TimelineRow], axis: _Axis) -> tuple[tuple[TimelineRow, int], ...]:
    """Sort the rows of a lane by their days, and put markers that would touch one below the other."""
    ends: list[float] = []
    placed = []
    for row in sorted(rows, key=lambda row: row.due):
        x = axis.x(row.due)
        depth = next((depth for depth, end in enumerate(ends) if end <= x), len(ends))
        ends[depth : depth + 1] = [x + _STEP]
        placed.append((row, depth))
    return tuple(placed)


def _ticks(axis: _Axis, drawing: Drawing) -> list[tuple[float, str]]:
    """Return where months, quarters or years begin, and their names."""
    room = (axis.right - axis.left) / max((axis.end - axis.start).days, 1)
    for months in _TICK_STEPS:
        widest = drawing.text_width("Sep 2000" if months < 12 else "2000") + SPACE
        if months * 30 * room >= widest:
            break
    ticks: list[tuple[float, str]] = []
    day: date | None = axis.start if months < 12 or axis.start.month == 1 else date(axis.start.year + 1, 1, 1)
    while day is not None and day < axis.end:
        ticks.append((axis.x(day), f"{day.year}" if months >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"))
        day = _month_after(day, months)
    return ticks


def _draw_months(axis: _Axis, top: float, lanes: Sequence[_Lane], bottom: float, drawing: Drawing) -> None:
    right = axis.right + _RADIUS
    for x, words in _ticks(axis, drawing):
        drawing.line((x, top), (x, bottom), GRID_COLOUR, _GRID)
        if x + _BESIDE_TICK + drawing.text_width(words) <= right:
            drawing.text(x + _BESIDE_TICK, top + drawing.line_height / 2, words)
    for y in (top + drawing.line_height + _GAP / 2, *(lane.top + lane.height for lane in lanes)):
        drawing.line((0.0, y), (right, y), GRID_COLOUR, _GRID)


def _draw_today(timeline: Timeline, axis: _Axis, months: float, bottom: float, drawing: Drawing) -> float:
    """Draw a thick line from the months down to its label, and return the height of what is below the last lane."""
    if not timeline.today:
        return 0.0
    x = axis.x(timeline.today)
    drawing.line((x, months + drawing.line_height + _GAP / 2), (x, bottom + _GAP), drawing.ink, _TODAY)
    half = drawing.text_width(timeline.today_label) / 2
    middle = max(min(x, axis.right + _RADIUS - half), half)
    drawing.text(middle, bottom + _GAP + drawing.line_height / 2, timeline.today_label, "middle")
    return _GAP + drawing.line_height


def _draw_lane(lane: _Lane, axis: _Axis, has_legend: bool, drawing: Drawing) -> None:
    drawing.text(0.0, lane.top + lane.height / 2, lane.label)
    depths = max(depth for _, depth in lane.rows) + 1
    first = lane.top + (lane.height - (depths - 1) * _STEP) / 2
    for row, depth in lane.rows:
        middle = first + depth * _STEP
        if not has_legend:
            _draw_words(row, middle, lane.height, axis, drawing)
        drawing.marker(axis.x(row.due), middle, _RADIUS, row.role)


def _draw_words(row: TimelineRow, middle: float, height: float, axis: _Axis, drawing: Drawing) -> None:
    """Say what a marker means, to its right or, where there is no room, to its left.

    Upright lines are interrupted for all of the lane: what is left of them above and below words looks like a slip.
    """
    x, beside = axis.x(row.due), _RADIUS + SPACE / 2
    room = {"start": axis.right + _RADIUS - x - beside, "end": x - beside - axis.left}
    anchor = "start" if drawing.text_width(row.words) <= room["start"] else max(room, key=room.__getitem__)
    words = drawing.shorten(row.words, room[anchor])
    width = drawing.text_width(words)
    left = x + beside if anchor == "start" else x - beside - width
    drawing.blank(left, middle, width, height - _GRID * MILLIMETRES_PER_POINT)
    drawing.text(left, middle, words)
