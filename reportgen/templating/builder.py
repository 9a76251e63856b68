"""Build the document from the elements of report markup and the texts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems, either, nearest
from reportgen.house.styles import StyleSheet
from reportgen.templating.markup import FIGURE, INLINE, Element
from reportgen.templating.prose import LINK_SCHEMES, tidy

_ALIGNS: Mapping[str, nodes.Align] = {"left": "left", "centre": "centre", "right": "right"}
_INPUTS: Mapping[str, Literal["name", "date", "check"]] = {"text": "name", "date": "date", "checkbox": "check"}


def build_document(
    report: Element,
    metadata: nodes.Metadata,
    stylesheet: StyleSheet,
    problems: Problems,
    pictures: Mapping[str, nodes.Image] | None = None,
) -> nodes.Document:
    """Build the tree of a `<report>`.

    Args:
        report: the element.
        metadata: what the document says about itself.
        stylesheet: of the house, which knows the roles.
        problems: collects what is wrong.
        pictures: those that came with the report, by the names under which the markup asks for them.

    Raises:
        Rejected: with every mistake, such as a role that the house does not know, at its element.
    """
    document = _Builder(stylesheet, problems, pictures or {}).document(report, metadata)
    problems.stop_if_errors()
    return document


@dataclass
class _Builder:
    stylesheet: StyleSheet
    problems: Problems
    pictures: Mapping[str, nodes.Image]

    def document(self, report: Element, metadata: nodes.Metadata) -> nodes.Document:
        furniture = ("header", "footer", "front", "appendix")
        body = [child for child in report.children if isinstance(child, str) or child.tag not in furniture]
        return nodes.Document(
            metadata,
            front=tuple(block for element in report.elements("front") for block in self.blocks(element)),
            body=self.blocks(replace(report, children=body)),
            appendices=tuple(self.section(element) for element in report.elements("appendix")),
            header=self.first(report, "header"),
            footer=self.first(report, "footer"),
        )

    # ---- Attributes ----

    def role(self, element: Element, known: Collection[str], kind: str, default: str = "") -> str:
        """Read the role, which must be one that the house declares for this kind of thing."""
        role = element.get("role", default)
        if role not in known:
            hint = nearest(role, known) or "declare it in look.yaml"
            self.error(element, f"the house has no {kind} role '{role}'", hint)
        return role

    def one_of(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Read an attribute that must be one of a few words; the default where it is not given or not one."""
        value = element.get(name, default)
        if value not in allowed:
            message = f"{name}: '{value}' was found; {either(allowed)} was expected"
            self.error(element, message, nearest(value, allowed))
            return default
        return value

    def yes(self, element: Element, name: str, default: bool = False) -> bool:
        if name not in element.attributes:
            return default
        return self.one_of(element, name, ("yes", "no"), "no") == "yes"

    def day(self, element: Element, name: str) -> date:
        """Read a day (ISO 8601)."""
        value = element.get(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            hint = "write it as 2012-07-09; in a template, for example {{ action.due.isoformat() }}"
            self.error(element, f"{name}: '{value}' was found; a day was expected", hint)
            return date(1, 1, 1)

    def error(self, element: Element, message: str, hint: str) -> None:
        self.problems.error("RG032", element.location, message, hint)

    # ---- Lines ----

    def first(self, element: Element, tag: str) -> nodes.Inlines:
        """Build the line of the first such element in another; an empty one where there is none."""
        return next((self.line(found) for found in element.elements(tag)), ())

    def line(self, element: Element) -> nodes.Inlines:
        """Build the text of a paragraph-like element, white space at its ends taken off."""
        return tidy(self.inlines(element.children))

    def inlines(self, children: Sequence[Element | str]) -> nodes.Inlines:
        return tuple(inline for child in children for inline in self.inline(child))

    def inline(self, child: Element | str) -> nodes.Inlines:
        if isinstance(child, str):
            return (nodes.Text(child),)
        if child.prose is not None:
            return child.prose.inlines
        if child.tag == "clause":
            return self.clause(child)
        makers: Mapping[str, Callable[[Element], nodes.Inline]] = {
            "strong": self.span,
            "em": self.span,
            "span": self.span,
            "a": self.link,
            "ref": self.reference,
            "note": self.note,
            "gap": lambda gap: nodes.Placeholder(text_of(gap), gap.get("from")),
            "input": self.form_field,
            "br": lambda _: nodes.LineBreak(),
            "page": lambda _: nodes.PageNumber(),
            "pages": lambda _: nodes.PageCount(),
        }
        return (makers[child.tag](child),)

    def span(self, element: Element) -> nodes.Span:
        roles = {"strong": "strong", "em": "emphasis"}
        role = roles.get(element.tag) or self.role(element, self.stylesheet.styles, "text")
        return nodes.Span(role, self.inlines(element.children))

    def reference(self, element: Element) -> nodes.CrossReference:
        page = self.one_of(element, "shows", ("number", "page"), "number") == "page"
        return nodes.CrossReference(element.get("to"), element.location, shows="page" if page else "number")

    def clause(self, element: Element) -> nodes.Inlines:
        """Build a phrase that is part of the house's sentence."""
        content = self.inlines(element.children)
        if element.get("end"):
            content = (*without_ending(content), nodes.Text(element.get("end")))
        return with_capital(content) if self.yes(element, "capital") else content

    def link(self, element: Element) -> nodes.Link:
        href = element.get("href")
        if not href.startswith(LINK_SCHEMES):
            message = f"the link's address '{href}' does not begin with https://, http:// or mailto:"
            self.error(element, message, "give the whole address")
        return nodes.Link(href, text_of(element))

    def note(self, element: Element) -> nodes.Footnote:
        content = self.line(element)
        if not content:
            self.error(element, "<note> says nothing", "put what stands at the foot of the page into it")
        return nodes.Footnote(content)

    def form_field(self, element: Element) -> nodes.FormField:
        form = _INPUTS[self.one_of(element, "type", tuple(_INPUTS), "text")]
        return nodes.FormField(element.get("name"), form, element.get("label"), element.get("value"), text_of(element))

    # ---- Blocks ----

    def blocks(self, element: Element) -> nodes.Blocks:
        """Build the blocks in an element; text that stands loose in it becomes paragraphs."""
        found: list[nodes.Block] = []
        loose: list[Element | str] = []
        for child in [*element.children, None]:
            if isinstance(child, str) or (child is not None and self.is_inline(child)):
                loose.append(child)
                continue
            if content := tidy(self.inlines(loose)):
                found.append(nodes.Paragraph(content, location=element.location))
            loose = []
            if child is not None and child.prose is not None:
                found += with_run_in(child.prose.blocks, self.first(child, "h1"), element.location)
            elif child is not None and child.tag not in ("h1", "dt"):
                found.append(self.block(child))
        return tuple(found)

    def is_inline(self, element: Element) -> bool:
        return bool(element.prose.inlines) if element.prose is not None else element.tag in INLINE

    def block(self, element: Element) -> nodes.Block:
        makers: Mapping[str, Callable[[Element], nodes.Block]] = {
            **dict.fromkeys(FIGURE, self.figure),
            "p": self.paragraph,
            "section": self.section,
            "ul": self.list,
            "ol": self.list,
            "table": self.table,
            "dl": self.fields,
            "aside": self.panel,
            "contents": self.contents,
            "signature": self.signature,
            "pagebreak": lambda _: nodes.PageBreak(),
        }
        return makers[element.tag](element)

    def list(self, element: Element) -> nodes.List:
        items = tuple(nodes.ListItem(self.blocks(item)) for item in element.elements("li"))
        return nodes.List(items, element.tag == "ol", element.get("role", "list"))

    def panel(self, element: Element) -> nodes.Panel:
        return nodes.Panel(self.role(element, self.stylesheet.panels, "panel"), self.blocks(element))

    def section(self, element: Element) -> nodes.Section:
        heading, tag = self.first(element, "h1"), element.tag
        if not heading:
            self.error(element, f"<{tag}> has no heading", f"begin it with <{tag}><h1>…</h1>")
        role = tag if tag == "appendix" else self.one_of(element, "role", ("section", "part"), "section")
        return nodes.Section(
            heading=heading,
            children=self.blocks(element),
            anchor=element.get("id"),
            role=role,
            numbered=self.yes(element, "numbered", default=True),
            landscape=self.yes(element, "landscape"),
            location=element.location,
        )

    def paragraph(self, element: Element) -> nodes.Paragraph:
        return nodes.Paragraph(
            content=self.line(element),
            role=self.role(element, self.stylesheet.styles, "paragraph", "body"),
            anchor=element.get("id"),
            numbered=self.yes(element, "numbered", default=True),
            location=element.location,
        )

    def contents(self, element: Element) -> nodes.Contents:
        depth = self.one_of(element, "depth", ("1", "2", "3"), "2")
        if not element.elements("h1"):
            self.error(element, "<contents> has no heading", "begin it with <contents><h1>…</h1>")
        return nodes.Contents(self.first(element, "h1"), int(depth))

    def signature(self, element: Element) -> nodes.Signature:
        form = self.one_of(element, "form", ("line", "box"), "line")
        lines = tuple(
            nodes.SignatureLine(
                line.get("label"),
                line.get("name"),
                line.get("post"),
                self.yes(line, "signed"),
                tuple(self.form_field(entered) for entered in line.elements("input")),
            )
            for line in element.elements("line")
        )
        return nodes.Signature("box" if form == "box" else "line", lines)

    # ---- Tables and fields ----

    def table(self, element: Element) -> nodes.Table:
        role = self.role(element, self.stylesheet.tables, "table", "data")
        if not element.elements("caption"):
            message = "a table needs a caption, so that it can be understood without seeing it"
            self.error(element, message, "begin it with <caption>…</caption>")
        head = next((row for row in element.elements("tr") if row.elements("th")), None)
        columns = self.columns(element, head)
        groups = self.groups(element, head, len(columns))
        if not any(group.rows for group in groups):
            self.error(element, "the table has no rows", "leave the table out when there is nothing to show")
        return nodes.Table(
            caption=self.first(element, "caption"),
            columns=columns,
            groups=groups,
            role=role,
            show_caption=self.yes(element, "show-caption"),
            row_headers=self.yes(element, "row-headers", default=True),
            anchor=element.get("id"),
            location=element.location,
        )

    def columns(self, table: Element, head: Element | None) -> tuple[nodes.Column, ...]:
        """Build the columns from the row of `<th>`; their widths are shares of the table's."""
        if head is None:
            self.error(table, "a table needs columns", 'write <tr><th width="1">…</th></tr>, a <th> for each')
            return ()
        headers = head.elements("th")
        if len(headers) < len(head.elements()):
            self.error(head, "<td> and <th> stand in one row", "name the columns with a <th> each")
        widths = [self.width(header) for header in headers]
        return tuple(
            nodes.Column(self.line(header), width / sum(widths), self.align(header))
            for header, width in zip(headers, widths, strict=True)
        )

    def width(self, header: Element) -> float:
        typed = header.get("width")
        if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed) and float(typed) > 0:
            return float(typed)
        message = f"width: '{typed}' was found; a number above 0 was expected"
        self.error(header, message, 'write a share, such as width="2"')
        return 1.0

    def align(self, header: Element) -> nodes.Align:
        if "align" not in header.attributes:
            return ""
        return _ALIGNS[self.one_of(header, "align", tuple(_ALIGNS), "left")]

    def groups(self, table: Element, head: Element | None, columns: int) -> tuple[nodes.RowGroup, ...]:
        """Build the groups of rows; rows outside any follow the group above, if it has no heading either."""
        groups: list[nodes.RowGroup] = []
        for child in table.elements():
            if child.tag == "tbody":
                heading = next((row for row in child.elements("tr") if row.elements("th")), None)
                rows = tuple(self.row(row, columns) for row in child.elements("tr") if row is not heading)
                groups.append(nodes.RowGroup(rows, self.first(heading, "th") if heading else ()))
            elif child.tag == "tr" and child is not head:
                above = groups.pop().rows if groups and not groups[-1].heading else ()
                groups.append(nodes.RowGroup((*above, self.row(child, columns))))
        return tuple(groups)

    def row(self, element: Element, columns: int) -> nodes.Row:
        cells = element.elements("td")
        if columns and not len(element.elements()) == len(cells) == columns:
            message = f"the row has {_counted(len(cells), 'cell')}; the table has {_counted(columns, 'column')}"
            self.error(element, message, "give each row a <td> for each column")
        return nodes.Row(tuple(self.cell(cell) for cell in cells))

    def cell(self, element: Element) -> nodes.Cell:
        role = self.role(element, self.stylesheet.cells, "cell") if element.get("role") else ""
        return nodes.Cell(self.blocks(element), role)

    def fields(self, element: Element) -> nodes.FieldList:
        """Build labels and values: one on a line; in a `<div>`, up to three."""
        role = self.role(element, self.stylesheet.tables, "table", "fields")
        entries = self.entries(element)
        rows = tuple((one,) if isinstance(one, nodes.Field) else self.field_row(one) for one in entries)
        return nodes.FieldList(rows, role)

    def field_row(self, element: Element) -> tuple[nodes.Field, ...]:
        fields = tuple(field for field in self.entries(element) if isinstance(field, nodes.Field))
        if not 1 <= len(fields) <= 3:
            message = f"the row has {_counted(len(fields), 'field')}; one to three were expected"
            self.error(element, message, "give each <div> of a <dl> one to three times <dd>, a <dt> before each")
        return fields

    def entries(self, element: Element) -> Iterator[nodes.Field | Element]:
        """Yield a field for each `<dd>`, with the `<dt>` before it as label; and each `<div>`."""
        label: Element | None = None
        for child in element.elements():
            if label is not None and child.tag != "dd":
                self.error(label, "<dt> has no <dd>", "put what it names into <dd>…</dd> after it")
            if child.tag == "dd":
                yield nodes.Field(self.line(label) if label else (), self.blocks(child))
            elif child.tag == "div":
                yield child
            label = child if child.tag == "dt" else None
        if label is not None:
            self.error(label, "<dt> has no <dd>", "put what it names into <dd>…</dd> after it")

    # ---- Figures ----

    def figure(self, element: Element) -> nodes.Figure:
        return nodes.Figure(
            picture=self.picture(element),
            alternative_text=element.get("alt"),
            caption=self.first(element, "figcaption"),
            anchor=element.get("id"),
            location=element.location,
        )

    def picture(self, element: Element) -> nodes.Picture:
        match element.tag:
            case "chart":
                return nodes.Chart(tuple(self.bar(bar) for bar in element.elements("bar")))
            case "timeline":
                today = self.day(element, "today") if "today" in element.attributes else None
                rows = tuple(self.timeline_row(row) for row in element.elements("due"))
                return nodes.Timeline(rows, today, element.get("today-label"))
            case "scale":
                steps = tuple(step.get("label") for step in element.elements("step"))
                return nodes.Scale(steps, tuple(self.scale_row(row, len(steps)) for row in element.elements("judged")))
        name = element.get("name")
        if name in self.pictures:
            return self.pictures[name]
        hint = nearest(name, self.pictures) or "name it under pictures: in the report"
        self.error(element, f"no picture has the name '{name}'", hint)
        return nodes.Image(name, b"", "image/png", 1, 1)

    def bar(self, element: Element) -> nodes.Bar:
        segments = []
        for segment in element.elements("segment"):
            value = segment.get("value")
            if re.fullmatch(r"\d{1,6}", value):
                segments.append(nodes.Segment(segment.get("label"), int(value), self.shown_role(segment)))
            else:
                message = f"value: '{value}' was found; a whole number was expected"
                self.error(segment, message, "give a count")
        return nodes.Bar(element.get("label"), tuple(segments))

    def timeline_row(self, element: Element) -> nodes.TimelineRow:
        due = self.day(element, "day")
        return nodes.TimelineRow(element.get("label"), due, self.shown_role(element), element.get("words"))

    def scale_row(self, element: Element, steps: int) -> nodes.ScaleRow:
        marks = tuple(mark for child in element.elements("mark") for mark in self.mark(child, steps))
        words = element.get("words")
        if len({mark.earlier for mark in marks}) < len(marks):
            self.error(element, "the row has two marks of one time", "give it one, and one earlier at most")
        if not element.elements("mark") and not words.strip():
            self.error(element, "the row has no mark", "give it a mark, or words: why there is none")
        return nodes.ScaleRow(element.get("label"), marks, words)

    def mark(self, element: Element, steps: int) -> Iterator[nodes.ScaleMark]:
        """Build the mark, if its step is on the scale."""
        step = element.get("step")
        if not re.fullmatch(r"[1-9]\d?", step) or int(step) > steps:
            message = f"step: '{step}' was found; a whole number from 1 to {steps} was expected"
            self.error(element, message, "count the steps of the scale from the best")
            return
        earlier = self.yes(element, "earlier")
        yield nodes.ScaleMark(int(step), self.shown_role(element), element.get("words"), earlier)

    def shown_role(self, element: Element) -> str:
        return self.role(element, {**self.stylesheet.cells, **self.stylesheet.segments}, "segment")


