"""Pages: their size and margins, headers and footers, and where a section of Word's ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.house.look import Page
from reportgen.tree import Document, Inlines
from reportgen.writers.docx.blocks import draw_block, draw_section
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import Element, twips, w
from reportgen.writers.docx.package import StoryPart, WordPackage
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import Drawn, NewPage, SectionEnd, settle_story


def draw_pages(document: Document, draft: Draft, running: Sequence[Element]) -> list[Element]:
    """The content of the document's body element, down to the form of its last pages."""
    page = draft.house.look.page
    pages = _Pages(page, list(running))
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
    running: list[Element]
    landscape: bool = False

    @property
    def form(self) -> Page:
        return self.upright.turned if self.landscape else self.upright

    def turn(self) -> SectionEnd:
        """End the pages of one form; those of the other follow."""
        ended = self.end()
        self.landscape = not self.landscape
        return SectionEnd(ended)

    def end(self) -> Element:
        """The form of the pages up to here. Later ones take their headers and footers from the first."""
        references, self.running = self.running, []
        return _section_properties(self.form, self.landscape, references)


def draw_running(document: Document, draft: Draft, package: WordPackage) -> list[Element]:
    """References to the header, from the second page on, and the footer, on all pages."""
    references = []
    kinds: tuple[tuple[str, int, str, Inlines], ...] = (
        ("header", 1, "first", ()),
        ("header", 2, "default", document.header),
        ("footer", 1, "first", document.footer),
        ("footer", 2, "default", document.footer),
    )
    for kind, number, pages, content in kinds:
        part = package.add_part(kind, number)
        _fill(part, kind, content, draft)
        references.append(w(f"{kind}Reference", type=pages, r_id=part.relationship))
    return references


def _fill(part: StoryPart, kind: str, content: Inlines, draft: Draft) -> None:
    place = Place(width=draft.house.look.page.text_width)
    line = draw_line(content, kind, place, replace(draft, part=part))
    part.root = w({"header": "hdr", "footer": "ftr"}[kind], *settle_story([line]))


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
    # Only the section with the first page of all has a first page without a header.
    return w("sectPr", *parts, *([w("titlePg")] if references else []))
