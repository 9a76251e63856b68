"""Charts as pictures."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from reportgen.house.look import Look
from reportgen.tree import Bar, Chart, Segment
from reportgen.writers.chart import Picture, draw_png, draw_svg
from tests.unit.writers.sample_tree import base_house


@pytest.fixture(scope="module")
def look() -> Look:
    return base_house().look


def chart_of(*bars: Bar) -> Chart:
    return Chart("alternative text", bars)


def bar(label: str, *counts: int) -> Bar:
    grades = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
    named = enumerate(zip(grades, counts, strict=False), 1)
    return Bar(label, tuple(Segment(grade, count, f"grade-{place}") for place, (grade, count) in named))


SAMPLE = chart_of(bar("Safeguarding", 1, 4, 3, 1), bar("Looked after children", 0, 5, 2, 0))


def words_of(picture: Picture) -> list[str]:
    """The words of the SVG in drawing order; matplotlib notes them beside their outlines."""
    return re.findall(r"<!-- (.*?) -->", picture.content.decode())


def rectangles_of(picture: Picture, colour: str) -> list[tuple[float, float]]:
    """Left and right edges, in points, of the rectangles of a colour."""
    shapes = re.findall(rf'd="([^"]*)"[^>]*style="fill: {colour}"', picture.content.decode())
    edges = [[float(x) for x in re.findall(r"[ML] (\S+) \S+", shape)] for shape in shapes]
    return [(min(found), max(found)) for found in edges]


def test_the_same_chart_gives_the_same_bytes(look: Look) -> None:
    assert draw_svg(SAMPLE, look) == draw_svg(SAMPLE, look)
    assert draw_png(SAMPLE, look) == draw_png(SAMPLE, look)


def test_a_machines_own_matplotlib_settings_change_nothing(look: Look) -> None:
    import matplotlib

    before = draw_svg(SAMPLE, look)
    with matplotlib.rc_context({"figure.facecolor": "red", "path.sketch": (1, 100, 2), "savefig.bbox": "tight"}):
        assert draw_svg(SAMPLE, look) == before
        assert matplotlib.rcParams["figure.facecolor"] == "red"


def test_a_chart_is_as_wide_as_the_text_in_both_forms(look: Look) -> None:
    svg, png = draw_svg(SAMPLE, look), draw_png(SAMPLE, look)
    assert svg.width == png.width == look.page.text_width
    assert svg.height == png.height
    width, height = Image.open(io.BytesIO(png.content)).size
    assert width / height == pytest.approx(png.width / png.height, rel=0.01)


def test_each_bar_adds_eight_millimetres(look: Look) -> None:
    heights = [draw_svg(chart_of(*[bar("A", 1, 2)] * count), look).height for count in (1, 2, 3)]
    assert [after - before for before, after in pairwise(heights)] == pytest.approx([8, 8])


def test_the_legend_names_the_parts_that_occur_in_their_order(look: Look) -> None:
    words = words_of(draw_svg(chart_of(bar("A", 0, 2, 1), bar("B", 0, 1, 1)), look))
    assert words[:2] == ["Good", "Requires improvement to be good"]
    assert "Outstanding" not in words


def test_parts_carry_their_names_where_there_is_room_and_always_their_counts(look: Look) -> None:
    words = words_of(draw_svg(chart_of(bar("A", 1, 30)), look))
    assert words[-2:] == ["1", "Good 30"]


def test_lengths_are_in_proportion_to_counts(look: Look) -> None:
    ((left, right),) = rectangles_of(
        draw_svg(chart_of(bar("A", 0, 10, 20)), look), look.segments["grade-2"].background
    )[1:]
    ((left_twice, right_twice),) = rectangles_of(
        draw_svg(chart_of(bar("A", 0, 10, 20)), look), look.segments["grade-3"].background
    )[1:]
    assert (right_twice - left_twice) == pytest.approx(2 * (right - left), rel=0.03)


def test_no_part_is_too_narrow_for_its_count_and_no_bar_too_long(look: Look) -> None:
    picture = draw_svg(chart_of(bar("A", 1, 1, 900, 1)), look)
    points = 72 / 25.4
    for place in (1, 2, 4):
        left, right = rectangles_of(picture, look.segments[f"grade-{place}"].background)[-1]
        assert right - left > 1.5 * points
        assert right <= picture.width * points
    assert right == pytest.approx(picture.width * points, abs=2)


def test_long_labels_run_over_several_lines(look: Look) -> None:
    label = "Services for looked after children and young people leaving care and their carers"
    words = words_of(draw_svg(chart_of(bar(label, 1)), look))
    lines = [line for line in words if line in label and line != "1"]
    assert len(lines) > 1
    assert " ".join(lines) == label


def test_a_dollar_is_a_dollar(look: Look) -> None:
    label = "costs $5 and $6"
    drawn = draw_svg(chart_of(bar(label, 1)), look).content.decode().split(f"<!-- {label} -->")[1].split("<!--")[0]
    assert drawn.count("<use ") == len(label), "an outline for each character"


def test_a_role_without_colours_is_drawn_in_plain_ones(look: Look) -> None:
    picture = draw_svg(chart_of(Bar("A", (Segment("x", 1, "unheard-of"),))), look)
    assert b"fill: #d3dae2" in picture.content


@pytest.mark.parametrize("chart", [chart_of(), chart_of(bar("A")), chart_of(bar("", 0, 0)), chart_of(Bar("", ()))])
def test_a_chart_of_nothing_is_still_a_picture(look: Look, chart: Chart) -> None:
    assert draw_svg(chart, look).height > 0
    assert draw_png(chart, look).content.startswith(b"\x89PNG")


@pytest.mark.filterwarnings("error")
def test_characters_that_no_face_has_do_not_stop_the_chart(look: Look) -> None:
    assert draw_png(chart_of(bar("中文 👍", 1)), look).content


def test_pyplot_and_its_windows_are_never_imported() -> None:
    source = Path(__import__("reportgen.writers.chart", fromlist=["chart"]).__file__).read_text(encoding="utf-8")
    assert "pyplot" not in source
