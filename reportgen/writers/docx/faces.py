"""The faces of a document, so that Word takes one of the same widths where it does not have ours."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.writers.docx.elements import Element, w

# Name, family, PANOSE: Word chooses by these, and would otherwise set Liberation Sans in Times New Roman.
_STAND_INS = {
    "Liberation Sans": ("Arial", "swiss", "020B0604020202020204"),
    "Liberation Serif": ("Times New Roman", "roman", "02020603050405020304"),
    "Liberation Mono": ("Courier New", "modern", "02070309020205020404"),
}


def font_table(faces: Iterable[str]) -> Element:
    """The faces, each once, as the root of their part."""
    return w("fonts", *(_font(face) for face in sorted(set(faces))))


def _font(face: str) -> Element:
    if face not in _STAND_INS:
        return w("font", name=face)
    name, family, panose = _STAND_INS[face]
    return w("font", w("altName", val=name), w("panose1", val=panose), w("family", val=family), name=face)
