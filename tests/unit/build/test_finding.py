"""Targets → tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.finding import find_tasks
from reportgen.diagnostics import Problems
from reportgen.house.folders import house_folders, product_templates
from tests.unit.build.papers import MEETING, REPORT, find, make, write

FIRST = ("first", "2022-09-13-cabinet")
SECOND = ("second", "")


@pytest.mark.usefixtures("root")
def test_a_report_goes_to_the_meeting_that_has_it_and_without_one_is_a_draft() -> None:
    assert find("inputs/sample/reports/first.yaml") == ([FIRST], [])
    assert find("inputs/sample/reports/second.yaml") == ([SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_report_goes_to_each_meeting_that_has_it() -> None:
    write("inputs/sample/meetings/2022-10-01-scrutiny.yaml", MEETING.format(report="first"))
    assert find("inputs/sample/reports/first.yaml") == ([FIRST, ("first", "2022-10-01-scrutiny")], [])


@pytest.mark.usefixtures("root")
def test_a_meeting_stands_for_all_its_reports() -> None:
    agenda = MEETING.format(report="second") + '  - number: "8"\n    report: first\n'
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", agenda)
    assert find("inputs/sample/meetings/2022-09-13-cabinet.yaml") == ([("second", FIRST[1]), FIRST], [])


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("folder", [".", "inputs", "inputs/sample", "inputs/sample/reports"])
def test_a_folder_stands_for_every_report_in_it(folder: str) -> None:
    assert find(folder) == ([FIRST, SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_folder_of_meetings_stands_for_their_reports_only() -> None:
    assert find("inputs/sample/meetings") == ([FIRST], [])


@pytest.mark.usefixtures("root")
def test_a_paper_asked_for_twice_is_made_once() -> None:
    assert find("inputs", "inputs/sample/reports/first.yaml") == ([FIRST, SECOND], [])


@pytest.mark.parametrize("place", ["inputs/sample/reports", "inputs/sample", "inputs/sample/meetings"])
def test_it_does_not_matter_which_folder_one_is_in(root: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    monkeypatch.chdir(root / place)
    problems = Problems()
    target = Path("first.yaml") if place.endswith("reports") else Path()
    [task, *_] = find_tasks([target], None, [product_templates()], problems)
    assert task.report.parent.parent.name == "sample"
    assert task.house_folders[0].resolve() == root / "templates"
    assert make(str(target))[0].state == "made"


@pytest.mark.usefixtures("root")
def test_hidden_folders_are_not_searched() -> None:
    write("inputs/.old/reports/first.yaml", "")
    assert find("inputs") == ([FIRST, SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_target_that_is_not_there_is_an_error_with_the_nearest_name() -> None:
    tasks, [problem] = find("inputs/sample/reports/frist.yaml")
    assert tasks == []
    assert problem == (
        "inputs/sample/reports/frist.yaml: error RG001: there is no such file or folder\n"
        "  hint: did you mean 'inputs/sample/reports/first.yaml'?"
    )


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("target", ["first", "first.yaml"])
def test_a_report_that_is_given_by_its_name_alone_is_an_error_with_its_place(target: str) -> None:
    assert find(target) == (
        [],
        [
            f"{target}: error RG001: there is no such file or folder\n"
            "  hint: did you mean 'inputs/sample/reports/first.yaml'?"
        ],
    )


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("inputs/sample/council.yaml", "this is neither a report nor a meeting"),
        ("inputs/empty", "there are no reports or meetings in this folder"),
        ("inputs/sample/meetings/none.yaml", "nothing is on this agenda"),
    ],
)
def test_a_target_that_stands_for_nothing_is_an_error(target: str, message: str) -> None:
    Path("inputs/empty").mkdir()
    write("inputs/sample/meetings/none.yaml", "body: Cabinet\ndate: 2022-09-13\n")
    tasks, problems = find(target)
    assert tasks == []
    assert [f"{target}: error RG060: {message}" in problem for problem in problems] == [True]


@pytest.mark.usefixtures("root")
def test_a_report_on_the_agenda_that_does_not_exist_is_an_error_and_the_others_are_found() -> None:
    agenda = MEETING.format(report="first") + '  - number: "8"\n    report: secnod\n'
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", agenda)
    tasks, [problem] = find("inputs")
    assert tasks == [FIRST, SECOND]
    assert "2022-09-13-cabinet.yaml:8:13: error RG013: 'secnod' refers to" in problem


@pytest.mark.usefixtures("root")
def test_no_draft_is_made_while_an_agenda_that_may_have_it_cannot_be_read() -> None:
    write("inputs/sample/meetings/2022-10-01-scrutiny.yaml", "body: [Scrutiny\n")
    tasks, problems = find("inputs")
    assert tasks == [FIRST]
    assert [problem.partition(" error RG004")[1] for problem in problems] == [" error RG004", ""]
    assert "warning RG060: inputs/sample/reports/second.yaml was left out, as it may be on this agenda" in problems[1]


@pytest.mark.usefixtures("root")
def test_a_file_that_does_not_end_in_yaml_is_not_passed_over_in_silence() -> None:
    write("inputs/sample/reports/third.yml", REPORT.format(title="Third"))
    tasks, [problem] = find("inputs")
    assert tasks == [FIRST, SECOND]
    assert problem.startswith("inputs/sample/reports/third.yml: warning RG060: this file is passed over")


@pytest.mark.usefixtures("root")
def test_a_name_that_cannot_be_printed_is_an_error() -> None:
    write("inputs/d\udce9mo/reports/third.yaml", REPORT.format(title="Third"))
    tasks, [problem] = find("inputs")
    assert tasks == [FIRST, SECOND]
    assert "error RG060: the name of this file, or of its folder, is not Unicode" in problem


def test_a_councils_own_houses_come_before_the_products(root: Path) -> None:
    write("templates/own/house.yaml", "name: Own\n")
    assert house_folders(root / "templates", [product_templates()]) == (root / "templates", product_templates())
    assert house_folders(product_templates(), [product_templates()]) == (product_templates(),)
    assert house_folders(root / "none", []) == ()
