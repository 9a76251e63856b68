"""The table at the end of a build: what became of the papers of each meeting."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

import click

from reportgen.batch.orders import Outcome
from reportgen.diagnostics import Severity

HEADINGS = ("", "made", "up to date", "not made", "errors", "warnings", "seconds")


@dataclass
class _Row:
    name: str
    made: int = 0
    unchanged: int = 0
    broken: int = 0
    errors: int = 0
    warnings: int = 0
    seconds: float = 0

    def add(self, outcome: Outcome) -> None:
        self.made += outcome.state == "made"
        self.unchanged += outcome.state == "unchanged"
        self.broken += outcome.state == "broken"
        for one in outcome.diagnostics:
            self.errors += one.severity is Severity.ERROR and not one.waived
            self.warnings += one.severity is Severity.WARNING and not one.waived
        self.seconds += outcome.seconds

    def cells(self) -> tuple[str, ...]:
        numbers = (self.made, self.unchanged, self.broken, self.errors, self.warnings)
        return (self.name, *map(str, numbers), f"{self.seconds:.1f}")


def print_table(outcomes: Sequence[Outcome], seconds: float, stream: TextIO) -> None:
    """A row for each meeting, in the order of the papers, and one for all; `seconds` is how long all of it took."""
    rows: dict[str, _Row] = {}
    total = _Row("all")
    for outcome in outcomes:
        job = outcome.job
        name = f"{job.report.parent.parent.name}/{job.meeting.stem if job.meeting else 'drafts'}"
        rows.setdefault(name, _Row(name)).add(outcome)
        total.add(outcome)
    total.seconds = seconds
    lines = [row.cells() for row in rows.values()]
    if stream.isatty():
        _print_drawn(lines, total.cells(), stream)
    else:
        _print_plain([HEADINGS, *lines, total.cells()], stream)


def _print_plain(lines: Sequence[Sequence[str]], stream: TextIO) -> None:
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for first, *numbers in lines:
        aligned = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        name = first + " " * (widths[0] - _width(first))
        click.echo("  ".join([name, *aligned]), file=stream)


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def _print_drawn(lines: Iterable[Sequence[str]], total: Sequence[str], stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_footer=True, header_style="bold", footer_style="bold")
    for heading, sum_of_it in zip(HEADINGS, total, strict=True):
        table.add_column(heading, sum_of_it, justify="right" if heading else "left", overflow="fold")
    for line in lines:
        table.add_row(*line)
    Console(file=stream, highlight=False).print(table)
