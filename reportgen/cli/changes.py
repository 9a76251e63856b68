"""`reportgen changes`: what differs between two versions, in sentences or as JSON."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any, assert_never, get_args

import click

from reportgen.build.output import write_together
from reportgen.changes import ActionKind, Change, ChangeKind, WordRun, compare, name_of, noun_of, plain
from reportgen.cli.console import Printer, counted
from reportgen.cli.errors import ERRORS, CliError
from reportgen.diagnostics import Location, Problems, Severity, closest
from reportgen.model.base import Record
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Meeting
from reportgen.model.reader import FOLDERS, kind_of, read_record
from reportgen.model.report import Report
from reportgen.templating.filters import as_date, as_listing

_MOST_SAME = 14
"""Words that did not change and are printed in a row; of more, those next to a change."""
_SUMMARY = 100
"""Characters of what is new or gone, at most."""


def show_changes(old: Path, new: Path, form: str, out: Path | None) -> int:
    """Print what has changed from `old` to `new`, or write it to a file; the exit code."""
    problems, printer = Problems(), Printer()
    if out is not None and any(out.exists() and path.exists() and out.samefile(path) for path in (old, new)):
        raise CliError(f"{out}: error: this is what is to be compared; name another file for the list")
    changes = compare_versions(old, new, problems)
    printer.diagnostics(problems.found)
    failed = bool(printer.counts[Severity.ERROR])
    if changes or not failed:
        _give(_as_json(old, new, changes) if form == "json" else "\n".join(_as_text(changes)) + "\n", out)
    return ERRORS if failed else 0


def _give(text: str, out: Path | None) -> None:
    """Print the list, or write it to a file."""
    if out is None:
        click.echo(text, nl=False)
        return
    write_together({out: text.encode("utf-8")})
    click.echo(out)


@dataclass(frozen=True, slots=True)
class FileChanges:
    """The changes in one file."""

    name: str
    """Its path below the two folders; of two files that were named, the new one's name."""
    kind: type[Record] | None
    """What the file holds; None for a picture or a text."""
    changes: tuple[Change, ...]


# ---- Two files, meetings or folders ----

_BESIDE: Mapping[str, str] = {"pictures": "*", "inspections": "*.txt"}
"""Files of other kinds that papers are made from, by their folder."""

_Paths = dict[str, Path]
"""Files by their names, which are the same in both versions."""


def compare_versions(old: Path, new: Path, problems: Problems) -> tuple[FileChanges, ...]:
    """Return what has changed from `old` to `new`, file by file; files without a change are left out.

    A meeting stands for itself and its papers: the reports on its agenda with their inspections and action plans.
    A file that cannot be read is reported in `problems`, and the others are compared.
    """
    before, after, kind = _files_of_versions(old, new, problems)
    found = []
    for name in sorted({*before, *after}):
        pair = (before.get(name), after.get(name))
        known = kind or _kind_in_folder(next(path for path in reversed(pair) if path))
        found.append(FileChanges(name, known, _compare_files(name, known, *pair, problems)))
    return tuple(one for one in found if one.changes)


def _files_of_versions(old: Path, new: Path, problems: Problems) -> tuple[_Paths, _Paths, type[Record] | None]:
    """Return the files of both, and what they hold where no folder says so; none when they cannot be paired."""
    none: tuple[_Paths, _Paths, None] = ({}, {}, None)
    if not _both_exist(old, new, problems):
        return none
    old, new = _with_folder(old), _with_folder(new)
    if old.is_dir() and new.is_dir():
        before, after = _files_in(old), _files_in(new)
        if not before and not after:
            hint = "name a council's folder, or the folder with the councils, as it was and as it is"
            problems.error("RG060", Location(str(new)), "neither folder holds a file of a council", hint)
        return before, after, None
    if old.is_dir() or new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        hint = "name two files, or two folders"
        problems.error("RG060", Location(str(folder)), f"this is a folder, and {file} is a file", hint)
        return none
    kind = _common_kind(old, new, problems)
    if kind is Meeting and kind_of(old) is kind_of(new):
        return _files_of_meeting(old, problems), _files_of_meeting(new, problems), None
    return ({new.name: old}, {new.name: new}, kind) if kind else none


