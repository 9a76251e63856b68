"""Bars as pictures, and what all pictures have in common: size, bytes, type."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from reportgen.document import Bar, Chart, Segment
from reportgen.house.styles import SegmentStyle, StyleSheet
from reportgen.writers import chart
from reportgen.writers.chart import Picture, draw_png, draw_svg
from reportgen.writers.chart.patterns import DOT_RADIUS, dots_of, strokes_of
from tests.unit.writers.sample_tree import base_house


@pytest.fixture(scope="module")
def look() -> StyleSheet:
    return base_house().stylesheet


def chart_of(*bars: Bar) -> Chart:
    return Chart(bars)


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


def test_the_same_chart_gives_the_same_bytes(look: StyleSheet) -> None:
    assert draw_svg(SAMPLE, look) == draw_svg(SAMPLE, look)
    assert draw_png(SAMPLE, look) == draw_png(SAMPLE, look)


_HASHES = """
import hashlib
from datetime import date
from reportgen.document import Bar, Chart, Scale, ScaleMark, ScaleRow, Segment, Timeline, TimelineRow
from reportgen.writers.chart import draw_png, draw_svg
from tests.unit.writers.sample_tree import base_house
drawn = [
    Chart((Bar("A", tuple(Segment(str(n), n, f"grade-{n}") for n in range(1, 6))),)),
    Scale(("a", "b"), (ScaleRow("A", (ScaleMark(1, "grade-1", "2022"), ScaleMark(2, "grade-2", "2018", True))),)),
    Timeline(tuple(TimelineRow("A", date(2012, n, 1), "overdue", "overdue") for n in (2, 5, 9)), date(2012, 7, 9), "t"),
]
for one in drawn:
    for draw in (draw_png, draw_svg):
        print(hashlib.sha256(draw(one, base_house().stylesheet).content).hexdigest())
"""


@pytest.mark.slow
def test_two_runs_of_the_program_draw_the_same_bytes() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", _HASHES],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Europe/London"), ("2", "Pacific/Auckland"))
    ]
    assert said[0] == said[1]
    assert len(set(said[0].split())) == 6


def test_a_machines_own_matplotlib_settings_change_nothing(look: StyleSheet) -> None:
    import matplotlib

    before = draw_svg(SAMPLE, look)
    with matplotlib.rc_context({"figure.facecolor": "red", "path.sketch": (1, 100, 2), "savefig.bbox": "tight"}):
        assert draw_svg(SAMPLE, look) == before
        assert matplotlib.rcParams["figure.facecolor"] == "red"


def test_a_chart_is_as_wide_as_the_text_in_both_forms(look: StyleSheet) -> None:
    svg, png = draw_svg(SAMPLE, look), draw_png(SAMPLE, look)
    assert svg.width == png.width == look.page.text_width
    assert svg.height == png.height
    width, height = Image.open(io.BytesIO(png.content)).size
    assert width / height == pytest.approx(png.width / png.height, rel=0.01)


def test_each_bar_adds_eight_millimetres(look: StyleSheet) -> None:
    heights = [draw_svg(chart_of(*[bar("A", 1, 2)] * count), look).height for count in (1, 2, 3)]
    assert [after - before for before, after in pairwise(heights)] == pytest.approx([8, 8])


def test_the_legend_names_the_parts_that_occur_in_their_order(look: StyleSheet) -> None:
    words = words_of(draw_svg(chart_of(bar("A", 0, 2, 1), bar("B", 0, 1, 1)), look))
    assert words[:2] == ["Good", "Requires improvement to be good"]
    assert "Outstanding" not in words


def test_parts_carry_their_names_where_there_is_room_and_always_their_counts(look: StyleSheet) -> None:
    words = words_of(draw_svg(chart_of(bar("A", 1, 30)), look))
    assert words[-2:] == ["1", "Good 30"]


def part_of(picture: Picture, look: StyleSheet, role: str) -> tuple[float, float]:
    """Left and right edge, in points, of the part with a role; the first shape of its colour is the legend's."""
    return rectangles_of(picture, look.segments[role].background)[1]


def test_lengths_are_in_proportion_to_counts(look: StyleSheet) -> None:
    picture = draw_svg(chart_of(bar("A", 0, 10, 20)), look)
    (left, right), (twice_left, twice_right) = (part_of(picture, look, role) for role in ("grade-2", "grade-3"))
    assert (twice_right - twice_left) == pytest.approx(2 * (right - left), rel=0.03)


