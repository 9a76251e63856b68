"""Blocks → paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any, assert_never

from reportgen.document import (
    Align,
    Block,
    Blocks,
    Cell,
    Column,
    Contents,
    ContentsEntry,
    Field,
    FieldList,
    Figure,
    Inline,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Signature,
    SignatureLine,
    Table,
    Text,
    plain_text,
)
from reportgen.house.styles import CELL_LIST_INDENT, SIGNATURE_WIDTH, PanelStyle, TableStyle
from reportgen.writers.docx.context import DocxContext, OpenItem, RenderContext, bookmark_name
from reportgen.writers.docx.elements import Element, border, indent, millimetres, shading, twips, w
from reportgen.writers.docx.flow import FlowItem, NewPage, WordParagraph, WordTable, finish_flow, keep_rows_with_next
from reportgen.writers.docx.numbering import LEVELS, OUTLINE, counted_number, heading_role, numbering_properties
from reportgen.writers.docx.paragraphs import (
    RunLook,
    begin_field,
    bookmarked,
    end_field,
    render_caption,
    render_field,
    render_line,
    render_paragraph,
    render_tab,
    render_text,
)
from reportgen.writers.docx.pictures import render_figure
from reportgen.writers.docx.styles import CONTENTS, cell_margins, panel_inset, panel_rule
from reportgen.writers.tables import SHORT, TALL, lay_out_fields, row_height

_ROOM_IN_PANEL = 0.9
"""Of the page's height: words stand beside a picture in a panel, and both on one page."""
_ROOM_TO_SIGN = 3.0
"""Above the line, in type sizes."""
_LINE = 0.1
"""The line's thickness, in type sizes."""
_INK = "#000000"


