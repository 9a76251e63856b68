"""What papers were built from, kept from one run to the next.

OUT/manifest.json               for whoever receives the papers: what was built from what, with hashes; the same
                                inputs give the same bytes
OUT/.reportgen/papers/*.json    one record a paper, written with its files
OUT/.reportgen/discovered.json  which papers the targets of the last runs meant

Every record is for the next run only: one that is damaged, or of another schema, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from reportgen.build.output import STATE, write_together
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.inputs.files import Digest, FileQuery
from reportgen.model.task import Audience, PaperSummary, Task

SCHEMA = 2
MANIFEST_SCHEMA = 1

Inputs = Mapping[FileQuery, Digest]
"""Everything that was asked of files, with the digest of each answer."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written."""

    sha256: str
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a paper could not be built, and all that this depends on."""

    inputs: Inputs
    environment: Mapping[str, str]
    formats: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    waits_for: str = ""
    """The shared file that must be mended first, or empty."""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as it was last built, and all that it depends on."""

    task: Task
    name: str
    """Where it goes in the output folder, without a file's ending."""
    files: Mapping[str, WrittenFile] = field(default_factory=dict)
    """By format; empty for a paper of which there is nothing now."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """By path in the output folder: the SHA-256 of the files whose places these took. After a build that was killed,
    they may be there still."""
    inputs: Inputs = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    title: str = ""
    pages: int | None = None
    gaps: int = 0
    summary: PaperSummary | None = None
    """What the agenda says of it: kept for a broken paper, too, so that what was exempt stays so."""
    failure: Failure | None = None
    """Why it could not be built since."""

    @property
    def paths(self) -> dict[str, WrittenFile]:
        """The files by their path in the output folder."""
        return {f"{self.name}.{form}": file for form, file in self.files.items()}


@dataclass(frozen=True, slots=True)
class DiscoveredPaper:
    """A paper or a front sheet that a target means."""

    task: Task
    name: str
    """Where it goes in the output folder, without a file's ending."""
    summary: PaperSummary
    """What the agenda says of it as long as it is not built."""
    is_secret: bool = False
    """Whether its files hold, or may hold, what the public must not read."""
    is_readable: bool = True
    """Whether its files could be read; if not, little is known of it."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What some targets mean, and all that this depends on."""

    papers: tuple[DiscoveredPaper, ...]
    front_sheets: tuple[DiscoveredPaper, ...]
    """Those of the meetings that were meant as a whole; what is known of their papers is not in them yet."""
    inputs: Inputs
    diagnostics: tuple[Diagnostic, ...]
    is_secret: bool = False
    """Whether the diagnostics may quote what the public must not read: then it is not kept."""


PaperKey = tuple[Path, Path | None, Audience]


def key_of(task: Task) -> PaperKey:
    """Return what two tasks have in common if one builds the paper of the other anew."""
    return task.report, task.meeting, task.audience


