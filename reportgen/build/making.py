"""An order → a result. What is made depends on the answers of `Files`, and on nothing else."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.build.audiences import Audiences
from reportgen.build.conditions import hash_of_own_files
from reportgen.build.orders import Order, Outcome, Parcel, Result
from reportgen.diagnostics import Diagnostic, Location, Problems, Rejected, Severity
from reportgen.house import House, read_house
from reportgen.inputs.files import DISK, FileQuery, FileResult, Files, RecordingFiles, SnapshotFiles
from reportgen.model.task import Task
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
"""What is told of a paper when it is made; `reportgen check` tells all."""


def make(order: Order, files: Files, shelf: HouseShelf) -> Result:
    """Make a paper. What the rules find in it comes as warnings: a draft must be made with all its mistakes."""
    begun = time.perf_counter()
    noted = RecordingFiles(files)
    problems = Problems()
    try:
        result = _make(order, problems, shelf, noted)
    except Rejected as rejected:
        result = Result(diagnostics=rejected.diagnostics)
    except Exception:
        # A mistake of ours in one paper must not keep the others of a meeting from being made.
        result = Result(diagnostics=tuple(problems.found), crash=traceback.format_exc())
    secret = _may_quote(order.task, result, noted)
    # What is wrong with a broken paper must be told in full whenever it is asked for, and cannot be kept.
    lasting = not result.crash and not (secret and not result.files)
    asked = noted.digests()
    return replace(result, asked=asked, seconds=time.perf_counter() - begun, secret=secret, lasting=lasting)


def _make(order: Order, problems: Problems, shelf: HouseShelf, files: Files) -> Result:
    built = build_paper(order.task, order.formats, problems, shelf, files)
    crash = _judge_made(built, replace(DRAFTING, as_of=order.as_of), problems)
    gaps = count_gaps(built.document)
    found = tuple(problems.found)
    return Result(built.files, found, built.title, built.page_count, gaps, crash=crash, summary=built.summary)


def _may_quote(task: Task, result: Result, files: Files) -> bool:
    """Whether what was found may hold text that the public must not read.

    What is found in a paper that was made for the public was found after that text had been taken out.
    """
    if task.audience == "exempt":
        return True
    is_whole = task.is_front_sheet or not result.files
    return is_whole and bool(result.diagnostics) and Audiences(files).may_have_secrets(task.report)


def _judge_made(built: BuiltPaper, judging: CheckOptions, problems: Problems) -> str:
    """Adds what the rules find as warnings; the traceback, if a rule has a mistake: the paper is made all the same."""
    found = Problems()
    try:
        check_built(built, judging, found)
    except Exception:
        return traceback.format_exc()
    for one in found.found:
        if not one.waived:
            problems.warning(one.code, one.location, one.message, one.hint)
    return ""


def pack(order: Order, shelf: HouseShelf) -> Parcel:
    """The order with every answer that making it will ask for."""
    noted = RecordingFiles(DISK)
    Audiences(noted).of(order.task.report)
    with suppress(Rejected):  # it will be rejected for the same reasons where it is made
        problems = Problems()
        choose_house(order.task, read_source(order.task, problems, noted), problems, shelf, noted)
    return Parcel(order, noted.answers, hash_of_own_files())


def run_parcel(parcel: Parcel) -> Result:
    """Make a paper from what the parcel holds: the same result wherever it is made."""
    if parcel.own_files != hash_of_own_files():
        place = Location(str(parcel.order.task.report))
        message = "the paper was not made: the worker has another version of reportgen than this machine"
        hint = "install the same version on both, and start the worker again"
        return Result(diagnostics=(Diagnostic(Severity.ERROR, "RG065", place, message, hint),), lasting=False)
    return make(parcel.order, SnapshotFiles(parcel.held), _SHELF)


def judge_tasks(tasks: Sequence[Task], judging: CheckOptions) -> Iterator[Outcome]:
    """Judge the papers by the rules, and tell of each as soon as it is done. Nothing is written."""
    shelf = HouseShelf()
    for task in tasks:
        problems = Problems()
        crash = ""
        try:
            check_task(task, judging, problems, shelf)
        except Rejected:
            pass  # the reasons are in `problems`
        except Exception:
            crash = traceback.format_exc()
        yield Outcome(task, diagnostics=tuple(problems.found), crash=crash)


@dataclass(frozen=True, slots=True)
class _Kept:
    house: House
    problems: Problems
    answers: Mapping[FileQuery, FileResult]


class HouseShelf:
    """Reads each house once for as long as its files stay as they are, and repeats what there was to say about it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, tuple[Path, ...]], _Kept] = {}

    def __call__(
        self,
        name: str,
        folders: Sequence[Path],
        problems: Problems,
        wanted_at: Location | None = None,
        files: Files = DISK,
    ) -> House:
        """As `read_house`."""
        wanted = (name, tuple(folders))
        noted = RecordingFiles(files)
        kept = self._kept.get(wanted)
        if kept is None or not noted.agrees_with(kept.answers):
            found = Problems()
            try:
                house = read_house(name, folders, found, wanted_at, noted)
            except Rejected:
                problems.found.extend(found.found)
                raise
            kept = self._kept[wanted] = _Kept(house, found, noted.answers)
        for one in kept.problems.found:
            problems.add(one)
        return kept.house


_SHELF = HouseShelf()
"""That of a process which is sent parcels."""
