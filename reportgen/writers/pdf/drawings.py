"""Pictures that are put into the PDF's pages as they are: their operators stand in the HTML, as `data:` addresses."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from reportgen.writers.html.figures import OPERATORS

_BEGINNING = f"data:{OPERATORS};size="
_PIXELS_PER_MILLIMETRE = 96 / 25.4
_POINTS_PER_MILLIMETRE = 72 / 25.4


class Drawings(dict[str, object]):
    """What WeasyPrint asks for pictures that it knows already, by their addresses: it knows all drawings."""

    def __contains__(self, address: object) -> bool:
        return (isinstance(address, str) and address.startswith(_BEGINNING)) or super().__contains__(address)

    def __missing__(self, address: str) -> _Drawing:
        size, content = address.removeprefix(_BEGINNING).split(";base64,")
        width, height = map(float, size.split("x"))
        return _Drawing(width, height, zlib.decompress(base64.b64decode(content)))


class _Drawing:
    """A picture in WeasyPrint's sense; lengths are millimetres."""

    def __init__(self, width: float, height: float, operators: bytes) -> None:
        self._width, self._height, self._operators = width, height, operators

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and what the one is of the other."""
        width, height = self._width * _PIXELS_PER_MILLIMETRE, self._height * _PIXELS_PER_MILLIMETRE
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Into a place of the page; there y falls, in a drawing it rises."""
        across, down = width / (self._width * _POINTS_PER_MILLIMETRE), height / (self._height * _POINTS_PER_MILLIMETRE)
        with stream.stacked():
            stream.transform(a=across, d=-down, f=height)
            stream.stream.append(self._operators)
