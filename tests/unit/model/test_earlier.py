"""The inspection before, and what can be compared with it."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.model.inspection import EarlierInspection, Inspection
from tests.small import record, what_is_wrong

NOW = """
id: ilacs
title: Inspection of children's services
subject: children's services
inspectorate: Ofsted
framework: ofsted-ilacs-2018
source: The report
start: 2022-10-31
end: 2022-11-11
published: 2023-01-13
judgements:
  - {area: Leaders, grade: Good}
  - {area: Help and protection, grade: Requires improvement to be good}
  - {area: Children in care, grade: Inadequate}
  - {area: Care leavers, grade: Good}
  - {area: Adoption, not_graded: Not judged}
  - {area: Overall effectiveness, grade: Requires improvement to be good, key: yes}
"""
BEFORE = """
previous:
  title: Single inspection
  framework: ofsted-sif
  source: The report of 2016
  start: 2016-02-01
  overall: Requires improvement
  judgements:
    - {area: leaders, grade: Requires improvement}
    - {area: Help and protection, grade: Requires improvement}
    - {area: Children in care, grade: Good}
    - {area: Adoption, grade: Good}
    - {area: Adoption performance, grade: Outstanding}
"""


@pytest.fixture
def inspection() -> Inspection:
    return record(Inspection, NOW + BEFORE)


def other(framework: str) -> Inspection:
    return record(Inspection, NOW + BEFORE.replace("ofsted-sif", framework).replace("Requires improvement", "Good"))


def test_an_area_is_better_the_same_or_worse_than_it_was(inspection: Inspection) -> None:
    changes = {row.area: inspection.change(row) for row in inspection.judgements}
    assert changes == {
        "Leaders": "better",
        "Help and protection": "same",
        "Children in care": "worse",
        "Care leavers": None,
        "Adoption": None,
        "Overall effectiveness": "same",
    }


def test_a_grade_is_compared_by_its_place_on_the_scale_and_not_by_its_name(inspection: Inspection) -> None:
    earlier = inspection.before(inspection.judgements[1])
    assert earlier is not None
    assert earlier.grade == "Requires improvement"
    assert inspection.change(inspection.judgements[1]) == "same"


def test_an_overall_grade_that_stood_apart_is_compared_with_the_row_of_that_name(inspection: Inspection) -> None:
    assert inspection.earlier is not None
    assert [row.area for row in inspection.earlier.rows][-1] == "Overall effectiveness"
    assert [row.area for row in inspection.earlier.key_rows] == ["Overall effectiveness"]
    assert [row.area for row in inspection.rows].count("Overall effectiveness") == 1


def test_areas_that_are_no_longer_judged_are_told_apart(inspection: Inspection) -> None:
    assert [row.area for row in inspection.only_before] == ["Adoption performance"]


def test_earlier_grades_are_counted_under_their_present_names(inspection: Inspection) -> None:
    assert inspection.count_before("Requires improvement to be good") == 2
    assert inspection.count_before("Outstanding") == 1
    with pytest.raises(ValueError, match="not a grade"):
        inspection.count_before("Requires improvement")


@pytest.mark.parametrize("framework", ["ofsted-sif", "ofsted-ilacs-2018"])
def test_frameworks_of_one_scale_are_compared(framework: str) -> None:
    assert other(framework).comparable


def test_grades_on_another_scale_are_not_compared_though_they_may_have_the_same_names() -> None:
    inspection = other("ofsted-slac-2009")
    assert not inspection.comparable
    assert inspection.before(inspection.judgements[0]) is None
    assert inspection.change(inspection.judgements[0]) is None
    assert inspection.count_before("Good") == 0
    assert inspection.earlier is not None
    assert inspection.earlier.key_rows[0].grade == "Good"


def test_areas_of_different_groups_are_different_areas() -> None:
    text = NOW.replace("area: Leaders", "group: Safeguarding, area: Leaders") + BEFORE
    inspection = record(Inspection, text)
    assert inspection.before(inspection.judgements[0]) is None
    grouped = record(Inspection, text.replace("area: leaders", "group: Safeguarding, area: leaders"))
    assert grouped.change(grouped.judgements[0]) == "better"
    assert grouped.count_before("Requires improvement to be good", group="Safeguarding") == 1


def test_an_inspection_without_one_before_compares_with_nothing() -> None:
    inspection = record(Inspection, NOW)
    assert (inspection.previous, inspection.earlier, inspection.comparable) == (None, None, False)
    assert inspection.only_before == ()
    assert inspection.change(inspection.judgements[0]) is None


def test_the_one_before_may_be_named_by_its_file() -> None:
    named = record(Inspection, NOW + "previous: sif-2016\n")
    assert (named.previous, named.earlier) == ("sif-2016", None)


def test_an_inspection_becomes_what_the_next_one_looks_back_at(inspection: Inspection) -> None:
    earlier = inspection.as_earlier()
    assert isinstance(earlier, EarlierInspection)
    assert (earlier.title, earlier.start) == (inspection.title, date(2022, 10, 31))
    assert earlier.judgements == inspection.judgements
    assert earlier.framework == inspection.framework


def test_the_one_before_must_have_started_before() -> None:
    assert what_is_wrong(Inspection, NOW + BEFORE.replace("2016-02-01", "2022-10-31")) == [
        "RG012 23:10 the previous inspection started on 2022-10-31, not before this one on 2022-10-31"
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("  framework: ofsted-siff", "18:14"),
        ("  start: spring", "18:10"),
        ("  judgements: [{area: Leaders}]", "18:16"),
        ("  judgments: []", "18:3"),
    ],
)
def test_a_mistake_in_the_summary_has_its_place(line: str, place: str) -> None:
    good = [one for one in BEFORE.strip().splitlines()[1:5] if one.split(":")[0] != line.split(":")[0]]
    wrong = what_is_wrong(Inspection, "\n".join([NOW.strip("\n"), "previous:", line, *good]))
    assert len([one for one in wrong if f" {place} " in one]) == 1, wrong


def test_a_list_is_neither_a_summary_nor_a_name() -> None:
    (wrong,) = what_is_wrong(Inspection, NOW + "previous: [sif-2016]\n")
    assert "a list was found" in wrong
