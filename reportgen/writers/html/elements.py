"""The small parts of the HTML: elements, `Inlines` in paragraphs of one line, and footnotes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from reportgen.document import (
    CrossReference,
    Document,
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
    blocks_of,
    inlines_of,
)
from reportgen.house import House
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
    """Return an element; `content` is HTML already. Empty classes and attributes are left out."""
    named = {"class": " ".join(filter(None, classes)), **attributes}
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in named.items() if value)
    return f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{content}</{tag}>"


def render_line(content: Inlines, role: str, medium: Medium) -> str:
    """Render a paragraph of a role."""
    return element("p", render_inlines(content, medium), class_name("role", role))


def render_marker(text: str) -> str:
    """Render a number, or the sign of a bulleted list.

    The space keeps it apart from the text where that is read out.
    """
    return element("span", html.escape(text) + " ", "number")


def render_inlines(content: Inlines, medium: Medium) -> str:
    """Render the words of a paragraph, with everything that stands among them."""
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
            return render_form_field(inline)
        case Footnote():
            return _render_footnote(inline, medium)
        case LineBreak():
            return element("br")
        case PageNumber():
            return element("span", "", "page-number")
        case PageCount():
            return element("span", "", "page-count")
        case _:
            assert_never(inline)


def _render_reference(reference: CrossReference, medium: Medium) -> str:
    """Render a number; or a page, which the pages' style sheet counts, for it is not known before they are laid out."""
    counted = reference.shows == "page" and medium is Medium.PAGES
    words = "" if counted else html.escape(reference.text, quote=False)
    return element("a", words, "reference", "page-reference" if counted else "", href=f"#{reference.target}")


def render_form_field(entry: FormField) -> str:
    """Render what has been entered, or what stands there instead."""
    if entry.form == "check":
        return render_box(entry.text, entry.value == "yes", entry.label)
    return element("span", html.escape(entry.text, quote=False), "entry", title=entry.label)


def render_box(marker: str, ticked: bool, label: str) -> str:
    """Render a box to tick. Its sign says nothing to a screen reader, its state does, in the reader's own words."""
    state = {"aria-checked": str(ticked).lower(), "aria-readonly": "true", "aria-label": label}
    return element("span", html.escape(marker, quote=False), "box", role="checkbox", **state)


def footnote_anchor(note: Footnote) -> str:
    """Return the anchor of a note. No author can name anything so: their names end in a letter or a digit."""
    return f"note-{footnote_number(note)}."


def footnote_number_in(anchor: str) -> str | None:
    """Return the number of the note that has an anchor; None if it is the anchor of something else."""
    found = re.fullmatch(r"note-(\w+)\.", anchor)
    return found[1] if found else None


def footnote_mark_anchor(note: Footnote) -> str:
    """Return the anchor of a note's mark in the text."""
    return f"note-mark-{footnote_number(note)}."


def footnote_number(note: Footnote) -> str:
    """Return a note's number as printed. Notes of a finished tree have one."""
    assert note.number is not None, UNNUMBERED
    return note.number.text


def _render_footnote(note: Footnote, medium: Medium) -> str:
    """Render the mark; on pages, what the note says as well."""
    number = html.escape(footnote_number(note))
    role = "doc-noteref" if medium is Medium.SCREEN else ""
    mark = element(
        "a",
        number,
        class_name("role", "note-mark"),
        id=footnote_mark_anchor(note),
        href=f"#{footnote_anchor(note)}",
        role=role,
    )
    if medium is Medium.SCREEN:
        return mark
    says = f"{render_footnote_number(note, medium)} {render_inlines(note.content, medium)}"
    return mark + element("span", says, "note", class_name("role", "note"), id=footnote_anchor(note))


def render_footnote_number(note: Footnote, medium: Medium) -> str:
    """Render the number before what the note says: it leads back to the mark."""
    role = "doc-backlink" if medium is Medium.SCREEN else ""
    return element(
        "a", html.escape(footnote_number(note)), "reference", href=f"#{footnote_mark_anchor(note)}", role=role
    )


@dataclass(frozen=True, slots=True)
class HtmlContext:
    """The house, the medium, and what is around the block."""

    house: House
    medium: Medium
    heading: int
    """The level of the next heading, from 1."""
    depth: int = 0
    """How many sections are around it."""
    text_width: float = 0.0
    """Between the margins, in millimetres."""
    text_height: float = 0.0
    position: str = ""
    """The class that says where unnumbered paragraphs stand: "inset", "bullet-1", "item-0"."""
    body_role: str = "body"
    """What the role "body" is rendered as here."""
    item_role: str = "list-item"
    """What the role "body" is rendered as in the lists here."""
    bullet: str = "bullet"
    lists: int = 0
    """How many lists are around it."""
    in_body: bool = False
    """Whether sections here move their text in."""

    def enter_section(self) -> HtmlContext:
        """Return the context of what stands in a section here."""
        position = "inset" if self.in_body else ""
        return replace(self, heading=self.heading + 1, depth=self.depth + 1, position=position)

    def enter_list(self) -> HtmlContext:
        """Return the context of the items of a list here."""
        return replace(self, lists=self.lists + 1, body_role=self.item_role)

    def enter_panel(self) -> HtmlContext:
        """Return the context of what stands in a panel here."""
        return replace(self, position="", in_body=False, lists=0)

    def enter_cell(self, role: str) -> HtmlContext:
        """Return the context of what stands in a cell, whose text has a role of its own."""
        return replace(self, position="", in_body=False, body_role=role, item_role=role, bullet="cell-bullet", lists=0)


def render_footnotes(document: Document) -> str:
    """Render the list, or nothing if there are no notes. On pages, each note stands where it is called."""
    notes = [inline for block in blocks_of(document) for inline in inlines_of(block) if isinstance(inline, Footnote)]
    items = []
    for note in sorted(notes, key=_position):
        number = element("span", render_footnote_number(note, Medium.SCREEN) + " ", "number")
        words = number + render_inlines(note.content, Medium.SCREEN)
        line = element("p", words, class_name("role", "note"), "note-line")
        items.append(element("li", line, id=footnote_anchor(note)))
    return element("section", element("ol", "\n".join(items)), "notes", role="doc-endnotes") if items else ""


def _position(note: Footnote) -> int:
    assert note.number is not None, UNNUMBERED
    return note.number.position
