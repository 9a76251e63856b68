"""The drawings of a header or footer: pictures, text boxes, rectangles and lines, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal
from xml.etree.ElementTree import Element

from reportgen.house.letterhead.formats import colour_of, number
from reportgen.house.letterhead.pieces import Block, Box, Edge, Picture, Rule, Spot
from reportgen.house.letterhead.word_file import Unusable, attribute, child, qualified

_MM_PER_EMU = 1 / 36000
_INSET = (45720, 91440, 45720, 91440)
"""Of a text box that does not say: above, right, below, left, in English metric units (20.1.2.2.8)."""
_NAMES = ("tIns", "rIns", "bIns", "lIns")
_USUAL_RULE = 0.75
_PLACE_IT = "in Word, Layout Options > See more: give it an absolute position below the page or the paragraph"
_SHAPES = frozenset({"rect", "roundRect", "line", "straightConnector1"})
_EDGES: Mapping[str, Edge] = {
    "left": "left",
    "inside": "left",
    "center": "centre",
    "right": "right",
    "outside": "right",
}

ReadBlocks = Callable[[Element], tuple[Block, ...]]
Pictures = Mapping[str, tuple[bytes, Literal["image/png", "image/jpeg"]]]


def read_drawing(drawing: Element, pictures: Pictures, read_blocks: ReadBlocks) -> Picture | Box:
    """A picture or a shape. `read_blocks` reads the text in a shape."""
    if not len(drawing):
        raise Unusable("a drawing there has no content", "delete it, or insert it again")
    outer = drawing[0]
    extent = child(outer, "wp:extent")
    width, height = _emu(attribute(extent, "cx")), _emu(attribute(extent, "cy"))
    spot = _spot(outer) if outer.tag == qualified("wp:anchor") else None
    content = child(outer, "a:graphic", "a:graphicData")
    shape = child(content, "wps:wsp")
    if shape is not None:
        return _box(shape, width, height, spot or Spot("text", 0, "line", 0, True), read_blocks)
    blip = child(content, "pic:pic", "pic:blipFill", "a:blip")
    found = pictures.get(attribute(blip, "r:embed"))
    if found is None:
        raise Unusable("a picture there has no content", "delete it, or insert it again")
    alternative_text = attribute(child(outer, "wp:docPr"), "descr")
    return Picture(*found, width=width, height=height, alternative_text=alternative_text, spot=spot)


def _box(shape: Element, width: float, height: float, spot: Spot, read_blocks: ReadBlocks) -> Box:
    text = child(shape, "wps:txbx", "w:txbxContent")
    look, body = child(shape, "wps:spPr"), child(shape, "wps:bodyPr")
    form = attribute(child(look, "a:prstGeom"), "prst")
    if text is None and form not in _SHAPES:
        raise Unusable(
            f"a shape there ({form or 'drawn by hand'}) is neither a rectangle nor a line",
            "save it as a picture (PNG) and insert that instead",
        )
    inset = tuple(_emu(attribute(body, name, str(usual))) for name, usual in zip(_NAMES, _INSET, strict=True))
    return Box(
        blocks=read_blocks(text) if text is not None else (),
        width=width,
        height=height,
        spot=spot,
        inset=inset,  # type: ignore[arg-type]
        fill=_colour(look, shape, "fillRef"),
        outline=_outline(look, shape),
    )


def _colour(said: Element | None, shape: Element, usual: str) -> str:
    """The colour that a shape or its outline is filled with; empty for none."""
    if child(said, "a:noFill") is not None:
        return ""
    colour = colour_of(attribute(child(said, "a:solidFill", "a:srgbClr"), "val"))
    reference = child(shape, "wps:style", f"a:{usual}")
    if not colour and attribute(reference, "idx", "0") != "0":
        return colour_of(attribute(child(reference, "a:srgbClr"), "val"))
    return colour


def _outline(look: Element | None, shape: Element) -> Rule | None:
    line = child(look, "a:ln")
    colour = _colour(line, shape, "lnRef")
    width = number(attribute(line, "w")) / 12700 or _USUAL_RULE
    return Rule(width, colour) if colour else None


def _spot(anchor: Element) -> Spot:
    """Where an anchored drawing stands. What is said of the margins is said of the text between them."""
    across, down = child(anchor, "wp:positionH"), child(anchor, "wp:positionV")
    if attribute(anchor, "simplePos", "0") in ("1", "true"):
        place = child(anchor, "wp:simplePos")
        return Spot("page", _emu(attribute(place, "x")), "page", _emu(attribute(place, "y")), _keeps_off(anchor))
    aligned = child(across, "wp:align")
    left: float | Edge = _EDGES.get((aligned.text or "").strip(), "left") if aligned is not None else _offset(across)
    from_page = attribute(across, "relativeFrom") in ("page", "leftMargin")
    return Spot("page" if from_page else "text", left, _reference(down), _offset(down), _keeps_off(anchor))


def _reference(down: Element | None) -> Literal["page", "text", "line"]:
    """What a drawing's place is measured down from."""
    aligned = child(down, "wp:align")
    if aligned is not None and (aligned.text or "").strip() not in ("top", "inside"):
        raise Unusable("a picture or box there is aligned to the middle or the bottom of the page", _PLACE_IT)
    said = attribute(down, "relativeFrom")
    references: Mapping[str, Literal["page", "text", "line"]] = {
        "page": "page",
        "topMargin": "page",
        "margin": "text",
        "paragraph": "line",
        "line": "line",
    }
    if said not in references:
        raise Unusable(f"a picture or box there is placed from the {said or 'text'}", _PLACE_IT)
    return references[said]


def _keeps_off(anchor: Element) -> bool:
    return child(anchor, "wp:wrapNone") is None and child(anchor, "wp:wrapThrough") is None


def _offset(position: Element | None) -> float:
    offset = child(position, "wp:posOffset")
    return _emu(offset.text or "") if offset is not None else 0.0


def _emu(text: str) -> float:
    return number(text) * _MM_PER_EMU
