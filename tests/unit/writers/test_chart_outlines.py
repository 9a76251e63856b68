"""Words as outlines."""

from __future__ import annotations

import re

import pytest

from reportgen.writers.chart.outlines import draw_outlines

STYLE = {"face": "Liberation Sans", "size": 100}


def points_of(path: str) -> tuple[list[float], list[float]]:
    """The places across and down of all points of a path."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", path)]
    return numbers[::2], numbers[1::2]


def test_the_middle_of_the_words_is_the_origin() -> None:
    outlines = draw_outlines("DRAFT", STYLE)
    across, down = points_of(outlines.path)
    assert max(across) == pytest.approx(-min(across), abs=0.1)
    assert max(down) == pytest.approx(-min(down), abs=0.1)
    assert max(across) - min(across) == pytest.approx(outlines.width, abs=0.1)


def test_letters_stand_upright() -> None:
    # An L has its foot below and to the right.
    across, down = points_of(draw_outlines("L", STYLE).path)
    right = [y for x, y in zip(across, down, strict=True) if x == max(across)]
    assert min(right) > 0


def test_letters_are_as_large_and_as_bold_as_their_style() -> None:
    small, large = (draw_outlines("DRAFT", STYLE | {"size": size}).width for size in (50, 100))
    assert large == pytest.approx(2 * small, rel=0.01)
    assert draw_outlines("DRAFT", STYLE | {"bold": True}).width > large
    assert draw_outlines("DRAFT", STYLE | {"italic": True}).path != draw_outlines("DRAFT", STYLE).path


def test_the_same_words_have_the_same_outlines() -> None:
    assert draw_outlines("DRAFT", STYLE) == draw_outlines("DRAFT", STYLE)


@pytest.mark.parametrize("words", ["", " "])
def test_words_without_letters_have_none(words: str) -> None:
    assert draw_outlines(words, STYLE).path == ""
    assert draw_outlines(words, STYLE).width == 0
