"""The HTML of a document as a tree, and what a reader sees of it."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement

from reportgen.document import Block, Document
from reportgen.house import House
from reportgen.writers import html
from reportgen.writers.html.elements import Medium
from tests.unit.writers.sample_tree import document_of


def rendered(document: Document, house: House, medium: Medium) -> HtmlElement:
    """The HTML of a document."""
    return lxml.html.document_fromstring(html.render_html(document, house, medium))


def rendered_blocks(*blocks: Block, house: House, medium: Medium = Medium.SCREEN) -> HtmlElement:
    """What is made of some blocks."""
    return rendered(document_of(*blocks), house, medium).find(".//body")


def words(element: HtmlElement) -> str:
    """What an element says, with single spaces."""
    return " ".join(element.text_content().split())


def one(element: HtmlElement, path: str) -> HtmlElement:
    """The only element that a path leads to."""
    found = element.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)}"
    return found[0]
