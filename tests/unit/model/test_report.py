"""The committee paper as its author wrote it."""

from __future__ import annotations

import pytest

from reportgen.model.base import Phrase
from reportgen.model.report import Appendix, Implication, Report
from tests.small import record, what_is_wrong

SHORT = """
id: outcome
title: Outcome
purpose: [To report the outcome.]
recommendations: [note the outcome]
"""


def test_the_shortest_report_has_a_title_a_purpose_and_a_recommendation() -> None:
    report = record(Report, SHORT)
    assert (report.kind, report.status, report.wards, report.key_decision) == ("outcome", "draft", "All", False)
    assert (report.sections, report.implications, report.appendices) == ((), (), ())


@pytest.mark.parametrize("key", ["title", "purpose", "recommendations"])
def test_each_of_these_must_be_there(key: str) -> None:
    lines = [line for line in SHORT.splitlines() if not line.startswith(key)]
    assert what_is_wrong(Report, "\n".join(lines)) == [f"RG011 2:1 the key '{key}' is missing"]


@pytest.mark.parametrize("key", ["purpose", "recommendations"])
def test_an_empty_list_is_not_enough(key: str) -> None:
    lines = [f"{key}: []" if line.startswith(key) else line for line in SHORT.splitlines()]
    wrong = what_is_wrong(Report, "\n".join(lines))
    assert len(wrong) == 1
    assert key.rstrip("s") in wrong[0]


def test_a_recommendation_is_a_bare_phrase_or_has_a_name() -> None:
    report = record(Report, SHORT.replace("[note the outcome]", "[note the outcome, {id: plan, text: agree the plan}]"))
    assert [(one.id, one.text.text) for one in report.recommendations] == [
        (None, "note the outcome"),
        ("plan", "agree the plan"),
    ]
    assert all(isinstance(one.text, Phrase) for one in report.recommendations)


def test_options_and_background_papers_may_be_bare_texts() -> None:
    report = record(
        Report, SHORT + "options: [wait]\nbackground_papers: [The report, {text: The letter, location: Town hall}]\n"
    )
    assert [(one.text.text, one.recommended) for one in report.options] == [("wait", False)]
    assert [(one.text.text, one.location) for one in report.background_papers] == [
        ("The report", None),
        ("The letter", "Town hall"),
    ]


@pytest.mark.parametrize("given", ["area: finance", "{area: finance, text: Costs, not_applicable: No costs}"])
def test_an_implication_has_a_text_or_the_reason_why_there_is_none(given: str) -> None:
    wrong = what_is_wrong(Implication, given)
    assert len(wrong) == 1
    assert "'finance'" in wrong[0]


@pytest.mark.parametrize("given", ["{id: a, title: A}", "{id: a, title: A, shows: action plan, text: T}"])
def test_an_appendix_shows_the_plan_or_has_a_text(given: str) -> None:
    assert len(what_is_wrong(Appendix, given)) == 1


@pytest.mark.parametrize(
    "twice",
    [
        "sections: [{section: risks, text: a}, {section: risks, text: b}]",
        "implications: [{area: legal, text: a}, {area: legal, text: b}]",
        "appendices: [{id: plan, title: A, text: a}, {id: plan, title: B, text: b}]",
    ],
)
def test_a_name_given_twice_is_an_error(twice: str) -> None:
    assert len(what_is_wrong(Report, SHORT + twice)) == 1


def test_every_prose_text_is_given_once_in_the_order_of_the_fields() -> None:
    report = record(
        Report,
        SHORT
        + """
sections: [{section: risks, text: t3}]
options: [t4]
implications: [{area: legal, text: t5}, {area: crime, not_applicable: t6}]
appendices: [{id: a, title: A, text: t7}]
background_papers: [t8]
no_background_papers: t9
""",
    )
    assert [one.text for one in report.prose()] == [
        "To report the outcome.",
        "note the outcome",
        "t3",
        "t4",
        "t5",
        "t6",
        "t7",
        "t8",
        "t9",
    ]
