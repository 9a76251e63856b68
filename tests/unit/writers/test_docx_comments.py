"""Gaps in Word: a marked placeholder, and a comment that says what is missing and who supplies it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from reportgen.document import Cell, Column, Footnote, Placeholder, Row, RowGroup, Section, Table, Text
from reportgen.writers import docx
from tests.unit.readback.worked_on_tree import (
    HOUSE,
    W,
    find,
    found,
    line,
    paper,
    parts_of,
    root_of,
    words,
    worked_on_paper,
)
from tests.unit.writers.sample_tree import bullets, text

GAP = Placeholder("the cost of the plan", "finance")
COMMENTS = "word/comments.xml"


def test_a_comment_says_what_is_missing_and_who_supplies_it() -> None:
    comments = root_of(paper(line(GAP)), COMMENTS)
    assert [words(one) for one in find(comments, "//w:p")] == [
        "Still missing: the cost of the plan",
        "To be supplied by: finance",
    ]


def test_a_gap_that_nobody_is_named_for_says_only_what_is_missing() -> None:
    assert [words(one) for one in find(root_of(paper(line(Placeholder("the day"))), COMMENTS), "//w:p")] == [
        "Still missing: the day"
    ]


def test_a_house_without_words_of_its_own_gives_only_the_facts() -> None:
    style = HOUSE.config.model_copy(update={"vocabulary": {}})
    written = parts_of(docx.write(paper(line(GAP)), replace(HOUSE, config=style)))
    assert [words(one) for one in find(etree.fromstring(written[COMMENTS]), "//w:p")] == [
        "the cost of the plan",
        "finance",
    ]


def test_a_comment_bears_the_papers_day_and_our_name() -> None:
    (comment,) = find(root_of(paper(line(GAP)), COMMENTS), "w:comment")
    assert dict(comment.attrib) == {
        f"{W}id": "0",
        f"{W}author": "reportgen",
        f"{W}date": "2012-07-09T00:00:00Z",
        f"{W}initials": "RG",
    }


def test_a_comment_to_a_paper_without_a_day_bears_a_fixed_one() -> None:
    document = paper(line(GAP))
    undated = replace(document, metadata=replace(document.metadata, date=""))
    assert found(root_of(undated, COMMENTS), "w:comment/@w:date") == ["1980-01-01T00:00:00Z"]


def test_the_comment_stands_at_the_placeholder_and_nowhere_else() -> None:
    (printed,) = find(root_of(paper(line(Text("It is "), GAP, Text(".")))), "//w:p")
    between: list[str] = []
    inside = False
    for one in printed:
        inside = (inside or one.tag == f"{W}commentRangeStart") and one.tag != f"{W}commentRangeEnd"
        between += [words(one)] if inside and one.tag == f"{W}r" else []
    assert between == ["[the cost of the plan, from finance]"]
    assert words(printed) == "It is [the cost of the plan, from finance]."


def test_the_placeholder_is_marked_as_a_gap() -> None:
    marked = find(root_of(paper(line(GAP))), "//w:r[w:rPr/w:rStyle/@w:val='Gap']")
    assert [words(one) for one in marked] == ["[the cost of the plan, from finance]"]


def in_a_cell() -> Table:
    return Table(text("T"), (Column(text("a"), 1.0),), (RowGroup((Row((Cell((line(GAP),)),)),)),))


@pytest.mark.parametrize("block", [in_a_cell(), bullets((line(GAP),)), Section((GAP,), ())])
def test_every_place_in_the_document_has_its_comment(block: Table | Section) -> None:
    root = root_of(paper(block, line(Placeholder("another"))))
    ids = found(root, "//w:commentReference/@w:id")
    assert ids == ["0", "1"] == found(root, "//w:commentRangeStart/@w:id") == found(root, "//w:commentRangeEnd/@w:id")


def test_headers_footers_and_notes_have_the_placeholder_without_a_comment() -> None:
    noted = line(Text("a"), Footnote((Placeholder("its source"),)))
    document = replace(paper(noted), header=(Placeholder("the day"),), footer=(Placeholder("the place"),))
    parts = parts_of(docx.write(document, HOUSE))
    assert COMMENTS not in parts
    for name in ("word/header2.xml", "word/footer1.xml", "word/footnotes.xml"):
        assert b"comment" not in parts[name]
    assert words(root_of(document, "word/header2.xml")) == "[the day]"
    assert "[its source]" in words(root_of(document, "word/footnotes.xml"))


def test_every_comment_is_anchored_once() -> None:
    comments = found(root_of(worked_on_paper(), COMMENTS), "w:comment/@w:id")
    assert comments == found(root_of(worked_on_paper()), "//w:commentReference/@w:id") == ["0"]
