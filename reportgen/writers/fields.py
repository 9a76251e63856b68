"""The grid under a field list: rows of one to three fields share one set of columns.

A row's fields have equal shares of the width, and a label takes its width from its field's
share, so rows of different lengths meet in a table only if their cells span columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportgen.tree import Field, FieldList

_PRECISION = 4
"""Decimal places at which two edges (shares of the width) are the same edge."""


_LEAST_VALUE_SHARE = 0.2
"""Of its field's width, for the value beside a long label."""


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
