"""What the fields of a Word file say: as they were written, and as LibreOffice has filled them anew."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reportgen.document import (
    Contents,
    CrossReference,
    Document,
    Figure,
    Footnote,
    Table,
    blocks_of,
    inlines_of,
    plain_text,
)
from reportgen.house import House
from reportgen.writers.docx.context import bookmark_name
from tests.documents.reading import squeeze

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@dataclass(frozen=True)
class Fields:
    """What they say, without white space."""

    contents: list[tuple[int, str]]
    """The lines: level, and number and words."""
    contents_pages: list[str]
    captions: list[str]
    """Number and words of each that has a number, in order."""
    references: Counter[tuple[str, str]]
    """Target (the name of its bookmark) and what is shown of it."""
    page_references: list[tuple[str, str]]
    """The same of references to pages, by target."""
    notes: list[str]
    """Number and words of each footnote, in the order of their marks."""


def fields_of_tree(document: Document, house: House) -> Fields:
    """What the tree says that they must say."""
    blocks = list(blocks_of(document))
    entries = [entry for block in blocks if isinstance(block, Contents) for entry in block.entries]
    separator = house.config.numbering.caption_separator
    references = [inline for block in blocks for inline in inlines_of(block) if isinstance(inline, CrossReference)]
    notes = {
        inline.number.position: inline
        for block in blocks
        for inline in inlines_of(block)
        if isinstance(inline, Footnote) and inline.number is not None
    }
    return Fields(
        [(entry.level, squeeze(entry.number + entry.text)) for entry in entries],
        [entry.page for entry in entries],
        [
            squeeze(block.number.text + separator + plain_text(block.caption))
            for block in blocks
            if isinstance(block, Table | Figure) and block.number is not None
        ],
        Counter((bookmark_name(one.target), squeeze(one.text)) for one in references if one.shows == "number"),
        sorted((bookmark_name(one.target), one.text) for one in references if one.shows == "page"),
        [squeeze(f"{number}{plain_text(one.content)}") for number, one in sorted(notes.items())],
    )


# ---- As written ----


def fields_as_written(docx: Path) -> Fields:
    """What the file says before any program has filled its fields."""
    with zipfile.ZipFile(docx) as package:
        names = [name for name in ("word/document.xml", "word/footnotes.xml") if name in package.namelist()]
        roots = [etree.fromstring(package.read(name)) for name in names]
    control = roots[0].xpath(
        "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']", namespaces=_NS
    )
    lines = [
        one for found in control for one in found.iter(f"{_W}p") if next(one.iter(f"{_W}hyperlink"), None) is not None
    ]
    # The lines of the contents are links with a field for the page in them.
    fields = [
        field
        for root in roots
        for field in _fields(root)
        if next(field.instruction.iterancestors(f"{_W}hyperlink"), None) is None
    ]
    marks = [one.get(f"{_W}id") for one in roots[0].iter(f"{_W}footnoteReference")]
    said = {one.get(f"{_W}id"): _said_in_word(one) for root in roots[1:] for one in root.iter(f"{_W}footnote")}
    return Fields(
        [(int(_style_of(line)[-1]), squeeze(_said_in_word(line).rpartition("\t")[0])) for line in lines],
        [_said_in_word(line).rpartition("\t")[2] for line in lines],
        [
            squeeze(_said_in_word(one))
            for one in roots[0].iter(f"{_W}p")
            if any((field.text or "").startswith(" SEQ ") for field in one.iter(f"{_W}instrText"))
        ],
        Counter((field.words[1], squeeze(field.result)) for field in fields if field.words[0] == "REF"),
        sorted((field.words[1], field.result) for field in fields if field.words[0] == "PAGEREF"),
        [squeeze(f"{place}{said[mark]}") for place, mark in enumerate(marks, start=1)],
    )


_NS = {"w": _W[1:-1]}


@dataclass
class _Field:
    instruction: etree._Element
    words: list[str]
    result: str = ""


def _fields(root: etree._Element) -> Iterator[_Field]:
    """Every field, the outer before those in it."""
    opened: list[_Field | None] = []
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}t"):
        if element.tag == f"{_W}instrText":
            opened[-1] = _Field(element, (element.text or "").split())
            yield opened[-1]
        elif element.tag == f"{_W}t":
            for field in opened:
                if field is not None:
                    field.result += element.text or ""
        elif element.get(f"{_W}fldCharType") == "begin":
            opened.append(None)
        elif element.get(f"{_W}fldCharType") == "end":
            opened.pop()


def _said_in_word(paragraph: etree._Element) -> str:
    parts = []
    for one in paragraph.iter(f"{_W}t", f"{_W}tab"):
        in_run = one.getparent() is not None and one.getparent().tag == f"{_W}r"
        parts.append("" if not in_run else "\t" if one.tag == f"{_W}tab" else one.text or "")
    return "".join(parts)


def _style_of(paragraph: etree._Element) -> str:
    return str(next(paragraph.iter(f"{_W}pStyle")).get(f"{_W}val"))


# ---- As filled anew ----


def fields_as_refreshed(fodt: Path) -> Fields:
    """What LibreOffice has put into the fields."""
    root = etree.fromstring(fodt.read_bytes(), etree.XMLParser(huge_tree=True))
    parents = {
        style.get(f"{_STYLE}name"): style.get(f"{_STYLE}parent-style-name") for style in root.iter(f"{_STYLE}style")
    }
    lines = [
        (style, _said_in_odf(one))
        for body in root.iter(f"{_TEXT}index-body")
        for one in body.iter(f"{_TEXT}p")
        if (style := _named_style(one.get(f"{_TEXT}style-name"), parents)).startswith("Contents_20_")
        and style[-1].isdigit()
    ]
    references = [
        (str(one.get(f"{_TEXT}ref-name")), one.get(f"{_TEXT}reference-format"), "".join(one.itertext()))
        for one in root.iter(f"{_TEXT}bookmark-ref")
        if next(one.iterancestors(f"{_TEXT}index-body"), None) is None
    ]
    return Fields(
        [(int(style[-1]), squeeze(said.rpartition("\t")[0])) for style, said in lines],
        [said.rpartition("\t")[2] for _, said in lines],
        [squeeze(_said_in_odf(one)) for one in root.iter(f"{_TEXT}p") if one.find(f".//{_TEXT}sequence") is not None],
        Counter((target, squeeze(said)) for target, shown, said in references if shown != "page"),
        sorted((target, said) for target, shown, said in references if shown == "page"),
        [
            squeeze("".join(one.find(f"{_TEXT}note-citation").itertext()) + _said_in_odf(one.find(f"{_TEXT}note-body")))
            for one in root.iter(f"{_TEXT}note")
        ],
    )


def _named_style(style: str | None, parents: dict[str | None, str | None]) -> str:
    """The style itself, or the one that it is a variation of."""
    while style is not None and not style.startswith("Contents_20_"):
        style = parents.get(style)
    return style or ""


def _said_in_odf(element: etree._Element) -> str:
    """What a paragraph says: without footnotes, and with a tab for each tab."""
    said = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}tab":
            said += "\t"
        elif child.tag == f"{_TEXT}s":
            said += " "
        elif child.tag != f"{_TEXT}note":
            said += _said_in_odf(child)
        said += child.tail or ""
    return said
