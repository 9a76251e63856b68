"""The action plan with which the council answers an inspection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import ClassVar, Literal, get_args

from pydantic_core import InitErrorDetails

from reportgen.diagnostics import nearest
from reportgen.model.base import Boolean, Date, Id, Integer, Prose, Record, Text, field_error, repeated
from reportgen.model.marking import Marked

Status = Literal["not started", "in progress", "complete", "on hold"]
"""Where an action stands."""
Rag = Literal["red", "amber", "green"]
"""How it is going: not the same as its status, nor as its impact."""
Impact = Literal["none yet", "early signs", "clear"]
"""What difference it makes to those whom the service is for: a complete action may have none."""

_COUNTED: Mapping[str, tuple[str | None, ...]] = {
    "status": ("complete", "in progress", "on hold", "not started"),
    "rag": ("green", "amber", "red", None),
}


class PlanPart(Record):
    """A plan within the plan, with a lead of its own."""

    number: Integer
    title: Text | None = None
    lead: Text | None = None
    supported_by: tuple[Text, ...] = ()
    findings: tuple[Id, ...] = ()
    """The findings that it answers."""


class ActionRevision(Record):
    """What of an action was different until a day, as it was then; what is not given is as it is now."""

    until: Date
    """The day on which it was changed."""
    due: Date | None = None
    owner: Text | None = None
    measure: Text | None = None
    status: Status | None = None
    rag: Rag | None = None
    impact: Impact | None = None
    comment: Text | None = None

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that at least one earlier value is given."""
        if all(getattr(self, name) is None for name in type(self).model_fields if name != "until"):
            hint = "add what it was, for example due: with the day that was set before"
            yield field_error(f"nothing is said to have been different until {self.until}", hint)


class Action(Marked):
    """One thing to be done: by whom, by when, and how one will know."""

    id: Id
    text: Prose
    findings: tuple[Id, ...] = ()
    """The ids of the findings it answers. An action of the council's own has none and says `own: yes`."""
    own: Boolean = False
    part: Integer | None = None
    owner: Text | None = None
    """The lead officer's post."""
    due: Date | None = None
    measure: Prose | None = None
    """How one will know that it is done."""
    no_owner: Text | None = None
    """Why nobody can be named yet; likewise `no_due` and `no_measure`."""
    no_due: Text | None = None
    no_measure: Text | None = None
    status: Status = "not started"
    rag: Rag | None = None
    impact: Impact | None = None
    comment: Prose | None = None
    history: tuple[ActionRevision, ...] = ()
    """What has been changed, the oldest first: the first `due` is the day that was set at the beginning."""

    template_names: ClassVar[frozenset[str]] = frozenset({"original_due", "slipped", "is_overdue"})

    @property
    def original_due(self) -> date | None:
        """Return the first due date that `history` records, or the current one."""
        return next((past.due for past in self.history if past.due is not None), self.due)

    @property
    def slipped(self) -> bool:
        """Return whether it is due later than originally planned."""
        return self.due is not None and self.original_due is not None and self.due > self.original_due

    def is_overdue(self, on: date) -> bool:
        """Return whether it was due before the day and is not complete."""
        return self.due is not None and self.due < on and self.status != "complete"

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check reasons for missing fields, and the order of `history`."""
        for key in ("owner", "due", "measure"):
            if getattr(self, key) is not None and getattr(self, f"no_{key}") is not None:
                yield field_error(f"action {self.id} has both {key} and no_{key}", "delete one of them", f"no_{key}")
        for number, (one, after) in enumerate(pairwise(self.history), start=1):
            if after.until <= one.until:
                message = f"history of action {self.id}: {after.until} stands after {one.until}"
                yield field_error(message, "begin with the oldest change, one entry a day", "history", number, "until")


class Unanswered(Record):
    """A finding that the council does nothing about, and why: it does not accept it, or there is nothing to do."""

    finding: Id
    not_accepted: Prose | None = None
    no_action: Prose | None = None

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that exactly one reason is given."""
        if (self.not_accepted is None) == (self.no_action is None):
            found = "no reason" if self.no_action is None else "two reasons"
            hint = "give not_accepted: or no_action:, with the reason"
            yield field_error(f"the finding '{self.finding}' is left unanswered with {found}", hint)


