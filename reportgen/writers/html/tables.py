"""Tables and field lists → HTML: header cells say what they are the headers of, and nothing spans rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from reportgen.document import Align, Cell, Field, FieldList, Row, RowGroup, Table, plain_text
from reportgen.house import House
from reportgen.house.styles import TableStyle
from reportgen.writers.css import class_name
from reportgen.writers.html.elements import element, render_line
from reportgen.writers.html.figures import render_caption
from reportgen.writers.html.place import Place, RenderBlocks
from reportgen.writers.tables import SHORT, TALL, FieldSpan, lay_out_fields, row_height

_USUAL_TABLE = "data"
"""The look of tables whose role has none."""


def render_table(table: Table, place: Place, render_blocks: RenderBlocks) -> str:
    """A table; a caption that is not shown is its name to screen readers."""
    caption = render_caption(table.caption, table.number, place) if table.show_caption else ""
    headers = [
        element("th", render_line(column.header, "cell-header", place.medium), column.align, scope="col")
        for column in table.columns
    ]
    inside = place.cell("cell")
    shown = (group for group in table.groups if group.rows or group.heading)
    groups = [_render_group(group, table, inside, render_blocks) for group in shown]
    parts = [
        caption and element("caption", caption, class_name("role", "caption")),
        _render_columns(column.width for column in table.columns),
        element("thead", element("tr", "".join(headers))),
        *(groups or [_render_no_rows(table)]),
    ]
    label = "" if table.show_caption else plain_text(table.caption)
    look = _table_class(table.role, place.house)
    captioned = "captioned" if caption else ""
    written = element(
        "table", "\n".join(filter(None, parts)), look, captioned, id=table.anchor, **{"aria-label": label}
    )
    return element("div", written, "table-frame", "kept" if _is_kept(table, place) else "")


def _is_kept(table: Table, place: Place) -> bool:
    """Whether a table stands on one page: it has few rows, and they are not so high that a page would stay empty."""
    rows = [row for group in table.groups for row in group.rows]
    few = len(rows) <= _table_style(table.role, place.house).keep_rows
    return few and sum(_height(row, table, place) for row in rows) <= place.text_height * SHORT


def _is_tall(row: Row, table: Table, place: Place) -> bool:
    """Whether a row may break over pages. One that may not, and does not fit, would lose the header row above it."""
    return _height(row, table, place) > place.text_height * TALL


def _height(row: Row, table: Table, place: Place) -> float:
    """How high a row will be, more or less; in millimetres."""
    widths = (column.width * place.text_width for column in table.columns)
    cells = zip((cell.content for cell in row.cells), widths, strict=True)
    return row_height(cells, _table_style(table.role, place.house), place.house.stylesheet.resolved("cell"))


def _table_class(role: str, house: House) -> str:
    return class_name("table", role if role in house.stylesheet.tables else _USUAL_TABLE)


def _table_style(role: str, house: House) -> TableStyle:
    return house.stylesheet.tables.get(role) or house.stylesheet.tables[_USUAL_TABLE]


def _render_group(group: RowGroup, table: Table, place: Place, render_blocks: RenderBlocks) -> str:
    rows = [_render_row(row, table, place, render_blocks) for row in group.rows]
    if group.heading:
        heading = render_line(group.heading, "cell-group", place.medium)
        cell = element("th", heading, colspan=str(len(table.columns)), scope="rowgroup")
        rows.insert(0, element("tr", cell, "group-heading"))
    return element("tbody", "\n".join(rows))


def _render_no_rows(table: Table) -> str:
    """An empty row: a table without a body is not valid (veraPDF 7.2)."""
    return element("tbody", element("tr", element("td", colspan=_span(len(table.columns)))))


def _render_row(row: Row, table: Table, place: Place, render_blocks: RenderBlocks) -> str:
    tags = ["th" if table.row_headers and column == 0 else "td" for column in range(len(row.cells))]
    cells = zip(row.cells, tags, table.columns, strict=True)
    written = "".join(_render_cell(cell, tag, column.align, place, render_blocks) for cell, tag, column in cells)
    return element("tr", written, "tall" if _is_tall(row, table, place) else "")


def _render_cell(cell: Cell, tag: str, align: Align, place: Place, render_blocks: RenderBlocks) -> str:
    look = class_name("cell", cell.role) if cell.role else ""
    return element(tag, render_blocks(cell.content, place), look, align, scope="row" if tag == "th" else "")


def render_fields(fields: FieldList, place: Place, render_blocks: RenderBlocks) -> str:
    """Tables of the rows that have a label. Rows that have none are no table to a reader, only things side by side."""
    runs = [(labelled, tuple(rows)) for labelled, rows in groupby(fields.rows, key=_has_label)]
    parts = [
        (_render_labelled_rows if labelled else _render_bare_rows)(replace(fields, rows=rows), place, render_blocks)
        for labelled, rows in runs
    ]
    return element("div", "\n".join(parts), _table_class(fields.role, place.house))


def _has_label(row: tuple[Field, ...]) -> bool:
    return any(field.label for field in row)


def _render_bare_rows(fields: FieldList, place: Place, render_blocks: RenderBlocks) -> str:
    inside = place.cell("field-value")
    rows = [
        "".join(
            element("div", render_blocks(field.value, inside), "field", _field_class(column, fields, place))
            for column, field in enumerate(row)
        )
        for row in fields.rows
    ]
    return "\n".join(element("div", row, "fields-row") for row in rows)


def _render_labelled_rows(fields: FieldList, place: Place, render_blocks: RenderBlocks) -> str:
    grid = lay_out_fields(fields, _table_style(fields.role, place.house).label_width / place.text_width)
    inside = place.cell("field-value")
    rows = [
        "".join(
            _render_label(field, span, place)
            + _render_value(render_blocks(field.value, inside), span, _field_class(column, fields, place))
            for column, (field, span) in enumerate(zip(row, spans, strict=True))
        )
        for row, spans in zip(fields.rows, grid.rows, strict=True)
    ]
    body = element("tbody", "\n".join(element("tr", row) for row in rows))
    return element("table", f"{_render_columns(grid.columns)}\n{body}")


def _render_columns(shares: Iterable[float]) -> str:
    """Looks in the HTML, as no class could say how wide a column is."""
    return element("colgroup", "".join(element("col", style=f"width: {share * 100:.4g}%") for share in shares))


def _render_label(field: Field, span: FieldSpan, place: Place) -> str:
    if not field.label:
        return ""
    label = render_line(field.label, "field-label", place.medium)
    return element("th", label, scope="row", colspan=_span(span.label))


def _render_value(value: str, span: FieldSpan, position: str) -> str:
    return element("td", value, position, colspan=_span(span.value))


def _field_class(column: int, fields: FieldList, place: Place) -> str:
    style = _table_style(fields.role, place.house)
    return "right" if style.right_from is not None and column + 1 >= style.right_from else ""


def _span(columns: int) -> str:
    return str(columns) if columns > 1 else ""
