"""What a build did → the page `index.html` in its output folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from reportgen import __version__
from reportgen.build.orders import Outcome, without_words
from reportgen.build.status import Change, FileStatus, MeetingStatus, PaperStatus, Run
from reportgen.build.status.page import write_status
from reportgen.build.writing import remove_leftovers, write_together
from reportgen.diagnostics import Diagnostic
from reportgen.inputs.files import DISK

PAGE = "index.html"


@dataclass
class Told:
    """What a build has told of."""

    out: Path
    papers: list[Outcome] = field(default_factory=list)
    front_sheets: list[Outcome] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    """About no paper in particular."""
    removed: list[str] = field(default_factory=list)
    """Files that are no paper's any more, a line each."""


def write_page(told: Told, seconds: float, interrupted: bool = False) -> None:
    """Write the page, if there is anything to show on it. Raises OSError."""
    if not told.papers and not told.front_sheets:
        return
    run = Run(
        meetings=tuple(_meetings(told)),
        product=f"reportgen {__version__}",
        seconds=seconds,
        findings=tuple(told.findings),
        removed=tuple(told.removed),
        when=time.strftime("%d.%m.%Y, %H.%M").lstrip("0"),
        interrupted=interrupted,
    )
    remove_leftovers(told.out, PAGE)
    write_together({told.out / PAGE: write_status(run).encode()})


def _meetings(told: Told) -> Iterator[MeetingStatus]:
    """The papers of each meeting, in the order of the papers; then those of each council that are on no agenda."""
    secret = {one.task.report for one in told.papers if _is_secret(one)}
    papers: dict[Path, list[PaperStatus]] = {one.task.report: [] for one in told.front_sheets}
    drafts: dict[Path, list[PaperStatus]] = {}
    for outcome in told.papers:
        meeting, council = outcome.task.meeting, outcome.task.report.parent.parent
        place = drafts.setdefault(council, []) if meeting is None else papers.setdefault(meeting, [])
        place.append(_paper(outcome, told.out, outcome.task.report in secret))
    fronts = {one.task.report: one for one in told.front_sheets}
    for meeting, found in papers.items():
        front = fronts.get(meeting)
        known = front.summary if front else None
        shown = _paper(front, told.out, front.secret) if front else None
        about = (known.author, known.title) if known else (meeting.parent.parent.name, meeting.stem)
        yield MeetingStatus(*about, shown, tuple(found))
    for folder, found in drafts.items():
        yield MeetingStatus(folder.name, "On no agenda", None, tuple(found))


def _is_secret(outcome: Outcome) -> bool:
    """Whether the report has text that the public must not read, which messages about it may quote."""
    known = outcome.summary
    if outcome.secret or outcome.task.audience == "exempt":
        return True
    if known is not None:
        return bool(known.exempt or known.part_exempt or known.confidential)
    from reportgen.build.audiences import Audiences  # only for what was not made: it reads the report

    return len(Audiences(DISK).of(outcome.task.report)) > 1


def _paper(outcome: Outcome, out: Path, secret: bool) -> PaperStatus:
    known = outcome.summary
    task = outcome.task
    version = " – exempt version" if task.audience == "exempt" else ""
    return PaperStatus(
        title="Agenda" if task.is_front_sheet else f"{outcome.title or _title_of(outcome)}{version}",
        change=_change(outcome),
        item=known.item if known else "",
        author=known.author if known and task.audience == "public" and not task.is_front_sheet else "",
        pages=outcome.pages,
        files=tuple(FileStatus(PurePath(path).relative_to(out).as_posix(), _size(path)) for path in outcome.files),
        findings=without_words(outcome.diagnostics) if secret else outcome.diagnostics,
        gaps=outcome.gaps,
        why="; ".join(outcome.reasons) if _change(outcome) is Change.MADE else "",
        seconds=outcome.seconds if outcome.state == "made" else None,
        notes=() if secret else outcome.notes,  # an older title may have told what is exempt now
        crashed=bool(outcome.crash),
    )


def _title_of(outcome: Outcome) -> str:
    from reportgen.build.naming import public_title  # only for what was not made: it reads the report

    return public_title(outcome.task) or outcome.task.report.stem


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _change(outcome: Outcome) -> Change:
    if outcome.state == "made":
        return Change.NEW if outcome.is_new else Change.MADE
    return Change.UNCHANGED if outcome.state == "unchanged" else Change.BROKEN
