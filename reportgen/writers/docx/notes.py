"""Footnotes: a part of the package of their own, which is there only if there are any (ISO/IEC 29500-1, 17.11)."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.writers.docx.elements import Element, w
from reportgen.writers.docx.package import StoryPart, WordPackage

SEPARATORS = {"separator": -1, "continuationSeparator": 0}
"""The ids of the lines between text and notes, which Word keeps as notes."""


class WordNotes:
    """The footnotes of a document under construction, in the order in which their marks stand in the text."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._part: StoryPart | None = None
        self._notes: list[Element] = []

    @property
    def part(self) -> StoryPart:
        """The part that notes stand in: their links are links of that part."""
        if self._part is None:
            self._part = self._package.add_part("footnotes")
        return self._part

    def add(self, properties: Element, content: Sequence[Element]) -> int:
        """Add a note of one paragraph, and give its id."""
        number = len(self._notes) + 1
        self._notes.append(w("footnote", w("p", properties, *content), id=number))
        return number

    def finish(self) -> list[Element]:
        """Fill the part, and give what the settings must say of it; nothing where there are no notes."""
        if not self._notes:
            return []
        lines = (w("footnote", _line(kind), type=kind, id=number) for kind, number in SEPARATORS.items())
        self.part.root = w("footnotes", *lines, *self._notes)
        return [w("footnotePr", *(w("footnote", id=number) for number in SEPARATORS.values()))]


def _line(kind: str) -> Element:
    space = w("spacing", before=0, after=0, line=240, lineRule="auto")
    return w("p", w("pPr", space), w("r", w(kind)))
