"""Where a block stands in the HTML, as far as that decides how it is rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reportgen.document import Blocks
from reportgen.house import House
from reportgen.writers.html.elements import Medium


@dataclass(frozen=True, slots=True)
class Place:
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
    """What the role "body" is drawn as here."""
    item_role: str = "list-item"
    """What the role "body" is drawn as in the lists here."""
    bullet: str = "bullet"
    lists: int = 0
    """How many lists are around it."""
    in_body: bool = False
    """Whether sections here move their text in."""

    def cell(self, role: str) -> Place:
        """In a cell, whose text has a role of its own."""
        return replace(self, position="", in_body=False, body_role=role, item_role=role, bullet="cell-bullet", lists=0)


RenderBlocks = Callable[[Blocks, Place], str]
"""Renders what stands in a cell."""
