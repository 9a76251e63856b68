"""What WeasyPrint's structure does not know: contents, notes, captions, what is entered into a paper."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from reportgen.document import (
    Block,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    FormField,
    Link,
    Paragraph,
    Row,
    RowGroup,
    Signature,
    SignatureLine,
    Text,
)
from reportgen.house import House
from reportgen.writers import pdf
from tests.documents.reading import squeeze
from tests.pdf_tree import Node, read_tree
from tests.unit.writers.sample_tree import bullets, cell, paragraph, text
from tests.unit.writers.structured_tree import (
    WORDS,
    captioned_table,
    finished,
    image,
    note,
    paper_of,
    reference,
    section,
)


def structure_of(document: Document, house: House) -> Node:
    return read_tree(pdf.write(finished(document), house))


def made_of(*blocks: Block, house: House) -> Node:
    return structure_of(paper_of(*blocks), house)


# ---- Contents ----


def with_contents(document: Document) -> Document:
    return replace(document, front=(paragraph("A paper", "title"), Contents(text("Contents"), 2)))


def test_contents_are_nested_as_the_sections_are_each_line_with_its_number_and_a_reference(house: House) -> None:
    inner = [section(name, paragraph(WORDS)) for name in ("Why", "How")]
    plan = section("Plan", paragraph(WORDS), role="appendix")
    found = structure_of(with_contents(paper_of(section("Aim", *inner), section("End"), appendices=(plan,))), house)
    line = ("Lbl", ("Reference", "Link"))
    (contents, _) = found.all("TOC")
    assert contents.shape() == (
        "TOC",
        ("TOCI", *line, ("TOC", *[("TOCI", ("Reference", "Link"))] * 2)),
        ("TOCI", *line),
        ("TOCI", ("Reference", "Link")),
    )
    assert [node.text for node in contents.all("Link")] == ["Aim 1", "Why 1", "How 1", "End 1", "Appendix 1: Plan 2"]
    assert [node.text for node in contents.all("Lbl")] == ["1", "2"]


@pytest.mark.slow
def test_contents_over_pages_are_one_element_and_their_dots_are_no_content(house: House) -> None:
    found = structure_of(with_contents(paper_of(*[section(f"Part {place}") for place in range(90)])), house)
    (contents,) = found.all("TOC")
    assert len(contents.pages()) >= 2
    assert contents.shape() == ("TOC", *[("TOCI", "Lbl", ("Reference", "Link"))] * 90)
    assert "." not in contents.text


def test_a_line_of_the_contents_is_one_link_however_many_lines_it_has(house: House) -> None:
    document = finished(with_contents(paper_of(section("A very long title " * 12))))
    made = pdf.write(document, house)
    (link,) = read_tree(made).all("TOC")[0].all("Link")
    assert len(link.links) >= 2
    with pikepdf.open(io.BytesIO(made)) as opened:
        annotations = opened.pages[0].Annots
        assert sorted(one.objgen[0] for one in annotations) == sorted(link.links)
        assert {str(one.Contents) for one in annotations} == {"1 " + ("A very long title " * 12).strip()}


# ---- Notes ----


def test_a_note_is_read_after_the_paragraph_that_calls_it(house: House) -> None:
    content = (
        Text("One"),
        note(Text("First "), Link("https://e.org", "there"), Text(".")),
        Text(" two"),
        note(Text("Second.")),
    )
    found = made_of(Paragraph((*content, Text(" three."))), paragraph("Next"), house=house)
    first, second = found.all("P")
    called = ("Reference", "Link")
    assert first.shape() == ("P", called, called, ("Note", ("Lbl", "Link"), "Link"), ("Note", ("Lbl", "Link")))
    assert squeeze(first.text) == "One1two2three.1Firstthere.2Second."
    assert second.text == "Next"
    assert [node.attributes["ID"] for node in found.all("Note")] == ["note-1.", "note-2."]


def holders_of_notes(found: Node) -> dict[str, str]:
    """The kind of the element that holds each note, by the note's text."""
    return {child.text: node.kind for node in found.walk() for child in node.children if child.kind == "Note"}


