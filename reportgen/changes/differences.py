"""Two versions of a record → every place where they differ.

Walks the fields of the records whatever these are, so that a field that is added to the model is compared, too. Items
of two lists with a name of their own are matched by it, in the order in which they stand where several have one name.
What is left is matched by its words: a recommendation that was reworded is not another one.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from reportgen.diagnostics import Location
from reportgen.model.base import Person, Prose, Record
from reportgen.model.framework import Framework, FrameworkGroup, FrameworkJudgement, Grade, Score
from reportgen.model.inspection import Finding, Inspection, StatedCount, Strength, TeamMember
from reportgen.model.judgement import Judgement
from reportgen.model.meeting import Council, Meeting, MeetingItem
from reportgen.model.plan import Action, ActionPlan, ActionRevision, PlanPart, Unanswered
from reportgen.model.report import (
    Appendix,
    BackgroundPaper,
    Implication,
    Option,
    Recommendation,
    Report,
    ReportPicture,
    Section,
    SignOff,
    Waiver,
)

Path = tuple[str | int, ...]
"""The keys and places that lead to a value from the record that a file holds."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands in both versions."""

    old: Path = ()
    new: Path = ()
    within: tuple[tuple[Record, Record], ...] = ()
    """The records that it stands in, as they were and as they are, the file's own first."""

    def down(self, old: str | int, new: str | int) -> Spot:
        """The value below this one, under the key or at the place of either version."""
        return replace(self, old=(*self.old, old), new=(*self.new, new))

    def inside(self, old: Record, new: Record) -> Spot:
        """The same place, for what stands in the record there."""
        return replace(self, within=(*self.within, (old, new)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not as it was: given now, gone, changed, or an item of a list that has changed places.

    The path of a value that one version lacks ends there where it would stand.
    """

    what: Literal["given", "gone", "changed", "moved"]
    spot: Spot
    was: object
    now: object

    @property
    def old_at(self) -> Location:
        """The place in the old version; that of what it would stand in, where it is not there."""
        return _place(self.was, self.spot.within[0][0], self.spot.old)

    @property
    def new_at(self) -> Location:
        """The place in the new version; that of what it would stand in, where it is not there."""
        return _place(self.now, self.spot.within[0][1], self.spot.new)


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """What differs between two records of one kind, in the order of their fields; the ids of files do not count."""
    yield from _in_records(old, new, Spot(), without="id")


def _in_records(old: Record, new: Record, spot: Spot, without: str = "") -> Iterator[Difference]:
    spot = spot.inside(old, new)
    for name in type(new).model_fields:
        if name != without:
            yield from _in_values(getattr(old, name), getattr(new, name), spot.down(name, name))


def _in_values(old: object, new: object, spot: Spot) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Framework) and isinstance(new, Framework) and old.id != new.id:
        yield Difference("changed", spot, old.id, new.id)  # what they say differs for that reason
    elif isinstance(old, Record) and isinstance(new, Record) and type(old) is type(new):
        yield from _in_records(old, new, spot)
    elif isinstance(old, Prose) and isinstance(new, Prose):
        if old.text != new.text:
            yield Difference("changed", spot, old, new)
        yield from _in_values(old.marking, new.marking, spot.down("marking", "marking"))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _in_lists(old, new, spot)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (*old, *(key for key in new if key not in old)):
            yield from _in_values(old.get(key), new.get(key), spot.down(key, key))
    else:
        yield Difference("given" if old is None else "gone" if new is None else "changed", spot, old, new)


def _in_lists(old: tuple[object, ...], new: tuple[object, ...], spot: Spot) -> Iterator[Difference]:
    pairs = match(old, new)
    elsewhere = moved(pairs)
    for was, now in pairs:
        if was is None and now is not None:
            yield Difference("given", spot.down(len(old), now), None, new[now])
        elif was is not None and now is None:
            yield Difference("gone", spot.down(was, len(new)), old[was], None)
        elif was is not None and now is not None:
            if now in elsewhere:
                yield Difference("moved", spot.down(was, now), old[was], new[now])
            yield from _in_values(old[was], new[now], spot.down(was, now))


def _place(value: object, record: Record, path: Path) -> Location:
    return value.location if isinstance(value, Prose) and value.location.path else record.at(*path)


# ---- Two lists: which item of the old one is which of the new one ----

Pairs = list[tuple[int | None, int | None]]
"""Places in the old and in the new list; None where the other has no such item."""

KINDS: Mapping[type[Record], tuple[str, ...]] = {
    Action: ("action", "id"),
    ActionPlan: ("action plan",),
    Appendix: ("appendix", "id"),
    BackgroundPaper: ("background paper",),
    Council: ("council",),
    Finding: ("finding", "id"),
    Framework: ("framework",),
    FrameworkGroup: ("group", "name"),
    FrameworkJudgement: ("judgement", "number", "name"),
    Grade: ("grade", "name"),
    Implication: ("implication", "area"),
    Inspection: ("inspection",),
    Judgement: ("judgement", "group", "area"),
    Meeting: ("meeting",),
    MeetingItem: ("item",),
    Option: ("option",),
    ActionRevision: ("history until", "until"),
    Person: ("person", "name"),
    PlanPart: ("part", "number"),
    Recommendation: ("recommendation", "id"),
    Report: ("report",),
    ReportPicture: ("picture", "id"),
    Score: ("", "number"),
    Section: ("section", "section"),
    SignOff: ("sign-off", "role"),
    StatedCount: ("stated count",),
    Strength: ("strength",),
    TeamMember: ("inspectors:", "role"),
    Unanswered: ("reason for finding", "finding"),
    Waiver: ("waiver of", "code", "about"),
}
"""What a record is called, and the keys by which those of a list are told apart; others there are what they say."""

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


def name_in_list(item: object) -> object:
    """By what a list tells the item from others, one value or several; None where it has no name."""
    if isinstance(item, MeetingItem):
        return ("report", item.report) if item.report else ("title", item.title)
    values = (
        [getattr(item, key) for key in KINDS[type(item)][1:]]
        if isinstance(item, Record) and type(item) in KINDS
        else []
    )
    return tuple(values) if len(values) > 1 else values[0] if values else None


def _name(item: object) -> str:
    name = name_in_list(item)
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
        least = _ALIKE if name_in_list(new[now]) is None else _RENAMED
        if -likeness < least or was in taken_old or now in taken_new:
            continue
        taken_old.add(was)
        taken_new.add(now)
        yield now, was


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
