"""Gives sections, paragraphs, list items and appendices their numbers, from the house's scheme.

Numbers are settled here once; writers print them, or make Word count the same way.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.house.style import Level, Numbering
from reportgen.tree import (
    Block,
    Blocks,
    Cell,
    Document,
    Field,
    FieldList,
    List,
    ListItem,
    Number,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Table,
)

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def number_document(document: Document, numbering: Numbering) -> Document:
    """The document with the numbers that the scheme gives. Body paragraphs are counted only inside sections."""
    counting = _Counting(numbering)
    body = tuple(
        counting.block(block, depth=1) if isinstance(block, Section) else _number_lists(block, numbering)
        for block in document.body
    )
    appendices = tuple(
        replace(
            appendix,
            number=number_of("appendix", (place,), 0, numbering.appendix, (numbering.appendix,)),
            children=tuple(_number_lists(child, numbering) for child in appendix.children),
        )
        for place, appendix in enumerate(document.appendices, start=1)
    )
    front = tuple(_number_lists(block, numbering) for block in document.front)
    return replace(document, front=front, body=body, appendices=appendices)


class _Counting:
    """Walks the body in reading order with the counts of the section that it is in."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts: list[int] = [0]
        """One count for each open level; the last is the one that goes up next."""

    def block(self, block: Block, depth: int) -> Block:
        match block:
            case Section():
                return self.section(block, depth)
            case Paragraph() if block.numbered and block.role in self.numbering.paragraphs and self._has_level():
                return replace(block, number=self._next())
            case _:
                return _number_lists(block, self.numbering)

    def section(self, section: Section, depth: int) -> Section:
        counted = section.numbered and depth <= self.numbering.sections
        number = self._next() if counted else None
        if counted:
            self.counts.append(0)
        children = tuple(self.block(child, depth + 1) for child in section.children)
        if counted:
            self.counts.pop()
        return replace(section, number=number, children=children)

    def _has_level(self) -> bool:
        return len(self.counts) <= len(self.numbering.levels)

    def _next(self) -> Number:
        self.counts[-1] += 1
        level = len(self.counts) - 1
        return number_of("body", tuple(self.counts), level, self.numbering.levels[level], self.numbering.levels)


def number_of(sequence: str, counts: tuple[int, ...], level: int, form: Level, levels: tuple[Level, ...]) -> Number:
    """The number at a level of a sequence, with the counts of that level and of those above it."""
    text = form.format
    for place, (count, one) in enumerate(zip(counts, levels, strict=False), start=1):
        text = text.replace("{" + str(place) + "}", format_count(count, one.counter))
    assert sequence in ("body", "appendix", "list", "table", "figure", "note")
    return Number(text, sequence, level, counts[-1], text.rstrip("."))  # type: ignore[arg-type]


def format_count(count: int, counter: str) -> str:
    """A count as a level writes it: 3 → "3", "c", "C" or "iii"."""
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


def _number_lists(block: Block, numbering: Numbering, outer: tuple[int, ...] = ()) -> Block:
    """The block with the items of its ordered lists numbered; `outer` are the counts of the ordered lists around it."""
    match block:
        case List():
            return replace(
                block,
                items=tuple(
                    _number_item(block, place, item, numbering, outer)
                    for place, item in enumerate(block.items, start=1)
                ),
            )
        case Section() | Panel():
            return replace(block, children=_inside(block.children, numbering))
        case Table():
            return replace(block, groups=tuple(_number_group(group, numbering) for group in block.groups))
        case FieldList():
            rows = tuple(tuple(Field(one.label, _inside(one.value, numbering)) for one in row) for row in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


def _inside(blocks: Blocks, numbering: Numbering) -> Blocks:
    return tuple(_number_lists(block, numbering) for block in blocks)


def _number_group(group: RowGroup, numbering: Numbering) -> RowGroup:
    rows = (Row(tuple(Cell(_inside(cell.content, numbering), cell.role) for cell in row.cells)) for row in group.rows)
    return RowGroup(tuple(rows), group.heading)


def _number_item(parent: List, place: int, item: ListItem, numbering: Numbering, outer: tuple[int, ...]) -> ListItem:
    if parent.ordered and not outer:
        outer = (0,) * _first_level(parent, numbering)
    counts = (*outer, place) if parent.ordered else outer
    level = len(counts) - 1
    number = None
    if parent.ordered:
        forms = tuple(map(numbering.list_level, range(len(counts))))
        number = number_of("list", counts, level, forms[level], forms)
    return ListItem(tuple(_number_lists(block, numbering, counts) for block in item.content), number)


def _first_level(ordered: List, numbering: Numbering) -> int:
    """The list level at which an ordered list begins that stands in no other."""
    return next((level for level, form in enumerate(numbering.lists) if form.role == ordered.role), 0)
