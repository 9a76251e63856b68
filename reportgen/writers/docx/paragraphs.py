"""Paragraphs: style, place, number and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.tree import Inlines, Number, Paragraph
from reportgen.writers.docx.draft import Draft, Place, bookmark_name
from reportgen.writers.docx.elements import Element, indent, w
from reportgen.writers.docx.headings import is_counted
from reportgen.writers.docx.inlines import RunLook, draw_inlines, mark_properties
from reportgen.writers.docx.story import WordParagraph
from reportgen.writers.docx.styles import look_in_table, numbering_properties


@dataclass(frozen=True, slots=True)
class Sign:
    """What Word puts before a paragraph: a level of a list (numId, ilvl), and how far it hangs, in millimetres."""

    number: int
    level: int
    hanging: float


def draw_paragraph(paragraph: Paragraph, place: Place, draft: Draft) -> WordParagraph:
    """A paragraph where it stands, with its number if it has one."""
    sign = _sign_of(paragraph.number, draft)
    drawn = draw_line(paragraph.content, paragraph.role, place, draft, sign, paragraph.anchor)
    drawn.passage = draft.passages.of(paragraph.origin)
    return drawn


def draw_line(
    content: Inlines, role: str, place: Place, draft: Draft, sign: Sign | None = None, anchor: str = ""
) -> WordParagraph:
    """A paragraph of a role with the given content, and with the sign that goes before it."""
    role = _role_here(role, place, draft)
    look = _look_here(role, place, draft)
    runs = RunLook(look, place.direct)
    drawn = draw_inlines(content, runs, draft)
    paragraph = WordParagraph(
        {}, bookmarked(drawn, anchor, draft), look.get("space_before", 0), look.get("space_after", 0)
    )
    paragraph.put(w("pStyle", val=_style_here(role, place, draft)))
    if sign is not None:
        paragraph.put(numbering_properties(sign.number, sign.level))
    elif place.left and (place.lists or "indent" not in look):
        paragraph.put(indent(place.left))
    if place.align_right:
        paragraph.put(w("jc", val="right"))
    mark = mark_properties(runs, draft)
    if mark is not None:
        paragraph.put(mark)
    return paragraph


def _sign_of(number: Number | None, draft: Draft) -> Sign | None:
    if number is None or not is_counted(number, draft.house.style.numbering):
        return None
    return Sign(draft.numbering.paragraphs(), number.level, draft.house.style.numbering.levels[number.level].hanging)


def _role_here(role: str, place: Place, draft: Draft) -> str:
    return place.body_role if role == "body" or role not in draft.house.look.styles else role


def _look_here(role: str, place: Place, draft: Draft) -> Mapping[str, Any]:
    look = draft.look_of(role)
    return {**look, **look_in_table(role, draft.house.look.tables[place.table])} if place.table else look


def _style_here(role: str, place: Place, draft: Draft) -> str:
    if place.panel:
        return draft.styles.paragraph_in_panel(role, place.panel)
    return draft.styles.paragraph_in_table(role, place.table) if place.table else draft.styles.paragraph(role)


def bookmarked(content: list[Element], anchor: str, draft: Draft) -> list[Element]:
    """The content as the target of references; references to an anchor that is there twice go to the first."""
    if not anchor or anchor in draft.bookmarks:
        return content
    identity = draft.bookmarks[anchor] = len(draft.bookmarks) + 1
    return [w("bookmarkStart", id=identity, name=bookmark_name(anchor)), *content, w("bookmarkEnd", id=identity)]
