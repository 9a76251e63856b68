"""Says which element of the HTML each structure element of the PDF was made from.

WeasyPrint makes a structure element for each box, and a box ends where the page ends. That two
of them are the same paragraph can only be known while they are made, and WeasyPrint has no
public way to ask. So this is the one place that reaches into it: the function that makes the
structure is wrapped for as long as one document is written, and must be looked at again with
every new version of WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

from weasyprint.pdf import tags

LABEL = "ReportgenSource"
"""The key, in a structure element's dictionary, of the place of its HTML element among the sources."""

_one_at_a_time = Lock()
"""The wrapped function is the process's: of two documents in two threads, the second waits."""


@contextmanager
def label_elements() -> Iterator[Sequence[HtmlElement]]:
    """Let WeasyPrint label the structure of the one document it writes, and give the sources as they come."""
    sources: list[HtmlElement] = []
    places: dict[HtmlElement, int] = {}

    def labelled(elements: Iterable[dict[str, Any]], source: HtmlElement | None) -> Iterator[dict[str, Any]]:
        for element in elements:
            # What is made of the boxes inside comes out here again, labelled already.
            if source is not None and LABEL not in element:
                if source not in places:
                    places[source] = len(sources)
                    sources.append(source)
                element[LABEL] = places[source]
            yield element

    with _one_at_a_time:
        build = tags._build_box_tree
        tags._build_box_tree = lambda box, *others: labelled(build(box, *others), box.element)
        try:
            yield sources
        finally:
            tags._build_box_tree = build
