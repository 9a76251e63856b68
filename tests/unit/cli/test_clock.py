"""`reportgen clock`, and the calendar file that it writes, read back without the library that wrote it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from reportgen.cli.clock import Schedule, write_calendar
from reportgen.rules.deadlines import Deadline
from tests.unit.cli.conftest import Run, change

INSPECTION = "inputs/demo/inspections/sample.yaml"
MEETING = "inputs/demo/meetings/2026-09-15-cabinet.yaml"

Event = dict[str, str]


def read_calendar(text: bytes) -> list[Event]:
    """The events of a calendar file, by the grammar of RFC 5545 section 3.1; properties without their parameters."""
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    lines = text.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[Event] = []
    for line in lines[1:-1]:
        named = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)", line)
        assert named is not None, line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT" and events:
            events[-1][named[1]] = re.sub(r"\\([\\;,nN])", lambda sign: "\n" if sign[1] in "nN" else sign[1], named[3])
    return events


def deadline(key: str = "statement", what: str = "publish it", counted: str = "70 days") -> Deadline:
    return Deadline(key, date(2023, 8, 16), what, counted, "the Act")


def dated(*deadlines: Deadline, title: str = "Inspection") -> list[Schedule]:
    return [Schedule("westmere/inspections/outcome", title, date(2023, 5, 9), deadlines)]


# ---- The calendar file ----


def test_a_deadline_is_an_event_of_a_whole_day_with_its_reason() -> None:
    [event] = read_calendar(write_calendar(dated(deadline())))
    assert event.pop("UID").endswith("@reportgen")
    assert event == {
        "SUMMARY": "Inspection: publish it",
        "DTSTART": "20230816",
        "DTSTAMP": "20230509T000000Z",
        "DESCRIPTION": "70 days\nthe Act",
        "TRANSP": "TRANSPARENT",
    }
    assert b"DTSTART;VALUE=DATE:20230816\r\n" in write_calendar(dated(deadline()))


def test_signs_of_the_format_and_long_texts_come_back_as_they_were() -> None:
    what = "publish: a, b; c \\ d – " + "Prüfung für Ärzte " * 12
    [event] = read_calendar(write_calendar(dated(deadline(what=what.strip()), title="Cabinet, Monday; “late”")))
    assert event["SUMMARY"] == f"Cabinet, Monday; “late”: {what.strip()}"


def test_the_same_deadlines_give_the_same_bytes_and_each_deadline_an_id_of_its_own() -> None:
    both = dated(deadline(), deadline("report"))
    assert write_calendar(both) == write_calendar(both)
    first, second = read_calendar(write_calendar(both))
    assert first["UID"] != second["UID"]


def test_an_id_stays_when_the_day_changes_so_that_a_calendar_moves_the_entry() -> None:
    [before] = read_calendar(write_calendar(dated(deadline())))
    later = Deadline("statement", date(2023, 8, 16) + timedelta(days=1), "publish it", "71 days", "the Act")
    [after] = read_calendar(write_calendar(dated(later)))
    assert before["UID"] == after["UID"]
    assert before["DTSTART"] != after["DTSTART"]


# ---- The command ----


@pytest.mark.usefixtures("demo")
def test_a_file_holds_the_days_of_the_inspection_and_of_each_meeting_that_fits(run: Run) -> None:
    Path("days").mkdir()
    done = run("clock", INSPECTION, "--as-of", "2026-08-04", "--ics", "days/autumn.ics")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "days/autumn.ics"
    events = read_calendar(Path("days/autumn.ics").read_bytes())
    assert [event["DTSTART"] for event in events] == [
        "20260915",
        "20261110",
        "20260817",
        "20260907",
        "20260907",
        "20260915",
    ]
    late = run("clock", INSPECTION, "--as-of", "2026-09-16", "--ics", "late.ics")
    assert "does not fit: it is over" in late.stdout
    assert len(read_calendar(Path("late.ics").read_bytes())) == 2


@pytest.mark.usefixtures("demo")
def test_todays_date_is_read_from_the_clock_and_said_so(run: Run) -> None:
    today = date.today()
    said = run("clock", MEETING).stdout.splitlines()[1]
    assert said in {
        f"as of {day:%a} {day.day} {day:%B} {day.year} (today, by this machine's clock); bank holidays of England"
        for day in (today, today + timedelta(days=1))
    }
    assert "this machine's clock" not in run("clock", MEETING, "--as-of", "2026-09-01").stdout


@pytest.mark.usefixtures("demo")
def test_what_is_passed_and_what_is_done_stands_beside_its_day(run: Run) -> None:
    change(Path(MEETING), "date: 2026-09-15", "date: 2026-09-15\npublished: 2026-09-08")
    said = run("clock", MEETING, "--as-of", "2026-09-10").stdout
    assert (
        "Mon 17 August 2026     publish the notice, if the decision is key or part of the meeting private (passed)"
        in said
    )
    assert "publish the agenda and the reports (done on Tue 8 September 2026, late)" in said
    assert "Cabinet meets\n" in said
    assert "Cabinet meets\n" in run("clock", MEETING, "--as-of", "2026-09-15").stdout
    assert "Cabinet meets (passed)\n" in run("clock", MEETING, "--as-of", "2026-09-16").stdout


@pytest.mark.usefixtures("demo")
def test_a_meeting_that_cannot_be_read_is_told_and_the_others_stand(run: Run) -> None:
    Path("inputs/demo/meetings/broken.yaml").write_text("body: Cabinet\n", encoding="utf-8")
    done = run("clock", INSPECTION, "--as-of", "2026-08-04")
    assert done.exit_code == 1
    assert "inputs/demo/meetings/broken.yaml" in done.stderr
    assert "Cabinet, Tue 15 September 2026: fits" in done.stdout


@pytest.mark.usefixtures("demo")
def test_a_council_in_another_nation_is_told_that_englands_limits_are_not_counted(run: Run) -> None:
    change(Path("inputs/demo/council.yaml"), "nation: england", "nation: wales")
    said = run("clock", INSPECTION, "--as-of", "2026-08-04").stdout
    assert "The time limits of England's law are not counted for a council in Wales." in said
    assert "statement of action" not in said
    assert "bank holidays of Wales" in said


@pytest.mark.usefixtures("demo")
def test_a_framework_without_limits_in_law_is_named(run: Run) -> None:
    change(Path(INSPECTION), "framework: ofsted-ilacs-2026", "framework: jtai")
    said = run("clock", INSPECTION, "--as-of", "2026-08-04").stdout
    assert "The framework jtai names no time limits in law for an answer." in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("inputs/demo/reports/sample.yaml", "error RG060: this is neither an inspection nor a meeting"),
        ("inputs/demo/inspections/smaple.yaml", "hint: did you mean 'inputs/demo/inspections/sample.yaml'?"),
        ("inputs/demo/inspections", "error RG060: this is neither"),
    ],
)
@pytest.mark.usefixtures("demo")
def test_what_is_no_inspection_or_meeting_is_an_error(run: Run, typed: str, said: str) -> None:
    done = run("clock", typed)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stdout == ""


def test_from_within_the_councils_folder_the_council_is_found(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo / "inputs" / "demo")
    assert run("clock", "inspections/sample.yaml", "--as-of", "2026-08-04").exit_code == 0


@pytest.mark.usefixtures("demo")
def test_a_day_in_british_form_is_wrong_usage(run: Run) -> None:
    done = run("clock", MEETING, "--as-of", "15/09/2026")
    assert done.exit_code == 2
    assert "year-month-day" in done.stderr


@pytest.mark.usefixtures("demo")
def test_a_calendar_in_a_folder_that_is_not_there_is_refused_and_the_folder_not_made(run: Run) -> None:
    done = run("clock", MEETING, "--as-of", "2026-09-10", "--ics", "nowhere/days.ics")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("nowhere: error RG001: there is no such folder\n  hint: make it first")
    assert not Path("nowhere").exists()
