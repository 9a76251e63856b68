"""The action plan with which the council answers an inspection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import ClassVar, Literal, TypeAlias, get_args

from pydantic_core import InitErrorDetails

from reportgen.diagnostics import nearest
from reportgen.inputs.source import SourceText
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


# ---- Changes since an older version ----


ActionChangeKind = Literal[
    "new", "gone", "closed", "reopened", "slipped", "earlier", "due", "owner", "status", "rag", "impact", "measure",
    "findings", "part", "text", "comment",
]  # fmt: skip
"""What has become of an action. "slipped" and "earlier" are days that were moved, "due" is one set or withdrawn;
"closed" and "reopened" lead to and from the status "complete", "status" is any other change of it."""

Aspect: TypeAlias = "str | int | date | Prose | tuple[str, ...] | None"
"""One thing that an action says; for what it does not name, the reason that it gives."""

_ASPECTS = ("status", "due", "owner", "rag", "impact", "measure", "findings", "part", "text", "comment")
"""In the order in which readers ask for them. An action's `history` is no change of it."""


class ActionChange(Record):
    """One change of one action; of an action that is new or gone, that it is."""

    kind: ActionChangeKind
    before: Action | None = None
    """The action in the older plan; None when it is new."""
    after: Action | None = None
    """The action in the newer plan; None when it is gone."""

    template_names: ClassVar[frozenset[str]] = frozenset({"action", "was", "now", "original", "repeats_text"})

    @property
    def action(self) -> Action:
        """Return the action as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def was(self) -> Aspect:
        """Return the older value; for a removed action, its text. Prose loses its names and expressions."""
        value = _aspect(self.before, _aspect_of(self.kind)) if self.before else None
        return _without_names_and_figures(value) if isinstance(value, Prose) else value

    @property
    def now(self) -> Aspect:
        """Return the newer value; for a new action, its text."""
        return _aspect(self.after, _aspect_of(self.kind)) if self.after else None

    @property
    def repeats_text(self) -> bool:
        """Return whether the new value is a text that the plan prints itself, where it may appear only once."""
        return isinstance(self.now, Prose)

    @property
    def original(self) -> date | None:
        """Return a slipped action's first due date, if it was earlier than the last one."""
        first, last = self.action.original_due, self.before.due if self.before else None
        earlier = self.before.original_due if self.before else None
        known = [day for day in (first, earlier) if day is not None]
        return min(known) if self.kind == "slipped" and last and known and min(known) < last else None


class PlanChanges(Record):
    """What has changed in an action plan from an older version of it to a newer one."""

    earlier: ActionPlan
    later: ActionPlan

    template_names: ClassVar[frozenset[str]] = frozenset({"all", "count", "of_kind"})

    @property
    def all(self) -> tuple[ActionChange, ...]:
        """Return every change of an action, in the newer plan's order; removed actions come last."""
        before = {action.id: action for action in self.earlier.actions}
        after = {action.id for action in self.later.actions}
        found: list[ActionChange] = []
        for action in self.later.actions:
            older = before.get(action.id)
            found += changes_of(older, action) if older else [ActionChange(kind="new", after=action)]
        gone = [action for action in self.earlier.actions if action.id not in after]
        return (*found, *(ActionChange(kind="gone", before=action) for action in gone))

    def of_kind(self, *kinds: str) -> tuple[ActionChange, ...]:
        """Return the changes of any of the kinds.

        Raises:
            ValueError: if a kind is unknown.
        """
        known = get_args(ActionChangeKind)
        for kind in kinds:
            if kind not in known:
                raise ValueError(f"'{kind}' is not a kind of change; {nearest(kind, known)}")
        return tuple(change for change in self.all if change.kind in kinds)

    def count(self, *kinds: str) -> int:
        """Count the changes of any of the kinds, or all if none is named."""
        return len(self.of_kind(*kinds)) if kinds else len(self.all)


def changes_of(before: Action, after: Action) -> Iterator[ActionChange]:
    """Yield the changes between two versions of an action, disregarding `history`."""
    for aspect in _ASPECTS:
        was, now = _aspect(before, aspect), _aspect(after, aspect)
        if was != now:
            yield ActionChange(kind=kind_of_change(aspect, was, now), before=before, after=after)


def kind_of_change(aspect: str, was: object, now: object) -> ActionChangeKind:
    """Name the kind of change that a field has undergone."""
    match aspect:
        case "due" if isinstance(was, date) and isinstance(now, date):
            return "slipped" if now > was else "earlier"
        case "status" if now == "complete":
            return "closed"
        case "status" if was == "complete":
            return "reopened"
    assert aspect in get_args(ActionChangeKind)
    return aspect  # type: ignore[return-value]


def _aspect_of(kind: ActionChangeKind) -> str:
    of = {"slipped": "due", "earlier": "due", "closed": "status", "reopened": "status", "new": "text", "gone": "text"}
    return of.get(kind, kind)


def _aspect(action: Action, aspect: str) -> Aspect:
    """Return the value of a field, or the reason for having no owner, date or measure."""
    value: Aspect = getattr(action, aspect)
    return value if value is not None else getattr(action, f"no_{aspect}", None)


_NAME = re.compile(r"[ \t]*\{#[A-Za-z0-9][A-Za-z0-9._-]*\}[ \t]*$", re.MULTILINE)
_EXPRESSION = re.compile(r"(?<!\\)\{\{.*?\}\}", re.DOTALL)


def _without_names_and_figures(prose: Prose) -> Prose:
    """Strip from an older text the names and figures that the newer one prints.

    Names must be unique in a paper. What figures were computed from is no longer known, so "…" replaces them.
    """
    text = _EXPRESSION.sub("…", _NAME.sub("", prose.text))
    return replace(prose, text=SourceText(text, prose.location, prose.text.key))
