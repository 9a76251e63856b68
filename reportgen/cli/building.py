"""`reportgen build`: the papers, a line for each on stdout, and what is wrong with them on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from reportgen.batch import Outcome, find_jobs, run_jobs
from reportgen.checks.engine import RULES
from reportgen.cli.edge import ERRORS, WARNINGS, exit_for_bug, require_folder
from reportgen.cli.printing import Printer, counted
from reportgen.diagnostics import Problems, Severity
from reportgen.house.folders import product_templates
from reportgen.pipeline import Judging

DRAFTING = Judging(tuple(rule for rule in RULES if rule.severity is not Severity.ADVICE))
"""What is told of a paper when it is made; `reportgen check` tells all."""


def build_papers(targets: Sequence[Path], formats: Sequence[str], house: str | None, out: Path) -> int:
    """Make the papers that the targets mean; the exit code, which is `WARNINGS` when there was nothing worse."""
    require_folder(out)
    printer = Printer()
    problems = Problems()
    jobs = find_jobs(targets, house, (product_templates(),), problems)
    printer.diagnostics(problems.found)
    outcomes = []
    for outcome in run_jobs(jobs, formats, out, DRAFTING):
        _tell(outcome, printer)
        outcomes.append(outcome)
    made = sum(1 for outcome in outcomes if outcome.files)
    _print_summary(made, len(outcomes) - made, printer)
    crashes = [outcome.crash for outcome in outcomes if outcome.crash]
    if crashes:
        exit_for_bug(crashes[0].strip().splitlines()[-1], "\n".join(crashes))
    if printer.counts[Severity.ERROR]:
        return ERRORS
    return WARNINGS if printer.counts[Severity.WARNING] else 0


def _tell(outcome: Outcome, printer: Printer) -> None:
    printer.diagnostics(outcome.diagnostics)
    if outcome.files:
        click.echo(" ".join(str(path) for path in outcome.files))
        if outcome.gaps:
            printer.note(f"{counted(outcome.gaps, 'gap')} in this draft")
        return
    meeting = f" for {outcome.job.meeting.stem}" if outcome.job.meeting else ""
    printer.note(f"not made: {outcome.job.report}{meeting}")


def _print_summary(made: int, broken: int, printer: Printer) -> None:
    not_made = f", {broken} not made" if broken else ""
    problems = f": {printer.summary()}" if printer.summary() else ""
    printer.note(f"{counted(made, 'paper')} made{not_made}{problems}")
