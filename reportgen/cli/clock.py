"""`reportgen clock`: print the deadlines of an inspection or a meeting, and write them as a calendar file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.console import Printer
from reportgen.cli.errors import ERRORS
from reportgen.diagnostics import Location, Problems, Severity, closest
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.reader import kind_of, read_record
from reportgen.rules.deadlines import (
    Deadline,
    MeetingFit,
    fit_meetings,
    follows_english_law,
    inspection_deadlines,
    meeting_deadlines,
)

if TYPE_CHECKING:
    from icalendar import Event

_LEGAL = (
    "These days are counted, not cleared. How clear days are counted is a setting (timetable: in council.yaml);"
    " check both with the monitoring officer."
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The deadlines of one inspection or meeting."""

    identifier: str
    """The same in each run: "council/meetings/2023-02-06-cabinet"."""
    title: str
    """As a calendar shows it: "Cabinet, 2023-02-06"."""
    since: date
    """The day that stands for when the calendar's events were made."""
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class ClockReport:
    """What is printed about a file, and the deadlines of its inspection or meetings."""

    council: Council
    title: str
    lines: tuple[str, ...]
    schedules: tuple[Schedule, ...]


def show_clock(file: Path, as_of: date | None, ics: Path | None) -> int:
    """Print the deadlines of the file's inspection or meeting, write them as a calendar, and return the exit code."""
    problems, printer = Problems(), Printer()
    if ics is not None and not ics.parent.is_dir():
        hint = "make it first, or give a file in a folder that is there"
        problems.error("RG001", Location(str(ics.parent)), "there is no such folder", hint)
        problems.stop_if_errors()
    # A council's id is the name of its folder, which a path from within that folder does not hold.
    path = file if file.parent.parent.name else Path(os.path.normpath(file.absolute()))
    day = as_of or date.today()  # noqa: DTZ011  the day here, where the papers are due
    report = _report_on(path, day, problems)
    printer.diagnostics(problems.found)
    if report is None:
        return ERRORS
    click.echo(report.title)
    own = "" if as_of else " (today, by this machine's clock)"
    click.echo(f"as of {format_day(day)}{own}; bank holidays of {report.council.nation.title()}")
    for line in report.lines:
        click.echo(line)
    click.echo(f"\n{_LEGAL}")
    if ics is not None:
        ics.write_bytes(write_calendar(report.schedules))
        click.echo(ics)
    return ERRORS if printer.counts[Severity.ERROR] else 0


def format_day(day: date) -> str:
    """Return a day in words, with its weekday: "Wed 16 August 2023"."""
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def _report_on(path: Path, as_of: date, problems: Problems) -> ClockReport | None:
    kind = kind_of(path)
    if not path.exists():
        close = closest(path.name, sorted(one.name for one in path.parent.glob("*.yaml")))
        hint = f"did you mean '{path.with_name(close)}'?" if close else "check the name and the folder you are in"
        problems.error("RG001", Location(str(path)), "there is no such file", hint)
        return None
    if kind not in (Inspection, Meeting):
        hint = "give a file in <council>/inspections or <council>/meetings"
        problems.error("RG060", Location(str(path)), "this is neither an inspection nor a meeting", hint)
        return None
    council = read_record(path.parent.parent / "council.yaml", Council, known_frameworks(), problems)
    if kind is Meeting:
        meeting = read_record(path, Meeting, known_frameworks(), problems)
        return _report_on_meeting(meeting, council, as_of) if meeting and council else None
    inspection = read_record(path, Inspection, known_frameworks(), problems)
    if inspection is None or council is None:
        return None
    return _report_on_inspection(inspection, council, list(_meetings(path.parent.parent, problems)), as_of)


def _meetings(council: Path, problems: Problems) -> Iterator[Meeting]:
    """Yield the council's meetings; what is wrong with a file goes to `problems`, and the others follow."""
    for path in sorted((council / "meetings").glob("*.yaml")):
        meeting = read_record(path, Meeting, known_frameworks(), problems)
        if meeting is not None:
            yield meeting


def _report_on_meeting(meeting: Meeting, council: Council, as_of: date) -> ClockReport:
    schedule = _meeting_schedule(meeting, council)
    lines = ("", *_deadline_lines(schedule.deadlines, as_of), *_note_on_nation(council))
    return ClockReport(council, schedule.title, lines, (schedule,))


