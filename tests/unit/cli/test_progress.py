"""How far a build is, and the table at its end: drawn on a terminal, plain in a log."""

from __future__ import annotations

import io
from collections import Counter

from reportgen.cli.build import print_table
from reportgen.cli.progress import show_progress


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


COUNTS = {
    "north/2026-09-15-cabinet": Counter(made=1, unchanged=1, warning=1),
    "westmoor/drafts": Counter(broken=1, error=1, warning=1),
    "other files": Counter(warning=1),
}
SECONDS = {"north/2026-09-15-cabinet": 1.25}


def test_the_table_has_a_row_for_each_meeting_and_is_aligned_in_a_log() -> None:
    stream = io.StringIO()
    print_table(COUNTS, SECONDS, 2.0, stream)
    assert stream.getvalue().splitlines() == [
        "                          made  up to date  waiting  not made  errors  warnings  seconds",
        "north/2026-09-15-cabinet     1           1        0         0       0         1      1.2",
        "westmoor/drafts              0           0        0         1       1         1      0.0",
        "other files                  0           0        0         0       0         1      0.0",
        "all                          1           1        0         1       1         3      2.0",
    ]


def test_the_table_is_drawn_on_a_terminal() -> None:
    stream = Terminal()
    print_table(COUNTS, SECONDS, 2.0, stream)
    assert "┃" in stream.getvalue()
    assert "westmoor" in stream.getvalue()
