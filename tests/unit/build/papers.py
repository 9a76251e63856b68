"""Small papers to be built, and what there is afterwards, to the byte."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.build.builder import BuildLog, BuildResult, Reporter, build_papers
from reportgen.build.options import BuildOptions

COUNCIL = "name: Sample Council\nshort_name: Sample\nhouse: standard\n"
REPORT = """
title: {title}
purpose: [To say what was found.]
recommendations: [note the outcome]
"""
MEETING = """
body: Cabinet
date: 2022-09-13
items:
  - number: "7(e)"
    report: {report}
"""
MAIN = "from reportgen.cli import main; main()"
OUT = Path("outputs")


def write(path: str, text: str) -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return Path(path)


def write_report(name: str, title: str, more: str = "") -> Path:
    return write(f"inputs/sample/reports/{name}.yaml", REPORT.format(title=title) + more)


def write_papers(count: int, version: str = "") -> None:
    """Write so many small reports into the folder inputs; another version of them has other texts."""
    write("inputs/sample/council.yaml", COUNCIL)
    for number in range(count):
        write_report(f"r{number:03}", f"Report {number}", f"wards: {version}\n" if version else "")


def write_long_paper(number: int) -> None:
    """Write one of the small reports with more text than can be worked through in seconds."""
    text = "  - 'Emphasis: " + "*a* " * 12_000 + "'\n"
    report = REPORT.format(title=f"Report {number}").replace(
        "purpose: [To say what was found.]\n", f"purpose:\n{text * 39}"
    )
    assert text in report
    write(f"inputs/sample/reports/r{number:03}.yaml", report)


# ---- Built in this process ----


def build(*targets: str, reporter: Reporter | None = None, **options: Any) -> BuildLog:
    """Build what the targets mean, as HTML and in this process unless something else is asked for."""
    log = BuildLog(OUT)
    chosen = {"formats": ("html",), "workers": 1, **options}
    build_papers(BuildOptions(tuple(map(Path, targets)) or (Path("inputs"),), **chosen), log, reporter or Reporter())
    return log


def results(*targets: str, **options: Any) -> dict[str, BuildResult]:
    """Return what became of the papers, by the ids of their reports; of one with two versions the exempt one."""
    return {one.task.report.stem: one for one in build(*targets, **options).papers}


def made() -> list[str]:
    """Return all files in the output folder but the manifest and what a build keeps for itself; no front sheets."""
    found = (path for path in OUT.rglob("*") if path.is_file())
    others = ("manifest.json", "index.html")
    return sorted(
        str(path)
        for path in found
        if ".reportgen" not in path.parts and path.name not in others and path.stem != "agenda"
    )


# ---- Built by the command, in a process of its own ----


class Printed(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-c", MAIN, "build", "--format", "html", *arguments]


def run(*arguments: str) -> Printed:
    done = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    return Printed(done.returncode, done.stdout, done.stderr)


def begin(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def contents(out: Path = OUT) -> dict[str, str]:
    """Return the hash of each file, hidden ones included, but the state of the build and the page with its times."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and ".reportgen" not in path.parts and path != out / "index.html"
    }


def state(out: Path = OUT) -> set[str]:
    """Return the names of what a build keeps for itself."""
    return {path.name for path in (out / ".reportgen").iterdir()}
