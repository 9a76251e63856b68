"""Rows of tables in the HTML: which may break over pages, and which tables stand on one."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from reportgen.document import Cell, Column, Row, RowGroup, Table
from reportgen.writers import pdf
from reportgen.writers.html import render_html
from reportgen.writers.html.elements import Medium
from tests.unit.writers.sample_tree import base_house, cell, document_of, paragraph, text

HOUSE = base_house()
WORDS = "The lead officer reviews the plan with partners. "


def table_with(*paragraphs: int) -> Table:
    """A table whose rows have so many paragraphs."""
    rows = tuple(Row((cell("R"), Cell(tuple(paragraph(WORDS * 4) for _ in range(count))))) for count in paragraphs)
    return Table(text("Plan"), (Column(text("Reference"), 0.3), Column(text("Measure"), 0.7)), (RowGroup(rows),))


def html_of(table: Table) -> str:
    return render_html(document_of(table), HOUSE, Medium.PAGES)


def test_only_a_row_higher_than_half_a_page_may_break() -> None:
    assert [bool(row) for row in re.findall(r'<tr( class="tall")?><th scope="row"', html_of(table_with(1, 60, 2)))] == [
        False,
        True,
        False,
    ]


def test_a_short_table_stands_on_one_page_unless_its_rows_would_leave_another_empty() -> None:
    assert 'class="table-frame kept"' in html_of(table_with(1, 1, 1))
    assert 'class="table-frame kept"' not in html_of(table_with(60))
    assert 'class="table-frame kept"' not in html_of(table_with(4, 4, 4))
    assert 'class="table-frame kept"' not in html_of(table_with(*[1] * 30))


def test_every_page_of_a_row_higher_than_a_page_has_the_header_row() -> None:
    opened = pdfium.PdfDocument(pdf.write(document_of(table_with(1, 60)), HOUSE))
    assert len(opened) > 1
    assert all("Measure" in page.get_textpage().get_text_bounded() for page in opened)


def test_a_group_without_rows_or_heading_leaves_a_valid_table() -> None:
    empty = Table(text("Plan"), (Column(text("Reference"), 1.0),), (RowGroup(()),))
    assert "<tbody><tr><td></td></tr></tbody>" in html_of(empty)
    assert "<tbody></tbody>" not in html_of(empty)
