"""What stands at the head and foot of every page beside a letterhead: the same rule for Word and PDF."""

from __future__ import annotations

from reportgen.house.letterhead import BandKind, Letterhead, Pages
from reportgen.tree import Document, Inlines


def running_words(document: Document, letterhead: Letterhead | None, kind: BandKind, pages: Pages) -> Inlines:
    """The document's own header, which the first page never has, or its footer, which stands below a letterhead's.

    A letterhead that says the number of the page, on whatever page, leaves no room for ours.
    """
    if kind == "header":
        return () if pages == "first" else document.header
    return () if letterhead is not None and letterhead.counts_pages else document.footer
