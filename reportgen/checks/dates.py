"""Rules on days that were typed in sentences: days that never were, and another than the inspection's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reportgen.checks.passages import Sentence, prose_of, texts_of
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.checks.tally import Tally
from reportgen.checks.wording import MONTH
from reportgen.diagnostics import Severity
from reportgen.model.inspection import Inspection

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEAP_YEAR = 2024
"""Stands for the year of a day without one: 29 February may be meant."""
_LARGEST = 39
"""Without a year, a larger number before a month counts something else."""
_DAY = re.compile(
    rf"(?<![\w./£])(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+"
    rf"(?:of\s+)?(?P<month>{MONTH})(?![\w’'-])(?:,?\s+(?P<year>(?:19|20)\d\d)(?![\w/-]))?"
)
NEAR = 7
"""Days from the inspection's publication within which "the report" can only be the inspectorate's."""


def spoken(day: date) -> str:
    """A day as a message says it where its weekday matters: "Friday 30 October 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {day:%B} {day.year}"


# ---- Days that never were ----


def check_days(checked: Checked) -> Iterator[Found]:
    """Days that no calendar has, and days of the week on which a day did not fall."""
    for passage in texts_of(checked.paper):
        for match in _DAY.finditer(passage.text):
            message = _wrong_with(match)
            if message:
                hint = "look the day up in a calendar, and correct what is wrong"
                yield Found(passage.at(match.start()), message, hint)


def _wrong_with(match: re.Match[str]) -> str:
    """What is wrong with a day as typed; nothing where it can be right."""
    said, number = " ".join(match.group().split()).rstrip("."), int(match["day"])
    month = _month(match)
    year = int(match["year"]) if match["year"] else _LEAP_YEAR
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        in_year = f" {year}" if match["year"] else ""
        counted = not match["year"] and number > _LARGEST
        return "" if counted else f"'{said}' is no day: {date(year, month, 1):%B}{in_year} has {last} days"
    right = _WEEKDAYS[date(year, month, number).weekday()]
    if match["year"] and match["weekday"] not in (None, right):
        return f"'{said}' was found; that day is a {right}"
    return ""


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].casefold()) + 1


# ---- The day of publication ----

_ANOTHER_REPORT = re.compile(
    r"\b(?:reviews?|audits?|ombudsman|peer|auditors?|scrutiny|annual|consultants?)\b", re.IGNORECASE
)


def check_publication_day(checked: Checked) -> Iterator[Found]:
    """Sentences that give the inspectorate's report another day of publication than the inspection's file."""
    inspection = checked.paper.inspection
    if inspection is None:
        return
    meeting, item = checked.paper.meeting, checked.paper.item
    possible = {
        inspection.published,
        inspection.published_by_council,
        meeting.published if meeting else None,
        item.published if item else None,
    }
    form = _published_on(inspection)
    for passage in prose_of(checked.paper, "report"):
        for sentence in passage.sentences():
            match = form.search(sentence.text)
            day = _DAY.search(sentence.text, match.end()) if match else None
            if match is None or day is None or day.start() != match.end() or not day["year"] or _wrong_with(day):
                continue
            typed = date(int(day["year"]), _month(day), int(day["day"]))
            if typed not in possible and _is_of_inspection(sentence, match, typed, inspection):
                message = f"the report is said to be published on {typed}; the inspection has {inspection.published}"
                hint = "write {{ inspection.published|date }}, or correct published: in the inspection's file"
                yield Found(sentence.at(day.start()), message, hint)


def _published_on(inspection: Inspection) -> re.Pattern[str]:
    """ "Ofsted's report was published on", "the report was published on"."""
    name = re.escape(inspection.inspectorate)
    whose = rf"(?P<whose>(?:the\s+)?(?:{name}(?:['’]s)?|inspectors['’]|inspectorate['’]s|inspection))"
    return re.compile(
        rf"(?:{whose}\s+|^[\s*\"“]*the\s+)(?:report|letter)\s+was\s+(?:first\s+)?published\s+(?:by\s+{name}\s+)?on\s+",
        re.IGNORECASE,
    )


def _is_of_inspection(sentence: Sentence, match: re.Match[str], typed: date, inspection: Inspection) -> bool:
    """Whether the sentence can only mean the report on this inspection."""
    if not Tally(inspection).speaks_of_now(sentence.text):
        return False
    if match["whose"]:
        return typed >= inspection.end
    near = abs((typed - inspection.published).days) <= NEAR
    return near and not _ANOTHER_REPORT.search(sentence.passage.text)


DATE_RULES = (
    Rule(
        "RG323",
        Severity.WARNING,
        "A day that never was",
        "A day of the week on which the date did not fall ('Tuesday 9 November 2026' is a Monday), or a date that no "
        "calendar has ('31 September'). A day is mostly right in one of its parts, so that both are looked up.",
        "Slips in published papers",
        check_days,
    ),
    Rule(
        "RG324",
        Severity.WARNING,
        "The report was published on another day",
        "A sentence says that the inspectorate's report was published on another day than published: in the "
        "inspection's file. The day of publication by the council passes as well, and so do sentences that can mean "
        "another report. Time limits are counted from the file's day.",
        "SI 2007/462: time runs from the report",
        check_publication_day,
    ),
)
