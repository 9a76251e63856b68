"""`{{ expressions }}` in authors' texts → what they print."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.runtime import Undefined
from markupsafe import Markup

from reportgen.diagnostics import Location, Problems, shortened
from reportgen.inputs.text import FORBIDDEN
from reportgen.model.base import Prose, Record, gap_in
from reportgen.templating import filters
from reportgen.templating.budget import OverBudget
from reportgen.templating.environment import ReportEnvironment
from reportgen.templating.failures import Failure, explain_failure, explain_syntax
from reportgen.templating.prose import make_gap

_ABSENT = {
    "inspection": Failure("this paper has no inspection", "add inspection: with its id to the report"),
    "plan": Failure("this paper has no action plan", "add action_plan: with its id to the report"),
    "meeting": Failure("this paper goes to no meeting yet", "put the report on a meeting's agenda"),
    "item": Failure("this paper is on no agenda yet", "put the report on a meeting's agenda"),
}
_PLAN_WITHHELD = Failure(
    "the plan is exempt, so the public paper cannot tell it", "mark the text that tells it as exempt, too, or reword it"
)
_DECIMALS = 4
"""A number with more of them is the result of a division that says nothing about its form."""


class Evaluator:
    """Works expressions out with the names of one paper; what is wrong with one goes into the problems."""

    def __init__(
        self, environment: ReportEnvironment, names: Mapping[str, Any], problems: Problems, plan_withheld: bool = False
    ) -> None:
        """`plan_withheld`: whether the plan, or some of its actions, were taken out for the public."""
        self.environment = environment
        self.plan_withheld = plan_withheld
        self.names = names
        self.problems = problems
        self.is_over_budget = False

    def __call__(self, expression: str, place: Location) -> str:
        """The expression's value as text, or as `Markup` for a reference; nothing when it failed."""
        shown = _in_message(expression)
        if not expression:
            hint = "write an expression between them, or delete them"
            self.problems.error("RG020", place, "there is nothing between '{{' and '}}'", hint)
            return ""
        try:
            return self._printed(expression, place)
        except TemplateSyntaxError as error:
            failure = explain_syntax(error, self.environment.filters, self.environment.tests)
            message = f"'{shown}' is not a valid expression: {failure.message}"
        except Exception as error:  # whatever an author's expression does wrong is the author's to read
            self.is_over_budget |= isinstance(error, OverBudget)
            known = [*self.names, "period", "ref", "page_of", "picture"]
            failure = self._absence(expression) or explain_failure(error, known)
            message = f"'{shown}' cannot be worked out: {failure.message}"
        self.problems.error("RG020", place, message, failure.hint)
        return ""

    def _printed(self, expression: str, place: Location) -> str:
        value = self.environment.compile_expression(expression, undefined_to_none=False)(**self.names)
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()
        if isinstance(value, Markup):
            return _with_place(value, place)
        text = value if isinstance(value, str) else as_text(value, _in_message(expression))
        if FORBIDDEN.search(text):
            raise ValueError("it gives a control character, which cannot be printed; take it out")
        gap = gap_in(text)
        return text if gap is None else make_gap(gap)

    def _absence(self, expression: str) -> Failure | None:
        """The failure, when the expression uses something that this paper does not have."""
        if self.plan_withheld and self.names.get("plan") is None and re.search(r"(?<![\w.'\"])plan\b", expression):
            return _PLAN_WITHHELD
        for name, failure in _ABSENT.items():
            if self.names.get(name) is None and re.search(rf"(?<![\w.'\"]){name}\b", expression):
                return failure
        return None


def _in_message(expression: str) -> str:
    return shortened(" ".join(expression.split()), 70)


def _with_place(markup: Markup, place: Location) -> Markup:
    """The markup of a reference, with the place where the author wrote it."""
    at = Markup('at="{}:{}:{}" ').format(place.line, place.column, place.path)
    return Markup(markup.replace(Markup("<ref to="), Markup("<ref ") + at + Markup("to=")))


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
