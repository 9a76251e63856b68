"""Short ways to write trees, and to list their numbers."""

from __future__ import annotations

from typing import Any

from reportgen.diagnostics import Location
from reportgen.document import (
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
    Metadata,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
    blocks_of,
    plain_text,
)


def document(*body: Block, front: Blocks = (), appendices: tuple[Section, ...] = ()) -> Document:
    return Document(Metadata("T", "en-GB", "A", ""), front, body, appendices)


def s(heading: str, *children: Block, **more: Any) -> Section:
    return Section((Text(heading),), children, **more)


def p(words: str | Inlines, role: str = "body", **more: Any) -> Paragraph:
    return Paragraph((Text(words),) if isinstance(words, str) else words, role, **more)


def bullets(*items: str | Blocks) -> List:
    return List(tuple(ListItem((p(item),) if isinstance(item, str) else item) for item in items))


def ordered(*items: str | Blocks, role: str = "list") -> List:
    return List(bullets(*items).items, ordered=True, role=role)


def table(*cells: Block) -> Table:
    return Table((Text("caption"),), (Column((Text("head"),), 1.0),), (RowGroup((Row((Cell(cells),)),)),))


def fields(*values: Block) -> FieldList:
    return FieldList(((Field((Text("label"),), values),),))


def panel(*children: Block) -> Panel:
    return Panel("notice", children)


def ref(target: str, line: int = 1) -> CrossReference:
    return CrossReference(target, Location("report.yaml", line))


def numbers(finished: Document) -> list[str]:
    """Each section, paragraph and list item with its number ("-" for none), in reading order."""
    found = []
    for block in blocks_of(finished):
        match block:
            case Section():
                found.append(f"{block.number.text if block.number else '-'} {plain_text(block.heading)}")
            case Paragraph() if block.number:
                found.append(f"{block.number.text} {plain_text(block.content)}")
            case List():
                found.append(" ".join(item.number.text if item.number else "*" for item in block.items))
            case _:
                pass
    return found
