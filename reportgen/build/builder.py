"""A build: targets → papers in an output folder, of which only those are built that are not up to date."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reportgen.build.environment import hash_of_own_files
from reportgen.build.executors import Executor, choose_executor
from reportgen.build.freshness import Snapshot, environment_of, file_changes, input_changes, lost_changes
from reportgen.build.names import find_clashes, name_of
from reportgen.build.options import BuildOptions
from reportgen.build.output import (
    STATE,
    backup_path,
    exclusive_use,
    hash_of,
    move,
    superseded_path,
    unwritable,
    write_together,
)
from reportgen.build.record import (
    DiscoveredPaper,
    Discovery,
    Failure,
    PaperRecord,
    Records,
    WrittenFile,
    discovery_data,
    discovery_from,
    key_of,
    save_manifest,
)
from reportgen.diagnostics import Diagnostic, Problems, Severity
from reportgen.inputs.files import FileQuery, product_templates
from reportgen.model.task import PaperSummary, Task
from reportgen.writers import EDITABLE

if TYPE_CHECKING:  # a run that finds everything up to date need not wait for the model
    from reportgen.build.tasks import TaskResult

_DISCOVERIES = 20
"""Of what was asked for, the last ones are kept."""
_UNTOLD = "what was found is not kept, as the paper has exempt or confidential text: `reportgen check` tells it"

State = Literal["made", "unchanged", "waiting", "broken"]
"""What became of a paper. One that waits for a shared file to be mended is left as it was."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of a paper."""

    task: Task
    state: State = "broken"
    files: tuple[Path, ...] = ()
    """Those that are there, of the formats asked for."""
    diagnostics: tuple[Diagnostic, ...] = ()
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being built or judged."""
    gaps: int = 0
    """How many places in it are marked as still missing."""
    title: str = ""
    pages: int | None = None
    """None when no format asked for is laid out on pages."""
    seconds: float = 0
    """What it took to build it; 0 when it was up to date."""
    reasons: tuple[str, ...] = ()
    """Why it had to be built; empty when it was up to date."""
    summary: PaperSummary | None = None
    """What the agenda says of it. Of a front sheet: its meeting and council."""
    is_new: bool = False
    """Whether it was built for the first time in this folder."""
    is_secret: bool = False
    """Whether something in its files is not for the public, or may be: diagnostics may quote it."""
    waits_for: str = ""
    """The shared file that must be mended before it can be built, or empty."""
    changes: tuple[str, ...] = ()
    """What was removed or moved, a line each."""
    notes: tuple[str, ...] = ()
    """What else was done to its files, a line each."""


class Reporter:
    """Hears of a build as it goes; this one says nothing."""

    def note(self, text: str) -> None:
        """Take a line of text."""

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Take what was found in the targets and the meetings."""

    def begin(self, papers: int) -> None:
        """Take how many papers are to be built."""

    def advance(self) -> None:
        """One more is done."""

    def end(self) -> None:
        """All of them are done."""

    def result(self, result: BuildResult) -> None:
        """Take what became of a paper, in the order of the papers."""

    def change(self, line: str) -> None:
        """Take what was removed or moved though it belongs to no paper any more."""

    def finish(self, log: BuildLog, interrupted: bool = False) -> None:
        """Take all that was done, while no other build may work in the output folder."""


@dataclass
class BuildLog:
    """What a build did."""

    out: Path
    papers: list[BuildResult] = field(default_factory=list)
    front_sheets: list[BuildResult] = field(default_factory=list)
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was found in no paper in particular."""
    changes: list[str] = field(default_factory=list)
    """What was removed or moved though it belongs to no paper any more."""

    @property
    def results(self) -> list[BuildResult]:
        """The papers, then the front sheets."""
        return [*self.papers, *self.front_sheets]


def build_papers(options: BuildOptions, log: BuildLog, reporter: Reporter) -> None:
    """Build the papers that the targets mean, and those front sheets whose meetings they mean as a whole.

    Args:
        options: what was asked for.
        log: gets what was done, as soon as it is done: an interrupt may end the build at any moment.
        reporter: hears the same.

    Raises:
        OSError: where nothing can be written.
        ExecutorUnavailable: where there is no cluster.
    """
    with ExitStack() as stack:
        stack.enter_context(exclusive_use(options.out, reporter.note))
        build = _Build(options, log, reporter, stack)
        try:
            build.run()
            reporter.finish(log)
        except KeyboardInterrupt:
            reporter.end()
            reporter.finish(log, interrupted=True)
            raise
        finally:
            build.save()


def without_words(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the same findings at the same places, without a word of what was found: it may quote exempt text."""
    return tuple(replace(one, message=_UNTOLD, hint="", waived="waived" if one.waived else "") for one in found)


