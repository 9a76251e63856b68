"""Two versions of a file, a meeting or a folder → their files in pairs, and what has changed in each.

A meeting stands for itself and its papers: the reports on its agenda with their inspections and action plans.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.changes.comparing import Change, ChangeKind, compare
from reportgen.changes.differences import plain
from reportgen.changes.naming import name_of
from reportgen.diagnostics import Location, Problems, closest
from reportgen.model.base import Record
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Meeting
from reportgen.model.reader import FOLDERS, kind_of, read_record
from reportgen.model.report import Report

_BESIDE: Mapping[str, str] = {"pictures": "*", "inspections": "*.txt"}
"""Files of other kinds that papers are made from, by their folder."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A file in both versions, or in one of them."""

    name: str
    """Its path below the two folders; of two files by themselves, the new one's name."""
    kind: type[Record] | None
    """What stands in it; None for a picture or a text."""
    old: Path | None
    new: Path | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed in a file."""

    pair: Pair
    found: tuple[Change, ...]


def compare_versions(old: Path, new: Path, problems: Problems) -> tuple[Changes, ...]:
    """What has changed from `old` to `new`, file by file; those without a change left out.

    A file that cannot be read is told in `problems`, and the others are compared.
    """
    compared = (Changes(pair, _changes_in(pair, problems)) for pair in pairs_of(old, new, problems))
    return tuple(one for one in compared if one.found)


def pairs_of(old: Path, new: Path, problems: Problems) -> tuple[Pair, ...]:
    """The files that the two stand for, in pairs, sorted by name. Unlike ones have none, and `problems` says why."""
    if not _both_exist(old, new, problems):
        return ()
    old, new = _with_folder(old), _with_folder(new)
    if old.is_dir() and new.is_dir():
        before, after = _files_in(old), _files_in(new)
        if not before and not after:
            hint = "name a council's folder, or the folder with the councils, as it was and as it is"
            problems.error("RG060", Location(str(new)), "neither folder holds a file of a council", hint)
        return _paired(before, after)
    if old.is_dir() or new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        hint = "name two files, or two folders"
        problems.error("RG060", Location(str(folder)), f"this is a folder, and {file} is a file", hint)
        return ()
    kind = _common_kind(old, new, problems)
    if kind is Meeting and kind_of(old) is kind_of(new):
        return _paired(_papers_of(old, problems), _papers_of(new, problems))
    return (Pair(new.name, kind, old, new),) if kind else ()


def _both_exist(old: Path, new: Path, problems: Problems) -> bool:
    for path in (old, new):
        if not path.exists():
            close = closest(path.name, sorted(one.name for one in path.parent.glob("*.yaml")))
            hint = f"did you mean '{path.with_name(close)}'?" if close else "check the name and the folder you are in"
            problems.error("RG001", Location(str(path)), "there is no such file or folder", hint)
    return old.exists() and new.exists()


def _with_folder(path: Path) -> Path:
    """The path with the name of its folder, which says what stands in it; a path from within that one does not."""
    folder = path if path.is_dir() else path.parent
    return path if folder.name not in ("", "..") else Path(os.path.normpath(path.absolute()))


def _common_kind(old: Path, new: Path, problems: Problems) -> type[Record] | None:
    """What both files hold. A copy that is kept elsewhere holds what the other one holds."""
    before, after = kind_of(old), kind_of(new)
    if before and after and before is not after:
        message = f"this is another kind of file than {old}: it stands in {new.parent.name}, the other in"
        problems.error("RG060", Location(str(new)), f"{message} {old.parent.name}", "name two versions of one file")
        return None
    if before is None and after is None:
        hint = f"one of the two must stand in a council's folder: {', '.join(FOLDERS)}"
        problems.error("RG060", Location(str(new)), "nothing says what kind of file this is", hint)
    return after or before


def _files_in(folder: Path) -> dict[str, Path]:
    """The files that papers are made from, by their path below the folder; hidden ones left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        known = _kind_in_folder(path) or path.match(_BESIDE.get(path.parent.name, "/"))
        if known and path.is_file() and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = path
    return found


def _papers_of(meeting: Path, problems: Problems) -> dict[str, Path]:
    """The file of a meeting, as "meeting", and those of its papers by their path in the council's folder."""
    council = meeting.parent.parent
    record = read_record(meeting, Meeting, known_frameworks(), problems)
    found = {"meeting": meeting}
    for item in record.items if record else ():
        if item.report is not None:
            found |= _files_of_paper(council, item.report, problems)
    return found


def _files_of_paper(council: Path, identifier: str, problems: Problems) -> Iterator[tuple[str, Path]]:
    path = council / "reports" / f"{identifier}.yaml"
    if not path.is_file():
        return
    yield f"reports/{path.name}", path
    report = read_record(path, Report, known_frameworks(), problems)
    named = {"inspections": report.inspection, "action-plans": report.action_plan} if report else {}
    for folder, name in named.items():
        other = council / folder / f"{name}.yaml"
        if name is not None and other.is_file():
            yield f"{folder}/{other.name}", other


def _paired(old: Mapping[str, Path], new: Mapping[str, Path]) -> tuple[Pair, ...]:
    return tuple(
        Pair(name, _kind_in_folder(new.get(name) or old[name]), old.get(name), new.get(name))
        for name in sorted({*old, *new})
    )


def _kind_in_folder(path: Path) -> type[Record] | None:
    """What a file that was found in a folder holds; None for one that is no YAML."""
    return kind_of(path) if path.suffix == ".yaml" else None


def _changes_in(pair: Pair, problems: Problems) -> tuple[Change, ...]:
    paths = (pair.old, pair.new)
    if pair.old and pair.new and pair.old.read_bytes() == pair.new.read_bytes():
        return ()
    old_at, new_at = (Location(str(path)) if path else None for path in paths)
    kind: ChangeKind = "changed" if old_at and new_at else "new" if new_at else "gone"
    if pair.kind is None:
        was, now = (path.stat().st_size if path else None for path in paths)
        return (Change(kind, f"file {Path(pair.name).name}", "size in bytes", "", was, now, old_at, new_at),)
    old, new = (read_record(path, pair.kind, known_frameworks(), problems) if path else None for path in paths)
    if pair.old and pair.new:
        return compare(old, new) if old and new else ()
    record, was, now = old or new, plain(old), plain(new)
    return (Change(kind, name_of(record), "", "", was, now, old_at, new_at),) if record else ()
