"""Captions: "Table 1: Judgements", the number counted by Word and the target of references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.house.style import Level
from reportgen.tree import Inlines, Number, Text
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element
from reportgen.writers.docx.inlines import RunLook, draw_field, draw_text
from reportgen.writers.docx.paragraphs import bookmarked, draw_line
from reportgen.writers.docx.story import WordParagraph

_SEQUENCES = {"table": "Table", "figure": "Figure"}
"""Word's own names: by them it offers references and makes lists of tables and of figures."""
_COUNTERS = {"decimal": "ARABIC", "lower-letter": "alphabetic", "upper-letter": "ALPHABETIC", "lower-roman": "roman"}
_COUNT = "{1}"


def draw_caption(caption: Inlines, number: Number | None, anchor: str, place: Place, draft: Draft) -> WordParagraph:
    """A caption that is to be seen. References go to its number alone, or to all of it where it has none."""
    if number is None or not number.text:
        return draw_line(caption, "caption", place, draft, anchor=anchor)
    separated = (Text(draft.house.style.numbering.caption_separator), *caption)
    paragraph = draw_line(separated, "caption", place, draft)
    paragraph.content[:0] = _draw_number(number, anchor, RunLook(draft.look_of("caption"), place.direct), draft)
    return paragraph


def _draw_number(number: Number, anchor: str, look: RunLook, draft: Draft) -> list[Element]:
    """The number, a bookmark around what references repeat of it: "Table 1" where "Table 1." is printed."""
    form = draft.house.style.numbering.table if number.sequence == "table" else draft.house.style.numbering.figure
    assert form is not None, f"{number.text} has a number that the house does not give"
    unrepeated = number.text.removeprefix(number.reference) if number.text.startswith(number.reference) else ""
    repeated = list(_parts(number, form, unrepeated, look, draft))
    return [*bookmarked(repeated, anchor, draft), *(draw_text(unrepeated, look, draft) if unrepeated else ())]


def _parts(number: Number, form: Level, unrepeated: str, look: RunLook, draft: Draft) -> Iterator[Element]:
    """The house's words as text, the count as a field; where a house prints it again, it is not counted again."""
    before, *others = form.format.removesuffix(unrepeated).split(_COUNT)
    printed = _printed_count(number, form)
    sequence, counter = _SEQUENCES[number.sequence], _COUNTERS[form.counter]
    if before:
        yield from draw_text(before, look, draft)
    for place, after in enumerate(others):
        again = "\\c " if place else ""
        yield from draw_field(f"SEQ {sequence} {again}\\* {counter}", printed, look, draft)
        if after:
            yield from draw_text(after, look, draft)


def _printed_count(number: Number, form: Level) -> str:
    """The count as the settled number has it: what stands there where the house's format says "{1}"."""
    words = [re.escape(part) for part in form.format.split(_COUNT)]
    pattern = words[0] + ("(.+?)" + r"\1".join(words[1:]) if len(words) > 1 else "()")
    found = re.fullmatch(pattern, number.text)
    assert found is not None, f"{number.text} is not a number of the form {form.format}"
    return found.group(1)
