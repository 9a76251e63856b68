"""The structure of a PDF as plain Python, and what makes that of WeasyPrint into the document's own.

WeasyPrint tells of boxes: a table on three pages is three tables, each with its header row, and
every line of a paragraph is an element. Here they become one table with one header row and one
paragraph, list items get their labels, and cells know the headers above and beside them. Contents,
notes, captions and what is to be entered, which it does not know, are made out by their HTML
(`kinds`). Whatever is not in the structure afterwards (repeated header rows; the header and the footer of
the pages never were) is no content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element as HtmlElement

_SAY_NOTHING = frozenset({"Div", "NonStruct", "Span"})
"""Kinds that only group: what they hold may as well stand in the element around them."""
_WITHIN_LINES = frozenset({"Link", "Span"})
_MAY_BE_EMPTY = frozenset({"TD", "TH"})
_SCOPES = MappingProxyType({"col": "Column", "row": "Row", "rowgroup": "Column"})
"""By the HTML's scope. A group's heading spans all columns and is about the rows below it."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_COUNTERS = MappingProxyType({"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"})
"""By the HTML's type of ordered list; others are decimal."""
_BULLETS = MappingProxyType({"◦": "Circle", "○": "Circle", "▪": "Square", "■": "Square"})
"""Any other sign counts as a disc: PDF 1.7 knows no more of them."""


class Content(NamedTuple):
    """A piece of marked content: the place of its page, from 0, and its number there (MCID)."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link's place on a page."""

    page: int
    written: Any
    """The annotation in the PDF."""
    reference: Any
    """What refers to it in the structure."""


@dataclass(slots=True, eq=False)
class Element:
    """A structure element."""

    kind: str
    """As the PDF names it: "P", "TD"."""
    source: HtmlElement
    """Where it comes from."""
    page: int
    """The place of the page on which it begins, from 0."""
    written: Any = None
    """The element in the PDF."""
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    identifier: str = ""
    """Of a table's header, to which cells refer, or of a note."""
    scope: str = ""
    headers: tuple[Element, ...] = ()
    """Of a table's cell: the headers that say what it is about."""
    is_group: bool = False
    """Whether it groups what must not stand apart, even if its kind says nothing."""
    numbering: str = ""
    """Of a list: how its items are labelled, in the words of PDF."""

    @property
    def elements(self) -> list[Element]:
        """The elements directly in it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """It and every element in it, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def html(self, name: str) -> str:
        """An attribute of its source, or nothing."""
        return self.source.get(name, "")

    def has_class(self, name: str) -> bool:
        """Whether its source is of a class."""
        return is_of_class(self.source, name)

    def around(self, kind: str, *kids: Element) -> Element:
        """A new element of a kind for some of those in this one."""
        return Element(kind, kids[0].source, kids[0].page, kids=list(kids))


def join_fragments(parent: Element) -> None:
    """What a page break divided becomes one again, and a table's header row on later pages goes."""
    kept: list[Element | Content | Annotation] = []
    begun: dict[tuple[HtmlElement, str], tuple[Element, int]] = {}
    for kid in parent.kids:
        if not isinstance(kid, Element):
            kept.append(kid)
            continue
        key = (kid.source, kid.kind)
        first, last_page = begun.get(key, (kid, -1))
        if first is kid or not _continues(kid, last_page):
            first = kid
            kept.append(kid)
        elif kid.kind != "THead":
            first.kids.extend(kid.kids)
        begun[key] = (first, kid.page)
    parent.kids = kept
    for kid in kept:
        if isinstance(kid, Element):
            join_fragments(kid)


def _continues(fragment: Element, last_page: int) -> bool:
    """Whether it goes on with what has the same source. On one page, only what stands within lines does."""
    return fragment.page != last_page or fragment.kind in _WITHIN_LINES


def label_item(item: Element) -> None:
    """The number or sign in the item's first paragraph becomes the item's label (Lbl)."""
    first = next((element for body in item.elements for element in body.elements), None)
    if first is None or not first.kids:
        return
    sign = first.kids[0]
    if isinstance(sign, Element) and sign.has_class("number"):
        del first.kids[0]
        sign.kind = "Lbl"
        item.kids.insert(0, sign)


def unwrap(parent: Element) -> None:
    """Puts what is in elements that say nothing in their place, and leaves out what is empty."""
    kept: list[Element | Content | Annotation] = []
    for kid in parent.kids:
        if not isinstance(kid, Element):
            kept.append(kid)
            continue
        unwrap(kid)
        if kid.kind in _SAY_NOTHING and not kid.is_group:
            kept.extend(kid.kids)
        elif kid.kids or kid.kind in _MAY_BE_EMPTY:
            kept.append(kid)
    parent.kids = kept


def numbering_of(block: Element) -> str:
    if block.source.tag == "ol":
        return _COUNTERS.get(block.html("type"), "Decimal")
    labels = [part for item in block.elements for part in item.elements if part.kind == "Lbl"]
    sign = text_of(labels[0].source) if labels else ""
    return _BULLETS.get(sign, "Disc")


def describe_table(table: Element, number: int) -> None:
    """Gives header cells a name and their scope, and the others their headers."""
    columns: dict[int, Element] = {}
    headers = (cell for cell in table.walk() if cell.kind == "TH")
    for place, header in enumerate(headers, 1):
        header.identifier = f"table-{number}-header-{place}"
        header.scope = _SCOPES[header.html("scope")]
    for part in table.elements:
        group: Element | None = None
        for row in part.elements:
            group = _describe_row(row, columns, group)


def _describe_row(row: Element, columns: dict[int, Element], group: Element | None) -> Element | None:
    """Takes and gives the heading of the group of rows; notes the headers of columns."""
    begin = 0
    beside: Element | None = None
    for cell in row.elements:
        places = range(begin, begin + int(cell.html("colspan") or 1))
        begin = places.stop
        match cell.html("scope"):
            case "":
                above = (columns.get(place) for place in places)
                cell.headers = tuple(header for header in (beside, group, *above) if header is not None)
            case "row":
                beside = cell
            case "rowgroup":
                group = cell
            case _:
                columns.update(dict.fromkeys(places, cell))
    return group


def link_words(link: Element, anchors: Mapping[str, HtmlElement], pages: Mapping[str, str]) -> str:
    """What a link is called: the heading or the note to which it leads, else its text, else the page."""
    name = link.html("href").removeprefix("#")
    target = anchors.get(name)
    if target is not None and (target.tag in HEADINGS or is_of_class(target, "note")):
        return text_of(target)
    return text_of(link.source) or pages.get(name, "")


def text_of(source: HtmlElement) -> str:
    """What an element of the HTML says, with single spaces and without soft hyphens; its notes are not part of it."""
    return " ".join("".join(_texts_of(source)).replace("\u00ad", "").split())


def _texts_of(source: HtmlElement) -> Iterator[str]:
    yield source.text or ""
    for child in source:
        if not (is_of_class(child, "note") or is_of_class(child, "role-note-mark")):
            yield from _texts_of(child)
        yield child.tail or ""


def is_of_class(source: HtmlElement, name: str) -> bool:
    """Whether an element of the HTML is of a class."""
    return name in source.get("class", "").split()
