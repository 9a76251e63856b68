"""By when what must be done for an inspection and a meeting, and which meetings can still take the answer."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.rules.deadlines import Deadline, fit_meetings, inspection_deadlines, meeting_deadlines
from tests.small import COUNCIL, INSPECTION, record, what_is_wrong

WESTMERE = "id: westmere" + COUNCIL
OWN = "timetable: {submission: 7, clearance: 5, forward_plan: 3, call_in: 5}\n"
BOARD = "id: board\nbody: {body}\ndate: {day}\n"


def inspection(**replaced: str) -> Inspection:
    text = "id: outcome" + INSPECTION
    for key, value in replaced.items():
        line = f"{key}: {value}"
        text, number = re.subn(rf"^{key}: .*$", line, text, flags=re.MULTILINE)
        text += "" if number else f"{line}\n"
    return record(Inspection, text)


def council(more: str = "") -> Council:
    return record(Council, WESTMERE + more)


def board(day: str, body: str = "Cabinet", more: str = "") -> Meeting:
    return record(Meeting, BOARD.format(body=body, day=day) + more)


def days(deadlines: tuple[Deadline, ...]) -> dict[str, str]:
    """The day of each deadline, by its key."""
    assert len({one.key for one in deadlines}) == len(deadlines)
    return {one.key: one.day.isoformat() for one in deadlines}


# ---- An inspection ----


def test_an_inspection_is_answered_within_30_and_70_working_days_of_receipt() -> None:
    found = inspection_deadlines(inspection(received="2023-01-12"), council())
    assert days(found) == {"report": "2023-02-23", "statement": "2023-04-24"}
    assert found[1].counted == "70 working days after 2023-01-12, when the report was received"
    assert found[1].source == "Education and Inspections Act 2006 s.137(4); SI 2007/462 regs 2 and 3"


def test_where_receipt_is_not_given_it_is_said_that_days_count_from_publication() -> None:
    found = inspection_deadlines(inspection(), council())
    assert days(found) == {"report": "2023-02-24", "statement": "2023-04-25"}
    assert found[0].counted.endswith("when it was published; no day of receipt is given")


def test_a_worked_case_counts_from_receipt_and_a_day_less_from_publication() -> None:
    dates = {"framework": "ofsted-sif", "start": "2016-09-05", "end": "2016-09-29", "published": "2016-11-25"}
    assert days(inspection_deadlines(inspection(**dates), council()))["statement"] == "2017-03-08"
    received = inspection(**dates, received="2016-11-28")
    assert days(inspection_deadlines(received, council()))["statement"] == "2017-03-09"


def test_what_is_done_is_kept_beside_its_deadline() -> None:
    found = inspection_deadlines(
        inspection(published_by_council="2023-02-01", statement_published="2023-04-03"), council()
    )
    assert [one.done for one in found] == [date(2023, 2, 1), date(2023, 4, 3)]


def test_neither_a_framework_without_limits_nor_another_nation_has_any() -> None:
    assert inspection_deadlines(inspection(framework="rsh-consumer-2024"), council()) == ()
    assert inspection_deadlines(inspection(), council("nation: wales\n")) == ()


@pytest.mark.parametrize("framework", ["ofsted-sif", "ofsted-ilacs-2018", "ofsted-ilacs-2023", "ofsted-ilacs-2026"])
def test_the_limits_are_those_of_frameworks_for_inspections_under_section_136(framework: str) -> None:
    statement = inspection(framework=framework).framework.statement
    assert statement is not None
    assert (statement.report_within, statement.statement_within) == (30, 70)
    assert "s.137" in statement.source


# ---- A meeting ----


def test_the_timetable_of_a_cabinet_is_counted_back_from_its_day() -> None:
    found = meeting_deadlines(board("2018-03-20"), council(OWN))
    assert days(found) == {
        "forward-plan": "2018-02-14",
        "notice": "2018-02-19",
        "clearance": "2018-03-02",
        "submission": "2018-03-09",
        "agenda": "2018-03-12",
        "second-notice": "2018-03-12",
        "meeting": "2018-03-20",
        "call-in": "2018-03-27",
    }
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.source and "timetable" in one.counted + one.source for one in found if one.key != "meeting")


def test_a_committee_has_neither_notices_nor_call_in() -> None:
    found = meeting_deadlines(board("2018-03-20", "Children's Services Scrutiny Committee"), council(OWN))
    assert list(days(found)) == ["clearance", "submission", "agenda", "meeting"]


def test_a_cabinet_before_the_regulations_of_2012_has_no_notices() -> None:
    assert list(days(meeting_deadlines(board("2012-09-09"), council()))) == ["agenda", "meeting"]
    assert "notice" in days(meeting_deadlines(board("2012-09-10"), council()))


def test_a_council_that_counts_otherwise_has_other_days() -> None:
    plain = days(meeting_deadlines(board("2018-03-20"), council()))
    settings = "timetable: {agenda: 7, agenda_counted_in: calendar days, notice: 30, notice_counted_in: working days}\n"
    other = meeting_deadlines(board("2018-03-20"), council(settings))
    assert (plain["agenda"], plain["notice"]) == ("2018-03-12", "2018-02-19")
    assert (days(other)["agenda"], days(other)["notice"]) == ("2018-03-12", "2018-02-05")
    assert "7 clear calendar days before 2018-03-20 (timetable: agenda)" in [one.counted for one in other]


def test_a_day_of_dispatch_that_falls_on_a_sunday_is_the_friday_before() -> None:
    assert days(meeting_deadlines(board("2017-07-10"), council()))["agenda"] == "2017-06-30"


def test_outside_england_only_the_councils_own_days_are_counted() -> None:
    found = meeting_deadlines(board("2018-03-20"), council(OWN + "nation: wales\n"))
    assert list(days(found)) == ["clearance", "submission", "meeting", "call-in"]


@pytest.mark.parametrize(
    ("body", "executive"),
    [
        ("Cabinet", True),
        ("The Executive", True),
        ("Cabinet/Executive Board", True),
        ("Cabinet (Resources) Panel", False),
        ("Cabinet Scrutiny Committee", False),
        ("Full Council", False),
    ],
)
def test_a_body_is_the_executive_by_its_name_unless_the_file_says_otherwise(body: str, executive: bool) -> None:
    assert board("2018-03-20", body).is_executive is executive
    assert board("2018-03-20", body, "executive: yes\n").is_executive
    assert not board("2018-03-20", body, "executive: no\n").is_executive


@pytest.mark.parametrize("wrong", ["agenda: 0", "submission: -1", "call_in: 201"])
def test_a_timetable_counts_at_least_a_day_and_not_out_of_the_calendar(wrong: str) -> None:
    [message] = what_is_wrong(Council, WESTMERE + f"timetable: {{{wrong}}}\n")
    assert "1 to 200 were expected" in message
    assert message.startswith("RG012 5:")


# ---- Which meetings fit ----


def fits(*meetings: Meeting, as_of: str, nation: str = "england") -> list[str]:
    where = council(f"nation: {nation}\n")
    found = fit_meetings(
        inspection(received="2020-04-15", published="2020-04-16", start="2020-02-03", end="2020-02-14"),
        where,
        meetings,
        date.fromisoformat(as_of),
    )
    return [f"{one.meeting.date} {one.obstacle or 'fits'} {one.remark}".strip() for one in found]


def test_a_board_six_days_after_the_statement_is_due_does_not_fit() -> None:
    found = fits(board("2020-07-30"), board("2020-07-24"), as_of="2020-05-01")
    assert found == ["2020-07-24 fits", "2020-07-30 6 days after the statement is due"]


def test_meetings_before_the_report_came_are_left_out_and_those_since_then_are_over() -> None:
    assert fits(board("2020-04-14"), board("2020-05-01"), as_of="2020-05-04") == ["2020-05-01 it is over"]


def test_a_meeting_whose_agenda_is_out_takes_only_a_late_item() -> None:
    [found] = fits(board("2020-07-24"), as_of="2020-07-17")
    assert found == "2020-07-24 its agenda was to be published by 2020-07-16; after that only as a late item"
    assert fits(board("2020-07-24", "Audit Committee"), as_of="2020-07-16") == ["2020-07-24 fits"]
    assert fits(board("2020-07-24"), as_of="2020-06-25") == ["2020-07-24 fits"]


def test_a_cabinet_for_which_a_notice_would_be_too_late_fits_with_a_remark() -> None:
    [found] = fits(board("2020-07-24"), as_of="2020-06-26")
    assert found.startswith("2020-07-24 fits a key decision needed a notice by 2020-06-25")
    assert fits(board("2020-07-24", "Audit Committee"), as_of="2020-06-26") == ["2020-07-24 fits"]


def test_outside_england_a_meeting_fits_until_it_is_over() -> None:
    assert fits(board("2020-07-30"), as_of="2020-07-29", nation="scotland") == ["2020-07-30 fits"]
