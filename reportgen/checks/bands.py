"""The time that an inspectorate gives for a finding: its words → the day by which it is to be met."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "working day", "week", "month", "year"]

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30}
_AT_ONCE = re.compile(r"(with )?immediate(ly)?( effect)?|at once|without delay|straight ?away", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:(?:to be (?:met|completed) )?(?:with)?in|by the end of|not later than|no later than)?\s*"
    r"(?P<number>\d{1,3}|[a-z]+) (?P<unit>(?:working |calendar )?days?|weeks?|months?|years?)"
    r"(?: (?:of|from|after) (?:the )?(?:publication|inspection|this) ?(?:of (?:this|the) report|report)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """So many units of time; none at all is "immediately"."""

    number: int
    unit: Unit = "month"

    def end(self, start: date) -> date:
        """The last day of the band that is counted from `start`: three months from 30 November end on 28 February.

        Working days are counted without Saturdays and Sundays only, to the council's benefit: at most a few days late.
        """
        match self.unit:
            case "day":
                return start + timedelta(days=self.number)
            case "working day":
                return _after_weekdays(start, self.number)
            case "week":
                return start + timedelta(weeks=self.number)
            case "month":
                return _after_months(start, self.number)
            case "year":
                return _after_months(start, 12 * self.number)


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
    return Band(number, _unit(found["unit"].lower())) if number else None


def _unit(word: str) -> Unit:
    match word.removesuffix("s"):
        case "working day":
            return "working day"
        case "week":
            return "week"
        case "month":
            return "month"
        case "year":
            return "year"
        case _:
            return "day"


def _after_months(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _after_weekdays(start: date, number: int) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
