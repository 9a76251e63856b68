"""Elements of report markup → nodes of the document tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house.look import Look
from reportgen.templating.markup import INLINE, Element
from reportgen.templating.prose import LINK_SCHEMES
from reportgen.tree import (
    Bar,
    Block,
    Blocks,
    Cell,
    Chart,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Origin,
    PageBreak,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Segment,
    Signature,
    SignatureLine,
    Span,
    Table,
    Text,
)

_INLINE_ROLES = {"strong": "strong", "em": "emphasis"}


def build_document(report: Element, metadata: Metadata, look: Look, problems: Problems) -> Document:
    """The tree of a `<report>`. Roles that the house's look does not know are errors at their element."""
    return _Builder(look, problems).document(report, metadata)


@dataclass
class _Builder:
    look: Look
    problems: Problems

    def document(self, report: Element, metadata: Metadata) -> Document:
        front = tuple(block for element in report.elements("front") for block in self.blocks(element))
        furniture = ("header", "footer", "front", "appendix")
        body = tuple(self.block(element) for element in report.elements() if element.tag not in furniture)
        appendices = tuple(self.section(element) for element in report.elements("appendix"))
        header, footer = ([self.inlines(one) for one in report.elements(tag)] for tag in ("header", "footer"))
        return Document(metadata, front, body, appendices, header[0] if header else (), footer[0] if footer else ())

    def blocks(self, element: Element, role: str = "body") -> Blocks:
        """The blocks in an element; text that stands loose in it becomes paragraphs of the given role."""
        found: list[Block] = []
        loose: list[Element | str] = []
        for child in [*element.children, None]:
            if child is not None and (isinstance(child, str) or child.tag in INLINE):
                loose.append(child)
                continue
            content = self._trimmed(loose)
            loose = []
            if content:
                found.append(Paragraph(content, role, origin=_origin(element), location=element.location))
            if isinstance(child, Element) and child.tag not in ("heading", "label"):
                found.append(self.block(child))
        return tuple(found)

    def block(self, element: Element) -> Block:
        match element.tag:
            case "p":
                return self.paragraph(element)
            case "section":
                return self.section(element)
            case "list":
                items = tuple(ListItem(self.blocks(item)) for item in element.elements("item"))
                role = element.attributes.get("role", "list")
                return List(items, self._yes(element, "ordered"), role, _origin(element))
            case "table":
                return self.table(element)
            case "fields":
                return self.fields(element)
            case "panel":
                role = self._known(element, element.attributes["role"], self.look.panels, "panel")
                return Panel(role, self.blocks(element))
            case "chart":
                return self.chart(element)
            case "signature":
                return self.signature(element)
            case "pagebreak":
                return PageBreak()
        raise AssertionError(f"<{element.tag}> has a shape but no node")

    def section(self, element: Element) -> Section:
        headings = element.elements("heading")
        heading = self.inlines(headings[0]) if headings else ()
        if not heading:
            self._error(
                element, f"<{element.tag}> has no heading", f"begin it with <{element.tag}><heading>…</heading>"
            )
        role = (
            "appendix" if element.tag == "appendix" else self._one_of(element, "role", ("section", "part"), "section")
        )
        return Section(
            heading=heading,
            children=self.blocks(element),
            anchor=element.attributes.get("anchor", ""),
            role=role,
            numbered=self._yes(element, "numbered", default=True),
            landscape=self._yes(element, "landscape"),
            location=element.location,
        )

    def paragraph(self, element: Element) -> Paragraph:
        role = element.attributes.get("role", "body")
        return Paragraph(
            content=self.inlines(element),
            role=self._known(element, role, self.look.styles, "paragraph"),
            anchor=element.attributes.get("anchor", ""),
            numbered=self._yes(element, "numbered", default=True),
            origin=_origin(element),
            location=element.location,
        )

    def table(self, element: Element) -> Table:
        role = self._known(element, element.attributes.get("role", "data"), self.look.tables, "table")
        captions = element.elements("caption")
        if not captions:
            self._error(
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
                groups.append(RowGroup(rows, self.inlines(headings[0]) if headings else ()))
            elif child.tag == "row":
                row = self._row(child, len(columns))
                if groups and not groups[-1].heading:
                    groups[-1] = RowGroup((*groups[-1].rows, row))
                else:
                    groups.append(RowGroup((row,)))
        if not any(group.rows for group in groups):
            self._error(element, "the table has no rows", "leave the table out when there is nothing to show")
        return Table(
            caption=self.inlines(captions[0]) if captions else (),
            columns=columns,
            groups=tuple(groups),
            role=role,
            show_caption=self._yes(element, "show-caption"),
            row_headers=self._yes(element, "row-headers", default=True),
            origin=_origin(element),
        )

    def _columns(self, table: Element) -> tuple[Column, ...]:
        widths = []
        for column in table.elements("column"):
            typed = column.attributes.get("width", "")
            if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed) and float(typed) > 0:
                widths.append(float(typed))
            else:
                self._error(
                    column,
                    f"width: '{typed}' was found; a number above 0 was expected",
                    'write a share, such as width="2"',
                )
                widths.append(1.0)
        if not widths:
            self._error(table, "a table needs columns", 'write <column width="1">…</column> for each')
        total = sum(widths) or 1.0
        return tuple(
            Column(self.inlines(column), width / total)
            for column, width in zip(table.elements("column"), widths, strict=True)
        )

    def _row(self, element: Element, columns: int) -> Row:
        cells = element.elements("cell")
        if columns and not len(element.elements()) == len(cells) == columns:
            found = _counted(len(cells), "cell")
            self._error(
                element,
                f"the row has {found}; the table has {_counted(columns, 'column')}",
                "give each row a <cell> for each column",
            )
        return Row(tuple(self._cell(cell) for cell in cells))

    def _cell(self, element: Element) -> Cell:
        role = element.attributes.get("role", "")
        return Cell(self.blocks(element), self._known(element, role, self.look.cells, "cell") if role else "")

    def fields(self, element: Element) -> FieldList:
        role = self._known(element, element.attributes.get("role", "fields"), self.look.tables, "table")
        rows = []
        for child in element.elements():
            fields = [child] if child.tag == "field" else child.elements("field")
            if not 1 <= len(fields) <= 3 or (child.tag == "row" and len(fields) != len(child.elements())):
                found = _counted(len(fields), "field")
                self._error(
                    child,
                    f"the row has {found}; one to three were expected",
                    "give each row of <fields> one to three times <field>",
                )
            rows.append(tuple(self._field(one) for one in fields))
        return FieldList(tuple(rows), role)

    def _field(self, element: Element) -> Field:
        labels = element.elements("label")
        return Field(self.inlines(labels[0]) if labels else (), self.blocks(element))

    def chart(self, element: Element) -> Chart:
        bars = []
        for bar in element.elements("bar"):
            segments = []
            for segment in bar.elements("segment"):
                value = segment.attributes.get("value", "")
                if not re.fullmatch(r"\d{1,6}", value):
                    self._error(segment, f"value: '{value}' was found; a whole number was expected", "give a count")
                    continue
                role = self._known(
                    segment, segment.attributes.get("role", ""), {**self.look.cells, **self.look.segments}, "segment"
                )
                segments.append(Segment(segment.attributes.get("label", ""), int(value), role))
            bars.append(Bar(bar.attributes.get("label", ""), tuple(segments)))
        return Chart(element.attributes.get("alt", ""), tuple(bars))

    def signature(self, element: Element) -> Signature:
        form = self._one_of(element, "form", ("line", "box"), "line")
        lines = tuple(
            SignatureLine(
                line.attributes.get("label", ""),
                line.attributes.get("name", ""),
                line.attributes.get("post", ""),
                self._yes(line, "signed"),
            )
            for line in element.elements("line")
        )
        return Signature("box" if form == "box" else "line", lines)

    def inlines(self, element: Element) -> Inlines:
        """The text of a paragraph-like element, white space at its ends taken off."""
        return self._trimmed(element.children)

    def _trimmed(self, children: Sequence[Element | str]) -> Inlines:
        content = [inline for child in children for inline in self._inline(child)]
        merged: list[Inline] = []
        for inline in content:
            last = merged[-1] if merged else None
            if isinstance(inline, Text) and isinstance(last, Text):
                merged[-1] = Text(last.text + inline.text)
            else:
                merged.append(inline)
        if merged and isinstance(merged[0], Text):
            merged[0] = Text(merged[0].text.lstrip(" "))
        if merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text.rstrip(" "))
        return tuple(inline for inline in merged if inline != Text(""))

    def _inline(self, child: Element | str) -> Sequence[Inline]:
        if isinstance(child, str):
            return (Text(child),)
        match child.tag:
            case "strong" | "em":
                return (Span(_INLINE_ROLES[child.tag], self._kept(child)),)
            case "span":
                role = self._known(child, child.attributes.get("role", ""), self.look.styles, "text")
                return (Span(role, self._kept(child), _origin(child)),)
            case "link":
                href = child.attributes.get("href", "")
                if not href.startswith(LINK_SCHEMES):
                    self._error(
                        child,
                        f"the link's address '{href}' does not begin with https://, http:// or mailto:",
                        "give the whole address",
                    )
                text = "".join(part for part in child.children if isinstance(part, str))
                return (Link(href, text.strip()),)
            case "ref":
                return (CrossReference(child.attributes.get("to", ""), child.location),)
            case "br":
                return (LineBreak(),)
            case "page":
                return (PageNumber(),)
            case "pages":
                return (PageCount(),)
        return ()  # a block among inlines has been reported where it stands

    def _kept(self, element: Element) -> Inlines:
        return tuple(inline for child in element.children for inline in self._inline(child))

    def _known(self, element: Element, role: str, known: Collection[str], kind: str) -> str:
        if role not in known:
            self._error(
                element, f"the house has no {kind} role '{role}'", nearest(role, known) or "declare it in look.yaml"
            )
        return role

    def _one_of(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = element.attributes.get(name, default)
        if value not in allowed:
            self._error(
                element, f"{name}: '{value}' was found; {' or '.join(allowed)} was expected", nearest(value, allowed)
            )
            return default
        return value

    def _yes(self, element: Element, name: str, default: bool = False) -> bool:
        if name not in element.attributes:
            return default
        return self._one_of(element, name, ("yes", "no"), "no") == "yes"

    def _error(self, element: Element, message: str, hint: str) -> None:
        self.problems.error("RG032", element.location, message, hint)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _origin(element: Element) -> Origin | None:
    if not element.origin:
        return None
    line, column, part, key, path = element.origin.split(":", 4)
    return Origin(Location(path, int(line), int(column)), key, int(part))
