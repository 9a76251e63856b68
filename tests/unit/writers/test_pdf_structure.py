"""The structure of the PDF: one element for each part of the document, however many pages it runs over."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element as HtmlElement

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
import weasyprint
from weasyprint.pdf import tags

from reportgen.diagnostics import Location
from reportgen.document import (
    Block,
    Blocks,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    Inlines,
    Link,
    List,
    PageNumber,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
    blocks_of,
)
from reportgen.house import House
from reportgen.writers import pdf
from reportgen.writers.pdf.structure import UnknownStructure, finish_structure
from reportgen.writers.pdf.weasyprint_patch import LABEL, label_elements
from tests.documents.reading import squeeze
from tests.pdf_rules import broken_rules
from tests.pdf_tree import Node, count_kinds, plain, read_tree
from tests.unit.writers.sample_tree import (
    body_number,
    bullets,
    cell,
    document_of,
    ordered,
    paragraph,
    sample_document,
    table_of,
    text,
)

pytestmark = pytest.mark.slow

LONG = "The lead officer reviews the plan with partners and reports back to the board every month. "
"""Of about a line."""
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def long_document() -> Document:
    """Every kind of block over page breaks, besides one of every kind of node."""
    running: Inlines = (Text("Running words, page "), PageNumber(), Link("https://example.org/running", "elsewhere"))
    long = Section(
        text("Long"),
        (
            paragraph(LONG * 120, number=body_number("9.1", 1, 1)),
            bullets(*[(paragraph(LONG * 3), bullets(LONG * 4, LONG * 4)) for _ in range(14)]),
            ordered(0, tuple(f"({letter})" for letter in "abcdefgh"), *[LONG * 14] * 8),
            table_of(75),
            FieldList(tuple((Field(text(f"Label {place}"), (paragraph(LONG * 3),)),) for place in range(25))),
            paragraph((Link("https://example.org/last", "The last link"),)),
        ),
        number=body_number("9.", 0, 9),
    )
    whole = sample_document()
    return replace(whole, body=(*whole.body, long), header=running, footer=running)


@pytest.fixture(scope="module")
def written(house: House) -> bytes:
    return pdf.write(long_document(), house)


@pytest.fixture(scope="module")
def root(written: bytes) -> Node:
    return read_tree(written)


def made_of(*blocks: Block, house: House) -> Node:
    return read_tree(pdf.write(document_of(*blocks), house))


def opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written))


def expected_counts(document: Document) -> Counter[str]:
    """How many elements of some kinds there must be, by the tree."""
    counts: Counter[str] = Counter()
    for block in blocks_of(document):
        match block:
            case Section():
                counts["Sect"] += 1
            case List():
                counts += Counter(L=1, LI=len(block.items), Lbl=len(block.items))
            case Table():
                counts += _expected_in_table(block)
            case FieldList():
                counts += _expected_in_fields(block)
            case Figure():
                counts["Figure"] += 1
            case _:
                pass
    return counts


def _expected_in_table(table: Table) -> Counter[str]:
    headings = sum(bool(group.heading) for group in table.groups)
    beside = table.row_count if table.row_headers else 0
    return Counter(
        Table=1,
        Caption=int(table.show_caption),
        THead=1,
        TBody=len(table.groups),
        TR=1 + headings + table.row_count,
        TH=len(table.columns) + headings + beside,
        TD=table.row_count * len(table.columns) - beside,
    )


def _expected_in_fields(fields: FieldList) -> Counter[str]:
    """Rows that have a label stand in tables, one for each run of them."""
    in_table = [any(field.label for field in row) for row in fields.rows]
    tables = sum(one and not before for before, one in pairwise([False, *in_table]))
    rows = [row for row, one in zip(fields.rows, in_table, strict=True) if one]
    labels = sum(bool(field.label) for row in rows for field in row)
    return Counter(Table=tables, TBody=tables, TR=len(rows), TH=labels, TD=sum(map(len, rows)))


# ---- The whole of it ----


def test_blocks_over_pages_keep_the_rules(written: bytes, house: House) -> None:
    assert broken_rules(written, long_document(), house) == []


def test_every_table_list_item_row_and_cell_is_one_element(root: Node) -> None:
    expected = expected_counts(long_document())
    found = count_kinds(root)
    assert {kind: found[kind] for kind in expected} == dict(expected)


def test_there_are_no_other_kinds_of_element(root: Node) -> None:
    known = {"Document", "Part", "Sect", "H1", "H2", "H3", "H4", "H5", "P", "L", "LI", "Lbl", "LBody", "Figure", "Link"}
    known |= {"Table", "Caption", "THead", "TBody", "TR", "TH", "TD", "Form"}
    assert set(count_kinds(root)) == known


def test_the_same_document_gives_the_same_bytes(written: bytes, house: House) -> None:
    assert pdf.write(long_document(), house) == written


# ---- Over page breaks ----


def test_a_paragraph_over_three_pages_is_one_element(house: House) -> None:
    found = made_of(paragraph(LONG * 150), house=house)
    (one,) = found.all("P")
    assert one.pages() == {0, 1, 2}
    assert squeeze(one.text) == squeeze(LONG * 150)


def test_a_table_over_three_pages_is_one_element_with_one_header_row(house: House) -> None:
    (table,) = made_of(table_of(50), house=house).all("Table")
    assert len(table.pages()) >= 3
    assert [child.kind for child in table.children] == ["Caption", "THead", "TBody"]
    assert [node.text for node in table.all("THead")[0].all("TH")] == ["Ref", "Action", "Grade"]
    assert [row.children[0].text for row in table.all("TBody")[0].children] == [f"R{row}" for row in range(1, 51)]


def test_a_row_longer_than_a_page_is_one_row(house: House) -> None:
    columns = (Column(text("A"), 0.3), Column(text("B"), 0.7))
    table = Table(text("T"), columns, (RowGroup((Row((cell("a"), cell(LONG * 120))),)),))
    found = made_of(table, house=house)
    assert len(found.pages()) > 1
    assert found.all("TBody")[0].shape() == ("TBody", ("TR", ("TH", "P"), ("TD", "P")))
    assert squeeze(found.all("TD")[0].text) == squeeze(LONG * 120)


def test_a_list_over_pages_is_one_element_and_so_are_its_items(house: House) -> None:
    (block,) = made_of(bullets(*[LONG * 20] * 9), house=house).all("L")
    assert len(block.pages()) >= 3
    assert block.shape() == ("L", *[("LI", "Lbl", ("LBody", "P"))] * 9)
    assert any(len(item.pages()) == 2 for item in block.children)


def test_nested_lists_over_pages_stand_in_the_bodies_of_their_items(house: House) -> None:
    inner = [(paragraph(LONG * 8), bullets(LONG * 12, LONG * 12)) for _ in range(6)]
    found = made_of(bullets(*inner), house=house)
    item = ("LI", "Lbl", ("LBody", "P"))
    assert len(found.pages()) >= 3
    assert found.all("L")[0].shape() == ("L", *[("LI", "Lbl", ("LBody", "P", ("L", item, item)))] * 6)


def test_a_field_list_over_pages_is_one_table(house: House) -> None:
    rows = tuple((Field(text(f"Label {place}"), (paragraph(LONG * 6),)),) for place in range(30))
    (table,) = made_of(FieldList(rows), house=house).all("Table")
    assert len(table.pages()) >= 2
    assert table.shape() == ("Table", ("TBody", *[("TR", ("TH", "P"), ("TD", "P"))] * 30))


def test_paragraphs_alike_are_not_taken_for_one(house: House) -> None:
    assert len(made_of(*[paragraph(LONG)] * 90, house=house).all("P")) == 90


def test_a_link_over_lines_and_pages_is_one_element_with_a_place_on_each_line(house: House) -> None:
    link = Link("https://example.org/", LONG * 2)
    over_pages = set()
    for lines in range(28, 46):
        (one,) = made_of(*[paragraph("line")] * lines, paragraph((link,)), house=house).all("Link")
        over_pages.add(len(one.pages()))
        assert len(one.links) >= 2
        assert squeeze(one.text) == squeeze(LONG * 2)
    assert 1 in over_pages


# ---- Artifacts ----


def text_outside(made: bytes, page: int) -> str:
    """The text that a page draws as an artifact."""
    one = pypdfium2.PdfDocument(made)[page]
    texts = one.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=one.get_textpage())
    outside = [drawn.extract() for drawn in texts if pdfium_c.FPDFPageObj_GetMarkedContentID(drawn.raw) < 0]
    return " ".join("".join(outside).split())


def test_repeated_header_rows_are_artifacts(house: House) -> None:
    made = pdf.write(document_of(table_of(50)), house)
    texts = [text_outside(made, place) for place in range(len(opened(made).pages))]
    assert len(texts) >= 3
    assert texts == ["", *["Ref Action Grade"] * (len(texts) - 1)]


def test_the_pages_header_and_footer_are_artifacts(written: bytes, root: Node) -> None:
    assert "Running words" not in root.text
    assert "elsewhere" not in root.text
    for place in range(len(opened(written).pages)):
        running = squeeze(f"Running words, page {place + 1}elsewhere")
        assert squeeze(text_outside(written, place)).count(running) == (2 if place else 1)


def test_a_link_in_a_header_is_printed_but_is_no_link(written: bytes, root: Node) -> None:
    inside = {link for node in root.walk() for link in node.links}
    assert set(links_on(written)) == inside
    assert len(inside) >= 5


# ---- Headings, pictures, links ----


def test_heading_levels_are_never_skipped(root: Node) -> None:
    levels = [int(node.kind[1]) for node in root.all(*HEADINGS)]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert max(levels) >= 4


def test_every_picture_says_what_it_shows_and_where_it_stands(written: bytes, root: Node) -> None:
    shown = [block.alternative_text for block in blocks_of(long_document()) if isinstance(block, Figure)]
    pictures = root.all("Figure")
    assert [node.attributes["Alt"] for node in pictures] == shown
    for picture in pictures:
        (place,) = picture.places
        left, bottom, right, top = picture.attributes["BBox"]
        drawn = place_of_picture(written, *place)
        assert [left, bottom, right, top] == pytest.approx(drawn, abs=20)
        assert left - 1 <= drawn[0] < drawn[2] <= right + 1
        assert bottom - 1 <= drawn[1] < drawn[3] <= top + 1


def place_of_picture(made: bytes, page: int, number: int) -> list[float]:
    """Where a picture is drawn, as an independent reader finds it."""
    drawn = pypdfium2.PdfDocument(made)[page].get_objects()
    edges = [one.get_bounds() for one in drawn if pdfium_c.FPDFPageObj_GetMarkedContentID(one.raw) == number]
    left, bottom, right, top = zip(*edges, strict=True)
    return [min(left), min(bottom), max(right), max(top)]


def links_on(made: bytes) -> dict[int, tuple[str, int]]:
    """The links on all pages by their object: what they are called, and their key in the parent tree."""
    with opened(made) as file:
        links = [link for page in file.pages for link in page.obj.get("/Annots", [])]
        return {link.objgen[0]: (str(link.Contents), int(link.StructParent)) for link in links}


def test_a_link_is_called_what_it_says_and_a_reference_after_its_heading(house: House) -> None:
    references = [CrossReference(target, Location(""), words) for target, words in (("there", "1"), ("here", "1.1"))]
    content = (*references, Link("mailto:jo@example.org", "Jo\u00a0Bold"), Link("https://example.org", LONG * 2))
    one = paragraph(content, number=body_number("1.1", 1, 1), anchor="here")
    section = Section(text("There, & everywhere"), (one,), anchor="there", number=body_number("1.", 0, 1))
    called = [words for words, _ in links_on(pdf.write(document_of(section), house)).values()]
    assert list(dict.fromkeys(called)) == ["1. There, & everywhere", "1.1", "Jo Bold", (LONG * 2).strip()]


def test_the_parent_tree_leads_from_each_link_to_its_element(written: bytes, root: Node) -> None:
    file = opened(written)
    entries = list(file.Root.StructTreeRoot.ParentTree.Nums)
    keys = list(map(int, entries[::2]))
    assert keys == sorted(set(keys))
    owners = dict(zip(keys, entries[1::2], strict=True))
    found = {link: owners[key].objgen[0] for link, (_, key) in links_on(written).items()}
    assert found == {link: node.number for node in root.all("Link") for link in node.links}


# ---- Lists and tables ----


def test_lists_say_how_their_items_are_numbered(house: House) -> None:
    nested = ordered(1, ("(i)",), (paragraph("x"), ordered(2, ("1.",), "y")))
    blocks: Blocks = (ordered(0, ("(a)",), (paragraph("w"), nested)), bullets("z"))
    found = made_of(*blocks, house=house)
    counters = {"lower-letter": "LowerAlpha", "lower-roman": "LowerRoman", "decimal": "Decimal"}
    by_house = [counters[house.config.numbering.list_level(level).counter] for level in range(3)]
    assert [node.attributes["ListNumbering"] for node in found.all("L")] == [*by_house, "Disc"]
    assert [node.text for node in found.all("Lbl")] == ["(a)", "(i)", "1.", "•"]


def test_header_cells_say_what_they_are_headers_of(house: House) -> None:
    headings = (text("G1"), text("G2"), ())
    rows = [(Row((cell(f"r{place}"), cell(f"c{place}"))),) for place in (1, 2, 3)]
    groups = tuple(map(RowGroup, rows, headings))
    table = Table(text("T"), (Column(text("A"), 0.5), Column(text("B"), 0.5)), groups)
    found = made_of(table, house=house)
    assert [f"{node.text} {node.attributes['Scope']}" for node in found.all("TH")] == [
        "A Column",
        "B Column",
        "G1 Column",
        "r1 Row",
        "G2 Column",
        "r2 Row",
        "r3 Row",
    ]
    assert headers_of_cells(found) == {"c1": ["r1", "G1", "B"], "c2": ["r2", "G2", "B"], "c3": ["r3", "B"]}


def test_the_one_cell_of_a_table_without_rows_stands_below_all_headers(house: House) -> None:
    table = Table(text("T"), (Column(text("A"), 0.5), Column(text("B"), 0.5)), ())
    assert headers_of_cells(made_of(table, house=house)) == {"": ["A", "B"]}


def test_cells_on_later_pages_refer_to_the_headers_on_the_first(house: House) -> None:
    found = made_of(table_of(50), house=house)
    for row, cells in enumerate(found.all("TBody")[0].children, 1):
        assert [headers_of(found, one) for one in cells.all("TD")] == [[f"R{row}", "Action"], [f"R{row}", "Grade"]]


def test_a_fields_value_has_its_own_label_for_a_header_and_not_its_neighbours(house: House) -> None:
    fields = FieldList(
        (
            (Field(text("L1"), (paragraph("v1"),)), Field(text("L2"), (paragraph("v2"),))),
            (Field((), (paragraph("v3"),)), Field(text("L4"), (paragraph("v4"),))),
        )
    )
    assert headers_of_cells(made_of(fields, house=house)) == {"v1": ["L1"], "v2": ["L2"], "v3": [], "v4": ["L4"]}


def test_cells_say_how_many_columns_they_span(house: House) -> None:
    fields = FieldList(
        (
            (Field(text("a"), (paragraph("b"),)), Field(text("c"), (paragraph("d"),))),
            (Field(text("e"), (paragraph("f"),)),),
        )
    )
    spans = {node.text: node.attributes.get("ColSpan", 1) for node in made_of(fields, house=house).all("TH", "TD")}
    assert spans == {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 3}


def test_identifiers_are_unique_and_listed(written: bytes, root: Node) -> None:
    names = [node.attributes["ID"] for node in root.all("TH")]
    file = opened(written)
    listed = file.Root.StructTreeRoot.IDTree.Names
    assert len(set(names)) == len(names)
    assert list(map(str, listed[::2])) == sorted(names)
    assert [str(one.ID) for one in listed[1::2]] == sorted(names)


def headers_of(root: Node, one: Node) -> list[str]:
    """What the headers of a cell say."""
    named = {node.attributes["ID"]: node.text for node in root.all("TH")}
    return [named[name] for name in one.attributes.get("Headers", [])]


def headers_of_cells(root: Node) -> dict[str, list[str]]:
    """What the headers of each cell say, by the cell's text."""
    return {one.text: headers_of(root, one) for one in root.all("TD")}


