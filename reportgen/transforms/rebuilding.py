"""A document made anew, every block and inline given to a function on the way, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportgen import document as nodes

BlockChange = Callable[[nodes.Block], nodes.Block]
InlineChange = Callable[[nodes.Inline], nodes.Inline]


def rebuild(
    document: nodes.Document, block: BlockChange = lambda block: block, inline: InlineChange = lambda inline: inline
) -> nodes.Document:
    """The document with each block and inline as the functions give it back: those around others first.

    A function changes what it is given but not what that holds, which it is given later. What it makes of
    a section must be a section. The headers and footers of the pages are no part of the text.
    """
    return _Rebuilding(block, inline).document(document)


class _Rebuilding:
    def __init__(self, change_block: BlockChange, change_inline: InlineChange) -> None:
        self.change_block = change_block
        self.change_inline = change_inline

    def document(self, document: nodes.Document) -> nodes.Document:
        front = self.blocks(document.front)
        body = self.blocks(document.body)
        return replace(document, front=front, body=body, appendices=tuple(map(self.section, document.appendices)))

    def section(self, section: nodes.Section) -> nodes.Section:
        changed = self.block(section)
        assert isinstance(changed, nodes.Section)
        return changed

    def blocks(self, blocks: nodes.Blocks) -> nodes.Blocks:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: nodes.Block) -> nodes.Block:
        block = self.change_block(block)
        match block:
            case nodes.Section():
                return replace(block, heading=self.inlines(block.heading), children=self.blocks(block.children))
            case nodes.Panel():
                return replace(block, children=self.blocks(block.children))
            case nodes.Paragraph():
                return replace(block, content=self.inlines(block.content))
            case nodes.List():
                items = tuple(nodes.ListItem(self.blocks(item.content), item.number) for item in block.items)
                return replace(block, items=items)
            case nodes.Table():
                return self.table(block)
            case nodes.FieldList():
                return replace(block, rows=tuple(tuple(map(self.field, row)) for row in block.rows))
            case nodes.Figure():
                return replace(block, caption=self.inlines(block.caption))
            case nodes.Contents():
                return replace(block, heading=self.inlines(block.heading))
            case nodes.Signature() | nodes.PageBreak():
                return block

    def table(self, table: nodes.Table) -> nodes.Table:
        caption = self.inlines(table.caption)
        columns = tuple(replace(column, header=self.inlines(column.header)) for column in table.columns)
        return replace(table, caption=caption, columns=columns, groups=tuple(map(self.group, table.groups)))

    def group(self, group: nodes.RowGroup) -> nodes.RowGroup:
        heading = self.inlines(group.heading)
        rows = tuple(
            nodes.Row(tuple(nodes.Cell(self.blocks(cell.content), cell.role) for cell in row.cells))
            for row in group.rows
        )
        return nodes.RowGroup(rows, heading)

    def field(self, field: nodes.Field) -> nodes.Field:
        label = self.inlines(field.label)
        return nodes.Field(label, self.blocks(field.value))

    def inlines(self, content: nodes.Inlines) -> nodes.Inlines:
        return tuple(map(self.inline, content))

    def inline(self, inline: nodes.Inline) -> nodes.Inline:
        inline = self.change_inline(inline)
        if isinstance(inline, nodes.Span | nodes.Footnote):
            return replace(inline, content=self.inlines(inline.content))
        return inline
