"""The headers and footers of a letterhead → HTML, for the margins of the PDF's pages.

This is the one part of the HTML with looks of its own, on its elements: they are somebody's Word
file's, and no role of the house has them. All of it is drawn outside the text, so that a screen
reader passes over it, as over Word's headers.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from typing import assert_never

from reportgen.document import Inlines
from reportgen.house.letterhead import Band, BandKind, Pages
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
    Spot,
    Stop,
    Tab,
    TextLook,
    Words,
    stretch,
)
from reportgen.house.styles import Page
from reportgen.writers.css import class_name, similar_faces
from reportgen.writers.html.elements import Medium, element, render_inlines
from reportgen.writers.running import GAP_BELOW, clearance

MEASURED = "measured-"
"""How the ids begin of what decides how much room a header or footer takes."""
_USUAL_TAB = 12.7
"""Between the stops that a line has where it says none, in millimetres."""
_LETTER_WIDTH = 0.5
"""Of a letter on average, as a share of the type's size."""
_MM_PER_POINT = 25.4 / 72
_NO_WORDS = " "
"""The alternative text of a picture that has none. WeasyPrint insists on one, though nothing here is read out."""
_SIDES = ("top", "right", "bottom", "left")


def render_band(band: Band | None, ours: Inlines, kind: BandKind, pages: Pages, upright: Page, form: Page) -> str:
    """A header or footer for pages of this form, the document's own words below the letterhead's."""
    name = band_name(kind, pages, turned=form != upright)
    renderer = _Renderer(name, kind, upright, form)
    blocks = renderer.blocks(band.blocks, form.text_width) if band is not None else ""
    line = _our_line(band, ours, kind, form) if ours else ""
    end = element("div", id=f"{MEASURED}{name}")
    return element("div", blocks + line + end + "".join(renderer.on_page), "letterhead", name, hidden="hidden")


def _our_line(band: Band | None, ours: Inlines, kind: BandKind, form: Page) -> str:
    style = {}
    if band is not None:
        style["padding-top"] = f"{clearance(band, kind, form):.4g}pt"
        style["padding-bottom"] = f"{GAP_BELOW:g}pt" if kind == "header" else "0"
    return element("p", render_inlines(ours, Medium.PAGES), class_name("role", kind), style=_style(style))


def band_name(kind: BandKind, pages: Pages, *, turned: bool) -> str:
    """The class and the name of a header or footer: "letterhead-header-first"."""
    return f"letterhead-{kind}-{pages}" + ("-turned" if turned else "")


