"""By when what must be done: the days that an inspection and a meeting set, each with how it was counted and why.

The limits are those of England. What the law leaves open (which days are clear days) is the council's `timetable`.
A working day is no Saturday, Sunday, Christmas Day, Good Friday or bank holiday (for the statement of action: SI
2007/462 reg 1(2)). The library has the bank holidays of the Act of 1971 and those already proclaimed; a council adds
what is proclaimed later under `bank_holidays`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice, takewhile
from typing import Literal, assert_never, get_args

from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, DayKind, Meeting, Nation

_SUBDIVISIONS: dict[Nation, str] = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern ireland": "NIR"}
"""The library's codes (ISO 3166-2:GB)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a nation. Counts that would lead out of the calendar end at its first or last day."""

    nation: Nation
    proclaimed: frozenset[date] = frozenset()
    """Bank holidays beyond those that the library has."""

    def is_working_day(self, day: date) -> bool:
        """Whether it is no Saturday, Sunday, Christmas Day, Good Friday or bank holiday."""
        if day.weekday() >= 5 or (day.month, day.day) == (12, 25):
            return False
        # Good Friday is in the library's list of each nation.
        return day not in self.proclaimed and not _is_bank_holiday(day, self.nation)

    def counts(self, day: date, kind: DayKind) -> bool:
        """Whether the day is one of those counted."""
        return kind == "calendar days" or self.is_working_day(day)

    def add_working_days(self, start: date, number: int) -> date:
        """The last of `number` (at least one) working days after `start`, which is not counted itself."""
        return _nth(number, (day for day in _days_after(start) if self.is_working_day(day)), date.max)

    def subtract_working_days(self, end: date, number: int) -> date:
        """The first of `number` (at least one) working days before `end`, which is not counted itself."""
        return _nth(number, (day for day in _days_before(end) if self.is_working_day(day)), date.min)

    def clear_days_between(self, first: date, last: date, kind: DayKind) -> int:
        """How many days of a kind lie between two days, neither of which is counted."""
        between = takewhile(lambda day: day < last, _days_after(first))
        return sum(1 for day in between if self.counts(day, kind))

    def last_day_for(self, event: date, clear: int, kind: DayKind) -> date:
        """The last day that leaves `clear` clear days before the event, whatever day of the week it is."""
        counted = (day for day in _days_before(event) if self.counts(day, kind))
        first_clear = _nth(clear, counted, date.min)
        return first_clear - timedelta(days=1) if first_clear > date.min else first_clear

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself if people work on it, else the working day before it."""
        return day if self.is_working_day(day) else self.subtract_working_days(day, 1)


def calendar_of(council: Council) -> Calendar:
    """The calendar that a council lives by."""
    return Calendar(council.nation, frozenset(council.bank_holidays))


def _is_bank_holiday(day: date, nation: Nation) -> bool:
    return day.toordinal() in _look_up(nation, day.year)


@cache
def _look_up(nation: Nation, year: int) -> frozenset[int]:
    # Imported here: most commands count no days, and `reportgen --help` is to stay quick.
    from holidays import country_holidays

    return frozenset(day.toordinal() for day in country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


def _nth(number: int, days: Iterator[date], end: date) -> date:
    return next(islice(days, number - 1, None), end)


def _days_after(day: date) -> Iterator[date]:
    return (date.fromordinal(one) for one in range(day.toordinal() + 1, date.max.toordinal() + 1))


def _days_before(day: date) -> Iterator[date]:
    return (date.fromordinal(one) for one in range(day.toordinal() - 1, 0, -1))


# ---- The time that an inspectorate gives for a finding ----

Unit = Literal["day", "working day", "week", "month", "year"]

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)} | {"a": 1, "an": 1, "eighteen": 18}
_AT_ONCE = re.compile(r"(with )?immediate(ly)?( effect)?|at once|without delay|straight ?away", re.IGNORECASE)
_WITHIN = re.compile(
    r"((with)?in |by the end of |(no|not) later than )?(?P<number>\d{1,3}|[a-z]+) (calendar )?"
    r"(?P<unit>day|working day|week|month|year)s?( (of|from|after) .+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many units of time. None at all is "immediately", which sets no day."""

    number: int
    unit: Unit = "month"

    def end(self, start: date, calendar: Calendar) -> date | None:
        """The last day of the band, counted from `start`: three months from 30 November end on 28 February."""
        if not self.number:
            return None
        match self.unit:
            case "day":
                return start + timedelta(days=self.number)
            case "working day":
                return calendar.add_working_days(start, self.number)
            case "week":
                return start + timedelta(weeks=self.number)
            case "month":
                return _after_months(start, self.number)
            case "year":
                return _after_months(start, 12 * self.number)
            case _:
                assert_never(self.unit)


