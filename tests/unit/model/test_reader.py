"""YAML files → one paper, its references resolved."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.plan import ActionPlan
from reportgen.model.reader import kind_of, meetings_of, read_agenda, read_meeting, read_paper, read_record
from reportgen.model.report import Report
from tests.small import COUNCIL, INSPECTION, MEETING, PLAN, REPORT, write_council

CABINET = "meetings/2023-02-06-cabinet.yaml"


def read_whole(report: Path) -> Paper:
    problems = Problems()
    paper = read_paper(report, report.parent.parent / CABINET, known_frameworks(), problems)
    assert problems.found == []
    return paper


def wrong_with(report: Path, meeting: str = CABINET) -> list[str]:
    """What reading a paper tells, as "code folder/file:line"."""
    problems = Problems()
    folder = report.parent.parent
    with suppress(Rejected):
        read_paper(report, folder / meeting if meeting else None, known_frameworks(), problems)
    return [f"{one.code} {Path(one.location.path).relative_to(folder)}:{one.location.line}" for one in problems.found]


def hints_of(report: Path) -> list[str]:
    problems = Problems()
    with suppress(Rejected):
        read_paper(report, None, known_frameworks(), problems)
    return [one.hint for one in problems.found]


# ---- A paper that is right ----


def test_a_paper_is_its_report_with_everything_that_it_names(tmp_path: Path) -> None:
    paper = read_whole(write_council(tmp_path))
    assert paper.report.title == "Outcome of the inspection"
    assert paper.council.name == "Westmere Borough Council"
    assert paper.meeting is not None
    assert paper.meeting.body == "Cabinet"
    assert paper.item is not None
    assert paper.item.number == "5"
    assert paper.inspection is not None
    assert paper.inspection.framework.id == "ofsted-ilacs-2018"
    assert paper.plan is not None
    assert [action.id for action in paper.plan.actions] == ["A1", "A2"]


def test_a_records_id_is_the_name_of_its_file_and_a_councils_that_of_its_folder(tmp_path: Path) -> None:
    paper = read_whole(write_council(tmp_path))
    assert paper.report.id == "outcome"
    assert paper.council.id == "westmere"
    assert paper.meeting is not None
    assert paper.meeting.id == "2023-02-06-cabinet"


def test_a_draft_needs_no_meeting_inspection_or_plan(tmp_path: Path) -> None:
    report = "title: T\npurpose: [p]\nrecommendations: [r]\n"
    path = write_council(tmp_path, report, inspection="", plan="", meeting="")
    problems = Problems()
    paper = read_paper(path, None, known_frameworks(), problems)
    assert problems.found == []
    assert (paper.meeting, paper.item, paper.inspection, paper.plan) == (None, None, None, None)


def test_a_meeting_that_does_not_have_the_report_gives_no_item(tmp_path: Path) -> None:
    path = write_council(tmp_path, meeting=MEETING.replace("report: outcome", "title: Another matter"))
    assert read_whole(path).item is None


# ---- References ----


@pytest.mark.parametrize(
    ("key", "line"),
    [("inspection: outcome", "RG013 reports/outcome.yaml:3"), ("action_plan: outcome", "RG013 reports/outcome.yaml:4")],
)
def test_a_name_without_its_file_is_an_error_where_it_was_typed(tmp_path: Path, key: str, line: str) -> None:
    path = write_council(tmp_path, REPORT.replace(key, key.replace("outcome", "outcom")))
    assert line in wrong_with(path)
    assert "did you mean 'outcome'?" in hints_of(path)


def test_a_report_that_a_meeting_brings_and_that_is_not_there_is_to_follow(tmp_path: Path) -> None:
    items = '  - {number: "6", report: nothing}\n  - {number: "7", report: later, to_follow: yes}\n'
    path = write_council(tmp_path, meeting=MEETING + items)
    assert wrong_with(path) == []
    problems = Problems()
    read_meeting(path.parents[1] / CABINET, known_frameworks(), problems)
    [warning] = problems.found
    assert (warning.severity, warning.code, warning.location.line) == ("warning", "RG013", 6)


def test_a_plan_must_answer_the_inspection_that_the_report_is_about(tmp_path: Path) -> None:
    path = write_council(tmp_path, plan=PLAN.replace("inspection: outcome", "inspection: another"))
    assert wrong_with(path) == ["RG013 action-plans/outcome.yaml:3"]


def test_an_action_must_answer_a_finding_that_there_is(tmp_path: Path) -> None:
    path = write_council(tmp_path, plan=PLAN.replace("[F1]", "[F1, F9]"))
    assert wrong_with(path) == ["RG013 action-plans/outcome.yaml:5"]


def test_an_action_without_a_finding_must_say_that_it_is_the_councils_own(tmp_path: Path) -> None:
    path = write_council(tmp_path, plan=PLAN.replace("own: yes, ", ""))
    assert wrong_with(path) == ["RG015 action-plans/outcome.yaml:6"]


def test_an_action_must_stand_in_a_part_that_there_is(tmp_path: Path) -> None:
    plan = PLAN.replace("{id: A1,", "{id: A1, part: 2,") + "parts: [{number: 1, findings: [F3]}]\n"
    assert wrong_with(write_council(tmp_path, plan=plan)) == [
        "RG013 action-plans/outcome.yaml:5",
        "RG013 action-plans/outcome.yaml:7",
    ]


def test_an_appendix_can_only_show_a_plan_or_a_part_that_there_is(tmp_path: Path) -> None:
    appendices = "appendices: [{id: p, title: P, shows: action plan, part: 7}]\n"
    assert wrong_with(write_council(tmp_path, REPORT + appendices)) == ["RG013 reports/outcome.yaml:11"]
    without = REPORT.replace("action_plan: outcome\n", "")
    assert wrong_with(write_council(tmp_path, without + appendices)) == ["RG013 reports/outcome.yaml:10"]


# ---- Grades ----


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Requires improvement", "write grade: Requires improvement to be good and as_printed: Requires improvement"),
        ("good", "did you mean 'Good'?"),
    ],
)
def test_a_grade_must_be_one_of_the_frameworks(tmp_path: Path, typed: str, hint: str) -> None:
    path = write_council(tmp_path, inspection=INSPECTION.replace("grade: Good", f"grade: {typed}"))
    assert wrong_with(path) == ["RG014 inspections/outcome.yaml:11"]
    assert hints_of(path) == [hint]


def test_the_overall_grade_must_be_one_of_the_frameworks_too(tmp_path: Path) -> None:
    path = write_council(tmp_path, inspection=INSPECTION + "overall: Fair\n")
    assert wrong_with(path) == ["RG014 inspections/outcome.yaml:17"]


# ---- Files ----


def test_what_is_wrong_in_several_files_is_told_at_once(tmp_path: Path) -> None:
    path = write_council(
        tmp_path,
        REPORT + "titel: x\n",
        council=COUNCIL.replace("house", "hose"),
        inspection=INSPECTION.replace("start: 2022-10-31", "start: soon"),
        plan=PLAN.replace("due: 2023-03-31", "due: March"),
        meeting=MEETING.replace("2023-02-06", "2023-02-30"),
    )
    files = {one.split()[1].split(":")[0] for one in wrong_with(path)}
    assert files >= {"reports/outcome.yaml", "council.yaml", CABINET}


def test_the_inspection_and_the_plan_are_read_although_the_council_has_errors(tmp_path: Path) -> None:
    path = write_council(
        tmp_path,
        council=COUNCIL.replace("house", "hose"),
        inspection=INSPECTION.replace("2022-10-31", "soon"),
        plan=PLAN.replace("2023-03-31", "May"),
    )
    files = {one.split()[1].split(":")[0] for one in wrong_with(path)}
    assert files == {"council.yaml", "inspections/outcome.yaml", "action-plans/outcome.yaml"}


def test_a_file_must_not_give_its_own_id(tmp_path: Path) -> None:
    assert wrong_with(write_council(tmp_path, REPORT + "id: outcome\n")) == ["RG010 reports/outcome.yaml:11"]


def test_a_report_stands_in_the_folder_reports(tmp_path: Path) -> None:
    path = write_council(tmp_path)
    elsewhere = path.parent.parent / "drafts" / "outcome.yaml"
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    assert "RG013 drafts/outcome.yaml:0" in wrong_with(elsewhere)


def test_a_missing_report_is_told_once(tmp_path: Path) -> None:
    path = write_council(tmp_path)
    path.unlink()
    codes = [one for one in wrong_with(path, meeting="") if one.startswith("RG001")]
    assert codes == ["RG001 reports/outcome.yaml:0"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("westmere/council.yaml", Council),
        ("westmere/reports/a.yaml", Report),
        ("westmere/inspections/a.yaml", Inspection),
        ("westmere/action-plans/a.yaml", ActionPlan),
        ("westmere/meetings/a.yaml", Meeting),
        ("westmere/other/a.yaml", None),
    ],
)
def test_what_a_file_holds_is_known_by_its_folder(file: str, kind: type | None) -> None:
    assert kind_of(Path(file)) is kind


def test_an_empty_file_gives_no_record(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports" / "empty.yaml"
    path.write_text("")
    problems = Problems()
    assert read_record(path, Report, known_frameworks(), problems) is None
    assert [one.code for one in problems.found] == ["RG005"]


# ---- Meetings ----


def test_the_agenda_names_reports_and_their_items(tmp_path: Path) -> None:
    meeting = (
        write_council(tmp_path, meeting=MEETING + "  - {number: 6, title: Any other business}\n").parent.parent
        / CABINET
    )
    assert read_agenda(meeting, Problems()) == {"outcome": "5"}


def test_a_meeting_is_read_with_its_reports_known_to_exist(tmp_path: Path) -> None:
    problems = Problems()
    meeting = read_meeting(write_council(tmp_path).parent.parent / CABINET, known_frameworks(), problems)
    assert problems.found == []
    assert meeting is not None
    assert meeting.item_for("outcome") is meeting.items[0]


def test_the_meetings_of_a_report_are_those_that_have_it_on_their_agenda(tmp_path: Path) -> None:
    path = write_council(tmp_path)
    meetings = path.parent.parent / "meetings"
    (meetings / "2023-01-01-scrutiny.yaml").write_text("items: [{number: 1, report: outcome}]")
    (meetings / "2023-03-01-cabinet.yaml").write_text("items: [{number: 1, report: another}]")
    (meetings / "broken.yaml").write_text("items: [")
    (meetings / "odd.yaml").write_text("items: {outcome: 1}")
    assert [meeting.stem for meeting in meetings_of(path)] == ["2023-01-01-scrutiny", "2023-02-06-cabinet"]


# ---- The inspection before ----

EARLIER = """
title: Inspection before
subject: children's services
inspectorate: Ofsted
framework: ofsted-sif
source: Ofsted's report
start: 2016-02-01
end: 2016-02-20
published: 2016-04-10
overall: Requires improvement
judgements:
  - {area: Leaders, grade: Requires improvement}
  - {area: Care, grade: Good}
