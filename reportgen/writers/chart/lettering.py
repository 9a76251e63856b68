"""The type of a picture's words: how wide they are and where their lines break. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

from reportgen.house.styles import StyleSheet
from reportgen.writers.css import similar_faces

MILLIMETRES_PER_INCH = 25.4
MILLIMETRES_PER_POINT = MILLIMETRES_PER_INCH / 72

_MATPLOTLIB_FACE = "DejaVu Sans"
"""Comes with matplotlib; stands in for faces and characters that the machine does not have."""


def faces_here(face: str) -> list[str]:
    """The face and those that can stand in for it, as far as the machine has them; at least one."""
    known = {entry.name for entry in fontManager.ttflist}
    return [one for one in (*similar_faces(face), _MATPLOTLIB_FACE) if one in known]


@dataclass(frozen=True, slots=True)
class Lettering:
    """The type of the role "chart"."""

    font: FontProperties
    size: float
    """In points."""
    line: float
    """From one line to the next."""
    colour: str

    @classmethod
    def of(cls, look: StyleSheet) -> Lettering:
        """The house's type for pictures, in a face that the machine has."""
        style = look.resolved("chart")
        size = style["size"]
        font = FontProperties(family=faces_here(style["face"]), size=size)
        return cls(font, size, size * style["line_height"] * MILLIMETRES_PER_POINT, style["colour"])

    @property
    def rise(self) -> float:
        """From the baseline to the middle of a capital letter."""
        return 0.36 * self.size * MILLIMETRES_PER_POINT

    def width(self, words: str) -> float:
        """How wide the words are in one line."""
        return _width(words, self.font) * MILLIMETRES_PER_POINT

    def wrapped(self, words: str, limit: float) -> tuple[str, ...]:
        """The words in lines that are no wider than `limit`, save where a single word is."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= limit:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def shortened(self, words: str, limit: float) -> str:
        """The words in one line no wider than `limit`, ended with "…" where they would be."""
        shown = words
        while len(shown) > 1 and self.width(shown) > limit:
            shown = f"{shown.removesuffix('…')[:-1].rstrip()}…"
        return shown

    def widest(self, lines: tuple[str, ...]) -> float:
        """The width of the widest of the lines; 0 without any."""
        return max(map(self.width, lines), default=0.0)


@lru_cache(maxsize=2_000)
def _width(words: str, font: FontProperties) -> float:
    """In points. The same words are measured for each format, and again wherever they might stand."""
    width, _height, _descent = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(width)
