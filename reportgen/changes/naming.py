"""What the places in a record are called: "action A3", "lead officer", `actions[A3].owner`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from reportgen.changes.differences import Path
from reportgen.changes.matching import NAMES
from reportgen.model.base import Person, Prose, Record
from reportgen.model.framework import FrameworkGroup, FrameworkJudgement, Grade
from reportgen.model.inspection import Finding, Inspection, StatedCount, Strength, TeamMember
from reportgen.model.judgement import Judgement
from reportgen.model.meeting import Council, Meeting, MeetingItem
from reportgen.model.plan import Action, ActionPlan, Past, PlanPart, Unanswered
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

NOUNS: Mapping[type[Record], str] = {
    Action: "action",
    ActionPlan: "action plan",
    Appendix: "appendix",
    BackgroundPaper: "background paper",
    Council: "council",
    Finding: "finding",
    FrameworkGroup: "group",
    FrameworkJudgement: "judgement",
    Grade: "grade",
    Implication: "implication",
    Inspection: "inspection",
    Judgement: "judgement",
    Meeting: "meeting",
    MeetingItem: "item",
    Option: "option",
    Past: "history until",
    Person: "person",
    PlanPart: "part",
    Recommendation: "recommendation",
    Report: "report",
    ReportPicture: "picture",
    Section: "section",
    SignOff: "sign-off",
    StatedCount: "stated count",
    Strength: "strength",
    TeamMember: "inspectors:",
    Unanswered: "reason for finding",
    Waiver: "waiver of",
}
_FIELDS: Mapping[str, str] = {
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
    "lead": "lead",
    "start": "first day",
    "end": "last day",
}
"""Those that read otherwise than their keys."""


def name_of(record: Record, place: int | str | None = None) -> str:
    """A record as a sentence names it; `place` is its own in a list, from 0, or its key."""
    noun = NOUNS.get(type(record))
    if noun is None:
        noun = str(place).replace("_", " ") if isinstance(place, str) else type(record).__name__.lower()
    title = _title_of(record)
    if title is not None:
        return f"{noun} {title}"
    return f"{noun} {place + 1}" if isinstance(place, int) else noun


def label_of(path: Path) -> str:
    """What the value at the end of a path is called: its key in words, and its place where it is an item of a list."""
    keys = [step for step in path if isinstance(step, str)]
    key = keys[-1] if keys else ""
    return _FIELDS.get(key, key.replace("_", " "))


def subjects(within: tuple[Record, ...], path: Path) -> str:
    """The records below the file's own that a value stands in: "action A3", "previous, judgement 'Leaders'"."""
    return ", ".join(name_of(record, place) for record, place in _with_places(within, path) if place is not None)


def key_of(within: tuple[Record, ...], path: Path) -> str:
    """The path as text: items of lists by their names, `actions[A3].due`, or else counted from 0, `purpose[1]`."""
    named = dict(_names_at(within, path))
    text = ""
    for number, step in enumerate(path, start=1):
        if isinstance(step, int):
            text += f"[{named.get(number) or step}]"
        else:
            text += f".{step}" if text else step
    return text


def _with_places(within: tuple[Record, ...], path: Path) -> Iterator[tuple[Record, int | str | None]]:
    """Each record with the last step of the path that leads to it."""
    yield within[0], None
    length = 0
    for outer, inner in pairwise(within):
        length = _length_to(outer, inner, path, length)
        yield inner, path[length - 1]


def _names_at(within: tuple[Record, ...], path: Path) -> Iterator[tuple[int, str]]:
    length = 0
    for outer, inner in pairwise(within):
        length = _length_to(outer, inner, path, length)
        name = NAMES[type(inner)](inner) if type(inner) in NAMES else None
        if isinstance(name, str | int) or hasattr(name, "isoformat"):
            yield length, str(name)


def _length_to(outer: Record, inner: Record, path: Path, length: int) -> int:
    """How many steps of the path lead to `inner`, which stands in `outer`, to which `length` lead."""
    value: Any = outer
    while value is not inner and length < len(path):
        step = path[length]
        value = getattr(value, str(step)) if isinstance(value, Record | Prose) else value[step]
        length += 1
    return length


def _title_of(record: Record) -> str | None:
    """The name by which a list tells the record from others, as one prints it."""
    match record:
        case Judgement():
            return f"'{record.area}' ({record.group})" if record.group else f"'{record.area}'"
        case MeetingItem():
            return record.number
        case Waiver():
            return f"{record.code} about {record.about}" if record.about else record.code
        case Recommendation() if record.id is None:
            return None
        case Section() | Implication() | Appendix() | ReportPicture() | Person() | SignOff() | TeamMember():
            return f"'{NAMES[type(record)](record)}'"
    name = NAMES[type(record)](record) if type(record) in NAMES else None
    return None if name is None else str(name) if not isinstance(name, tuple) else f"'{name[-1]}'"
