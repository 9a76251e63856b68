"""Paragraphs: style, place, number and text; captions, whose numbers Word counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reportgen.document import Inlines, Number, Paragraph, Text
from reportgen.writers.docx.draft import Draft, Place, bookmark_name
from reportgen.writers.docx.elements import Element, indent, w
from reportgen.writers.docx.inlines import RunLook, draw_field, draw_inlines, draw_text, mark_properties
from reportgen.writers.docx.numbering import counted_number, numbering_properties
from reportgen.writers.docx.story import WordParagraph
from reportgen.writers.docx.styles import look_in_table

_SEQUENCES = {"table": "Table", "figure": "Figure"}
"""Word's own names: by them it offers references and makes lists of tables and of figures."""
_COUNTERS = {"decimal": "ARABIC", "lower-letter": "alphabetic", "upper-letter": "ALPHABETIC", "lower-roman": "roman"}
_COUNT = "{1}"


def draw_paragraph(paragraph: Paragraph, place: Place, draft: Draft) -> WordParagraph:
    """A paragraph where it stands, with its number if it has one."""
    number = counted_number(paragraph.number, draft.house.config.numbering)
    sign = None if number is None else numbering_properties(draft.numbering.paragraphs(), number.level)
    drawn = draw_line(paragraph.content, paragraph.role, place, draft, sign, paragraph.anchor)
    drawn.passage = draft.passages.of(paragraph.origin)
    return drawn


def draw_line(
    content: Inlines, role: str, place: Place, draft: Draft, sign: Element | None = None, anchor: str = ""
) -> WordParagraph:
    """A paragraph of a role with the given content; `sign` is the level of a list (w:numPr) that it counts as."""
    if role == "body" or role not in draft.house.stylesheet.styles:
        role = place.body_role
    look = _look_here(role, place, draft)
    runs = RunLook(look, place.direct)
    drawn = bookmarked(draw_inlines(content, runs, draft), anchor, draft)
    paragraph = WordParagraph({}, drawn, look.get("space_before", 0), look.get("space_after", 0))
    paragraph.keeps_with_previous = bool(look.get("keep_with_previous"))
    paragraph.put(w("pStyle", val=_style_here(role, place, draft)))
    if sign is not None:
        paragraph.put(sign)
    elif place.left and (place.lists or "indent" not in look):
        paragraph.put(indent(place.left))
    if place.align:
        paragraph.put(w("jc", val={"centre": "center"}.get(place.align, place.align)))
    mark = mark_properties(runs, draft)
    if mark is not None:
        paragraph.put(mark)
    return paragraph


def _look_here(role: str, place: Place, draft: Draft) -> Mapping[str, Any]:
    look = draft.look_of(role)
    return {**look, **look_in_table(role, draft.house.stylesheet.tables[place.table])} if place.table else look


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


# ---- Captions ----


def draw_caption(caption: Inlines, number: Number | None, anchor: str, place: Place, draft: Draft) -> WordParagraph:
    """A caption that is to be seen. References go to its number alone, or to all of it where it has none."""
    if number is None or not number.text:
        return draw_line(caption, "caption", place, draft, anchor=anchor)
    separated = (Text(draft.house.config.numbering.caption_separator), *caption)
    paragraph = draw_line(separated, "caption", place, draft)
    paragraph.content[:0] = _draw_number(number, anchor, RunLook(draft.look_of("caption"), place.direct), draft)
    return paragraph


def _draw_number(number: Number, anchor: str, look: RunLook, draft: Draft) -> list[Element]:
    """The house's words as text and the count as a field; where a house prints it again, it is not counted again.

    A bookmark is around what references repeat of it: "Table 1" where "Table 1." is printed.
    """
    form = draft.house.config.numbering.table if number.sequence == "table" else draft.house.config.numbering.figure
    assert form is not None, f"{number.text} has a number that the house does not give"
    pattern = re.escape(form.format).replace(re.escape(_COUNT), "(.+?)", 1).replace(re.escape(_COUNT), r"\1")
    found = re.fullmatch(pattern, number.text)
    assert found is not None, f"{number.text} is not a number of the form {form.format}"
    unrepeated = number.text.removeprefix(number.reference) if number.text.startswith(number.reference) else ""
    before, *others = form.format.removesuffix(unrepeated).split(_COUNT)
    repeated = _words(before, look, draft)
    for place, after in enumerate(others):
        again = "\\c " if place else ""
        field = f"SEQ {_SEQUENCES[number.sequence]} {again}\\* {_COUNTERS[form.counter]}"
        repeated += [*draw_field(field, found.group(1), look, draft), *_words(after, look, draft)]
    return [*bookmarked(repeated, anchor, draft), *_words(unrepeated, look, draft)]


def _words(text: str, look: RunLook, draft: Draft) -> list[Element]:
    return [*draw_text(text, look, draft)] if text else []
