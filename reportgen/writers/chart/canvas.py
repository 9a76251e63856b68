"""What pictures are drawn on: shapes and words, in millimetres from the top left corner."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, assert_never

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from reportgen.house.styles import PAGE_COLOUR, SegmentStyle
from reportgen.writers.chart.lettering import MILLIMETRES_PER_INCH, MILLIMETRES_PER_POINT, Lettering
from reportgen.writers.chart.letters import shorten_letters
from reportgen.writers.chart.operators import write_operators
from reportgen.writers.chart.patterns import DOT_RADIUS, Stroke, dots_of, strokes_of
from reportgen.writers.chart.signs import Sign, outline_of

SPACE = 2.0
"""Beside words: between a label and what it names, and between the entries of a legend."""
OUTLINE = 0.6
"""Points: the line around every shape that means something."""
ARROW_HEAD = 1.6
_STROKE = 0.55
"""Points: of patterns."""
_PLATE = 0.5
"""Around words that stand on a pattern."""
_NOWHERE = 0.01
"""The length of a dot. Of none at all, some programs draw nothing."""
_PNG_RESOLUTION = 220
_PNG_COLOURS = 64
"""Flat colours and the shades at their edges: a quarter of the bytes that all shades take, and nothing to see."""

Form = Literal["svg", "png", "operators"]


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
        # Without a ground of its own: the word across a draft's pages shows through.
        self._figure = Figure(figsize=(width / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH), facecolor="none")
        # Without axes, too: they take longer to make than the whole of a small picture.
        per_inch = 1 / MILLIMETRES_PER_INCH
        upright = Affine2D().scale(per_inch, -per_inch).translate(0, height * per_inch)
        self._millimetres = upright + self._figure.dpi_scale_trans
        self._drawn = 0

    def shape(self, left: float, top: float, width: float, height: float, style: SegmentStyle, words: str = "") -> None:
        """A rectangle in the style's colour and pattern, with words in its middle and a line around it in the ink.

        The line, and not the colour, is what sets it off from the page and from its neighbours. The pattern is
        interrupted around the words.
        """
        self._put(Rectangle((left, top), width, height, facecolor=style.background, linewidth=0))
        self._put_pattern(left, top, width, height, style)
        wide = self.lettering.width(words) if words else 0.0
        start = left + (width - wide) / 2
        if words and style.pattern != "none":
            edge = max(start - _PLATE, left)
            plate = min(wide + 2 * _PLATE, width)
            self._put(Rectangle((edge, top), plate, height, facecolor=style.background, linewidth=0))
        self._put(Rectangle((left, top), width, height, fill=False, edgecolor=self.ink, linewidth=OUTLINE))
        if words:
            self.words(start, top + height / 2, words, style.colour)

    def hollow(self, left: float, top: float, width: float, height: float) -> None:
        """A rectangle in the page's colour with a broken line around it."""
        self._put(
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
        self._put(rim)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thickness: float = OUTLINE
    ) -> None:
        """A straight line; its thickness is in points."""
        self._strokes([(start, end)], colour, thickness)

    def arrow(self, tail: float, tip: float, y: float) -> None:
        """A level arrow from one place to another, which is at least as far away as the arrow's head is long."""
        back = tip - ARROW_HEAD if tip > tail else tip + ARROW_HEAD
        half = ARROW_HEAD * 0.55
        self.line((tail, y), (back, y), self.ink, OUTLINE * 1.3)
        self._put(Polygon([(tip, y), (back, y - half), (back, y + half)], facecolor=self.ink, linewidth=0))

    def words(self, left: float, middle: float, words: str, colour: str = "") -> None:
        """Words whose capitals have their middle at `middle`."""
        baseline = middle + self.lettering.rise
        self._put(_Words(left, baseline, words, colour or self.ink, self.lettering.font))

    def clear(self, left: float, middle: float, width: float, height: float) -> None:
        """Takes away what is drawn behind words of this width, so far up and down in all."""
        self._put(
            Rectangle(
                (left - _PLATE, middle - height / 2), width + 2 * _PLATE, height, facecolor=PAGE_COLOUR, linewidth=0
            )
        )

    def lines_of_words(self, lines: Sequence[str], middle: float, left: float, right: float | None = None) -> None:
        """Lines of words around a middle, from `left` on or, where `right` is given, up to there."""
        first = middle - (len(lines) - 1) * self.lettering.line / 2
        for place, line in enumerate(lines):
            start = left if right is None else right - self.lettering.width(line)
            self.words(start, first + place * self.lettering.line, line)

    def written_as(self, form: Form) -> bytes:
        """The finished picture: SVG (UTF-8), PNG fine enough for print, or the operators of a PDF."""
        match form:
            case "svg":
                written = io.BytesIO()
                # Matplotlib would write the day and its own name and version.
                self._figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
                return shorten_letters(written.getvalue().decode()).encode()
            case "png":
                return self._rasterised()
            case "operators":
                return write_operators(self._figure)
            case _:
                assert_never(form)

    def _rasterised(self) -> bytes:
        """As PNG with a palette. Without dithering: shades would become specks, and flat colours not stay flat."""
        self._figure.set_dpi(_PNG_RESOLUTION)
        drawn = FigureCanvasAgg(self._figure)
        drawn.draw()  # type: ignore[no-untyped-call]
        shown = drawn.buffer_rgba()  # type: ignore[no-untyped-call]
        picture = Image.frombuffer("RGBA", drawn.get_width_height(), shown, "raw", "RGBA", 0, 1)
        palette = picture.quantize(_PNG_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        written = io.BytesIO()
        palette.save(written, "PNG", dpi=(_PNG_RESOLUTION, _PNG_RESOLUTION))
        return written.getvalue()

    def _put(self, drawn: Artist) -> None:
        """Over everything that is there already: matplotlib would put all lines over all shapes."""
        self._drawn += 1
        drawn.set_zorder(self._drawn)
        drawn.set_transform(self._millimetres)
        self._figure.add_artist(drawn, clip=False)  # nothing leaves the picture, and each clip would be written out

    def _put_pattern(self, left: float, top: float, width: float, height: float, style: SegmentStyle) -> None:
        self._strokes(strokes_of(style.pattern, left, top, width, height), style.colour, _STROKE)
        dots = dots_of(style.pattern, left, top, width, height)
        # A dot is a stroke that goes nowhere, with round ends: two points where its outline has dozens.
        points = [((x, y), (x + _NOWHERE, y)) for x, y in dots]
        self._strokes(points, style.colour, 2 * DOT_RADIUS / MILLIMETRES_PER_POINT, "round")

    def _strokes(
        self, strokes: Sequence[Stroke], colour: str, thickness: float, ends: Literal["butt", "round"] = "butt"
    ) -> None:
        """Strokes as one path: each by itself is written with its looks, and takes long to read."""
        if strokes:
            corners = [corner for stroke in strokes for corner in stroke]
            path = Path(corners, [Path.MOVETO, Path.LINETO] * len(strokes))
            # Moved onto whole pixels, a dot's ends would fall together, and nothing be drawn.
            drawn = PathPatch(path, fill=False, edgecolor=colour, linewidth=thickness, capstyle=ends, snap=False)
            self._put(drawn)


class _Words(Artist):
    """Words on one line from a place on their baseline on. Matplotlib's own text would measure and turn them first."""

    def __init__(self, left: float, baseline: float, words: str, colour: str, font: FontProperties) -> None:
        super().__init__()
        self._place = left, baseline
        self._words = words
        self._colour = colour
        self._font = font

    def draw(self, renderer: RendererBase) -> None:
        """As matplotlib asks for it."""
        across, up = self.get_transform().transform(self._place)
        settings = renderer.new_gc()
        settings.set_foreground(self._colour)
        y = renderer.get_canvas_width_height()[1] - up if renderer.flipy() else up
        renderer.draw_text(settings, across, y, self._words, self._font, 0)
