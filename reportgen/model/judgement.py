"""A judgement, and the framework that its grade is one of: shared by an inspection and the one before it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ValidationInfo, WithJsonSchema, model_validator
from pydantic.functional_validators import BeforeValidator

from reportgen.diagnostics import nearest
from reportgen.model.base import Record, Text, YesNo, mistake, read_text, refuse, sentence
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
    key: YesNo = False
    """One of the summary judgements (overall effectiveness, capacity for improvement)."""

    @model_validator(mode="after")
    def _graded_or_not(self) -> Self:
        hint = "give the grade as published, or not_graded: with the reason"
        if self.grade is None and self.not_graded is None:
            refuse([mistake(f"'{self.area}' has no grade", hint, "grade")])
        if self.grade is not None and self.not_graded is not None:
            refuse([mistake(f"'{self.area}' has both a grade and not_graded", hint, "not_graded")])
        return self


def _find_framework(value: object, info: ValidationInfo) -> Framework:
    if isinstance(value, Framework):
        return value
    known: dict[str, Framework] = (info.context or {}).get("frameworks", {})
    name = read_text(value)
    if name not in known:
        raise sentence(f"there is no framework '{name}'", nearest(name, known))
    return known[name]


NamedFramework = Annotated[Framework, BeforeValidator(_find_framework), WithJsonSchema({"type": "string"})]
"""Typed as the framework's id."""
OVERALL = "Overall effectiveness"
"""The area of an overall grade that stands apart from the table; where it stands in the table it is called so, too."""


def all_rows(judgements: tuple[Judgement, ...], overall: str | None) -> tuple[Judgement, ...]:
    """The judgements, and at the end an overall grade that stands apart from them."""
    return (*judgements, Judgement(area=OVERALL, grade=overall, key=True)) if overall else judgements
