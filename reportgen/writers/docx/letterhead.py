"""The headers and footers of a council's own Word template as parts of our document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element as ReadElement

from lxml import etree

from reportgen.house.letterhead import Band, Letterhead
from reportgen.house.letterhead.formats import number
from reportgen.house.letterhead.pieces import Stop, stretch
from reportgen.house.letterhead.word_file import NAMESPACES as READ_NAMESPACES
from reportgen.house.look import Page
from reportgen.writers.docx.draft import Draft
from reportgen.writers.docx.elements import NAMESPACES, Element, qualified, twips, w

_PREFIXES = {prefix: uri for prefix, uri in READ_NAMESPACES.items() if prefix != "xml"}
_MM_PER_TWIP = 25.4 / 1440
_KINDS = {"left": "left", "centre": "center", "right": "right"}
_DRAWN = (qualified("wp:docPr"), qualified("pic:cNvPr"), f"{{{READ_NAMESPACES['wps']}}}cNvPr")
"""What carries the id of a drawing."""


def draw_band(band: Band, draft: Draft, form: Page) -> list[Element]:
    """What stands in a header or footer, for pages of this form. Its pictures are related to the part of the draft."""
    relations = {identity: draft.part.add_picture(*picture) for identity, picture in band.pictures.items()}
    relations |= {identity: draft.part.link_to(address) for identity, address in band.links.items()}
    drawn = [_convert(element, relations) for element in band.root]
    for element in drawn:
        for drawing in element.iter(qualified("wp:inline"), qualified("wp:anchor")):
            _identify(drawing, next(draft.drawings))
        for tabs in element.iter(qualified("w:tabs")):
            _stretch_tabs(tabs, draft.house.look.page, form)
    return drawn


def letterhead_styles(letterhead: Letterhead) -> Iterator[Element]:
    """The styles of its text, which have names that no style of ours has."""
    return (_convert(style, {}) for style in letterhead.styles)


def _convert(element: ReadElement, relations: Mapping[str, str]) -> Element:
    """The same element as the Word writer's own, its relations renamed."""
    made = etree.Element(element.tag, nsmap=_PREFIXES)
    for name, value in element.attrib.items():
        made.set(name, relations.get(value, value) if name.startswith(f"{{{NAMESPACES['r']}}}") else value)
    made.text = element.text
    made.extend(_convert(child, relations) for child in element)
    return made


def _identify(drawing: Element, identity: int) -> None:
    """Give a drawing an id that no other has, in whatever part, and let it say its distances."""
    for element in drawing.iter(*_DRAWN):
        element.set("id", str(identity))
    for side in ("distT", "distB", "distL", "distR"):
        if drawing.get(side) is None:
            drawing.set(side, "0")  # LibreOffice takes an eighth of an inch where nothing is said, Word nothing


def _stretch_tabs(tabs: Element, upright: Page, form: Page) -> None:
    """Put the stops at the middle and the end of a line to the middle and the end of one on these pages."""
    if form == upright:
        return
    for tab in list(tabs):
        place = round(number(tab.get(qualified("w:pos"), "")))
        kind = next((ours for ours, theirs in _KINDS.items() if theirs == tab.get(qualified("w:val"))), None)
        if kind is None:
            continue
        stop = Stop(place * _MM_PER_TWIP, kind)  # type: ignore[arg-type]
        moved = twips(stretch(stop, upright.text_width, form.text_width).position)
        if moved != place:
            tab.set(qualified("w:pos"), str(moved))
            tabs.insert(0, w("tab", val="clear", pos=place))
