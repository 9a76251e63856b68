"""A cleaned header or footer → the lines, tables, pictures and boxes that are seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from reportgen.house.letterhead import pieces
from reportgen.house.letterhead.cleaning import LIVE_FIELDS, STYLE_PREFIX
from reportgen.house.letterhead.formats import (
    Formats,
    Properties,
    colour_of,
    is_set,
    line_height,
    line_multiple,
    millimetres,
    number,
    rule_of,
    stops_of,
)
from reportgen.house.letterhead.word_file import Unusable, attribute, child, qualified

_ALIGNMENTS: Mapping[str, Literal["left", "centre", "right", "justify"]] = {
    "center": "centre", "right": "right", "end": "right", "both": "justify",
}  # fmt: skip
_SIDES = ("top", "right", "bottom", "left")
_CELL_PADDING = 1.9
"""Left and right in a cell where the file does not say, in millimetres (17.4.42)."""
_SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_MM_PER_EMU = 1 / 36000
_INSET = {"tIns": 45720, "rIns": 91440, "bIns": 45720, "lIns": 91440}
"""Of a text box that does not say: above, right, below, left, in English metric units (20.1.2.2.8)."""
_USUAL_RULE = 0.75
_PLACE_IT = "in Word, Layout Options > See more: give it an absolute position below the page or the paragraph"
_SHAPES = frozenset({"rect", "roundRect", "line", "straightConnector1"})
_EDGES: Mapping[str, pieces.Edge] = {
    "left": "left", "inside": "left", "center": "centre", "right": "right", "outside": "right", "end": "right",
}  # fmt: skip
_DOWN_FROM: Mapping[str, Literal["page", "text", "line"]] = {
    "page": "page", "topMargin": "page", "margin": "text", "paragraph": "line", "line": "line",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryReader:
    formats: Formats
    pictures: Mapping[str, pieces.PictureFile]
    """By relation."""

    def read(self, parent: Element) -> tuple[pieces.Block, ...]:
        """The paragraphs and tables directly in an element."""
        found: list[pieces.Block] = []
        for element in parent:
            if element.tag == qualified("w:p"):
                found.append(self._line(element))
            elif element.tag == qualified("w:tbl"):
                found.append(self._grid(element))
        return tuple(found)

    # ---- Paragraphs ----

    def _line(self, paragraph: Element) -> pieces.Line:
        own = child(paragraph, "w:pPr")
        style = attribute(child(own, "w:pStyle"), "w:val").removeprefix(STYLE_PREFIX)
        properties = self.formats.paragraph(style, own)
        found = tuple(self._pieces(paragraph, style))
        looks = [piece.look for piece in found if isinstance(piece, pieces.Words | pieces.PageField)]
        mark = self.formats.text(style, child(own, "w:rPr"))
        spacing, edges = properties.get("spacing"), properties.get("pBdr")
        frame = properties.get("framePr")
        align = _ALIGNMENTS.get(attribute(properties.get("jc"), "w:val"), "left")
        return pieces.Line(
            pieces=found,
            height=max(line_height(look, spacing) for look in looks or [mark]),
            multiple=line_multiple(spacing),
            align=_ALIGNMENTS.get(attribute(frame, "w:xAlign"), align),
            indent=_indent(properties),
            before=number(attribute(spacing, "w:before")) / 20,
            after=number(attribute(spacing, "w:after")) / 20,
            stops=stops_of(properties),
            above=rule_of(child(edges, "w:top")),
            below=rule_of(child(edges, "w:bottom")),
        )

    def _pieces(self, parent: Element, style: str) -> Iterator[pieces.Piece]:
        for element in parent:
            if element.tag == qualified("w:r"):
                yield from self._run(element, style)
            elif element.tag == qualified("w:fldSimple"):
                look = self.formats.text(style, child(element, "w:r", "w:rPr"))
                page = attribute(element, "w:instr").strip() == LIVE_FIELDS["PAGE"]
                yield pieces.PageField("page" if page else "pages", look)
            elif element.tag == qualified("w:hyperlink"):
                yield from self._pieces(element, style)

    def _run(self, run: Element, style: str) -> Iterator[pieces.Piece]:
        own = child(run, "w:rPr")
        look = self.formats.text(style, own)
        if is_set(child(own, "w:vanish")):
            return
        for element in run:
            name = element.tag.partition("}")[2]
            if name == "t" and element.text:
                yield pieces.Words(element.text, look)
            elif name in _SIGNS:
                yield pieces.Words(_SIGNS[name], look)
            elif name in ("tab", "ptab"):
                yield pieces.Tab()
            elif name in ("br", "cr"):
                yield pieces.NewLine()
            elif name == "drawing":
                yield self._drawing(element)
            elif name == "AlternateContent":
                yield from (self._drawing(drawing) for drawing in element.iterfind(f"*/{qualified('w:drawing')}"))
            elif name == "sym":
                yield from _symbol(element, look)

    # ---- Drawings ----

    def _drawing(self, drawing: Element) -> pieces.Picture | pieces.Box:
        if not len(drawing):
            raise Unusable("a drawing there has no content", "delete it, or insert it again")
        outer = drawing[0]
        extent = child(outer, "wp:extent")
        width, height = _emu(attribute(extent, "cx")), _emu(attribute(extent, "cy"))
        spot = _spot(outer) if outer.tag == qualified("wp:anchor") else None
        content = child(outer, "a:graphic", "a:graphicData")
        shape = child(content, "wps:wsp")
        if shape is not None:
            return self._box(shape, width, height, spot or pieces.Spot("text", 0, "line", 0, True))
        blip = child(content, "pic:pic", "pic:blipFill", "a:blip")
        found = self.pictures.get(attribute(blip, "r:embed"))
        if found is None:
            raise Unusable("a picture there has no content", "delete it, or insert it again")
        alternative_text = attribute(child(outer, "wp:docPr"), "descr")
        return pieces.Picture(*found, width=width, height=height, alternative_text=alternative_text, spot=spot)

    def _box(self, shape: Element, width: float, height: float, spot: pieces.Spot) -> pieces.Box:
        text = child(shape, "wps:txbx", "w:txbxContent")
        look, body = child(shape, "wps:spPr"), child(shape, "wps:bodyPr")
        form = attribute(child(look, "a:prstGeom"), "prst")
        if text is None and form not in _SHAPES:
            message = f"a shape there ({form or 'drawn by hand'}) is neither a rectangle nor a line"
            raise Unusable(message, "save it as a picture (PNG) and insert that instead")
        line = child(look, "a:ln")
        rule = pieces.Rule(number(attribute(line, "w")) / 12700 or _USUAL_RULE, _colour(line, shape, "lnRef"))
        return pieces.Box(
            blocks=self.read(text) if text is not None else (),
            width=width,
            height=height,
            spot=spot,
            inset=tuple(_emu(attribute(body, name, str(usual))) for name, usual in _INSET.items()),  # type: ignore[arg-type]
            fill=_colour(look, shape, "fillRef"),
            outline=rule if rule.colour else None,
        )

    # ---- Tables ----

    def _grid(self, table: Element) -> pieces.Grid:
        properties = child(table, "w:tblPr")
        style = attribute(child(properties, "w:tblStyle"), "w:val").removeprefix(STYLE_PREFIX)
        said = [properties, *(child(one, "w:tblPr") for one in self.formats.bases(style))]
        rules = {side: _first_said(said, "w:tblBorders", f"w:{side}") for side in (*_SIDES, "insideH", "insideV")}
        padding = _padding([child(one, "w:tblCellMar") for one in said])
        rows = table.findall(qualified("w:tr"))
        of_row = [_rules_of_row(rules, place, len(rows)) for place in range(len(rows))]
        read = tuple(tuple(self._cells(row, padding, around)) for row, around in zip(rows, of_row, strict=True))
        heights = tuple(millimetres(attribute(child(row, "w:trPr", "w:trHeight"), "w:val")) for row in rows)
        align = _EDGES.get(attribute(child(properties, "w:jc"), "w:val"), "left")
        # Since Word 2013, the table's edge stands at the indent and no longer the text in it (compatibility mode 15).
        left = millimetres(attribute(child(properties, "w:tblInd"), "w:w"))
        return pieces.Grid(_widths(table, rows), read, heights, align, left)

    def _cells(
        self, row: Element, padding: Sequence[float], rules: Mapping[str, Element | None]
    ) -> Iterator[pieces.GridCell]:
        cells = row.findall(qualified("w:tc"))
        for place, cell in enumerate(cells):
            properties = child(cell, "w:tcPr")
            outer = {"left": place == 0, "right": place == len(cells) - 1}
            around = {side: rules[side if outer.get(side, True) else "insideV"] for side in _SIDES}
            vertical = attribute(child(properties, "w:vAlign"), "w:val")
            yield pieces.GridCell(
                blocks=() if _goes_on(properties) else self.read(cell),
                columns=max(1, int(number(attribute(child(properties, "w:gridSpan"), "w:val")))),
                rules=tuple(_rule_of_cell(properties, side, around[side]) for side in _SIDES),  # type: ignore[arg-type]
                padding=_padding([child(properties, "w:tcMar")], padding),
                stands="middle" if vertical == "center" else "bottom" if vertical == "bottom" else "top",
                fill=colour_of(attribute(child(properties, "w:shd"), "w:fill")),
            )


def _widths(table: Element, rows: Sequence[Element]) -> tuple[float, ...]:
    """The columns' widths: those of the cells of a row that has one for each column, for Word goes by these first."""
    columns = table.findall(f"{qualified('w:tblGrid')}/{qualified('w:gridCol')}")
    for row in rows:
        said = [child(cell, "w:tcPr", "w:tcW") for cell in row.findall(qualified("w:tc"))]
        if len(said) == len(columns) and all(attribute(one, "w:type") == "dxa" for one in said):
            return tuple(millimetres(attribute(one, "w:w")) for one in said)
    return tuple(millimetres(attribute(one, "w:w")) for one in columns)


