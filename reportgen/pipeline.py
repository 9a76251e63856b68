"""The spine: one paper from its YAML to its bytes, the stages in order.

Each stage is a pure function that collects every problem it finds; the next starts only if
there were no errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Location, Problems
from reportgen.frameworks import known_frameworks
from reportgen.house import House, read_house
from reportgen.model.paper import Paper
from reportgen.reader import read_paper
from reportgen.templating import render_markup
from reportgen.templating.document import build_document
from reportgen.templating.markup import parse_elements
from reportgen.transforms import finish_document
from reportgen.tree import Document, Metadata, Origin, Paragraph, blocks_of, plain_text
from reportgen.writers import WRITERS
from reportgen.writers.failures import MissingCharacters, PdfRejected


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to be made: its report, the meeting it goes to, and how it is to look."""

    report: Path
    meeting: Path | None = None
    house: str | None = None
    """Another house than the report's own."""
    house_folders: tuple[Path, ...] = ()


HouseReader = Callable[[str, Sequence[Path], Problems, Location | None], House | None]
"""`read_house`, or something that remembers what it read."""


def make_paper(
    job: Job, formats: Sequence[str], problems: Problems, find_house: HouseReader = read_house
) -> tuple[Paper, dict[str, bytes]]:
    """The paper and its bytes by format. Raises `Rejected` when a stage found errors."""
    paper = read(job, problems)
    house = choose_house(job, paper, problems, find_house)
    document = compose(paper, house, problems)
    return paper, write(document, house, formats, paper.report.at(), problems)


def read(job: Job, problems: Problems) -> Paper:
    """Stage one: the YAML files → the paper."""
    paper = read_paper(job.report, job.meeting, known_frameworks(), problems)
    problems.stop_if_errors()
    assert paper is not None
    return paper


def choose_house(job: Job, paper: Paper, problems: Problems, find_house: HouseReader = read_house) -> House:
    """The house that was asked for, else the report's, else the council's."""
    named = paper.report.house
    wanted_at = paper.report.at("house") if named else paper.council.at("house")
    house = find_house(
        job.house or named or paper.council.house, job.house_folders, problems, None if job.house else wanted_at
    )
    problems.stop_if_errors()
    assert house is not None
    return house


def compose(paper: Paper, house: House, problems: Problems) -> Document:
    """Stages two to four: template → markup → tree → numbered, referenced, checked tree."""
    markup = render(paper, house, problems)
    report = parse_elements(markup, problems, house.templates[house.style.templates[paper.report.kind]].path)
    problems.stop_if_errors()
    assert report is not None
    document = build_document(report, describe(paper, house), house.look, problems)
    problems.stop_if_errors()
    prose = [Origin(one.location, one.text.key) for one in paper.prose()]
    document = finish_document(document, house.style.numbering, prose, problems, paper.report.names())
    problems.stop_if_errors()
    return document


def render(paper: Paper, house: House, problems: Problems) -> str:
    """Stage two: the paper as report markup."""
    markup = render_markup(paper, house, problems)
    problems.stop_if_errors()
    assert markup is not None
    return markup


def write(
    document: Document, house: House, formats: Sequence[str], report_at: Location, problems: Problems
) -> dict[str, bytes]:
    """Stage five: the finished tree in each format. What cannot be placed better is reported at `report_at`."""
    written = {}
    for form in formats:
        try:
            written[form] = WRITERS[form](document, house)
        except MissingCharacters as missing:
            for character in missing.characters:
                found = f"no font on this machine has the character '{character}' (U+{ord(character):04X})"
                hint = "write it differently, or ask your administrator for a font that has it (Debian: fonts-noto)"
                problems.error("RG070", place_of(character, document) or report_at, found, hint)
        except PdfRejected as rejected:
            if not house.page_css:
                raise
            found = f"the PDF cannot be made with the house's page.css: {rejected}"
            problems.error("RG071", house.location, found, "mend page.css; it may use nothing from outside itself")
    problems.stop_if_errors()
    return written


def place_of(character: str, document: Document) -> Location | None:
    """Where an author's text first has the character; None when no prose has it."""
    for block in blocks_of(document):
        if isinstance(block, Paragraph) and block.origin and character in plain_text(block.content):
            return block.origin.location
    return None


def describe(paper: Paper, house: House) -> Metadata:
    """What the document says about itself."""
    meeting = paper.meeting
    return Metadata(
        title=paper.report.title,
        language=house.style.language,
        author=paper.council.name,
        date=meeting.date.isoformat() if meeting else "",
        status=paper.report.status,
    )