"""


def council_with_earlier(folder: Path, previous: str, earlier: str = EARLIER) -> Path:
    report = write_council(folder, inspection=INSPECTION + previous)
    (report.parent.parent / "inspections" / "before.yaml").write_text(earlier, encoding="utf-8")
    return report


def test_an_inspection_knows_the_one_before_by_its_file(tmp_path: Path) -> None:
    inspection = read_whole(council_with_earlier(tmp_path, "previous: before\n")).inspection
    assert inspection is not None
    assert inspection.earlier is not None
    assert (inspection.earlier.title, inspection.earlier.overall) == ("Inspection before", "Requires improvement")
    assert [inspection.change(row) for row in inspection.judgements] == ["better", "worse"]


def test_a_place_in_an_inspection_is_kept_when_the_one_before_has_been_found(tmp_path: Path) -> None:
    inspection = read_whole(council_with_earlier(tmp_path, "previous: before\n")).inspection
    assert inspection is not None
    assert inspection.at("judgements", 1, "grade").line == 12


def test_the_one_before_must_exist_be_right_and_have_started_before(tmp_path: Path) -> None:
    last = len(INSPECTION.splitlines()) + 1
    unknown = council_with_earlier(tmp_path / "a", "previous: befor\n")
    assert wrong_with(unknown) == [f"RG013 inspections/outcome.yaml:{last}"]
    assert hints_of(unknown) == ["did you mean 'before'?"]
    itself = council_with_earlier(tmp_path / "b", "previous: outcome\n")
    assert wrong_with(itself) == [f"RG013 inspections/outcome.yaml:{last}"]
    wrong = council_with_earlier(
        tmp_path / "c", "previous: before\n", EARLIER.replace("grade: Good", "grade: Adequate")
    )
    assert wrong_with(wrong) == ["RG014 inspections/before.yaml:13"]


def test_grades_of_a_summary_are_grades_of_its_own_framework(tmp_path: Path) -> None:
    summary = """\
