"""`reportgen build`: the papers, a line for each on stdout, and what is wrong with them on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import click

from reportgen.build.building import Build
from reportgen.build.hands import TIME_LIMIT, OwnHands, choose_hands
from reportgen.build.orders import CannotBeUsed, Hands, Outcome
from reportgen.build.writing import cannot_write
from reportgen.cli.console import Printer, counted
from reportgen.cli.errors import ERRORS, INTERRUPTED, WARNINGS, CliError, exit_for_bug, require_folder
from reportgen.cli.progress import Progress, show_progress
from reportgen.cli.status_page import Told, write_page
from reportgen.cli.tables import print_table
from reportgen.diagnostics import Problems, Severity
from reportgen.inputs.files import product_templates
from reportgen.model.task import Audience

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
                raise CliError(str(error)) from None
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
    from reportgen.build.finding import find_tasks

    problems = Problems()
    find_tasks(wish.targets, wish.house, (), problems)
    printer.diagnostics(problems.found)
    _print_summary((), 0, printer)
    return ERRORS


def _build(build: Build, wish: Wish, teller: _Teller, stack: ExitStack) -> None:
    makers = _Makers(wish, stack)
    problems = Problems()
    tasks = build.find(wish.targets, wish.house, (product_templates(),), problems, wish.audiences)
    teller.printer.diagnostics(problems.found)
    teller.told.findings = list(problems.found)

    def begin(papers: int) -> None:
        teller.progress = stack.enter_context(show_progress(papers, sys.stderr))

    with closing(build.run(tasks, wish.formats, makers.of_papers, begin, teller.advance)) as running:
        for outcome in running:
            teller.tell(outcome)
    teller.end_progress()
    front_sheets = build.front_sheets(teller.outcomes)
    with closing(build.run(front_sheets, wish.formats, makers.of_front_sheets)) as running:
        for outcome in running:
            teller.tell(outcome)
    for note in build.clear_away([*tasks, *front_sheets]):
        teller.printer.note(note)
        teller.told.removed.append(note)


class _Makers:
    """Who makes the papers of one build; they stay until it ends."""

    def __init__(self, wish: Wish, stack: ExitStack) -> None:
        self._wish = wish
        self._stack = stack
        self._own = stack.enter_context(closing(OwnHands(wish.limit)))
        self._chosen: Hands | None = None

    def of_papers(self, papers: int) -> Hands:
        """Those who are to make so many."""
        return self._choose(papers, self._wish.cluster)

    def of_front_sheets(self, papers: int) -> Hands:
        """Those who made the papers, as they have loaded everything. Never a cluster: front sheets are few."""
        if self._chosen is not None and self._wish.cluster is None:
            return self._chosen
        return self._choose(papers, None)

    def _choose(self, papers: int, cluster: str | None) -> Hands:
        chosen = choose_hands(papers, self._wish.workers, self._wish.limit, cluster)
        if isinstance(chosen, OwnHands):
            # Imported here: a run that finds everything up to date need not know what a template is.
            from reportgen.cli.warming import warm_calendar, warm_templates

            self._stack.enter_context(warm_templates())
            self._stack.enter_context(warm_calendar())
            chosen = self._own
        else:
            self._own.close()
            self._stack.enter_context(closing(chosen))
        self._chosen = chosen
        return chosen


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
        (self.told.front_sheets if outcome.task.is_front_sheet else self.outcomes).append(outcome)
        if self.progress is not None:
            self.progress.hide()
        self.printer.diagnostics(outcome.diagnostics)
        if outcome.files:
            click.echo(" ".join(str(path) for path in outcome.files))
            if outcome.gaps:
                kind = "front sheet" if outcome.task.is_front_sheet else "draft"
                self.printer.note(f"{counted(outcome.gaps, 'gap')} in this {kind}")
        else:
            meeting = f" for {outcome.task.meeting.stem}" if outcome.task.meeting else ""
            self.printer.note(f"not made: {outcome.task.report}{meeting}")
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
