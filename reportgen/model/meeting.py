"""Meetings and their agendas, and the council whose meetings they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic_core import InitErrorDetails

from reportgen.model.base import Boolean, Date, Id, Integer, Person, Record, Text, field_error, repeated, text_as
from reportgen.model.marking import Exempt


class LateItem(Record):
    """Why an item comes though its report was not public in time (Local Government Act 1972 s.100B(4)(b))."""

    reason: Text | None = None
    """The special circumstances; the minutes specify them."""
    chair_consulted: Boolean = False
    """Whether the chair is of the opinion that the item should be considered as a matter of urgency."""


class Member(Record):
    """Somebody who sits on the body, or takes the place of one who does."""

    name: Text
    """As the agenda prints it: "Councillor Jo Bold"."""
    role: Literal["chair", "vice-chair"] | None = None
    seat: Text | None = None
    """What the agenda says beside the name: a ward, a group, a portfolio, the body that is represented."""


class MeetingItem(Record):
    """A line of the agenda, with or without a report."""

    number: Text
    """As printed: "7(e)"."""
    report: Id | None = None
    title: Text | None = None
    """For an item without a report. Of one with a report: printed in place of the report's own title."""
    to_follow: Boolean = False
    """Whether the report is not there yet, and the agenda says so."""
    note: Text | None = None
    """What the agenda says below the title: "Minutes of 11 June attached"."""
    exempt: Exempt | None = None
    """For an item without a report that is not for the public; a report says so itself."""
    published: Date | None = None
    """When its report was published, where that was later than the agenda."""
    late: LateItem | None = None
    """For an item whose report was published later than five clear days before the meeting."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that the item has a report or a title."""
        if self.report is None and self.title is None:
            hint = "give report: with its id, or title: for an item without a report"
            yield field_error(f"item {self.number} has neither a report nor a title", hint)


