"""Puts the numbers of pages where the text names them. They are known only once the paper has been laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.transforms.rebuilding import rebuild
from reportgen.tree import Block, Contents, CrossReference, Document, Inline, blocks_of, inlines_of


def names_pages(document: Document) -> bool:
    """Whether the text says on which page something is."""
    return any(
        isinstance(block, Contents)
        or any(isinstance(inline, CrossReference) and inline.shows == "page" for inline in inlines_of(block))
        for block in blocks_of(document)
    )


def put_pages(document: Document, pages: Mapping[str, str]) -> Document:
    """The document with the pages, by anchor, in its contents and page references."""

    def in_contents(block: Block) -> Block:
        if not isinstance(block, Contents):
            return block
        return replace(block, entries=tuple(replace(one, page=pages.get(one.target, "")) for one in block.entries))

    def in_text(inline: Inline) -> Inline:
        if isinstance(inline, CrossReference) and inline.shows == "page":
            return replace(inline, text=pages.get(inline.target, ""))
        return inline

    return rebuild(document, in_contents, in_text)
