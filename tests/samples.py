"""The sample reports, read and composed once for all tests that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportgen import pipeline
from reportgen.diagnostics import Location, Problems
from reportgen.document import Document
from reportgen.house import House, read_house
from reportgen.model.agenda import draw_up
from reportgen.model.frameworks import known_frameworks
from reportgen.model.paper import Paper
from reportgen.model.reader import meetings_of, read_front_sheet
from reportgen.model.task import Task
from reportgen.redaction import summarise

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
REPORTS = {f"{path.parts[-3]}-{path.stem}": path for path in sorted((ROOT / "inputs").glob("*/reports/*.yaml"))}
"""By council and name: "north-tyneside-slac-2012"."""
MEETINGS = {f"{path.parts[-3]}-{path.stem}": path for path in sorted((ROOT / "inputs").glob("*/meetings/*.yaml"))}
"""By council and name: "north-tyneside-2012-07-09-cabinet"."""
PAGES = 12
"""What the samples' front sheets say of each paper: none is laid out for them."""
HOUSES = ("north-tyneside", "dudley", "cambridgeshire", "durham", "standard")


def task_for(report: Path, house: str | None = None, templates: tuple[Path, ...] = (TEMPLATES,)) -> Task:
    """The task of making a report for the first meeting that has it on its agenda."""
    meetings = meetings_of(report)
    return Task(report, meetings[0] if meetings else None, house, templates)


def compose(report: Path, house: str | None = None, templates: tuple[Path, ...] = (TEMPLATES,)) -> Document:
    """The finished tree of a report; any diagnostic at all is a failure."""
    return compose_in_house(report, house, templates)[0]


def compose_in_house(
    report: Path, house: str | None = None, templates: tuple[Path, ...] = (TEMPLATES,)
) -> tuple[Document, House]:
    """The finished tree of a report and the house it is composed in; any diagnostic at all is a failure."""
    problems = Problems()
    task = task_for(report, house, templates)
    paper = pipeline.read_source(task, problems)
    chosen = pipeline.choose_house(task, paper, problems)
    document = pipeline.compose(paper, chosen, problems)
    assert problems.found == []
    return document, chosen


@cache
def sample(name: str, house: str | None = None) -> Document:
    """The finished tree of a sample, in its own house if none is named."""
    return compose(REPORTS[name], house)


@cache
def paper_of(name: str) -> Paper:
    """Everything that a sample says."""
    problems = Problems()
    paper = pipeline.read_source(task_for(REPORTS[name]), problems)
    assert problems.found == []
    assert isinstance(paper, Paper)
    return paper


@cache
def front_sheet(name: str, house: str | None = None) -> tuple[Document, House]:
    """The finished tree of the front sheet of a sample meeting, in its council's house if none is named."""
    problems = Problems()
    meeting, council = read_front_sheet(MEETINGS[name], known_frameworks(), problems)
    chosen = read_house(house or council.house, [TEMPLATES], problems)
    papers = {
        one.report: summarise(paper_of(f"{council.id}-{one.report}"), PAGES) for one in meeting.items if one.report
    }
    document = pipeline.compose(draw_up(meeting, council, papers), chosen, problems)
    assert problems.found == []
    return document, chosen


def write_as(name: str, document: Document, house: House) -> bytes:
    """The finished tree in a format; any diagnostic at all is a failure."""
    problems = Problems()
    files, _ = pipeline.write_document(document, house, [name], Location("report.yaml"), problems)
    assert problems.found == []
    return files[name]
