"""A small council's paper with a text in it, and what a rule finds there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.house import House, read_house
from reportgen.model.frameworks import known_frameworks
from reportgen.model.reader import read_paper
from reportgen.rules.engine import choose_rules
from reportgen.rules.rule import Rule, RuleContext, Violation
from tests.samples import TEMPLATES
from tests.small import COUNCIL, INSPECTION, MEETING, PLAN, write_council, write_house

REPORT_RULES = choose_rules(["RG3"])
PUBLICATION_RULES = choose_rules(["RG5"])
RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*REPORT_RULES, *PUBLICATION_RULES)}
HEAD = """\
title: Outcome of the inspection
status: final
inspection: outcome
action_plan: outcome
purpose: [To report the outcome.]
recommendations: [note the outcome]
implications:
  - {area: finance, text: There is no cost.}
sections:
  - section: background
    text: |
"""
FIRST_LINE = len(HEAD.splitlines()) + 1
"""Where a text given to `saying` begins; its first column is the seventh."""

SLAC = """
title: Inspection of safeguarding and looked after children services
subject: safeguarding and looked after children services
inspectorate: Ofsted
framework: ofsted-slac-2009
source: a made-up report
start: 2011-11-28
end: 2011-12-13
published: 2012-01-20
judgements:
  - {area: Overall effectiveness, group: Safeguarding services, grade: Outstanding, key: yes}
  - {area: Capacity for improvement, group: Safeguarding services, grade: Outstanding, key: yes}
  - {area: Quality of provision, group: Safeguarding services, grade: Good}
  - {area: Partnership working, group: Safeguarding services, grade: Good}
  - {area: Overall effectiveness, group: Services for looked after children, grade: Good, key: yes}
  - {area: Capacity for improvement, group: Services for looked after children, grade: Good, key: yes}
  - {area: Being healthy, group: Services for looked after children, grade: Good}
  - {area: Staying safe, group: Services for looked after children, grade: Adequate}
  - {area: Enjoying and achieving, group: Services for looked after children, grade: Adequate}
  - {area: Economic well-being, group: Services for looked after children, not_graded: not inspected}
findings:
  - {id: F1, text: Keep better records}
  - {id: F2, text: Plan with families}
"""
"""Ten rows, nine with a grade: two outstanding, five good, two adequate."""
ALL_THE_SAME = """
title: Inspection of children's services
subject: children's services
inspectorate: Ofsted
framework: ofsted-ilacs-2018
source: a made-up report
start: 2022-10-31
end: 2022-11-11
published: 2023-01-13
judgements:
  - {area: The impact of leaders, grade: Requires improvement to be good}
  - {area: Help and protection, grade: Requires improvement to be good}
  - {area: Children in care, grade: Requires improvement to be good}
  - {area: Overall effectiveness, grade: Requires improvement to be good, key: yes}
findings:
  - {id: F1, text: Keep better records}
  - {id: F2, text: Plan with families}
"""


def saying(text: str) -> str:
    """A report whose only section has the text."""
    return HEAD + indent(dedent(text).strip("\n"), "      ") + "\n"


@cache
def standard() -> House:
    """The house for a council that has none yet."""
    return _house("standard", (TEMPLATES,))


def _house(name: str, folders: tuple[Path, ...]) -> House:
    problems = Problems()
    house = read_house(name, folders, problems)
    assert problems.found == []
    return house


class Desk:
    """Where papers are written into a folder and checked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.house = standard()

    def with_house(self, style: str) -> None:
        """From now on papers are in a house of this wording, on top of the standard one."""
        write_house(self.folder / "houses", "westmere", "name: Westmere\nextends: standard\n" + dedent(style))
        self.house = _house("westmere", (self.folder / "houses", TEMPLATES))

    def checked(
        self,
        report: str,
        *,
        inspection: str = INSPECTION,
        plan: str = PLAN,
        meeting: str = MEETING,
        council: str = COUNCIL,
        source: str | None = None,
        as_of: date | None = None,
        final: bool = False,
        composed: bool = False,
        pages: int | None = None,
    ) -> RuleContext:
        """The paper, with its tree if it is `composed`; `source` is the text of the published report."""
        if source is not None:
            inspection = dedent(inspection).strip() + "\nsource_text: outcome.txt\n"
        path = write_council(self.folder, report, council=council, inspection=inspection, plan=plan, meeting=meeting)
        if source is not None:
            (path.parent.parent / "inspections" / "outcome.txt").write_text(source, encoding="utf-8")
        problems = Problems()
        agenda = path.parent.parent / "meetings" / "2023-02-06-cabinet.yaml"
        paper = read_paper(path, agenda if meeting else None, known_frameworks(), problems)
        assert problems.found == []
        document = pipeline.compose(paper, self.house, problems) if composed else None
        return RuleContext(paper, self.house, as_of, final, document, pages)

    def found(self, code: str, report: str, **given: object) -> list[Violation]:
        """What the rule with the code finds in the paper."""
        return list(RULES[code].check(self.checked(report, **given)))  # type: ignore[arg-type]

    def messages(self, code: str, report: str, **given: object) -> list[str]:
        """The same as "line:column message"."""
        return [f"{one.location.line}:{one.location.column} {one.message}" for one in self.found(code, report, **given)]

    def places(self, code: str, report: str, **given: object) -> list[tuple[int, int]]:
        """Where the rule finds something: lines of the text from 1, columns of the text from 1."""
        return [
            (one.location.line - FIRST_LINE + 1, one.location.column - 6) for one in self.found(code, report, **given)
        ]
