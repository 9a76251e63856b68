"""Where a paper goes.

    <council>/<meeting>/<item>-<title>     a paper that goes to a meeting
    <council>/<meeting>/agenda             the front sheet of the agenda
    <council>/drafts/<title>               one on no agenda
    <council>/…/exempt/<…>-exempt          the version of either for those who may see its exempt parts: never published
    <council>/…/superseded/                the last files of papers that can no longer be built; in exempt/, too

Names of files are read by the public: they are made of an item's number and a title, and of nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePath

from reportgen.build.output import EXEMPT
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.model.task import Task

FRONT_SHEET = "agenda"
"""The name of a front sheet beside the papers of its meeting."""
TITLE_LENGTH = 60
"""Of the title in a file's name: Windows refuses paths beyond 260 characters."""


def name_of(task: Task, title: str, item: str) -> str:
    """Return where a paper goes in the output folder, with "/" and without a file's ending.

    Args:
        task: the paper.
        title: as the public may read it; empty where it is not known.
        item: the number of its item on the agenda, or empty.
    """
    folder = PurePath(task.report.parent.parent.name)
    if task.is_front_sheet:
        return (folder / task.report.stem / FRONT_SHEET).as_posix()
    folder /= task.meeting.stem if task.meeting else "drafts"
    parts = [_slug(re.sub(r"[()\[\]]", "", item)), _slug(title) or _slug(task.report.stem)]
    parts = [part for part in parts if part]
    if task.audience == "public":
        return (folder / "-".join(parts)).as_posix()
    return (folder / EXEMPT / "-".join([*parts, EXEMPT])).as_posix()


def _slug(text: str) -> str:
    """Return the text as a part of a file's name: small ASCII letters and digits, whole words, not too long."""
    letters = unicodedata.normalize("NFKD", re.sub(r"['’`]", "", text).replace("&", " and ").casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        longer = f"{slug}-{word}" if slug else word[:TITLE_LENGTH]
        if len(longer) > TITLE_LENGTH:
            break
        slug = longer
    return slug


def find_clashes(names: Mapping[Task, str], out: Path) -> dict[Task, Diagnostic]:
    """Return, for each paper whose files would be another's, the error that names both."""
    together: dict[str, list[Task]] = {}
    for task, name in names.items():
        together.setdefault(name.casefold(), []).append(task)  # as Windows and macOS compare names
    found = {}
    for tasks in together.values():
        for task in tasks if len(tasks) > 1 else ():
            other = next(one for one in tasks if one is not task)
            message = f"this paper and that of {other.report} would both be written to {out / names[task]}"
            hint = "give one of the reports another title" if task.report != other.report else "keep one of the two"
            found[task] = Diagnostic(Severity.ERROR, "RG061", Location(str(task.report)), message, hint)
    return found
