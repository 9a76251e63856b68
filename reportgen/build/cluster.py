"""A Dask cluster: the same tasks, sent self-contained to workers that need have none of the files.

https://distributed.dask.org: an address is that of its scheduler, "tcp://HOST:8786".
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

from reportgen.build.executors import ExecutorUnavailable, died, out_of_time
from reportgen.build.options import BuildOptions
from reportgen.build.tasks import HouseCache, TaskResult, pack_task, run_packed_task
from reportgen.model.task import Task

_TASKS_AHEAD = 2
"""Tasks that a worker has at once: the next is there when it has done one."""
_POLL_INTERVAL = 0.5
"""Seconds between two looks at what has run out of time."""
_ADDRESS = re.compile(r"(?:(?:tcp|tls|wss?|ucx)://)?[^/\s]+:\d+/?")
_CONNECT_TIMEOUT = 10
"""Seconds in which the scheduler must answer."""


class ClusterExecutor:
    """Builds papers on a cluster."""

    def __init__(self, options: BuildOptions) -> None:
        self._options = options
        self._address = options.cluster or ""

    def run(self, tasks: Sequence[Task]) -> Generator[tuple[int, TaskResult]]:
        """Build papers as `Executor.run` says; when the caller stops early, what is on its way is cancelled.

        Raises:
            ExecutorUnavailable: where there is no cluster.
        """
        distributed = _import_distributed()
        if not _ADDRESS.fullmatch(self._address):
            message = f"'{self._address}' is not the address of a Dask scheduler"
            raise ExecutorUnavailable(f"{message}\n  hint: write it as `dask scheduler` prints it: tcp://HOST:8786")
        try:
            client = distributed.Client(self._address, timeout=_CONNECT_TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            message = f"there is no Dask scheduler at {self._address}: {error or 'it does not answer'}"
            raise ExecutorUnavailable(
                f"{message}\n  hint: start one with `dask scheduler`, and give its address"
            ) from None
        with client:
            client.run(_prepare)
            yield from self._run(tasks, client, distributed)

    def close(self) -> None:
        """Do nothing: nothing is left open between two runs."""

    def _run(self, tasks: Sequence[Task], client: Any, distributed: Any) -> Generator[tuple[int, TaskResult]]:
        houses = HouseCache()
        waiting = iter(enumerate(tasks))
        under_way: dict[Any, tuple[int, float]] = {}
        at_once = max(1, _TASKS_AHEAD * len(client.scheduler_info(n_workers=-1)["workers"]))
        try:
            while True:
                for place, task in waiting:
                    packed = pack_task(task, self._options.formats, houses)
                    future = client.submit(run_packed_task, packed, pure=False, retries=0)
                    under_way[future] = (place, time.monotonic())
                    if len(under_way) >= at_once:
                        break
                if not under_way:
                    return
                for future in self._finished(under_way, client, distributed):
                    place, begun = under_way.pop(future)
                    yield place, self._result(future, tasks[place], begun)
                    future.release()
        finally:
            client.cancel(list(under_way), force=True)

    def _finished(self, under_way: dict[Any, tuple[int, float]], client: Any, distributed: Any) -> list[Any]:
        """Return those that are done, or have been under way for too long for what stands before them."""
        with client.as_current(), suppress(TimeoutError):
            distributed.wait(list(under_way), timeout=_POLL_INTERVAL, return_when="FIRST_COMPLETED")
        oldest = time.monotonic() - self._options.time_limit * (_TASKS_AHEAD + 1)
        return [one for one, (_, begun) in under_way.items() if one.done() or begun < oldest]

    def _result(self, future: Any, task: Task, begun: float) -> TaskResult:
        if not future.done():
            future.cancel(force=True)
            return out_of_time(task, time.monotonic() - begun)
        if future.status == "error":
            return died(task, f"on the cluster: {type(future.exception()).__name__}")
        result = future.result()
        assert isinstance(result, TaskResult)
        return result


def _prepare() -> None:
    """Load on each worker what builds papers, before the first time limit begins."""
    import reportgen.build.tasks  # noqa: F401


def _import_distributed() -> Any:
    try:
        import distributed
    except ImportError:
        message = "--cluster needs Dask, which is not installed\n  hint: pip install 'reportgen[cluster]'"
        raise ExecutorUnavailable(message) from None
    return distributed