def _indent(properties: Properties) -> tuple[float, float, float]:
    indent = properties.get("ind")
    first = millimetres(attribute(indent, "w:firstLine")) - millimetres(attribute(indent, "w:hanging"))
    left = attribute(indent, "w:left") or attribute(indent, "w:start")
    right = attribute(indent, "w:right") or attribute(indent, "w:end")
    return millimetres(left), millimetres(right), first


def _symbol(element: Element, look: pieces.TextLook) -> Iterator[pieces.Words]:
    """A character chosen from a face of signs; those that have only a place in the face, and no meaning, have none."""
    code = int(attribute(element, "w:char", "0"), 16) if len(attribute(element, "w:char")) == 4 else 0
    if code and not 0xE000 <= code <= 0xF8FF:
        yield pieces.Words(chr(code), look)


def _first_said(said: Sequence[Element | None], *path: str) -> Element | None:
    """The first element at the end of a path in what is said of a table, the nearest first."""
    return next((found for one in said if (found := child(one, *path)) is not None), None)


def _goes_on(properties: Element | None) -> bool:
    merged = child(properties, "w:vMerge")
    return merged is not None and attribute(merged, "w:val", "continue") == "continue"


def _rules_of_row(rules: Mapping[str, Element | None], place: int, count: int) -> dict[str, Element | None]:
    top = rules["top"] if place == 0 else rules["insideH"]
    bottom = rules["bottom"] if place == count - 1 else rules["insideH"]
    return {**rules, "top": top, "bottom": bottom}


