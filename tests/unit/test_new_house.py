"""A council that the product has never heard of is made of text files alone; every sample prints in its house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.document import FieldList, Paragraph, Section, blocks_of, plain_text
from reportgen.house import House, read_house
from tests.samples import REPORTS, TEMPLATES, compose, paper_of, task_for
from tests.small import COUNCIL, write_council, write_house
from tests.unit.test_every_house import pattern_of, printed_text

HOUSE = """
name: Westmere Borough Council
extends: _base
dates: ordinal
heading_case: upper
tokens: {brand: "#7a1f3d", tint: "#f7eef1", body_face: Liberation Serif, body_size: "12"}
numbering:
  levels:
    - {format: "{1}.", counter: upper-letter, indent: 10, hanging: 10}
    - {format: "{1}.{2}", indent: 12, hanging: 12}
  sections: 1
  paragraphs: [body, lead-in]
  appendix: {format: "Annex {1}", counter: lower-roman}
options: {implications: list, findings: numbered}
vocabulary: {body: the Executive, owner: Responsible officer}
phrases:
  recommend: "The Executive is invited to"
  strengths: "What {inspectorate} praised:"
sections:
  - {title: Decision wanted, content: [the recommendations]}
  - {title: Why, content: [the purpose, reasons]}
  - title: What was found
    content: [background, inspection, the evidence, the judgements, the strengths, the findings]
  - {content: [the other sections]}
  - {title: What it means, content: [the implications]}
  - {title: Choices, content: [the options]}
  - {title: Papers, content: [the appendix list, the background papers]}
implications:
  - {area: legal, title: Law}
  - {area: finance, title: Money}
required: [the recommendations]
"""
LOOK = """
styles:
  title: {size: 20, align: centre}
  heading-1: {colour: $brand}
"""
MASTHEAD = """\
{% extends "_base/report.xml.j2" %}
{% block masthead %}
<p role="title">{{ council.name }}: {{ report.title }}</p>
<dl><dt>Meeting</dt><dd>{{ body }}, {{ meeting_date }}</dd></dl>
{% endblock %}
"""
REPORT = """
title: Outcome of the inspection
inspection: outcome
action_plan: outcome
purpose: [To report the outcome.]
recommendations: [note the outcome, agree the plan in {{ ref('plan') }}]
sections:
  - {section: reasons, text: The plan answers the inspection.}
  - {section: heritage, title: Our heritage, text: The town hall is old.}
implications:
  - {area: climate, text: The effect is small.}
  - {area: finance, text: There is no cost.}
  - {area: legal, not_applicable: No duty changes.}
appendices: [{id: plan, title: The plan, shows: action plan}]
"""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    write_house(folder, "westmere", HOUSE, LOOK, report=MASTHEAD)
    return folder


def test_its_paper_has_its_name_wording_order_and_numbers(tmp_path: Path, templates: Path) -> None:
    report = write_council(
        tmp_path,
        REPORT.replace("agree the plan in {{ ref('plan') }}", "\"agree the plan in {{ ref('plan') }}\""),
        council=COUNCIL,
    )
    document = compose(report, None, (templates, TEMPLATES))
    printed = [
        f"{block.number.text} {plain_text(block.heading if isinstance(block, Section) else block.content)}"
        for block in blocks_of(document)
        if isinstance(block, Section | Paragraph) and block.number
    ]
    assert printed == [
        "A. DECISION WANTED",
        "A.1 The Executive is invited to:",
        "B. WHY",
        "B.1 To report the outcome.",
        "B.2 The plan answers the inspection.",
        "C. WHAT WAS FOUND",
        "C.1 The judgements are set out below.",
        "C.2 What Ofsted praised:",
        "C.3 Ofsted asked for improvement in these areas:",
        "D. OUR HERITAGE",
        "D.1 The town hall is old.",
        "E. WHAT IT MEANS",
        "E.1 Law. Not applicable. No duty changes.",
        "E.2 Money. There is no cost.",
        "E.3 Climate. The effect is small.",
        "F. PAPERS",
        "F.1 Annex i: The plan",
        "Annex i The plan",
    ]
    title, fields = document.front
    assert isinstance(title, Paragraph)
    assert plain_text(title.content) == "Westmere Borough Council: Outcome of the inspection"
    assert isinstance(fields, FieldList)
    assert [plain_text(block.content) for block in fields.rows[0][0].value if isinstance(block, Paragraph)] == [
        "Cabinet, 6th February 2023"
    ]


def read(folder: Path) -> House:
    problems = Problems()
    house = read_house("westmere", [folder, TEMPLATES], problems)
    assert problems.found == []
    return house


def test_its_colours_and_faces_reach_every_role_that_is_based_on_them(templates: Path) -> None:
    look = read(templates).stylesheet
    assert look.styles["heading-1"].colour == look.styles["title"].colour == "#7a1f3d"
    assert look.tables["judgements"].header_background == "#7a1f3d"
    assert look.panels["notice"].background == "#f7eef1"
    assert (look.resolved("body")["face"], look.resolved("body")["size"]) == ("Liberation Serif", 12)
    assert look.styles["title"].size == 20


@pytest.mark.parametrize("name", REPORTS)
def test_every_sample_composes_in_it_with_every_text_once(templates: Path, name: str) -> None:
    printed = printed_text(compose(REPORTS[name], "westmere", (templates, TEMPLATES)))
    times = {text.text.key: len(pattern_of(text.text).findall(printed)) for text in paper_of(name).prose()}
    assert {key: count for key, count in times.items() if count != 1} == {}


def test_a_house_of_three_lines_is_enough(tmp_path: Path) -> None:
    write_house(tmp_path / "templates", "eastmere", "name: Eastmere\nextends: standard\n")
    for report in REPORTS.values():
        compose(report, "eastmere", (tmp_path / "templates", TEMPLATES))


def test_no_line_of_python_knows_it() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(pipeline.__file__).parent.rglob("*.py"))
    assert not re.search("westmere", code, re.IGNORECASE)


def test_the_report_may_name_its_house_and_the_command_another(tmp_path: Path, templates: Path) -> None:
    write_house(templates, "eastmere", HOUSE.replace("Westmere", "Eastmere"), report=MASTHEAD)
    report = write_council(
        tmp_path, "house: eastmere" + REPORT.replace("agree the plan in {{ ref('plan') }}", "agree the plan")
    )
    problems = Problems()
    for asked, chosen in ((None, "eastmere"), ("westmere", "westmere")):
        task = task_for(report, asked, (templates, TEMPLATES))
        house = pipeline.choose_house(task, pipeline.read_source(task, problems), problems)
        assert house.config.id == chosen
