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
from reportgen.model.reader import read_agenda
from reportgen.model.task import Task

FRONT_SHEET = "agenda"
"""The name of a front sheet beside the papers of its meeting."""
EXEMPT = "exempt"
"""The folder, and the last word, of papers that are never published."""
TITLE_LENGTH = 60
"""Of the title in a file's name: Windows refuses paths beyond 260 characters."""


def name_papers(tasks: Iterable[Task]) -> dict[Task, str]:
    """Where each paper goes in the output folder, with "/" and without a file's ending. Each agenda is read once."""
    agendas: dict[Path, Mapping[str, str]] = {}
    named = {}
    for task in tasks:
        if task.meeting is not None and task.meeting not in agendas:
            agendas[task.meeting] = read_agenda(task.meeting, Problems()) or {}
        named[task] = _name(task, agendas[task.meeting] if task.meeting else {})
    return named


def output_of(task: Task, out: Path) -> Path:
    """Where the paper goes, without the file's ending."""
    return out / name_papers([task])[task]


def _name(task: Task, agenda: Mapping[str, str]) -> str:
    if task.is_front_sheet:
        return (PurePath(task.report.parent.parent.name) / task.report.stem / FRONT_SHEET).as_posix()
    title = _slug(public_title(task)) or _slug(task.report.stem)
    folder = PurePath(task.report.parent.parent.name) / (task.meeting.stem if task.meeting else "drafts")
    item = _slug(re.sub(r"[()\[\]]", "", agenda.get(task.report.stem, ""))) if task.meeting else ""
    parts = [part for part in (item, title) if part]
    if task.audience == "public":
        return (folder / "-".join(parts)).as_posix()
    return (folder / EXEMPT / "-".join([*parts, EXEMPT])).as_posix()


def public_title(task: Task) -> str:
    """The title that the public may read, as far as the report can be read."""
    data = read_yaml(task.report, str(task.report), Problems()) or SourceMapping(Location(""))
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


def clashes_among(named: Mapping[Task, str], out: Path) -> dict[Task, Diagnostic]:
    """For each task whose files would be another's: the error that names both."""
    together: dict[str, list[Task]] = {}
    for task, name in named.items():
        together.setdefault(name.casefold(), []).append(task)  # as Windows and macOS compare names
    found = {}
    for tasks in together.values():
        for task in tasks if len(tasks) > 1 else ():
            other = next(one for one in tasks if one is not task)
            message = f"this paper and that of {other.report} would both be written to {out / named[task]}"
            hint = "give one of the reports another title" if task.report != other.report else "keep one of the two"
            found[task] = Diagnostic(Severity.ERROR, "RG061", Location(str(task.report)), message, hint)
    return found
