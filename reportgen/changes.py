"""List what differs between two versions of a record, named as an officer would.

The walk follows the fields of the records whatever these are, so a field that is added to the model is compared, too.
Items of two lists are matched by their names first. Those left are matched by their words, because a recommendation
that was reworded is not a new one.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from reportgen.diagnostics import Location
from reportgen.model.base import GAP_MARK, Person, Prose, Record
from reportgen.model.framework import Framework, FrameworkGroup, FrameworkJudgement, Grade, Score
from reportgen.model.inspection import Finding, Inspection, Judgement, StatedCount, Strength, TeamMember
from reportgen.model.meeting import Council, Meeting, MeetingItem
from reportgen.model.plan import Action, ActionChange, ActionPlan, ActionRevision, PlanPart, Unanswered, kind_of_change
from reportgen.model.report import (
    Appendix,
    BackgroundPaper,
    Implication,
    Option,
    Recommendation,
    Report,
    ReportPicture,
    ReportSection,
    SignOff,
    Waiver,
)

ActionKind = Literal["closed", "reopened", "slipped", "brought forward", "re-owned"]
"""What can become of an action."""
ChangeKind = Literal["new", "gone", "moved", "changed", "reworded", "spacing", "clearance reopened", ActionKind]
"""What has become of a value. "new" and "gone" stand for whole items and for values that were given or taken out;
"reworded" for one paragraph of a text, "spacing" for a text whose words are the same."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row that are in both versions, or in one of them."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change."""

    kind: ChangeKind
    about: str
    """What it is about, below the record of the file: "action A3"; empty for that record itself."""
    label: str
    """Which of its values has changed, in words: "due date"; empty for the whole."""
    key: str
    """The same for programs: `actions[A3].due`."""
    was: Any
    """The old value as JSON has it; None where there was none. Of a moved item, its number in the list, from 1."""
    now: Any
    old_at: Location | None
    """In the old version; where something is new, the place of what it was put into. None: there is no such file."""
    new_at: Location | None
    words: tuple[WordRun, ...] = ()
    """Of a text: what is the same, gone and new."""
    original: date | None = None
    """For an action that slipped: the day that was set first."""
    path: tuple[str | int, ...] = ()
    """The keys and indexes that lead to the value in the new version, or to where it would stand."""


# ---- Two records ----


def compare(old: Record, new: Record) -> tuple[Change, ...]:
    """Return every change between two records of one kind, in the order of their fields; ids do not count."""
    return tuple(_compare_records(_Value(old, old), _Value(new, new), without="id"))


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in one of the two versions, the way to it, and what it is called."""

    root: Record
    value: Any
    record: Record | None = None
    """The innermost record that it stands in."""
    path: tuple[str | int, ...] = ()
    about: str = ""
    label: str = ""
    key: str = ""

    @property
    def at(self) -> Location:
        prose = self.value
        return prose.location if isinstance(prose, Prose) and prose.location.path else self.root.at(*self.path)

    def field(self, name: str, value: object) -> _Value:
        label, key = _LABELS.get(name, name.replace("_", " ")), f"{self.key}.{name}" if self.key else name
        return replace(self, value=value, path=(*self.path, name), label=label, key=key)

    def item(self, index: int, value: object) -> _Value:
        name = name_in_list(value)
        shown = index if name in (None, "") or isinstance(name, tuple) else name
        return replace(self, value=value, path=(*self.path, index), key=f"{self.key}[{shown}]")

    def named(self) -> _Value:
        """Return the same value, called by its name if it is a record."""
        if not isinstance(self.value, Record):
            return self
        about = ", ".join(filter(None, (self.about, name_of(self.value, self.path[-1] if self.path else None))))
        return replace(self, about=about, label="")


def _compare_records(old: _Value, new: _Value, without: str = "") -> Iterator[Change]:
    if old.path:
        old, new = old.named(), new.named()
    was, now = old.value, new.value
    for name in type(now).model_fields:
        if name != without:
            before = replace(old, record=was).field(name, getattr(was, name))
            after = replace(new, record=now).field(name, getattr(now, name))
            yield from _compare_values(before, after)


