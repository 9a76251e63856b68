"""The grid under field lists."""

from __future__ import annotations

import pytest

from reportgen.document import Field, FieldList
from reportgen.writers.tables import FieldSpan, lay_out_fields
from tests.unit.writers.sample_tree import paragraph, text


def fields(*rows: str) -> FieldList:
    """Rows of fields: "L" for one with a label, "-" for one without."""
    made = {"L": Field(text("Label"), (paragraph("value"),)), "-": Field((), (paragraph("value"),))}
    return FieldList(tuple(tuple(made[sign] for sign in row) for row in rows))


def test_a_label_takes_its_share_and_the_value_the_rest() -> None:
    grid = lay_out_fields(fields("L"), 0.3)
    assert grid.columns == pytest.approx((0.3, 0.7))
    assert grid.rows == ((FieldSpan(1, 1),),)


def test_an_empty_label_takes_no_room() -> None:
    grid = lay_out_fields(fields("L-"), 0.3)
    assert grid.columns == pytest.approx((0.3, 0.2, 0.5))
    assert grid.rows == ((FieldSpan(1, 1), FieldSpan(0, 1)),)


def test_each_field_of_a_row_has_the_same_share() -> None:
    grid = lay_out_fields(fields("LLL"), 0.1)
    third = 1 / 3
    assert grid.columns == pytest.approx((0.1, third - 0.1) * 3, abs=0.001)


def test_rows_of_one_two_and_three_fields_share_their_columns() -> None:
    grid = lay_out_fields(fields("L", "LL", "LLL", "--"), 0.2)
    assert sum(grid.columns) == pytest.approx(1)
    for row in grid.rows:
        assert sum(span.label + span.value for span in row) == len(grid.columns)


def test_a_label_as_wide_as_its_field_leaves_room_for_the_value() -> None:
    grid = lay_out_fields(fields("LLL"), 0.5)
    assert all(span.label > 0 and span.value > 0 for span in grid.rows[0])
    assert min(grid.columns) > 0.05


def test_an_empty_list_of_fields_is_one_column() -> None:
    assert lay_out_fields(fields(), 0.3).columns == (1.0,)
