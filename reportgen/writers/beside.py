"""The PDF writer in a process of its own: it gets ready while this one reads, and works while this one writes for Word.

Of a single paper, made by a program that has just started, that saves a quarter of the time.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import cached_property
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from reportgen.writers import Pages, lay_out_here

if TYPE_CHECKING:
    from reportgen.document import Document
    from reportgen.house import House

_START = "import sys; from reportgen.writers.beside import serve; serve(int(sys.argv[1]))"


class Beside:
    """The process, from here."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-P", "-c", _START, str(theirs.fileno())]
            # In a session of its own: an interrupt from the keyboard is for the build, which then ends it.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.process_id = self._process.pid
        self._last: _Awaited | None = None

    def lay_out(self, document: Document, house: House) -> Pages:
        """As `lay_out_here`, but what that would raise is raised when the pages are asked for."""
        if self._last is not None:
            self._last.wait()
        self._last = _Awaited(self._connection, document, house)
        return self._last

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


class _Awaited:
    """Pages that another process is laying out. If it cannot, or ends, this one does it, and finds out why."""

    def __init__(self, connection: Connection, document: Document, house: House) -> None:
        self._connection = connection
        self._asked = document, house
        self._answers: list[Any] = []
        """What came: first the pages of the anchors and how many there are, then the PDF; None for what failed."""
        try:
            connection.send(self._asked)
        except OSError:
            self._answers = [None, None]

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        told = self._answer(0)
        return self._here.page_count if told is None else told[1]

    @property
    def pages(self) -> Mapping[str, str]:
        """The page on which each anchor stands."""
        told = self._answer(0)
        return self._here.pages if told is None else told[0]

    def to_bytes(self) -> bytes:
        """The pages as a PDF."""
        written = self._answer(1)
        return self._here.to_bytes() if written is None else written

    def wait(self) -> None:
        """Until the process is free for the next document."""
        self._answer(1)

    @cached_property
    def _here(self) -> Pages:
        return lay_out_here(*self._asked)

    def _answer(self, place: int) -> Any:
        while len(self._answers) <= place:
            try:
                self._answers.append(self._connection.recv())
            except (EOFError, OSError):
                self._answers.append(None)
        return self._answers[place]


def serve(descriptor: int) -> None:
    """Lay out what comes by the connection, until it is closed."""
    from reportgen.writers import pdf

    connection = Connection(descriptor)
    while True:
        try:
            document, house = connection.recv()
        except (EOFError, OSError):
            return
        told = written = None
        try:
            laid_out = pdf.lay_out(document, house)
            told = dict(laid_out.pages), laid_out.page_count
            connection.send(told)
            written = laid_out.to_bytes()
        except Exception:  # whatever it is, it happens again where it can be told
            if told is None:
                connection.send(told)
        connection.send(written)
