"""Where a paper goes.

    <council>/<meeting>/<item>-<title>     a paper that goes to a meeting
    <council>/<meeting>/agenda             the front sheet of the agenda
    <council>/drafts/<title>               one on no agenda
    <council>/…/exempt/<…>-exempt          the version of either for those who may see its exempt parts: never published

Names of files are read by the public: they are made of an item's number and a title, and of nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from reportgen.diagnostics import Diagnostic, Location, Problems, Severity
from reportgen.inputs.source import SourceMapping, read_yaml
from reportgen.job import Job
from reportgen.model.reader import read_agenda

FRONT_SHEET = "agenda"
"""The name of a front sheet beside the papers of its meeting."""
EXEMPT = "exempt"
"""The folder, and the last word, of papers that are never published."""
TITLE_LENGTH = 60
"""Of the title in a file's name: Windows refuses paths beyond 260 characters."""


def name_papers(jobs: Iterable[Job]) -> dict[Job, str]:
    """Where each paper goes in the output folder, with "/" and without a file's ending. Each agenda is read once."""
    agendas: dict[Path, Mapping[str, str]] = {}
    named = {}
    for job in jobs:
        if job.meeting is not None and job.meeting not in agendas:
            agendas[job.meeting] = read_agenda(job.meeting, Problems()) or {}
        named[job] = _name(job, agendas[job.meeting] if job.meeting else {})
    return named


def output_of(job: Job, out: Path) -> Path:
    """Where the paper goes, without the file's ending."""
    return out / name_papers([job])[job]


def _name(job: Job, agenda: Mapping[str, str]) -> str:
    if job.is_front_sheet:
        return (PurePath(job.report.parent.parent.name) / job.report.stem / FRONT_SHEET).as_posix()
    title = _slug(public_title(job)) or _slug(job.report.stem)
    folder = PurePath(job.report.parent.parent.name) / (job.meeting.stem if job.meeting else "drafts")
    item = _slug(re.sub(r"[()\[\]]", "", agenda.get(job.report.stem, ""))) if job.meeting else ""
    parts = [part for part in (item, title) if part]
    if job.audience == "public":
        return (folder / "-".join(parts)).as_posix()
    return (folder / EXEMPT / "-".join([*parts, EXEMPT])).as_posix()


def public_title(job: Job) -> str:
    """The title that the public may read, as far as the report can be read."""
    data = read_yaml(job.report, str(job.report), Problems()) or SourceMapping(Location(""))
    for key in ("confidential", "exempt"):
        marking = data.get(key)
        if isinstance(marking, SourceMapping) and marking.get("public_title"):
            return str(marking["public_title"])
    return str(data.get("title") or "")


def _slug(text: str) -> str:
    """The text as a part of a file's name: small ASCII letters and digits, whole words, not too long."""
    letters = unicodedata.normalize("NFKD", re.sub(r"['’`]", "", text).replace("&", " and ").casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        longer = f"{slug}-{word}" if slug else word[:TITLE_LENGTH]
        if len(longer) > TITLE_LENGTH:
            break
        slug = longer
    return slug


def clashes_among(named: Mapping[Job, str], out: Path) -> dict[Job, Diagnostic]:
    """For each job whose files would be another's: the error that names both."""
    together: dict[str, list[Job]] = {}
    for job, name in named.items():
        together.setdefault(name.casefold(), []).append(job)  # as Windows and macOS compare names
    found = {}
    for jobs in together.values():
        for job in jobs if len(jobs) > 1 else ():
            other = next(one for one in jobs if one is not job)
            message = f"this paper and that of {other.report} would both be written to {out / named[job]}"
            hint = "give one of the reports another title" if job.report != other.report else "keep one of the two"
            found[job] = Diagnostic(Severity.ERROR, "RG061", Location(str(job.report)), message, hint)
    return found
