"""What stands at the head and foot of every page beside a letterhead: the same rules for Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.document import Document, Inlines
from reportgen.house.letterhead import Band, BandKind, Letterhead, Pages
from reportgen.house.letterhead.pieces import Block, Box, Grid, Line, NewLine, Picture, Spot
from reportgen.house.styles import Page

GAP_BELOW = 6.0
"""In points, between our header under a letterhead's and the text: together they may be higher than the margin."""
_POINTS_PER_MILLIMETRE = 72 / 25.4


def running_words(document: Document, letterhead: Letterhead | None, kind: BandKind, pages: Pages) -> Inlines:
    """The document's own header, which the first page never has, or its footer, which stands below a letterhead's.

    A letterhead that says the number of the page, on whatever page, leaves no room for ours.
    """
    if kind == "header":
        return () if pages == "first" else document.header
    return () if letterhead is not None and letterhead.counts_pages else document.footer


def clearance(band: Band, kind: BandKind, page: Page) -> float:
    """How far below a letterhead's lines ours must begin, in points, so as to stand clear of its pictures."""
    height, lowest = 0.0, 0.0
    for block in band.blocks:
        for drawn, spot in _floating(block, page):
            if spot.down == "line":
                lowest = max(lowest, height + _points(spot.top + drawn.height))
            elif kind == "header":
                top = spot.top + (page.margin_top if spot.down == "text" else 0.0)
                lowest = max(lowest, _points(top + drawn.height - page.header))
        height += height_of(block)
    return max(lowest - height, 0.0)


def height_of(block: Block) -> float:
    """How high a paragraph or a table is, about, in points: as if none of its lines were too long."""
    match block:
        case Line():
            pictures = (piece.height for piece in block.pieces if isinstance(piece, Picture) and not piece.spot)
            highest = _points(max(pictures, default=0.0))
            rows = 1 + sum(isinstance(piece, NewLine) for piece in block.pieces)
            return block.before + rows * block.height + highest * block.multiple + block.after
        case Grid():
            contents = [max((sum(map(height_of, cell.blocks)) for cell in row), default=0.0) for row in block.rows]
            return sum(max(own, _points(said)) for own, said in zip(contents, block.heights, strict=True))


def _floating(block: Block, page: Page) -> Iterator[tuple[Picture | Box, Spot]]:
    """What is placed in the area of the text from side to side, and is no mere line."""
    for piece in block.pieces if isinstance(block, Line) else ():
        if isinstance(piece, Picture | Box) and piece.spot is not None and piece.width and piece.height:
            spot = piece.spot
            if spot.across != "page" or isinstance(spot.left, str) or spot.left + piece.width > page.margin_left:
                yield piece, spot


def _points(millimetres: float) -> float:
    return millimetres * _POINTS_PER_MILLIMETRE
