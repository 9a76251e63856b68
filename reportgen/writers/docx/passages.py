"""What passages and lines say, read from a Word file: the same before and after Word or LibreOffice have saved it.

A passage is the text of one key of the inputs. Content controls with its tag enclose it: one around its
paragraphs, or one within each paragraph that no control may enclose as a whole.

A line is a paragraph that says something, each with the passage that it belongs to and the heading it stands
under; those of a footnote follow the paragraph that refers to it. Headers, footers and contents are left out, and
so is what Word counts and officers enter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.writers.docx.elements import Element, local_name

TAG = "rg-"
"""With which the tag of each passage begins."""
_SHORT = 12
"""Hexadecimal digits of a line's checksum."""
_PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr"})
_SILENT = _PROPERTIES | {"del", "moveFrom", "delText", "delInstrText", "Fallback"}
"""Elements that hold nothing to be read: properties, what tracked changes have taken out, copies for old readers."""
_SIGNS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}
_COUNTED = re.compile(r"\s*(REF|PAGEREF|NOTEREF|SEQ|STYLEREF|PAGE|NUMPAGES|TOC)\b")
"""Fields whose results Word counts: they change when something else does."""
BODY_TEXT = "9"
"""The level of the outline that is none (ISO/IEC 29500-1, 17.3.1.20)."""
_HELD = {
    "REF": "a reference",
    "footnoteReference": "a footnote",
    "hyperlink": "a link",
    "tbl": "a table",
    "drawing": "a picture",
}
"""What a line of words cannot show, by the element that holds it, or by the field."""


# ---- Passages ----


def passage_texts(roots: Iterable[Element]) -> dict[str, str]:
    """Return what each passage says, by its tag: its paragraphs, a line each."""
    found: dict[str, list[str]] = {}
    for root in roots:
        for tag, control in _controls_in(root):
            found.setdefault(tag, []).extend(paragraphs_of(control))
    return {tag: "\n".join(paragraphs) for tag, paragraphs in found.items()}


def held_in(roots: Iterable[Element]) -> dict[str, frozenset[str]]:
    """Return what each passage holds besides words ("a footnote", "a table"), by its tag."""
    found: dict[str, frozenset[str]] = {}
    for root in roots:
        for tag, control in _controls_in(root):
            found[tag] = found.get(tag, frozenset()).union(_held(control))
    return found


def _held(control: Element) -> Iterator[str]:
    for one in control.iter():
        name = local_name(one)
        if name == "instrText":
            name = (one.text or "").strip().partition(" ")[0]
        if name in _HELD:
            yield _HELD[name]


