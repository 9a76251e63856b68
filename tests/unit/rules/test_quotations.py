"""Quotations, compared word for word with the published text."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.rules.quotations import quoted_parts, read_published_text
from tests.unit.rules.written import Desk, saying

PUBLISHED = """\
Inspection of Westmere
children’s services

Political leaders do not give sufficient priority to the needs of vulnerable
children. The response to these challenges is too slow, and partner agen-
cies wait. Members of the multi-
agency hub know this.
                                     2
\fThe electronic case system is ‘barely fit for purpose’. Workers visit chil-
dren often, and most plans are clear, timely and well-written.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def messages(desk: Desk, text: str, code: str = "RG309") -> list[str]:
    return desk.messages(code, saying(text), source=PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted says that leaders “do not give sufficient priority to the needs of vulnerable children”.",
        'Ofsted says that leaders "do not give sufficient\npriority to the needs of vulnerable children".',
        "Ofsted says that leaders ‘do not give sufficient priority to the needs of vulnerable children’.",
        "Ofsted says that leaders 'do not give sufficient priority to the needs of vulnerable children'.",
        "Inspectors found that “partner agencies wait”.",
        "Inspectors met “members of the multi-agency hub” and liked it.",
        "Inspectors call the system “barely fit for purpose.”",
        "Inspectors say that “Workers visit children often, … clear, timely”.",
        "Inspectors say that “workers visit [these] children”.",
        "Inspectors say that “[they] visit children often”.",
        "Ofsted's report says that plans are “**clear**, timely and well-written”.",
        "Inspectors call it “good”.",
        "The response is “too slow”, inspectors found.",
    ],
)
def test_words_that_stand_in_the_report_are_passed_over(desk: Desk, text: str) -> None:
    assert messages(desk, text) == []
    assert messages(desk, text, "RG310") == []


def test_words_that_differ_from_the_report_are_found_with_the_nearest_passage(desk: Desk) -> None:
    text = "Ofsted says that political leaders\n“do not give enough priority to the needs of vulnerable children”."
    found = desk.found("RG309", saying(text), source=PUBLISHED)
    assert [(one.location.line, one.location.column, one.message, one.hint) for one in found] == [
        (
            13,
            8,
            "'do not give enough priority to the needs of vulnerable children' "
            "does not stand so in the published report",
            "the nearest passage: 'do not give sufficient priority to the needs of vulnerable children'",
        )
    ]


def test_a_sentence_that_goes_on_quoting_is_attributed_too(desk: Desk) -> None:
    text = "Ofsted was clear. It also says that leaders “give the children no priority at all”."
    assert [one.split(" ", 1)[0] for one in messages(desk, text)] == ["12:52"]


def test_a_part_of_a_word_is_no_word_of_the_report(desk: Desk) -> None:
    assert messages(desk, "Inspectors found “most plans are clear, time”.") != []


def test_words_that_nothing_in_the_report_is_like_are_found(desk: Desk) -> None:
    found = desk.found("RG309", saying("Inspectors praised “superb buses everywhere daily”."), source=PUBLISHED)
    assert [one.hint for one in found] == ["nothing like it stands there; is it another document's?"]


def test_a_long_quotation_of_nobody_is_advice(desk: Desk) -> None:
    text = "It is known that “the response to these challenges is far too slow” here."
    assert messages(desk, text) == []
    assert messages(desk, text, "RG310") == [
        "12:25 'the response to these challenges is far too slow' is in quotation marks and not in the published report"
    ]


@pytest.mark.parametrize(
    "text",
    [
        'The minister\'s letter called it "a very strong result for the council".',
        'The body of the report deals with this under the heading "Risks and what is done".',
        'Ofsted inspects under "Inspecting Local Authority Children\'s Services".',
        'Its framework, "the way in which we look at services", says so.',
        'The "front door" of the service is open.',
        "The inspectors' view of the council's plans, and the workers' pay.",
        'A young person said: "I want to stay with my sister for good".',
        'The "big 5 priorities" are known.',
    ],
)
def test_other_peoples_words_and_terms_are_passed_over(desk: Desk, text: str) -> None:
    assert messages(desk, text) == []
    assert messages(desk, text, "RG310") == []


def test_a_few_words_that_may_be_a_term_are_advice(desk: Desk) -> None:
    text = "Ofsted looked at our “front door” and called it “far too slow”."
    assert messages(desk, text) == []
    assert [one.split(" ", 1)[0] for one in messages(desk, text, "RG310")] == ["12:29", "12:56"]


def test_without_the_published_text_nothing_is_compared(desk: Desk) -> None:
    report = saying("Ofsted says that leaders “do nothing at all for the vulnerable children”.")
    assert desk.messages("RG309", report) == []
    assert desk.messages("RG310", report) == []


def test_apostrophes_do_not_end_a_quotation() -> None:
    text = "They 'don't see the children's plans' at all, in the workers' or ‘the council’s own view’ here."
    assert [text[start:end] for start, end in quoted_parts(text)] == [
        "don't see the children's plans",
        "the council’s own view",
    ]


def test_the_nearest_passage_shares_at_least_half_of_the_words() -> None:
    source = read_published_text(PUBLISHED)
    assert source.nearest("electronic case systems are barely fit") == "electronic case system is 'barely fit"
    assert source.nearest("nothing alike whatsoever") == ""
    assert source.nearest("response " * 500) == ""