@dataclass
class _PendingPaper:
    """A paper on its way to its result."""

    paper: DiscoveredPaper
    record: PaperRecord | None
    """What is known of it from before."""
    is_stale: bool = False
    """Whether what it depends on has changed."""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    result: BuildResult | None = None

    @property
    def task(self) -> Task:
        return self.paper.task


class _Build:
    """One build in an output folder, of which it has exclusive use."""

    def __init__(self, options: BuildOptions, log: BuildLog, reporter: Reporter, stack: ExitStack) -> None:
        self.options = options
        self.out = options.out
        self.log = log
        self.reporter = reporter
        self.records = Records(self.out)
        self.snapshot = Snapshot()
        self._stack = stack
        self._executor: Executor | None = None

    def run(self) -> None:
        discovery = self.discover()
        self.log.diagnostics = discovery.diagnostics
        self.reporter.diagnostics(discovery.diagnostics)
        papers = [self.with_known(paper) for paper in self.with_lost_versions(discovery.papers)]
        for result in self.build(papers):
            self.log.papers.append(result)
            self.reporter.result(result)
        self.reporter.end()
        sheets = _with_papers(discovery.front_sheets, papers, self.log.papers)
        for result in self.build(sheets):
            self.log.front_sheets.append(result)
            self.reporter.result(result)
        for change in self.remove_obsolete([*papers, *sheets]):
            self.log.changes.append(change)
            self.reporter.change(change)

    def save(self) -> None:
        """Write the manifest, also after an interrupt."""
        try:
            save_manifest(self.out, self.records, product_templates())
        except OSError as error:
            place = error.filename or self.out
            self.reporter.note(f"{place}: the record of this build cannot be written: {error.strerror or error}")

    # ---- What is to be built ----

    def discover(self) -> Discovery:
        """Return what the targets mean; from the last run, if everything that this depends on is as it was."""
        options = self.options
        folders = (product_templates(),)
        wanted = [Path.cwd(), *options.targets, f"house {options.house}", *folders, *options.audiences]
        key = hashlib.sha256(os.fsencode("\0".join([*map(str, wanted), hash_of_own_files()]))).hexdigest()[:16]
        path = self.out / STATE / "discovered.json"
        known: dict[str, Any] = {}
        with suppress(OSError, ValueError, TypeError):
            known = dict(json.loads(path.read_bytes()))
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            discovery = discovery_from(known[key])
            if not any(self.snapshot.changes(discovery.inputs)):
                return discovery
        # Imported here: a run that finds everything up to date need not know what a meeting is.
        from reportgen.build.discover import discover

        discovery = discover(options.targets, options.house, folders, options.audiences)
        known.pop(key, None)
        if not discovery.is_secret:
            known[key] = discovery_data(discovery)
        kept = dict([*known.items()][-_DISCOVERIES:])
        with suppress(OSError):  # the papers that cannot be written either will be reported
            write_together({path: json.dumps(kept, separators=(",", ":")).encode()})
        return discovery

    def with_lost_versions(self, papers: Iterable[DiscoveredPaper]) -> list[DiscoveredPaper]:
        """Return the papers, and the exempt versions of those that cannot be read and had one before."""
        papers = list(papers)
        tasks = {key_of(one.task) for one in papers}
        found = []
        for paper in papers:
            found.append(paper)
            other = replace(paper.task, audience="exempt")
            if paper.is_readable or key_of(other) in tasks or "exempt" not in self.options.audiences:
                continue
            if self.records.of(other) is not None:
                found.append(replace(paper, task=other, is_secret=True))
        return found

    def with_known(self, paper: DiscoveredPaper) -> DiscoveredPaper:
        """Return a paper that cannot be read with what was known of it: it stays marked, and where it was."""
        record = self.records.of(paper.task)
        if paper.is_readable or record is None or record.summary is None:
            return paper
        known, now = record.summary, paper.summary
        is_marked = bool(known.exempt or known.part_exempt or known.confidential)
        # The title from before may tell what has been marked since.
        title = now.title or (known.title if is_marked or not paper.is_secret else "")
        summary = replace(
            now,
            title=title,
            exempt=now.exempt or known.exempt,
            part_exempt=now.part_exempt or known.part_exempt,
            confidential=now.confidential or known.confidential,
        )
        name = name_of(paper.task, title, summary.item) if title else record.name
        return replace(paper, name=name, summary=summary, is_secret=paper.is_secret or is_marked)

    # ---- Papers → files ----

    def build(self, papers: Sequence[DiscoveredPaper]) -> Iterator[BuildResult]:
        """Build those papers that are not up to date; yield what became of each, in their order."""
        pending = [_PendingPaper(paper, self.records.of(paper.task)) for paper in papers]
        for one in pending:
            self.check_freshness(one)
        self.report_name_clashes(pending)
        to_build = [place for place, one in enumerate(pending) if one.result is None]
        self.reporter.begin(len(to_build))
        ready = ((place, one.result) for place, one in enumerate(pending) if one.result is not None)
        with closing(self.execute([pending[place] for place in to_build])) as built:
            yield from _in_order(chain(ready, ((to_build[place], result) for place, result in built)))

    def execute(self, pending: Sequence[_PendingPaper]) -> Generator[tuple[int, BuildResult]]:
        """Build papers, and store the files of each as soon as it is done."""
        if not pending:
            return
        tasks = [one.task for one in pending]
        # Front sheets are few: whoever built the papers has loaded everything, and a cluster need not be asked.
        if self._executor is None or (self.options.cluster is not None and tasks[0].is_front_sheet):
            options = replace(self.options, cluster=None) if tasks[0].is_front_sheet else self.options
            self._executor = self._stack.enter_context(closing(choose_executor(options, len(tasks))))
        with closing(self._executor.run(tasks)) as running:
            for place, result in running:
                stored = self.store_result(pending[place], result)
                self.reporter.advance()
                yield place, stored

    def check_freshness(self, pending: _PendingPaper) -> None:
        """Set the result of a paper that is up to date; else say why it is not."""
        record, options = pending.record, self.options
        if record is None:
            pending.reasons = ["it has not been made before"]
            return
        failure = record.failure
        if failure is not None:
            pending.reasons = input_changes(record, pending.task, self.snapshot)
            if set(failure.formats) != set(options.formats):
                pending.reasons.append("other formats are asked for")
            if not pending.reasons:
                pending.result = self.failed_result(pending, failure.diagnostics, failure.waits_for)
            if not pending.reasons or not record.files:
                return
            record = pending.record = replace(record, failure=None)  # it waited: what it has may be right again
        pending.reasons = input_changes(record, pending.task, self.snapshot)
        pending.is_stale = bool(pending.reasons)
        pending.reasons += file_changes(record, options.formats, self.out, self.snapshot, self.records)
        pending.notes += lost_changes(record, self.out, self.snapshot, self.records)
        if not pending.reasons:
            pending.result = BuildResult(
                pending.task,
                "unchanged",
                self.existing_files(record),
                record.diagnostics,
                gaps=record.gaps,
                title=record.title,
                pages=record.pages,
                summary=record.summary,
                is_secret=pending.paper.is_secret,
            )

    def existing_files(self, record: PaperRecord) -> tuple[Path, ...]:
        """Return the files of a paper in the formats asked for."""
        return tuple(self.out / f"{record.name}.{form}" for form in self.options.formats if form in record.files)

    def report_name_clashes(self, pending: Sequence[_PendingPaper]) -> None:
        """Refuse papers that would be written to the same place."""
        if all(one.result is not None for one in pending):
            return  # then each was built where none other is
        clashes = find_clashes({one.task: one.paper.name for one in pending}, self.out)
        for one in pending:
            if one.task in clashes:
                one.result = BuildResult(one.task, diagnostics=(clashes[one.task],), is_secret=one.paper.is_secret)

    # ---- Results → files ----

    def store_result(self, pending: _PendingPaper, result: TaskResult) -> BuildResult:
        """Put the files of a paper in place, or move the last ones of a broken paper away."""
        try:
            if result.files:
                return self.store_files(pending, result)
            return self.store_failure(pending, result)
        except OSError as error:
            found = (*result.diagnostics, unwritable(error, self.out / pending.paper.name))
            return replace(self.failed_result(pending, found, ""), files=(), state="broken", crash=result.crash)

    def store_files(self, pending: _PendingPaper, result: TaskResult) -> BuildResult:
        """Write a paper that was built, and remove what was made of older inputs."""
        paper, old = pending.paper, pending.record
        files = {form: WrittenFile(hashlib.sha256(one).hexdigest(), len(one)) for form, one in result.files.items()}
        pages = result.pages
        if old is not None and not pending.is_stale and old.name == paper.name:
            files = {**old.files, **files}  # of the same inputs, in formats made before
            pages = old.pages if pages is None else pages
        record = PaperRecord(
            paper.task,
            paper.name,
            files,
            {path: file.sha256 for path, file in (old.paths if old else {}).items()},
            result.inputs,
            environment_of(paper.task),
            without_words(result.diagnostics) if result.is_secret else result.diagnostics,
            result.title,
            pages,
            result.gaps,
            result.summary,
        )
        contents = {self.out / f"{paper.name}.{form}": content for form, content in result.files.items()}
        backups = {
            path: backup_path(path, paper.is_secret)
            for path, content in contents.items()
            if self.was_edited(path, hashlib.sha256(content).hexdigest())
        }
        self.records.write(record, contents, backups)
        pending.changes += [_describe_backup(path, place, paper.task) for path, place in backups.items()]
        if old is not None:
            pending.changes += self.remove_files(old, record.paths, "which was made of older inputs", paper.is_secret)
        if result.crash:
            self.records.remove(record)
        return BuildResult(
            paper.task,
            "made",
            tuple(contents),
            result.diagnostics,
            result.crash,
            result.gaps,
            result.title,
            result.pages,
            result.seconds,
            tuple(pending.reasons),
            result.summary,
            is_new=old is None,
            is_secret=paper.is_secret or result.is_secret,
            changes=tuple(pending.changes),
            notes=tuple(pending.notes),
        )

    def store_failure(self, pending: _PendingPaper, result: TaskResult) -> BuildResult:
        """Keep what is known of a paper that could not be built. If the fault is its own, move its last files away."""
        paper = pending.paper
        waits_for = _shared_cause(paper.task, result.diagnostics)
        record = pending.record or PaperRecord(paper.task, paper.name, summary=paper.summary)
        if not waits_for:
            pending.changes += self.supersede(record, paper.is_secret)
            record = replace(record, name=paper.name, files={}, replaced={}, inputs=result.inputs)
        failure = Failure(
            result.inputs, environment_of(paper.task), self.options.formats, result.diagnostics, waits_for
        )
        record = replace(record, task=paper.task, failure=failure if result.is_lasting else None)
        self.records.write(record, {}, {})
        failed = self.failed_result(replace(pending, record=record), result.diagnostics, waits_for)
        return replace(failed, crash=result.crash, is_secret=failed.is_secret or result.is_secret)

    def failed_result(self, pending: _PendingPaper, found: tuple[Diagnostic, ...], waits_for: str) -> BuildResult:
        """Return the result of a paper that cannot be built; one that waits has the files that it had."""
        record, summary = pending.record, pending.paper.summary
        is_there = record is not None and bool(record.files) and bool(waits_for)
        if is_there and record is not None and record.summary is not None:
            summary = record.summary
        return BuildResult(
            pending.task,
            "waiting" if waits_for else "broken",
            self.existing_files(record) if is_there and record is not None else (),
            found,
            title=pending.paper.summary.title,
            pages=record.pages if is_there and record is not None else None,
            reasons=tuple(pending.reasons),
            summary=summary,
            is_secret=pending.paper.is_secret,
            waits_for=waits_for,
            changes=tuple(pending.changes),
            notes=tuple(pending.notes),
        )

    def supersede(self, record: PaperRecord, is_secret: bool) -> Iterator[str]:
        """Move the last files of a broken paper to where nobody takes them for current; yield a line for each."""
        for path in self.own_files(record, ()):
            if self.was_edited(path):
                place = backup_path(path, is_secret)
                move(path, place)
                yield _describe_backup(path, place, record.task)
            else:
                place = superseded_path(path, is_secret)
                move(path, place)
                yield f"moved: {path} to {place}, as the paper can no longer be made"

    def remove_files(self, record: PaperRecord, kept: Container[str], why: str, is_secret: bool) -> Iterator[str]:
        """Remove a paper's files, or move away what somebody has edited; yield a line for each."""
        for path in self.own_files(record, kept):
            if self.was_edited(path):
                place = backup_path(path, is_secret)
                move(path, place)
                yield _describe_backup(path, place, record.task)
            else:
                path.unlink()
                yield f"removed: {path}, {why}"

    def own_files(self, record: PaperRecord, kept: Container[str]) -> list[Path]:
        """Return the files of a record that are there, unless another paper has taken their names in this build."""
        if self.records.has_other_owner(record.name, record):
            return []
        return [self.out / path for path in record.paths if path not in kept and (self.out / path).is_file()]

    def was_edited(self, path: Path, to_be: str = "") -> bool:
        """Whether somebody has worked on the file: no build has left it like this, and no build is about to."""
        now = hash_of(path) if path.suffix.removeprefix(".") in EDITABLE else None
        return now is not None and now != to_be and not self.records.is_ours(now)

    def remove_obsolete(self, papers: Iterable[DiscoveredPaper]) -> Iterator[str]:
        """Remove papers that no longer are any; yield a line for each file.

        Their report or meeting is gone, or the meeting no longer has them, or what was a draft is on an agenda now,
        or there is nothing exempt in them any more.
        """
        papers = list(papers)
        tasks = [paper.task for paper in papers]
        known = {key_of(task) for task in tasks}
        on_agendas = {task.report for task in tasks if task.meeting is not None}
        secret = {paper.task.report for paper in papers if paper.is_secret}
        public_only = {task.report for task in tasks} - secret if "exempt" in self.options.audiences else set()
        for record in self.records:
            task = record.task
            if key_of(task) in known:
                continue
            if not (task.audience == "exempt" and task.report in public_only) and not self.is_gone(record, on_agendas):
                continue
            is_secret = task.audience == "exempt" or task.report in secret
            yield from self.remove_files(record, (), "as its paper is no longer there", is_secret)
            self.records.remove(record)

    def is_gone(self, record: PaperRecord, on_agendas: Container[Path]) -> bool:
        """Whether a paper that was not asked for is none any more."""
        task = record.task
        if not task.report.is_file():
            return True
        if task.meeting is None:
            return task.report in on_agendas
        if not task.meeting.is_file():
            return True
        query = FileQuery("content", str(task.meeting))
        if self.snapshot.digest(query) == record.inputs.get(query):
            return False
        from reportgen.model.reader import read_agenda

        agenda = read_agenda(task.meeting, Problems())
        return agenda is not None and task.report.stem not in agenda


