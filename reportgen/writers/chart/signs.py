"""Signs of different shapes, told apart without colour. Lengths are millimetres, with y from the top downwards."""

from __future__ import annotations

import math
from typing import Literal, assert_never

Sign = Literal["circle", "square", "triangle", "diamond", "cross", "ring"]
"""As `SegmentStyle.sign` has it."""
Point = tuple[float, float]


def outline_of(sign: Sign, x: float, y: float, radius: float) -> list[Point]:
    """The corners of the sign around its middle; a circle and a ring have so many that they are round."""
    match sign:
        case "circle" | "ring":
            return _corners(x, y, radius, 36, 0.0)
        case "square":
            return _corners(x, y, radius * 1.2, 4, 0.125)
        case "diamond":
            return _corners(x, y, radius * 1.3, 4, 0.0)
        case "triangle":
            return _corners(x, y + radius * 0.2, radius * 1.3, 3, -0.25)
        case "cross":
            return _cross(x, y, radius)
        case _:
            assert_never(sign)


def _corners(x: float, y: float, radius: float, number: int, turn: float) -> list[Point]:
    """A regular polygon's corners; `turn`, in whole turns, is the direction of the first: 0 to the right, -0.25 up."""
    angles = [2 * math.pi * (turn + corner / number) for corner in range(number)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def _cross(x: float, y: float, radius: float) -> list[Point]:
    """An x with arms a third as thick as they are long."""
    arm, reach = radius * 0.32, radius * 1.2
    plus = [(-arm, -reach), (arm, -reach), (arm, -arm), (reach, -arm), (reach, arm), (arm, arm)]
    corners = [*plus, *((-px, -py) for px, py in plus)]
    half = math.sqrt(0.5)
    return [(x + (px - py) * half, y + (px + py) * half) for px, py in corners]
