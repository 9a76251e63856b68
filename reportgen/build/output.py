"""The output folder: files are written whole or not at all, by one build at a time, and no edited one is lost."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Location, Severity

STATE = ".reportgen"
"""The folder in an output folder with what is no paper."""
EXEMPT = "exempt"
"""The folder, and the last word, of papers that are never published."""
SUPERSEDED = "superseded"
"""The folder for the last files of papers that can no longer be built."""

_STAGED = re.compile(r"\..+\.\d+\.new")


@contextmanager
def exclusive_use(out: Path, notify: Callable[[str], None]) -> Iterator[None]:
    """Keep other builds from working in the output folder, and clear up after one that was killed.

    Raises:
        OSError: where nothing can be written.
    """
    state = out / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("ab") as lock:  # the system gives it back when its holder ends, however it ends
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            notify(f"another build is at work in {out}; waiting until it has ended")
            fcntl.flock(lock, fcntl.LOCK_EX)
        marker = state / "running"
        if marker.exists():
            notify("the last build here did not end; what it left unfinished is made now")
            for path in out.rglob(".*.new"):
                if _STAGED.fullmatch(path.name):
                    path.unlink(missing_ok=True)
        marker.touch()
        try:
            yield
        finally:
            marker.unlink(missing_ok=True)


# ---- Writing ----


def write_together(files: Mapping[Path, bytes], moves: Mapping[Path, Path] | None = None) -> None:
    """Write all the files, in their order, or leave everything as it was.

    Args:
        files: what is to be written, by path.
        moves: where files that must not be lost go before others take their places.

    Raises:
        OSError: when one of them cannot be written.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(21, os.strerror(21), str(path))
            staged[path] = _stage(path, content)
            before[path] = path.read_bytes() if path.exists() else None
        with _moved(moves or {}):
            _replace_all(staged, before)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        raise


def _stage(path: Path, content: bytes) -> Path:
    """Write the content beside its later place, so that a rename puts it there in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException as error:  # an interrupt, too, must leave nothing behind
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk is reported by write(), which does not know the name
        raise
    return temporary


def _replace_all(staged: Mapping[Path, Path], before: Mapping[Path, bytes | None]) -> None:
    done: list[Path] = []
    try:
        for path, temporary in staged.items():
            temporary.replace(path)
            done.append(path)
    except BaseException:
        for path in done:
            content = before[path]
            if content is None:
                path.unlink()
            else:
                _stage(path, content).replace(path)
        raise


@contextmanager
def _moved(moves: Mapping[Path, Path]) -> Iterator[None]:
    """Move files to where they are to go; after an error they are where they were."""
    done: list[tuple[Path, Path]] = []
    try:
        for path, place in moves.items():
            move(path, place)
            done.append((path, place))
        yield
    except BaseException:
        for path, place in done:
            place.replace(path)
        raise


def move(path: Path, place: Path) -> None:
    """Give the file another place. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    path.rename(place)


def unwritable(error: OSError, path: Path, thing: str = "paper") -> Diagnostic:
    """Return what to report of an error while files are written."""
    place = Location(str(error.filename or path))
    message = f"the {thing} cannot be written: {error.strerror or error}"
    hint = "check the output folder and the space left on the disk; what was there before is unchanged"
    if isinstance(error, PermissionError):
        hint = "close it in Word or the PDF reader, and check that you may write there"
    return Diagnostic(Severity.ERROR, "RG062", place, message, hint)


# ---- Files that are kept ----


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file as it is at this moment; None where there is none.

    A build takes minutes, and somebody may save a file that it has looked at before.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def backup_path(path: Path, is_secret: bool) -> Path:
    """Return a free path beside an edited file: "1-outcome - edited 2026-11-09 14.05.docx", when it was last saved.

    No paper is named like this, as papers have no spaces in their names.
    """
    when = time.strftime("%Y-%m-%d %H.%M", time.localtime(path.stat().st_mtime))
    return _free_path(_kept_folder(path, is_secret) / f"{path.stem} - edited {when}{path.suffix}")


def superseded_path(path: Path, is_secret: bool) -> Path:
    """Return a free path for the last file of a paper that can no longer be built."""
    return _free_path(_kept_folder(path, is_secret) / SUPERSEDED / path.name)


def _kept_folder(path: Path, is_secret: bool) -> Path:
    """Return the file's folder, or that of what is never published: it may hold what has been marked since."""
    return path.parent / EXEMPT if is_secret and path.parent.name != EXEMPT else path.parent


def _free_path(path: Path) -> Path:
    free, number = path, 1
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
