"""`reportgen check`: what the rules find in papers, printed and counted; nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from reportgen.batch.finding import find_jobs
from reportgen.batch.making import judge_jobs
from reportgen.batch.orders import Outcome
from reportgen.checks.engine import UNUSED_WAIVER
from reportgen.cli.edge import ERRORS, WARNINGS, exit_for_bug
from reportgen.cli.findings import MACHINE_FORMATS, Findings, Group
from reportgen.cli.printing import Printer, counted
from reportgen.cli.warming import warm_calendar, warm_templates
from reportgen.diagnostics import Diagnostic, Problems, Severity
from reportgen.house.folders import product_templates
from reportgen.pipeline import Judging


def check_papers(targets: Sequence[Path], judging: Judging, form: str) -> int:
    """Check the papers that the targets mean; the exit code, which is `WARNINGS` when there was nothing worse."""
    problems = Problems()
    jobs = find_jobs(targets, None, (product_templates(),), problems)
    with warm_templates(), warm_calendar():
        outcomes = _with_agreed_waivers(list(judge_jobs(jobs, judging)))
    groups = _grouped(problems.found, outcomes)
    findings = Findings(groups, judging.rules)
    if form == "text":
        _print_text(findings, len(jobs))
    else:
        click.echo(MACHINE_FORMATS[form](findings), nl=False)
    crashes = [outcome.crash for outcome in outcomes if outcome.crash]
    if crashes:
        exit_for_bug(crashes[0].strip().splitlines()[-1], "\n".join(crashes))
    if findings.count(Severity.ERROR):
        return ERRORS
    return WARNINGS if findings.count(Severity.WARNING) else 0


def _with_agreed_waivers(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, a waiver being without use only if it is so for every meeting that the report goes to."""
    unused = [{one for one in outcome.diagnostics if one.code == UNUSED_WAIVER} for outcome in outcomes]
    agreed: dict[Path, set[Diagnostic]] = {}
    for outcome, found in zip(outcomes, unused, strict=True):
        agreed[outcome.job.report] = agreed.get(outcome.job.report, found) & found
    return [
        Outcome(outcome.job, (), _without(outcome.diagnostics, found - agreed[outcome.job.report]), outcome.crash)
        for outcome, found in zip(outcomes, unused, strict=True)
    ]


def _without(diagnostics: Iterable[Diagnostic], left_out: set[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in diagnostics if one not in left_out)


def _grouped(before: Sequence[Diagnostic], outcomes: Sequence[Outcome]) -> tuple[Group, ...]:
    """What was found, each finding once, under the first paper that has it, by its place."""
    seen = set(before)
    groups = [Group(None, _sorted(seen))] if before else []
    for outcome in outcomes:
        new = set(outcome.diagnostics) - seen
        seen |= new
        groups.append(Group(outcome.job, _sorted(new)))
    return tuple(groups)


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda one: (one.location, one.code, one.message)))


def _print_text(findings: Findings, papers: int) -> None:
    printer = Printer(sys.stdout)
    for group in findings.groups:
        if group.found:
            if group.name:
                printer.heading(group.name)
            printer.diagnostics(group.found)
            printer.note("")
    printer.note(f"{counted(papers, 'paper')} checked: {printer.summary() or 'nothing found'}")
