"""What a screen reader must come upon in a document's PDF, in order, by the tree: each part once, notes after the
part that calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, assert_never

from reportgen.document import (
    Block,
    Blocks,
    Contents,
    CrossReference,
    Document,
    FieldList,
    Figure,
    Footnote,
    Inlines,
    List,
    Number,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    SignatureLine,
    Span,
    Table,
    blocks_of,
    plain_text,
)
from reportgen.house import House
from tests.documents.reading import squeeze


class Part(NamedTuple):
    """A part of a document, without white space."""

    kind: str
    """As the PDF names it; "TOCI" for a line of the contents, its page included."""
    text: str
    """For a figure: what it shows in words."""


@dataclass(frozen=True)
class _Place:
    """Where a block stands."""

    house: House
    pages: Mapping[str, str]
    heading: int
    lists: int = 0


def parts_of_document(document: Document, house: House, pages: Mapping[str, str]) -> Iterator[Part]:
    """The parts of a finished document; `pages` are the numbers of pages by anchor."""
    titled = any(isinstance(block, Paragraph) and block.role == "title" for block in blocks_of(document))
    place = _Place(house, pages, 2 if titled else 1)
    for part in _parts((*document.front, *document.body, *document.appendices), place):
        squeezed = Part(part.kind, squeeze(part.text))
        if squeezed.text:
            yield squeezed


def _parts(blocks: Blocks, place: _Place) -> Iterator[Part]:
    for block in blocks:
        yield from _parts_of(block, place)


def _parts_of(block: Block, place: _Place) -> Iterator[Part]:
    match block:
        case Section():
            yield from _heading(block, place)
            yield from _parts(block.children, replace(place, heading=place.heading + 1, lists=0))
        case Paragraph():
            kind = "H1" if block.role == "title" else "P"
            yield from _line(kind, block.content, place, block.number.text if block.number else "")
        case List():
            yield from _list(block, place)
        case Table():
            yield from _table(block, replace(place, lists=0))
        case FieldList():
            for one in (field for row in block.rows for field in row):
                yield from _line("P", one.label, place)
                yield from _parts(one.value, replace(place, lists=0))
        case Panel():
            yield from _parts(block.children, replace(place, lists=0))
        case Figure():
            yield Part("Figure", block.alternative_text)
            yield from _line("Caption", block.caption, place, _caption_number(block.number, place))
        case Contents():
            yield from _contents(block, place)
        case Signature():
            for line in block.lines:
                yield from _signature(block.form, line)
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _heading(section: Section, place: _Place) -> Iterator[Part]:
    number = section.number.text if section.number else ""
    if number and section.number is not None and section.number.sequence == "appendix":
        number += place.house.config.numbering.appendix_separator
    yield from _line(f"H{min(place.heading, 6)}", section.heading, place, number)


def _list(block: List, place: _Place) -> Iterator[Part]:
    bullets = place.house.config.numbering.bullets
    for item in block.items:
        yield Part("Lbl", item.number.text if item.number else bullets[min(place.lists, len(bullets) - 1)])
        yield from _parts(item.content, replace(place, lists=place.lists + 1))


def _table(table: Table, place: _Place) -> Iterator[Part]:
    if table.show_caption:
        yield from _line("Caption", table.caption, place, _caption_number(table.number, place))
    for column in table.columns:
        yield from _line("P", column.header, place)
    for group in table.groups:
        yield from _line("P", group.heading, place)
        for cell in (cell for row in group.rows for cell in row.cells):
            yield from _parts(cell.content, place)


def _caption_number(number: Number | None, place: _Place) -> str:
    return number.text + place.house.config.numbering.caption_separator if number is not None and number.text else ""


def _contents(contents: Contents, place: _Place) -> Iterator[Part]:
    yield from _line(f"H{min(place.heading, 6)}", contents.heading, place)
    for entry in contents.entries:
        # The item itself comes before its label.
        yield Part("TOCI", entry.text + place.pages[entry.target])
        yield Part("Lbl", entry.number)


def _signature(form: str, line: SignatureLine) -> Iterator[Part]:
    if form == "line":
        yield from (Part("P", words) for words in (line.name, line.post, line.label))
        return
    boxes = [entry.text for entry in line.entries if entry.form == "check"] or ["☒" if line.signed else "☐"]
    entered = [entry.text for entry in line.entries if entry.form != "check" and entry.text]
    who = ", ".join(entered or filter(None, (line.name, line.post)))
    yield Part("P", boxes[0] + "–".join(filter(None, (line.label, who))))


def _line(kind: str, content: Inlines, place: _Place, before: str = "") -> Iterator[Part]:
    """A line of text with the marks of its notes, and the notes."""
    yield Part(kind, before + _text(content, place))
    for note in _notes(content):
        yield Part("Note", _mark(note) + _text(note.content, place))


def _text(content: Inlines, place: _Place) -> str:
    texts = []
    for inline in content:
        match inline:
            case Footnote():
                texts.append(_mark(inline))
            case Span():
                texts.append(_text(inline.content, place))
            case CrossReference(shows="page"):
                texts.append(place.pages[inline.target])
            case _:
                texts.append(plain_text((inline,)))
    return "".join(texts)


def _notes(content: Inlines) -> Iterator[Footnote]:
    for inline in content:
        if isinstance(inline, Footnote):
            yield inline
        elif isinstance(inline, Span):
            yield from _notes(inline.content)


def _mark(note: Footnote) -> str:
    assert note.number is not None
    return note.number.text
