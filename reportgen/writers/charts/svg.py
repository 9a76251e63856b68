"""The SVG that charts are drawn in: text, shapes with patterns, markers, a legend.

Lengths are millimetres from the top left corner; type sizes and line widths are points. The SVG
is in points throughout, with attributes in place of styles: Word reads little more of SVG.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, assert_never

from reportgen.house.styles import PAGE_COLOUR, SegmentStyle, StyleSheet
from reportgen.writers.css import similar_faces
from reportgen.writers.fonts import CAPITAL_MIDDLE, find_font

SPACE = 2.0
"""Beside words: between a label and what it names, and between the entries of a legend."""
OUTLINE = 0.6
"""Points: the line around every shape that means something."""
GRID_COLOUR = "#8a8a8a"
"""Lines that guide the eye: they mean nothing that words and marks do not say, but are seen (3 to 1 on white)."""
ARROW_HEAD = 1.6
MILLIMETRES_PER_POINT = 25.4 / 72
_PATTERN_STEP = 1.7
"""Between the strokes of a pattern, measured along an edge."""
_PATTERN_LINE = 0.55
"""Points."""
_DOT_RADIUS = 0.3
_SHORTEST_STROKE = 0.1
_PLATE = 0.5
"""Plain ground on both sides of words that stand on a pattern or a line."""
_SWATCH_WIDTH = 4.2
_SWATCH_HEIGHT = 3.2
_LEGEND_RADIUS = 1.3

Point = tuple[float, float]
Stroke = tuple[Point, Point]

_MARKERS: Mapping[str, tuple[Point, ...]] = MappingProxyType(
    {
        "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle": ((0, -1.1), (1.13, 0.85), (-1.13, 0.85)),
        # An x: the arms are a third as thick as they are long.
        "cross": (
            (0.62, -1.07), (1.07, -0.62), (0.45, 0), (1.07, 0.62), (0.62, 1.07), (0, 0.45),
            (-0.62, 1.07), (-1.07, 0.62), (-0.45, 0), (-1.07, -0.62), (-0.62, -1.07), (0, -0.45),
        ),
    }
)  # fmt: skip
"""The corners of markers of radius 1 around 0, 0."""


class Drawing:
    """A picture that is drawn in the styles of a house."""

    def __init__(self, width: float, stylesheet: StyleSheet) -> None:
        style = stylesheet.resolved("chart")
        self.width = width
        self.height = 0.0
        """Known when all is drawn."""
        self.face: str = style["face"]
        self.ink: str = style["colour"]
        self.line_height: float = style["size"] * style["line_height"] * MILLIMETRES_PER_POINT
        self._size: float = style["size"]
        self._font = find_font(self.face)
        self._segments = stylesheet.segments
        self._elements: list[str] = []

    def to_svg(self, **attributes: str) -> str:
        """Return the picture as SVG, with more attributes of the root element; `aria_label` is "aria-label"."""
        families = ",".join(similar_faces(self.face))
        words = _element("g", "".join(self._elements), font_family=families, font_size=f"{self._size:g}")
        return _element(
            "svg",
            words,
            xmlns="http://www.w3.org/2000/svg",
            width=f"{self.width:g}mm",
            height=f"{self.height:g}mm",
            viewBox=f"0 0 {_points(self.width)} {_points(self.height)}",
            **attributes,
        )

    # ---- Text ----

    def text_width(self, words: str) -> float:
        """Return the width of words on one line."""
        return self._font.text_width(words, self._size) * MILLIMETRES_PER_POINT

    def shorten(self, words: str, limit: float) -> str:
        """Return words on one line no wider than `limit`, ended with "…" where they would be."""
        shown = words
        while len(shown) > 1 and self.text_width(shown) > limit:
            shown = f"{shown.removesuffix('…')[:-1].rstrip()}…"
        return shown

    def wrap(self, words: str, limit: float) -> tuple[str, ...]:
        """Break words into lines no wider than `limit`; a word that is too long by itself is shortened."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.text_width(longer) <= limit:
                lines[-1] = longer
            else:
                lines.append(self.shorten(word, limit))
        return tuple(lines)

    def text(
        self, x: float, middle: float, words: str, anchor: Literal["start", "middle", "end"] = "start", colour: str = ""
    ) -> None:
        """Draw words whose capitals have their middle at `middle`."""
        if words:
            baseline = middle + CAPITAL_MIDDLE * self._size * MILLIMETRES_PER_POINT
            self._add(
                "text",
                html.escape(words, quote=False),
                x=_points(x),
                y=_points(baseline),
                fill=colour or self.ink,
                text_anchor="" if anchor == "start" else anchor,
            )

    def text_lines(
        self, x: float, middle: float, lines: Sequence[str], anchor: Literal["start", "middle", "end"] = "start"
    ) -> None:
        """Draw lines of words around a middle."""
        first = middle - (len(lines) - 1) * self.line_height / 2
        for place, line in enumerate(lines):
            self.text(x, first + place * self.line_height, line, anchor)

    # ---- Shapes ----

    def segment(self, left: float, top: float, width: float, height: float, role: str, words: str = "") -> None:
        """Draw a rectangle in the colour and pattern of a role, with words in its middle.

        The line around it, and not the colour, sets it off from the page and from its neighbours.
        The pattern is interrupted around the words.
        """
        style = self._style(role)
        self._rectangle(left, top, width, height, fill=style.background)
        self._pattern(left, top, width, height, style)
        if words and style.pattern != "none":
            plate = min(self.text_width(words) + 2 * _PLATE, width)
            self._rectangle(left + (width - plate) / 2, top, plate, height, fill=style.background)
        self._rectangle(left, top, width, height, fill="none", stroke=self.ink, stroke_width=f"{OUTLINE:g}")
        self.text(left + width / 2, top + height / 2, words, "middle", style.colour)

    def dashed_rectangle(self, left: float, top: float, width: float, height: float, words: str) -> None:
        """Draw a rectangle in the page's colour with a broken line around it and words in its middle."""
        line = {"stroke": self.ink, "stroke_width": f"{OUTLINE * 1.3:g}", "stroke_dasharray": "2.3 1.6"}
        self._rectangle(left, top, width, height, fill=PAGE_COLOUR, **line)
        self.text(left + width / 2, top + height / 2, words, "middle")

    def blank(self, left: float, middle: float, width: float, height: float) -> None:
        """Cover what is drawn behind words of this width."""
        self._rectangle(left - _PLATE, middle - height / 2, width + 2 * _PLATE, height, fill=PAGE_COLOUR)

    def marker(self, x: float, y: float, radius: float, role: str) -> None:
        """Draw the marker of a role with a line around it; a ring is open in its middle."""
        style = self._style(role)
        line = {"stroke": self.ink, "stroke_width": f"{OUTLINE:g}"}
        match style.sign:
            case "circle":
                self._circle(x, y, radius, fill=style.background, **line)
            case "ring":
                self._circle(x, y, radius, fill=PAGE_COLOUR, stroke=self.ink, stroke_width="1.4")
            case "square" | "triangle" | "diamond" | "cross":
                corners = ((x + radius * across, y + radius * down) for across, down in _MARKERS[style.sign])
                self._polygon(corners, fill=style.background, **line)
            case _:
                assert_never(style.sign)

    def line(self, start: Point, end: Point, colour: str, thickness: float = OUTLINE) -> None:
        """Draw a straight line."""
        self._strokes([(start, end)], stroke=colour, stroke_width=f"{thickness:g}")

    def arrow(self, tail: float, tip: float, y: float) -> None:
        """Draw a level arrow, at least as long as its head."""
        back = tip - ARROW_HEAD if tip > tail else tip + ARROW_HEAD
        half = ARROW_HEAD * 0.55
        self.line((tail, y), (back, y), self.ink, OUTLINE * 1.3)
        self._polygon([(tip, y), (back, y - half), (back, y + half)], fill=self.ink)

    def legend(self, names: Iterable[tuple[str, str]], shows: Literal["patterns", "markers"], left: float) -> float:
        """Draw what colours, patterns or markers mean, and return the height of that.

        Args:
            names: labels and roles; each pair is drawn once.
            left: where the legend begins if it fits on one line from there on; otherwise it begins at the edge.
        """
        once = tuple(dict.fromkeys(names))
        widths = [_SWATCH_WIDTH + SPACE / 2 + self.text_width(label) for label, _role in once]
        start = left if left + sum(widths) + 2 * SPACE * (len(widths) - 1) <= self.width else 0.0
        x, top = start, 0.0
        for (label, role), width in zip(once, widths, strict=True):
            if x > start and x + width > self.width:
                x, top = start, top + self.line_height * 1.3
            middle = top + self.line_height / 2
            if shows == "patterns":
                self.segment(x + 0.2, middle - _SWATCH_HEIGHT / 2, _SWATCH_WIDTH - 0.4, _SWATCH_HEIGHT, role)
            else:
                self.marker(x + _SWATCH_WIDTH / 2, middle, _LEGEND_RADIUS, role)
            words = x + _SWATCH_WIDTH + SPACE / 2
            self.text(words, middle, self.shorten(label, self.width - words))
            x += width + 2 * SPACE
        return top + self.line_height if once else 0.0

    # ---- Elements ----

    def _style(self, role: str) -> SegmentStyle:
        """Return the role's style; a plain one for a role that the house gives none."""
        return self._segments.get(role) or SegmentStyle()

    def _pattern(self, left: float, top: float, width: float, height: float, style: SegmentStyle) -> None:
        strokes = [
            ((left + x, top + y), (left + to_x, top + to_y))
            for (x, y), (to_x, to_y) in _pattern_strokes(style, width, height)
        ]
        if style.pattern == "dots":
            dot = f"{2 * _DOT_RADIUS / MILLIMETRES_PER_POINT:.3g}"
            self._strokes(strokes, stroke=style.colour, stroke_width=dot, stroke_linecap="round")
        else:
            self._strokes(strokes, stroke=style.colour, stroke_width=f"{_PATTERN_LINE:g}")

    def _strokes(self, strokes: Sequence[Stroke], **paint: str) -> None:
        if strokes:
            path = "".join(
                f"M{_points(x)} {_points(y)}L{_points(to_x)} {_points(to_y)}" for (x, y), (to_x, to_y) in strokes
            )
            self._add("path", d=path, fill="none", **paint)

    def _rectangle(self, left: float, top: float, width: float, height: float, **paint: str) -> None:
        size = {"width": _points(width), "height": _points(height)}
        self._add("rect", x=_points(left), y=_points(top), **size, **paint)

    def _circle(self, x: float, y: float, radius: float, **paint: str) -> None:
        self._add("circle", cx=_points(x), cy=_points(y), r=_points(radius), **paint)

    def _polygon(self, corners: Iterable[Point], **paint: str) -> None:
        self._add("polygon", points=" ".join(f"{_points(x)},{_points(y)}" for x, y in corners), **paint)

    def _add(self, tag: str, content: str = "", **attributes: str) -> None:
        self._elements.append(_element(tag, content, **attributes))


