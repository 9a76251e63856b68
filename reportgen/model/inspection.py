"""An inspection and its published report: judgements, findings and figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, WithJsonSchema
from pydantic.functional_validators import BeforeValidator
from pydantic_core import InitErrorDetails

from reportgen.diagnostics import nearest
from reportgen.model.base import (
    Boolean,
    Date,
    Id,
    Integer,
    Prose,
    Record,
    Text,
    field_error,
    plain_error,
    read_id,
    read_text,
    repeated,
    shown,
    text_as,
    unexpected,
)
from reportgen.model.framework import FindingKind, Framework, FrameworkOutcome
from reportgen.model.marking import Marked
from reportgen.model.plan import Action


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


class Finding(Marked):
    """What the inspectorate asks for: an area for improvement, recommendation, priority action or cause of concern."""

    id: Id
    text: Prose
    title: Text | None = None
    """A short name for tables."""
    kind: FindingKind = "area for improvement"
    group: Text | None = None
    within: Text | None = None
    """The inspectorate's time band: "Within three months"."""
    number: Text | None = None
    """As the inspectorate numbers it, where it does; else findings are numbered in their order."""
    source_ref: Text | None = None
    """Where it stands in the inspectorate's report: "paragraph 14"."""
    responsible: tuple[Text, ...] = ()


class Strength(Marked):
    """Something that the inspectorate praised."""

    text: Prose
    group: Text | None = None


class StatedCount(Record):
    """A count that the published report states in words; the tables are compared with it."""

    number: Integer
    of: Literal["judgements", "findings"] = "judgements"
    grade: Text | None = None
    """Only judgements with this grade; all graded ones otherwise."""
    group: Text | None = None
    where: Text | None = None
    """Where the report states it: "paragraph 3"."""


class TeamMember(Record):
    """Inspectors of one kind: four of Her Majesty's Inspectors."""

    number: Integer
    role: Text


