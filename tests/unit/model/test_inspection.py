"""What the inspectorate found, and what can be counted in it."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.model.inspection import Finding, Inspection, Judgement
from tests.small import INSPECTION, record, what_is_wrong

INSPECTED = """
id: slac
title: Announced inspection
subject: safeguarding
inspectorate: Ofsted
framework: ofsted-slac-2009
source: The report
start: 2012-03-05
end: 2012-03-16
published: 2012-05-08
figures: {case_files: "1,060", share: 0.5}
judgements:
  - {group: Safeguarding, area: Overall effectiveness, grade: Good, key: yes}
  - {group: Safeguarding, area: Capacity, grade: Outstanding, key: yes}
  - {group: Safeguarding, heading: Outcomes, area: Partnership, grade: Good}
  - {group: Safeguarding, heading: Outcomes, area: Equality, grade: Adequate}
  - {group: Safeguarding, heading: Leadership, area: Ambition, grade: Good}
  - {group: Looked after, area: Overall effectiveness, grade: Outstanding, as_printed: outstanding (1)}
  - {group: Looked after, heading: Outcomes, area: Being healthy, not_graded: Not judged}
strengths:
  - Early help
  - {group: Adoption, text: Matching}
findings:
  - {id: F1, text: Keep records, group: Safeguarding}
  - {id: F2, text: Plan better, number: 2.1}
"""


@pytest.fixture
def inspection() -> Inspection:
    return record(Inspection, INSPECTED)


def test_all_graded_judgements_are_counted_when_no_grade_is_named(inspection: Inspection) -> None:
    assert len(inspection.judgements) == 7
    assert len(inspection.graded) == 6
    assert inspection.count() == 6


def test_judgements_are_counted_by_grade_group_and_importance(inspection: Inspection) -> None:
    assert inspection.count("Good") == 3
    assert inspection.count("Good", "Outstanding") == 5
    assert inspection.count("Outstanding", group="Looked after") == 1
    assert inspection.count(group="Safeguarding") == 5
    assert inspection.count(key=True) == 2
    assert inspection.count("Inadequate") == 0


def test_a_share_is_a_part_of_the_graded_judgements(inspection: Inspection) -> None:
    assert inspection.share("Good") == pytest.approx(0.5)
    assert inspection.share("Good", group="Safeguarding") == pytest.approx(0.6)


def test_there_is_no_share_of_nothing(inspection: Inspection) -> None:
    with pytest.raises(ValueError, match="no graded judgements"):
        inspection.share("Good", group="Adoption")


@pytest.mark.parametrize("call", ["count", "share"])
def test_a_grade_that_the_framework_does_not_have_is_never_counted_as_none(inspection: Inspection, call: str) -> None:
    with pytest.raises(ValueError, match=r"'good' is not a grade .*did you mean 'Good'"):
        getattr(inspection, call)("good")


def test_the_grade_of_an_area_is_found_by_its_name_and_group(inspection: Inspection) -> None:
    assert inspection.grade("Capacity") == "Outstanding"
    assert inspection.grade("Overall effectiveness", "Looked after") == "Outstanding"


@pytest.mark.parametrize("area", ["Overall effectiveness", "Being healthy", "Nothing"])
def test_an_area_that_is_ambiguous_ungraded_or_unknown_has_no_grade(inspection: Inspection, area: str) -> None:
    with pytest.raises(ValueError, match=area):
        inspection.grade(area)


def test_groups_stand_in_the_order_of_judgements_strengths_and_findings(inspection: Inspection) -> None:
    assert inspection.groups == ("Safeguarding", "Looked after", "Adoption", None)


def test_judgements_run_under_their_row_headings_in_order(inspection: Inspection) -> None:
    runs = [(heading, [row.area for row in rows]) for heading, rows in inspection.headed("Safeguarding")]
    assert runs == [
        (None, ["Overall effectiveness", "Capacity"]),
        ("Outcomes", ["Partnership", "Equality"]),
        ("Leadership", ["Ambition"]),
    ]


def test_judgements_strengths_and_findings_are_found_by_group(inspection: Inspection) -> None:
    assert [one.area for one in inspection.in_group("Looked after")] == ["Overall effectiveness", "Being healthy"]
    assert [one.id for one in inspection.findings_in("Safeguarding")] == ["F1"]


def test_key_judgements_are_those_that_are_marked(inspection: Inspection) -> None:
    assert [one.area for one in inspection.key_judgements] == ["Overall effectiveness", "Capacity"]


def test_a_finding_has_the_inspectorates_number_else_its_place(inspection: Inspection) -> None:
    assert [inspection.number_of(one) for one in inspection.findings] == ["1", "2.1"]


def test_a_finding_is_found_by_its_id(inspection: Inspection) -> None:
    assert inspection.finding("F2").text.text == "Plan better"
    with pytest.raises(ValueError, match="did you mean 'F1'"):
        inspection.finding("F11")


def test_the_scale_has_the_frameworks_grades_best_first(inspection: Inspection) -> None:
    assert inspection.scale == ("Outstanding", "Good", "Adequate", "Inadequate")


def test_figures_are_numbers_however_they_are_typed(inspection: Inspection) -> None:
    assert inspection.figures == {"case_files": 1060, "share": 0.5}
    assert isinstance(inspection.figures["case_files"], int)


def test_dates_are_days(inspection: Inspection) -> None:
    assert (inspection.start, inspection.published, inspection.received) == (date(2012, 3, 5), date(2012, 5, 8), None)


# A union of two types would tell it twice, with "int" and "float" for keys.
def test_a_figure_that_is_no_number_is_one_error_with_the_key_that_was_typed() -> None:
    wrong = what_is_wrong(Inspection, "id: x\n" + INSPECTION.strip() + "\nfigures:\n  files: many\n")
    assert len(wrong) == 1
    assert wrong[0].startswith("RG012 18:10 files: ")


@pytest.mark.parametrize(
    ("given", "column"),
    [("area: A", 1), ("{area: A, grade: }", 11), ("{area: A, grade: Good, not_graded: Because}", 36)],
)
def test_a_judgement_has_a_grade_or_the_reason_why_not(given: str, column: int) -> None:
    assert what_is_wrong(Judgement, given)[0].startswith(f"RG012 1:{column} ")


def test_a_finding_is_of_one_of_the_inspectorates_kinds() -> None:
    assert record(Finding, "{id: F1, text: x, kind: priority action}").kind == "priority action"
    assert what_is_wrong(Finding, "{id: F1, text: x, kind: priority}")[0].startswith("RG012 1:25")


def test_two_findings_with_one_id_are_an_error() -> None:
    wrong = what_is_wrong(Inspection, "id: x\n" + INSPECTION.replace("id: F2", "id: F1").strip())
    assert len(wrong) == 1
    assert "'F1'" in wrong[0]


def test_an_unknown_framework_is_an_error_at_its_name() -> None:
    wrong = what_is_wrong(Inspection, "id: x\n" + INSPECTION.replace("ofsted-ilacs-2018", "ofsted-ilacs").strip())
    assert wrong[0].startswith("RG012 5:12")
