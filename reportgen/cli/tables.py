"""The table at the end of a build: what became of the papers of each meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

import click

from reportgen.build.orders import Outcome
from reportgen.cli.console import width_of

_COUNTED = {"made": "made", "unchanged": "up to date", "broken": "not made", "error": "errors", "warning": "warnings"}
"""States of papers and labels of what was found, with the headings of their columns."""
HEADINGS = ("", *_COUNTED.values(), "seconds")


def print_table(outcomes: Sequence[Outcome], seconds: float, stream: TextIO) -> None:
    """A row for each meeting, in the order of the papers, and one for all; `seconds` is how long all of it took."""
    rows: dict[str, Counter[str]] = {}
    times: dict[str, float] = {}
    for outcome in outcomes:
        task = outcome.task
        name = f"{task.report.parent.parent.name}/{task.meeting.stem if task.meeting else 'drafts'}"
        rows.setdefault(name, Counter()).update([outcome.state, *(one.label for one in outcome.diagnostics)])
        times[name] = times.get(name, 0) + outcome.seconds
    lines = [_cells(name, row, times[name]) for name, row in rows.items()]
    total = _cells("all", sum(rows.values(), Counter()), seconds)
    if stream.isatty():
        _print_drawn(lines, total, stream)
    else:
        _print_plain([HEADINGS, *lines, total], stream)


def _cells(name: str, row: Counter[str], seconds: float) -> tuple[str, ...]:
    return (name, *(str(row[one]) for one in _COUNTED), f"{seconds:.1f}")


def _print_plain(lines: Sequence[Sequence[str]], stream: TextIO) -> None:
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    for first, *numbers in lines:
        aligned = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        name = first + " " * (widths[0] - width_of(first))
        click.echo("  ".join([name, *aligned]), file=stream)


def _print_drawn(lines: Iterable[Sequence[str]], total: Sequence[str], stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_footer=True, header_style="bold", footer_style="bold")
    for heading, sum_of_it in zip(HEADINGS, total, strict=True):
        table.add_column(heading, sum_of_it, justify="right" if heading else "left", overflow="fold")
    for line in lines:
        table.add_row(*line)
    Console(file=stream, highlight=False).print(table)
