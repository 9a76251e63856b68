"""Blocks → HTML.

The shape of the HTML follows from what PDF/UA readers need of the tags that WeasyPrint makes
of it (veraPDF's rules in brackets): nothing is nested in a link (7.18.5), list items have no
markers but carry their numbers themselves (7.2), heading levels follow the depth of the
sections (7.4.2), cells span columns but never rows (7.5).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from reportgen.document import (
    Align,
    Block,
    Blocks,
    Cell,
    Contents,
    ContentsEntry,
    Field,
    FieldList,
    Figure,
    Footnote,
    Inlines,
    List,
    ListItem,
    Number,
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
    inlines_of,
    plain_text,
)
from reportgen.house import House
from reportgen.house.styles import TableStyle
from reportgen.writers.css import DEEPEST_LEVEL, class_name
from reportgen.writers.html.elements import (
    HtmlContext,
    element,
    render_box,
    render_form_field,
    render_inlines,
    render_line,
    render_marker,
)
from reportgen.writers.html.figures import render_caption, render_figure
from reportgen.writers.tables import SHORT, TALL, FieldSpan, lay_out_fields, row_height

_DEEPEST_STYLED_HEADING = 3
_DEEPEST_HTML_HEADING = 6
_COUNTERS = {"decimal": "", "lower-letter": "a", "upper-letter": "A", "lower-roman": "i"}
"""HTML's types of ordered lists, by the house's counters."""


def render_blocks(blocks: Blocks, context: HtmlContext) -> str:
    """Render the blocks, one below the other."""
    return "".join(render_block(block, context) for block in blocks)


def render_block(block: Block, context: HtmlContext) -> str:  # noqa: C901  # a case for each kind of block
    """Render a block of the tree; a section comes with all that is in it."""
    match block:
        case Section():
            return _render_section(block, context)
        case Paragraph():
            return _render_paragraph(block, context)
        case List():
            return _render_list(block, context)
        case Table():
            return render_table(block, context)
        case FieldList():
            return render_fields(block, context)
        case Panel():
            children = render_blocks(block.children, context.enter_panel())
            return element("div", children, "panel", class_name("panel", block.role))
        case Figure():
            return render_figure(block, context)
        case Contents():
            return render_contents(block, context)
        case Signature():
            return _render_signature(block, context)
        case PageBreak():
            return element("div", "", "page-break")
        case _:
            assert_never(block)


def _render_section(section: Section, context: HtmlContext) -> str:
    depth = context.depth + 1
    role = section.role if section.role != "section" else f"heading-{min(depth, _DEEPEST_STYLED_HEADING)}"
    number, position = _heading_number(section.number, context.house)
    level = min(context.heading, _DEEPEST_HTML_HEADING)
    content = number + render_inlines(section.heading, context.medium)
    name = _bookmark(section, section.heading, context.house)
    heading = element(
        f"h{level}", content, class_name("role", role), position, id=section.anchor, **{"data-bookmark": name}
    )
    inside = context.enter_section()
    if section.landscape:
        turned_page = context.house.stylesheet.page.turned
        inside = replace(inside, text_width=turned_page.text_width, text_height=turned_page.text_height)
    children = [heading, *(render_block(child, inside) for child in section.children)]
    turned = "landscape" if section.landscape else ""
    beginning = "appendix" if section.role == "appendix" else ""
    return element("section", "\n".join(children), beginning, turned)


def _bookmark(block: Section | Paragraph, words: Inlines, house: House) -> str:
    """Return what the PDF's bookmark says where the heading's own text will not do: notes are not part of it."""
    if not any(isinstance(inline, Footnote) for inline in inlines_of(block)):
        return ""
    number, separator = block.number, ""
    if number is not None and number.text:
        separator = house.config.numbering.appendix_separator if number.sequence == "appendix" else " "
    return (number.text if number is not None else "") + separator + plain_text(words)


def _heading_number(number: Number | None, house: House) -> tuple[str, str]:
    """Return the number's HTML and the class that says where the heading then stands."""
    if number is None or not number.text:
        return "", ""
    if number.sequence == "appendix":
        return html.escape(number.text + house.config.numbering.appendix_separator), ""
    return render_marker(number.text), f"level-{number.level}"