previous:
  title: Inspection before
  framework: ofsted-slac-2009
  source: Ofsted's report
  start: 2011-02-01
  judgements:
    - {area: Leaders, grade: Adequate}
    - {area: Care, grade: Requires improvement to be good}
"""
    last = len(INSPECTION.splitlines())
    assert wrong_with(council_with_earlier(tmp_path, summary)) == [f"RG014 inspections/outcome.yaml:{last + 8}"]


# ---- The text of the published report ----


def council_with_source(folder: Path, name: str) -> Path:
    """A council whose inspection names a text, beside which "report.txt" lies."""
    report = write_council(folder, inspection=INSPECTION + f"source_text: {name}\n")
    (folder / "westmere" / "inspections" / "report.txt").write_text("Leaders are too slow.\n", encoding="utf-8")
    (folder / "westmere" / "secret.txt").write_text("Not for the paper.\n", encoding="utf-8")
    return report


def test_the_published_text_is_read_from_beside_the_inspection(tmp_path: Path) -> None:
    assert read_whole(council_with_source(tmp_path, "report.txt")).source_text == "Leaders are too slow.\n"
    assert read_whole(write_council(tmp_path / "other")).source_text is None


@pytest.mark.parametrize("name", ["reprot.txt", "../secret.txt", "/etc/hostname", "outcome"])
def test_a_published_text_that_is_not_beside_the_inspection_is_refused(tmp_path: Path, name: str) -> None:
    last = len(INSPECTION.strip().splitlines())
    assert wrong_with(council_with_source(tmp_path, name)) == [f"RG013 inspections/outcome.yaml:{last + 2}"]


def test_a_published_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    report = council_with_source(tmp_path, "report.txt")
    (tmp_path / "westmere" / "inspections" / "report.txt").write_bytes("Leaders’ pace".encode("utf-16"))
    assert wrong_with(report) == ["RG003 inspections/report.txt:1"]
