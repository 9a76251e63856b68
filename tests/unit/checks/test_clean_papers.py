"""The rules on words and on publication, run on papers that have little or nothing wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen import pipeline
from reportgen.checks.publication import PUBLICATION_RULES
from reportgen.checks.report_rules import REPORT_RULES
from reportgen.checks.rule import Checked
from reportgen.cli import main
from reportgen.diagnostics import Problems, Severity
from tests.samples import REPORTS, TEMPLATES, compose_in_house, job_for, paper_of
from tests.unit.checks.written import RULES


@pytest.mark.parametrize("name", REPORTS)
def test_the_rules_find_nothing_in_a_sample(name: str) -> None:
    document, house = compose_in_house(REPORTS[name])
    paper = paper_of(name)
    checked = Checked(paper, house, paper.meeting.date if paper.meeting else None, True, document)
    told = [f"{rule.code} {one.message}" for rule in REPORT_RULES for one in rule.check(checked)]
    told += [
        f"{rule.code} {one.message}"
        for rule in PUBLICATION_RULES
        if rule.severity is Severity.ERROR
        for one in rule.check(checked)
    ]
    assert told == []


def test_a_council_that_has_just_begun_is_told_of_its_gaps_and_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "westmere")]).exit_code == 0
    monkeypatch.chdir(tmp_path / "westmere")
    [report] = sorted((tmp_path / "westmere").glob("inputs/*/reports/*.yaml"))
    problems = Problems()
    job = job_for(report, house="standard", templates=(TEMPLATES,))
    paper = pipeline.read(job, problems)
    house = pipeline.choose_house(job, paper, problems)
    document = pipeline.compose(paper, house, problems)
    draft = Checked(paper, house, None, False, document)
    assert [one.message for rule in REPORT_RULES for one in rule.check(draft)] == []
    final = Checked(paper, house, None, True, document)
    speaking = [rule.code for rule in PUBLICATION_RULES if list(rule.check(final))]
    assert speaking == ["RG502", "RG504", "RG505"]


def test_each_rule_has_a_code_of_its_own_and_says_why_it_is_there() -> None:
    rules = (*REPORT_RULES, *PUBLICATION_RULES)
    assert len(RULES) == len(rules)
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    for rule in rules:
        assert rule.code.startswith("RG3" if rule in REPORT_RULES else "RG5")
        assert len(rule.title) < 40
        assert len(rule.explanation.split()) > 12, rule.code
        assert rule.source
