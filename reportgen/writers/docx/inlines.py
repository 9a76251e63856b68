"""Inlines → runs of text, links and fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never
from urllib.parse import quote

from reportgen.document import (
    CrossReference,
    Footnote,
    FormField,
    Inline,
    Inlines,
    LineBreak,
    Link,
    PageCount,
    PageNumber,
    Placeholder,
    Span,
    Text,
)
from reportgen.writers.docx.controls import BLANK, TICK_FACE
from reportgen.writers.docx.draft import Draft, bookmark_name
from reportgen.writers.docx.elements import Element, legible, w, w_text
from reportgen.writers.docx.properties import TOGGLES, run_properties

_PAGE_AS_STORED = "1"
"""Word counts pages whenever it shows them; this is for what reads the file without laying it out."""
_SOFT_HYPHEN = "\u00ad"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Whether it is worth looking closer: the scripts written from right to left that one meets."""
_DIRECTIONS = {"R": "R", "AL": "R", "L": "L"}
"""Of letters, by their class in Unicode; anything else takes its direction from them."""
_STRETCH = re.compile("R(?:[R-]*R)?|L[L-]*|-+")
"""Spaces and stops after the last letter written from right to left belong to the paragraph."""
_UNSAFE_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How the text of a paragraph looks, from the outside inwards."""

    paragraph: Mapping[str, Any]
    """What the paragraph's style says."""
    direct: Mapping[str, Any]
    """What the place says, against the style: a cell that is bold."""
    roles: tuple[str, ...] = ()
    """Of the spans around the text, the outermost first."""

    def inside(self, role: str) -> RunLook:
        return replace(self, roles=(*self.roles, role))


def draw_inlines(content: Inlines, look: RunLook, draft: Draft) -> list[Element]:
    """What stands in a paragraph, after its properties."""
    return [drawn for inline in content for drawn in _draw_inline(inline, look, draft)]


def _draw_inline(inline: Inline, look: RunLook, draft: Draft) -> Iterable[Element]:  # noqa: C901  # a case for each
    match inline:
        case Text():
            return draw_text(inline.text, look, draft)
        case Span():
            return _draw_span(inline, look, draft)
        case Link():
            address = quote(inline.href, safe=_UNSAFE_IN_ADDRESS)
            linked = draw_text(inline.text, look.inside("link"), draft)
            return (w("hyperlink", *linked, r_id=draft.part.link_to(address), history=1),)
        case CrossReference():
            return draw_field(_reference(inline, draft), inline.text, look, draft)
        case Placeholder():
            runs = list(draw_text(inline.text, look.inside("gap"), draft))
            # Headers, footers and notes can have no comments.
            return draft.comments.attach(inline, runs) if draft.part.is_document else runs
        case FormField():
            return _draw_entry(inline, look, draft)
        case Footnote():
            return _draw_note(inline, look, draft)
        case LineBreak():
            return (_run((w("br"),), look, draft),)
        case PageNumber():
            return draw_field("PAGE", _PAGE_AS_STORED, look, draft)
        case PageCount():
            return draw_field("NUMPAGES", _PAGE_AS_STORED, look, draft)
        case _:
            assert_never(inline)


def _draw_entry(entry: FormField, look: RunLook, draft: Draft) -> list[Element]:
    """A form field, with what has been entered or stands there instead."""
    if entry.form == "check":
        look = replace(look, direct={**look.direct, "face": TICK_FACE})
    return draft.form.draw(entry, list(draw_text(entry.text or BLANK, look, draft)))


def _draw_span(span: Span, look: RunLook, draft: Draft) -> list[Element]:
    drawn = draw_inlines(span.content, look.inside(span.role), draft)
    passage = draft.passages.of(span.origin)
    return [passage.enclose_runs(drawn)] if passage and drawn else drawn


def mark_properties(look: RunLook, draft: Draft) -> Element | None:
    """The properties of a paragraph's mark, which its number takes on; None where the style's do."""
    found = _properties(look, draft)
    return w("rPr", *found) if found else None


def draw_field(instruction: str, result: str, look: RunLook, draft: Draft) -> Iterator[Element]:
    """A field with the result that it had when the document was written."""
    yield from begin_field(instruction, look, draft)
    yield from draw_text(result, look, draft)
    yield end_field(look, draft)


