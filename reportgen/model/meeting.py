"""Who meets, when, and what is on the agenda; and the council they meet for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import InitErrorDetails

from reportgen.model.base import Day, Id, Record, Text, mistake, refuse, repeated, sentence


class MeetingItem(Record):
    """A line of the agenda, with or without a report."""

    number: Text
    """As printed: "7(e)"."""
    report: Id | None = None
    title: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.report is None and self.title is None:
            hint = "give report: with its id, or title: for an item without a report"
            raise sentence(f"item {self.number} has neither a report nor a title", hint)
        return self


class Meeting(Record):
    """A meeting of one of the council's bodies."""

    id: Id
    body: Text
    """"Cabinet"."""
    date: Day
    time: Text | None = None
    place: Text | None = None
    published: Day | None = None
    items: tuple[MeetingItem, ...] = ()

    template_names: ClassVar[frozenset[str]] = frozenset({"item_for"})

    def item_for(self, report: str) -> MeetingItem | None:
        """The agenda item that brings the report with this id."""
        return next((item for item in self.items if item.report == report), None)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse(
            [
                *repeated("items have the number", "items", "number", self.items),
                *repeated("items bring the report", "items", "report", self.items),
                *self._dates_out_of_order(),
            ]
        )
        return self

    def _dates_out_of_order(self) -> Iterator[InitErrorDetails]:
        if self.published and self.published > self.date:
            yield mistake(f"the agenda was published after the meeting of {self.date}", "check both dates", "published")


class Council(Record):
    """Who the council is, and how its papers look."""

    id: Id
    name: Text
    short_name: Text
    """As used in a sentence: without "Council"."""
    house: Id
    """The house style of its papers: a folder under templates/."""
    nation: Literal["england", "wales", "scotland", "northern ireland"] = "england"
    """Whose bank holidays count."""
    website: Text | None = None
    address: Text | None = None
