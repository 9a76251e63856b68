"""The HTML: every node is there, under the right role, in the right place."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from lxml.html import HtmlElement

from reportgen.diagnostics import Location
from reportgen.document import (
    Block,
    Blocks,
    Cell,
    Chart,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    LineBreak,
    Link,
    ListItem,
    Number,
    PageBreak,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Signature,
    SignatureLine,
    Span,
    Table,
    Text,
    blocks_of,
    plain_text,
)
from reportgen.house import House
from reportgen.writers import html
from reportgen.writers.html.elements import Medium
from tests.unit.writers.sample_tree import (
    AWKWARD,
    body_number,
    bullets,
    cell,
    document_of,
    ordered,
    paragraph,
    sample_document,
    text,
)


@pytest.fixture(scope="module")
def sample(house: House) -> HtmlElement:
    return parsed(sample_document(), house)


def parsed(document: Document, house: House) -> HtmlElement:
    """The HTML as a tree, with a space wherever a reader sees a new line."""
    written = html.write(document, house).decode()
    return lxml.html.document_fromstring(written.replace("</p>", "</p> ").replace("<br>", "<br> "))


def body_of(*blocks: Block, house: House, front: Blocks = (), appendices: tuple[Section, ...] = ()) -> HtmlElement:
    return parsed(document_of(*blocks, front=front, appendices=appendices), house).find(".//main")


def section(*children: Block, heading: str = "Heading", **properties: object) -> Section:
    return Section(text(heading), children, **properties)  # type: ignore[arg-type]


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def one(element: HtmlElement, path: str) -> HtmlElement:
    found = element.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)}"
    return found[0]


def classes(element: HtmlElement) -> list[str]:
    return element.get("class", "").split()


# ---- The file ----


def test_the_same_document_gives_the_same_bytes(house: House) -> None:
    assert html.write(sample_document(), house) == html.write(sample_document(), house)


def test_the_file_begins_as_html_in_the_documents_language(house: House) -> None:
    assert html.render_html(sample_document(), house, Medium.SCREEN).startswith('<!DOCTYPE html>\n<html lang="en-GB">')


def test_the_head_says_title_author_and_date(sample: HtmlElement) -> None:
    assert sample.findtext(".//title") == "Inspection of safeguarding & looked after children"
    metas = {meta.get("name"): meta.get("content") for meta in sample.iter("meta")}
    assert metas["author"] == "Director of Children’s Services"
    assert metas["dcterms.created"] == "2012-07-09"


def test_a_document_without_a_date_has_none_in_its_head(house: House) -> None:
    document = document_of()
    undated = replace(document, metadata=replace(document.metadata, date=""))
    assert "dcterms" not in html.render_html(undated, house, Medium.SCREEN)


def test_the_file_needs_no_other_file(sample: HtmlElement) -> None:
    assert [source for source in sample.xpath("//@src | //link/@href") if not source.startswith("data:")] == []


def test_the_houses_own_css_comes_last(house: House) -> None:
    written = html.render_html(document_of(), replace(house, page_css=".role-body { color: red; }"), Medium.SCREEN)
    assert written.index(".role-body { color: red; }") > written.rindex(".panel")


def test_nothing_of_the_document_is_lost(sample: HtmlElement) -> None:
    said = words(sample.find(".//main"))
    for block in blocks_of(sample_document()):
        match block:
            case Paragraph():
                assert " ".join(plain_text(block.content).split()) in said
            case Section():
                assert plain_text(block.heading) in said
            case Table():
                assert all(plain_text(column.header) in said for column in block.columns)
                assert all(plain_text(group.heading) in said for group in block.groups)
            case _:
                pass


def test_the_header_and_the_footer_are_there_for_the_pdf_but_hidden(sample: HtmlElement) -> None:
    header = one(sample, "//div[contains(@class, 'running-header')]")
    footer = one(sample, "//div[contains(@class, 'running-footer')]")
    assert words(header) == "Inspection of safeguarding & looked after children"
    assert words(footer) == "Page of"
    assert one(footer, "*[@class='page-number']") is not None
    assert one(footer, "*[@class='page-count']") is not None
    assert header.get("hidden")
    assert footer.get("hidden")


# ---- Headings ----


def test_the_title_is_the_only_heading_of_the_first_level(sample: HtmlElement) -> None:
    assert words(one(sample, "//h1")) == "Inspection of safeguarding & looked after children"


def test_heading_levels_follow_the_depth_of_the_sections(house: House) -> None:
    deep = section(section(section(heading="c"), heading="b"), heading="a")
    main = body_of(deep, house=house, front=(paragraph("T", "title"),))
    assert [(heading.tag, words(heading)) for heading in main.xpath(".//h2|.//h3|.//h4")] == [
        ("h2", "a"),
        ("h3", "b"),
        ("h4", "c"),
    ]


def test_without_a_title_the_sections_begin_at_the_first_level(house: House) -> None:
    assert words(one(body_of(section(), house=house), ".//h1")) == "Heading"


def test_a_heading_deeper_than_the_look_knows_takes_the_deepest_look(house: House) -> None:
    main = body_of(section(section(section(section(heading="deep")))), house=house)
    assert classes(one(main, ".//h4")) == ["role-heading-3"]


def test_parts_and_appendices_have_roles_of_their_own(house: House) -> None:
    main = body_of(section(role="part"), house=house, appendices=(section(role="appendix", heading="A"),))
    assert [classes(heading) for heading in main.iter("h1")] == [["role-part"], ["role-appendix"]]


def test_an_appendix_carries_its_number_and_the_houses_separator(house: House) -> None:
    appendix = section(role="appendix", heading="Plan", number=Number("Appendix 1", "appendix", 0, 1))
    assert words(one(body_of(house=house, appendices=(appendix,)), ".//h1")) == "Appendix 1: Plan"


def test_a_landscape_appendix_says_so(house: House) -> None:
    main = body_of(house=house, appendices=(section(role="appendix", landscape=True),))
    assert classes(one(main, ".//section")) == ["appendix", "landscape"]


def test_a_number_that_counts_but_does_not_print_leaves_no_trace(house: House) -> None:
    heading = one(body_of(section(role="part", number=Number("", "body", 0, 1)), house=house), ".//h1")
    assert (words(heading), classes(heading)) == ("Heading", ["role-part"])


# ---- Paragraphs ----


def test_a_number_stands_before_its_paragraph_in_the_place_of_its_level(house: House) -> None:
    main = body_of(section(paragraph("Words", number=body_number("1.1", 1, 1))), house=house)
    numbered = one(main, ".//p")
    assert classes(numbered) == ["role-body", "level-1"]
    assert words(numbered) == "1.1 Words"
    assert words(one(numbered, "span[@class='number']")) == "1.1"


def test_unnumbered_paragraphs_are_moved_in_only_inside_sections_of_the_body(house: House) -> None:
    main = body_of(
        paragraph("outside"),
        section(paragraph("inside"), Panel("notice", (paragraph("panel"),))),
        house=house,
        front=(section(paragraph("front")),),
        appendices=(section(paragraph("appendix"), role="appendix"),),
    )
    moved = [words(found) for found in main.iter("p") if "inset" in classes(found)]
    assert moved == ["inside"]


def test_a_lists_outermost_level_is_moved_in_with_the_text_around_it(house: House) -> None:
    main = body_of(section(bullets((paragraph("a"), bullets("b")))), house=house)
    assert [classes(found) for found in main.iter("ul")] == [["list", "inset"], []]
    assert all("inset" not in classes(found) for found in main.iter("p"))


def test_anchors_are_kept_and_references_lead_to_them(house: House) -> None:
    reference = CrossReference("costs", Location(""), "2.1")
    main = body_of(
        section(paragraph((Text("See "), reference)), anchor="top"), paragraph("x", anchor="costs"), house=house
    )
    assert one(main, ".//h1").get("id") == "top"
    assert words(one(main, ".//p[@id='costs']")) == "x"
    assert one(main, ".//a[@class='reference']").get("href") == "#costs"


def test_text_is_text_and_never_markup(house: House) -> None:
    found = one(body_of(paragraph(AWKWARD), house=house), ".//p")
    assert found.text_content() == AWKWARD
    assert len(found) == 0


def test_words_take_the_class_of_their_role(house: House) -> None:
    content = (
        Span("strong", (Text("a"), Span("emphasis", text("b")))),
        Span("gap", text("c")),
        LineBreak(),
        Link("https://example.org/?a=1&b=2", "d"),
    )
    found = one(body_of(paragraph(content), house=house), ".//p")
    assert [(inner.tag, inner.get("class")) for inner in found.iter() if inner is not found] == [
        ("strong", "role-strong"),
        ("em", "role-emphasis"),
        ("span", "role-gap"),
        ("br", None),
        ("a", "role-link"),
    ]
    assert found.find("a").get("href") == "https://example.org/?a=1&b=2"


def test_the_words_of_links_are_text_and_their_addresses_are_kept_whole(house: House) -> None:
    address = 'https://example.org/?q="a b"&x=<y>'
    link = one(body_of(paragraph((Link(address, "R&D <b>"),)), house=house), ".//a")
    assert (link.text, link.get("href"), len(link)) == ("R&D <b>", address, 0)


def test_nothing_is_nested_in_a_link(sample: HtmlElement) -> None:
    assert sample.xpath("//a")
    assert sample.xpath("//a/*") == []


# ---- Lists ----


def test_bulleted_items_carry_the_sign_of_their_depth(house: House) -> None:
    deep = bullets("a", (paragraph("b"), bullets("c", (paragraph("d"), bullets((paragraph("e"), bullets("f")))))))
    found = [(words(item), classes(item)[1]) for item in body_of(deep, house=house).iter("p")]
    assert found == [
        ("• a", "bullet-1"),
        ("• b", "bullet-1"),
        ("– c", "bullet-2"),
        ("– d", "bullet-2"),
        ("▪ e", "bullet-3"),
        ("▪ f", "bullet-4"),
    ]


def test_ordered_items_carry_their_numbers_in_the_place_of_their_level(house: House) -> None:
    nested = ordered(0, ("(a)",), (paragraph("x"), ordered(1, ("(i)", "(ii)"), "y", "z")))
    found = [(words(item), classes(item)) for item in body_of(nested, house=house).iter("p")]
    assert found == [
        ("(a) x", ["role-list-item", "item-0"]),
        ("(i) y", ["role-list-item", "item-1"]),
        ("(ii) z", ["role-list-item", "item-1"]),
    ]


def test_later_paragraphs_of_an_item_stand_under_its_text_without_a_sign(house: House) -> None:
    main = body_of(bullets((paragraph("first"), paragraph("second"))), house=house)
    assert [words(found) for found in main.iter("p")] == ["• first", "second"]
    assert [classes(found)[1] for found in main.iter("p")] == ["bullet-1", "bullet-1"]


def test_an_item_that_does_not_begin_with_a_paragraph_has_its_sign_all_the_same(house: House) -> None:
    main = body_of(bullets((bullets("inner"),), ()), house=house)
    assert [words(found) for found in main.iter("p")] == ["•", "– inner", "•"]


def test_an_ordered_item_nobody_numbered_is_still_rendered(house: House) -> None:
    items = replace(ordered(0, ("(a)",), "x"), items=(ListItem((paragraph("kept"),)),))
    assert "kept" in words(body_of(items, house=house))


# ---- Tables ----


def small_table(**properties: object) -> Table:
    columns = (Column(text("Area"), 0.7), Column(text("Grade"), 0.3))
    group = RowGroup((Row((cell("Overall"), cell("Good", "grade-2"))),), text("Safeguarding"))
    return Table(text("Judgements"), columns, (group,), **properties)  # type: ignore[arg-type]


def test_the_text_of_a_column_stands_where_its_author_says(house: House) -> None:
    aligned = replace(small_table(), columns=(Column(text("Area"), 0.7), Column(text("Grade"), 0.3, "right")))
    main = body_of(aligned, house=house)
    assert [words(found) for found in main.xpath(".//*[contains(@class, 'right')]")] == ["Grade", "Good"]
    assert {"cell-grade-2", "right"} <= set(one(main, ".//td").get("class").split())


def test_a_shown_caption_stands_in_the_table_and_another_is_its_name(house: House) -> None:
    shown = one(body_of(small_table(show_caption=True), house=house), ".//table")
    unshown = one(body_of(small_table(), house=house), ".//table")
    assert (shown.findtext("caption"), shown.get("aria-label")) == ("Judgements", None)
    assert ["captioned" in table.get("class", "").split() for table in (shown, unshown)] == [True, False]
    assert (unshown.findtext("caption"), unshown.get("aria-label")) == (None, "Judgements")


def test_columns_take_their_shares_of_the_width(house: House) -> None:
    main = body_of(small_table(), house=house)
    assert [column.get("style") for column in main.iter("col")] == ["width: 70%", "width: 30%"]


def test_headers_say_what_they_are_the_headers_of(house: House) -> None:
    main = body_of(small_table(), house=house)
    assert [(words(found), found.get("scope"), found.get("colspan")) for found in main.iter("th")] == [
        ("Area", "col", None),
        ("Grade", "col", None),
        ("Safeguarding", "rowgroup", "2"),
        ("Overall", "row", None),
    ]


def test_the_first_column_can_be_ordinary_cells(house: House) -> None:
    main = body_of(small_table(row_headers=False), house=house)
    assert [words(found) for found in main.iter("td")] == ["Overall", "Good"]


def test_cells_take_the_class_of_their_role(house: House) -> None:
    assert words(one(body_of(small_table(), house=house), ".//td[@class='cell-grade-2']")) == "Good"


def test_body_text_and_lists_in_cells_are_drawn_as_cell_text(house: House) -> None:
    content = Cell((paragraph("a"), bullets("b"), paragraph("c", "band")))
    table = Table(text("T"), (Column(text("H"), 1.0),), (RowGroup((Row((content,)),)),))
    main = body_of(section(table), house=house)
    assert [classes(found) for found in main.iter("p")] == [
        ["role-cell-header"],
        ["role-cell"],
        ["role-cell", "cell-bullet-1"],
        ["role-band"],
    ]


def test_a_table_of_a_role_without_a_look_takes_the_usual_one(house: House) -> None:
    assert classes(one(body_of(small_table(role="unheard-of"), house=house), ".//table")) == ["table-data"]


def test_a_table_without_rows_has_a_body_all_the_same(house: House) -> None:
    table = replace(small_table(), groups=())
    assert one(body_of(table, house=house), ".//tbody/tr/td").get("colspan") == "2"


# ---- Fields ----


def field(label: str, value: str) -> Field:
    return Field(text(label) if label else (), (paragraph(value),))


def test_labels_are_the_headers_of_their_rows(house: House) -> None:
    main = body_of(FieldList(((field("Date", "9 July"), field("Item", "7")),)), house=house)
    assert [(found.tag, found.get("scope"), words(found)) for found in main.xpath(".//th | .//td")] == [
        ("th", "row", "Date"),
        ("td", None, "9 July"),
        ("th", "row", "Item"),
        ("td", None, "7"),
    ]
    assert [classes(found) for found in main.iter("p")] == [["role-field-label"], ["role-field-value"]] * 2


def test_rows_of_different_lengths_fill_the_same_width(house: House) -> None:
    fields = FieldList(((field("A", "1"), field("B", "2")), (field("C", "3"),), (field("D", "4"), field("", "5"))))
    main = body_of(fields, house=house)
    columns = len(main.xpath(".//col"))
    for row in main.iter("tr"):
        assert sum(int(found.get("colspan", 1)) for found in row) == columns


def test_rows_without_labels_are_no_table(house: House) -> None:
    masthead = FieldList(((field("", "Council"), field("", "Item 7")), (field("", "Cabinet"),)), "masthead")
    main = body_of(masthead, house=house)
    assert main.xpath(".//table") == []
    rows = main.xpath(".//div[@class='fields-row']")
    assert [[words(found) for found in row] for row in rows] == [["Council", "Item 7"], ["Cabinet"]]


def test_rows_with_and_without_labels_keep_their_order(house: House) -> None:
    fields = FieldList(((field("", "first"),), (field("L", "second"),), (field("", "third"),)))
    container = one(body_of(fields, house=house), "./div")
    assert classes(container) == ["table-fields"]
    assert [(part.tag, words(part)) for part in container] == [
        ("div", "first"),
        ("table", "L second"),
        ("div", "third"),
    ]


def test_values_stand_at_the_right_from_the_field_the_look_names(house: House) -> None:
    masthead = house.stylesheet.tables["masthead"].model_copy(update={"right_from": 2})
    look = house.stylesheet.model_copy(update={"tables": house.stylesheet.tables | {"masthead": masthead}})
    fields = FieldList(((field("", "left"), field("", "right")), (field("L", "left"), field("", "right"))), "masthead")
    main = body_of(fields, house=replace(house, stylesheet=look))
    assert [words(found) for found in main.xpath(".//*[contains(@class, 'right')]")] == ["right", "right"]


# ---- Other blocks ----


def test_a_chart_is_a_picture_with_its_alternative_text(sample: HtmlElement) -> None:
    picture = one(sample, "//figure[@class='role-chart']/svg")
    assert picture.get("role") == "img"
    assert picture.get("aria-label").startswith("Of 16 judgements")


def test_a_chart_without_bars_is_still_a_picture(house: House) -> None:
    assert one(body_of(Figure(Chart(()), "Nothing yet"), house=house), ".//svg").get("aria-label") == "Nothing yet"


def test_boxes_to_tick_show_who_has_signed(house: House) -> None:
    lines = (SignatureLine("Mayor", signed=True), SignatureLine("Solicitor", "A. Thorne", "Monitoring Officer"))
    main = body_of(Signature("box", lines), house=house)
    assert [words(found) for found in main.iter("p")] == ["☒ Mayor", "☐ Solicitor – A. Thorne, Monitoring Officer"]
    assert {classes(found)[0] for found in main.iter("p")} == {"role-signature"}


def test_a_line_to_sign_on_has_name_post_and_role_below_it(house: House) -> None:
    main = body_of(Signature("line", (SignatureLine("Author", "Jo Bold", "Head of Service"),)), house=house)
    block = one(main, ".//div[@class='signature']")
    assert classes(block[0]) == ["signature-line"]
    assert [words(found) for found in block[1:]] == ["Jo Bold", "Head of Service", "Author"]


def test_a_page_break_is_an_empty_block(house: House) -> None:
    assert classes(one(body_of(PageBreak(), house=house), "./div")) == ["page-break"]


def test_a_panel_takes_the_class_of_its_role(house: House) -> None:
    assert classes(one(body_of(Panel("notice", (paragraph("x"),)), house=house), "./div")) == ["panel", "panel-notice"]
