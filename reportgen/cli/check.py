"""`reportgen check`: run the rules on papers and print what they find.

Findings are printed as lines of text, or for other programs as JSON, SARIF 2.1.0 or annotations of GitHub Actions. Each
form has every finding once, in the same order, with its location, its hint and, where it is waived, the reason.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import click

from reportgen import __version__
from reportgen.build.discover import find_tasks
from reportgen.build.tasks import CheckResult, check_tasks
from reportgen.cli.console import Printer, counted
from reportgen.cli.errors import ERRORS, WARNINGS, exit_for_bug
from reportgen.diagnostics import Diagnostic, Location, Problems, Severity
from reportgen.house.folders import product_templates
from reportgen.model.task import Task
from reportgen.pipeline import CheckOptions
from reportgen.rules.engine import UNUSED_WAIVER
from reportgen.rules.rule import Rule

Json = dict[str, Any]

_SARIF_LEVELS = MappingProxyType({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"})
_GITHUB_COMMANDS = MappingProxyType({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"})
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class PaperFindings:
    """What was found in a paper and in none before it; without a paper, in the files as a whole."""

    task: Task | None
    found: tuple[Diagnostic, ...]

    @property
    def name(self) -> str:
        """The paper's report, and the meeting that it goes to."""
        if self.task is None:
            return ""
        return f"{self.task.report} for {self.task.meeting.stem}" if self.task.meeting else str(self.task.report)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found, by paper, and the rules that were run."""

    papers: tuple[PaperFindings, ...]
    rules: tuple[Rule, ...]

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        """Every finding, paper by paper."""
        return tuple(one for paper in self.papers for one in paper.found)

    def count(self, severity: Severity) -> int:
        """Return how many of this severity are not waived."""
        return sum(1 for one in self.all if one.label == severity)


def check_papers(targets: Sequence[Path], options: CheckOptions, form: str) -> int:
    """Check the papers that the targets stand for and return the exit code: ERRORS, WARNINGS or 0."""
    problems = Problems()
    tasks, _ = find_tasks(targets, None, (product_templates(),), problems)
    results = _with_agreed_waivers(list(check_tasks(tasks, options)))
    findings = Findings(_group_by_paper(problems.found, results), options.rules)
    if form == "text":
        _print_text(findings, len(tasks))
    else:
        click.echo(MACHINE_FORMATS[form](findings), nl=False)
    crashes = [result.crash for result in results if result.crash]
    if crashes:
        exit_for_bug(crashes[0].strip().splitlines()[-1], "\n".join(crashes))
    if findings.count(Severity.ERROR):
        return ERRORS
    return WARNINGS if findings.count(Severity.WARNING) else 0


def _with_agreed_waivers(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the results; a waiver is unused only if it is so at every meeting that the report goes to."""
    unused = [{one for one in result.diagnostics if one.code == UNUSED_WAIVER} for result in results]
    agreed: dict[Path, set[Diagnostic]] = {}
    for result, found in zip(results, unused, strict=True):
        agreed[result.task.report] = agreed.get(result.task.report, found) & found
    return [
        CheckResult(result.task, _without(result.diagnostics, found - agreed[result.task.report]), result.crash)
        for result, found in zip(results, unused, strict=True)
    ]


def _without(diagnostics: Iterable[Diagnostic], left_out: set[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in diagnostics if one not in left_out)


def _group_by_paper(before: Sequence[Diagnostic], results: Sequence[CheckResult]) -> tuple[PaperFindings, ...]:
    """Return each finding once, under the first paper that has it, in the order of its location."""
    seen = set(before)
    papers = [PaperFindings(None, _sorted(seen))] if before else []
    for result in results:
        new = set(result.diagnostics) - seen
        seen |= new
        papers.append(PaperFindings(result.task, _sorted(new)))
    return tuple(papers)


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda one: (one.location, one.code, one.message)))


