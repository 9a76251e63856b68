"""What a paper looks like from above: headings with their numbers, tables, what stands above the first heading."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.document import (
    Block,
    Blocks,
    Contents,
    Document,
    FieldList,
    Figure,
    Inline,
    List,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    Span,
    Table,
    blocks_of,
    inlines_of,
    plain_text,
    walk,
)

HOUSE_WORDING = ("lead-in", "band", "contact")
"""Roles of paragraphs that the house words, so that they belong to its outline."""


def outline(blocks: Blocks, depth: int = 0) -> Iterator[str]:
    """Headings and numbered paragraphs with their numbers, what the house says itself, lists, tables and signatures."""
    for block in blocks:
        for line in outline_of(block):
            yield "  " * depth + line
        match block:
            case Section():
                yield from outline(block.children, depth + 1)
            case List():
                yield from outline(
                    tuple(one for item in block.items for one in item.content if isinstance(one, List)), depth + 1
                )
            case _:
                pass


def outline_of(block: Block) -> Iterator[str]:
    match block:
        case Section():
            number = f"{block.number.text} " if block.number and block.number.text else ""
            yield f"# {number}{plain_text(block.heading)}"
        case Paragraph():
            words = plain_text(block.content).replace("\n", " / ") if block.role in HOUSE_WORDING else block.role
            if block.number or block.role in HOUSE_WORDING:
                yield f"{block.number.text if block.number else '-'} {words}"
        case List():
            yield " ".join(item.number.text for item in block.items if item.number) or f"{len(block.items)} bullets"
        case Table():
            yield f"table {' | '.join(plain_text(column.header) for column in block.columns)}"
            for group in block.groups:
                yield f"  {plain_text(group.heading) or '-'}: {len(group.rows)} rows"
        case Signature():
            for line in block.lines:
                yield f"{block.form}: {', '.join(word for word in (line.label, line.name, line.post) if word)}"
        case Figure():
            yield type(block.picture).__name__.lower()
        case Panel() | PageBreak() | FieldList() | Contents():
            yield type(block).__name__.lower()


def outlined(document: Document) -> list[str]:
    return list(outline((*document.body, *document.appendices)))


def masthead(document: Document) -> list[str]:
    """What stands above the first heading: paragraphs with roles, fields a row a line; not the sample's notice."""
    lines = []
    for block in document.front:
        if isinstance(block, Paragraph):
            lines.append(f"{block.role}: {plain_text(block.content)}")
        elif isinstance(block, FieldList):
            lines += [" | ".join(field_text(one.label, one.value) for one in row) for row in block.rows]
    return lines


def field_text(label: tuple[Inline, ...], value: Blocks) -> str:
    words = [
        plain_text(one.content).replace("\n", " / ") if isinstance(one, Paragraph) else next(outline_of(one))
        for one in value
    ]
    return " ".join([plain_text(label), " / ".join(words)]).strip()


def spans(block: Block, role: str) -> list[str]:
    """The texts of the spans of a role in a block, in order."""
    return [
        plain_text(one.content)
        for inner in walk(block)
        for one in inlines_of(inner)
        if isinstance(one, Span) and one.role == role
    ]


def section(document: Document, heading: str) -> Section:
    (found,) = [
        block for block in blocks_of(document) if isinstance(block, Section) and plain_text(block.heading) == heading
    ]
    return found
