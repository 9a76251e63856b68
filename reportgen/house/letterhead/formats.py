"""What the styles of a Word file and a paragraph's own properties come to: the look that is seen.

Properties are gathered in mappings by Word's names, the more particular over the more general
(ISO/IEC 29500-1, 17.7.2): the file's defaults, the styles along `basedOn`, the paragraph's or
run's own. What they say by the theme ("the face of the headings", "accent 1") is looked up in it.
Toggles that cancel each other and conditional formats of tables are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reportgen.house.letterhead.pieces import Rule, Stop, TextLook
from reportgen.house.letterhead.word_file import attribute, child, qualified

MM_PER_TWIP = 25.4 / 1440
UNSAID_SIZE, UNSAID_FACE = 10.0, "Times New Roman"
"""What Word takes where a file says nothing (17.3.2.38)."""
_LINE_OF_FACE: Mapping[str, float] = {
    "Calibri": 1.2207, "Carlito": 1.2207, "Cambria": 1.1724, "Caladea": 1.1724,
    "Verdana": 1.2153, "Tahoma": 1.2069, "Segoe UI": 1.3301, "Gill Sans MT": 1.16,
}  # fmt: skip
"""A line's height as a multiple of the type size; other faces are near that of Arial and Times."""
_USUAL_LINE = 1.1494
_MAX_BASES = 20
_NO = ("0", "false", "off")
_MEASURE = re.compile(r"-?\d{1,9}(\.\d{1,6})?(pt)?")

