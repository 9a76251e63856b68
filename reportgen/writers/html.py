"""`Document` → one complete HTML5 file: the page on the screen, and what the PDF is made from.

The shape of the HTML follows from what PDF/UA readers need of the tags that WeasyPrint makes
of it (veraPDF's rules in brackets): nothing is nested in a link (7.18.5), list items have no
markers but carry their numbers themselves (7.2), heading levels follow the depth of the
sections (7.4.2), cells span columns but never rows (7.5).
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from reportgen.house import House
from reportgen.house.look import TableStyle
from reportgen.tree import (
    Block,
    Blocks,
    Cell,
    Chart,
    Contents,
    Document,
    Field,
    FieldList,
    Figure,
    Image,
    Timeline,
    Inlines,
    List,
    ListItem,
    Metadata,
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
    blocks_of,
    plain_text,
)
from reportgen.writers.css import DEEPEST_LEVEL, class_name, write_css, write_screen_css
from reportgen.writers.fields import FieldSpan, lay_out_fields
from reportgen.writers.html_elements import element, render_inlines, render_line, render_sign

_DEEPEST_STYLED_HEADING = 3
_DEEPEST_HTML_HEADING = 6
_COUNTERS = {"decimal": "", "lower-letter": "a", "upper-letter": "A", "lower-roman": "i"}
"""HTML's types of ordered lists, by the house's counters."""
_USUAL_TABLE = "data"
"""The look of tables whose role has none."""


def write(document: Document, house: House) -> bytes:
    """The document as an HTML file (UTF-8) that needs no other file."""
    return render_html(document, house).encode()


def render_html(document: Document, house: House) -> str:
    """The document as HTML text."""
    head = _render_head(document.metadata, house)
    body = _render_body(document, house)
    return f'<!DOCTYPE html>\n<html lang="{html.escape(document.metadata.language)}">\n{head}\n{body}\n</html>\n'


def _render_head(metadata: Metadata, house: House) -> str:
    screen = "width=device-width, initial-scale=1"
    named = {"viewport": screen, "author": metadata.author, "dcterms.created": metadata.date}
    lines = [
        element("meta", charset="utf-8"),
        element("title", html.escape(metadata.title)),
        *(element("meta", name=name, content=content) for name, content in named.items() if content),
        f"<style>\n{write_css(house.look, house.style.numbering)}{house.page_css}</style>",
        f'<style media="screen">\n{write_screen_css(house.look)}</style>',
    ]
    return element("head", "\n" + "\n".join(lines) + "\n")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands, as far as that decides how it is rendered."""

    house: House
    heading: int
    """The level of the next heading, from 1."""
    depth: int = 0
    """How many sections are around it."""
    text_width: float = 0.0
    position: str = ""
    """The class that says where unnumbered paragraphs stand: "inset", "bullet-1", "item-0"."""
    body_role: str = "body"
    """What the role "body" is drawn as here."""
    item_role: str = "list-item"
    """What the role "body" is drawn as in the lists here."""
    bullet: str = "bullet"
    lists: int = 0
    """How many lists are around it."""
    in_body: bool = False
    """Whether sections here move their text in."""


def _render_body(document: Document, house: House) -> str:
    has_title = any(isinstance(block, Paragraph) and block.role == "title" for block in blocks_of(document))
    place = _Place(house, heading=2 if has_title else 1, text_width=house.look.page.text_width)
    main = [
        *(_render_block(block, place) for block in document.front),
        *(_render_block(block, replace(place, in_body=True)) for block in document.body),
        *(_render_block(section, place) for section in document.appendices),
    ]
    running = [_render_running("header", document.header), _render_running("footer", document.footer)]
    return element("body", "\n".join(["", *running, element("main", "\n" + "\n".join(main) + "\n"), ""]))


def _render_running(role: str, content: Inlines) -> str:
    """The header or the footer: only the PDF's own style sheet shows it (`css.write_running_css`)."""
    return element("div", render_inlines(content), f"running-{role}", class_name("role", role), hidden="hidden")


def _render_blocks(blocks: Blocks, place: _Place) -> str:
    return "".join(_render_block(block, place) for block in blocks)


def _render_block(block: Block, place: _Place) -> str:
    match block:
        case Section():
            return _render_section(block, place)
        case Paragraph():
            return _render_paragraph(block, place)
        case List():
            return _render_list(block, place)
        case Table():
            return _render_table(block, place)
        case FieldList():
            return _render_fields(block, place)
        case Panel():
            children = _render_blocks(block.children, replace(place, position="", in_body=False, lists=0))
            return element("div", children, "panel", class_name("panel", block.role))
        case Figure():
            return _render_figure(block, place)
        case Contents():
            return ""
        case Signature():
            return _render_signature(block, place)
        case PageBreak():
            return element("div", "", "page-break")
        case _:
            assert_never(block)


