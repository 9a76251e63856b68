"""All words of a Word file, line by line, each with the passage that it belongs to and the heading it stands under.

A line is a paragraph that says something; those of a footnote follow the paragraph that refers to it. Headers,
footers and contents are left out, and so is what Word counts and officers enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.writers.docx.elements import Element, local_name
from reportgen.writers.docx.passages import TAG, Reading, attribute, is_read, paragraphs_in, property_of

_BODY_TEXT = "9"
"""The level of the outline that is none (ISO/IEC 29500-1, 17.3.1.20)."""
_HELD = {
    "REF": "a reference",
    "footnoteReference": "a footnote",
    "hyperlink": "a link",
    "tbl": "a table",
    "drawing": "a picture",
}
"""What a line of words cannot show, by the element that holds it, or by the field."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that says something."""

    text: str
    """Without what Word counts, by which lines are compared."""
    shown: str
    """With it, as it is printed: "see Table 1"."""
    own: str
    """Of that text what no phrase of an author's is."""
    names: frozenset[str] = frozenset()
    """The tags and titles of the passage that it is a paragraph of, as far as the file still has them."""
    phrases: frozenset[str] = frozenset()
    """The tags of the passages that are phrases in it."""
    heading: str = ""
    """The heading that it is, or stands under; empty above the first."""


def lines_of(body: Element, notes: Element | None = None, headings: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of a document and of its footnotes; `headings` are the styles that make a paragraph a heading."""
    by_id = {attribute(one, "id"): one for one in (() if notes is None else notes.iter("{*}footnote"))}
    return list(_Walk(by_id, headings).lines(body, frozenset()))


def heading_styles(styles: Element) -> frozenset[str]:
    """The ids of the styles that give a level of the outline, or take it from the style that they are based on."""
    sheet = {attribute(one, "styleId"): one for one in styles.iter("{*}style")}
    return frozenset(name for name in sheet if _is_outlined(name, sheet, len(sheet)))


def _is_outlined(name: str, sheet: Mapping[str, Element], depth: int) -> bool:
    style = sheet.get(name)
    if style is None or not depth:
        return False
    level = style.find("{*}pPr/{*}outlineLvl")
    if level is not None:
        return attribute(level, "val") != _BODY_TEXT
    base = style.find("{*}basedOn")
    return base is not None and _is_outlined(attribute(base, "val"), sheet, depth - 1)


def held_in(roots: Iterable[Element]) -> dict[str, frozenset[str]]:
    """What each passage holds besides words ("a footnote", "a table"), by its tag."""
    found: dict[str, frozenset[str]] = {}
    for root in roots:
        for one in root.iter("{*}sdt"):
            tag = property_of(one, "tag")
            if tag.startswith(TAG):
                found[tag] = found.get(tag, frozenset()).union(_held(one))
    return found


def _held(control: Element) -> Iterator[str]:
    for one in control.iter():
        name = local_name(one)
        if name == "instrText":
            name = (one.text or "").strip().partition(" ")[0]
        if name in _HELD:
            yield _HELD[name]


@dataclass
class _Walk:
    """The way through a document."""

    notes: Mapping[str, Element]
    headings: frozenset[str]
    reading: Reading = field(default_factory=Reading)
    """One for all: the field of the contents begins and ends in different paragraphs."""
    heading: str = ""

    def lines(self, element: Element, names: frozenset[str]) -> Iterator[Line]:
        for one in element:
            if not is_read(one):
                continue
            name = local_name(one)
            if name == "p":
                yield from self._paragraph(one, names)
            else:
                yield from self.lines(one, names | (_names_of(one) if name == "sdt" else frozenset()))

    def _paragraph(self, paragraph: Element, names: frozenset[str]) -> Iterator[Line]:
        said = paragraphs_in(self.reading, paragraph)
        if said and self._is_heading(paragraph):
            self.heading = " ".join(said)
        marks = [one for one in paragraph.iter("{*}sdt") if property_of(one, "tag").startswith(TAG)]
        phrases: frozenset[str] = frozenset().union(*map(_names_of, marks))
        own = " ".join(paragraphs_in(Reading(without=TAG), paragraph)) if marks else " ".join(said)
        if marks and not own:
            names, phrases = names | phrases, frozenset()
        shown = paragraphs_in(Reading(counted=True), paragraph)
        for place, text in enumerate(said):
            printed = shown[place] if len(shown) == len(said) else text
            yield Line(text, printed, own if marks else text, names, phrases, self.heading)
        for reference in paragraph.iter("{*}footnoteReference"):
            note = self.notes.get(attribute(reference, "id"))
            if note is not None:
                yield from self.lines(note, names)

    def _is_heading(self, paragraph: Element) -> bool:
        level = paragraph.find("{*}pPr/{*}outlineLvl")
        if level is not None:
            return attribute(level, "val") != _BODY_TEXT
        style = paragraph.find("{*}pPr/{*}pStyle")
        return style is not None and attribute(style, "val") in self.headings


def _names_of(control: Element) -> frozenset[str]:
    """The tag and the title of a control."""
    return frozenset(filter(None, (property_of(control, "tag"), property_of(control, "alias"))))