def _render_paragraph(paragraph: Paragraph, context: HtmlContext, marker: str = "") -> str:
    role = context.body_role if paragraph.role == "body" else paragraph.role
    number, position = paragraph.number, context.position
    if number is not None and number.text:
        marker, position = render_marker(number.text), f"level-{number.level}"
    content = marker + render_inlines(paragraph.content, context.medium)
    tag, name = ("h1", _bookmark(paragraph, paragraph.content, context.house)) if role == "title" else ("p", "")
    return element(tag, content, class_name("role", role), position, id=paragraph.anchor, **{"data-bookmark": name})


def _render_list(block: List, context: HtmlContext) -> str:
    is_outermost = context.lists == 0
    inside = context.enter_list()
    items = [_render_item(item, inside) for item in block.items]
    moved_in = context.position if is_outermost else ""
    ends_text = "list" if is_outermost and context.item_role == "list-item" else ""
    counter = _list_counter(block, context.house) if block.ordered else ""
    return element("ol" if block.ordered else "ul", "".join(items), ends_text, moved_in, type=counter)


def _list_counter(block: List, house: House) -> str:
    """Return the list's type, for readers that go by it; what is printed are the items' own numbers."""
    number = next((item.number for item in block.items if item.number is not None), None)
    return "" if number is None else _COUNTERS[house.config.numbering.list_level(number.level).counter]


def _render_item(item: ListItem, context: HtmlContext) -> str:
    numbering = context.house.config.numbering
    if item.number is not None:
        marker, position = item.number.text, f"item-{min(item.number.level, DEEPEST_LEVEL - 1)}"
    else:
        marker = numbering.bullets[min(context.lists, len(numbering.bullets)) - 1]
        position = f"{context.bullet}-{min(context.lists, DEEPEST_LEVEL)}"
    inside = replace(context, position=position)
    first, rest = _split_item(item.content)
    lines = [_render_paragraph(first, inside, render_marker(marker)), *(render_block(block, inside) for block in rest)]
    return element("li", "".join(lines))


def _split_item(content: Blocks) -> tuple[Paragraph, Blocks]:
    """Return the paragraph that carries the item's sign, an empty one if the item begins otherwise, and the rest."""
    if content and isinstance(content[0], Paragraph):
        return content[0], content[1:]
    return Paragraph(()), content


def _render_signature(signature: Signature, context: HtmlContext) -> str:
    match signature.form:
        case "line":
            lines = [_render_dotted_line(line, context) for line in signature.lines]
        case "box":
            lines = [_render_tick_box(line) for line in signature.lines]
        case _:
            assert_never(signature.form)
    return element("div", "\n".join(lines), "signature", context.position)


def _render_dotted_line(line: SignatureLine, context: HtmlContext) -> str:
    words = [
        render_line((Text(words),), "signature", context.medium)
        for words in (line.name, line.post, line.label)
        if words
    ]
    return "".join([element("div", "", "signature-line"), *words])


def _render_tick_box(line: SignatureLine) -> str:
    """Render the box and whose it is; behind a dash by whom and when it was signed, or what is to be entered there.

    What is empty and has no words of its own is a field in Word and nothing here.
    """
    ticked = next((entry for entry in line.entries if entry.form == "check"), None)
    entered = [render_form_field(entry) for entry in line.entries if entry.form != "check" and entry.text]
    written = [html.escape(words, quote=False) for words in (line.name, line.post) if words]
    box = (
        render_box("☒" if line.signed else "☐", line.signed, line.label)
        if ticked is None
        else render_form_field(ticked)
    )
    label = html.escape(line.label, quote=False)
    words = " – ".join(filter(None, (label, ", ".join(entered or written))))
    return element("p", f"{box} {words}", class_name("role", "signature"))