def _render_section(section: Section, place: _Place) -> str:
    depth = place.depth + 1
    role = section.role if section.role != "section" else f"heading-{min(depth, _DEEPEST_STYLED_HEADING)}"
    number, position = _heading_number(section.number, place.house)
    level = min(place.heading, _DEEPEST_HTML_HEADING)
    content = number + render_inlines(section.heading)
    heading = element(f"h{level}", content, class_name("role", role), position, id=section.anchor)
    inside = replace(place, heading=place.heading + 1, depth=depth, position="inset" if place.in_body else "")
    if section.landscape:
        inside = replace(inside, text_width=place.house.look.page.turned.text_width)
    children = [heading, *(_render_block(child, inside) for child in section.children)]
    turned = "landscape" if section.landscape else ""
    beginning = "appendix" if section.role == "appendix" else ""
    return element("section", "\n".join(children), beginning, turned)


def _heading_number(number: Number | None, house: House) -> tuple[str, str]:
    """The number's HTML and the class that says where the heading then stands."""
    if number is None or not number.text:
        return "", ""
    if number.sequence == "appendix":
        return html.escape(number.text + house.style.numbering.appendix_separator), ""
    return render_sign(number.text), f"level-{number.level}"


def _render_paragraph(paragraph: Paragraph, place: _Place, sign: str = "") -> str:
    role = place.body_role if paragraph.role == "body" else paragraph.role
    number, position = paragraph.number, place.position
    if number is not None and number.text:
        sign, position = render_sign(number.text), f"level-{number.level}"
    content = sign + render_inlines(paragraph.content)
    return element("h1" if role == "title" else "p", content, class_name("role", role), position, id=paragraph.anchor)


def _render_list(block: List, place: _Place) -> str:
    depth = place.lists + 1
    inside = replace(place, lists=depth, body_role=place.item_role)
    items = [_render_item(item, inside) for item in block.items]
    moved_in = place.position if depth == 1 else ""
    ends_text = "list" if depth == 1 and place.item_role == "list-item" else ""
    counter = _list_counter(block, place.house) if block.ordered else ""
    return element("ol" if block.ordered else "ul", "".join(items), ends_text, moved_in, type=counter)


def _list_counter(block: List, house: House) -> str:
    """The list's type, for readers that go by it; what is printed are the items' own numbers."""
    number = next((item.number for item in block.items if item.number is not None), None)
    return "" if number is None else _COUNTERS[house.style.numbering.list_level(number.level).counter]


def _render_item(item: ListItem, place: _Place) -> str:
    numbering = place.house.style.numbering
    if item.number is not None:
        sign, position = item.number.text, f"item-{min(item.number.level, DEEPEST_LEVEL - 1)}"
    else:
        sign = numbering.bullets[min(place.lists, len(numbering.bullets)) - 1]
        position = f"{place.bullet}-{min(place.lists, DEEPEST_LEVEL)}"
    inside = replace(place, position=position)
    first, rest = _split_item(item.content)
    lines = [_render_paragraph(first, inside, render_sign(sign)), *(_render_block(block, inside) for block in rest)]
    return element("li", "".join(lines))


def _split_item(content: Blocks) -> tuple[Paragraph, Blocks]:
    """The paragraph that carries the item's sign, an empty one if the item begins otherwise, and the rest."""
    if content and isinstance(content[0], Paragraph):
        return content[0], content[1:]
    return Paragraph(()), content


def _render_table(table: Table, place: _Place) -> str:
    caption = render_inlines(table.caption) if table.show_caption else ""
    headers = [element("th", render_line(column.header, "cell-header"), scope="col") for column in table.columns]
    inside = _cell_place(place, "cell")
    parts = [
        caption and element("caption", caption, class_name("role", "caption")),
        _render_columns(column.width for column in table.columns),
        element("thead", element("tr", "".join(headers))),
        *([_render_group(group, table, inside) for group in table.groups] or [_render_no_rows(table)]),
    ]
    label = "" if table.show_caption else plain_text(table.caption)
    look = _table_class(table.role, place.house)
    written = element("table", "\n".join(filter(None, parts)), look, **{"aria-label": label})
    kept = "kept" if table.row_count <= _table_style(table.role, place.house).keep_rows else ""
    return element("div", written, "table-frame", kept)


def _table_class(role: str, house: House) -> str:
    return class_name("table", role if role in house.look.tables else _USUAL_TABLE)


def _table_style(role: str, house: House) -> TableStyle:
    return house.look.tables.get(role) or house.look.tables[_USUAL_TABLE]


def _cell_place(place: _Place, role: str) -> _Place:
    return replace(place, position="", in_body=False, body_role=role, item_role=role, bullet="cell-bullet", lists=0)


