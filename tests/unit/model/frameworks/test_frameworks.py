"""The inspection frameworks that come with the product."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.document import Paragraph, blocks_of, plain_text
from reportgen.model.frameworks import known_frameworks, read_frameworks
from reportgen.model.paper import Paper
from reportgen.model.reader import read_paper
from tests.samples import HOUSES, compose
from tests.small import INSPECTION, write_council

NAMES = sorted(known_frameworks())


def test_the_frameworks_of_the_samples_are_known() -> None:
    assert set(NAMES) >= {"ofsted-slac-2009", "ofsted-sif", "ofsted-ilacs-2018"}


@pytest.mark.parametrize("name", NAMES)
def test_a_framework_is_called_like_its_file_and_says_where_its_names_were_found(name: str) -> None:
    framework = known_frameworks()[name]
    assert framework.id == name
    assert len(framework.source) > 20


@pytest.mark.parametrize("name", NAMES)
def test_a_framework_with_grades_has_judgements_either_in_groups_or_without(name: str) -> None:
    framework = known_frameworks()[name]
    assert (bool(framework.groups) != bool(framework.judgements)) == bool(framework.grades)


@pytest.mark.parametrize("name", NAMES)
def test_a_framework_ends_after_it_begins(name: str) -> None:
    framework = known_frameworks()[name]
    assert framework.in_force_to is None or framework.in_force_from < framework.in_force_to


@pytest.mark.parametrize("name", NAMES)
def test_no_alias_of_a_grade_is_another_grade(name: str) -> None:
    grades = known_frameworks()[name].grades
    aliases = [alias for grade in grades for alias in grade.aliases]
    assert set(aliases).isdisjoint(grade.name for grade in grades)
    assert len(set(aliases)) == len(aliases)


def test_grades_rank_from_one_for_the_best() -> None:
    framework = known_frameworks()["ofsted-slac-2009"]
    assert [framework.rank(grade) for grade in ("Outstanding", "Good", "Adequate", "Inadequate", "good")] == [
        1,
        2,
        3,
        4,
        0,
    ]


def test_the_scale_of_2009_has_numbers_and_meanings() -> None:
    grades = known_frameworks()["ofsted-slac-2009"].grades
    assert [(grade.name, grade.number) for grade in grades] == [
        ("Outstanding", 1),
        ("Good", 2),
        ("Adequate", 3),
        ("Inadequate", 4),
    ]
    assert all(grade.meaning for grade in grades)


def test_the_announced_inspections_ended_in_july_2012() -> None:
    framework = known_frameworks()["ofsted-slac-2009"]
    assert (framework.in_force_from, framework.in_force_to) == (date(2009, 5, 1), date(2012, 7, 31))


def test_a_new_framework_is_a_file(tmp_path: Path) -> None:
    text = "name: Care\ninspectorate: CIW\nsource: Here\nin_force_from: 2019-04-01\ngrades: [Rhagorol, {name: Da}]\n"
    (tmp_path / "ciw-2019.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("name: Broken\n", encoding="utf-8")
    problems = Problems()
    found = read_frameworks(tmp_path, problems)
    assert list(found) == ["ciw-2019"]
    assert [grade.name for grade in found["ciw-2019"].grades] == ["Rhagorol", "Da"]
    assert {Path(one.location.path).name for one in problems.found} == {"broken.yaml"}


# ---- A council's own ----

OWN = """
name: Review of the council's own services
inspectorate: Westmere Improvement Board
source: The board's terms of reference, 2 May 2022
in_force_from: 2022-01-01
grades: [Strong, Fair, {name: Weak, aliases: [Poor]}]
overall: none
judgements: [Leaders, Care]
"""


def read_with(folder: Path, inspection: str, framework: str = OWN) -> tuple[Paper | None, Problems]:
    """The small council's paper, with a framework of its own."""
    report = write_council(folder, inspection=inspection)
    own = folder / "westmere" / "frameworks" / "westmere-2022.yaml"
    own.parent.mkdir()
    own.write_text(framework, encoding="utf-8")
    problems = Problems()
    paper = None
    with suppress(Rejected):
        paper = read_paper(report, None, known_frameworks(), problems)
    return paper, problems


def test_a_council_adds_a_framework_as_a_file_beside_its_inspections(tmp_path: Path) -> None:
    graded = INSPECTION.replace("ofsted-ilacs-2018", "westmere-2022").replace("Good", "Strong")
    paper, problems = read_with(tmp_path, graded.replace("Inadequate", "Weak, as_printed: Poor"))
    assert problems.found == []
    assert paper is not None
    assert paper.inspection is not None
    assert paper.inspection.framework.name == "Review of the council's own services"
    assert [row.as_printed for row in paper.inspection.judgements] == [None, "Poor"]