_USUAL_TABLE = "data"
"""The look of tables whose role has none."""


def render_table(table: Table, context: HtmlContext) -> str:
    """Render a table; a caption that is not shown is its name to screen readers."""
    caption = render_caption(table.caption, table.number, context) if table.show_caption else ""
    headers = [
        element("th", render_line(column.header, "cell-header", context.medium), column.align, scope="col")
        for column in table.columns
    ]
    inside = context.enter_cell("cell")
    shown = (group for group in table.groups if group.rows or group.heading)
    groups = [_render_group(group, table, inside) for group in shown]
    parts = [
        caption and element("caption", caption, class_name("role", "caption")),
        _render_columns(column.width for column in table.columns),
        element("thead", element("tr", "".join(headers))),
        *(groups or [_render_no_rows(table)]),
    ]
    label = "" if table.show_caption else plain_text(table.caption)
    look = _table_class(table.role, context.house)
    captioned = "captioned" if caption else ""
    written = element(
        "table", "\n".join(filter(None, parts)), look, captioned, id=table.anchor, **{"aria-label": label}
    )
    return element("div", written, "table-frame", "kept" if _is_kept(table, context) else "")


def _is_kept(table: Table, context: HtmlContext) -> bool:
    """Return whether a table stands on one page: its rows are few, and no higher than a page can spare."""
    rows = [row for group in table.groups for row in group.rows]
    few = len(rows) <= _table_style(table.role, context.house).keep_rows
    return few and sum(_height(row, table, context) for row in rows) <= context.text_height * SHORT


def _is_tall(row: Row, table: Table, context: HtmlContext) -> bool:
    """Return whether a row may break over pages.

    One that may not, and does not fit, would lose the header row above it.
    """
    return _height(row, table, context) > context.text_height * TALL


def _height(row: Row, table: Table, context: HtmlContext) -> float:
    """Return how high a row will be, more or less; in millimetres."""
    widths = (column.width * context.text_width for column in table.columns)
    cells = zip((cell.content for cell in row.cells), widths, strict=True)
    return row_height(cells, _table_style(table.role, context.house), context.house.stylesheet.resolved("cell"))


def _table_class(role: str, house: House) -> str:
    return class_name("table", role if role in house.stylesheet.tables else _USUAL_TABLE)


def _table_style(role: str, house: House) -> TableStyle:
    return house.stylesheet.tables.get(role) or house.stylesheet.tables[_USUAL_TABLE]


def _render_group(group: RowGroup, table: Table, context: HtmlContext) -> str:
    rows = [_render_row(row, table, context) for row in group.rows]
    if group.heading:
        heading = render_line(group.heading, "cell-group", context.medium)
        cell = element("th", heading, colspan=str(len(table.columns)), scope="rowgroup")
        rows.insert(0, element("tr", cell, "group-heading"))
    return element("tbody", "\n".join(rows))


def _render_no_rows(table: Table) -> str:
    """Render an empty row: a table without a body is not valid (veraPDF 7.2)."""
    return element("tbody", element("tr", element("td", colspan=_span(len(table.columns)))))


def _render_row(row: Row, table: Table, context: HtmlContext) -> str:
    tags = ["th" if table.row_headers and column == 0 else "td" for column in range(len(row.cells))]
    cells = zip(row.cells, tags, table.columns, strict=True)
    written = "".join(_render_cell(cell, tag, column.align, context) for cell, tag, column in cells)
    return element("tr", written, "tall" if _is_tall(row, table, context) else "")


def _render_cell(cell: Cell, tag: str, align: Align, context: HtmlContext) -> str:
    look = class_name("cell", cell.role) if cell.role else ""
    return element(tag, render_blocks(cell.content, context), look, align, scope="row" if tag == "th" else "")