def render_blocks(blocks: Blocks, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """Render the blocks, one below the other; a section comes with all that is in it."""
    return [rendered for block in blocks for rendered in _render_block(block, context, docx)]


def _render_block(block: Block, context: RenderContext, docx: DocxContext) -> list[FlowItem]:  # noqa: C901  # a case for each kind of block
    match block:
        case Section():
            return _render_section(block, context, docx)
        case Paragraph():
            return [render_paragraph(block, context, docx)]
        case List():
            return _as_passage(_render_list(block, context, docx), block, docx)
        case Table():
            return _as_passage(render_table(block, context, docx), block, docx)
        case FieldList():
            return render_fields(block, context, docx)
        case Panel():
            return _render_panel(block, context, docx)
        case Figure():
            return render_figure(block, context, docx)
        case Contents():
            return _render_contents(block, context, docx)
        case Signature():
            return _render_signature(block, context, docx)
        case PageBreak():
            return [NewPage()]
        case _:
            assert_never(block)


def _render_section(section: Section, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    inside = context.enter_section()
    return [_render_heading(section, inside.depth, context, docx), *render_blocks(section.children, inside, docx)]


def _render_heading(section: Section, depth: int, context: RenderContext, docx: DocxContext) -> WordParagraph:
    role, numbering = heading_role(section, depth), docx.house.config.numbering
    number, is_bound = counted_number(section.number, numbering), docx.styles.is_bound(role)
    content = section.heading
    if number is not None and number.sequence == "appendix":
        content = (Text(numbering.appendix_separator), *content)
    heading = render_line(content, role, replace(context, left=0), docx, anchor=section.anchor)
    if number is not None and not is_bound:
        heading.put(numbering_properties(docx.numbering.headings(number.sequence), number.level))
    elif number is None and is_bound:
        heading.put(numbering_properties(0), indent(0))
    level = min(depth, LEVELS) - 1
    if OUTLINE.get(role) != level:  # the contents go by it, and so does Word's navigation pane
        heading.put(w("outlineLvl", val=level))
    return heading


# ---- Lists ----


def _render_list(block: List, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    inside = context.enter_list()
    first = next((item.number for item in block.items if item.number is not None), None)
    number = 0 if first is None else _list_number(first.level, first.position, context, docx)
    rendered = [one for item in block.items for one in _render_item(item, number, inside, docx)]
    last = rendered[-1] if rendered else None
    if context.lists == 0 and not context.table and isinstance(last, WordParagraph):
        # Below a list there is as much room as below a paragraph, however close its items stand.
        last.set_after(max(last.after, docx.look_of("base").get("space_after", 0)))
    return rendered


def _list_number(level: int, start: int, context: RenderContext, docx: DocxContext) -> int:
    """Return Word's list for an ordered list: that of the item around it if it is its first, or one of its own."""
    if context.item is not None and level not in context.item.levels_below:
        context.item.levels_below.add(level)
        return context.item.number
    return docx.numbering.new_list(context.base, min(level, LEVELS - 1), start)


def _render_item(item: ListItem, number: int, context: RenderContext, docx: DocxContext) -> Iterator[FlowItem]:
    if item.number is not None:
        level = min(item.number.level, LEVELS - 1)
        left = context.base + docx.house.config.numbering.list_level(level).indent
        inside = replace(context, left=left, item=OpenItem(number, set()))
    else:
        level = min(context.lists, LEVELS) - 1
        number = docx.numbering.bullets(context.base, context.bullet_step)
        inside = replace(context, left=context.base + (level + 1) * context.bullet_step)
    first, rest = Paragraph(()), item.content
    if item.content and isinstance(item.content[0], Paragraph):
        first, rest = item.content[0], item.content[1:]
    line = render_line(first.content, first.role, inside, docx, numbering_properties(number, level), first.anchor)
    line.passage = docx.passages.of(first.origin)
    yield line
    yield from render_blocks(rest, inside, docx)


def _as_passage(rendered: list[FlowItem], block: List | Table, docx: DocxContext) -> list[FlowItem]:
    """Mark what was rendered of a block as part of the text it came from; what is in it may have its own."""
    passage = docx.passages.of(block.origin)
    return [
        replace(one, passage=passage) if isinstance(one, WordParagraph | WordTable) and one.passage is None else one
        for one in rendered
    ]


# ---- Panels ----


def _render_panel(panel: Panel, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """Render a panel as wide as the text, wherever the paragraphs around it begin.

    Paragraphs stay paragraphs, which is what a screen reader reads best. Word draws a box around
    each indent of its own, though, so lists and tables need a cell around them to stand in one.
    """
    look = docx.house.stylesheet.panels[panel.role]
    inside = context.enter_panel()
    paragraphs = [child for child in panel.children if isinstance(child, Paragraph)]
    if len(paragraphs) < len(panel.children):
        width = context.width - panel_inset(look) - look.padding
        inside = replace(inside, width=width, height=context.height * _ROOM_IN_PANEL)
        cell = _one_cell(render_blocks(panel.children, inside, docx), look, context.width)
        return [WordTable(cell, look.space_before, look.space_after)]
    inside = replace(inside, panel=panel.role)
    rendered = [render_paragraph(one, inside, docx) for one in paragraphs]
    box = object()
    for paragraph in rendered:
        paragraph.box = box
    if rendered:
        rendered[0].set_before(look.space_before)
        rendered[-1].set_after(look.space_after)
    return [*rendered]


def _one_cell(content: Sequence[FlowItem], look: PanelStyle, width: float) -> Element:
    if content and isinstance(content[-1], WordParagraph):
        content[-1].set_after(0)
    padding = twips(look.padding)
    properties = (
        w("tblW", w=twips(width), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblBorders", panel_rule(look)),
        cell_margins(padding, padding),
        w("tblLook", val="0000"),
    )
    background = [shading(look.background)] if look.background else []
    cell = w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa"), *background), *finish_flow(content))
    return w("tbl", w("tblPr", *properties), w("tblGrid", w("gridCol", w=twips(width))), w("tr", cell))


# ---- Contents ----


def _render_contents(contents: Contents, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    r"""Render the heading and a line for each entry, all in the control by which Word offers to update them.

    The field takes what has an outline level, by its style or by itself (`\u`), down to the
    contents' depth (`\o`): those are the headings of sections, and nothing else has one.
    """
    if not contents.entries:
        return []
    outside = RenderContext(width=context.width, height=context.height)
    lines = [_render_contents_line(entry, outside, docx) for entry in contents.entries]
    look = RunLook(docx.look_of(_contents_role(contents.entries[0])), {})
    lines[0].content[:0] = begin_field(f'TOC \\o "1-{contents.depth}" \\h \\z \\u', look, docx)
    lines[-1].content.append(end_field(look, docx))
    heading = [render_line(contents.heading, "contents-heading", outside, docx)] if contents.heading else []
    control = w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")))
    for paragraph in (*heading, *lines):
        paragraph.control = control
    return [*heading, *lines]


def _render_contents_line(entry: ContentsEntry, context: RenderContext, docx: DocxContext) -> WordParagraph:
    role = _contents_role(entry)
    style = docx.look_of(role)
    look, target = RunLook(style, {}), bookmark_name(entry.target)
    line = render_line((), role, context, docx)
    if entry.number and style.get("hanging"):
        line.put(w("tabs", w("tab", val="left", pos=twips(style["indent"]))))
        line.put(indent(style["indent"], style["hanging"]))
    numbered = [*render_text(entry.number, look, docx), render_tab(look, docx)] if entry.number else []
    title = [*render_text(" ".join(entry.text.split()), look, docx), render_tab(look, docx)]
    page = render_field(f"PAGEREF {target} \\h", entry.page, look, docx)
    line.content.append(w("hyperlink", *numbered, *title, *page, anchor=target, history=1))
    return line


def _contents_role(entry: ContentsEntry) -> str:
    return CONTENTS[min(entry.level, len(CONTENTS)) - 1]


# ---- Signatures ----


def _render_signature(signature: Signature, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """Render where people sign, kept on one page."""
    match signature.form:
        case "line":
            paragraphs = [
                paragraph for line in signature.lines for paragraph in _render_dotted_line(line, context, docx)
            ]
        case "box":
            paragraphs = [_render_tick_box(line, context, docx) for line in signature.lines]
        case _:
            assert_never(signature.form)
    for paragraph in paragraphs:  # the last one too: who wrote the paper stands below those who sign it
        paragraph.put(w("keepLines"), w("keepNext"))
    if paragraphs:
        paragraphs[0].keeps_with_previous = True
    return list(paragraphs)


def _render_dotted_line(line: SignatureLine, context: RenderContext, docx: DocxContext) -> Iterator[WordParagraph]:
    """Render a dotted line as the upper border of the words below it: a screen reader meets no empty paragraph."""
    look = docx.look_of("signature")
    said = [words for words in (line.name, line.post, line.label) if words] or [""]
    first, *rest = (render_line((Text(words),), "signature", context, docx) for words in said)
    dots = border("top", look["size"] * _LINE, look.get("colour", _INK), gap=1, line="dotted")
    first.put(w("pBdr", dots), indent(context.left, right=context.width - context.left - SIGNATURE_WIDTH))
    first.set_before(look["size"] * _ROOM_TO_SIGN)
    yield first
    yield from rest


def _render_tick_box(line: SignatureLine, context: RenderContext, docx: DocxContext) -> WordParagraph:
    """Render the box and whose it is; behind a dash by whom and when it was signed.

    Fields that are empty wait at the end.
    """
    ticked = next((one for one in line.entries if one.form == "check"), None)
    others = [one for one in line.entries if one.form != "check"]
    written: list[Inline] = [one for one in others if one.text]
    if not others:
        written = [Text(words) for words in (line.name, line.post) if words]
    content: list[Inline] = [ticked or Text("☒" if line.signed else "☐"), Text(f" {line.label}")]
    for place_in_line, one in enumerate(written):
        dash = " – " if line.label else " "
        content += [Text(", " if place_in_line else dash), one]
    for one in others:
        if not one.text:
            content += [Text("  "), one]
    return render_line(tuple(content), "signature", context, docx)


_ROOM_IN_CELL = 0.7
"""Of the page: how high a picture in a cell may be, below a header row that each page repeats."""


def render_table(table: Table, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """Render a table, below its caption if that is to be seen."""
    grid = _Grid.of(table.role, [column.width for column in table.columns], context, docx)
    rows = [grid.header(table.columns, "" if table.show_caption else table.anchor)]
    for group in table.groups:
        rows.extend(_group_rows(group, table.columns, grid))
    keep_rows_with_next(_beginning(table, rows, grid)[:-1])
    title = plain_text(table.caption)
    named = [w("tblCaption", val=title)] if title else []
    rendered = grid.table(rows, _table_look(1, int(table.row_headers)), *named)
    if not table.show_caption:
        return [WordTable(rendered, grid.style.space_before, grid.style.space_after)]
    above = render_caption(
        table.caption, table.number, table.anchor, RenderContext(context.width, context.height), docx
    )
    above.put(w("keepNext"))
    above.set_before(grid.style.space_before + above.before)
    return [above, WordTable(rendered, 0, grid.style.space_after)]


def render_fields(fields: FieldList, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """Render a field list, as a table without a header row."""
    style = docx.house.stylesheet.tables[_table_role(fields.role, docx)]
    layout = lay_out_fields(fields, style.label_width / context.width)
    grid = _Grid.of(fields.role, layout.columns, context, docx)
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
    context: RenderContext
    docx: DocxContext

    @staticmethod
    def of(role: str, shares: Sequence[float], context: RenderContext, docx: DocxContext) -> _Grid:
        known = _table_role(role, docx)
        edges = tuple(twips(context.width * share) for share in accumulate(shares, initial=0))
        return _Grid(known, docx.house.stylesheet.tables[known], edges, context, docx)

    def table(self, rows: Sequence[Element], *further: Element) -> Element:
        """Return the whole table, with further properties."""
        style = w("tblStyle", val=self.docx.styles.table(self.role))
        width = w("tblW", w=self.edges[-1], type="dxa")
        columns = (w("gridCol", w=right - left) for left, right in pairwise(self.edges))
        properties = w("tblPr", style, width, w("tblLayout", type="fixed"), *further)
        return w("tbl", properties, w("tblGrid", *columns), *rows)

    def height(self, row: Row) -> float:
        """Return how high a row will be, more or less; in millimetres."""
        return self.height_of(((cell.content, column, column + 1) for column, cell in enumerate(row.cells)), "cell")

    def height_of(self, cells: Iterable[tuple[Blocks, int, int]], role: str) -> float:
        """Return how high a row of cells with the given content, edges and role of text will be."""
        widths = ((content, millimetres(self.edges[right] - self.edges[left])) for content, left, right in cells)
        return row_height(widths, self.style, self.docx.look_of(role))

    def unbroken(self, height: float) -> tuple[Element, ...]:
        """Return what keeps a row on one page; nothing for one so high that it would leave a gap, or be cut off."""
        return () if self.is_tall(height) else (w("cantSplit"),)

    def is_tall(self, height: float) -> bool:
        """Return whether a row of this height may break over pages."""
        return height > self.context.height * TALL

    def header(self, columns: Sequence[Column], anchor: str) -> Element:
        """Return the row that each page repeats; references to the anchor lead to its first cell."""
        lines = [self.line(column.header, "cell-header", column.align) for column in columns]
        lines[0].content = bookmarked(lines[0].content, anchor, self.docx)
        cells = [self.cell(column, column + 1, [line]) for column, line in enumerate(lines)]
        return _row(cells, w("cantSplit"), w("tblHeader"))

    def line(self, content: Inlines, role: str, align: Align = "") -> WordParagraph:
        """Return a paragraph that stays with the row below."""
        line = render_line(content, role, self.inside("cell", 0, align=align), self.docx)
        line.put(w("keepNext"))
        return line

    def cell(self, first: int, end: int, content: Sequence[FlowItem], background: str | None = None) -> Element:
        """Return the cell of the columns from `first` to before `end`."""
        properties = [w("tcW", w=self.edges[end] - self.edges[first], type="dxa")]
        if end - first > 1:
            properties.append(w("gridSpan", val=end - first))
        if background:
            properties.append(shading(background))
        return w("tc", w("tcPr", *properties), *finish_flow(content))

    def inside(
        self, role: str, column: int, direct: Mapping[str, Any] | None = None, align: Align = ""
    ) -> RenderContext:
        """Return the context in a cell that begins at a column, where the role "body" is rendered as `role`."""
        width = millimetres(self.edges[column + 1] - self.edges[column])
        return RenderContext(
            width=width - 2 * self.style.padding,
            height=self.context.height * _ROOM_IN_CELL,
            body_role=role,
            item_role=role,
            bullet_step=CELL_LIST_INDENT,
            table=self.role,
            direct=direct or {},
            align=align,
        )

    def content(self, blocks: Blocks, inside: RenderContext) -> list[FlowItem]:
        """Return what stands in a cell: an empty paragraph at least."""
        return render_blocks(blocks, inside, self.docx) or [render_line((), "body", inside, self.docx)]


def _group_rows(group: RowGroup, columns: Sequence[Column], grid: _Grid) -> Iterator[Element]:
    if group.heading:
        line = grid.line(group.heading, "cell-group")
        yield _row([grid.cell(0, len(grid.edges) - 1, [line], grid.style.group_background)], w("cantSplit"))
    for row in group.rows:
        aligned = zip(row.cells, columns, strict=True)
        cells = [_data_cell(cell, place, column.align, grid) for place, (cell, column) in enumerate(aligned)]
        yield _row(cells, *grid.unbroken(grid.height(row)))


def _beginning(table: Table, rows: Sequence[Element], grid: _Grid) -> Sequence[Element]:
    """Return the rows that stand on the table's first page: all of a short table, or two below the header."""
    written = [row for group in table.groups for row in group.rows]
    if table.row_count <= grid.style.keep_rows and sum(map(grid.height, written)) <= grid.context.height * SHORT:
        return rows
    # Headings stay with the row below them anyway, be it with the beginning of one that may break.
    return () if any(grid.is_tall(grid.height(row)) for row in written[:2]) else rows[:3]


def _data_cell(cell: Cell, column: int, align: Align, grid: _Grid) -> Element:
    look = grid.docx.house.stylesheet.cells.get(cell.role)
    direct = look.model_dump(exclude_none=True, include={"bold", "colour"}) if look else {}
    content = grid.content(cell.content, grid.inside("cell", column, direct, align))
    return grid.cell(column, column + 1, content, look.background if look else None)


def _field_cells(field: Field, order: int, columns: tuple[int, int, int], grid: _Grid) -> list[Element]:
    """Return the cells of the `order`th field; `columns` are where label, value and the next field begin."""
    start, middle, end = columns
    align: Align = "right" if grid.style.right_from is not None and order >= grid.style.right_from else ""
    cells = []
    if field.label:
        label = render_line(field.label, "field-label", grid.inside("field-label", start), grid.docx)
        cells.append(grid.cell(start, middle, [label]))
    value = grid.content(field.value, grid.inside("field-value", middle, align=align))
    return [*cells, grid.cell(middle, end, value)]


def _row(cells: Sequence[Element], *properties: Element) -> Element:
    return w("tr", *([w("trPr", *properties)] if properties else []), *cells)


def _table_role(role: str, docx: DocxContext) -> str:
    return role if role in docx.house.stylesheet.tables else "data"


def _table_look(first_row: int, first_column: int) -> Element:
    """Return whether (1 or 0) the style draws these differently: as names, and as bits for older readers."""
    value = 0x600 + 0x20 * first_row + 0x80 * first_column
    parts = {"firstRow": first_row, "lastRow": 0, "firstColumn": first_column, "lastColumn": 0}
    return w("tblLook", val=f"{value:04X}", **parts, noHBand=1, noVBand=1)
