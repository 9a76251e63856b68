"""How an action plan has changed since an older version of it: what a report on progress tells its readers."""

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
        """The action as it is now, or as it was before it went."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def was(self) -> Aspect:
        """What the older plan says; of an action that is gone, what was to be done. A text has no names to refer to."""
        value = _aspect(self.before, _aspect_of(self.kind)) if self.before else None
        return _as_looked_back_at(value) if isinstance(value, Prose) else value

    @property
    def now(self) -> Aspect:
        """What the newer plan says; of a new action, what is to be done."""
        return _aspect(self.after, _aspect_of(self.kind)) if self.after else None

    @property
    def repeats_text(self) -> bool:
        """Whether what is new is a text that the plan prints itself, where it may stand only once."""
        return isinstance(self.now, Prose)

    @property
    def original(self) -> date | None:
        """For an action that has slipped: the day that was set first, where that is earlier still than the last one."""
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
        """Every change of an action: those of the newer plan in its order, then those that are gone."""
        before = {action.id: action for action in self.earlier.actions}
        after = {action.id for action in self.later.actions}
        found: list[ActionChange] = []
        for action in self.later.actions:
            older = before.get(action.id)
            found += changes_of(older, action) if older else [ActionChange(kind="new", after=action)]
        gone = [action for action in self.earlier.actions if action.id not in after]
        return (*found, *(ActionChange(kind="gone", before=action) for action in gone))

    def of_kind(self, *kinds: str) -> tuple[ActionChange, ...]:
        known = get_args(ActionChangeKind)
        for kind in kinds:
            if kind not in known:
                raise ValueError(f"'{kind}' is not a kind of change; {nearest(kind, known)}")
        return tuple(change for change in self.all if change.kind in kinds)

    def count(self, *kinds: str) -> int:
        """How many changes there are of one of the kinds; of all, when none is named."""
        return len(self.of_kind(*kinds)) if kinds else len(self.all)


def changes_of(before: Action, after: Action) -> Iterator[ActionChange]:
    """What has changed in an action, its history apart."""
    for aspect in _ASPECTS:
        was, now = _aspect(before, aspect), _aspect(after, aspect)
        if was != now:
            yield ActionChange(kind=kind_of_change(aspect, was, now), before=before, after=after)


def kind_of_change(aspect: str, was: object, now: object) -> ActionChangeKind:
    """What it is called that one aspect of an action has changed."""
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
    """What the action says of the aspect; or why it names no owner, day or measure."""
    value: Aspect = getattr(action, aspect)
    return value if value is not None else getattr(action, f"no_{aspect}", None)


_NAME = re.compile(r"[ \t]*\{#[A-Za-z0-9][A-Za-z0-9._-]*\}[ \t]*$", re.MULTILINE)
_EXPRESSION = re.compile(r"(?<!\\)\{\{.*?\}\}", re.DOTALL)


def _as_looked_back_at(prose: Prose) -> Prose:
    """An older text beside the newer one: what the newer one names or prints would be there twice, so it goes.

    Figures were worked out from what the data said then, which is no longer known: "…" stands for them.
    """
    text = _EXPRESSION.sub("…", _NAME.sub("", prose.text))
    return replace(prose, text=SourceText(text, prose.location, prose.text.key))
