"""A Dask cluster: the same orders, sent as parcels to workers that need have none of the files.

https://distributed.dask.org: an address is that of its scheduler, "tcp://HOST:8786".
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

from reportgen.build.making import HouseShelf, pack, run_parcel
from reportgen.build.orders import CannotBeUsed, Order, Result
from reportgen.build.pool import died, out_of_time

_AHEAD = 2
"""Parcels that a worker has at once: the next is there when it has made one."""
_LOOK = 0.5
"""Seconds between two looks at what has run out of time."""
_ADDRESS = re.compile(r"(?:(?:tcp|tls|wss?|ucx)://)?[^/\s]+:\d+/?")
_CONNECT = 10
"""Seconds in which the scheduler must answer."""


class Cluster:
    """Makes papers on a cluster."""

    def __init__(self, address: str, limit: float) -> None:
        self._address = address
        self._limit = limit

    def make(self, orders: Sequence[Order]) -> Generator[tuple[int, Result]]:
        """As `Hands.make`. Raises `CannotBeUsed`; when the caller stops early, what is on its way is cancelled."""
        distributed = _distributed()
        if not _ADDRESS.fullmatch(self._address):
            message = f"'{self._address}' is not the address of a Dask scheduler"
            raise CannotBeUsed(f"{message}\n  hint: write it as `dask scheduler` prints it: tcp://HOST:8786")
        try:
            client = distributed.Client(self._address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            message = f"there is no Dask scheduler at {self._address}: {error or 'it does not answer'}"
            raise CannotBeUsed(f"{message}\n  hint: start one with `dask scheduler`, and give its address") from None
        with client:
            client.run(_prepare)
            yield from self._make(orders, client, distributed)

    def close(self) -> None:
        """Nothing is left open between two times."""

    def _make(self, orders: Sequence[Order], client: Any, distributed: Any) -> Generator[tuple[int, Result]]:
        shelf = HouseShelf()
        waiting = iter(enumerate(orders))
        under_way: dict[Any, tuple[int, float]] = {}
        at_once = max(1, _AHEAD * len(client.scheduler_info(n_workers=-1)["workers"]))
        try:
            while True:
                for place, order in waiting:
                    future = client.submit(run_parcel, pack(order, shelf), pure=False, retries=0)
                    under_way[future] = (place, time.monotonic())
                    if len(under_way) >= at_once:
                        break
                if not under_way:
                    return
                for future in self._done(under_way, client, distributed):
                    place, begun = under_way.pop(future)
                    yield place, self._result(future, orders[place], begun)
                    future.release()
        finally:
            client.cancel(list(under_way), force=True)

    def _done(self, under_way: dict[Any, tuple[int, float]], client: Any, distributed: Any) -> list[Any]:
        """Those that are finished, or have been under way for too long for what stands before them."""
        with client.as_current(), suppress(TimeoutError):
            distributed.wait(list(under_way), timeout=_LOOK, return_when="FIRST_COMPLETED")
        oldest = time.monotonic() - self._limit * (_AHEAD + 1)
        return [one for one, (_, begun) in under_way.items() if one.done() or begun < oldest]

    def _result(self, future: Any, order: Order, begun: float) -> Result:
        if not future.done():
            future.cancel(force=True)
            return out_of_time(order, time.monotonic() - begun)
        if future.status == "error":
            return died(order, f"on the cluster: {type(future.exception()).__name__}")
        result = future.result()
        assert isinstance(result, Result)
        return result


def _prepare() -> None:
    """Load on each worker what makes papers, before the first time limit begins."""
    import reportgen.build.making  # noqa: F401


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        message = "--cluster needs Dask, which is not installed\n  hint: pip install 'reportgen[cluster]'"
        raise CannotBeUsed(message) from None
    return distributed
