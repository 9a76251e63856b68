"""The document tree: what a report is, before anyone decides what it looks like.

Nodes are frozen and compare by value. `Inline` and `Block` are closed unions: a new member
must be handled by every writer, and the type checker says which do not. A node carries a
*role* ("recommendation"), never a look; the house gives the role its look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from reportgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a prose text came from: its place in the YAML and the keys that lead to it."""

    location: Location
    key: str
    part: int = 0
    """Which block of that text it is, from 0."""


@dataclass(frozen=True, slots=True)
class Number:
    """A settled number. Filled in by `transforms.numbering`, printed by PDF, made native by Word."""

    text: str
    """As printed: "4.2.1", "(a)", "Appendix 1"; empty for a level that counts but does not print."""
    sequence: Literal["body", "appendix", "list"]
    """Which of the house's numbering sequences it belongs to."""
    level: int
    """The level in that sequence, from 0."""
    position: int
    """The count at that level, from 1."""
    reference: str = ""
    """As other places refer to it: "4.2.1" where "4.2.1." is printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as they are to be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with a role of its own: "strong", "emphasis", "gap", "phrase"."""

    role: str
    content: tuple[Inline, ...]
    origin: Origin | None = None
    """For a phrase of the author's within a sentence of the house's."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the document. Its text is plain: nested tags break PDF/UA (rule 7.18.5)."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The number of another place in the document."""

    target: str
    location: Location
    text: str = ""
    """The target's number, filled in by `transforms.references`."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of the page it stands on."""


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of pages of the document."""


Inline = Text | Span | Link | CrossReference | LineBreak | PageNumber | PageCount
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. Its level is its depth in the tree."""

    heading: Inlines
    children: tuple[Block, ...]
    anchor: str = ""
    role: str = "section"
    """"section", "part" or "appendix"."""
    numbered: bool = True
    """Whether it may take a number, if the house numbers sections at this depth."""
    landscape: bool = False
    """Its pages lie on their side. Only an appendix may."""
    number: Number | None = None
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    content: Inlines
    role: str = "body"
    anchor: str = ""
    numbered: bool = True
    """Whether it may take a number, if the house numbers paragraphs of this role here."""
    number: Number | None = None
    origin: Origin | None = None
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item: paragraphs and nested lists."""

    content: tuple[Block, ...]
    number: Number | None = None
    """For an ordered list."""


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted or ordered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    role: str = "list"
    """An ordered list's role decides at which of the house's list levels it begins."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    header: Inlines
    width: float
    """Share of the table's width; the shares of a table add up to 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell."""

    content: tuple[Block, ...]
    role: str = ""
    """A role of the cell itself ("grade-2"), or none."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, a cell for each column."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that belong together, under a heading row of their own if it has one."""

    rows: tuple[Row, ...]
    heading: Inlines = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: a header row, no merged cells, so that screen readers can use it."""

    caption: Inlines
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    role: str = "data"
    show_caption: bool = False
    row_headers: bool = True
    """The first column says what each row is about."""
    origin: Origin | None = None

    @property
    def row_count(self) -> int:
        """How many rows there are, headings of groups not counted."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value; the label may be empty."""

    label: Inlines
    value: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FieldList:
    """Labels and values in rows: "Report of", "Date of meeting", "Wards affected"; one to three fields a row."""

    rows: tuple[tuple[Field, ...], ...]
    role: str = "fields"


@dataclass(frozen=True, slots=True)
class Panel:
    """Blocks set off from the text, for instance a note that the paper is a sample."""

    role: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: how many have one label. `role` gives its colour ("grade-2")."""

    label: str
    value: int
    role: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, its parts in order."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal stacked bars of counts."""

    alternative_text: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Somebody who signs, or has signed. `label` is a role ("Chief Executive") or empty."""

    label: str
    name: str = ""
    post: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Where people sign: a dotted line above name and post, or a tick box beside each role."""

    form: Literal["line", "box"]
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Section | Paragraph | List | Table | FieldList | Panel | Chart | Signature | PageBreak
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """About the document."""

    title: str
    language: str
    """A BCP 47 tag: "en-GB"."""
    author: str
    date: str
    """Of the meeting (ISO 8601), or empty. Never today's."""
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. The header is printed from the second page on, the footer on every page."""

    metadata: Metadata
    front: Blocks
    body: Blocks
    appendices: tuple[Section, ...] = ()
    header: Inlines = ()
    footer: Inlines = ()


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block of the document, parents before their children, in reading order."""
    for block in (*document.front, *document.body, *document.appendices):
        yield from walk(block)


def walk(block: Block) -> Iterator[Block]:
    """The block and every block in it, parents first."""
    yield block
    for child in children_of(block):
        yield from walk(child)


def children_of(block: Block) -> Blocks:
    """The blocks directly in a block, in reading order."""
    match block:
        case Section() | Panel():
            return block.children
        case List():
            return tuple(child for item in block.items for child in item.content)
        case Table():
            return tuple(
                child for group in block.groups for row in group.rows for cell in row.cells for child in cell.content
            )
        case FieldList():
            return tuple(child for row in block.rows for one in row for child in one.value)
        case Paragraph() | Chart() | Signature() | PageBreak():
            return ()


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline that stands directly in a block (not in the blocks within it), spans before what they hold."""
    match block:
        case Section():
            yield from _spread(block.heading)
        case Paragraph():
            yield from _spread(block.content)
        case Table():
            yield from _spread(block.caption)
            for column in block.columns:
                yield from _spread(column.header)
            for group in block.groups:
                yield from _spread(group.heading)
        case FieldList():
            for row in block.rows:
                for one in row:
                    yield from _spread(one.label)
        case List() | Panel() | Chart() | Signature() | PageBreak():
            pass


def _spread(content: Inlines) -> Iterator[Inline]:
    for inline in content:
        yield inline
        if isinstance(inline, Span):
            yield from _spread(inline.content)


def plain_text(content: Inlines) -> str:
    """What the inlines say, without roles; page numbers are left out."""
    parts = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Span():
                parts.append(plain_text(inline.content))
            case Link() | CrossReference():
                parts.append(inline.text)
            case LineBreak():
                parts.append("\n")
            case PageNumber() | PageCount():
                pass
    return "".join(parts)
