"""Tables, in every format alike: the grid under a field list, and about how high rows will be.

A row of fields has one to three, which have equal shares of the width. A label takes its width from its field's
share, so rows of different lengths meet in a table only if their cells span columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from reportgen.document import Block, Blocks, Field, FieldList, Figure, Paragraph, plain_text, walk
from reportgen.house.styles import TableStyle

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
_PRECISION = 4
"""Decimal places at which two edges (shares of the width) are the same edge."""
_LEAST_VALUE_SHARE = 0.2
"""Of its field's width, for the value beside a long label."""


# ---- The grid under a field list ----


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """How many columns a field's label and its value span; 0 for an empty label."""

    label: int
    value: int


@dataclass(frozen=True, slots=True)
class FieldGrid:
    """Columns as shares of the width that add up to 1, and what each field of each row spans."""

    columns: tuple[float, ...]
    rows: tuple[tuple[FieldSpan, ...], ...]


def lay_out_fields(fields: FieldList, label_share: float) -> FieldGrid:
    """The grid for the fields, with labels of the given share of the width."""
    cuts = [[_cuts_of(one, place, len(row), label_share) for place, one in enumerate(row)] for row in fields.rows]
    edges = sorted({edge for row in cuts for field in row for edge in field} | {0.0, 1.0})
    columns = tuple(right - left for left, right in pairwise(edges))
    return FieldGrid(columns, tuple(tuple(_spans_of(row, edges)) for row in cuts))


def _cuts_of(field: Field, place: int, count: int, label_share: float) -> tuple[float, float, float]:
    """Where label and value begin, and where the value ends; an empty label takes no room."""
    left, right = place / count, (place + 1) / count
    middle = min(left + label_share, right - _LEAST_VALUE_SHARE / count) if field.label else left
    return round(left, _PRECISION), round(middle, _PRECISION), round(right, _PRECISION)


def _spans_of(row: list[tuple[float, float, float]], edges: list[float]) -> Iterator[FieldSpan]:
    for left, middle, right in row:
        yield FieldSpan(edges.index(middle) - edges.index(left), edges.index(right) - edges.index(middle))


# ---- Heights ----


def row_height(cells: Iterable[tuple[Blocks, float]], table: TableStyle, text: Mapping[str, Any]) -> float:
    """About how high a row of cells will be, each with its content and its width; all in millimetres.

    `text` is the look of what stands in the cells.
    """
    heights = [0.0]
    for content, width in cells:
        room = max(width - 2 * table.padding, _LEAST_WIDTH)
        heights.append(sum(_height_of(inner, room, table, text) for block in content for inner in walk(block)))
    return 2 * table.padding_above * _MILLIMETRES_PER_POINT + max(heights)


def _height_of(block: Block, room: float, table: TableStyle, text: Mapping[str, Any]) -> float:
    """What a block adds by itself, without the blocks in it."""
    if isinstance(block, Figure):
        return room / 2  # a guess: pictures are wider than high
    if not isinstance(block, Paragraph):
        return 0
    size = (table.size or text["size"]) * _MILLIMETRES_PER_POINT
    parts = plain_text(block.content).split("\n")
    lines = sum(max(1, ceil(len(part) * size * _LETTER_WIDTH / room)) for part in parts)
    below = text.get("space_after", 0) * _MILLIMETRES_PER_POINT
    return float(lines * size * text.get("line_height", 1) + below)
