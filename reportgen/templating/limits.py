"""Limit what rendering a paper may cost: processor time, memory, and what comes out.

A paper needs a tenth of a second and some megabytes. What goes on and on is a mistake, or an attack; it is ended where
it stands, so that its author learns the place.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

SECONDS = 1.2
"""Of processor time, for the smallest paper."""
SECONDS_EACH = 0.01
"""More of it, for each text that a paper holds."""
SECONDS_PER_CHARACTER = 5e-5
"""More of it, for each character of these texts: a long text is honest work."""
MEMORY = 150_000_000
"""Bytes beyond what the process has mapped."""
MAX_MARKUP = 10_000_000
"""Characters that a template may print; the largest samples print a two-hundredth."""
PRINTING = 8
"""What printing something costs by itself, in the same measure."""
MAX_PRINTED = 1_000_000
"""Characters that all expressions of a paper may print."""
MAX_TEXT = 1_000_000
"""Characters of a text that is joined from others."""
MAX_ITEMS = 10_000
"""The most characters or items, those of lists in lists included, that one value may be made of at once."""
MAX_NUMBER = 10**100
"""Whole numbers that multiply themselves double their length each time."""
MAX_DIGITS = 30
"""Of what becomes a number, and the decimals that one is rounded to: 10**1_000_000_000 alone takes minutes."""

_AGAIN = 0.1
"""Seconds after which what caught the interruption is interrupted again."""


class OverLimit(Exception):
    """More was asked for than any paper needs."""

    def __init__(self) -> None:
        super().__init__(
            "it goes on for longer than any paper needs; look for loops in loops, for macros that call each other,"
            " and for texts that are doubled again and again"
        )


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `OverLimit` or `MemoryError` in what takes more processor time than `seconds`, or more than `MEMORY`.

    Only the main thread can be interrupted, and memory is limited only where the system tells how much is mapped.
    """
    with _limited_time(seconds), _limited_memory():
        yield


@contextmanager
def _limited_time(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the form is that of signals
        raise OverLimit

    before = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _limited_memory() -> Iterator[None]:
    try:
        import resource

        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mapped + MEMORY
    allowed = min(limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def items_in(value: Any) -> int:
    """Count the items of a list or mapping, those of what it holds included, up to one more than `MAX_ITEMS`."""
    found, inside = 0, [value]
    while inside and found <= MAX_ITEMS:
        holder = inside.pop()
        items = holder.values() if isinstance(holder, dict) else holder if isinstance(holder, list | tuple) else ()
        found += len(items)
        inside += [item for item in items if isinstance(item, list | tuple | dict)]
    return found
