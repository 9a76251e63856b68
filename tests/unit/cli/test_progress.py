"""How far a build is, and the table at its end: drawn on a terminal, plain in a log."""

from __future__ import annotations

import io
from pathlib import Path

from reportgen.build.orders import Outcome
from reportgen.cli.progress import show_progress
from reportgen.cli.tables import print_table
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.model.task import Task


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def advanced(papers: int, stream: io.StringIO) -> str:
    with show_progress(papers, stream) as progress:
        for _ in range(papers):
            progress.advance()
            progress.hide()
    return stream.getvalue()


def test_a_log_has_at_most_ten_lines_however_many_papers_there_are() -> None:
    lines = advanced(1000, io.StringIO()).splitlines()
    assert lines == [f"{number} of 1000 papers done" for number in range(100, 1000, 100)]
    assert advanced(5, io.StringIO()).splitlines()[0] == "1 of 5 papers done"


def test_of_few_papers_nothing_is_shown() -> None:
    assert advanced(3, io.StringIO()) == advanced(3, Terminal()) == ""


def test_a_terminal_has_a_bar() -> None:
    shown = advanced(8, Terminal())
    assert "8/8" in shown
    assert "papers done" not in shown


WARNING = Diagnostic(Severity.WARNING, "RG301", Location("r.yaml"), "missing")
ERROR = Diagnostic(Severity.ERROR, "RG004", Location("r.yaml"), "no YAML")
MEETING = Path("inputs/north/meetings/2026-09-15-cabinet.yaml")
OUTCOMES = (
    Outcome(Task(Path("inputs/north/reports/a.yaml"), MEETING), diagnostics=(WARNING,), seconds=1.25, state="made"),
    Outcome(Task(Path("inputs/north/reports/b.yaml"), MEETING), state="unchanged"),
    Outcome(Task(Path("inputs/westmoor/reports/c.yaml")), diagnostics=(ERROR, WARNING), state="broken"),
)


def test_the_table_has_a_row_for_each_meeting_and_is_aligned_in_a_log() -> None:
    stream = io.StringIO()
    print_table(OUTCOMES, 2.0, stream)
    assert stream.getvalue().splitlines() == [
        "                          made  up to date  not made  errors  warnings  seconds",
        "north/2026-09-15-cabinet     1           1         0       0         1      1.2",
        "westmoor/drafts              0           0         1       1         1      0.0",
        "all                          1           1         1       1         2      2.0",
    ]


def test_the_table_is_drawn_on_a_terminal() -> None:
    stream = Terminal()
    print_table(OUTCOMES, 2.0, stream)
    assert "┃" in stream.getvalue()
    assert "up to date" in stream.getvalue()