def parse_time_limit(text: str) -> TimeLimit | None:
    """The band that the words mean ("Within three months", "Immediately"); None when they name no length of time."""
    words = " ".join(text.replace("-", " ").split()).rstrip(".:;")
    if _AT_ONCE.fullmatch(words):
        return TimeLimit(0)
    found = _WITHIN.fullmatch(words)
    if found is None:
        return None
    typed = found["number"].lower()
    number = int(typed) if typed.isdigit() else _NUMBERS.get(typed, 0)
    unit = next(one for one in get_args(Unit) if one == found["unit"].lower())
    return TimeLimit(number, unit) if number else None


def _after_months(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


# ---- Deadlines ----

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
class MeetingFit:
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


def fit_meetings(
    inspection: Inspection, council: Council, meetings: Iterable[Meeting], as_of: date
) -> tuple[MeetingFit, ...]:
    """The meetings since the report came, by their days: whether each can take the answer, seen from `as_of`."""
    statement_by = next((one.day for one in inspection_deadlines(inspection, council) if one.key == "statement"), None)
    start = inspection.received or inspection.published
    later = sorted((one for one in meetings if one.date >= start), key=lambda one: (one.date, one.id))
    return tuple(_fit_meeting(meeting, council, statement_by, as_of) for meeting in later)


def _fit_meeting(meeting: Meeting, council: Council, statement_by: date | None, as_of: date) -> MeetingFit:
    if statement_by is not None and meeting.date > statement_by:
        days = (meeting.date - statement_by).days
        return MeetingFit(meeting, f"{days} day{'' if days == 1 else 's'} after the statement is due")
    if meeting.date < as_of:
        return MeetingFit(meeting, "it is over")
    if not follows_english_law(council):
        return MeetingFit(meeting, "")
    dispatch = last_day(meeting, council, "agenda")
    if dispatch < as_of:
        return MeetingFit(meeting, f"its agenda was to be published by {dispatch}; after that only as a late item")
    notice = last_day(meeting, council, "notice")
    if takes_key_decisions(meeting) and notice < as_of:
        remark = f"a key decision needed a notice by {notice}; without one, only by exception or urgency"
        return MeetingFit(meeting, "", remark)
    return MeetingFit(meeting, "")


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
        day = calendar_of(council).subtract_working_days(notice, number)
        yield _own("forward-plan", day, "send the entry for the forward plan", number, "the notice")


def _clear(meeting: Meeting, council: Council, announced: Announced) -> str:
    number, kind = clear_days(council, announced)
    return f"{number} clear {kind} before {meeting.date} (timetable: {announced})"


def _own_deadlines(meeting: Meeting, council: Council) -> Iterator[Deadline]:
    settings, calendar = council.timetable, calendar_of(council)
    if settings.submission is not None:
        submission = calendar.subtract_working_days(meeting.date, settings.submission)
        yield _own("submission", submission, "submit the final report", settings.submission, "the meeting")
        if settings.clearance is not None:
            clearance = calendar.subtract_working_days(submission, settings.clearance)
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
