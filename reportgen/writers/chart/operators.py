"""A figure of matplotlib → the operators that draw it in a PDF: nothing but paths, filled and stroked.

WeasyPrint would read the SVG of a picture coordinate by coordinate, for each letter again, which
took more than half the time of a paper. These are put into its page as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Transform

from reportgen.writers.chart.letters import two_thirds

POINTS_PER_INCH = 72
_GRID = 0.125
"""Of matplotlib's steps, of which 100 make the size of the type: letters are in whole numbers of it."""
_STEPS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "c", Path.CURVE4: "c"}
_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


def write_operators(figure: Figure) -> bytes:
    """The figure's paths as operators of a PDF's page (ISO 32000-1, 8.5), in points from its bottom left corner."""
    figure.set_dpi(POINTS_PER_INCH)
    renderer = _Operators(*figure.get_size_inches())
    figure.draw(renderer)
    return "\n".join(renderer.written).encode("ascii")


class _Operators(RendererBase):
    """Writes what it is asked to draw."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self._size = width * POINTS_PER_INCH, height * POINTS_PER_INCH
        self._letters: dict[str, str] = {}
        """The operators of each letter, in matplotlib's own size: most stand in a picture a dozen times."""
        self._outlines: dict[str, Any] = {}
        self.written: list[str] = []

    def get_canvas_width_height(self) -> tuple[float, float]:
        """In points."""
        return self._size

    def flipy(self) -> bool:
        """In a PDF y rises."""
        return False

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803  matplotlib's
    ) -> None:
        """A path, filled with a colour if one is given, with a line along it if that has a width."""
        stroked = gc.get_linewidth() > 0
        if rgbFace is None and not stroked:
            return
        self.written.append("q")
        if rgbFace is not None:
            self.written.append(f"{_colour(rgbFace)} rg")
        if stroked:
            self.written += _line_of(gc)
        self.written += _steps(path.transformed(transform), 2)
        self.written.append("B" if stroked and rgbFace is not None else "S" if stroked else "f")
        self.written.append("Q")

    def draw_text(
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: FontProperties, *_unused: Any, **_more: Any
    ) -> None:
        """Words on one line, as the outlines of their letters."""
        font = get_font([findfont(one) for one in _single(prop)])
        font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
        placed, new, _boxes = text_to_path.get_glyphs_with_font(font, s, self._outlines, return_new_glyphs_only=True)
        self._outlines |= new
        for name, (corners, codes) in new.items():
            self._letters[name] = " ".join(_steps(Path(corners / _GRID, codes), 0))
        scale = prop.get_size_in_points() / text_to_path.FONT_SCALE
        self.written.append(f"q {_colour(gc.get_rgb())} rg {scale:.5g} 0 0 {scale:.5g} {x:.2f} {y:.2f} cm")
        for name, right, up, size in placed:
            self.written.append(
                f"q {size * _GRID:.5g} 0 0 {size * _GRID:.5g} {right:.2f} {up:.2f} cm {self._letters[name]} f Q"
            )
        self.written.append("Q")


def _single(font: FontProperties) -> Iterator[FontProperties]:
    """The font in each of its faces: the first that has a letter draws it."""
    for family in font.get_family():
        one = font.copy()
        one.set_family(family)
        yield one


def _line_of(gc: GraphicsContextBase) -> Iterator[str]:
    yield f"{_colour(gc.get_rgb())} RG {gc.get_linewidth():.3g} w"
    yield f"{_CAPS[gc.get_capstyle()]} J {_JOINS[gc.get_joinstyle()]} j"
    offset, dashes = gc.get_dashes()
    if dashes is not None:
        yield f"[{' '.join(f'{dash:.3g}' for dash in np.asarray(dashes))}] {offset:.3g} d"


def _steps(path: Path, places: int) -> Iterator[str]:
    """The path's steps with so many decimal places, all curves cubic: a PDF knows no others."""
    last = (0.0, 0.0)
    for numbers, code in path.iter_segments(simplify=False):
        values = numbers.tolist()
        if code == Path.CURVE3:
            control, end = (values[0], values[1]), (values[2], values[3])
            values = [*two_thirds(last, control), *two_thirds(end, control), *end]
        yield " ".join([*(f"{value:.{places}f}" for value in values), _STEPS[code]] if code != Path.CLOSEPOLY else "h")
        last = values[-2], values[-1]


def _colour(colour: Any) -> str:
    return " ".join(f"{part:.4g}" for part in colour[:3])
