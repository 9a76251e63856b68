"""How large a picture is printed, in every format alike. Lengths are millimetres."""

from __future__ import annotations

from math import ceil

from reportgen.document import Image
from reportgen.house.styles import StyleSheet

_MILLIMETRES_PER_INCH = 25.4
_MILLIMETRES_PER_POINT = _MILLIMETRES_PER_INCH / 72
_PIXELS_PER_INCH = 150
"""Of a picture in its own size: finer than a screen, and fine enough to be printed."""
_LETTER_WIDTH = 0.55
"""Of a caption's letters, on average and rather too much, as a share of the type's size."""


def size_of_image(image: Image, width: float, height: float) -> tuple[float, float]:
    """Width and height of an image where there is so much room: as asked for, or its own size, but never larger."""
    own = image.width / _PIXELS_PER_INCH * _MILLIMETRES_PER_INCH
    return fit(image.printed_width or own, image.height / image.width, width, height)


def fit(wanted: float, ratio: float, width: float, height: float) -> tuple[float, float]:
    """The wanted width, or as much of it as fits into the room, and the height that belongs to it."""
    fitting = min(wanted, width, height / ratio)
    return fitting, fitting * ratio


def room_above_caption(caption: str, look: StyleSheet, width: float, height: float) -> float:
    """What a caption (its whole text, or nothing) leaves of a page's height to the picture above it."""
    below = look.resolved("chart").get("space_before", 0) + look.resolved("chart").get("space_after", 0)
    if caption:
        style = look.resolved("caption")
        letters = width / (style["size"] * _LETTER_WIDTH * _MILLIMETRES_PER_POINT)
        lines = ceil(len(caption) / letters)
        below += lines * style["size"] * style.get("line_height", 1.2)
        below += style.get("space_before", 0) + style.get("space_after", 0)
    return height - float(below) * _MILLIMETRES_PER_POINT
