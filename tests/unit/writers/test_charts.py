"""Charts, scales and timelines: what is drawn where, and the same picture in all formats."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from reportgen.document import (
    Bar,
    Chart,
    Figure,
    Scale,
    ScaleMark,
    ScaleRow,
    Section,
    Segment,
    Text,
    Timeline,
    TimelineRow,
)
from reportgen.house.styles import PAGE_COLOUR, SegmentStyle, StyleSheet
from reportgen.writers.charts import draw, rasterise
from reportgen.writers.charts.svg import Drawing
from tests.documents.reading import squeeze
from tests.samples import write_as
from tests.unit.writers.sample_tree import base_house, document_of

POINTS = 72 / 25.4
STYLES = base_house().stylesheet
INK = STYLES.resolved("chart")["colour"]
MEETING = date(2012, 7, 9)
STEPS = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
PATTERNS = ("lines", "falling lines", "upright lines", "cross", "dots")


def bar(label: str, *counts: int) -> Bar:
    named = enumerate(zip(STEPS, counts, strict=False), 1)
    return Bar(label, tuple(Segment(grade, count, f"grade-{place}") for place, (grade, count) in named))


def mark(step: int, words: str = "", earlier: bool = False) -> ScaleMark:
    return ScaleMark(step, f"grade-{step}", words, earlier)


def scale_of(*rows: ScaleRow) -> Scale:
    return Scale(STEPS, rows)


def row(label: str, due: date, role: str = "status-complete", words: str = "complete") -> TimelineRow:
    return TimelineRow(label, due, role, words)


CHART = Chart((bar("Safeguarding", 1, 4, 3, 1), bar("Looked after children", 0, 5, 2, 0)))
SCALE = scale_of(ScaleRow("Leaders", (mark(2, "2022"), mark(4, "2018", earlier=True))), ScaleRow("Adoption", (), "no"))
TIMELINE = Timeline((row("A1", date(2012, 8, 1), "overdue", "overdue"), row("A2", MEETING)), date(2012, 9, 1), "today")
EVERY_KIND = pytest.mark.parametrize("picture", [CHART, SCALE, TIMELINE], ids=["chart", "scale", "timeline"])


# ---- What is in an SVG ----


def elements(drawing: Drawing, tag: str, **attributes: str) -> list[ElementTree.Element]:
    """The elements of a kind that have these attributes, in the order in which they are drawn."""
    found = ElementTree.fromstring(drawing.to_svg()).iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [one for one in found if wanted.items() <= one.attrib.items()]


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name])


def texts(drawing: Drawing) -> list[str]:
    return [one.text or "" for one in elements(drawing, "text")]


def edges(drawing: Drawing, **attributes: str) -> list[tuple[float, float]]:
    """Left and right edges of rectangles, in points."""
    found = elements(drawing, "rect", **attributes)
    return [(number(one, "x"), number(one, "x") + number(one, "width")) for one in found]


def edges_of(drawing: Drawing, role: str) -> list[tuple[float, float]]:
    return edges(drawing, fill=STYLES.segments[role].background)


def path_points(element: ElementTree.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+?) (-?[\d.e-]+)", element.attrib["d"])]


def arrow_tips(drawing: Drawing) -> list[tuple[float, float]]:
    """The tip and the back of each arrow."""
    return [
        (float(tip), float(back))
        for one in elements(drawing, "polygon", fill=INK)
        for tip, back in [re.findall(r"(\S+),", one.attrib["points"])[:2]]
    ]


def with_pattern(pattern: str) -> StyleSheet:
    """The styles with one role "one", of this pattern."""
    style = SegmentStyle(background="#ffffff", colour="#123456", pattern=pattern)  # type: ignore[arg-type]
    return STYLES.model_copy(update={"segments": {"one": style}})


ONE_BAR = Chart((Bar("A", (Segment("x", 5, "one"),)),))

# ---- All kinds ----


@EVERY_KIND
def test_the_same_picture_gives_the_same_bytes(picture: Chart | Scale | Timeline) -> None:
    first, second = draw(picture, STYLES), draw(picture, STYLES)
    assert (first.to_svg(), first.height) == (second.to_svg(), second.height)
    assert rasterise(first) == rasterise(second)


def print_hashes() -> None:
    for picture in (CHART, SCALE, TIMELINE):
        drawing = draw(picture, STYLES)
        for content in (drawing.to_svg().encode(), rasterise(drawing)):
            print(hashlib.sha256(content).hexdigest())


@pytest.mark.slow
def test_two_runs_of_the_program_draw_the_same_bytes() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", "from tests.unit.writers.test_charts import print_hashes; print_hashes()"],
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


@EVERY_KIND
@pytest.mark.parametrize("width", [60.0, 160.0, 247.0])
def test_a_picture_is_as_wide_as_it_is_asked_to_be(picture: Chart | Scale | Timeline, width: float) -> None:
    drawing = draw(picture, STYLES, width)
    root = ElementTree.fromstring(drawing.to_svg())
    assert root.attrib["width"] == f"{width:g}mm"
    left, top, right, bottom = map(float, root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert (right, bottom) == pytest.approx((width * POINTS, drawing.height * POINTS), abs=0.01)
    assert all(-0.3 <= begin <= end <= right + 0.3 for begin, end in edges(drawing))
    shown = Image.open(io.BytesIO(rasterise(drawing)))
    assert shown.width / shown.height == pytest.approx(width / drawing.height, rel=0.01)


@EVERY_KIND
def test_without_a_width_a_picture_is_as_wide_as_the_text(picture: Chart | Scale | Timeline) -> None:
    assert draw(picture, STYLES).width == STYLES.page.text_width


@EVERY_KIND
def test_a_picture_has_no_ground_so_that_the_word_across_a_draft_shows(picture: Chart | Scale | Timeline) -> None:
    shown = Image.open(io.BytesIO(rasterise(draw(picture, STYLES)))).convert("RGBA")
    assert shown.getpixel((shown.width - 1, shown.height - 1))[3] == 0


@pytest.mark.parametrize(
    "odd",
    [
        Chart(()), Chart((bar("A"),)), Chart((bar("", 0, 0),)), Chart((Bar("", ()),)),
        Scale((), ()), scale_of(), scale_of(ScaleRow("", (), "")),
        Timeline(()), Timeline((), MEETING, "the meeting"), Timeline((row("", MEETING, words=""),)),
        Timeline((row("A1", date.min), row("A2", date.max))),
        Chart((bar("中文 👍 $5 & <b>", 1),)),
    ],
)  # fmt: skip
def test_a_picture_of_nothing_or_of_odd_things_is_still_a_picture(odd: Chart | Scale | Timeline) -> None:
    drawing = draw(odd, STYLES)
    assert drawing.height > 0
    assert ElementTree.fromstring(drawing.to_svg()) is not None
    assert rasterise(drawing).startswith(b"\x89PNG")


def test_a_png_keeps_the_flat_colours_of_the_house_and_has_a_palette() -> None:
    shown = Image.open(io.BytesIO(rasterise(draw(CHART, STYLES))))
    assert shown.mode == "P"
    assert shown.info["dpi"] == pytest.approx((180, 180), abs=0.1)
    shades = {colour[:3] for _, colour in shown.convert("RGBA").getcolors() or []}
    for role in ("grade-1", "grade-2", "grade-3", "grade-4"):
        wanted = tuple(int(STYLES.segments[role].background[place : place + 2], 16) for place in (1, 3, 5))
        assert min(max(abs(a - b) for a, b in zip(shade, wanted, strict=True)) for shade in shades) <= 3, role


# ---- Patterns and markers ----


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_fills_its_shape_and_is_told_from_the_others(pattern: str) -> None:
    drawing = draw(ONE_BAR, with_pattern(pattern))
    frames = elements(drawing, "rect", fill="none")
    patterns = elements(drawing, "path", stroke="#123456")
    assert len(frames) == len(patterns) == 2, "in the legend and in the bar"
    for frame, strokes in zip(frames, patterns, strict=True):
        points = path_points(strokes)
        assert len(points) >= 6
        left, top = number(frame, "x"), number(frame, "y")
        for x, y in points:
            assert left - 0.02 <= x <= left + number(frame, "width") + 0.02
            assert top - 0.02 <= y <= top + number(frame, "height") + 0.02
    for other in {"none", *PATTERNS} - {pattern}:
        assert drawing.to_svg() != draw(ONE_BAR, with_pattern(other)).to_svg()


def test_a_pattern_is_interrupted_around_words() -> None:
    svg = draw(ONE_BAR, with_pattern("lines")).to_svg()
    before = svg[: svg.index(">x 5<")]
    assert before.rindex('fill="#ffffff"') > before.rindex('stroke="#123456"')


def test_roles_that_stand_side_by_side_differ_in_pattern_and_those_on_a_timeline_in_marker() -> None:
    """So that they are told apart where there is no colour: on a black and white printer."""
    for names in (
        ("grade-1", "grade-2", "grade-3", "grade-4", "grade-5"),
        ("rag-green", "rag-amber", "rag-red", "rag-none"),
        ("status-complete", "status-in-progress", "status-on-hold", "status-not-started"),
    ):
        assert len({STYLES.segments[name].pattern for name in names}) == len(names)
    roles = [role for role in STYLES.segments if role.startswith(("status-", "overdue"))]
    assert len({STYLES.segments[role].sign for role in roles}) == len(roles)
    drawings = {draw(Timeline((row("A1", MEETING, role),)), STYLES).to_svg() for role in roles}
    assert len(drawings) == len(roles)


def test_every_part_and_its_entry_in_the_legend_has_a_line_around_it_in_the_colour_of_words() -> None:
    drawing = draw(Chart((bar("A", 1, 2, 3),)), STYLES)
    assert len(elements(drawing, "rect", fill="none", stroke=INK, stroke_width="0.6")) == 6


def test_a_role_without_colours_is_drawn_in_plain_ones() -> None:
    assert edges(draw(ONE_BAR, STYLES), fill="#d3dae2")


# ---- Charts ----


def test_each_bar_adds_eight_millimetres() -> None:
    heights = [draw(Chart((bar("A", 1, 2),) * count), STYLES).height for count in (1, 2, 3)]
    assert [after - before for before, after in pairwise(heights)] == pytest.approx([8, 8])


def test_the_legend_names_the_parts_that_occur_in_their_order() -> None:
    words = texts(draw(Chart((bar("A", 0, 2, 1), bar("B", 0, 1, 1))), STYLES))
    assert words[:2] == ["Good", "Requires improvement to be good"]
    assert "Outstanding" not in words


def test_parts_carry_their_names_where_there_is_room_and_always_their_counts() -> None:
    assert texts(draw(Chart((bar("A", 1, 30),)), STYLES))[-2:] == ["1", "Good 30"]


def test_lengths_are_in_proportion_to_counts_with_page_between_the_parts() -> None:
    drawing = draw(Chart((bar("A", 0, 10, 20),)), STYLES)
    (left, right), (next_left, next_right) = edges_of(drawing, "grade-2")[1], edges_of(drawing, "grade-3")[1]
    assert (next_right - next_left) == pytest.approx(2 * (right - left), rel=0.03)
    assert next_left - right > 1


def test_no_part_is_too_narrow_for_its_count_and_no_bar_too_long() -> None:
    drawing = draw(Chart((bar("A", 1, 1, 900, 1),)), STYLES)
    for place in (1, 2, 4):
        left, right = edges_of(drawing, f"grade-{place}")[1]
        assert right - left > 1.5 * POINTS
    assert right == pytest.approx(drawing.width * POINTS, abs=3)
    assert right <= drawing.width * POINTS


def test_long_labels_run_over_several_lines_and_a_word_that_is_too_long_is_shortened() -> None:
    label = "Services for looked after children and young people leaving care and their carers"
    lines = [line for line in texts(draw(Chart((bar(label, 1),)), STYLES)) if line in label and line != "1"]
    assert len(lines) > 1
    assert " ".join(lines) == label
    assert any(line.endswith("…") for line in texts(draw(Chart((bar("x" * 200, 1),)), STYLES)))


# ---- Scales ----


def test_a_mark_stands_in_the_column_of_its_step_below_its_name() -> None:
    rows = [ScaleRow(f"Area {step}", (mark(step),)) for step in (1, 2, 3, 4)]
    drawing = draw(scale_of(*rows, ScaleRow("Adoption", (), "not graded")), STYLES)
    middles = [sum(edges_of(drawing, f"grade-{step}")[0]) / 2 for step in (1, 2, 3, 4)]
    gaps = [after - before for before, after in pairwise(middles)]
    assert gaps == pytest.approx([gaps[0]] * 3, abs=0.1)
    assert gaps[0] > 0
    names = {one.text: number(one, "x") for one in elements(drawing, "text", text_anchor="middle")}
    assert [names["Outstanding"], names["Good"]] == pytest.approx(middles[:2], abs=0.1)
    assert {"Area 1", "Adoption", "not graded", "Inadequate"} <= {*texts(drawing)}
    assert "Requires improvement to be good" in " ".join(texts(drawing))


@pytest.mark.parametrize(("now", "before"), [(2, 4), (4, 2)])
def test_an_earlier_mark_is_hollow_and_an_arrow_leads_from_it_to_the_later_one(now: int, before: int) -> None:
    drawing = draw(scale_of(ScaleRow("Leaders", (mark(now, "2022"), mark(before, "2018", earlier=True)))), STYLES)
    assert {*texts(drawing)[-2:]} == {"2022", "2018"}
    assert len(edges(drawing, fill=PAGE_COLOUR, stroke=INK)) == 1
    ((tip, back),) = arrow_tips(drawing)
    assert (tip < back) == (now < before), "to the left, where the better grades are"


def test_marks_in_one_column_stand_side_by_side_without_an_arrow() -> None:
    drawing = draw(scale_of(ScaleRow("Leaders", (mark(3, "2022"), mark(3, "2018", earlier=True)))), STYLES)
    ((_, earlier_right),) = edges(drawing, fill=PAGE_COLOUR, stroke=INK)
    assert earlier_right < edges_of(drawing, "grade-3")[0][0]
    assert arrow_tips(drawing) == []


def test_long_words_stay_in_their_mark_and_an_arrow_without_room_is_left_out() -> None:
    marks = (mark(2, "31 October 2022"), mark(3, "1 September 2022", earlier=True))
    drawing = draw(scale_of(ScaleRow("Leaders", marks)), STYLES, 90)
    assert all(word.endswith("…") for word in texts(drawing)[-2:])
    assert arrow_tips(drawing) == []


def test_an_area_that_only_the_earlier_inspection_judged_has_its_hollow_mark_alone() -> None:
    drawing = draw(scale_of(ScaleRow("Adoption", (mark(2, "2018", earlier=True),), "not graded")), STYLES)
    assert len(edges(drawing, fill=PAGE_COLOUR, stroke=INK)) == 1
    assert "not graded" not in texts(drawing)
    assert arrow_tips(drawing) == []


def test_long_names_make_their_row_higher() -> None:
    short = draw(scale_of(ScaleRow("Leaders", (mark(2),))), STYLES).height
    long = draw(scale_of(ScaleRow("The impact of leaders on social work practice " * 3, (mark(2),))), STYLES).height
    assert long > short + 6


# ---- Timelines ----


def markers(drawing: Drawing, role: str = "status-complete") -> list[float]:
    """Where the middles of a role's markers stand."""
    middles = []
    for one in elements(drawing, "polygon", fill=STYLES.segments[role].background):
        across = [float(x) for x in re.findall(r"(\S+),", one.attrib["points"])]
        middles.append((min(across) + max(across)) / 2)
    return middles


