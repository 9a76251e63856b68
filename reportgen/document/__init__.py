"""The document tree: what a report is, before anyone decides what it looks like.

Nodes are frozen and compare by value. `Inline`, `Block` and `Picture` are closed unions: a new
member must be handled by every writer, and the type checker says which do not. A node carries a
*role* ("recommendation"), never a look; the house gives the role its look. Here are the blocks and the ways
through them; what stands in a line, and what figures show, have modules of their own and are taken from here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from reportgen.diagnostics import Location
from reportgen.document.inlines import CrossReference as CrossReference
from reportgen.document.inlines import Footnote as Footnote
from reportgen.document.inlines import FormField as FormField
from reportgen.document.inlines import Inline as Inline
from reportgen.document.inlines import Inlines as Inlines
from reportgen.document.inlines import LineBreak as LineBreak
from reportgen.document.inlines import Link as Link
from reportgen.document.inlines import Number as Number
from reportgen.document.inlines import PageCount as PageCount
from reportgen.document.inlines import PageNumber as PageNumber
from reportgen.document.inlines import Placeholder as Placeholder
from reportgen.document.inlines import SourceRef as SourceRef
from reportgen.document.inlines import Span as Span
from reportgen.document.inlines import Text as Text
from reportgen.document.inlines import inlines_in
from reportgen.document.inlines import plain_text as plain_text
from reportgen.document.pictures import Bar as Bar
from reportgen.document.pictures import Chart as Chart
from reportgen.document.pictures import Image as Image
from reportgen.document.pictures import Picture as Picture
from reportgen.document.pictures import Scale as Scale
from reportgen.document.pictures import ScaleMark as ScaleMark
from reportgen.document.pictures import ScaleRow as ScaleRow
from reportgen.document.pictures import Segment as Segment
from reportgen.document.pictures import Timeline as Timeline
from reportgen.document.pictures import TimelineRow as TimelineRow


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
    """A paragraph of text; its role gives it its look."""

    content: Inlines
    role: str = "body"
    anchor: str = ""
    numbered: bool = True
    """Whether it may take a number, if the house numbers paragraphs of this role here."""
    number: Number | None = None
    origin: SourceRef | None = None
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item: paragraphs and nested lists."""

    content: tuple[Block, ...]
    number: Number | None = None
    """For an ordered list."""


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted or numbered list."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    role: str = "list"
    """An ordered list's role decides at which of the house's list levels it begins."""
    origin: SourceRef | None = None


Align = Literal["", "left", "centre", "right"]
"""Where the text of a column stands, if its author says so; as the house has it, if not."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    header: Inlines
    width: float
    """Share of the table's width; the shares of a table add up to 1."""
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

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
    anchor: str = ""
    number: Number | None = None
    """"Table 1", if its caption is shown and the house numbers tables."""
    origin: SourceRef | None = None
    location: Location = field(default=Location(""), compare=False)

    @property
    def row_count(self) -> int:
        """Count the rows, excluding the headings of groups."""
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
class Figure:
    """A picture with what it shows in words, for those who cannot see it, and a caption if it has one."""

    picture: Picture
    alternative_text: str
    caption: Inlines = ()
    anchor: str = ""
    number: Number | None = None
    """"Figure 1", if it has a caption and the house numbers figures."""
    origin: SourceRef | None = None
    """For a picture that an author put into a text."""
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the list of contents."""

    level: int
    """The depth of its section, from 1."""
    number: str
    text: str
    target: str
    """The section's anchor."""
    page: str = ""
    """Filled in by `transforms.references`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the sections down to a depth, with their pages."""

    heading: Inlines
    depth: int
    entries: tuple[ContentsEntry, ...] = ()
    """Filled in by `transforms.references`."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Somebody who signs, or has signed. `label` is a role ("Chief Executive") or empty."""

    label: str
    name: str = ""
    post: str = ""
    signed: bool = False
    entries: tuple[FormField, ...] = ()
    """What is entered on the line in a form with boxes: whether it is signed, by whom, when."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Where people sign: a dotted line above name and post, or a tick box beside each role."""

    form: Literal["line", "box"]
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Section | Paragraph | List | Table | FieldList | Panel | Figure | Contents | Signature | PageBreak
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The properties of the file: title, language, author and so on."""

    title: str
    language: str
    """A BCP 47 tag: "en-GB"."""
    author: str
    date: str
    """Of the meeting (ISO 8601), or empty. Never today's."""
    status: str = "draft"
    identifier: str = ""
    """Which paper it is, among all: "council/autumn"."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. The header is printed from the second page on, the footer on every page."""

    metadata: Metadata
    front: Blocks
    body: Blocks
    appendices: tuple[Section, ...] = ()
    header: Inlines = ()
    footer: Inlines = ()
    watermark: str = ""
    """The word across every page ("DRAFT"), or empty."""
    read_only: bool = False
    """Whether Word is to ask before it lets the text be changed."""
    keeps_origins: bool = True
    """Whether Word notes where each text was typed. Where text is left out it must not: its lines could be counted."""


# ---- Ways through a document, in reading order ----


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield every block of the document in reading order, parents before their children."""
    for block in (*document.front, *document.body, *document.appendices):
        yield from walk(block)


def walk(block: Block) -> Iterator[Block]:
    """Yield a block and all its descendants, parents first."""
    yield block
    for child in children_of(block):
        yield from walk(child)


def children_of(block: Block) -> Blocks:
    """Return the direct children of a block in reading order."""
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
        case Paragraph() | Figure() | Contents() | Signature() | PageBreak():
            return ()


def inlines_of(block: Block) -> Iterator[Inline]:
    """Yield every inline of a block, but not of the blocks within it; a span comes before its content."""
    return (inline for content in lines_of(block) for inline in inlines_in(content))


def lines_of(block: Block) -> tuple[Inlines, ...]:
    """Return the lines of text that belong directly to a block, in reading order."""
    match block:
        case Section():
            return (block.heading,)
        case Paragraph():
            return (block.content,)
        case Table():
            columns = (column.header for column in block.columns)
            return (block.caption, *columns, *(group.heading for group in block.groups))
        case FieldList():
            return tuple(one.label for row in block.rows for one in row)
        case Figure():
            return (block.caption,)
        case Contents():
            return (block.heading,)
        case Signature():
            return tuple(line.entries for line in block.lines)
        case List() | Panel() | PageBreak():
            return ()
