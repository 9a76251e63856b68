"""A house's letterhead for PDF and HTML: `letterhead.svg`, `.png` or `.jpg`, as wide as the page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from reportgen.diagnostics import Location, Problems
from reportgen.house.word_file import Unusable, parse_xml
from reportgen.inputs.files import DISK, Files, TooLarge
from reportgen.inputs.pictures import read_picture

FILE_NAMES = ("letterhead.svg", "letterhead.png", "letterhead.jpg")
MAX_BYTES = 2_000_000
"""Of an SVG."""
MAX_SHAPES = 50_000
"""Elements to be drawn, those that are drawn again by reference counted each time."""

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = (
    "svg g defs symbol use title desc style switch path rect circle ellipse line polyline polygon text tspan textPath "
    "image linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
    "feMorphology feOffset feTile"
)
"""What draws; scripts, animations, links and HTML do not."""
_FETCHES = re.compile(r"url\((?>\s*[\"']?\s*)(?!#)|image-set|\\", re.IGNORECASE)
"""What fetches in CSS, or could hide it behind an escape."""
_PICTURE = re.compile(r"data:image/(?:png|jpe?g);base64,")
_REFERENCE = re.compile(r"^#(.+)|url\(\s*[\"']?#([^\"')]+)")
_SAVE_AGAIN = "open it in a drawing program and save it as plain SVG, with its pictures embedded"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The picture behind the first page."""

    content: bytes = field(repr=False)
    media_type: str

    @property
    def address(self) -> str:
        """Return the picture as a data URL (RFC 2397)."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


def read_letterhead(folder: Path, problems: Problems, files: Files = DISK) -> Letterhead | None:
    """Return the letterhead of a house, or None if it has none or there is a reason in `problems`."""
    paths = [folder / name for name in FILE_NAMES if files.kind(folder / name)]
    if not paths:
        return None
    location = Location(str(paths[0]))
    if len(paths) > 1:
        problems.error("RG047", location, f"{paths[1].name} is there, too", "keep one of the two")
        return None
    if paths[0].suffix != ".svg":
        picture = read_picture(paths[0], location, problems, files)
        return Letterhead(picture.content, picture.media_type) if picture is not None else None
    try:
        return Letterhead(_read_svg(paths[0], files), "image/svg+xml")
    except Unusable as error:
        problems.error("RG047", location, error.found, error.hint)
        return None


def _read_svg(path: Path, files: Files) -> bytes:
    """Return the drawing with nothing in it but what is drawn."""
    try:
        root = parse_xml(files.read(path, MAX_BYTES))
    except TooLarge as error:
        found = f"the drawing has {error.size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB was expected"
        raise Unusable(found, "simplify its paths, or save it as letterhead.png") from None
    except OSError:
        raise Unusable("the file cannot be read", "put the file itself in its place") from None
    except ValueError:
        raise Unusable("this is no SVG drawing, or a damaged one", _SAVE_AGAIN) from None
    if root.tag != f"{_SVG}svg":
        raise Unusable("this is no SVG drawing", _SAVE_AGAIN)
    if not re.fullmatch(r"\s*(-?[\d.]+[\s,]+){2}[\d.]+[\s,]+[\d.]+\s*", str(root.get("viewBox", ""))):
        raise Unusable("the drawing does not say how large it is: it has no viewBox", _SAVE_AGAIN)
    for element in list(root.iter()):
        _check_element(element)
    _check_references(root)
    return etree.tostring(root)


def _check_element(element: etree._Element) -> None:
    """Remove other programs' annotations from an element, and refuse anything that is not drawing."""
    tag, parent = str(element.tag), element.getparent()
    if not tag.startswith(_SVG) or tag == f"{_SVG}metadata":
        if parent is not None:
            parent.remove(element)
        return
    name = tag.removeprefix(_SVG)
    if name not in _ELEMENTS.split():
        raise Unusable(f"it has an element <{name}>, which is no part of a still drawing", _SAVE_AGAIN)
    style = "".join(map(str, element.itertext())) if name == "style" else ""
    if "@" in style or _FETCHES.search(style):
        raise Unusable("its <style> would fetch something from outside", _SAVE_AGAIN)
    for key in map(str, list(element.attrib)):
        if key.startswith("{") and not key.endswith(("}href", "}space")):
            del element.attrib[key]
        else:
            _check_attribute(name, key.rpartition("}")[2], str(element.get(key)))


def _check_attribute(name: str, key: str, value: str) -> None:
    outside = f"its <{name}> refers to something outside the drawing ({key})"
    if key == "href":
        if not value.startswith("#") and not (name == "image" and _PICTURE.match(value)):
            raise Unusable(outside, _SAVE_AGAIN)
    elif key.startswith("on"):
        raise Unusable(f"its <{name}> has a script ({key})", _SAVE_AGAIN)
    elif _FETCHES.search(value):
        raise Unusable(outside, _SAVE_AGAIN)


def _check_references(root: etree._Element) -> None:
    """Refuse drawings that draw one element in another again and again."""
    by_id: Mapping[str, etree._Element] = {str(one.get("id")): one for one in root.iter() if one.get("id")}
    under_way: set[str] = set()

    @cache
    def count(name: str) -> int:
        if name in under_way:
            raise Unusable(f"its element '{name}' is drawn within itself", _SAVE_AGAIN)
        under_way.add(name)
        shapes = count_in(by_id[name]) if name in by_id else 0
        under_way.remove(name)
        return shapes

    def count_in(element: etree._Element) -> int:
        shapes = 0
        for one in element.iter():
            found = [match for value in one.attrib.values() for match in _REFERENCE.findall(str(value))]
            shapes += 1 + sum(count(whole or part) for whole, part in found)
            if shapes > MAX_SHAPES:
                raise Unusable(f"it has more than {MAX_SHAPES:,} shapes", "simplify it, or save it as letterhead.png")
        return shapes

    count_in(root)
