"""Pages: their size and margins, headers and footers, a letterhead's above ours, and where a section of Word's ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from xml.etree.ElementTree import Element as ReadElement

from lxml import etree

from reportgen.document import Document
from reportgen.house.letterhead import Band, BandKind, Letterhead, Pages
from reportgen.house.letterhead.formats import number
from reportgen.house.letterhead.pieces import Edge, Stop, stretch
from reportgen.house.letterhead.word_file import NAMESPACES as READ_NAMESPACES
from reportgen.house.styles import Page
from reportgen.writers.docx.blocks import draw_blocks
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import NAMESPACES, Element, millimetres, qualified, twips, w
from reportgen.writers.docx.package import WordPackage
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import NewPage, SectionEnd, settle_story
from reportgen.writers.running import GAP_BELOW, clearance, running_words

_PREFIXES = {prefix: uri for prefix, uri in READ_NAMESPACES.items() if prefix != "xml"}
_KINDS: Mapping[str | None, Edge] = {"left": "left", "center": "centre", "right": "right"}
"""Of tab stops."""
_DRAWN = (qualified("wp:docPr"), qualified("pic:cNvPr"), f"{{{READ_NAMESPACES['wps']}}}cNvPr")
"""What carries the id of a drawing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A header or footer ("header"), the pages that have it ("first", "default", "even"), and its relationship."""

    kind: BandKind
    pages: Pages
    relationship: str

    def element(self) -> Element:
        return w(f"{self.kind}Reference", type=self.pages, r_id=self.relationship)


@dataclass(frozen=True, slots=True)
class Running:
    """The headers and footers of upright pages, and those of turned pages where these have others."""

    upright: tuple[Reference, ...]
    turned: tuple[Reference, ...] = ()


def draw_pages(document: Document, draft: Draft, running: Running) -> list[Element]:
    """The content of the document's body element, down to the form of its last pages."""
    page = draft.house.stylesheet.page
    pages = _Pages(page, running)
    place = Place(page.text_width, page.text_height, bullet_step=draft.house.config.numbering.list_indent)
    in_body = replace(place, section_indent=draft.house.config.numbering.text_indent)
    drawn = [*draw_blocks(document.front, place, draft), *draw_blocks(document.body, in_body, draft)]
    for appendix in document.appendices:
        drawn.append(pages.turn() if appendix.landscape is not pages.landscape else NewPage())
        here = replace(place, width=pages.form.text_width, height=pages.form.text_height)
        drawn.extend(draw_blocks((appendix,), here, draft))
    return [*settle_story(drawn), pages.end()]


@dataclass
class _Pages:
    """The form of the pages while the document is written."""

    upright: Page
    running: Running
    landscape: bool = False
    begun: bool = False
    """Whether a section stands already."""

    @property
    def form(self) -> Page:
        return self.upright.turned if self.landscape else self.upright

    def turn(self) -> SectionEnd:
        """End the pages of one form; those of the other follow."""
        ended = self.end()
        self.landscape = not self.landscape
        return SectionEnd(ended)

    def end(self) -> Element:
        """The form of the pages up to here. Unless it has its own, a section has the headers and footers before it."""
        references = self.running.upright
        if self.begun:
            own = self.running.turned if self.landscape else self.running.upright
            references = tuple(one for one in own if one.pages != "first") if self.running.turned else ()
        properties = _section_properties(self.form, self.landscape, [one.element() for one in references])
        if not self.begun:
            # Only the section with the first page of all has a first page without a header.
            properties.append(w("titlePg"))
        self.begun = True
        return properties


def draw_running(document: Document, draft: Draft, package: WordPackage) -> Running:
    """The header, ours from the second page on, and the footer, on all pages; those of a letterhead above ours."""
    letterhead, upright = draft.house.letterhead, draft.house.stylesheet.page
    forms = [upright]
    kinds: list[BandKind] = ["header", "footer"]
    every: list[Pages] = ["first", "default"]
    if letterhead is not None and letterhead.own_even_pages:
        every.append("even")
    if letterhead is not None and any(appendix.landscape for appendix in document.appendices):
        forms.append(upright.turned)
    drawn: list[tuple[Reference, ...]] = []
    for form in forms:
        references = []
        for kind, pages in product(kinds, every if form is upright else every[1:]):  # turned pages are never first
            part = package.add_part(kind)
            part.root = _draw_content(kind, pages, document, replace(draft, part=part), form)
            references.append(Reference(kind, pages, part.relationship))
        drawn.append(tuple(references))
    return Running(*drawn)


def _draw_content(kind: BandKind, pages: Pages, document: Document, draft: Draft, form: Page) -> Element:
    letterhead = draft.house.letterhead
    band = letterhead.band(kind, pages) if letterhead is not None else None
    theirs = _draw_band(band, draft, form) if band is not None else []
    content = running_words(document, letterhead, kind, pages)
    ours = [draw_line(content, kind, Place(width=form.text_width), draft)] if content or not theirs else []
    if band is not None and ours:
        ours[0].set_before(ours[0].before + clearance(band, kind, form))
        ours[0].set_after(ours[0].after + (GAP_BELOW if kind == "header" else 0))
    return w({"header": "hdr", "footer": "ftr"}[kind], *theirs, *(settle_story(ours) if ours else ()))


def _section_properties(page: Page, landscape: bool, references: Sequence[Element]) -> Element:
    margins = {
        "top": page.margin_top,
        "right": page.margin_right,
        "bottom": page.margin_bottom,
        "left": page.margin_left,
        "header": page.header,
        "footer": page.footer,
    }
    orientation = {"orient": "landscape"} if landscape else {}
    size = w("pgSz", w=twips(page.width), h=twips(page.height), **orientation)
    return w("sectPr", *references, size, w("pgMar", **{side: twips(one) for side, one in margins.items()}, gutter=0))


# ---- A letterhead ----


def _draw_band(band: Band, draft: Draft, form: Page) -> list[Element]:
    """What stands in a header or footer, for pages of this form. Its pictures are related to the part of the draft."""
    relations = {identity: draft.part.add_picture(*picture) for identity, picture in band.pictures.items()}
    relations |= {identity: draft.part.link_to(address) for identity, address in band.links.items()}
    drawn = [_convert(element, relations) for element in band.root]
    for element in drawn:
        for drawing in element.iter(qualified("wp:inline"), qualified("wp:anchor")):
            _identify(drawing, next(draft.drawings))
        for tabs in element.iter(qualified("w:tabs")):
            _stretch_tabs(tabs, draft.house.stylesheet.page, form)
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
        kind = _KINDS.get(tab.get(qualified("w:val")))
        if kind is None:
            continue
        moved = twips(stretch(Stop(millimetres(place), kind), upright.text_width, form.text_width).position)
        if moved != place:
            tab.set(qualified("w:pos"), str(moved))
            tabs.insert(0, w("tab", val="clear", pos=place))
