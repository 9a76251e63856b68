"""A task → its result. What is built depends on the answers of `Files`, and on nothing else."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.build.discover import may_be_marked
from reportgen.build.environment import hash_of_own_files
from reportgen.diagnostics import Diagnostic, Location, Problems, Rejected, Severity
from reportgen.house import House, read_house
from reportgen.inputs.files import DISK, Digest, FileQuery, FileResult, Files, RecordingFiles, SnapshotFiles
from reportgen.model.task import PaperSummary, Task
from reportgen.pipeline import (
    BuiltPaper,
    CheckOptions,
    build_paper,
    check_built,
    check_task,
    choose_house,
    count_gaps,
    read_source,
)
from reportgen.rules.engine import RULES

DRAFTING = CheckOptions(tuple(rule for rule in RULES if rule.severity is not Severity.ADVICE))
"""What is reported of a paper when it is built; `reportgen check` reports all."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of a task: values that can be sent to another process."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By format; empty when the paper could not be built."""
    diagnostics: tuple[Diagnostic, ...] = ()
    title: str = ""
    pages: int | None = None
    """None when no format was laid out on pages."""
    gaps: int = 0
    seconds: float = 0
    inputs: Mapping[FileQuery, Digest] = field(default_factory=dict)
    """The digest of each answer that the paper depends on."""
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being built or judged."""
    summary: PaperSummary | None = None
    """What the agenda says of it; None for a paper that was not built."""
    is_secret: bool = False
    """Whether the diagnostics may quote what the public must not read: they are reported once, and not kept."""
    is_lasting: bool = True
    """Whether the same task would give the same result: not after a time limit, or when a worker died."""


@dataclass(frozen=True, slots=True)
class SelfContainedTask:
    """A task with all that it depends on: whoever has it needs no disk."""

    task: Task
    formats: tuple[str, ...]
    held: Mapping[FileQuery, FileResult]
    own_files: str
    """The hash of the product's own files where it was packed: another product would build another paper."""


def run_task(task: Task, formats: Sequence[str], files: Files, houses: HouseCache) -> TaskResult:
    """Build a paper. What the rules find in it comes as warnings: a draft must be built with all its mistakes."""
    begun = time.perf_counter()
    recorded = RecordingFiles(files)
    problems = Problems()
    try:
        result = _build(task, formats, problems, houses, recorded)
    except Rejected:
        result = TaskResult(diagnostics=tuple(problems.found))
    except MemoryError:
        result = failed(
            task, "RG066", "it needed too much memory", "look for a table or a picture that is far too large"
        )
    except Exception:
        # A mistake of ours in one paper must not keep the others of a meeting from being built.
        result = TaskResult(diagnostics=tuple(problems.found), crash=traceback.format_exc())
    is_secret = _may_quote_secrets(task, result, recorded.answers)
    # What is wrong with a broken paper must be reported in full whenever it is asked for, and cannot be kept.
    is_lasting = result.is_lasting and not result.crash and not (is_secret and not result.files)
    seconds = time.perf_counter() - begun
    return replace(result, inputs=recorded.digests(), seconds=seconds, is_secret=is_secret, is_lasting=is_lasting)


def _build(task: Task, formats: Sequence[str], problems: Problems, houses: HouseCache, files: Files) -> TaskResult:
    built = build_paper(task, formats, problems, houses, files)
    crash = _check_built(built, problems)
    return TaskResult(
        built.files,
        tuple(problems.found),
        built.title,
        built.page_count,
        count_gaps(built.document),
        crash=crash,
        summary=built.summary,
    )


def _may_quote_secrets(task: Task, result: TaskResult, answers: Mapping[FileQuery, FileResult]) -> bool:
    """Whether what was found may hold text that the public must not read.

    What is found in a paper that was built for the public was found after that text had been taken out.
    """
    if task.audience == "exempt":
        return True
    is_whole = task.is_front_sheet or not result.files
    return is_whole and bool(result.diagnostics) and may_be_marked(answers)


def _check_built(built: BuiltPaper, problems: Problems) -> str:
    """Add what the rules find as warnings; return the traceback if a rule has a mistake, as the paper is built then."""
    found = Problems()
    try:
        check_built(built, DRAFTING, found)
    except Exception:
        return traceback.format_exc()
    for one in found.found:
        if not one.waived:
            problems.warning(one.code, one.location, one.message, one.hint)
    return ""


def failed(task: Task, code: str, why: str, hint: str) -> TaskResult:
    """Return the result of a task that came to no end of its own."""
    found = Diagnostic(Severity.ERROR, code, Location(str(task.report)), f"the paper was not made: {why}", hint)
    return TaskResult(diagnostics=(found,), is_lasting=False)


# ---- Where there is no disk ----


def pack_task(task: Task, formats: Sequence[str], houses: HouseCache) -> SelfContainedTask:
    """Return the task with every answer that running it will ask for."""
    recorded = RecordingFiles(DISK)
    with suppress(Rejected):  # it will be rejected for the same reasons where it is run
        problems = Problems()
        choose_house(task, read_source(task, problems, recorded), problems, houses, recorded)
    return SelfContainedTask(task, tuple(formats), recorded.answers, hash_of_own_files())


def run_packed_task(packed: SelfContainedTask) -> TaskResult:
    """Build a paper from what was packed: the same result wherever it is run."""
    if packed.own_files != hash_of_own_files():
        why = "the worker has another version of reportgen than this machine"
        hint = "install the same version on both, and start the worker again"
        return failed(packed.task, "RG065", why, hint)
    return run_task(packed.task, packed.formats, SnapshotFiles(packed.held), WORKER_HOUSES)


# ---- Checks ----


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules found in a paper."""

    task: Task
    diagnostics: tuple[Diagnostic, ...] = ()
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being judged."""


def check_tasks(tasks: Sequence[Task], options: CheckOptions) -> Iterator[CheckResult]:
    """Judge the papers by the rules, and yield what was found in each. Nothing is written."""
    houses = HouseCache()
    for task in tasks:
        problems = Problems()
        crash = ""
        try:
            check_task(task, options, problems, houses)
        except Rejected:
            pass  # the reasons are in `problems`
        except Exception:
            crash = traceback.format_exc()
        yield CheckResult(task, tuple(problems.found), crash)


# ---- Houses ----


@dataclass(frozen=True, slots=True)
class _CachedHouse:
    house: House
    problems: Problems
    answers: Mapping[FileQuery, FileResult]


class HouseCache:
    """Reads each house once for as long as its files stay as they are, and repeats what there was to say about it."""

    def __init__(self) -> None:
        self._cached: dict[tuple[str, tuple[Path, ...]], _CachedHouse] = {}

    def __call__(
        self,
        name: str,
        folders: Sequence[Path],
        problems: Problems,
        wanted_at: Location | None = None,
        files: Files = DISK,
    ) -> House:
        """Read a house as `read_house` does."""
        wanted = (name, tuple(folders))
        recorded = RecordingFiles(files)
        cached = self._cached.get(wanted)
        if cached is None or not recorded.agrees_with(cached.answers):
            found = Problems()
            try:
                house = read_house(name, folders, found, wanted_at, recorded)
            except Rejected:
                problems.found.extend(found.found)
                raise
            cached = self._cached[wanted] = _CachedHouse(house, found, recorded.answers)
        for one in cached.problems.found:
            problems.add(one)
        return cached.house


WORKER_HOUSES = HouseCache()
"""The houses that a worker process has read."""
