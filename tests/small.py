"""The smallest council, paper and house that are valid, as files; a test replaces what it is about."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TypeVar

from reportgen.diagnostics import Problems
from reportgen.house import House, read_house
from reportgen.inputs.source import parse_yaml
from reportgen.model.base import Record
from reportgen.model.frameworks import known_frameworks
from reportgen.model.validation import validate

AnyRecord = TypeVar("AnyRecord", bound=Record)

COUNCIL = """
name: Westmere Borough Council
short_name: Westmere
house: westmere
"""
INSPECTION = """
title: Inspection of children's services
subject: children's services
inspectorate: Ofsted
framework: ofsted-ilacs-2018
source: Ofsted's report of 13 January 2023
start: 2022-10-31
end: 2022-11-11
published: 2023-01-13
judgements:
  - {area: Leaders, grade: Good}
  - {area: Care, grade: Inadequate}
strengths: [Early help is strong]
findings:
  - {id: F1, text: Keep better records}
  - {id: F2, text: Plan with families}
"""
PLAN = """
title: Improvement plan
inspection: outcome
actions:
  - {id: A1, findings: [F1], text: Buy a new system, due: 2023-03-31}
  - {id: A2, own: yes, text: Meet every week}
"""
REPORT = """
title: Outcome of the inspection
inspection: outcome
action_plan: outcome
purpose: [To report the outcome.]
recommendations: [note the outcome]
sections:
  - {section: background, text: Ofsted came in autumn.}
implications:
  - {area: finance, text: There is no cost.}
"""
MEETING = """
body: Cabinet
date: 2023-02-06
items:
  - {number: "5", report: outcome}
"""

BASE = """
name: Base
templates: {outcome: report.xml.j2}
tokens: {ink: "#101010", face: Liberation Sans}
vocabulary: {body: Cabinet, none: nothing}
phrases: {recommend: "{body} is asked to", welcome: Welcome}
options: {findings: bullets}
sections: []
implications: []
section_titles: {background: Background}
implication_titles: {finance: Finance}
numbering:
  levels:
    - {format: "{1}"}
    - {format: "{1}.{2}"}
  paragraphs: [body]
  lists: [{format: "({1})", counter: lower-letter}]
  bullets: ["•"]
  appendix: {format: "Appendix {1}"}
"""
LOOK = """
styles:
  base: {name: Normal, colour: $ink, face: $face, size: 11}
  body: {based_on: base}
  lead-in: {based_on: body, keep_with_next: yes}
  gap: {bold: yes}
  phrase: {}
  run-in: {}
tables:
  data: {rules: all}
  fields: {}
cells:
  grade-1: {bold: yes}
panels:
  notice: {}
"""
TEMPLATE = """\
<report>
{% for text in report.purpose %}{{ text }}{% endfor %}
{% for one in report.recommendations %}<p>{{ one.text }}</p>{% endfor %}
{% for one in report.sections %}<section><h1>{{ one.section }}</h1>{{ one.text }}</section>{% endfor %}
{% for one in report.implications %}<section><h1>{{ one.area }}</h1>{{ one.text }}</section>{% endfor %}
<ul>
{% for one in inspection.strengths %}<li>{{ one.text }}</li>{% endfor %}
{% for one in inspection.findings %}<li>{{ one.text }}</li>{% endfor %}
{% for one in plan.actions %}<li>{{ one.text }}</li>{% endfor %}
</ul>
</report>
"""


def write_council(
    folder: Path,
    report: str = REPORT,
    *,
    council: str = COUNCIL,
    inspection: str = INSPECTION,
    plan: str = PLAN,
    meeting: str = MEETING,
) -> Path:
    """Writes a council's folder with one paper, "outcome", and gives its report's path. No text, no file."""
    texts = {
        "council.yaml": council,
        "reports/outcome.yaml": report,
        "inspections/outcome.yaml": inspection,
        "action-plans/outcome.yaml": plan,
        "meetings/2023-02-06-cabinet.yaml": meeting,
    }
    for name, text in texts.items():
        if text:
            path = folder / "westmere" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
    return folder / "westmere" / "reports" / "outcome.yaml"


def write_house(folder: Path, name: str, style: str, look: str = "", **templates: str) -> Path:
    """A house's folder; templates by the first part of their file's name."""
    house = folder / name
    house.mkdir(parents=True, exist_ok=True)
    (house / "house.yaml").write_text(dedent(style), encoding="utf-8")
    if look:
        (house / "look.yaml").write_text(dedent(look), encoding="utf-8")
    for stem, text in templates.items():
        (house / f"{stem}.xml.j2").write_text(text, encoding="utf-8")
    return house


def write_base(folder: Path, style: str = BASE, look: str = LOOK, report: str = TEMPLATE, **templates: str) -> Path:
    """The smallest house that others extend."""
    return write_house(folder, "_base", style, look, report=report, **templates)


def small_house(folder: Path, report: str = TEMPLATE) -> House:
    """The smallest house, with the given template."""
    write_base(folder, report=report)
    problems = Problems()
    house = read_house("_base", [folder], problems)
    assert problems.found == []
    return house


def read_text_as(kind: type[AnyRecord], text: str, problems: Problems) -> AnyRecord | None:
    """The record in a YAML text, or None with the reasons in `problems`."""
    data = parse_yaml(dedent(text), "file.yaml", problems)
    return None if data is None else validate(kind, data, problems, {"frameworks": known_frameworks()})


def record(kind: type[AnyRecord], text: str) -> AnyRecord:
    """The record in a YAML text that has nothing wrong."""
    problems = Problems()
    found = read_text_as(kind, text, problems)
    assert problems.found == []
    assert found is not None
    return found


def what_is_wrong(kind: type[AnyRecord], text: str) -> list[str]:
    """The problems with a record, as "code line:column message"."""
    problems = Problems()
    assert read_text_as(kind, text, problems) is None
    return told(problems)


def told(problems: Problems) -> list[str]:
    """The problems as "code line:column message"."""
    return [f"{one.code} {one.location.line}:{one.location.column} {one.message}" for one in problems.found]


def places(problems: Problems) -> list[str]:
    """The problems as "code line:column": for tests that leave the wording to tests/bad."""
    return [f"{one.code} {one.location.line}:{one.location.column}" for one in problems.found]
