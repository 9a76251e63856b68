"""Render a paper, or the front sheet of an agenda, as report markup: its template says what stands in it.

An author's texts are converted to nodes and stand in the markup as `<prose ref="…"/>`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Mapping
from datetime import date
from functools import partial
from typing import Any, cast

from jinja2 import TemplateError, TemplateSyntaxError, Undefined
from markupsafe import Markup

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house import House
from reportgen.model.agenda import Agenda
from reportgen.model.base import Prose, gap_in
from reportgen.model.paper import Paper
from reportgen.templating import filters
from reportgen.templating.environment import ReportEnvironment, make_environment, make_expression_environment
from reportgen.templating.errors import explain_failure, explain_syntax
from reportgen.templating.expressions import Evaluator, as_text
from reportgen.templating.limits import (
    MAX_MARKUP,
    PRINTING,
    SECONDS,
    SECONDS_EACH,
    SECONDS_PER_CHARACTER,
    OverLimit,
    limited,
)
from reportgen.templating.markings import class_words, exempt_paragraphs, gap_words, withheld_actions
from reportgen.templating.markup import RenderedMarkup
from reportgen.templating.prose import (
    ProseError,
    ProseNodes,
    convert_instead,
    convert_prose,
    one_line,
    placeholder,
)

AGENDA_TEMPLATE = "agenda.xml.j2"
NOTICE_TEMPLATE = "withheld.xml.j2"
"""Of the notice that the public gets in place of a paper that it may not see."""
_FAILURES = (
    TemplateError, ValueError, TypeError, AttributeError, ArithmeticError, LookupError, RecursionError, MemoryError,
    OverLimit,
)  # fmt: skip
"""What Jinja and Python raise when a template asks for what cannot be."""


_OF_PAPERS = ("report", "inspection", "plan", "changes", "council", "meeting", "item")
"""Names that the template of a paper may use."""


def render_markup(source: Paper | Agenda, house: House, problems: Problems) -> RenderedMarkup:
    """Render a paper, or the front sheet of an agenda.

    Raises:
        Rejected: with every mistake, each at its line in the template or in the author's text.
    """
    template = template_of(source, house)
    if isinstance(source, Agenda):
        names: dict[str, Any] = {"agenda": source, "meeting": source.meeting, "council": source.council}
        renderer = _Renderer(names, house, problems)
        if not template:
            message = f"the house '{house.config.id}' has no template '{AGENDA_TEMPLATE}'"
            problems.error("RG031", house.location, message, "let the house extend one that has it")
    else:
        renderer = _Renderer({name: getattr(source, name) for name in _OF_PAPERS}, house, problems, source)
        if not template:
            message = f"the house '{house.config.id}' has no template for '{source.report.kind}'"
            hint = f"use one of: {', '.join(house.config.templates)}"
            problems.error("RG031", source.report.at("kind"), message, hint)
    problems.stop_if_errors()
    return renderer.render(template)


def template_of(source: Paper | Agenda, house: House) -> str:
    """Return the file of the template for a paper or an agenda; empty when the house has none for it."""
    if isinstance(source, Paper) and (source.withheld is None or source.withheld.report is None):
        return house.config.templates.get(source.report.kind, "")
    name = NOTICE_TEMPLATE if isinstance(source, Paper) else AGENDA_TEMPLATE
    return name if name in house.templates else ""


def pictures_of(paper: Paper) -> dict[str, nodes.Image]:
    """Return the report's pictures as the tree has them, by id."""
    widths = {picture.id: picture.width for picture in paper.report.pictures}
    return {
        name: nodes.Image(name, file.content, file.media_type, file.width, file.height, widths[name])
        for name, file in paper.pictures.items()
    }


