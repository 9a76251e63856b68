"""The PDF: what is on its pages, what its tags say, and what it refuses."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from reportgen.diagnostics import Location
from reportgen.document import (
    Block,
    Column,
    CrossReference,
    Number,
    PageBreak,
    PageCount,
    PageNumber,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
)
from reportgen.house import House
from reportgen.writers import pdf
from reportgen.writers.failures import MissingCharacters, PdfRejected
from tests.unit.writers.sample_tree import (
    LONG_WORD,
    bullets,
    cell,
    document_of,
    paragraph,
    sample_document,
    table_of,
    text,
)


@pytest.fixture(scope="module")
def sample(house: House) -> bytes:
    return pdf.write(sample_document(), house)


def pages_of(written: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    opened = pypdfium2.PdfDocument(written)
    return [" ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split()) for page in opened]


def made_of(*blocks: Block, house: House) -> list[str]:
    return pages_of(pdf.write(document_of(*blocks), house))


def opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written))


def tags_of(written: bytes) -> list[str]:
    """The names of all structure elements, parents first."""
    found: list[str] = []

    def visit(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                visit(child)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(str(element.S))
            visit(element.get("/K", pikepdf.Array()))

    file = opened(written)
    visit(file.Root.StructTreeRoot.K)
    return found


# ---- The file ----


@pytest.mark.slow
def test_the_same_document_gives_the_same_bytes(house: House, sample: bytes) -> None:
    assert pdf.write(sample_document(), house) == sample


def test_the_file_says_title_author_language_and_pdf_ua(sample: bytes) -> None:
    file = opened(sample)
    assert file.docinfo["/Title"] == "Inspection of safeguarding & looked after children"
    assert file.docinfo["/Author"] == "Director of Children’s Services"
    assert file.Root.Lang == "en-GB"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    with file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Inspection of safeguarding & looked after children"


def test_the_bookmarks_are_the_title_and_the_numbered_headings(sample: bytes) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[object]:
        return [(item.title, titles(item.children)) if item.children else item.title for item in items]

    with opened(sample).open_outline() as outline:
        found = titles(outline.root)
    assert found == [
        (
            "Inspection of safeguarding & looked after children",
            [
                "1. Purpose",
                ("2. Background", ["Strengths"]),
                "3. Recommendations",
                ("PART 3 – SIGN OFF", ["Signatures", ("Contact", [("Deeper", ["Deepest"])])]),
                "Appendix 1: Action plan",
                "Appendix 2: Implications",
            ],
        )
    ]


def test_every_font_is_embedded(sample: bytes) -> None:
    for page in opened(sample).pages:
        for font in page.Resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_of_every_font_only_the_letters_that_are_printed_are_embedded(sample: bytes) -> None:
    names = {str(font.BaseFont) for page in opened(sample).pages for font in page.Resources.get("/Font", {}).values()}
    assert names
    assert all(name[7] == "+" for name in names), "a subset's name begins with six letters and a plus"


def test_the_tags_name_headings_lists_tables_and_pictures(sample: bytes) -> None:
    tags = tags_of(sample)
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(tags)
    assert tags.count("/H1") == 1


# ---- The pages ----


def test_the_header_is_printed_from_the_second_page_on_and_the_footer_on_every_page(sample: bytes) -> None:
    pages = pages_of(sample)
    header = "Inspection of safeguarding & looked after children"
    assert pages[0].count(header) == 1, "only the title"
    assert all(header in page for page in pages[1:])
    for place, page in enumerate(pages, 1):
        assert f"Page {place} of {len(pages)}" in page


def test_a_document_without_header_and_footer_prints_none(house: House) -> None:
    assert made_of(paragraph("only this"), house=house) == ["only this"]


def test_page_numbers_stand_in_the_text_too(house: House) -> None:
    content = (Text("on "), PageNumber(), Text(" of "), PageCount())
    assert made_of(paragraph("x"), PageBreak(), paragraph(content), house=house) == ["x", "on 2 of 2"]


def test_a_landscape_appendix_turns_its_pages_and_only_these(sample: bytes) -> None:
    turned = [float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in opened(sample).pages]
    plan = ["Lead Due Measure" in page for page in pages_of(sample)]
    assert turned == plan
    assert any(turned)
    assert not turned[-1]


def test_a_number_wider_than_its_column_is_kept_apart_from_its_text(house: House) -> None:
    number = Number("10.10.10.10", "body", 1, 10, "10.10.10.10")
    made = pdf.write(document_of(paragraph("Words", number=number)), house)
    found = pypdfium2.PdfDocument(made)[0].get_textpage()
    printed = found.get_text_range()
    end_of_number, begin_of_text = (printed.index(number.text) + len(number.text) - 1, printed.index("W"))
    assert found.get_charbox(begin_of_text)[0] - found.get_charbox(end_of_number)[2] > 1.5


def test_what_follows_a_page_break_begins_a_new_page_however_many_there_are(house: House) -> None:
    blocks = (paragraph("a"), PageBreak(), PageBreak(), paragraph("b"), PageBreak())
    assert made_of(*blocks, house=house) == ["a", "b"]


def test_appendices_begin_new_pages(house: House) -> None:
    appendix = Section(text("Appendix"), (paragraph("x"),), role="appendix")
    document = replace(document_of(paragraph("a"), PageBreak()), appendices=(appendix, appendix))
    assert pages_of(pdf.write(document, house)) == ["a", "Appendix x", "Appendix x"]


def test_the_header_row_is_repeated_on_every_page_of_a_table(house: House) -> None:
    pages = made_of(table_of(60), house=house)
    assert len(pages) > 2
    assert all("Ref Action Grade" in page for page in pages)


@pytest.mark.slow
def test_a_caption_is_never_parted_from_its_table(house: House) -> None:
    for lines in range(26, 38):
        pages = made_of(*(paragraph(f"line {place}") for place in range(lines)), table_of(3), house=house)
        assert "Actions Ref Action Grade R1" in next(page for page in pages if "Actions" in page)


@pytest.mark.slow
def test_a_groups_heading_is_never_parted_from_its_first_row(house: House) -> None:
    groups = tuple(RowGroup((Row((cell(f"row {place}"),)),), text(f"group {place}")) for place in range(30))
    table = Table(text("T"), (Column(text("H"), 1.0),), groups)
    for lines in range(6):
        pages = made_of(*(paragraph(f"line {place}") for place in range(lines)), table, house=house)
        assert len(pages) > 1
        assert all(page.split()[-2] == "row" for page in pages)


@pytest.mark.slow
def test_a_heading_is_never_the_last_line_of_a_page(house: House) -> None:
    for lines in range(26, 38):
        filling = tuple(paragraph(f"line {place}") for place in range(lines))
        pages = made_of(*filling, Section(text("Heading"), (paragraph("text"),)), house=house)
        assert "Heading text" in " ".join(pages)
        assert not any(page.endswith("Heading") for page in pages)


@pytest.mark.slow
def test_a_lead_in_is_never_parted_from_its_list(house: House) -> None:
    for lines in range(26, 38):
        filling = tuple(paragraph(f"line {place}") for place in range(lines))
        pages = made_of(*filling, paragraph("these:", "lead-in"), bullets("one", "two"), house=house)
        assert not any(page.endswith("these:") for page in pages)


def test_a_row_longer_than_a_page_loses_no_word(house: House) -> None:
    words = " ".join(f"w{place}" for place in range(2500))
    table = Table(
        text("T"), (Column(text("A"), 0.3), Column(text("B"), 0.7)), (RowGroup((Row((cell("a"), cell(words))),)),)
    )
    said = set(" ".join(made_of(table, house=house)).split())
    assert said >= set(words.split())


def test_a_word_longer_than_a_line_is_broken_not_cut(house: House) -> None:
    page = pypdfium2.PdfDocument(pdf.write(document_of(paragraph(LONG_WORD)), house))[0]
    found = page.get_textpage()
    right = max(found.get_charbox(place)[2] for place in range(found.count_chars()))
    assert right <= page.get_width() - house.stylesheet.page.margin_right / 25.4 * 72 + 0.5
    assert LONG_WORD in found.get_text_range().replace("\r\n", "").replace("\ufffe", "")


# ---- What it refuses ----


def test_a_reference_to_nowhere_is_refused(house: House) -> None:
    reference = CrossReference("nowhere", Location(""), "9.9")
    with pytest.raises(PdfRejected, match="nowhere"):
        pdf.write(document_of(paragraph((reference,))), house)


def test_css_that_weasyprint_does_not_understand_is_refused(house: House) -> None:
    with pytest.raises(PdfRejected, match="colr"):
        pdf.write(document_of(), replace(house, page_css="p { colr: red; }"))


@pytest.mark.parametrize(
    "css",
    [
        "body { background: url(file:///etc/hostname); }",
        "body { background: url(http://127.0.0.1/x.png); }",
        "@font-face { font-family: x; src: url(file:///etc/hostname); } body { font-family: x; }",
    ],
)
def test_nothing_is_fetched_from_outside(house: House, css: str) -> None:
    with pytest.raises(PdfRejected, match="nothing is fetched"):
        pdf.write(document_of(), replace(house, page_css=css))


@pytest.mark.parametrize("css", ["body { background: url(x.png); }", "@import url(file:///etc/hostname);"])
def test_what_would_only_be_left_out_is_refused_too(house: House, css: str) -> None:
    with pytest.raises(PdfRejected):
        pdf.write(document_of(), replace(house, page_css=css))


def test_characters_that_no_font_has_are_named(house: House) -> None:
    unassigned = "\U0001fff0"
    with pytest.raises(MissingCharacters, match="U\\+1FFF0") as caught:
        pdf.write(document_of(paragraph(f"a{unassigned}b{unassigned}")), house)
    assert caught.value.characters == (unassigned,)


def test_complaints_about_one_document_do_not_outlive_it(house: House) -> None:
    with pytest.raises(PdfRejected):
        pdf.write(document_of(), replace(house, page_css="p { colr: red; }"))
    assert pdf.write(document_of(paragraph("x")), house)
    assert all(type(handler).__module__ != pdf.__name__ for handler in logging.getLogger("weasyprint").handlers)
