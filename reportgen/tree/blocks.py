"""What a document is made of. `Block` and `Picture` are closed unions: a new member must be handled by every writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reportgen.diagnostics import Location
from reportgen.tree.inlines import Entry, Inlines, Number, Origin


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
    anchor: str = ""
    number: Number | None = None
    """"Table 1", if its caption is shown and the house numbers tables."""
    origin: Origin | None = None
    location: Location = field(default=Location(""), compare=False)

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what it shows in words, for those who cannot see it, and a caption if it has one."""

    picture: Picture
    alternative_text: str
    caption: Inlines = ()
    anchor: str = ""
    number: Number | None = None
    """"Figure 1", if it has a caption and the house numbers figures."""
    origin: Origin | None = None
    """For a picture that an author put into a text."""
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    level: int
    """The depth of its section, from 1."""
    number: str
    text: str
    target: str
    """The section's anchor."""
    page: str = ""
    """Filled in by `transforms.pages`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the sections down to a depth, with their pages."""

    heading: Inlines
    depth: int
    entries: tuple[ContentsEntry, ...] = ()
    """Filled in by `transforms.contents`."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Somebody who signs, or has signed. `label` is a role ("Chief Executive") or empty."""

    label: str
    name: str = ""
    post: str = ""
    signed: bool = False
    entries: tuple[Entry, ...] = ()
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
    """About the document."""

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
