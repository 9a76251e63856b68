"""Pages: their size and margins, headers and footers, a template's above ours, and where a section of Word's ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from reportgen.document import Document
from reportgen.house.reference import Kind, Pages
from reportgen.house.styles import Page
from reportgen.writers.docx.blocks import draw_blocks
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element, qualified, twentieths, twips, w
from reportgen.writers.docx.package import WordPackage
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import NewPage, SectionEnd, settle_story

_POINTS_PER_MILLIMETRE = 72 / 25.4
_GAP_BELOW = 6.0
"""In points, between our header under a template's and the text: together they may be higher than the margin."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A header or footer ("header"), the pages that have it ("first", "default", "even"), and its relationship."""

    kind: Kind
    pages: Pages
    relationship: str

    def element(self) -> Element:
        return w(f"{self.kind}Reference", type=self.pages, r_id=self.relationship)


def draw_pages(document: Document, draft: Draft, running: Sequence[Reference]) -> list[Element]:
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
    running: Sequence[Reference]
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
        """The form of the pages up to here. A section has the headers and footers of the one before it."""
        references = [] if self.begun else [one.element() for one in self.running]
        properties = _section_properties(self.form, self.landscape, references)
        if not self.begun:
            # Only the section with the first page of all has a first page without a header.
            properties.append(w("titlePg"))
        self.begun = True
        return properties


def draw_running(document: Document, draft: Draft, package: WordPackage) -> list[Reference]:
    """The header, ours from the second page on, and the footer, on all pages; those of a template above ours."""
    reference = draft.house.reference
    kinds: list[Kind] = ["header", "footer"]
    every: list[Pages] = ["first", "default"]
    if reference is not None and reference.own_even_pages:
        every.append("even")
    references = []
    for kind, pages in product(kinds, every):
        part = package.add_part(kind)
        part.root = _draw_content(kind, pages, document, replace(draft, part=part))
        references.append(Reference(kind, pages, part.relationship))
    return references


def _draw_content(kind: Kind, pages: Pages, document: Document, draft: Draft) -> Element:
    reference, page = draft.house.reference, draft.house.stylesheet.page
    content = document.footer if kind == "footer" else () if pages == "first" else document.header
    if kind == "footer" and reference is not None and reference.counts_pages:
        content = ()
    theirs = reference.part(kind, pages) if reference is not None else None
    if theirs is None:
        root = w({"header": "hdr", "footer": "ftr"}[kind])
    else:
        root = draft.part.load_reference(theirs)
        for drawing in root.iter(qualified("wp:docPr")):
            drawing.set("id", str(next(draft.drawings)))
    if theirs is None or content:
        line = draw_line(content, kind, Place(width=page.text_width), draft)
        if theirs is not None and kind == "header":
            line.set_after(line.after + _GAP_BELOW)
        if theirs is None and (kind, pages) == ("header", "first") and page.first_top > page.margin_top:
            height = twentieths((page.first_top - page.header) * _POINTS_PER_MILLIMETRE)
            line.space |= {"before": 0, "after": 0, "line": height, "lineRule": "exact"}
        root.extend(settle_story([line]))
    return root


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
