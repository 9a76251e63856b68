"""A paper in a few words, as agendas and the status page tell of it.

Nothing is imported here: a run that finds everything up to date must not wait for the model.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """A paper in the words of an agenda, which the public reads: what it may not know must be gone already."""

    title: str = ""
    """Empty when the report could not be read so far."""
    report_of: str = ""
    """Whose report it is, or empty."""
    made: bool = True
    """Whether there is a paper; one that could not be made is to follow."""
    pages: int | None = None
    """Of the PDF; None when no PDF was made."""
    exempt: tuple[int, ...] = ()
    """The paragraphs of Schedule 12A by which the whole paper is exempt."""
    part_exempt: tuple[int, ...] = ()
    """Those by which parts of it are."""
    confidential: bool = False
    """Whether the law forbids to disclose it or a part of it (Local Government Act 1972 s.100A(2))."""
    item: str = ""
    """The number of its item on the agenda, or empty."""
    author: str = ""
    """Who wrote it, for those who ask: no agenda prints it."""
