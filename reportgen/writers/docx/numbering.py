"""`Numbering` → Word's own lists, so that numbers are counted by Word and shift when a paragraph is added.

Also the levels of headings: the styles they take, and which of these styles number their own paragraphs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportgen.document import Block, Document, Number, Section
from reportgen.house.config import Level, Numbering
from reportgen.writers.docx.elements import Element, indent, w

LEVELS = 9
"""As many as Word has; what is deeper stands at the ninth."""

OUTLINE: Mapping[str, int] = {"part": 0, "appendix": 0, "heading-1": 0, "heading-2": 1, "heading-3": 2}
"""The roles of headings and their levels in Word's navigation pane, from 0."""
_DEEPEST_STYLED = 3
_COUNTERS = {
    "decimal": "decimal",
    "lower-letter": "lowerLetter",
    "upper-letter": "upperLetter",
    "lower-roman": "lowerRoman",
}

SequenceLevel = tuple[str, int]
"""A sequence and a level of it."""


# ---- Headings ----


def heading_role(section: Section, depth: int) -> str:
    """Return the role of the heading of a section with `depth` sections from it outwards, itself included."""
    return section.role if section.role != "section" else f"heading-{min(depth, _DEEPEST_STYLED)}"


def counted_number(number: Number | None, numbering: Numbering) -> Number | None:
    """Return the number, if Word must count it: it prints one, or stands at a level that counts without printing."""
    if number is None:
        return None
    form = numbering.appendix if number.sequence == "appendix" else numbering.levels[number.level]
    return number if number.text or not form.format else None


def find_bound_styles(document: Document, numbering: Numbering) -> dict[SequenceLevel, str]:
    """Return the roles of headings that always stand at one level, by that level; the first where several do.

    Their styles carry the numbering, so that choosing the style in Word gives a numbered heading.
    """
    levels: dict[str, set[SequenceLevel]] = {}
    for role, heading in _headings((*document.body, *document.appendices), 0):
        number = counted_number(heading, numbering)
        if number is not None:
            levels.setdefault(role, set()).add((number.sequence, number.level))
    bound: dict[SequenceLevel, str] = {}
    for role, found in levels.items():
        if len(found) == 1:
            bound.setdefault(next(iter(found)), role)
    return bound


def _headings(blocks: tuple[Block, ...], depth: int) -> Iterator[tuple[str, Number | None]]:
    for block in blocks:
        if isinstance(block, Section):
            yield heading_role(block, depth + 1), block.number
            yield from _headings(block.children, depth + 1)


# ---- Lists ----


def numbering_properties(number: int, level: int = 0) -> Element:
    """Return what makes a paragraph count at a level of a list (numId, ilvl); 0 takes a style's number away."""
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


@dataclass(frozen=True, slots=True)
class _WordLevel:
    """A level of a list as Word has it. `text` is the sign with %1, %2 for the counts; lengths in millimetres."""

    counter: str
    text: str
    follow: str
    left: float
    hanging: float
    style: str = ""
    """The id of the style whose paragraphs this level numbers."""

    def element(self, place: int) -> Element:
        parts = [w("start", val=1), w("numFmt", val=self.counter)]
        if self.style:
            parts.append(w("pStyle", val=self.style))
        parts += [w("suff", val=self.follow), w("lvlText", val=self.text), w("lvlJc", val="left")]
        return w("lvl", *parts, w("pPr", indent(self.left, self.hanging)), ilvl=place)


class WordNumbering:
    """The lists of a document, each defined when it is asked for, and given as the number Word knows it by (numId)."""

    def __init__(self, numbering: Numbering, bound: Mapping[SequenceLevel, str]) -> None:
        """`bound` are the ids of the styles that number their own paragraphs, by sequence and level."""
        self._numbering = numbering
        self._bound = bound
        self._definitions: dict[tuple[_WordLevel, ...], int] = {}
        self._shared: dict[tuple[int, str], int] = {}
        """The list of each definition that never begins again; of the body's there is another for its paragraphs."""
        self._lists: list[Element] = []

    def headings(self, sequence: str) -> int:
        """Return the sequence of the body's sections and paragraphs as headings have it, or that of the appendices."""
        if sequence != "appendix":
            return self._shared_list(self._body_levels())
        # What separates number and title is text: references do not repeat it.
        level = _printed(self._numbering.appendix, 0, self._bound.get(("appendix", 0), ""))
        return self._shared_list((replace(level, follow="nothing", hanging=0),))

    def paragraphs(self) -> int:
        """Return the sequence of the body as paragraphs of text have it.

        Lists of one definition count on together, in Word and in LibreOffice. LibreOffice takes
        whatever is in a list of headings for a heading when it makes the contents anew.
        """
        return self._shared_list(self._body_levels(), "paragraphs")

    def bullets(self, base: float, step: float) -> int:
        """Return the bulleted lists of text that stands `base` millimetres in, each depth `step` deeper."""
        markers = self._numbering.bullets
        levels = (
            _WordLevel("bullet", markers[min(place, len(markers) - 1)], "tab", base + (place + 1) * step, step)
            for place in range(LEVELS)
        )
        return self._shared_list(tuple(levels))

    def new_list(self, base: float, level: int, start: int) -> int:
        """Return an ordered list of text `base` millimetres in, which begins at `level` with the count `start`."""
        forms = map(self._numbering.list_level, range(LEVELS))
        levels = (_printed(form, base + form.indent) for form in forms)
        restart = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        return self._add_list(self._definition(tuple(levels)), restart)

    def element(self) -> Element | None:
        """Return all lists, as the root of their part; None if the document has none."""
        if not self._lists:
            return None
        definitions = (_definition_element(number, levels) for levels, number in self._definitions.items())
        return w("numbering", *definitions, *self._lists)

    def _body_levels(self) -> tuple[_WordLevel, ...]:
        return tuple(
            _printed(level, level.indent, self._bound.get(("body", place), ""))
            for place, level in enumerate(self._numbering.levels)
        )

    def _shared_list(self, levels: tuple[_WordLevel, ...], use: str = "") -> int:
        key = (self._definition(levels), use)
        if key not in self._shared:
            self._shared[key] = self._add_list(key[0])
        return self._shared[key]

    def _definition(self, levels: tuple[_WordLevel, ...]) -> int:
        return self._definitions.setdefault(levels, len(self._definitions))

    def _add_list(self, definition: int, *overrides: Element) -> int:
        number = len(self._lists) + 1
        self._lists.append(w("num", w("abstractNumId", val=definition), *overrides, numId=number))
        return number


def _printed(level: Level, left: float, style: str = "") -> _WordLevel:
    """Return a level as the house prints it. One that counts without printing leaves its text at the margin."""
    counter = _COUNTERS[level.counter]
    if not level.format:
        return _WordLevel(counter, "", "nothing", 0, 0, style)
    text = re.sub(r"\{(\d)\}", r"%\1", level.format)
    return _WordLevel(counter, text, level.follow, left, level.hanging, style)


def _definition_element(number: int, levels: Sequence[_WordLevel]) -> Element:
    written = [level.element(place) for place, level in enumerate(levels)]
    # Word takes lists with the same nsid for the same list when text is pasted between documents.
    digest = hashlib.sha256(b"".join(map(etree.tostring, written))).hexdigest().upper()
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    identity = (w("nsid", val=digest[:8]), w("multiLevelType", val=kind), w("tmpl", val=digest[8:16]))
    return w("abstractNum", *identity, *written, abstractNumId=number)
