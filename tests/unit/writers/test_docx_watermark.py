"""The word across every page, where Word looks for it to take it away again."""

from __future__ import annotations

import pytest
from lxml import etree

from reportgen.house.styles import Page
from reportgen.writers.docx.elements import w
from reportgen.writers.docx.watermark import add_watermark
from tests.unit.readback.worked_on_tree import W, find, found, paper, root_of, words, worked_on_paper
from tests.unit.writers.sample_tree import paragraph

HEADERS = ("word/header1.xml", "word/header2.xml")


def shape_in(header: etree._Element) -> etree._Element:
    (shape,) = find(header, "//v:shape")
    return shape


def style_of(shape: etree._Element) -> dict[str, str]:
    return dict(part.split(":", 1) for part in shape.get("style", "").split(";"))


def drawn(word: str, size: float = 110, page: Page | None = None) -> dict[str, str]:
    header = w("hdr", w("p"))
    add_watermark(header, word, {"size": size, "face": "Arial"}, page or Page(), 1)
    return style_of(shape_in(header))


@pytest.mark.parametrize("part", HEADERS)
def test_every_header_has_it_the_first_pages_too(part: str) -> None:
    shape = shape_in(root_of(worked_on_paper(), part))
    assert found(shape, "v:textpath/@string") == ["DRAFT"]
    assert shape.get("id", "").startswith("PowerPlusWaterMarkObject")


def test_all_pages_have_those_headers_landscape_ones_too() -> None:
    first, *others = find(root_of(worked_on_paper()), "//w:sectPr")
    assert found(first, "w:headerReference/@w:type") == ["first", "default"]
    assert len(others) == 1
    assert found(others[0], "w:headerReference/@w:type") == []  # as in the section before (17.10.1)


def test_each_of_them_has_a_name_of_its_own() -> None:
    assert len({shape_in(root_of(worked_on_paper(), part)).get("id") for part in HEADERS}) == 2


def test_it_stands_behind_the_text_and_takes_no_room_in_it() -> None:
    style = style_of(shape_in(root_of(worked_on_paper(), HEADERS[0])))
    assert style["position"] == "absolute"
    assert int(style["z-index"]) < 0
    assert style["rotation"] == "315"
    assert style["mso-position-horizontal"] == style["mso-position-vertical"] == "center"


def test_it_is_not_read_aloud_and_not_part_of_the_text() -> None:
    header = root_of(worked_on_paper(), HEADERS[1])
    assert shape_in(header).get("alt") == ""
    assert "DRAFT" not in words(header)


def test_its_colour_and_face_are_those_of_the_house() -> None:
    shape = shape_in(root_of(worked_on_paper(), HEADERS[0]))
    assert shape.get("fillcolor") == "#e6e6e6"
    assert found(shape, "v:textpath/@style") == ['font-family:"Liberation Sans";font-size:1pt;font-weight:bold']


def test_a_final_paper_has_none() -> None:
    final = paper(paragraph("a"))
    assert all(find(root_of(final, part), "//v:shape") == [] for part in HEADERS)


def points(style: dict[str, str]) -> tuple[float, float]:
    return float(style["width"].removesuffix("pt")), float(style["height"].removesuffix("pt"))


def test_it_has_the_type_size_of_the_house_where_the_page_has_room() -> None:
    width, height = points(drawn("DRAFT", 60))
    assert height == 60
    assert 3 < width / height < 4


@pytest.mark.parametrize("words", ["DRAFT", "NOT FOR PUBLICATION – CONFIDENTIAL"])
@pytest.mark.parametrize("page", [Page(), Page().turned])
def test_it_stays_within_the_margins_however_long_it_is(words: str, page: Page) -> None:
    width, height = points(drawn(words, 400, page))
    room = min(page.text_width, page.height - page.margin_top - page.margin_bottom) / 25.4 * 72
    assert (width + height) / 2**0.5 <= room + 0.5


def test_a_header_without_a_paragraph_gets_one() -> None:
    header = w("hdr", w("tbl"))
    add_watermark(header, "DRAFT", {"size": 110, "face": "Arial"}, Page(), 1)
    assert [one.tag for one in header] == [f"{W}tbl", f"{W}p"]
    assert len(find(header, "w:p//v:shape")) == 1
