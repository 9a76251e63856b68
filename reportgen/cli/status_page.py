"""What a build did → the page `index.html` in its output folder."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from reportgen import __version__
from reportgen.batch.orders import Outcome
from reportgen.batch.writing import write_together
from reportgen.diagnostics import Diagnostic
from reportgen.shelf import DISK
from reportgen.status import Change, FileStatus, MeetingStatus, PaperStatus, Run
from reportgen.status.page import write_status

PAGE = "index.html"
_NOT_HERE = "what was found is not told here, as the paper has exempt or confidential text: `reportgen check` tells it"


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
    write_together({told.out / PAGE: write_status(run).encode()})


def _meetings(told: Told) -> Iterator[MeetingStatus]:
    """The papers of each meeting, in the order of the papers; then those of each council that are on no agenda."""
    secret = _secret_reports(told.papers)
    papers: dict[Path, list[PaperStatus]] = {one.job.report: [] for one in told.front_sheets}
    drafts: dict[Path, list[PaperStatus]] = {}
    for outcome in told.papers:
        meeting, council = outcome.job.meeting, outcome.job.report.parent.parent
        place = drafts.setdefault(council, []) if meeting is None else papers.setdefault(meeting, [])
        place.append(_paper(outcome, told.out, outcome.job.report in secret))
    fronts = {one.job.report: one for one in told.front_sheets}
    for meeting, found in papers.items():
        front = fronts.get(meeting)
        known = front.summary if front else None
        shown = _paper(front, told.out, False) if front else None
        about = (known.author, known.title) if known else (meeting.parent.parent.name, meeting.stem)
        yield MeetingStatus(*about, shown, tuple(found))
    for folder, found in drafts.items():
        yield MeetingStatus(folder.name, "On no agenda", None, tuple(found))


def _secret_reports(papers: Iterable[Outcome]) -> set[Path]:
    """The reports with text that the public must not read, which messages about them may quote."""
    return {one.job.report for one in papers if _is_secret(one)}


def _is_secret(outcome: Outcome) -> bool:
    known = outcome.summary
    if outcome.job.audience == "exempt":
        return True
    if known is not None:
        return bool(known.exempt or known.part_exempt or known.confidential)
    from reportgen.batch.audiences import Audiences  # only for what was not made: it reads the report

    return len(Audiences(DISK).of(outcome.job.report)) > 1


def _paper(outcome: Outcome, out: Path, secret: bool) -> PaperStatus:
    known = outcome.summary
    job = outcome.job
    version = " – exempt version" if job.audience == "exempt" else ""
    return PaperStatus(
        title="Agenda" if job.is_front_sheet else f"{outcome.title or _title_of(outcome)}{version}",
        change=_change(outcome),
        item=known.item if known else "",
        author=known.author if known and job.audience == "public" and not job.is_front_sheet else "",
        pages=outcome.pages,
        files=tuple(FileStatus(PurePath(path).relative_to(out).as_posix(), _size(path)) for path in outcome.files),
        findings=_without_quotations(outcome.diagnostics) if secret else outcome.diagnostics,
        gaps=outcome.gaps,
        why="; ".join(outcome.reasons) if _change(outcome) is Change.MADE else "",
        seconds=outcome.seconds if outcome.state == "made" else None,
        crashed=bool(outcome.crash),
    )


def _title_of(outcome: Outcome) -> str:
    from reportgen.batch.naming import public_title  # only for what was not made: it reads the report

    return public_title(outcome.job) or outcome.job.report.stem


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _change(outcome: Outcome) -> Change:
    match outcome.state:
        case "unchanged":
            return Change.UNCHANGED
        case "broken":
            return Change.BROKEN
    return Change.NEW if outcome.is_new else Change.MADE


def _without_quotations(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(replace(one, message=_NOT_HERE, hint="", waived="waived" if one.waived else "") for one in found)
