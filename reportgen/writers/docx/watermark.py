"""The word across every page: WordArt in the headers, which is where Word puts it and looks to remove it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from reportgen.house.look import Page
from reportgen.writers.docx.elements import NAMESPACES, Element, legible, local_name, w

_NAMES = {prefix: NAMESPACES[prefix] for prefix in ("v", "o")}
_POINTS_PER_MILLIMETRE = 72 / 25.4
_NARROW, _LETTER, _CAPITAL = 0.3, 0.56, 0.68
"""How wide characters of a bold sans serif are, in type sizes."""
_LINE = 1.0
"""How high a line of it is: Word fills the shape with all of the line, LibreOffice with the letters alone."""
_TURN = 315
"""In degrees: from the lower left to the upper right."""

# The preset shape "text on a line" (ECMA-376 part 4, 19.1.2; o:spt 136), as Word writes it.
_FORMULAS = (
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
)


def add_watermark(header: Element, words: str, look: Mapping[str, Any], page: Page, number: int) -> None:
    """Put the words behind the pages that have this header; `number` tells the headers of a document apart."""
    first = next((one for one in header if local_name(one) == "p"), None)
    if first is None:
        first = w("p")
        header.append(first)
    shape = _shape(legible(words), look, page, number)
    first.append(w("r", w("pict", _shape_type(), shape)))


def _shape(words: str, look: Mapping[str, Any], page: Page, number: int) -> Element:
    width, height = _extent(words, look["size"], page)
    places = {
        "position": "absolute",
        "margin-left": "0",
        "margin-top": "0",
        "width": f"{width:.1f}pt",
        "height": f"{height:.1f}pt",
        "rotation": str(_TURN),
        "z-index": str(-251658752 + number),
        **{f"mso-position-{way}": "center" for way in ("horizontal", "vertical")},
        **{f"mso-position-{way}-relative": "margin" for way in ("horizontal", "vertical")},
    }
    weight = ";font-weight:bold" if look.get("bold") else ""
    path = _vml(
        "v:textpath",
        style=f'font-family:"{look["face"]}";font-size:1pt{weight}',
        string=words,
    )
    shape = _vml("v:shape", path)
    shape.set("id", f"PowerPlusWaterMarkObject{number}")
    shape.set(f"{{{_NAMES['o']}}}spid", f"_x0000_s{2048 + number}")
    shape.set("type", "#_x0000_t136")
    shape.set("alt", "")
    shape.set("style", ";".join(f"{name}:{value}" for name, value in places.items()))
    shape.set(f"{{{_NAMES['o']}}}allowincell", "f")
    shape.set("fillcolor", look.get("colour", "silver"))
    shape.set("stroked", "f")
    return shape


def _extent(words: str, size: float, page: Page) -> tuple[float, float]:
    """Width and height of the line in points: at its type size, or so small that it stays within the margins."""
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
    formulas = _vml("v:formulas", *(_vml("v:f", eqn=formula) for formula in _FORMULAS))
    path = _vml("v:path", textpathok="t")
    path.set(f"{{{_NAMES['o']}}}connecttype", "custom")
    path.set(f"{{{_NAMES['o']}}}connectlocs", "@9,0;@10,10800;@11,21600;@12,10800")
    path.set(f"{{{_NAMES['o']}}}connectangles", "270,180,90,0")
    kind = _vml("v:shapetype", formulas, path, _vml("v:textpath", on="t", fitshape="t"))
    kind.set("id", "_x0000_t136")
    kind.set("coordsize", "21600,21600")
    kind.set(f"{{{_NAMES['o']}}}spt", "136")
    kind.set("adj", "10800")
    kind.set("path", "m@7,l@8,m@5,21600l@6,21600e")
    return kind


def _vml(name: str, /, *children: Element, **attributes: str) -> Element:
    """An element of VML, whose attributes have no namespace."""
    prefix, local = name.split(":")
    element = etree.Element(f"{{{_NAMES[prefix]}}}{local}", attributes, nsmap=_NAMES)
    element.extend(children)
    return element
