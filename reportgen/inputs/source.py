"""Read YAML into data in which every value knows its file, line and column.

Scalars are text, whatever they look like: `no`, `12:30`, `1.10` and `2012-07-09` stay as
typed, and the model decides what they mean. Only an empty value (or `~`, `null`) is None.
That is the safe part of the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

Read from libyaml's event stream rather than through a loader, because a loader builds the
whole graph before anything can be limited: nesting, aliases and size are bounded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from reportgen.diagnostics import Location, Problems
from reportgen.inputs.files import DISK, Files
from reportgen.inputs.text import FORBIDDEN, has_forbidden_characters, read_text, report_control
from reportgen.inputs.yaml_errors import SyntaxProblem, comment_in_text, explain, item_in_text

MAX_VALUES = 20_000
"""Values after aliases are expanded: bounds a "billion laughs" file."""
MAX_DEPTH = 40
MAX_KEYS = 1_000
"""Of one mapping; the longest that there are, the figures of an inspection, have some dozens."""
MAX_ERRORS = 100
"""Errors reported for one file."""
_QUOTES = ("'", '"')
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class SourceText(str):
    """A scalar as typed, with its place."""

    location: Location
    key: str
    """The path of keys that leads to it: "sections.2.text"; lists count from 0."""
    typed: str
    """The part of the file that it was read from, its quotes or indicator included."""

    def __new__(cls, text: str, location: Location, key: str = "", typed: str = "") -> SourceText:
        """Create the text; `str` is immutable, so this cannot wait for `__init__`."""
        self = super().__new__(cls, text)
        self.location = location
        self.key = key
        self.typed = typed
        return self

    def __getnewargs__(self) -> tuple[str, Location, str, str]:  # type: ignore[override]
        """Return all attributes, so that pickling keeps them."""
        return str(self), self.location, self.key, self.typed

    def place(self, line: int, column: int) -> Location:
        """Return the place in the file of the character at `line` and `column` (both from 0) of this text.

        Where escapes make that unknowable, return the place of the whole text.
        """
        start = self.location
        rows, lines = self._typed_rows, self._lines
        if self.typed[:1] == "|" and line + 1 < len(rows):
            indent = len(rows[line + 1]) - len(lines[line])
            return Location(start.path, start.line + 1 + line, max(indent, 0) + column + 1)
        down, right = self._place_typed(self._visible_before[line] + len("".join(lines[line][:column].split())))
        return Location(start.path, start.line + down, right + 1 if down else start.column + right)

    def _place_typed(self, wanted: int) -> tuple[int, int]:
        """Return the row and column in `typed` (both from 0) of the text's visible character number `wanted`.

        YAML changes only white space when it joins lines, so the same character is the one with as
        many visible ones before it.
        """
        places = self._visible_places
        if len(places) != self._visible_before[-1] or wanted >= len(places):
            return 0, 0
        offset = places[wanted]
        return self.typed.count("\n", 0, offset), offset - self.typed.rfind("\n", 0, offset) - 1

    # A long text is asked for the place of each of its paragraphs and expressions.

    @cached_property
    def _lines(self) -> list[str]:
        return self.split("\n")

    @cached_property
    def _typed_rows(self) -> list[str]:
        return self.typed.split("\n")

    @cached_property
    def _visible_before(self) -> list[int]:
        """Return how many visible characters precede each line of the text, and at the end their total."""
        return [0, *accumulate(len("".join(line.split())) for line in self._lines)]

    @cached_property
    def _visible_places(self) -> list[int]:
        """Return the offsets in `typed` of the visible characters of the text."""
        typed = self.typed
        header = 1 if typed[:1] in _QUOTES else typed.find("\n") + 1 if typed[:1] == ">" else 0
        closing = -1 if typed[:1] in _QUOTES else None
        return [place for place, sign in enumerate(typed) if place >= header and not sign.isspace()][:closing]


class SourceMapping(dict[str, object]):
    """A mapping with the place of itself, of each key and of each value."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.keys_at: dict[str, Location] = {}
        self.values_at: dict[str, Location] = {}

    def put(self, key: str, value: object, key_at: Location | None = None, value_at: Location | None = None) -> None:
        """Set a value with its places; what is not typed in the file has the place of the mapping."""
        self[key] = value
        self.keys_at[key] = key_at or self.location
        self.values_at[key] = value_at or self.location


class SourceSequence(list[object]):
    """A list with the place of itself and of each item."""

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.items_at: list[Location] = []