def test_markers_stand_in_proportion_to_their_days() -> None:
    days = [date(2012, 1, 1), date(2012, 3, 1), date(2012, 7, 1)]
    drawing = draw(Timeline(tuple(row(f"A{place}", day) for place, day in enumerate(days))), STYLES)
    first, second, third = markers(drawing)
    assert (third - first) / (second - first) == pytest.approx(
        (days[2] - days[0]).days / (days[1] - days[0]).days, rel=0.01
    )


def test_each_row_has_its_label_and_its_words_and_no_legend() -> None:
    words = texts(draw(Timeline((row("A1 Head", MEETING), row("A2 Law", MEETING, "overdue", "overdue"))), STYLES))
    assert words.count("complete") == words.count("overdue") == 1
    assert {"A1 Head", "A2 Law"} <= set(words)


def test_the_months_are_named_above() -> None:
    drawing = draw(Timeline((row("A1", date(2012, 7, 1)), row("A2", date(2012, 10, 31)))), STYLES)
    assert texts(drawing)[:4] == ["Jul 2012", "Aug 2012", "Sep 2012", "Oct 2012"]


@pytest.mark.parametrize(
    ("years", "first"), [(2, "Jan 2012"), (9, "2012"), (40, "2012"), (900, "2012"), (7987, "2012")]
)
def test_over_a_longer_time_fewer_are_named(years: int, first: str) -> None:
    drawing = draw(Timeline((row("A1", date(2012, 1, 1)), row("A2", date(2012 + years, 12, 31)))), STYLES)
    named = [word for word in texts(drawing) if re.search(r"\d{4}$", word)]
    assert named[0] == first
    assert 1 <= len(named) <= 14