def text_of(element: Element) -> str:
    """Return the text of an element that may hold nothing else."""
    return "".join(part for part in element.children if isinstance(part, str)).strip()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# ---- An author's text in the house's ----


def with_run_in(blocks: nodes.Blocks, heading: nodes.Inlines, place: Location) -> nodes.Blocks:
    """Put a heading at the beginning of the first paragraph, or above a list, a table or a picture."""
    if not heading:
        return blocks
    run_in = nodes.Span("run-in", heading)
    first, *others = blocks
    if isinstance(first, nodes.Paragraph):
        return (replace(first, content=tidy((run_in, nodes.Text(" "), *first.content))), *others)
    return (nodes.Paragraph((run_in,), "lead-in", location=place), *blocks)


def without_ending(content: nodes.Inlines) -> nodes.Inlines:
    """Take the author's own full stop or semicolon off the end, in front of a note as well."""
    if not content:
        return ()
    *before, last = content
    match last:
        case nodes.Text() | nodes.Link():
            last = replace(last, text=_without_ending(last.text))
        case nodes.Placeholder():
            last = replace(last, missing=_without_ending(last.missing))
        case nodes.Span():
            last = replace(last, content=without_ending(last.content))
        case nodes.Footnote():
            before = list(without_ending(tuple(before)))
    return tuple(before) if last == nodes.Text("") else (*before, last)


def _without_ending(text: str) -> str:
    return re.sub(r"[.;\s]+$", "", text)


def with_capital(content: nodes.Inlines) -> nodes.Inlines:
    """Make the first letter a capital."""
    for place, inline in enumerate(content):
        match inline:
            case nodes.Text(text) if text:
                changed: nodes.Inline = nodes.Text(text[0].upper() + text[1:])
            case nodes.Link(_, text) if text:
                changed = replace(inline, text=text[0].upper() + text[1:])
            case nodes.Placeholder(missing):
                changed = replace(inline, missing=missing[:1].upper() + missing[1:])
            case nodes.Span():
                changed = replace(inline, content=with_capital(inline.content))
            case _:
                continue
        return (*content[:place], changed, *content[place + 1 :])
    return content
