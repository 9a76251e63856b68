"""`reportgen build`: what was made, removed or moved on stdout, a line each; anything else on stderr."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import TextIO

import click

from reportgen.build.builder import BuildLog, BuildResult, Reporter, build_papers
from reportgen.build.executors import ExecutorUnavailable
from reportgen.build.options import BuildOptions
from reportgen.build.output import unwritable, write_together
from reportgen.cli.console import Printer, counted, width_of
from reportgen.cli.errors import ERRORS, INTERRUPTED, WARNINGS, CliError, exit_for_bug, require_folder
from reportgen.cli.progress import Progress, show_progress
from reportgen.diagnostics import Diagnostic, Problems, Severity
from reportgen.model.task import Task

PAGE = "index.html"
TABLE_THRESHOLD = 4
"""Papers from which there is a table at the end: fewer can be seen at a glance."""
OTHER_FILES = "other files"
"""The row of the table for what was found in no paper in particular."""
COLUMNS = {
    "made": "made",
    "unchanged": "up to date",
    "waiting": "waiting",
    "broken": "not made",
    "error": "errors",
    "warning": "warnings",
}
"""States of papers and labels of what was found, with the headings of their columns."""


def run_build(options: BuildOptions) -> int:
    """Build papers, and return the exit code, which is `WARNINGS` when there was nothing worse."""
    require_folder(options.out)
    reporter = ConsoleReporter(options)
    log = BuildLog(options.out)
    if not any(target.exists() for target in options.targets):
        return _refuse(options, reporter)
    try:
        build_papers(options, log, reporter)
    except KeyboardInterrupt:
        reporter.note(f"interrupted: {counted(reporter.done, 'paper')} done; the same command makes the others")
        return INTERRUPTED
    except ExecutorUnavailable as error:
        raise CliError(str(error)) from None
    except OSError as error:
        reporter.diagnostics([unwritable(error, options.out, "output folder")])
        return ERRORS
    reporter.print_summary(log.papers)
    return _exit_code(log, reporter.printer)


def _refuse(options: BuildOptions, reporter: ConsoleReporter) -> int:
    """Say that nothing is there that was asked for, without making an output folder."""
    # Imported here: a run that finds everything up to date need not know what a meeting is.
    from reportgen.build.discover import find_tasks

    problems = Problems()
    find_tasks(options.targets, options.house, (), problems)
    reporter.diagnostics(problems.found)
    reporter.print_summary(())
    return ERRORS


def _exit_code(log: BuildLog, printer: Printer) -> int:
    crashes = [result.crash for result in log.results if result.crash]
    if crashes:
        exit_for_bug(crashes[0].strip().splitlines()[-1], "\n".join(crashes))
    if printer.counts[Severity.ERROR]:
        return ERRORS
    return WARNINGS if printer.counts[Severity.WARNING] else 0


class ConsoleReporter(Reporter):
    """Prints what a build does."""

    def __init__(self, options: BuildOptions) -> None:
        self.printer = Printer()
        self._begun = time.perf_counter()
        self.done = 0
        """Papers that there was something to do for."""
        self._explain = options.explain
        self._progress = Progress()
        self._stack = ExitStack()
        self._waiting: Counter[str] = Counter()
        """How many papers wait for each shared file."""
        self._counts: dict[str, Counter[str]] = {}
        """By meeting: states of its papers, and labels of what was found in none before."""
        self._seconds: dict[str, float] = {}

    def note(self, text: str) -> None:
        """Print a line that is no diagnostic."""
        self.printer.note(text)

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Print what was found in no paper in particular."""
        self._count(OTHER_FILES, found)

    def begin(self, papers: int) -> None:
        """Show how far the build is."""
        self._progress = self._stack.enter_context(show_progress(papers, sys.stderr))

    def advance(self) -> None:
        """Show that one more paper is done."""
        self.done += 1
        self._progress.advance()

    def end(self) -> None:
        """Show no more how far it is."""
        self._stack.close()

    def result(self, result: BuildResult) -> None:
        """Print what became of a paper."""
        self._progress.hide()
        meeting = _meeting_of(result.task)
        self._count(meeting, result.diagnostics)
        self._seconds[meeting] = self._seconds.get(meeting, 0) + result.seconds
        if not result.task.is_front_sheet:
            self._counts[meeting][result.state] += 1
        if result.state == "made":
            click.echo(" ".join(map(str, result.files)))
        elif result.waits_for:
            self._waiting[result.waits_for] += not result.task.is_front_sheet
        elif result.state == "broken":
            self.note(f"not made: {describe_task(result.task)}")
        for line in result.changes:
            self.change(line)
        if result.state == "made" and result.gaps:
            thing = "front sheet" if result.task.is_front_sheet else "draft"
            self.note(f"{counted(result.gaps, 'gap')} in this {thing}")
        for note in result.notes:
            self.note(note)
        if self._explain:
            self.note(f"{describe_task(result.task)}: {'; '.join(result.reasons) or 'nothing has changed'}")

    def _count(self, row: str, found: Iterable[Diagnostic]) -> None:
        """Print what was found, and count what was not found before."""
        before = Counter(self.printer.counts)
        self.printer.diagnostics(found)
        self._counts.setdefault(row, Counter()).update(self.printer.counts - before)

    def change(self, line: str) -> None:
        """Print what was removed or moved."""
        click.echo(line)

    def finish(self, log: BuildLog, interrupted: bool = False) -> None:
        """Write the page that shows what was done, if there is anything to show on it."""
        if not log.results:
            return
        # Imported here: it needs the templating.
        from reportgen.build.status_page import describe_run, render_status

        when = time.strftime("%d.%m.%Y, %H.%M").lstrip("0")
        page = render_status(describe_run(log, self._elapsed, when, self.printer.summary(), interrupted))
        try:
            write_together({log.out / PAGE: page.encode()})
        except OSError as error:
            place = error.filename or log.out
            self.note(f"{place}: the page with what was done cannot be written: {error.strerror or error}")

    @property
    def _elapsed(self) -> float:
        return time.perf_counter() - self._begun

    def print_summary(self, results: Sequence[BuildResult]) -> None:
        """Print which papers wait for what, a table of many papers, and how many there were."""
        for path, papers in self._waiting.items():
            who = f"{counted(papers, 'paper')} {'waits' if papers == 1 else 'wait'}" if papers else "the agenda waits"
            self.note(f"{who} until {path} is mended; what was made before stays")
        if len(results) >= TABLE_THRESHOLD:
            print_table(
                {name: row for name, row in self._counts.items() if row}, self._seconds, self._elapsed, sys.stderr
            )
        states = Counter(result.state for result in results)
        parts = [f"{counted(states['made'], 'paper')} made"]
        names = {"unchanged": "up to date", "waiting": "waiting", "broken": "not made"}
        parts += [f"{states[state]} {name}" for state, name in names.items() if states[state]]  # type: ignore[index]
        problems = f": {self.printer.summary()}" if self.printer.summary() else ""
        self.note(f"{', '.join(parts)}{problems}")