def test_the_meetings_day_is_a_thick_line_with_its_label() -> None:
    rows = (row("A1", date(2012, 5, 1)), row("A2", date(2012, 9, 1)))
    drawing, without = draw(Timeline(rows, MEETING, "9 July 2012: Cabinet"), STYLES), draw(Timeline(rows), STYLES)
    (line,) = elements(drawing, "path", stroke_width="1.4")
    before, after = markers(drawing)
    assert before < path_points(line)[0][0] < after
    assert "9 July 2012: Cabinet" in texts(drawing)
    assert elements(without, "path", stroke_width="1.4") == []
    assert without.height < drawing.height


@pytest.mark.parametrize("today", [date(2011, 1, 1), date(2014, 1, 1)])
def test_a_meeting_before_or_after_all_days_is_still_on_the_line(today: date) -> None:
    drawing = draw(Timeline((row("A1", date(2012, 5, 1)),), today, "the meeting"), STYLES)
    (line,) = elements(drawing, "path", stroke_width="1.4")
    assert 0 < path_points(line)[0][0] < drawing.width * POINTS
    (label,) = [one for one in elements(drawing, "text") if one.text == "the meeting"]
    assert 0 < number(label, "x") < drawing.width * POINTS


def test_words_stand_to_the_left_of_a_marker_where_there_is_no_room_to_the_right() -> None:
    rows = (row("A1", date(2012, 1, 1)), row("A2", date(2012, 12, 31), words="not started at all"))
    drawing = draw(Timeline(rows), STYLES)
    (words,) = [one for one in elements(drawing, "text") if one.text == "not started at all"]
    assert number(words, "x") < markers(drawing)[-1]