def _both_exist(old: Path, new: Path, problems: Problems) -> bool:
    for path in (old, new):
        if not path.exists():
            close = closest(path.name, sorted(one.name for one in path.parent.glob("*.yaml")))
            hint = f"did you mean '{path.with_name(close)}'?" if close else "check the name and the folder you are in"
            problems.error("RG001", Location(str(path)), "there is no such file or folder", hint)
    return old.exists() and new.exists()


def _with_folder(path: Path) -> Path:
    """Return the path with the name of its folder, which says what the file holds."""
    folder = path if path.is_dir() else path.parent
    return path if folder.name not in ("", "..") else Path(os.path.normpath(path.absolute()))


def _common_kind(old: Path, new: Path, problems: Problems) -> type[Record] | None:
    """Return what both files hold. A copy that is kept elsewhere holds what the other one holds."""
    before, after = kind_of(old), kind_of(new)
    if before and after and before is not after:
        message = f"this is another kind of file than {old}: it stands in {new.parent.name}, the other in"
        problems.error("RG060", Location(str(new)), f"{message} {old.parent.name}", "name two versions of one file")
        return None
    if before is None and after is None:
        hint = f"one of the two must stand in a council's folder: {', '.join(FOLDERS)}"
        problems.error("RG060", Location(str(new)), "nothing says what kind of file this is", hint)
    return after or before


def _files_in(folder: Path) -> _Paths:
    """Return the files that papers are made from; hidden ones are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        known = _kind_in_folder(path) or path.match(_BESIDE.get(path.parent.name, "/"))
        if known and path.is_file() and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = path
    return found


def _files_of_meeting(meeting: Path, problems: Problems) -> _Paths:
    """Return the file of a meeting, as "meeting", and those of its papers by their path in the council's folder."""
    council = meeting.parent.parent
    record = read_record(meeting, Meeting, known_frameworks(), problems)
    found = {"meeting": meeting}
    for item in record.items if record else ():
        path = council / "reports" / f"{item.report}.yaml"
        if item.report is None or not path.is_file():
            continue
        found[f"reports/{path.name}"] = path
        report = read_record(path, Report, known_frameworks(), problems)
        named = {"inspections": report.inspection, "action-plans": report.action_plan} if report else {}
        others = (council / folder / f"{name}.yaml" for folder, name in named.items() if name is not None)
        found |= {f"{other.parent.name}/{other.name}": other for other in others if other.is_file()}
    return found


def _kind_in_folder(path: Path) -> type[Record] | None:
    """Return what a file that was found in a folder holds; None for one that is no YAML, or a meeting's own."""
    return kind_of(path) if path.suffix == ".yaml" else None


def _compare_files(
    name: str, kind: type[Record] | None, old: Path | None, new: Path | None, problems: Problems
) -> tuple[Change, ...]:
    paths = (old, new)
    if old and new and old.read_bytes() == new.read_bytes():
        return ()
    old_at, new_at = (Location(str(path)) if path else None for path in paths)
    change: ChangeKind = "changed" if old and new else "new" if new else "gone"
    if kind is None:
        was, now = (path.stat().st_size if path else None for path in paths)
        return (Change(change, f"file {Path(name).name}", "size in bytes", "", was, now, old_at, new_at),)
    before, after = (read_record(path, kind, known_frameworks(), problems) if path else None for path in paths)
    if old and new:
        return compare(before, after) if before and after else ()
    record = before or after
    return (Change(change, name_of(record), "", "", plain(before), plain(after), old_at, new_at),) if record else ()


# ---- JSON ----


def _as_json(old: Path, new: Path, changes: Sequence[FileChanges]) -> str:
    """An object with `version` (of this form), `old`, `new`, `files` and `counts`; docs/writing.md describes it."""
    kinds = Counter(one.kind for file in changes for one in file.changes)
    value = {
        "version": 1,
        "old": old.as_posix(),
        "new": new.as_posix(),
        "files": [
            {
                "file": file.name,
                "holds": noun_of(file.kind) if file.kind else None,
                "changes": [_json_change(one) for one in file.changes],
            }
            for file in changes
        ],
        "counts": {kind: kinds[kind] for kind in get_args(ChangeKind)},
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "about": one.about or None,
        "label": one.label or None,
        "key": one.key or None,
        "was": one.was,
        "now": one.now,
        "original": one.original.isoformat() if one.original else None,
        "words": [{"kind": piece.kind, "text": piece.text} for piece in one.words] or None,
        "old": _json_place(one.old_at),
        "new": _json_place(one.new_at),
    }


