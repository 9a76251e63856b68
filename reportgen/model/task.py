"""What is to be built, and what agendas say of what was built: plain values, sent between processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Audience = Literal["public", "exempt"]
"""Who may read a paper: everybody, or only those who may see its exempt and confidential parts."""
BOTH: tuple[Audience, ...] = ("public", "exempt")


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """A paper as agendas and the status page list it: only what the public may know."""

    title: str = ""
    """Empty when the report could not be read so far."""
    report_of: str = ""
    """Whose report it is, or empty."""
    made: bool = True
    """Whether there is a paper; one that could not be made is to follow."""
    pages: int | None = None
    """Number of pages of the PDF; None when no PDF was made."""
    exempt: tuple[int, ...] = ()
    """Paragraphs of Schedule 12A by which the whole paper is exempt."""
    part_exempt: tuple[int, ...] = ()
    """Paragraphs of Schedule 12A by which parts of it are exempt."""
    confidential: bool = False
    """Whether the law forbids to disclose it or a part of it (Local Government Act 1972 s.100A(2))."""
    item: str = ""
    """Number of its item on the agenda, or empty."""
    author: str = ""
    """Who wrote it, for the status page; no agenda prints it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A paper or a front sheet to build."""

    report: Path
    """File of the report; of a front sheet, the file of the meeting."""
    meeting: Path | None = None
    house: str | None = None
    """House style to use instead of the report's own."""
    house_folders: tuple[Path, ...] = ()
    audience: Audience = "public"
    papers: tuple[tuple[str, PaperSummary], ...] | None = None
    """Of a front sheet: what is known of the meeting's papers, by the ids of their reports. None for a paper."""

    @property
    def is_front_sheet(self) -> bool:
        """Return whether it builds the front sheet of an agenda."""
        return self.papers is not None
