"""Runs `reportgen` under guard: what it wrote, read, asked of the network, and used of time and memory.

A program of its own (`python -m tests.security.guarded`): a line of JSON in, `{"folder": …, "arguments": […]}`,
gives a line of JSON out, a `Guarded`. Each run is a fork of a process that has loaded everything, so that only the
run itself is measured, and it is watched by an audit hook (PEP 578), which nothing that runs later can take away.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

ROOT = Path(__file__).parents[2]
CODE = "--code"
"""In the place of a command: Python, to see what the guard sees."""
KILLED_AFTER = 3
"""Seconds of processor time after which the kernel ends a run."""
STOPPED_AFTER = 30.0
"""Seconds after which a run is ended that waits for something, such as a pipe."""
MOST_MEMORY = 1_500_000_000
"""Bytes that a run may ask for beyond what the process has loaded: the machine must outlive a bomb that goes off."""

_NETWORK = ("socket.", "ssl.", "http.client.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "telnetlib.")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn")
_FONTS_LISTED_BY = "fc-list"
"""The one program that a build runs: it asks the machine which faces it has."""
_OWN_SIZE = "/proc/self/statm"
"""How much memory a process has mapped: read before a paper is rendered, to limit how much more it may take."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Guarded:
    """What a run did."""

    exit_code: int
    """As the shell would give it; below 0, the number of the signal that ended it."""
    output: str
    errors: str
    seconds: float
    """Of the processor, in the program and in the kernel."""
    elapsed: float
    memory: int
    """Bytes that it needed beyond what had been loaded."""
    network: list[str]
    """What it did that needs a network, or would."""
    programs: list[str]
    """Other programs that it began."""
    opened: list[str]
    """Files that it opened though they are neither of the product, nor of Python, nor fonts, nor in its folder."""


class Guard:
    """A process that runs the command, once for each question."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.security.guarded"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, folder: Path, arguments: Sequence[str]) -> Guarded:
        """What `reportgen` does with the arguments in a folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"folder": str(folder), "arguments": list(arguments)}), file=self._process.stdin, flush=True)
        return Guarded(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=STOPPED_AFTER)


# ---- Below: what runs in that process ----


class _Watch:
    """An audit hook: notes what a run must not do, from the moment that it knows the run's folder."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.network: list[str] = []
        self.programs: list[str] = []
        self.opened: list[str] = []
        self._known = tuple(Path(one).resolve() for one in (ROOT, sys.prefix, sys.base_prefix))
        self._fonts = tuple(map(Path, ("/usr/share/fonts", "/usr/local/share/fonts")))

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event.startswith(_NETWORK):
            self.network.append(f"{event} {arguments[1:]}")
        elif event == "urllib.Request" and not str(arguments[0]).startswith("data:"):
            self.network.append(f"{event} {arguments[0]}")
        elif event.startswith(_PROGRAMS) and arguments[:1] != (_FONTS_LISTED_BY,):
            self.programs.append(f"{event} {arguments}")
        elif event == "open" and not isinstance(arguments[0], int):
            self._note_file(os.fsdecode(arguments[0]), int(arguments[2] or 0))

    def _note_file(self, name: str, flags: int) -> None:
        assert self.folder is not None
        if name == _OWN_SIZE and not flags & _WRITING:
            return
        path = Path(os.path.realpath(name))  # a link in the folder that leads out of it is out of it
        allowed: tuple[Path, ...] = (self.folder,)
        if not flags & _WRITING:
            allowed += (*self._known, *self._fonts)
        if not any(path.is_relative_to(one) for one in allowed):
            self.opened.append(str(path))


def _run(folder: Path, arguments: Sequence[str], watch: _Watch) -> Guarded:
    """One run, in a fork of this process."""
    with (
        tempfile.TemporaryFile("w+") as output,
        tempfile.TemporaryFile("w+") as errors,
        tempfile.TemporaryFile("w+") as seen,
    ):
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            _be_the_run(folder, arguments, watch, (output.fileno(), errors.fileno()), seen)
        status, used = _wait(child, begun)
        elapsed = time.monotonic() - begun
        for one in (output, errors, seen):
            one.seek(0)
        noted = json.loads(seen.read() or '{"before": 0, "network": [], "programs": [], "opened": []}')
        memory = used.ru_maxrss * 1024 - noted.pop("before")
        seconds = used.ru_utime + used.ru_stime
        code = os.waitstatus_to_exitcode(status)
        return Guarded(code, output.read(), errors.read(), seconds, elapsed, memory, **noted)


def _wait(child: int, begun: float) -> tuple[int, resource.struct_rusage]:
    """Until the child has ended, or has to be ended."""
    while True:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            return status, used
        if time.monotonic() - begun > STOPPED_AFTER:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)


def _be_the_run(
    folder: Path, arguments: Sequence[str], watch: _Watch, streams: tuple[int, int], seen: TextIO
) -> NoReturn:
    """In the fork: run the command and end with its exit code."""
    code = -1
    try:
        from reportgen.cli import main

        for stream, number in zip(streams, (1, 2), strict=True):
            os.dup2(stream, number)
        resource.setrlimit(resource.RLIMIT_CPU, (KILLED_AFTER, KILLED_AFTER))
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + MOST_MEMORY, mapped + MOST_MEMORY))
        os.chdir(folder)
        os.environ["XDG_CACHE_HOME"] = str(folder / ".cache")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        watch.folder = folder.resolve()
        try:
            if arguments[0] == CODE:
                exec(arguments[1], {})
            main(list(arguments), standalone_mode=True)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
        except BaseException:
            traceback.print_exc()
        watch.folder = None
        found = {"before": before, "network": watch.network, "programs": watch.programs, "opened": watch.opened}
        json.dump(found, seen)
        seen.flush()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        code = 99
    finally:
        os._exit(code)


def _warm_up() -> None:
    """Load all that papers need, by making one: only in the runs is it to be seen what they do."""
    from reportgen.cli import main
    from tests.bad.cases import VALID

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(VALID, f"{folder}/work")
        os.chdir(f"{folder}/work")
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for command in ("build --jobs 1 --format docx,pdf,html", "check"):
                main(command.split(), standalone_mode=False)
        os.chdir(ROOT)


def _serve() -> None:
    watch = _Watch()
    sys.addaudithook(watch)
    _warm_up()
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(asdict(_run(Path(asked["folder"]), asked["arguments"], watch))), flush=True)


if __name__ == "__main__":
    _serve()