def _element(tag: str, content: str = "", **attributes: str) -> str:
    """Write an element of SVG; underscores in names of attributes stand for hyphens, empty attributes are left out."""
    named = (f' {name.replace("_", "-")}="{html.escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{''.join(named)}>{content}</{tag}>"


def _points(millimetres: float) -> str:
    return f"{round(millimetres / MILLIMETRES_PER_POINT, 2):g}"


def _pattern_strokes(style: SegmentStyle, width: float, height: float) -> list[Stroke]:
    """Return the strokes that fill a rectangle at 0, 0, none of them beyond its edges.

    They are strokes because Word, LibreOffice and WeasyPrint draw the patterns of SVG differently.
    """
    match style.pattern:
        case "none":
            return []
        case "lines":
            return list(_rising_strokes(width, height, _PATTERN_STEP))
        case "falling lines":
            return list(_falling_strokes(width, height, _PATTERN_STEP))
        case "upright lines":
            return [((x, 0.0), (x, height)) for x in _places(width, _PATTERN_STEP * 0.75)]
        case "cross":
            step = _PATTERN_STEP * 1.2
            return [*_rising_strokes(width, height, step), *_falling_strokes(width, height, step)]
        case "dots":
            return list(_dots(width, height))
        case _:
            assert_never(style.pattern)


def _places(length: float, step: float) -> Iterator[float]:
    """Yield every `step` from half a step on, up to the length."""
    place = step / 2
    while place < length:
        yield place
        place += step


def _rising_strokes(width: float, height: float, step: float) -> Iterator[Stroke]:
    """Yield lines at 45 degrees that rise to the right, cut off at the edges."""
    for place in _places(width + height, step):
        low, high = max(0.0, place - height), min(width, place)
        if high - low > _SHORTEST_STROKE:
            yield (low, place - low), (high, place - high)


def _falling_strokes(width: float, height: float, step: float) -> Iterator[Stroke]:
    for (x, y), (to_x, to_y) in _rising_strokes(width, height, step):
        yield (width - x, y), (width - to_x, to_y)


def _dots(width: float, height: float) -> Iterator[Stroke]:
    """Yield dots, every second row between those of the first.

    A dot is a very short stroke with round ends; of one with no length some programs draw nothing.
    """
    for row, y in enumerate(_places(height - _DOT_RADIUS, _PATTERN_STEP * 0.7)):
        indent = row % 2 * _PATTERN_STEP / 2
        for x in _places(width - indent - _DOT_RADIUS, _PATTERN_STEP):
            yield (indent + x, y), (indent + x + 0.01, y)
