"""The structure of the PDF: one element for each part of the document, however many pages it runs over."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
import weasyprint
from weasyprint.pdf import tags

from reportgen.diagnostics import Location
from reportgen.house import House
from reportgen.tree import (
    Blocks,
    Chart,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
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
    plain_text,
)
from reportgen.writers import pdf
from reportgen.writers.pdf_labels import LABEL, label_elements
from reportgen.writers.pdf_structure import UnknownStructure, settle_structure
from tests.documents.reading import expected_texts, squeeze
from tests.pdf_tree import Node, count_kinds, drawn_on, owners_of, plain, read_tree
from tests.samples import REPORTS, job_for, sample
from tests.unit.writers.sample_tree import (
    WRITTEN_RIGHT_TO_LEFT,
    base_house,
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

LONG = "The lead officer reviews the plan with partners and reports back to the board every month. "
"""Of about a line."""


@pytest.fixture(scope="module")
def house() -> House:
    return base_house()


def long_document() -> Document:
    """Every kind of block over page breaks, besides one of every kind of node."""
    nested = bullets(*[(paragraph(f"{place} {LONG * 3}"), bullets(LONG * 4, LONG * 4)) for place in range(14)])
    running: Inlines = (Text("Running words, page "), PageNumber(), Link("https://example.org/running", "elsewhere"))
    long = Section(
        text("Long"),
        (
            paragraph(LONG * 120, number=body_number("9.1", 1, 1)),
            nested,
            ordered(0, tuple(f"({letter})" for letter in "abcdefgh"), *[LONG * 14] * 8),
            table_of(75),
            FieldList(tuple((Field(text(f"Label {place}"), (paragraph(LONG * 3),)),) for place in range(25))),
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


def made_of(*blocks: object, house: House) -> Node:
    return read_tree(pdf.write(document_of(*blocks), house))  # type: ignore[arg-type]


def opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written))


def lines_of(root: Node) -> list[str]:
    """What each paragraph, heading and caption says, the label of a list item before its first paragraph."""
    lines: list[str] = []
    label = ""
    for node in root.all("P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "Lbl"):
        if label:
            lines.append(squeeze(label + (node.text if node.kind == "P" else "")))
            label = ""
            continue
        if node.kind == "Lbl":
            label = node.text
        else:
            lines.append(squeeze(node.text))
    return lines


def in_any_order(line: str) -> str:
    """The same text for a right-to-left line, which a PDF holds as drawn."""
    return "".join(sorted(line)) if any(sign in WRITTEN_RIGHT_TO_LEFT for sign in line if ord(sign) > 0x500) else line


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
                headings = sum(bool(group.heading) for group in block.groups)
                counts += Counter(Table=1, THead=1, TBody=len(block.groups), Caption=int(block.show_caption))
                counts += Counter(TR=1 + block.row_count + headings, TH=len(block.columns) + headings)
                counts["TH"] += block.row_count if block.row_headers else 0
                counts["TD"] += block.row_count * (len(block.columns) - block.row_headers)
            case FieldList():
                labelled = [any(field.label for field in row) for row in block.rows]
                runs = int(labelled[0]) + sum(one and not before for before, one in pairwise(labelled))
                shown = [row for row, one in zip(block.rows, labelled, strict=True) if one]
                counts += Counter(Table=runs, TBody=runs, TR=len(shown), TD=sum(map(len, shown)))
                counts["TH"] += sum(bool(field.label) for row in shown for field in row)
            case Chart():
                counts["Figure"] += 1
            case _:
                pass
    return counts


# ---- The whole of it ----


def test_every_paragraph_is_one_element_in_the_order_of_the_document(root: Node, house: House) -> None:
    assert list(map(in_any_order, lines_of(root))) == list(map(in_any_order, expected_texts(long_document(), house)))


def test_every_table_list_item_row_and_cell_is_one_element(root: Node) -> None:
    expected = expected_counts(long_document())
    found = count_kinds(root)
    assert {kind: found[kind] for kind in expected} == dict(expected)


def test_there_are_no_other_kinds_of_element(root: Node) -> None:
    known = {"Document", "Part", "Sect", "H1", "H2", "H3", "H4", "H5", "P", "L", "LI", "Lbl", "LBody", "Figure", "Link"}
    known |= {"Table", "Caption", "THead", "TBody", "TR", "TH", "TD"}
    assert set(count_kinds(root)) == known


@pytest.mark.parametrize("name", REPORTS)
def test_the_samples_have_one_element_for_each_part(name: str) -> None:
    from reportgen import pipeline
    from reportgen.diagnostics import Problems

    problems, job, document = Problems(), job_for(REPORTS[name]), sample(name)
    house = pipeline.choose_house(job, pipeline.read(job, problems), problems)
    made = pdf.write(document, house)
    found = read_tree(made)
    assert lines_of(found) == expected_texts(document, house)
    counts, expected = count_kinds(found), expected_counts(document)
    assert {kind: counts[kind] for kind in expected} == dict(expected)
    assert artifacts_are_outside(made, found)


def test_the_same_document_gives_the_same_bytes(written: bytes, house: House) -> None:
    assert pdf.write(long_document(), house) == written


def test_the_structure_makes_the_file_no_larger(house: House) -> None:
    with label_elements() as sources:
        page = weasyprint.HTML(string=f"<html lang=en><title>T</title><p>{LONG * 200}</p>")
        made = page.write_pdf(pdf_variant="pdf/ua-1")
    assert len(settle_structure(made, sources)) < len(made)


# ---- Over page breaks ----


def test_a_paragraph_over_three_pages_is_one_element(house: House) -> None:
    found = made_of(paragraph(LONG * 150), house=house)
    (one,) = found.all("P")
    assert one.pages() == {0, 1, 2}
    assert squeeze(one.text) == squeeze(LONG * 150)


def test_a_table_over_three_pages_is_one_element_with_one_header_row(house: House) -> None:
    found = made_of(table_of(50), house=house)
    (table,) = found.all("Table")
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
    found = made_of(bullets(*[LONG * 20] * 9), house=house)
    (block,) = found.all("L")
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
    found = made_of(FieldList(rows), house=house)
    (table,) = found.all("Table")
    assert len(table.pages()) >= 2
    assert table.shape() == ("Table", ("TBody", *[("TR", ("TH", "P"), ("TD", "P"))] * 30))


def test_paragraphs_alike_are_not_taken_for_one(house: House) -> None:
    assert len(made_of(*[paragraph(LONG)] * 90, house=house).all("P")) == 90


def test_a_link_over_lines_and_pages_is_one_element_with_a_place_on_each_line(house: House) -> None:
    link = Link("https://example.org/", LONG * 2)
    for lines in range(28, 46):
        (one,) = made_of(*[paragraph("line")] * lines, paragraph((link,)), house=house).all("Link")
        assert len(one.links) >= 2
        assert squeeze(one.text) == squeeze(LONG * 2)
        assert {str(place.Contents) for place in one.links} == {(LONG * 2).strip()}


# ---- Artifacts ----


def artifacts_are_outside(made: bytes, found: Node) -> bool:
    """Whether content is marked once, by what owns it, and everything else is an artifact without content inside."""
    held = {place: node for node in found.walk() for place in node.places}
    assert len(held) == sum(len(node.places) for node in found.walk()), "no content belongs to two elements"
    owners = owners_of(made)
    assert {place: owner.objgen for place, owner in owners.items()} == {
        place: node.written.objgen for place, node in held.items()
    }
    drawn = [(number, mark) for number, page in enumerate(opened(made).pages) for mark in drawn_on(page)]
    marked = [(page, mark.number) for page, mark in drawn if mark.number is not None]
    assert sorted(marked) == sorted(held)
    assert all(mark.kind == "Artifact" for _, mark in drawn if mark.number is None)
    return not any("Artifact" in mark.inside for _, mark in drawn if mark.number is not None)


def test_artifacts_hold_no_content_and_content_belongs_to_one_element(written: bytes, root: Node) -> None:
    assert artifacts_are_outside(written, root)


def test_repeated_header_rows_are_artifacts(house: House) -> None:
    made = pdf.write(document_of(table_of(50)), house)
    pages = opened(made).pages
    artifacts = [[mark for mark in drawn_on(page) if mark.kind == "Artifact" and mark.number is None] for page in pages]
    plainly = [len(marks) for marks in artifacts]
    texts = [_text_outside(made, place) for place in range(len(pages))]
    assert len(pages) >= 3
    assert texts == ["", *["RefActionGrade"] * (len(pages) - 1)]
    assert all(plainly)


def _text_outside(made: bytes, page: int) -> str:
    """The text that a page draws as an artifact."""
    import pypdfium2
    import pypdfium2.raw as pdfium_c

    one = pypdfium2.PdfDocument(made)[page]
    texts = one.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=one.get_textpage())
    return "".join(drawn.extract() for drawn in texts if pdfium_c.FPDFPageObj_GetMarkedContentID(drawn.raw) < 0)


def test_the_pages_header_and_footer_are_artifacts(written: bytes, root: Node) -> None:
    assert "Running words" not in root.text
    assert "elsewhere" not in root.text
    for place in range(1, len(opened(written).pages)):
        assert _text_outside(written, place).count(f"Running words, page {place + 1}elsewhere") == 2


def test_a_link_in_a_header_is_printed_but_is_no_link(written: bytes, root: Node) -> None:
    inside = {link.objgen for node in root.walk() for link in node.links}
    on_pages = {one.objgen for page in opened(written).pages for one in page.obj.get("/Annots", [])}
    assert on_pages == inside


# ---- Headings, pictures, links ----


def test_heading_levels_are_never_skipped(root: Node) -> None:
    levels = [int(node.kind[1]) for node in root.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert max(levels) >= 4


def test_every_picture_says_what_it_shows_and_where_it_stands(written: bytes, root: Node) -> None:
    shown = [block.alternative_text for block in blocks_of(long_document()) if isinstance(block, Chart)]
    pictures = root.all("Figure")
    assert [str(node.written.Alt) for node in pictures] == shown
    for picture in pictures:
        ((page, _),) = picture.places
        left, bottom, right, top = map(float, picture.written.A.BBox)
        drawn = pdfium_bounds(written, page)
        assert (left, bottom, right, top) == pytest.approx(drawn, abs=1.0)


def pdfium_bounds(made: bytes, page: int) -> tuple[float, float, float, float]:
    """Where the one picture of a page stands, as an independent reader finds it."""
    import pypdfium2
    import pypdfium2.raw as pdfium_c

    objects = pypdfium2.PdfDocument(made)[page].get_objects(
        filter=[pdfium_c.FPDF_PAGEOBJ_FORM, pdfium_c.FPDF_PAGEOBJ_IMAGE]
    )
    (one,) = [found for found in objects if pdfium_c.FPDFPageObj_GetMarkedContentID(found.raw) >= 0]
    left, bottom, right, top = one.get_bounds()
    return left, bottom, right, top


def test_a_link_is_called_what_it_says_and_a_reference_after_its_heading(root: Node) -> None:
    called = [str(link.Contents) for node in root.all("Link") for link in node.links]
    assert called == ["2. Background", "2.2", "Appendix 1: Action plan", "on the inspectorate’s website"]
    assert all(node.links[0].StructParent >= 0 for node in root.all("Link"))


def test_the_parent_tree_leads_from_each_link_to_its_element(written: bytes) -> None:
    file = opened(written)
    entries = list(file.Root.StructTreeRoot.ParentTree.Nums)
    keys = list(map(int, entries[::2]))
    assert keys == sorted(set(keys))
    owners = dict(zip(keys, entries[1::2], strict=True))
    links = [one for page in file.pages for one in page.obj.get("/Annots", [])]
    assert links
    assert {str(owners[int(link.StructParent)].S) for link in links} == {"/Link"}


# ---- Lists and tables ----


def test_lists_say_how_their_items_are_numbered(house: House) -> None:
    nested = ordered(1, ("(i)",), (paragraph("x"), ordered(2, ("1.",), "y")))
    blocks: Blocks = (ordered(0, ("(a)",), (paragraph("w"), nested)), bullets("z"))
    found = made_of(*blocks, house=house).all("L")
    counters = {
        "lower-letter": "LowerAlpha",
        "lower-roman": "LowerRoman",
        "decimal": "Decimal",
        "upper-letter": "UpperAlpha",
    }
    by_house = [counters[house.style.numbering.list_level(level).counter] for level in range(3)]
    assert [node.attributes for node in found] == [{"O": "List", "ListNumbering": name} for name in (*by_house, "Disc")]
    assert [node.text.strip() for node in made_of(*blocks, house=house).all("Lbl")] == ["(a)", "(i)", "1.", "•"]


def test_header_cells_say_what_they_are_headers_of(house: House) -> None:
    groups = (
        RowGroup((Row((cell("r1"), cell("c1"))),), text("G1")),
        RowGroup((Row((cell("r2"), cell("c2"))),), text("G2")),
    )
    table = Table(text("T"), (Column(text("A"), 0.5), Column(text("B"), 0.5)), groups)
    found = made_of(table, house=house)
    scopes = [(node.text, node.attributes["Scope"]) for node in found.all("TH")]
    assert scopes == [
        ("A", "Column"),
        ("B", "Column"),
        ("G1", "Column"),
        ("r1", "Row"),
        ("G2", "Column"),
        ("r2", "Row"),
    ]
    assert headers_of_cells(found) == {"c1": ["r1", "G1", "B"], "c2": ["r2", "G2", "B"]}


def test_cells_on_later_pages_refer_to_the_headers_on_the_first(house: House) -> None:
    found = made_of(table_of(50), house=house)
    for row, cells in enumerate(found.all("TBody")[0].children, 1):
        assert [headers(found, one) for one in cells.all("TD")] == [[f"R{row}", "Action"], [f"R{row}", "Grade"]]


def test_a_fields_value_has_its_own_label_for_a_header_and_not_its_neighbours(house: House) -> None:
    fields = FieldList(((Field(text("L1"), (paragraph("v1"),)), Field(text("L2"), (paragraph("v2"),))),))
    assert headers_of_cells(made_of(fields, house=house)) == {"v1": ["L1"], "v2": ["L2"]}


def test_identifiers_are_unique_and_listed(written: bytes, root: Node) -> None:
    names = [str(node.written.ID) for node in root.all("TH")]
    listed = opened(written).Root.StructTreeRoot.IDTree.Names
    assert len(set(names)) == len(names)
    assert list(map(str, listed[::2])) == sorted(names)
    assert all(str(one.ID) == str(name) for name, one in zip(listed[::2], listed[1::2], strict=True))


def headers(root: Node, cell: Node) -> list[str]:
    named = {str(node.written.ID): node.text for node in root.all("TH")}
    return [named[name] for name in cell.attributes.get("Headers", [])]


def headers_of_cells(root: Node) -> dict[str, list[str]]:
    return {cell.text: headers(root, cell) for cell in root.all("TD")}


# ---- The file ----


def test_the_file_shows_its_title_says_its_language_and_labels_its_pages(written: bytes) -> None:
    file = opened(written)
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert str(file.Root.Lang) == "en-GB"
    assert bool(file.Root.MarkInfo.Marked)
    assert [page.label for page in file.pages] == [str(place) for place in range(1, len(file.pages) + 1)]


def test_nothing_is_left_of_our_labels(written: bytes) -> None:
    assert not any(isinstance(one, pikepdf.Dictionary) and f"/{LABEL}" in one for one in opened(written).objects)


def test_references_lead_where_they_did(house: House) -> None:
    reference = CrossReference("there", Location(""), "1")
    section = Section(text("There"), (paragraph((reference,)),), anchor="there", number=body_number("1.", 0, 1))
    file = opened(pdf.write(document_of(section), house))
    assert plain(file.pages[0].Annots[0].Dest) == "there"
    assert plain(file.Root.Names.Dests.Names[0]) == "there"


# ---- WeasyPrint ----


TWO_PAGES = "<html lang=en><title>T</title><style>p { break-inside: auto }</style><main><h1>H</h1><p>" + LONG * 100


def test_weasyprint_still_makes_an_element_for_each_page_and_labels_them_all() -> None:
    # If this fails, WeasyPrint builds its structure in another way: read weasyprint/pdf/tags.py, and its change log.
    with label_elements() as sources:
        made = weasyprint.HTML(string=TWO_PAGES).write_pdf(pdf_variant="pdf/ua-1")
    assert [source.tag for source in sources] == ["h1", "p", "main"]
    labelled = [
        str(node.S) for node in opened(made).objects if isinstance(node, pikepdf.Dictionary) and f"/{LABEL}" in node
    ]
    assert Counter(labelled) == {"/Part": 2, "/H1": 1, "/P": 2}
    rest = read_tree(made)
    assert {node.kind for node in rest.walk() if f"/{LABEL}" not in node.written} == {"Document", "Span"}


def test_a_structure_without_labels_is_refused() -> None:
    made = weasyprint.HTML(string=TWO_PAGES).write_pdf(pdf_variant="pdf/ua-1")
    with pytest.raises(UnknownStructure, match="no label"):
        settle_structure(made, [])


def test_content_that_is_not_marked_as_it_was_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with label_elements() as sources:
        made = weasyprint.HTML(string=TWO_PAGES).write_pdf(pdf_variant="pdf/ua-1")
    with opened(made) as file:
        for page in file.pages:
            page.Contents.write(page.Contents.read_bytes().replace(b"/MCID 0", b"/MCID  0"))
        changed = io.BytesIO()
        file.save(changed)
    with pytest.raises(UnknownStructure, match="content 0 of page 1"):
        settle_structure(changed.getvalue(), sources)


def test_weasyprint_is_as_it_was_afterwards_even_after_a_failure(house: House) -> None:
    before = tags._build_box_tree
    with pytest.raises(ZeroDivisionError), label_elements():
        assert tags._build_box_tree is not before
        raise ZeroDivisionError
    assert tags._build_box_tree is before
    pdf.write(document_of(paragraph("x")), house)
    assert tags._build_box_tree is before
    assert plain_text(text("x")) == "x"
