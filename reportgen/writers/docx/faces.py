"""The faces of a document, so that Word takes one of the same widths where it does not have ours."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.writers.css import similar_faces
from reportgen.writers.docx.elements import Element, w

_FAMILIES = {"sans-serif": "swiss", "serif": "roman", "monospace": "modern"}


def font_table(faces: Iterable[str]) -> Element:
    """The faces, each once, as the root of their part."""
    return w("fonts", *(_font(face) for face in sorted(set(faces))))


def _font(face: str) -> Element:
    """A face and what Word goes by where it is missing; otherwise it may set a sans-serif face in Times New Roman."""
    _, *others, generic = similar_faces(face)
    alternatives = [w("altName", val=",".join(others))] if others else []
    return w("font", *alternatives, w("family", val=_FAMILIES[generic]), name=face)
