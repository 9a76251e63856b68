"""Pages: their size and margins, headers and footers, a template's above ours, and where a section of Word's ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from reportgen.document import Document
from reportgen.house.reference import Kind, Pages
from reportgen.house.styles import Page
from reportgen.writers.docx.blocks import render_blocks
from reportgen.writers.docx.context import DocxContext, RenderContext
from reportgen.writers.docx.elements import Element, qualified, twentieths, twips, w
from reportgen.writers.docx.flow import NewPage, SectionEnd, finish_flow
from reportgen.writers.docx.package import WordPackage
from reportgen.writers.docx.paragraphs import render_line

_POINTS_PER_MILLIMETRE = 72 / 25.4
_GAP_BELOW = 6.0
"""In points, between our header under a template's and the text: together they may be higher than the margin."""


@dataclass(frozen=True, slots=True)
class HeaderFooterReference:
    """A header or footer ("header"), the pages that have it ("first", "default", "even"), and its relationship."""

    kind: Kind
    pages: Pages
    relationship: str

    def element(self) -> Element:
        """Return the reference as XML."""
        return w(f"{self.kind}Reference", type=self.pages, r_id=self.relationship)


def render_pages(
    document: Document, docx: DocxContext, headers_footers: Sequence[HeaderFooterReference]
) -> list[Element]:
    """Render the content of the document's body element, down to the form of its last pages."""
    page = docx.house.stylesheet.page
    pages = _Pages(page, headers_footers)
    context = RenderContext(page.text_width, page.text_height, bullet_step=docx.house.config.numbering.list_indent)
    in_body = replace(context, section_indent=docx.house.config.numbering.text_indent)
    rendered = [*render_blocks(document.front, context, docx), *render_blocks(document.body, in_body, docx)]
    for appendix in document.appendices:
        rendered.append(pages.turn() if appendix.landscape is not pages.landscape else NewPage())
        here = replace(context, width=pages.form.text_width, height=pages.form.text_height)
        rendered.extend(render_blocks((appendix,), here, docx))
    return [*finish_flow(rendered), pages.end()]


@dataclass
class _Pages:
    """The form of the pages while the document is written."""

    upright: Page
    headers_footers: Sequence[HeaderFooterReference]
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
        """Return the form of the pages up to here. A section has the headers and footers of the one before it."""
        references = [] if self.begun else [one.element() for one in self.headers_footers]
        properties = _section_properties(self.form, self.landscape, references)
        if not self.begun:
            # Only the section with the first page of all has a first page without a header.
            properties.append(w("titlePg"))
        self.begun = True
        return properties


def render_headers_footers(document: Document, docx: DocxContext, package: WordPackage) -> list[HeaderFooterReference]:
    """Render the header, ours from the second page on, and the footer, on all pages; those of a template above ours."""
    reference = docx.house.reference
    kinds: list[Kind] = ["header", "footer"]
    every: list[Pages] = ["first", "default"]
    if reference is not None and reference.own_even_pages:
        every.append("even")
    references = []
    for kind, pages in product(kinds, every):
        part = package.add_part(kind)
        part.root = _render_header_or_footer(kind, pages, document, replace(docx, part=part))
        references.append(HeaderFooterReference(kind, pages, part.relationship))
    return references


def _render_header_or_footer(kind: Kind, pages: Pages, document: Document, docx: DocxContext) -> Element:
    reference, page = docx.house.reference, docx.house.stylesheet.page
    content = document.footer if kind == "footer" else () if pages == "first" else document.header
    if kind == "footer" and reference is not None and reference.counts_pages:
        content = ()
    theirs = reference.part(kind, pages) if reference is not None else None
    if theirs is None:
        root = w({"header": "hdr", "footer": "ftr"}[kind])
    else:
        root = docx.part.load_reference(theirs)
        for drawing in root.iter(qualified("wp:docPr")):
            drawing.set("id", str(next(docx.drawings)))
    if theirs is None or content:
        line = render_line(content, kind, RenderContext(width=page.text_width), docx)
        if theirs is not None and kind == "header":
            line.set_after(line.after + _GAP_BELOW)
        if theirs is None and (kind, pages) == ("header", "first") and page.first_top > page.margin_top:
            height = twentieths((page.first_top - page.header) * _POINTS_PER_MILLIMETRE)
            line.space |= {"before": 0, "after": 0, "line": height, "lineRule": "exact"}
        root.extend(finish_flow([line]))
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
