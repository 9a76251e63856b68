"""YAML text → data in which every value knows its file, line and column.

Scalars are text, whatever they look like: `no`, `12:30`, `1.10` and `2012-07-09` stay as
typed, and the model decides what they mean. Only an empty value (or `~`, `null`) is None.
That is the safe part of the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema).

Read from libyaml's event stream rather than through a loader, because a loader builds the
whole graph before anything can be limited: nesting, aliases and size are bounded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from reportgen.diagnostics import Location, Problems

MAX_BYTES = 2_000_000
"""A report's YAML is a few dozen kilobytes; a larger file is a mistake or an attack."""
MAX_VALUES = 100_000
"""Values after aliases are expanded: bounds a "billion laughs" file."""
MAX_DEPTH = 40

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What neither YAML (§5.1) nor XML 1.0 (§2.2) can carry."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class SourceText(str):
    """A scalar as typed, with its place."""

    location: Location
    single_line: bool
    """Every character stands on the line of `location`."""
    quoted: bool
    key: str
    """The path of keys that leads to it: "sections.2.text"; lists count from 0."""
    indent: int
    """For a literal block (`|`): the columns its lines are indented by; otherwise 0."""

    def __new__(
        cls, text: str, location: Location, key: str = "", style: str = "", indent: int = 0, single_line: bool = True
    ) -> SourceText:
        """`style` is YAML's indicator: "" plain, `'`, `"`, `|` or `>`."""
        self = super().__new__(cls, text)
        self.location = location
        self.key = key
        self.quoted = style in ("'", '"')
        self.indent = indent
        self.single_line = single_line
        return self

    def place(self, line: int, column: int) -> Location:
        """The file's place of the character at `line` and `column` (both from 0) of this text, as near as YAML's folding lets us know."""
        start = self.location
        if self.indent:
            return Location(start.path, start.line + 1 + line, self.indent + column + 1)
        if self.single_line:
            return Location(start.path, start.line, start.column + column + int(self.quoted))
        return start


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


def read_yaml(path: Path, name: str, problems: Problems) -> SourceMapping | None:
    """The mapping in the file, or None with the reasons in `problems`. `name` is the path as messages print it."""
    text = read_text(path, name, problems)
    return None if text is None else parse_yaml(text, name, problems)


def read_text(path: Path, name: str, problems: Problems) -> str | None:
    """The file's text (UTF-8), or None with the reason in `problems`."""
    whole = Location(name)
    try:
        if path.is_dir():
            problems.error("RG001", whole, "this is a folder, but a YAML file was expected", "give the path of a .yaml file in it")
            return None
        if path.stat().st_size > MAX_BYTES:
            found = path.stat().st_size / 1e6
            problems.error(
                "RG002",
                whole,
                f"the file has {found:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB was expected",
                "was another file saved under this name? A report is a few dozen kilobytes",
            )
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.error("RG001", whole, "there is no such file", "check the name and the folder")
        return None
    except OSError as error:
        problems.error("RG001", whole, f"the file cannot be read: {error.strerror}", "check that you may open it")
        return None
    return _decode(raw, name, problems)


def _decode(raw: bytes, name: str, problems: Problems) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.error("RG003", Location(name, 1, 1), "the file is in UTF-16; UTF-8 was expected", 'save it again with the encoding "UTF-8"')
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
        problems.error(
            "RG003",
            Location(name, line, column),
            f"a character here is not UTF-8 (in Windows' encoding it would be '{guess}')",
            'save the file again with the encoding "UTF-8"',
        )
        return None


def parse_yaml(text: str, name: str, problems: Problems) -> SourceMapping | None:
    """The mapping that `text` holds, or None with the reasons in `problems`."""
    if _has_forbidden_characters(text, name, problems):
        return None
    reader = _Reader(text, name, problems)
    try:
        value = reader.read()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
        problems.error("RG004", place, f"this is not valid YAML: {error.problem}", _syntax_hint(error.problem or "", text, place))
        return None
    if not isinstance(value, SourceMapping):
        found = "nothing" if value is None else "a list" if isinstance(value, SourceSequence) else "text"
        problems.error("RG005", Location(name, 1, 1), f"found {found}; 'key: value' lines were expected", "`reportgen new` writes a file to start from")
        return None
    return value if reader.complete else None


def _has_forbidden_characters(text: str, name: str, problems: Problems) -> bool:
    found = False
    for match in _FORBIDDEN.finditer(text):
        found = True
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        _report_control(Location(name, line, column), match.group(), problems)
    return found


