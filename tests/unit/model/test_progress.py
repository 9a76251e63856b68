"""How a plan has changed since an older version of it, and what an action remembers by itself."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.model.base import Prose
from reportgen.model.plan import Action, ActionPlan, PlanChanges
from tests.small import record, what_is_wrong

BEFORE = """
id: before
title: Plan
inspection: outcome
actions:
  - {id: A1, findings: [F1], text: Buy a system, due: 2023-03-31, owner: Head of Records, status: in progress}
  - {id: A2, own: yes, text: "Meet weekly, {{ plan.title }} times {#weekly}", status: complete, due: 2023-06-30}
  - {id: A3, own: yes, text: Old, no_due: Not yet known, no_owner: Vacant, comment: Soon}
  - {id: A4, own: yes, text: Left as it is, measure: It is}
"""
AFTER = """
id: after
title: Plan
inspection: outcome
actions:
  - {id: A4, own: yes, text: Left as it is, measure: It is}
  - {id: A1, findings: [F1, F2], text: Buy a system, due: 2023-09-30, owner: Head of Care, status: complete, rag: red}
  - {id: A2, own: yes, text: Meet daily, status: on hold, due: 2023-05-31, impact: clear}
  - {id: A5, own: yes, text: New}
"""


def changes(before: str = BEFORE, after: str = AFTER) -> PlanChanges:
    return PlanChanges(earlier=record(ActionPlan, before), later=record(ActionPlan, after))


def test_the_changes_follow_the_newer_plan_and_what_is_gone_comes_last() -> None:
    assert [(one.action.id, one.kind) for one in changes().all] == [
        ("A1", "closed"),
        ("A1", "slipped"),
        ("A1", "owner"),
        ("A1", "rag"),
        ("A1", "findings"),
        ("A2", "reopened"),
        ("A2", "earlier"),
        ("A2", "impact"),
        ("A2", "text"),
        ("A5", "new"),
        ("A3", "gone"),
    ]


def test_a_plan_has_not_changed_since_itself() -> None:
    assert changes(after=BEFORE).all == ()


def test_a_change_tells_what_was_and_what_is() -> None:
    told = {(one.action.id, one.kind): (one.was, one.now) for one in changes().all}
    assert told["A1", "slipped"] == (date(2023, 3, 31), date(2023, 9, 30))
    assert told["A1", "owner"] == ("Head of Records", "Head of Care")
    assert told["A1", "rag"] == (None, "red")
    assert told["A1", "findings"] == (("F1",), ("F1", "F2"))
    assert told["A3", "gone"][1] is None


def test_reasons_stand_for_what_an_action_does_not_name() -> None:
    given = BEFORE.replace("no_due: Not yet known", "due: 2023-12-31").replace("no_owner: Vacant", "owner: Director")
    found = {one.kind: (one.was, one.now) for one in changes(after=given).all}
    assert found == {"due": ("Not yet known", date(2023, 12, 31)), "owner": ("Vacant", "Director")}


def test_an_older_text_has_no_names_and_no_figures_that_the_newer_one_prints() -> None:
    [one] = changes().of_kind("text")
    assert isinstance(one.was, Prose)
    assert one.was.text == "Meet weekly, … times"
    assert one.was.text.key == "actions.1.text"


def test_changes_are_counted_by_kind() -> None:
    found = changes()
    assert (found.count(), found.count("closed"), found.count("slipped", "earlier"), found.count("status")) == (
        11,
        1,
        2,
        0,
    )
    with pytest.raises(ValueError, match=r"'sliped' is not a kind of change; did you mean 'slipped'\?"):
        found.count("sliped")


# ---- What an action remembers ----

HISTORY = "history: [{until: 2022-06-30, rag: red}, {until: 2022-12-01, due: 2022-12-31}]"


def action(more: str) -> Action:
    return record(Action, f"id: A1\nown: yes\ntext: Meet\n{more}")


def test_an_action_remembers_the_day_that_was_set_first() -> None:
    assert action(f"due: 2023-09-30\n{HISTORY}").original_due == date(2022, 12, 31)
    assert action("due: 2023-09-30").original_due == date(2023, 9, 30)
    assert action("status: complete").original_due is None


@pytest.mark.parametrize(("due", "slipped"), [("2023-01-01", True), ("2022-12-31", False), ("2022-10-01", False)])
def test_an_action_has_slipped_that_is_due_later_than_was_set_first(due: str, slipped: bool) -> None:
    assert action(f"due: {due}\n{HISTORY}").slipped is slipped


def test_an_action_without_a_day_has_not_slipped() -> None:
    assert not action(HISTORY).slipped


def test_the_day_that_was_set_first_is_told_of_an_action_that_slipped_again() -> None:
    after = AFTER.replace("due: 2023-09-30,", f"due: 2023-09-30, {HISTORY},")
    [again] = changes(after=after).of_kind("slipped")
    assert again.original == date(2022, 12, 31)
    [once] = changes().of_kind("slipped")
    assert once.original is None


def test_a_history_is_in_order_and_says_something() -> None:
    entries = "history: [{until: 2022-12-01, due: 2022-12-31}, {until: 2022-12-01, rag: red}]"
    assert what_is_wrong(Action, f"id: A1\ntext: Meet\n{entries}") == [
        "RG012 3:57 history of action A1: 2022-12-01 stands after 2022-12-01"
    ]
    assert what_is_wrong(Action, "id: A1\ntext: Meet\nhistory: [{until: 2022-12-01}]") == [
        "RG012 3:11 nothing is said to have been different until 2022-12-01"
    ]
