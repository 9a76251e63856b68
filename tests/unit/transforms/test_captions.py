"""Tables, figures and notes are counted through the paper."""

from __future__ import annotations

from dataclasses import replace

from reportgen.document import Chart, Document, Figure, Footnote, Table, Text, blocks_of, inlines_of
from reportgen.house.config import Level, Numbering
from reportgen.transforms.numbering import number_document
from tests.small import record
from tests.unit.transforms.test_numbering import COMMON, STANDARD
from tests.unit.transforms.trees import document, p, panel, s, table

NUMBERING = record(Numbering, STANDARD + COMMON).model_copy(
    update={"table": Level(format="Table {1}"), "figure": Level(format="Figure {1}", counter="upper-letter")}
)


def shown(*cells: str) -> Table:
    return replace(table(*map(p, cells)), show_caption=True)


def figure(caption: str) -> Figure:
    return Figure(Chart(()), "shown", (Text(caption),) if caption else ())


def numbers(finished: Document) -> list[str]:
    return [
        block.number.text if block.number else "-" for block in blocks_of(finished) if isinstance(block, Table | Figure)
    ]


def test_captions_are_counted_through_sections_panels_and_appendices_each_kind_for_itself() -> None:
    tree = document(
        s("One", shown("a"), s("In it", figure("F"), panel(figure("G")))),
        front=(shown("b"),),
        appendices=(s("A", shown("c")),),
    )
    done = number_document(tree, NUMBERING)
    assert numbers(done) == ["Table 1", "Table 2", "Figure A", "Figure B", "Table 3"]
    assert [block.number.reference for block in blocks_of(done) if isinstance(block, Table) and block.number] == [
        "Table 1",
        "Table 2",
        "Table 3",
    ]


def test_what_has_no_caption_has_no_number_and_is_not_counted() -> None:
    tree = document(s("One", table(p("a")), shown("b"), figure(""), figure("F")))
    assert numbers(number_document(tree, NUMBERING)) == ["-", "Table 1", "-", "Figure A"]


def test_a_house_may_leave_captions_without_numbers() -> None:
    plain = NUMBERING.model_copy(update={"table": None, "figure": None})
    assert numbers(number_document(document(s("One", shown("a"), figure("F"))), plain)) == ["-", "-"]


def test_notes_are_counted_in_reading_order_wherever_they_stand() -> None:
    def note(words: str) -> Footnote:
        return Footnote((Text(words),))

    captioned = replace(shown("a"), caption=(Text("c"), note("second")))
    in_cell = replace(table(p((note("third"),))), show_caption=False)
    tree = document(
        s("One", p((Text("a"), note("first"))), captioned, in_cell), appendices=(s("A", p((note("fourth"),))),)
    )
    done = number_document(tree, NUMBERING)
    found = [one for block in blocks_of(done) for one in inlines_of(block) if isinstance(one, Footnote)]
    assert [(one.number.text if one.number else "-", one.content) for one in found] == [
        ("1", (Text("first"),)),
        ("2", (Text("second"),)),
        ("3", (Text("third"),)),
        ("4", (Text("fourth"),)),
    ]
