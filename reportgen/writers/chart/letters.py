"""The outlines of letters in an SVG of matplotlib → the same in fewer characters.

Words of pictures are outlines, and a PDF draws those of each letter wherever it stands, so nearly
all of a picture's size is theirs. In whole numbers of a coarser grid they take half of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COARSER = 8
"""Steps of matplotlib's grid that become one. Of the new ones there are 800 in the size of the type: in type of nine
points, a quarter of what a printer of 1200 dots per inch can show."""
_SCALE = 0.015625
"""Of matplotlib's grid: it draws letters 100 points high, each point in 64 steps."""
_LETTER = re.compile(rf' d="([^"]*)" transform="scale\({_SCALE}\)"')
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")

Point = tuple[float, float]


def shorten_letters(svg: str) -> str:
    """The SVG with the outlines of its letters on a coarser grid."""
    return _LETTER.sub(lambda found: f' d="{_shorten(found[1])}" transform="scale({_SCALE * _COARSER:g})"', svg)


def _shorten(outline: str) -> str:
    return "".join(f"{command}{' '.join(_on_grid(points))}" for command, points in _with_cubic_curves(outline))


def _with_cubic_curves(outline: str) -> Iterator[tuple[str, list[Point]]]:
    """The steps of an outline. A PDF knows cubic curves only: what turned quadratic ones into these later would not
    come to whole numbers."""
    last = (0.0, 0.0)
    for command, numbers in _STEP.findall(outline):
        values = [float(number) for number in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        if command == "Q":
            control, end = points
            yield "C", [two_thirds(last, control), two_thirds(end, control), end]
        else:
            yield command, points
        last = points[-1] if points else last


def two_thirds(start: Point, end: Point) -> Point:
    """Of the way from one to the other: where a quadratic curve's control point is for a cubic one."""
    return start[0] + (end[0] - start[0]) * 2 / 3, start[1] + (end[1] - start[1]) * 2 / 3


def _on_grid(points: list[Point]) -> Iterator[str]:
    for x, y in points:
        yield f"{round(x / _COARSER)} {round(y / _COARSER)}"
