"""What the council will do about it, and what can be counted in it."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.model.plan import Action, ActionPlan
from tests.small import record, what_is_wrong

PLANNED = """
id: plan
title: Improvement plan
inspection: slac
parts:
  - {number: 3, lead: Health, supported_by: [Police]}
  - {number: 1, lead: Health, supported_by: [Police]}
  - {number: 2, lead: Education, findings: [F2]}
  - {number: 4, lead: Health}
actions:
  - {id: A1, part: 1, findings: [F1, F2], text: Late, due: 2012-07-08, status: in progress}
  - {id: A2, part: 1, findings: [F1], text: Due on the day, due: 2012-07-09}
  - {id: A3, part: 2, findings: [F2], text: Done, due: 2012-01-01, status: complete}
  - {id: A4, part: 2, own: yes, text: Without a date, status: on hold}
"""


@pytest.fixture
def plan() -> ActionPlan:
    return record(ActionPlan, PLANNED)


def ids(actions: tuple[Action, ...]) -> list[str]:
    return [action.id for action in actions]


def test_an_action_is_overdue_after_its_day_unless_it_is_complete(plan: ActionPlan) -> None:
    assert ids(plan.overdue(date(2012, 7, 9))) == ["A1"]
    assert ids(plan.overdue(date(2012, 7, 10))) == ["A1", "A2"]


def test_actions_are_found_by_the_finding_that_they_answer(plan: ActionPlan) -> None:
    assert ids(plan.answering("F2")) == ["A1", "A3"]
    assert plan.answering("F9") == ()


def test_actions_are_found_by_their_status(plan: ActionPlan) -> None:
    assert ids(plan.with_status("complete", "on hold")) == ["A3", "A4"]
    assert ids(plan.with_status("not started")) == ["A2"]


def test_an_unknown_status_is_never_counted_as_none(plan: ActionPlan) -> None:
    with pytest.raises(ValueError, match="did you mean 'complete'"):
        plan.with_status("completed")


def test_the_councils_own_actions_answer_no_finding(plan: ActionPlan) -> None:
    assert ids(plan.own_actions) == ["A4"]


def test_actions_are_found_by_their_part(plan: ActionPlan) -> None:
    assert ids(plan.in_part(2)) == ["A3", "A4"]
    assert ids(plan.in_part(None)) == ["A1", "A2", "A3", "A4"]
    assert plan.in_part(4) == ()


def test_a_part_is_found_by_its_number(plan: ActionPlan) -> None:
    assert plan.part(2).lead == "Education"
    with pytest.raises(ValueError, match="no part 9"):
        plan.part(9)


def test_parts_with_the_same_lead_and_supporters_stand_together_by_number(plan: ActionPlan) -> None:
    assert [[part.number for part in parts] for parts in plan.leads] == [[1, 3], [2], [4]]


def test_status_and_rag_are_two_things() -> None:
    action = record(Action, "{id: A1, own: yes, text: x, status: complete, rag: red}")
    assert (action.status, action.rag) == ("complete", "red")


def test_an_action_begins_as_not_started() -> None:
    assert record(Action, "{id: A1, own: yes, text: x}").status == "not started"


@pytest.mark.parametrize(("key", "value"), [("status", "done"), ("rag", "Red"), ("due", "March"), ("part", "two")])
def test_a_value_outside_its_list_is_an_error_at_its_place(key: str, value: str) -> None:
    assert what_is_wrong(Action, f"id: A1\ntext: x\n{key}: {value}")[0].startswith(f"RG012 3:{len(key) + 3}")


@pytest.mark.parametrize(("old", "new"), [("id: A2", "id: A1"), ("number: 2", "number: 3")])
def test_two_actions_or_parts_of_one_name_are_an_error(old: str, new: str) -> None:
    wrong = what_is_wrong(ActionPlan, PLANNED.replace(old, new))
    assert len(wrong) == 1
    assert new.split()[1] in wrong[0]
