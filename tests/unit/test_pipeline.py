"""The stages in order: each starts only if the one before found no errors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import PIL.Image
import pytest

from reportgen import pipeline
from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import (
    Document,
    Figure,
    Footnote,
    Image,
    Metadata,
    Number,
    Paragraph,
    SourceRef,
    Text,
    blocks_of,
    plain_text,
)
from reportgen.house import read_house
from tests.samples import TEMPLATES, compose, sample, task_for
from tests.small import BASE, INSPECTION, PLAN, REPORT, TEMPLATE, write_base, write_council, write_house

SHORT = "title: T\npurpose: [p]\nrecommendations: [r]\n"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    write_base(folder)
    write_house(folder, "westmere", "name: Westmere")
    return folder


def wrong_with(report: Path, templates: Path, house: str | None = None) -> list[str]:
    """What making a paper tells, as "code file:line"."""
    problems = Problems()
    with pytest.raises(Rejected) as caught:
        pipeline.build_paper(task_for(report, house, (templates,)), (), problems)
    assert caught.value.diagnostics == tuple(problems.found)
    return [f"{one.code} {Path(one.location.path).name}:{one.location.line}" for one in problems.found]


def test_a_paper_goes_through_all_stages(tmp_path: Path, templates: Path) -> None:
    problems = Problems()
    made = pipeline.build_paper(task_for(write_council(tmp_path), None, (templates,)), (), problems)
    assert problems.found == []
    assert made.source.report.title == "Outcome of the inspection"
    assert made.files == {}


def test_only_the_formats_that_are_asked_for_are_written(tmp_path: Path, templates: Path) -> None:
    task = task_for(write_council(tmp_path), None, (templates,))
    written = pipeline.build_paper(task, ("html",), Problems()).files
    assert list(written) == ["html"]
    assert "Ofsted came in autumn." in written["html"].decode()


def test_a_picture_that_a_text_names_becomes_a_figure(tmp_path: Path, templates: Path) -> None:
    named = "pictures: [{id: house, file: house.png, alt: A house}]\n"
    text = "\"Ofsted came in autumn.\\n\\n{{ picture('house') }}\""
    report = write_council(tmp_path, named + REPORT.replace("Ofsted came in autumn.", text))
    folder = report.parent.parent / "pictures"
    folder.mkdir()
    PIL.Image.new("RGB", (8, 6)).save(folder / "house.png")
    blocks = blocks_of(compose(report, None, (templates,)))
    assert [
        block.picture.name for block in blocks if isinstance(block, Figure) and isinstance(block.picture, Image)
    ] == ["house"]


# ---- Each stage stops the next ----


def test_what_is_wrong_with_the_inputs_is_told_before_the_house_is_read(tmp_path: Path, templates: Path) -> None:
    write_house(templates, "westmere", "titel: x")
    assert wrong_with(write_council(tmp_path, REPORT + "titel: x\n"), templates) == ["RG010 outcome.yaml:11"]


def test_what_is_wrong_with_the_house_is_told_before_anything_is_rendered(tmp_path: Path, templates: Path) -> None:
    write_base(templates, report="{% nonsense %}")
    write_house(templates, "westmere", "name: W\ntitel: x")
    assert wrong_with(write_council(tmp_path), templates) == ["RG010 house.yaml:2"]


def test_what_fails_in_the_template_is_told_before_its_markup_is_read(tmp_path: Path, templates: Path) -> None:
    write_base(templates, report="<wrong>\n{{ nothing }}</wrong>")
    assert wrong_with(write_council(tmp_path), templates) == ["RG030 report.xml.j2:2"]


def test_wrong_markup_is_told_before_a_tree_is_built(tmp_path: Path, templates: Path) -> None:
    write_base(templates, report="<report>\n<wrong/>\n<p role='none'>x</p></report>")
    assert wrong_with(write_council(tmp_path), templates) == ["RG032 report.xml.j2:2"]


def test_a_role_that_the_house_does_not_know_is_told_before_the_tree_is_checked(
    tmp_path: Path, templates: Path
) -> None:
    write_base(templates, report="<report>\n<p role='none'>x</p></report>")
    assert wrong_with(write_council(tmp_path), templates) == ["RG032 report.xml.j2:2"]


def test_a_text_that_the_template_forgets_is_an_error_where_it_was_typed(tmp_path: Path, templates: Path) -> None:
    write_base(templates, report=TEMPLATE.replace("</h1>{{ one.text }}", "</h1><p>forgotten</p>", 1))
    assert wrong_with(write_council(tmp_path), templates) == ["RG053 outcome.yaml:8"]


@pytest.mark.parametrize("loop", ["inspection.findings", "inspection.strengths", "plan.actions"])
def test_what_the_inspection_and_the_plan_say_may_not_be_forgotten_either(
    tmp_path: Path, templates: Path, loop: str
) -> None:
    write_base(templates, report=TEMPLATE.replace(f"in {loop} %}}", f"in {loop}[1:] %}}"))
    assert [one.split(":")[0] for one in wrong_with(write_council(tmp_path), templates)] == ["RG053 outcome.yaml"]


def test_a_text_that_the_template_prints_twice_is_an_error(tmp_path: Path, templates: Path) -> None:
    write_base(templates, report=TEMPLATE.replace("</h1>{{ one.text }}", "</h1>{{ one.text }}{{ one.text }}", 1))
    assert wrong_with(write_council(tmp_path), templates) == ["RG053 outcome.yaml:8"]


def test_a_reference_to_nothing_is_an_error_where_it_was_typed(tmp_path: Path, templates: Path) -> None:
    report = REPORT.replace("Ofsted came in autumn.", "\"See {{ ref('plan') }}.\"")
    assert wrong_with(write_council(tmp_path, report), templates) == ["RG051 outcome.yaml:8"]


# ---- The house ----


@pytest.mark.parametrize(
    ("line", "asked", "chosen"),
    [
        ("", None, "westmere"),
        ("house: eastmere\n", None, "eastmere"),
        ("house: eastmere\n", "_base", "_base"),
        ("", "eastmere", "eastmere"),
    ],
)
def test_the_house_is_the_one_asked_for_else_the_reports_else_the_councils(
    tmp_path: Path, templates: Path, line: str, asked: str | None, chosen: str
) -> None:
    write_house(templates, "eastmere", "name: Eastmere")
    problems = Problems()
    task = task_for(write_council(tmp_path, line + REPORT), asked, (templates,))
    assert pipeline.choose_house(task, pipeline.read_source(task, problems), problems).config.id == chosen
    assert problems.found == []


@pytest.mark.parametrize(("line", "place"), [("", "council.yaml:4"), ("house: nowhere\n", "outcome.yaml:1")])
def test_an_unknown_house_is_an_error_where_it_was_named(
    tmp_path: Path, templates: Path, line: str, place: str
) -> None:
    (templates / "westmere" / "house.yaml").unlink()
    assert wrong_with(write_council(tmp_path, line + REPORT), templates) == [f"RG040 {place}"]


def test_a_house_may_come_from_something_that_remembers_it(tmp_path: Path, templates: Path) -> None:
    problems = Problems()
    remembered = read_house("_base", [templates], problems)
    task = task_for(write_council(tmp_path), None, (templates,))
    assert (
        pipeline.choose_house(task, pipeline.read_source(task, problems), problems, lambda *_: remembered) is remembered
    )


# ---- The document ----


def test_the_document_says_what_it_is(tmp_path: Path, templates: Path) -> None:
    report = write_council(tmp_path, "status: final" + REPORT)
    write_base(templates, BASE + "language: cy\n")
    assert compose(report, None, (templates,)).metadata == Metadata(
        "Outcome of the inspection", "cy", "Westmere Borough Council", "2023-02-06", "final", "westmere/outcome"
    )


def test_a_draft_without_a_meeting_has_no_date(tmp_path: Path, templates: Path) -> None:
    report = write_council(tmp_path, SHORT, inspection="", plan="", meeting="")
    write_base(templates, report="<report>{{ report.purpose[0] }}<p>{{ report.recommendations[0].text }}</p></report>")
    document = compose(report, None, (templates,))
    assert (document.metadata.date, document.metadata.status) == ("", "draft")
    assert [plain_text(block.content) for block in document.body if isinstance(block, Paragraph)] == ["p", "r"]


@pytest.mark.parametrize("house", ["north-tyneside", "dudley", "cambridgeshire", "durham", "standard"])
def test_the_shortest_draft_can_be_made_in_every_house(tmp_path: Path, house: str) -> None:
    assert compose(write_council(tmp_path, SHORT, inspection="", plan="", meeting=""), house, (TEMPLATES,)).body


@pytest.mark.parametrize("house", ["north-tyneside", "dudley", "cambridgeshire", "durham", "standard"])
def test_a_paper_whose_inspection_and_plan_say_little_can_be_made_in_every_house(tmp_path: Path, house: str) -> None:
    inspection = INSPECTION.split("judgements:")[0]
    plan = PLAN.split("actions:")[0]
    assert compose(write_council(tmp_path, inspection=inspection, plan=plan), house, (TEMPLATES,)).body


def test_the_same_inputs_give_the_same_tree() -> None:
    name = "durham-slac-2011"
    again = sample.__wrapped__(name)
    assert again is not sample(name)
    assert again == sample(name)


def test_a_footnote_longer_than_a_page_is_said_where_it_is_called() -> None:
    problems = Problems()
    house = read_house("standard", [TEMPLATES], problems)
    note = Footnote((Text("Words without end. " * 500),), Number("1", "note", 0, 1, "1"))
    called = Paragraph((Text("Costs"), note), origin=SourceRef(Location("report.yaml", 7, 3), "purpose"))
    document = Document(Metadata("Title", "en-GB", "Author", ""), (), (called,))
    with pytest.raises(Rejected) as rejected:
        pipeline.write_document(document, house, ["pdf"], Location("report.yaml"), problems)
    (found,) = rejected.value.diagnostics
    assert (found.code, found.location) == ("RG072", Location("report.yaml", 7, 3))
    assert "footnote 1 is longer than a page" in found.message


@pytest.mark.parametrize(
    "css", ["p { colr: red }", '@import url("https://example.org/x.css");', "p { background: url(/etc/hostname) }"]
)
def test_a_mistake_in_a_houses_own_css_is_said_at_the_house(css: str) -> None:
    problems = Problems()
    house = read_house("standard", [TEMPLATES], problems)
    with pytest.raises(Rejected) as rejected:
        pipeline.write_document(
            sample("durham-slac-2011"), replace(house, page_css=css), ["pdf"], Location("report.yaml"), problems
        )
    (found,) = rejected.value.diagnostics
    assert found.code == "RG071"
    assert found.location == house.location