class _Renderer:
    """Renders one header or footer. What is placed on the page, wherever its line stands, is gathered apart."""

    def __init__(self, name: str, kind: BandKind, upright: Page, form: Page) -> None:
        self._name = name
        self._kind = kind
        self._upright = upright
        self._form = form
        self._measured = 0
        self.on_page: list[str] = []

    def blocks(self, blocks: tuple[Block, ...], width: float) -> str:
        """Paragraphs and tables in a place that is so many millimetres wide."""
        return "".join(
            self._line(block, width) if isinstance(block, Line) else self._grid(block, width) for block in blocks
        )

    # ---- Paragraphs ----

    def _line(self, line: Line, width: float) -> str:
        left, right, first = line.indent
        room = width - left - right
        rows = "<br>".join(self._row(row, line, room) for row in _split(line.pieces, NewLine)) or " "
        style = {
            "position": "relative",
            "margin": f"{line.before:g}pt {right:.4g}mm {line.after:g}pt {left:.4g}mm",
            "text-indent": f"{first:.4g}mm",
            "text-align": {"centre": "center"}.get(line.align, line.align),
            "line-height": f"{line.height:.4g}pt",
            "min-height": f"{line.height:.4g}pt",
            "white-space": "pre-wrap",
        }
        for side, rule in (("top", line.above), ("bottom", line.below)):
            if rule is not None:
                style |= {f"border-{side}": _border(rule), f"padding-{side}": f"{rule.gap:g}pt"}
        return element("div", rows, style=_style(style))  # no p: HTML ends one where a box in it begins

    def _row(self, pieces: list[Piece], line: Line, room: float) -> str:
        """A line of a paragraph: what stands before the first tab, and each part after a tab at its stop."""
        first, *others = _split(pieces, Tab)
        written, reached = [self._run(first, line, room)], _width_of(first)
        widths = (self._upright.text_width, self._form.text_width)
        stops = [stretch(stop, *widths) if self._form != self._upright else stop for stop in line.stops]
        for part in others:
            stop = next((one for one in stops if one.position > reached), None)
            if stop is None:
                stop = Stop((reached // _USUAL_TAB + 1) * _USUAL_TAB, "left")
            stops = [one for one in stops if one.position > stop.position]
            written.append(_at_stop(self._run(part, line, room), stop, line.indent[0], room))
            reached = max(reached, stop.position + (_width_of(part) if stop.kind == "left" else 0))
        if others:
            written[0] = _at_stop(written[0], Stop(line.indent[0], "left"), line.indent[0], room) if first else ""
        return "".join(written)

    def _run(self, pieces: list[Piece], line: Line, room: float) -> str:
        return "".join(self._piece(piece, line, room) for piece in pieces)

    def _piece(self, piece: Piece, line: Line, room: float) -> str:
        match piece:
            case Words():
                return element("span", html.escape(piece.text, quote=False), style=_text_style(piece.look))
            case PageField():
                counted = {"page": "page-number", "pages": "page-count"}[piece.counts]
                return element("span", "", counted, style=_text_style(piece.look))
            case Picture():
                size = {"width": f"{piece.width:.4g}mm", "height": f"{piece.height:.4g}mm"}
                address = f"data:{piece.media_type};base64,{base64.b64encode(piece.content).decode()}"
                words = piece.alternative_text or _NO_WORDS
                if piece.spot is None:
                    size |= {"display": "inline", "margin-bottom": f"{(line.multiple - 1) * piece.height:.4g}mm"}
                    return element("img", src=address, alt=words, style=_style(size))
                style = _style(size | self._place(piece.spot, piece, line, room))
                written = element("img", src=address, alt=words, style=style, id=self._id_of(piece))
                return self._put(written, piece.spot)
            case Box():
                return self._put(self._box(piece, line, room), piece.spot)
            case Tab() | NewLine():
                return ""
            case _:
                assert_never(piece)

    def _box(self, box: Box, line: Line, room: float) -> str:
        above, right, below, left = box.inset
        style = {"width": f"{box.width:.4g}mm", "height": f"{box.height:.4g}mm", "text-indent": "0"}
        style |= self._place(box.spot, box, line, room)
        if box.blocks:
            style["padding"] = " ".join(f"{one:.4g}mm" for one in (above, right, below, left))
        if box.fill:
            style["background-color"] = box.fill
        if box.outline is not None:
            side = "border-top" if not box.height else "border-left" if not box.width else "border"
            style[side] = _border(box.outline)
        return element(
            "div", self.blocks(box.blocks, box.width - left - right), style=_style(style), id=self._id_of(box)
        )

    def _id_of(self, drawn: Picture | Box) -> str:
        """An id by which it is measured, if the paper's text keeps off it."""
        assert drawn.spot is not None
        if not drawn.spot.text_keeps_off:
            return ""
        self._measured += 1
        return f"{MEASURED}{self._name}-{self._measured}"

    def _put(self, written: str, spot: Spot) -> str:
        """In its line, or apart if it is placed on the page."""
        if spot.down == "line":
            return written
        self.on_page.append(written)
        return ""

    def _place(self, spot: Spot, drawn: Picture | Box, line: Line, room: float) -> dict[str, str]:
        """Where something stands: from the left edge of what holds it, and from its upper edge, or a footer's lower."""
        form = self._form
        indent = line.indent[0] if spot.down == "line" else 0.0
        if spot.across == "page":
            left = _from_left(spot.left, form.width, drawn.width) - form.margin_left - indent
        else:
            width = room + line.indent[0] + line.indent[1] if spot.down == "line" else form.text_width
            left = _from_left(spot.left, width, drawn.width) - indent
        place = {"position": "absolute", "left": f"{left:.4g}mm"}
        if spot.down == "line":
            return place | {"top": f"{spot.top:.4g}mm"}
        top = spot.top + (form.margin_top if spot.down == "text" else 0.0)
        if self._kind == "header":
            return place | {"top": f"{top - form.header:.4g}mm"}
        return place | {"bottom": f"{form.height - top - drawn.height - form.footer:.4g}mm"}

    # ---- Tables ----

    def _grid(self, grid: Grid, width: float) -> str:
        whole = sum(grid.widths)
        left = {"left": grid.left, "centre": (width - whole) / 2, "right": width - whole}[grid.align]
        columns = "".join(element("col", style=f"width: {one:.4g}mm") for one in grid.widths)
        rows = "".join(
            element("tr", "".join(self._cells(row, grid.widths)), style=f"height: {height:.4g}mm")
            for row, height in zip(grid.rows, grid.heights, strict=True)
        )
        style = {
            "width": f"{whole:.4g}mm",
            "margin": f"0 0 0 {left:.4g}mm",
            "border-collapse": "collapse",
            "table-layout": "fixed",
        }
        return element("table", f"<colgroup>{columns}</colgroup><tbody>{rows}</tbody>", style=_style(style))

    def _cells(self, row: tuple[GridCell, ...], widths: tuple[float, ...]) -> Iterator[str]:
        column = 0
        for cell in row:
            above, right, below, left = cell.padding
            style = {
                "padding": f"{above:.4g}mm {right:.4g}mm {below:.4g}mm {left:.4g}mm",
                "vertical-align": cell.stands,
            }
            if cell.fill:
                style["background-color"] = cell.fill
            for side, rule in zip(_SIDES, cell.rules, strict=True):
                if rule is not None:
                    style[f"border-{side}"] = _border(rule)
            inside = self.blocks(cell.blocks, sum(widths[column : column + cell.columns]) - left - right)
            yield element("td", inside, colspan=str(cell.columns) if cell.columns > 1 else "", style=_style(style))
            column += cell.columns


def _at_stop(written: str, stop: Stop, indent: float, room: float) -> str:
    """A part of a line at its tab stop. It takes no room, so that the next part is placed from the line's beginning."""
    place = stop.position - indent
    if stop.kind == "left":
        width, margin, align = max(room - place, 1.0), place, "left"
    elif stop.kind == "centre":
        width, margin, align = room, place - room / 2, "center"
    else:
        width, margin, align = room, place - room, "right"
    style = {
        "display": "inline-block",
        "width": f"{width:.4g}mm",
        "margin-left": f"{margin:.4g}mm",
        "margin-right": f"{-width - margin:.4g}mm",
        "text-align": align,
        "text-indent": "0",
    }
    return element("span", written, style=_style(style))


def _split(pieces: tuple[Piece, ...] | list[Piece], at: type[Tab] | type[NewLine]) -> list[list[Piece]]:
    """The parts between tabs, or between new lines; one more than there are of these."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, at):
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _width_of(pieces: list[Piece]) -> float:
    """How far the pieces reach, about, in millimetres: enough to know which tab stops they have passed."""
    width = 0.0
    for piece in pieces:
        if isinstance(piece, Words):
            width += len(piece.text) * piece.look.size * _LETTER_WIDTH * _MM_PER_POINT
        elif isinstance(piece, PageField):
            width += piece.look.size * _LETTER_WIDTH * _MM_PER_POINT
        elif isinstance(piece, Picture) and piece.spot is None:
            width += piece.width
    return width


def _from_left(said: float | Edge, whole: float, own: float) -> float:
    match said:
        case "left":
            return 0.0
        case "centre":
            return (whole - own) / 2
        case "right":
            return whole - own
        case _:
            return said


def _text_style(look: TextLook) -> str:
    *named, generic = similar_faces(look.face)
    faces = ", ".join([*(f"'{one}'" for one in named if "'" not in one and "\\" not in one), generic])
    return _style(
        {
            "font-family": faces,
            "font-size": f"{look.size:g}pt",
            "font-weight": "bold" if look.bold else "normal",
            "font-style": "italic" if look.italic else "normal",
            "text-decoration": "underline" if look.underlined else "none",
            "text-transform": "uppercase" if look.capitals else "none",
            "color": look.colour,
        }
    )


def _border(rule: Rule) -> str:
    return f"{rule.width:g}pt solid {rule.colour}"


def _style(declarations: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in declarations.items())
