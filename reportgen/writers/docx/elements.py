"""Elements of WordprocessingML, made in one call, with their children in the schema's order.

Lengths come in millimetres or points and leave in Word's own units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
}
_OTHERS = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix not in ("w", "r", "xml")}
"""Those beside Word's own. Each part declares the ones that it needs (`StoryPart.blob`)."""
EXTENSIONS = ("w14", "w15")
"""What later versions of Word have added; others are told that they may pass over it."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# ISO/IEC 29500-1, annex A: these are sequences, and Word refuses a file that breaks them.
_SEQUENCES = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens bidi spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr"
    ),
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs u shd vertAlign rtl lang",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan tcBorders shd noWrap tcMar vAlign",
    "tblCellMar": "top left bottom right",
}
_PLACES = {name: {child: place for place, child in enumerate(names.split())} for name, names in _SEQUENCES.items()}


def qualified(name: str) -> str:
    """Return "w:p" as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Return the element w:`name`.

    Attributes are in its namespace, but "r_id" and "xml_space" in those of their prefix.
    """
    element = etree.Element(qualified(f"w:{name}"), nsmap={"w": NAMESPACES["w"], "r": NAMESPACES["r"]})
    for key, value in attributes.items():
        prefix, _, local = key.rpartition("_")
        element.set(qualified(f"{prefix or 'w'}:{local}"), str(value))
    places = _PLACES.get(name)
    element.extend(sorted(children, key=lambda child: places[local_name(child)]) if places else children)
    return element


def named(name: str, /, *children: Element, **attributes: str) -> Element:
    """Return an element of another of `NAMESPACES`.

    "r_embed" is the attribute r:embed; one without a prefix has none.
    """
    element = etree.Element(qualified(name), nsmap=_OTHERS)
    for key, value in attributes.items():
        of, _, local = key.rpartition("_")
        element.set(qualified(f"{of}:{local}") if of else local, value)
    element.extend(children)
    return element


def plain_element(namespace: str, name: str, texts: Mapping[str, str]) -> Element:
    """Return an element of a namespace of our own, without a prefix, with an element in it for each text."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]  # a gap in lxml-stubs
    for child, text in texts.items():
        etree.SubElement(element, f"{{{namespace}}}{child}").text = legible(text)
    return element


def legible(text: str) -> str:
    """Return the text without the characters that XML 1.0 cannot carry (§2.2)."""
    return _NOT_IN_XML.sub("\ufffd", text)


def w_text(name: str, text: str) -> Element:
    """Return the element w:`name` with text in it, every space of which is kept."""
    element = w(name, xml_space="preserve")
    element.text = text
    return element


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def namespace_of(element: Element) -> str:
    """Return the namespace of an element's name."""
    return str(etree.QName(element).namespace)


def switch(name: str, on: bool) -> Element:
    """Return a property that is either on or off."""
    return w(name) if on else w(name, val=0)


def twips(millimetres: float) -> int:
    """Return twentieths of a point, for lengths across the page."""
    return round(millimetres / 25.4 * 1440)


def millimetres(twentieths_of_points: int) -> float:
    """Return what `twips` made of a length, as a length again."""
    return twentieths_of_points / 1440 * 25.4


def twentieths(points: float) -> int:
    """Return twentieths of a point, for spaces."""
    return round(points * 20)


def emus(millimetres: float) -> int:
    """Return English metric units, for pictures."""
    return round(millimetres * 36000)


def hexadecimal(colour: str) -> str:
    """Return "#005a9c" as Word writes it."""
    return colour.removeprefix("#").upper()


def border(side: str, width: float, colour: str, gap: float = 0, line: str = "single") -> Element:
    """Return one side of a border: `width` and `gap` in points, within what Word can draw."""
    eighths = min(max(round(width * 8), 2), 96)
    return w(side, val=line, sz=eighths, space=min(round(gap), 31), color=hexadecimal(colour))


def shading(colour: str) -> Element:
    """Return a background of one colour."""
    return w("shd", val="clear", color="auto", fill=hexadecimal(colour))


def indent(left: float, hanging: float = 0, right: float | None = None) -> Element:
    """Return an indent in millimetres. The first line is always stated, so that no other indent of it shows through."""
    first = {"hanging": twips(hanging)} if hanging else {"firstLine": 0}
    last = {} if right is None else {"right": twips(right)}
    return w("ind", left=twips(left), **last, **first)
