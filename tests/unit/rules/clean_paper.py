"""A paper with which no rule finds anything; a test replaces what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from textwrap import dedent

from reportgen.diagnostics import Diagnostic, Location, Problems, Rejected
from reportgen.document import Document
from reportgen.house import House, read_house
from reportgen.inputs.source import SourceMapping, parse_yaml
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.model.validation import validate
from reportgen.pipeline import compose
from reportgen.rules.engine import RULES, check_paper
from reportgen.rules.rule import Rule, RuleContext
from tests.samples import TEMPLATES

FILES = {
    "the council": (
        Council,
        """
        id: westmere
        name: Westmere Borough Council
        short_name: Westmere
        house: standard
        thresholds: {amount: 500000}
        """,
    ),
    "the inspection": (
        Inspection,
        """
        id: outcome
        title: Inspection of Westmere's children's services
        subject: children's services
        inspectorate: Ofsted
        framework: ofsted-ilacs-2018
        source: Ofsted's report of 4 July 2022
        start: 2022-05-09
        end: 2022-05-20
        published: 2022-07-04
        judgements:
          - area: The impact of leaders on social work practice with children and families
            grade: Good
          - area: The experiences and progress of children who need help and protection
            grade: Good
          - area: The experiences and progress of children in care and care leavers
            grade: Outstanding
          - {area: Overall effectiveness, grade: Good, key: yes}
        findings:
          - {id: F1, within: Within six months, text: The quality of plans for children}
          - {id: F2, text: How soon care leavers hear about health services}
        """,
    ),
    "the action plan": (
        ActionPlan,
        """
        id: outcome
        title: Improvement plan
        inspection: outcome
        actions:
          - id: A1
            findings: [F1]
            text: Audit forty plans a month.
            owner: Head of Safeguarding
            due: 2022-12-31
            measure: Nine plans in ten are rated good.
            status: in progress
            rag: green
          - id: A2
            findings: [F2]
            text: Send each care leaver a health summary at 18.
            owner: Designated Nurse
            due: 2022-11-30
            measure: Every care leaver has one.
        """,
    ),
    "the report": (
        Report,
        """
        id: outcome
        title: Outcome of the inspection of children's services
        inspection: outcome
        action_plan: outcome
        report_of: Director of Children's Services
        key_decision: yes
        notice:
          published: 2022-08-01
          key: yes
          matter: The plan for children's services
          decision_maker: The Cabinet, whose members are on the council's website
          decision_date: 12 September 2022
          documents: The report of the Director
          address: Civic Centre, Westmere
          other_documents: Other documents may be submitted
          request: Write to democratic services
        purpose: [To report what the inspectors found.]
        recommendations: [note the outcome of the inspection]
        sections:
          - {section: background, text: The inspectors came in May.}
          - {section: reasons, text: The committee oversees the service.}
        options: [{text: To note the report., recommended: yes}]
        implications:
          - {area: finance, text: The plan is met from the budget of the service.}
          - {area: legal, text: The statement of action has been published.}
          - {area: equality, text: An assessment has been made of the plan and found no adverse effect on any group.}
          - {area: risk, text: The plan lowers the risk that plans for children come late.}
        appendices: [{id: plan, title: Action plan, shows: action plan}]
        no_background_papers: No unpublished document was relied on.
        """,
    ),
    "the meeting": (
        Meeting,
        """
        id: 2022-09-12-cabinet
        body: Cabinet
        date: 2022-09-12
        published: 2022-09-02
        items: [{number: 1, report: outcome}]
        """,
    ),
}
"""The files of the paper, as YAML, each with the record that it holds."""


def paper(**changes: str) -> Paper:
    """The clean paper; `changes` are lines of YAML by file (`plan`, `inspection` …), whose keys replace the file's."""
    council = _record("the council", changes.get("council", ""))
    report = _record("the report", changes.get("report", ""))
    meeting = _record("the meeting", changes.get("meeting", ""))
    inspection = _record("the inspection", changes.get("inspection", ""))
    plan = _record("the action plan", changes.get("plan", ""))
    assert isinstance(council, Council)
    assert isinstance(report, Report)
    assert isinstance(meeting, Meeting)
    assert isinstance(inspection, Inspection)
    assert isinstance(plan, ActionPlan)
    return Paper(report, council, meeting, meeting.item_for(report.id), inspection, plan)


def _record(file: str, change: str) -> object:
    kind, text = FILES[file]
    problems = Problems()
    data = parse_yaml(dedent(text), f"{file}.yaml", problems)
    replacing = parse_yaml(dedent(change), f"{file}.yaml", problems) if change.strip() else SourceMapping(Location(""))
    assert data is not None
    assert replacing is not None
    for key, value in replacing.items():
        data.put(key, value, replacing.keys_at[key], replacing.values_at[key])
    record = validate(kind, data, problems, {"frameworks": known_frameworks()})
    assert problems.found == []
    return record


@cache
def standard() -> House:
    """The house of the paper."""
    problems = Problems()
    return read_house("standard", [TEMPLATES], problems)


def judged(
    one: Paper, rules: Iterable[Rule] = RULES, *, as_of: date | None = None, final: bool = False
) -> list[Diagnostic]:
    """What the rules find in a paper on the day of its meeting."""
    problems = Problems()
    document: Document | None
    try:
        document = compose(one, standard(), Problems())
    except Rejected:
        document = None
    day = as_of or (one.meeting.date if one.meeting else None)
    check_paper(RuleContext(one, standard(), day, final, document), problems, tuple(rules))
    return problems.found


def found(one: Paper, rules: Iterable[Rule], *, as_of: date | None = None) -> list[str]:
    """The findings as "code line: message"."""
    return [f"{it.code} {it.location.line}: {it.message}" for it in judged(one, rules, as_of=as_of)]
