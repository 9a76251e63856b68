"""What a rule is, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from reportgen.diagnostics import Location, Severity
from reportgen.document import Document
from reportgen.house import House
from reportgen.model.paper import Paper
from reportgen.rules.deadlines import follows_english_law


@dataclass(frozen=True, slots=True)
class RuleContext:
    """A paper as the rules see it."""

    paper: Paper
    house: House
    as_of: date | None = None
    """The day on which it is judged: what is due before it is overdue. The meeting's, unless another was asked for."""
    final: bool = False
    """Whether it is about to be published."""
    document: Document | None = None
    """The finished tree; None where the paper could not be composed."""
    pages: int | None = None
    """Of the PDF, appendices left out; None where the paper has not been laid out."""

    @property
    def says_final(self) -> bool:
        """Whether it is about to be published, or says of itself that it is final: no page of it says DRAFT."""
        return self.final or self.paper.report.status == "final"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a rule found: where, what, and what to do about it."""

    location: Location
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code for life, what it is about in a line, and why, with the source that demands it."""

    code: str
    severity: Severity
    title: str
    source: str
    """The Act, the regulation or the house rule, as one would cite it."""
    explanation: str
    check: Callable[[RuleContext], Iterable[Violation]]


ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class RuleDecorator(Generic[Part]):
    """Makes rules of functions that look at one part of a paper; their docstrings are the explanations.

    A rule is silent on a paper of which `part` gives None.
    """

    part: Callable[[RuleContext], Part | None]

    def __call__(
        self, code: str, severity: Severity, title: str, source: str
    ) -> Callable[[Callable[[Part], Iterable[Violation]]], Rule]:
        def make(check: Callable[[Part], Iterable[Violation]]) -> Rule:
            def check_paper(context: RuleContext) -> Iterable[Violation]:
                part = self.part(context)
                return () if part is None else check(part)

            return Rule(code, severity, title, source, " ".join((check.__doc__ or "").split()), check_paper)

        return make


rule = RuleDecorator(lambda context: context)
inspection_rule = RuleDecorator(lambda context: context.paper.inspection)
plan_rule = RuleDecorator(lambda context: context.paper.plan)
final_rule = RuleDecorator(lambda context: context if context.says_final else None)
"""For a paper that is about to be published, or that says so."""
publication_rule = RuleDecorator(lambda context: context if context.final else None)
"""For a paper that is about to be published, and for no other."""
law_rule = RuleDecorator(lambda context: context if follows_english_law(context.paper.council) else None)
"""For a paper to which England's law applies."""
