"""Diagnostics on a screen: sorted, each once, with the line and a mark under the place."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.cli.console import SOURCE_WIDTH, Printer, counted
from reportgen.diagnostics import Diagnostic, Location, Severity


def printed(capsys: pytest.CaptureFixture[str], *found: Diagnostic) -> list[str]:
    Printer().diagnostics(found)
    output = capsys.readouterr()
    assert output.out == ""
    return output.err.splitlines()


def error(path: object, line: int = 0, column: int = 0, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.ERROR, "RG000", Location(str(path), line, column), "wrong", hint)


def shown_under(capsys: pytest.CaptureFixture[str], path: Path, text: str, column: int) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return [line[8:] for line in printed(capsys, error(path, 1, column))[1:]]


def test_diagnostics_are_sorted_by_place_and_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, error("b", 10), error("b", 9), error("a", 11), error("b", 9))
    assert lines == ["a:11: error RG000: wrong", "b:9: error RG000: wrong", "b:10: error RG000: wrong"]


def test_what_was_printed_before_is_neither_printed_nor_counted_again(capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer()
    printer.diagnostics([error("a")])
    printer.diagnostics([error("a"), Diagnostic(Severity.WARNING, "RG001", Location("a"), "odd")])
    assert capsys.readouterr().err.splitlines() == ["a: error RG000: wrong", "a: warning RG001: odd"]
    assert printer.summary() == "1 error, 1 warning"


def test_the_mark_stands_under_the_column(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert shown_under(capsys, tmp_path / "a", "key: value\n", 6) == ["key: value", "     ^"]


def test_the_mark_stands_right_after_tabs_wide_and_combining_characters(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert shown_under(capsys, tmp_path / "a", "\t計e\u0301: x\n", 6) == [" 計e\u0301: x", "     ^"]


def test_a_file_of_windows_has_the_same_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert printed(capsys, error(tmp_path / "a", 2, 1))[1:] == ["    2 | two", "      | ^"]


def test_a_long_line_is_shown_around_its_mark(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source, mark = shown_under(capsys, tmp_path / "a", "a" * 300 + "X" + "b" * 300, 301)
    assert len(source) == SOURCE_WIDTH + 2
    assert (source[0], source[-1], source[mark.index("^")]) == ("…", "…", "X")
    source, mark = shown_under(capsys, tmp_path / "a", "X" + "b" * 300, 1)
    assert (source[0], source[-1], mark) == ("X", "…", "^")
    source, mark = shown_under(capsys, tmp_path / "a", "b" * 300 + "X", 301)
    assert (source[0], source[mark.index("^")]) == ("…", "X")


def test_a_line_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert shown_under(capsys, tmp_path / "a", "a\x1b[31mb\x07", 1)[0] == "a·[31mb·"


@pytest.mark.parametrize("place", [Location("--house"), Location("gone.yaml", 3, 1), Location("?")])
def test_without_a_file_there_is_only_the_message(capsys: pytest.CaptureFixture[str], place: Location) -> None:
    lines = printed(capsys, Diagnostic(Severity.ERROR, "RG000", place, "wrong", "mend it"))
    assert lines == [f"{place}: error RG000: wrong", "  hint: mend it"]


def test_a_place_beyond_the_end_of_its_file_shows_no_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one\n", encoding="utf-8")
    assert len(printed(capsys, error(tmp_path / "a", 9, 1))) == 1


def test_things_are_counted_in_english() -> None:
    assert [counted(number, "paper") for number in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]


PRINT = """
from reportgen.cli.console import Printer
from reportgen.diagnostics import Diagnostic, Location, Severity
Printer().diagnostics([Diagnostic(Severity.ERROR, "RG000", Location("a"), "[bold]wrong", "mend it")])
"""


def on_a_terminal(**environment: str) -> str:
    """What arrives at a terminal on stderr."""
    ours, theirs = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"} | environment
    subprocess.run([sys.executable, "-c", PRINT], stderr=theirs, check=True, env=settings)
    os.close(theirs)
    with open(ours, "rb") as terminal:  # noqa: PTH123  a file descriptor
        return terminal.read1(10_000).decode()


def test_colours_are_for_terminals_whose_user_wants_them() -> None:
    plain = "a: error RG000: [bold]wrong\r\n  hint: mend it\r\n"
    assert on_a_terminal(NO_COLOR="1") == plain
    assert on_a_terminal(TERM="dumb") == plain
    coloured = on_a_terminal()
    assert "\x1b[1;31merror RG000: \x1b[0m" in coloured
    assert "[bold]wrong" in coloured
