"""What a build did → the page that shows it: one HTML file that needs no other, without scripts.

The page is `status.html.j2`. All that it shows is given: no clock is asked, and the same run gives the same page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path, PurePath
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from reportgen import __version__
from reportgen.build.builder import BuildLog, BuildResult, without_words
from reportgen.diagnostics import Diagnostic, Severity, counted, in_words
from reportgen.writers import WRITERS

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""What may not stand in an HTML document (HTML Living Standard, 13.1.4); half pairs cannot even be written."""


class PaperState(StrEnum):
    """What became of a paper since the last run."""

    NEW = "new"
    """Made, for the first time in this folder."""
    MADE = "made again"
    UNCHANGED = "unchanged"
    """Left as it was: nothing that it depends on has changed."""
    OLDER = "made from older inputs"
    """Left as it was: a file that it shares with others must be mended first."""
    BROKEN = "not made"

    @property
    def css_class(self) -> str:
        """The class of its mark; the mark says it in words as well."""
        return "made" if self is PaperState.NEW else self.name.lower()


@dataclass(frozen=True, slots=True)
class FileStatus:
    """A file of a paper."""

    path: str
    """From the folder of the page, with slashes: "council/2026-11-09-cabinet/agenda.pdf"."""
    size: int
    """In bytes."""

    @property
    def format_name(self) -> str:
        """Its format, by the ending of its name: "PDF"."""
        form = self.path.rpartition(".")[2]
        return WRITERS[form].label if form in WRITERS else form

    @property
    def shown_size(self) -> str:
        """Its size as files are weighed: "34 kB", "1.2 MB"."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{self.size / 1_000_000:.1f} MB"


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """A paper, or the front sheet of an agenda."""

    title: str
    change: PaperState
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
    """What was done to other files of it, a line each: those removed, and those moved as somebody had edited them."""
    crashed: bool = False
    """Whether a mistake in this program kept it from being made or judged."""

    @property
    def full_title(self) -> str:
        """Its title after the number of its item."""
        return f"{self.item} {self.title}" if self.item else self.title

    @property
    def facts(self) -> dict[str, str]:
        """What is known of it, by label."""
        facts = {
            "Author": self.author,
            "Pages": str(self.pages) if self.pages is not None else "",
            "Still missing": counted(self.gaps, "gap") if self.gaps else "",
            "Why": self.why,
            "Time": _in_seconds(self.seconds) if self.seconds is not None else "",
        }
        return {label: value for label, value in facts.items() if value}


@dataclass(frozen=True, slots=True)
class MeetingStatus:
    """The papers of one meeting, or those of a council that are on no agenda."""

    council: str
    name: str
    """"Cabinet, 9 July 2012"."""
    front_sheet: PaperStatus | None = None
    papers: tuple[PaperStatus, ...] = ()
    """In the order of the agenda."""

    @property
    def all_papers(self) -> tuple[PaperStatus, ...]:
        """The front sheet, if there is one, and the papers."""
        return (*([self.front_sheet] if self.front_sheet else []), *self.papers)


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
    counts: str = ""
    """How much was found in all, in words, each finding once however many papers have it."""

    def changes(self) -> str:
        """Return how many papers were made, left and broken, in words; front sheets are not counted."""
        counts = Counter(paper.change for meeting in self.meetings for paper in meeting.papers)
        made = counts[PaperState.NEW] + counts[PaperState.MADE]
        others = [one for one in (PaperState.UNCHANGED, PaperState.OLDER, PaperState.BROKEN) if counts[one]]
        return ", ".join([f"{counted(made, 'paper')} made", *(f"{counts[one]} {one.value}" for one in others)])


def render_status(run: Run) -> str:
    """Return the page as HTML text."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_allowed
    )
    environment.filters |= {"in_words": in_words, "in_seconds": _in_seconds, "sort_findings": _sorted, "url": quote}
    folder = files(__package__)
    template = environment.from_string(folder.joinpath("status.html.j2").read_text(encoding="utf-8"))
    css = Markup(folder.joinpath("status.css").read_text(encoding="utf-8"))  # noqa: S704  a file of the product
    count = itertools.count(1)
    # Each paper has an anchor of its own, whatever its title is.
    meetings = [
        (meeting, [(f"paper-{next(count)}", paper) for paper in meeting.all_papers]) for meeting in run.meetings
    ]
    broken = [one for _, papers in meetings for one in papers if one[1].change is PaperState.BROKEN]
    return template.render(run=run, css=css, meetings=meetings, broken=broken)