def read_yaml(path: Path, name: str, problems: Problems, files: Files = DISK) -> SourceMapping | None:
    """Read the mapping in a file. Return None, with the reasons in `problems`, if there is none.

    Args:
        path: The file.
        name: The path as messages print it.
        problems: Collects the diagnostics.
        files: Where files are read from.
    """
    text = read_text(path, name, problems, files)
    return None if text is None else parse_yaml(text, name, problems)


def parse_yaml(text: str, name: str, problems: Problems) -> SourceMapping | None:
    """Parse `text`, which must hold a mapping. Return None, with the reasons in `problems`, if it does not."""
    if has_forbidden_characters(text, name, problems):
        return None
    composer = _Composer(text, name, problems)
    try:
        value = composer.read()
    except _ReadingStopped:
        return None
    except yaml.MarkedYAMLError as error:
        composer.report("RG004", explain(error, composer.lines))
        return None
    if not isinstance(value, SourceMapping):
        found = "nothing" if value is None else "a list" if isinstance(value, SourceSequence) else "a text"
        place = getattr(value, "location", Location(name, 1, 1))
        message = f"found {found}; 'key: value' lines were expected"
        problems.error("RG005", place, message, "`reportgen new` writes a file to start from")
        return None
    return value if composer.complete else None


class _ReadingStopped(Exception):
    """Raised where reading cannot continue; the reason is in the problems."""


