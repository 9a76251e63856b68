"""Markings: on a record, or on a text of its own."""

from __future__ import annotations

import pytest

from reportgen.model.base import Phrase, Record
from reportgen.model.marking import Exempt, marked_in
from reportgen.model.plan import Action, ActionPlan
from reportgen.model.report import Recommendation, Report, ReportSection
from reportgen.model.schema import schema_of
from tests.small import record

WHY = "exempt: {paragraphs: [3], reason: A rival would bid higher}"


def test_a_text_may_be_typed_with_its_marking() -> None:
    action = record(Action, f"{{id: A1, text: Buy, comment: {{text: For £5, {WHY}}}}}")
    assert action.comment is not None
    assert action.comment.text == "For £5"
    assert action.comment.marking == Exempt(paragraphs=(3,), reason="A rival would bid higher")
    assert action.text.marking is None


def test_a_phrase_with_a_marking_is_still_a_phrase() -> None:
    found = record(Recommendation, f"{{text: {{text: note the price, {WHY}}}}}")
    assert isinstance(found.text, Phrase)


def test_its_place_is_that_of_the_text() -> None:
    found = record(ReportSection, f"section: background\ntext:\n  {WHY}\n  text: It closes.\n")
    assert (found.text.location.line, found.text.location.column) == (4, 9)
    assert found.text.text.key == "text.text"


def test_what_the_law_forbids_comes_before_what_it_allows() -> None:
    law = "confidential: {ground: prohibition, reason: Children Act 1989 s.97}"
    found = record(ReportSection, f"{{section: background, text: It closes., {WHY}, {law}}}")
    assert found.marking == found.confidential


def test_of_a_marked_record_the_texts_in_it_are_not_told_apart() -> None:
    found = record(ReportSection, f"{{section: background, text: {{text: It closes., {WHY}}}, {WHY}}}")
    assert list(marked_in(found)) == [found]


@pytest.mark.parametrize(("kind", "name"), [(Report, "ReportSection"), (ActionPlan, "Action")])
def test_the_schema_lets_a_text_be_typed_either_way(kind: type[Record], name: str) -> None:
    typed, marked = schema_of(kind, "")["definitions"][name]["properties"]["text"]["anyOf"]
    assert typed["type"] == "string"
    assert set(marked["properties"]) == {"text", "exempt", "confidential"}
