"""Reads a Word file that was just written, for tests."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from reportgen.document import Document
from reportgen.house import House
from reportgen.writers import docx
from tests.unit.writers.sample_tree import base_house

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
HOUSE = base_house()


def parts_of(document: Document, house: House = HOUSE) -> dict[str, bytes]:
    """The parts of the file, by name."""
    with zipfile.ZipFile(io.BytesIO(docx.write(document, house))) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(document: Document, name: str = "document", house: House = HOUSE) -> etree._Element:
    """One part of the file."""
    return etree.fromstring(parts_of(document, house)[f"word/{name}.xml"])


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at an XPath."""
    return list(root.xpath(path, namespaces=NAMES))


def attribute(root: etree._Element, path: str) -> list[str]:
    """The attributes at an XPath."""
    return [str(value) for value in root.xpath(path, namespaces=NAMES)]


def words(element: etree._Element) -> str:
    """What is to be read there: tabs as "→", the instructions of fields not at all."""
    return "".join(
        "→" if one.tag.endswith("}tab") else one.text or "" for one in find(element, ".//w:r/w:t | .//w:r/w:tab")
    )


def paragraph_saying(root: etree._Element, beginning: str) -> etree._Element:
    """The first paragraph that begins so."""
    return next(one for one in find(root, "//w:p") if words(one).startswith(beginning))


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style."""
    return attribute(paragraph, "w:pPr/w:pStyle/@w:val")[0]


def instructions(root: etree._Element) -> list[str]:
    """The instructions of the fields, in order."""
    return [(one.text or "").strip() for one in find(root, ".//w:instrText")]
