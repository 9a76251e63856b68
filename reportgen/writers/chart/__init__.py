"""Pictures made of data: SVG for HTML, operators for PDF, PNG for Word. Same tree, same look, same bytes.

Nothing depends on colour alone: shapes have patterns or signs, a line around them that sets them
off from the page and from each other, and words. Words become outlines, so that a picture looks
the same where the face is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from reportgen.document import Chart, Scale, Timeline
from reportgen.house.styles import StyleSheet
from reportgen.writers.chart.bars import draw_bars
from reportgen.writers.chart.canvas import Form, settled_settings
from reportgen.writers.chart.lettering import Lettering
from reportgen.writers.chart.scale import draw_scale
from reportgen.writers.chart.timeline import draw_timeline

Drawable = Chart | Timeline | Scale


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture and its size on the page, in millimetres."""

    content: bytes
    width: float
    height: float


def draw_svg(drawable: Drawable, look: StyleSheet, width: float | None = None) -> Picture:
    """As SVG (UTF-8), so wide, in millimetres; as wide as the text of an upright page if no width is given."""
    return _draw(drawable, look, "svg", width)


def draw_png(drawable: Drawable, look: StyleSheet, width: float | None = None) -> Picture:
    """The same as PNG, fine enough for print."""
    return _draw(drawable, look, "png", width)


def draw_operators(drawable: Drawable, look: StyleSheet, width: float | None = None) -> Picture:
    """The same as the operators of a PDF's page, in points from its bottom left corner."""
    return _draw(drawable, look, "operators", width)


def _draw(drawable: Drawable, look: StyleSheet, form: Form, width: float | None) -> Picture:
    wide = look.page.text_width if width is None else width
    with settled_settings():
        lettering = Lettering.of(look)
        match drawable:
            case Chart():
                canvas = draw_bars(drawable, look, wide, lettering)
            case Timeline():
                canvas = draw_timeline(drawable, look, wide, lettering)
            case Scale():
                canvas = draw_scale(drawable, look, wide, lettering)
            case _:
                assert_never(drawable)
        return Picture(canvas.written_as(form), wide, canvas.height)
