"""Fills the list of contents, and gives every section in it a name that its lines can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reportgen.house.style import Numbering
from reportgen.transforms.rebuilding import rebuild
from reportgen.tree import Block, Blocks, Contents, ContentsEntry, Document, Section, blocks_of, plain_text


def list_contents(document: Document, numbering: Numbering) -> Document:
    """The document with the entries of its contents, if it has any. Numbers must have been given before."""
    depth = max((block.depth for block in blocks_of(document) if isinstance(block, Contents)), default=0)
    if not depth:
        return document
    named = _name_sections(document, depth)
    entries = tuple(_entries((*named.body, *named.appendices), 1, numbering))

    def fill(block: Block) -> Block:
        if not isinstance(block, Contents):
            return block
        return replace(block, entries=tuple(entry for entry in entries if entry.level <= block.depth))

    return rebuild(named, fill)


def _name_sections(document: Document, depth: int) -> Document:
    """The document with an anchor on each section down to a depth."""
    taken = {block.anchor for block in blocks_of(document) if isinstance(block, Section) and block.anchor}

    def named(blocks: Blocks, level: int) -> Blocks:
        return tuple(with_name(block, level) if isinstance(block, Section) else block for block in blocks)

    def with_name(section: Section, level: int) -> Section:
        anchor = section.anchor or _free_name(plain_text(section.heading), taken)
        taken.add(anchor)
        children = named(section.children, level + 1) if level < depth else section.children
        return replace(section, anchor=anchor, children=children)

    return replace(
        document,
        body=named(document.body, 1),
        appendices=tuple(with_name(appendix, 1) for appendix in document.appendices),
    )


def _free_name(heading: str, taken: set[str]) -> str:
    """A name made of the heading's words that no other section has."""
    words = "-".join(re.findall(r"[a-z0-9]+", heading.casefold())) or "section"
    name, count = f"section-{words}", 1
    while name in taken:
        count += 1
        name = f"section-{words}-{count}"
    return name


def _entries(blocks: Blocks, level: int, numbering: Numbering) -> Iterator[ContentsEntry]:
    for section in blocks:
        if not isinstance(section, Section) or not section.anchor:
            continue
        yield _entry(section, level, numbering)
        yield from _entries(section.children, level + 1, numbering)


def _entry(section: Section, level: int, numbering: Numbering) -> ContentsEntry:
    text = plain_text(section.heading)
    number = section.number.text if section.number else ""
    if section.role == "appendix":  # its number is part of its title, too long to stand in a column
        return ContentsEntry(
            level, "", f"{number}{numbering.appendix_separator}{text}" if number else text, section.anchor
        )
    return ContentsEntry(level, number, text, section.anchor)
