"""Two lists → which item of the old one is which of the new one, and which have changed places.

Items with a name of their own are matched by it, in the order in which they stand where several have one name.
What is left is matched by its words: a recommendation that was reworded is not another one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reportgen.model.base import Person, Prose, Record
from reportgen.model.framework import Framework, FrameworkGroup, FrameworkJudgement, Grade, Score
from reportgen.model.inspection import Finding, TeamMember
from reportgen.model.judgement import Judgement
from reportgen.model.meeting import MeetingItem
from reportgen.model.plan import Action, Past, PlanPart, Unanswered
from reportgen.model.report import Appendix, Implication, Recommendation, ReportPicture, Section, SignOff, Waiver

Pairs = list[tuple[int | None, int | None]]
"""Places in the old and in the new list; None where the other has no such item."""

NAMES: Mapping[type[Record], Callable[[Any], object]] = {
    Action: lambda one: one.id,
    Appendix: lambda one: one.id,
    Finding: lambda one: one.id,
    FrameworkGroup: lambda one: one.name,
    FrameworkJudgement: lambda one: (one.number, one.name),
    Grade: lambda one: one.name,
    Implication: lambda one: one.area,
    Judgement: lambda one: (one.group, one.area),
    MeetingItem: lambda one: ("report", one.report) if one.report else ("title", one.title),
    Past: lambda one: one.until,
    Person: lambda one: one.name,
    PlanPart: lambda one: one.number,
    Recommendation: lambda one: one.id,
    ReportPicture: lambda one: one.id,
    Score: lambda one: one.number,
    Section: lambda one: one.section,
    SignOff: lambda one: one.role,
    TeamMember: lambda one: one.role,
    Unanswered: lambda one: one.finding,
    Waiver: lambda one: (one.code, one.about),
}
"""By what the items of a list are told apart. Items of any other kind are what they say."""

_ALIKE = 0.5
"""How much of the words two items without a name must share to be taken for the same one (Dice's coefficient)."""
_RENAMED = 0.8
"""The same for two items whose names differ."""
_MOST_COMPARISONS = 40_000
"""Of words: lists in which more is new than that bounds are not searched for what was reworded."""


def match(old: Sequence[object], new: Sequence[object]) -> Pairs:
    """The pairs in the order of the new list; what is gone stands where it stood."""
    found = dict(_by_name(old, new))
    left_old = [place for place in range(len(old)) if place not in found.values()]
    left_new = [place for place in range(len(new)) if place not in found]
    found |= dict(_by_words(old, new, left_old, left_new))
    return list(_in_order(found, len(old), len(new)))


def moved(pairs: Pairs) -> frozenset[int]:
    """The new places of the fewest items that must have been moved."""
    both = [(was, now) for was, now in pairs if was is not None and now is not None]
    both.sort(key=lambda pair: pair[1])
    ends: list[int] = []  # of the rising runs by length: the least old place that one ends with, as an index of `both`
    before: list[int | None] = [None] * len(both)
    for number, (was, _) in enumerate(both):
        length = bisect_left([both[end][0] for end in ends], was)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    step = ends[-1] if ends else None
    kept = set()
    while step is not None:
        kept.add(both[step][1])
        step = before[step]
    return frozenset(now for _, now in both if now not in kept)


def plain(value: object) -> Any:
    """The value as JSON has it: records as mappings of what they give, days as year-month-day."""
    if isinstance(value, Framework):
        return value.id
    if isinstance(value, Prose):
        text = str(value.text)
        return text if value.marking is None else {"text": text, "marking": plain(value.marking)}
    if isinstance(value, Record):
        named = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: plain(one) for name, one in named if one is not None and one not in ((), {})}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _by_name(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[int, int]]:
    """New and old places of the items that have the same name, or say the same."""
    waiting = defaultdict(list)
    for place, item in reversed(list(enumerate(old))):
        waiting[_name(item)].append(place)
    for place, item in enumerate(new):
        if waiting[_name(item)]:
            yield place, waiting[_name(item)].pop()


def _name(item: object) -> str:
    name = NAMES[type(item)](item) if isinstance(item, Record) and type(item) in NAMES else None
    return json.dumps(plain(item if name is None else name), sort_keys=True, default=str)


def _by_words(
    old: Sequence[object], new: Sequence[object], left_old: list[int], left_new: list[int]
) -> Iterator[tuple[int, int]]:
    """New and old places of those left, the most alike first."""
    if len(left_old) * len(left_new) > _MOST_COMPARISONS:
        return
    words = {id(item): _words(item) for item in (*old, *new)} if left_old and left_new else {}
    likely = [
        (-alike(words[id(old[was])], words[id(new[now])]), abs(was - now), was, now)
        for was in left_old
        for now in left_new
        if type(old[was]) is type(new[now]) and isinstance(old[was], Record | Prose)
    ]
    taken_old, taken_new = set(), set()
    for likeness, _, was, now in sorted(likely):
        if -likeness < _least(new[now]) or was in taken_old or now in taken_new:
            continue
        taken_old.add(was)
        taken_new.add(now)
        yield now, was


def _least(item: object) -> float:
    named = type(item) in NAMES and NAMES[type(item)](item) is not None if isinstance(item, Record) else False
    return _RENAMED if named else _ALIKE


def _words(item: object) -> Counter[str]:
    """The words of an item; of a record those of its texts if it has any, as its other values may be common to all."""
    texts = [str(prose.text) for prose in item.prose()] if isinstance(item, Record) else []
    return words_of(" ".join(texts) or json.dumps(plain(item), ensure_ascii=False, default=str))


def words_of(text: str) -> Counter[str]:
    """The words of a text, each with how often it stands there."""
    return Counter(re.findall(r"\w+", text.casefold()))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """The part (0 to 1) of their words that two texts share."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


def _in_order(found: Mapping[int, int], old: int, new: int) -> Iterator[tuple[int | None, int | None]]:
    gone = [place for place in range(old) if place not in set(found.values())]
    for now in range(new):
        was = found.get(now)
        while was is not None and gone and gone[0] < was:
            yield gone.pop(0), None
        yield was, now
    yield from ((place, None) for place in gone)
