"""Numbers what is counted from 1 to the end of the paper: tables and figures with a caption, and footnotes."""

from __future__ import annotations

from dataclasses import replace

from reportgen.house.style import Level, Numbering
from reportgen.transforms.numbering import number_of
from reportgen.transforms.rebuilding import rebuild
from reportgen.tree import Block, Document, Figure, Inline, Note, Number, Table

NOTES = Level(format="{1}")
"""Footnotes are counted alike in every house: Word and readers expect plain figures."""


def number_captions(document: Document, numbering: Numbering) -> Document:
    """The document with its tables, figures and footnotes numbered, each kind for itself."""
    counting = _Counting(numbering)
    return rebuild(document, counting.block, counting.inline)


class _Counting:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts = {"table": 0, "figure": 0, "note": 0}

    def block(self, block: Block) -> Block:
        if isinstance(block, Table) and block.show_caption and self.numbering.table:
            return replace(block, number=self._next("table", self.numbering.table))
        if isinstance(block, Figure) and block.caption and self.numbering.figure:
            return replace(block, number=self._next("figure", self.numbering.figure))
        return block

    def inline(self, inline: Inline) -> Inline:
        return replace(inline, number=self._next("note", NOTES)) if isinstance(inline, Note) else inline

    def _next(self, sequence: str, form: Level) -> Number:
        self.counts[sequence] += 1
        return number_of(sequence, (self.counts[sequence],), 0, form, (form,))