def test_a_grade_of_another_framework_is_refused_with_those_of_the_councils_own(tmp_path: Path) -> None:
    _, problems = read_with(tmp_path, INSPECTION.replace("ofsted-ilacs-2018", "westmere-2022"))
    assert [one.code for one in problems.found] == ["RG014", "RG014"]
    assert problems.found[0].hint == "use one of: Strong, Fair, Weak"


def test_a_mistake_in_a_councils_framework_is_told_at_its_place(tmp_path: Path) -> None:
    _, problems = read_with(
        tmp_path, INSPECTION.replace("ofsted-ilacs-2018", "westmere-2022"), OWN.replace("overall: none", "overall: no")
    )
    assert [(one.code, Path(one.location.path).name) for one in problems.found] == [
        ("RG012", "westmere-2022.yaml"),
        ("RG012", "outcome.yaml"),
    ]


def test_a_councils_framework_is_its_own_and_no_others(tmp_path: Path) -> None:
    read_with(tmp_path, INSPECTION)
    assert "westmere-2022" not in known_frameworks()


# ---- Frameworks without an overall grade, or without grades, print ----


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("ofsted-ilacs-2026", "judgements: [{area: The experiences and progress of care leavers, grade: Good}]"),
        ("hmicfrs-frs-r3", "judgements: [{area: Promoting the right values and culture, grade: Adequate}]"),
        ("rsh-consumer-2024", "judgements: []\noverall: C2"),
        ("jtai", "judgements: []"),
        ("ofsted-cqc-area-send-2023", "judgements: []"),
        ("ofsted-cqc-send-2016", "judgements: []"),
    ],
)
def test_an_inspection_without_an_overall_grade_or_without_grades_makes_a_paper_in_every_house(
    tmp_path: Path, name: str, rows: str
) -> None:
    start = known_frameworks()[name].in_force_from
    lines = INSPECTION.split("judgements:")[0].replace("ofsted-ilacs-2018", name)
    frame = re.sub(r"(?m)^(start|end|published): .*$", rf"\1: {start}", lines)
    found = "findings:\n  - {id: F1, text: Keep better records}\n  - {id: F2, text: Plan with families}\n"
    report = write_council(tmp_path, inspection=f"{frame}{rows}\n{found}")
    for house in HOUSES:
        text = "\n".join(
            plain_text(one.content) for one in blocks_of(compose(report, house)) if isinstance(one, Paragraph)
        )
        assert "Keep better records" in text
        assert "None" not in text


# ---- Outcomes in place of grades ----


def concluded(
    folder: Path, outcome: str, framework: str = "ofsted-cqc-area-send-2023"
) -> tuple[Paper | None, Problems]:
    frame = INSPECTION.replace("ofsted-ilacs-2018", framework).split("judgements:")[0]
    frame = re.sub(r"(?m)^(start|end|published): .*$", r"\1: 2023-05-01", frame)
    found = "findings:\n  - {id: F1, text: Keep better records}\n  - {id: F2, text: Plan with families}\n"
    problems = Problems()
    report = write_council(folder, inspection=f"{frame}outcome: {outcome}\n{found}")
    paper = None
    with suppress(Rejected):
        paper = read_paper(report, None, known_frameworks(), problems)
    return paper, problems


def test_an_outcome_is_named_by_its_number_or_its_words(tmp_path: Path) -> None:
    text = known_frameworks()["ofsted-cqc-area-send-2023"].outcomes[1].text
    for typed in ("2", f'"{text}"'):
        paper, problems = concluded(tmp_path, typed)
        assert problems.found == []
        assert paper is not None
        assert paper.inspection is not None
        assert paper.inspection.conclusion is not None
        assert paper.inspection.conclusion.text == text


@pytest.mark.parametrize(
    ("outcome", "framework", "hint"),
    [
        ("4", "ofsted-cqc-area-send-2023", "use one of: 1, 2, 3"),
        ("Good", "ofsted-ilacs-2023", "delete outcome: here, or correct framework:"),
    ],
)
def test_an_outcome_that_the_framework_does_not_have_is_refused(
    tmp_path: Path, outcome: str, framework: str, hint: str
) -> None:
    _, problems = concluded(tmp_path, outcome, framework)
    assert [(one.code, one.hint) for one in problems.found] == [("RG014", hint)]
