"""The structure of a PDF as plain Python, and what makes that of WeasyPrint into the document's own.

WeasyPrint tells of boxes: a table on three pages is three tables, each with its header row, and
every line of a paragraph is an element. Here they become one table with one header row and one
paragraph, list items get their labels, and cells know the headers above and beside them. Contents,
notes, captions and what is to be entered, which it does not know, are made out by their HTML
here. Whatever is not in the structure afterwards (repeated header rows; the header and the footer of
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


class MarkedContent(NamedTuple):
    """A piece of marked content: the place of its page, from 0, and its number there (MCID)."""

    page: int
    number: int


class LinkAnnotation(NamedTuple):
    """A link's place on a page."""

    page: int
    written: Any
    """The annotation in the PDF."""
    reference: Any
    """What refers to it in the structure."""


@dataclass(slots=True, eq=False)
class StructureElement:
    """A structure element."""

    kind: str
    """As the PDF names it: "P", "TD"."""
    source: HtmlElement
    """Where it comes from."""
    page: int
    """The place of the page on which it begins, from 0."""
    written: Any = None
    """The element in the PDF."""
    kids: list[StructureElement | MarkedContent | LinkAnnotation] = field(default_factory=list)
    identifier: str = ""
    """Of a table's header, to which cells refer, or of a note."""
    scope: str = ""
    headers: tuple[StructureElement, ...] = ()
    """Of a table's cell: the headers that say what it is about."""
    is_group: bool = False
    """Whether it groups what must not stand apart, even if its kind says nothing."""
    numbering: str = ""
    """Of a list: how its items are labelled, in the words of PDF."""

    @property
    def elements(self) -> list[StructureElement]:
        """The elements directly in it."""
        return [kid for kid in self.kids if isinstance(kid, StructureElement)]

    def walk(self) -> Iterator[StructureElement]:
        """Yield it and every element in it, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from kid.walk()

    def html(self, name: str) -> str:
        """Return an attribute of its source, or nothing."""
        return self.source.get(name, "")

    def has_class(self, name: str) -> bool:
        """Return whether its source is of a class."""
        return is_of_class(self.source, name)

    def around(self, kind: str, *kids: StructureElement) -> StructureElement:
        """Return a new element of a kind for some of those in this one."""
        return StructureElement(kind, kids[0].source, kids[0].page, kids=list(kids))


def join_fragments(parent: StructureElement) -> None:
    """Join what a page break divided, and drop a table's header row on later pages."""
    kept: list[StructureElement | MarkedContent | LinkAnnotation] = []
    begun: dict[tuple[HtmlElement, str], tuple[StructureElement, int]] = {}
    for kid in parent.kids:
        if not isinstance(kid, StructureElement):
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
        if isinstance(kid, StructureElement):
            join_fragments(kid)


def _continues(fragment: StructureElement, last_page: int) -> bool:
    """Return whether it goes on with what has the same source. On one page, only what stands within lines does."""
    return fragment.page != last_page or fragment.kind in _WITHIN_LINES


def label_item(item: StructureElement) -> None:
    """Make the number or sign in the item's first paragraph the item's label (Lbl)."""
    first = next((element for body in item.elements for element in body.elements), None)
    if first is None or not first.kids:
        return
    marker = first.kids[0]
    if isinstance(marker, StructureElement) and marker.has_class("number"):
        del first.kids[0]
        marker.kind = "Lbl"
        item.kids.insert(0, marker)


def unwrap(parent: StructureElement) -> None:
    """Put what is in elements that say nothing in their place, and leave out what is empty."""
    kept: list[StructureElement | MarkedContent | LinkAnnotation] = []
    for kid in parent.kids:
        if not isinstance(kid, StructureElement):
            kept.append(kid)
            continue
        unwrap(kid)
        if kid.kind in _SAY_NOTHING and not kid.is_group:
            kept.extend(kid.kids)
        elif kid.kids or kid.kind in _MAY_BE_EMPTY:
            kept.append(kid)
    parent.kids = kept


def list_numbering(block: StructureElement) -> str:
    """Return how a list's items are labelled, in the words of PDF."""
    if block.source.tag == "ol":
        return _COUNTERS.get(block.html("type"), "Decimal")
    labels = [part for item in block.elements for part in item.elements if part.kind == "Lbl"]
    marker = text_of(labels[0].source) if labels else ""
    return _BULLETS.get(marker, "Disc")


def describe_table(table: StructureElement, number: int) -> None:
    """Give header cells a name and their scope, and the others their headers."""
    columns: dict[int, StructureElement] = {}
    headers = (cell for cell in table.walk() if cell.kind == "TH")
    for place, header in enumerate(headers, 1):
        header.identifier = f"table-{number}-header-{place}"
        header.scope = _SCOPES[header.html("scope")]
    for part in table.elements:
        group: StructureElement | None = None
        for row in part.elements:
            group = _describe_row(row, columns, group)


