"""Which item of the old list is which of the new one, and which were moved."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.changes.differences import match, moved
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from tests.small import PLAN, REPORT, record


def actions(*typed: str) -> tuple[object, ...]:
    lines = "".join(f"  - {{own: yes, {one}}}\n" for one in typed)
    return record(ActionPlan, f"id: plan\ntitle: Plan\ninspection: outcome\nactions:\n{lines}").actions


def recommendations(*texts: str) -> tuple[object, ...]:
    lines = "".join(f"  - {text}\n" for text in texts)
    return record(Report, "id: r\n" + REPORT.replace(" [note the outcome]\n", f"\n{lines}")).recommendations


def test_items_with_a_name_are_matched_by_it_wherever_they_stand() -> None:
    old = actions("id: A1, text: One thing", "id: A2, text: Another")
    new = actions("id: A2, text: Something else", "id: A3, text: A third", "id: A1, text: One thing")
    assert match(old, new) == [(1, 0), (None, 1), (0, 2)]


def test_an_action_with_another_number_and_the_same_words_is_the_same_action() -> None:
    old = actions("id: A1, text: Buy a new system for records", "id: A2, text: Meet every week")
    new = actions("id: '1.1', text: Buy a new system for records", "id: '1.2', text: Recruit social workers")
    assert match(old, new) == [(0, 0), (None, 1), (1, None)]


def test_a_recommendation_that_was_reworded_is_no_new_one() -> None:
    old = recommendations("note the outcome", "approve the action plan in Appendix 1")
    new = recommendations("note the outcome", "agree a budget", "approve the revised action plan in Appendix 1")
    assert match(old, new) == [(0, 0), (None, 1), (1, 2)]


def test_of_items_that_say_the_same_each_has_one_partner() -> None:
    assert match(("a", "a", "b"), ("a", "b", "a", "a")) == [(0, 0), (2, 1), (1, 2), (None, 3)]


def test_bare_names_are_never_taken_for_one_another() -> None:
    assert sorted(match(("F1", "F2"), ("F1", "F20")), key=str) == [(0, 0), (1, None), (None, 1)]


def test_lists_with_too_much_that_is_new_are_not_searched_for_what_is_alike() -> None:
    old = actions(*(f"id: A{number}, text: The action number {number}" for number in range(250)))
    new = actions(*(f"id: B{number}, text: The action number {number}" for number in range(250)))
    pairs = match(old, new)
    assert len(pairs) == 500
    assert all(was is None or now is None for was, now in pairs)


def test_the_fewest_items_are_said_to_have_been_moved() -> None:
    assert moved([(0, 0), (1, 1), (2, 2)]) == frozenset()
    assert moved([(1, 0), (2, 1), (3, 2), (0, 3)]) == {3}
    assert len(moved([(2, 0), (1, 1), (0, 2)])) == 2
    assert moved([(None, 0), (3, 1), (0, None), (4, 2)]) == frozenset()
    assert moved([]) == frozenset()


@given(old=some.lists(some.sampled_from("abcdef"), max_size=8), new=some.lists(some.sampled_from("abcdef"), max_size=8))
@settings(derandomize=True, max_examples=300)
def test_every_item_of_both_lists_is_in_one_pair_and_what_was_not_moved_is_in_order(
    old: list[str], new: list[str]
) -> None:
    pairs = match(old, new)
    assert sorted(was for was, _ in pairs if was is not None) == list(range(len(old)))
    assert [now for _, now in pairs if now is not None] == list(range(len(new)))
    elsewhere = moved(pairs)
    left = [was for was, now in pairs if was is not None and now is not None and now not in elsewhere]
    assert left == sorted(left)
    assert all(old[was] == new[now] for was, now in pairs if was is not None and now is not None)


def test_the_sample_plan_matches_itself() -> None:
    plan = record(ActionPlan, f"id: plan\n{PLAN}")
    assert match(plan.actions, plan.actions) == [(0, 0), (1, 1)]
