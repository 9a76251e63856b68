"""Cross-references get the number of their target, or are errors where they stand."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems
from reportgen.document import (
    Block,
    Cell,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    List,
    ListItem,
    Panel,
    Row,
    RowGroup,
    Section,
    SourceRef,
    Span,
    Table,
    Text,
    blocks_of,
    inlines_of,
)
from reportgen.house.config import Numbering
from reportgen.transforms.numbering import number_document
from reportgen.transforms.references import resolve_references
from tests.small import places, record
from tests.unit.transforms.test_numbering import COMMON, CONTINUOUS, PARTS, STANDARD
from tests.unit.transforms.trees import bullets, document, p, ref, s


def finished(tree: Document, problems: Problems, scheme: str = STANDARD) -> Document:
    return resolve_references(number_document(tree, record(Numbering, scheme + COMMON)), problems)


def resolved(tree: Document, scheme: str = STANDARD) -> list[str]:
    """The texts of all references of a tree that has nothing wrong."""
    problems = Problems()
    done = finished(tree, problems, scheme)
    assert problems.found == []
    return [
        inline.text for block in blocks_of(done) for inline in inlines_of(block) if isinstance(inline, CrossReference)
    ]


def wrong_with(tree: Document, scheme: str = STANDARD) -> list[str]:
    problems = Problems()
    finished(tree, problems, scheme)
    return places(problems)


APPENDIX = s("Plan", p("x"), anchor="plan", role="appendix")


def test_a_reference_reads_as_the_number_of_its_section_paragraph_or_appendix() -> None:
    tree = document(
        s("One", p((Text("see "), ref("two"), ref("here"), ref("plan")))),
        s("Two", p("a"), p("b", anchor="here"), anchor="two"),
        appendices=(APPENDIX,),
    )
    assert resolved(tree) == ["2", "2.2", "Appendix 1"]


def test_a_reference_leaves_out_the_full_stop_of_the_number() -> None:
    assert resolved(document(s("One", p((ref("here"),)), p("a", anchor="here"))), CONTINUOUS) == ["2"]


def test_a_reference_may_stand_before_or_after_its_target() -> None:
    assert resolved(document(s("One", p((ref("b"),), anchor="a"), p((ref("a"),), anchor="b")))) == ["1.2", "1.1"]


ROW = Row((Cell((p((ref("plan"),)),)),))


@pytest.mark.parametrize(
    "block",
    [
        p((ref("plan"),)),
        p((Span("strong", (Span("emphasis", (ref("plan"),)),)),)),
        bullets((p((ref("plan"),)),)),
        List((ListItem((bullets((p((ref("plan"),)),)),)),), ordered=True),
        Panel("notice", (p((ref("plan"),)),)),
        Section((ref("plan"),), ()),
        Table((Text("c"),), (Column((Text("h"),), 1.0),), (RowGroup((ROW,)),)),
        Table((ref("plan"),), (Column((Text("h"),), 1.0),), ()),
        Table((Text("c"),), (Column((ref("plan"),), 1.0),), ()),
        Table((Text("c"),), (Column((Text("h"),), 1.0),), (RowGroup((), (ref("plan"),)),)),
        FieldList(((Field((ref("plan"),), ()),),)),
        FieldList(((Field((), (p((ref("plan"),)),)),),)),
    ],
    ids=[
        "paragraph",
        "spans",
        "bullets",
        "nested list",
        "panel",
        "heading",
        "cell",
        "caption",
        "column",
        "group",
        "label",
        "field",
    ],
)
def test_a_reference_is_resolved_wherever_it_stands(block: Block) -> None:
    assert resolved(document(s("One", block), appendices=(APPENDIX,))) == ["Appendix 1"]


def test_where_the_text_of_a_column_stands_is_kept() -> None:
    table = Table((Text("c"),), (Column((ref("plan"),), 1.0, "right"),), (RowGroup((ROW,)),))
    tables = [
        one
        for one in blocks_of(finished(document(table, appendices=(APPENDIX,)), Problems()))
        if isinstance(one, Table)
    ]
    assert [column.align for one in tables for column in one.columns] == ["right"]


def test_references_in_front_and_in_appendices_are_resolved() -> None:
    tree = document(front=(p((ref("plan"),)),), appendices=(APPENDIX, s("B", p((ref("plan"),)), role="appendix")))
    assert resolved(tree) == ["Appendix 1", "Appendix 1"]


def test_a_reference_to_nothing_is_an_error_where_it_stands_with_the_nearest_name() -> None:
    problems = Problems()
    finished(document(s("One", p((ref("plon", line=17),))), appendices=(APPENDIX,)), problems)
    assert places(problems) == ["RG051 17:0"]
    assert problems.found[0].hint == "did you mean 'plan'?"


def test_every_reference_to_nothing_is_told() -> None:
    assert wrong_with(document(s("One", p((ref("a", 3), ref("b", 4)))))) == ["RG051 3:0", "RG051 4:0"]


def test_a_reference_to_what_has_no_number_is_an_error() -> None:
    unnumbered = document(s("One", p((ref("here", 5),)), p("a", anchor="here", numbered=False)))
    assert wrong_with(unnumbered) == ["RG052 5:0"]


def test_a_reference_to_a_level_that_counts_without_printing_is_an_error() -> None:
    assert wrong_with(document(s("PART 1", s("Purpose", p((ref("part", 5),))), anchor="part")), PARTS) == ["RG052 5:0"]


def test_a_target_without_a_number_is_no_error_as_long_as_nothing_refers_to_it() -> None:
    assert resolved(document(s("One", p("a", anchor="here", numbered=False)))) == []


def test_two_places_of_one_name_are_an_error_at_the_second() -> None:
    first = p("a", anchor="here", origin=SourceRef(Location("report.yaml", 8, 3), "sections.0.text"))
    second = p("b", anchor="here", origin=SourceRef(Location("report.yaml", 9, 3), "sections.1.text"))
    problems = Problems()
    finished(document(s("One", first, second)), problems)
    assert places(problems) == ["RG050 9:3"]
    assert "report.yaml:8:3" in problems.found[0].message


def test_a_section_and_an_appendix_of_one_name_are_an_error() -> None:
    assert len(wrong_with(document(s("One", anchor="plan"), appendices=(APPENDIX,)))) == 1


def test_resolving_changes_nothing_but_references() -> None:
    tree = document(s("One", p("a"), bullets("b"), anchor="one"), appendices=(APPENDIX,))
    numbered = number_document(tree, record(Numbering, STANDARD + COMMON))
    assert resolve_references(numbered, Problems()) == numbered
