"""Targets → papers: which report goes to which meeting, and for whom it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.discover import discover, find_tasks
from reportgen.diagnostics import Problems
from reportgen.house.folders import house_folders, product_templates
from reportgen.model.task import BOTH, Audience
from tests.small import INSPECTION, PLAN, write_council
from tests.small import REPORT as SMALL_REPORT
from tests.unit.build.papers import MEETING, REPORT, build, write

FIRST = ("first", "2022-09-13-cabinet")
SECOND = ("second", "")


def find(*targets: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the papers as (report, meeting), and the problems as messages."""
    problems = Problems()
    tasks, _ = find_tasks(map(Path, targets), None, [product_templates()], problems)
    pairs = [(task.report.stem, task.meeting.stem if task.meeting else "") for task in tasks]
    return pairs, [str(problem) for problem in problems.found]


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
    [task, *_], _ = find_tasks([target], None, [product_templates()], problems)
    assert task.report.parent.parent.name == "sample"
    assert task.house_folders[0].resolve() == root / "templates"
    assert build(str(target)).papers[0].state == "made"


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
def test_a_report_on_the_agenda_that_does_not_exist_is_a_warning_and_the_others_are_found() -> None:
    agenda = MEETING.format(report="first") + '  - number: "8"\n    report: secnod\n'
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", agenda)
    tasks, [problem] = find("inputs")
    assert tasks == [FIRST, SECOND]
    assert "2022-09-13-cabinet.yaml:8:13: warning RG013: 'secnod' refers to" in problem
    assert problem.endswith("hint: did you mean 'second'?")


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


# ---- For whom a paper is made, and where it goes then ----

WHY = "exempt: {paragraphs: [3], reason: A rival would bid higher}"
SECRET_ACTION = PLAN.replace("id: A1,", f"id: A1, {WHY},")
SECRET_FINDING = INSPECTION.replace("id: F1,", f"id: F1, {WHY},")
SECRET_TEXT = SMALL_REPORT.replace("[To report the outcome.]", f"[{{text: To sell it, {WHY}}}]")
LAW = SMALL_REPORT + "confidential: {ground: prohibition, reason: Children Act 1989 s.97}\n"


def versions(report: Path, audiences: tuple[Audience, ...] = BOTH) -> list[tuple[str, str]]:
    """Return for whom a paper is made, and the name of its files."""
    found = discover([report], None, (product_templates(),), audiences)
    return [(paper.task.audience, Path(paper.name).name) for paper in found.papers]


@pytest.mark.parametrize(
    "more",
    [{"report": SECRET_TEXT}, {"report": LAW}, {"plan": SECRET_ACTION}, {"inspection": SECRET_FINDING}],
    ids=["a text", "the report", "the plan", "the inspection"],
)
def test_a_marking_in_any_of_its_files_makes_two_papers_of_it(tmp_path: Path, more: dict[str, str]) -> None:
    assert [audience for audience, _ in versions(write_council(tmp_path, **more))] == list(BOTH)


@pytest.mark.parametrize(
    ("report", "plan"),
    [
        (SMALL_REPORT.replace("To report the outcome.", "Nothing is exempt or confidential."), PLAN),
        (SMALL_REPORT.replace("action_plan: outcome\n", ""), SECRET_ACTION),
    ],
    ids=["the word alone", "a plan that is not used"],
)
def test_a_paper_without_markings_is_for_everybody(tmp_path: Path, report: str, plan: str) -> None:
    path = write_council(tmp_path, report, plan=plan)
    assert [audience for audience, _ in versions(path)] == ["public"]
    assert versions(path, ("exempt",)) == []


@pytest.mark.parametrize("wanted", [BOTH, ("public",), ("exempt",)])
def test_versions_are_found_for_the_audiences_asked_for(tmp_path: Path, wanted: tuple[Audience, ...]) -> None:
    assert [audience for audience, _ in versions(write_council(tmp_path, SECRET_TEXT), wanted)] == list(wanted)


def test_names_of_files_are_made_of_the_title_for_the_public(tmp_path: Path) -> None:
    report = write_council(tmp_path, SMALL_REPORT + WHY.replace("}", ", public_title: A property matter}") + "\n")
    assert versions(report) == [("public", "5-a-property-matter"), ("exempt", "5-a-property-matter-exempt")]


@pytest.mark.parametrize("slip", ["wrads: All\n", "no YAML: ["])
def test_a_paper_that_cannot_be_read_may_be_exempt_if_it_says_so(tmp_path: Path, slip: str) -> None:
    assert len(versions(write_council(tmp_path, SECRET_TEXT + slip))) == 2
    assert len(versions(write_council(tmp_path, SMALL_REPORT + slip))) == 1
