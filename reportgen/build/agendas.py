"""What became of the papers of a meeting → the task of making its front sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reportgen.build.orders import Outcome
from reportgen.model.task import PaperSummary, Task


def with_papers(front_sheets: Iterable[Task], outcomes: Iterable[Outcome]) -> list[Task]:
    """The tasks of front sheets, each with what is known of the papers of its meeting, as the public may read them."""
    papers: dict[Path, dict[str, PaperSummary]] = {}
    for outcome in outcomes:
        task = outcome.task
        if task.meeting is not None and task.audience == "public":
            papers.setdefault(task.meeting, {})[task.report.stem] = _known_of(outcome)
    return [replace(task, papers=tuple(_sorted(papers.get(task.report, {})))) for task in front_sheets]


def _sorted(papers: dict[str, PaperSummary]) -> Iterator[tuple[str, PaperSummary]]:
    yield from sorted(papers.items(), key=lambda one: one[0])


def _known_of(outcome: Outcome) -> PaperSummary:
    if outcome.summary is not None and outcome.files:
        return replace(outcome.summary, pages=outcome.pages, author="")
    # Imported here: a run that finds everything up to date need not know how papers are read.
    from reportgen.build.naming import public_title

    return PaperSummary(title=public_title(outcome.task), made=False)