def _render_group(group: RowGroup, table: Table, place: _Place) -> str:
    rows = [_render_row(row, table, place) for row in group.rows]
    if group.heading:
        heading = render_line(group.heading, "cell-group")
        cell = element("th", heading, colspan=str(len(table.columns)), scope="rowgroup")
        rows.insert(0, element("tr", cell, "group-heading"))
    return element("tbody", "\n".join(rows))


def _render_no_rows(table: Table) -> str:
    """An empty row: a table without a body is not valid (veraPDF 7.2)."""
    return element("tbody", element("tr", element("td", colspan=_span(len(table.columns)))))


def _render_row(row: Row, table: Table, place: _Place) -> str:
    tags = ["th" if table.row_headers and column == 0 else "td" for column in range(len(row.cells))]
    return element("tr", "".join(_render_cell(cell, tag, place) for cell, tag in zip(row.cells, tags, strict=True)))


def _render_cell(cell: Cell, tag: str, place: _Place) -> str:
    look = class_name("cell", cell.role) if cell.role else ""
    return element(tag, _render_blocks(cell.content, place), look, scope="row" if tag == "th" else "")


def _render_fields(fields: FieldList, place: _Place) -> str:
    """Tables of the rows that have a label. Rows that have none are no table to a reader, only things side by side."""
    runs = [(labelled, tuple(rows)) for labelled, rows in groupby(fields.rows, key=_has_label)]
    parts = [
        (_render_labelled_rows if labelled else _render_bare_rows)(replace(fields, rows=rows), place)
        for labelled, rows in runs
    ]
    return element("div", "\n".join(parts), _table_class(fields.role, place.house))


def _has_label(row: tuple[Field, ...]) -> bool:
    return any(field.label for field in row)


def _render_bare_rows(fields: FieldList, place: _Place) -> str:
    rows = [
        "".join(
            element("div", _render_value(field, place), "field", _field_class(column, fields, place))
            for column, field in enumerate(row)
        )
        for row in fields.rows
    ]
    return "\n".join(element("div", row, "fields-row") for row in rows)


def _render_labelled_rows(fields: FieldList, place: _Place) -> str:
    grid = lay_out_fields(fields, _table_style(fields.role, place.house).label_width / place.text_width)
    rows = [
        "".join(
            _render_field(field, span, _field_class(column, fields, place), place)
            for column, (field, span) in enumerate(zip(row, spans, strict=True))
        )
        for row, spans in zip(fields.rows, grid.rows, strict=True)
    ]
    body = element("tbody", "\n".join(element("tr", row) for row in rows))
    return element("table", f"{_render_columns(grid.columns)}\n{body}")


def _render_columns(shares: Iterable[float]) -> str:
    """The one place with looks in the HTML: no class could say how wide a column is."""
    return element("colgroup", "".join(element("col", style=f"width: {share * 100:.4g}%") for share in shares))


def _render_field(field: Field, span: FieldSpan, position: str, place: _Place) -> str:
    label = ""
    if field.label:
        label = element("th", render_line(field.label, "field-label"), scope="row", colspan=_span(span.label))
    return label + element("td", _render_value(field, place), position, colspan=_span(span.value))


def _render_value(field: Field, place: _Place) -> str:
    return _render_blocks(field.value, _cell_place(place, "field-value"))


def _field_class(column: int, fields: FieldList, place: _Place) -> str:
    style = _table_style(fields.role, place.house)
    return "right" if style.right_from is not None and column + 1 >= style.right_from else ""


def _span(columns: int) -> str:
    return str(columns) if columns > 1 else ""


def _render_figure(figure: Figure, place: _Place) -> str:
    # Importing matplotlib takes as long as writing a page; most documents have no chart.
    from reportgen.writers.chart import draw_svg

    match figure.picture:
        case Chart():
            drawn = base64.b64encode(draw_svg(figure.picture, place.house.look).content).decode()
        case Timeline() | Image():
            return ""
        case _:
            assert_never(figure.picture)
    picture = element("img", alt=figure.alternative_text, src=f"data:image/svg+xml;base64,{drawn}")
    return element("figure", picture, class_name("role", "chart"))


def _render_signature(signature: Signature, place: _Place) -> str:
    match signature.form:
        case "line":
            lines = map(_render_dotted_line, signature.lines)
        case "box":
            lines = map(_render_tick_box, signature.lines)
        case _:
            assert_never(signature.form)
    return element("div", "\n".join(lines), "signature", place.position)


def _render_dotted_line(line: SignatureLine) -> str:
    words = [render_line((Text(words),), "signature") for words in (line.name, line.post, line.label) if words]
    return "".join([element("div", "", "signature-line"), *words])


def _render_tick_box(line: SignatureLine) -> str:
    box = "☒" if line.signed else "☐"
    who = ", ".join(filter(None, (line.name, line.post)))
    return render_line((Text(f"{box} " + " – ".join(filter(None, (line.label, who)))),), "signature")
