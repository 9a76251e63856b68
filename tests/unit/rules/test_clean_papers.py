"""The rules on words and on publication, run on papers that have little or nothing wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen import pipeline
from reportgen.cli import main
from reportgen.diagnostics import Problems, Severity
from reportgen.rules.rule import RuleContext
from tests.samples import REPORTS, TEMPLATES, compose_in_house, paper_of, task_for
from tests.unit.rules.written import ALL_THE_SAME, PUBLICATION_RULES, REPORT_RULES, RULES, SLAC, Desk, saying

SENTENCES = """\
The inspection took place over three weeks, and eight inspectors read 120 records.
Ofsted uses four grades: outstanding, good, requires improvement to be good and inadequate.
Under the framework there are four judgements and an overall grade.
The council's overall grade stays the same as in 2018, when it was also good.
All three of the sub-judgements count towards the overall judgement.
Every child should have a good plan; most plans are good.
Inspectors found some good practice in all areas.
Ten of the 12 areas for improvement named in 2019 have been met.
Of the 45 audits, 30 (67%) were judged good or better.
In 67% of cases (30 of 45) the plan was good.
Caseloads fell from 22 to 17 between March and June 2023.
The rate fell from 64 to 58 per 10,000, a drop of 9%.
The number of agency social workers fell from 41 to 26 (37%).
Spending rose from £1.2m to £1.4m, an increase of 17%.
The share rose from 25% to 35%, an increase of 40%.
Between 2019 and 2022 the number rose by 12%, from 310 to 347.
The board has met six times, and the first of the 14 actions is complete.
Members will receive an update to follow the autumn visit.
The report to Cabinet, and the action plan to follow, was agreed in principle.
Officers are confirming dates to be confirmed by members.
This paragraph should be read with paragraph 2.1 of the strategy.
Section 22G of the Children Act 1989 and regulation 5 of the Care Planning Regulations 2010 apply.
The Levelling-up and Regeneration Act 2023 does not apply; the Health and Care Act 2022 does.
See Appendix 2 to the Constitution and table 4 of the annual report.
Annex A data were supplied, and Appendix B of the self-evaluation was updated.
What matters is that that plan is kept.
No implications arise for the housing account, since no home is affected.
There are no direct financial implications, because every action is met from the service's budget of £2.3m.
Exempt information is described in Schedule 12A, paragraphs 1 to 7; the public interest test is in paragraph 10.
Appendix C is not for publication by virtue of paragraphs 1 and 2 of Schedule 12A of the Local Government Act 1972.
The "good to outstanding" programme and the phrase "no wrong door" are ours.
From 9 May to 20 May 2022, and on 3 June 2022, inspectors were on site.
On 9 May 2022 20 inspectors came.
The service was described by a parent as "the best thing that ever happened to us".
Partners agreed that the strategy, and not the plan, is the place for it: see 4.2.
Care leavers are up to date, and and/or boxes are gone.
Inspectors judged the council's response to be good in places, inadequate in others.
The quality of provision was good, they said, in two of the three teams.
Half of the judgements improved and half stayed the same.
We judged ourselves good in most areas; the inspectors did not.
No area was judged inadequate, and none of the judgements was lower than before.
Overall effectiveness was judged good at the last inspection.
Two areas for priority action were closed in March.
The plan has 14 actions that answer findings and three of the council's own.
Two-thirds of actions are complete: 18 of 27 (67%).
""".splitlines()
"""As papers with which nothing is wrong have them: near to what the rules look for, and meant otherwise."""


@pytest.mark.parametrize("inspection", [ALL_THE_SAME, SLAC], ids=["one grade", "three grades"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_rules_find_nothing_in_a_clean_sentence(tmp_path: Path, sentence: str, inspection: str) -> None:
    checked = Desk(tmp_path).checked(saying(sentence), inspection=inspection, final=True)
    rules = [rule for rule in RULES.values() if rule.code not in ("RG301", "RG505")]  # they are not about sentences
    assert [f"{rule.code} {one.message}" for rule in rules for one in rule.check(checked)] == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_rules_find_nothing_in_a_sample(name: str) -> None:
    document, house = compose_in_house(REPORTS[name])
    paper = paper_of(name)
    checked = RuleContext(paper, house, paper.meeting.date if paper.meeting else None, True, document)
    messages = [f"{rule.code} {one.message}" for rule in REPORT_RULES for one in rule.check(checked)]
    messages += [
        f"{rule.code} {one.message}"
        for rule in PUBLICATION_RULES
        if rule.severity is Severity.ERROR
        for one in rule.check(checked)
    ]
    assert messages == []


def test_a_council_that_has_just_begun_is_reported_of_its_gaps_and_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "westmere")]).exit_code == 0
    monkeypatch.chdir(tmp_path / "westmere")
    [report] = sorted((tmp_path / "westmere").glob("inputs/*/reports/*.yaml"))
    problems = Problems()
    task = task_for(report, house="standard", templates=(TEMPLATES,))
    paper = pipeline.read_source(task, problems)
    house = pipeline.choose_house(task, paper, problems)
    document = pipeline.compose(paper, house, problems)
    draft = RuleContext(paper, house, None, False, document)
    assert [rule.code for rule in REPORT_RULES for _ in rule.check(draft)] == ["RG322"]
    final = RuleContext(paper, house, None, True, document)
    speaking = [rule.code for rule in PUBLICATION_RULES if list(rule.check(final))]
    assert speaking == ["RG502", "RG504", "RG505"]


def test_each_rule_has_a_code_of_its_own_and_says_why_it_is_there() -> None:
    rules = (*REPORT_RULES, *PUBLICATION_RULES)
    assert len(RULES) == len(rules)
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    for rule in rules:
        assert rule.code.startswith("RG3" if rule in REPORT_RULES else "RG5")
        assert len(rule.title) < 60
        assert len(rule.explanation.split()) > 12, rule.code
        assert rule.source
