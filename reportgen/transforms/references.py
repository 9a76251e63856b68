"""Gives each cross-reference the number of its target. One that points nowhere is an error where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.tree import (
    Block,
    Blocks,
    Cell,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Inlines,
    List,
    ListItem,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Span,
    Table,
    blocks_of,
)


def resolve_references(document: Document, problems: Problems, named: Mapping[str, Location] | None = None) -> Document:
    """The document with the text of every cross-reference filled in.

    `named` is where the author gave names: a template prints them, but it is the author who can change them.
    """
    return _Resolving(_numbers_by_anchor(document, named or {}, problems), problems).document(document)


def _numbers_by_anchor(document: Document, named: Mapping[str, Location], problems: Problems) -> dict[str, str]:
    numbers: dict[str, str] = {}
    places: dict[str, Location] = {}
    for block in blocks_of(document):
        if not isinstance(block, Section | Paragraph) or not block.anchor:
            continue
        place = block.origin.location if isinstance(block, Paragraph) and block.origin else block.location
        if block.anchor in numbers and block.anchor in named:
            message = f"another place in the paper has the name '{block.anchor}' already"
            problems.error("RG050", named[block.anchor], message, "give this one another name")
        elif block.anchor in numbers:
            problems.error(
                "RG050",
                place,
                f"two places have the name '{block.anchor}'; the other is at {places[block.anchor]}",
                "give each its own name",
            )
        numbers[block.anchor] = block.number.reference if block.number else ""
        places[block.anchor] = place
    return numbers


class _Resolving:
    def __init__(self, numbers: Mapping[str, str], problems: Problems) -> None:
        self.numbers = numbers
        self.problems = problems

    def document(self, document: Document) -> Document:
        return replace(
            document,
            front=self.blocks(document.front),
            body=self.blocks(document.body),
            appendices=tuple(self.section(appendix) for appendix in document.appendices),
        )

    def blocks(self, blocks: Blocks) -> Blocks:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        match block:
            case Section():
                return self.section(block)
            case Panel():
                return replace(block, children=self.blocks(block.children))
            case Paragraph():
                return replace(block, content=self.inlines(block.content))
            case List():
                return replace(
                    block, items=tuple(ListItem(self.blocks(item.content), item.number) for item in block.items)
                )
            case Table():
                return self.table(block)
            case FieldList():
                rows = tuple(
                    tuple(Field(self.inlines(one.label), self.blocks(one.value)) for one in row) for row in block.rows
                )
                return replace(block, rows=rows)
            case _:
                return block

    def section(self, section: Section) -> Section:
        return replace(section, heading=self.inlines(section.heading), children=self.blocks(section.children))

    def table(self, table: Table) -> Table:
        columns = tuple(Column(self.inlines(column.header), column.width) for column in table.columns)
        groups = tuple(
            RowGroup(
                tuple(
                    Row(tuple(Cell(self.blocks(cell.content), cell.role) for cell in row.cells)) for row in group.rows
                ),
                self.inlines(group.heading),
            )
            for group in table.groups
        )
        return replace(table, caption=self.inlines(table.caption), columns=columns, groups=groups)

    def inlines(self, content: Inlines) -> Inlines:
        return tuple(
            replace(inline, text=self.number(inline))
            if isinstance(inline, CrossReference)
            else replace(inline, content=self.inlines(inline.content))
            if isinstance(inline, Span)
            else inline
            for inline in content
        )

    def number(self, reference: CrossReference) -> str:
        if reference.target not in self.numbers:
            self.problems.error(
                "RG051",
                reference.location,
                f"nothing in this paper has the name '{reference.target}'",
                nearest(reference.target, sorted(name for name, number in self.numbers.items() if number))
                or "name a paragraph by ending it with {#name}",
            )
            return ""
        number = self.numbers[reference.target]
        if not number:
            self.problems.error(
                "RG052",
                reference.location,
                f"'{reference.target}' has no number in this house, so it cannot be referred to",
                "refer to a numbered paragraph, a section or an appendix",
            )
        return number
