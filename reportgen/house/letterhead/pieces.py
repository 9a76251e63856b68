"""What a letterhead prints, as far as it matters to the eye: lines, tables, pictures and where they stand.

Lengths are millimetres; type sizes, line heights and spaces above and below are points; colours
are "#rrggbb".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Edge = Literal["left", "centre", "right"]
PictureFile: TypeAlias = tuple[bytes, Literal["image/png", "image/jpeg"]]

_NEAR = 8.0
"""Word's own stops are for a page with margins of an inch; in a page with others, they stand near the end of a line."""


@dataclass(frozen=True, slots=True)
class TextLook:
    face: str
    size: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    capitals: bool = False
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that look the same."""

    text: str
    look: TextLook


@dataclass(frozen=True, slots=True)
class PageField:
    """The number of the page, or the number of pages."""

    counts: Literal["page", "pages"]
    look: TextLook


@dataclass(frozen=True, slots=True)
class Tab:
    """On to the next tab stop of the line."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands that is not in the line of text."""

    across: Literal["page", "text"]
    """Whether it is placed from the page's left edge or from that of the text."""
    left: float | Edge
    down: Literal["page", "text", "line"]
    """Whether it is placed from the page's upper edge, from that of the text or from the line that it belongs to."""
    top: float
    text_keeps_off: bool
    """Whether the paper's text must not stand beside it, in front of it or behind it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A crest, usually."""

    content: bytes = field(repr=False)
    media_type: Literal["image/png", "image/jpeg"]
    width: float
    height: float
    alternative_text: str
    spot: Spot | None
    """None: in the line of text."""


@dataclass(frozen=True, slots=True)
class Box:
    """A text box, a rectangle or a line."""

    blocks: tuple[Block, ...]
    width: float
    height: float
    spot: Spot
    inset: tuple[float, float, float, float]
    """From its edges to its text: above, right, below, left."""
    fill: str = ""
    outline: Rule | None = None


Piece: TypeAlias = Words | PageField | Tab | NewLine | Picture | Box


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop, measured from the left edge of the text."""

    position: float
    kind: Edge


def stretch(stop: Stop, upright_width: float, width: float) -> Stop:
    """The stop on pages with lines of another width: what stands in the middle or at the end of a line stays there."""
    if stop.kind == "right" and abs(stop.position - upright_width) < _NEAR:
        return Stop(width, stop.kind)
    if stop.kind == "centre" and abs(stop.position - upright_width / 2) < _NEAR:
        return Stop(width / 2, stop.kind)
    return stop


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line."""

    width: float
    """In points."""
    colour: str
    gap: float = 0
    """To the text, in points."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    pieces: tuple[Piece, ...]
    height: float
    """Of a line of its text."""
    multiple: float = 1
    """By how much a picture in a line makes it higher than the picture is."""
    align: Literal["left", "centre", "right", "justify"] = "left"
    indent: tuple[float, float, float] = (0, 0, 0)
    """From the left, from the right, and of the first line."""
    before: float = 0
    after: float = 0
    stops: tuple[Stop, ...] = ()
    above: Rule | None = None
    below: Rule | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that places things."""

    blocks: tuple[Block, ...]
    columns: int
    """How many columns it takes."""
    rules: tuple[Rule | None, Rule | None, Rule | None, Rule | None]
    """Above, right, below, left."""
    padding: tuple[float, float, float, float]
    stands: Literal["top", "middle", "bottom"] = "top"
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    widths: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    heights: tuple[float, ...]
    """The least heights of the rows."""
    align: Edge = "left"
    left: float = 0
    """From the left edge of the text to that of the table; below 0 where it stands further out."""


Block: TypeAlias = Line | Grid
