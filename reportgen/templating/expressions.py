"""Work out the `{{ expressions }}` in authors' texts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.runtime import Undefined

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems, shortened
from reportgen.inputs.text import FORBIDDEN
from reportgen.model.base import Prose, Record, gap_in
from reportgen.templating import filters
from reportgen.templating.environment import ReportEnvironment
from reportgen.templating.errors import TemplateFailure, explain_failure, explain_syntax
from reportgen.templating.limits import MAX_PRINTED, OverLimit
from reportgen.templating.prose import Value, placeholder

_ABSENT = {
    "inspection": TemplateFailure("this paper has no inspection", "add inspection: with its id to the report"),
    "plan": TemplateFailure("this paper has no action plan", "add action_plan: with its id to the report"),
    "meeting": TemplateFailure("this paper goes to no meeting yet", "put the report on a meeting's agenda"),
    "item": TemplateFailure("this paper is on no agenda yet", "put the report on a meeting's agenda"),
}
_PLAN_WITHHELD = TemplateFailure(
    "the plan is exempt, so the public paper cannot tell it", "mark the text that tells it as exempt, too, or reword it"
)
_DECIMALS = 4
"""A number with more of them is the result of a division that says nothing about its form."""


_HELD = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands in an expression's text for a node; no input can hold such characters (`inputs.source` refuses them)."""


class Evaluator:
    """Works expressions out with the names of one paper; what is wrong with one goes into the problems."""

    def __init__(
        self,
        environment: ReportEnvironment,
        names: Mapping[str, Any],
        references: Mapping[str, Callable[[str], nodes.Inline | nodes.Figure]],
        problems: Problems,
        plan_withheld: bool = False,
    ) -> None:
        """Take what expressions see.

        Args:
            environment: what compiles expressions.
            names: what authors may name, such as `inspection`.
            references: functions of expressions that give nodes, such as `ref`.
            problems: where mistakes in expressions are collected.
            plan_withheld: whether the plan, or some of its actions, were taken out for the public.
        """
        self.environment = environment
        self.plan_withheld = plan_withheld
        self.names = names
        self.problems = problems
        self.held: list[nodes.Inline | nodes.Figure] = []
        self.is_over_limit = False
        self.printed = 0
        environment.globals.update({name: partial(self._hold, make) for name, make in references.items()})

    def _hold(self, make: Callable[[str], nodes.Inline | nodes.Figure], name: str) -> str:
        """Keep a node, and return the signs that stand for it until the text is read."""
        self.held.append(make(name))
        return f"\ufdd2{len(self.held) - 1}\ufdd3"

    def __call__(self, expression: str, place: Location) -> Value:
        """Return what the expression stands for; nothing when it failed."""
        shown = _in_message(expression)
        if not expression:
            hint = "write an expression between them, or delete them"
            self.problems.error("RG020", place, "there is nothing between '{{' and '}}'", hint)
            return ()
        try:
            return self._value(expression, place)
        except TemplateSyntaxError as error:
            failure = explain_syntax(error, self.environment.filters, self.environment.tests)
            message = f"'{shown}' is not a valid expression: {failure.message}"
        except Exception as error:  # whatever an author's expression does wrong is the author's to read
            self.is_over_limit |= isinstance(error, OverLimit)
            known = [*self.names, "period", "ref", "page_of", "picture"]
            failure = self._absence(expression) or explain_failure(error, known)
            message = f"'{shown}' cannot be worked out: {failure.message}"
        self.problems.error("RG020", place, message, failure.hint)
        return ()

    def _value(self, expression: str, place: Location) -> Value:
        value = self.environment.compile_expression(expression, undefined_to_none=False)(**self.names)
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()
        text = value if isinstance(value, str) else as_text(value, _in_message(expression))
        self.printed += len(text)
        if self.printed > MAX_PRINTED:
            raise OverLimit
        parts = _HELD.split(text)  # every second one is the number of a node
        if any(FORBIDDEN.search(part) for part in parts):
            raise ValueError("it gives a control character, which cannot be printed; take it out")
        gap = gap_in(text)
        if gap is not None:
            return (placeholder(gap),)
        return tuple(
            self._held_at(int(part), place) if number % 2 else nodes.Text(part)
            for number, part in enumerate(parts)
            if part
        )

    def _held_at(self, number: int, place: Location) -> nodes.Inline | nodes.Figure:
        node = self.held[number]
        return replace(node, location=place) if isinstance(node, nodes.CrossReference) else node

    def _absence(self, expression: str) -> TemplateFailure | None:
        """The failure, when the expression uses something that this paper does not have."""
        if self.plan_withheld and self.names.get("plan") is None and re.search(r"(?<![\w.'\"])plan\b", expression):
            return _PLAN_WITHHELD
        for name, failure in _ABSENT.items():
            if self.names.get(name) is None and re.search(rf"(?<![\w.'\"]){name}\b", expression):
                return failure
        return None


def _in_message(expression: str) -> str:
    return shortened(" ".join(expression.split()), 70)


def as_text(value: object, expression: str) -> str:
    """What a value prints as; a ValueError ("what; hint") for what cannot stand in a sentence."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_as_text(value)
    match value:
        case bool():
            raise ValueError("it is yes or no, not a text; write \"'…' if … else '…'\"")
        case date():
            raise ValueError(f"it is a day; write '{expression}|date'")
        case None:
            raise ValueError("nothing is given there; give it in the YAML, or leave the expression out")
        case list() | tuple():
            hint = f"write '{expression}|length' for how many, or '|listing' for a list of texts"
            raise ValueError(f"it is a list; {hint}")
        case Prose():
            raise ValueError("it is a text that the paper prints in a place of its own; refer to it instead")
        case Record() | Mapping():
            raise ValueError("it stands for several things; name one of them after a dot")
    if callable(value):
        raise ValueError(f"brackets are missing; write '{expression}()'")
    raise ValueError("it is neither a text nor a number; check the names it uses")


def _number_as_text(value: int | float) -> str:
    if not math.isfinite(value):
        raise ValueError("it is not a finite number; check the figures it uses")
    if value == int(value):
        return filters.with_commas(int(value))
    if round(value, _DECIMALS) != value:
        raise ValueError(f"it is {value:.6f}…; say how to print it: |percent, |money or |round(1)")
    return filters.with_commas(value)
