"""Makes WeasyPrint's structure that of the document, with the kinds of elements that it does not know.

The list of contents is no list to PDF but a TOC of items; a footnote is a Note, wherever on the
page it is printed, and belongs to the paragraph that calls it; a picture and its caption are a
group; what is entered into a form on paper is a Form that says what it is for (ISO 32000-1, 14.8.4
and 14.8.5.6).
"""

from __future__ import annotations

from reportgen.writers.pdf.elements import (
    Annotation,
    Content,
    Element,
    describe_table,
    join_fragments,
    label_item,
    numbering_of,
    unwrap,
)

_IN_CONTENTS = {"L": "TOC", "LI": "TOCI", "LBody": "NonStruct", "P": "NonStruct"}
"""What the parts of a list are in the list of contents; its lines are no paragraphs."""


def settle(root: Element) -> None:
    """Makes the structure of boxes the structure of the document."""
    notes = _take_notes(root)
    join_fragments(root)
    for whole in (root, *notes.values()):
        for link in (element for element in whole.walk() if element.kind == "Link"):
            _settle_link(link)
        for element in list(whole.walk()):
            _settle_kind(element)
    for whole in (root, *notes.values()):
        unwrap(whole)
    _put_notes(root, notes)
    for block in root.walk():
        if block.kind == "L":
            block.numbering = numbering_of(block)
    for number, table in enumerate((element for element in root.walk() if element.kind == "Table"), 1):
        describe_table(table, number)


def _settle_kind(element: Element) -> None:
    if element.kind == "LI":
        label_item(element)
    elif element.source.tag == "nav":
        _settle_contents(element)
    elif element.source.tag == "figure" and any(kid.kind == "Caption" for kid in element.elements):
        element.kind = "Div"
        element.is_group = True
    elif element.kind == "Span" and (element.has_class("entry") or element.has_class("box")):
        element.kind = "Form"


def _settle_link(link: Element) -> None:
    """What CSS adds to a link is a link within it to WeasyPrint: its words are the link's own, its dots are nothing."""
    kids: list[Element | Content | Annotation] = []
    for kid in link.kids:
        if isinstance(kid, Element) and kid.kind == "Link":
            kids.extend(added for added in kid.kids if isinstance(added, Content))
        else:
            kids.append(kid)
    link.kids = kids


def _settle_contents(contents: Element) -> None:
    for element in list(contents.walk()):
        if element.kind == "LI":
            label_item(element)
        if element.kind in {"L", "LI", "LBody"} or element.source.tag == "p":
            element.kind = _IN_CONTENTS[element.kind]
        _refer(element)


def _refer(parent: Element) -> None:
    """A link in it that leads to another part of the document becomes a reference to that part."""
    parent.kids = [
        parent.around("Reference", kid) if isinstance(kid, Element) and kid.kind == "Link" else kid
        for kid in parent.kids
    ]


def _take_notes(root: Element) -> dict[str, Element]:
    """Takes the notes out of the feet of the pages; by their anchors."""
    notes: dict[str, Element] = {}
    kept: list[Element | Content | Annotation] = []
    for kid in root.kids:
        if not isinstance(kid, Element) or not kid.has_class("note"):
            kept.append(kid)
        elif kid.html("id") in notes:
            notes[kid.html("id")].kids.extend(kid.kids)
        else:
            notes[kid.html("id")] = kid
            kid.kind, kid.identifier = "Note", kid.html("id")
    root.kids = kept
    return notes


def _put_notes(root: Element, notes: dict[str, Element]) -> None:
    """A note ends the paragraph, heading or caption that calls it, so that it is read when that has been read."""
    for parent in list(root.walk()):
        called = [kid for kid in parent.elements if kid.has_class("role-note-mark")]
        for mark in called:
            parent.kids[parent.kids.index(mark)] = parent.around("Reference", mark)
        for mark in called:
            note = notes[mark.html("href").removeprefix("#")]
            back = note.elements[0]
            note.kids[note.kids.index(back)] = note.around("Lbl", back)
            parent.kids.append(note)