# ---- The file ----


def test_the_file_shows_its_title_says_its_language_and_labels_its_pages(written: bytes) -> None:
    file = opened(written)
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert str(file.Root.Lang) == "en-GB"
    assert bool(file.Root.MarkInfo.Marked)
    assert [page.label for page in file.pages] == [str(place) for place in range(1, len(file.pages) + 1)]
    assert str(file.Root.PageLabels.Nums[1].S) == "/D"


def test_nothing_is_left_of_our_labels(written: bytes) -> None:
    assert labels_in(written) == []


def labels_in(made: bytes) -> list[str]:
    """The kinds of the elements that have a label."""
    with opened(made) as file:
        dictionaries = [one for one in file.objects if isinstance(one, pikepdf.Dictionary)]
        return [plain(one.S) for one in dictionaries if f"/{LABEL}" in one]


def test_references_lead_where_they_did(house: House) -> None:
    reference = CrossReference("there", Location(""), "1")
    section = Section(text("There"), (paragraph((reference,)),), anchor="there", number=body_number("1.", 0, 1))
    file = opened(pdf.write(document_of(section), house))
    assert plain(file.pages[0].Annots[0].Dest) == "there"
    assert plain(file.Root.Names.Dests.Names[0]) == "there"


# ---- WeasyPrint ----


