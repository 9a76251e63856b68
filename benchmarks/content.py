"""A finished paper → its words, in order, as records that are no longer reportgen's: what the peers are given.

Numbers, references and counts stand in them as text, and pictures as PNG: the peers are spared working them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from reportgen.diagnostics import Problems
from reportgen.document import (
    Block,
    Blocks,
    Contents,
    Document,
    FieldList,
    Figure,
    Image,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    Span,
    Table,
    plain_text,
)
from reportgen.house import House
from reportgen.inputs.files import product_templates
from reportgen.pipeline import Job, choose_house, compose, read
from reportgen.writers.chart import draw_png

MILLIMETRES_AN_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, a paragraph or an item of a list; its number or sign is text, and stands first."""

    style: str
    """The name of a Word style: "Heading 1", "Body Text", "List Bullet 2"."""
    number: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What is printed, number first."""
        return " ".join(filter(None, (self.number, "".join(run.text for run in self.runs))))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, the shares of the columns of its width, a header row (or none) and its other rows."""

    caption: str
    shares: tuple[float, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as a PNG, its width in inches, what it shows in words, and its caption."""

    content: bytes
    width: float
    alternative_text: str
    caption: str


Part = Line | Grid | Drawing


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's title and all that stands in it; the appendices lie on their side."""

    title: str
    author: str
    language: str
    body: tuple[Part, ...]
    appendices: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything in reading order."""
        return self.body + self.appendices


def read_content(report: Path, meeting: Path) -> Content:
    """What the paper says that is made of these files. Raises `Rejected` if they have errors."""
    problems = Problems()
    job = Job(report, meeting, None, (product_templates(),))
    paper = read(job, problems)
    house = choose_house(job, paper, problems)
    return content_of(compose(paper, house, problems), house)


def content_of(document: Document, house: House) -> Content:
    """What the finished tree says; the house gives the bullets and the pictures their look."""
    reader = _Reader(house)
    return Content(
        document.metadata.title,
        document.metadata.author,
        document.metadata.language,
        tuple(reader.parts((*document.front, *document.body), 1)),
        tuple(reader.parts(document.appendices, 1)),
    )


def texts_of(content: Content) -> list[str]:
    """Every text of the paper that a reader must find, in order."""
    texts: list[str] = []
    for part in content.parts:
        match part:
            case Line():
                texts.append(part.text)
            case Grid():
                texts += [part.caption, *part.header, *(cell for row in part.rows for cell in row)]
            case Drawing():
                texts.append(part.caption)
            case _:
                assert_never(part)
    return [text for text in texts if text]


class _Reader:
    """Reads blocks as parts, in one house."""

    def __init__(self, house: House) -> None:
        self._look = house.stylesheet

    def parts(self, blocks: Blocks, level: int) -> Iterator[Part]:
        for block in blocks:
            yield from self._part(block, level)

    def _part(self, block: Block, level: int) -> Iterator[Part]:  # noqa: C901  one long match, and clearer so
        match block:
            case Section():
                yield Line(f"Heading {level}", _number(block), _runs(block.heading))
                yield from self.parts(block.children, level + 1)
            case Paragraph():
                style = "Title" if block.role == "title" else "Body Text"
                yield Line(style, _number(block), _runs(block.content))
            case List():
                yield from self._items(block, 1)
            case Panel():
                yield from self.parts(block.children, level)
            case Table():
                yield self._table(block)
            case FieldList():
                yield self._fields(block)
            case Figure():
                yield self._figure(block)
            case Contents():
                yield Line("Body Text", "", _runs(block.heading))
                yield from (Line("Body Text", entry.number, (Run(entry.text),)) for entry in block.entries)
            case Signature():
                yield from (Line("Body Text", line.label, (Run(plain_text(line.entries)),)) for line in block.lines)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _items(self, block: List, depth: int) -> Iterator[Part]:
        style = "List Bullet" if depth == 1 else f"List Bullet {min(depth, 3)}"
        for item in block.items:
            yield from self._item(item, style, depth)

    def _item(self, item: ListItem, style: str, depth: int) -> Iterator[Part]:
        number = item.number.text if item.number else ""
        for child in item.content:
            match child:
                case List():
                    yield from self._items(child, depth + 1)
                case Paragraph():
                    # A word processor prints the bullet itself; a number is the paper's own.
                    yield Line("List Continue" if number else style, number, _runs(child.content))
                    number = ""
                case _:
                    yield from self._part(child, depth)

    def _table(self, table: Table) -> Grid:
        shown = " ".join(filter(None, (_number(table), plain_text(table.caption)))) if table.show_caption else ""
        rows: list[tuple[str, ...]] = []
        for group in table.groups:
            if group.heading:
                rows.append((plain_text(group.heading), *[""] * (len(table.columns) - 1)))
            rows += [tuple(self._text(cell.content) for cell in row.cells) for row in group.rows]
        header = tuple(plain_text(column.header) for column in table.columns)
        return Grid(shown, tuple(column.width for column in table.columns), header, tuple(rows))

    def _fields(self, fields: FieldList) -> Grid:
        """Labels and values, without a header row."""
        rows = tuple((plain_text(one.label), self._text(one.value)) for row in fields.rows for one in row)
        return Grid("", (0.3, 0.7), (), rows)

    def _figure(self, figure: Figure) -> Drawing:
        caption = " ".join(filter(None, (_number(figure), plain_text(figure.caption))))
        if isinstance(figure.picture, Image):
            width = figure.picture.printed_width or self._look.page.text_width
            return Drawing(figure.picture.content, width / MILLIMETRES_AN_INCH, figure.alternative_text, caption)
        drawn = draw_png(figure.picture, self._look)
        return Drawing(drawn.content, drawn.width / MILLIMETRES_AN_INCH, figure.alternative_text, caption)

    def _text(self, blocks: Blocks) -> str:
        """What stands in a cell, a line a paragraph."""
        lines = []
        for part in self.parts(blocks, 1):
            match part:
                case Line():
                    lines.append(part.text)
                case Grid() | Drawing():
                    raise ValueError("the peers' tables hold no tables and no pictures")
                case _:
                    assert_never(part)
        return "\n".join(lines)


def _number(block: Section | Paragraph | Table | Figure) -> str:
    return block.number.text if block.number else ""


def _runs(content: Inlines) -> tuple[Run, ...]:
    return tuple(
        Run(plain_text((inline,)), strong=isinstance(inline, Span) and inline.role == "strong") for inline in content
    )
