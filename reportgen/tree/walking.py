"""Ways through a document, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.tree.blocks import (
    Block,
    Blocks,
    Contents,
    Document,
    FieldList,
    Figure,
    List,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    Table,
)
from reportgen.tree.inlines import (
    CrossReference,
    Entry,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    PageCount,
    PageNumber,
    Span,
    Text,
)


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
        case Paragraph() | Figure() | Contents() | Signature() | PageBreak():
            return ()


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline that stands directly in a block (not in the blocks within it), spans before what they hold."""
    return (inline for content in lines_of(block) for inline in _spread(content))


def lines_of(block: Block) -> tuple[Inlines, ...]:
    """The lines of text that stand directly in a block, in reading order."""
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


def _spread(content: Inlines) -> Iterator[Inline]:
    for inline in content:
        yield inline
        if isinstance(inline, Span | Note):
            yield from _spread(inline.content)


def plain_text(content: Inlines) -> str:
    """What the inlines say, without roles; page numbers and footnotes are left out."""
    parts = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Span():
                parts.append(plain_text(inline.content))
            case Link() | CrossReference() | Gap() | Entry():
                parts.append(inline.text)
            case LineBreak():
                parts.append("\n")
            case PageNumber() | PageCount() | Note():
                pass
    return "".join(parts)