def _read_figure(value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    digits = read_text(value).replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", digits):
        raise unexpected(shown(value), "a number", "write digits only, for example 44 or 0.91")
    return float(digits) if "." in digits else int(digits)


def _read_figure_name(value: object) -> str:
    name = read_text(value)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        meant = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_0123456789")
        hint = f"write {meant}" if meant else "for example case_files"
        raise unexpected(shown(name), "a name of letters, digits and '_'", hint)
    return name


Figure = Annotated[int | float, BeforeValidator(_read_figure), WithJsonSchema({"type": "number"})]
FigureName = Annotated[str, BeforeValidator(_read_figure_name)]
"""A name that expressions can use after a dot."""


class Inspection(Record):
    """An inspection and its published report, as facts."""

    id: Id
    title: Text
    subject: Text
    """What was inspected, as it reads after "inspection of": "safeguarding and looked after children"."""
    inspectorate: Text
    """As it is known: "Ofsted"."""
    inspectorate_name: Text | None = None
    """In full."""
    partners: tuple[Text, ...] = ()
    framework: NamedFramework
    source: Text
    """The published report that the facts were taken from."""
    source_text: Text | None = None
    """The published report as plain text: the name of a file beside this one. Quotations are compared with it."""
    start: Date
    end: Date
    received: Date | None = None
    """When the council received the report: the statutory clocks start here."""
    published: Date
    published_by_council: Date | None = None
    """When the council itself published the report (SI 2007/462 reg 2)."""
    statement_published: Date | None = None
    """When the council published its written statement of action (SI 2007/462 reg 3)."""
    team: tuple[TeamMember, ...] = ()
    figures: dict[FigureName, Figure] = Field(default_factory=dict)
    """Counts that sentences use: `{{ inspection.figures.case_files }}`."""
    stated: tuple[StatedCount, ...] = ()
    """Counts of judgements and findings that the published report states itself."""
    evidence: tuple[Prose, ...] = ()
    """What the inspectors looked at, an item each."""
    overall: Text | None = None
    """The overall grade, where it is stated outside the table."""
    outcome: Text | None = None
    """What it concludes, under a framework that gives outcomes and no grades: the number or the words."""
    judgements: tuple[Judgement, ...] = ()
    previous: Previous = None
    """The inspection of the same services before this one."""
    strengths: tuple[Annotated[Strength, text_as("text")], ...] = ()
    findings: tuple[Finding, ...] = ()

    template_names: ClassVar[frozenset[str]] = frozenset({
        "count", "share", "graded", "groups", "in_group", "grade", "finding", "key_judgements", "scale", "findings_in",
        "headed", "number_of", "rows", "earlier", "comparable", "before", "change", "count_before",
        "only_before", "conclusion", "twice_in_a_year", "judged_groups", "graded_groups", "counts", "counts_before",
        "answered_by",
    })  # fmt: skip

    @property
    def conclusion(self) -> FrameworkOutcome | None:
        """Return the framework's outcome that `outcome` names, or None."""
        return next((one for one in self.framework.outcomes if self.outcome in (one.text, str(one.number))), None)

    @property
    def graded(self) -> tuple[Judgement, ...]:
        """Return the judgements that have a grade."""
        return tuple(judgement for judgement in self.judgements if judgement.grade)

    @property
    def rows(self) -> tuple[Judgement, ...]:
        """Return the judgements, including an overall grade stated outside the table."""
        return all_rows(self.judgements, self.overall)

    @property
    def earlier(self) -> EarlierInspection | None:
        """Return the previous inspection, or None before the reader has resolved it."""
        return self.previous if isinstance(self.previous, EarlierInspection) else None

    @property
    def comparable(self) -> bool:
        """Return whether grades of the previous inspection are on the same scale."""
        return self.earlier is not None and self.framework.shares_scale_of(self.earlier.framework)

    def before(self, judgement: Judgement) -> Judgement | None:
        """Return the previous judgement of the same area; None if there was none, or on another scale."""
        return self.earlier.like(judgement) if self.earlier and self.comparable else None

    def change(self, judgement: Judgement) -> Literal["better", "same", "worse"] | None:
        """Return how the area's grade has changed since the previous inspection; None if either has no grade."""
        earlier = self.before(judgement)
        if self.earlier is None or earlier is None or earlier.grade is None or judgement.grade is None:
            return None
        steps = self.earlier.rank(earlier) - self.framework.rank(judgement.grade)
        return "better" if steps > 0 else "worse" if steps < 0 else "same"

    def count_before(self, grade: str, group: str | None = None) -> int:
        """Count the previous inspection's judgements with this grade; 0 if its scale was another."""
        self._require_grades([grade])
        self._require_group(group)
        if self.earlier is None or not self.comparable:
            return 0
        rank = self.framework.rank(grade)
        rows = [row for row in self.earlier.judgements if group in (None, row.group)]
        return sum(1 for row in rows if self.earlier.rank(row) == rank)

    def counts_before(self, group: str | None = None) -> tuple[tuple[str, int], ...]:
        """Count the judgements of the inspection before as `counts` does those of this one."""
        return tuple((grade, number) for grade in self.scale if (number := self.count_before(grade, group)))

    @property
    def twice_in_a_year(self) -> bool:
        """Return whether the previous inspection was in the same year, so that its year does not distinguish it."""
        return self.earlier is not None and self.earlier.start.year == self.start.year

    @property
    def only_before(self) -> tuple[Judgement, ...]:
        """Return the previous inspection's judgements of areas that this one does not judge."""
        now = {(row.area.casefold(), row.group) for row in self.rows}
        rows = self.earlier.rows if self.earlier else ()
        return tuple(row for row in rows if (row.area.casefold(), row.group) not in now)

    def as_earlier(self) -> EarlierInspection:
        """Return this inspection's summary for the one that follows it."""
        return EarlierInspection(**{name: getattr(self, name) for name in EarlierInspection.model_fields})

    @property
    def scale(self) -> tuple[str, ...]:
        """Return the names of the framework's grades, best first."""
        return tuple(grade.name for grade in self.framework.grades)

    @property
    def key_judgements(self) -> tuple[Judgement, ...]:
        """Return the summary judgements."""
        return tuple(judgement for judgement in self.judgements if judgement.key)

    @property
    def groups(self) -> tuple[str | None, ...]:
        """Return the groups of judgements, strengths and findings in order; None at the end for those without one."""
        members: list[Judgement | Strength | Finding] = [*self.judgements, *self.strengths, *self.findings]
        named = dict.fromkeys(member.group for member in members if member.group is not None)
        rest: tuple[None, ...] = (None,) if any(member.group is None for member in members) else ()
        return (*named, *rest)

    def count(self, *grades: str, group: str | None = None, key: bool = False) -> int:
        """Count judgements with any of the grades (all graded ones if none is named); only key ones with `key`."""
        self._require_grades(grades)
        self._require_group(group)
        return sum(
            1
            for one in self.graded
            if (not grades or one.grade in grades) and group in (None, one.group) and (one.key or not key)
        )

    def counts(self, group: str | None = None) -> tuple[tuple[str, int], ...]:
        """Count the judgements of a group, or all: each grade that was given, best first, with its number."""
        return tuple((grade, number) for grade in self.scale if (number := self.count(grade, group=group)))

    def share(self, *grades: str, group: str | None = None) -> float:
        """Return the fraction (0 to 1) of all graded judgements that have one of the grades.

        Raises:
            ValueError: if there are no graded judgements, or a name is unknown.
        """
        total = self.count(group=group)
        if not total:
            raise ValueError("there are no graded judgements to take a share of")
        return self.count(*grades, group=group) / total

    def judged_groups(self, groups: Iterable[str | None]) -> list[str | None]:
        """Return those of the groups that have judgements."""
        return [group for group in groups if any(one.group == group for one in self.judgements)]

    def graded_groups(self, groups: Iterable[str | None]) -> list[str | None]:
        """Return those of the groups that have grades."""
        return [group for group in groups if any(one.group == group for one in self.graded)]

    def in_group(self, group: str | None) -> tuple[Judgement, ...]:
        """Return the judgements of a group."""
        self._require_group(group)
        return tuple(judgement for judgement in self.judgements if judgement.group == group)

    def headed(self, group: str | None) -> tuple[tuple[str | None, tuple[Judgement, ...]], ...]:
        """Return the judgements of a group as pairs of a row heading, or None, and the judgements under it."""
        runs: list[tuple[str | None, list[Judgement]]] = []
        for judgement in self.in_group(group):
            if not runs or runs[-1][0] != judgement.heading:
                runs.append((judgement.heading, []))
            runs[-1][1].append(judgement)
        return tuple((heading, tuple(members)) for heading, members in runs)

    def findings_in(self, group: str | None) -> tuple[Finding, ...]:
        """Return the findings of a group."""
        self._require_group(group)
        return tuple(finding for finding in self.findings if finding.group == group)

    def grade(self, area: str, group: str | None = None) -> str:
        """Return the grade of the named area.

        Raises:
            ValueError: if the area is unknown, ambiguous or ungraded.
        """
        self._require_group(group)
        named = [one for one in self.judgements if one.area == area]
        found = [one for one in named if group in (None, one.group)]
        if not named:
            areas = dict.fromkeys(one.area for one in self.graded)
            raise ValueError(f"no judgement is called '{area}'; {nearest(area, areas)}")
        if not found:
            groups = " or ".join(f"'{one.group}'" for one in named)
            raise ValueError(f"the group '{group}' has no judgement '{area}'; it stands in {groups}")
        if len(found) > 1:
            groups = " or ".join(f"'{one.group}'" for one in found)
            raise ValueError(f"more than one judgement is called '{area}'; say in which group: {groups}")
        grade = found[0].grade
        if grade is None:
            raise ValueError(f"the judgement '{area}' has no grade; name another one")
        return grade

    def finding(self, identifier: str) -> Finding:
        """Return the finding with this id.

        Raises:
            ValueError: if there is none.
        """
        for finding in self.findings:
            if finding.id == identifier:
                return finding
        hint = nearest(identifier, [one.id for one in self.findings])
        raise ValueError(f"there is no finding '{identifier}'; {hint}")

    def answered_by(self, action: Action) -> tuple[Finding, ...]:
        """Return the findings that an action answers, in the inspectorate's order."""
        return tuple(finding for finding in self.findings if finding.id in action.findings)

    def number_of(self, finding: Finding) -> str:
        """Return the number by which papers refer to a finding: the inspectorate's, or its position."""
        return finding.number or str(self.findings.index(finding) + 1)

    def _require_group(self, group: str | None) -> None:
        named = [one for one in self.groups if one is not None]
        if group is not None and group not in named:
            hint = nearest(group, named) or "it has no groups"
            raise ValueError(f"'{group}' is not a group of this inspection; {hint}")

    def _require_grades(self, grades: Iterable[str]) -> None:
        for grade in grades:
            if grade not in self.scale:
                raise ValueError(f"'{grade}' is not a grade of this framework; {nearest(grade, self.scale)}")

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that ids differ and that dates are in order."""
        yield from repeated("findings have the id", "findings", "id", self.findings)
        order = "the start comes before the end, and the end before the report is received and published"
        if self.earlier and self.earlier.start >= self.start:
            message = f"the previous inspection started on {self.earlier.start}, not before this one on {self.start}"
            yield field_error(message, "give the one before this, or correct a date", "previous", "start")
        if self.end < self.start:
            yield field_error(f"the inspection ends on {self.end}, before it starts on {self.start}", order, "end")
        for key in ("published", "received"):
            day = getattr(self, key)
            if day and day < max(self.end, self.start):
                yield field_error(f"the report was {key} on {day}, before the inspection ended", order, key)
        for key in ("published_by_council", "statement_published"):
            day, first = getattr(self, key), self.received or self.end
            if day is not None and day < first:
                yield field_error(f"published on {day}, before the report was received", order, key)
