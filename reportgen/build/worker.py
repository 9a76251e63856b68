"""A worker: a process that makes papers, one at a time, for the build that has started it.

It is a program of its own and no copy of its parent: the libraries that lay out pages are not made to be
copied while they run, and a script that calls reportgen need not be written for it.
"""

from __future__ import annotations

import gc
import os
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from reportgen.build.making import HouseShelf, make
from reportgen.build.orders import Order
from reportgen.inputs.files import DISK


def work(descriptor: int) -> None:
    """Make what comes by the connection, until it is closed."""
    connection = Connection(descriptor)
    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, orders), daemon=True).start()
    shelf = HouseShelf()
    frozen = False
    while True:
        connection.send(make(orders.get(), DISK, shelf))
        if not frozen:
            # What the first paper has loaded stays: looking through it for garbage again and again is wasted.
            gc.collect()
            gc.freeze()
            frozen = True


def _receive(connection: Connection, orders: SimpleQueue[Order]) -> None:
    """Ends the worker as soon as the build has ended, even in the middle of a paper."""
    while True:
        try:
            orders.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)
