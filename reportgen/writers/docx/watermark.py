"""The word across every page: WordArt in the headers, which is where Word puts it and looks to remove it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.house.styles import Page
from reportgen.writers.docx.elements import Element, legible, local_name, named, w

_POINTS_PER_MILLIMETRE = 72 / 25.4
_NARROW, _LETTER, _CAPITAL = 0.3, 0.56, 0.68
"""How wide characters of a bold sans serif are, in type sizes."""
_LINE = 1.0
"""How high a line of it is: Word fills the shape with all of the line, LibreOffice with the letters alone."""
_TURN = 315
"""In degrees: from the lower left to the upper right."""

# The preset shape "text on a line" (ECMA-376 part 4, 19.1.2; o:spt 136), as Word writes it.
_FORMULAS = (
    "sum #0 0 10800;prod #0 2 1;sum 21600 0 @1;sum 0 0 @2;sum 21600 0 @3;if @0 @3 0;if @0 21600 @1;if @0 0 @2;"
    "if @0 @4 21600;mid @5 @6;mid @8 @5;mid @7 @8;mid @6 @7;sum @6 0 @5"
)


def add_watermark(header: Element, words: str, look: Mapping[str, Any], page: Page, number: int) -> None:
    """Put the words behind the pages that have this header; `number` tells the headers of a document apart."""
    first = next((one for one in header if local_name(one) == "p"), None)
    if first is None:
        first = w("p")
        header.append(first)
    first.append(w("r", w("pict", _shape_type(), _shape(legible(words), look, page, number))))


def _shape(words: str, look: Mapping[str, Any], page: Page, number: int) -> Element:
    width, height = _extent(words, look["size"], page)
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.1f}pt;height:{height:.1f}pt;"
        f"rotation:{_TURN};z-index:{number - 251658752};"
        "mso-position-horizontal:center;mso-position-vertical:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical-relative:margin"
    )
    weight = ";font-weight:bold" if look.get("bold") else ""
    return named(
        "v:shape",
        named("v:textpath", style=f'font-family:"{look["face"]}";font-size:1pt{weight}', string=words),
        id=f"PowerPlusWaterMarkObject{number}",
        o_spid=f"_x0000_s{2048 + number}",
        type="#_x0000_t136",
        alt="",
        style=place,
        o_allowincell="f",
        fillcolor=look.get("colour", "silver"),
        stroked="f",
    )


def _extent(words: str, size: float, page: Page) -> tuple[float, float]:
    """Return width and height of the line in points: at its type size, or so small that it stays within the margins."""
    length = sum(_width_of(letter) for letter in words)
    # Turned by 45°, a line takes (width + height) / √2 either way.
    room = min(page.text_width, page.height - page.margin_top - page.margin_bottom) * _POINTS_PER_MILLIMETRE
    size = min(size, room * 2**0.5 / (length + _LINE))
    return size * length, size * _LINE


def _width_of(letter: str) -> float:
    if letter in " .,:;'’!|iIjl":
        return _NARROW
    return _CAPITAL if letter.isupper() else _LETTER


def _shape_type() -> Element:
    joints = {"o_connectlocs": "@9,0;@10,10800;@11,21600;@12,10800", "o_connectangles": "270,180,90,0"}
    return named(
        "v:shapetype",
        named("v:formulas", *(named("v:f", eqn=formula) for formula in _FORMULAS.split(";"))),
        named("v:path", textpathok="t", o_connecttype="custom", **joints),
        named("v:textpath", on="t", fitshape="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        o_spt="136",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
