"""`reportgen build` as a process of its own, and what it leaves behind, to the byte."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.unit.batch.papers import COUNCIL, REPORT, write

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


def write_endless_paper(number: int) -> Path:
    """One of the small reports, in a house whose template goes on for ever; the folder of that house."""
    write("templates/endless/house.yaml", "name: Endless\nextends: standard\n")
    loops = "".join(f"{{% for {name} in '{'x' * 50}' %}}" for name in "abcdefgh") + "{% endfor %}" * 8
    write("templates/endless/report.xml.j2", f"<report>{loops}</report>\n")
    path = f"inputs/sample/reports/r{number:03}.yaml"
    write(path, REPORT.format(title=f"Report {number}") + "house: endless\n")
    return Path("templates")


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
