"""Comments (ISO/IEC 29500-1, 17.13.4): what is still missing, beside the place where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.tree import Gap
from reportgen.writers.docx.elements import Element, legible, w, w_text

_AUTHOR = "reportgen"
_INITIALS = "RG"


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

    def attach(self, gap: Gap, runs: Sequence[Element]) -> list[Element]:
        """The runs of a gap with the comment to it. Only the document itself has comments, not its headers or notes."""
        identity = len(self._comments)
        said = [_after(self.still_missing, gap.missing)]
        if gap.supplier:
            said.append(_after(self.supplied_by, gap.supplier))
        sign = w("r", w("annotationRef"))
        paragraphs = [w("p", *([sign] if not place else []), _run(line)) for place, line in enumerate(said)]
        self._comments.append(
            w(
                "comment",
                *paragraphs,
                id=identity,
                author=_AUTHOR,
                date=f"{self.day}T00:00:00Z",
                initials=_INITIALS,
            )
        )
        return [
            w("commentRangeStart", id=identity),
            *runs,
            w("commentRangeEnd", id=identity),
            w("r", w("commentReference", id=identity)),
        ]

    def element(self) -> Element | None:
        """The part of the comments; None when there are none."""
        return w("comments", *self._comments) if self._comments else None


def _after(words: str, text: str) -> str:
    return f"{words}: {text}" if words else text


def _run(text: str) -> Element:
    return w("r", w_text("t", legible(text)))
