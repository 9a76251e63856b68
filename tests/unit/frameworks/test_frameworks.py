"""The inspection frameworks that come with the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.frameworks import known_frameworks, read_frameworks

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
