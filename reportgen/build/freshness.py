"""What is up to date: a record compared with what is on the disk now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reportgen.build.environment import environment
from reportgen.build.record import Inputs, PaperRecord, Records
from reportgen.inputs.files import DISK, Digest, FileQuery, ask, digest
from reportgen.model.task import Task
from reportgen.writers import EDITABLE, WRITERS


class Snapshot:
    """What is on the disk now. Each file is read once."""

    def __init__(self) -> None:
        self._digests: dict[FileQuery, Digest] = {}

    def digest(self, query: FileQuery) -> Digest:
        """Return the digest of the answer to a query."""
        if query not in self._digests:
            self._digests[query] = digest(ask(DISK, query))
        return self._digests[query]

    def changes(self, inputs: Inputs) -> Iterator[str]:
        """Say which inputs are others now."""
        for query, before in inputs.items():
            now = self.digest(query)
            if now != before:
                yield _describe_change(query, before, now)


def environment_of(task: Task) -> Mapping[str, str]:
    """Return on what a paper depends beside its files: for a front sheet, on what is known of the papers, too."""
    if not task.is_front_sheet:
        return environment()
    known = hashlib.sha256(repr(task.papers).encode()).hexdigest()[:16]
    return {**environment(), "what is known of its papers": f"sha256:{known}"}


def input_changes(record: PaperRecord, task: Task, snapshot: Snapshot) -> list[str]:
    """Say what a paper or its failure depends on that is another now; nothing when all is as it was."""
    failure = record.failure
    inputs, before = (failure.inputs, failure.environment) if failure else (record.inputs, record.environment)
    reasons = [*snapshot.changes(inputs), *_environment_changes(before, environment_of(task))]
    if (record.task.house, record.task.house_folders) != (task.house, task.house_folders):
        reasons.append("another house is asked for")
    return reasons


def file_changes(
    record: PaperRecord, formats: Sequence[str], out: Path, snapshot: Snapshot, records: Records
) -> Iterator[str]:
    """Say what became of a paper's files since they were written, and which are asked for and not there."""
    for form, file in record.files.items():
        now = snapshot.digest(FileQuery("content", f"{out / record.name}.{form}"))
        if isinstance(now, int):
            yield f"{_file_label(form)} is missing"
        elif now != file.sha256:
            is_older = records.is_ours(now)
            change = "is older: the last build did not end" if is_older else "has been changed since it was made"
            yield f"{_file_label(form)} {change}"
    if not record.files:
        yield "it could not be made"
    elif missing := [form for form in formats if form not in record.files]:
        yield from (f"{_file_label(form)} has not been made before" for form in missing)


def lost_changes(record: PaperRecord, out: Path, snapshot: Snapshot, records: Records) -> Iterator[str]:
    """Name the files that somebody has changed and that nobody keeps."""
    for form, file in record.files.items():
        path = f"{out / record.name}.{form}"
        now = snapshot.digest(FileQuery("content", path))
        if form not in EDITABLE and isinstance(now, str) and now != file.sha256 and not records.is_ours(now):
            yield f"{path} had been changed since it was made"


def _describe_change(query: FileQuery, before: Digest, now: Digest) -> str:
    path = query.path
    match query.asked:
        case "content":
            if isinstance(now, int):
                return f"{path} cannot be read" if isinstance(before, int) else f"{path} is gone"
            return f"{path} can be read now" if isinstance(before, int) else f"{path} has changed"
        case "kind":
            return f"{path} is gone" if now == "" else f"{path} is new" if before == "" else f"{path} has changed"
        case "names":
            return f"other files are in {path}"


def _environment_changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    own = {"fonts": "the fonts have changed", "reportgen's files": "reportgen itself has changed"}
    for name in dict.fromkeys((*before, *now)):
        old, new = before.get(name, "none"), now.get(name, "none")
        if old != new:
            is_version = old[:1].isdigit() and new[:1].isdigit() and name != "fonts"
            yield own.get(name, f"{name} {old} → {new}" if is_version else f"{name} has changed")


def _file_label(name: str) -> str:
    """Return what a file of a format is called; a record may name a format that another version wrote."""
    return WRITERS[name].file_label if name in WRITERS else name
