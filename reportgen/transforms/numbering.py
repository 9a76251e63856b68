"""Numbers for sections, paragraphs, list items, appendices, captions and notes, from the house's scheme.

Numbers are settled here once; writers print them, or make Word count the same way.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.document import (
    Block,
    Document,
    Figure,
    Footnote,
    Inline,
    List,
    ListItem,
    Number,
    NumberSequence,
    Paragraph,
    Section,
    Table,
)
from reportgen.house.config import Level, Numbering
from reportgen.transforms.mapping import map_nodes

_NOTES = Level(format="{1}")
"""Footnotes are counted alike in every house: Word and readers expect plain figures."""
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number_document(document: Document, numbering: Numbering) -> Document:
    """Return the document with the numbers that the scheme gives. Body paragraphs are counted only inside sections."""
    in_sections = _InSections(numbering)
    body = tuple(in_sections.section(block, 1) if isinstance(block, Section) else block for block in document.body)
    appendices = tuple(
        replace(appendix, number=_number_of("appendix", (place,), (numbering.appendix,)))
        for place, appendix in enumerate(document.appendices, start=1)
    )
    anywhere = _Anywhere(numbering)
    return map_nodes(replace(document, body=body, appendices=appendices), anywhere.block, anywhere.inline)


class _InSections:
    """Walks the body in reading order with the counts of the section that it is in."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts: list[int] = [0]
        """One count for each open level; the last is the one that goes up next."""

    def section(self, section: Section, depth: int) -> Section:
        counted = section.numbered and depth <= self.numbering.sections
        number = self._next() if counted else None
        if counted:
            self.counts.append(0)
        children = tuple(self._block(child, depth + 1) for child in section.children)
        if counted:
            self.counts.pop()
        return replace(section, number=number, children=children)

    def _block(self, block: Block, depth: int) -> Block:
        if isinstance(block, Section):
            return self.section(block, depth)
        if isinstance(block, Paragraph) and block.numbered and block.role in self.numbering.paragraphs:
            has_level = len(self.counts) <= len(self.numbering.levels)
            return replace(block, number=self._next()) if has_level else block
        return block

    def _next(self) -> Number:
        self.counts[-1] += 1
        return _number_of("body", tuple(self.counts), self.numbering.levels)


class _Anywhere:
    """Numbers lists, each for itself; and, from 1 to the end, captioned tables, captioned figures and notes."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts: dict[NumberSequence, int] = {"table": 0, "figure": 0, "note": 0}

    def block(self, block: Block) -> Block:
        match block:
            case List():
                return self._list(block, ())
            case Table() if block.show_caption and self.numbering.table:
                return replace(block, number=self._next("table", self.numbering.table))
            case Figure() if block.caption and self.numbering.figure:
                return replace(block, number=self._next("figure", self.numbering.figure))
        return block

    def inline(self, inline: Inline) -> Inline:
        return replace(inline, number=self._next("note", _NOTES)) if isinstance(inline, Footnote) else inline

    def _next(self, sequence: NumberSequence, form: Level) -> Number:
        self.counts[sequence] += 1
        return _number_of(sequence, (self.counts[sequence],), (form,))

    def _list(self, block: List, outer: tuple[int, ...]) -> List:
        """Number the list and those in it; `outer` are the counts of the ordered lists around it."""
        if any(item.number for item in block.items):
            return block  # it was numbered with the list that it stands in
        if block.ordered and not outer:
            lists = enumerate(self.numbering.lists)
            outer = (0,) * next((level for level, form in lists if form.role == block.role), 0)
        items = enumerate(block.items, start=1)
        return replace(block, items=tuple(self._item(item, block.ordered, outer, place) for place, item in items))

    def _item(self, item: ListItem, ordered: bool, outer: tuple[int, ...], place: int) -> ListItem:
        counts = (*outer, place) if ordered else outer
        forms = tuple(map(self.numbering.list_level, range(len(counts))))
        content = tuple(self._list(inner, counts) if isinstance(inner, List) else inner for inner in item.content)
        return ListItem(content, _number_of("list", counts, forms) if ordered else None)


def _number_of(sequence: NumberSequence, counts: tuple[int, ...], levels: tuple[Level, ...]) -> Number:
    """Return the number at the last of the levels that are counted."""
    level = len(counts) - 1
    text = levels[level].format
    for place, (count, one) in enumerate(zip(counts, levels, strict=False), start=1):
        text = text.replace("{" + str(place) + "}", format_count(count, one.counter))
    return Number(text, sequence, level, counts[-1], text.rstrip("."))


def format_count(count: int, counter: str) -> str:
    """Return a count as a level writes it: 3 → "3", "c", "C" or "iii"."""
    match counter:
        case "lower-letter" | "upper-letter":
            text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # as Word goes on after z: aa, bb
            return text.upper() if counter == "upper-letter" else text
        case "lower-roman":
            text = ""
            for value, sign in _ROMAN:
                text += sign * (count // value)
                count %= value
            return text
        case _:
            return str(count)