def _controls_in(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield the controls of passages, each with its tag."""
    for one in element.iter("{*}sdt"):
        tag = property_of(one, "tag")
        if tag.startswith(TAG):
            yield tag, one


def checksum(text: str) -> str:
    """Return what tells whether a passage still says the same. Text that was deleted must not stay in the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def property_of(control: Element, name: str) -> str:
    """Return the value of a property of a content control ("tag", "alias"), or nothing."""
    found = control.find(f"{{*}}sdtPr/{{*}}{name}")
    return "" if found is None else attribute(found, "val")


def attribute(element: Element, name: str) -> str:
    """Return an attribute of the element's own namespace, whichever edition of the standard that is of; or nothing."""
    namespace, _, _ = str(element.tag).rpartition("}")
    return str(element.get(f"{namespace}}}{name}", ""))


def paragraphs_of(element: Element) -> list[str]:
    """Return what stands in an element, a text for each paragraph that says something, without its number."""
    return Reading().paragraphs(element)


def text_of(element: Element, name: str) -> str:
    """Return the text of the child of that name in a part of our own, or nothing."""
    return element.findtext(f"{{*}}{name}") or ""


@dataclass
class _OpenField:
    """A field that has begun and not ended."""

    instruction: str = ""
    hidden: bool = True
    """Whether what stands here is not to be read: the instruction, or a result that is counted."""


@dataclass
class Reading:
    """The reading of an element: the fields that are open, the innermost last."""

    skips_passages: bool = False
    """Whether what stands in passages is not read."""
    counted: bool = False
    """Whether what Word counts is read too."""
    fields: list[_OpenField] = field(default_factory=list)

    def paragraphs(self, element: Element) -> list[str]:
        """Return the paragraphs of an element, in which fields may begin or end."""
        said = "".join(self._pieces(element)).replace("\u2011", "-").replace("\u00ad", "")
        return [line for line in (" ".join(one.split()) for one in said.split("\n")) if line]

    def _pieces(self, element: Element) -> Iterator[str]:
        """Yield the pieces of text, each paragraph closed by a line's end."""
        for one in element:
            name = local_name(one)
            if not _is_read(one) or self._is_left_out(one, name):
                continue
            if name == "fldChar":
                self._pass_field(attribute(one, "fldCharType"))
            elif name == "instrText":
                if self.fields:
                    self.fields[-1].instruction += one.text or ""
            elif not any(open_one.hidden for open_one in self.fields):
                yield (one.text or "").replace("\n", " ") if name == "t" else _SIGNS.get(name, "")
            yield from self._pieces(one)
            if name == "p":
                yield "\n"

    def _is_left_out(self, one: Element, name: str) -> bool:
        if name == "sdt":
            return self.skips_passages and property_of(one, "tag").startswith(TAG)
        return name == "fldSimple" and not self.counted and bool(_COUNTED.match(attribute(one, "instr")))

    def _pass_field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_OpenField())
        elif kind == "separate" and self.fields:
            self.fields[-1].hidden = not self.counted and bool(_COUNTED.match(self.fields[-1].instruction))
        elif kind == "end" and self.fields:
            self.fields.pop()


def _is_read(one: Element) -> bool:
    """Return whether an element holds words of the document, which what is entered in a form is not."""
    name = local_name(one)
    return name not in _SILENT and not (name == "sdt" and one.find("{*}sdtPr/{*}dataBinding") is not None)


# ---- Lines ----


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

    @property
    def said(self) -> str:
        """By which the line is known to say the same: a short checksum, for a file has many lines."""
        return checksum(self.text)[:_SHORT]

    @property
    def said_by_itself(self) -> str:
        """The same of what no phrase of an author's is."""
        return checksum(self.own)[:_SHORT]


def lines_of(body: Element, notes: Element | None = None, headings: frozenset[str] = frozenset()) -> list[Line]:
    """Return the lines of a document and its footnotes; `headings` are the styles that make a heading."""
    by_id = {attribute(one, "id"): one for one in (() if notes is None else notes.iter("{*}footnote"))}
    return list(_Walk(by_id, headings).lines(body, frozenset()))


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
            if not _is_read(one):
                continue
            name = local_name(one)
            if name == "p":
                yield from self._paragraph(one, names)
            else:
                yield from self.lines(one, names | (_names_of(one) if name == "sdt" else frozenset()))

    def _paragraph(self, paragraph: Element, names: frozenset[str]) -> Iterator[Line]:
        said = self.reading.paragraphs(paragraph)
        if said and self._is_heading(paragraph):
            self.heading = " ".join(said)
        marks = [control for _, control in _controls_in(paragraph)]
        phrases: frozenset[str] = frozenset().union(*map(_names_of, marks))
        own = " ".join(Reading(skips_passages=True).paragraphs(paragraph)) if marks else ""
        if marks and not own:
            names, phrases = names | phrases, frozenset()
        shown = Reading(counted=True).paragraphs(paragraph)
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
            return attribute(level, "val") != BODY_TEXT
        style = paragraph.find("{*}pPr/{*}pStyle")
        return style is not None and attribute(style, "val") in self.headings


def _names_of(control: Element) -> frozenset[str]:
    return frozenset(filter(None, (property_of(control, "tag"), property_of(control, "alias"))))
