"""What the rendering of every block needs: the document under construction, and where in it the block stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from reportgen.document import Align
from reportgen.house import House
from reportgen.writers.docx.controls import FormFields, Passages
from reportgen.writers.docx.notes import Comments, WordFootnotes
from reportgen.writers.docx.numbering import WordNumbering
from reportgen.writers.docx.package import StoryPart
from reportgen.writers.docx.styles import WordStyles


@dataclass
class DocxContext:
    """A Word document under construction."""

    house: House
    styles: WordStyles
    numbering: WordNumbering
    part: StoryPart
    """The part that is being written."""
    notes: WordFootnotes
    captioned: frozenset[str]
    """The anchors of tables and figures whose captions have a number: it is text, not the number of a paragraph."""
    form_fields: FormFields
    passages: Passages
    comments: Comments
    bookmarks: dict[str, int] = field(default_factory=dict)
    """The ids of the bookmarks made so far, by anchor."""
    drawings: Iterator[int] = field(default_factory=lambda: count(1))
    """The ids of what is drawn, unique over all parts."""
    _looks: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def look_of(self, role: str) -> Mapping[str, Any]:
        """Return everything that the look says of a role."""
        if role not in self._looks:
            self._looks[role] = self.house.stylesheet.resolved(role)
        return self._looks[role]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """The item of an ordered list that blocks stand in."""

    number: int
    """The list that Word knows it by (numId)."""
    levels_below: set[int]
    """The levels that have already been used for a list in it; a second list begins again."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """Where a block stands, as far as that decides how it is rendered. Lengths in millimetres."""

    width: float
    """Of the surrounding page, cell or panel."""
    height: float = 0
    """Of the text on the page."""
    left: float = 0
    """Where unnumbered paragraphs begin."""
    base: float = 0
    """Where the text around lists begins."""
    section_indent: float = 0
    """Where unnumbered paragraphs begin in the sections here."""
    depth: int = 0
    """How many sections are around it."""
    body_role: str = "body"
    """What the role "body" is rendered as here."""
    item_role: str = "list-item"
    """What the role "body" is rendered as in the lists here."""
    bullet_step: float = 0
    lists: int = 0
    """How many lists are around it."""
    item: OpenItem | None = None
    table: str = ""
    """The role of the table or field list around it."""
    panel: str = ""
    """The role of the panel around it, if that is rendered by the styles of its paragraphs."""
    direct: Mapping[str, Any] = field(default_factory=dict)
    """What a cell says of its text against the style of its paragraphs."""
    align: Align = ""
    """Where the text stands, against the style of its paragraphs."""

    def enter_section(self) -> RenderContext:
        """Return the context of what stands in a section here."""
        return replace(self, depth=self.depth + 1, left=self.section_indent, base=self.section_indent)

    def enter_list(self) -> RenderContext:
        """Return the context of the items of a list here."""
        return replace(self, lists=self.lists + 1, body_role=self.item_role)

    def enter_panel(self) -> RenderContext:
        """Return the context of what stands in a panel here, which begins at the margin."""
        return replace(self, left=0, base=0, section_indent=0, lists=0, item=None)


def bookmark_name(anchor: str) -> str:
    """Return the bookmark of an anchor.

    Word hides bookmarks that begin so, and allows 40 letters, digits and underscores.
    """
    return f"_Ref{hashlib.sha256(anchor.encode()).hexdigest()[:12]}"
