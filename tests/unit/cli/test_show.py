"""`reportgen show` and `reportgen houses`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.house import BASE
from tests.unit.cli.conftest import Run, change


def test_the_model_is_shown_as_it_was_read(run: Run, report: Path) -> None:
    lines = run("show", "--stage", "model", str(report)).stdout.splitlines()
    assert lines[:5] == [
        "Paper",
        "  report: Report",
        "    id: sample",
        "    kind: outcome",
        "    title: Outcome of the inspection of children's services",
    ]
    assert "      - Recommendation: note the outcome of the inspection" in lines
    assert not [line for line in lines if "None" in line]


def test_the_markup_is_shown_without_the_places_of_its_elements(run: Run, report: Path) -> None:
    markup = run("show", "--stage", "markup", str(report)).stdout
    assert markup.startswith("<report>\n")
    assert markup.endswith("</report>\n")
    assert ' at="' not in markup
    assert "\n\n" not in markup


def test_the_tree_is_shown_with_its_numbers(run: Run, report: Path) -> None:
    tree = run("show", "--stage", "tree", str(report)).stdout
    assert tree.startswith("Document\n  metadata: Metadata\n    title: Outcome of the inspection")
    assert "          number: Number\n            text: 1.1\n" in tree


def test_the_html_is_the_writers(run: Run, report: Path) -> None:
    html = run("show", "--stage", "html", str(report)).stdout
    run("build", "--format", "html", str(report))
    [made] = Path("outputs").rglob("1-*.html")
    assert html == made.read_text(encoding="utf-8")


def test_another_house_can_be_shown(run: Run, report: Path) -> None:
    run("new", "house", "shouting")
    change(Path("templates/shouting/house.yaml"), "dates: plain", "heading_case: upper\ndates: plain")
    assert "<h1>PURPOSE</h1>" in run("show", "--stage", "markup", "--house", "shouting", str(report)).stdout


@pytest.mark.usefixtures("demo")
def test_each_report_of_a_meeting_is_shown_under_its_name(run: Run) -> None:
    run("new", "report", "second")
    change(Path("inputs/demo/meetings/2026-09-15-cabinet.yaml"), "items:", 'items:\n  - {number: "9", report: second}')
    shown = run("show", "--stage", "model", "inputs/demo/meetings/2026-09-15-cabinet.yaml").stdout.splitlines()
    assert [line for line in shown if line.startswith("#")] == [
        "# inputs/demo/reports/second.yaml for 2026-09-15-cabinet",
        "# inputs/demo/reports/sample.yaml for 2026-09-15-cabinet",
    ]


@pytest.mark.usefixtures("demo")
def test_a_broken_report_is_no_reason_not_to_show_the_next(run: Run, report: Path) -> None:
    run("new", "report", "second")
    change(report, "status: draft", "status: late")
    result = run("show", "--stage", "model", "inputs")
    assert result.exit_code == 1
    assert "error RG012" in result.stderr
    assert "id: second" in result.stdout


@pytest.mark.usefixtures("demo")
def test_houses_are_listed_with_their_name_and_folder(run: Run) -> None:
    result = run("houses")
    rows = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert result.exit_code == 0
    assert rows["demo"].split() == ["demo", "Demo", "templates/demo"]
    assert "standard" in rows
    assert BASE not in rows


@pytest.mark.usefixtures("demo")
def test_a_house_that_cannot_be_read_is_told_and_the_others_are_listed(run: Run) -> None:
    Path("templates/demo/house.yaml").write_text("name: [\n", encoding="utf-8")
    result = run("houses")
    assert result.exit_code == 1
    assert "templates/demo/house.yaml:2:1: error RG004" in result.stderr
    assert "standard" in result.stdout
