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
from reportgen.writers.html import render_html


class PdfRejected(Exception):
    """WeasyPrint complained about what we gave it. That is our mistake, not the author's."""


def write(document: Document, house: House) -> bytes:
    """The document as a tagged PDF (PDF/UA-1)."""
    fetcher = _ClosedFetcher()
    with _no_complaints():
        page = weasyprint.HTML(string=render_html(document, house), url_fetcher=fetcher)
        running = weasyprint.CSS(string=write_running_css(house.look), url_fetcher=fetcher)
        return bytes(page.write_pdf(stylesheets=[running], pdf_variant="pdf/ua-1"))


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
    """Raise `PdfRejected` at the end if WeasyPrint logged a warning or an error meanwhile."""
    complaints = _Complaints(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
    if complaints.found:
        raise PdfRejected("\n".join(complaints.found))


class _Complaints(logging.Handler):
    """Keeps the messages of the records it sees."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())
