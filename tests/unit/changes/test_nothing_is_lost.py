"""Whatever is changed in a record, the list of changes is not empty and names the place; equal records have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.changes.comparing import compare
from reportgen.changes.differences import Path as Keys
from reportgen.changes.differences import differences
from reportgen.diagnostics import Problems
from reportgen.inputs.source import SourceText
from reportgen.model.base import Prose, Record
from reportgen.model.frameworks import known_frameworks
from reportgen.model.plan import ActionPlan
from reportgen.model.reader import kind_of, read_record
from tests.samples import ROOT
from tests.small import record

FILES = [path for path in sorted((ROOT / "inputs").glob("*/**/*.yaml")) if kind_of(path)]


@dataclass(frozen=True)
class Mutation:
    """A record with one thing changed, and where that is."""

    record: Any
    at: Keys


def read(path: Path) -> Record:
    kind = kind_of(path)
    assert kind is not None
    found = read_record(path, kind, known_frameworks(), Problems())
    assert found is not None
    return found


def mutations_of(value: Any, at: Keys = ()) -> Iterator[Mutation]:
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


def mutations_of_list(value: tuple[Any, ...], at: Keys) -> Iterator[Mutation]:
    yield Mutation((*value, "added"), at)
    for place, item in enumerate(value):
        yield Mutation((*value[:place], *value[place + 1 :]), at)
        if place and value[place - 1] != item:
            yield Mutation((*value[: place - 1], item, value[place - 1], *value[place + 1 :]), at)
        for one in mutations_of(item, (*at, place)):
            yield Mutation((*value[:place], one.record, *value[place + 1 :]), one.at)


def is_named(mutation: Mutation, old: Record) -> bool:
    """Whether a difference stands at the place of the mutation, or at the item or list that it is in."""
    for one in differences(old, mutation.record):
        path = one.spot.new
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


PLAN = """
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
    old = record(ActionPlan, PLAN)
    mutations = list(mutations_of(old))
    assert len(mutations) > 100
    for mutation in mutations:
        assert compare(old, mutation.record), mutation.at
        assert is_named(mutation, old), mutation.at


@given(chosen=some.lists(some.integers(0, 10_000), min_size=2, max_size=6))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_several_changes_at_once_are_all_listed(chosen: list[int]) -> None:
    """Until nothing is left of them: what is taken back is no longer listed."""
    old = record(ActionPlan, PLAN)
    new = old
    for number in chosen:
        known = [one for one in mutations_of(old) if len(one.at) == 1]
        mutation = known[number % len(known)]
        field = str(mutation.at[0])
        new = new.model_copy(update={field: getattr(mutation.record, field)})
    changed = {name for name in ActionPlan.model_fields if name != "id" and getattr(old, name) != getattr(new, name)}
    assert {one.spot.new[0] for one in differences(old, new)} == changed
    assert {one.key.split("[")[0].split(".")[0] for one in compare(old, new)} == changed
