"""Print diagnostics: the message, the source line with a mark under the column, the hint.

inputs/demo/reports/ilacs-2022.yaml:12:13: error RG013: 'ilacs-2032' refers to …
   12 | inspection: ilacs-2032
      |             ^
  hint: did you mean 'ilacs-2022'?

They go to stderr, or to stdout where they are what was asked for.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO
from unicodedata import category, combining, east_asian_width

import click

from reportgen.diagnostics import Diagnostic, Location, Severity, in_words
from reportgen.diagnostics import counted as counted

SOURCE_WIDTH = 120
"""Of a source line, at most; a longer one is shown around its mark."""

Segments = Sequence[tuple[str, str]]
"""A line as pieces of text, each with the style it has on a terminal (rich's names)."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold blue"}


class Printer:
    """Prints each diagnostic once, however many papers have it, and counts them, the waived ones separately."""

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stderr
        self.counts: Counter[str] = Counter()
        """By severity, and "waived"."""
        self._seen: set[Diagnostic] = set()
        self._files: dict[str, list[str]] = {}
        self._echo = _terminal_echo(stream) if _has_colours(stream) else partial(_echo_plain, stream)

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Print the diagnostics that were not printed before, sorted by their locations."""
        new = [one for one in dict.fromkeys(found) if one not in self._seen]
        for diagnostic in sorted(new, key=lambda one: one.location):
            self._seen.add(diagnostic)
            self.counts[diagnostic.label] += 1
            for line in self._lines(diagnostic):
                self._echo(line)

    def heading(self, text: str) -> None:
        """Print a line above the diagnostics of a paper."""
        self._echo([(text, "bold underline")])

    def note(self, text: str) -> None:
        """Print a line of text that is no diagnostic."""
        self._echo([(text, "")])

    def summary(self) -> str:
        """Return how many were printed: "2 errors, 1 warning, 3 pieces of advice, 1 waived"."""
        return in_words(self._seen)

    def _lines(self, diagnostic: Diagnostic) -> Iterable[Segments]:
        yield [
            (f"{diagnostic.location}: ", "bold"),
            (f"{diagnostic.label} {diagnostic.code}: ", "dim" if diagnostic.waived else _STYLES[diagnostic.severity]),
            (diagnostic.message, "bold"),
        ]
        yield from self._source_lines(diagnostic.location)
        name, colon, text = diagnostic.remark.partition(": ")
        if text:
            yield [(f"  {name}{colon}", "cyan"), (text, "")]

    def _source_lines(self, place: Location) -> Iterable[Segments]:
        lines = self._files.setdefault(place.path, _read_lines(place.path)) if place.line else []
        if not 1 <= place.line <= len(lines):
            return
        source, column = _window(lines[place.line - 1], place.column)
        yield [(f"{place.line:>5} | ", "blue"), (_without_controls(source), "")]
        if column:
            yield [("      | ", "blue"), (" " * width_of(source[: column - 1]), ""), ("^", "bold red")]


def _read_lines(path: str) -> list[str]:
    """Return the file's lines as messages count them; none where there is no file (a path may be an option's name)."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line around its column, and the column in that part."""
    if len(line) <= SOURCE_WIDTH:
        return line, column
    start = max(0, min(column - SOURCE_WIDTH // 2, len(line) - SOURCE_WIDTH))
    end = start + SOURCE_WIDTH
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return before + line[start:end] + after, column - start + len(before) if column else 0


def _without_controls(text: str) -> str:
    """Return the text without characters that would control the terminal."""
    return "".join(" " if letter == "\t" else "·" if category(letter) == "Cc" else letter for letter in text)


def width_of(text: str) -> int:
    """Return the columns that a text takes on a terminal: East Asian wide characters take two, combining ones none."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _has_colours(stream: TextIO) -> bool:
    """Return whether this is a terminal whose user has not said otherwise (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _echo_plain(stream: TextIO, line: Segments) -> None:
    click.echo("".join(text for text, _ in line), file=stream)


def _terminal_echo(stream: TextIO) -> Callable[[Segments], None]:
    # Imported here: it costs as much as everything else that `reportgen --help` needs.
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    return lambda line: console.print(Text.assemble(*line))
