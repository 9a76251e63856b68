"""`Document` → PDF/UA-1, by way of the HTML and WeasyPrint.

Nothing is fetched but what the HTML itself holds, and WeasyPrint may not complain: whatever it
logs as a warning means that our HTML or CSS is wrong, or that the paper would lack something.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reportgen.document import Document
from reportgen.house import House
from reportgen.writers.css import write_css, write_headers_footers_css
from reportgen.writers.css.pages import write_page_css
from reportgen.writers.failures import MissingCharacters, NotesTooLong, PdfRejected
from reportgen.writers.html import render_html
from reportgen.writers.html.elements import Medium, footnote_number_in
from reportgen.writers.pdf.structure import finish_structure
from reportgen.writers.pdf.weasyprint_patch import label_elements

_VARIANT = "pdf/ua-1"
_PIXELS_PER_MILLIMETRE = 96 / 25.4
_MISSING_CHARACTER = ".notdef glyph"
"""How WeasyPrint begins to say that no font has a character; the character is its first argument."""


def write(document: Document, house: House) -> bytes:
    """Return the document as a tagged PDF. Raises one of `failures` if it would not be whole."""
    return lay_out(document, house).to_bytes()


def lay_out(document: Document, house: House) -> LaidOut:
    """Return the document on its pages: what is on which, or a PDF of them. Raises as `write` does."""
    fetcher = _ClosedFetcher()
    with _no_complaints():
        page = weasyprint.HTML(string=render_html(document, house, Medium.PAGES), url_fetcher=fetcher)
        sheets = (
            write_css(house.stylesheet, house.config.numbering),
            write_headers_footers_css(house.stylesheet),
            write_page_css(house.stylesheet, document.watermark, house.letterhead),
        )
        rendered = page.render(stylesheets=[*map(_read_css, sheets)], pdf_variant=_VARIANT)
    if too_long := tuple(_notes_above(house.stylesheet.page.margin_top * _PIXELS_PER_MILLIMETRE, rendered)):
        raise NotesTooLong(too_long)
    return LaidOut(rendered)


@lru_cache(maxsize=16)
def _read_css(sheet: str) -> weasyprint.CSS:
    """Return a style sheet, read once for all papers that have it. One that is complained of is not kept."""
    with _no_complaints():
        return weasyprint.CSS(string=sheet, url_fetcher=_ClosedFetcher())


def _notes_above(top: float, rendered: weasyprint.Document) -> Iterator[str]:
    """Yield the numbers of notes that begin above a line (CSS pixels): WeasyPrint never divides a note."""
    for page in rendered.pages:
        for anchor, (_left, begin, *_) in page.anchors.items():
            number = footnote_number_in(anchor)
            if number is not None and begin < top - _PIXELS_PER_MILLIMETRE:
                yield number


class LaidOut:
    """A document on its pages. Whoever needs the numbers of pages and the PDF need not lay it out twice."""

    def __init__(self, rendered: weasyprint.Document) -> None:
        self._rendered = rendered

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._rendered.pages)

    @property
    def pages(self) -> Mapping[str, str]:
        """The page on which each anchor stands, as its number is printed; what runs over pages stands on its first."""
        found: dict[str, str] = {}
        for number, page in enumerate(self._rendered.pages, 1):
            for anchor in page.anchors:
                found.setdefault(anchor, str(number))
        return MappingProxyType(found)

    def to_bytes(self) -> bytes:
        """Return the pages as a tagged PDF. Raises as `write` does."""
        with _no_complaints(), label_elements() as sources:
            # Compressed once, at the end: its pages are read and written again.
            pdf = self._rendered.write_pdf(pdf_variant=_VARIANT, uncompressed_pdf=True)
        return finish_structure(pdf, sources, self.pages)


class _ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no annotations
    """Fetches nothing from anywhere: only `data:` addresses, which are their own content."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.casefold().startswith("data:"):
            # Any other exception would only be logged, and the paper printed without the resource.
            raise FatalURLFetchingError(f"the PDF would need {url}, but nothing is fetched from outside")
        return super().fetch(url, headers)


@contextmanager
def _no_complaints() -> Iterator[None]:
    """Raise at the end what WeasyPrint logged meanwhile as a warning or an error, and log none of it.

    What it wanted to fetch is raised at once.
    """
    complaints = _Complaints(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError as refused:
        raise PdfRejected(str(refused)) from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagated
    if complaints.found:
        raise PdfRejected("\n".join(dict.fromkeys(complaints.found)))
    if complaints.missing:
        raise MissingCharacters(tuple(dict.fromkeys(complaints.missing)))


class _Complaints(logging.Handler):
    """Keeps what the records say."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.found: list[str] = []
        self.missing: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(_MISSING_CHARACTER) and isinstance(record.args, tuple):
            self.missing.append(str(record.args[0]))
        else:
            self.found.append(record.getMessage())
