"""Word files that somebody has worked on since they were made: they are moved aside, and never written over."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from reportgen.inputs.files import DISK
from reportgen.model.task import Task

EDITABLE = ("docx",)
"""The formats whose files are kept: officers write in Word. Nobody writes in a PDF or an HTML page, and whoever has put
remarks there finds the same words in the next one."""


def hash_if_editable(path: Path) -> str | None:
    """The SHA-256 of a file that officers edit, as it is at this moment; None for any other, and where there is none.

    A build takes minutes, and somebody may save a file that it has looked at before.
    """
    if path.suffix.removeprefix(".") not in EDITABLE or not path.is_file():
        return None
    return hashlib.sha256(path.read_bytes()).hexdigest()


def aside_of(path: Path, task: Task) -> Path:
    """A free path for the paper's file, "1-outcome - edited 2026-11-09 14.05.docx": beside it, as it was last changed.

    No paper is named like this, as papers have no spaces in their names. If something in the report is exempt now, or
    may be, the file goes to the folder of what is never published: it may still hold what has been marked since.
    """
    # Imported here: hardly any build finds an edited file, and these read reports.
    from reportgen.build.audiences import Audiences
    from reportgen.build.naming import EXEMPT

    folder = path.parent
    if folder.name != EXEMPT and Audiences(DISK).may_have_secrets(task.report):
        folder /= EXEMPT
    when = time.strftime("%Y-%m-%d %H.%M", time.localtime(path.stat().st_mtime))
    name = f"{path.stem} - edited {when}"
    aside = folder / f"{name}{path.suffix}"
    number = 1
    while aside.exists() or aside.is_symlink():
        number += 1
        aside = folder / f"{name} ({number}){path.suffix}"
    return aside


def told_aside(aside: Path, task: Task) -> str:
    """A line that says where an edited file is now."""
    how = "" if task.is_front_sheet else "; `reportgen entries` reads the changes back"
    return f"{aside}: the Word file had been edited, and is kept here{how}"
