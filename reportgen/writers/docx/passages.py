"""What a passage says, read from a Word file: the same before and after Word or LibreOffice have saved it.

A passage is the text of one key of the inputs. Content controls with its tag enclose it: one around its
paragraphs, or one within each paragraph that no control may enclose as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reportgen.writers.docx.elements import Element, local_name

TAG = "rg-"
"""With which the tag of each passage begins."""
_SHORT = 12
"""Hexadecimal digits of a line's checksum."""
_PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr"})
_SILENT = _PROPERTIES | {"del", "moveFrom", "delText", "delInstrText", "Fallback"}
"""Elements that hold nothing to be read: properties, what tracked changes have taken out, copies for old readers."""
_SPACES = frozenset({"tab", "br", "cr"})
_COUNTED = re.compile(r"\s*(REF|PAGEREF|NOTEREF|SEQ|STYLEREF|PAGE|NUMPAGES|TOC)\b")
"""Fields whose results Word counts: they change when something else does."""


def passage_texts(roots: Iterable[Element]) -> dict[str, str]:
    """What each passage says, by its tag: its paragraphs, a line each."""
    found: dict[str, list[str]] = {}
    for root in roots:
        for one in root.iter("{*}sdt"):
            name = _passage_of(one)
            if name:
                found.setdefault(name, []).extend(paragraphs_of(one))
    return {name: "\n".join(paragraphs) for name, paragraphs in found.items()}


def checksum(text: str) -> str:
    """By which a passage is known to say the same. Not the text: what was deleted must not stay in the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_checksum(text: str) -> str:
    """By which a line is known to say the same: short, for a file has many."""
    return checksum(text)[:_SHORT]


def property_of(control: Element, name: str) -> str:
    """The value of a property of a content control ("tag", "alias"), or nothing."""
    found = control.find(f"{{*}}sdtPr/{{*}}{name}")
    return "" if found is None else attribute(found, "val")


def attribute(element: Element, name: str) -> str:
    """An attribute of the element's own namespace, whichever edition of the standard that is of; or nothing."""
    namespace, _, _ = str(element.tag).rpartition("}")
    return str(element.get(f"{namespace}}}{name}", ""))


def paragraphs_of(element: Element) -> list[str]:
    """What stands in an element, a text for each paragraph that says something, without its number."""
    return paragraphs_in(Reading(), element)


def paragraphs_in(reading: Reading, element: Element) -> list[str]:
    """The same of an element that fields may begin or end in."""
    said = "".join(reading.pieces(element)).replace("\u2011", "-").replace("\u00ad", "")
    return [line for line in (" ".join(one.split()) for one in said.split("\n")) if line]


def _passage_of(control: Element) -> str:
    tag = property_of(control, "tag")
    return tag if tag.startswith(TAG) else ""


@dataclass
class _Field:
    """A field that has begun and not ended."""

    instruction: str = ""
    hidden: bool = True
    """Whether what stands here is not to be read: the instruction, or a result that is counted."""


@dataclass
class Reading:
    """The reading of an element: the fields that are open, the innermost last."""

    without: str = ""
    """What stands in controls whose tags begin with it is not read; nothing is left out where this is empty."""
    counted: bool = False
    """Whether what Word counts is read too."""
    fields: list[_Field] = field(default_factory=list)

    def pieces(self, element: Element) -> Iterator[str]:
        """The pieces of text, each paragraph closed by a line's end."""
        for one in element:
            name = local_name(one)
            if not is_read(one) or self._is_left_out(one):
                continue
            if name == "fldChar":
                self._pass_field(attribute(one, "fldCharType"))
            elif name == "instrText":
                if self.fields:
                    self.fields[-1].instruction += one.text or ""
            elif not any(open_one.hidden for open_one in self.fields):
                yield _said(name, one)
            yield from self.pieces(one)
            if name == "p":
                yield "\n"

    def _is_left_out(self, one: Element) -> bool:
        if not self.counted and _is_counted(one):
            return True
        return bool(self.without) and local_name(one) == "sdt" and property_of(one, "tag").startswith(self.without)

    def _pass_field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].hidden = not self.counted and bool(_COUNTED.match(self.fields[-1].instruction))
        elif kind == "end" and self.fields:
            self.fields.pop()


def _said(name: str, element: Element) -> str:
    if name == "t":
        return (element.text or "").replace("\n", " ")
    if name == "noBreakHyphen":
        return "-"
    return " " if name in _SPACES else ""


def is_read(one: Element) -> bool:
    """Whether what stands in an element is words of the document, which nobody enters."""
    return local_name(one) not in _SILENT and not _is_entered(one)


def _is_entered(one: Element) -> bool:
    """Whether it is a form field: what is entered there is not part of the passage."""
    return local_name(one) == "sdt" and one.find("{*}sdtPr/{*}dataBinding") is not None


def _is_counted(one: Element) -> bool:
    return local_name(one) == "fldSimple" and bool(_COUNTED.match(attribute(one, "instr")))
