"""A judgement, the framework that its grade is one of, and the inspection before, for comparing judgements with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import ValidationInfo, WithJsonSchema
from pydantic.functional_validators import BeforeValidator
from pydantic_core import InitErrorDetails

from reportgen.diagnostics import nearest
from reportgen.model.base import Boolean, Date, Id, Record, Text, field_error, plain_error, read_id, read_text
from reportgen.model.framework import Framework


class Judgement(Record):
    """One row of the inspectorate's table: an area and its grade."""

    area: Text
    grade: Text | None = None
    """The canonical name from the framework."""
    as_printed: Text | None = None
    """The official wording, where it differs from the canonical one."""
    not_graded: Text | None = None
    """Why a row has no grade, as the table prints it."""
    group: Text | None = None
    """The table that the row stands in, where there are several."""
    heading: Text | None = None
    """The row heading that it stands under."""
    number: Text | None = None
    key: Boolean = False
    """One of the summary judgements (overall effectiveness, capacity for improvement)."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that there is either a grade or a reason for none."""
        hint = "give the grade as published, or not_graded: with the reason"
        if self.grade is None and self.not_graded is None:
            yield field_error(f"'{self.area}' has no grade", hint, "grade")
        if self.grade is not None and self.not_graded is not None:
            yield field_error(f"'{self.area}' has both a grade and not_graded", hint, "not_graded")


def _find_framework(value: object, info: ValidationInfo) -> Framework:
    if isinstance(value, Framework):
        return value
    known: dict[str, Framework] = (info.context or {}).get("frameworks", {})
    name = read_text(value)
    if name not in known:
        raise plain_error(f"there is no framework '{name}'", nearest(name, known))
    return known[name]


NamedFramework = Annotated[Framework, BeforeValidator(_find_framework), WithJsonSchema({"type": "string"})]
"""Typed as the framework's id."""
OVERALL = "Overall effectiveness"
"""The area of an overall grade that stands apart from the table; where it stands in the table it is called so, too."""


def all_rows(judgements: tuple[Judgement, ...], overall: str | None) -> tuple[Judgement, ...]:
    """Return the judgements, followed by an overall grade stated outside the table."""
    return (*judgements, Judgement(area=OVERALL, grade=overall, key=True)) if overall else judgements


class EarlierInspection(Record):
    """An earlier inspection of the same services, as far as a paper looks back at it."""

    title: Text
    framework: NamedFramework
    source: Text
    """The published report that the grades were taken from."""
    start: Date
    published: Date | None = None
    overall: Text | None = None
    """The overall grade, where it is stated outside the table."""
    judgements: tuple[Judgement, ...] = ()
    """Under the names of areas that this inspection gives them, so that the two can be set side by side."""

    template_names: ClassVar[frozenset[str]] = frozenset({"rows", "key_rows", "scale", "rank"})

    @property
    def rows(self) -> tuple[Judgement, ...]:
        """Return the judgements, including an overall grade stated outside the table."""
        return all_rows(self.judgements, self.overall)

    @property
    def key_rows(self) -> tuple[Judgement, ...]:
        """Return the summary judgements, or all if there are none."""
        return tuple(row for row in self.rows if row.key) or self.rows

    @property
    def scale(self) -> tuple[str, ...]:
        """Return the names of its framework's grades, best first."""
        return tuple(grade.name for grade in self.framework.grades)

    def rank(self, judgement: Judgement) -> int:
        """Return the place of the judgement's grade on the scale: 1 for the best, 0 without a grade."""
        return self.framework.rank(judgement.grade or "")

    def like(self, judgement: Judgement) -> Judgement | None:
        """Return the judgement of the same area and group, or None."""
        area = judgement.area.casefold()
        found = [row for row in self.rows if row.area.casefold() == area and row.group == judgement.group]
        return found[0] if found else None


def _read_previous(value: object, info: ValidationInfo) -> object:
    """Read a mapping as an inspection's summary, anything else as the id of an inspection with a file."""
    if value is None or isinstance(value, EarlierInspection):
        return value
    if isinstance(value, dict):
        return EarlierInspection.model_validate(value, context=info.context)
    return read_id(value)


Previous = Annotated[Id | EarlierInspection | None, BeforeValidator(_read_previous)]
"""The id of an inspection of the council's, or a summary; the reader puts the summary in the place of the id."""
