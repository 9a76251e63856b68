"""The small parts of the HTML: elements, and `Inlines` in paragraphs of one line."""

from __future__ import annotations

import html
import re
from enum import Enum, auto
from typing import assert_never

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
from reportgen.writers.css import class_name

_VOID = frozenset({"br", "col", "img", "meta"})
UNNUMBERED = "notes are numbered before a writer sees them"
_WORDS_WITH_MEANING = {"strong": "strong", "emphasis": "em"}


class Medium(Enum):
    """What the HTML is for: it is the same but where one of the two has what the other lacks."""

    SCREEN = auto()
    """A file to be read in a browser: one long page, so the notes stand at its end."""
    PAGES = auto()
    """What the PDF is made of: the notes stand where they are called, and CSS takes them to the foot of the page."""


def element(tag: str, content: str = "", /, *classes: str, **attributes: str) -> str:
    """An element; `content` is HTML already. Empty classes and attributes are left out."""
    named = {"class": " ".join(filter(None, classes)), **attributes}
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in named.items() if value)
    return f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{content}</{tag}>"


def render_line(content: Inlines, role: str, medium: Medium) -> str:
    """A paragraph of a role."""
    return element("p", render_inlines(content, medium), class_name("role", role))


def render_sign(text: str) -> str:
    """A number, or the sign of a bulleted list. The space keeps it apart from the text where that is read out."""
    return element("span", html.escape(text) + " ", "number")


def render_inlines(content: Inlines, medium: Medium) -> str:
    """The words of a paragraph, with everything that stands among them."""
    return "".join(_render_inline(inline, medium) for inline in content)


def _render_inline(inline: Inline, medium: Medium) -> str:  # noqa: C901  # a case for each kind of inline
    match inline:
        case Text():
            return html.escape(inline.text, quote=False)
        case Span():
            tag = _WORDS_WITH_MEANING.get(inline.role, "span")
            return element(tag, render_inlines(inline.content, medium), class_name("role", inline.role))
        case Link():
            return element("a", html.escape(inline.text, quote=False), class_name("role", "link"), href=inline.href)
        case CrossReference():
            return _render_reference(inline, medium)
        case Placeholder():
            return element("span", html.escape(inline.text, quote=False), class_name("role", "gap"))
        case FormField():
            return render_entry(inline)
        case Footnote():
            return _render_note(inline, medium)
        case LineBreak():
            return element("br")
        case PageNumber():
            return element("span", "", "page-number")
        case PageCount():
            return element("span", "", "page-count")
        case _:
            assert_never(inline)


def _render_reference(reference: CrossReference, medium: Medium) -> str:
    """A number; or a page, which the pages' style sheet counts, for it is not known before they are laid out."""
    counted = reference.shows == "page" and medium is Medium.PAGES
    words = "" if counted else html.escape(reference.text, quote=False)
    return element("a", words, "reference", "page-reference" if counted else "", href=f"#{reference.target}")


def render_entry(entry: FormField) -> str:
    """What has been entered, or what stands there instead."""
    if entry.form == "check":
        return render_box(entry.text, entry.value == "yes", entry.label)
    return element("span", html.escape(entry.text, quote=False), "entry", title=entry.label)


def render_box(sign: str, ticked: bool, label: str) -> str:
    """A box to tick. Its sign says nothing to a screen reader, its state does, in the reader's own words."""
    state = {"aria-checked": str(ticked).lower(), "aria-readonly": "true", "aria-label": label}
    return element("span", html.escape(sign, quote=False), "box", role="checkbox", **state)


def note_name(note: Footnote) -> str:
    """The anchor of a note. No author can name anything so: their names end in a letter or a digit."""
    return f"note-{note_number(note)}."


def number_in(anchor: str) -> str | None:
    """The number of the note that has an anchor; None if it is the anchor of something else."""
    found = re.fullmatch(r"note-(\w+)\.", anchor)
    return found[1] if found else None


def mark_name(note: Footnote) -> str:
    """The anchor of a note's mark in the text."""
    return f"note-mark-{note_number(note)}."


def note_number(note: Footnote) -> str:
    """A note's number as printed. Notes of a finished tree have one."""
    assert note.number is not None, UNNUMBERED
    return note.number.text


def _render_note(note: Footnote, medium: Medium) -> str:
    """The mark; on pages, what the note says as well."""
    number = html.escape(note_number(note))
    role = "doc-noteref" if medium is Medium.SCREEN else ""
    mark = element(
        "a", number, class_name("role", "note-mark"), id=mark_name(note), href=f"#{note_name(note)}", role=role
    )
    if medium is Medium.SCREEN:
        return mark
    says = f"{render_note_number(note, medium)} {render_inlines(note.content, medium)}"
    return mark + element("span", says, "note", class_name("role", "note"), id=note_name(note))


def render_note_number(note: Footnote, medium: Medium) -> str:
    """The number before what the note says: it leads back to the mark."""
    role = "doc-backlink" if medium is Medium.SCREEN else ""
    return element("a", html.escape(note_number(note)), "reference", href=f"#{mark_name(note)}", role=role)
