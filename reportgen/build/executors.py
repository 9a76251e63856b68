"""Who builds the papers: this process for a few, a pool of workers for many, a cluster when one is named."""

from __future__ import annotations

import os
import resource
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from types import FrameType
from typing import TYPE_CHECKING, Protocol

from reportgen.build.options import BuildOptions
from reportgen.model.task import Task

if TYPE_CHECKING:
    from reportgen.build.tasks import HouseCache, TaskResult

PARALLEL_THRESHOLD = 4
"""Papers from which workers are used though none were asked for: it takes a second until they are ready."""
TASKS_PER_WORKER = 100
"""Then a new one takes its place, whatever memory its libraries have kept."""
MEMORY_LIMIT = 4 << 30
"""Bytes of address space in which a paper must be built."""


class Executor(Protocol):
    """Builds papers."""

    def run(self, tasks: Sequence[Task]) -> Generator[tuple[int, TaskResult]]:
        """Yield the result of each task, with its place among the tasks, as soon as there is one."""
        ...

    def close(self) -> None:
        """End what was started for this."""
        ...


class ExecutorUnavailable(Exception):
    """An executor cannot be used; the text says why and what to do."""


def choose_executor(options: BuildOptions, papers: int) -> Executor:
    """Return what builds so many papers."""
    if options.cluster is not None:
        from reportgen.build.cluster import ClusterExecutor

        return ClusterExecutor(options)
    workers = min(options.workers or processors(), papers)
    if workers > 1 and (options.workers is not None or papers >= PARALLEL_THRESHOLD):
        return PoolExecutor(options, workers)
    return InProcessExecutor(options)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def out_of_time(task: Task, seconds: float) -> TaskResult:
    """Return the result of a task that took too long."""
    from reportgen.build.tasks import failed

    hint = "allow more with --time-limit, or look for a table or a text that is far too long"
    return failed(task, "RG063", f"it took longer than {seconds:g} seconds", hint)


def died(task: Task, how: str) -> TaskResult:
    """Return the result of a task whose worker ended before it was done."""
    from reportgen.build.tasks import failed

    hint = "run the command again; if it happens again, report it. SIGKILL may mean that the memory was used up"
    return failed(task, "RG064", f"the process that made it ended unexpectedly ({how})", hint)


# ---- In this process ----


class _OutOfTime(BaseException):
    """Not an Exception: what builds papers goes on after those."""


class InProcessExecutor:
    """Builds papers in this process, one after the other."""

    def __init__(self, options: BuildOptions) -> None:
        self._options = options

    def run(self, tasks: Sequence[Task]) -> Generator[tuple[int, TaskResult]]:
        """Build papers as `Executor.run` says."""
        # Imported here: a run that finds everything up to date builds nothing.
        from reportgen.build.tasks import HouseCache

        houses = HouseCache()
        for place, task in enumerate(tasks):
            yield place, self._run_task(task, houses)

    def close(self) -> None:
        """Do nothing: nothing was started."""

    def _run_task(self, task: Task, houses: HouseCache) -> TaskResult:
        from reportgen.build.tasks import run_task
        from reportgen.inputs.files import DISK

        try:
            with _limits(self._options.time_limit):
                return run_task(task, self._options.formats, DISK, houses)
        except _OutOfTime:
            return out_of_time(task, self._options.time_limit)


@contextmanager
def _limits(seconds: float) -> Iterator[None]:
    """Bound the time and the memory of what is done here. Only the main thread hears the alarm."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    is_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, _ring) if is_main else None
    resource.setrlimit(resource.RLIMIT_AS, (_memory_limit(soft), hard))
    try:
        if is_main:
            # Again every second: one alarm may fall where Python passes over what is raised.
            signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        yield
    finally:
        if is_main:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _memory_limit(soft: int) -> int:
    return MEMORY_LIMIT if soft == resource.RLIM_INFINITY else min(soft, MEMORY_LIMIT)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _OutOfTime


# ---- In several processes ----


class PoolExecutor:
    """Builds papers in several processes at once, which stay for the next papers until it is closed.

    One that hangs or dies costs its own paper only.
    """

    def __init__(self, options: BuildOptions, workers: int) -> None:
        # Imported here: it takes as long as a run that finds everything up to date.
        from pebble import ProcessPool

        self._options = options
        context = get_context("forkserver")
        context.set_forkserver_preload(["reportgen.build.tasks"])
        self._pool = ProcessPool(workers, TASKS_PER_WORKER, _begin_worker, context=context)

    def run(self, tasks: Sequence[Task]) -> Generator[tuple[int, TaskResult]]:
        """Build papers as `Executor.run` says; when the caller stops early, nothing more is built."""
        futures: dict[Future[TaskResult], int] = {}
        for place, task in enumerate(tasks):
            arguments = (task, self._options.formats)
            futures[self._pool.schedule(_run_in_worker, arguments, timeout=self._options.time_limit)] = place
        waiting = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield futures[future], self._result(future, tasks[futures[future]])
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the workers, also those that are at a paper."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _result(self, future: Future[TaskResult], task: Task) -> TaskResult:
        from pebble import ProcessExpired

        try:
            return future.result()
        except ProcessExpired as expired:
            code = expired.exitcode or 0
            is_signal = -code in {one.value for one in signal.Signals}
            return died(task, signal.Signals(-code).name if is_signal else f"exit code {code}")
        except TimeoutError:
            return out_of_time(task, self._options.time_limit)
        except (BrokenProcessPool, CancelledError) as error:
            return died(task, type(error).__name__)


def _begin_worker() -> None:
    """Prepare a worker. An interrupt from the keyboard is for the build, which then ends it; without one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_memory_limit(soft), hard))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run_in_worker(task: Task, formats: Sequence[str]) -> TaskResult:
    from reportgen.build import tasks
    from reportgen.inputs.files import DISK

    return tasks.run_task(task, formats, DISK, tasks.WORKER_HOUSES)