def test_words_that_fit_on_neither_side_of_a_marker_are_shortened() -> None:
    rows = (row("A1", date(2012, 1, 1)), row("A2", date(2012, 7, 1), words="long " * 40), row("A3", date(2012, 12, 1)))
    drawing = draw(Timeline(rows), STYLES)
    (words,) = [one for one in elements(drawing, "text") if (one.text or "").startswith("long")]
    assert words.text is not None
    assert words.text.endswith("…")
    assert number(words, "x") > markers(drawing)[0]


def test_words_interrupt_the_meetings_line_for_all_of_their_row() -> None:
    """Above and below words no stump of it is left."""
    rows = (row("A1", MEETING - timedelta(days=1)), row("A2", MEETING + timedelta(days=200)))
    drawing = draw(Timeline(rows, MEETING, "Cabinet"), STYLES)
    plate = elements(drawing, "rect", fill="#ffffff")[0]
    lines = [path_points(one) for one in elements(drawing, "path", stroke_width="0.4")]
    rules = sorted({start[1] for start, end in lines if start[1] == end[1]})
    assert number(plate, "y") - rules[0] == pytest.approx(0.2, abs=0.02)
    assert rules[1] - number(plate, "y") - number(plate, "height") == pytest.approx(0.2, abs=0.02)