def test_notes_belong_to_whatever_calls_them(house: House) -> None:
    columns = (Column((Text("A"), note(Text("header"))), 0.5), Column(text("B"), 0.5))
    row = Row((cell("x"), Cell((bullets((Paragraph((Text("y"), note(Text("item")))),)),))))
    table = replace(
        captioned_table((Text("T"), note(Text("caption")))),
        columns=columns,
        groups=(RowGroup((row,), (Text("G"), note(Text("group")))),),
    )
    figure = Figure(image(60, 60), "A", (Text("F"), note(Text("figure"))))
    found = made_of(section((Text("H"), note(Text("heading"))), table, figure), house=house)
    assert holders_of_notes(found) == {
        "1 heading": "H1",
        "2 caption": "Caption",
        "3 header": "P",
        "4 group": "P",
        "5 item": "P",
        "6 figure": "Caption",
    }


def test_a_note_of_a_paragraph_over_pages_belongs_to_the_one_paragraph(house: House) -> None:
    content = (Text(WORDS * 40), note(Text("early")), Text(WORDS * 60), note(Text("late")))
    found = made_of(Paragraph(content), house=house)
    (one,) = found.all("P")
    assert one.pages() == {0, 1}
    assert [node.pages() for node in found.all("Note")] == [{0}, {1}]
    assert set(holders_of_notes(found).values()) == {"P"}


def test_a_note_in_a_repeated_header_row_is_there_once(house: House) -> None:
    columns = (Column((Text("Ref"), note(Text("Of the plan."))), 1.0),)
    rows = tuple(Row((cell("x"),)) for _ in range(90))
    table = replace(captioned_table("Plan"), columns=columns, groups=(RowGroup(rows),))
    assert [node.text for node in made_of(table, house=house).all("Note")] == ["1 Of the plan."]


def links_in(document: Document, house: House) -> list[str]:
    """What the links are called, in the order of the pages."""
    with pikepdf.open(io.BytesIO(pdf.write(finished(document), house))) as opened:
        return [str(link.Contents) for page in opened.pages for link in page.obj.get("/Annots", [])]


def test_a_mark_is_called_what_its_note_says_and_a_reference_to_a_heading_leaves_notes_out(house: House) -> None:
    heading = section((Text("Aim"), note(Text("For all."))), Paragraph((reference("aim"),)), anchor="aim")
    assert links_in(paper_of(heading), house) == ["1 For all.", "1 Aim", "1"]


def test_a_page_that_is_no_headings_is_called_by_its_number(house: House) -> None:
    here = Paragraph((Text("On page "), reference("here", "page")), anchor="here")
    assert links_in(paper_of(here), house) == ["1"]


# ---- Captions ----


def test_a_picture_and_its_caption_are_a_group_and_a_picture_alone_stands_by_itself(house: House) -> None:
    with_caption = Figure(image(60, 60), "A map", text("The area"))
    found = made_of(section("S", with_caption, Figure(image(60, 60), "The same")), house=house)
    assert found.all("Sect")[0].shape() == ("Sect", "H1", ("Div", "Figure", "Caption"), "Figure")
    assert [node.attributes["Alt"] for node in found.all("Figure")] == ["A map", "The same"]
    assert found.all("Caption")[0].text == "Figure 1: The area"


# ---- Entries ----


def test_what_is_entered_says_what_it_is_for(house: House) -> None:
    content = (
        FormField("a", "check", "Urgent", "yes", "☒"),
        FormField("b", "check", "Exempt", "", "☐"),
        FormField("c", "name", "Cleared by (legal)", "", "Not yet cleared"),
    )
    found = made_of(paragraph(content), house=house)
    fields = [
        (node.text, node.attributes["Role"], node.attributes.get("checked"), node.attributes["Desc"])
        for node in found.all("Form")
    ]
    assert fields == [
        ("☒", "cb", "on", "Urgent"),
        ("☐", "cb", "off", "Exempt"),
        ("Not yet cleared", "tv", None, "Cleared by (legal)"),
    ]


def test_an_entry_over_lines_and_pages_is_one_element(house: House) -> None:
    long = FormField("a", "name", "Comment", "x", WORDS * 70)
    (field,) = made_of(paragraph((Text("It says: "), long)), house=house).all("Form")
    assert len(field.pages()) == 2
    assert squeeze(field.text) == squeeze(WORDS * 70)


def test_a_box_beside_a_role_says_whose_it_is(house: House) -> None:
    found = made_of(Signature("box", (SignatureLine("Mayor", signed=True),)), house=house)
    (box,) = found.all("Form")
    assert (box.attributes["checked"], box.attributes["Desc"]) == ("on", "Mayor")
