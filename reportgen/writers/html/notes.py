"""The notes of a document → the list of them that stands at the end of the page on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.document import Document, Footnote, blocks_of, inlines_of
from reportgen.writers.css import class_name
from reportgen.writers.html.elements import UNNUMBERED, Medium, element, note_name, render_inlines, render_note_number


def render_notes(document: Document) -> str:
    """The list, or nothing if there are no notes. On pages, each note stands where it is called."""
    items = [
        element("li", _render_line(note), id=note_name(note)) for note in sorted(_notes_of(document), key=_position)
    ]
    return element("section", element("ol", "\n".join(items)), "notes", role="doc-endnotes") if items else ""


def _notes_of(document: Document) -> Iterator[Footnote]:
    for block in blocks_of(document):
        yield from (inline for inline in inlines_of(block) if isinstance(inline, Footnote))


def _position(note: Footnote) -> int:
    assert note.number is not None, UNNUMBERED
    return note.number.position


def _render_line(note: Footnote) -> str:
    number = element("span", render_note_number(note, Medium.SCREEN) + " ", "number")
    return element("p", number + render_inlines(note.content, Medium.SCREEN), class_name("role", "note"), "note-line")
