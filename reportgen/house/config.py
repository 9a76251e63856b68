"""What a house says in `house.yaml`: names, order of sections, numbering, wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic.functional_validators import BeforeValidator
from pydantic_core import InitErrorDetails

from reportgen.house.styles import Millimetres
from reportgen.model.base import Boolean, Id, Integer, Record, Text, field_error, read_text, repeated, shown, unexpected
from reportgen.model.report import Implication


def _as_typed(value: object) -> object:
    return value if isinstance(value, str) else "" if value is None else read_text(value)


Wording = Annotated[str, BeforeValidator(_as_typed)]
"""A text that keeps its spaces; it may be empty."""


def _read_language(value: object) -> str:
    text = read_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise unexpected(shown(text), "the code of a language", "write en-GB for English, or cy-GB for Welsh")
    return text


Language = Annotated[str, BeforeValidator(_read_language)]
"""A BCP 47 tag: Word, PDF and screen readers go by it."""


class Level(Record):
    """A level of a numbering sequence."""

    format: Wording
    """"{1}.{2}": the counts of the first and the second level. Empty: it counts but does not print."""
    counter: Literal["decimal", "lower-letter", "upper-letter", "lower-roman"] = "decimal"
    indent: Millimetres = 0.0
    """To the text: from the left margin in the body's sequence; from the surrounding text in lists."""
    hanging: Millimetres = 0.0
    """How far the number stands to the left of the text."""
    follow: Literal["tab", "space"] = "tab"
    role: Text | None = None
    """In `lists`: ordered lists of this role begin at this level, others at the first."""


class Numbering(Record):
    """Which things carry a number, and how it is printed.

    The body has one multilevel sequence. A section that is counted opens a level in it; what is
    counted inside it, sections and paragraphs alike, shares one counter, which begins again in
    the next section. With no counted sections, paragraphs run on from 1 to the end.
    """

    levels: tuple[Level, ...]
    sections: Integer = 1
    """Sections are counted down to this depth; 0: not at all."""
    paragraphs: tuple[Text, ...] = ()
    """The roles of the paragraphs directly in a section that are counted."""
    text_indent: Millimetres = 0.0
    """From the left margin to lists and unnumbered paragraphs inside sections."""
    lists: tuple[Level, ...]
    """The levels of ordered lists."""
    bullets: tuple[Text, ...]
    """The signs of bulleted lists, by depth."""
    list_indent: Millimetres = 6.0
    """How much deeper each level of a list stands; its sign hangs in that space."""
    appendix: Level
    """The number of an appendix: "Appendix {1}"."""
    appendix_separator: Wording = ": "
    """Between the number of an appendix and its title."""
    table: Level | None = None
    """The number of a table whose caption is shown: "Table {1}". Without it, captions have no numbers."""
    figure: Level | None = None
    """The same for figures."""
    caption_separator: Wording = ": "
    """Between the number of a table or figure and its caption."""

    def list_level(self, place: int) -> Level:
        """Return a level of ordered lists, counted from 0.

        Beyond the last declared level its format is repeated, indented further, with a counter of its own.
        """
        last = len(self.lists) - 1
        if place <= last:
            return self.lists[place]
        form = self.lists[last]
        text = form.format.replace("{" + str(last + 1) + "}", "{" + str(place + 1) + "}")
        return form.model_copy(update={"format": text, "indent": form.indent + (place - last) * self.list_indent})

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that number formats use known counters and that levels suffice."""
        yield from self._bad_formats("levels", self.levels)
        yield from self._bad_formats("lists", self.lists)
        for key, level in (("appendix", self.appendix), ("table", self.table), ("figure", self.figure)):
            yield from self._bad_formats(key, (level,) if level else ())
        for key in ("levels", "lists", "bullets"):
            if not getattr(self, key):
                message = f"{key}: none is given; at least one was expected"
                yield field_error(message, "leave the key out, to have those of the base", key)
        if self.levels and not 0 <= self.sections <= len(self.levels):
            message = f"sections are counted down to depth {self.sections}, but there are {len(self.levels)} levels"
            yield field_error(message, "add a level, or count fewer", "sections")

    def _bad_formats(self, key: str, levels: tuple[Level, ...]) -> Iterator[InitErrorDetails]:
        for number, level in enumerate(levels):
            known = [str(count) for count in range(1, number + 2)]
            for place in re.findall(r"{(\w*)}", level.format):
                if place not in known:
                    path = (key, number, "format") if key in ("levels", "lists") else (key, "format")
                    here = " to ".join(dict.fromkeys(f"{{{one}}}" for one in (known[0], known[-1])))
                    hint = f"use {here}: the counts of this level and those above"
                    yield field_error(f"'{{{place}}}' counts nothing here", hint, *path)


class HouseSection(Record):
    """A section that the house prints, when there is something to stand in it."""

    title: Text | None = None
    """May hold {group}, {subject}, {inspectorate}; in capitals ({GROUP}) they are printed so.

    Without a title the content stands where the section would."""
    title_without_group: Text | None = None
    """Instead, where judgements stand in no group."""
    part: Boolean = False
    content: tuple[Text, ...] = ()
    """In order: names of the report's sections, and names of blocks."""
    sections: tuple[HouseSection, ...] = ()
    each: Literal["group"] | None = None
    """Repeated for each group of judgements."""


