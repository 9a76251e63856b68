"""A letterhead beside our own header and footer, in the PDF: which stands where, and how much room they take."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from reportgen.document import Document
from reportgen.house.letterhead import Band, BandKind, Letterhead, Pages
from reportgen.house.letterhead.pieces import Block, Line, NewLine, PageField, Picture, Spot, Stop, Tab, TextLook, Words
from reportgen.house.letterhead.word_file import qualified
from reportgen.house.styles import Page
from reportgen.writers.html import render_html
from reportgen.writers.html.bands import place_bands, read_reaches, write_letterhead_css
from reportgen.writers.html.elements import Medium
from reportgen.writers.running import clearance, running_words
from tests.unit.writers.sample_tree import base_house, document_of, paragraph, sample_document, text

LOOK = TextLook("Liberation Sans", 10)
PAGE = Page()


def band(*blocks: Block) -> Band:
    return Band(Element(qualified("w:hdr")), {}, {}, blocks)


def line(*pieces: Words | PageField | Tab | NewLine | Picture, **more: object) -> Line:
    return Line(pieces, 12, **more)  # type: ignore[arg-type]


def letterhead(first: Band | None = None, default: Band | None = None, footer: Band | None = None) -> Letterhead:
    found: dict[tuple[BandKind, Pages], Band | None] = {
        ("header", "first"): first,
        ("header", "default"): default,
        ("footer", "default"): footer,
    }
    return Letterhead({key: one for key, one in found.items() if one}, first is not None, False, ())


def document() -> Document:
    return replace(document_of(paragraph("x")), header=text("Our header"), footer=text("Our footer"))


def crest(top: float, *, left: float = 30, down: str = "line") -> Picture:
    return Picture(b"", "image/png", 20, 24, "", Spot("page", left, down, top, False))  # type: ignore[arg-type]


def test_our_header_never_stands_on_the_first_page_and_our_footer_on_all() -> None:
    assert running_words(document(), None, "header", "first") == ()
    assert running_words(document(), None, "header", "default") == text("Our header")
    assert running_words(document(), letterhead(), "header", "even") == text("Our header")
    assert running_words(document(), letterhead(), "footer", "first") == text("Our footer")


def test_our_footer_gives_way_to_a_letterhead_that_counts_pages_on_any_page() -> None:
    counting = letterhead(default=band(line(Words("Page ", LOOK), PageField("page", LOOK))))
    assert running_words(document(), counting, "footer", "first") == ()


def test_our_line_stands_clear_of_pictures_over_the_text_and_not_of_those_beside_it() -> None:
    assert clearance(band(line(crest(0))), "header", PAGE) == pytest.approx(24 * 72 / 25.4 - 12)
    assert clearance(band(line(crest(0)), *[line()] * 6), "header", PAGE) == 0
    assert clearance(band(line(crest(0, left=2))), "header", PAGE) == 0
    assert clearance(band(line(crest(10, down="page"))), "header", PAGE) == pytest.approx((34 - 12) * 72 / 25.4 - 12)
    assert clearance(band(line(crest(10, down="page"))), "footer", PAGE) == 0


def test_each_kind_of_page_has_its_bands_and_turned_ones_only_where_there_are_turned_pages() -> None:
    house = base_house()
    names = [one.name for one in place_bands(document(), house, letterhead(first=band(line())))]
    assert len(names) == 4
    turned = place_bands(sample_document(), house, letterhead(first=band(line())))
    assert [one.name for one in turned if one.turned] == [f"{name}-turned" for name in names]


def test_the_text_begins_below_a_header_that_is_higher_than_the_margin() -> None:
    house = base_house()
    bands = place_bands(document(), house, letterhead(first=band(line())))
    pixels = 96 / 25.4
    anchors = {f"measured-{one.name}": (0.0, 60 * pixels, 10.0, 60 * pixels) for one in bands[:1]}
    anchors |= {f"measured-{one.name}": (0.0, 5 * pixels, 10.0, 5 * pixels) for one in bands[1:]}
    reaches = read_reaches(bands, anchors)
    css = write_letterhead_css(bands, reaches)
    assert re.search(r"@page :first \{ margin-top: 72mm !important;", css)
    assert re.search(r"@page \{ margin-top: 24mm !important;", css)


def test_a_picture_that_text_keeps_off_counts_with_its_lower_edge_and_a_footers_with_its_upper() -> None:
    bands = place_bands(document(), base_house(), letterhead(first=band(line())))
    header, footer = bands[0], next(one for one in bands if one.kind == "footer")
    anchors = {f"measured-{one.name}": (0.0, 96.0, 10.0, 96.0) for one in bands}
    anchors[f"measured-{header.name}-1"] = (0.0, 0.0, 10.0, 192.0)
    anchors[f"measured-{footer.name}-1"] = (0.0, -96.0, 10.0, 0.0)
    reaches = read_reaches(bands, anchors)
    assert (reaches[header.name], reaches[footer.name]) == pytest.approx((50.8, 50.8))


def test_only_the_pages_of_the_pdf_have_the_letterhead_and_the_screen_has_none() -> None:
    house = replace(base_house(), letterhead=letterhead(default=band(line(Words("Westmere & Co", LOOK)))))
    assert "Westmere &amp; Co" in render_html(document(), house, Medium.PAGES)
    assert "Westmere" not in render_html(document(), house, Medium.SCREEN)
    assert "Our header" in render_html(document(), house, Medium.PAGES)


def test_what_follows_a_tab_stands_at_its_stop() -> None:
    stops = (Stop(80, "centre"), Stop(160, "right"))
    row = line(Words("left", LOOK), Tab(), Words("middle", LOOK), Tab(), PageField("page", LOOK), stops=stops)
    house = replace(base_house(), letterhead=letterhead(default=band(row)))
    html = render_html(document(), house, Medium.PAGES)
    found = re.findall(
        r"width: (160)mm; margin-left: (-?[\d.]+)mm; margin-right: (-?[\d.]+)mm; text-align: (\w+)", html
    )
    assert found[:3] == [
        ("160", "0", "-160", "left"),
        ("160", "0", "-160", "center"),
        ("160", "0", "-160", "right"),
    ]
