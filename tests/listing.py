"""A document tree as an outline to read: one line for each block, row and item, everything that the tree says in it.

    # 1.2 Recommendation(s): {#recommendations}
      p lead-in | It is recommended that Cabinet:
      p recommendation 1.2.1 | <phrase Note the outcome ←reports recommendations.0>; and

(`reportgen show --stage tree` prints every field on a line of its own: exact, and too long to review.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import assert_never

from reportgen.document import (
    Bar,
    Block,
    Blocks,
    Chart,
    Contents,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    Footnote,
    FormField,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Number,
    PageBreak,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Picture,
    Placeholder,
    Row,
    Scale,
    Section,
    Signature,
    SignatureLine,
    SourceRef,
    Span,
    Table,
    Text,
    Timeline,
)

STEP = "  "


def list_document(document: Document) -> str:
    """The whole document."""
    about = document.metadata
    lines = [
        f"title: {about.title}",
        f"language: {about.language}, author: {about.author}, date: {about.date or '-'}, status: {about.status}",
        f"header: {list_inlines(document.header)}",
        f"footer: {list_inlines(document.footer)}",
        "",
        *list_blocks(document.front),
        "",
        *list_blocks(document.body),
        "",
        *list_blocks(document.appendices),
    ]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def list_blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from list_block(block)


def list_block(block: Block) -> Iterator[str]:
    """The block's own line, and its inside one step further in."""
    match block:
        case Section():
            yield f"# {list_section(block)}"
            yield from indented(list_blocks(block.children))
        case Paragraph():
            number, words = list_number(block.number), list_inlines(block.content)
            yield f"p {block.role} {number}| {words}{list_anchor(block.anchor)}{list_origin(block.origin)}"
        case List():
            yield f"{'ordered' if block.ordered else 'bullets'} {block.role}{list_origin(block.origin)}"
            yield from indented(line for item in block.items for line in list_item(item))
        case Table():
            yield f"table {block.role} | {list_inlines(block.caption)}{list_origin(block.origin)}"
            yield from indented(list_table(block))
        case FieldList():
            yield f"fields {block.role}"
            yield from indented(" | ".join(list_field(one) for one in row) for row in block.rows)
        case Panel():
            yield f"panel {block.role}"
            yield from indented(list_blocks(block.children))
        case Figure():
            caption = f"{list_number(block.number)}| {list_inlines(block.caption)}"
            yield f"figure {caption}{list_anchor(block.anchor)}{list_origin(block.origin)}"
            yield from indented([f"in words: {block.alternative_text}", *list_picture(block.picture)])
        case Contents():
            yield f"contents to depth {block.depth} | {list_inlines(block.heading)}"
            yield from indented(
                f"{STEP * (one.level - 1)}{one.number} {one.text} #{one.target} {one.page}".strip()
                for one in block.entries
            )
        case Signature():
            yield f"signature {block.form}"
            yield from indented(list_signature_line(line) for line in block.lines)
        case PageBreak():
            yield "page break"
        case _:
            assert_never(block)


def list_section(section: Section) -> str:
    role = "" if section.role == "section" else f"{section.role} "
    heading = f"{list_number(section.number)}{list_inlines(section.heading)}"
    return f"{role}{heading}{list_anchor(section.anchor)}{' landscape' if section.landscape else ''}"


def list_item(item: ListItem) -> Iterator[str]:
    first, *rest = [*list_blocks(item.content)] or [""]
    yield f"{item.number.text if item.number else '*'} {first}"
    yield from indented(rest)


def list_table(table: Table) -> Iterator[str]:
    yield " | ".join(
        f"{list_inlines(column.header)} ({column.width:.0%}{column.align and f', {column.align}'})"
        for column in table.columns
    )
    for group in table.groups:
        if group.heading:
            yield f"> {list_inlines(group.heading)}"
        yield from (list_row(row) for row in group.rows)


def indented(lines: Iterable[str]) -> Iterator[str]:
    return (STEP + line for line in lines)


def list_row(row: Row) -> str:
    """A row on one line: its cells parted by "|", the blocks in a cell by "¶"."""
    return " | ".join(f"{f'[{cell.role}] ' if cell.role else ''}{list_inside(cell.content)}" for cell in row.cells)


def list_field(field: Field) -> str:
    label = f"{list_inlines(field.label)} → " if field.label else ""
    return label + list_inside(field.value)


def list_inside(blocks: Blocks) -> str:
    """Blocks in a cell or a field on one line; a paragraph's role only where it is not the usual one."""
    return " ¶ ".join(
        f"{'' if block.role == 'body' else f'({block.role}) '}{list_inlines(block.content)}{list_origin(block.origin)}"
        if isinstance(block, Paragraph)
        else " / ".join(line.strip() for line in list_block(block))
        for block in blocks
    )


def list_picture(picture: Picture) -> Iterator[str]:
    match picture:
        case Chart():
            yield from map(list_bar, picture.bars)
        case Timeline():
            yield f"today: {picture.today or '-'} {picture.today_label}".rstrip()
            yield from (f"{row.due} {row.label}: {row.words} [{row.role}]" for row in picture.rows)
        case Scale():
            yield f"scale: {', '.join(picture.steps)}"
            for row in picture.rows:
                marks = [f"{mark.step} [{mark.role}]{' ' * bool(mark.words)}{mark.words}" for mark in row.marks]
                yield f"{row.label}: {' from '.join(marks) or row.words}"
        case Image():
            yield f"image {picture.name}: {picture.media_type}, {picture.width} × {picture.height}"
        case _:
            assert_never(picture)


def list_bar(bar: Bar) -> str:
    return f"{bar.label}: {', '.join(f'{one.label} {one.value} [{one.role}]' for one in bar.segments)}"


def list_signature_line(line: SignatureLine) -> str:
    return f"{'signed' if line.signed else 'unsigned'} | {' | '.join((line.label, line.name, line.post))}"


def list_number(number: Number | None) -> str:
    return f"{number.text or '(hidden)'} " if number else ""


def list_anchor(anchor: str) -> str:
    return f" {{#{anchor}}}" if anchor else ""


def list_origin(origin: SourceRef | None) -> str:
    """The folder, keys and part of the YAML that a text came from; not its line, which any edit above would change."""
    if origin is None:
        return ""
    return f" ←{Path(origin.location.path).parent.name} {origin.key}{f'/{origin.part}' if origin.part else ''}"


def list_inlines(content: Inlines) -> str:
    return "".join(list_inline(inline) for inline in content)


def list_inline(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Span():
            return f"<{inline.role} {list_inlines(inline.content)}{list_origin(inline.origin)}>"
        case Link():
            return f"[{inline.text}]({inline.href})"
        case CrossReference():
            return f"<{'page ' * (inline.shows == 'page')}{inline.text} #{inline.target}>"
        case Footnote():
            return f"<note {list_number(inline.number)}{list_inlines(inline.content)}>"
        case Placeholder():
            return f"<gap {inline.missing}{' from ' * bool(inline.supplier)}{inline.supplier}>"
        case FormField():
            return f"<entry {inline.key} {inline.form}: {inline.text}>"
        case LineBreak():
            return " ⏎ "
        case PageNumber():
            return "<page>"
        case PageCount():
            return "<pages>"
        case _:
            assert_never(inline)