class AreaTitle(Record):
    """An area of implications and the house's heading for it."""

    area: Id
    title: Text


class RequiredSentence(Record):
    """A sentence that every report of the house has."""

    name: Text
    """What it is about, as one would ask for it: "when the decision may be carried out"."""
    wording: Text
    """Words that must stand in one paragraph, in this order; "…" stands for any others between them."""


class Notice(Record):
    """What agendas of the house say of every meeting, or of those that ask for it."""

    title: Text
    text: Wording
    """May hold {body}, {council} and {place}."""


class Limits(Record):
    """How long a report may be. 0: as long as it likes."""

    words: Integer = 0
    """Of the report's own texts: purpose, recommendations, sections, options, implications."""
    pages: Integer = 0
    """Of the PDF, appendices left out."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that no limit is negative."""
        for key, limit in (("words", self.words), ("pages", self.pages)):
            if limit < 0:
                yield field_error(f"{key}: {limit} was found; 0 or more was expected", "write 0 for no limit", key)


class HouseConfig(Record):
    """A house: everything about a council's papers that is not the report itself."""

    id: Text
    extends: Text | None = None
    name: Text
    language: Language = "en-GB"
    dates: Literal["plain", "ordinal"] = "plain"
    """"9 July 2012" or "9th July 2012"."""
    templates: dict[str, Text]
    """The template of each kind of report."""
    tokens: dict[str, Text] = Field(default_factory=dict)
    vocabulary: dict[str, Wording] = Field(default_factory=dict)
    """The house's words for common things ("wards": "Electoral divisions")."""
    phrases: dict[str, Wording] = Field(default_factory=dict)
    """Sentences that introduce what the templates print; an empty one leaves the sentence out."""
    notices: dict[str, Notice] = Field(default_factory=dict)
    """What agendas say of access, recording and the like; a meeting names those that it prints."""
    heading_case: Literal["as written", "upper"] = "as written"
    """Of the headings of the first level."""
    sections: tuple[HouseSection, ...]
    appendices: tuple[HouseSection, ...] = ()
    """Appendices of the house's own; they stand before the report's."""
    implications: tuple[AreaTitle, ...]
    """The areas the house knows, in its order."""
    section_titles: dict[str, Text]
    """Titles of the report's sections, for a house that prints them under a heading of their own."""
    implication_titles: dict[str, Text]
    required: tuple[Text, ...] = ()
    """What must be in every report; a gap is shown where it is missing."""
    required_sentences: tuple[RequiredSentence, ...] = ()
    """What must be said in every report, in words that do not change."""
    cleared: tuple[Id, ...] = ()
    """The areas of implications that somebody must have cleared before a report is published."""
    guidance: tuple[Text, ...] = ()
    """Sentences of the house's own guidance to authors, which must be gone from a finished report."""
    acronyms: tuple[Text, ...] = ()
    """Short forms that all readers of its papers know, so that no report need spell them out."""
    limits: Limits = Field(default_factory=Limits)
    options: dict[str, Wording] = Field(default_factory=dict)
    """Choices that the base templates offer; see the comments in _base/house.yaml."""
    choices: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    """What each option may be: declared by the base, whose templates know them."""
    numbering: Numbering

    template_names: ClassVar[frozenset[str]] = frozenset({"known_sections", "in_order", "implication_title"})

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that each area of implications is declared once."""
        return repeated("implications are about", "implications", "area", self.implications)

    @property
    def known_sections(self) -> frozenset[str]:
        """Return every name that a section lists as its content."""
        sections = all_sections((*self.sections, *self.appendices))
        return frozenset(name for section in sections for name in section.content)

    def in_order(self, implications: Sequence[Implication]) -> list[Implication]:
        """Return the implications without a section of their own: in the house's order, those it does not list last."""
        order = [known.area for known in self.implications]
        together = [one for one in implications if f"the implication {one.area}" not in self.known_sections]
        return sorted(together, key=lambda one: order.index(one.area) if one.area in order else len(order))

    def implication_title(self, area: str, title: str | None) -> str:
        """Return the heading of an area: the house's, else the report's own `title`, else one made of its name."""
        known = {one.area: one.title for one in self.implications}
        return known.get(area) or title or self.implication_titles.get(area) or area.replace("_", " ").capitalize()


def all_sections(sections: Sequence[HouseSection]) -> Iterator[HouseSection]:
    """Yield sections and their subsections, parents first."""
    for section in sections:
        yield section
        yield from all_sections(section.sections)