class ActionPlan(Marked):
    """The council's answer to an inspection's findings."""

    id: Id
    title: Text
    inspection: Id
    as_of: Date | None = None
    """The day on which the actions stood as this file has them."""
    illustrative: Text | None = None
    """Says so when the plan is ours and not the council's; printed with the plan."""
    parts: tuple[PlanPart, ...] = ()
    actions: tuple[Action, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    """Findings without an action, each with the reason."""

    template_names: ClassVar[frozenset[str]] = frozenset(
        {"overdue", "answering", "own_actions", "in_part", "part", "leads", "with_status", "unanswered_in", "counts"}
        | {"reason_for"}
    )

    def overdue(self, on: date, part: int | None = None) -> tuple[Action, ...]:
        """Return the actions due before `on` that are not complete, of one part or of all for None."""
        return tuple(action for action in self.in_part(part) if action.is_overdue(on))

    def counts(self, key: Literal["status", "rag"], part: int | None = None) -> tuple[tuple[str | None, int], ...]:
        """Count the actions by how they stand, or how they are going: each value there is, in the order of the bars."""
        values = [getattr(action, key) for action in self.in_part(part)]
        return tuple((value, values.count(value)) for value in _COUNTED[key])

    def answering(self, finding: str) -> tuple[Action, ...]:
        """Return the actions that answer the finding with this id."""
        return tuple(action for action in self.actions if finding in action.findings)

    def reason_for(self, finding: str) -> Unanswered | None:
        """Return why a finding has no action, or None if no reason is given."""
        return next((one for one in self.unanswered if one.finding == finding), None)

    def unanswered_in(self, number: int | None) -> tuple[Unanswered, ...]:
        """Return a part's findings without an action, with the reasons; those of all parts for None."""
        mine = self.part(number).findings if number is not None else ()
        return tuple(one for one in self.unanswered if number is None or one.finding in mine)

    def with_status(self, *statuses: str) -> tuple[Action, ...]:
        """Return the actions with any of the statuses.

        Raises:
            ValueError: if a status is unknown.
        """
        known = get_args(Status)
        for status in statuses:
            if status not in known:
                raise ValueError(f"'{status}' is not a status; {nearest(status, known)}")
        return tuple(action for action in self.actions if action.status in statuses)

    @property
    def own_actions(self) -> tuple[Action, ...]:
        """Return the actions that answer no finding."""
        return tuple(action for action in self.actions if not action.findings)

    def in_part(self, number: int | None) -> tuple[Action, ...]:
        """Return the actions of a part, or all for None.

        Raises:
            ValueError: if there is no such part.
        """
        if number is not None:
            self.part(number)
        return tuple(action for action in self.actions if number is None or action.part == number)

    def part(self, number: int) -> PlanPart:
        """Return the part with this number.

        Raises:
            ValueError: if there is none.
        """
        for part in self.parts:
            if part.number == number:
                return part
        known = nearest(str(number), [str(part.number) for part in self.parts])
        raise ValueError(f"the plan has no part {number}; {known or 'it has no parts'}")

    @property
    def leads(self) -> tuple[tuple[PlanPart, ...], ...]:
        """Group the parts by lead and supporters, in the order of their numbers."""
        together: dict[tuple[object, ...], list[PlanPart]] = {}
        for part in sorted(self.parts, key=lambda part: part.number):
            together.setdefault((part.lead, part.supported_by), []).append(part)
        return tuple(tuple(parts) for parts in together.values())

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that ids and numbers are unique."""
        yield from repeated("actions have the id", "actions", "id", self.actions)
        yield from repeated("parts have the number", "parts", "number", self.parts)
        yield from repeated("reasons are for the finding", "unanswered", "finding", self.unanswered)