def _meeting_schedule(meeting: Meeting, council: Council) -> Schedule:
    title = f"{meeting.body}, {format_day(meeting.date)}"
    deadlines = meeting_deadlines(meeting, council)
    return Schedule(f"{council.id}/meetings/{meeting.id}", title, meeting.date, deadlines)


def _report_on_inspection(
    inspection: Inspection, council: Council, meetings: list[Meeting], as_of: date
) -> ClockReport:
    deadlines = inspection_deadlines(inspection, council)
    fits = fit_meetings(inspection, council, meetings, as_of)
    lines = ["", *_deadline_lines(deadlines, as_of), *_note_on_nation(council)]
    if deadlines and inspection.received is None:
        lines.append(
            "Days were counted from publication; the law counts from receipt: add received: to the inspection's file."
        )
    if inspection.framework.statement is None:
        lines.append(f"The framework {inspection.framework.id} names no time limits in law for an answer.")
    lines += _fit_lines(fits, council, as_of)
    event, day = ("received", inspection.received) if inspection.received else ("published", inspection.published)
    title = f"{inspection.title}, {event} on {format_day(day)}"
    schedule = Schedule(f"{council.id}/inspections/{inspection.id}", inspection.title, day, deadlines)
    possible = (_meeting_schedule(one.meeting, council) for one in fits if not one.obstacle)
    return ClockReport(council, title, tuple(lines), (schedule, *possible))


def _note_on_nation(council: Council) -> list[str]:
    if follows_english_law(council):
        return []
    return [f"The time limits of England's law are not counted for a council in {council.nation.title()}."]


def _fit_lines(fits: tuple[MeetingFit, ...], council: Council, as_of: date) -> Iterator[str]:
    if not fits:
        yield "\nNo meeting since then is in the council's folder meetings."
    for fit in fits:
        found = f"does not fit: {fit.obstacle}" if fit.obstacle else "fits"
        remark = f"; {fit.remark}" if fit.remark else ""
        yield f"\n{fit.meeting.body}, {format_day(fit.meeting.date)}: {found}{remark}"
        if not fit.obstacle:
            yield from (f"  {line}" for line in _deadline_lines(meeting_deadlines(fit.meeting, council), as_of))


def _deadline_lines(deadlines: tuple[Deadline, ...], as_of: date) -> Iterator[str]:
    """Yield each deadline: the day and what is to be done; below, how it was counted and why."""
    width = max((len(format_day(one.day)) for one in deadlines), default=0)
    for one in deadlines:
        yield f"{format_day(one.day):<{width}}  {one.what}{_state(one, as_of)}"
        yield from (f"{'':<{width}}  {line}" for line in (one.counted, one.source) if line)


def _state(deadline: Deadline, as_of: date) -> str:
    if deadline.done is not None:
        late = ", late" if deadline.done > deadline.day else ""
        return f" (done on {format_day(deadline.done)}{late})"
    return " (passed)" if deadline.day < as_of else ""


# ---- The calendar file ----


def write_calendar(schedules: Iterable[Schedule]) -> bytes:
    """Return the deadlines as a calendar file (iCalendar, RFC 5545) that Outlook and others can import.

    Each is an event of a whole day that leaves its day free: without an end an event that starts on a date lasts that
    day (section 3.6.1). The same deadlines give the same bytes: a UID follows from what the deadline is of, and
    DTSTAMP, which section 3.8.7.2 takes for the moment of making, from the first day of what they were counted from.
    """
    # Imported here: the library is for this file alone.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//reportgen//clock//EN")
    calendar.add("version", "2.0")
    for schedule in schedules:
        for deadline in schedule.deadlines:
            calendar.add_component(_event(schedule, deadline))
    return bytes(calendar.to_ical())


def _event(schedule: Schedule, deadline: Deadline) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", hashlib.sha256(f"{schedule.identifier}/{deadline.key}".encode()).hexdigest()[:32] + "@reportgen")
    event.add("dtstamp", datetime.combine(schedule.since, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("summary", f"{schedule.title}: {deadline.what}")
    reasons = [text for text in (deadline.counted, deadline.source) if text]
    if reasons:
        event.add("description", "\n".join(reasons))
    event.add("transp", "TRANSPARENT")
    return event
