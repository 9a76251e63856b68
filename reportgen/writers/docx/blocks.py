"""Blocks → paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reportgen.document import (
    Block,
    Blocks,
    Contents,
    ContentsEntry,
    FieldList,
    Figure,
    Inline,
    List,
    ListItem,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    SignatureLine,
    Table,
    Text,
)
from reportgen.house.styles import SIGNATURE_WIDTH, PanelStyle
from reportgen.writers.docx.draft import Draft, OpenItem, Place, bookmark_name
from reportgen.writers.docx.elements import Element, border, indent, shading, twips, w
from reportgen.writers.docx.inlines import RunLook, begin_field, draw_field, draw_tab, draw_text, end_field
from reportgen.writers.docx.numbering import LEVELS, OUTLINE, counted_number, heading_role, numbering_properties
from reportgen.writers.docx.paragraphs import draw_line, draw_paragraph
from reportgen.writers.docx.pictures import draw_figure
from reportgen.writers.docx.properties import cell_margins, panel_inset, panel_rule
from reportgen.writers.docx.story import Drawn, NewPage, WordParagraph, WordTable, settle_story
from reportgen.writers.docx.styles import CONTENTS
from reportgen.writers.docx.tables import draw_fields, draw_table

_ROOM_IN_PANEL = 0.9
"""Of the page's height: words stand beside a picture in a panel, and both on one page."""
_ROOM_TO_SIGN = 3.0
"""Above the line, in type sizes."""
_LINE = 0.1
"""The line's thickness, in type sizes."""
_INK = "#000000"


def draw_blocks(blocks: Blocks, place: Place, draft: Draft) -> list[Drawn]:
    """The blocks, one below the other; a section comes with all that is in it."""
    return [drawn for block in blocks for drawn in _draw_block(block, place, draft)]


def _draw_block(block: Block, place: Place, draft: Draft) -> list[Drawn]:  # noqa: C901  # a case for each kind of block
    match block:
        case Section():
            return _draw_section(block, place, draft)
        case Paragraph():
            return [draw_paragraph(block, place, draft)]
        case List():
            return _as_passage(_draw_list(block, place, draft), block, draft)
        case Table():
            return _as_passage(draw_table(block, place, draft, draw_blocks), block, draft)
        case FieldList():
            return draw_fields(block, place, draft, draw_blocks)
        case Panel():
            return _draw_panel(block, place, draft)
        case Figure():
            return draw_figure(block, place, draft)
        case Contents():
            return _draw_contents(block, place, draft)
        case Signature():
            return _draw_signature(block, place, draft)
        case PageBreak():
            return [NewPage()]
        case _:
            assert_never(block)


def _draw_section(section: Section, place: Place, draft: Draft) -> list[Drawn]:
    depth = place.depth + 1
    inside = replace(place, depth=depth, left=place.section_indent, base=place.section_indent)
    return [_draw_heading(section, depth, place, draft), *draw_blocks(section.children, inside, draft)]


def _draw_heading(section: Section, depth: int, place: Place, draft: Draft) -> WordParagraph:
    role, numbering = heading_role(section, depth), draft.house.config.numbering
    number, is_bound = counted_number(section.number, numbering), draft.styles.is_bound(role)
    content = section.heading
    if number is not None and number.sequence == "appendix":
        content = (Text(numbering.appendix_separator), *content)
    heading = draw_line(content, role, replace(place, left=0), draft, anchor=section.anchor)
    if number is not None and not is_bound:
        heading.put(numbering_properties(draft.numbering.headings(number.sequence), number.level))
    elif number is None and is_bound:
        heading.put(numbering_properties(0), indent(0))
    level = min(depth, LEVELS) - 1
    if OUTLINE.get(role) != level:  # the contents go by it, and so does Word's navigation pane
        heading.put(w("outlineLvl", val=level))
    return heading


# ---- Lists ----


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
    if item.number is not None:
        level = min(item.number.level, LEVELS - 1)
        left = place.base + draft.house.config.numbering.list_level(level).indent
        inside = replace(place, left=left, item=OpenItem(number, set()))
    else:
        level = min(place.lists, LEVELS) - 1
        number = draft.numbering.bullets(place.base, place.bullet_step)
        inside = replace(place, left=place.base + (level + 1) * place.bullet_step)
    first, rest = Paragraph(()), item.content
    if item.content and isinstance(item.content[0], Paragraph):
        first, rest = item.content[0], item.content[1:]
    line = draw_line(first.content, first.role, inside, draft, numbering_properties(number, level), first.anchor)
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


# ---- Panels ----


def _draw_panel(panel: Panel, place: Place, draft: Draft) -> list[Drawn]:
    """A panel as wide as the text, wherever the paragraphs around it begin.

    Paragraphs stay paragraphs, which is what a screen reader reads best. Word draws a box around
    each indent of its own, though, so lists and tables need a cell around them to stand in one.
    """
    look = draft.house.stylesheet.panels[panel.role]
    inside = replace(place, left=0, base=0, section_indent=0, lists=0, item=None)
    paragraphs = [child for child in panel.children if isinstance(child, Paragraph)]
    if len(paragraphs) < len(panel.children):
        width = place.width - panel_inset(look) - look.padding
        inside = replace(inside, width=width, height=place.height * _ROOM_IN_PANEL)
        cell = _one_cell(draw_blocks(panel.children, inside, draft), look, place.width)
        return [WordTable(cell, look.space_before, look.space_after)]
    inside = replace(inside, panel=panel.role)
    drawn = [draw_paragraph(one, inside, draft) for one in paragraphs]
    box = object()
    for paragraph in drawn:
        paragraph.box = box
    if drawn:
        drawn[0].set_before(look.space_before)
        drawn[-1].set_after(look.space_after)
    return [*drawn]


