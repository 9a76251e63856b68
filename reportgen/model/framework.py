"""Inspection frameworks: the names of judgements and grades, and when they were in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic_core import InitErrorDetails

from reportgen.model.base import Boolean, Date, Id, Integer, Record, Text, field_error, repeated, text_as

FindingKind = Literal["area for improvement", "recommendation", "priority action", "cause of concern"]
"""What an inspectorate asks for, as `Finding.kind` has it."""


class Grade(Record):
    """A step on the framework's scale."""

    name: Text
    number: Integer | None = None
    """As the inspectorate numbers it ("Grade 2"), where it does."""
    meaning: Text | None = None
    aliases: tuple[Text, ...] = ()
    """Other forms in official print; `as_printed` keeps them beside the canonical name."""
    percent: Integer | None = None
    """Where the overall grade follows from a percentage: the lowest whole one that earns this grade."""


class FrameworkJudgement(Record):
    """A row of the framework's table."""

    name: Text
    number: Text | None = None
    """As the inspectorate numbers it: "2.1"."""
    heading: Text | None = None
    """The row heading that it stands under; one of the table's."""
    key: Boolean = False
    """One of the summary judgements (overall effectiveness, capacity for improvement)."""


FrameworkRow = Annotated[FrameworkJudgement, text_as("name")]


class FrameworkTable(Record):
    """Rows as they stand in one table."""

    headings: tuple[Text, ...] = ()
    """Row headings that divide the table, from the top."""
    judgements: tuple[FrameworkRow, ...] = ()

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that names differ and that every heading is one of the table's."""
        yield from repeated("judgements have the name", "judgements", "name", self.judgements)
        for place, row in enumerate(self.judgements):
            if row.heading is not None and row.heading not in self.headings:
                hint = "write one of the table's headings, or add it to them"
                yield field_error(
                    f"'{row.heading}' is not a heading of this table", hint, "judgements", place, "heading"
                )


class FrameworkGroup(FrameworkTable):
    """Judgements that the framework keeps in a table of their own; a part that is not graded has none."""

    name: Text
    short: Text | None = None
    """As used in the middle of a sentence or a heading: "safeguarding"."""
    first_form: FrameworkTable | None = None
    """The table as it was when the framework was new, where its rows changed while it was in force."""


class Score(Record):
    """A step on the scale by which single judgements are scored."""

    number: Integer
    meaning: Text


class FrameworkOutcome(Record):
    """What an inspection that gives no grades concludes, in the inspectorate's words."""

    text: Text
    number: Integer | None = None
    follow_up: Text | None = None
    """What the inspectorate does next."""
    revisit: Boolean = False
    """Whether it is the outcome of a revisit rather than of the inspection itself."""


class StatementDuty(Record):
    """What the council that was inspected must publish, in working days after it received the report."""

    report_within: Integer
    """For the inspectorate's report."""
    statement_within: Integer
    """For the council's written statement of the action that it will take."""
    source: Text
    """The Act and the regulations."""


class Framework(Record):
    """An inspection framework as data. Choose it by the day on which the inspection started."""

    id: Id
    name: Text
    inspectorate: Text
    source: Text
    """Where these names were found."""
    in_force_from: Date
    in_force_to: Date | None = None
    follows: tuple[Id, ...] = ()
    """The ids of the frameworks of the same inspectorate that it took the place of."""
    overlap: Text | None = None
    """Where it and one that it follows were in force at the same time: how to tell which was used."""
    grades: tuple[Annotated[Grade, text_as("name")], ...] = ()
    """Best first. Empty where the framework gives no grades."""
    overall: Literal["row", "apart", "percent", "none"] | None = None
    """Where the overall grade stands: in a row of the table, apart from it, or apart with a percentage."""
    scores: tuple[Score, ...] = ()
    """Worst first, where judgements are scored and the grade follows from the sum."""
    groups: tuple[FrameworkGroup, ...] = ()
    judgements: tuple[FrameworkRow, ...] = Field(default=())
    """For a framework without groups."""
    outcomes: tuple[Annotated[FrameworkOutcome, text_as("text")], ...] = ()
    """For a framework that gives outcomes in words rather than grades."""
    finding_kinds: tuple[FindingKind, ...] = ()
    """What its reports ask for. Empty where that has no fixed form."""
    time_bands: tuple[Text, ...] = ()
    """Within what time findings are to be met, soonest first: "Within three months"."""
    statement: StatementDuty | None = None
    """Where the law gives the council time limits to answer an inspection under it."""

    same_scale_as: tuple[Id, ...] = ()
    """The ids of earlier frameworks whose grades stand on this one's scale: the same steps, of the same meaning."""

    template_names: ClassVar[frozenset[str]] = frozenset({"rank", "short_name"})

    def in_force_on(self, day: date) -> bool:
        """Return whether it applies to inspections that start on this day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def shares_scale_of(self, earlier: Framework) -> bool:
        """Return whether grades of the earlier framework can be compared with those of this one."""
        return earlier.id == self.id or earlier.id in self.same_scale_as

    def rank(self, grade: str) -> int:
        """Return the place of a grade on the scale: 1 for the best, 0 for one that is not on it."""
        for place, step in enumerate(self.grades, start=1):
            if grade == step.name:
                return place
        return 0

    def short_name(self, group: str | None) -> str:
        """Return the name of a group as it stands in a heading: the framework's short one, else its own."""
        return next((known.short for known in self.groups if known.name == group and known.short), group) or ""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check names, dates, groups and percentages."""
        yield from repeated("grades have the name", "grades", "name", self.grades)
        yield from repeated("judgements have the name", "judgements", "name", self.judgements)
        yield from repeated("groups have the name", "groups", "name", self.groups)
        yield from repeated("outcomes have the number", "outcomes", "number", self.outcomes)
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            yield field_error("the framework ends before it begins", "check the two dates", "in_force_to")
        if self.overlap is not None and not self.follows:
            yield field_error(
                "an overlap is explained, but with nothing", "give follows: with the earlier one", "overlap"
            )
        if self.groups and self.judgements:
            yield field_error(
                "there are both groups and judgements", "put the judgements into the groups", "judgements"
            )
        percents = [grade.percent for grade in self.grades if grade.percent is not None]
        if percents and (self.overall != "percent" or len(percents) < len(self.grades)):
            hint = "give overall: percent, and every grade its percent:"
            yield field_error("percentages stand at a part of the grades, or have no use", hint, "grades")
        elif any(better <= worse for better, worse in pairwise(percents)):
            yield field_error("the percentages do not fall from grade to grade", "the best grade comes first", "grades")
