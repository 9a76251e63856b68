"""What leads to other places in the paper: the list of contents, cross-references, and the pages that both name.

A reference that points nowhere is an error where it stands. Pages are known only once the paper has been laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house.config import Numbering
from reportgen.transforms.mapping import map_nodes

# ---- Contents ----


def list_contents(document: nodes.Document, numbering: Numbering) -> nodes.Document:
    """Return the document with the entries of its contents, if it has any. Numbers must have been given before."""
    depth = max((block.depth for block in nodes.blocks_of(document) if isinstance(block, nodes.Contents)), default=0)
    if not depth:
        return document
    named = name_sections(document, depth)
    entries = tuple(_entries((*named.body, *named.appendices), 1, numbering))

    def fill(block: nodes.Block) -> nodes.Block:
        if not isinstance(block, nodes.Contents):
            return block
        return replace(block, entries=tuple(entry for entry in entries if entry.level <= block.depth))

    return map_nodes(named, fill)


def name_sections(document: nodes.Document, depth: int) -> nodes.Document:
    """Return the document with an anchor on each section down to a depth, appendices included."""
    taken = {block.anchor for block in nodes.blocks_of(document) if isinstance(block, nodes.Section) and block.anchor}

    def named(blocks: nodes.Blocks, level: int) -> nodes.Blocks:
        return tuple(with_name(block, level) if isinstance(block, nodes.Section) else block for block in blocks)

    def with_name(section: nodes.Section, level: int) -> nodes.Section:
        anchor = section.anchor or _free_name(nodes.plain_text(section.heading), taken)
        taken.add(anchor)
        children = named(section.children, level + 1) if level < depth else section.children
        return replace(section, anchor=anchor, children=children)

    body = named(document.body, 1)
    return replace(document, body=body, appendices=tuple(with_name(one, 1) for one in document.appendices))


def _free_name(heading: str, taken: set[str]) -> str:
    """Return a name made of the heading's words that no other section has."""
    words = "-".join(re.findall(r"[a-z0-9]+", heading.casefold())) or "section"
    name, count = f"section-{words}", 1
    while name in taken:
        count += 1
        name = f"section-{words}-{count}"
    return name


def _entries(blocks: nodes.Blocks, level: int, numbering: Numbering) -> Iterator[nodes.ContentsEntry]:
    for section in blocks:
        if not isinstance(section, nodes.Section) or not section.anchor:
            continue
        text, number = nodes.plain_text(section.heading), section.number.text if section.number else ""
        if section.role == "appendix" and number:  # it is part of the title, too long to stand in a column
            text, number = f"{number}{numbering.appendix_separator}{text}", ""
        yield nodes.ContentsEntry(level, number, text, section.anchor)
        yield from _entries(section.children, level + 1, numbering)


# ---- References ----


def resolve_references(
    document: nodes.Document, problems: Problems, named: Mapping[str, Location] | None = None
) -> nodes.Document:
    """Return the document with the text of every cross-reference filled in.

    Args:
        document: with its numbers.
        problems: collects references that lead nowhere.
        named: where the author gave names; a template prints them, but it is the author who can change them.
    """
    numbers = _numbers_by_anchor(document, named or {}, problems)

    def resolve(inline: nodes.Inline) -> nodes.Inline:
        if isinstance(inline, nodes.CrossReference):
            return replace(inline, text=_number_for(inline, numbers, problems))
        return inline

    return map_nodes(document, change_inline=resolve)


def _numbers_by_anchor(document: nodes.Document, named: Mapping[str, Location], problems: Problems) -> dict[str, str]:
    numbers: dict[str, str] = {}
    places: dict[str, Location] = {}
    for block in nodes.blocks_of(document):
        if not isinstance(block, nodes.Section | nodes.Paragraph | nodes.Table | nodes.Figure) or not block.anchor:
            continue
        place = block.origin.location if isinstance(block, nodes.Paragraph) and block.origin else block.location
        if block.anchor in numbers and block.anchor in named:
            message = f"another place in the paper has the name '{block.anchor}' already"
            problems.error("RG050", named[block.anchor], message, "give this one another name")
        elif block.anchor in numbers:
            message = f"two places have the name '{block.anchor}'; the other is at {places[block.anchor]}"
            problems.error("RG050", place, message, "give each its own name")
        numbers[block.anchor] = block.number.reference if block.number else ""
        places[block.anchor] = place
    return numbers


def _number_for(reference: nodes.CrossReference, numbers: Mapping[str, str], problems: Problems) -> str:
    """Return what a reference shows: the number of its target, or nothing for a page, which is not known yet."""
    target = reference.target
    if target not in numbers:
        hint = nearest(target, sorted(name for name, number in numbers.items() if number))
        hint = hint or "name a paragraph by ending it with {#name}"
        problems.error("RG051", reference.location, f"nothing in this paper has the name '{target}'", hint)
        return ""
    if reference.shows == "page":
        return ""
    if not numbers[target]:
        message = f"'{target}' has no number in this house, so it cannot be referred to"
        hint = "refer to a numbered paragraph, a section or an appendix, or to its page with page_of"
        problems.error("RG052", reference.location, message, hint)
    return numbers[target]


# ---- Pages ----


def names_pages(document: nodes.Document) -> bool:
    """Tell whether the text says on which page something is."""
    return any(
        isinstance(block, nodes.Contents)
        or any(
            isinstance(inline, nodes.CrossReference) and inline.shows == "page" for inline in nodes.inlines_of(block)
        )
        for block in nodes.blocks_of(document)
    )


def put_pages(document: nodes.Document, pages: Mapping[str, str]) -> nodes.Document:
    """Return the document with the pages, by anchor, in its contents and page references."""

    def in_contents(block: nodes.Block) -> nodes.Block:
        if not isinstance(block, nodes.Contents):
            return block
        return replace(block, entries=tuple(replace(one, page=pages.get(one.target, "")) for one in block.entries))

    def in_text(inline: nodes.Inline) -> nodes.Inline:
        if isinstance(inline, nodes.CrossReference) and inline.shows == "page":
            return replace(inline, text=pages.get(inline.target, ""))
        return inline

    return map_nodes(document, in_contents, in_text)
