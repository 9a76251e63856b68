"""What is to be made: one paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.summary import PaperSummary

Audience = Literal["public", "exempt"]
"""Who may read a paper: everybody, or only those who may see its exempt and confidential parts."""
BOTH: tuple[Audience, ...] = ("public", "exempt")


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to be made: its report, the meeting it goes to, and how it is to look."""

    report: Path
    meeting: Path | None = None
    house: str | None = None
    """Another house than the report's own."""
    house_folders: tuple[Path, ...] = ()
    audience: Audience = "public"
    papers: tuple[tuple[str, PaperSummary], ...] | None = None
    """For the front sheet of an agenda, whose `report` is the meeting's file: what is known of the meeting's papers, by
    the ids of their reports. None for any other paper."""

    @property
    def is_front_sheet(self) -> bool:
        """Whether it makes the front sheet of an agenda."""
        return self.papers is not None
