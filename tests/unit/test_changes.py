"""What differs between two versions of a record, what it is called, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.changes import (
    Change,
    compare,
    compare_words,
    match_items,
    moved_items,
    reworded_paragraphs,
    split_paragraphs,
)
from reportgen.diagnostics import Problems
from reportgen.inputs.source import SourceText
from reportgen.model.base import Prose, Record
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.reader import kind_of, read_record
from reportgen.model.report import Report
from tests.samples import ROOT
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


# ---- Two texts ----

OLD = """The first paragraph.

Ofsted came in the autumn of 2022
and looked at forty case files.

The last one.
"""


def pairs(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [(was and was[1], now and now[1]) for was, now in reworded_paragraphs(old, new)]


def test_a_text_falls_into_what_stands_between_empty_lines() -> None:
    assert [line for line, _ in split_paragraphs(f"\n \n{OLD}")] == [2, 4, 7]
    assert split_paragraphs(" \n\n") == []


def test_only_the_paragraph_that_differs_is_told_and_in_it_the_words() -> None:
    [(was, now)] = reworded_paragraphs(OLD, OLD.replace("autumn of 2022", "spring of 2023"))
    assert was is not None
    assert now is not None
    assert now[0] == 2
    assert [(run.kind, run.text) for run in compare_words(was[1].split(), now[1].split())] == [
        ("same", "Ofsted came in the"),
        ("gone", "autumn"),
        ("new", "spring"),
        ("same", "of"),
        ("gone", "2022"),
        ("new", "2023"),
        ("same", "and looked at forty case files."),
    ]


def test_paragraphs_that_were_put_in_or_taken_out_are_told_as_such() -> None:
    assert pairs(OLD, OLD.replace("The last one.\n", "")) == [("The last one.", None)]
    assert pairs(OLD, f"{OLD}\nOne more.\n") == [(None, "One more.")]
    assert pairs("Same.\n\nOne thing.", "Same.\n\nSomething else entirely!") == [
        ("One thing.", None),
        (None, "Something else entirely!"),
    ]


def test_a_text_of_one_paragraph_is_that_paragraph_reworded() -> None:
    assert pairs("?? the text", "Something else") == [("?? the text", "Something else")]


def test_other_line_breaks_are_no_other_words() -> None:
    assert pairs(OLD, OLD.replace("2022\nand", "2022 and")) == []


words = some.lists(some.sampled_from(["one", "two", "three", "*four*"]), max_size=12)


@given(old=words, new=words)
@settings(derandomize=True, max_examples=300)
def test_the_pieces_give_both_texts_back(old: list[str], new: list[str]) -> None:
    pieces = list(compare_words(old, new))
    assert " ".join(one.text for one in pieces if one.kind != "new").split() == old
    assert " ".join(one.text for one in pieces if one.kind != "gone").split() == new
    assert (old == new) == all(one.kind == "same" for one in pieces)


# ---- Two lists ----


def actions(*typed: str) -> tuple[object, ...]:
    lines = "".join(f"  - {{own: yes, {one}}}\n" for one in typed)
    return record(ActionPlan, f"id: plan\ntitle: Plan\ninspection: outcome\nactions:\n{lines}").actions


def recommendations(*texts: str) -> tuple[object, ...]:
    lines = "".join(f"  - {text}\n" for text in texts)
    return record(Report, "id: r\n" + REPORT.replace(" [note the outcome]\n", f"\n{lines}")).recommendations


def test_items_with_a_name_are_matched_by_it_wherever_they_stand() -> None:
    old = actions("id: A1, text: One thing", "id: A2, text: Another")
    new = actions("id: A2, text: Something else", "id: A3, text: A third", "id: A1, text: One thing")
    assert match_items(old, new) == [(1, 0), (None, 1), (0, 2)]


def test_an_action_with_another_number_and_the_same_words_is_the_same_action() -> None:
    old = actions("id: A1, text: Buy a new system for records", "id: A2, text: Meet every week")
    new = actions("id: '1.1', text: Buy a new system for records", "id: '1.2', text: Recruit social workers")
    assert match_items(old, new) == [(0, 0), (None, 1), (1, None)]


def test_a_recommendation_that_was_reworded_is_no_new_one() -> None:
    old = recommendations("note the outcome", "approve the action plan in Appendix 1")
    new = recommendations("note the outcome", "agree a budget", "approve the revised action plan in Appendix 1")
    assert match_items(old, new) == [(0, 0), (None, 1), (1, 2)]


def test_of_items_that_say_the_same_each_has_one_partner() -> None:
    assert match_items(("a", "a", "b"), ("a", "b", "a", "a")) == [(0, 0), (2, 1), (1, 2), (None, 3)]


def test_bare_names_are_never_taken_for_one_another() -> None:
    assert sorted(match_items(("F1", "F2"), ("F1", "F20")), key=str) == [(0, 0), (1, None), (None, 1)]


def test_lists_with_too_much_that_is_new_are_not_searched_for_what_is_alike() -> None:
    old = actions(*(f"id: A{number}, text: The action number {number}" for number in range(250)))
    new = actions(*(f"id: B{number}, text: The action number {number}" for number in range(250)))
    pairs = match_items(old, new)
    assert len(pairs) == 500
    assert all(was is None or now is None for was, now in pairs)


def test_the_fewest_items_are_said_to_have_been_moved() -> None:
    assert moved_items([(0, 0), (1, 1), (2, 2)]) == frozenset()
    assert moved_items([(1, 0), (2, 1), (3, 2), (0, 3)]) == {3}
    assert len(moved_items([(2, 0), (1, 1), (0, 2)])) == 2
    assert moved_items([(None, 0), (3, 1), (0, None), (4, 2)]) == frozenset()
    assert moved_items([]) == frozenset()


@given(old=some.lists(some.sampled_from("abcdef"), max_size=8), new=some.lists(some.sampled_from("abcdef"), max_size=8))
@settings(derandomize=True, max_examples=300)
def test_every_item_of_both_lists_is_in_one_pair_and_what_was_not_moved_is_in_order(
    old: list[str], new: list[str]
) -> None:
    pairs = match_items(old, new)
    assert sorted(was for was, _ in pairs if was is not None) == list(range(len(old)))
    assert [now for _, now in pairs if now is not None] == list(range(len(new)))
    elsewhere = moved_items(pairs)
    left = [was for was, now in pairs if was is not None and now is not None and now not in elsewhere]
    assert left == sorted(left)
    assert all(old[was] == new[now] for was, now in pairs if was is not None and now is not None)


def test_the_sample_plan_matches_itself() -> None:
    plan = record(ActionPlan, PLAN)
    assert match_items(plan.actions, plan.actions) == [(0, 0), (1, 1)]


# ---- Nothing is lost ----

FILES = [path for path in sorted((ROOT / "inputs").glob("*/**/*.yaml")) if kind_of(path)]


@dataclass(frozen=True)
class Mutation:
    """A record with one thing changed, and where that is."""

    record: Any
    at: Path


def read(path: Path) -> Record:
    kind = kind_of(path)
    assert kind is not None
    found = read_record(path, kind, known_frameworks(), Problems())
    assert found is not None
    return found


def mutations_of(value: Any, at: Path = ()) -> Iterator[Mutation]:
    """The value with each of its leaves changed, and each of its lists one item shorter, longer or in another order."""
    match value:
        case None:
            yield Mutation("given", at)
        case Prose():
            yield Mutation(replace(value, text=SourceText(f"{value.text} Added.", value.location, value.text.key)), at)
            yield Mutation(replace(value, text=SourceText(f"{value.text}\n", value.location, value.text.key)), at)
        case Record():
            for name in type(value).model_fields:
                if at or name != "id":
                    for one in mutations_of(getattr(value, name), (*at, name)):
                        yield Mutation(value.model_copy(update={name: one.record}), one.at)
        case tuple():
            yield from mutations_of_list(value, at)
        case dict():
            yield Mutation(value | {"added": 1}, at)
            for key, item in value.items():
                yield Mutation({other: one for other, one in value.items() if other != key}, (*at, key))
                yield from (Mutation(value | {key: one.record}, one.at) for one in mutations_of(item, (*at, key)))
        case bool():
            yield Mutation(not value, at)
        case int() | float():
            yield Mutation(value + 1000, at)  # which no other number is
        case date():
            yield Mutation(value + timedelta(days=1), at)
        case str():
            yield Mutation(f"{value}x", at)
        case _:
            raise AssertionError(f"{type(value)} at {at}")


def mutations_of_list(value: tuple[Any, ...], at: Path) -> Iterator[Mutation]:
    yield Mutation((*value, "added"), at)
    for place, item in enumerate(value):
        yield Mutation((*value[:place], *value[place + 1 :]), at)
        if place and value[place - 1] != item:
            yield Mutation((*value[: place - 1], item, value[place - 1], *value[place + 1 :]), at)
        for one in mutations_of(item, (*at, place)):
            yield Mutation((*value[:place], one.record, *value[place + 1 :]), one.at)


def is_named(mutation: Mutation, old: Record) -> bool:
    """Whether a difference stands at the place of the mutation, or at the item or list that it is in."""
    for one in compare(old, mutation.record):
        path = one.path
        if path == mutation.at[: len(path)] or mutation.at == path[: len(mutation.at)]:
            return True
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: "-".join(path.parts[-3:]))
def test_every_change_of_a_sample_is_listed_with_its_place(path: Path) -> None:
    old = read(path)
    assert compare(old, read(path)) == ()
    mutations = list(mutations_of(old))
    assert mutations
    for mutation in mutations[:: max(1, len(mutations) // 400)]:
        assert compare(old, mutation.record), mutation.at
        assert is_named(mutation, old), mutation.at


FULL_PLAN = """
id: plan
title: Improvement plan
inspection: slac
as_of: 2026-09-30
illustrative: Made up.
parts:
  - {number: 1, title: Health, lead: Director, supported_by: [Police, Schools], findings: [F1]}
  - {number: 2}
