"""Paragraphs: style, place, number and text; captions, whose numbers Word counts; inlines → runs, links, fields."""

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
    Number,
    PageCount,
    PageNumber,
    Paragraph,
    Placeholder,
    Span,
    Text,
)
from reportgen.writers.docx.context import DocxContext, RenderContext, bookmark_name
from reportgen.writers.docx.controls import BLANK, TICK_FACE
from reportgen.writers.docx.elements import Element, indent, legible, w, w_text
from reportgen.writers.docx.flow import WordParagraph
from reportgen.writers.docx.numbering import counted_number, numbering_properties
from reportgen.writers.docx.styles import TOGGLES, look_in_table, run_properties

_SEQUENCES = {"table": "Table", "figure": "Figure"}
"""Word's own names: by them it offers references and makes lists of tables and of figures."""
_COUNTERS = {"decimal": "ARABIC", "lower-letter": "alphabetic", "upper-letter": "ALPHABETIC", "lower-roman": "roman"}
_COUNT = "{1}"


def render_paragraph(paragraph: Paragraph, context: RenderContext, docx: DocxContext) -> WordParagraph:
    """Render a paragraph where it stands, with its number if it has one."""
    number = counted_number(paragraph.number, docx.house.config.numbering)
    marker = None if number is None else numbering_properties(docx.numbering.paragraphs(), number.level)
    rendered = render_line(paragraph.content, paragraph.role, context, docx, marker, paragraph.anchor)
    rendered.passage = docx.passages.of(paragraph.origin)
    return rendered


def render_line(
    content: Inlines,
    role: str,
    context: RenderContext,
    docx: DocxContext,
    marker: Element | None = None,
    anchor: str = "",
) -> WordParagraph:
    """Render a paragraph of a role; `marker` is the level of a list (w:numPr) that it counts as."""
    if role == "body" or role not in docx.house.stylesheet.styles:
        role = context.body_role
    look = _look_here(role, context, docx)
    runs = RunLook(look, context.direct)
    rendered = bookmarked(render_inlines(content, runs, docx), anchor, docx)
    paragraph = WordParagraph({}, rendered, look.get("space_before", 0), look.get("space_after", 0))
    paragraph.keeps_with_previous = bool(look.get("keep_with_previous"))
    paragraph.put(w("pStyle", val=_style_here(role, context, docx)))
    if marker is not None:
        paragraph.put(marker)
    elif context.left and (context.lists or "indent" not in look):
        paragraph.put(indent(context.left))
    if context.align:
        paragraph.put(w("jc", val={"centre": "center"}.get(context.align, context.align)))
    mark = mark_properties(runs, docx)
    if mark is not None:
        paragraph.put(mark)
    return paragraph


def _look_here(role: str, context: RenderContext, docx: DocxContext) -> Mapping[str, Any]:
    look = docx.look_of(role)
    return {**look, **look_in_table(role, docx.house.stylesheet.tables[context.table])} if context.table else look


def _style_here(role: str, context: RenderContext, docx: DocxContext) -> str:
    if context.panel:
        return docx.styles.paragraph_in_panel(role, context.panel)
    return docx.styles.paragraph_in_table(role, context.table) if context.table else docx.styles.paragraph(role)


def bookmarked(content: list[Element], anchor: str, docx: DocxContext) -> list[Element]:
    """Return the content as the target of references; references to an anchor that is there twice go to the first."""
    if not anchor or anchor in docx.bookmarks:
        return content
    identity = docx.bookmarks[anchor] = len(docx.bookmarks) + 1
    return [w("bookmarkStart", id=identity, name=bookmark_name(anchor)), *content, w("bookmarkEnd", id=identity)]


# ---- Captions ----


def render_caption(
    caption: Inlines, number: Number | None, anchor: str, context: RenderContext, docx: DocxContext
) -> WordParagraph:
    """Render a caption that is to be seen. References go to its number alone, or to all of it where it has none."""
    if number is None or not number.text:
        return render_line(caption, "caption", context, docx, anchor=anchor)
    separated = (Text(docx.house.config.numbering.caption_separator), *caption)
    paragraph = render_line(separated, "caption", context, docx)
    paragraph.content[:0] = _render_caption_number(
        number, anchor, RunLook(docx.look_of("caption"), context.direct), docx
    )
    return paragraph


