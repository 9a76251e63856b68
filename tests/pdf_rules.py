"""What must hold of the structure of every PDF: the same parts as the tree, in its order, each with what it needs.

`broken_rules` says what does not, so that a test can also show that it would be found.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest

import pikepdf

from reportgen.document import Document
from reportgen.house import House
from tests.documents.reading import squeeze
from tests.pdf_parts import Part, parts_of_document
from tests.pdf_tree import Node, drawn_on, owners_of, read_tree

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_MAY_HOLD: Mapping[str, frozenset[str]] = {
    "TOC": frozenset({"TOCI"}),
    "TOCI": frozenset({"Lbl", "Reference", "TOC"}),
    "Reference": frozenset({"Link"}),
    "L": frozenset({"LI"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "Table": frozenset({"Caption", "THead", "TBody"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
    "Link": frozenset(),
    "Lbl": frozenset({"Link"}),
    "Figure": frozenset(),
    "Form": frozenset(),
}
"""What some kinds of element may hold (ISO 32000-1, 14.8.4); others may hold anything."""
_ORDER = {"Table": ("Caption", "THead", "TBody"), "LI": ("Lbl", "LBody"), "TOCI": ("Lbl", "Reference", "TOC")}


def broken_rules(pdf: bytes, document: Document, house: House) -> list[str]:
    """What is wrong with a PDF of the document, in words; empty if nothing is."""
    root = read_tree(pdf)
    return [
        *_other_parts(root, parts_of_document(document, house, pages_of_anchors(pdf))),
        *_wrong_nesting(root),
        *_skipped_headings(root),
        *_missing_properties(root),
        *_shared_names(root),
        *_unowned_content(pdf, root),
    ]


def pages_of_anchors(pdf: bytes) -> dict[str, str]:
    """The number of the page on which each anchor stands, by the file's own destinations."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: str(place) for place, page in enumerate(opened.pages, 1)}
        names = opened.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
        entries = list(names)
        return {str(name): pages[place[0].objgen] for name, place in zip(entries[::2], entries[1::2], strict=True)}


# ---- The parts ----


def parts_of_pdf(root: Node) -> Iterator[Part]:
    """What a screen reader comes upon, in order."""
    for node in root.walk():
        match node.kind:
            case "P" | "Caption" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6":
                if text := _own_text(node):
                    yield Part(node.kind, text)
            case "Note":
                yield Part("Note", squeeze(node.text))
            case "Lbl" if not node.all("Link"):
                yield Part("Lbl", squeeze(node.text))
            case "TOCI":
                (line,) = [child for child in node.children if child.kind == "Reference"]
                yield Part("TOCI", squeeze(line.text))
            case "Figure":
                yield Part("Figure", squeeze(str(node.attributes.get("Alt", ""))))


def _own_text(node: Node) -> str:
    """Its text without that of the notes that it calls, which stand at its end."""
    texts = list(node.texts)
    for note in reversed([child for child in node.children if child.kind == "Note"]):
        del texts[len(texts) - len(note.texts) :]
    return squeeze("".join(texts))


def _comparable(part: Part) -> Part:
    """Without ligatures, and what is written from right to left in any order: a PDF holds it as drawn."""
    text = unicodedata.normalize("NFKC", part.text)
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text):
        text = "".join(sorted(text))
    return Part(part.kind, text)


def _other_parts(root: Node, expected: Iterator[Part]) -> Iterator[str]:
    """The first part at which the PDF is not the document; what follows would all be different."""
    nothing = Part("nothing", "")
    for found, wanted in zip_longest(
        map(_comparable, parts_of_pdf(root)), map(_comparable, expected), fillvalue=nothing
    ):
        if found != wanted:
            yield f"{wanted.kind} '{wanted.text}' was expected, but there is {found.kind} '{found.text}'"
            return


# ---- Each element ----


def _wrong_nesting(root: Node) -> Iterator[str]:
    for node in root.walk():
        kinds = [child.kind for child in node.children]
        for kind in kinds:
            if kind not in _MAY_HOLD.get(node.kind, {kind}):
                yield f"{kind} in {node.kind}"
        order = _ORDER.get(node.kind, ())
        places = [order.index(kind) for kind in kinds if kind in order]
        if places != sorted(places):
            yield f"{node.kind} holds {', '.join(kinds)} in this order"


def _skipped_headings(root: Node) -> Iterator[str]:
    levels = [0, *(int(node.kind[1]) for node in root.all(*HEADINGS))]
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"


def _missing_properties(root: Node) -> Iterator[str]:
    for node in root.walk():
        about = node.attributes
        match node.kind:
            case "Figure":
                if not about.get("Alt"):
                    yield "Figure without Alt"
                if len(about.get("BBox", ())) != 4:
                    yield "Figure without BBox"
            case "TH":
                if about.get("Scope") not in {"Row", "Column"}:
                    yield f"TH '{node.text}' without Scope"
                if not about.get("ID"):
                    yield f"TH '{node.text}' without ID"
            case "L":
                if not about.get("ListNumbering"):
                    yield "L without ListNumbering"
            case "Note":
                if not about.get("ID"):
                    yield f"Note '{node.text}' without ID"
            case "Form":
                if about.get("Role") not in {"cb", "tv"} or not about.get("Desc"):
                    yield f"Form '{node.text}' does not say what it is for"
            case "Link":
                if not node.links:
                    yield f"Link '{node.text}' leads nowhere"


def _shared_names(root: Node) -> Iterator[str]:
    names = Counter(node.attributes["ID"] for node in root.walk() if "ID" in node.attributes)
    yield from (f"{count} elements have the ID {name}" for name, count in names.items() if count > 1)
    for cell in root.all("TD", "TH"):
        for name in cell.attributes.get("Headers", []):
            if name not in names:
                yield f"{cell.kind} '{cell.text}' has a header {name} that is nowhere"


# ---- What is drawn ----


def _unowned_content(pdf: bytes, root: Node) -> Iterator[str]:
    """Content is marked once and belongs to the one element that holds it; all else is an artifact."""
    held = {place: node.number for node in root.walk() for place in node.places}
    if len(held) != sum(len(node.places) for node in root.walk()):
        yield "some content belongs to two elements"
    if owners_of(pdf) != held:
        yield "the parent tree does not say what the structure says"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for place, page in enumerate(opened.pages):
            drawn = drawn_on(page)
            numbered = sorted(mark.number for mark in drawn if mark.number is not None)
            if numbered != sorted(number for at, number in held if at == place):
                yield f"page {place + 1} draws other content than the structure holds"
            if any(mark.number is None and mark.kind != "Artifact" for mark in drawn):
                yield f"page {place + 1} draws what is neither content nor an artifact"
            if any(mark.number is not None and "Artifact" in mark.inside for mark in drawn):
                yield f"page {place + 1} draws content within an artifact"
