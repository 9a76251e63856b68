"""The contents: a list that Word and LibreOffice can make anew, written as they would make it."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.tree import Contents, ContentsEntry
from reportgen.writers.docx.draft import Draft, Place, bookmark_name
from reportgen.writers.docx.elements import Element, indent, twips, w
from reportgen.writers.docx.inlines import RunLook, begin_field, draw_field, draw_tab, draw_text, end_field
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import WordParagraph
from reportgen.writers.docx.styles import CONTENTS


def draw_contents(contents: Contents, place: Place, draft: Draft) -> list[WordParagraph]:
    """The heading and a line for each entry, all in the control by which Word offers to update them; or nothing.

    The field takes what has an outline level, by its style or by itself (`\\u`), down to the
    contents' depth (`\\o`): those are the headings of sections, and nothing else has one.
    """
    if not contents.entries:
        return []
    outside = Place(width=place.width, height=place.height)
    lines = [_draw_entry(entry, outside, draft) for entry in contents.entries]
    look = RunLook(draft.look_of(_role(contents.entries[0])), {})
    lines[0].content[:0] = begin_field(f'TOC \\o "1-{contents.depth}" \\h \\z \\u', look, draft)
    lines[-1].content.append(end_field(look, draft))
    heading = [draw_line(contents.heading, "contents-heading", outside, draft)] if contents.heading else []
    control = _control()
    for paragraph in (*heading, *lines):
        paragraph.control = control
    return [*heading, *lines]


def _draw_entry(entry: ContentsEntry, place: Place, draft: Draft) -> WordParagraph:
    style = draft.look_of(_role(entry))
    look = RunLook(style, {})
    line = draw_line((), _role(entry), place, draft)
    if entry.number and style.get("hanging"):
        line.put(w("tabs", w("tab", val="left", pos=twips(style["indent"]))))
        line.put(indent(style["indent"], style["hanging"]))
    target = bookmark_name(entry.target)
    line.content.append(w("hyperlink", *_runs(entry, target, look, draft), anchor=target, history=1))
    return line


def _runs(entry: ContentsEntry, target: str, look: RunLook, draft: Draft) -> Iterator[Element]:
    if entry.number:
        yield from draw_text(entry.number, look, draft)
        yield draw_tab(look, draft)
    yield from draw_text(" ".join(entry.text.split()), look, draft)
    yield draw_tab(look, draft)
    yield from draw_field(f"PAGEREF {target} \\h", entry.page, look, draft)


def _role(entry: ContentsEntry) -> str:
    return CONTENTS[min(entry.level, len(CONTENTS)) - 1]


def _control() -> Element:
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return w("sdtPr", gallery)
