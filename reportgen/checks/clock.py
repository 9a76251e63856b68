"""By when what must be done: the days that an inspection and a meeting set, each with how it was counted and why.

The limits are those of England. What the law leaves open (which days are clear days) is the council's `timetable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reportgen.checks.calendar import Calendar, calendar_of
from reportgen.model.framework import StatementDuty
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting

AGENDA_SOURCE = "Local Government Act 1972 s.100B(3); for the executive SI 2012/2089 reg 7"
NOTICE_SOURCE = "SI 2012/2089 reg 9(2); for a private meeting reg 5(2)"
SECOND_NOTICE_SOURCE = "SI 2012/2089 reg 5(4)"


REGULATIONS_FROM = date(2012, 9, 10)
"""The day on which SI 2012/2089 came into force (reg 1)."""


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
class AnswerDays:
    """By when an inspection is to be answered."""

    duty: StatementDuty
    start: date
    """The day that is counted from, not counted itself."""
    started: str
    """What happened on it: "the report was received"."""
    report_by: date
    statement_by: date


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


def answer_days(inspection: Inspection, calendar: Calendar) -> AnswerDays | None:
    """By when report and statement are to be published; None where the framework names no limits in law."""
    duty = inspection.framework.statement
    if duty is None:
        return None
    start = inspection.received or inspection.published
    started = "the report was received" if inspection.received else "it was published; no day of receipt is given"
    return AnswerDays(
        duty,
        start,
        started,
        calendar.add_working_days(start, duty.report_within),
        calendar.add_working_days(start, duty.statement_within),
    )


def inspection_deadlines(inspection: Inspection, council: Council) -> tuple[Deadline, ...]:
    """The days that the inspection sets, in order; none outside England or where its framework names none."""
    answer = answer_days(inspection, calendar_of(council)) if follows_english_law(council) else None
    if answer is None:
        return ()
    since = f"after {answer.start}, when {answer.started}"
    return (
        Deadline(
            "report",
            answer.report_by,
            "publish the inspectorate's report",
            f"{answer.duty.report_within} working days {since}",
            answer.duty.source,
            inspection.published_by_council,
        ),
        Deadline(
            "statement",
            answer.statement_by,
            "publish the written statement of action",
            f"{answer.duty.statement_within} working days {since}",
            answer.duty.source,
            inspection.statement_published,
        ),
    )


def meeting_deadlines(meeting: Meeting, council: Council) -> tuple[Deadline, ...]:
    """The timetable of a meeting, counted back from its day, in order."""
    found = [*_own_deadlines(meeting, council)]
    if follows_english_law(council):
        found += _legal_deadlines(meeting, council)
    found.append(Deadline("meeting", meeting.date, f"{meeting.body} meets"))
    return tuple(sorted(found, key=lambda one: one.day))


def agenda_day(meeting: Meeting, council: Council) -> date:
    """The last working day on which publishing the agenda leaves the clear days that the law wants."""
    calendar, settings = calendar_of(council), council.timetable
    return calendar.working_day_on_or_before(
        calendar.last_day_for(meeting.date, settings.agenda, settings.agenda_counted_in)
    )


def notice_day(meeting: Meeting, council: Council) -> date:
    """The last working day on which a notice leaves 28 clear days before the meeting, or those of the setting."""
    calendar, settings = calendar_of(council), council.timetable
    return calendar.working_day_on_or_before(
        calendar.last_day_for(meeting.date, settings.notice, settings.notice_counted_in)
    )


def fitting(inspection: Inspection, council: Council, meetings: Iterable[Meeting], as_of: date) -> tuple[Fit, ...]:
    """The meetings since the report came, by their days: whether each can take the answer, seen from `as_of`."""
    answer = answer_days(inspection, calendar_of(council)) if follows_english_law(council) else None
    start = inspection.received or inspection.published
    later = sorted((one for one in meetings if one.date >= start), key=lambda one: (one.date, one.id))
    return tuple(_fit(meeting, council, answer.statement_by if answer else None, as_of) for meeting in later)


def _fit(meeting: Meeting, council: Council, statement_by: date | None, as_of: date) -> Fit:
    if statement_by is not None and meeting.date > statement_by:
        days = (meeting.date - statement_by).days
        return Fit(meeting, f"{days} day{'' if days == 1 else 's'} after the statement is due")
    if meeting.date < as_of:
        return Fit(meeting, "it is over")
    if not follows_english_law(council):
        return Fit(meeting, "")
    dispatch = agenda_day(meeting, council)
    if dispatch < as_of:
        return Fit(meeting, f"its agenda was to be published by {dispatch}; after that only as a late item")
    notice = notice_day(meeting, council)
    if takes_key_decisions(meeting) and notice < as_of:
        return Fit(
            meeting, "", f"a key decision needed a notice by {notice}; without one, only by exception or urgency"
        )
    return Fit(meeting, "")


def _legal_deadlines(meeting: Meeting, council: Council) -> Iterator[Deadline]:
    settings = council.timetable
    agenda, notice = agenda_day(meeting, council), notice_day(meeting, council)
    before = f"before {meeting.date}"
    five = f"{_clear(settings.agenda, settings.agenda_counted_in)} {before} (timetable: agenda)"
    yield Deadline("agenda", agenda, "publish the agenda and the reports", five, AGENDA_SOURCE, meeting.published)
    if not takes_key_decisions(meeting):
        return
    many = f"{_clear(settings.notice, settings.notice_counted_in)} {before} (timetable: notice)"
    what = "publish the notice, if the decision is key or part of the meeting private"
    yield Deadline("notice", notice, what, many, NOTICE_SOURCE)
    what = "publish the second notice, if part of the meeting is private"
    yield Deadline("second-notice", agenda, what, five, SECOND_NOTICE_SOURCE)
    if settings.forward_plan is not None:
        day = calendar_of(council).take_working_days(notice, settings.forward_plan)
        yield _own("forward-plan", day, "send the entry for the forward plan", settings.forward_plan, "the notice")


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


def _clear(number: int, kind: str) -> str:
    return f"{number} clear {kind}"