def _compare_values(old: _Value, new: _Value) -> Iterator[Change]:
    if old.value == new.value:
        return
    match old.value, new.value:
        case (Framework(), Framework()) if old.value.id != new.value.id:  # all else differs for that reason
            yield _change("changed", replace(old, value=old.value.id), replace(new, value=new.value.id))
        case (Record(), Record()) if type(old.value) is type(new.value):
            yield from _compare_records(old, new)
        case (Prose(), Prose()):
            if old.value.text != new.value.text:
                yield from _compare_prose(old, new)
                yield from _reopened_clearance("changed", old, new)
            marked = (one.field("marking", one.value.marking) for one in (old, new))
            yield from _compare_values(*marked)
        case (tuple(), tuple()):
            yield from _compare_lists(old, new)
        case (Mapping(), Mapping()):
            for key in dict.fromkeys((*old.value, *new.value)):
                yield from _compare_values(*(one.field(key, one.value.get(key)) for one in (old, new)))
        case _:
            kind: ChangeKind = "new" if old.value is None else "gone" if new.value is None else "changed"
            yield _change(kind, old, new)
            yield from _reopened_clearance(kind, old, new)


def _compare_lists(old: _Value, new: _Value) -> Iterator[Change]:
    pairs = match_items(old.value, new.value)
    moved = moved_items(pairs)
    for was, now in pairs:
        before = old.item(len(old.value), None) if was is None else old.item(was, old.value[was])
        after = new.item(len(new.value), None) if now is None else new.item(now, new.value[now])
        if was is None or now is None:
            yield _change("new" if was is None else "gone", before, after)
            continue
        if now in moved:
            yield replace(_change("moved", before, after), was=was + 1, now=now + 1, words=())
        yield from _compare_values(before, after)


def _change(kind: ChangeKind, old: _Value, new: _Value) -> Change:
    """Return the change of one value, called what the version that has it calls it, the new one first."""
    if kind == "changed":
        kind = _kind_of_action_change(old, new)
    named = (old if new.value is None else new).named()
    words: tuple[WordRun, ...] = ()
    original = None
    if isinstance(old.value, str) and isinstance(new.value, str):
        before, after = old.value.split(), new.value.split()
        words = compare_words(before, after) if min(len(before), len(after)) >= _LINE_OF_WORDS else ()
    if kind == "slipped" and isinstance(old.record, Action) and isinstance(new.record, Action):
        slipped = ActionChange(kind="slipped", before=old.record, after=new.record)
        original = slipped.original or old.record.due
    return Change(
        kind, named.about, named.label, named.key, plain(old.value), plain(new.value), old.at, new.at, words, original,
        new.path,
    )  # fmt: skip


_LINE_OF_WORDS = 4
"""The words of a line from which on marking what is new in it says more than the two lines do."""

_ACTION_KINDS: Mapping[str, ChangeKind] = {
    "closed": "closed",
    "reopened": "reopened",
    "slipped": "slipped",
    "earlier": "brought forward",
    "owner": "re-owned",
}


def _kind_of_action_change(old: _Value, new: _Value) -> ChangeKind:
    key = str(new.path[-1])
    if isinstance(new.record, Action) and key in ("status", "due", "owner") and not str(old.value).startswith(GAP_MARK):
        return _ACTION_KINDS.get(kind_of_change(key, old.value, new.value), "changed")
    return "changed"


def _reopened_clearance(kind: ChangeKind, old: _Value, new: _Value) -> Iterator[Change]:
    """Yield a change if the words of an implication had been cleared, and these or the clearance are gone."""
    before, after = old.record, new.record
    if not (isinstance(before, Implication) and isinstance(after, Implication)):
        return
    if before.cleared_by is None and before.cleared_on is None:
        return
    key = new.path[-1]
    if key in ("cleared_by", "cleared_on"):
        is_reopened = kind == "gone" and (key == "cleared_on" or before.cleared_on is None)
    else:
        clearance = ("cleared_by", "cleared_on", "cleared_text")
        is_same = all(getattr(before, name) == getattr(after, name) for name in clearance)
        is_reopened = key in ("text", "not_applicable") and is_same and _has_other_words(old.value, new.value)
    if is_reopened:
        cleared = plain(before.cleared_on) or before.cleared_by
        yield replace(_change(kind, old, new), kind="clearance reopened", was=cleared, now=None)


def _has_other_words(was: object, now: object) -> bool:
    """Return whether there is a text now, and it does not say what it said."""
    return isinstance(now, Prose) and not (isinstance(was, Prose) and not reworded_paragraphs(was.text, now.text))


def plain(value: object) -> Any:
    """Return the value as JSON has it: records as mappings of what they give, days as year-month-day."""
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


# ---- Two texts: their paragraphs that differ, and in each the words that do ----

_SAME_PARAGRAPH = 0.4
"""How much of the words two paragraphs must share for one to be the other reworded (Dice's coefficient)."""

Paragraphs = list[tuple[int, str]]
"""The paragraphs of a text as typed, each with the number of its first line, from 0."""
Reworded = tuple[tuple[int, str] | None, tuple[int, str] | None]
"""A paragraph in the old and in the new text; None where there is none."""


