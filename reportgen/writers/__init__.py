"""Finished tree → bytes: one writer a format, imported only when it is used.

Importing WeasyPrint costs half a second and python-docx a tenth, so `check` and `--help`
must not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reportgen.house import House
from reportgen.tree import Document

Writer = Callable[[Document, House], bytes]


def _write_docx(document: Document, house: House) -> bytes:
    from reportgen.writers import docx

    return docx.write(document, house)


def _write_pdf(document: Document, house: House) -> bytes:
    from reportgen.writers import pdf

    return pdf.write(document, house)


def _write_html(document: Document, house: House) -> bytes:
    from reportgen.writers import html

    return html.write(document, house)


WRITERS: Mapping[str, Writer] = MappingProxyType({"docx": _write_docx, "pdf": _write_pdf, "html": _write_html})
"""The writers by format, which is also the ending of the file."""
