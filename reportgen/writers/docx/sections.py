"""Pages: their size and margins, headers and footers, and where a section of Word's ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from reportgen.house.letterhead import BandKind, Letterhead, Pages
from reportgen.house.look import Page
from reportgen.tree import Document
from reportgen.writers.docx.blocks import draw_block, draw_section
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element, twips, w
from reportgen.writers.docx.letterhead import draw_band
from reportgen.writers.docx.package import StoryPart, WordPackage
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import Drawn, NewPage, SectionEnd, settle_story
from reportgen.writers.running import GAP_BELOW, clearance, running_words


@dataclass(frozen=True, slots=True)
class Reference:
    """A header or footer ("header"), the pages that have it ("first", "default", "even"), and its relationship."""

    kind: BandKind
    pages: Pages
    relationship: str

    def element(self) -> Element:
        """As a section's properties have it."""
        return w(f"{self.kind}Reference", type=self.pages, r_id=self.relationship)


@dataclass(frozen=True, slots=True)
class Running:
    """The headers and footers of upright pages, and those of turned pages where these have others."""

    upright: tuple[Reference, ...]
    turned: tuple[Reference, ...] = ()


def draw_pages(document: Document, draft: Draft, running: Running) -> list[Element]:
    """The content of the document's body element, down to the form of its last pages."""
    page = draft.house.look.page
    pages = _Pages(page, running)
    place = Place(page.text_width, page.text_height, bullet_step=draft.house.style.numbering.list_indent)
    in_body = replace(place, section_indent=draft.house.style.numbering.text_indent)
    drawn: list[Drawn] = []
    for block in document.front:
        drawn.extend(draw_block(block, place, draft))
    for block in document.body:
        drawn.extend(draw_block(block, in_body, draft))
    for appendix in document.appendices:
        drawn.append(pages.turn() if appendix.landscape is not pages.landscape else NewPage())
        form = pages.form
        drawn.extend(draw_section(appendix, replace(place, width=form.text_width, height=form.text_height), draft))
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
    letterhead, upright = draft.house.letterhead, draft.house.look.page
    forms = [upright]
    if letterhead is not None and any(appendix.landscape for appendix in document.appendices):
        forms.append(upright.turned)
    drawn: list[tuple[Reference, ...]] = []
    numbers = {"header": count(1), "footer": count(1)}
    for form in forms:
        references = []
        for kind, pages in _bands(letterhead, turned=form is not upright):
            part = package.add_part(kind, next(numbers[kind]))
            _fill(part, kind, pages, document, replace(draft, part=part), form)
            references.append(Reference(kind, pages, part.relationship))
        drawn.append(tuple(references))
    return Running(*drawn)


def _bands(letterhead: Letterhead | None, *, turned: bool) -> list[tuple[BandKind, Pages]]:
    """The headers and footers that there are. Turned pages are never first."""
    even: list[Pages] = ["even"] if letterhead is not None and letterhead.own_even_pages else []
    first: list[Pages] = [] if turned else ["first"]
    kinds: tuple[BandKind, ...] = ("header", "footer")
    return [(kind, pages) for kind in kinds for pages in (*first, "default", *even)]


def _fill(part: StoryPart, kind: BandKind, pages: Pages, document: Document, draft: Draft, form: Page) -> None:
    letterhead = draft.house.letterhead
    band = letterhead.band(kind, pages) if letterhead is not None else None
    theirs = draw_band(band, draft, form) if band is not None else []
    content = running_words(document, letterhead, kind, pages)
    ours = [draw_line(content, kind, Place(width=form.text_width), draft)] if content or not theirs else []
    if band is not None and ours:
        ours[0].set_before(ours[0].before + clearance(band, kind, form))
        ours[0].set_after(ours[0].after + (GAP_BELOW if kind == "header" else 0))
    root = w({"header": "hdr", "footer": "ftr"}[kind], *theirs)
    root.extend(settle_story(ours) if ours else ())
    part.root = root


def _section_properties(page: Page, landscape: bool, references: Sequence[Element]) -> Element:
    lengths = {
        "top": page.margin_top,
        "right": page.margin_right,
        "bottom": page.margin_bottom,
        "left": page.margin_left,
    }
    margins = {
        side: twips(length) for side, length in (lengths | {"header": page.header, "footer": page.footer}).items()
    }
    orientation = {"orient": "landscape"} if landscape else {}
    parts = [
        *references,
        w("pgSz", w=twips(page.width), h=twips(page.height), **orientation),
        w("pgMar", **margins, gutter=0),
    ]
    return w("sectPr", *parts)
