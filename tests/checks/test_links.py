"""Every link between a finding and an action counts: take one away, and exactly what is left unanswered is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.checks.checking import check
from tests.checks.test_clean_papers import CLEAN

REPORTS = {
    "ilacs-2024": "westmere/reports/ilacs-outcome",
    "area-send-2024": "westmere/reports/area-send",
    "jtai-2023": "westmere/reports/jtai-outcome",
    "cqc-2024": "westmere/reports/cqc-assessment",
    "youth-justice-2023": "westmere/reports/youth-justice",
    "sif-2017": "easthaven/reports/sif-outcome",
    "housing-2025": "easthaven/reports/housing-judgement",
    "frs-2023": "westmere-fire/reports/frs-outcome",
}
"""A report for each plan."""
_LINKS = re.compile(r"^    findings: \[(.+)\]$", re.MULTILINE)


def links() -> list[tuple[str, int, str]]:
    """Every link of the plans: the plan, the place of the action among those that answer something, the finding."""
    return [
        (plan, action, finding)
        for plan, report in REPORTS.items()
        for action, found in enumerate(_LINKS.finditer(plan_of(CLEAN, plan, report).read_text(encoding="utf-8")))
        for finding in found[1].split(", ")
    ]


def plan_of(folder: Path, plan: str, report: str) -> Path:
    return folder / "inputs" / report.partition("/")[0] / "action-plans" / f"{plan}.yaml"


def without(text: str, action: int, finding: str) -> str:
    """The plan without one link; an action that has no other is the council's own from now on."""
    found = list(_LINKS.finditer(text))[action]
    rest = [one for one in found[1].split(", ") if one != finding]
    line = f"    findings: [{', '.join(rest)}]" if rest else "    own: yes"
    return text[: found.start()] + line + text[found.end() :]


@pytest.mark.parametrize(("plan", "action", "finding"), links())
def test_a_link_taken_away_names_exactly_the_finding_that_nothing_answers_any_more(
    plan: str, action: int, finding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = REPORTS[plan]
    shutil.copytree(CLEAN, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    path = plan_of(tmp_path, plan, report)
    text = path.read_text(encoding="utf-8")
    path.write_text(without(text, action, finding), encoding="utf-8")
    others = sum(finding in found.split(", ") for found in _LINKS.findall(text)) - 1
    told = [one.partition(": ")[2] for one in check(f"inputs/{report}.yaml", "--select", "RG2")]
    assert len(told) == (0 if others else 1), told
    assert all(one.startswith(f"the finding {finding} (") and "answered by no action" in one for one in told)


def test_the_plans_have_links_of_all_kinds() -> None:
    found = links()
    assert len(found) >= 20
    answered = [(plan, finding) for plan, _, finding in found]
    answering = [(plan, action) for plan, action, _ in found]
    assert len(set(answered)) < len(answered)  # a finding with two actions
    assert len(set(answering)) < len(answering)  # an action for two findings
