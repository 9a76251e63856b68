"""What a screen reader needs of a Word file and no schema asks for: `broken_word_rules` names what breaks it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from reportgen.writers.docx.elements import NAMESPACES, Element, qualified

_LEVELS = 9
"""Outline levels from here on are those of text (ISO/IEC 29500-1, 17.3.1.20)."""


def broken_word_rules(docx: bytes) -> list[str]:
    """Each rule that the file breaks, with what breaks it: ISO 14289-1's demands, as far as Word knows them."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    return [
        *_pictures(parts),
        *_tables(document),
        *_headings(document, styles),
        *_about(parts["docProps/core.xml"], styles),
        *_fields(parts),
    ]


def _find(root: Element, path: str) -> list[Element]:
    return root.findall(path, namespaces=NAMESPACES)


def _value(element: Element | None, name: str = "w:val") -> str:
    return "" if element is None else element.get(qualified(name), "")


def _pictures(parts: dict[str, Element]) -> Iterator[str]:
    named = [one for root in parts.values() for one in _find(root, ".//wp:docPr")]
    for one in named:
        decorative = any(str(child.tag).endswith("}decorative") for child in one.iter())
        if not one.get("descr", "").strip() and not decorative:
            yield f"alternative text: {one.get('name')} has none"
    for number, times in Counter(one.get("id") for one in named).items():
        if times > 1:
            yield f"picture ids: {number} is used {times} times"


def _tables(document: Element) -> Iterator[str]:
    for place, table in enumerate(_find(document, ".//w:tbl"), 1):
        look = table.find("w:tblPr/w:tblLook", namespaces=NAMESPACES)
        rows = _find(table, "w:tr")
        heads = [row.find("w:trPr/w:tblHeader", namespaces=NAMESPACES) is not None for row in rows]
        by_row, by_column = _value(look, "w:firstRow") == "1", _value(look, "w:firstColumn") == "1"
        if by_row is not heads[0]:
            yield f"header row: table {place} says it in one of its two places only"
        if not by_row and not by_column and table.find("w:tblPr/w:tblCaption", namespaces=NAMESPACES) is not None:
            yield f"header row: table {place} has no headers at all"
        if any(heads[1:]):
            yield f"header row: table {place} has one that is not its first"


def _headings(document: Element, styles: Element) -> Iterator[str]:
    levels = {
        _value(style, "w:styleId"): _value(style.find("w:pPr/w:outlineLvl", namespaces=NAMESPACES))
        for style in _find(styles, "w:style")
    }
    based_on = {
        _value(style, "w:styleId"): _value(style.find("w:basedOn", namespaces=NAMESPACES))
        for style in _find(styles, "w:style")
    }

    def level_of(style: str) -> str:
        return levels.get(style) or (level_of(based_on[style]) if based_on.get(style) else "")

    before = 0
    for paragraph in _find(document, ".//w:p"):
        own = _value(paragraph.find("w:pPr/w:outlineLvl", namespaces=NAMESPACES))
        level = own or level_of(_value(paragraph.find("w:pPr/w:pStyle", namespaces=NAMESPACES)))
        if not level or int(level) >= _LEVELS:
            continue
        if int(level) + 1 > before + 1:
            words = "".join(text.text or "" for text in _find(paragraph, ".//w:t"))
            yield f"heading level: '{words}' is at level {int(level) + 1}, after one at level {before}"
        before = int(level) + 1


def _about(core: Element, styles: Element) -> Iterator[str]:
    title = core.find("dc:title", namespaces=NAMESPACES)
    if title is None or not (title.text or "").strip():
        yield "title: the file has none"
    if not _value(styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", namespaces=NAMESPACES)):
        yield "language: the file does not say its own"


def _fields(parts: dict[str, Element]) -> Iterator[str]:
    if _find(parts["word/settings.xml"], "w:updateFields"):
        yield "fields: Word would ask whether to update them"
    for name, root in parts.items():
        if any(_value(one, "w:dirty") for one in _find(root, ".//w:fldChar")):
            yield f"fields: one in {name} asks to be updated"
