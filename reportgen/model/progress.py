"""Compare an action plan with an older version of it, for reports on progress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal, TypeAlias, get_args

from reportgen.diagnostics import nearest
from reportgen.inputs.source import SourceText
from reportgen.model.base import Prose, Record
from reportgen.model.plan import Action, ActionPlan

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
