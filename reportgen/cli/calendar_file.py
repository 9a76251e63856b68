"""Deadlines → a calendar file (iCalendar, RFC 5545) that Outlook and others take in.

The same deadlines give the same bytes: a UID follows from what the deadline is of, and DTSTAMP, which RFC 5545 section
3.8.7.2 takes for the moment of making, from the first day of the event that they were counted from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event

from reportgen.checks.clock import Deadline

_PRODUCT = "-//reportgen//clock//EN"


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


def write_calendar(dated: Iterable[Dated]) -> bytes:
    """The calendar file; each deadline is an event of a whole day that leaves its day free.

    Without an end an event that starts on a date lasts that day (RFC 5545 section 3.6.1).
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for one in dated:
        for deadline in one.deadlines:
            calendar.add_component(_event(one, deadline))
    return bytes(calendar.to_ical())


def _event(of: Dated, deadline: Deadline) -> Event:
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
