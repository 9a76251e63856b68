"""`reportgen build`: the papers, a line for each on stdout, and what is wrong with them on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from reportgen.batch.building import Build
from reportgen.batch.hands import TIME_LIMIT, OwnHands, choose_hands
from reportgen.batch.orders import CannotBeUsed, Hands, Outcome
from reportgen.batch.writing import cannot_write
from reportgen.cli.edge import ERRORS, INTERRUPTED, WARNINGS, Stop, exit_for_bug, require_folder
from reportgen.cli.printing import Printer, counted
from reportgen.cli.progress import Progress, show_progress
from reportgen.cli.status_page import Told, write_page
from reportgen.cli.tables import print_table
from reportgen.diagnostics import Problems, Severity
from reportgen.job import Audience
from reportgen.shelf import product_templates

MANY = 3
"""Papers of which there is a table at the end: fewer can be seen at a glance."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    targets: Sequence[Path]
    formats: Sequence[str]
    house: str | None
    out: Path
    audiences: Sequence[Audience] = ("public", "exempt")
    workers: int | None = None
    limit: float = TIME_LIMIT
    cluster: str | None = None
    explain: bool = False


def build_papers(wish: Wish) -> int:
    """Make the papers that the targets mean; the exit code, which is `WARNINGS` when there was nothing worse."""
    require_folder(wish.out)
    begun = time.perf_counter()
    teller = _Teller(wish)
    if not any(target.exists() for target in wish.targets):
        return _refuse(wish, teller.printer)
    try:
        with ExitStack() as stack:
            try:
                build = stack.enter_context(Build(wish.out, teller.printer.note))
            except OSError as error:
                teller.printer.diagnostics([cannot_write(error, wish.out, "output folder")])
                return ERRORS
            try:
                _build(build, wish, teller, stack)
            except CannotBeUsed as error:
                raise Stop(str(error)) from None
            except KeyboardInterrupt:
                _show(teller, begun, interrupted=True)
                raise
            _show(teller, begun)
    except KeyboardInterrupt:
        teller.end_progress()
        done = counted(teller.done, "paper")
        teller.printer.note(f"interrupted: {done} done; the same command makes the others")
        return INTERRUPTED
    _print_summary(teller.outcomes, time.perf_counter() - begun, teller.printer)
    crashes = [outcome.crash for outcome in (*teller.outcomes, *teller.told.front_sheets) if outcome.crash]
    if crashes:
        exit_for_bug(crashes[0].strip().splitlines()[-1], "\n".join(crashes))
    if teller.printer.counts[Severity.ERROR]:
        return ERRORS
    return WARNINGS if teller.printer.counts[Severity.WARNING] else 0


def _refuse(wish: Wish, printer: Printer) -> int:
    """Say that nothing is there that was asked for, without making an output folder."""
    # Imported here: a run that finds everything up to date need not know what a meeting is.
    from reportgen.batch.finding import find_jobs

    problems = Problems()
    find_jobs(wish.targets, wish.house, (), problems)
    printer.diagnostics(problems.found)
    _print_summary((), 0, printer)
    return ERRORS


def _build(build: Build, wish: Wish, teller: _Teller, stack: ExitStack) -> None:
    own = choose_hands(1, wish.workers, wish.limit, None)
    assert isinstance(own, OwnHands)
    stack.enter_context(closing(own))
    if build.is_first and "pdf" in wish.formats and wish.cluster is None:
        own.begin()
    problems = Problems()
    jobs = build.find(wish.targets, wish.house, (product_templates(),), problems, wish.audiences)
    teller.printer.diagnostics(problems.found)
    teller.told.findings = list(problems.found)

    def begin(papers: int) -> None:
        teller.progress = stack.enter_context(show_progress(papers, sys.stderr))

    def take_on(papers: int, cluster: str | None = None) -> Hands:
        chosen = choose_hands(papers, wish.workers, wish.limit, cluster)
        if isinstance(chosen, OwnHands):
            chosen = own
            # Imported here: a run that finds everything up to date need not know what a template is.
            from reportgen.cli.warming import warm_calendar, warm_templates

            stack.enter_context(warm_templates())
            stack.enter_context(warm_calendar())
        else:
            own.close()
            stack.enter_context(closing(chosen))
        taken_on.append(chosen)
        return chosen

    taken_on: list[Hands] = []
    with closing(build.run(jobs, wish.formats, partial(take_on, cluster=wish.cluster), begin, teller.advance)) as run:
        for outcome in run:
            teller.tell(outcome)
    teller.end_progress()
    front_sheets = build.front_sheets(teller.outcomes)
    if front_sheets:
        # By whom the papers were made, who have loaded everything. Never on a cluster: they are few.
        ready = [] if wish.cluster else taken_on
        with closing(build.run(front_sheets, wish.formats, lambda few: ready[0] if ready else take_on(few))) as run:
            for outcome in run:
                teller.tell(outcome)
    for note in build.clear_away([*jobs, *front_sheets]):
        teller.printer.note(note)
        teller.told.removed.append(note)


def _show(teller: _Teller, begun: float, interrupted: bool = False) -> None:
    """Write the page that shows what was done."""
    try:
        write_page(teller.told, time.perf_counter() - begun, interrupted)
    except OSError as error:
        place = error.filename or teller.told.out
        teller.printer.note(f"{place}: the page with what was done cannot be written: {error.strerror or error}")


class _Teller:
    """Tells of papers as they are made."""

    def __init__(self, wish: Wish) -> None:
        self.printer = Printer()
        self.told = Told(wish.out)
        self.outcomes = self.told.papers
        self.progress: Progress | None = None
        self.done = 0
        """Papers that there was something to do for, told already or not."""
        self._explain = wish.explain

    def advance(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress.advance()

    def end_progress(self) -> None:
        if self.progress is not None:
            self.progress.end()

    def tell(self, outcome: Outcome) -> None:
        """What became of a paper."""
        (self.told.front_sheets if outcome.job.is_front_sheet else self.outcomes).append(outcome)
        if self.progress is not None:
            self.progress.hide()
        self.printer.diagnostics(outcome.diagnostics)
        if outcome.files:
            click.echo(" ".join(str(path) for path in outcome.files))
            if outcome.gaps:
                self.printer.note(
                    f"{counted(outcome.gaps, 'gap')} in this {'front sheet' if outcome.job.is_front_sheet else 'draft'}"
                )
        else:
            meeting = f" for {outcome.job.meeting.stem}" if outcome.job.meeting else ""
            self.printer.note(f"not made: {outcome.job.report}{meeting}")
        for note in outcome.notes:
            self.printer.note(note)
        if self._explain:
            self.printer.note(f"  {'; '.join(outcome.reasons) or 'nothing has changed'}")


def _print_summary(outcomes: Sequence[Outcome], seconds: float, printer: Printer) -> None:
    if len(outcomes) > MANY:
        print_table(outcomes, seconds, sys.stderr)
    made, unchanged, broken = (
        sum(1 for one in outcomes if one.state == state) for state in ("made", "unchanged", "broken")
    )
    parts = [f"{counted(made, 'paper')} made"]
    parts += [f"{unchanged} up to date"] if unchanged else []
    parts += [f"{broken} not made"] if broken else []
    problems = f": {printer.summary()}" if printer.summary() else ""
    printer.note(f"{', '.join(parts)}{problems}")
