"""Panels: paragraphs with a background, or a table of one cell where there is more in them than paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.house.look import PanelStyle
from reportgen.tree import Panel, Paragraph
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element, shading, twips, w
from reportgen.writers.docx.frames import cell_margins, panel_inset, panel_rule
from reportgen.writers.docx.paragraphs import draw_paragraph
from reportgen.writers.docx.story import Drawn, WordParagraph, WordTable, settle_story
from reportgen.writers.docx.tables import DrawBlocks

_ROOM_IN_PANEL = 0.9
"""Of the page's height: words stand beside a picture in a panel, and both on one page."""


def draw_panel(panel: Panel, place: Place, draft: Draft, draw_blocks: DrawBlocks) -> list[Drawn]:
    """A panel as wide as the text, wherever the paragraphs around it begin.

    Paragraphs stay paragraphs, which is what a screen reader reads best. Word draws a box around
    each indent of its own, though, so lists and tables need a cell around them to stand in one.
    """
    look = draft.house.look.panels[panel.role]
    inside = replace(place, left=0, base=0, section_indent=0, lists=0, item=None)
    paragraphs = [child for child in panel.children if isinstance(child, Paragraph)]
    if len(paragraphs) == len(panel.children):
        inside = replace(inside, panel=panel.role)
        return list(_boxed([draw_paragraph(one, inside, draft) for one in paragraphs], look))
    width = place.width - panel_inset(look) - look.padding
    inside = replace(inside, width=width, height=place.height * _ROOM_IN_PANEL)
    cell = _one_cell(draw_blocks(panel.children, inside, draft), look, place.width)
    return [WordTable(cell, look.space_before, look.space_after)]


def _boxed(paragraphs: Sequence[WordParagraph], look: PanelStyle) -> Sequence[WordParagraph]:
    box = object()
    for paragraph in paragraphs:
        paragraph.box = box
    if paragraphs:
        paragraphs[0].set_before(look.space_before)
        paragraphs[-1].set_after(look.space_after)
    return paragraphs


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
