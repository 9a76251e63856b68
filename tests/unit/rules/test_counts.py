"""Numbers typed in sentences, compared with the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import INSPECTION, PLAN
from tests.unit.rules.written import SLAC, Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_totals_that_no_table_has_are_found_each_at_its_number(desk: Desk) -> None:
    text = "There were 34 judgements,\n15 on safeguarding and 19 on looked after children."
    found = desk.found("RG305", saying(text), inspection=SLAC)
    assert [(one.location.line, one.location.column) for one in found] == [(12, 18), (13, 7), (13, 30)]
    assert found[0].message == (
        "'34' judgements were typed; the inspection has 9 with a grade "
        "(4 in 'Safeguarding services', 5 in 'Services for looked after children')"
    )
    assert found[0].hint == "write {{ inspection.count() }}, which counts the rows of the table"


@pytest.mark.parametrize(
    "text",
    [
        "Under this framework the authority is assessed against 34 judgement areas.",
        "Inspectors made 12 judgements.",
        "All eleven judgements are in the table.",
        "Of the eight judgements the best is the first.",
        "The 34 judgements are below.",
        "Three of the eleven judgements were outstanding.",
        "Eight of the ten judgements were good.",
        "Three judgements were outstanding.",
        "Of the nine grades six grades were adequate.",
        "Twenty-two good judgements were given.",
        "In all, seven of the nine were good or better, and three of the nine judgements were adequate.",
        "Of the judgements four were good: in sum six of nine were **good**.",
        "Two judgements were outstanding, five good, and three adequate.",
        "Six judgements were judged good or\noutstanding.",
    ],
)
def test_a_count_that_differs_from_the_table_is_found(desk: Desk, text: str) -> None:
    assert desk.messages("RG305", saying(text), inspection=SLAC) != []


@pytest.mark.parametrize(
    "text",
    [
        "There were nine judgements with a grade, four on safeguarding and five on looked after children.",
        "Inspectors made 10 judgements in all.",
        "Seven of the nine judgements were good or better.",
        "Two judgements were outstanding, five good, and two adequate.",
        "Of the {{ inspection.count() }} judgements, {{ inspection.count('Good') }} are good.",
        "Eight of the ten schools were good, and eight of the ten were visited.",
        "Eight of the ten were good at reading.",
        "The previous inspection made 34 judgements.",
        "In 2008 eight of the ten judgements were good.",
        "We aim for all 34 judgements to be good.",
        "By next year nine of the nine judgements should be outstanding.",
        "All three judgements are good.",
        "The court gave 120 judgements.",
        "Parents gave 120 ratings, and 45 of the 50 ratings were good.",
        "GCSE: 24 grades.",
        "There are eight judgements that call for action.",
        "Two of the four judgements on safeguarding were good.",
        "The two judgements are welcome.",
        "Inspectors read 58 case files and met 120 children.",
        "Nationally, three of the eleven judgements were outstanding.",
        "Both summary judgements of safeguarding were outstanding.",
    ],
)
def test_a_count_that_agrees_or_means_something_else_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG305", saying(text), inspection=SLAC) == []


def test_a_count_of_grades_says_what_the_table_has_and_what_to_write(desk: Desk) -> None:
    found = desk.found("RG305", saying("Eight of the nine judgements were good."), inspection=SLAC)
    assert [(one.location.column, one.message, one.hint) for one in found] == [
        (
            7,
            "'Eight' judgements of Good were typed; the inspection has 5 of 9",
            "write {{ inspection.count('Good')|words }}, which counts the rows of the table",
        )
    ]


@pytest.mark.parametrize("grades", ["good or better", "outstanding or good", "good or above", "good and outstanding"])
def test_two_grades_are_counted_together(desk: Desk, grades: str) -> None:
    assert desk.messages("RG305", saying(f"Seven of the nine judgements were {grades}."), inspection=SLAC) == []
    assert desk.messages("RG305", saying(f"Five of the nine judgements were {grades}."), inspection=SLAC) != []


def test_an_overall_grade_that_stands_apart_may_be_counted_with_the_others(desk: Desk) -> None:
    apart = INSPECTION.replace("judgements:", "overall: Good\njudgements:", 1)
    assert desk.messages("RG305", saying("Two of the three judgements were good."), inspection=apart) == []
    assert desk.messages("RG305", saying("Three of the three judgements were good."), inspection=apart) != []
    assert desk.messages("RG305", saying("Two of the three judgements were good.")) != []


def test_areas_for_improvement_are_counted(desk: Desk) -> None:
    assert desk.messages("RG305", saying("Ofsted names three areas for improvement.")) == [
        "12:20 'three areas for improvement' was typed; the inspection has 2"
    ]
    assert desk.messages("RG305", saying("Ofsted names two areas for improvement.")) == []
    assert desk.messages("RG305", saying("In 2018 Ofsted named three areas for improvement.")) == []


def test_areas_for_improvement_of_one_kind_may_be_counted_apart(desk: Desk) -> None:
    inspection = INSPECTION + "  - {id: F3, text: Act at once, kind: priority action}\n"
    assert desk.messages("RG305", saying("The report makes two areas for improvement."), inspection=inspection) == []
    assert desk.messages("RG305", saying("It names one priority action."), inspection=inspection) == []
    assert desk.places("RG305", saying("It names four priority actions."), inspection=inspection) == [(1, 10)]


def test_recommendations_may_be_the_reports_own(desk: Desk) -> None:
    assert desk.messages("RG305", saying("The inspection makes one recommendation.")) == []
    assert desk.messages("RG305", saying("The serious case review makes 35 recommendations.")) == []
    assert desk.messages("RG305", saying("There are 35 recommendations for schools.")) == []
    assert desk.places("RG305", saying("The inspectors made seven recommendations.")) == [(1, 21)]


def test_actions_of_the_plan_are_counted(desk: Desk) -> None:
    assert desk.messages("RG305", saying("The plan answers them with twelve actions.")) == [
        "12:34 'twelve actions' was typed; the plan has 2"
    ]
    assert desk.messages("RG305", saying("The plan has two actions, and one of the two actions is ours.")) == []
    assert desk.messages("RG305", saying("All twelve actions were taken by the police.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Five areas for improvement were set out by inspectors.",
        "- The four areas for improvement were identified by Ofsted.",
        "Seven recommendations were made in the inspection report.",
        "There are 44 actions in the plan.",
    ],
)
def test_counts_in_the_passive_and_of_what_there_is_are_compared(desk: Desk, text: str) -> None:
    assert len(desk.messages("RG305", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Two areas for improvement were set out by inspectors.",
        "A further five areas for improvement were set out by inspectors.",
        "Five areas for improvement were set out by inspectors in schools.",
        "Five areas for improvement were set out by the peer challenge.",
        "There are two actions in the plan.",
        "There are 44 actions in the corporate plan.",
        "There are 44 actions in the plan of the police.",
    ],
)
def test_counts_in_the_passive_that_agree_or_are_of_others_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG305", saying(text)) == []


KEPT = PLAN.replace("due: 2023-03-31", "due: 2023-03-31, status: complete")
"""A plan of two actions, of which one is complete."""


def test_more_actions_complete_than_the_plan_has_are_found(desk: Desk) -> None:
    [found] = desk.found("RG305", saying("Two actions are complete."), plan=KEPT)
    assert found.message == "'Two actions' were typed as complete; the plan has 1 of 2"
    assert found.hint == "write {{ plan.with_status('complete')|length|words }}, which counts them"
    assert desk.messages("RG305", saying("All went well, and the three actions are not yet started."), plan=KEPT) != []


@pytest.mark.parametrize(
    "text",
    [
        "One actions are complete.",
        "None of it stands; of these two actions are complete.",
        "The previous plan was short. Two actions are complete.",
        "Two actions are complete in schools.",
        "Two actions are complete records of a meeting.",
    ],
)
def test_actions_complete_that_agree_or_are_of_others_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG305", saying(text), plan=KEPT) == []


def test_a_plan_that_keeps_no_status_says_nothing_of_what_is_complete(desk: Desk) -> None:
    assert desk.messages("RG305", saying("Two actions are complete.")) == []


def test_a_paper_without_an_inspection_has_nothing_to_compare(desk: Desk) -> None:
    report = saying("There were 34 judgements.").replace("inspection: outcome\naction_plan: outcome\n", "")
    assert desk.messages("RG305", report) == []


def test_counts_in_the_findings_are_the_inspectorates(desk: Desk) -> None:
    inspection = INSPECTION.replace("Keep better records", "All 34 judgements were seen")
    plan = PLAN.replace("Meet every week", "Read all 34 judgements")
    assert desk.messages("RG305", saying("Nothing."), inspection=inspection, plan=plan) == []