def _print_text(findings: Findings, checked: int) -> None:
    printer = Printer(sys.stdout)
    for paper in findings.papers:
        if paper.found:
            if paper.name:
                printer.heading(paper.name)
            printer.diagnostics(paper.found)
            printer.note("")
    printer.note(f"{counted(checked, 'paper')} checked: {printer.summary() or 'nothing found'}")


# ---- JSON ----


def as_json(findings: Findings) -> str:
    """Return an object with `version` (of this form), `papers`, `findings` and `counts`."""
    counts = Counter(one.label for one in findings.all)
    value = {
        "version": 1,
        "papers": [_json_paper(paper.task) for paper in findings.papers if paper.task],
        "findings": [_json_finding(one, paper.task) for paper in findings.papers for one in paper.found],
        "counts": {label: counts[label] for label in ("error", "warning", "advice", "waived")},
    }
    return _dumped(value)


def _json_paper(task: Task) -> Json:
    return {"report": task.report.as_posix(), "meeting": task.meeting.as_posix() if task.meeting else None}


def _json_finding(one: Diagnostic, task: Task | None) -> Json:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "path": PurePath(one.location.path).as_posix(),
        "line": one.location.line or None,
        "column": one.location.column or None,
        "message": one.message,
        "hint": one.hint or None,
        "waived": one.waived or None,
        "paper": _json_paper(task) if task else None,
    }


# ---- SARIF (OASIS Standard 2.1.0) ----


def as_sarif(findings: Findings) -> str:
    """Return a log with one run; hints follow the message, a waiver is a suppression with its justification (3.35)."""
    places = {rule.code: number for number, rule in enumerate(findings.rules)}
    rules = [_sarif_rule(rule) for rule in findings.rules]
    run = {
        "tool": {"driver": {"name": "reportgen", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, places) for one in findings.all],
    }
    return _dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"Source: {rule.source}"},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _sarif_result(one: Diagnostic, places: Mapping[str, int]) -> Json:
    text = f"{one.message}. Hint: {one.hint}" if one.hint else one.message
    result: Json = {"ruleId": one.code, "level": _SARIF_LEVELS[one.severity], "message": {"text": text}}
    if one.code in places:
        result["ruleIndex"] = places[one.code]
    if _is_file(one.location):
        result["locations"] = [{"physicalLocation": _sarif_place(one.location)}]
    if one.waived:
        result["suppressions"] = [{"kind": "external", "justification": one.waived}]
    return result


def _sarif_place(place: Location) -> Json:
    path = Path(place.path)
    found: Json = {"artifactLocation": {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}}
    if place.line:
        found["region"] = {"startLine": place.line} | ({"startColumn": place.column} if place.column else {})
    return found


def _is_file(place: Location) -> bool:
    """Return whether the location is a file; it may also be the name of an option ("--house")."""
    return not place.path.startswith("--")


# ---- GitHub Actions ----


def as_github(findings: Findings) -> str:
    """Return workflow commands, a line each: `::error file=…,line=…,col=…,title=…::message`."""
    return "".join(f"{_github_line(one)}\n" for one in findings.all)


def _github_line(one: Diagnostic) -> str:
    place = one.location
    properties: dict[str, object] = {}
    if _is_file(place):
        properties["file"] = PurePath(place.path).as_posix()
        properties |= {"line": place.line} if place.line else {}
        properties |= {"col": place.column} if place.column else {}
    properties["title"] = f"{one.code} (waived)" if one.waived else one.code
    listed = ",".join(f"{name}={_github_property(str(value))}" for name, value in properties.items())
    command = "notice" if one.waived else _GITHUB_COMMANDS[one.severity]
    text = f"{one.message}\n{one.remark}" if one.remark else one.message
    return f"::{command} {listed}::{_github_text(text)}"


def _github_text(text: str) -> str:
    """Escape the text as the runner reads it (actions/toolkit, packages/core/src/command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


MACHINE_FORMATS: Mapping[str, Callable[[Findings], str]] = MappingProxyType(
    {"json": as_json, "sarif": as_sarif, "github": as_github}
)