_INK_AND_PAPER = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""What text and background are in the theme, as every document has it that nobody changed by hand."""
_FACES = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_THEMED = "themeColor themeTint themeShade themeFill themeFillTint themeFillShade"
_OF_THEME = tuple(qualified(f"w:{name}") for name in (*_THEMED.split(), *_FACES.values()))

Properties = Mapping[str, Element]


@dataclass(frozen=True, slots=True)
class Theme:
    """The faces by "minor" and "major", and the colours by name ("accent1"), as six digits."""

    faces: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)

    def settle(self, element: Element) -> None:
        """Let an element say faces and colours itself that it has from the theme."""
        if element.tag == qualified("w:rFonts"):
            for name, themed in _FACES.items():
                face = self.faces.get(attribute(element, f"w:{themed}")[:5], "")
                if face and name in ("ascii", "hAnsi"):
                    element.set(qualified(f"w:{name}"), face)
        for name in _OF_THEME:
            element.attrib.pop(name, None)
        if element.tag == qualified("a:schemeClr"):
            named = attribute(element, "val")
            element.tag = qualified("a:srgbClr")
            element.set("val", self.colours.get(_INK_AND_PAPER.get(named, named), "000000"))


def read_theme(root: Element | None) -> Theme:
    """The theme in a part, which may not be there."""
    fonts = child(root, "a:themeElements", "a:fontScheme")
    faces = {name: attribute(child(fonts, f"a:{name}Font", "a:latin"), "typeface") for name in ("minor", "major")}
    colours = {}
    for one in child(root, "a:themeElements", "a:clrScheme") or ():
        for value in one:
            colours[one.tag.partition("}")[2]] = attribute(value, "lastClr") or attribute(value, "val")
    return Theme({name: face for name, face in faces.items() if face}, colours)


class Formats:
    """The styles of a file. Both kinds of properties come as mappings of Word's elements by name."""

    def __init__(self, sheet: Element | None, theme: Theme) -> None:
        """What the sheet says by the theme, it says itself from now on."""
        for element in sheet.iter() if sheet is not None else ():
            theme.settle(element)
        styles = sheet.findall(qualified("w:style")) if sheet is not None else []
        self.styles = {attribute(style, "w:styleId"): style for style in styles}
        of_paragraphs = [one for one, style in self.styles.items() if attribute(style, "w:type") == "paragraph"]
        marked = (one for one in of_paragraphs if attribute(self.styles[one], "w:default", "0") not in _NO)
        self.default_style = next(marked, "Normal")
        self.default_text = child(sheet, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self.default_paragraph = child(sheet, "w:docDefaults", "w:pPrDefault", "w:pPr")

    def bases(self, identity: str) -> Iterator[Element]:
        """A style and what it is based on, the nearest first."""
        for _ in range(_MAX_BASES):
            style = self.styles.get(identity)
            if style is None:
                return
            yield style
            identity = attribute(child(style, "w:basedOn"), "w:val")

    def paragraph(self, style: str, own: Element | None) -> dict[str, Element]:
        """The properties in force for a paragraph. Spacing and indents are merged attribute by attribute."""
        layers = [self.default_paragraph]
        layers += [child(one, "w:pPr") for one in reversed(list(self.bases(style or self.default_style)))]
        return _merged([*layers, own])

    def text(self, paragraph_style: str, own: Element | None) -> TextLook:
        """The look of a run of text in a paragraph of a style."""
        layers = [self.default_text]
        layers += [child(one, "w:rPr") for one in reversed(list(self.bases(paragraph_style or self.default_style)))]
        named = attribute(child(own, "w:rStyle"), "w:val")
        layers += [child(one, "w:rPr") for one in reversed(list(self.bases(named)))] if named else []
        found = _merged([*layers, own])
        fonts, colour = found.get("rFonts"), attribute(found.get("color"), "w:val", "auto")
        return TextLook(
            face=attribute(fonts, "w:ascii") or UNSAID_FACE,
            size=number(attribute(found.get("sz"), "w:val")) / 2 or UNSAID_SIZE,
            bold=is_set(found.get("b")),
            italic=is_set(found.get("i")),
            underlined=attribute(found.get("u"), "w:val", "none") != "none",
            capitals=is_set(found.get("caps")),
            colour=colour_of(colour) or "#000000",
        )


def line_height(look: TextLook, spacing: Element | None) -> float:
    """The height of a line, in points."""
    natural = look.size * _LINE_OF_FACE.get(look.face, _USUAL_LINE)
    said = number(attribute(spacing, "w:line"))
    match attribute(spacing, "w:lineRule", "auto"):
        case "exact":
            return said / 20 or natural
        case "atLeast":
            return max(natural, said / 20)
    return natural * said / 240 if said else natural


def line_multiple(spacing: Element | None) -> float:
    """By how much the line's height is multiplied, whatever stands in it; 1 where it is said in points."""
    said = number(attribute(spacing, "w:line"))
    return said / 240 if said and attribute(spacing, "w:lineRule", "auto") == "auto" else 1.0


def stops_of(properties: Properties) -> tuple[Stop, ...]:
    """The tab stops of a paragraph, from the left."""
    kinds = {"center": "centre", "right": "right", "end": "right", "decimal": "right"}
    found: dict[float, Stop] = {}
    tabs = properties.get("tabs")
    for tab in tabs if tabs is not None else ():
        place, kind = number(attribute(tab, "w:pos")), attribute(tab, "w:val")
        found.pop(place, None)
        if kind not in ("clear", "bar"):
            found[place] = Stop(place * MM_PER_TWIP, kinds.get(kind, "left"))  # type: ignore[arg-type]
    return tuple(sorted(found.values(), key=lambda stop: stop.position))


def rule_of(side: Element | None) -> Rule | None:
    """A border of a paragraph, a table or a cell."""
    if side is None or attribute(side, "w:val") in ("nil", "none", ""):
        return None
    colour = colour_of(attribute(side, "w:color")) or "#000000"
    return Rule(number(attribute(side, "w:sz")) / 8, colour, number(attribute(side, "w:space")))


def colour_of(digits: str) -> str:
    """ "005A9C" as "#005a9c"; empty for "auto"."""
    return f"#{digits.lower()}" if re.fullmatch("[0-9A-Fa-f]{6}", digits) else ""


def number(text: str) -> float:
    """A measure as Word writes it, 0 where there is none."""
    return float(text.removesuffix("pt")) if _MEASURE.fullmatch(text) else 0.0


def millimetres(text: str) -> float:
    """Twentieths of a point as millimetres."""
    return number(text) * MM_PER_TWIP


def is_set(element: Element | None) -> bool:
    """Whether a property is there that does not say no."""
    return element is not None and attribute(element, "w:val", "1") not in _NO


def _merged(layers: list[Element | None]) -> dict[str, Element]:
    """The properties of all layers, later ones over earlier ones; what has parts is merged part by part."""
    found: dict[str, Element] = {}
    for layer in layers:
        for one in layer if layer is not None else ():
            name = str(one.tag).partition("}")[2]
            if name in found and name in ("spacing", "ind", "rFonts", "tabs", "pBdr"):
                joined = Element(one.tag, {**found[name].attrib, **one.attrib})
                replaced = {inside.tag for inside in one} if name == "pBdr" else set()
                joined.extend(inside for inside in found[name] if inside.tag not in replaced)
                joined.extend(one)
                found[name] = joined
            else:
                found[name] = one
    return found
