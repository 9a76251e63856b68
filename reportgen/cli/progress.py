"""Show how far a build is: a bar on a terminal, lines in a log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

_QUICK = 3
"""Papers for which no progress is shown: they are done before anybody wonders."""
_LINES = 10
"""In a log, however many papers there are."""


class Progress:
    """Shows how many of the papers are done; this one shows nothing."""

    def advance(self) -> None:
        """Count one more paper as done."""

    def hide(self) -> None:
        """Make room for something else that is about to be printed."""

    def end(self) -> None:
        """Stop showing progress."""


@contextmanager
def show_progress(papers: int, stream: TextIO) -> Iterator[Progress]:
    """Yield what shows the progress of a number of papers."""
    if papers <= _QUICK:
        shown = Progress()
    elif stream.isatty():
        shown = _Bar(papers, stream)
    else:
        shown = _Lines(papers, stream)
    try:
        yield shown
    finally:
        shown.end()


class _Lines(Progress):
    """A line whenever another tenth is done."""

    def __init__(self, papers: int, stream: TextIO) -> None:
        self._papers = papers
        self._stream = stream
        self._done = 0

    def advance(self) -> None:
        before, self._done = self._done, self._done + 1
        if self._done * _LINES // self._papers > before * _LINES // self._papers and self._done < self._papers:
            click.echo(f"{self._done} of {self._papers} papers done", file=self._stream)


class _Bar(Progress):
    def __init__(self, papers: int, stream: TextIO) -> None:
        # Imported here: it costs as much as everything else that a run without work needs.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("papers"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = RichProgress(*columns, console=Console(file=stream), transient=True)
        self._task = self._bar.add_task("papers", total=papers)
        self._bar.start()

    def advance(self) -> None:
        self._bar.start()
        self._bar.advance(self._task)

    def hide(self) -> None:
        self._bar.stop()

    end = hide
