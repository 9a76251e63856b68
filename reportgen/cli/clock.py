"""`reportgen clock`: by when what must be done for an inspection or a meeting, printed and as a calendar file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.edge import ERRORS
from reportgen.cli.printing import Printer
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
class Dated:
    """The deadlines of one inspection or meeting."""

    of: str
    """What they are of, the same whenever it is asked: "council/meetings/2023-02-06-cabinet"."""
    title: str
    """As a calendar shows it: "Cabinet, 2023-02-06"."""
    since: date
    """The day that stands for when the entries were made."""
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the clock says about a file: the lines to print, and the deadlines of its inspection or meetings."""

    council: Council
    title: str
    lines: tuple[str, ...]
    dated: tuple[Dated, ...]


def show_clock(file: Path, as_of: date | None, ics: Path | None) -> int:
    """Print the days that the file's inspection or meeting sets, and write them as a calendar; the exit code."""
    problems, printer = Problems(), Printer()
    if ics is not None and not ics.parent.is_dir():
        hint = "make it first, or give a file in a folder that is there"
        problems.error("RG001", Location(str(ics.parent)), "there is no such folder", hint)
        problems.stop_if_errors()
    # A council's id is the name of its folder, which a path from within that folder does not hold.
    path = file if file.parent.parent.name else Path(os.path.normpath(file.absolute()))
    day = as_of or date.today()  # noqa: DTZ011  the day here, where the papers are due
    told = _tell(path, day, problems)
    printer.diagnostics(problems.found)
    if told is None:
        return ERRORS
    click.echo(told.title)
    own = "" if as_of else " (today, by this machine's clock)"
    click.echo(f"as of {spoken(day)}{own}; bank holidays of {told.council.nation.title()}")
    for line in told.lines:
        click.echo(line)
    click.echo(f"\n{_LEGAL}")
    if ics is not None:
        ics.write_bytes(write_calendar(told.dated))
        click.echo(ics)
    return ERRORS if printer.counts[Severity.ERROR] else 0


def spoken(day: date) -> str:
    """A day in words, with its weekday: "Wed 16 August 2023"."""
    return f"{day:%a} {day.day} {day:%B} {day.year}"


def _tell(path: Path, as_of: date, problems: Problems) -> Told | None:
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
        return _tell_meeting(meeting, council, as_of) if meeting and council else None
    inspection = read_record(path, Inspection, known_frameworks(), problems)
    if inspection is None or council is None:
        return None
    return _tell_inspection(inspection, council, list(_meetings(path.parent.parent, problems)), as_of)


def _meetings(council: Path, problems: Problems) -> Iterator[Meeting]:
    """The council's meetings; what is wrong with a file of one is told, and the others stand."""
    for path in sorted((council / "meetings").glob("*.yaml")):
        meeting = read_record(path, Meeting, known_frameworks(), problems)
        if meeting is not None:
            yield meeting


def _tell_meeting(meeting: Meeting, council: Council, as_of: date) -> Told:
    dated = _dated(meeting, council)
    lines = ("", *_deadline_lines(dated.deadlines, as_of), *_abroad(council))
    return Told(council, dated.title, lines, (dated,))


def _dated(meeting: Meeting, council: Council) -> Dated:
    title = f"{meeting.body}, {spoken(meeting.date)}"
    deadlines = meeting_deadlines(meeting, council)
    return Dated(f"{council.id}/meetings/{meeting.id}", title, meeting.date, deadlines)


def _tell_inspection(inspection: Inspection, council: Council, meetings: list[Meeting], as_of: date) -> Told:
    deadlines = inspection_deadlines(inspection, council)
    fits = fit_meetings(inspection, council, meetings, as_of)
    lines = ["", *_deadline_lines(deadlines, as_of), *_abroad(council)]
    if deadlines and inspection.received is None:
        lines.append(
            "Days were counted from publication; the law counts from receipt: add received: to the inspection's file."
        )
    if inspection.framework.statement is None:
        lines.append(f"The framework {inspection.framework.id} names no time limits in law for an answer.")
    lines += _fit_lines(fits, council, as_of)
    event, day = ("received", inspection.received) if inspection.received else ("published", inspection.published)
    title = f"{inspection.title}, {event} on {spoken(day)}"
    dated = Dated(f"{council.id}/inspections/{inspection.id}", inspection.title, day, deadlines)
    possible = (_dated(one.meeting, council) for one in fits if not one.obstacle)
    return Told(council, title, tuple(lines), (dated, *possible))


def _abroad(council: Council) -> list[str]:
    if follows_english_law(council):
        return []
    return [f"The time limits of England's law are not counted for a council in {council.nation.title()}."]


def _fit_lines(fits: tuple[MeetingFit, ...], council: Council, as_of: date) -> Iterator[str]:
    if not fits:
        yield "\nNo meeting since then is in the council's folder meetings."
    for fit in fits:
        found = f"does not fit: {fit.obstacle}" if fit.obstacle else "fits"
        remark = f"; {fit.remark}" if fit.remark else ""
        yield f"\n{fit.meeting.body}, {spoken(fit.meeting.date)}: {found}{remark}"
        if not fit.obstacle:
            yield from (f"  {line}" for line in _deadline_lines(meeting_deadlines(fit.meeting, council), as_of))


def _deadline_lines(deadlines: tuple[Deadline, ...], as_of: date) -> Iterator[str]:
    """Each deadline: the day and what is to be done; below, how it was counted and why."""
    width = max((len(spoken(one.day)) for one in deadlines), default=0)
    for one in deadlines:
        yield f"{spoken(one.day):<{width}}  {one.what}{_state(one, as_of)}"
        yield from (f"{'':<{width}}  {line}" for line in (one.counted, one.source) if line)


def _state(deadline: Deadline, as_of: date) -> str:
    if deadline.done is not None:
        late = ", late" if deadline.done > deadline.day else ""
        return f" (done on {spoken(deadline.done)}{late})"
    return " (passed)" if deadline.day < as_of else ""


# ---- The calendar file ----


def write_calendar(dated: Iterable[Dated]) -> bytes:
    """The deadlines as a calendar file (iCalendar, RFC 5545) that Outlook and others take in.

    Each is an event of a whole day that leaves its day free: without an end an event that starts on a date lasts that
    day (section 3.6.1). The same deadlines give the same bytes: a UID follows from what the deadline is of, and
    DTSTAMP, which section 3.8.7.2 takes for the moment of making, from the first day of what they were counted from.
    """
    # Imported here: the library is for this file alone.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//reportgen//clock//EN")
    calendar.add("version", "2.0")
    for one in dated:
        for deadline in one.deadlines:
            calendar.add_component(_event(one, deadline))
    return bytes(calendar.to_ical())


def _event(of: Dated, deadline: Deadline) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", hashlib.sha256(f"{of.of}/{deadline.key}".encode()).hexdigest()[:32] + "@reportgen")
    event.add("dtstamp", datetime.combine(of.since, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("summary", f"{of.title}: {deadline.what}")
    reasons = [text for text in (deadline.counted, deadline.source) if text]
    if reasons:
        event.add("description", "\n".join(reasons))
    event.add("transp", "TRANSPARENT")
    return event
