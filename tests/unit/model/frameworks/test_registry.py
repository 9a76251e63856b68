"""The frameworks together: complete, consistent, and able to hold the sample inspections."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.model.framework import Framework, FrameworkTable
from reportgen.model.frameworks import known_frameworks, read_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.reader import read_record

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "reportgen" / "model" / "frameworks"
SAMPLES = sorted((ROOT / "inputs").glob("*/inspections/*.yaml"))
NAMES = [
    "cqc-la-2023",
    "hmicfrs-frs-r1r2",
    "hmicfrs-frs-r3",
    "hmicfrs-peel-2023",
    "hmip-youth-justice-2018",
    "jtai",
    "ofsted-cqc-area-send-2023",
    "ofsted-cqc-send-2016",
    "ofsted-ilacs-2018",
    "ofsted-ilacs-2023",
    "ofsted-ilacs-2026",
    "ofsted-lac-2013",
    "ofsted-protection-2012",
    "ofsted-sif",
    "ofsted-slac-2009",
    "rsh-consumer-2024",
]
SIDE_BY_SIDE = {
    frozenset({"ofsted-lac-2013", "ofsted-protection-2012"}),
    frozenset({"hmicfrs-frs-r1r2", "hmicfrs-peel-2023"}),
    frozenset({"hmicfrs-frs-r3", "hmicfrs-peel-2023"}),
}
"""Frameworks of one inspectorate for inspections of different kinds."""


def overlap(one: Framework, other: Framework) -> bool:
    return one.in_force_on(other.in_force_from) or other.in_force_on(one.in_force_from)


def tables(framework: Framework) -> list[FrameworkTable]:
    """Every table of the framework, those of a group's first form included."""
    found: list[FrameworkTable] = [FrameworkTable(judgements=framework.judgements)]
    for group in framework.groups:
        found += [group] if group.first_form is None else [group, group.first_form]
    return found


# ---- All of them ----


def test_all_sixteen_load_without_problems_and_in_the_order_of_their_ids() -> None:
    problems = Problems()
    assert list(read_frameworks(FOLDER, problems)) == NAMES == sorted(NAMES)
    assert problems.found == []
    assert list(known_frameworks()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_grade_means_one_grade(name: str) -> None:
    grades = known_frameworks()[name].grades
    assert len({grade.name.casefold() for grade in grades}) == len(grades)


@pytest.mark.parametrize("name", NAMES)
def test_all_the_grades_of_a_scale_have_numbers_and_meanings_or_none_has(name: str) -> None:
    grades = known_frameworks()[name].grades
    assert [grade.number for grade in grades] in ([None] * len(grades), list(range(1, len(grades) + 1)))
    assert len({grade.meaning is None for grade in grades}) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_the_dates_are_in_order(name: str) -> None:
    framework = known_frameworks()[name]
    assert framework.in_force_to is None or framework.in_force_from < framework.in_force_to


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_scale_or_an_outcome_for_whatever_is_judged(name: str) -> None:
    framework = known_frameworks()[name]
    rows = [row.name for table in tables(framework) for row in table.judgements]
    assert framework.overall is not None
    assert bool(framework.grades) or not rows
    assert (framework.overall == "row") == ("Overall effectiveness" in rows)
    assert not (framework.grades and framework.outcomes)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_source_is_a_public_document_or_says_that_it_has_to_be_checked(path: Path) -> None:
    source = known_frameworks()[path.stem].source
    assert any(mark in source for mark in ("https://", "published", "Committee papers", "to be checked before release"))
    text = path.read_text(encoding="utf-8").casefold()
    assert [word for word in ("shared", "seed", "reference/", "[check]") if word in text] == []


# ---- One after another ----


@pytest.mark.parametrize("name", [name for name in NAMES if known_frameworks()[name].follows])
def test_a_framework_begins_when_the_one_before_has_ended_or_says_why_not(name: str) -> None:
    framework = known_frameworks()[name]
    before = [known_frameworks()[earlier] for earlier in framework.follows]
    assert {one.inspectorate for one in before} == {framework.inspectorate}
    assert all(one.in_force_from < framework.in_force_from for one in before)
    assert any(overlap(framework, one) for one in before) == (framework.overlap is not None)


def test_frameworks_of_one_inspectorate_overlap_only_where_the_record_says_so() -> None:
    for one, other in combinations(known_frameworks().values(), 2):
        if one.inspectorate == other.inspectorate and overlap(one, other):
            explained = {
                frozenset({later.id, earlier})
                for later in (one, other)
                if later.overlap is not None
                for earlier in later.follows
            }
            assert frozenset({one.id, other.id}) in explained | SIDE_BY_SIDE


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2012-05-31", "ofsted-slac-2009"),
        ("2022-12-31", "ofsted-ilacs-2018"),
        ("2023-01-01", "ofsted-ilacs-2023"),
        ("2026-03-31", "ofsted-ilacs-2023"),
        ("2026-04-27", "ofsted-ilacs-2026"),
    ],
)
def test_an_inspection_by_ofsted_has_the_framework_of_the_day_it_started(day: str, name: str) -> None:
    in_force = [
        one.id
        for one in known_frameworks().values()
        if one.inspectorate == "Ofsted" and one.in_force_on(type(one.in_force_from).fromisoformat(day))
    ]
    assert in_force == [name]


# ---- Those that are unlike the rest ----


def test_the_meaning_of_a_name_depends_on_its_scale() -> None:
    ofsted, fire = known_frameworks()["ofsted-slac-2009"], known_frameworks()["hmicfrs-frs-r3"]
    assert (ofsted.rank("Adequate"), fire.rank("Adequate"), fire.rank("Requires improvement")) == (3, 3, 4)
    assert (len(ofsted.grades), len(fire.grades)) == (4, 5)


