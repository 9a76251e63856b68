"""Elements of report markup → nodes of the document tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportgen.diagnostics import Problems
from reportgen.house.look import Look
from reportgen.templating.attributes import Attributes, origin_of
from reportgen.templating.figures import FigureBuilder
from reportgen.templating.lines import LineBuilder
from reportgen.templating.markup import FIGURE, INLINE, Element
from reportgen.tree import (
    Block,
    Blocks,
    Cell,
    Column,
    Contents,
    Document,
    Field,
    FieldList,
    Image,
    List,
    ListItem,
    Metadata,
    PageBreak,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Signature,
    SignatureLine,
    Table,
)


def build_document(
    report: Element, metadata: Metadata, look: Look, problems: Problems, pictures: Mapping[str, Image] | None = None
) -> Document:
    """The tree of a `<report>`. Roles that the house's look does not know are errors at their element.

    `pictures` are those that came with the report, by the names under which the markup asks for them.
    """
    attributes = Attributes(problems)
    lines = LineBuilder(look, attributes)
    figures = FigureBuilder(look, attributes, lines, pictures or {})
    return _Builder(look, attributes, lines, figures).document(report, metadata)


@dataclass
class _Builder:
    look: Look
    attributes: Attributes
    lines: LineBuilder
    figures: FigureBuilder

    def document(self, report: Element, metadata: Metadata) -> Document:
        front = tuple(block for element in report.elements("front") for block in self.blocks(element))
        furniture = ("header", "footer", "front", "appendix")
        body = tuple(self.block(element) for element in report.elements() if element.tag not in furniture)
        appendices = tuple(self.section(element) for element in report.elements("appendix"))
        header, footer = ([self.lines.inlines(one) for one in report.elements(tag)] for tag in ("header", "footer"))
        return Document(metadata, front, body, appendices, header[0] if header else (), footer[0] if footer else ())

    def blocks(self, element: Element, role: str = "body") -> Blocks:
        """The blocks in an element; text that stands loose in it becomes paragraphs of the given role."""
        found: list[Block] = []
        loose: list[Element | str] = []
        for child in [*element.children, None]:
            if child is not None and (isinstance(child, str) or child.tag in INLINE):
                loose.append(child)
                continue
            content = self.lines.trimmed(loose)
            loose = []
            if content:
                found.append(Paragraph(content, role, origin=origin_of(element), location=element.location))
            if isinstance(child, Element) and child.tag not in ("heading", "label"):
                found.append(self.block(child))
        return tuple(found)

    def block(self, element: Element) -> Block:
        if element.tag == "pagebreak":
            return PageBreak()
        makers: Mapping[str, Callable[[Element], Block]] = {
            **dict.fromkeys(FIGURE, self.figures.figure),
            "p": self.paragraph,
            "section": self.section,
            "list": self.list,
            "table": self.table,
            "fields": self.fields,
            "panel": self.panel,
            "contents": self.contents,
            "signature": self.signature,
        }
        return makers[element.tag](element)

    def list(self, element: Element) -> List:
        items = tuple(ListItem(self.blocks(item)) for item in element.elements("item"))
        role = element.attributes.get("role", "list")
        return List(items, self.attributes.yes(element, "ordered"), role, origin_of(element))

    def panel(self, element: Element) -> Panel:
        role = self.attributes.known(element, element.attributes["role"], self.look.panels, "panel")
        return Panel(role, self.blocks(element))

    def section(self, element: Element) -> Section:
        headings = element.elements("heading")
        heading = self.lines.inlines(headings[0]) if headings else ()
        if not heading:
            self.attributes.error(
                element, f"<{element.tag}> has no heading", f"begin it with <{element.tag}><heading>…</heading>"
            )
        one_of = self.attributes.one_of
        role = "appendix" if element.tag == "appendix" else one_of(element, "role", ("section", "part"), "section")
        return Section(
            heading=heading,
            children=self.blocks(element),
            anchor=element.attributes.get("anchor", ""),
            role=role,
            numbered=self.attributes.yes(element, "numbered", default=True),
            landscape=self.attributes.yes(element, "landscape"),
            location=element.location,
        )

    def paragraph(self, element: Element) -> Paragraph:
        role = element.attributes.get("role", "body")
        return Paragraph(
            content=self.lines.inlines(element),
            role=self.attributes.known(element, role, self.look.styles, "paragraph"),
            anchor=element.attributes.get("anchor", ""),
            numbered=self.attributes.yes(element, "numbered", default=True),
            origin=origin_of(element),
            location=element.location,
        )

    def table(self, element: Element) -> Table:
        role = self.attributes.known(element, element.attributes.get("role", "data"), self.look.tables, "table")
        captions = element.elements("caption")
        if not captions:
            self.attributes.error(
                element,
                "a table needs a caption, so that it can be understood without seeing it",
                "begin it with <caption>…</caption>",
            )
        columns = self._columns(element)
        groups: list[RowGroup] = []
        for child in element.elements():
            if child.tag == "group":
                headings = child.elements("heading")
                rows = tuple(self._row(row, len(columns)) for row in child.elements("row"))
                groups.append(RowGroup(rows, self.lines.inlines(headings[0]) if headings else ()))
            elif child.tag == "row":
                row = self._row(child, len(columns))
                if groups and not groups[-1].heading:
                    groups[-1] = RowGroup((*groups[-1].rows, row))
                else:
                    groups.append(RowGroup((row,)))
        if not any(group.rows for group in groups):
            self.attributes.error(element, "the table has no rows", "leave the table out when there is nothing to show")
        return Table(
            caption=self.lines.inlines(captions[0]) if captions else (),
            columns=columns,
            groups=tuple(groups),
            role=role,
            show_caption=self.attributes.yes(element, "show-caption"),
            row_headers=self.attributes.yes(element, "row-headers", default=True),
            anchor=element.attributes.get("anchor", ""),
            origin=origin_of(element),
            location=element.location,
        )

    def _columns(self, table: Element) -> tuple[Column, ...]:
        widths = []
        for column in table.elements("column"):
            typed = column.attributes.get("width", "")
            if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed) and float(typed) > 0:
                widths.append(float(typed))
            else:
                self.attributes.error(
                    column,
                    f"width: '{typed}' was found; a number above 0 was expected",
                    'write a share, such as width="2"',
                )
                widths.append(1.0)
        if not widths:
            self.attributes.error(table, "a table needs columns", 'write <column width="1">…</column> for each')
        total = sum(widths) or 1.0
        return tuple(
            Column(self.lines.inlines(column), width / total)
            for column, width in zip(table.elements("column"), widths, strict=True)
        )

    def _row(self, element: Element, columns: int) -> Row:
        cells = element.elements("cell")
        if columns and not len(element.elements()) == len(cells) == columns:
            found = _counted(len(cells), "cell")
            self.attributes.error(
                element,
                f"the row has {found}; the table has {_counted(columns, 'column')}",
                "give each row a <cell> for each column",
            )
        return Row(tuple(self._cell(cell) for cell in cells))

    def _cell(self, element: Element) -> Cell:
        role = element.attributes.get("role", "")
        return Cell(self.blocks(element), self.attributes.known(element, role, self.look.cells, "cell") if role else "")

    def fields(self, element: Element) -> FieldList:
        role = self.attributes.known(element, element.attributes.get("role", "fields"), self.look.tables, "table")
        rows = []
        for child in element.elements():
            fields = [child] if child.tag == "field" else child.elements("field")
            if not 1 <= len(fields) <= 3 or (child.tag == "row" and len(fields) != len(child.elements())):
                found = _counted(len(fields), "field")
                self.attributes.error(
                    child,
                    f"the row has {found}; one to three were expected",
                    "give each row of <fields> one to three times <field>",
                )
            rows.append(tuple(self._field(one) for one in fields))
        return FieldList(tuple(rows), role)

    def _field(self, element: Element) -> Field:
        labels = element.elements("label")
        return Field(self.lines.inlines(labels[0]) if labels else (), self.blocks(element))

    def contents(self, element: Element) -> Contents:
        depth = self.attributes.one_of(element, "depth", ("1", "2", "3"), "2")
        headings = element.elements("heading")
        if not headings:
            self.attributes.error(element, "<contents> has no heading", "begin it with <contents><heading>…</heading>")
        return Contents(self.lines.inlines(headings[0]) if headings else (), int(depth))

    def signature(self, element: Element) -> Signature:
        form = self.attributes.one_of(element, "form", ("line", "box"), "line")
        lines = tuple(
            SignatureLine(
                line.attributes.get("label", ""),
                line.attributes.get("name", ""),
                line.attributes.get("post", ""),
                self.attributes.yes(line, "signed"),
                tuple(self.lines.entry(entry) for entry in line.elements("entry")),
            )
            for line in element.elements("line")
        )
        return Signature("box" if form == "box" else "line", lines)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