def _describe_row(
    row: StructureElement, columns: dict[int, StructureElement], group: StructureElement | None
) -> StructureElement | None:
    """Return the heading of the group that the next rows belong to; note the headers of columns."""
    begin = 0
    beside: StructureElement | None = None
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


def link_words(link: StructureElement, anchors: Mapping[str, HtmlElement], pages: Mapping[str, str]) -> str:
    """Return what a link is called: the heading or the note to which it leads, else its text, else the page."""
    name = link.html("href").removeprefix("#")
    target = anchors.get(name)
    if target is not None and (target.tag in HEADINGS or is_of_class(target, "note")):
        return text_of(target)
    return text_of(link.source) or pages.get(name, "")


def text_of(source: HtmlElement) -> str:
    """Return the words of an HTML element, with single spaces, without soft hyphens and without its notes."""
    return " ".join("".join(_texts_of(source)).replace("\u00ad", "").split())


def _texts_of(source: HtmlElement) -> Iterator[str]:
    yield source.text or ""
    for child in source:
        if not (is_of_class(child, "note") or is_of_class(child, "role-note-mark")):
            yield from _texts_of(child)
        yield child.tail or ""


def is_of_class(source: HtmlElement, name: str) -> bool:
    """Return whether an element of the HTML is of a class."""
    return name in source.get("class", "").split()


_IN_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct", "P": "NonStruct"}
"""What the parts of a list are in the list of contents; its lines are no paragraphs."""


def finish_structure_tree(root: StructureElement) -> None:
    """Make the structure of boxes the structure of the document."""
    notes = _take_notes(root)
    join_fragments(root)
    for whole in (root, *notes.values()):
        for link in (element for element in whole.walk() if element.kind == "Link"):
            _finish_link(link)
        for element in list(whole.walk()):
            _set_type(element)
    for whole in (root, *notes.values()):
        unwrap(whole)
    _put_notes(root, notes)
    for block in root.walk():
        if block.kind == "L":
            block.numbering = list_numbering(block)
    for number, table in enumerate((element for element in root.walk() if element.kind == "Table"), 1):
        describe_table(table, number)


def _set_type(element: StructureElement) -> None:
    if element.kind == "LI":
        label_item(element)
    elif element.source.tag == "nav":
        _finish_contents(element)
    elif element.source.tag == "figure" and any(kid.kind == "Caption" for kid in element.elements):
        element.kind = "Div"
        element.is_group = True
    elif element.kind == "Span" and (element.has_class("entry") or element.has_class("box")):
        element.kind = "Form"


def _finish_link(link: StructureElement) -> None:
    """Make words that CSS adds to a link the link's own: to WeasyPrint they are a link within it."""
    kids: list[StructureElement | MarkedContent | LinkAnnotation] = []
    for kid in link.kids:
        if isinstance(kid, StructureElement) and kid.kind == "Link":
            kids.extend(added for added in kid.kids if isinstance(added, MarkedContent))
        else:
            kids.append(kid)
    link.kids = kids


def _finish_contents(contents: StructureElement) -> None:
    for element in list(contents.walk()):
        if element.kind == "LI":
            label_item(element)
        if element.kind in {"L", "LI", "LBody"} or element.source.tag == "p":
            element.kind = _IN_CONTENTS[element.kind]
        _refer(element)


def _refer(parent: StructureElement) -> None:
    """Turn links in it to other parts of the document into references to those parts."""
    parent.kids = [
        parent.around("Reference", kid) if isinstance(kid, StructureElement) and kid.kind == "Link" else kid
        for kid in parent.kids
    ]


def _take_notes(root: StructureElement) -> dict[str, StructureElement]:
    """Take the notes out of the feet of the pages; by their anchors."""
    notes: dict[str, StructureElement] = {}
    kept: list[StructureElement | MarkedContent | LinkAnnotation] = []
    for kid in root.kids:
        if not isinstance(kid, StructureElement) or not kid.has_class("note"):
            kept.append(kid)
        elif kid.html("id") in notes:
            notes[kid.html("id")].kids.extend(kid.kids)
        else:
            notes[kid.html("id")] = kid
            kid.kind, kid.identifier = "Note", kid.html("id")
    root.kids = kept
    return notes


def _put_notes(root: StructureElement, notes: dict[str, StructureElement]) -> None:
    """Put each note at the end of the paragraph, heading or caption that calls it, where it is read."""
    for parent in list(root.walk()):
        called = [kid for kid in parent.elements if kid.has_class("role-note-mark")]
        for mark in called:
            parent.kids[parent.kids.index(mark)] = parent.around("Reference", mark)
        for mark in called:
            note = notes[mark.html("href").removeprefix("#")]
            back = note.elements[0]
            note.kids[note.kids.index(back)] = note.around("Lbl", back)
            parent.kids.append(note)
