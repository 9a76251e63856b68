"""Nothing lost, nothing doubled: counted on the finished tree, whatever the template says."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems
from reportgen.document import Block, Document, List, ListItem, SourceRef, Span, Text
from reportgen.transforms.completeness import check_completeness
from tests.small import places, told
from tests.unit.transforms.trees import bullets, document, fields, p, panel, s, table


def origin(line: int, key: str = "text", part: int = 0) -> SourceRef:
    return SourceRef(Location("report.yaml", line, 3), key, part)


def checked(tree: Document, *expected: SourceRef) -> Problems:
    problems = Problems()
    check_completeness(tree, expected, problems)
    return problems


def test_a_text_that_is_printed_once_is_right() -> None:
    assert (
        checked(
            document(s("One", p("a", origin=origin(1, "a")), p("b", origin=origin(2, "b")))),
            origin(1, "a"),
            origin(2, "b"),
        ).found
        == []
    )


def test_a_text_that_is_not_printed_is_an_error_where_it_was_typed() -> None:
    assert places(checked(document(s("One", p("a", origin=origin(1, "a")))), origin(1, "a"), origin(2, "b"))) == [
        "RG053 2:3"
    ]


def test_a_text_that_is_printed_twice_is_an_error_that_says_how_often() -> None:
    tree = document(s("One", *(p("a", origin=origin(1)) for _ in range(3))))
    assert places(checked(tree, origin(1))) == ["RG053 1:3"]
    assert "3 times" in told(checked(tree, origin(1)))[0]


def test_every_lost_text_is_told() -> None:
    assert places(checked(document(), *(origin(line, f"k{line}") for line in (1, 2, 3)))) == [
        "RG053 1:3",
        "RG053 2:3",
        "RG053 3:3",
    ]


def test_a_text_of_several_paragraphs_counts_by_its_first() -> None:
    tree = document(
        s("One", p("a", origin=origin(1)), p("b", origin=origin(3, part=1)), p("c", origin=origin(5, part=2)))
    )
    assert checked(tree, origin(1)).found == []


def test_a_text_may_be_printed_twice_when_an_alias_gives_it_twice() -> None:
    twice = document(s("One", p("a", origin=origin(1))), s("Two", p("a", origin=origin(1))))
    assert checked(twice, origin(1), origin(1)).found == []
    assert len(checked(twice, origin(1), origin(1), origin(1)).found) == 1


def test_texts_of_the_same_key_in_two_files_are_two_texts() -> None:
    here, there = SourceRef(Location("a.yaml", 1, 1), "text"), SourceRef(Location("b.yaml", 1, 1), "text")
    assert [one.location.path for one in checked(document(s("One", p("a", origin=here))), here, there).found] == [
        "b.yaml"
    ]


@pytest.mark.parametrize(
    "block",
    [
        p((Span("phrase", (Text("a"),), origin(1)), Text("."))),
        p((Span("strong", (Span("phrase", (Text("a"),), origin(1)),)),)),
        List((ListItem((p("a"),)),), origin=origin(1)),
        bullets((p("a", origin=origin(1)),)),
        table(p("a", origin=origin(1))),
        fields(p("a", origin=origin(1))),
        panel(p("a", origin=origin(1))),
    ],
    ids=["phrase", "phrase in a span", "list", "item", "cell", "field", "panel"],
)
def test_a_text_counts_wherever_it_stands(block: Block) -> None:
    assert checked(document(s("One", block)), origin(1)).found == []
    assert checked(document(front=(block,)), origin(1)).found == []
    assert checked(document(appendices=(s("A", block, role="appendix"),)), origin(1)).found == []
    assert len(checked(document(s("One", block), block), origin(1)).found) == 1


def test_what_a_template_says_of_its_own_is_not_counted() -> None:
    assert checked(document(s("One", p("a"), p("a")))).found == []
