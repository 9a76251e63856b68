"""Where things stand on the pages of a PDF, whoever made it: words with their faces, boxes and pictures."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from reportgen.writers.css import similar_faces
from tests.documents.reading import remove_pictures

_MM_PER_POINT = 25.4 / 72
_SAME_LINE = 0.5
"""In millimetres, between the baselines of two characters of a line."""
_GAP = 2.5
"""In millimetres: more than there is between two words of a line, and less than between two cells."""


@dataclass(frozen=True)
class Word:
    """A word; places in millimetres from the upper left corner of its page."""

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    """In points."""
    face: str
    """Its face, or rather the first of those that have the same widths."""
    begins: bool
    """Whether nothing stands just before it on its line."""


@dataclass(frozen=True)
class Rectangle:
    """What is drawn: a background, a picture."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the word stands on it."""
        middle = word.baseline - word.size * _MM_PER_POINT / 3
        beside = self.left - 0.1 <= word.left and word.right <= self.right + 0.5
        return self.page == word.page and beside and self.top <= middle <= self.bottom


@dataclass(frozen=True)
class Layout:
    """A PDF."""

    sizes: tuple[tuple[float, float], ...]
    """Of its pages: width and height."""
    words: tuple[Word, ...]
    drawn: tuple[Rectangle, ...]
    pictures: tuple[Rectangle, ...]


def read_layout(pdf: Path) -> Layout:
    """The pages of a PDF."""
    opened = pdfium.PdfDocument(pdf)
    sizes, words, drawn, pictures = [], [], [], []
    for number, page in enumerate(opened):
        width, height = page.get_size()
        sizes.append((width * _MM_PER_POINT, height * _MM_PER_POINT))
        for one in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = one.get_bounds()
            edges = (edge * _MM_PER_POINT for edge in (left, height - top, right, height - bottom))
            (drawn if one.type == pdfium_c.FPDF_PAGEOBJ_PATH else pictures).append(Rectangle(number, *edges))
        remove_pictures(page)
        words += list(_words(page, number, height))
    opened.close()
    return Layout(tuple(sizes), tuple(words), tuple(drawn), tuple(pictures))


@dataclass(frozen=True)
class _Letter:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str


def _words(page: pdfium.PdfPage, number: int, height: float) -> Iterator[Word]:
    """The words in the order in which they are drawn, divided at white space and where the line ends."""
    word: list[_Letter] = []
    before: _Letter | None = None
    for letter in [*_letters(page, height), None]:
        if word and (letter is None or not letter.text.strip() or not _goes_on(word[-1], letter)):
            yield _joined(word, number, before)
            before, word = word[-1], []
        if letter is not None and letter.text.strip():
            word.append(letter)


def _goes_on(last: _Letter, letter: _Letter) -> bool:
    return abs(letter.baseline - last.baseline) < _SAME_LINE and -0.5 < letter.left - last.right < 1.0


def _joined(word: list[_Letter], page: int, before: _Letter | None) -> Word:
    first = word[0]
    beside = before is not None and abs(before.baseline - first.baseline) < _SAME_LINE
    begins = not (beside and before is not None and 0 <= first.left - before.right < _GAP)
    text = "".join(letter.text for letter in word).replace("\u2011", "-").replace("\u2010", "-")
    return Word(text, page, first.left, word[-1].right, first.baseline, round(first.size, 2), first.face, begins)


def _letters(page: pdfium.PdfPage, height: float) -> Iterator[_Letter]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    for place in range(text.count_chars()):
        sign = pdfium_c.FPDFText_GetUnicode(text.raw, place)
        if pdfium_c.FPDFText_IsGenerated(text.raw, place) == 1:
            yield _Letter(" ", 0, 0, 0, 0, "")
            continue
        pdfium_c.FPDFText_GetCharOrigin(text.raw, place, x, y)
        pdfium_c.FPDFText_GetMatrix(text.raw, place, matrix)
        scale = (matrix.b**2 + matrix.d**2) ** 0.5
        size = pdfium_c.FPDFText_GetFontSize(text.raw, place) * scale
        _, _, right, _ = text.get_charbox(place)
        left = x.value * _MM_PER_POINT
        baseline = (height - y.value) * _MM_PER_POINT
        yield _Letter(chr(sign), left, max(right * _MM_PER_POINT, left), baseline, size, _face(text, place))


def _face(text: pdfium.PdfTextPage, place: int) -> str:
    """A letter's face without the marks of subsets and styles: "ABCDEF+LiberationSans-Bold" → "LiberationSans"."""
    name = ctypes.create_string_buffer(100)
    pdfium_c.FPDFText_GetFontInfo(text.raw, place, name, 100, ctypes.c_int())
    plain = re.sub(r"[ ,-]", "", name.value.decode("latin-1").rpartition("+")[2])
    for face in ("Liberation Sans", "Liberation Serif", "Liberation Mono", "Carlito", "Caladea"):
        if any(plain.startswith(one.replace(" ", "")) for one in similar_faces(face)[:-1]):
            return face
    return re.sub(r"(MT|Bold|Italic|Oblique|Regular)+$", "", plain)
