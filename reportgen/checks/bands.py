"""The time that an inspectorate gives for a finding: its words → the day by which it is to be met."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, assert_never, get_args

from reportgen.checks.calendar import Calendar

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
    number = int(typed) if typed.isdigit() else _NUMBERS.get(typed)
    unit = next(one for one in get_args(Unit) if one == found["unit"].lower())
    return Band(number, unit) if number else None


def _after_months(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