class _Composer:
    """Builds values from libyaml's events, counting as it goes."""

    def __init__(self, text: str, name: str, problems: Problems) -> None:
        self.lines = text.split("\n")
        self.text = text
        self.name = name
        self.problems = problems
        self.anchors: dict[str, tuple[object, int]] = {}
        self.values = 0
        self.errors = 0
        self.complete = True

    def read(self) -> object:
        events = iter(yaml.parse(self.text, Loader=yaml.CSafeLoader))
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    found = "a second document starts here ('---'); one was expected"
                    raise self._stop("RG005", event, found, "keep one document a file")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            hint = "are aliases ('*name') nested in one another? Write the values out"
            raise self._stop("RG007", event, f"the file holds more than {MAX_VALUES:,} values", hint)
        if len(path) > MAX_DEPTH:
            hint = "check the brackets and the indentation"
            raise self._stop("RG007", event, f"values are nested more than {MAX_DEPTH} deep", hint)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if getattr(event, "tag", None) is not None:
            tag = self._typed(event).split()[0]
            found = f"'{tag}' stands before the value; YAML takes it for a tag, which is not allowed here"
            raise self._stop("RG004", event, found, "delete it, or put the whole text in quotes")
        before = self.values
        value: object
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(event, events, path)
        else:
            value = self._mapping(event, events, path)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = (value, self.values - before + 1)
        return value

    def _alias(self, event: yaml.AliasEvent) -> object:
        if event.anchor not in self.anchors:
            hint = "a text that begins with '*' must stand in quotes"
            raise self._stop("RG004", event, f"'*{event.anchor}' refers to nothing", hint)
        value, size = self.anchors[event.anchor]
        self.values += size
        return value

    def _scalar(self, event: yaml.ScalarEvent, path: tuple[str, ...]) -> SourceText | None:
        start = self._at(event)
        for character in FORBIDDEN.findall(event.value):  # written as an escape: "\x07"
            self.complete = False
            report_control(start, character, self.problems)
        if event.style not in ("'", '"', "|", ">"):
            self._check_plain(event)
            if event.value in _NULLS:
                return None
        return SourceText(event.value, start, ".".join(path), self._typed(event))

    def _check_plain(self, event: yaml.ScalarEvent) -> None:
        """Report a text that YAML reads otherwise than it looks: cut off by a comment, or with a list joined to it."""
        start, end = _marks(event)
        self._report_misread(comment_in_text(self.lines[end.line], end.column), end.line, event)
        for line in range(start.line + 1, end.line + 1):
            self._report_misread(item_in_text(self.lines[line]), line, event)

    def _report_misread(self, problem: SyntaxProblem | None, line: int, event: yaml.Event) -> None:
        if problem is not None:
            self._count_error(event)
            self.report("RG009", replace(problem, line=line))

    def _count_error(self, event: yaml.Event) -> None:
        """Count an error after which reading can continue, unless there are too many."""
        self.complete = False
        self.errors += 1
        if self.errors > MAX_ERRORS:
            found = f"the file has more than {MAX_ERRORS} mistakes; the others are not told"
            raise self._stop("RG007", event, found, "mend those above first; was another file saved under this name?")

    def _typed(self, event: yaml.Event) -> str:
        first, last = _marks(event)
        lines = self.lines[first.line : last.line + 1]
        if first.line == last.line:
            return lines[0][first.column : last.column]
        return "\n".join([lines[0][first.column :], *lines[1:-1], lines[-1][: last.column]])

    def _sequence(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> SourceSequence:
        sequence = SourceSequence(self._at(event))
        for child in events:
            if isinstance(child, yaml.SequenceEndEvent):
                break
            sequence.items_at.append(self._at(child))
            sequence.append(self._value(child, events, (*path, str(len(sequence)))))
        return sequence

    def _mapping(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> SourceMapping:
        mapping = SourceMapping(self._at(event))
        for child in events:
            if isinstance(child, yaml.MappingEndEvent):
                break
            if len(mapping) == MAX_KEYS:
                found = f"more than {MAX_KEYS:,} keys stand beside one another"
                raise self._stop("RG007", child, found, "was another file saved under this name?")
            key, place = self._key(child, mapping), self._at(child)
            following = next(events)
            value_place = self._at(following)
            value = self._value(following, events, (*path, key))
            if key in mapping:
                self._count_error(child)
                first = mapping.keys_at[key].line
                message = f"the key '{key}' stands here a second time; it was first given in line {first}"
                self.problems.error("RG008", place, message, "keep one of the two")
                continue
            mapping.put(key, value, place, value_place)
        return mapping

    def _key(self, event: yaml.Event, mapping: SourceMapping) -> str:
        if isinstance(event, yaml.ScalarEvent) and event.value != "<<":
            return str(event.value)
        opening = mapping.location
        if self.lines[opening.line - 1][opening.column - 1 :].startswith("{{"):
            hint = "put the whole text in quotes, or on its own lines after '|'"
            self.problems.error("RG004", opening, "a text cannot begin with '{{' unless it is quoted", hint)
            raise _ReadingStopped
        if isinstance(event, yaml.ScalarEvent):
            found = "'<<' would take keys over from another place, which is not allowed here"
            raise self._stop("RG004", event, found, "write the keys out")
        hint = "if a text begins with '[', '{', '*' or '? ', put it in quotes"
        raise self._stop("RG004", event, "a word was expected here, as a key", hint)

    def report(self, code: str, problem: SyntaxProblem) -> None:
        """Record a syntax error."""
        place = Location(self.name, problem.line + 1, problem.column + 1)
        self.problems.error(code, place, problem.message, problem.hint)

    def _at(self, event: yaml.Event) -> Location:
        start, _ = _marks(event)
        return Location(self.name, start.line + 1, start.column + 1)

    def _stop(self, code: str, event: yaml.Event, message: str, hint: str) -> _ReadingStopped:
        """Record why reading cannot continue, and return the exception to raise."""
        self.problems.error(code, self._at(event), message, hint)
        return _ReadingStopped()


def _marks(event: yaml.Event) -> tuple[Any, Any]:
    """Return the start and end of an event, which libyaml always gives."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return start, end


def locate(data: object, path: tuple[object, ...], of_key: bool = False) -> Location:
    """Return the place of the value at `path` in `data`; for a step that the file lacks, that of its parent.

    With `of_key`, return the place of the last key itself, for messages about the key.
    """
    place = getattr(data, "location", Location("?"))
    for number, step in enumerate(path):
        last = number == len(path) - 1
        if isinstance(data, SourceMapping) and step in data:
            key = str(step)
            place = data.keys_at[key] if (last and of_key) or data[key] is None else data.values_at[key]
            data = data[key]
        elif isinstance(data, SourceSequence) and isinstance(step, int) and step < len(data):
            place, data = data.items_at[step], data[step]
        # Anything else is a step of the validator's own (a union's member), not of the file.
    return place


def places_in(source: SourceMapping) -> SourceMapping:
    """Return the mapping with the place of every key and value, and without a word of the values."""
    places = SourceMapping(source.location)
    for key, value in source.items():
        places.put(key, _place_only(value), source.keys_at[key], source.values_at[key])
    return places


def _place_only(value: object) -> object:
    if isinstance(value, SourceMapping):
        return places_in(value)
    if isinstance(value, SourceSequence):
        places = SourceSequence(value.location)
        places.extend(map(_place_only, value))
        places.items_at = list(value.items_at)
        return places
    return None
