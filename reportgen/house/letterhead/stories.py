"""A cleaned header or footer → the lines, tables, pictures and boxes that are seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from reportgen.house.letterhead.cleaning import LIVE_FIELDS, STYLE_PREFIX
from reportgen.house.letterhead.drawings import read_drawing
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
from reportgen.house.letterhead.pieces import (
    Block,
    Box,
    Edge,
    Grid,
    GridCell,
    Line,
    NewLine,
    PageField,
    Picture,
    Piece,
    Rule,
    Tab,
    TextLook,
    Words,
)
from reportgen.house.letterhead.word_file import attribute, child, qualified

_ALIGNMENTS: Mapping[str, Literal["left", "centre", "right", "justify"]] = {
    "center": "centre",
    "right": "right",
    "end": "right",
    "both": "justify",
}
_SIDES = ("top", "right", "bottom", "left")
_CELL_PADDING = 1.9
"""Left and right in a cell where the file does not say, in millimetres (17.4.42)."""
_SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


@dataclass(frozen=True, slots=True)
class StoryReader:
    """Reads what stands in one header or footer."""

    formats: Formats
    pictures: Mapping[str, tuple[bytes, Literal["image/png", "image/jpeg"]]]
    """By relation."""

    def read(self, parent: Element) -> tuple[Block, ...]:
        """The paragraphs and tables directly in an element."""
        found: list[Block] = []
        for element in parent:
            if element.tag == qualified("w:p"):
                found.append(self._line(element))
            elif element.tag == qualified("w:tbl"):
                found.append(self._grid(element))
        return tuple(found)

    # ---- Paragraphs ----

    def _line(self, paragraph: Element) -> Line:
        own = child(paragraph, "w:pPr")
        style = attribute(child(own, "w:pStyle"), "w:val").removeprefix(STYLE_PREFIX)
        properties = self.formats.paragraph(style, own)
        pieces = tuple(self._pieces(paragraph, style))
        looks = [piece.look for piece in pieces if isinstance(piece, Words | PageField)]
        mark = self.formats.text(style, child(own, "w:rPr"))
        spacing, edges = properties.get("spacing"), properties.get("pBdr")
        frame = properties.get("framePr")
        align = _ALIGNMENTS.get(attribute(properties.get("jc"), "w:val"), "left")
        return Line(
            pieces=pieces,
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

    def _pieces(self, parent: Element, style: str) -> Iterator[Piece]:
        for element in parent:
            if element.tag == qualified("w:r"):
                yield from self._run(element, style)
            elif element.tag == qualified("w:fldSimple"):
                look = self.formats.text(style, child(element, "w:r", "w:rPr"))
                page = attribute(element, "w:instr").strip() == LIVE_FIELDS["PAGE"]
                yield PageField("page" if page else "pages", look)
            elif element.tag == qualified("w:hyperlink"):
                yield from self._pieces(element, style)

    def _run(self, run: Element, style: str) -> Iterator[Piece]:
        own = child(run, "w:rPr")
        look = self.formats.text(style, own)
        if is_set(child(own, "w:vanish")):
            return
        for element in run:
            name = element.tag.partition("}")[2]
            if name == "t" and element.text:
                yield Words(element.text, look)
            elif name in _SIGNS:
                yield Words(_SIGNS[name], look)
            elif name in ("tab", "ptab"):
                yield Tab()
            elif name in ("br", "cr"):
                yield NewLine()
            elif name == "drawing":
                yield self._drawing(element)
            elif name == "AlternateContent":
                yield from (self._drawing(drawing) for drawing in element.iterfind(f"*/{qualified('w:drawing')}"))
            elif name == "sym":
                yield from _symbol(element, look)

    def _drawing(self, drawing: Element) -> Picture | Box:
        return read_drawing(drawing, self.pictures, self.read)

    # ---- Tables ----

    def _grid(self, table: Element) -> Grid:
        properties = child(table, "w:tblPr")
        styles = list(
            self.formats.bases(attribute(child(properties, "w:tblStyle"), "w:val").removeprefix(STYLE_PREFIX))
        )
        said = [properties, *(child(style, "w:tblPr") for style in styles)]
        rules = {
            side: next(
                (rule for rule in (child(one, "w:tblBorders", f"w:{side}") for one in said) if rule is not None), None
            )
            for side in (*_SIDES, "insideH", "insideV")
        }
        padding = _padding([child(one, "w:tblCellMar") for one in said])
        rows = table.findall(qualified("w:tr"))
        read = tuple(
            tuple(self._cells(row, padding, _rules_of_row(rules, place, len(rows)))) for place, row in enumerate(rows)
        )
        heights = tuple(millimetres(attribute(child(row, "w:trPr", "w:trHeight"), "w:val")) for row in rows)
        align: Edge = {"center": "centre", "right": "right", "end": "right"}.get(  # type: ignore[assignment]
            attribute(child(properties, "w:jc"), "w:val"), "left"
        )
        # Since Word 2013, the table's edge stands at the indent and no longer the text in it (compatibility mode 15).
        left = millimetres(attribute(child(properties, "w:tblInd"), "w:w"))
        return Grid(_widths(table, rows), read, heights, align, left)

    def _cells(self, row: Element, padding: Sequence[float], rules: Mapping[str, Element | None]) -> Iterator[GridCell]:
        cells = row.findall(qualified("w:tc"))
        for place, cell in enumerate(cells):
            properties = child(cell, "w:tcPr")
            outer = {"left": place == 0, "right": place == len(cells) - 1}
            around = {side: rules[side if outer.get(side, True) else "insideV"] for side in _SIDES}
            vertical = attribute(child(properties, "w:vAlign"), "w:val")
            yield GridCell(
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


def _symbol(element: Element, look: TextLook) -> Iterator[Words]:
    """A character chosen from a face of signs; those that have only a place in the face, and no meaning, have none."""
    code = int(attribute(element, "w:char", "0"), 16) if len(attribute(element, "w:char")) == 4 else 0
    if code and not 0xE000 <= code <= 0xF8FF:
        yield Words(chr(code), look)


def _first_said(said: Sequence[Element | None], *path: str) -> Element | None:
    """The first element at the end of a path in what is said of a table, the nearest first."""
    return next((found for one in said if (found := child(one, *path)) is not None), None)


def _goes_on(properties: Element | None) -> bool:
    """Whether a cell is the lower part of the one above it."""
    merged = child(properties, "w:vMerge")
    return merged is not None and attribute(merged, "w:val", "continue") == "continue"


def _rules_of_row(rules: Mapping[str, Element | None], place: int, count: int) -> dict[str, Element | None]:
    top = rules["top"] if place == 0 else rules["insideH"]
    bottom = rules["bottom"] if place == count - 1 else rules["insideH"]
    return {**rules, "top": top, "bottom": bottom}


def _rule_of_cell(properties: Element | None, side: str, otherwise: Element | None) -> Rule | None:
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