def _allowed(value: object) -> str:
    """Return a value as text that may stand in the page."""
    return value if isinstance(value, Markup) else _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _sorted(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the worst first, then by place."""
    order = list(Severity)
    return sorted(findings, key=lambda one: (bool(one.waived), order.index(one.severity), one.location))


def _in_seconds(seconds: float) -> str:
    return f"{seconds:.1f} seconds" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60} s"


# ---- From what a build did ----


def describe_run(log: BuildLog, seconds: float, when: str, counts: str, interrupted: bool = False) -> Run:
    """Return what the page shows of a build."""
    return Run(
        meetings=tuple(_meetings(log)),
        product=f"reportgen {__version__}",
        seconds=seconds,
        findings=log.diagnostics,
        removed=tuple(log.changes),
        when=when,
        interrupted=interrupted,
        counts=counts,
    )


def _meetings(log: BuildLog) -> Iterator[MeetingStatus]:
    """Yield the papers of each meeting, in the order of the papers; then those of each council on no agenda."""
    secret = {one.task.report for one in log.papers if one.is_secret}
    papers: dict[Path, list[PaperStatus]] = {one.task.report: [] for one in log.front_sheets}
    drafts: dict[Path, list[PaperStatus]] = {}
    for result in log.papers:
        meeting, council = result.task.meeting, result.task.report.parent.parent
        place = drafts.setdefault(council, []) if meeting is None else papers.setdefault(meeting, [])
        place.append(_describe_paper(result, log.out, result.task.report in secret))
    fronts = {one.task.report: one for one in log.front_sheets}
    for meeting, found in papers.items():
        front = fronts.get(meeting)
        shown = _describe_paper(front, log.out, front.is_secret) if front else None
        known = front.summary if front and front.summary and front.summary.title else None
        about = (known.author, known.title) if known else (meeting.parent.parent.name, meeting.stem)
        yield MeetingStatus(*about, shown, tuple(found))
    for folder, found in drafts.items():
        yield MeetingStatus(folder.name, "On no agenda", None, tuple(found))


def _describe_paper(result: BuildResult, out: Path, is_secret: bool) -> PaperStatus:
    known, task = result.summary, result.task
    version = " – exempt version" if task.audience == "exempt" else ""
    change = _change_of(result)
    return PaperStatus(
        title="Agenda" if task.is_front_sheet else f"{_public_title(result)}{version}",
        change=change,
        item=known.item if known else "",
        author=known.author if known and task.audience == "public" and not task.is_front_sheet else "",
        pages=result.pages,
        files=tuple(FileStatus(PurePath(path).relative_to(out).as_posix(), _size_of(path)) for path in result.files),
        findings=without_words(result.diagnostics) if is_secret else result.diagnostics,
        gaps=result.gaps,
        why="; ".join(result.reasons) if change in (PaperState.MADE, PaperState.OLDER) else "",
        seconds=result.seconds if result.state == "made" else None,
        # An older title, or the name of a file, may tell what is exempt now.
        notes=() if is_secret else (*result.changes, *result.notes),
        crashed=bool(result.crash),
    )


def _public_title(result: BuildResult) -> str:
    """Return the title that the public may read, or the name of the report's file."""
    return (result.summary.title if result.summary else "") or result.task.report.stem


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _change_of(result: BuildResult) -> PaperState:
    if result.state == "made":
        return PaperState.NEW if result.is_new else PaperState.MADE
    if result.state == "waiting" and result.files:
        return PaperState.OLDER
    return PaperState.UNCHANGED if result.state == "unchanged" else PaperState.BROKEN
