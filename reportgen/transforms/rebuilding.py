"""A document made anew, every block and inline given to a function on the way, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportgen.tree import (
    Block,
    Blocks,
    Cell,
    Column,
    Contents,
    Document,
    Field,
    FieldList,
    Figure,
    Inline,
    Inlines,
    List,
    ListItem,
    Note,
    PageBreak,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Signature,
    Span,
    Table,
)

BlockChange = Callable[[Block], Block]
InlineChange = Callable[[Inline], Inline]


def _unchanged_block(block: Block) -> Block:
    return block


def _unchanged_inline(inline: Inline) -> Inline:
    return inline


def rebuild(
    document: Document, block: BlockChange = _unchanged_block, inline: InlineChange = _unchanged_inline
) -> Document:
    """The document with each block and inline as the functions give it back: those around others first.

    A function changes what it is given but not what that holds, which it is given later. What it makes of
    a section must be a section. The headers and footers of the pages are no part of the text.
    """
    return _Rebuilding(block, inline).document(document)


class _Rebuilding:
    def __init__(self, change_block: BlockChange, change_inline: InlineChange) -> None:
        self.change_block = change_block
        self.change_inline = change_inline

    def document(self, document: Document) -> Document:
        front = self.blocks(document.front)
        body = self.blocks(document.body)
        return replace(document, front=front, body=body, appendices=tuple(map(self.section, document.appendices)))

    def section(self, section: Section) -> Section:
        changed = self.block(section)
        assert isinstance(changed, Section)
        return changed

    def blocks(self, blocks: Blocks) -> Blocks:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        block = self.change_block(block)
        match block:
            case Section():
                return replace(block, heading=self.inlines(block.heading), children=self.blocks(block.children))
            case Panel():
                return replace(block, children=self.blocks(block.children))
            case Paragraph():
                return replace(block, content=self.inlines(block.content))
            case List():
                items = tuple(ListItem(self.blocks(item.content), item.number) for item in block.items)
                return replace(block, items=items)
            case Table():
                return self.table(block)
            case FieldList():
                return replace(block, rows=tuple(tuple(map(self.field, row)) for row in block.rows))
            case Figure():
                return replace(block, caption=self.inlines(block.caption))
            case Contents():
                return replace(block, heading=self.inlines(block.heading))
            case Signature() | PageBreak():
                return block

    def table(self, table: Table) -> Table:
        caption = self.inlines(table.caption)
        columns = tuple(Column(self.inlines(column.header), column.width) for column in table.columns)
        return replace(table, caption=caption, columns=columns, groups=tuple(map(self.group, table.groups)))

    def group(self, group: RowGroup) -> RowGroup:
        heading = self.inlines(group.heading)
        rows = tuple(Row(tuple(Cell(self.blocks(cell.content), cell.role) for cell in row.cells)) for row in group.rows)
        return RowGroup(rows, heading)

    def field(self, field: Field) -> Field:
        label = self.inlines(field.label)
        return Field(label, self.blocks(field.value))

    def inlines(self, content: Inlines) -> Inlines:
        return tuple(map(self.inline, content))

    def inline(self, inline: Inline) -> Inline:
        inline = self.change_inline(inline)
        if isinstance(inline, Span | Note):
            return replace(inline, content=self.inlines(inline.content))
        return inline
