"""Finished tree → bytes: one writer a format, all in one table.

A writer is imported when it is used: WeasyPrint takes half a second and python-docx a tenth, which `check` and `--help`
must not pay for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.document import Document
    from reportgen.house import House
    from reportgen.writers.pdf import LaidOut

    Write = Callable[[Document, House, LaidOut | None], bytes]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that papers are written in."""

    label: str
    """Name of the format: "Word"."""
    file_label: str
    """Name of a file of it within a sentence: "the Word file"."""
    write: Write
    """Turns the document into bytes; gets its pages if it, or the text of the document, needs them."""
    needs_pages: bool = False
    """Whether the document must be laid out on pages for it."""
    is_editable: bool = False
    """Whether officers go on working in its files, so that none of their changes may be overwritten."""


def lay_out(document: Document, house: House) -> LaidOut:
    """Lay a document out on pages.

    Raises:
        WritingFailed: when not all of it would be printed.
    """
    from reportgen.writers import pdf

    return pdf.lay_out(document, house)


def _write_docx(document: Document, house: House, _pages: LaidOut | None) -> bytes:
    from reportgen.writers import docx

    return docx.write(document, house)


def _write_pdf(document: Document, house: House, pages: LaidOut | None) -> bytes:
    return (pages or lay_out(document, house)).to_bytes()


def _write_html(document: Document, house: House, _pages: LaidOut | None) -> bytes:
    from reportgen.writers import html

    return html.write(document, house)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "docx": Writer("Word", "the Word file", _write_docx, is_editable=True),
        "pdf": Writer("PDF", "the PDF", _write_pdf, needs_pages=True),
        "html": Writer("HTML", "the HTML", _write_html),
    }
)
"""By format, which is also the ending of the files."""
EDITABLE = tuple(name for name, writer in WRITERS.items() if writer.is_editable)
"""The formats whose files are kept when they were edited: officers write in Word. Nobody writes in a PDF or HTML file,
and whoever has put remarks there finds the same words in the next one."""
