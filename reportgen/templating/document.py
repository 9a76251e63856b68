"""Elements of report markup → nodes of the document tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reportgen import document as nodes
from reportgen.diagnostics import Problems, nearest
from reportgen.house.styles import StyleSheet
from reportgen.templating.lines import Attributes, LineBuilder, origin_of
from reportgen.templating.markup import FIGURE, INLINE, Element

_ALIGNS: Mapping[str, nodes.Align] = {"left": "left", "centre": "centre", "right": "right"}


def build_document(
    report: Element,
    metadata: nodes.Metadata,
    look: StyleSheet,
    problems: Problems,
    pictures: Mapping[str, nodes.Image] | None = None,
) -> nodes.Document:
    """The tree of a `<report>`. Roles that the house's look does not know are errors at their element.

    `pictures` are those that came with the report, by the names under which the markup asks for them.
    """
    attributes = Attributes(problems)
    return _Builder(look, attributes, LineBuilder(look, attributes), pictures or {}).document(report, metadata)


@dataclass
class _Builder:
    look: StyleSheet
    attributes: Attributes
    lines: LineBuilder
    pictures: Mapping[str, nodes.Image]

    def document(self, report: Element, metadata: nodes.Metadata) -> nodes.Document:
        furniture = ("header", "footer", "front", "appendix")
        return nodes.Document(
            metadata,
            front=tuple(block for element in report.elements("front") for block in self.blocks(element)),
            body=tuple(self.block(element) for element in report.elements() if element.tag not in furniture),
            appendices=tuple(self.section(element) for element in report.elements("appendix")),
            header=self.lines.first(report, "header"),
            footer=self.lines.first(report, "footer"),
        )

    def blocks(self, element: Element) -> nodes.Blocks:
        """The blocks in an element; text that stands loose in it becomes paragraphs."""
        found: list[nodes.Block] = []
        loose: list[Element | str] = []
        for child in [*element.children, None]:
            if child is not None and (isinstance(child, str) or child.tag in INLINE):
                loose.append(child)
                continue
            content = self.lines.trimmed(loose)
            loose = []
            if content:
                found.append(nodes.Paragraph(content, origin=origin_of(element), location=element.location))
            if isinstance(child, Element) and child.tag not in ("heading", "label"):
                found.append(self.block(child))
        return tuple(found)

    def block(self, element: Element) -> nodes.Block:
        makers: Mapping[str, Callable[[Element], nodes.Block]] = {
            **dict.fromkeys(FIGURE, self.figure),
            "p": self.paragraph,
            "section": self.section,
            "list": self.list,
            "table": self.table,
            "fields": self.fields,
            "panel": self.panel,
            "contents": self.contents,
            "signature": self.signature,
            "pagebreak": lambda _: nodes.PageBreak(),
        }
        return makers[element.tag](element)

    def list(self, element: Element) -> nodes.List:
        items = tuple(nodes.ListItem(self.blocks(item)) for item in element.elements("item"))
        return nodes.List(
            items, self.attributes.yes(element, "ordered"), element.says("role", "list"), origin_of(element)
        )

    def panel(self, element: Element) -> nodes.Panel:
        return nodes.Panel(self.attributes.role(element, self.look.panels, "panel"), self.blocks(element))

    def section(self, element: Element) -> nodes.Section:
        heading, tag = self.lines.first(element, "heading"), element.tag
        if not heading:
            self.attributes.error(element, f"<{tag}> has no heading", f"begin it with <{tag}><heading>…</heading>")
        one_of = self.attributes.one_of
        role = tag if tag == "appendix" else one_of(element, "role", ("section", "part"), "section")
        return nodes.Section(
            heading=heading,
            children=self.blocks(element),
            anchor=element.says("anchor"),
            role=role,
            numbered=self.attributes.yes(element, "numbered", default=True),
            landscape=self.attributes.yes(element, "landscape"),
            location=element.location,
        )

    def paragraph(self, element: Element) -> nodes.Paragraph:
        return nodes.Paragraph(
            content=self.lines.inlines(element),
            role=self.attributes.role(element, self.look.styles, "paragraph", "body"),
            anchor=element.says("anchor"),
            numbered=self.attributes.yes(element, "numbered", default=True),
            origin=origin_of(element),
            location=element.location,
        )

    def contents(self, element: Element) -> nodes.Contents:
        depth = self.attributes.one_of(element, "depth", ("1", "2", "3"), "2")
        if not element.elements("heading"):
            self.attributes.error(element, "<contents> has no heading", "begin it with <contents><heading>…</heading>")
        return nodes.Contents(self.lines.first(element, "heading"), int(depth))

    def signature(self, element: Element) -> nodes.Signature:
        form = self.attributes.one_of(element, "form", ("line", "box"), "line")
        lines = tuple(
            nodes.SignatureLine(
                line.says("label"),
                line.says("name"),
                line.says("post"),
                self.attributes.yes(line, "signed"),
                tuple(self.lines.entry(entry) for entry in line.elements("entry")),
            )
            for line in element.elements("line")
        )
        return nodes.Signature("box" if form == "box" else "line", lines)

    # ---- Tables and fields ----

    def table(self, element: Element) -> nodes.Table:
        role = self.attributes.role(element, self.look.tables, "table", "data")
        if not element.elements("caption"):
            message = "a table needs a caption, so that it can be understood without seeing it"
            self.attributes.error(element, message, "begin it with <caption>…</caption>")
        columns = self._columns(element)
        groups = self._groups(element, len(columns))
        if not any(group.rows for group in groups):
            self.attributes.error(element, "the table has no rows", "leave the table out when there is nothing to show")
        return nodes.Table(
            caption=self.lines.first(element, "caption"),
            columns=columns,
            groups=groups,
            role=role,
            show_caption=self.attributes.yes(element, "show-caption"),
            row_headers=self.attributes.yes(element, "row-headers", default=True),
            anchor=element.says("anchor"),
            origin=origin_of(element),
            location=element.location,
        )

    def _groups(self, table: Element, columns: int) -> tuple[nodes.RowGroup, ...]:
        """The groups of rows; rows that stand in none follow the group above, if it has no heading either."""
        groups: list[nodes.RowGroup] = []
        for child in table.elements():
            if child.tag == "group":
                rows = tuple(self._row(row, columns) for row in child.elements("row"))
                groups.append(nodes.RowGroup(rows, self.lines.first(child, "heading")))
            elif child.tag == "row":
                above = groups.pop().rows if groups and not groups[-1].heading else ()
                groups.append(nodes.RowGroup((*above, self._row(child, columns))))
        return tuple(groups)

    def _columns(self, table: Element) -> tuple[nodes.Column, ...]:
        widths = []
        for column in table.elements("column"):
            typed = column.says("width")
            if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed) and float(typed) > 0:
                widths.append(float(typed))
            else:
                message = f"width: '{typed}' was found; a number above 0 was expected"
                self.attributes.error(column, message, 'write a share, such as width="2"')
                widths.append(1.0)
        if not widths:
            self.attributes.error(table, "a table needs columns", 'write <column width="1">…</column> for each')
        shares = (width / sum(widths) for width in widths)
        return tuple(
            nodes.Column(self.lines.inlines(column), share, self._align(column))
            for column, share in zip(table.elements("column"), shares, strict=True)
        )

    def _align(self, column: Element) -> nodes.Align:
        if "align" not in column.attributes:
            return ""
        return _ALIGNS[self.attributes.one_of(column, "align", tuple(_ALIGNS), "left")]

    def _row(self, element: Element, columns: int) -> nodes.Row:
        cells = element.elements("cell")
        if columns and not len(element.elements()) == len(cells) == columns:
            message = f"the row has {_counted(len(cells), 'cell')}; the table has {_counted(columns, 'column')}"
            self.attributes.error(element, message, "give each row a <cell> for each column")
        return nodes.Row(tuple(self._cell(cell) for cell in cells))

    def _cell(self, element: Element) -> nodes.Cell:
        content = self.blocks(element)
        return nodes.Cell(
            content, self.attributes.role(element, self.look.cells, "cell") if element.says("role") else ""
        )

    def fields(self, element: Element) -> nodes.FieldList:
        role = self.attributes.role(element, self.look.tables, "table", "fields")
        rows = []
        for child in element.elements():
            fields = [child] if child.tag == "field" else child.elements("field")
            if not 1 <= len(fields) <= 3 or (child.tag == "row" and len(fields) != len(child.elements())):
                message = f"the row has {_counted(len(fields), 'field')}; one to three were expected"
                self.attributes.error(child, message, "give each row of <fields> one to three times <field>")
            rows.append(tuple(nodes.Field(self.lines.first(one, "label"), self.blocks(one)) for one in fields))
        return nodes.FieldList(tuple(rows), role)

    # ---- Figures ----

    def figure(self, element: Element) -> nodes.Figure:
        return nodes.Figure(
            picture=self._picture(element),
            alternative_text=element.says("alt"),
            caption=self.lines.first(element, "caption"),
            anchor=element.says("anchor"),
            origin=origin_of(element),
            location=element.location,
        )

    def _picture(self, element: Element) -> nodes.Picture:
        match element.tag:
            case "chart":
                return nodes.Chart(tuple(self._bar(bar) for bar in element.elements("bar")))
            case "timeline":
                today = self.attributes.day(element, "today") if "today" in element.attributes else None
                rows = tuple(self._timeline_row(row) for row in element.elements("due"))
                return nodes.Timeline(rows, today, element.says("today-label"))
            case "scale":
                steps = tuple(step.says("label") for step in element.elements("step"))
                return nodes.Scale(steps, tuple(self._scale_row(row, len(steps)) for row in element.elements("judged")))
        name = element.says("name")
        if name in self.pictures:
            return self.pictures[name]
        hint = nearest(name, self.pictures) or "name it under pictures: in the report"
        self.attributes.error(element, f"no picture has the name '{name}'", hint)
        return nodes.Image(name, b"", "image/png", 1, 1)

    def _bar(self, element: Element) -> nodes.Bar:
        segments = []
        for segment in element.elements("segment"):
            value = segment.says("value")
            if re.fullmatch(r"\d{1,6}", value):
                segments.append(nodes.Segment(segment.says("label"), int(value), self._shown_role(segment)))
            else:
                message = f"value: '{value}' was found; a whole number was expected"
                self.attributes.error(segment, message, "give a count")
        return nodes.Bar(element.says("label"), tuple(segments))

    def _timeline_row(self, element: Element) -> nodes.TimelineRow:
        due = self.attributes.day(element, "day")
        return nodes.TimelineRow(element.says("label"), due, self._shown_role(element), element.says("words"))

    def _scale_row(self, element: Element, steps: int) -> nodes.ScaleRow:
        marks = tuple(mark for child in element.elements("mark") for mark in self._mark(child, steps))
        words = element.says("words")
        if len({mark.earlier for mark in marks}) < len(marks):
            self.attributes.error(element, "the row has two marks of one time", "give it one, and one earlier at most")
        if not element.elements("mark") and not words.strip():
            self.attributes.error(element, "the row has no mark", "give it a mark, or words: why there is none")
        return nodes.ScaleRow(element.says("label"), marks, words)

    def _mark(self, element: Element, steps: int) -> Iterator[nodes.ScaleMark]:
        """The mark, if its step is on the scale."""
        step = element.says("step")
        if not re.fullmatch(r"[1-9]\d?", step) or int(step) > steps:
            message = f"step: '{step}' was found; a whole number from 1 to {steps} was expected"
            self.attributes.error(element, message, "count the steps of the scale from the best")
            return
        earlier = self.attributes.yes(element, "earlier")
        yield nodes.ScaleMark(int(step), self._shown_role(element), element.says("words"), earlier)

    def _shown_role(self, element: Element) -> str:
        return self.attributes.role(element, {**self.look.cells, **self.look.segments}, "segment")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