def test_the_numbers_of_judgements_stay_as_they_are_printed() -> None:
    rows = known_frameworks()["ofsted-sif"].judgements
    assert [row.number for row in rows] == ["1", "2", "2.1", "2.2", "3"]


def test_area_send_inspections_end_in_one_of_three_numbered_texts() -> None:
    framework = known_frameworks()["ofsted-cqc-area-send-2023"]
    assert [one.number for one in framework.outcomes] == [1, 2, 3]
    assert framework.outcomes[2].text.startswith("There are widespread and/or systemic failings leading to ")
    assert all(one.follow_up for one in framework.outcomes)
    assert [one.revisit for one in known_frameworks()["ofsted-cqc-send-2016"].outcomes] == [False, False, True, True]


def test_the_nine_scores_of_a_council_give_a_percentage_and_that_gives_the_grade() -> None:
    framework = known_frameworks()["cqc-la-2023"]
    statements = [row for group in framework.groups for row in group.judgements]
    assert len(statements) == 9
    lowest, highest = framework.scores[0].number, framework.scores[-1].number
    assert len(statements) * highest == 36
    assert [grade.percent for grade in framework.grades] == [88, 63, 39, 25]
    assert framework.grades[-1].percent == 100 * lowest // highest


def test_the_announced_inspections_of_2009_had_a_form_of_their_own() -> None:
    safeguarding, looked_after = known_frameworks()["ofsted-slac-2009"].groups
    assert (safeguarding.first_form, looked_after.first_form) != (None, None)
    counts = [len(table.judgements) for table in tables(known_frameworks()["ofsted-slac-2009"])]
    assert counts == [0, 10, 13, 12, 17]


# ---- The sample inspections ----


def read(path: Path) -> Inspection:
    problems = Problems()
    inspection = read_record(path, Inspection, known_frameworks(), problems)
    assert inspection is not None
    assert problems.found == []
    return inspection


def test_there_are_six_sample_inspections() -> None:
    assert len(SAMPLES) == 6


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_sample_inspection_started_while_its_framework_was_in_force(path: Path) -> None:
    inspection = read(path)
    assert inspection.framework.in_force_on(inspection.start)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_rows_of_a_sample_inspection_are_those_of_one_form_of_its_framework(path: Path) -> None:
    inspection = read(path)
    groups = inspection.framework.groups
    for name in dict.fromkeys(row.group for row in inspection.judgements):
        rows = [(row.heading, row.number, row.area, row.key) for row in inspection.in_group(name)]
        group = next((one for one in groups if one.name == name), None)
        forms = [inspection.framework.judgements] if group is None else [group.judgements]
        if group is not None and group.first_form is not None:
            forms.append(group.first_form.judgements)
        assert rows in [[(row.heading, row.number, row.name, row.key) for row in form] for form in forms]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_findings_of_a_sample_inspection_are_of_a_kind_that_its_framework_has(path: Path) -> None:
    inspection = read(path)
    assert {finding.kind for finding in inspection.findings} <= set(inspection.framework.finding_kinds)


# ---- What a framework's file may not say ----

START = "name: N\ninspectorate: I\nsource: S\nin_force_from: 2020-01-01\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("in_force_to: 2019-12-31\n", "the framework ends before it begins"),
        ("grades: [Good, {name: Good}]\n", "two grades have the name 'Good'"),
        ("judgements: [Staff, Staff]\n", "two judgements have the name 'Staff'"),
        ("groups: [{name: A}, {name: A}]\n", "two groups have the name 'A'"),
        ("groups: [{name: A, judgements: [Staff, Staff]}]\n", "two judgements have the name 'Staff'"),
        (
            "groups: [{name: A, headings: [X], judgements: [{name: Staff, heading: Y}]}]\n",
            "'Y' is not a heading of this table",
        ),
        ("groups: [{name: A}]\njudgements: [Staff]\n", "there are both groups and judgements"),
        ("outcomes: [{number: 1, text: T}, {number: 1, text: U}]\n", "two outcomes have the number '1'"),
        ("overlap: In May\n", "an overlap is explained, but with nothing"),
        (
            "overall: percent\ngrades: [{name: A, percent: 50}, B]\n",
            "percentages stand at a part of the grades, or have no use",
        ),
        ("grades: [{name: A, percent: 50}]\n", "percentages stand at a part of the grades, or have no use"),
        (
            "overall: percent\ngrades: [{name: A, percent: 50}, {name: B, percent: 60}]\n",
            "the percentages do not fall from grade to grade",
        ),
        ("overall: low\n", "overall: 'low' was found; row, apart, percent or none was expected"),
        ("finding_kinds: [advice]\n", "was expected"),
    ],
)
def test_a_framework_that_contradicts_itself_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "new.yaml").write_text(START + text, encoding="utf-8")
    problems = Problems()
    assert read_frameworks(tmp_path, problems) == {}
    [problem] = problems.found
    assert message in problem.message
    assert problem.location.line > len(START.splitlines())


def test_frameworks_of_one_scale_have_as_many_grades_whose_names_begin_alike() -> None:
    known = known_frameworks()
    pairs = [(later, known[earlier]) for later in known.values() for earlier in later.same_scale_as]
    assert len(pairs) >= 6
    for later, earlier in pairs:
        assert earlier.in_force_from < later.in_force_from
        names = [(one.name, other.name) for one, other in zip(later.grades, earlier.grades, strict=True)]
        assert all(name.startswith(before) for name, before in names), (later.id, earlier.id)