def test_no_part_is_too_narrow_for_its_count_and_no_bar_too_long(look: StyleSheet) -> None:
    picture = draw_svg(chart_of(bar("A", 1, 1, 900, 1)), look)
    points = 72 / 25.4
    for place in (1, 2, 4):
        left, right = part_of(picture, look, f"grade-{place}")
        assert right - left > 1.5 * points
        assert right <= picture.width * points
    assert right == pytest.approx(picture.width * points, abs=3)


def test_there_is_page_between_the_parts_of_a_bar(look: StyleSheet) -> None:
    picture = draw_svg(chart_of(bar("A", 0, 10, 20)), look)
    assert part_of(picture, look, "grade-3")[0] - part_of(picture, look, "grade-2")[1] > 1


def test_every_part_and_its_entry_in_the_legend_has_a_line_around_it_in_the_colour_of_words(look: StyleSheet) -> None:
    drawn = draw_svg(chart_of(bar("A", 1, 2, 3)), look).content.decode()
    ink = look.resolved("chart")["colour"]
    assert len(re.findall(rf"fill: none; stroke: {ink}; stroke-width: 0.6", drawn)) == 6


@pytest.mark.parametrize("pattern", ["lines", "falling lines", "upright lines", "cross", "dots"])
def test_each_pattern_is_drawn_in_the_bar_and_in_the_legend_and_is_told_from_the_others(
    look: StyleSheet, pattern: str
) -> None:
    plain = draw_svg(chart_of(Bar("A", (Segment("x", 5, "one"),))), with_pattern(look, "none"))
    drawn = draw_svg(chart_of(Bar("A", (Segment("x", 5, "one"),))), with_pattern(look, pattern))
    others = {"lines", "falling lines", "upright lines", "cross", "dots"} - {pattern}
    assert strokes_in(drawn) > strokes_in(plain) + 10
    for other in others:
        assert drawn != draw_svg(chart_of(Bar("A", (Segment("x", 5, "one"),))), with_pattern(look, other))


def strokes_in(picture: Picture) -> int:
    """How many strokes and dots there are in the pattern's colour."""
    drawn = re.findall(r'd="([^"]*)"[^>]*stroke: #123456', picture.content.decode())
    return sum(path.count("M") for path in drawn)


def with_pattern(look: StyleSheet, pattern: str) -> StyleSheet:
    """The look with a role "one" of this pattern."""
    style = SegmentStyle(background="#ffffff", colour="#123456", pattern=pattern)  # type: ignore[arg-type]
    return look.model_copy(update={"segments": {"one": style}})


def test_no_pattern_leaves_its_shape() -> None:
    left, top, width, height = 10.0, 20.0, 7.3, 5.6
    for pattern in ("lines", "falling lines", "upright lines", "cross"):
        strokes = strokes_of(pattern, left, top, width, height)  # type: ignore[arg-type]
        assert len(strokes) > 3
        for x, y in (point for stroke in strokes for point in stroke):
            assert left - 1e-9 <= x <= left + width + 1e-9
            assert top - 1e-9 <= y <= top + height + 1e-9
    dots = dots_of("dots", left, top, width, height)
    assert len(dots) > 3
    assert all(left + DOT_RADIUS <= x <= left + width - DOT_RADIUS for x, _ in dots)
    assert all(top + DOT_RADIUS <= y <= top + height - DOT_RADIUS for _, y in dots)


def test_words_on_a_pattern_stand_on_their_own_ground(look: StyleSheet) -> None:
    """The plain shape behind them comes after the pattern and before the words."""
    drawn = draw_svg(chart_of(Bar("A", (Segment("x", 5, "one"),))), with_pattern(look, "lines")).content.decode()
    bar = drawn[: drawn.index("<!-- x 5 -->")]
    assert bar.rindex("fill: #ffffff") > bar.rindex("stroke: #123456")


def test_roles_that_stand_side_by_side_differ_in_pattern_and_those_on_a_time_line_in_sign(look: StyleSheet) -> None:
    """So that they are told apart where there is no colour: on a black and white printer."""
    for names in (
        ("grade-1", "grade-2", "grade-3", "grade-4", "grade-5"),
        ("rag-green", "rag-amber", "rag-red", "rag-none"),
        ("status-complete", "status-in-progress", "status-on-hold", "status-not-started"),
    ):
        assert len({look.segments[name].pattern for name in names}) == len(names)
    signs = [style.sign for role, style in look.segments.items() if role.startswith(("status-", "overdue"))]
    assert len(set(signs)) == len(signs)