class Records:
    """The records of all papers in an output folder."""

    def __init__(self, out: Path) -> None:
        self._folder = out / STATE / "papers"
        self._records: dict[PaperKey, PaperRecord] = {}
        for path in sorted(self._folder.glob("*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                record = _record_from(json.loads(path.read_bytes()))
                if self.path_of(record.task) == path:
                    self._records[key_of(record.task)] = record

    def __iter__(self) -> Iterator[PaperRecord]:
        return iter(sorted(self._records.values(), key=lambda one: one.name))

    def path_of(self, task: Task) -> Path:
        """Return where the record of a paper is kept."""
        key = "\0".join(map(str, key_of(task)))
        return self._folder / f"{hashlib.sha256(os.fsencode(key)).hexdigest()[:24]}.json"

    def of(self, task: Task) -> PaperRecord | None:
        """Return what is known of the paper."""
        return self._records.get(key_of(task))

    def write(self, record: PaperRecord, files: Mapping[Path, bytes], moves: Mapping[Path, Path]) -> None:
        """Write a paper's files with its record.

        The record comes first: if the build is killed between two files, it names the old ones and the new ones, so
        that neither is taken for one that somebody has edited. Raises OSError, and then nothing has changed.
        """
        content = json.dumps(_record_data(record), separators=(",", ":")).encode()
        write_together({self.path_of(record.task): content, **files}, moves)
        self._records[key_of(record.task)] = record

    def remove(self, record: PaperRecord) -> None:
        """Forget a paper. Raises OSError."""
        self.path_of(record.task).unlink(missing_ok=True)
        del self._records[key_of(record.task)]

    def is_ours(self, sha256: str) -> bool:
        """Whether a build has written a file with this hash, under whatever name."""
        return any(
            sha256 in record.replaced.values() or any(file.sha256 == sha256 for file in record.files.values())
            for record in self._records.values()
        )

    def has_other_owner(self, name: str, record: PaperRecord) -> bool:
        """Whether another paper than the record's has taken this name."""
        return any(one.name == name and one.task != record.task for one in self._records.values() if one.files)


# ---- To and from JSON ----


def _record_data(record: PaperRecord) -> dict[str, Any]:
    failure = record.failure
    return {
        "schema": SCHEMA,
        "task": _task_data(record.task),
        "name": record.name,
        "files": {form: asdict(file) for form, file in record.files.items()},
        "replaced": dict(record.replaced),
        "inputs": _inputs_data(record.inputs),
        "environment": dict(record.environment),
        "diagnostics": [asdict(one) for one in record.diagnostics],
        "title": record.title,
        "pages": record.pages,
        "gaps": record.gaps,
        "summary": asdict(record.summary) if record.summary else None,
        "failure": {
            **asdict(replace(failure, inputs={}, environment=dict(failure.environment))),
            "inputs": _inputs_data(failure.inputs),
        }
        if failure
        else None,
    }


def _record_from(data: dict[str, Any]) -> PaperRecord:
    if data.pop("schema") != SCHEMA or not _is_inside(data["name"]) or not all(map(_is_inside, data["replaced"])):
        raise ValueError(data)
    failure = data["failure"]
    return PaperRecord(
        **{
            **data,
            "task": _task_from(data["task"]),
            "files": {form: WrittenFile(**file) for form, file in data["files"].items()},
            "inputs": _inputs_from(data["inputs"]),
            "diagnostics": tuple(map(_diagnostic_from, data["diagnostics"])),
            "summary": _summary_from(data["summary"]) if data["summary"] else None,
            "failure": Failure(
                **{
                    **failure,
                    "inputs": _inputs_from(failure["inputs"]),
                    "formats": tuple(failure["formats"]),
                    "diagnostics": tuple(map(_diagnostic_from, failure["diagnostics"])),
                }
            )
            if failure
            else None,
        }
    )


def _is_inside(path: str) -> bool:
    """Whether a path stays in the output folder: files are moved by these names, and the record is only a file."""
    return not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _task_data(task: Task) -> dict[str, Any]:
    """Return a task as JSON has it, without what is known of other papers."""
    return {
        "report": str(task.report),
        "meeting": str(task.meeting) if task.meeting else None,
        "house": task.house,
        "house_folders": [*map(str, task.house_folders)],
        "audience": task.audience,
        "papers": [] if task.is_front_sheet else None,
    }


def _task_from(data: dict[str, Any]) -> Task:
    meeting, papers = data["meeting"], data["papers"]
    return Task(
        Path(data["report"]),
        Path(meeting) if meeting is not None else None,
        data["house"],
        tuple(map(Path, data["house_folders"])),
        data["audience"],
        tuple(papers) if papers is not None else None,
    )


def _inputs_data(inputs: Inputs) -> list[list[Digest]]:
    return [[*query, digest] for query, digest in inputs.items()]


def _inputs_from(data: list[Any]) -> Inputs:
    return {FileQuery(asked, path): digest for asked, path, digest in data}


def _summary_from(data: dict[str, Any]) -> PaperSummary:
    return PaperSummary(**{**data, "exempt": tuple(data["exempt"]), "part_exempt": tuple(data["part_exempt"])})


def _diagnostic_from(data: dict[str, Any]) -> Diagnostic:
    place = Location(**data["location"])
    return Diagnostic(**{**data, "severity": Severity(data["severity"]), "location": place})


def discovery_data(discovery: Discovery) -> dict[str, Any]:
    """Return a discovery as JSON has it."""
    papers, front_sheets = (
        [{**asdict(one), "task": _task_data(one.task)} for one in some]
        for some in (discovery.papers, discovery.front_sheets)
    )
    return {
        "papers": papers,
        "front_sheets": front_sheets,
        "inputs": _inputs_data(discovery.inputs),
        "diagnostics": [asdict(one) for one in discovery.diagnostics],
    }


def discovery_from(data: Mapping[str, Any]) -> Discovery:
    """Return the discovery that `discovery_data` has written."""
    papers, front_sheets = (
        tuple(
            DiscoveredPaper(**{**one, "task": _task_from(one["task"]), "summary": _summary_from(one["summary"])})
            for one in data[name]
        )
        for name in ("papers", "front_sheets")
    )
    found = tuple(map(_diagnostic_from, data["diagnostics"]))
    return Discovery(papers, front_sheets, _inputs_from(data["inputs"]), found)


# ---- The manifest ----


def save_manifest(out: Path, records: Records, product: Path) -> None:
    """Write the manifest, if it is not there as it should be. Raises OSError.

    `product` is the folder of the product's houses, which the manifest calls "reportgen/templates". Exempt papers are
    not listed: even their sizes would tell something.
    """
    public = [one for one in records if one.files and one.task.audience == "public"]
    environments = {json.dumps(dict(one.environment)): dict(one.environment) for one in public}
    made_with = next(iter(environments.values())) if len(environments) == 1 else [*environments.values()]
    papers = [_manifest_entry(one, product) for one in public]
    content = json.dumps(
        {"schema": MANIFEST_SCHEMA, "made_with": made_with, "papers": papers}, indent=1, ensure_ascii=False
    )
    path = out / "manifest.json"
    if not path.is_file() or path.read_bytes() != content.encode() + b"\n":
        write_together({path: content.encode() + b"\n"})


def _manifest_entry(record: PaperRecord, product: Path) -> dict[str, Any]:
    inputs = {
        _relative(path, product): f"refused:{digest}" if isinstance(digest, int) else f"sha256:{digest}"
        for (asked, path), digest in record.inputs.items()
        if asked == "content"
    }
    entry = {
        "title": record.title,
        "pages": record.pages,
        "report": _relative(str(record.task.report), product),
        "meeting": _relative(str(record.task.meeting), product) if record.task.meeting else None,
        "files": {path: asdict(file) for path, file in sorted(record.paths.items())},
        "inputs": dict(sorted(inputs.items())),
    }
    return {key: value for key, value in entry.items() if value is not None}


def _relative(path: str, product: Path) -> str:
    """Return the path from the working folder: the manifest is the same wherever that is."""
    if path.startswith(f"{product}{os.sep}"):
        return f"reportgen/templates/{Path(path).relative_to(product).as_posix()}"
    return Path(os.path.relpath(path)).as_posix() if Path(path).is_absolute() else Path(path).as_posix()
