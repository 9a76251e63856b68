"""What is said beside the text: footnotes (ISO/IEC 29500-1, 17.11), and comments on what is still missing (17.13.4).

Each is a part of the package of its own, which is there only if there are any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.document import Placeholder
from reportgen.writers.docx.elements import Element, legible, w, w_text
from reportgen.writers.docx.package import StoryPart, WordPackage

_SEPARATORS = {"separator": -1, "continuationSeparator": 0}
"""The ids of the lines between text and notes, which Word keeps as notes."""
_AUTHOR = "reportgen"
_INITIALS = "RG"


class WordFootnotes:
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
        lines = []
        for kind, number in _SEPARATORS.items():
            space = w("spacing", before=0, after=0, line=240, lineRule="auto")
            lines.append(w("footnote", w("p", w("pPr", space), w("r", w(kind))), type=kind, id=number))
        self.part.root = w("footnotes", *lines, *self._notes)
        return [w("footnotePr", *(w("footnote", id=number) for number in _SEPARATORS.values()))]


@dataclass
class Comments:
    """The comments of a document."""

    day: str
    """The day that they bear (ISO 8601)."""
    still_missing: str
    """The house's words before what is missing; they may be empty."""
    supplied_by: str
    """The house's words before who is to supply it."""
    _comments: list[Element] = field(default_factory=list)

    def attach(self, gap: Placeholder, runs: Sequence[Element]) -> list[Element]:
        """Return the runs of a gap with the comment to it.

        Only the document itself has comments, not its headers or notes.
        """
        identity = len(self._comments)
        said = [(self.still_missing, gap.missing)]
        if gap.supplier:
            said.append((self.supplied_by, gap.supplier))
        lines = (w("r", w_text("t", legible(f"{words}: {text}" if words else text))) for words, text in said)
        marker = w("r", w("annotationRef"))
        paragraphs = [w("p", *([] if place else [marker]), line) for place, line in enumerate(lines)]
        date = f"{self.day}T00:00:00Z"
        self._comments.append(w("comment", *paragraphs, id=identity, author=_AUTHOR, date=date, initials=_INITIALS))
        reference = w("r", w("commentReference", id=identity))
        return [w("commentRangeStart", id=identity), *runs, w("commentRangeEnd", id=identity), reference]

    def element(self) -> Element | None:
        """Return the part of the comments; None when there are none."""
        return w("comments", *self._comments) if self._comments else None
