"""What an output folder was made from, kept from one run to the next.

OUT/manifest.json               for whoever receives the papers: what was made of what, with hashes; the same
                                inputs give the same bytes
OUT/.reportgen/record.json      for the next run: besides, what was found in the papers, what was asked for,
                                and when files were last changed
OUT/.reportgen/journal.jsonl    what a run that has not ended has made so far
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from reportgen.build.writing import STATE, remove_leftovers, write_together
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.inputs.files import FileQuery
from reportgen.model.task import Audience, PaperSummary, Task

SCHEMA = 1
"""Of all three files; a record of another schema is as good as none."""


class Written(NamedTuple):
    """A file that was written."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper, or one that could not be made, and all that it depends on."""

    task: Task
    name: str
    """Where it goes in the output folder, without a file's ending."""
    files: Mapping[str, Written]
    """By format; empty for a paper that could not be made."""
    formats: tuple[str, ...]
    """Those asked for."""
    asked: Mapping[FileQuery, str]
    conditions: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    title: str = ""
    pages: int | None = None
    gaps: int = 0
    summary: PaperSummary | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The tasks that some targets meant, and what that depends on."""

    tasks: tuple[Task, ...]
    front_sheets: tuple[Task, ...]
    """Those of the meetings that were meant as a whole; what is known of their papers is not in them yet."""
    asked: Mapping[FileQuery, str]
    diagnostics: tuple[Diagnostic, ...]


@dataclass
class Record:
    """All that is known of an output folder."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """By name."""
    found: dict[str, Found] = field(default_factory=dict)
    """By what was asked for."""
    stamps: dict[str, list[int | str]] = field(default_factory=dict)
    """By path: size, times of the last change in nanoseconds, file number, SHA-256."""
    replaced: set[str] = field(default_factory=set)
    """Hashes of files that an interrupted run may have left as they were."""
    interrupted: bool = False
    """Whether the last run did not end."""

    _names: dict[tuple[Path, Path | None, Audience], str] = field(init=False)
    """By report, meeting and audience: a paper may get another name, and another house."""

    def __post_init__(self) -> None:
        self._names = {same_paper(one.task): one.name for one in self.entries.values()}

    def of(self, task: Task) -> Entry | None:
        """The entry of the same report for the same meeting and audience."""
        return self.entries.get(self._names.get(same_paper(task), ""))

    def put(self, entry: Entry) -> None:
        """Keep the entry instead of what was known of its task and of its name."""
        for old in (self.of(entry.task), self.entries.get(entry.name)):
            if old is not None:
                self.drop(old)
        self.entries[entry.name] = entry
        self._names[same_paper(entry.task)] = entry.name

    def drop(self, entry: Entry) -> None:
        """Forget the entry, and no other that has its name by now."""
        if self.entries.get(entry.name) is entry:
            del self.entries[entry.name]
        self._names.pop(same_paper(entry.task), None)


def same_paper(task: Task) -> tuple[Path, Path | None, Audience]:
    """What two tasks have in common if one makes the paper of the other anew."""
    return task.report, task.meeting, task.audience


# ---- To and from the disk ----


def load_record(out: Path) -> Record:
    """The record of the folder, with what an interrupted run has added. A file that is damaged is as good as none."""
    record = Record()
    with suppress(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        record = _unpacked(json.loads((out / STATE / "record.json").read_bytes()))
    remove_leftovers(out, "manifest.json")
    remove_leftovers(out / STATE, "record.json")
    try:
        lines = (out / STATE / "journal.jsonl").read_bytes().splitlines()
    except OSError:
        return record
    record.interrupted = True
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError):  # the last line may be half a one
            [entry] = _unpacked(json.loads(line)).entries.values()
            _clear_up(out, entry.name)
            old = record.of(entry.task)
            record.replaced |= {one.sha256 for one in old.files.values()} if old else set()
            record.put(entry)
    return record


def _clear_up(out: Path, name: str) -> None:
    path = out / name
    remove_leftovers(path.parent, path.name)


def save_record(out: Path, record: Record) -> None:
    """Keep the record for the next run, and end the journal. Raises OSError."""
    path = out / STATE / "record.json"
    content = _json(_packed(record))
    if _content(path) != content:
        write_together({path: content})
    (out / STATE / "journal.jsonl").unlink(missing_ok=True)


def save_manifest(out: Path, record: Record, product: Path) -> None:
    """Write the manifest, if it is not there as it should be. Raises OSError.

    `product` is the folder of the product's houses, which the manifest calls "reportgen/templates". Exempt papers are
    not listed: even their sizes would tell something.
    """
    entries = [one for _, one in sorted(record.entries.items()) if one.files and one.task.audience == "public"]
    papers = [_listed(entry, product) for entry in entries]
    conditions = {json.dumps(one): one for one in (paper.pop("conditions") for paper in papers)}
    made_with = next(iter(conditions.values())) if len(conditions) == 1 else list(conditions.values())
    content = json.dumps({"schema": SCHEMA, "made_with": made_with, "papers": papers}, indent=1, ensure_ascii=False)
    path = out / "manifest.json"
    if _content(path) != content.encode() + b"\n":
        write_together({path: content.encode() + b"\n"})


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _json(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


class Journal:
    """Notes each paper before its files are put in place, so that a run that is killed loses none."""

    def __init__(self, out: Path) -> None:
        self._path = out / STATE / "journal.jsonl"

    def note(self, entry: Entry) -> None:
        """Add a line. Raises OSError."""
        with self._path.open("ab") as opened:
            opened.write(_json(_packed(Record({entry.name: entry}))) + b"\n")


def _listed(entry: Entry, product: Path) -> dict[str, Any]:
    inputs = {_shown(path, product): answer for (asked, path), answer in entry.asked.items() if asked == "content"}
    listed = {
        "title": entry.title,
        "pages": entry.pages,
        "report": _shown(str(entry.task.report), product),
        "meeting": _shown(str(entry.task.meeting), product) if entry.task.meeting else None,
        "files": {f"{entry.name}.{form}": one._asdict() for form, one in sorted(entry.files.items())},
        "inputs": dict(sorted(inputs.items())),
        "conditions": dict(entry.conditions),
    }
    return {key: value for key, value in listed.items() if value is not None}


def _shown(path: str, product: Path) -> str:
    """The path from the working folder: the manifest is the same wherever that is."""
    if path.startswith(f"{product}{os.sep}"):
        return f"reportgen/templates/{Path(path).relative_to(product).as_posix()}"
    return Path(os.path.relpath(path)).as_posix() if Path(path).is_absolute() else Path(path).as_posix()


# ---- To and from JSON ----


class _Table:
    """Values that many papers share, each once."""

    def __init__(self) -> None:
        self.places: dict[Any, int] = {}

    def place(self, value: Any) -> int:
        return self.places.setdefault(value, len(self.places))


def _packed(record: Record) -> dict[str, Any]:
    asked, conditions = _Table(), _Table()
    entries = [
        {
            "name": one.name,
            "task": _packed_task(one.task),
            "files": {form: [*file] for form, file in one.files.items()},
            "formats": one.formats,
            "asked": [asked.place((*question, answer)) for question, answer in one.asked.items()],
            "with": conditions.place(tuple(one.conditions.items())),
            "diagnostics": [_packed_diagnostic(diagnostic) for diagnostic in one.diagnostics],
            "title": one.title,
            "pages": one.pages,
            "gaps": one.gaps,
            "summary": astuple(one.summary) if one.summary else None,
        }
        for one in record.entries.values()
    ]
    found = {
        key: {
            "tasks": [_packed_task(task) for task in one.tasks],
            "front_sheets": [_packed_task(task) for task in one.front_sheets],
            "asked": [asked.place((*question, answer)) for question, answer in one.asked.items()],
            "diagnostics": [_packed_diagnostic(diagnostic) for diagnostic in one.diagnostics],
        }
        for key, one in record.found.items()
    }
    return {
        "schema": SCHEMA,
        "entries": entries,
        "found": found,
        "asked": [*asked.places],
        "conditions": [*conditions.places],
        "stamps": dict(sorted(record.stamps.items())),
    }


def _unpacked(data: Any) -> Record:
    if data["schema"] != SCHEMA:
        return Record()
    asked = [(FileQuery(kind, path), answer) for kind, path, answer in data["asked"]]
    conditions = [dict(one) for one in data["conditions"]]
    entries = [
        Entry(
            _unpacked_task(one["task"]),
            one["name"],
            {form: Written(*file) for form, file in one["files"].items()},
            tuple(one["formats"]),
            dict(asked[place] for place in one["asked"]),
            conditions[one["with"]],
            tuple(map(_unpacked_diagnostic, one["diagnostics"])),
            one["title"],
            one["pages"],
            one["gaps"],
            _unpacked_summary(one["summary"]),
        )
        for one in data["entries"]
        if _is_inside(one["name"])
    ]
    found = {
        key: Found(
            tuple(map(_unpacked_task, one["tasks"])),
            tuple(map(_unpacked_task, one["front_sheets"])),
            dict(asked[place] for place in one["asked"]),
            tuple(map(_unpacked_diagnostic, one["diagnostics"])),
        )
        for key, one in data["found"].items()
    }
    return Record({one.name: one for one in entries}, found, dict(data["stamps"]))


def _is_inside(name: str) -> bool:
    """Whether a name stays in the output folder: files are removed by these names, and the record is only a file."""
    return not name.startswith("/") and ".." not in PurePosixPath(name).parts


def _packed_task(task: Task) -> list[Any]:
    meeting = str(task.meeting) if task.meeting else None
    return [str(task.report), meeting, task.house, [*map(str, task.house_folders)], task.audience]


def _unpacked_task(data: Iterable[Any]) -> Task:
    report, meeting, house, folders, audience = data
    return Task(Path(report), Path(meeting) if meeting else None, house, tuple(map(Path, folders)), audience)


def _unpacked_summary(data: Iterable[Any] | None) -> PaperSummary | None:
    if data is None:
        return None
    title, report_of, made, pages, exempt, part_exempt, confidential, item, author = data
    whole, parts = tuple(exempt), tuple(part_exempt)
    return PaperSummary(title, report_of, made, pages, whole, parts, confidential, item, author)


def _packed_diagnostic(one: Diagnostic) -> list[Any]:
    place = one.location
    return [one.severity.value, one.code, place.path, place.line, place.column, one.message, one.hint, one.waived]


def _unpacked_diagnostic(data: Iterable[Any]) -> Diagnostic:
    severity, code, path, line, column, message, hint, waived = data
    return Diagnostic(Severity(severity), code, Location(path, line, column), message, hint, waived)
