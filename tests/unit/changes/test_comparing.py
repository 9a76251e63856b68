"""What a difference is called, and where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.changes.comparing import Change, compare
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from tests.small import INSPECTION, MEETING, REPORT, record

PLAN = """
id: plan
title: Improvement plan
inspection: outcome
parts: [{number: 1, lead: Director}]
actions:
  - id: A1
    findings: [F1]
    text: |
      Buy a new system for all records.

      Train everybody who is to use it.
    due: 2023-03-31
    owner: Head of Records
    status: in progress
  - {id: A2, own: yes, text: Meet every week, status: complete}
"""


def plans(old: str, new: str, text: str = PLAN) -> tuple[Change, ...]:
    """What changes when a text in the plan is replaced by another."""
    assert old in text
    return compare(record(ActionPlan, text), record(ActionPlan, text.replace(old, new)))


def reports(old: str, new: str, text: str = REPORT) -> tuple[Change, ...]:
    assert old in text
    return compare(record(Report, "id: r\n" + text), record(Report, "id: r\n" + text.replace(old, new)))


def said(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.about, one.key) for one in changes]


# ---- Plans ----


@pytest.mark.parametrize(
    ("old", "new", "kind", "key"),
    [
        ("due: 2023-03-31", "due: 2023-09-30", "slipped", "actions[A1].due"),
        ("due: 2023-03-31", "due: 2023-01-31", "brought forward", "actions[A1].due"),
        ("owner: Head of Records", "owner: Head of Care", "re-owned", "actions[A1].owner"),
        ("status: in progress", "status: complete", "closed", "actions[A1].status"),
        ("status: in progress", "status: on hold", "changed", "actions[A1].status"),
        ("status: in progress", "status: in progress\n    rag: red", "new", "actions[A1].rag"),
        ("[F1]", "[F1, F2]", "new", "actions[A1].findings[1]"),
        ("[F1]", "[F2, F1]", "new", "actions[A1].findings[0]"),
    ],
)
def test_a_change_of_an_action_has_a_name(old: str, new: str, kind: str, key: str) -> None:
    assert said(plans(old, new)) == [(kind, "action A1", key)]


def test_an_action_that_was_complete_is_reopened() -> None:
    assert said(plans("status: complete", "status: on hold")) == [("reopened", "action A2", "actions[A2].status")]


def test_an_action_that_nobody_had_passes_to_nobody_when_it_gets_an_owner() -> None:
    gap = PLAN.replace("owner: Head of Records", "owner: ?? the post, from the director")
    [named] = plans("?? the post, from the director", "Head of Care", gap)
    assert (named.kind, named.label) == ("changed", "lead officer")
    [given] = plans("    owner: Head of Records\n", "")
    assert (given.kind, given.label, given.was) == ("gone", "lead officer", "Head of Records")


def test_an_action_that_slipped_again_is_told_with_the_day_that_was_set_first() -> None:
    [once] = plans("due: 2023-03-31", "due: 2023-09-30")
    assert (once.was, once.now, once.original) == ("2023-03-31", "2023-09-30", date(2023, 3, 31))
    history = "history: [{until: 2023-01-01, due: 2022-12-31}]\n    due: "
    [again] = plans("due: 2023-03-31", "due: 2023-09-30", PLAN.replace("due: ", history))
    assert again.original == date(2022, 12, 31)


def test_an_action_is_new_or_gone_as_a_whole() -> None:
    [gone] = plans("  - {id: A2, own: yes, text: Meet every week, status: complete}\n", "")
    assert (gone.kind, gone.about, gone.key, gone.now) == ("gone", "action A2", "actions[A2]", None)
    assert gone.was["text"] == "Meet every week"
    assert gone.old_at is not None
    assert gone.old_at.line == 16
    [new] = plans("  - {id: A2,", "  - {id: A0, own: yes, text: Recruit}\n  - {id: A2,")
    assert (new.kind, new.about, new.was) == ("new", "action A0", None)
    assert new.new_at is not None
    assert new.new_at.line == 16


def test_a_text_is_compared_paragraph_by_paragraph_each_with_its_place() -> None:
    [one] = plans("Train everybody who", "Train all staff who")
    assert (one.kind, one.about, one.label) == ("reworded", "action A1", "text")
    assert one.was == "Train everybody who is to use it."
    assert [(piece.kind, piece.text) for piece in one.words] == [
        ("same", "Train"),
        ("gone", "everybody"),
        ("new", "all staff"),
        ("same", "who is to use it."),
    ]
    assert str(one.new_at) == "file.yaml:12:7"


def test_a_text_with_other_line_breaks_alone_is_told_as_such() -> None:
    assert [one.kind for one in plans("Buy a new system for", "Buy a new system\n      for")] == ["spacing"]


def test_a_part_of_the_plan_with_another_lead() -> None:
    [one] = plans("lead: Director", "lead: Head of Service")
    assert (one.kind, one.about, one.label, one.was, one.now) == (
        "changed",
        "part 1",
        "lead",
        "Director",
        "Head of Service",
    )


# ---- Reports ----


def test_recommendations_that_are_added_moved_and_reworded() -> None:
    one = "recommendations: [note the outcome of the inspection, approve the action plan]"
    text = REPORT.replace("recommendations: [note the outcome]", one)
    assert said(reports("recommendations: [", "recommendations: [agree a budget, ", text)) == [
        ("new", "recommendation 1", "recommendations[0]")
    ]
    [moved] = reports(one, "recommendations: [approve the action plan, note the outcome of the inspection]", text)
    assert (moved.kind, moved.about, moved.was, moved.now) == ("moved", "recommendation 1", 2, 1)
    [other] = reports("approve the action plan", "approve the revised action plan", text)
    assert (other.kind, other.about, other.label) == ("reworded", "recommendation 2", "text")


def test_a_title_shows_its_words_and_a_short_value_does_not() -> None:
    [title] = reports("Outcome of the inspection", "Outcome of the second inspection")
    assert (title.kind, title.about, title.label) == ("changed", "", "title")
    assert ("new", "second") in [(piece.kind, piece.text) for piece in title.words]
    [wards] = reports("purpose:", "wards: Byker\npurpose:")
    assert (wards.was, wards.now, wards.words) == ("All", "Byker", ())


CLEARED = REPORT.replace(
    "{area: finance, text: There is no cost.}",
    "{area: finance, text: There is no cost., cleared_by: Chief Finance Officer, cleared_on: 2023-01-20}",
)


def kinds_of_clearance(old: str, new: str) -> list[str]:
    return [one.kind for one in reports(old, new, CLEARED)]


def test_a_cleared_text_that_was_changed_is_to_be_cleared_again() -> None:
    changes = reports("There is no cost.", "There is a small cost.", CLEARED)
    assert said(changes) == [
        ("reworded", "implication 'finance'", "implications[finance].text"),
        ("clearance reopened", "implication 'finance'", "implications[finance].text"),
    ]
    assert changes[1].was == "2023-01-20"
    assert kinds_of_clearance("text: There is no cost.", "not_applicable: It costs nothing.") == [
        "gone",
        "new",
        "clearance reopened",
    ]


def test_a_clearance_stands_that_is_newer_than_the_text_or_of_the_same_words() -> None:
    newer = "There is a small cost., cleared_by: Chief Finance Officer, cleared_on: 2023-02-01"
    old = "There is no cost., cleared_by: Chief Finance Officer, cleared_on: 2023-01-20"
    assert kinds_of_clearance(old, newer) == ["reworded", "changed"]
    assert "clearance reopened" not in kinds_of_clearance("no cost.", "no  cost.")
    assert "clearance reopened" not in [one.kind for one in reports("no cost", "small cost")]


def test_a_clearance_that_was_taken_out_is_to_be_given_again() -> None:
    assert kinds_of_clearance(", cleared_by: Chief Finance Officer, cleared_on: 2023-01-20", "") == [
        "gone",
        "gone",
        "clearance reopened",
    ]


def test_an_exemption_that_is_given_to_a_report_or_a_text() -> None:
    exempt = "exempt: {paragraphs: [3], reason: Prices are negotiated.}"
    [whole] = reports("purpose:", f"{exempt}\npurpose:")
    assert (whole.kind, whole.about) == ("new", "exempt")
    [part] = reports("text: There is no cost.", f"text: {{text: There is no cost., {exempt}}}")
    assert (part.kind, part.about) == ("new", "implication 'finance', marking")


# ---- Other files ----


def test_grades_and_days_of_an_inspection() -> None:
    old = record(Inspection, "id: i\n" + INSPECTION)
    text = INSPECTION.replace("area: Care, grade: Inadequate", "area: Care, grade: Good")
    new = record(Inspection, "id: i\n" + text.replace("end: 2022-11-11", "end: 2022-11-18"))
    day, grade = compare(old, new)
    assert (day.label, day.was, day.now) == ("last day", "2022-11-11", "2022-11-18")
    assert (grade.about, grade.label, grade.was, grade.now) == ("judgement 'Care'", "grade", "Inadequate", "Good")


def test_another_framework_is_one_change_though_all_its_grades_differ() -> None:
    old = record(Inspection, "id: i\n" + INSPECTION.replace("judgements:", "x:").split("x:")[0])
    new = record(Inspection, "id: i\n" + INSPECTION.replace("ilacs-2018", "sif").split("judgements:")[0])
    assert [(one.label, one.was, one.now) for one in compare(old, new)] == [
        ("framework", "ofsted-ilacs-2018", "ofsted-sif")
    ]


def test_the_items_of_an_agenda_are_known_by_their_reports() -> None:
    old = record(Meeting, "id: m\n" + MEETING)
    new = record(Meeting, "id: m\n" + MEETING.replace('number: "5"', 'number: "7(e)"'))
    [one] = compare(old, new)
    assert (one.kind, one.about, one.label, one.was, one.now) == ("changed", "item 7(e)", "number", "5", "7(e)")


def test_the_order_of_changes_is_that_of_the_record_and_always_the_same() -> None:
    text = PLAN.replace("Improvement plan", "Plan").replace("2023-03-31", "2023-04-30").replace("[F1]", "[F2]")
    old, new = record(ActionPlan, PLAN), record(ActionPlan, text)
    found = compare(old, new)
    assert [one.key for one in found] == [
        "title",
        "actions[A1].findings[0]",
        "actions[A1].findings[0]",
        "actions[A1].due",
    ]
    assert found == compare(old, new)
