"""Signatures: a dotted line above name and post, or a tick box beside each role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from reportgen.house.look import SIGNATURE_WIDTH
from reportgen.tree import Inline, Signature, SignatureLine, Text
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import border, indent, w
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import Drawn, WordParagraph

_ROOM_TO_SIGN = 3.0
"""Above the line, in type sizes."""
_LINE = 0.1
"""The line's thickness, in type sizes."""
_INK = "#000000"


def draw_signature(signature: Signature, place: Place, draft: Draft) -> list[Drawn]:
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
