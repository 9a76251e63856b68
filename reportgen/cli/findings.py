"""What a check found, for other programs: JSON, SARIF 2.1.0 and annotations of GitHub Actions.

All three say what the lines on a screen say: every finding once, in the same order, with its place, its hint and,
where it is waived, the reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from reportgen import __version__
from reportgen.checks.rule import Rule
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.pipeline import Job

Json = dict[str, Any]

_SARIF_LEVELS = MappingProxyType({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"})
_GITHUB_COMMANDS = MappingProxyType({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"})
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in a paper and in none before it; without a job, in the files as a whole."""

    job: Job | None
    found: tuple[Diagnostic, ...]

    @property
    def name(self) -> str:
        """The paper: its report, and the meeting that it goes to."""
        if self.job is None:
            return ""
        return f"{self.job.report} for {self.job.meeting.stem}" if self.job.meeting else str(self.job.report)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found, in groups, and the rules that were run."""

    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        return tuple(one for group in self.groups for one in group.found)

    def count(self, severity: Severity) -> int:
        """How many of this severity are not waived."""
        return sum(1 for one in self.all if one.severity is severity and not one.waived)


Format = Callable[[Findings], str]


# ---- JSON ----


def as_json(findings: Findings) -> str:
    """An object with `version` (of this form), `papers`, `findings` and `counts`."""
    counts: Json = {severity.value: findings.count(severity) for severity in Severity}
    counts["waived"] = sum(1 for one in findings.all if one.waived)
    value = {
        "version": 1,
        "papers": [_json_paper(group.job) for group in findings.groups if group.job],
        "findings": [_json_finding(one, group.job) for group in findings.groups for one in group.found],
        "counts": counts,
    }
    return _dumped(value)


def _json_paper(job: Job) -> Json:
    return {"report": job.report.as_posix(), "meeting": job.meeting.as_posix() if job.meeting else None}


def _json_finding(one: Diagnostic, job: Job | None) -> Json:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "path": PurePath(one.location.path).as_posix(),
        "line": one.location.line or None,
        "column": one.location.column or None,
        "message": one.message,
        "hint": one.hint or None,
        "waived": one.waived or None,
        "paper": _json_paper(job) if job else None,
    }


# ---- SARIF (OASIS Standard 2.1.0) ----


def as_sarif(findings: Findings) -> str:
    """A log with one run. Hints stand after the message; a waiver is a suppression with its justification (3.35)."""
    places = {rule.code: number for number, rule in enumerate(findings.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "reportgen",
                "version": __version__,
                "rules": [_sarif_rule(rule) for rule in findings.rules],
            }
        },
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
    """A place may also be the name of an option ("--house")."""
    return not place.path.startswith("--")


# ---- GitHub Actions ----


def as_github(findings: Findings) -> str:
    """Workflow commands, a line each: `::error file=…,line=…,col=…,title=…::message`."""
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
    """As the runner takes it apart: actions/toolkit, packages/core/src/command.ts."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


MACHINE_FORMATS: Mapping[str, Format] = MappingProxyType({"json": as_json, "sarif": as_sarif, "github": as_github})
