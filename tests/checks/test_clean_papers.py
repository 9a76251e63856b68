"""Papers of many kinds that have nothing wrong with them: no rule finds anything, not even advice.

The councils, inspections, plans and people in `clean/inputs` are made up; the frameworks are those of reportgen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.document import blocks_of, lines_of, plain_text
from tests.checks.checking import check
from tests.samples import compose, task_for

CLEAN = Path(__file__).parent / "clean"
PAPERS = sorted(path.relative_to(CLEAN) for path in (CLEAN / "inputs").glob("*/reports/*.yaml"))
FRAMEWORKS = {
    "ilacs-outcome": "ofsted-ilacs-2023",
    "ilacs-progress": "ofsted-ilacs-2023",
    "sif-outcome": "ofsted-sif",
    "area-send": "ofsted-cqc-area-send-2023",
    "send-scrutiny": "ofsted-cqc-area-send-2023",
    "jtai-outcome": "jtai",
    "cqc-assessment": "cqc-la-2023",
    "cqc-information": "cqc-la-2023",
    "frs-outcome": "hmicfrs-frs-r3",
    "peel-report": "hmicfrs-peel-2023",
    "housing-judgement": "rsh-consumer-2024",
    "youth-justice": "hmip-youth-justice-2018",
}
"""The papers, and what each is about; one is on progress, one for scrutiny, one for information only."""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CLEAN)


def all_text(paper: Path) -> Iterator[str]:
    """The lines of the finished paper."""
    for block in blocks_of(compose(CLEAN / paper, "standard")):
        for line in lines_of(block):
            yield plain_text(line)


def test_there_are_twelve_papers_of_different_kinds() -> None:
    found = {}
    for paper in PAPERS:
        read = pipeline.read_source(task_for(CLEAN / paper), Problems())
        assert read.inspection is not None
        assert read.meeting is not None
        assert read.report.illustrative is not None
        found[paper.stem] = read.inspection.framework.id
    assert found == FRAMEWORKS


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_nothing_is_found_in_a_clean_paper_about_to_be_published(paper: Path) -> None:
    assert check("--final", str(paper)) == []


def test_nothing_is_found_in_all_of_them_together_before_that() -> None:
    assert check() == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_clean_paper_is_made_without_a_gap_and_in_whole(paper: Path) -> None:
    document = compose(CLEAN / paper, "standard")
    assert pipeline.count_gaps(document) == 0
    problems = Problems()
    task = task_for(CLEAN / paper)
    made = pipeline.build_paper(task, ["html"], problems)
    assert problems.found == []
    html = made.files["html"].decode()
    assert made.source.report.title.replace("'", "’") in html.replace("&#x27;", "'").replace("'", "’")
    assert "{{" not in html
    assert "??" not in html


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("westmere/reports/cqc-assessment", "Westmere has 24 of 36 points, which is 67%, and so the rating good"),
        ("westmere/reports/youth-justice", "Ten of the thirteen ratings are good or outstanding; three require"),
        ("westmere/reports/area-send", "There are widespread and/or systemic failings leading to significant concerns"),
        ("westmere/reports/ilacs-progress", "two of five actions are complete"),
        ("westmere-fire/reports/frs-outcome", "Of eleven judgements, four are good, four adequate, and three require"),
        ("easthaven/reports/housing-judgement", "could not show the condition of 1,310 of them, or 21%"),
    ],
)
def test_the_figures_of_a_clean_paper_are_those_of_its_tables(paper: str, sentence: str) -> None:
    assert any(sentence in line for line in all_text(Path("inputs", f"{paper}.yaml")))


def test_a_final_paper_says_of_no_area_that_it_is_not_yet_cleared_where_the_house_wants_no_clearance() -> None:
    assert "Not yet cleared" not in all_text(Path("inputs/westmere/reports/cqc-assessment.yaml"))
