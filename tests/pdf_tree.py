"""Reads the structure of a PDF as a screen reader does: elements, and the text that belongs to each."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Place = tuple[int, int]
"""A piece of content: its page, from 0, and its number there."""


@dataclass(eq=False)
class Node:
    """A structure element."""

    kind: str
    number: int
    """Of its object in the file."""
    attributes: dict[str, Any]
    """Its entries and those of its attribute dictionary that are no structure: "ID", "Alt", "Scope", "Headers"."""
    children: list[Node] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    """The content directly in it."""
    texts: list[str] = field(default_factory=list)
    """The text of everything in it, in reading order, a piece of content each."""
    links: list[int] = field(default_factory=list)
    """The objects of the annotations directly in it."""

    @property
    def text(self) -> str:
        """The text of everything in it, with single spaces."""
        return " ".join("".join(self.texts).split())

    def walk(self) -> Iterator[Node]:
        """It and every element in it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *kinds: str) -> list[Node]:
        """The elements of some kinds in it, in reading order."""
        return [node for node in self.walk() if node.kind in kinds]

    def pages(self) -> set[int]:
        """The pages on which any of it stands."""
        return {page for node in self.walk() for page, _ in node.places}

    def shape(self) -> Any:
        """The kinds of elements alone, nested: "P", or ("LI", "Lbl", ("LBody", "P"))."""
        return (self.kind, *(child.shape() for child in self.children)) if self.children else self.kind


@dataclass(frozen=True)
class Drawn:
    """A beginning of marked content on a page."""

    kind: str
    number: int | None
    inside: tuple[str, ...]
    """The kinds of marked content around it."""


def read_tree(pdf: bytes) -> Node:
    """The element of the whole document."""
    opened = pikepdf.open(io.BytesIO(pdf))
    texts = _texts_by_place(pdf)
    pages = {page.obj.objgen: place for place, page in enumerate(opened.pages)}

    def read(written: Any) -> Node:
        node = Node(str(written.S)[1:], written.objgen[0], _attributes_of(written))
        for kid in _kids(written):
            if isinstance(kid, int) or "/MCID" in kid:
                in_place = isinstance(kid, int)
                place = (pages[(written if in_place else kid).Pg.objgen], kid if in_place else int(kid.MCID))
                node.places.append(place)
                node.texts.append(texts[place])
            elif "/Obj" in kid:
                node.links.append(kid.Obj.objgen[0])
            else:
                assert kid.P.objgen == written.objgen, "an element's parent is not the element that holds it"
                child = read(kid)
                node.children.append(child)
                node.texts += child.texts
        return node

    (root,) = _kids(opened.Root.StructTreeRoot)
    return read(root)


def count_kinds(root: Node) -> Counter[str]:
    """How many elements of each kind there are."""
    return Counter(node.kind for node in root.walk())


def owners_of(pdf: bytes) -> dict[Place, int]:
    """By the parent tree, the object of the element to which each piece of content belongs."""
    opened = pikepdf.open(io.BytesIO(pdf))
    entries = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, entries[::2]), entries[1::2], strict=True))
    return {
        (place, number): owner.objgen[0]
        for place, page in enumerate(opened.pages)
        for number, owner in enumerate(owners[int(page.obj.StructParents)])
        if owner is not None
    }


def drawn_on(page: pikepdf.Page) -> list[Drawn]:
    """The marked content of a page, in the order in which it is drawn."""
    found, open_now = [], []
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BDC" | "BMC":
                operands = list(instruction.operands)
                about = operands[1] if len(operands) > 1 else {}
                number = int(about["/MCID"]) if "/MCID" in about else None
                found.append(Drawn(str(operands[0])[1:], number, tuple(open_now)))
                open_now.append(found[-1].kind)
            case "EMC":
                open_now.pop()
    assert not open_now
    return found


def plain(value: Any) -> Any:
    """A PDF value as Python's own."""
    if isinstance(value, pikepdf.Array):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return float(value)
    return str(value).removeprefix("/") if isinstance(value, pikepdf.Object) else value


def _attributes_of(written: Any) -> dict[str, Any]:
    entries = {key: value for key, value in written.items() if key not in {"/A", "/K", "/P", "/Pg", "/S", "/Type"}}
    return {key[1:]: plain(value) for key, value in (entries | dict(written.get("/A", {}))).items()}


def _kids(written: Any) -> list[Any]:
    kids = written.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _texts_by_place(pdf: bytes) -> dict[Place, str]:
    texts: dict[Place, str] = defaultdict(str)
    opened = pdfium.PdfDocument(pdf)
    for place, page in enumerate(opened):
        for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()):
            texts[place, pdfium_c.FPDFPageObj_GetMarkedContentID(drawn.raw)] += drawn.extract()
    opened.close()
    return texts