actions:
  - id: A1
    part: 1
    findings: [F1, F2]
    text: |
      Buy a system.

      Train everybody to use it.
    owner: Head of Records
    due: 2026-12-31
    measure: Everybody uses it.
    status: in progress
    rag: amber
    impact: early signs
    comment: Half of them do.
    history: [{until: 2026-06-30, due: 2026-09-30, owner: Head of Care, status: not started}]
  - {id: A2, own: yes, text: Meet every week, no_owner: Vacant, no_due: Not yet known, no_measure: It is kept}
  - {id: A3, own: yes, text: Meet every week}
unanswered:
  - {finding: F3, not_accepted: The figures are of another year.}
  - {finding: F4, no_action: Nothing is left to do.}
"""


def test_every_change_of_a_plan_that_says_all_that_it_can_is_listed_with_its_place() -> None:
    old = record(ActionPlan, FULL_PLAN)
    mutations = list(mutations_of(old))
    assert len(mutations) > 100
    for mutation in mutations:
        assert compare(old, mutation.record), mutation.at
        assert is_named(mutation, old), mutation.at


@given(chosen=some.lists(some.integers(0, 10_000), min_size=2, max_size=6))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_several_changes_at_once_are_all_listed(chosen: list[int]) -> None:
    """Until nothing is left of them: what is taken back is no longer listed."""
    old = record(ActionPlan, FULL_PLAN)
    new = old
    for number in chosen:
        known = [one for one in mutations_of(old) if len(one.at) == 1]
        mutation = known[number % len(known)]
        field = str(mutation.at[0])
        new = new.model_copy(update={field: getattr(mutation.record, field)})
    changed = {name for name in ActionPlan.model_fields if name != "id" and getattr(old, name) != getattr(new, name)}
    assert {one.path[0] for one in compare(old, new)} == changed
    assert {one.key.split("[")[0].split(".")[0] for one in compare(old, new)} == changed
