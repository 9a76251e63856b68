"""The document tree: walking it, and what it says."""

from __future__ import annotations

import dataclasses

import pytest

from reportgen.diagnostics import Location
from reportgen.document import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Contents,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    Footnote,
    FormField,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    PageBreak,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Placeholder,
    Row,
    RowGroup,
    Section,
    Segment,
    Signature,
    SignatureLine,
    Span,
    Table,
    Text,
    blocks_of,
    children_of,
    inlines_of,
    plain_text,
    walk,
)


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def heads(*texts: str) -> tuple[Column, ...]:
    return tuple(Column((Text(text),), 1 / len(texts)) for text in texts)


TABLE = Table(
    (Text("caption"),),
    heads("head 1", "head 2"),
    (
        RowGroup((Row((Cell((p("a"), p("b"))), Cell((p("c"),)))),), (Text("group"),)),
        RowGroup((Row((Cell((List((ListItem((p("d"),)),)),)), Cell(()))),)),
    ),
)
FIELDS = FieldList(
    (((Field((Text("label 1"),), (p("e"),)), Field((Text("label 2"),), (p("f"),)))), (Field((), (p("g"),)),))
)
CHART = Figure(Chart((Bar("bar", (Segment("good", 2, "grade-2"),)),)), "alt", (Text("shown"),))
CONTENTS = Contents((Text("Contents"),), 2)
SIGNATURE = Signature("line", (SignatureLine("", "Name", "Post"),))
NESTED = List((ListItem((p("h"), List((ListItem((p("i"),)),)))), ListItem((p("j"),))))
DOCUMENT = Document(
    Metadata("T", "en-GB", "A", ""),
    front=(FIELDS, CONTENTS),
    body=(
        Section((Text("heading"),), (p("k"), Section((Text("inner"),), (NESTED,)), TABLE, CHART)),
        Panel("notice", (p("l"),)),
        SIGNATURE,
        PageBreak(),
    ),
    appendices=(Section((Text("appendix"),), (p("m"),), role="appendix"),),
)


def texts(blocks: list[Block]) -> str:
    return "".join(plain_text(block.content) for block in blocks if isinstance(block, Paragraph))


def test_every_block_is_walked_once_in_reading_order() -> None:
    assert texts(list(blocks_of(DOCUMENT))) == "efgkhijabcdlm"


def test_parents_are_walked_before_their_children() -> None:
    names = [type(block).__name__ for block in walk(NESTED)]
    assert names == ["List", "Paragraph", "List", "Paragraph", "Paragraph"]


def test_every_kind_of_block_is_walked() -> None:
    kinds = {type(block) for block in blocks_of(DOCUMENT)}
    assert kinds == {Section, Paragraph, List, Table, FieldList, Panel, Figure, Contents, Signature, PageBreak}


@pytest.mark.parametrize("block", [p("x"), CHART, CONTENTS, SIGNATURE, PageBreak()])
def test_some_blocks_hold_no_others(block: Block) -> None:
    assert children_of(block) == ()


def test_the_inlines_of_a_table_are_its_caption_heads_and_group_headings_not_its_cells() -> None:
    assert plain_text(tuple(inlines_of(TABLE))) == "captionhead 1head 2group"


def test_the_inlines_of_fields_are_their_labels_and_of_a_section_its_heading() -> None:
    assert plain_text(tuple(inlines_of(FIELDS))) == "label 1label 2"
    assert list(inlines_of(DOCUMENT.body[0])) == [Text("heading")]


def test_a_span_comes_before_what_it_holds() -> None:
    inner = Span("emphasis", (Text("b"),))
    span = Span("strong", (Text("a"), inner))
    assert list(inlines_of(Paragraph((span, Text("c"))))) == [span, Text("a"), inner, Text("b"), Text("c")]


def test_plain_text_says_everything_but_page_numbers_and_notes() -> None:
    content = (
        Text("See "),
        Span("strong", (CrossReference("plan", Location("f"), "Appendix 1"),)),
        LineBreak(),
        Link("https://example.org", "there"),
        PageNumber(),
        PageCount(),
        Footnote((Text("said below"),)),
        Text(" "),
        Placeholder("the cost", "finance"),
        Placeholder("the date"),
        FormField("clearance.legal.name", "name", "Cleared by", "", "Not yet cleared"),
    )
    assert plain_text(content) == "See Appendix 1\nthere [the cost, from finance][the date]Not yet cleared"


def test_what_a_note_says_is_among_the_inlines_and_so_is_what_is_entered_on_a_line_to_sign() -> None:
    note = Footnote((Text("said"),))
    assert list(inlines_of(Paragraph((note,)))) == [note, Text("said")]
    entry = FormField("sign-off.1.name", "name", "Name")
    assert list(inlines_of(Signature("box", (SignatureLine("Mayor", entries=(entry,)),)))) == [entry]
    assert plain_text(tuple(inlines_of(CHART))) == "shown"


def test_nodes_compare_by_value_without_the_template_that_wrote_them() -> None:
    assert Paragraph((Text("a"),), location=Location("x", 1)) == Paragraph((Text("a"),), location=Location("y", 2))
    assert Paragraph((Text("a"),)) != Paragraph((Text("a"),), role="lead-in")


def test_nodes_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        p("x").role = "other"  # type: ignore[misc]
