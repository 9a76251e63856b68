"""Small papers to be made, and what there is afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.build.building import Build
from reportgen.build.finding import find_tasks
from reportgen.build.hands import TIME_LIMIT, choose_hands
from reportgen.build.orders import Hands, Outcome
from reportgen.diagnostics import Problems
from reportgen.inputs.files import product_templates

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


def write(path: str, text: str) -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return Path(path)


def find(*targets: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The tasks as (report, meeting), and the problems as messages."""
    problems = Problems()
    tasks = find_tasks(map(Path, targets), None, [product_templates()], problems)
    pairs = [(task.report.stem, task.meeting.stem if task.meeting else "") for task in tasks]
    return pairs, [str(problem) for problem in problems.found]


def make(
    *targets: str,
    house: str | None = None,
    formats: Sequence[str] = ("html",),
    workers: int | None = 1,
    limit: float = TIME_LIMIT,
) -> list[Outcome]:
    """What becomes of the papers that the targets mean; there must be nothing wrong with the targets."""

    def hands(papers: int) -> Hands:
        return choose_hands(papers, workers, limit, None)

    problems = Problems()
    with Build(Path("outputs")) as build:
        tasks = build.find([*map(Path, targets)], house, [product_templates()], problems)
        assert problems.found == []
        return list(build.run(tasks, formats, hands))


def made() -> list[str]:
    """All files in the output folder that were made for its readers, but the manifest."""
    found = (path for path in Path("outputs").rglob("*") if path.is_file())
    return sorted(str(path) for path in found if ".reportgen" not in path.parts and path.name != "manifest.json")
