"""Installed fonts: the file that holds a face, and how wide text is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from reportgen.writers.css import similar_faces

CAPITAL_MIDDLE = 0.36
"""From the baseline to the middle of a capital letter, as a share of the type size."""
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
_FALLBACK = "DejaVu Sans"
"""Stands in for faces that are not installed, and has characters that most faces lack."""
_PLAIN_WORDS = frozenset({"Regular", "Book", "Roman", "Normal", ""})
"""Words in the name of a style that is neither bold nor italic."""
_UNITS = 1000
"""Measuring in a large size keeps rounding out of the widths."""


@dataclass(frozen=True, slots=True)
class Font:
    """An installed font."""

    family: str
    path: Path

    def text_width(self, text: str, size: float) -> float:
        """Return the width of text on one line, in the unit of `size`, without kerning, as WeasyPrint draws SVG."""
        return sum(_letter_width(self.path, letter) for letter in text) * size / _UNITS


def find_font(face: str, *, bold: bool = False, italic: bool = False) -> Font:
    """Return the installed font for a face, or the nearest that can stand in for it.

    Raises:
        FileNotFoundError: no font at all is installed.
    """
    installed = _installed_fonts()
    wanted = frozenset({"Bold"} if bold else ()) | frozenset({"Italic"} if italic else ())
    for family in (*similar_faces(face), _FALLBACK, *(name for name, _ in installed)):
        for style in (wanted, frozenset[str]()):
            if path := installed.get((family, style)):
                return Font(family, path)
    raise FileNotFoundError(f"no font is installed; install {face} or {_FALLBACK}")


def fonts_for_text(face: str) -> tuple[Font, ...]:
    """Return the font for a face and, if it is installed, one with the characters that the first may lack."""
    return tuple(dict.fromkeys((find_font(face), find_font(_FALLBACK))))


@cache
def _installed_fonts() -> Mapping[tuple[str, frozenset[str]], Path]:
    """Return the font files by family and style, such as {"Bold", "Italic"}; of two, the first by its path."""
    found: dict[tuple[str, frozenset[str]], Path] = {}
    for path in _font_files():
        try:
            family, style = ImageFont.truetype(path, 10).getname()
        except OSError:  # not a font that FreeType can read
            continue
        words = frozenset((style or "").replace("Oblique", "Italic").split()) - _PLAIN_WORDS
        found.setdefault((family or "", words), path)
    return found


def _font_files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted(path for path in Path(folder).expanduser().rglob("*") if path.suffix.lower() in _SUFFIXES)


@cache
def _measuring_font(path: Path) -> ImageFont.FreeTypeFont:
    # Pillow's other layout engine is not in every build of it.
    return ImageFont.truetype(path, _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=5_000)
def _letter_width(path: Path, letter: str) -> float:
    return _measuring_font(path).getlength(letter)