def test_rows_of_one_label_share_a_line_and_a_legend_says_what_the_markers_mean() -> None:
    rows = tuple(
        row(f"Part {place % 3}", MEETING + timedelta(days=20 * place), *role)
        for place, role in enumerate([("status-complete", "complete"), ("overdue", "overdue")] * 6)
    )
    drawing = draw(Timeline(rows), STYLES)
    assert [texts(drawing).count(word) for word in ("complete", "overdue", "Part 0", "Part 1", "Part 2")] == [1] * 5
    assert len(markers(drawing)) == 6 + 1


def test_markers_of_one_day_in_one_line_stand_below_each_other() -> None:
    one = draw(Timeline((row("Part 1", MEETING), row("Part 1", date(2012, 9, 1)))), STYLES).height
    three = draw(Timeline((*[row("Part 1", MEETING)] * 3, row("Part 1", date(2012, 9, 1)))), STYLES).height
    assert three > one + 5


def test_a_label_that_is_too_long_ends_in_dots() -> None:
    words = texts(draw(Timeline((row("A1 " + "Assistant Director for Families " * 4, MEETING),)), STYLES))
    (label,) = [word for word in words if word.startswith("A1")]
    assert label.endswith("…")
    assert len(label) > 30


# ---- In documents ----


def parts_of(word_file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word_file)) as package:
        return {name: package.read(name) for name in package.namelist()}


