"""A command → how long it took, what the processors worked, and the memory of its largest process (Linux only)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY = 0.1
"""Seconds. The kernel keeps each process's peak, so only what it grows by in its last moment can be missed."""
_PROC = Path("/proc")


class CommandFailed(Exception):
    """The command did not end well; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run took."""

    seconds: float
    """By the clock on the wall."""
    worked: float
    """Seconds of processor time, of the command and of all that it started and waited for."""
    megabytes: float
    """The most that a single process held in memory: the peak of its resident set (VmHWM), in 10^6 bytes."""


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run the command in a folder. Raises CommandFailed unless it ends with 0."""
    with (folder / "log.txt").open("w+", encoding="utf-8") as log:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode:
            log.seek(0)
            raise CommandFailed(f"{' '.join(command[:6])} ... ended with {process.returncode}:\n{log.read()[-2000:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, watch.peak / 1e6)


class _Watch(threading.Thread):
    """Looks again and again how large the processes of a command have been."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.peak = 0
        """In bytes, of the largest single process."""

    def run(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            self.peak = max([self.peak, *map(_peak_of, _family(self._process))])

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(process: int) -> Iterator[int]:
    """The process and all that it has started, directly or not."""
    yield process
    for children in _PROC.glob(f"{process}/task/*/children"):
        for child in _read(children).split():
            yield from _family(int(child))


def _peak_of(process: int) -> int:
    """The most that a process has held so far, in bytes; 0 if it has ended."""
    for line in _read(_PROC / str(process) / "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    """What the kernel says, or nothing of a process that has ended in the meantime."""
    try:
        return file.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""
