"""The inspection before: what it is compared by, whether it is typed here or read from a file of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ValidationInfo
from pydantic.functional_validators import BeforeValidator

from reportgen.model.base import Day, Id, Record, Text, read_id
from reportgen.model.judgement import Judgement, NamedFramework, all_rows


class EarlierInspection(Record):
    """An earlier inspection of the same services, as far as a paper looks back at it."""

    title: Text
    framework: NamedFramework
    source: Text
    """The published report that the grades were taken from."""
    start: Day
    published: Day | None = None
    overall: Text | None = None
    """The overall grade, where it is stated outside the table."""
    judgements: tuple[Judgement, ...] = ()
    """Under the names of areas that this inspection gives them, so that the two can be set side by side."""

    template_names: ClassVar[frozenset[str]] = frozenset({"rows", "key_rows", "scale", "rank"})

    @property
    def rows(self) -> tuple[Judgement, ...]:
        """The judgements, an overall grade that stands apart among them."""
        return all_rows(self.judgements, self.overall)

    @property
    def key_rows(self) -> tuple[Judgement, ...]:
        """The summary judgements; all of them where none is one."""
        return tuple(row for row in self.rows if row.key) or self.rows

    @property
    def scale(self) -> tuple[str, ...]:
        """The names of its framework's grades, best first."""
        return tuple(grade.name for grade in self.framework.grades)

    def rank(self, judgement: Judgement) -> int:
        """The place of the judgement's grade on the scale, 1 for the best; 0 without a grade."""
        return self.framework.rank(judgement.grade or "")

    def like(self, judgement: Judgement) -> Judgement | None:
        """The judgement of the same area, in the same group if areas stand in groups."""
        area = judgement.area.casefold()
        found = [row for row in self.rows if row.area.casefold() == area and row.group == judgement.group]
        return found[0] if found else None


def _read_previous(value: object, info: ValidationInfo) -> object:
    """A mapping is an inspection's summary, anything else the id of one that has a file."""
    if value is None or isinstance(value, EarlierInspection):
        return value
    if isinstance(value, dict):
        return EarlierInspection.model_validate(value, context=info.context)
    return read_id(value)


Previous = Annotated[Id | EarlierInspection | None, BeforeValidator(_read_previous)]
"""The id of an inspection of the council's, or a summary; the reader puts the summary in the place of the id."""
