"""`Timeline` → a line for each thing that is due, its sign on its day, months above, the meeting's day across.

Rows with one label share a line; then a legend says what the signs mean. Otherwise each sign has
its words beside it. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.document import Timeline, TimelineRow
from reportgen.house.styles import StyleSheet
from reportgen.writers.chart.canvas import SPACE, Canvas
from reportgen.writers.chart.legend import Legend, draw_legend, plan_legend, style_of
from reportgen.writers.chart.lettering import MILLIMETRES_PER_POINT, Lettering

_RADIUS = 1.4
_STEP = 2 * _RADIUS + 0.8
"""From one sign to the next below it, where several stand in one line on nearly the same day."""
_GAP = 1.0
"""Between lines."""
_EDGE = 0.3
_LARGEST_LABEL_SHARE = 0.4
_GRID_COLOUR = "#8a8a8a"
_GRID = 0.4
"""Points: the lines between rows and months."""
_TODAY = 1.4
"""Points: the line of the meeting's day."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000)
"""Months from one label of the axis to the next: the least that leaves room for the labels is taken."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sign in its line; `x` is measured from the picture's left edge, `depth` counts from 0 downwards."""

    x: float
    depth: int
    row: TimelineRow


@dataclass(frozen=True, slots=True)
class _Lane:
    """A line with its label and its signs."""

    label: str
    top: float
    height: float
    marks: tuple[_Mark, ...]


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
class _Plan:
    """Where everything stands."""

    axis: _Axis
    legend: Legend
    months: float
    """The top of the months' names."""
    lanes: tuple[_Lane, ...]
    bottom: float
    """Of the last line; below it stands the label of the meeting's day, if there is one."""


def draw_timeline(timeline: Timeline, look: StyleSheet, width: float, lettering: Lettering) -> Canvas:
    """The time line as a picture of this width."""
    plan = _plan(timeline, width, lettering)
    below = _GAP + lettering.line if timeline.today else 0.0
    canvas = Canvas(width, plan.bottom + below + _EDGE, lettering)
    draw_legend(canvas, plan.legend, "signs", look)
    _draw_months(canvas, plan)
    if timeline.today:
        _draw_today(canvas, timeline.today, timeline.today_label, plan)
    for lane in plan.lanes:
        _draw_lane(canvas, lane, plan, look)
    return canvas


def _plan(timeline: Timeline, width: float, lettering: Lettering) -> _Plan:
    together: dict[str, list[TimelineRow]] = {}
    for row in timeline.rows:
        together.setdefault(row.label, []).append(row)
    limit = width * _LARGEST_LABEL_SHARE
    longest = min(lettering.widest(tuple(together)), limit)
    axis = _axis(timeline, longest + SPACE if longest else _RADIUS + _EDGE, width - _RADIUS - _EDGE)
    named = [(row.words, row.role) for row in timeline.rows if len(together) < len(timeline.rows)]
    legend = plan_legend(named, 0.0, width, lettering)
    months = legend.height + _GAP if legend.entries else 0.0
    top = months + lettering.line + _GAP / 2
    lanes = []
    for label, rows in together.items():
        marks = _marks_of(rows, axis)
        height = max((max(mark.depth for mark in marks) + 1) * _STEP, lettering.line) + _GAP
        lanes.append(_Lane(lettering.shortened(label, limit), top, height, marks))
        top += height
    return _Plan(axis, legend, months, tuple(lanes), top)


def _axis(timeline: Timeline, left: float, right: float) -> _Axis:
    """Whole months, from that of the first day to that of the last."""
    days = [row.due for row in timeline.rows] + ([timeline.today] if timeline.today else [])
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
    return _Axis(left, right, first.replace(day=1), _month_after(last, 1) or date.max)


def _month_after(day: date, months: int) -> date | None:
    """The first of the month so many months later; None where the calendar ends before it."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) if count // 12 <= date.max.year else None


def _marks_of(rows: Sequence[TimelineRow], axis: _Axis) -> tuple[_Mark, ...]:
    """The signs of a line in the order of their days, those that would touch one below the other."""
    ends: list[float] = []
    marks = []
    for row in sorted(rows, key=lambda row: row.due):
        x = axis.x(row.due)
        depth = next((depth for depth, end in enumerate(ends) if end <= x), len(ends))
        ends[depth : depth + 1] = [x + _STEP]
        marks.append(_Mark(x, depth, row))
    return tuple(marks)


def _ticks(axis: _Axis, lettering: Lettering) -> list[tuple[float, str]]:
    """Where months, quarters or years begin, and how they are called."""
    room = (axis.right - axis.left) / max((axis.end - axis.start).days, 1)
    for months in _TICK_STEPS:
        widest = lettering.width("Sep 2000" if months < 12 else "2000") + SPACE
        if months * 30 * room >= widest:
            break
    ticks: list[tuple[float, str]] = []
    day: date | None = axis.start if months < 12 or axis.start.month == 1 else date(axis.start.year + 1, 1, 1)
    while day is not None and day < axis.end:
        ticks.append((axis.x(day), f"{day.year}" if months >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"))
        day = _month_after(day, months)
    return ticks


def _draw_months(canvas: Canvas, plan: _Plan) -> None:
    top = plan.months + canvas.lettering.line + _GAP / 2
    for x, words in _ticks(plan.axis, canvas.lettering):
        canvas.line((x, plan.months), (x, plan.bottom), _GRID_COLOUR, _GRID)
        if x + 0.7 + canvas.lettering.width(words) <= plan.axis.right + _RADIUS:
            canvas.words(x + 0.7, plan.months + canvas.lettering.line / 2, words)
    for at in (top, *(lane.top + lane.height for lane in plan.lanes)):
        canvas.line((0.0, at), (plan.axis.right + _RADIUS, at), _GRID_COLOUR, _GRID)


def _draw_today(canvas: Canvas, today: date, label: str, plan: _Plan) -> None:
    """A thick line from the months down to its label."""
    x = plan.axis.x(today)
    canvas.line((x, plan.months + canvas.lettering.line + _GAP / 2), (x, plan.bottom + _GAP), canvas.ink, _TODAY)
    wide = canvas.lettering.width(label)
    left = min(max(x - wide / 2, 0.0), max(plan.axis.right + _RADIUS - wide, 0.0))
    canvas.words(left, plan.bottom + _GAP + canvas.lettering.line / 2, label)


def _draw_lane(canvas: Canvas, lane: _Lane, plan: _Plan, look: StyleSheet) -> None:
    canvas.words(0.0, lane.top + lane.height / 2, lane.label)
    depths = max(mark.depth for mark in lane.marks) + 1
    first = lane.top + (lane.height - (depths - 1) * _STEP) / 2
    for mark in lane.marks:
        middle = first + mark.depth * _STEP
        if not plan.legend.entries:
            _draw_words(canvas, mark, middle, lane.height, plan.axis)
        style = style_of(mark.row.role, look)
        canvas.sign(style.sign, mark.x, middle, _RADIUS, style)


def _draw_words(canvas: Canvas, mark: _Mark, middle: float, height: float, axis: _Axis) -> None:
    """What the sign means, to its right or, where there is no room, to its left.

    Upright lines are interrupted for all of the row, for what is left of them above and below words looks like a slip.
    """
    wide = canvas.lettering.width(mark.row.words)
    left = mark.x + _RADIUS + SPACE / 2
    if left + wide > axis.right + _RADIUS:
        left = mark.x - _RADIUS - SPACE / 2 - wide
    canvas.clear(left, middle, wide, height - _GRID * MILLIMETRES_PER_POINT)
    canvas.words(left, middle, mark.row.words)
