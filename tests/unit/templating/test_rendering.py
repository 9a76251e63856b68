"""A paper and a house → report markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.document import Paragraph, Placeholder, Span, Text, inlines_of
from reportgen.model.frameworks import known_frameworks
from reportgen.model.paper import Paper
from reportgen.model.reader import read_paper
from reportgen.templating.markup import RenderedMarkup
from reportgen.templating.rendering import render_markup
from tests.small import REPORT, small_house, write_council

MARKS = re.compile(r' at="[^"]*"')


def read(folder: Path, report: str = REPORT, with_meeting: bool = True) -> Paper:
    path = write_council(folder, report)
    problems = Problems()
    meeting = folder / "westmere" / "meetings" / "2023-02-06-cabinet.yaml"
    paper = read_paper(path, meeting if with_meeting else None, known_frameworks(), problems)
    assert problems.found == []
    return paper


def render(folder: Path, template: str, report: str = REPORT) -> RenderedMarkup:
    problems = Problems()
    markup = render_markup(read(folder, report), small_house(folder / "templates", template), problems)
    assert problems.found == []
    return markup


def rendered(folder: Path, template: str, report: str = REPORT) -> str:
    """What a template gives, without marks."""
    return MARKS.sub("", render(folder, template, report).text)


def wrong_with(folder: Path, template: str, report: str = REPORT) -> list[str]:
    """What is wrong, as "code folder/file:line:column"."""
    problems = Problems()
    with pytest.raises(Rejected):
        render_markup(read(folder, report), small_house(folder / "templates", template), problems)
    assert all(one.hint for one in problems.found)
    return [f"{one.code} {one.location}".replace(f"{folder}/", "").removesuffix(":0") for one in problems.found]


# ---- What templates see ----


def test_a_template_sees_the_report_and_everything_that_it_names(tmp_path: Path) -> None:
    names = ["report.title", "council.short_name", "meeting.body", "item.number", "inspection.count()", "house.name"]
    template = "|".join(f"{{{{ {name} }}}}" for name in names)
    assert rendered(tmp_path, template) == "Outcome of the inspection|Westmere|Cabinet|5|2|Base"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("inspection.findings|length|words", "two"),
        ("inspection.share('Good')|percent", "50%"),
        ("1319|number", "1,319"),
        ("400000|money", "£400,000"),
        ("['a', 'b']|listing", "a and b"),
        ("3|plural('child', 'children')", "3 children"),
        ("meeting.date|date", "6 February 2023"),
        ("period(inspection.start, inspection.end)", "31 October to 11 November 2022"),
        ("'cabinet'|capital", "Cabinet"),
        ("'{BODY}'|fill(body='R&D')", "R&amp;D"),
    ],
)
def test_figures_dates_and_lists_are_put_into_words(tmp_path: Path, expression: str, text: str) -> None:
    assert rendered(tmp_path, f"{{{{ {expression} }}}}") == text


def test_dates_have_the_houses_form(tmp_path: Path) -> None:
    house = small_house(
        tmp_path / "templates", "{{ meeting.date|date }}, {{ period(inspection.start, inspection.end) }}"
    )
    ordinal = house.config.model_copy(update={"dates": "ordinal"})
    problems = Problems()
    markup = render_markup(
        read(tmp_path),
        type(house)(ordinal, house.stylesheet, house.templates, house.page_css, house.location),
        problems,
    )
    assert markup.text == "6th February 2023, 31st October to 11th November 2022"


def test_data_is_escaped_and_a_text_is_held_beside_the_markup(tmp_path: Path) -> None:
    report = REPORT.replace("Outcome of the", '"R&D <b>" #').replace("To report the outcome.", "To *report* R&D <b>.")
    template = "<p>{{ report.title }}</p>{{ report.purpose[0] }}"
    markup = render(tmp_path, template, report)
    assert markup.text.endswith('>R&amp;D &lt;b&gt;</p><prose ref="0" key="purpose.0"/>')
    (text,) = markup.prose
    (paragraph,) = text.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Text("To "), Span("emphasis", (Text("report"),)), Text(" R&D <b>."))


def test_a_reference_is_an_element_whose_name_cannot_break_out(tmp_path: Path) -> None:
    assert (
        rendered(tmp_path, "{{ ref('plan') }}{{ ref('a\"/><b>') }}")
        == '<ref to="plan"/><ref to="a&#34;/&gt;&lt;b&gt;"/>'
    )


def test_a_gap_is_printed_as_one_wherever_a_text_stands(tmp_path: Path) -> None:
    report = REPORT.replace("Outcome of the inspection", "?? the title").replace("To report the outcome.", '"?? why"')
    gap = "<gap>the title</gap>"
    markup = render(tmp_path, "<p>{{ report.title }}</p>{{ report.purpose[0] }}{{ gap('x, from y') }}", report)
    assert MARKS.sub("", markup.text) == f'<p>{gap}</p><prose ref="0" key="purpose.0"/><gap from="y">x</gap>'
    assert [one for text in markup.prose for block in text.blocks for one in inlines_of(block)] == [Placeholder("why")]


# ---- Phrases in the house's sentences ----


@pytest.mark.parametrize(
    ("filters", "begins"),
    [
        ("", ""),
        ("|clause", "<clause>"),
        ("|clause(end='.')", '<clause end=".">'),
        ("|clause(end='; and', capital=true)", '<clause end="; and" capital="yes">'),
        ("|capital", '<clause capital="yes">'),
    ],
)
def test_the_place_says_what_a_phrase_is_to_become(tmp_path: Path, filters: str, begins: str) -> None:
    ends = "</clause>" if begins else ""
    assert rendered(tmp_path, f"{{{{ report.recommendations[0].text{filters} }}}}") == (
        f'{begins}<prose ref="0" key="recommendations.0"/>{ends}'
    )


def test_a_plain_text_becomes_a_clause_at_once(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ 'the plan; '|clause(end='.', capital=true) }}") == "The plan."


def test_a_run_in_heading_stands_in_the_element_of_its_text(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ report.purpose[0]|run_in('A & B –') }}") == (
        '<prose ref="0" key="purpose.0"><h1>A &amp; B –</h1></prose>'
    )


# The ";" of "&amp;" is not the author's.
@pytest.mark.parametrize(("typed", "text"), [("R&", "R&amp;."), ('the "plan"', "the &#34;plan&#34;.")])
def test_a_plain_text_that_ends_in_an_escaped_sign_stays_whole_in_a_clause(
    tmp_path: Path, typed: str, text: str
) -> None:
    assert (
        rendered(
            tmp_path, "{{ report.title|clause(end='.') }}", REPORT.replace("Outcome of the inspection", f"'{typed}'")
        )
        == text
    )


# ---- Mistakes of a template's author ----


@pytest.mark.parametrize(
    "line",
    [
        "{{ report.titel }}",
        "{{ nothing }}",
        "{{ report.directorate }}",
        "{{ inspection.count('good') }}",
        "{{ 1 // 0 }}",
        "{{ report.title + 1 }}",
        "{{ [][3] }}",
        "{{ report.title|date }}",
        "{% include 'none.xml.j2' %}",
        "{{ house._source }}",
        "{{ 'a' * 99999999 }}",
    ],
)
def test_what_fails_in_a_template_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    wrong = wrong_with(tmp_path, f"<report>\n\n  {line}\n</report>")
    assert [re.sub(r":3:\d+$", ":3", one) for one in wrong] == ["RG030 templates/_base/report.xml.j2:3"]


@pytest.mark.parametrize("line", ["{% if %}", "{{ a b }}", "{% for x in y %}", "{{ x|nofilter }}", "{% nonsense %}"])
def test_a_template_that_is_no_jinja_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    assert [one.split()[0] for one in wrong_with(tmp_path, f"<report>\n\n  {line}\n</report>")] == ["RG030"]
    assert "templates/_base/report.xml.j2:" in wrong_with(tmp_path, f"<report>\n\n  {line}\n</report>")[0]


def test_a_macro_that_calls_itself_without_end_is_told(tmp_path: Path) -> None:
    wrong = wrong_with(tmp_path, "{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}")
    assert [one.split(":")[0] for one in wrong] == ["RG030 templates/_base/report.xml.j2"]


def test_a_report_of_a_kind_that_the_house_does_not_have_is_an_error_at_its_kind(tmp_path: Path) -> None:
    assert wrong_with(tmp_path, "x", "kind: progress" + REPORT) == ["RG031 westmere/reports/outcome.yaml:1:7"]


# ---- Mistakes of a report's author ----


@pytest.mark.parametrize(
    "expression",
    [
        "inspection.cuont()",
        "nothing",
        "inspection.count('good')",
        "inspection.",
        "a b",
        "",
        "inspection",
        "inspection.start",
        "report.directorate",
        "1 / 0",
        "inspection.findings",
        "plan.overdue('soon')",
        "report.recommendations[0].text",
        "true",
        "'a'|nofilter",
        "'a' * 99999999",
        "inspection.count.__self__",
    ],
)
def test_an_expression_that_cannot_be_worked_out_is_an_error_where_it_stands(tmp_path: Path, expression: str) -> None:
    report = REPORT.replace("[To report the outcome.]", f"\n  - |\n    One.\n\n    Of {{{{ {expression} }}}}\n")
    assert wrong_with(tmp_path, "{{ report.purpose[0] }}", report) == ["RG020 westmere/reports/outcome.yaml:9:8"]


def test_every_expression_that_cannot_be_worked_out_is_told(tmp_path: Path) -> None:
    report = REPORT.replace("[To report the outcome.]", '["{{ a }} and {{ b }}", "{{ c }}"]')
    assert [
        one.split()[0] for one in wrong_with(tmp_path, "{{ report.purpose[0] }}{{ report.purpose[1] }}", report)
    ] == ["RG020"] * 3


def test_prose_that_breaks_a_rule_is_an_error_where_it_stands(tmp_path: Path) -> None:
    report = REPORT.replace("To report the outcome.", '"One {{ two"')
    assert wrong_with(tmp_path, "{{ report.purpose[0] }}", report) == ["RG021 westmere/reports/outcome.yaml:5:16"]


def test_an_error_outside_a_template_s_lines_has_the_place_of_the_house(tmp_path: Path) -> None:
    assert wrong_with(tmp_path, "{% extends 'none.xml.j2' %}")[0].startswith("RG030 templates/_base/")


def test_rendering_the_same_twice_gives_the_same(tmp_path: Path) -> None:
    paper, house, problems = read(tmp_path), small_house(tmp_path / "templates"), Problems()
    assert render_markup(paper, house, problems) == render_markup(paper, house, problems)
    assert problems.found == []