def test_long_labels_run_over_several_lines(look: StyleSheet) -> None:
    label = "Services for looked after children and young people leaving care and their carers"
    words = words_of(draw_svg(chart_of(bar(label, 1)), look))
    lines = [line for line in words if line in label and line != "1"]
    assert len(lines) > 1
    assert " ".join(lines) == label


def test_a_dollar_is_a_dollar(look: StyleSheet) -> None:
    label = "costs $5 and $6"
    drawn = draw_svg(chart_of(bar(label, 1)), look).content.decode().split(f"<!-- {label} -->")[1].split("<!--")[0]
    assert drawn.count("<use ") == len(label), "an outline for each character"


def test_a_role_without_colours_is_drawn_in_plain_ones(look: StyleSheet) -> None:
    picture = draw_svg(chart_of(Bar("A", (Segment("x", 1, "unheard-of"),))), look)
    assert b"fill: #d3dae2" in picture.content


@pytest.mark.parametrize("empty", [chart_of(), chart_of(bar("A")), chart_of(bar("", 0, 0)), chart_of(Bar("", ()))])
def test_a_chart_of_nothing_is_still_a_picture(look: StyleSheet, empty: Chart) -> None:
    assert draw_svg(empty, look).height > 0
    assert draw_png(empty, look).content.startswith(b"\x89PNG")


@pytest.mark.filterwarnings("error")
def test_characters_that_no_face_has_do_not_stop_the_chart(look: StyleSheet) -> None:
    assert draw_png(chart_of(bar("中文 👍", 1)), look).content


def test_pyplot_and_its_windows_are_never_imported() -> None:
    modules = sorted(Path(chart.__file__).parent.glob("*.py"))
    assert len(modules) > 1
    assert not [module.name for module in modules if "pyplot" in module.read_text(encoding="utf-8")]


def test_a_picture_has_no_ground_of_its_own_so_that_the_word_across_a_draft_shows(look: StyleSheet) -> None:
    drawn = Image.open(io.BytesIO(draw_png(SAMPLE, look).content)).convert("RGBA")
    assert drawn.getpixel((drawn.width - 2, 2))[3] == 0
    first = re.findall(r'<path [^>]*style="([^"]*)"', draw_svg(SAMPLE, look).content.decode())[0]
    assert first == "fill: none"


def test_a_png_keeps_the_flat_colours_of_the_house_and_has_a_palette(look: StyleSheet) -> None:
    picture = Image.open(io.BytesIO(draw_png(SAMPLE, look).content))
    assert picture.mode == "P"
    assert picture.info["dpi"] == pytest.approx((220, 220), abs=0.1)
    shades = {colour[:3] for _, colour in picture.convert("RGBA").getcolors() or []}
    for role in ("grade-1", "grade-2", "grade-3", "grade-4"):
        wanted = tuple(int(look.segments[role].background[place : place + 2], 16) for place in (1, 3, 5))
        nearest = min(max(abs(a - b) for a, b in zip(shade, wanted, strict=True)) for shade in shades)
        assert nearest <= 3, role


def test_letters_are_drawn_in_whole_numbers_and_in_curves_that_a_pdf_knows(look: StyleSheet) -> None:
    svg = draw_svg(SAMPLE, look).content.decode()
    letters = re.findall(r'<path id="[^"]*" d="([^"]*)"', svg)
    assert len(letters) > 10
    assert any("C" in letter for letter in letters)
    assert not any(set(letter) & set(".Q\n") for letter in letters)


def test_dots_are_drawn_in_the_png_as_in_the_svg(look: StyleSheet) -> None:
    """matplotlib moves short strokes onto whole pixels, where their ends may fall together, unless told not to."""
    dotted = with_pattern(look, "dots")
    picture = draw_png(chart_of(Bar("", (Segment("", 5, "one"),))), dotted)
    drawn = Image.open(io.BytesIO(picture.content)).convert("RGBA")
    colours = drawn.getcolors() or []
    inked = sum(count for count, (red, green, blue, _) in colours if max(red, green, blue) < 0x90)
    dots = strokes_in(draw_svg(chart_of(Bar("", (Segment("", 5, "one"),))), dotted))
    pixels_of_a_dot = 3.14 * (DOT_RADIUS * 220 / 25.4) ** 2
    assert inked > 0.5 * dots * pixels_of_a_dot