def _one_cell(content: Sequence[Drawn], look: PanelStyle, width: float) -> Element:
    if content and isinstance(content[-1], WordParagraph):
        content[-1].set_after(0)
    padding = twips(look.padding)
    properties = (
        w("tblW", w=twips(width), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblBorders", panel_rule(look)),
        cell_margins(padding, padding),
        w("tblLook", val="0000"),
    )
    background = [shading(look.background)] if look.background else []
    cell = w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa"), *background), *settle_story(content))
    return w("tbl", w("tblPr", *properties), w("tblGrid", w("gridCol", w=twips(width))), w("tr", cell))


# ---- Contents ----


def _draw_contents(contents: Contents, place: Place, draft: Draft) -> list[Drawn]:
    """The heading and a line for each entry, all in the control by which Word offers to update them; or nothing.

    The field takes what has an outline level, by its style or by itself (`\\u`), down to the
    contents' depth (`\\o`): those are the headings of sections, and nothing else has one.
    """
    if not contents.entries:
        return []
    outside = Place(width=place.width, height=place.height)
    lines = [_draw_contents_line(entry, outside, draft) for entry in contents.entries]
    look = RunLook(draft.look_of(_contents_role(contents.entries[0])), {})
    lines[0].content[:0] = begin_field(f'TOC \\o "1-{contents.depth}" \\h \\z \\u', look, draft)
    lines[-1].content.append(end_field(look, draft))
    heading = [draw_line(contents.heading, "contents-heading", outside, draft)] if contents.heading else []
    control = w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")))
    for paragraph in (*heading, *lines):
        paragraph.control = control
    return [*heading, *lines]


def _draw_contents_line(entry: ContentsEntry, place: Place, draft: Draft) -> WordParagraph:
    role = _contents_role(entry)
    style = draft.look_of(role)
    look, target = RunLook(style, {}), bookmark_name(entry.target)
    line = draw_line((), role, place, draft)
    if entry.number and style.get("hanging"):
        line.put(w("tabs", w("tab", val="left", pos=twips(style["indent"]))))
        line.put(indent(style["indent"], style["hanging"]))
    numbered = [*draw_text(entry.number, look, draft), draw_tab(look, draft)] if entry.number else []
    title = [*draw_text(" ".join(entry.text.split()), look, draft), draw_tab(look, draft)]
    page = draw_field(f"PAGEREF {target} \\h", entry.page, look, draft)
    line.content.append(w("hyperlink", *numbered, *title, *page, anchor=target, history=1))
    return line


def _contents_role(entry: ContentsEntry) -> str:
    return CONTENTS[min(entry.level, len(CONTENTS)) - 1]


# ---- Signatures ----


def _draw_signature(signature: Signature, place: Place, draft: Draft) -> list[Drawn]:
    """Where people sign, kept on one page."""
    match signature.form:
        case "line":
            paragraphs = [paragraph for line in signature.lines for paragraph in _draw_dotted_line(line, place, draft)]
        case "box":
            paragraphs = [_draw_tick_box(line, place, draft) for line in signature.lines]
        case _:
            assert_never(signature.form)
    for paragraph in paragraphs:  # the last one too: who wrote the paper stands below those who sign it
        paragraph.put(w("keepLines"), w("keepNext"))
    if paragraphs:
        paragraphs[0].keeps_with_previous = True
    return list(paragraphs)


def _draw_dotted_line(line: SignatureLine, place: Place, draft: Draft) -> Iterator[WordParagraph]:
    """The line is the upper border of the words below it: a screen reader meets no empty paragraph."""
    look = draft.look_of("signature")
    said = [words for words in (line.name, line.post, line.label) if words] or [""]
    first, *rest = (draw_line((Text(words),), "signature", place, draft) for words in said)
    dots = border("top", look["size"] * _LINE, look.get("colour", _INK), gap=1, line="dotted")
    first.put(w("pBdr", dots), indent(place.left, right=place.width - place.left - SIGNATURE_WIDTH))
    first.set_before(look["size"] * _ROOM_TO_SIGN)
    yield first
    yield from rest


def _draw_tick_box(line: SignatureLine, place: Place, draft: Draft) -> WordParagraph:
    """The box and whose it is; behind a dash by whom and when it was signed. Fields that are empty wait at the end."""
    ticked = next((one for one in line.entries if one.form == "check"), None)
    others = [one for one in line.entries if one.form != "check"]
    written: list[Inline] = [one for one in others if one.text]
    if not others:
        written = [Text(words) for words in (line.name, line.post) if words]
    content: list[Inline] = [ticked or Text("☒" if line.signed else "☐"), Text(f" {line.label}")]
    for place_in_line, one in enumerate(written):
        dash = " – " if line.label else " "
        content += [Text(", " if place_in_line else dash), one]
    for one in others:
        if not one.text:
            content += [Text("  "), one]
    return draw_line(tuple(content), "signature", place, draft)
