"""The document tree: what a report is, before anyone decides what it looks like.

Nodes are frozen and compare by value. `Inline`, `Block` and `Picture` are closed unions: a new
member must be handled by every writer, and the type checker says which do not. A node carries a
*role* ("recommendation"), never a look; the house gives the role its look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reportgen.diagnostics import Location

# ---- Inlines ----


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a prose text came from: its place in the YAML and the keys that lead to it."""

    location: Location
    key: str
    part: int = 0
    """Which block of that text it is, from 0."""


NumberSequence = Literal["body", "appendix", "list", "table", "figure", "note"]
"""What a house numbers, each kind with counts of its own."""


@dataclass(frozen=True, slots=True)
class Number:
    """A settled number. Filled in by `transforms.numbering`, printed by PDF, made native by Word."""

    text: str
    """As printed: "4.2.1", "(a)", "Appendix 1"; empty for a level that counts but does not print."""
    sequence: NumberSequence
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
    """A run of text with a role of its own: "strong", "emphasis", "phrase"."""

    role: str
    content: tuple[Inline, ...]
    origin: SourceRef | None = None
    """For a phrase of the author's within a sentence of the house's."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the document. Its text is plain: nested tags break PDF/UA (rule 7.18.5)."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The number of another place in the document, or of the page that it stands on."""

    target: str
    location: Location
    text: str = ""
    """The target's number, filled in by `transforms.references`; its page, once that is known."""
    shows: Literal["number", "page"] = "number"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: a mark in the text, and at the foot of the page what it says."""

    content: Inlines
    number: Number | None = None
    """Filled in by `transforms.numbering`: notes are counted from 1 to the end of the paper."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that is still missing. Printed as a marked placeholder; in Word there is a comment to it as well."""

    missing: str
    supplier: str = ""
    """Who is to supply it, when that is known."""

    @property
    def text(self) -> str:
        """Return the placeholder as printed."""
        return f"[{self.missing}, from {self.supplier}]" if self.supplier else f"[{self.missing}]"


@dataclass(frozen=True, slots=True)
class FormField:
    """Something that an officer enters into the finished paper: who cleared it, when. Word makes a form field of it."""

    key: str
    """Its name in the paper, by which it is read back: "clearance.legal.name". Unique."""
    form: Literal["name", "date", "check"]
    label: str
    """What is to be entered: "Cleared by (legal)"."""
    value: str = ""
    """What has been entered: a name, a day (ISO 8601), "yes"; empty for nothing."""
    text: str = ""
    """The value as the house prints it: "9 July 2012", "☒"; or what stands there instead: "Not yet cleared", "☐"."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of the page it stands on."""


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of pages of the document."""


Inline = Text | Span | Link | CrossReference | Footnote | Placeholder | FormField | LineBreak | PageNumber | PageCount
Inlines = tuple[Inline, ...]


def inlines_in(content: Inlines) -> Iterator[Inline]:
    """Yield every inline of a line; a span comes before its content."""
    for inline in content:
        yield inline
        if isinstance(inline, Span | Footnote):
            yield from inlines_in(inline.content)


def plain_text(content: Inlines) -> str:
    """Return the text of inlines without roles, page numbers or footnotes."""
    parts = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Span():
                parts.append(plain_text(inline.content))
            case Link() | CrossReference() | Placeholder() | FormField():
                parts.append(inline.text)
            case LineBreak():
                parts.append("\n")
            case PageNumber() | PageCount() | Footnote():
                pass
    return "".join(parts)


# ---- Pictures ----


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

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What is to be done by a day."""

    label: str
    due: date
    role: str
    """Gives its colour and sign ("status-complete")."""
    words: str
    """What the role means, in the house's words ("complete")."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days along a line, one row for each thing that is due."""

    rows: tuple[TimelineRow, ...]
    today: date | None = None
    """The day that the paper speaks of, marked across the rows: that of the meeting."""
    today_label: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that came with the inputs."""

    name: str
    content: bytes = field(repr=False)
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    """In pixels."""
    height: int
    printed_width: float | None = None
    """In millimetres. Where none is given: as wide as the text, or less if that is its size at 150 pixels an inch."""


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """Where on the scale something was found to be."""

    step: int
    """The place of the step, from 1."""
    role: str
    """Gives its colour and pattern ("grade-2")."""
    words: str = ""
    """What stands on the mark: the year in which it was found, where there is more than one."""
    earlier: bool = False
    """Found before: drawn hollow, with an arrow from it to the mark that is not."""


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """What was judged, and how: one mark, or an earlier one as well."""

    label: str
    marks: tuple[ScaleMark, ...]
    words: str = ""
    """Where there is no mark: why not."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows on a scale of named steps, the best first."""

    steps: tuple[str, ...]
    rows: tuple[ScaleRow, ...]


Picture = Chart | Timeline | Scale | Image


# ---- Blocks ----


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