def _in_order(results: Iterable[tuple[int, BuildResult]]) -> Iterator[BuildResult]:
    """Yield results by their places, each as soon as all before it are there."""
    waiting: dict[int, BuildResult] = {}
    place = 0
    for done, result in results:
        waiting[done] = result
        while place in waiting:
            yield waiting.pop(place)
            place += 1


def _shared_cause(task: Task, found: Iterable[Diagnostic]) -> str:
    """Return the file, not the paper's own, whose mistake keeps it from being built; empty if the fault is its own."""
    council = task.report.parent.parent
    files = {str(council / "council.yaml"), str(task.report if task.is_front_sheet else task.meeting)}
    folders = tuple(f"{folder}{os.sep}" for folder in (*task.house_folders, council / "frameworks"))
    for one in found:
        path = one.location.path
        # "--house" is no file: the fault lies in the command, and what was made before is right.
        is_shared = path in files or path.startswith(("--", *folders))
        if is_shared and one.severity is Severity.ERROR and not one.waived:
            return path
    return ""


def _describe_backup(path: Path, place: Path, task: Task) -> str:
    how = "" if task.is_front_sheet else "; `reportgen entries` reads the changes back"
    return f"moved: {path} to {place}, as the Word file had been edited{how}"


def _with_papers(
    sheets: Iterable[DiscoveredPaper], papers: Iterable[DiscoveredPaper], results: Iterable[BuildResult]
) -> list[DiscoveredPaper]:
    """Return the front sheets, each with what is known of the papers of its meeting, as the public may read them."""
    known: dict[Path, dict[str, PaperSummary]] = {}
    for paper, result in zip(papers, results, strict=True):
        task = paper.task
        if task.meeting is not None and task.audience == "public":
            summary = paper.summary
            if result.files and result.summary is not None:
                summary = replace(result.summary, pages=result.pages, author="")
            known.setdefault(task.meeting, {})[task.report.stem] = summary
    return [
        replace(one, task=replace(one.task, papers=tuple(sorted(known.get(one.task.report, {}).items()))))
        for one in sheets
    ]
