"""What is on the disk now, compared with what it was when a paper was made."""

from __future__ import annotations

import stat
import time
from collections.abc import Mapping
from pathlib import Path

from reportgen.build.record import Entry, Written
from reportgen.inputs.files import DISK, FileQuery, ask, digest

_TICK = 100_000_000
"""Nanoseconds within which a file can change twice without its times showing it."""
_COARSE_TICK = 3_000_000_000
"""The same where a file system keeps whole seconds (FAT keeps every second one)."""
_FORMAT_NAMES = {"docx": "the Word file", "pdf": "the PDF", "html": "the HTML"}

Stamp = list[int | str]


class Present:
    """Answers as digests, each asked for once. A file with the stamp that it had when it was hashed is not read."""

    def __init__(self, stamps: Mapping[str, Stamp]) -> None:
        self._stamps = stamps
        self.stamps: dict[str, Stamp] = {}
        """Of the files asked for that can be known again by their stamp."""
        self._answers: dict[FileQuery, str] = {}

    def digest(self, question: FileQuery) -> str:
        """The answer to the question now."""
        if question not in self._answers:
            self._answers[question] = (
                self._content(question) if question.asked == "content" else digest(ask(DISK, question))
            )
        return self._answers[question]

    def _content(self, question: FileQuery) -> str:
        path = question.path
        try:
            status = Path(path).stat()
        except (OSError, ValueError):
            return digest(ask(DISK, question))
        stamp: Stamp = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        known = self._stamps.get(path)
        if known is not None and known[:-1] == stamp:
            self.stamps[path] = known
            return str(known[-1])
        if not stat.S_ISREG(status.st_mode):
            return digest(DISK.kind(Path(path)))  # a pipe would be waited for
        found = digest(ask(DISK, question))
        tick = _TICK if status.st_mtime_ns % 1_000_000_000 else _COARSE_TICK
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > tick:
            self.stamps[path] = [*stamp, found]
        return found

    def changed(self, asked: Mapping[FileQuery, str]) -> list[str]:
        """What has another answer now, in words."""
        return [_told(question, old, new) for question, old in asked.items() if (new := self.digest(question)) != old]

    def changed_files(self, out: Path, entry: Entry) -> dict[str, str]:
        """By format: what became of the paper's files, "" for one that is as it was written, or its hash now."""
        return {form: self._changed(out / f"{entry.name}.{form}", one) for form, one in entry.files.items()}

    def _changed(self, path: Path, written: Written) -> str:
        found = self.digest(FileQuery("content", str(path)))
        return "" if found == f"sha256:{written.sha256}" else found


def _told(question: FileQuery, old: str, new: str) -> str:
    path = question.path
    match question.asked:
        case "content":
            if new.startswith("refused:"):
                return f"{path} is gone" if old.startswith("sha256:") else f"{path} cannot be read"
            return f"{path} has changed" if old.startswith("sha256:") else f"{path} can be read now"
        case "kind":
            return (
                f"{path} is gone" if new == "kind:" else f"{path} is new" if old == "kind:" else f"{path} has changed"
            )
        case "names":
            return f"other files are in {path}"


def told_conditions(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Which conditions are others now, in words."""
    found = []
    for name in dict.fromkeys((*old, *new)):
        before, now = old.get(name, "none"), new.get(name, "none")
        if before != now:
            is_version = before[:1].isdigit() and now[:1].isdigit() and name != "fonts"
            own = {"fonts": "the fonts have changed", "reportgen's files": "reportgen itself has changed"}
            found.append(own.get(name, f"{name} {before} → {now}" if is_version else f"{name} has changed"))
    return found


def told_format(form: str) -> str:
    """ "the PDF"."""
    return _FORMAT_NAMES.get(form, form)
