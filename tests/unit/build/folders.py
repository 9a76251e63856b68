"""`reportgen build` as a process of its own, and what it leaves behind, to the byte."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.unit.build.papers import COUNCIL, REPORT, write

MAIN = "from reportgen.cli import main; main()"


class Said(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-c", MAIN, "build", "--format", "html", *arguments]


def build(*arguments: str) -> Said:
    done = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


def begin(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def write_papers(count: int, version: str = "") -> None:
    """So many small reports in the folder inputs; another version of them has other texts."""
    write("inputs/sample/council.yaml", COUNCIL)
    for number in range(count):
        text = REPORT.format(title=f"Report {number}") + (f"wards: {version}\n" if version else "")
        write(f"inputs/sample/reports/r{number:03}.yaml", text)


def write_long_paper(number: int) -> None:
    """One of the small reports, with more text than can be worked through in seconds."""
    text = "  - 'Emphasis: " + "*a* " * 12_000 + "'\n"
    report = REPORT.format(title=f"Report {number}").replace(
        "purpose: [To say what was found.]\n", f"purpose:\n{text * 39}"
    )
    assert text in report
    write(f"inputs/sample/reports/r{number:03}.yaml", report)


def contents(out: Path = Path("outputs")) -> dict[str, str]:
    """The hash of each file, hidden ones included, but the state of the build and the page that tells its times."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and ".reportgen" not in path.parts and path != out / "index.html"
    }


def state(out: Path = Path("outputs")) -> set[str]:
    """The names of the files in which a build keeps its state."""
    return {path.name for path in (out / ".reportgen").iterdir()}
