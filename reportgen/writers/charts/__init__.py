"""Charts, scales and timelines → one SVG for all formats, and a PNG of it for programs that read no SVG.

Nothing depends on colour alone: shapes have patterns or markers, a line around them that sets
them off from the page and from each other, and words.
"""

from __future__ import annotations

import io
from typing import assert_never

import resvg_py
from PIL import Image

from reportgen.document import Chart, Scale, Timeline
from reportgen.house.styles import StyleSheet
from reportgen.writers.charts.chart import draw_chart
from reportgen.writers.charts.scale import draw_scale
from reportgen.writers.charts.svg import Drawing
from reportgen.writers.charts.timeline import draw_timeline
from reportgen.writers.fonts import fonts_for_text

_PNG_RESOLUTION = 180
"""Pixels per inch."""
_PNG_COLOURS = 64
"""Flat colours and the shades at their edges: a quarter of the bytes that all shades take, and nothing to see."""


def draw(picture: Chart | Scale | Timeline, stylesheet: StyleSheet, width: float | None = None) -> Drawing:
    """Draw a picture in the styles of a house.

    Args:
        width: in millimetres; that of the text on an upright page if None.
    """
    drawing = Drawing(stylesheet.page.text_width if width is None else width, stylesheet)
    match picture:
        case Chart():
            draw_chart(picture, drawing)
        case Timeline():
            draw_timeline(picture, drawing)
        case Scale():
            draw_scale(picture, drawing)
        case _:
            assert_never(picture)
    return drawing


def rasterise(drawing: Drawing) -> bytes:
    """Return a drawing as PNG, on a transparent ground."""
    fonts = fonts_for_text(drawing.face)
    family = fonts[0].family
    drawn = resvg_py.svg_to_bytes(
        svg_string=drawing.to_svg(),
        dpi=_PNG_RESOLUTION,
        # Only these files: the same picture wherever the same fonts are.
        skip_system_fonts=True,
        font_files=[str(font.path) for font in fonts],
        serif_family=family,
        sans_serif_family=family,
        monospace_family=family,
    )
    # Dithering would turn shades into specks and flat colours into patterns.
    palette = Image.open(io.BytesIO(drawn)).quantize(_PNG_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    palette.save(written, "PNG", dpi=(_PNG_RESOLUTION, _PNG_RESOLUTION))
    return written.getvalue()
