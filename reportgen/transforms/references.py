"""What leads to other places in the paper: the list of contents, cross-references, and the pages that both name.

A reference that points nowhere is an error where it stands. Pages are known only once the paper has been laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportgen import tree
from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house.style import Numbering
from reportgen.transforms.rebuilding import rebuild

# ---- Contents ----


def list_contents(document: tree.Document, numbering: Numbering) -> tree.Document:
    """The document with the entries of its contents, if it has any. Numbers must have been given before."""
    depth = max((block.depth for block in tree.blocks_of(document) if isinstance(block, tree.Contents)), default=0)
    if not depth:
        return document
    named = _name_sections(document, depth)
    entries = tuple(_entries((*named.body, *named.appendices), 1, numbering))

    def fill(block: tree.Block) -> tree.Block:
        if not isinstance(block, tree.Contents):
            return block
        return replace(block, entries=tuple(entry for entry in entries if entry.level <= block.depth))

    return rebuild(named, fill)


def _name_sections(document: tree.Document, depth: int) -> tree.Document:
    """The document with an anchor on each section down to a depth."""
    taken = {block.anchor for block in tree.blocks_of(document) if isinstance(block, tree.Section) and block.anchor}

    def named(blocks: tree.Blocks, level: int) -> tree.Blocks:
        return tuple(with_name(block, level) if isinstance(block, tree.Section) else block for block in blocks)

    def with_name(section: tree.Section, level: int) -> tree.Section:
        anchor = section.anchor or _free_name(tree.plain_text(section.heading), taken)
        taken.add(anchor)
        children = named(section.children, level + 1) if level < depth else section.children
        return replace(section, anchor=anchor, children=children)

    body = named(document.body, 1)
    return replace(document, body=body, appendices=tuple(with_name(one, 1) for one in document.appendices))


def _free_name(heading: str, taken: set[str]) -> str:
    """A name made of the heading's words that no other section has."""
    words = "-".join(re.findall(r"[a-z0-9]+", heading.casefold())) or "section"
    name, count = f"section-{words}", 1
    while name in taken:
        count += 1
        name = f"section-{words}-{count}"
    return name


def _entries(blocks: tree.Blocks, level: int, numbering: Numbering) -> Iterator[tree.ContentsEntry]:
    for section in blocks:
        if not isinstance(section, tree.Section) or not section.anchor:
            continue
        text, number = tree.plain_text(section.heading), section.number.text if section.number else ""
        if section.role == "appendix" and number:  # it is part of the title, too long to stand in a column
            text, number = f"{number}{numbering.appendix_separator}{text}", ""
        yield tree.ContentsEntry(level, number, text, section.anchor)
        yield from _entries(section.children, level + 1, numbering)


# ---- References ----


def resolve_references(
    document: tree.Document, problems: Problems, named: Mapping[str, Location] | None = None
) -> tree.Document:
    """The document with the text of every cross-reference filled in.

    `named` is where the author gave names: a template prints them, but it is the author who can change them.
    """
    numbers = _numbers_by_anchor(document, named or {}, problems)

    def resolve(inline: tree.Inline) -> tree.Inline:
        if isinstance(inline, tree.CrossReference):
            return replace(inline, text=_number_for(inline, numbers, problems))
        return inline

    return rebuild(document, inline=resolve)


def _numbers_by_anchor(document: tree.Document, named: Mapping[str, Location], problems: Problems) -> dict[str, str]:
    numbers: dict[str, str] = {}
    places: dict[str, Location] = {}
    for block in tree.blocks_of(document):
        if not isinstance(block, tree.Section | tree.Paragraph | tree.Table | tree.Figure) or not block.anchor:
            continue
        place = block.origin.location if isinstance(block, tree.Paragraph) and block.origin else block.location
        if block.anchor in numbers and block.anchor in named:
            message = f"another place in the paper has the name '{block.anchor}' already"
            problems.error("RG050", named[block.anchor], message, "give this one another name")
        elif block.anchor in numbers:
            message = f"two places have the name '{block.anchor}'; the other is at {places[block.anchor]}"
            problems.error("RG050", place, message, "give each its own name")
        numbers[block.anchor] = block.number.reference if block.number else ""
        places[block.anchor] = place
    return numbers


def _number_for(reference: tree.CrossReference, numbers: Mapping[str, str], problems: Problems) -> str:
    """What a reference shows by now: the number of its target; nothing for a page, which is not known yet."""
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


def names_pages(document: tree.Document) -> bool:
    """Whether the text says on which page something is."""
    return any(
        isinstance(block, tree.Contents)
        or any(isinstance(inline, tree.CrossReference) and inline.shows == "page" for inline in tree.inlines_of(block))
        for block in tree.blocks_of(document)
    )


def put_pages(document: tree.Document, pages: Mapping[str, str]) -> tree.Document:
    """The document with the pages, by anchor, in its contents and page references."""

    def in_contents(block: tree.Block) -> tree.Block:
        if not isinstance(block, tree.Contents):
            return block
        return replace(block, entries=tuple(replace(one, page=pages.get(one.target, "")) for one in block.entries))

    def in_text(inline: tree.Inline) -> tree.Inline:
        if isinstance(inline, tree.CrossReference) and inline.shows == "page":
            return replace(inline, text=pages.get(inline.target, ""))
        return inline

    return rebuild(document, in_contents, in_text)