def split_paragraphs(text: str) -> Paragraphs:
    """Return what stands between empty lines."""
    found = re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text)
    return [(text.count("\n", 0, match.start()), match.group()) for match in found]


def reworded_paragraphs(old: str, new: str) -> list[Reworded]:
    """Return the paragraphs whose words differ, in order; none where only spaces and line breaks do."""
    before, after = split_paragraphs(old), split_paragraphs(new)
    words = [[text.split() for _, text in one] for one in (before, after)]
    if len(before) == len(after) == 1:  # the text as a whole, however little is left of it
        return [(before[0], after[0])] if words[0] != words[1] else []
    found: list[Reworded] = []
    matcher = SequenceMatcher(None, [tuple(one) for one in words[0]], [tuple(one) for one in words[1]], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            for was, now in zip_longest(before[start:end], after[new_start:new_end]):
                alike = was is None or now is None or likeness(count_words(was[1]), count_words(now[1]))
                found += [(was, now)] if alike is True or alike >= _SAME_PARAGRAPH else [(was, None), (None, now)]
    return found


def compare_words(old: Sequence[str], new: Sequence[str]) -> tuple[WordRun, ...]:
    """Return the words of both, with what is gone and what is new between those that are the same."""
    runs: list[WordRun] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, given = " ".join(old[start:end]), " ".join(new[new_start:new_end])
        if tag == "equal":
            runs.append(WordRun("same", gone))
            continue
        runs += [WordRun("gone", gone)] if gone else []
        runs += [WordRun("new", given)] if given else []
    return tuple(runs)


def _compare_prose(old: _Value, new: _Value) -> Iterator[Change]:
    """Yield a change for each paragraph that differs."""
    paragraphs = reworded_paragraphs(old.value.text, new.value.text)
    if not paragraphs:
        yield _change("spacing", old, new)
    for was, now in paragraphs:
        kind: ChangeKind = "reworded" if was and now else "new" if now else "gone"
        yield replace(
            _change(kind, old, new),
            was=was and was[1],
            now=now and now[1],
            label=new.label if was and now else f"{new.label}, paragraph",
            old_at=_paragraph_location(was, old.value),
            new_at=_paragraph_location(now, new.value),
            words=compare_words(was[1].split() if was else (), now[1].split() if now else ()),
        )


def _paragraph_location(paragraph: tuple[int, str] | None, prose: Prose) -> Location:
    """Return where the paragraph stands in the file; the whole text's place where it has none."""
    if paragraph is None or not paragraph[0] or not prose.text.typed:
        return prose.location
    return prose.text.place(paragraph[0], 0)


def count_words(text: str) -> Counter[str]:
    """Return the words of a text, each with how often it stands there."""
    return Counter(re.findall(r"\w+", text.casefold()))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the part (0 to 1) of their words that two texts share."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 1.0


# ---- Two lists: which item of the old one is which of the new one ----

ItemPairs = list[tuple[int | None, int | None]]
"""Indexes in the old and in the new list; None where the other has no such item."""

_ALIKE = 0.5
"""How much of the words two items without a name must share to be taken for the same one (Dice's coefficient)."""
_RENAMED = 0.8
"""The same for two items whose names differ."""
_MOST_COMPARISONS = 40_000
"""Of words: lists in which more is new than that bounds are not searched for what was reworded."""


def match_items(old: Sequence[object], new: Sequence[object]) -> ItemPairs:
    """Return the pairs in the order of the new list; what is gone stands where it stood."""
    found = _match_by_name(old, new)
    found |= _match_by_words(old, new, found)
    gone = [index for index in range(len(old)) if index not in set(found.values())]
    pairs: ItemPairs = []
    for now in range(len(new)):
        was = found.get(now)
        while was is not None and gone and gone[0] < was:
            pairs.append((gone.pop(0), None))
        pairs.append((was, now))
    return [*pairs, *((index, None) for index in gone)]


def moved_items(pairs: ItemPairs) -> frozenset[int]:
    """Return the new indexes of the fewest items that must have been moved."""
    both = sorted((now, was) for was, now in pairs if was is not None and now is not None)
    runs: list[list[int]] = []  # for each item the longest run in the old order that ends with it
    for place, (now, was) in enumerate(both):
        before = [run for run, (_, earlier) in zip(runs, both[:place], strict=True) if earlier < was]
        runs.append([*max(before, key=len, default=()), now])
    stayed = max(reversed(runs), key=len, default=[])
    return frozenset(now for now, _ in both) - frozenset(stayed)


def _match_by_name(old: Sequence[object], new: Sequence[object]) -> dict[int, int]:
    """Return the new and old indexes of the items that have the same name, or say the same."""
    waiting = defaultdict(list)
    for index, item in reversed(list(enumerate(old))):
        waiting[_identity(item)].append(index)
    names = ((index, waiting[_identity(item)]) for index, item in enumerate(new))
    return {index: same.pop() for index, same in names if same}


def _identity(item: object) -> str:
    name = name_in_list(item)
    return json.dumps(plain(item if name is None else name), sort_keys=True, default=str)


def _match_by_words(old: Sequence[object], new: Sequence[object], found: Mapping[int, int]) -> dict[int, int]:
    """Return the new and old indexes of those left that are alike, the most alike first."""
    left_old = [index for index in range(len(old)) if index not in set(found.values())]
    left_new = [index for index in range(len(new)) if index not in found]
    if len(left_old) * len(left_new) > _MOST_COMPARISONS:
        return {}
    words_old = {index: _item_words(old[index]) for index in left_old}
    words_new = {index: _item_words(new[index]) for index in left_new}
    likely = sorted(
        (-likeness(words_old[was], words_new[now]), abs(was - now), was, now)
        for was in left_old
        for now in left_new
        if type(old[was]) is type(new[now]) and isinstance(old[was], Record | Prose)
    )
    pairs: dict[int, int] = {}
    for alike, _, was, now in likely:
        least = _ALIKE if name_in_list(new[now]) is None else _RENAMED
        if -alike >= least and now not in pairs and was not in pairs.values():
            pairs[now] = was
    return pairs


def _item_words(item: object) -> Counter[str]:
    """Return the words of an item; of a record those of its texts, as its other values may be common to all."""
    texts = [str(prose.text) for prose in item.prose()] if isinstance(item, Record) else []
    return count_words(" ".join(texts) or json.dumps(plain(item), ensure_ascii=False, default=str))


# ---- Names ----

_NAMES: Mapping[type[Record], tuple[str, ...]] = {
    Action: ("action", "id"),
    ActionPlan: ("action plan",),
    ActionRevision: ("history until", "until"),
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
    Person: ("person", "name"),
    PlanPart: ("part", "number"),
    Recommendation: ("recommendation", "id"),
    Report: ("report",),
    ReportPicture: ("picture", "id"),
    Score: ("", "number"),
    ReportSection: ("section", "section"),
    SignOff: ("sign-off", "role"),
    StatedCount: ("stated count",),
    Strength: ("strength",),
    TeamMember: ("inspectors:", "role"),
    Unanswered: ("reason for finding", "finding"),
    Waiver: ("waiver of", "code", "about"),
}
"""What a record is called, and the keys by which those of a list are told apart; others are what they say."""

_LABELS: Mapping[str, str] = {
    "due": "due date",
    "owner": "lead officer",
    "rag": "RAG rating",
    "findings": "findings answered",
    "own": "own action",
    "no_owner": "reason for no lead officer",
    "no_due": "reason for no due date",
    "no_measure": "reason for no measure",
    "not_applicable": "reason why it does not apply",
    "as_of": "day of the plan",
    "start": "first day",
    "end": "last day",
}
"""Those that read otherwise than their keys."""


def noun_of(kind: type[Record]) -> str:
    """Return what a record of the kind is called; empty where its key says it best."""
    return _NAMES.get(kind, ("",))[0]


def name_in_list(item: object) -> object:
    """Return what tells an item from the others of its list, one value or several; None where it has no name."""
    if isinstance(item, MeetingItem):
        return ("report", item.report) if item.report else ("title", item.title)
    keys = _NAMES.get(type(item), ("",))[1:] if isinstance(item, Record) else ()
    values = [getattr(item, key) for key in keys]
    return tuple(values) if len(values) > 1 else values[0] if values else None


def name_of(record: Record, step: int | str | None = None) -> str:
    """Return a record's name in a sentence; `step` is its index in a list, from 0, or its key."""
    noun = noun_of(type(record))
    if not noun:
        noun = step.replace("_", " ") if isinstance(step, str) else type(record).__name__.lower()
    title = _title_of(record)
    if title is not None:
        return f"{noun} {title}"
    return f"{noun} {step + 1}" if isinstance(step, int) else noun


def _title_of(record: Record) -> str | None:
    match record:
        case Judgement():
            return f"'{record.area}' ({record.group})" if record.group else f"'{record.area}'"
        case MeetingItem():
            return record.number
        case Waiver():
            return f"{record.code} about {record.about}" if record.about else record.code
    name = name_in_list(record)
    if isinstance(record, ReportSection | Implication | Appendix | ReportPicture | Person | SignOff | TeamMember):
        return f"'{name}'"
    return f"'{name[-1]}'" if isinstance(name, tuple) else None if name is None else str(name)