def render_fields(fields: FieldList, context: HtmlContext) -> str:
    """Render tables of the rows that have a label.

    Rows that have none are no table to a reader, only things side by side.
    """
    runs = [(labelled, tuple(rows)) for labelled, rows in groupby(fields.rows, key=_has_label)]
    parts = [
        (_render_labelled_rows if labelled else _render_bare_rows)(replace(fields, rows=rows), context)
        for labelled, rows in runs
    ]
    return element("div", "\n".join(parts), _table_class(fields.role, context.house))


def _has_label(row: tuple[Field, ...]) -> bool:
    return any(field.label for field in row)


def _render_bare_rows(fields: FieldList, context: HtmlContext) -> str:
    inside = context.enter_cell("field-value")
    rows = [
        "".join(
            element("div", render_blocks(field.value, inside), "field", _field_class(column, fields, context))
            for column, field in enumerate(row)
        )
        for row in fields.rows
    ]
    return "\n".join(element("div", row, "fields-row") for row in rows)


def _render_labelled_rows(fields: FieldList, context: HtmlContext) -> str:
    grid = lay_out_fields(fields, _table_style(fields.role, context.house).label_width / context.text_width)
    inside = context.enter_cell("field-value")
    rows = [
        "".join(
            _render_label(field, span, context)
            + element(
                "td",
                render_blocks(field.value, inside),
                _field_class(column, fields, context),
                colspan=_span(span.value),
            )
            for column, (field, span) in enumerate(zip(row, spans, strict=True))
        )
        for row, spans in zip(fields.rows, grid.rows, strict=True)
    ]
    body = element("tbody", "\n".join(element("tr", row) for row in rows))
    return element("table", f"{_render_columns(grid.columns)}\n{body}")


def _render_columns(shares: Iterable[float]) -> str:
    """Render the widths of columns in the HTML itself, as no class could say them."""
    return element("colgroup", "".join(element("col", style=f"width: {share * 100:.4g}%") for share in shares))


def _render_label(field: Field, span: FieldSpan, context: HtmlContext) -> str:
    if not field.label:
        return ""
    label = render_line(field.label, "field-label", context.medium)
    return element("th", label, scope="row", colspan=_span(span.label))


def _field_class(column: int, fields: FieldList, context: HtmlContext) -> str:
    style = _table_style(fields.role, context.house)
    return "right" if style.right_from is not None and column + 1 >= style.right_from else ""


def _span(columns: int) -> str:
    return str(columns) if columns > 1 else ""


_DEEPEST_STYLED_ENTRY = 3


def render_contents(contents: Contents, context: HtmlContext) -> str:
    """Render the heading, and a link for each section."""
    level = min(context.heading, _DEEPEST_HTML_HEADING)
    heading = render_inlines(contents.heading, context.medium)
    above = heading and element(f"h{level}", heading, class_name("role", "contents-heading"))
    return element("nav", above + _render_entries(contents.entries), "contents", role="doc-toc")


def _render_entries(entries: Sequence[ContentsEntry]) -> str:
    """Render a list of the entries; those deeper than the one before stand in a list of their own below it."""
    if not entries:
        return ""
    level = min(entry.level for entry in entries)
    begins = [place for place, entry in enumerate(entries) if entry.level == level]
    ends = [*begins[1:], len(entries)]
    items = [
        element("li", _render_contents_line(entries[begin]) + _render_entries(entries[begin + 1 : end]))
        for begin, end in zip(begins, ends, strict=True)
    ]
    # Sections before the first of this level, if a paper begins with deeper ones, stand in the same list.
    before = [element("li", _render_contents_line(entry)) for entry in entries[: begins[0]]]
    return element("ol", "".join([*before, *items]))


def _render_contents_line(entry: ContentsEntry) -> str:
    marker = render_marker(entry.number) if entry.number else ""
    link = element("a", html.escape(entry.text, quote=False), "reference", href=f"#{entry.target}")
    role = class_name("role", f"contents-{min(entry.level, _DEEPEST_STYLED_ENTRY)}")
    return element("p", marker + link, role, "" if marker else "unnumbered")
