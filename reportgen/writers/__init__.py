"""Finished tree → bytes: one writer a format, imported only when it is used.

Importing WeasyPrint costs half a second and python-docx a tenth, so `check` and `--help`
must not pay for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.house import House
from reportgen.tree import Document

if TYPE_CHECKING:
    from reportgen.writers.pdf import LaidOut


class Writing:
    """One document on its way to bytes. It is laid out on pages once, however many formats need that."""

    def __init__(self, document: Document, house: House) -> None:
        self._document = document
        self._house = house
        self._laid_out: LaidOut | None = None

    @property
    def pages(self) -> Mapping[str, str]:
        """The page on which each anchor stands, as its number is printed."""
        return self._on_pages().pages

    @property
    def is_laid_out(self) -> bool:
        """Whether a format asked for so far, or the text itself, needed its pages."""
        return self._laid_out is not None

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self._on_pages().page_count

    def with_pages(self, document: Document) -> Writing:
        """The writing of the same document with the numbers of its pages put in, which change no line of it."""
        writing = Writing(document, self._house)
        writing._laid_out = self._on_pages()
        return writing

    def write(self, form: str) -> bytes:
        """The document in one of `FORMATS`. Raises `MissingCharacters` or `PdfRejected` if it would not be whole."""
        match form:
            case "docx":
                from reportgen.writers import docx

                return docx.write(self._document, self._house)
            case "pdf":
                return self._on_pages().to_bytes()
            case "html":
                from reportgen.writers import html

                return html.write(self._document, self._house)
        raise ValueError(f"there is no writer for '{form}'")

    def _on_pages(self) -> LaidOut:
        if self._laid_out is None:
            from reportgen.writers.pdf import lay_out

            self._laid_out = lay_out(self._document, self._house)
        return self._laid_out


FORMATS = ("docx", "pdf", "html")
"""What a paper can be written as: also the endings of the files."""