class _Renderer:
    """Renders one document: what templates and expressions see, and the texts that were printed so far."""

    def __init__(self, names: Mapping[str, Any], house: House, problems: Problems, paper: Paper | None = None) -> None:
        self.names = names
        self.paper = paper
        self.withheld = paper.withheld if paper else None
        self.house = house
        self.problems = problems
        self.prose: list[ProseNodes] = []
        plain = _plain_filters(house.config.dates)
        period = partial(filters.as_period, form=house.config.dates)
        self.evaluate = Evaluator(
            make_expression_environment(plain, {"period": period}),
            self.names,
            {"ref": self._number, "page_of": self._page, "picture": self._picture},
            problems,
            plan_withheld=bool(self.withheld and self.withheld.actions),
        )
        functions = {
            "period": period,
            "ref": lambda name: _ref_markup(self._number(name)),
            "page_of": lambda name: _ref_markup(self._page(name)),
            "picture": lambda name: self._hold(ProseNodes(blocks=(self._picture(name),))),  # type: ignore[arg-type]
            "gap": gap_markup,
            "house": house.config,
            **self._wording(),
        }
        named: dict[str, Callable[..., Any]] = {
            **plain,
            "capital": partial(self._as_clause, capital=True),
            "clause": self._as_clause,
            "run_in": self._with_run_in,
            "plain": _in_attribute,
            "fill": _fill,
        }
        self.environment: ReportEnvironment = make_environment(house.templates, named, functions, self._printed)

    def _wording(self) -> dict[str, Any]:
        """Return what depends on the meeting, and what a paper says of what the public may not see."""
        vocabulary, phrases = self.house.config.vocabulary, self.house.config.phrases
        meeting, item, inspection = (self.names.get(name) for name in ("meeting", "item", "inspection"))
        form = self.house.config.dates
        words = {
            "body": meeting.body if meeting else vocabulary.get("body"),
            "inspectorate": inspection.inspectorate if inspection else vocabulary.get("inspectorate"),
            "meeting_date": filters.as_date(meeting.date, form) if meeting else f"?? {phrases.get('no_meeting')}",
            "item_number": item.number if item else f"?? {phrases.get('no_item')}",
        }
        if self.paper is None:
            return words
        return words | {
            "class_words": partial(class_words, self.paper, self.house),
            "withheld_actions": partial(withheld_actions, self.paper, self.house),
            "withheld_words": partial(gap_words, house=self.house),
            "exempt_paragraphs": partial(exempt_paragraphs, house=self.house),
        }

    def render(self, template: str) -> RenderedMarkup:
        text = self._render(template)
        self.problems.stop_if_errors()
        return RenderedMarkup(text, self.prose)

    def _render(self, template: str) -> str:
        texts = [len(one.text) for one in self.paper.prose()] if self.paper else []
        try:
            with limited(SECONDS + SECONDS_EACH * len(texts) + SECONDS_PER_CHARACTER * sum(texts)):
                return self._printed_by(template)
        except TemplateSyntaxError as error:
            failure = explain_syntax(error, self.environment.filters, self.environment.tests)
            path = error.filename or error.name or template
            place = self._with_column(Location(path, error.lineno), failure.word)
            self.problems.error("RG030", place, f"the template is not valid: {failure.message}", failure.hint)
        except SyntaxError:  # Python's, of what the template was compiled to
            found = "the template is not valid: its statements or brackets stand too deep in one another"
            place = Location(self.house.templates[template].path)
            self.problems.error("RG030", place, found, "take the inner ones out, into a macro")
        except _FAILURES as error:
            if isinstance(error, OverLimit) and self.evaluate.is_over_limit:
                return ""  # told of the expression that went on and on
            failure = explain_failure(error, [*self.names, *self.environment.globals])
            place = self._with_column(self._place_in(template, error), failure.word)
            self.problems.error("RG030", place, f"the template failed: {failure.message}", failure.hint)
        return ""

    def _printed_by(self, template: str) -> str:
        parts: list[str] = []
        left = MAX_MARKUP
        stream = cast(Generator[str], self.environment.get_template(template).generate(self.names))
        for part in stream:
            parts.append(part)
            left -= len(part) + PRINTING
            if left < 0:
                stream.throw(OverLimit())  # there, where the template prints
        return "".join(parts)

    def _place_in(self, template: str, error: BaseException) -> Location:
        """Return where a template failed: Jinja rewrites tracebacks so that they name templates' files and lines."""
        paths = {template.path for template in self.house.templates.values()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in paths]
        if frames:
            return Location(frames[-1].filename, frames[-1].lineno or 0)
        return Location(self.house.templates[template].path)

    def _with_column(self, place: Location, word: str) -> Location:
        """Add the column of the word that a failure is about, where its line has it."""
        text = next((template.text for template in self.house.templates.values() if template.path == place.path), "")
        lines = text.split("\n")
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return Location(place.path, place.line, line.find(word) + 1 if word else 0)

    # ---- What is printed ----

    def _printed(self, value: Any) -> Any:
        """Print prose as its place, what is missing as a placeholder, and nothing never silently."""
        if isinstance(value, Prose):
            return self._place_of(value)
        if value is None:
            raise ValueError("there is nothing to print here; test whether the value is given first: {% if … %}")
        if isinstance(value, str):
            gap = gap_in(value) if not isinstance(value, Markup) else None
            return value if gap is None else gap_markup(gap)
        if isinstance(value, Undefined) or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        return as_text(value, "…")

    def _place_of(self, prose: Prose, heading: str = "") -> Markup:
        """Convert a text, and print the element that stands for it."""
        if prose.marking is not None and prose.withheld:
            words = nodes.Text(one_line(gap_words(prose.marking, self.house)))
            return self._hold(convert_instead(prose, (words,)), prose.text.key, heading)
        try:
            return self._hold(convert_prose(prose, self.evaluate), prose.text.key, heading)
        except ProseError as error:
            self.problems.error("RG021", error.location, error.message, error.hint)
            return Markup()

    def _hold(self, prose: ProseNodes, key: str = "", heading: str = "") -> Markup:
        self.prose.append(prose)
        number = len(self.prose) - 1
        if not heading:
            return Markup('<prose ref="{}" key="{}"/>').format(number, key)
        return Markup('<prose ref="{}" key="{}"><h1>{}</h1></prose>').format(number, key, heading)

    def _as_clause(self, value: Any, end: str = "", capital: bool = False) -> Any:
        """Make a phrase part of the house's sentence: its own full stop gone, the ending put, a capital if wanted."""
        markup = self._printed(value)
        if isinstance(markup, Markup):
            ending = Markup(' end="{}"').format(end) if end else Markup()
            capitals = Markup(' capital="yes"') if capital else Markup()
            return Markup("<clause{}{}>{}</clause>").format(ending, capitals, markup.rstrip())
        text = str(markup).rstrip()
        text = text.rstrip(".; \t\n") + end if end else text
        return filters.with_capital(text) if capital else text

    def _with_run_in(self, prose: Prose, heading: str) -> Markup:
        """Print a text with a heading at the beginning of its first paragraph, or above a list or table."""
        return self._place_of(prose, self._printed(heading))

    # ---- What texts and templates refer to ----

    def _picture(self, name: str) -> nodes.Figure | nodes.Text:
        """Return a picture of the report's, which takes a paragraph of its own, or the words in its place."""
        hidden = self.withheld.pictures.get(name) if self.withheld else None
        if hidden is not None:
            return nodes.Text(gap_words(hidden, self.house))
        pictures = {picture.id: picture for picture in self.paper.report.pictures} if self.paper else {}
        if self.paper is None or name not in pictures:
            hint = nearest(str(name), pictures) or "name it under pictures: in the report"
            raise ValueError(f"no picture has the name '{name}'; {hint}")
        found = pictures[name]
        caption = (nodes.Text(found.caption),) if found.caption else ()
        return nodes.Figure(pictures_of(self.paper)[name], _in_attribute(found.alt), caption, found.id)

    def _number(self, name: str) -> nodes.CrossReference:
        """Refer to the section, paragraph, appendix, table or figure with this name by its number."""
        return nodes.CrossReference(self._target(name, "ref"), Location(""))

    def _page(self, name: str) -> nodes.CrossReference:
        """Refer to it by its page."""
        return nodes.CrossReference(self._target(name, "page_of"), Location(""), shows="page")

    def _target(self, name: str, function: str) -> str:
        """Return the name, or that of what stands in the place of something withheld."""
        if not isinstance(name, str):
            raise ValueError(f"{function}() takes a name in quotes; write for example {function}('plan')")
        found = self.withheld.names.get(name, name) if self.withheld else name
        if not found:
            hint = "refer to the section or appendix that it stands in, or mark this text as exempt, too"
            raise ValueError(f"'{name}' stands in exempt text, which the public paper does not have; {hint}")
        return found


