"""An inspection framework: the names of judgements and grades, and when it was in force."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from reportgen.model.base import Day, Id, Record, Text, Whole, text_as


class Grade(Record):
    """A step on the framework's scale."""

    name: Text
    number: Whole | None = None
    """As the inspectorate numbers it ("Grade 2"), where it does."""
    meaning: Text | None = None
    aliases: tuple[Text, ...] = ()
    """Other forms in official print; `as_printed` keeps them beside the canonical name."""


class FrameworkGroup(Record):
    """Judgements that the framework keeps in a table of their own."""

    name: Text
    short: Text | None = None
    """As used in the middle of a sentence or a heading: "safeguarding"."""
    judgements: tuple[Text, ...] = ()
    headings: tuple[Text, ...] = ()
    """Row headings that divide the table."""


class Framework(Record):
    """An inspection framework as data. Choose it by the day on which the inspection started."""

    id: Id
    name: Text
    inspectorate: Text
    source: Text
    """Where these names were found."""
    in_force_from: Day
    in_force_to: Day | None = None
    grades: tuple[Annotated[Grade, text_as("name")], ...] = ()
    """Best first. Empty where the framework gives no grades."""
    groups: tuple[FrameworkGroup, ...] = ()
    judgements: tuple[Text, ...] = Field(default=())
    """For a framework without groups."""

    template_names: ClassVar[frozenset[str]] = frozenset({"rank"})

    def in_force_on(self, day: date) -> bool:
        """Whether inspections that start on this day use it."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def rank(self, grade: str) -> int:
        """The place of a grade on the scale, 1 for the best; 0 when the scale does not have it."""
        for place, step in enumerate(self.grades, start=1):
            if grade == step.name:
                return place
        return 0
