"""The front sheet of an agenda: a meeting and what is known of its papers → the same tree and writers as any paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Problems, nearest
from reportgen.document import Document, Metadata
from reportgen.house import House, read_house
from reportgen.inputs.files import DISK, Files
from reportgen.model.agenda import draw_up
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Council, Meeting
from reportgen.model.reader import read_meeting, read_record
from reportgen.model.task import PaperSummary, Task
from reportgen.pipeline import HouseReader, write_counted
from reportgen.templating.builder import build_document
from reportgen.templating.filters import as_date
from reportgen.templating.markup import parse_markup
from reportgen.templating.rendering import AGENDA_TEMPLATE, render_agenda
from reportgen.transforms import Expected, finish_document


@dataclass(frozen=True, slots=True)
class FrontSheet:
    """A front sheet that was made, with what it was made from."""

    meeting: Meeting
    council: Council
    house: House
    document: Document
    written: dict[str, bytes]
    """By format."""
    pages: int | None
    """None when no format asked for was laid out on pages."""

    @property
    def name(self) -> str:
        """What the meeting is called: "Cabinet, 9 July 2012"."""
        return name_of(self.meeting, self.house)


def make_front_sheet_of(
    task: Task,
    formats: Sequence[str],
    problems: Problems,
    find_house: HouseReader = read_house,
    files: Files = DISK,
) -> FrontSheet:
    """Everything from the YAML files to the bytes, for the task of a front sheet. Raises `Rejected` at errors."""
    frameworks = known_frameworks()
    meeting = read_meeting(task.report, frameworks, problems, files)
    council = read_record(task.report.parent.parent / "council.yaml", Council, frameworks, problems, files)
    problems.stop_if_errors()
    assert meeting is not None
    assert council is not None
    wanted_at = None if task.house else council.at("house")
    house = find_house(task.house or council.house, task.house_folders, problems, wanted_at, files)
    problems.stop_if_errors()
    assert house is not None
    return make_front_sheet(meeting, council, house, dict(task.papers or ()), formats, problems)


def make_front_sheet(
    meeting: Meeting,
    council: Council,
    house: House,
    papers: Mapping[str, PaperSummary],
    formats: Sequence[str],
    problems: Problems,
) -> FrontSheet:
    """The front sheet of a meeting that has been read. `papers` are by the ids of their reports."""
    document = compose_front_sheet(meeting, council, house, papers, problems)
    written, pages = write_counted(document, house, formats, meeting.at(), problems)
    return FrontSheet(meeting, council, house, document, written, pages)


def compose_front_sheet(
    meeting: Meeting, council: Council, house: House, papers: Mapping[str, PaperSummary], problems: Problems
) -> Document:
    """The finished tree of the front sheet."""
    for number, name in enumerate(meeting.notices):
        if name not in house.config.notices:
            hint = nearest(name, house.config.notices) or "write it under notices: in house.yaml"
            message = f"the house '{house.config.id}' has no notice '{name}'"
            problems.error("RG013", meeting.at("notices", number), message, hint)
    problems.stop_if_errors()
    markup = render_agenda(draw_up(meeting, council, papers), house, problems)
    problems.stop_if_errors()
    assert markup is not None
    root = parse_markup(markup, problems, house.templates[AGENDA_TEMPLATE].path)
    problems.stop_if_errors()
    assert root is not None
    document = build_document(root, describe(meeting, council, house), house.stylesheet, problems)
    problems.stop_if_errors()
    document = finish_document(document, house.config.numbering, Expected(), problems)
    problems.stop_if_errors()
    return document


def describe(meeting: Meeting, council: Council, house: House) -> Metadata:
    """What the front sheet says about itself."""
    return Metadata(
        title=f"{house.config.vocabulary['agenda']}: {name_of(meeting, house)}",
        language=house.config.language,
        author=council.name,
        date=meeting.date.isoformat(),
        status="final",
        identifier=f"{council.id}/{meeting.id}",
    )


def name_of(meeting: Meeting, house: House) -> str:
    """What a meeting is called: "Cabinet, 9 July 2012"."""
    return f"{meeting.body}, {as_date(meeting.date, house.config.dates)}"
