"""What a build did, for the page that shows it: papers by meeting, their files, what was found in them, what changed.

All of it is given: nothing is read, and no clock is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reportgen.diagnostics import Diagnostic


class Change(StrEnum):
    """What became of a paper since the last run."""

    NEW = "new"
    """Made, for the first time in this folder."""
    MADE = "made again"
    UNCHANGED = "unchanged"
    """Left as it was: nothing that it depends on has changed."""
    BROKEN = "not made"


@dataclass(frozen=True, slots=True)
class FileStatus:
    """A file of a paper."""

    path: str
    """From the folder of the page, with slashes: "council/2026-11-09-cabinet/agenda.pdf"."""
    size: int
    """In bytes."""

    @property
    def form(self) -> str:
        """Its format, by the ending of its name: "pdf"."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """A paper, or the front sheet of an agenda."""

    title: str
    change: Change
    item: str = ""
    """The number of its item, or empty."""
    author: str = ""
    pages: int | None = None
    """Of the PDF; None when no PDF was made."""
    files: tuple[FileStatus, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    """What the public may not know must be gone from them already."""
    gaps: int = 0
    """How many places in it are marked as still missing."""
    why: str = ""
    """Why it was made again: "reports/autumn.yaml changed"; or empty."""
    seconds: float | None = None
    """How long it took; None for one that was not touched."""
    notes: tuple[str, ...] = ()
    """What was done to other files of it, a line each: those removed, and those kept as somebody had edited them."""
    crashed: bool = False
    """Whether a mistake in this program kept it from being made or judged."""


@dataclass(frozen=True, slots=True)
class MeetingStatus:
    """The papers of one meeting, or those of a council that are on no agenda."""

    council: str
    name: str
    """"Cabinet, 9 July 2012"."""
    front_sheet: PaperStatus | None = None
    papers: tuple[PaperStatus, ...] = ()
    """In the order of the agenda."""

    def all_papers(self) -> Iterator[PaperStatus]:
        """The front sheet, if there is one, and the papers."""
        if self.front_sheet is not None:
            yield self.front_sheet
        yield from self.papers


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `reportgen build`."""

    meetings: tuple[MeetingStatus, ...]
    product: str
    """What made the papers: "reportgen 0.1.0"."""
    seconds: float
    findings: tuple[Diagnostic, ...] = ()
    """What is wrong with no paper in particular."""
    removed: tuple[str, ...] = ()
    """Files of papers that are no more, a line each."""
    when: str = ""
    """When it ended, in words, or empty."""
    interrupted: bool = False
    """Whether it was ended before all papers were looked at."""

    def changes(self) -> Counter[Change]:
        """How many papers were made, left, broken; front sheets are not counted."""
        return Counter(paper.change for meeting in self.meetings for paper in meeting.papers)

    def all_findings(self) -> tuple[Diagnostic, ...]:
        """Everything that was found, each once however many papers have it."""
        papers = (paper for meeting in self.meetings for paper in meeting.all_papers())
        return tuple(dict.fromkeys([*self.findings, *(one for paper in papers for one in paper.findings)]))
