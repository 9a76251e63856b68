"""Blocks → paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from reportgen.tree import (
    Block,
    Blocks,
    Contents,
    FieldList,
    Figure,
    List,
    ListItem,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    Table,
    Text,
)
from reportgen.writers.docx.contents import draw_contents
from reportgen.writers.docx.draft import Draft, OpenItem, Place
from reportgen.writers.docx.elements import indent, w
from reportgen.writers.docx.headings import heading_role, is_counted, outline_beyond_style
from reportgen.writers.docx.numbering import LEVELS
from reportgen.writers.docx.panels import draw_panel
from reportgen.writers.docx.paragraphs import Sign, draw_line, draw_paragraph
from reportgen.writers.docx.pictures import draw_figure
from reportgen.writers.docx.signatures import draw_signature
from reportgen.writers.docx.story import Drawn, NewPage, WordParagraph, WordTable
from reportgen.writers.docx.styles import numbering_properties
from reportgen.writers.docx.tables import draw_fields, draw_table


def draw_blocks(blocks: Blocks, place: Place, draft: Draft) -> list[Drawn]:
    """The blocks, one below the other."""
    return [drawn for block in blocks for drawn in draw_block(block, place, draft)]


def draw_block(block: Block, place: Place, draft: Draft) -> list[Drawn]:  # noqa: C901  # a case for each kind of block
    """A block of the tree; a section comes with all that is in it."""
    match block:
        case Section():
            return draw_section(block, place, draft)
        case Paragraph():
            return [draw_paragraph(block, place, draft)]
        case List():
            return _as_passage(_draw_list(block, place, draft), block, draft)
        case Table():
            return _as_passage(draw_table(block, place, draft, draw_blocks), block, draft)
        case FieldList():
            return draw_fields(block, place, draft, draw_blocks)
        case Panel():
            return draw_panel(block, place, draft, draw_blocks)
        case Figure():
            return [*draw_figure(block, place, draft)]
        case Contents():
            return [*draw_contents(block, place, draft)]
        case Signature():
            return draw_signature(block, place, draft)
        case PageBreak():
            return [NewPage()]
        case _:
            assert_never(block)


def draw_section(section: Section, place: Place, draft: Draft) -> list[Drawn]:
    """A heading and what stands under it."""
    depth = place.depth + 1
    inside = replace(place, depth=depth, left=place.section_indent, base=place.section_indent)
    return [_draw_heading(section, depth, place, draft), *draw_blocks(section.children, inside, draft)]


def _draw_heading(section: Section, depth: int, place: Place, draft: Draft) -> WordParagraph:
    role = heading_role(section, depth)
    number, numbering = section.number, draft.house.style.numbering
    counted = number is not None and is_counted(number, numbering)
    separator = (
        (Text(numbering.appendix_separator),)
        if counted and number is not None and number.sequence == "appendix"
        else ()
    )
    heading = draw_line((*separator, *section.heading), role, replace(place, left=0), draft, anchor=section.anchor)
    if counted and number is not None and role not in draft.bound_roles:
        lists = {"appendix": draft.numbering.appendices, "body": draft.numbering.body}
        heading.put(numbering_properties(lists[number.sequence](), number.level))
    elif not counted and role in draft.bound_roles:
        heading.put(numbering_properties(0), indent(0))
    outline = outline_beyond_style(role, depth)
    if outline is not None:
        heading.put(w("outlineLvl", val=outline))
    return heading


def _draw_list(block: List, place: Place, draft: Draft) -> list[Drawn]:
    inside = replace(place, lists=place.lists + 1, body_role=place.item_role)
    first = next((item.number for item in block.items if item.number is not None), None)
    number = 0 if first is None else _list_number(first.level, first.position, place, draft)
    drawn = [one for item in block.items for one in _draw_item(item, number, inside, draft)]
    last = drawn[-1] if drawn else None
    if place.lists == 0 and not place.table and isinstance(last, WordParagraph):
        # Below a list there is as much room as below a paragraph, however close its items stand.
        last.set_after(max(last.after, draft.look_of("base").get("space_after", 0)))
    return drawn


def _list_number(level: int, start: int, place: Place, draft: Draft) -> int:
    """The list that an ordered list is to Word: that of the item around it if it is its first, or one of its own."""
    if place.item is not None and level not in place.item.levels_below:
        place.item.levels_below.add(level)
        return place.item.number
    return draft.numbering.new_list(place.base, min(level, LEVELS - 1), start)


def _draw_item(item: ListItem, number: int, place: Place, draft: Draft) -> Iterator[Drawn]:
    numbering = draft.house.style.numbering
    if item.number is not None:
        form = numbering.list_level(min(item.number.level, LEVELS - 1))
        sign = Sign(number, min(item.number.level, LEVELS - 1), form.hanging)
        inside = replace(place, left=place.base + form.indent, item=OpenItem(number, set()))
    else:
        step = place.bullet_step
        depth = min(place.lists, LEVELS)
        sign = Sign(draft.numbering.bullets(place.base, step), depth - 1, step)
        inside = replace(place, left=place.base + depth * step)
    first, rest = _split_item(item)
    line = draw_line(first.content, first.role, inside, draft, sign, first.anchor)
    line.passage = draft.passages.of(first.origin)
    yield line
    yield from draw_blocks(rest, inside, draft)


def _as_passage(drawn: list[Drawn], block: List | Table, draft: Draft) -> list[Drawn]:
    """What was drawn of a block, as part of the text that the block came from; what is in it may have its own."""
    passage = draft.passages.of(block.origin)
    return [
        replace(one, passage=passage) if isinstance(one, WordParagraph | WordTable) and one.passage is None else one
        for one in drawn
    ]


def _split_item(item: ListItem) -> tuple[Paragraph, Blocks]:
    """The paragraph that carries the item's sign, an empty one if the item begins otherwise, and the rest."""
    if item.content and isinstance(item.content[0], Paragraph):
        return item.content[0], item.content[1:]
    return Paragraph(()), item.content
