"""Pictures, captions, and what is entered into a paper, in the HTML."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from datetime import date

from lxml.html import HtmlElement
from PIL import Image as Drawing

from reportgen.diagnostics import Location
from reportgen.document import (
    Block,
    CrossReference,
    Document,
    Figure,
    FormField,
    Number,
    Placeholder,
    Section,
    Signature,
    SignatureLine,
    Timeline,
    TimelineRow,
)
from reportgen.house import House
from reportgen.writers.html.elements import Medium
from tests.unit.writers.html_tree import one, rendered, rendered_blocks, words
from tests.unit.writers.sample_tree import document_of, paragraph, table_of, text
from tests.unit.writers.structured_tree import image, pixels


def width_of(picture: HtmlElement) -> float:
    found = re.search(r"\bwidth: ([\d.]+)mm", picture.get("style"))
    assert found is not None
    return float(found[1])


def figure_number(position: int) -> Number:
    return Number(f"Figure {position}", "figure", 0, position, f"Figure {position}")


def test_an_image_is_its_own_address_with_its_words(house: House) -> None:
    picture = one(rendered_blocks(Figure(image(300, 200, "JPEG"), 'A "map"'), house=house), ".//figure/img")
    kind, content = picture.get("src").split(",")
    assert (kind, picture.get("alt")) == ("data:image/jpeg;base64", 'A "map"')
    assert Drawing.open(io.BytesIO(base64.b64decode(content))).size == (300, 200)
    assert base64.b64decode(content) == pixels(300, 200, "JPEG")


def test_an_image_has_the_size_that_word_gives_it(house: House) -> None:
    wide = Figure(image(300, 200), "A")
    asked = Figure(image(300, 200, printed=40), "A")
    high = Figure(image(300, 1500, printed=100), "A")
    widths = [width_of(found) for found in rendered_blocks(wide, asked, high, house=house).iter("img")]
    assert widths[:2] == [50.8, 40]
    assert widths[2] * 5 < house.stylesheet.page.text_height
    assert widths[2] * 5 > house.stylesheet.page.text_height - 15


def test_a_picture_on_a_landscape_page_is_no_higher_than_that(house: House) -> None:
    turned = Section(text("Map"), (Figure(image(300, 300, printed=400), "A"),), role="appendix", landscape=True)
    document = Document(document_of().metadata, (), (), (turned,))
    picture = one(rendered(document, house, Medium.PAGES), "//img")
    assert 0 < width_of(picture) <= house.stylesheet.page.turned.text_height < house.stylesheet.page.turned.text_width


def test_a_time_line_is_a_picture_as_wide_as_the_text(house: House) -> None:
    line = Timeline((TimelineRow("A1", date(2012, 9, 30), "status-complete", "complete"),), date(2012, 7, 9), "Meeting")
    picture = one(rendered_blocks(Figure(line, "One action."), house=house), ".//svg")
    assert width_of(picture) == house.stylesheet.page.text_width


def test_a_caption_stands_below_its_picture_after_its_number(house: House) -> None:
    figure = Figure(image(30, 20), "A", text("Map & <plan>"), "map", figure_number(1))
    body = rendered_blocks(figure, replace(figure, number=None, anchor=""), replace(figure, caption=()), house=house)
    first, second, third = body.iter("figure")
    assert [child.tag for child in first] == ["img", "figcaption"]
    assert (first.get("id"), words(first)) == ("map", "Figure 1: Map & <plan>")
    assert (second.get("id"), words(second)) == (None, "Map & <plan>")
    assert [child.tag for child in third] == ["img"]


def test_a_tables_caption_begins_with_its_number_and_its_anchor_is_the_tables(house: House) -> None:
    number = Number("Table 2", "table", 0, 2, "Table 2")
    table = one(rendered_blocks(replace(table_of(1), number=number, anchor="plan"), house=house), ".//table")
    assert (table.get("id"), words(table.find("caption"))) == ("plan", "Table 2: Actions")


def test_the_house_says_what_stands_between_number_and_caption(house: House) -> None:
    numbering = house.config.numbering.model_copy(update={"caption_separator": " – "})
    other = replace(house, config=house.config.model_copy(update={"numbering": numbering}))
    figure = Figure(image(30, 20), "A", text("Map"), "", figure_number(1))
    assert words(one(rendered_blocks(figure, house=other), ".//figcaption")) == "Figure 1 – Map"


def test_a_page_is_counted_on_pages_and_printed_elsewhere(house: House) -> None:
    there = paragraph((CrossReference("plan", Location(""), "12", "page"),))
    printed = one(rendered_blocks(there, house=house), ".//p/a")
    counted = one(rendered_blocks(there, house=house, medium=Medium.PAGES), ".//p/a")
    assert (printed.text, printed.get("class"), printed.get("href")) == ("12", "reference", "#plan")
    assert (counted.text, counted.get("class"), counted.get("href")) == (None, "reference page-reference", "#plan")


def test_what_is_missing_is_marked(house: House) -> None:
    found = one(rendered_blocks(paragraph((Placeholder("the cost"),)), house=house), ".//span")
    assert (found.get("class"), found.text) == ("role-gap", "[the cost]")


def test_what_is_entered_says_what_it_is(house: House) -> None:
    content = (
        FormField("a.name", "name", "Cleared by (legal)", "", "Not yet cleared"),
        FormField("a.date", "date", "Cleared on", "2012-07-09", "9 July 2012"),
    )
    found = rendered_blocks(paragraph(content), house=house).xpath(".//p/span")
    assert [(entry.get("title"), entry.text) for entry in found] == [
        ("Cleared by (legal)", "Not yet cleared"),
        ("Cleared on", "9 July 2012"),
    ]


def boxes_of(*blocks: Block, house: House) -> list[tuple[str, str, str]]:
    boxes = rendered_blocks(*blocks, house=house).xpath(".//span[@role='checkbox']")
    return [(box.text, box.get("aria-checked"), box.get("aria-label")) for box in boxes]


def test_a_box_tells_a_screen_reader_whether_it_is_ticked_and_what_for(house: House) -> None:
    content = (FormField("a", "check", "Urgent", "yes", "☒"), FormField("b", "check", "Exempt", "", "☐"))
    assert boxes_of(paragraph(content), house=house) == [("☒", "true", "Urgent"), ("☐", "false", "Exempt")]


def test_a_line_of_boxes_shows_what_was_entered_or_what_is_to_be(house: House) -> None:
    entries = (
        FormField("a", "check", "Signed by the Chief Executive", "yes", "☒"),
        FormField("b", "name", "Name", "Jo Bold", "Jo Bold"),
        FormField("c", "date", "Date", "", "no date yet"),
    )
    signature = Signature("box", (SignatureLine("Chief Executive", entries=entries), SignatureLine("Mayor")))
    lines = rendered_blocks(signature, house=house).xpath(".//p[@class='role-signature']")
    assert [words(line) for line in lines] == ["☒ Chief Executive – Jo Bold, no date yet", "☐ Mayor"]
    assert boxes_of(signature, house=house) == [
        ("☒", "true", "Signed by the Chief Executive"),
        ("☐", "false", "Mayor"),
    ]


def test_a_line_of_boxes_that_nobody_has_signed_ends_with_whose_it_is(house: House) -> None:
    entries = (
        FormField("a", "check", "Agreed", "", "☐"),
        FormField("b", "name", "Name"),
        FormField("c", "date", "Date"),
    )
    signature = Signature("box", (SignatureLine("Chief Executive", entries=entries),))
    (line,) = rendered_blocks(signature, house=house).xpath(".//p[@class='role-signature']")
    assert words(line) == "☐ Chief Executive"


def test_a_screen_says_at_the_top_what_pages_say_across_their_text(house: House) -> None:
    document = replace(document_of(paragraph("x")), watermark="DRAFT & more")
    banner = one(rendered(document, house, Medium.SCREEN), "//body/p")
    assert (banner.get("class"), banner.text) == ("banner", "DRAFT & more")
    assert rendered(document, house, Medium.PAGES).xpath("//body/p") == []
    assert rendered(document_of(), house, Medium.SCREEN).xpath("//body/p") == []
