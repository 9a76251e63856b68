"""Grades on their scale, as a picture."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from reportgen.document import Scale, ScaleMark, ScaleRow
from reportgen.house.styles import PAGE_COLOUR, StyleSheet
from reportgen.writers.chart import Picture, draw_png, draw_svg
from tests.unit.writers.sample_tree import base_house
from tests.unit.writers.test_chart import rectangles_of, words_of

STEPS = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
POINTS = 72 / 25.4


@pytest.fixture(scope="module")
def look() -> StyleSheet:
    return base_house().stylesheet


def scale_of(*rows: ScaleRow) -> Scale:
    return Scale(STEPS, rows)


def mark(step: int, words: str = "", earlier: bool = False) -> ScaleMark:
    return ScaleMark(step, f"grade-{step}", words, earlier)


def dashed(picture: Picture) -> list[tuple[float, float]]:
    """Left and right edges, in points, of the hollow marks."""
    shapes = re.findall(rf'd="([^"]*)"[^>]*style="fill: {PAGE_COLOUR}; stroke-dasharray', picture.content.decode())
    edges = [[float(x) for x in re.findall(r"[ML] (\S+) \S+", shape)] for shape in shapes]
    return [(min(found), max(found)) for found in edges]


def arrow_heads(picture: Picture) -> list[tuple[float, float]]:
    """The tip and the back, in points, of each arrow."""
    shapes = re.findall(r'd="M (\S+) \S+\s+L (\S+) \S+\s+L (\S+) \S+\s+z\s*"', picture.content.decode())
    return [(float(tip), float(back)) for tip, back, other in shapes if back == other]


def test_a_mark_stands_in_the_column_of_its_step(look: StyleSheet) -> None:
    picture = draw_svg(scale_of(*(ScaleRow(f"Area {step}", (mark(step),)) for step in (1, 2, 3, 4))), look)
    edges = [rectangles_of(picture, look.segments[f"grade-{step}"].background)[0] for step in (1, 2, 3, 4)]
    middles = [(left + right) / 2 for left, right in edges]
    assert middles == sorted(middles)
    gaps = [after - before for before, after in pairwise(middles)]
    assert gaps == pytest.approx([gaps[0]] * 3, abs=0.1)
    assert edges[-1][1] < look.page.text_width * POINTS


def test_steps_and_rows_are_named(look: StyleSheet) -> None:
    words = words_of(draw_svg(scale_of(ScaleRow("Leaders", (mark(2),)), ScaleRow("Adoption", (), "not graded")), look))
    assert words[:2] == ["Outstanding", "Good"]
    assert {"Leaders", "Adoption", "not graded", "Inadequate"} <= set(words)
    assert "Requires improvement to be good" in " ".join(words)


def test_an_earlier_mark_is_hollow_and_an_arrow_leads_from_it_to_the_later_one(look: StyleSheet) -> None:
    better = draw_svg(scale_of(ScaleRow("Leaders", (mark(2, "2022"), mark(4, "2018", earlier=True)))), look)
    worse = draw_svg(scale_of(ScaleRow("Leaders", (mark(4, "2022"), mark(2, "2018", earlier=True)))), look)
    assert {*words_of(better)[-2:]} == {*words_of(worse)[-2:]} == {"2022", "2018"}
    assert len(dashed(better)) == len(dashed(worse)) == 1
    ((tip, back),) = arrow_heads(better)
    assert tip < back, "to the left, where the better grades are"
    ((tip, back),) = arrow_heads(worse)
    assert tip > back


def test_marks_in_one_column_stand_side_by_side_without_an_arrow(look: StyleSheet) -> None:
    picture = draw_svg(scale_of(ScaleRow("Leaders", (mark(3, "2022"), mark(3, "2018", earlier=True)))), look)
    ((_, earlier_right),) = dashed(picture)
    left = rectangles_of(picture, look.segments["grade-3"].background)[0][0]
    assert earlier_right < left
    assert arrow_heads(picture) == []


def test_long_words_stay_in_their_mark_and_an_arrow_without_room_is_left_out(look: StyleSheet) -> None:
    marks = (mark(2, "31 October 2022"), mark(3, "1 September 2022", earlier=True))
    picture = draw_svg(scale_of(ScaleRow("Leaders", marks)), look, 90)
    assert all(word.endswith("…") for word in words_of(picture)[-2:])
    assert arrow_heads(picture) == []


def test_an_area_that_only_the_earlier_inspection_judged_has_its_hollow_mark_alone(look: StyleSheet) -> None:
    picture = draw_svg(scale_of(ScaleRow("Adoption", (mark(2, "2018", earlier=True),), "not graded")), look)
    assert len(dashed(picture)) == 1
    assert "not graded" not in words_of(picture)
    assert arrow_heads(picture) == []


def test_long_names_make_their_row_higher(look: StyleSheet) -> None:
    short = draw_svg(scale_of(ScaleRow("Leaders", (mark(2),))), look).height
    long = draw_svg(scale_of(ScaleRow("The impact of leaders on social work practice " * 3, (mark(2),))), look).height
    assert long > short + 6


@pytest.mark.parametrize("empty", [Scale((), ()), scale_of(), scale_of(ScaleRow("", (), ""))])
def test_a_scale_of_nothing_is_still_a_picture(look: StyleSheet, empty: Scale) -> None:
    assert draw_svg(empty, look).height > 0
    assert draw_png(empty, look).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("width", [60.0, 160.0, 247.0])
def test_a_scale_is_as_wide_as_it_is_asked_to_be(look: StyleSheet, width: float) -> None:
    picture = draw_svg(scale_of(ScaleRow("Leaders", (mark(4, "2022"), mark(1, "2018", earlier=True)))), look, width)
    assert picture.width == width
    assert rectangles_of(picture, look.segments["grade-4"].background)[0][1] <= width * POINTS
