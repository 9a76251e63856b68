"""What `reportgen check --format sarif` writes is SARIF 2.1.0: an OASIS Standard whose objects hold nothing unknown.

The table has, for each object that is written, the properties that the standard gives it (required ones marked `!`)
and what their values must be; section numbers are the standard's.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from reportgen.cli import main
from tests.bad.cases import VALID
from tests.checks.test_slips import FOLDERS, SLIPS, SOURCE, STANDS_FOR

Json = dict[str, Any]
LEVELS = ("none", "note", "warning", "error")
OBJECTS: dict[str, dict[str, Any]] = {
    "log": {"$schema": str, "version!": ("2.1.0",), "runs!": ["run"]},  # 3.13
    "run": {"tool!": "tool", "results": ["result"], "columnKind": ("utf16CodeUnits", "unicodeCodePoints")},  # 3.14
    "tool": {"driver!": "component"},  # 3.18
    "component": {"name!": str, "version": str, "informationUri": str, "rules": ["rule"]},  # 3.19
    "rule": {  # 3.49
        "id!": str,
        "name": str,
        "shortDescription": "text",
        "fullDescription": "text",
        "help": "text",
        "defaultConfiguration": "configuration",
    },
    "text": {"text!": str, "markdown": str},  # 3.11 and 3.12
    "configuration": {"level": LEVELS},  # 3.50
    "result": {  # 3.27
        "ruleId": str,
        "ruleIndex": 0,
        "level": LEVELS,
        "message!": "text",
        "locations": ["location"],
        "suppressions": ["suppression"],
    },
    "location": {"physicalLocation": "place"},  # 3.28
    "place": {"artifactLocation": "artifact", "region": "region"},  # 3.29
    "artifact": {"uri": str},  # 3.4
    "region": {"startLine": 1, "startColumn": 1},  # 3.30
    "suppression": {"kind!": ("inSource", "external"), "justification": str},  # 3.35
}
"""A text, one of some texts, a whole number not below another, an object, or a list of objects."""


def violations(value: Any, form: Any, where: str) -> list[str]:
    """Where a value is not of the form."""
    if form is str:
        return [] if isinstance(value, str) and value else [f"{where}: no text"]
    if isinstance(form, tuple):
        return [] if value in form else [f"{where}: {value!r}"]
    if isinstance(form, int):
        return (
            [] if isinstance(value, int) and not isinstance(value, bool) and value >= form else [f"{where}: {value!r}"]
        )
    if isinstance(form, list):
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [one for number, item in enumerate(value) for one in violations(item, form[0], f"{where}/{number}")]
    known = {name.rstrip("!"): inner for name, inner in OBJECTS[form].items()}
    found = [f"{where}: {name} is unknown" for name in value if name not in known]
    found += [f"{where}: no {name[:-1]}" for name in OBJECTS[form] if name.endswith("!") and name[:-1] not in value]
    for name, inner in value.items():
        found += violations(inner, known.get(name, str), f"{where}/{name}")
    return found


def log_of(*options: str) -> Json:
    """What is written for the present folder, without what the run printed beside it: there is nothing."""
    done = CliRunner().invoke(main, ["check", "--format", "sarif", *options], catch_exceptions=False)
    assert done.stderr == ""
    log: Json = json.loads(done.stdout)
    return log


@pytest.mark.parametrize("slip", FOLDERS)
def test_what_is_written_about_each_slip_keeps_to_the_standard(
    slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(VALID, tmp_path / "work")
    for path in (SLIPS / slip).iterdir():
        shutil.copyfile(path, tmp_path / "work" / STANDS_FOR.get(path.stem, SOURCE))
    monkeypatch.chdir(tmp_path / "work")
    log = log_of("--final")
    assert violations(log, "log", "") == []
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert run["results"]
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]] == result["ruleId"]
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert urlsplit(uri).scheme == ""  # relative to the folder that was checked, so that a repository finds it
            assert (tmp_path / "work" / uri).is_file()


def test_the_table_finds_what_is_wrong() -> None:
    wrong = {
        "version": "2.0",
        "runs": [{"tool": {}, "results": [{"locations": [{"line": 1}], "ruleIndex": -1}], "x": 1}],
    }
    assert violations(wrong, "log", "") == [
        "/version: '2.0'",
        "/runs/0: x is unknown",
        "/runs/0/tool: no driver",
        "/runs/0/results/0: no message",
        "/runs/0/results/0/locations/0: line is unknown",
        "/runs/0/results/0/locations/0/line: no text",
        "/runs/0/results/0/ruleIndex: -1",
        "/runs/0/x: no text",
    ]
