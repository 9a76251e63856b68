"""Bytes → files, whole or not at all; one build at a time in a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Location, Severity

STATE = ".reportgen"
"""The folder in an output folder with what is no paper."""


def write_together(files: Mapping[Path, bytes], asides: Mapping[Path, Path] | None = None) -> None:
    """Write all the files or, when one of them cannot be written (OSError), leave everything as it was.

    `asides` says of files that must not be lost where they go before others take their places.
    """
    asides = asides or {}
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path not in asides and path.exists() else None
            staged[path] = _stage(path, content)
        with _moved(asides):
            _replace_all(staged, before)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes) -> Path:
    """The content on the disk, beside its later place, so that a rename puts it there in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException as error:  # an interrupt, too, must leave nothing behind
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk is told by write(), which does not know the name
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
def _moved(asides: Mapping[Path, Path]) -> Iterator[None]:
    """The files are where they are to go; after an error they are where they were."""
    done: list[tuple[Path, Path]] = []
    try:
        for path, aside in asides.items():
            move_aside(path, aside)
            done.append((path, aside))
        yield
    except BaseException:
        for path, aside in done:
            aside.replace(path)
        raise


def move_aside(path: Path, aside: Path) -> None:
    """Give the file another place, where none is yet. Raises OSError."""
    aside.parent.mkdir(parents=True, exist_ok=True)
    path.rename(aside)


def remove_leftovers(folder: Path, name: str) -> None:
    """Remove what a build that was killed has staged for files whose names begin like this."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(f".{name}.") and path.name.endswith(".new"):
            path.unlink(missing_ok=True)


def cannot_write(error: OSError, path: Path, thing: str = "paper") -> Diagnostic:
    """What to tell of an error while files are written."""
    place = Location(str(error.filename or path))
    message = f"the {thing} cannot be written: {error.strerror or error}"
    hint = "check the output folder and the space left on the disk; what was there before is unchanged"
    if isinstance(error, PermissionError):
        hint = "close it in Word or the PDF reader, and check that you may write there"
    return Diagnostic(Severity.ERROR, "RG062", place, message, hint)


@contextmanager
def sole_use_of(out: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """No other build works in the output folder meanwhile. Raises OSError where nothing can be written.

    The system gives the lock back when its holder ends, however it ends.
    """
    state = out / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"another build is at work in {out}; waiting until it has ended")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
