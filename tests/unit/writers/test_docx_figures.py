"""Images and drawn pictures in Word: stored once, never larger than the page, described for those who see them not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

import pytest

from reportgen.document import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Panel,
    Row,
    RowGroup,
    Segment,
    Table,
    Timeline,
    TimelineRow,
)
from tests.unit.writers.sample_tree import bullets, cell, document_of, paragraph, text
from tests.unit.writers.structured_tree import image, pixels, section
from tests.unit.writers.word import HOUSE, attribute, find, part, parts_of

PAGE = HOUSE.stylesheet.page
CHART = Chart((Bar("2012", (Segment("Good", 4, "grade-2"),)),))
TIMELINE = Timeline((TimelineRow("A1", date(2012, 9, 30), "status-complete", "complete"),))
INCH = 25.4


def sizes(*blocks: Block) -> list[tuple[float, float]]:
    """Width and height of each picture, in millimetres."""
    found = find(part(document_of(*blocks)), "//wp:extent")
    return [(round(int(one.get("cx")) / 36000, 1), round(int(one.get("cy")) / 36000, 1)) for one in found]


def test_an_image_has_its_own_size_at_150_pixels_an_inch_if_there_is_room() -> None:
    assert sizes(Figure(image(300, 150), "A map.")) == [(round(2 * INCH, 1), round(INCH, 1))]


def test_an_image_is_as_wide_as_it_is_asked_to_be() -> None:
    assert sizes(Figure(image(300, 150, printed=100), "A map.")) == [(100.0, 50.0)]


@pytest.mark.parametrize("printed", [None, 400])
def test_an_image_is_never_wider_than_the_text(printed: float | None) -> None:
    assert sizes(Figure(image(3000, 300, printed=printed), "A map.")) == [(PAGE.text_width, PAGE.text_width / 10)]


@pytest.mark.parametrize("caption", ["", "A caption", "A caption of several lines. " * 20])
def test_an_image_is_never_so_high_that_its_caption_stands_on_the_next_page(caption: str) -> None:
    figure = Figure(image(1000, 4000, printed=150), "A tower.", text(caption) if caption else ())
    ((width, height),) = sizes(figure)
    assert height < PAGE.text_height
    assert width == pytest.approx(height / 4, abs=0.1)
    if caption:
        ((_, alone),) = sizes(replace(figure, caption=()))
        assert height < alone


def test_in_a_landscape_appendix_there_is_the_room_that_is_there() -> None:
    figure = Figure(image(4000, 100), "A line.")
    tower = Figure(image(100, 4000, printed=100), "A tower.")
    appendix = replace(section("Maps", figure, tower, role="appendix"), landscape=True)
    root = part(document_of(paragraph("a"), appendices=(appendix,)))
    assert attribute(root, "//wp:extent/@cx")[0] == str(round(PAGE.turned.text_width * 36000))
    assert int(attribute(root, "//wp:extent/@cy")[1]) < PAGE.turned.text_height * 36000


def test_a_picture_in_an_item_or_a_cell_has_the_room_that_is_there() -> None:
    wide = Figure(image(3000, 300), "A map.")
    table = Table(
        text("t"), (Column(text("a"), 0.25), Column(text("b"), 0.75)), (RowGroup((Row((Cell((wide,)), cell("b"))),)),)
    )
    ((in_item, _), (in_cell, _)) = sizes(bullets((paragraph("item"), wide)), table)
    step = HOUSE.config.numbering.list_indent
    assert in_item == pytest.approx(PAGE.text_width - step, abs=0.1)
    assert in_cell == pytest.approx(PAGE.text_width / 4 - 2 * HOUSE.stylesheet.tables["data"].padding, abs=0.1)


def test_a_picture_in_a_panel_or_a_cell_is_lower_than_the_page() -> None:
    tower = Figure(image(100, 4000, printed=100), "A tower.")
    table = Table(text("t"), (Column(text("a"), 1.0),), (RowGroup((Row((Cell((tower,)),)),)),))
    in_text, in_panel, in_cell = (height for _, height in sizes(tower, Panel("notice", (tower,)), table))
    assert PAGE.text_height > in_text > in_panel > in_cell


def test_the_same_image_is_stored_once_and_each_place_of_it_has_an_identity() -> None:
    same, other = image(30, 30), image(30, 30, colour="#ff0000")
    document = document_of(*(Figure(one, "A map.") for one in (same, other, same)))
    root = part(document)
    assert [name for name in parts_of(document) if "media" in name] == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]
    used = attribute(root, "//a:blip/@r:embed")
    assert used[0] == used[2] != used[1]
    assert attribute(root, "//wp:docPr/@id") == ["1", "2", "3"]


def test_png_and_jpeg_are_kept_as_they_are_byte_by_byte() -> None:
    document = document_of(Figure(image(30, 30), "a"), Figure(image(30, 30, "JPEG"), "b"))
    stored = {PurePosixPath(name).name: content for name, content in parts_of(document).items() if "media" in name}
    assert stored == {"image1.png": pixels(30, 30), "image2.jpeg": pixels(30, 30, "JPEG")}
    types = parts_of(document)["[Content_Types].xml"]
    assert b'Extension="png" ContentType="image/png"' in types
    assert b'Extension="jpeg" ContentType="image/jpeg"' in types


def test_a_jpeg_file_without_a_jfif_header_is_one_too() -> None:
    plain = image(30, 30, "JPEG")
    start, length = plain.content.index(b"\xff\xe0"), 16
    bare = replace(plain, content=plain.content[:start] + plain.content[start + 2 + length :])
    assert b"JFIF" not in bare.content
    assert bare.content in parts_of(document_of(Figure(bare, "A map."))).values()


def test_every_picture_has_its_alternative_text() -> None:
    said = ("A “map” & its <legend>.", "Of four judgements, four are good.", "One action, due in September.")
    figures = [Figure(one, words) for one, words in zip((image(30, 30), CHART, TIMELINE), said, strict=True)]
    assert tuple(attribute(part(document_of(*figures)), "//wp:docPr/@descr")) == said


def test_what_is_drawn_is_as_wide_as_the_text_but_not_higher_than_the_page() -> None:
    rows = tuple(
        TimelineRow(f"A{place}", date(2012, 9, 1 + place % 28), "status-complete", "complete") for place in range(90)
    )
    (chart, timeline) = sizes(Figure(CHART, "a"), Figure(replace(TIMELINE, rows=rows), "b", text("When")))
    assert chart[0] == PAGE.text_width
    assert timeline[1] < PAGE.text_height
    assert timeline[0] < PAGE.text_width