def _json_place(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"path": PurePath(place.path).as_posix(), "line": place.line or None, "column": place.column or None}


# ---- Sentences ----


def _as_text(changes: Sequence[FileChanges]) -> Iterator[str]:
    for file in changes:
        for one in file.changes:
            place = one.old_at if one.kind == "gone" else one.new_at
            yield f"{place}: {sentence_of(one)}"
            if one.kind not in ("new", "gone"):
                if one.words:
                    yield f"  {marked(one.words)}"
                yield f"  before: {one.old_at}"
        yield ""
    found = [one for file in changes for one in file.changes]
    if any(one.words and one.kind not in ("new", "gone") for one in found):
        yield "[-words-] are gone, {+words+} are new."
    kinds = Counter(one.kind for one in found)
    listed = ", ".join(f"{kinds[kind]} {kind}" for kind in get_args(ChangeKind) if kinds[kind])
    yield f"{counted(len(found), 'change')}: {listed}" if found else "nothing has changed"


def sentence_of(one: Change) -> str:
    """The change in a sentence, without the words of a text that was reworded."""
    where = ", ".join(part for part in (one.about, one.label) if part)
    was, now = spoken(one.was), spoken(one.now)
    match one.kind:
        case "new":
            return f"{where}: new: {now}"
        case "gone":
            return f"{where}: gone: {was}"
        case "moved":
            return f"{where}: moved from place {was} to {now}"
        case "changed":
            return f"{where}: changed" if one.words else f"{where}: was {was}, is now {now}"
        case "reworded":
            return f"{where}: reworded"
        case "spacing":
            return f"{where}: only spaces or line breaks have changed"
        case "clearance reopened":
            return f"{one.about}: to be cleared again; the clearance ({was}) was of other words, or is gone"
        case _:
            return _sentence_of_action(one, one.kind, was, now)


def _sentence_of_action(one: Change, kind: ActionKind, was: str, now: str) -> str:
    match kind:
        case "closed":
            return f"{one.about}: complete; it was {was}"
        case "reopened":
            return f"{one.about}: opened again; it was complete and is {now}"
        case "slipped":
            first = one.original if one.original and one.original.isoformat() != one.was else None
            return f"{one.about}: slipped from {was} to {now}{f'; first set: {as_date(first)}' if first else ''}"
        case "brought forward":
            return f"{one.about}: brought forward from {was} to {now}"
        case "re-owned":
            return f"{one.about}: passed from {was} to {now}"
    assert_never(kind)


def spoken(value: Any) -> str:
    """A value as a sentence has it; of a record its text, title or name."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case str() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return as_date(date.fromisoformat(value))
        case str():
            text = " ".join(value.split())
            return f"'{text if len(text) <= _SUMMARY else text[: _SUMMARY - 1] + '…'}'"
        case Mapping():
            told = next((value[key] for key in ("text", "title", "name", "reason", "area") if key in value), None)
            return spoken(told) if told else ", ".join(f"{key} {spoken(one)}" for key, one in value.items())
        case list():
            return as_listing([spoken(one) for one in value]) or "nothing"
    return str(value)


def marked(words: Sequence[WordRun]) -> str:
    """A text with its changes marked: "came in [-autumn-] {+spring+}"; long parts that are the same are cut short."""
    return " ".join(_marked(piece, place == 0, place == len(words) - 1) for place, piece in enumerate(words))


def _marked(piece: WordRun, first: bool, last: bool) -> str:
    match piece.kind:
        case "gone":
            return f"[-{piece.text}-]"
        case "new":
            return f"{{+{piece.text}+}}"
        case "same":
            return _shortened(piece.text, first, last)
    assert_never(piece.kind)


def _shortened(text: str, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= _MOST_SAME:
        return " ".join(words)
    half = _MOST_SAME // 2
    before = [] if first else words[:half]
    after = [] if last else words[-half:]
    return " ".join([*before, "…", *after])