def describe_task(task: Task) -> str:
    """Return how messages name a paper: "inputs/demo/reports/sample.yaml for 2026-09-15-cabinet"."""
    meeting = f" for {task.meeting.stem}" if task.meeting else ""
    return f"{task.report}{meeting}{' (exempt version)' if task.audience == 'exempt' else ''}"


def _meeting_of(task: Task) -> str:
    meeting = task.report if task.is_front_sheet else task.meeting
    return f"{task.report.parent.parent.name}/{meeting.stem if meeting else 'drafts'}"


# ---- The table at the end ----


def print_table(
    counts: dict[str, Counter[str]], seconds: dict[str, float], total_seconds: float, stream: TextIO
) -> None:
    """Print a row for each meeting, in the order of the papers, and one for all."""
    headings = ("", *COLUMNS.values(), "seconds")
    rows = [_cells(name, row, seconds.get(name, 0)) for name, row in counts.items()]
    total = _cells("all", sum(counts.values(), Counter()), total_seconds)
    if stream.isatty():
        _print_drawn(headings, rows, total, stream)
    else:
        _print_plain([headings, *rows, total], stream)


def _cells(name: str, row: Counter[str], seconds: float) -> tuple[str, ...]:
    return (name, *(str(row[one]) for one in COLUMNS), f"{seconds:.1f}")


def _print_plain(lines: Sequence[Sequence[str]], stream: TextIO) -> None:
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    for first, *numbers in lines:
        aligned = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        name = first + " " * (widths[0] - width_of(first))
        click.echo("  ".join([name, *aligned]), file=stream)


def _print_drawn(headings: Sequence[str], rows: Iterable[Sequence[str]], total: Sequence[str], stream: TextIO) -> None:
    # Imported here: it costs as much as everything else that a run without work needs.
    from rich.console import Console
    from rich.table import Table

    table = Table(show_footer=True, header_style="bold", footer_style="bold")
    for heading, sum_of_it in zip(headings, total, strict=True):
        table.add_column(heading, sum_of_it, justify="right" if heading else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(file=stream, highlight=False).print(table)
