"""Who makes the papers: this process for a few, workers for many, a cluster when one is named."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator, Sequence
from types import FrameType
from typing import TYPE_CHECKING

from reportgen.build.orders import Hands, Order, Result
from reportgen.build.pool import Workers, out_of_time

if TYPE_CHECKING:
    from reportgen.build.making import HouseShelf

FEW = 3
"""Papers that this process makes itself unless workers are asked for: it takes a second until workers are ready."""
TIME_LIMIT = 120.0
"""Seconds for one paper."""


def choose_hands(papers: int, workers: int | None, limit: float, cluster: str | None) -> Hands:
    """Who is to make so many papers. `workers` is how many were asked for, if any."""
    if cluster is not None:
        from reportgen.build.cluster import Cluster

        return Cluster(cluster, limit)
    count = min(workers or processors(), papers)
    if count > 1 and (workers is not None or papers > FEW):
        return Workers(count, limit)
    return OwnHands(limit)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _OutOfTime(BaseException):
    """Not an Exception: what makes papers goes on after those."""


class OwnHands:
    """Makes papers in this process, one after the other."""

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def make(self, orders: Sequence[Order]) -> Generator[tuple[int, Result]]:
        """As `Hands.make`."""
        # Imported here: a run that finds everything up to date makes nothing.
        from reportgen.build.making import HouseShelf

        shelf = HouseShelf()
        for place, order in enumerate(orders):
            yield place, self._make(order, shelf)

    def close(self) -> None:
        """Nothing was started."""

    def _make(self, order: Order, shelf: HouseShelf) -> Result:
        from reportgen.build import making
        from reportgen.inputs.files import DISK

        if threading.current_thread() is not threading.main_thread():
            return making.make(order, DISK, shelf)  # only the main thread hears the alarm
        before = signal.signal(signal.SIGALRM, _ring)
        # Again every second: one alarm may fall where Python passes over what is raised.
        signal.setitimer(signal.ITIMER_REAL, self._limit, 1)
        try:
            return making.make(order, DISK, shelf)
        except _OutOfTime:
            return out_of_time(order, self._limit)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _OutOfTime