class Meeting(Record):
    """A meeting of one of the council's bodies."""

    id: Id
    body: Text
    """"Cabinet"."""
    date: Date
    time: Text | None = None
    place: Text | None = None
    published: Date | None = None
    """When the agenda and its reports were published."""
    short_notice: Text | None = None
    """Why the meeting was called so late that five clear days were not left (Local Government Act 1972 s.100B(3))."""
    executive: Boolean | None = None
    """Whether the body is the council's executive or a part of it. Not given: whether its name says so
    ("Cabinet", "Executive")."""
    members: tuple[Annotated[Member, text_as("name")], ...] = ()
    substitutes: tuple[Annotated[Member, text_as("name")], ...] = ()
    quorum: Integer | None = None
    """How many members must be there."""
    contact: Person | None = None
    """Who answers questions about the agenda: an officer of democratic services."""
    notices: tuple[Id, ...] = ()
    """Which of the house's notices the agenda prints, by name: what is said of access, recording, interests."""
    items: tuple[MeetingItem, ...] = ()

    template_names: ClassVar[frozenset[str]] = frozenset({"item_for", "is_executive"})

    def item_for(self, report: str) -> MeetingItem | None:
        """Return the agenda item of the report with this id, or None."""
        return next((item for item in self.items if item.report == report), None)

    @property
    def is_executive(self) -> bool:
        """Return whether the body makes executive decisions, so that SI 2012/2089 applies and decisions can be key."""
        if self.executive is not None:
            return self.executive
        words = set(re.findall(r"[a-z]+", self.body.casefold()))
        return bool(words & {"cabinet", "executive"}) and not words & {"scrutiny", "advisory", "panel"}

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check items, members and dates against each other."""
        yield from repeated("items have the number", "items", "number", self.items)
        yield from repeated("items bring the report", "items", "report", self.items)
        yield from repeated("members have the name", "members", "name", self.members)
        yield from repeated("substitutes have the name", "substitutes", "name", self.substitutes)
        yield from self._members_out_of_place()
        for number, item in enumerate(self.items):
            if item.exempt is not None and item.report is not None:
                message = f"item {item.number} brings a report, which itself says whether it is exempt"
                yield field_error(message, f"move exempt: to reports/{item.report}.yaml", "items", number, "exempt")
        yield from self._dates_out_of_order()

    def _members_out_of_place(self) -> Iterator[InitErrorDetails]:
        chairs = [number for number, one in enumerate(self.members) if one.role == "chair"]
        for number in chairs[1:]:
            hint = "keep one of them; the other may be the vice-chair"
            yield field_error("a second member is the chair", hint, "members", number, "role")
        names = {one.name for one in self.members}
        for number, one in enumerate(self.substitutes):
            if one.name in names:
                message = f"'{one.name}' is a member, so no substitute"
                yield field_error(message, "delete one of the two", "substitutes", number, "name")
        if self.quorum is not None and not 1 <= self.quorum <= (len(self.members) or self.quorum):
            expected = f"1 to {len(self.members)}, the number of members," if self.members else "1 or more"
            message = f"a quorum of {self.quorum} was found; {expected} was expected"
            yield field_error(message, "check the number and the list of members", "quorum")
        for number, name in enumerate(self.notices):
            if name in self.notices[:number]:
                yield field_error(f"the notice '{name}' is named twice", "delete one of the two", "notices", number)

    def _dates_out_of_order(self) -> Iterator[InitErrorDetails]:
        if self.published and self.published > self.date:
            yield field_error(
                f"the agenda was published after the meeting of {self.date}", "check both dates", "published"
            )
        for number, item in enumerate(self.items):
            if item.published and item.published > self.date:
                message = f"the report of item {item.number} was published after the meeting of {self.date}"
                yield field_error(message, "check both dates", "items", number, "published")


Nation = Literal["england", "wales", "scotland", "northern ireland"]
DayKind = Literal["working days", "calendar days"]
"""How clear days are counted: all days, or only those that are no Saturday, Sunday or holiday."""


class Thresholds(Record):
    """When a decision is key (SI 2012/2089 reg 8(1)): what the council has settled."""

    amount: Integer | None = None
    """In pounds: spending or saving from which a decision is significant."""
    wards: Integer = 2
    """The number of wards from which an effect on communities makes it key; two in the regulation."""


class Timetable(Record):
    """How the council counts the days before a meeting, and what it wants beforehand.

    The law says "clear days" and not which: that the agenda's are working days and a notice's are calendar days is
    common practice, to be checked with the monitoring officer. Days of the council's own are working days.
    """

    agenda: Integer = 5
    """Clear days before the meeting by which agenda and reports are published (Local Government Act 1972 s.100B(3);
    SI 2012/2089 reg 7)."""
    agenda_counted_in: DayKind = "working days"
    notice: Integer = 28
    """Clear days before the meeting by which a key decision or a private meeting is announced (SI 2012/2089 regs 5
    and 9)."""
    notice_counted_in: DayKind = "calendar days"
    submission: Integer | None = None
    """Working days before the meeting by which democratic services want the final report."""
    clearance: Integer | None = None
    """Working days before the final report by which finance, legal and others have the draft."""
    forward_plan: Integer | None = None
    """Working days before a notice by which democratic services want the entry for the forward plan."""
    call_in: Integer | None = None
    """Working days after the meeting within which members may call a decision in, as the constitution has it."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that numbers of days are plausible."""
        for name, days in self:
            if isinstance(days, int) and not 1 <= days <= _MOST_DAYS:
                message = f"{days} days are counted for {name}; 1 to {_MOST_DAYS} were expected"
                yield field_error(message, "check the number", name)


_MOST_DAYS = 200
"""Of a timetable's: more is a slip, and would lead out of the calendar."""


class Council(Record):
    """Who the council is, and how its papers look."""

    id: Id
    name: Text
    short_name: Text
    """As used in a sentence: without "Council"."""
    house: Id
    """The house style of its papers: a folder under templates/."""
    nation: Nation = "england"
    """Whose bank holidays count."""
    bank_holidays: tuple[Date, ...] = ()
    """Proclaimed since reportgen's list of bank holidays was made (Banking and Financial Dealings Act 1971 s.1(3))."""
    thresholds: Thresholds = Field(default_factory=Thresholds)
    timetable: Timetable = Field(default_factory=Timetable)
    website: Text | None = None
    address: Text | None = None
