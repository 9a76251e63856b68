"""How high the rows of a table will be: near enough to say which of them, and which tables, may break over pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from reportgen.house.look import TableStyle
from reportgen.tree import Block, Blocks, Figure, Paragraph, plain_text, walk

TALL = 0.5
"""Of the page: rows that are higher may break over pages."""
SHORT = 0.25
"""Of the page: how high the rows of a table are at most that stands on one page. Where there is no room for it, so
much of the page before stays empty: more would look as if something were missing."""
_MILLIMETRES_PER_POINT = 25.4 / 72
_LETTER_WIDTH = 0.5
"""On average, in type sizes."""
_LEAST_WIDTH = 5.0
"""In millimetres: a letter or two on a line, however narrow the column."""


@dataclass(frozen=True, slots=True)
class RowHeights:
    """What the heights follow from: the looks of the table and of its text."""

    table: TableStyle
    text: Mapping[str, Any]

    def of(self, cells: Iterable[tuple[Blocks, float]]) -> float:
        """The height of a row of cells, each with its content and its width; all in millimetres."""
        padding = 2 * self.table.padding_above * _MILLIMETRES_PER_POINT
        return padding + max((self._height(content, width) for content, width in cells), default=0)

    def _height(self, content: Blocks, width: float) -> float:
        room = max(width - 2 * self.table.padding, _LEAST_WIDTH)
        return sum(self._height_of(inner, room) for block in content for inner in walk(block))

    def _height_of(self, block: Block, room: float) -> float:
        """What a block adds by itself, without the blocks in it."""
        if isinstance(block, Figure):
            return room / 2  # a guess: pictures are wider than high
        if not isinstance(block, Paragraph):
            return 0
        size = (self.table.size or self.text["size"]) * _MILLIMETRES_PER_POINT
        parts = plain_text(block.content).split("\n")
        lines = sum(max(1, ceil(len(part) * size * _LETTER_WIDTH / room)) for part in parts)
        below = self.text.get("space_after", 0) * _MILLIMETRES_PER_POINT
        return float(lines * size * self.text.get("line_height", 1) + below)
