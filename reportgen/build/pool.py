"""Workers on this machine: each makes one paper at a time; one that hangs or dies costs its own paper only."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait

from reportgen.build.orders import Order, Result
from reportgen.diagnostics import Diagnostic, Location, Severity

PAPERS_PER_WORKER = 100
"""Then a new one takes its place, whatever memory its libraries have kept."""
_START = "import sys; from reportgen.build.worker import work; work(int(sys.argv[1]))"


def out_of_time(order: Order, limit: float) -> Result:
    """The result of an order that took too long."""
    message = f"the paper was not made: it took longer than {limit:g} seconds"
    hint = "allow more with --time-limit, or look for a table or a text that is far too long"
    return _failed(order, "RG063", message, hint)


def died(order: Order, how: str) -> Result:
    """The result of an order whose worker ended before it was done."""
    message = f"the paper was not made: the process that made it ended unexpectedly ({how})"
    hint = "run the command again; if it happens again, report it. SIGKILL may mean that the memory was used up"
    return _failed(order, "RG064", message, hint)


def _ending(code: int) -> str:
    return signal.Signals(-code).name if -code in {one.value for one in signal.Signals} else f"exit code {code}"


def _failed(order: Order, code: str, message: str, hint: str) -> Result:
    place = Location(str(order.task.report))
    return Result(diagnostics=(Diagnostic(Severity.ERROR, code, place, message, hint),), lasting=False)


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    made: int = 0
    place: int | None = None
    """Of the order that it is at."""
    until: float = 0
    """When its time is over, by the monotonic clock."""

    def end(self) -> int:
        self.connection.close()
        self.process.kill()
        return self.process.wait()


class Workers:
    """Makes papers in several processes at once, which stay for the next papers until it is closed."""

    def __init__(self, count: int, limit: float) -> None:
        self._count = count
        self._limit = limit
        self._idle: list[_Worker] = []

    def close(self) -> None:
        """End the workers."""
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def make(self, orders: Sequence[Order]) -> Generator[tuple[int, Result]]:
        """As `Hands.make`; when the caller stops early, workers that are at a paper are ended."""
        waiting = iter(range(len(orders)))
        busy: list[_Worker] = []
        try:
            for _ in range(min(self._count, len(orders))):
                busy.append(self._ready())
                self._give(busy[-1], next(waiting), orders)
            while busy:
                for worker, result in self._results(busy, orders):
                    yield _place_of(worker), result
                    self._go_on(worker, busy, waiting, orders)
        finally:
            for worker in busy:
                worker.end()

    def _results(self, busy: Sequence[_Worker], orders: Sequence[Order]) -> list[tuple[_Worker, Result]]:
        """Of those that are done, dead, or out of time; waits for the first."""
        left = max(0.0, min(worker.until for worker in busy) - time.monotonic())
        ready = wait([worker.connection for worker in busy], left)
        now = time.monotonic()
        found = []
        for worker in busy:
            order = orders[_place_of(worker)]
            if worker.connection in ready:
                try:
                    found.append((worker, worker.connection.recv()))
                except (EOFError, OSError):
                    with suppress(subprocess.TimeoutExpired):
                        worker.process.wait(1)
                    found.append((worker, died(order, _ending(worker.end()))))
            elif now >= worker.until:
                worker.end()
                found.append((worker, out_of_time(order, self._limit)))
        return found

    def _go_on(self, worker: _Worker, busy: list[_Worker], waiting: Iterator[int], orders: Sequence[Order]) -> None:
        """Give the worker its next order, if there is one."""
        busy.remove(worker)
        self._idle.append(worker)
        place = next(waiting, None)
        if place is not None:
            busy.append(self._ready())
            self._give(busy[-1], place, orders)

    def _ready(self) -> _Worker:
        """An idle worker, or a new one: one that has ended, or has made enough, is replaced."""
        while self._idle:
            worker = self._idle.pop()
            if worker.made < PAPERS_PER_WORKER and not worker.connection.closed and worker.process.poll() is None:
                return worker
            worker.end()
        return _start()

    def _give(self, worker: _Worker, place: int, orders: Sequence[Order]) -> None:
        worker.place, worker.until = place, time.monotonic() + self._limit
        worker.made += 1
        with suppress(OSError):  # it has died already, which is seen when its result is waited for
            worker.connection.send(orders[place])


def _place_of(worker: _Worker) -> int:
    assert worker.place is not None
    return worker.place


def _start() -> _Worker:
    """A new worker. In a session of its own: an interrupt from the keyboard is for the build, which then ends it."""
    ours, theirs = Pipe()
    with theirs:
        command = [sys.executable, "-P", "-c", _START, str(theirs.fileno())]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return _Worker(process, ours)
