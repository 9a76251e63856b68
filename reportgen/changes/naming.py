"""What the places in a record are called: "action A3", "lead officer", `actions[A3].owner`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from reportgen.changes.differences import KINDS, Path, name_in_list
from reportgen.model.base import Person, Prose, Record
from reportgen.model.inspection import TeamMember
from reportgen.model.judgement import Judgement
from reportgen.model.meeting import MeetingItem
from reportgen.model.report import (
    Appendix,
    Implication,
    ReportPicture,
    Section,
    SignOff,
    Waiver,
)

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


def noun_of(kind: type[Record]) -> str:
    """What a record of the kind is called; empty where its key says it best."""
    return KINDS.get(kind, ("",))[0]


def name_of(record: Record, place: int | str | None = None) -> str:
    """A record as a sentence names it; `place` is its own in a list, from 0, or its key."""
    noun = noun_of(type(record))
    if not noun:
        noun = place.replace("_", " ") if isinstance(place, str) else type(record).__name__.lower()
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
    return ", ".join(name_of(record, path[length - 1]) for length, record in _ways(within, path))


def key_of(within: tuple[Record, ...], path: Path) -> str:
    """The path as text: items of lists by their names, `actions[A3].due`, or else counted from 0, `purpose[1]`."""
    named = {length: name_in_list(record) for length, record in _ways(within, path)}
    text = ""
    for number, step in enumerate(path, start=1):
        if isinstance(step, int):
            name = named.get(number)
            text += f"[{step if name in (None, '') or isinstance(name, tuple) else name}]"
        else:
            text += f".{step}" if text else step
    return text


def _ways(within: tuple[Record, ...], path: Path) -> Iterator[tuple[int, Record]]:
    """Each record below the first, and how many steps of the path lead to it."""
    length = 0
    for outer, inner in pairwise(within):
        value: Any = outer
        while value is not inner and length < len(path):
            step = path[length]
            value = getattr(value, str(step)) if isinstance(value, Record | Prose) else value[step]
            length += 1
        yield length, inner


def _title_of(record: Record) -> str | None:
    """The name by which a list tells the record from others, as one prints it."""
    match record:
        case Judgement():
            return f"'{record.area}' ({record.group})" if record.group else f"'{record.area}'"
        case MeetingItem():
            return record.number
        case Waiver():
            return f"{record.code} about {record.about}" if record.about else record.code
    name = name_in_list(record)
    if isinstance(record, Section | Implication | Appendix | ReportPicture | Person | SignOff | TeamMember):
        return f"'{name}'"
    return f"'{name[-1]}'" if isinstance(name, tuple) else None if name is None else str(name)
