"""A paper and a house → report markup: the template says what the report contains, and in what order."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, Undefined
from markupsafe import Markup, escape

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house import House
from reportgen.model.agenda import Agenda
from reportgen.model.base import Prose, gap_in
from reportgen.model.paper import Paper
from reportgen.templating import filters
from reportgen.templating.budget import Budget, OverBudget
from reportgen.templating.environment import ReportEnvironment, make_environment, make_expression_environment
from reportgen.templating.expressions import Evaluator, as_text
from reportgen.templating.failures import explain_failure, explain_syntax
from reportgen.templating.markings import class_words, gap_words, withheld_actions
from reportgen.templating.prose import ProseError, make_gap, render_prose, render_withheld


def render_markup(paper: Paper, house: House, problems: Problems) -> str | None:
    """The paper as report markup, or None with every reason in `problems`."""
    template = template_of(paper, house)
    if not template:
        kinds = ", ".join(house.config.templates)
        message = f"the house '{house.config.id}' has no template for '{paper.report.kind}'"
        problems.error("RG031", paper.report.at("kind"), message, f"use one of: {kinds}")
        return None
    offered = ("report", "inspection", "plan", "changes", "council", "meeting", "item")
    names = {name: getattr(paper, name) for name in offered}
    return _render(_Rendering(names, house, problems, paper), template)


NOTICE_TEMPLATE = "withheld.xml.j2"
"""Of the notice that the public gets in place of a paper that it may not see."""


def template_of(paper: Paper, house: House) -> str:
    """The file of the template for the paper; empty when the house has none for papers of its kind."""
    if paper.withheld is not None and paper.withheld.report is not None:
        return NOTICE_TEMPLATE if NOTICE_TEMPLATE in house.templates else ""
    return house.config.templates.get(paper.report.kind, "")


AGENDA_TEMPLATE = "agenda.xml.j2"


def render_agenda(agenda: Agenda, house: House, problems: Problems) -> str | None:
    """The front sheet as report markup, or None with every reason in `problems`."""
    if AGENDA_TEMPLATE not in house.templates:
        message = f"the house '{house.config.id}' has no template '{AGENDA_TEMPLATE}'"
        problems.error("RG031", house.location, message, "let the house extend one that has it")
        return None
    names = {"agenda": agenda, "meeting": agenda.meeting, "council": agenda.council}
    return _render(_Rendering(names, house, problems), AGENDA_TEMPLATE)


def _render(rendering: _Rendering, template: str) -> str | None:
    before = len(rendering.problems.found)
    markup = rendering.render(template)
    return markup if len(rendering.problems.found) == before else None


_FAILURES = (TemplateError, ValueError, TypeError, AttributeError, ArithmeticError, LookupError, RecursionError)
"""What Jinja and Python raise when a template asks for what cannot be."""
_OWN_ENDING = re.compile(r"(?P<entity>(?:&#?\w+;)?)[.;\s]*(?P<tags>(?:</[^>]*>)*)$")
"""The full stop or semicolon that a text ends with, inside the tags that end with it; that of "&amp;" is none."""
_FIRST_LETTER = re.compile(r"\A((?:<[^>]*>)*)(.)", re.DOTALL)


class _Rendering:
    """One rendering of one document: the environment, and the names that templates and expressions see."""

    def __init__(self, names: Mapping[str, Any], house: House, problems: Problems, paper: Paper | None = None) -> None:
        self.names = names
        self.paper = paper
        self.withheld = paper.withheld if paper else None
        self.house = house
        self.problems = problems
        self.budget = Budget()
        form = house.config.dates
        plain = _plain_filters(form)
        functions = {
            "period": partial(filters.as_period, form=form),
            "ref": partial(self._reference, "ref", Markup("")),
            "page_of": partial(self._reference, "page_of", Markup(' shows="page"')),
            "picture": self._picture,
        }
        self.environment = self._make_environment(plain, functions)
        plan_withheld = bool(self.withheld and self.withheld.actions)
        expressions = make_expression_environment(plain, functions, self.budget)
        self.evaluate = Evaluator(expressions, self.names, problems, plan_withheld)

    def _make_environment(
        self, plain: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
    ) -> ReportEnvironment:
        named: Mapping[str, Callable[..., Any]] = {
            **plain,
            "capital": partial(self._as_clause, capital=True),
            "clause": self._as_clause,
            "run_in": self._with_run_in,
            "plain": _in_attribute,
            "fill": _fill,
        }
        own = {**functions, **self._words_on_secrecy(), "gap": make_gap, "house": self.house.config}
        return make_environment(self.house.templates, named, own, self._finalize, self.budget)

    def _words_on_secrecy(self) -> dict[str, Any]:
        """What templates ask about what the public may not see; an agenda does not."""
        paper, house = self.paper, self.house
        if paper is None:
            return {}
        return {
            "class_words": partial(class_words, paper, house),
            "withheld_actions": partial(withheld_actions, paper, house),
            "withheld_words": partial(gap_words, house=house),
        }

    def render(self, template: str) -> str:
        try:
            return self.environment.get_template(template).render(self.names)
        except TemplateSyntaxError as error:
            failure = explain_syntax(error, self.environment.filters, self.environment.tests)
            path = error.filename or error.name or template
            place = self._with_column(Location(path, error.lineno), failure.word)
            self.problems.error("RG030", place, f"the template is not valid: {failure.message}", failure.hint)
        except SyntaxError:  # Python's, of what the template was compiled to
            found = "the template is not valid: its statements or brackets stand too deep in one another"
            self.problems.error("RG030", self._place_of(template), found, "take the inner ones out, into a macro")
        except _FAILURES as error:
            if isinstance(error, OverBudget) and self.evaluate.is_over_budget:
                return ""  # told of the expression that used it up
            failure = explain_failure(error, [*self.names, *self.environment.globals])
            place = self._with_column(self._place_in_template(error), failure.word)
            self.problems.error("RG030", place, f"the template failed: {failure.message}", failure.hint)
        return ""

    def _place_of(self, template: str) -> Location:
        return Location(self.house.templates[template].path)

    def _place_in_template(self, error: BaseException) -> Location:
        """Jinja rewrites tracebacks so that they name templates' files and lines: the innermost is where it failed."""
        paths = {template.path for template in self.house.templates.values()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in paths]
        return Location(frames[-1].filename, frames[-1].lineno or 0) if frames else self.house.location

    def _with_column(self, place: Location, word: str) -> Location:
        """The place with the column of the word that a failure is about, where its line has it."""
        text = next((template.text for template in self.house.templates.values() if template.path == place.path), "")
        lines = text.split("\n")
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return Location(place.path, place.line, line.find(word) + 1 if word else 0)

    def _finalize(self, value: Any) -> Any:
        """What `{{ … }}` prints, paid for."""
        printed = self._printed(value)
        self.budget.spend(len(printed) if isinstance(printed, str) else 1)
        return printed

    def _printed(self, value: Any) -> Any:
        """The value as it is printed: prose as markup, gaps as visible placeholders, and nothing never silently."""
        if isinstance(value, Prose):
            return self._markup_of(value)
        if value is None:
            raise ValueError("there is nothing to print here; test whether the value is given first: {% if … %}")
        if isinstance(value, str):
            gap = gap_in(value) if not isinstance(value, Markup) else None
            return value if gap is None else make_gap(gap)
        if isinstance(value, Undefined) or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        return as_text(value, "…")

    def _markup_of(self, prose: Prose) -> Markup:
        if prose.marking is not None and prose.withheld:
            return render_withheld(prose, gap_words(prose.marking, self.house))
        try:
            return render_prose(prose, self.evaluate)
        except ProseError as error:
            self.problems.error("RG021", error.location, error.message, error.hint)
            return Markup()

    def _picture(self, name: str) -> Markup:
        """A picture of the report's, which takes a paragraph of its own."""
        hidden = self.withheld.pictures.get(name) if self.withheld else None
        if hidden is not None:
            return escape(gap_words(hidden, self.house))
        report = self.names.get("report")  # the front sheet of an agenda has none
        pictures = {one.id: one for one in report.pictures} if report else {}
        if name not in pictures:
            hint = nearest(str(name), pictures) or "name it under pictures: in the report"
            raise ValueError(f"no picture has the name '{name}'; {hint}")
        found = pictures[name]
        caption = Markup("<caption>{}</caption>").format(found.caption) if found.caption else Markup()
        attributes = Markup('name="{0}" anchor="{0}" alt="{1}"').format(found.id, _in_attribute(found.alt))
        return Markup("<image {}>{}</image>").format(attributes, caption)

    def _reference(self, function: str, shows: Markup, name: str) -> Markup:
        """The number, or the page, of the section, paragraph, appendix, table or figure with this name."""
        if not isinstance(name, str):
            raise ValueError(f"{function}() takes a name in quotes; write for example {function}('plan')")
        return Markup('<ref to="{}"{}/>').format(self._name_for_public(name), shows)

    def _name_for_public(self, name: str) -> str:
        """The name, or that of what stands in the place of something withheld."""
        found = self.withheld.names.get(name, name) if self.withheld else name
        if not found:
            hint = "refer to the section or appendix that it stands in, or mark this text as exempt, too"
            raise ValueError(f"'{name}' stands in exempt text, which the public paper does not have; {hint}")
        return found

    def _as_clause(self, value: Any, end: str = "", capital: bool = False) -> Any:
        """A phrase as part of the house's sentence: its own full stop gone, the ending put, a capital if wanted."""
        markup = self._finalize(value)
        text = str(markup if isinstance(markup, Markup) else escape(str(markup))).rstrip()
        if end:
            text = _OWN_ENDING.sub(r"\g<entity>\g<tags>", text, count=1) + str(escape(end))
        if capital:
            text = _FIRST_LETTER.sub(lambda found: found[1] + found[2].upper(), text, count=1)
        return Markup(text)

    def _with_run_in(self, prose: Prose, heading: str) -> Markup:
        """The text with a run-in heading at the beginning of its first paragraph, or above a list or table."""
        text = str(self._markup_of(prose))
        lead = Markup('<span role="run-in">{}</span> ').format(heading)
        if text.startswith("<p "):
            end = text.index(">") + 1
            return Markup(text[:end] + str(lead) + text[end:])
        return Markup('<p role="lead-in">{}</p>').format(lead) + Markup(text)


