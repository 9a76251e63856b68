"""By when what must be done: the days that an inspection and a meeting set, each with how it was counted and why.

The limits are those of England. What the law leaves open (which days are clear days) is the council's `timetable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, DayKind, Meeting
from reportgen.rules.calendar import calendar_of

AGENDA_SOURCE = "Local Government Act 1972 s.100B(3); for the executive SI 2012/2089 reg 7"
NOTICE_SOURCE = "SI 2012/2089 reg 9(2); for a private meeting reg 5(2)"
SECOND_NOTICE_SOURCE = "SI 2012/2089 reg 5(4)"
REGULATIONS_FROM = date(2012, 9, 10)
"""The day on which SI 2012/2089 came into force (reg 1)."""
_EXCEPTION_DAYS = 5
"""The clear days after a notice of general exception: reg 10(1)(c)."""

Announced = Literal["agenda", "notice", "general exception"]
"""What is to be published so many clear days before a meeting."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is to be done."""

    key: str
    """Which deadline it is, the same for every inspection and meeting: "statement", "agenda"."""
    day: date
    what: str
    """What is to be done, as an instruction: "publish the agenda"."""
    counted: str = ""
    """How the day was counted: "70 working days after 2023-05-09, when the report was received"."""
    source: str = ""
    """The Act or regulation, or the council's own setting."""
    done: date | None = None
    """When it was done, as far as the files say."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a meeting can still take the answer to an inspection."""

    meeting: Meeting
    obstacle: str
    """Why it cannot; empty where it fits."""
    remark: str = ""
    """What to mind where it fits."""


def follows_english_law(council: Council) -> bool:
    """Whether the limits that are counted here hold for the council."""
    return council.nation == "england"


def takes_key_decisions(meeting: Meeting) -> bool:
    """Whether SI 2012/2089 applies to the meeting: it is of the executive, and the regulations are in force."""
    return meeting.is_executive and meeting.date >= REGULATIONS_FROM


def inspection_deadlines(inspection: Inspection, council: Council) -> tuple[Deadline, ...]:
    """The days of report and statement; none where no law sets the council limits for the inspection's framework."""
    duty = inspection.framework.statement
    if duty is None or not follows_english_law(council):
        return ()
    start = inspection.received or inspection.published
    started = "the report was received" if inspection.received else "it was published; no day of receipt is given"
    answers = (
        ("report", duty.report_within, "publish the inspectorate's report", inspection.published_by_council),
        ("statement", duty.statement_within, "publish the written statement of action", inspection.statement_published),
    )
    return tuple(
        Deadline(
            key,
            calendar_of(council).add_working_days(start, days),
            what,
            f"{days} working days after {start}, when {started}",
            duty.source,
            done,
        )
        for key, days, what, done in answers
    )


def meeting_deadlines(meeting: Meeting, council: Council) -> tuple[Deadline, ...]:
    """The timetable of a meeting, counted back from its day, in order."""
    found = [*_own_deadlines(meeting, council)]
    if follows_english_law(council):
        found += _legal_deadlines(meeting, council)
    found.append(Deadline("meeting", meeting.date, f"{meeting.body} meets"))
    return tuple(sorted(found, key=lambda one: one.day))


def clear_days(council: Council, announced: Announced) -> tuple[int, DayKind]:
    """How many clear days must lie between what is announced and the meeting, and which days these are."""
    settings = council.timetable
    if announced == "notice":
        return settings.notice, settings.notice_counted_in
    return _EXCEPTION_DAYS if announced == "general exception" else settings.agenda, settings.agenda_counted_in


def last_day(meeting: Meeting, council: Council, announced: Announced) -> date:
    """The last working day that leaves enough clear days before the meeting."""
    calendar = calendar_of(council)
    return calendar.working_day_on_or_before(calendar.last_day_for(meeting.date, *clear_days(council, announced)))


def fitting(inspection: Inspection, council: Council, meetings: Iterable[Meeting], as_of: date) -> tuple[Fit, ...]:
    """The meetings since the report came, by their days: whether each can take the answer, seen from `as_of`."""
    statement_by = next((one.day for one in inspection_deadlines(inspection, council) if one.key == "statement"), None)
    start = inspection.received or inspection.published
    later = sorted((one for one in meetings if one.date >= start), key=lambda one: (one.date, one.id))
    return tuple(_fit(meeting, council, statement_by, as_of) for meeting in later)


def _fit(meeting: Meeting, council: Council, statement_by: date | None, as_of: date) -> Fit:
    if statement_by is not None and meeting.date > statement_by:
        days = (meeting.date - statement_by).days
        return Fit(meeting, f"{days} day{'' if days == 1 else 's'} after the statement is due")
    if meeting.date < as_of:
        return Fit(meeting, "it is over")
    if not follows_english_law(council):
        return Fit(meeting, "")
    dispatch = last_day(meeting, council, "agenda")
    if dispatch < as_of:
        return Fit(meeting, f"its agenda was to be published by {dispatch}; after that only as a late item")
    notice = last_day(meeting, council, "notice")
    if takes_key_decisions(meeting) and notice < as_of:
        remark = f"a key decision needed a notice by {notice}; without one, only by exception or urgency"
        return Fit(meeting, "", remark)
    return Fit(meeting, "")


def _legal_deadlines(meeting: Meeting, council: Council) -> Iterator[Deadline]:
    agenda, five = last_day(meeting, council, "agenda"), _clear(meeting, council, "agenda")
    yield Deadline("agenda", agenda, "publish the agenda and the reports", five, AGENDA_SOURCE, meeting.published)
    if not takes_key_decisions(meeting):
        return
    notice, many = last_day(meeting, council, "notice"), _clear(meeting, council, "notice")
    what = "publish the notice, if the decision is key or part of the meeting private"
    yield Deadline("notice", notice, what, many, NOTICE_SOURCE)
    what = "publish the second notice, if part of the meeting is private"
    yield Deadline("second-notice", agenda, what, five, SECOND_NOTICE_SOURCE)
    number = council.timetable.forward_plan
    if number is not None:
        day = calendar_of(council).take_working_days(notice, number)
        yield _own("forward-plan", day, "send the entry for the forward plan", number, "the notice")


def _clear(meeting: Meeting, council: Council, announced: Announced) -> str:
    number, kind = clear_days(council, announced)
    return f"{number} clear {kind} before {meeting.date} (timetable: {announced})"


def _own_deadlines(meeting: Meeting, council: Council) -> Iterator[Deadline]:
    settings, calendar = council.timetable, calendar_of(council)
    if settings.submission is not None:
        submission = calendar.take_working_days(meeting.date, settings.submission)
        yield _own("submission", submission, "submit the final report", settings.submission, "the meeting")
        if settings.clearance is not None:
            clearance = calendar.take_working_days(submission, settings.clearance)
            what = "send the draft for clearance"
            yield _own("clearance", clearance, what, settings.clearance, "the final report is submitted")
    if settings.call_in is not None and meeting.is_executive:
        day = calendar.add_working_days(meeting.date, settings.call_in)
        counted = f"{_days(settings.call_in)} after the meeting, if its decisions are published on that day"
        yield Deadline("call-in", day, "last day to call decisions in", counted, "timetable: call_in")


def _own(key: str, day: date, what: str, number: int, event: str) -> Deadline:
    setting = f"timetable: {key.replace('-', '_')}"
    return Deadline(key, day, what, f"{_days(number)} before {event}", setting)


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"