@EVERY_KIND
def test_word_has_the_svg_and_a_png_beside_it(picture: Chart | Scale | Timeline) -> None:
    house = base_house()
    parts = parts_of(write_as("docx", document_of(Figure(picture, "in words")), house))
    drawing = draw(picture, STYLES)
    assert parts["word/media/image1.png"] == rasterise(drawing)
    assert parts["word/media/image2.svg"].decode() == drawing.to_svg()
    links = re.findall(r'Id="(\w+)"[^>]*Target="media/(\S+?)"|', parts["word/_rels/document.xml.rels"].decode())
    names = {name: identity for identity, name in links if name}
    xml = parts["word/document.xml"].decode()
    assert f'<a:blip r:embed="{names["image1.png"]}">' in xml
    assert re.search(rf'<a:ext uri="\{{96DAC541[^>]*><asvg:svgBlip r:embed="{names["image2.svg"]}"/>', xml)
    assert b'PartName="/word/media/image2.svg" ContentType="image/svg+xml"' in parts["[Content_Types].xml"]


@EVERY_KIND
def test_the_alternative_text_is_in_all_formats(picture: Chart | Scale | Timeline) -> None:
    document, house = document_of(Figure(picture, "Three are red & five are green.")), base_house()
    assert (
        b'descr="Three are red &amp; five are green."'
        in parts_of(write_as("docx", document, house))["word/document.xml"]
    )
    assert b'role="img" aria-label="Three are red &amp; five are green."' in write_as("html", document, house)
    with pikepdf.open(io.BytesIO(write_as("pdf", document, house))) as pdf:
        said = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert said == ["Three are red & five are green."]


@EVERY_KIND
def test_on_a_landscape_page_the_picture_is_drawn_wider_and_not_larger(picture: Chart | Scale | Timeline) -> None:
    house = base_house()
    appendix = Section((Text("Plan"),), (Figure(picture, "in words"),), role="appendix", landscape=True)
    document = document_of(appendices=(appendix,))
    svg = draw(picture, STYLES, STYLES.page.turned.text_width).to_svg()
    assert parts_of(write_as("docx", document, house))["word/media/image2.svg"].decode() == svg
    assert svg.removeprefix("<svg ").partition(">")[2] in write_as("html", document, house).decode()


@EVERY_KIND
def test_the_pdf_shows_what_the_picture_in_word_shows_with_words_that_can_be_copied(
    picture: Chart | Scale | Timeline,
) -> None:
    """Pixel by pixel, but for the edges, which two programs smooth differently."""
    page = pypdfium2.PdfDocument(write_as("pdf", document_of(Figure(picture, "in words")), base_house()))[0]
    shown = page.render(scale=180 / 72).to_pil().convert("L")
    png = Image.open(io.BytesIO(rasterise(draw(picture, STYLES)))).convert("RGBA")
    wanted = Image.alpha_composite(Image.new("RGBA", png.size, "white"), png).convert("L")
    left, top = round(STYLES.page.margin_left * 180 / 25.4), first_ink(shown) - first_ink(wanted)
    found = shown.crop((left, top, left + wanted.width, top + wanted.height))
    difference = ImageChops.difference(*(one.filter(ImageFilter.GaussianBlur(4)) for one in (found, wanted)))
    assert max(difference.get_flattened_data()) < 60
    text = squeeze(page.get_textpage().get_text_bounded())
    assert all(squeeze(words) in text for words in texts(draw(picture, STYLES)))
    assert not any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects())


def first_ink(shown: Image.Image) -> int:
    box = shown.point(lambda shade: 255 if shade < 230 else 0).getbbox()
    assert box is not None
    return box[1]
