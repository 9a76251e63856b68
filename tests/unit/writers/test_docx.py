"""The Word file as a whole: its parts, its XML, and what Word itself must be able to do with it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from reportgen.document import Document, Inlines, Link, Metadata, PageBreak, Panel, Section, Span, Text
from reportgen.writers import docx
from reportgen.writers.docx.context import bookmark_name
from tests.unit.writers.sample_tree import (
    AWKWARD,
    LONG_WORD,
    WRITTEN_RIGHT_TO_LEFT,
    base_house,
    body_number,
    bullets,
    document_of,
    ordered,
    paragraph,
    sample_document,
    table_of,
    text,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
HOUSE = base_house()


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(document: Document, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts_of(docx.write(document, HOUSE))[name])


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return list(root.xpath(path, namespaces=NAMES))


def attribute(root: etree._Element, path: str) -> list[str]:
    return [str(value) for value in root.xpath(path, namespaces=NAMES)]


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def paragraph_saying(root: etree._Element, beginning: str) -> etree._Element:
    return next(one for one in root.iter(f"{W}p") if words(one).startswith(beginning))


# ---- The file ----


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx.write(sample_document(), HOUSE) == docx.write(sample_document(), base_house())


def test_the_package_holds_what_the_document_needs_and_nothing_else() -> None:
    names = list(parts_of(docx.write(sample_document(), HOUSE)))
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert sorted(names[2:]) == [
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/media/image1.png",
        "word/media/image2.svg",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_no_entry_of_the_package_has_the_time_of_day() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(sample_document(), HOUSE))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_are_those_of_the_paper() -> None:
    core = etree.tostring(part(sample_document(), "docProps/core.xml"), encoding="unicode")
    assert "<dc:title>Inspection of safeguarding &amp; looked after children</dc:title>" in core
    assert "<dc:creator>Director of Children’s Services</dc:creator>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert core.count("2012-07-09T00:00:00Z") == 2
    assert "docx" not in core


def test_a_paper_without_a_date_has_a_fixed_one() -> None:
    core = etree.tostring(
        part(Document(Metadata("T", "en-GB", "A", ""), (), ()), "docProps/core.xml"), encoding="unicode"
    )
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_an_empty_document_is_still_a_document() -> None:
    body = find(part(document_of()), "w:body")[0]
    assert [etree.QName(child).localname for child in body] == ["p", "sectPr"]


def test_a_document_without_lists_has_no_numbering_part() -> None:
    assert "word/numbering.xml" not in parts_of(docx.write(document_of(paragraph("one")), HOUSE))


def test_word_lays_it_out_as_of_today_and_asks_nothing_when_it_opens_it() -> None:
    root = part(sample_document(), "word/settings.xml")
    assert attribute(root, "//w:compatSetting[@w:name='compatibilityMode']/@w:val") == ["15"]
    assert find(root, "//w:updateFields") == []
    assert find(root, "//w:evenAndOddHeaders") == []


def test_a_face_that_word_may_lack_names_one_of_the_same_widths() -> None:
    root = part(document_of(), "word/fontTable.xml")
    assert attribute(root, "w:font[@w:name='Liberation Sans']/w:altName/@w:val") == ["Arial"]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        (
            "pPr",
            "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs "
            "spacing ind jc outlineLvl rPr sectPr",
        ),
        ("rPr", "rStyle rFonts b bCs i iCs color sz szCs u shd vertAlign rtl lang"),
        ("tblPr", "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"),
    ],
)
def test_properties_stand_in_the_order_that_word_demands(name: str, order: str) -> None:
    places = order.split()
    parts = parts_of(docx.write(sample_document(), HOUSE))
    for file in ("document", "styles"):
        for found in find(etree.fromstring(parts[f"word/{file}.xml"]), f"//w:{name}"):
            children = [places.index(etree.QName(child).localname) for child in found]
            assert children == sorted(children)


# ---- Nothing is lost ----


def test_every_text_of_the_tree_is_in_the_file() -> None:
    said = words(part(sample_document()))
    for wanted in (
        AWKWARD.replace("\u00ad", ""),
        LONG_WORD,
        "in part;",
        "Ann Thorne",
        "Exceeds the minimum",
        "Deepest",
        "does not know",
    ):
        assert wanted in said


def test_a_soft_hyphen_becomes_words_own_and_a_hard_one_stays() -> None:
    root = part(document_of(paragraph("soft\u00adhyphen non\u2011breaking")))
    assert len(find(root, "//w:softHyphen")) == 1
    assert words(root) == "softhyphen non\u2011breaking"


def test_characters_that_xml_cannot_hold_are_marked_rather_than_fatal() -> None:
    assert words(part(document_of(paragraph("bell\x07, half \ud83d")))) == "bell\ufffd, half \ufffd"


def test_spaces_at_the_ends_of_runs_are_kept() -> None:
    content: Inlines = (Text("one "), Span("strong", text("two")), Text(" three"))
    root = part(document_of(paragraph(content)))
    assert words(root) == "one two three"
    assert set(attribute(root, "//w:t/@xml:space")) == {"preserve"}


def test_text_written_from_right_to_left_says_so_and_only_that_text() -> None:
    root = part(document_of(paragraph(f"See {WRITTEN_RIGHT_TO_LEFT}, page 2.")))
    runs = [(words(run), bool(find(run, "w:rPr/w:rtl"))) for run in find(root, "//w:r")]
    assert runs == [("See ", False), (WRITTEN_RIGHT_TO_LEFT, True), (", ", False), ("page 2.", False)]
    assert attribute(root, "//w:lang/@w:bidi") == ["he-IL"]


# ---- Runs, links, references ----


def run_saying(content: Inlines, said: str, role: str = "body") -> etree._Element:
    root = part(document_of(paragraph(content, role)))
    return next(run for run in find(root, "//w:r") if words(run) == said)


def test_a_span_within_a_span_looks_like_both() -> None:
    run = run_saying((Span("strong", (Text("a"), Span("emphasis", text("b")))),), "b")
    assert attribute(run, "w:rPr/w:rStyle/@w:val") == ["Emphasis"]
    assert len(find(run, "w:rPr/w:b")) == 1


def test_bold_in_a_bold_paragraph_stays_bold() -> None:
    run = run_saying((Span("strong", text("b")),), "b", "title")
    assert find(run, "w:rPr/w:b[not(@w:val)]")


def test_a_span_that_the_look_does_not_know_is_plain_text() -> None:
    assert find(run_saying((Span("unheard-of", text("b")),), "b"), "w:rPr") == []


def test_a_link_is_words_own_with_a_valid_address() -> None:
    content: Inlines = (Link("https://example.org/a b?q=1&r=é", "site"),)
    parts = parts_of(docx.write(document_of(paragraph(content)), HOUSE))
    assert (
        b'Target="https://example.org/a%20b?q=1&amp;r=%C3%A9" TargetMode="External"'
        in parts["word/_rels/document.xml.rels"]
    )
    link = find(etree.fromstring(parts["word/document.xml"]), "//w:hyperlink")[0]
    assert (words(link), attribute(link, "w:r/w:rPr/w:rStyle/@w:val")) == ("site", ["Hyperlink"])


def test_a_reference_is_a_field_with_the_number_that_it_had() -> None:
    root = part(sample_document())
    instructions = [(one.text or "").strip() for one in find(root, "//w:instrText")]
    assert instructions == [f"REF {bookmark_name(anchor)} \\r \\h" for anchor in ("background", "grades", "plan")]
    said = words(paragraph_saying(root, "To report the outcome"))
    assert "see 2, paragraph 2.2 and Appendix 1." in said


def test_every_field_begins_and_ends() -> None:
    kinds = attribute(part(sample_document()), "//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"] * 3


def test_bookmarks_are_unique_and_each_reference_has_one() -> None:
    root = part(sample_document())
    names, ids = attribute(root, "//w:bookmarkStart/@w:name"), attribute(root, "//w:bookmarkStart/@w:id")
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert ids == attribute(root, "//w:bookmarkEnd/@w:id")
    targets = {(one.text or "").split()[1] for one in find(root, "//w:instrText")}
    assert targets <= set(names)
    assert all(re.fullmatch(r"_Ref[0-9a-f]{12}", name) for name in names)


def test_an_anchor_that_is_there_twice_has_one_bookmark() -> None:
    root = part(document_of(paragraph("one", anchor="same"), paragraph("two", anchor="same")))
    assert len(find(root, "//w:bookmarkStart")) == 1


def test_the_footer_counts_pages_and_stands_on_every_page_the_header_from_the_second_on() -> None:
    parts = parts_of(docx.write(sample_document(), HOUSE))
    assert words(etree.fromstring(parts["word/header1.xml"])) == ""
    assert words(etree.fromstring(parts["word/header2.xml"])) == "Inspection of safeguarding & looked after children"
    for name in ("word/footer1.xml", "word/footer2.xml"):
        footer = etree.fromstring(parts[name])
        assert [one.text for one in find(footer, "//w:instrText")] == [" PAGE ", " NUMPAGES "]
    body = etree.fromstring(parts["word/document.xml"])
    first, *rest = find(body, "//w:sectPr")
    assert attribute(first, "*[self::w:headerReference or self::w:footerReference]/@w:type") == ["first", "default"] * 2
    assert len(find(first, "w:titlePg")) == 1
    assert all(find(one, "w:titlePg") == [] for one in rest)


# ---- Pages ----


def test_only_the_landscape_appendix_lies_on_its_side() -> None:
    sections = find(part(sample_document()), "//w:sectPr")
    sizes = [
        (one.get(f"{W}orient"), one.get(f"{W}w"), one.get(f"{W}h"))
        for section in sections
        for one in find(section, "w:pgSz")
    ]
    assert sizes == [(None, "11906", "16838"), ("landscape", "16838", "11906"), (None, "11906", "16838")]


def test_an_appendix_that_does_not_turn_the_page_begins_a_new_one_by_itself() -> None:
    one, two = (Section(text(title), (paragraph("words"),), role="appendix") for title in ("One", "Two"))
    root = part(document_of(paragraph("body"), appendices=(one, two)))
    assert len(find(root, "//w:sectPr")) == 1
    assert [words(found) for found in find(root, "//w:p[w:pPr/w:pageBreakBefore]")] == ["One", "Two"]


def test_what_follows_a_page_break_begins_a_new_page_even_a_table() -> None:
    root = part(document_of(paragraph("a"), PageBreak(), paragraph("b"), PageBreak(), PageBreak(), table_of(1)))
    broken = find(root, "//w:p[w:pPr/w:pageBreakBefore]")
    assert [words(found) for found in broken] == ["b", "Actions"]


def test_a_page_break_at_the_very_beginning_makes_no_empty_page() -> None:
    assert find(part(document_of(PageBreak(), paragraph("a"))), "//w:pageBreakBefore") == []


def test_what_stands_above_a_contact_is_kept_with_it_be_it_a_paragraph_or_the_last_row_of_a_table() -> None:
    contacts = paragraph("who", "contact"), paragraph("who else", "contact")
    root = part(document_of(paragraph("a"), paragraph("end"), *contacts, table_of(9), paragraph("of table", "contact")))
    own = [words(found) for found in find(root, "//w:body/w:p[w:pPr/w:keepNext]")]
    assert own == ["end", "who", "Actions"]
    rows = find(root, "//w:tbl/w:tr[.//w:pPr/w:keepNext]")
    assert [words(row) for row in rows] == [words(row) for row in [*find(root, "//w:tr")[:2], find(root, "//w:tr")[-1]]]


def test_nothing_is_kept_with_a_contact_that_begins_a_page() -> None:
    root = part(document_of(paragraph("a"), PageBreak(), paragraph("who", "contact")))
    assert find(root, "//w:body/w:p/w:pPr/w:keepNext") == []


# ---- Panels and pictures ----


def test_a_panel_of_paragraphs_is_read_as_paragraphs() -> None:
    root = part(document_of(Panel("notice", (paragraph("one"), paragraph("two")))))
    assert find(root, "//w:tbl") == []
    assert attribute(root, "//w:pStyle/@w:val") == ["BodyTextNotice", "BodyTextNotice"]


def test_two_panels_in_a_row_do_not_become_one() -> None:
    root = part(document_of(Panel("notice", (paragraph("one"),)), Panel("notice", (paragraph("two"),))))
    assert [words(found) for found in find(root, "//w:p")] == ["one", "", "two"]


def test_a_panel_with_a_list_in_it_is_one_box() -> None:
    root = part(document_of(Panel("notice", (paragraph("one"), bullets("two")))))
    assert len(find(root, "//w:tc")) == 1
    assert [words(found) for found in find(root, "//w:tc/w:p")] == ["one", "two"]


def test_a_chart_has_its_alternative_text_and_the_width_of_the_text() -> None:
    root = part(sample_document())
    assert attribute(root, "//wp:docPr/@descr") == [
        "Of 16 judgements, 1 was outstanding, 9 good, 5 adequate and 1 inadequate."
    ]
    assert attribute(root, "//wp:extent/@cx") == [str(160 * 36000)]


# ---- Lists and numbers: the mechanics (that they count right, tests/documents shows with LibreOffice) ----


def numbered_as(element: etree._Element) -> tuple[str, str]:
    """ilvl and numId."""
    return attribute(element, "w:pPr/w:numPr/w:ilvl/@w:val")[0], attribute(element, "w:pPr/w:numPr/w:numId/@w:val")[0]


def test_numbers_are_words_own_and_nowhere_in_the_text() -> None:
    root = part(sample_document())
    assert numbered_as(paragraph_saying(root, "To report the outcome"))[0] == "1"
    assert words(paragraph_saying(root, "note the outcome")) == "note the outcome;"
    assert words(paragraph_saying(root, ": Implications")) == ": Implications"


def test_paragraphs_and_headings_share_the_bodys_sequence() -> None:
    parts = parts_of(docx.write(sample_document(), HOUSE))
    heading = find(etree.fromstring(parts["word/styles.xml"]), "//w:style[@w:styleId='Heading1']")[0]
    numbered = paragraph_saying(etree.fromstring(parts["word/document.xml"]), "To report the outcome")
    lists = etree.fromstring(parts["word/numbering.xml"])
    (level, of_headings), (_, of_text) = numbered_as(heading), numbered_as(numbered)
    definitions = [
        attribute(lists, f"w:num[@w:numId='{one}']/w:abstractNumId/@w:val") for one in (of_headings, of_text)
    ]
    assert level == "0"
    assert definitions[0] == definitions[1] != []


def test_an_unnumbered_heading_of_a_numbered_style_switches_the_number_off() -> None:
    body = (Section(text("One"), (), number=body_number("1", 0, 1)), Section(text("Other"), (), numbered=False))
    assert numbered_as(paragraph_saying(part(document_of(*body)), "Other")) == ("0", "0")


def test_a_style_based_on_a_numbered_one_is_not_numbered() -> None:
    body = Section(text("One"), (), number=body_number("1", 0, 1))
    styles = part(document_of(body), "word/styles.xml")
    appendix = find(styles, "//w:style[@w:styleId='AppendixHeading']")[0]
    assert numbered_as(appendix) == ("0", "0")


def test_a_heading_that_stands_at_several_levels_is_numbered_where_it_stands() -> None:
    higher = Section(text("Not"), (Section(text("Higher"), (), number=body_number("1", 0, 1)),), numbered=False)
    lower = Section(
        text("Is"), (Section(text("Lower"), (), number=body_number("2.1", 1, 1)),), number=body_number("2", 0, 2)
    )
    root = part(document_of(higher, lower))
    assert numbered_as(paragraph_saying(root, "Higher"))[0] == "0"
    assert numbered_as(paragraph_saying(root, "Lower"))[0] == "1"


def test_each_ordered_list_begins_again_and_one_inside_an_item_belongs_to_it() -> None:
    inner = ordered(1, ("(i)",), "inner")
    root = part(
        document_of(ordered(0, ("(a)", "(b)"), (paragraph("first"), inner), "second"), ordered(0, ("(a)",), "third"))
    )
    (_, one), (level, two), (_, three), (_, four) = map(numbered_as, find(root, "//w:p[w:pPr/w:numPr]"))
    assert level == "1"
    assert one == two == three
    assert four != one


def test_a_second_list_inside_an_item_begins_again() -> None:
    item = (paragraph("first"), ordered(1, ("(i)",), "x"), paragraph("between"), ordered(1, ("(i)",), "y"))
    root = part(document_of(ordered(0, ("(a)",), item)))
    assert numbered_as(paragraph_saying(root, "x"))[1] != numbered_as(paragraph_saying(root, "y"))[1]


def test_an_item_without_text_of_its_own_keeps_its_sign() -> None:
    found = find(part(document_of(bullets((bullets("inner"),)))), "//w:p[w:pPr/w:numPr]")
    assert [(words(one), numbered_as(one)[0]) for one in found] == [("", "0"), ("inner", "1")]


def test_a_level_that_counts_without_printing_has_an_empty_sign() -> None:
    levels = (HOUSE.config.numbering.levels[0].model_copy(update={"format": ""}), *HOUSE.config.numbering.levels[1:])
    style = HOUSE.config.model_copy(update={"numbering": HOUSE.config.numbering.model_copy(update={"levels": levels})})
    house = type(HOUSE)(style, HOUSE.stylesheet, HOUSE.templates, HOUSE.page_css, HOUSE.location)
    body = Section(
        text("PART 1"),
        (Section(text("Purpose"), (), number=body_number("1.1", 1, 1)),),
        role="part",
        number=body_number("", 0, 1),
    )
    root = etree.fromstring(parts_of(docx.write(document_of(body), house))["word/numbering.xml"])
    first = find(root, "w:abstractNum/w:lvl[@w:ilvl='0']")[0]
    assert attribute(first, "w:lvlText/@w:val") == [""]
    assert attribute(first, "w:suff/@w:val") == ["nothing"]
    assert attribute(first, "w:pStyle/@w:val") == ["PartHeading"]


def test_every_list_definition_has_an_identity_of_its_own_made_from_its_content() -> None:
    found = attribute(part(sample_document(), "word/numbering.xml"), "//w:nsid/@w:val")
    assert len(set(found)) == len(found) > 3


def test_every_list_that_is_used_is_defined() -> None:
    parts = parts_of(docx.write(sample_document(), HOUSE))
    defined = set(attribute(etree.fromstring(parts["word/numbering.xml"]), "w:num/@w:numId"))
    used = {
        value
        for name in ("document", "styles")
        for value in attribute(etree.fromstring(parts[f"word/{name}.xml"]), "//w:numId/@w:val")
    }
    assert used - {"0"} <= defined


@pytest.mark.parametrize("beginning", ["An unnumbered paragraph", "They follow"])
def test_unnumbered_paragraphs_in_a_section_stand_at_the_base_indent(beginning: str) -> None:
    found = paragraph_saying(part(sample_document()), beginning)
    assert attribute(found, "w:pPr/w:ind/@w:left") == [str(round(HOUSE.config.numbering.text_indent / 25.4 * 1440))]
