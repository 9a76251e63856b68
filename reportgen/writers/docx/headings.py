"""Headings: the styles they take, and which of these styles number their own paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.house.style import Numbering
from reportgen.tree import Block, Document, Number, Section
from reportgen.writers.docx.styles import OUTLINE

_DEEPEST_STYLED = 3
_DEEPEST_OUTLINE = 8
"""Word's ninth level, counted from 0."""

SequenceLevel = tuple[str, int]
"""A sequence and a level of it."""


def heading_role(section: Section, depth: int) -> str:
    """The role of the heading of a section with `depth` sections from it outwards, itself included."""
    return section.role if section.role != "section" else f"heading-{min(depth, _DEEPEST_STYLED)}"


def outline_beyond_style(role: str, depth: int) -> int | None:
    """The level in the outline, from 0, of a heading whose style has another than its depth gives; None for all others.

    The contents go by it, and so does Word's navigation pane.
    """
    level = min(depth - 1, _DEEPEST_OUTLINE)
    return level if OUTLINE.get(role) != level else None


def is_counted(number: Number | None, numbering: Numbering) -> bool:
    """Whether Word must count it: it prints a number, or stands at a level that counts without printing."""
    if number is None:
        return False
    form = numbering.appendix if number.sequence == "appendix" else numbering.levels[number.level]
    return bool(number.text) or not form.format


def find_bound_styles(document: Document, numbering: Numbering) -> dict[SequenceLevel, str]:
    """The roles of headings that always stand at one level, by that level; the first where several do.

    Their styles carry the numbering, so that choosing the style in Word gives a numbered heading.
    """
    levels: dict[str, set[SequenceLevel]] = {}
    for role, number in _headings((*document.body, *document.appendices), 0):
        if number is not None and is_counted(number, numbering):
            levels.setdefault(role, set()).add((number.sequence, number.level))
    bound: dict[SequenceLevel, str] = {}
    for role, found in levels.items():
        if len(found) == 1:
            bound.setdefault(next(iter(found)), role)
    return bound


def _headings(blocks: tuple[Block, ...], depth: int) -> Iterator[tuple[str, Number | None]]:
    for block in blocks:
        if isinstance(block, Section):
            yield heading_role(block, depth + 1), block.number
            yield from _headings(block.children, depth + 1)
