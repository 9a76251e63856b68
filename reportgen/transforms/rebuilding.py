"""A document made anew, every block and inline given to a function on the way, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportgen import tree

BlockChange = Callable[[tree.Block], tree.Block]
InlineChange = Callable[[tree.Inline], tree.Inline]


def rebuild(
    document: tree.Document, block: BlockChange = lambda block: block, inline: InlineChange = lambda inline: inline
) -> tree.Document:
    """The document with each block and inline as the functions give it back: those around others first.

    A function changes what it is given but not what that holds, which it is given later. What it makes of
    a section must be a section. The headers and footers of the pages are no part of the text.
    """
    return _Rebuilding(block, inline).document(document)


class _Rebuilding:
    def __init__(self, change_block: BlockChange, change_inline: InlineChange) -> None:
        self.change_block = change_block
        self.change_inline = change_inline

    def document(self, document: tree.Document) -> tree.Document:
        front = self.blocks(document.front)
        body = self.blocks(document.body)
        return replace(document, front=front, body=body, appendices=tuple(map(self.section, document.appendices)))

    def section(self, section: tree.Section) -> tree.Section:
        changed = self.block(section)
        assert isinstance(changed, tree.Section)
        return changed

    def blocks(self, blocks: tree.Blocks) -> tree.Blocks:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: tree.Block) -> tree.Block:
        block = self.change_block(block)
        match block:
            case tree.Section():
                return replace(block, heading=self.inlines(block.heading), children=self.blocks(block.children))
            case tree.Panel():
                return replace(block, children=self.blocks(block.children))
            case tree.Paragraph():
                return replace(block, content=self.inlines(block.content))
            case tree.List():
                items = tuple(tree.ListItem(self.blocks(item.content), item.number) for item in block.items)
                return replace(block, items=items)
            case tree.Table():
                return self.table(block)
            case tree.FieldList():
                return replace(block, rows=tuple(tuple(map(self.field, row)) for row in block.rows))
            case tree.Figure():
                return replace(block, caption=self.inlines(block.caption))
            case tree.Contents():
                return replace(block, heading=self.inlines(block.heading))
            case tree.Signature() | tree.PageBreak():
                return block

    def table(self, table: tree.Table) -> tree.Table:
        caption = self.inlines(table.caption)
        columns = tuple(replace(column, header=self.inlines(column.header)) for column in table.columns)
        return replace(table, caption=caption, columns=columns, groups=tuple(map(self.group, table.groups)))

    def group(self, group: tree.RowGroup) -> tree.RowGroup:
        heading = self.inlines(group.heading)
        rows = tuple(
            tree.Row(tuple(tree.Cell(self.blocks(cell.content), cell.role) for cell in row.cells)) for row in group.rows
        )
        return tree.RowGroup(rows, heading)

    def field(self, field: tree.Field) -> tree.Field:
        label = self.inlines(field.label)
        return tree.Field(label, self.blocks(field.value))

    def inlines(self, content: tree.Inlines) -> tree.Inlines:
        return tuple(map(self.inline, content))

    def inline(self, inline: tree.Inline) -> tree.Inline:
        inline = self.change_inline(inline)
        if isinstance(inline, tree.Span | tree.Note):
            return replace(inline, content=self.inlines(inline.content))
        return inline
