"""Finished tree → bytes: one writer a format, imported only when it is used.

Importing WeasyPrint costs half a second and python-docx a tenth, so `check` and `--help`
must not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a process beside is started before these are loaded
    from reportgen.document import Document
    from reportgen.house import House


class Pages(Protocol):
    """A document that has been laid out."""

    @property
    def pages(self) -> Mapping[str, str]:
        """The page on which each anchor stands, as its number is printed."""
        ...

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        ...

    def to_bytes(self) -> bytes:
        """The pages as a tagged PDF."""
        ...


LayOut = Callable[["Document", "House"], Pages]


def lay_out_here(document: Document, house: House) -> Pages:
    """The document on its pages. Raises one of `failures` if it would not be whole."""
    from reportgen.writers.pdf import lay_out

    return lay_out(document, house)


_lay_out: ContextVar[LayOut] = ContextVar("lay_out", default=lay_out_here)
"""Where pages are laid out is this process's affair, and makes no difference to any paper."""


@contextmanager
def pages_by(lay_out: LayOut) -> Iterator[None]:
    """Within it, documents are laid out by another function, which does the same."""
    token = _lay_out.set(lay_out)
    try:
        yield
    finally:
        _lay_out.reset(token)


class Writing:
    """One document on its way to bytes. It is laid out on pages once, however many formats need that."""

    def __init__(self, document: Document, house: House) -> None:
        self._document = document
        self._house = house
        self._laid_out: Pages | None = None

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

    def begin_pages(self) -> None:
        """Have it laid out, if it is not yet: that may go on while another format is written."""
        self._on_pages()

    def _on_pages(self) -> Pages:
        if self._laid_out is None:
            self._laid_out = _lay_out.get()(self._document, self._house)
        return self._laid_out


FORMATS = ("docx", "pdf", "html")
"""What a paper can be written as: also the endings of the files."""