def begin_field(instruction: str, look: RunLook, draft: Draft) -> Iterator[Element]:
    yield _run((w("fldChar", fldCharType="begin"),), look, draft)
    yield _run((w_text("instrText", f" {instruction} "),), look, draft)
    yield _run((w("fldChar", fldCharType="separate"),), look, draft)


def end_field(look: RunLook, draft: Draft) -> Element:
    return _run((w("fldChar", fldCharType="end"),), look, draft)


def draw_tab(look: RunLook, draft: Draft) -> Element:
    return _run((w("tab"),), look, draft)


def _reference(reference: CrossReference, draft: Draft) -> str:
    """The field that shows what a reference shows, and goes there (ISO/IEC 29500-1, 17.16.5)."""
    target = bookmark_name(reference.target)
    match reference.shows:
        case "page":
            return f"PAGEREF {target} \\h"
        case "number" if reference.target in draft.captioned:
            return f"REF {target} \\h"
        case "number":
            return f"REF {target} \\r \\h"
        case _:
            assert_never(reference.shows)


def _draw_note(note: Footnote, look: RunLook, draft: Draft) -> Iterator[Element]:
    """The mark of a footnote; in headers and footers, where there can be none, what it says in brackets."""
    if not draft.part.is_document:
        yield from draw_inlines((Text(" ("), *note.content, Text(")")), look, draft)
        return
    inside = RunLook(draft.look_of("note"), {})
    there = replace(draft, part=draft.notes.part)
    mark = _run((w("footnoteRef"),), inside.inside("note-mark"), there)
    said = [mark, *draw_inlines((Text(" "), *note.content), inside, there)]
    properties = w("pPr", w("pStyle", val=draft.styles.paragraph("note")))
    number = draft.notes.add(properties, said)
    yield _run((w("footnoteReference", id=number),), look.inside("note-mark"), draft)


def draw_text(text: str, look: RunLook, draft: Draft) -> Iterator[Element]:
    """Plain text, as a run for each direction of writing."""
    for part, language in _by_direction(legible(text)):
        direction = (w("rtl"), w("lang", bidi=language)) if language else ()
        yield _run(tuple(_characters(part)), look, draft, *direction)


def _run(content: tuple[Element, ...], look: RunLook, draft: Draft, *further: Element) -> Element:
    properties = [*_properties(look, draft), *further]
    return w("r", w("rPr", *properties), *content) if properties else w("r", *content)


def _properties(look: RunLook, draft: Draft) -> list[Element]:
    """The innermost span's style, and directly what it does not say or Word would get wrong.

    A run has one style. Word also takes "bold" in the styles of both paragraph and run to mean
    "not bold" (ISO/IEC 29500-1, 17.7.3), which only a direct property can contradict.
    """
    roles = [role for role in look.roles if role in draft.house.stylesheet.styles]
    layers = [look.direct, *map(draft.look_of, roles)]
    wanted = {key: value for layer in layers for key, value in layer.items()}
    styled = layers[-1] if roles else {}
    repeated = {key for key in TOGGLES if look.paragraph.get(key)}
    direct = {key: value for key, value in wanted.items() if key not in styled or key in repeated}
    style = [w("rStyle", val=draft.styles.character(roles[-1]))] if roles else []
    return [*style, *run_properties(direct)]


def _characters(text: str) -> Iterator[Element]:
    for place, part in enumerate(text.split(_SOFT_HYPHEN)):
        if place:
            yield w("softHyphen")
        if part:
            yield w_text("t", part)


def _by_direction(text: str) -> Iterator[tuple[str, str]]:
    """Stretches of text, each with the language that is written from right to left, or "" for the paragraph's own."""
    if not _RIGHT_TO_LEFT.search(text):
        yield text, ""
        return
    directions = "".join(_DIRECTIONS.get(unicodedata.bidirectional(character), "-") for character in text)
    for found in _STRETCH.finditer(directions):
        part = text[found.start() : found.end()]
        yield part, _language(part) if found[0].startswith("R") else ""


def _language(text: str) -> str:
    return "he-IL" if any(unicodedata.bidirectional(character) == "R" for character in text) else "ar-SA"
