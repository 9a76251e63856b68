"""Where input files come from: the disk, or bytes that were taken from it.

All that is read of a paper's inputs is asked here, one of three questions at a time: what is in this file,
what is at this path, which names are in this folder. So the answers can be kept: as hashes, they say later
whether a paper is up to date; as bytes, they let it be made on a machine that has none of the files.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import reportgen

Asked = Literal["content", "kind", "names"]
Kind = Literal["file", "folder", "other", ""]
"""What is at a path, links followed; "other" is a device or a link that leads nowhere, "" is nothing at all."""

_NO_LIMIT = 1 << 62


class TooLarge(OSError):
    """A file has more bytes than were expected; none was read."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), path)
        self.size = size


class Files(Protocol):
    """Answers what is asked of input files."""

    def read(self, path: Path, most: int) -> bytes:
        """The file's bytes. Raises `TooLarge` when there are more than `most`, else OSError as the disk does."""
        ...

    def kind(self, path: Path) -> Kind:
        """What is at the path."""
        ...

    def names(self, folder: Path) -> tuple[str, ...]:
        """The names in a folder, sorted, a folder's with "/" at its end (a link's without); none of what is none.

        Raises OSError for a folder that may not be listed.
        """
        ...


class DiskFiles:
    """The files as they are at this moment."""

    def read(self, path: Path, most: int) -> bytes:
        """As `Files.read`."""
        if path.is_symlink() and not _stays(path):
            raise OSError(errno.EXDEV, "this is a link to a file elsewhere", str(path))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            # Whoever opens a pipe waits until somebody writes into it.
            raise OSError(errno.EINVAL, "this is no file", str(path))
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size > most:
                raise TooLarge(str(path), size)
            return opened.read()

    def kind(self, path: Path) -> Kind:
        """As `Files.kind`."""
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError):
            return "other" if os.path.lexists(path) else ""
        return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"

    def names(self, folder: Path) -> tuple[str, ...]:
        """As `Files.names`."""
        try:
            with os.scandir(folder) as entries:
                found = [f"{one.name}/" if one.is_dir(follow_symlinks=False) else one.name for one in entries]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        return tuple(sorted(found))


def _stays(link: Path) -> bool:
    """Whether a link leads to a file beside it or in the council's or house's folder around it.

    Folders may be links, as they are to shared drives. A file that is one would bring into a paper what its
    author may not read, or is not meant to.
    """
    target = Path(os.path.realpath(link))
    around = {Path(os.path.realpath(folder)) for folder in (link.parent, link.parent.parent)} - {Path("/")}
    return not target.exists() or any(target.is_relative_to(folder) for folder in around)


DISK = DiskFiles()


class FileQuery(NamedTuple):
    """What was asked of a path, as it was typed."""

    asked: Asked
    path: str


@dataclass(frozen=True, slots=True)
class FileError:
    """The answer was an OSError."""

    number: int
    """Its errno."""
    size: int = 0
    """Of a file that is too large."""

    def error(self, path: str) -> OSError:
        """The error once more."""
        if self.number == errno.EFBIG:
            return TooLarge(path, self.size)
        return OSError(self.number, os.strerror(self.number), path)  # which Python makes the fitting subclass


FileResult = bytes | str | tuple[str, ...] | FileError
"""A file's content, a `Kind`, the names in a folder, or why there is no answer."""


Digest = str | int
"""Stands for an answer: the SHA-256 of a content or of names, a `Kind`, or the errno of an error."""


def digest(answer: FileResult) -> Digest:
    """Return what is the same for the same answer to a query only."""
    match answer:
        case bytes():
            return hashlib.sha256(answer).hexdigest()
        case str():
            return answer
        case tuple():
            return hashlib.sha256("\0".join(answer).encode("utf-8", "surrogateescape")).hexdigest()
        case FileError():
            return answer.number


def ask(files: Files, question: FileQuery, most: int = _NO_LIMIT) -> FileResult:
    """The answer to a question as a value, an error included."""
    path = Path(question.path)
    try:
        match question.asked:
            case "content":
                return files.read(path, most)
            case "kind":
                return files.kind(path)
            case "names":
                return files.names(path)
    except TooLarge as error:
        return FileError(errno.EFBIG, error.size)
    except OSError as error:
        return FileError(error.errno or errno.EIO)


class _Answering:
    """Gives answers that are values as `Files` does."""

    def answer(self, question: FileQuery, most: int = _NO_LIMIT) -> FileResult:
        raise NotImplementedError

    def read(self, path: Path, most: int) -> bytes:
        """As `Files.read`."""
        found = self.answer(FileQuery("content", str(path)), most)
        if isinstance(found, FileError):
            raise found.error(str(path))
        assert isinstance(found, bytes)
        if len(found) > most:
            raise TooLarge(str(path), len(found))
        return found

    def kind(self, path: Path) -> Kind:
        """As `Files.kind`."""
        found = self.answer(FileQuery("kind", str(path)))
        assert isinstance(found, str)
        return found  # type: ignore[return-value]  # what was kept is what was asked for

    def names(self, folder: Path) -> tuple[str, ...]:
        """As `Files.names`."""
        found = self.answer(FileQuery("names", str(folder)))
        if isinstance(found, FileError):
            raise found.error(str(folder))
        assert isinstance(found, tuple)
        return found


@dataclass
class RecordingFiles(_Answering):
    """Asks each question once, and notes the answer: a paper is of one piece, whatever happens on the disk."""

    source: Files = DISK
    answers: dict[FileQuery, FileResult] = field(default_factory=dict)

    def answer(self, question: FileQuery, most: int = _NO_LIMIT) -> FileResult:
        """The answer noted, or asked for now."""
        if question not in self.answers:
            self.answers[question] = ask(self.source, question, most)
        return self.answers[question]

    def agrees_with(self, answers: Mapping[FileQuery, FileResult]) -> bool:
        """Whether all these answers would be given here, too; then they are noted as if they had been asked for."""
        return all(self.answer(question) == answer for question, answer in answers.items())

    def digests(self) -> dict[FileQuery, Digest]:
        """Return the digest of each answer, in the order of the queries."""
        return {question: digest(self.answers[question]) for question in sorted(self.answers)}


@dataclass(frozen=True)
class SnapshotFiles(_Answering):
    """Answers that were noted elsewhere. The disk is never asked."""

    held: Mapping[FileQuery, FileResult]

    def answer(self, question: FileQuery, most: int = _NO_LIMIT) -> FileResult:  # noqa: ARG002  read() looks at the size
        """The answer held. Raises LookupError for a question that nobody had asked when the files were taken."""
        if question not in self.held:
            raise LookupError(f"the {question.asked} of {question.path} was not taken along")
        return self.held[question]


def ending(names: tuple[str, ...], end: str) -> list[str]:
    """Of the names in a folder those of files with this ending, hidden ones left out as by the shell."""
    return [name for name in names if name.endswith(end) and not name.startswith(".")]


def product_templates() -> Path:
    """The folder with the houses that come with the product."""
    package = Path(reportgen.__file__).parent
    installed = package / "_templates"  # where the wheel puts the checkout's templates (see pyproject.toml)
    return installed if installed.is_dir() else package.parent / "templates"