def _render_caption_number(number: Number, anchor: str, look: RunLook, docx: DocxContext) -> list[Element]:
    """Render the house's words as text and the count as a field; printed again, it is not counted again.

    A bookmark is around what references repeat of it: "Table 1" where "Table 1." is printed.
    """
    form = docx.house.config.numbering.table if number.sequence == "table" else docx.house.config.numbering.figure
    assert form is not None, f"{number.text} has a number that the house does not give"
    pattern = re.escape(form.format).replace(re.escape(_COUNT), "(.+?)", 1).replace(re.escape(_COUNT), r"\1")
    found = re.fullmatch(pattern, number.text)
    assert found is not None, f"{number.text} is not a number of the form {form.format}"
    unrepeated = number.text.removeprefix(number.reference) if number.text.startswith(number.reference) else ""
    before, *others = form.format.removesuffix(unrepeated).split(_COUNT)
    repeated = _words(before, look, docx)
    for place, after in enumerate(others):
        again = "\\c " if place else ""
        field = f"SEQ {_SEQUENCES[number.sequence]} {again}\\* {_COUNTERS[form.counter]}"
        repeated += [*render_field(field, found.group(1), look, docx), *_words(after, look, docx)]
    return [*bookmarked(repeated, anchor, docx), *_words(unrepeated, look, docx)]


def _words(text: str, look: RunLook, docx: DocxContext) -> list[Element]:
    return [*render_text(text, look, docx)] if text else []


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
        """Return the look of text in a span of a role."""
        return replace(self, roles=(*self.roles, role))


def render_inlines(content: Inlines, look: RunLook, docx: DocxContext) -> list[Element]:
    """Render what stands in a paragraph, after its properties."""
    return [rendered for inline in content for rendered in _render_inline(inline, look, docx)]


def _render_inline(inline: Inline, look: RunLook, docx: DocxContext) -> Iterable[Element]:  # noqa: C901  # a case for each
    match inline:
        case Text():
            return render_text(inline.text, look, docx)
        case Span():
            return _render_span(inline, look, docx)
        case Link():
            address = quote(inline.href, safe=_UNSAFE_IN_ADDRESS)
            linked = render_text(inline.text, look.inside("link"), docx)
            return (w("hyperlink", *linked, r_id=docx.part.link_to(address), history=1),)
        case CrossReference():
            return render_field(_reference(inline, docx), inline.text, look, docx)
        case Placeholder():
            runs = list(render_text(inline.text, look.inside("gap"), docx))
            # Headers, footers and notes can have no comments.
            return docx.comments.attach(inline, runs) if docx.part.is_document else runs
        case FormField():
            return _render_form_field(inline, look, docx)
        case Footnote():
            return _render_footnote(inline, look, docx)
        case LineBreak():
            return (_run((w("br"),), look, docx),)
        case PageNumber():
            return render_field("PAGE", _PAGE_AS_STORED, look, docx)
        case PageCount():
            return render_field("NUMPAGES", _PAGE_AS_STORED, look, docx)
        case _:
            assert_never(inline)


def _render_form_field(entry: FormField, look: RunLook, docx: DocxContext) -> list[Element]:
    """Render a form field, with what has been entered or stands there instead."""
    if entry.form == "check":
        look = replace(look, direct={**look.direct, "face": TICK_FACE})
    return docx.form_fields.render(entry, list(render_text(entry.text or BLANK, look, docx)))


def _render_span(span: Span, look: RunLook, docx: DocxContext) -> list[Element]:
    rendered = render_inlines(span.content, look.inside(span.role), docx)
    passage = docx.passages.of(span.origin)
    return [passage.enclose_runs(rendered)] if passage and rendered else rendered


def mark_properties(look: RunLook, docx: DocxContext) -> Element | None:
    """Return the properties of a paragraph's mark, which its number takes on; None where the style's do."""
    found = _properties(look, docx)
    return w("rPr", *found) if found else None


def render_field(instruction: str, result: str, look: RunLook, docx: DocxContext) -> Iterator[Element]:
    """Render a field with the result that it had when the document was written."""
    yield from begin_field(instruction, look, docx)
    yield from render_text(result, look, docx)
    yield end_field(look, docx)