def _rule_of_cell(properties: Element | None, side: str, otherwise: Element | None) -> pieces.Rule | None:
    own = child(properties, "w:tcBorders", f"w:{side}")
    return rule_of(own if own is not None else otherwise)


def _padding(
    said: Sequence[Element | None], otherwise: Sequence[float] = (0, _CELL_PADDING, 0, _CELL_PADDING)
) -> tuple[float, float, float, float]:
    found = list(otherwise)
    for place, names in enumerate((("top",), ("right", "end"), ("bottom",), ("left", "start"))):
        for margins in said:
            side = next((one for name in names if (one := child(margins, f"w:{name}")) is not None), None)
            if side is not None:
                found[place] = millimetres(attribute(side, "w:w"))
                break
    above, right, below, left = found
    return above, right, below, left


def _colour(said: Element | None, shape: Element, usual: str) -> str:
    """The colour that a shape or its outline is filled with; empty for none."""
    if child(said, "a:noFill") is not None:
        return ""
    colour = colour_of(attribute(child(said, "a:solidFill", "a:srgbClr"), "val"))
    reference = child(shape, "wps:style", f"a:{usual}")
    if not colour and attribute(reference, "idx", "0") != "0":
        return colour_of(attribute(child(reference, "a:srgbClr"), "val"))
    return colour


def _spot(anchor: Element) -> pieces.Spot:
    """Where an anchored drawing stands. What is said of the margins is said of the text between them."""
    across, down = child(anchor, "wp:positionH"), child(anchor, "wp:positionV")
    if attribute(anchor, "simplePos", "0") in ("1", "true"):
        place = child(anchor, "wp:simplePos")
        return pieces.Spot("page", _emu(attribute(place, "x")), "page", _emu(attribute(place, "y")), _keeps_off(anchor))
    aligned = child(across, "wp:align")
    left: float | pieces.Edge = (
        _EDGES.get((aligned.text or "").strip(), "left") if aligned is not None else _offset(across)
    )
    from_page = attribute(across, "relativeFrom") in ("page", "leftMargin")
    return pieces.Spot("page" if from_page else "text", left, _reference(down), _offset(down), _keeps_off(anchor))


def _reference(down: Element | None) -> Literal["page", "text", "line"]:
    """What a drawing's place is measured down from."""
    aligned = child(down, "wp:align")
    if aligned is not None and (aligned.text or "").strip() not in ("top", "inside"):
        raise Unusable("a picture or box there is aligned to the middle or the bottom of the page", _PLACE_IT)
    said = attribute(down, "relativeFrom")
    if said not in _DOWN_FROM:
        raise Unusable(f"a picture or box there is placed from the {said or 'text'}", _PLACE_IT)
    return _DOWN_FROM[said]


def _keeps_off(anchor: Element) -> bool:
    return child(anchor, "wp:wrapNone") is None and child(anchor, "wp:wrapThrough") is None


def _offset(position: Element | None) -> float:
    offset = child(position, "wp:posOffset")
    return _emu(offset.text or "") if offset is not None else 0.0


def _emu(text: str) -> float:
    return number(text) * _MM_PER_EMU