def _plain_filters(form: filters.DateForm) -> dict[str, Callable[..., Any]]:
    """The filters that make text of figures and days; texts and templates have them."""
    known: dict[str, Callable[..., Any]] = {
        "words": filters.in_words,
        "number": filters.with_commas,
        "percent": filters.as_percent,
        "money": filters.as_money,
        "listing": filters.as_listing,
        "plural": filters.as_plural,
        "date": partial(_date, form),
        "capital": filters.with_capital,
    }
    return {name: partial(_of_something, one) for name, one in known.items()}


def _of_something(wanted: Callable[..., Any], value: Any, *arguments: Any, **named: Any) -> Any:
    """The filter's result; of a name that is not known, that name's own error and not the filter's."""
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    return wanted(value, *arguments, **named)


def _date(form: filters.DateForm, value: object) -> str:
    if not isinstance(value, date):
        raise ValueError("'date' takes a day; for example inspection.start|date")
    return filters.as_date(value, form)


def _in_attribute(value: str) -> str:
    """A text as it may stand in an attribute, where a gap can have no markup."""
    gap = gap_in(value)
    return value if gap is None else f"[{gap}]"


def _fill(wording: str, **names: str) -> str:
    """A house's wording with its places filled; what a macro gave is taken back to plain text first."""
    return filters.fill(
        wording, **{name: value.unescape() if isinstance(value, Markup) else value for name, value in names.items()}
    )