def _report_control(place: Location, character: str, problems: Problems) -> None:
    problems.error(
        "RG006",
        place,
        f"a control character (U+{ord(character):04X}) stands here; neither Word nor PDF can hold it",
        "delete it; it often comes with text copied from a PDF or an e-mail",
    )


def _syntax_hint(problem: str, text: str, place: Location) -> str:
    line = text.split("\n")[place.line - 1] if 0 < place.line <= text.count("\n") + 1 else ""
    if "\\t" in problem or "\t" in line[: place.column]:
        return "indent with spaces; a tab is not allowed here"
    if "mapping values are not allowed" in problem:
        return "a text that holds ': ' must stand in quotes, or on its own lines after '|'"
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return "check that this line is indented like its neighbours, and that quotes are closed"
    if "quoted scalar" in problem or "end of stream" in problem:
        return "a quotation mark or bracket that was opened is not closed"
    if "alias" in problem:
        return "a text that begins with '*' must stand in quotes"
    return "compare this line and the one before with a file that works; quotes around the text often help"


class _Stop(Exception):
    """Reading cannot go on; the reason is in the problems."""


class _Reader:
    """Builds values from libyaml's events, counting as it goes."""

    def __init__(self, text: str, name: str, problems: Problems) -> None:
        self.lines = text.split("\n")
        self.text = text
        self.name = name
        self.problems = problems
        self.anchors: dict[str, tuple[object, int]] = {}
        self.values = 0
        self.complete = True

    def read(self) -> object:
        events = iter(yaml.parse(self.text, Loader=yaml.CSafeLoader))
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop("RG005", event, "a second document starts here ('---'); one was expected", "keep one document a file")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: tuple[str, ...]) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop("RG007", event, f"the file holds more than {MAX_VALUES:,} values", "are aliases ('*name') nested in one another? Write the values out")
        if len(path) > MAX_DEPTH:
            self._stop("RG007", event, f"values are nested more than {MAX_DEPTH} deep", "check the brackets and the indentation")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if getattr(event, "tag", None) is not None:
            self._stop("RG004", event, f"the tag '{event.tag}' is not allowed", "write the plain value")
        before = self.values
        value: object
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(event, events, path)
        else:
            value = self._mapping(event, events, path)
        if getattr(event, "anchor", None):
            self.anchors[event.anchor] = (value, self.values - before + 1)
        return value

    def _alias(self, event: yaml.AliasEvent) -> object:
        if event.anchor not in self.anchors:
            self._stop("RG004", event, f"'*{event.anchor}' refers to nothing", "a text that begins with '*' must stand in quotes")
        value, size = self.anchors[event.anchor]
        self.values += size
        return value

    def _scalar(self, event: yaml.ScalarEvent, path: tuple[str, ...]) -> SourceText | None:
        style = event.style if event.style in ("'", '"', "|", ">") else ""
        if not style and event.value in _NULLS:
            return None
        start = self._at(event)
        for character in _FORBIDDEN.findall(event.value):  # written as an escape: "\x07"
            self.complete = False
            _report_control(start, character, self.problems)
        single = event.start_mark.line == event.end_mark.line and style not in ("|", ">")
        return SourceText(event.value, start, ".".join(path), style, self._indent(event) if style == "|" else 0, single)

    def _indent(self, event: yaml.ScalarEvent) -> int:
        for line in self.lines[event.start_mark.line + 1 :]:
            if line.strip():
                return len(line) - len(line.lstrip(" "))
        return 0

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
            if not isinstance(child, yaml.ScalarEvent):
                self._stop("RG004", child, "a key must be a word", "if the text begins with '[', '{' or '*', put it in quotes")
            key, place = str(child.value), self._at(child)
            following = next(events)
            value_place = self._at(following)
            value = self._value(following, events, (*path, key))
            if key in mapping:
                self.complete = False
                self.problems.error(
                    "RG008",
                    place,
                    f"the key '{key}' stands here a second time; it was first given in line {mapping.keys_at[key].line}",
                    "keep one of the two",
                )
                continue
            mapping.put(key, value, place, value_place)
        return mapping

    def _at(self, event: yaml.Event) -> Location:
        return Location(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _stop(self, code: str, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.error(code, self._at(event), message, hint)
        raise _Stop


def locate(data: object, path: tuple[object, ...], of_key: bool = False) -> Location:
    """The place of the value at `path` in `data`; steps that the file does not have (a missing key) give their parent's place.

    With `of_key` the place of the last key itself, for messages about the key.
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
