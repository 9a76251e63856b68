"""Working days and clear days, by the bank holidays of a nation.

A working day is no Saturday, Sunday, Christmas Day, Good Friday or bank holiday (for the statement of action: SI
2007/462 reg 1(2)). The library has the bank holidays of the Act of 1971 and those already proclaimed; a council adds
what is proclaimed later under `bank_holidays`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Literal, assert_never, get_args

from reportgen.model.meeting import Council, DayKind, Nation

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

    def take_working_days(self, end: date, number: int) -> date:
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
        return day if self.is_working_day(day) else self.take_working_days(day, 1)


def calendar_of(council: Council) -> Calendar:
    """The calendar that a council lives by."""
    return Calendar(council.nation, frozenset(council.bank_holidays))


_KNOWN: dict[tuple[str, int], frozenset[int]] = {}
"""The bank holidays (`date.toordinal`) of each nation and year that was asked for."""


def known_bank_holidays() -> Mapping[tuple[str, int], frozenset[int]]:
    """What was looked up, for another run with the same library, which gives it to `take_bank_holidays`."""
    return dict(_KNOWN)


def take_bank_holidays(kept: Mapping[tuple[str, int], frozenset[int]]) -> None:
    """Spares the import of the library, which loads the calendars of all countries."""
    _KNOWN.update(kept)


def _is_bank_holiday(day: date, nation: Nation) -> bool:
    wanted = (nation, day.year)
    if wanted not in _KNOWN:
        _KNOWN[wanted] = _look_up(*wanted)
    return day.toordinal() in _KNOWN[wanted]


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
class Band:
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


def read_band(text: str) -> Band | None:
    """The band that the words mean ("Within three months", "Immediately"); None when they name no length of time."""
    words = " ".join(text.replace("-", " ").split()).rstrip(".:;")
    if _AT_ONCE.fullmatch(words):
        return Band(0)
    found = _WITHIN.fullmatch(words)
    if found is None:
        return None
    typed = found["number"].lower()
    number = int(typed) if typed.isdigit() else _NUMBERS.get(typed, 0)
    unit = next(one for one in get_args(Unit) if one == found["unit"].lower())
    return Band(number, unit) if number else None


def _after_months(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
