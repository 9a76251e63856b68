"""Words → the outlines of their letters: drawn, not written, so that no program finds them in the text of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from reportgen.writers.chart.canvas import settled_settings
from reportgen.writers.chart.lettering import faces_here

_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}


@dataclass(frozen=True, slots=True)
class Outlines:
    """The letters as the path of an SVG, with the middle of the words at 0, 0, and how wide they are, in points."""

    path: str
    width: float


def draw_outlines(words: str, style: Mapping[str, Any]) -> Outlines:
    """The outlines of words in a style of the look (face, size, bold, italic), all that is set of it."""
    if not words.strip():  # which matplotlib cannot draw
        return Outlines("", 0)
    font = FontProperties(
        family=faces_here(style["face"]),
        weight="bold" if style.get("bold") else "normal",
        style="italic" if style.get("italic") else "normal",
    )
    with settled_settings():
        path = TextPath((0, 0), words, size=style["size"], prop=font)
    box = path.get_extents()
    across, up = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    parts = []
    for points, code in path.iter_segments(curves=True, simplify=False):
        # A path of matplotlib rises, a picture's y falls.
        placed = (f"{x - across:.2f} {up - y:.2f}" for x, y in zip(points[::2], points[1::2], strict=True))
        parts.append(_COMMANDS[code] + ("" if code == Path.CLOSEPOLY else " ".join(placed)))
    return Outlines("".join(parts), float(box.width))
