"""Tables and field lists → Word's tables, with a style, a repeated header row and a caption for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from reportgen.document import Align, Blocks, Cell, Column, Field, FieldList, Inlines, Row, RowGroup, Table, plain_text
from reportgen.house.styles import CELL_LIST_INDENT, TableStyle
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element, millimetres, shading, twips, w
from reportgen.writers.docx.paragraphs import bookmarked, draw_caption, draw_line
from reportgen.writers.docx.story import Drawn, WordParagraph, WordTable, keep_rows_with_next, settle_story
from reportgen.writers.tables import SHORT, TALL, lay_out_fields, row_height

_ROOM_IN_CELL = 0.7
"""Of the page: how high a picture in a cell may be, below a header row that each page repeats."""
DrawBlocks = Callable[[Blocks, Place, Draft], list[Drawn]]
"""Draws what stands in a cell."""


def draw_table(table: Table, place: Place, draft: Draft, draw_blocks: DrawBlocks) -> list[Drawn]:
    """A table, below its caption if that is to be seen."""
    grid = _Grid.of(table.role, [column.width for column in table.columns], place, draft, draw_blocks)
    rows = [grid.header(table.columns, "" if table.show_caption else table.anchor)]
    for group in table.groups:
        rows.extend(_group_rows(group, table.columns, grid))
    keep_rows_with_next(_beginning(table, rows, grid)[:-1])
    title = plain_text(table.caption)
    named = [w("tblCaption", val=title)] if title else []
    drawn = grid.table(rows, _table_look(1, int(table.row_headers)), *named)
    if not table.show_caption:
        return [WordTable(drawn, grid.style.space_before, grid.style.space_after)]
    above = draw_caption(table.caption, table.number, table.anchor, Place(place.width, place.height), draft)
    above.put(w("keepNext"))
    above.set_before(grid.style.space_before + above.before)
    return [above, WordTable(drawn, 0, grid.style.space_after)]


def draw_fields(fields: FieldList, place: Place, draft: Draft, draw_blocks: DrawBlocks) -> list[Drawn]:
    """A field list, as a table without a header row."""
    style = draft.house.stylesheet.tables[_table_role(fields.role, draft)]
    layout = lay_out_fields(fields, style.label_width / place.width)
    grid = _Grid.of(fields.role, layout.columns, place, draft, draw_blocks)
    rows = []
    for row, spans in zip(fields.rows, layout.rows, strict=True):
        cells: list[Element] = []
        values: list[tuple[Blocks, int, int]] = []
        column = 0
        for order, (field, span) in enumerate(zip(row, spans, strict=True), start=1):
            middle, end = column + span.label, column + span.label + span.value
            cells.extend(_field_cells(field, order, (column, middle, end), grid))
            values.append((field.value, middle, end))
            column = end
        rows.append(_row(cells, *grid.unbroken(grid.height_of(values, "field-value"))))
    labelled = any(field.label for row in fields.rows for field in row[:1])
    return [WordTable(grid.table(rows, _table_look(0, int(labelled))), style.space_before, style.space_after)]


@dataclass(frozen=True)
class _Grid:
    """A table's columns, and what all its cells have in common."""

    role: str
    style: TableStyle
    edges: tuple[int, ...]
    """The left edges of the columns and the right edge of the last, in twips from the table's left."""
    place: Place
    draft: Draft
    draw_blocks: DrawBlocks

    @staticmethod
    def of(role: str, shares: Sequence[float], place: Place, draft: Draft, draw_blocks: DrawBlocks) -> _Grid:
        known = _table_role(role, draft)
        edges = tuple(twips(place.width * share) for share in accumulate(shares, initial=0))
        return _Grid(known, draft.house.stylesheet.tables[known], edges, place, draft, draw_blocks)

    def table(self, rows: Sequence[Element], *further: Element) -> Element:
        """The whole table, with further properties."""
        style = w("tblStyle", val=self.draft.styles.table(self.role))
        width = w("tblW", w=self.edges[-1], type="dxa")
        columns = (w("gridCol", w=right - left) for left, right in pairwise(self.edges))
        properties = w("tblPr", style, width, w("tblLayout", type="fixed"), *further)
        return w("tbl", properties, w("tblGrid", *columns), *rows)

    def height(self, row: Row) -> float:
        """How high a row will be, more or less; in millimetres."""
        return self.height_of(((cell.content, column, column + 1) for column, cell in enumerate(row.cells)), "cell")

    def height_of(self, cells: Iterable[tuple[Blocks, int, int]], role: str) -> float:
        """The same for cells with the given content and edges, the text of which is of a role."""
        widths = ((content, millimetres(self.edges[right] - self.edges[left])) for content, left, right in cells)
        return row_height(widths, self.style, self.draft.look_of(role))

    def unbroken(self, height: float) -> tuple[Element, ...]:
        """What keeps a row on one page; nothing for one so high that it would leave a gap, or be cut off."""
        return () if self.is_tall(height) else (w("cantSplit"),)

    def is_tall(self, height: float) -> bool:
        """Whether a row of this height may break over pages."""
        return height > self.place.height * TALL

    def header(self, columns: Sequence[Column], anchor: str) -> Element:
        """The row that each page repeats; references to the anchor lead to its first cell."""
        lines = [self.line(column.header, "cell-header", column.align) for column in columns]
        lines[0].content = bookmarked(lines[0].content, anchor, self.draft)
        cells = [self.cell(column, column + 1, [line]) for column, line in enumerate(lines)]
        return _row(cells, w("cantSplit"), w("tblHeader"))

    def line(self, content: Inlines, role: str, align: Align = "") -> WordParagraph:
        """A paragraph that stays with the row below."""
        line = draw_line(content, role, self.inside("cell", 0, align=align), self.draft)
        line.put(w("keepNext"))
        return line

    def cell(self, first: int, end: int, content: Sequence[Drawn], background: str | None = None) -> Element:
        """The cell of the columns from `first` to before `end`."""
        properties = [w("tcW", w=self.edges[end] - self.edges[first], type="dxa")]
        if end - first > 1:
            properties.append(w("gridSpan", val=end - first))
        if background:
            properties.append(shading(background))
        return w("tc", w("tcPr", *properties), *settle_story(content))

    def inside(self, role: str, column: int, direct: Mapping[str, Any] | None = None, align: Align = "") -> Place:
        """The place in a cell that begins at a column, where the role "body" is drawn as `role`."""
        width = millimetres(self.edges[column + 1] - self.edges[column])
        return Place(
            width=width - 2 * self.style.padding,
            height=self.place.height * _ROOM_IN_CELL,
            body_role=role,
            item_role=role,
            bullet_step=CELL_LIST_INDENT,
            table=self.role,
            direct=direct or {},
            align=align,
        )

    def content(self, blocks: Blocks, inside: Place) -> list[Drawn]:
        """What stands in a cell: an empty paragraph at least."""
        return self.draw_blocks(blocks, inside, self.draft) or [draw_line((), "body", inside, self.draft)]


