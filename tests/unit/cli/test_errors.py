"""How the program starts and ends: quickly, and never with a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import __version__
from reportgen.diagnostics import Location, Problems, Rejected
from tests.unit.cli.conftest import Run

BUG_LINE = "reportgen: this is a mistake in the program, please report it"


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules that a command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "reportgen", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}


def test_help_imports_nothing_heavy() -> None:
    found = imported_by("--help")
    assert "click" in found
    assert found & {"pydantic", "yaml", "jinja2", "rich", "docx", "lxml", "weasyprint", "resvg_py"} == set()


def test_listing_houses_imports_no_writer() -> None:
    assert imported_by("houses") & {"rich", "docx", "weasyprint", "resvg_py"} == set()


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version").stdout == f"reportgen, version {__version__}\n"


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    for arguments in ([], ["biuld"], ["build", "--fromat", "pdf"], ["show", "x.yaml"], ["new", "report"]):
        assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (PermissionError(13, "Permission denied", "there"), 1, "there: error: Permission denied\n"),
        (OSError(28, "No space left on device"), 1, "file: error: No space left on device\n"),
        (
            KeyError("x"),
            70,
            f"{BUG_LINE}: KeyError: 'x' (REPORTGEN_DEBUG=1 shows where)\n",
        ),
    ],
)
def test_whatever_a_command_lets_through_becomes_a_message(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("reportgen.cli.show.list_houses", fail)
    result = run("houses", REPORTGEN_DEBUG="")
    assert (result.exit_code, result.stderr) == (code, message)


def test_diagnostics_that_a_command_lets_through_are_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        problems = Problems()
        problems.error("RG001", Location("a.yaml"), "there is no such file")
        raise Rejected(problems.found)

    monkeypatch.setattr("reportgen.cli.show.list_houses", fail)
    result = run("houses")
    assert (result.exit_code, result.stderr) == (1, "a.yaml: error RG001: there is no such file\n")


def test_a_pipe_that_is_closed_early_is_no_error(demo: Path) -> None:
    command = f"{sys.executable} -m reportgen show --stage tree inputs/demo/reports/sample.yaml | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, cwd=demo)
    assert (done.stdout, done.stderr) == ("Document\n", "")
