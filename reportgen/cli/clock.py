"""`reportgen clock`: by when what must be done for an inspection or a meeting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from reportgen.checks.clock import (
    Deadline,
    Fit,
    fitting,
    follows_english_law,
    inspection_deadlines,
    meeting_deadlines,
)
from reportgen.cli.edge import ERRORS
from reportgen.cli.printing import Printer
from reportgen.diagnostics import Location, Problems, Severity, closest
from reportgen.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.reader import kind_of, read_record

_LEGAL = (
    "These days are counted, not cleared. How clear days are counted is a setting (timetable: in council.yaml);"
    " check both with the monitoring officer."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the clock says about a file: the lines to print, and the deadlines by inspection or meeting."""

    council: Council
    title: str
    lines: tuple[str, ...]
    dated: tuple[tuple[Inspection | Meeting, tuple[Deadline, ...]], ...]


def show_clock(file: Path, as_of: date | None, ics: Path | None) -> int:
    """Print the days that the file's inspection or meeting sets, and write them as a calendar; the exit code."""
    problems, printer = Problems(), Printer()
    if ics is not None and not ics.parent.is_dir():
        hint = "make it first, or give a file in a folder that is there"
        problems.error("RG001", Location(str(ics.parent)), "there is no such folder", hint)
        problems.stop_if_errors()
    # A council's id is the name of its folder, which a path from within that folder does not hold.
    path = file if file.parent.parent.name else Path(os.path.normpath(file.absolute()))
    day = as_of or date.today()
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
        _write_calendar(ics, told)
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
    deadlines = meeting_deadlines(meeting, council)
    lines = ("", *_deadline_lines(deadlines, as_of), *_abroad(council))
    return Told(council, f"{meeting.body}, {spoken(meeting.date)}", lines, ((meeting, deadlines),))


def _tell_inspection(inspection: Inspection, council: Council, meetings: list[Meeting], as_of: date) -> Told:
    deadlines = inspection_deadlines(inspection, council)
    fits = fitting(inspection, council, meetings, as_of)
    possible = tuple((one.meeting, meeting_deadlines(one.meeting, council)) for one in fits if not one.obstacle)
    lines = ["", *_deadline_lines(deadlines, as_of), *_abroad(council)]
    if deadlines and inspection.received is None:
        lines.append(
            "Days were counted from publication; the law counts from receipt: add received: to the inspection's file."
        )
    if inspection.framework.statement is None:
        lines.append(f"The framework {inspection.framework.id} names no time limits in law for an answer.")
    lines += _fit_lines(fits, council, as_of)
    event = "received" if inspection.received else "published"
    title = f"{inspection.title}, {event} on {spoken(inspection.received or inspection.published)}"
    return Told(council, title, tuple(lines), ((inspection, deadlines), *possible))


def _abroad(council: Council) -> list[str]:
    if follows_english_law(council):
        return []
    return [f"The time limits of England's law are not counted for a council in {council.nation.title()}."]


def _fit_lines(fits: tuple[Fit, ...], council: Council, as_of: date) -> Iterator[str]:
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


def _write_calendar(path: Path, told: Told) -> None:
    # Imported here: the library is for this file alone.
    from reportgen.cli.calendar_file import Dated, write_calendar

    dated = []
    for record, deadlines in told.dated:
        if isinstance(record, Inspection):
            start = record.received or record.published
            dated.append(Dated(f"{told.council.id}/inspections/{record.id}", record.title, start, deadlines))
        else:
            title = f"{record.body}, {spoken(record.date)}"
            dated.append(Dated(f"{told.council.id}/meetings/{record.id}", title, record.date, deadlines))
    path.write_bytes(write_calendar(dated))
    click.echo(path)
