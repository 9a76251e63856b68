"""The theme of a Word file: the faces and colours that "the face of the headings" and "accent 1" stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reportgen.house.letterhead.word_file import attribute, child, qualified

_INK_AND_PAPER = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""What text and background are in the theme, as every document has it that nobody changed by hand."""
_FACES = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_THEMED = "themeColor themeTint themeShade themeFill themeFillTint themeFillShade"
_OF_THEME = tuple(qualified(f"w:{name}") for name in (*_THEMED.split(), *_FACES.values()))


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
