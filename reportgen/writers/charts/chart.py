"""`Chart` → horizontal stacked bars.

Every part of a bar carries its count, and its name where there is room; the legend names the
parts in the order in which they stand. Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from reportgen.document import Bar, Chart, Segment
from reportgen.writers.charts.svg import SPACE, Drawing

_BAR_HEIGHT = 5.6
_GAP = 2.4
"""Below a bar; with the bar itself 8 mm."""
_BETWEEN = 0.6
"""Between the parts of a bar the page shows."""
_EDGE = 0.15
"""Beside the bars: the line around a part is drawn half outside of it."""
_LARGEST_LABEL_SHARE = 0.4
"""Of the width: longer labels run over several lines."""


def draw_chart(chart: Chart, drawing: Drawing) -> None:
    """Draw the bars."""
    limit = drawing.width * _LARGEST_LABEL_SHARE
    labels = [drawing.wrap(bar.label, limit) for bar in chart.bars]
    longest = max((drawing.text_width(line) for label in labels for line in label), default=0.0)
    left = longest + SPACE if longest else _EDGE
    names = ((segment.label, segment.role) for bar in chart.bars for segment in bar.segments if segment.value)
    legend = drawing.legend(names, "patterns", left)
    top = legend + _GAP if legend else _EDGE
    room = drawing.width - left - _EDGE
    scale = min((_scale(bar, room, drawing) for bar in chart.bars), default=1.0)
    for bar, label in zip(chart.bars, labels, strict=True):
        height = max(_BAR_HEIGHT, len(label) * drawing.line_height)
        middle = top + height / 2
        drawing.text_lines(left - SPACE, middle, label, "end")
        _draw_segments(bar, left, middle, scale, drawing)
        top += height + _GAP
    drawing.height = max(top - _GAP + _EDGE, drawing.line_height)


def _scale(bar: Bar, room: float, drawing: Drawing) -> float:
    """Return how many millimetres one counts for if the bar is to fit and no part is too narrow for its count."""
    wide = [segment for segment in bar.segments if segment.value]
    while wide:
        scale = room / sum(segment.value for segment in wide)
        narrow = [segment for segment in wide if segment.value * scale < _least_width(segment, drawing)]
        if not narrow or len(narrow) == len(wide):
            return scale
        room -= sum(_least_width(segment, drawing) for segment in narrow)
        wide = [segment for segment in wide if segment not in narrow]
    return room


def _draw_segments(bar: Bar, left: float, middle: float, scale: float, drawing: Drawing) -> None:
    for segment in bar.segments:
        if segment.value:
            width = max(segment.value * scale, _least_width(segment, drawing))
            words = f"{segment.label} {segment.value}"
            if drawing.text_width(words) + SPACE > width - _BETWEEN:
                words = str(segment.value)
            drawing.segment(left, middle - _BAR_HEIGHT / 2, width - _BETWEEN, _BAR_HEIGHT, segment.role, words)
            left += width


def _least_width(segment: Segment, drawing: Drawing) -> float:
    return drawing.text_width(str(segment.value)) + SPACE + _BETWEEN
