"""How large an image is printed: the same in Word and in PDF. Lengths in millimetres."""

from __future__ import annotations

from reportgen.house.look import Look
from reportgen.tree import Image, Inlines, plain_text

_MILLIMETRES_PER_INCH = 25.4
_MILLIMETRES_PER_POINT = _MILLIMETRES_PER_INCH / 72
_PIXELS_PER_INCH = 150
"""Fine enough for print; an image that says nothing of its width is not stretched beyond it."""
_WIDTH_OF_A_CHARACTER = 0.55
"""On average, in type sizes; rather too much than too little."""
_LINE = 1.25
"""Below a picture's foot, in type sizes of the text around it: what a line keeps for letters that go below it."""


def image_size(image: Image, width: float, height: float) -> tuple[float, float]:
    """An image's width and height where there is room of the given width and height."""
    own = image.width / _PIXELS_PER_INCH * _MILLIMETRES_PER_INCH
    return fit(image.printed_width or own, image.height / image.width, width, height)


def fit(wanted: float, ratio: float, width: float, height: float) -> tuple[float, float]:
    """The wanted width and the height that goes with it (`ratio` is height by width), or less where there is less room."""
    fitting = min(wanted, width, height / ratio)
    return fitting, fitting * ratio


def room_for_picture(caption: Inlines, look: Look, width: float, height: float) -> float:
    """How high a picture may be, so that it and its caption stand on a page with text of the given width and height."""
    chart = look.resolved("chart")
    points = chart.get("space_before", 0) + chart.get("space_after", 0) + chart["size"] * _LINE
    if caption:
        style = look.resolved("caption")
        in_line = max(1, int(width / (style["size"] * _WIDTH_OF_A_CHARACTER * _MILLIMETRES_PER_POINT)))
        lines = -(-len(plain_text(caption)) // in_line) + 1  # one more: its number, and words that do not fill a line
        points += style.get("space_before", 0) + style.get("space_after", 0)
        points += lines * style["size"] * style.get("line_height", _LINE)
    return max(height - points * _MILLIMETRES_PER_POINT, height / 4)