def begin_field(instruction: str, look: RunLook, docx: DocxContext) -> Iterator[Element]:
    """Yield what stands before a field's result."""
    yield _run((w("fldChar", fldCharType="begin"),), look, docx)
    yield _run((w_text("instrText", f" {instruction} "),), look, docx)
    yield _run((w("fldChar", fldCharType="separate"),), look, docx)


def end_field(look: RunLook, docx: DocxContext) -> Element:
    """Return what stands after a field's result."""
    return _run((w("fldChar", fldCharType="end"),), look, docx)


def render_tab(look: RunLook, docx: DocxContext) -> Element:
    """Render a tab."""
    return _run((w("tab"),), look, docx)


def _reference(reference: CrossReference, docx: DocxContext) -> str:
    """Return the field that shows what a reference shows, and goes there (ISO/IEC 29500-1, 17.16.5)."""
    target = bookmark_name(reference.target)
    match reference.shows:
        case "page":
            return f"PAGEREF {target} \\h"
        case "number" if reference.target in docx.captioned:
            return f"REF {target} \\h"
        case "number":
            return f"REF {target} \\r \\h"
        case _:
            assert_never(reference.shows)


def _render_footnote(note: Footnote, look: RunLook, docx: DocxContext) -> Iterator[Element]:
    """Render the mark of a footnote; in headers and footers, where there can be none, what it says in brackets."""
    if not docx.part.is_document:
        yield from render_inlines((Text(" ("), *note.content, Text(")")), look, docx)
        return
    inside = RunLook(docx.look_of("note"), {})
    there = replace(docx, part=docx.notes.part)
    mark = _run((w("footnoteRef"),), inside.inside("note-mark"), there)
    said = [mark, *render_inlines((Text(" "), *note.content), inside, there)]
    properties = w("pPr", w("pStyle", val=docx.styles.paragraph("note")))
    number = docx.notes.add(properties, said)
    yield _run((w("footnoteReference", id=number),), look.inside("note-mark"), docx)


def render_text(text: str, look: RunLook, docx: DocxContext) -> Iterator[Element]:
    """Render plain text, as a run for each direction of writing."""
    for part, language in _by_direction(legible(text)):
        direction = (w("rtl"), w("lang", bidi=language)) if language else ()
        yield _run(tuple(_characters(part)), look, docx, *direction)


def _run(content: tuple[Element, ...], look: RunLook, docx: DocxContext, *further: Element) -> Element:
    properties = [*_properties(look, docx), *further]
    return w("r", w("rPr", *properties), *content) if properties else w("r", *content)


def _properties(look: RunLook, docx: DocxContext) -> list[Element]:
    """Return the innermost span's style, and directly what it does not say or Word would get wrong.

    A run has one style. Word also takes "bold" in the styles of both paragraph and run to mean
    "not bold" (ISO/IEC 29500-1, 17.7.3), which only a direct property can contradict.
    """
    roles = [role for role in look.roles if role in docx.house.stylesheet.styles]
    layers = [look.direct, *map(docx.look_of, roles)]
    wanted = {key: value for layer in layers for key, value in layer.items()}
    styled = layers[-1] if roles else {}
    repeated = {key for key in TOGGLES if look.paragraph.get(key)}
    direct = {key: value for key, value in wanted.items() if key not in styled or key in repeated}
    style = [w("rStyle", val=docx.styles.character(roles[-1]))] if roles else []
    return [*style, *run_properties(direct)]


def _characters(text: str) -> Iterator[Element]:
    for place, part in enumerate(text.split(_SOFT_HYPHEN)):
        if place:
            yield w("softHyphen")
        if part:
            yield w_text("t", part)


def _by_direction(text: str) -> Iterator[tuple[str, str]]:
    """Yield stretches of text, each with its right-to-left language, or "" for the paragraph's own."""
    if not _RIGHT_TO_LEFT.search(text):
        yield text, ""
        return
    directions = "".join(_DIRECTIONS.get(unicodedata.bidirectional(character), "-") for character in text)
    for found in _STRETCH.finditer(directions):
        part = text[found.start() : found.end()]
        yield part, _language(part) if found[0].startswith("R") else ""


def _language(text: str) -> str:
    return "he-IL" if any(unicodedata.bidirectional(character) == "R" for character in text) else "ar-SA"
