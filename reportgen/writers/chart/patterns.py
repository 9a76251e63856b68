"""Patterns that fill shapes, as strokes: told apart without colour, in print and by everyone.

Strokes and not the patterns of SVG or of matplotlib: they come out the same in every program.
Lengths are millimetres, with y from the top downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

Pattern = Literal["none", "lines", "falling lines", "upright lines", "cross", "dots"]
"""As `SegmentStyle.pattern` has it."""
Stroke = tuple[tuple[float, float], tuple[float, float]]
"""From one point to another."""

_STEP = 1.7
"""Between the strokes of a pattern, measured along an edge."""
_SHORTEST = 0.1

DOT_RADIUS = 0.3


def strokes_of(pattern: Pattern, left: float, top: float, width: float, height: float) -> list[Stroke]:
    """The strokes that fill a rectangle, none of them beyond its edges; none for a pattern of dots."""
    match pattern:
        case "none" | "dots":
            return []
        case "lines":
            strokes = _rising(width, height, _STEP)
        case "falling lines":
            strokes = _falling(width, height, _STEP)
        case "upright lines":
            strokes = _upright(width, height, _STEP * 0.75)
        case "cross":
            strokes = iter([*_rising(width, height, _STEP * 1.2), *_falling(width, height, _STEP * 1.2)])
        case _:
            assert_never(pattern)
    return [((left + x, top + y), (left + to_x, top + to_y)) for (x, y), (to_x, to_y) in strokes]


def dots_of(pattern: Pattern, left: float, top: float, width: float, height: float) -> list[tuple[float, float]]:
    """The middles of the dots that fill a rectangle, every second row between those of the first."""
    if pattern != "dots":
        return []
    return [
        (left + x + row % 2 * _STEP / 2, top + y)
        for row, y in enumerate(_places(height - DOT_RADIUS, _STEP * 0.7))
        for x in _places(width - row % 2 * _STEP / 2 - DOT_RADIUS, _STEP)
    ]


def _places(length: float, step: float) -> Iterator[float]:
    """Every `step` from half a step on, up to the length."""
    place = step / 2
    while place < length:
        yield place
        place += step


def _rising(width: float, height: float, step: float) -> Iterator[Stroke]:
    """Lines at 45 degrees that rise to the right, cut off at the edges."""
    for place in _places(width + height, step):
        low, high = max(0.0, place - height), min(width, place)
        if high - low > _SHORTEST:
            yield (low, place - low), (high, place - high)


def _falling(width: float, height: float, step: float) -> Iterator[Stroke]:
    for (x, y), (to_x, to_y) in _rising(width, height, step):
        yield (width - x, y), (width - to_x, to_y)


def _upright(width: float, height: float, step: float) -> Iterator[Stroke]:
    for place in _places(width, step):
        yield (place, 0.0), (place, height)
