"""Footnotes in Word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.document import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Inlines,
    Link,
    Panel,
    Paragraph,
    Placeholder,
    Row,
    RowGroup,
    Span,
    Table,
    Text,
)
from reportgen.writers.docx.context import bookmark_name
from tests.unit.writers.sample_tree import bullets, paragraph, text
from tests.unit.writers.structured_tree import captioned_table, finished, image, note, paper_of, reference, section
from tests.unit.writers.word import attribute, find, instructions, part, parts_of, style_of, words

NOTE = note(Text("Said below."))


def noted(before: str = "Said above") -> Paragraph:
    return Paragraph((Text(before), NOTE))


def paper(*body: Block) -> Document:
    return finished(paper_of(*body))


def test_a_note_is_a_mark_in_the_text_and_its_words_at_the_foot_of_the_page() -> None:
    document = paper(noted())
    assert words(part(document)) == "Said above"
    mark = find(part(document), "//w:r[w:footnoteReference]")[0]
    assert attribute(mark, "w:footnoteReference/@w:id") == ["1"]
    assert attribute(mark, "w:rPr/w:rStyle/@w:val") == ["FootnoteReference"]
    written = find(part(document, "footnotes"), "w:footnote[@w:id='1']/w:p")[0]
    assert (style_of(written), words(written)) == ("FootnoteText", " Said below.")
    assert attribute(written, "w:r[w:footnoteRef]/w:rPr/w:rStyle/@w:val") == ["FootnoteReference"]


def test_the_mark_is_raised_by_its_style_which_is_words_own() -> None:
    style = find(part(paper(noted()), "styles"), "//w:style[@w:styleId='FootnoteReference']")[0]
    assert attribute(style, "w:name/@w:val | w:rPr/w:vertAlign/@w:val") == ["footnote reference", "superscript"]
    assert attribute(style, "@w:customStyle") == []


def test_the_lines_between_text_and_notes_are_there_and_word_knows_them() -> None:
    document = paper(noted())
    kinds = find(part(document, "footnotes"), "w:footnote[@w:type]")
    assert [attribute(one, "@w:type | @w:id") for one in kinds] == [
        ["separator", "-1"],
        ["continuationSeparator", "0"],
    ]
    assert attribute(part(document, "settings"), "w:footnotePr/w:footnote/@w:id") == ["-1", "0"]


def test_a_paper_without_notes_has_no_part_for_them() -> None:
    document = paper(paragraph("words"))
    assert "word/footnotes.xml" not in parts_of(document)
    assert find(part(document, "settings"), "w:footnotePr") == []


@pytest.mark.parametrize(
    "block",
    [
        noted(),
        bullets((noted(),)),
        Panel("notice", (noted(),)),
        Panel("notice", (noted(), bullets("item"))),
        captioned_table((Text("Caption"), NOTE)),
        Figure(image(30, 30), "A map.", (Text("Caption"), NOTE)),
        section((Text("Heading"), NOTE)),
        Paragraph((Span("strong", (Text("bold"), NOTE)),)),
        Table(text("t"), (Column((Text("head"), NOTE), 1.0),), (RowGroup((Row((Cell((paragraph("a"),)),)),)),)),
        Table(text("t"), (Column(text("head"), 1.0),), (RowGroup((Row((Cell((noted(),)),)),)),)),
        Table(
            text("t"),
            (Column(text("head"), 1.0),),
            (RowGroup((Row((Cell((paragraph("a"),)),)),), (Text("group"), NOTE)),),
        ),
    ],
    ids=[
        "paragraph",
        "item",
        "panel",
        "cell of a panel",
        "caption of a table",
        "caption of a figure",
        "heading",
        "span",
        "header of a column",
        "cell",
        "heading of a group",
    ],
)
def test_a_note_stands_wherever_text_does(block: Block) -> None:
    document = paper(block)
    assert attribute(part(document), "//w:footnoteReference/@w:id") == ["1"]
    assert len(find(part(document, "footnotes"), "w:footnote[not(@w:type)]")) == 1


def test_notes_are_in_the_order_of_their_marks() -> None:
    one, two, three = (note(Text(f"Note {place}")) for place in (1, 2, 3))
    table = captioned_table((Text("Table"), two))
    document = paper(section((Text("One"), one), table, Paragraph((Text("words"), three))))
    assert attribute(part(document), "//w:footnoteReference/@w:id") == ["1", "2", "3"]
    notes = find(part(document, "footnotes"), "w:footnote[not(@w:type)]")
    assert [words(found) for found in notes] == [" Note 1", " Note 2", " Note 3"]


def test_a_link_in_a_note_is_a_link_of_the_notes() -> None:
    parts = parts_of(paper(Paragraph((NOTE, note(Link("https://example.org/report", "the report"))))))
    assert b"https://example.org/report" in parts["word/_rels/footnotes.xml.rels"]
    assert b"https://example.org/report" not in parts["word/_rels/document.xml.rels"]


def test_a_reference_in_a_note_is_a_field_to_a_place_in_the_text() -> None:
    here = paragraph("words", anchor="here")
    document = paper(section("One", Paragraph((Text("a"), note(Text("See "), reference("here")))), here))
    notes = part(document, "footnotes")
    assert instructions(notes) == [f"REF {bookmark_name('here')} \\r \\h"]
    assert words(find(notes, "w:footnote[@w:id='1']")[0]) == " See 1.2"


def test_a_gap_in_a_note_is_marked_without_a_comment() -> None:
    document = paper(Paragraph((Text("a"), note(Placeholder("the date")))))
    assert attribute(part(document, "footnotes"), "//w:rStyle/@w:val")[-1] == "Gap"
    assert "word/comments.xml" not in parts_of(document)


def test_where_word_allows_no_notes_their_words_stand_in_brackets() -> None:
    content: Inlines = (Text("Sample"), NOTE)
    document = replace(paper(paragraph("words")), header=content, footer=content)
    assert words(part(document, "header2")) == words(part(document, "footer2")) == "Sample (Said below.)"
    assert "word/footnotes.xml" not in parts_of(document)
    inside = paper(Paragraph((Text("a"), note(Span("strong", (Text("b"), note(Text("c"))))))))
    assert words(find(part(inside, "footnotes"), "w:footnote[@w:id='1']")[0]) == " b (c)"


def test_a_note_does_not_take_on_the_look_of_the_text_with_its_mark() -> None:
    document = paper(Paragraph((Span("strong", (Text("bold"), NOTE)),), "title"))
    said = find(part(document, "footnotes"), "w:footnote[@w:id='1']/w:p/w:r[w:t]")
    assert [find(run, "w:rPr") for run in said] == [[], []]