THREE_PAGES = "<html lang=en><title>T</title><main><h1>H</h1><p>" + LONG * 100


def labelled_pages() -> tuple[bytes, Sequence[HtmlElement]]:
    """Three pages as WeasyPrint writes them, and the sources of their elements."""
    with label_elements() as sources:
        return weasyprint.HTML(string=THREE_PAGES).write_pdf(pdf_variant="pdf/ua-1"), sources


def test_weasyprint_still_makes_an_element_for_each_page_and_labels_them_all() -> None:
    # If this fails, WeasyPrint builds its structure in another way: read weasyprint/pdf/tags.py and its change log.
    made, sources = labelled_pages()
    assert {source.tag for source in sources} == {"main", "h1", "p"}
    assert Counter(labels_in(made)) == {"Part": 3, "H1": 1, "P": 3}
    unlabelled = [node for node in read_tree(made).walk() if LABEL not in node.attributes]
    assert {node.kind for node in unlabelled} == {"Document", "Span"}


def test_the_structure_makes_the_file_smaller() -> None:
    made, sources = labelled_pages()
    assert len(finish_structure(made, sources, {})) < len(made)


def test_a_structure_without_labels_is_refused() -> None:
    made = weasyprint.HTML(string=THREE_PAGES).write_pdf(pdf_variant="pdf/ua-1")
    with pytest.raises(UnknownStructure, match="no label"):
        finish_structure(made, [], {})


def test_content_that_is_not_marked_as_it_was_is_refused() -> None:
    made, sources = labelled_pages()
    changed = io.BytesIO()
    with opened(made) as file:
        drawn = file.pages[0].Contents
        drawn.write(drawn.read_bytes().replace(b"<</MCID 0>>", b"<</Lang (en) /MCID 0>>"))
        file.save(changed)
    with pytest.raises(UnknownStructure, match="content 0 of page 1"):
        finish_structure(changed.getvalue(), sources, {})


def fail_while_labelling() -> None:
    with label_elements():
        raise ZeroDivisionError


def test_weasyprint_is_as_it_was_afterwards_even_after_a_failure(house: House) -> None:
    before = tags._build_box_tree
    with label_elements():
        assert tags._build_box_tree is not before
    assert tags._build_box_tree is before
    with pytest.raises(ZeroDivisionError):
        fail_while_labelling()
    assert tags._build_box_tree is before
    assert pdf.write(document_of(paragraph("x")), house)
    assert tags._build_box_tree is before