def gap_markup(missing: str) -> Markup:
    """Mark what is still missing: "the cost, from finance" says who supplies it, too."""
    found = placeholder(missing)
    supplier = Markup(' from="{}"').format(found.supplier) if found.supplier else Markup()
    return Markup("<gap{}>{}</gap>").format(supplier, found.missing)


def _ref_markup(reference: nodes.CrossReference) -> Markup:
    shows = Markup(' shows="page"') if reference.shows == "page" else Markup()
    return Markup('<ref to="{}"{}/>').format(reference.target, shows)


def _plain_filters(form: filters.DateForm) -> dict[str, Callable[..., Any]]:
    """Return the filters that make text of figures and days; texts and templates have them."""
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
    return {name: partial(_of_something, wanted) for name, wanted in known.items()}


def _of_something(wanted: Callable[..., Any], value: Any, *arguments: Any, **named: Any) -> Any:
    """Apply a filter; of a name that is not known, raise that name's own error and not the filter's."""
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    return wanted(value, *arguments, **named)


def _date(form: filters.DateForm, value: object) -> str:
    if not isinstance(value, date):
        raise ValueError("'date' takes a day; for example inspection.start|date")
    return filters.as_date(value, form)


def _in_attribute(value: str) -> str:
    """Return a text as it may stand in an attribute, where a placeholder can have no markup."""
    gap = gap_in(value)
    return value if gap is None else f"[{gap}]"


def _fill(wording: str, **names: str) -> str:
    """Fill the places of a house's wording; what a macro gave is taken back to plain text first."""
    plain = {name: value.unescape() if isinstance(value, Markup) else value for name, value in names.items()}
    return filters.fill(wording, **{name: _in_attribute(value) for name, value in plain.items()})