def _group_rows(group: RowGroup, columns: Sequence[Column], grid: _Grid) -> Iterator[Element]:
    if group.heading:
        line = grid.line(group.heading, "cell-group")
        yield _row([grid.cell(0, len(grid.edges) - 1, [line], grid.style.group_background)], w("cantSplit"))
    for row in group.rows:
        aligned = zip(row.cells, columns, strict=True)
        cells = [_data_cell(cell, place, column.align, grid) for place, (cell, column) in enumerate(aligned)]
        yield _row(cells, *grid.unbroken(grid.height(row)))


def _beginning(table: Table, rows: Sequence[Element], grid: _Grid) -> Sequence[Element]:
    """The rows at the table's beginning that stand on one page: all of a short table, or two below the header."""
    written = [row for group in table.groups for row in group.rows]
    if table.row_count <= grid.style.keep_rows and sum(map(grid.height, written)) <= grid.place.height * SHORT:
        return rows
    # Headings stay with the row below them anyway, be it with the beginning of one that may break.
    return () if any(grid.is_tall(grid.height(row)) for row in written[:2]) else rows[:3]


def _data_cell(cell: Cell, column: int, align: Align, grid: _Grid) -> Element:
    look = grid.draft.house.stylesheet.cells.get(cell.role)
    direct = look.model_dump(exclude_none=True, include={"bold", "colour"}) if look else {}
    content = grid.content(cell.content, grid.inside("cell", column, direct, align))
    return grid.cell(column, column + 1, content, look.background if look else None)


def _field_cells(field: Field, order: int, columns: tuple[int, int, int], grid: _Grid) -> list[Element]:
    """Label and value of the `order`th field of a row; `columns` are where label, value and the next field begin."""
    start, middle, end = columns
    align: Align = "right" if grid.style.right_from is not None and order >= grid.style.right_from else ""
    cells = []
    if field.label:
        label = draw_line(field.label, "field-label", grid.inside("field-label", start), grid.draft)
        cells.append(grid.cell(start, middle, [label]))
    value = grid.content(field.value, grid.inside("field-value", middle, align=align))
    return [*cells, grid.cell(middle, end, value)]


def _row(cells: Sequence[Element], *properties: Element) -> Element:
    return w("tr", *([w("trPr", *properties)] if properties else []), *cells)


def _table_role(role: str, draft: Draft) -> str:
    return role if role in draft.house.stylesheet.tables else "data"


def _table_look(first_row: int, first_column: int) -> Element:
    """Whether (1 or 0) the style draws these differently: once as names, once as the bits that older readers know."""
    value = 0x600 + 0x20 * first_row + 0x80 * first_column
    parts = {"firstRow": first_row, "lastRow": 0, "firstColumn": first_column, "lastColumn": 0}
    return w("tblLook", val=f"{value:04X}", **parts, noHBand=1, noVBand=1)
