"""What a passage says, read from a Word file: the same before and after Word or LibreOffice have saved it.

A passage is the text of one key of the inputs. Content controls with its tag enclose it: one around its
paragraphs, or one in each paragraph that no control may enclose as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from reportgen.writers.docx.elements import Element, local_name, qualified

TAG = "rg-"
"""With which the tag of each passage begins."""
_SILENT = frozenset(["pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback"])
"""Elements that hold nothing to be read: properties, what tracked changes have taken out, fields' instructions."""
_SPACES = frozenset({"tab", "br", "cr"})
_COUNTED = re.compile(r"\s*(REF|PAGEREF|NOTEREF|SEQ|STYLEREF|PAGE|NUMPAGES)\b")
"""Fields whose results Word counts: they change when something else does."""


def passage_texts(roots: Iterable[Element]) -> dict[str, str]:
    """What each passage says, by its tag: its paragraphs, a line each, without their numbers."""
    found: dict[str, list[str]] = {}
    for root in roots:
        for one in root.iter("{*}sdt"):
            tag = tag_of(one)
            if tag.startswith(TAG):
                found.setdefault(tag, []).extend(paragraphs_of(one))
    return {tag: "\n".join(paragraphs) for tag, paragraphs in found.items()}


def checksum(text: str) -> str:
    """By which a passage is known to say the same. Not the text: what was deleted must not stay in the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def tag_of(one: Element) -> str:
    """The tag of a content control, or nothing."""
    tag = one.find("{*}sdtPr/{*}tag")
    return "" if tag is None else attribute(tag, "val")


def attribute(element: Element, name: str) -> str:
    """An attribute of the element's own namespace, or of none."""
    prefix = element.tag.rpartition("}")[0] + "}" if "}" in str(element.tag) else ""
    return str(element.get(f"{prefix}{name}", element.get(name, "")))


def paragraphs_of(element: Element) -> list[str]:
    """What stands in an element, a text for each paragraph that says something."""
    said = "".join(_pieces(element)).replace("\u2011", "-").replace("\u00ad", "")
    return [line for line in (" ".join(one.split()) for one in said.split("\n")) if line]


def _pieces(element: Element) -> Iterator[str]:
    """The pieces of text, each paragraph closed by a line's end."""
    hidden: list[bool] = []
    """For each field that is open here: whether its result is counted."""
    for action, one in _events(element):
        name = local_name(one)
        if action == "end":
            if name == "p":
                yield "\n"
        elif name == "fldChar":
            _enter_field(attribute(one, "fldCharType"), one, hidden)
        elif not any(hidden):
            if name == "t":
                yield (one.text or "").replace("\n", " ")
            elif name == "noBreakHyphen":
                yield "-"
            elif name in _SPACES:
                yield " "


def _events(element: Element) -> Iterator[tuple[str, Element]]:
    """The elements that say something, at their beginning and at their end."""
    for one in element:
        if not isinstance(one.tag, str) or local_name(one) in _SILENT or _is_entered(one) or _is_counted(one):
            continue
        yield "start", one
        yield from _events(one)
        yield "end", one


def _is_entered(one: Element) -> bool:
    """Whether it is a form field: what is entered there is not part of the passage."""
    return local_name(one) == "sdt" and one.find("{*}sdtPr/{*}dataBinding") is not None


def _is_counted(one: Element) -> bool:
    return local_name(one) == "fldSimple" and bool(_COUNTED.match(attribute(one, "instr")))


def _enter_field(kind: str, start: Element, hidden: list[bool]) -> None:
    if kind == "begin":
        hidden.append(bool(_COUNTED.match(_instruction(start))))
    elif kind == "end" and hidden:
        hidden.pop()


def _instruction(start: Element) -> str:
    """The instruction of the field that begins here: what stands in the runs that follow, up to its result."""
    said: list[str] = []
    run = start.getparent()
    while run is not None:
        for one in run.iter("{*}instrText", "{*}fldChar"):
            if local_name(one) == "instrText":
                said.append(one.text or "")
            elif attribute(one, "fldCharType") != "begin":
                return "".join(said)
        run = run.getnext()
    return "".join(said)


def paragraphs_in(root: Element) -> list[str]:
    """All paragraphs of a part that say something, in order."""
    return [" ".join(said) for one in root.iter(qualified("w:p")) if (said := paragraphs_of(one))]
