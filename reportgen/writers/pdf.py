"""`Document` → PDF/UA-1, by way of the HTML and WeasyPrint.

Nothing is fetched but what the HTML itself holds, and WeasyPrint may not complain: whatever it
logs as a warning means that our HTML or CSS is wrong, or that the paper would lack something.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reportgen.house import House
from reportgen.tree import Document
from reportgen.writers.css import write_running_css
from reportgen.writers.failures import MissingCharacters, PdfRejected
from reportgen.writers.html import render_html
from reportgen.writers.pdf_labels import label_elements
from reportgen.writers.pdf_structure import settle_structure

_MISSING_CHARACTER = ".notdef glyph"
"""How WeasyPrint begins to say that no font has a character; the character is its first argument."""


def write(document: Document, house: House) -> bytes:
    """The document as a tagged PDF. Raises `MissingCharacters` or `PdfRejected` if it would not be whole."""
    fetcher = _ClosedFetcher()
    try:
        with _no_complaints(), label_elements() as sources:
            page = weasyprint.HTML(string=render_html(document, house), url_fetcher=fetcher)
            running = weasyprint.CSS(string=write_running_css(house.look), url_fetcher=fetcher)
            pdf = page.write_pdf(stylesheets=[running], pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as refused:
        raise PdfRejected(str(refused)) from None
    return settle_structure(pdf, sources)


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
    """At the end, raise what WeasyPrint logged meanwhile as a warning or an error, instead of having it logged."""
    complaints = _Complaints(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(complaints)
    try:
        yield
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
