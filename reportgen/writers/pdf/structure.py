"""The last pass over a PDF: its structure becomes the document's, and what is no content is marked so.

The structure elements that WeasyPrint wrote are read, put right in Python (`structure_types`) and
written back; the parent tree, in which readers look up what a piece of a page belongs to, is
made anew. What belongs to nothing becomes an artifact, which screen readers pass over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element as HtmlElement

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from reportgen.writers.pdf.structure_types import (
    LinkAnnotation,
    MarkedContent,
    StructureElement,
    finish_structure_tree,
    link_words,
)
from reportgen.writers.pdf.weasyprint_patch import LABEL

_POINTS_PER_PIXEL = 0.75
_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
"""The beginning of a piece of marked content, as WeasyPrint writes it. Texts are hexadecimal, so none looks like it."""
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


class UnknownStructure(Exception):
    """WeasyPrint wrote the structure in another way than it used to: our code must follow it."""


def finish_structure(pdf: bytes, sources: Sequence[HtmlElement], pages: Mapping[str, str]) -> bytes:
    """Return the PDF with one structure element for each part of the document.

    The sources are what its labels number; `pages` are the numbers of the pages by anchor.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tree = opened.Root.StructTreeRoot
        root = _StructureReader(opened, sources).read_root(tree.K[0])
        finish_structure_tree(root)
        _StructureWriter(opened, root, sources, pages).write(tree)
        opened.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        finished = io.BytesIO()
        opened.save(finished, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return finished.getvalue()


class _StructureReader:
    """Reads the structure elements of a PDF."""

    def __init__(self, opened: Pdf, sources: Sequence[HtmlElement]) -> None:
        self._sources = sources
        self._pages = {page.obj.objgen: place for place, page in enumerate(opened.pages)}

    def read_root(self, written: Any) -> StructureElement:
        """Return the element of the whole document and all in it."""
        root = StructureElement("Document", HtmlElement("html"), 0, written)
        for kid in written.K:
            # The foot of a page comes from no element of the HTML, but the notes in it do.
            foot = "/" + LABEL not in kid and Name.NonStruct == kid.S
            root.kids += [self._read(part, 0) for part in (kid.K if foot else [kid])]
        return root

    def _read(self, written: Any, page: int) -> StructureElement | MarkedContent | LinkAnnotation:
        if isinstance(written, int):
            return MarkedContent(page, written)
        if "/Obj" in written:
            return LinkAnnotation(page, written.Obj, written)
        kind = str(written.S)[1:]
        page = self._pages[written.Pg.objgen]
        label = written.get("/" + LABEL)
        if label is None:
            return self._read_run(written, kind, page)
        element = StructureElement(kind, self._sources[int(label)], page, written)
        element.kids = [self._read(kid, page) for kid in written.K]
        return element

    def _read_run(self, written: Any, kind: str, page: int) -> MarkedContent:
        """Return the content of a run of text on one line, the only thing that is an element but comes from no box."""
        kids = list(written.K)
        if kind != "Span" or len(kids) != 1 or not isinstance(kids[0], int):
            raise UnknownStructure(f"a {kind} has no label")
        return MarkedContent(page, kids[0])


class _StructureWriter:
    """Writes the finished structure back into the PDF."""

    def __init__(
        self, opened: Pdf, root: StructureElement, sources: Sequence[HtmlElement], page_numbers: Mapping[str, str]
    ) -> None:
        self._opened = opened
        self._root = root
        self._page_numbers = page_numbers
        self._pages = [page.obj for page in opened.pages]
        self._anchors: Mapping[str, HtmlElement] = {source.get("id", ""): source for source in sources}
        self._owners: dict[MarkedContent, Any] = {}
        """The element that each piece of content belongs to."""
        self._links: list[tuple[LinkAnnotation, Any]] = []
        """The links and the elements they belong to."""

    def write(self, tree: Any) -> None:
        """Put the structure, and nothing else, into the structure tree."""
        self._write_element(self._root, tree)
        for page in range(len(self._pages)):
            self._mark_artifacts(page)
        self._drop_links_outside()
        tree.ParentTree = self._parent_tree()
        named = {element.identifier: element.written for element in self._root.walk() if element.identifier}
        if named:
            tree.IDTree = Dictionary(Names=Array([part for pair in sorted(named.items()) for part in pair]))

    def _write_element(self, element: StructureElement, parent: Any) -> None:
        if element.written is None:
            made = Dictionary(Type=Name.StructElem, Pg=self._pages[element.page])
            element.written = self._opened.make_indirect(made)
        written = element.written
        written.P = parent
        written.S = Name("/" + element.kind)
        if "/" + LABEL in written:
            del written["/" + LABEL]
        written.K = Array([self._write_kid(kid, element) for kid in element.kids])
        self._write_attributes(element)

    def _write_kid(self, kid: StructureElement | MarkedContent | LinkAnnotation, parent: StructureElement) -> Any:
        match kid:
            case StructureElement():
                self._write_element(kid, parent.written)
                return kid.written
            case LinkAnnotation():
                kid.written.Contents = String(link_words(parent, self._anchors, self._page_numbers))
                self._links.append((kid, parent.written))
                return kid.reference
            case MarkedContent():
                self._owners[kid] = parent.written
                if kid.page == parent.page:
                    return kid.number
                return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.number)

    def _write_attributes(self, element: StructureElement) -> None:
        written = element.written
        match element.kind:
            case "L":
                written.A = Dictionary(O=Name.List, ListNumbering=Name("/" + element.numbering))
            case "TH" | "TD":
                written.A = _cell_attributes(element)
            case "Form":
                written.A = _form_field_attributes(element)
            case "Figure":
                written.A.BBox = _turned_over(written.A.BBox, self._pages[element.page].MediaBox)
        if element.identifier:
            written.ID = String(element.identifier)

    def _mark_artifacts(self, page: int) -> None:
        """Mark as artifacts what is drawn on the page but belongs to no element."""
        drawn = self._pages[page].Contents
        found: set[int] = set()

        def mark(beginning: re.Match[bytes]) -> bytes:
            number = int(beginning[1])
            found.add(number)
            return beginning[0] if MarkedContent(page, number) in self._owners else _ARTIFACT

        drawn.write(_MARKED.sub(mark, drawn.read_bytes()))
        if missing := {content.number for content in self._owners if content.page == page} - found:
            raise UnknownStructure(f"nothing is marked as content {min(missing)} of page {page + 1}")

    def _drop_links_outside(self) -> None:
        """Drop links in repeated header rows, headers and footers: a link must belong to an element."""
        inside = {link.written.objgen for link, _ in self._links}
        for page in self._pages:
            if "/Annots" in page:
                page.Annots = Array([one for one in page.Annots if one.objgen in inside])

    def _parent_tree(self) -> Any:
        """Return the elements of each page's content by number, and after the pages those of the links."""
        numbers: list[Any] = []
        for place, page in enumerate(self._pages):
            page.StructParents = place
            owners = {content.number: owner for content, owner in self._owners.items() if content.page == place}
            last = max(owners, default=-1)
            numbers += [place, Array([owners.get(number) for number in range(last + 1)])]
        for place, (link, owner) in enumerate(self._links, len(self._pages)):
            link.written.StructParent = place
            numbers += [place, owner]
        return self._opened.make_indirect(Dictionary(Nums=Array(numbers)))


def _cell_attributes(cell: StructureElement) -> Any:
    attributes = Dictionary(O=Name.Table)
    if span := cell.html("colspan"):
        attributes.ColSpan = int(span)
    if cell.scope:
        attributes.Scope = Name("/" + cell.scope)
    if cell.headers:
        attributes.Headers = Array([String(header.identifier) for header in cell.headers])
    return attributes


def _form_field_attributes(entry: StructureElement) -> Any:
    """Return what is entered here, for there is no form field to say it (ISO 32000-1, table 348)."""
    if entry.has_class("box"):
        state = Name.on if entry.html("aria-checked") == "true" else Name.off
        return Dictionary(O=Name.PrintField, Role=Name.cb, checked=state, Desc=String(entry.html("aria-label")))
    return Dictionary(O=Name.PrintField, Role=Name.tv, Desc=String(entry.html("title")))


def _turned_over(box: Any, page: Any) -> Any:
    """Return a picture's place from the bottom of the page in points; WeasyPrint gives it from the top in pixels."""
    left, top, right, bottom = (float(edge) * _POINTS_PER_PIXEL for edge in box)
    height = float(page[3])
    return Array([round(edge, 3) for edge in (left, height - bottom, right, height - top)])
