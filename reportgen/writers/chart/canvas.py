"""What pictures are drawn on: shapes and words, in millimetres from the top left corner."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import matplotlib
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from reportgen.house.look import PAGE_COLOUR, SegmentStyle
from reportgen.writers.chart.lettering import MILLIMETRES_PER_INCH, Lettering
from reportgen.writers.chart.patterns import strokes_of
from reportgen.writers.chart.signs import Sign, outline_of

SPACE = 2.0
"""Beside words: between a label and what it names, and between the entries of a legend."""
OUTLINE = 0.6
"""Points: the line around every shape that means something."""
_STROKE = 0.55
"""Points: of patterns."""
_DOT = 1.1
_PLATE = 0.5
"""Around words that stand on a pattern."""
_PNG_RESOLUTION = 220

Form = Literal["svg", "png"]
_METADATA: dict[Form, dict[str, None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
"""What matplotlib would write and is to leave out: the day and its own name and version."""


@contextmanager
def settled_settings() -> Iterator[None]:
    """Matplotlib's own defaults, whatever the machine's configuration files say, made repeatable."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "reportgen", "svg.fonttype": "path"})
        # Hinting makes words wider than they were measured; a "$" is a dollar, not the beginning of a formula.
        matplotlib.rcParams.update({"text.hinting": "none", "text.parse_math": False})
        # A character that no face has is drawn as a box; the alternative text still says it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


class Canvas:
    """A picture being drawn."""

    def __init__(self, width: float, height: float, lettering: Lettering) -> None:
        self.lettering = lettering
        self.height = height
        self.ink = lettering.colour
        self._figure = Figure(
            figsize=(width / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH), facecolor=PAGE_COLOUR
        )
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()

    def shape(self, left: float, top: float, width: float, height: float, style: SegmentStyle) -> None:
        """A rectangle in the style's colour and pattern, with a line around it in the colour of words.

        The line, and not the colour, is what sets it off from the page and from its neighbours.
        """
        self._axes.add_patch(Rectangle((left, top), width, height, facecolor=style.background, linewidth=0))
        strokes = strokes_of(style.pattern, left, top, width, height)
        thickness = _DOT if style.pattern == "dots" else _STROKE
        self._strokes(strokes, style.colour, thickness, "round" if style.pattern == "dots" else "butt")
        self._axes.add_patch(
            Rectangle((left, top), width, height, fill=False, edgecolor=self.ink, linewidth=OUTLINE, joinstyle="miter")
        )

    def hollow(self, left: float, top: float, width: float, height: float) -> None:
        """A rectangle in the page's colour with a broken line around it."""
        self._axes.add_patch(
            Rectangle(
                (left, top), width, height, facecolor=PAGE_COLOUR, edgecolor=self.ink, linewidth=OUTLINE * 1.3,
                linestyle=(0, (3, 2)),
            )
        )  # fmt: skip

    def sign(self, sign: Sign, x: float, y: float, radius: float, style: SegmentStyle) -> None:
        """A sign in the style's colour, with a line around it; a ring is open in its middle."""
        if sign == "ring":
            rim = Polygon(outline_of(sign, x, y, radius), facecolor=PAGE_COLOUR, edgecolor=self.ink, linewidth=1.4)
        else:
            corners = outline_of(sign, x, y, radius)
            rim = Polygon(corners, facecolor=style.background, edgecolor=self.ink, linewidth=OUTLINE)
        self._axes.add_patch(rim)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thickness: float = OUTLINE
    ) -> None:
        """A straight line; its thickness is in points."""
        self._strokes([(start, end)], colour, thickness, "butt")

    def arrow(self, left: float, right: float, y: float, rightwards: bool) -> None:
        """A level arrow between two places, whose head is at the right one or at the left one."""
        tip, tail = (right, left) if rightwards else (left, right)
        back = tip - 1.6 if rightwards else tip + 1.6
        self.line((tail, y), (back, y), self.ink, OUTLINE * 1.3)
        self._axes.add_patch(Polygon([(tip, y), (back, y - 0.9), (back, y + 0.9)], facecolor=self.ink, linewidth=0))

    def words(self, left: float, middle: float, words: str, colour: str = "") -> None:
        """Words whose capitals have their middle at `middle`."""
        baseline = middle + self.lettering.rise
        self._axes.text(
            left, baseline, words, color=colour or self.ink, fontproperties=self.lettering.font, va="baseline"
        )

    def words_on(self, left: float, width: float, middle: float, words: str, style: SegmentStyle) -> None:
        """Words in the middle of a shape of this style; a pattern is interrupted around them."""
        wide = self.lettering.width(words)
        start = left + (width - wide) / 2
        if style.pattern != "none" and words:
            edge = max(start - _PLATE, left + 0.1)
            height = self.lettering.rise * 2 + 2 * _PLATE
            plate = Rectangle(
                (edge, middle - height / 2), min(wide + 2 * _PLATE, width - 0.2), height,
                facecolor=style.background, linewidth=0,
            )  # fmt: skip
            self._axes.add_patch(plate)
        self.words(start, middle, words, style.colour)

    def lines_of_words(self, lines: Sequence[str], middle: float, left: float, right: float | None = None) -> None:
        """Lines of words around a middle, from `left` on or, where `right` is given, up to there."""
        first = middle - (len(lines) - 1) * self.lettering.line / 2
        for place, line in enumerate(lines):
            start = left if right is None else right - self.lettering.width(line)
            self.words(start, first + place * self.lettering.line, line)

    def written_as(self, form: Form) -> bytes:
        """The finished picture: SVG (UTF-8), or PNG fine enough for print."""
        written = io.BytesIO()
        self._figure.savefig(written, format=form, dpi=_PNG_RESOLUTION, metadata=_METADATA[form])
        return written.getvalue()

    def _strokes(self, strokes: Sequence[object], colour: str, thickness: float, ends: str) -> None:
        if strokes:
            self._axes.add_collection(
                LineCollection(strokes, colors=colour, linewidths=thickness, capstyle=ends), autolim=False
            )
