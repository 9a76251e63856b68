"""Build one paper, or the front sheet of an agenda.

    read     YAML files → Paper; for a front sheet, Agenda         model
    redact   Paper → Paper that the public may see                 redaction
    render   Paper or Agenda, House → report markup                templating
    parse    report markup → Document                              templating
    finish   numbers, references, completeness                     transforms
    write    Document → bytes of each format                       writers

and judge what was built:

    check    Paper, Document and its pages → violations            rules

A stage collects every problem that it finds and raises `Rejected` if one of them is an error. None calls the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.diagnostics import Location, Problems, Rejected, nearest
from reportgen.document import (
    Document,
    Placeholder,
    SourceRef,
    blocks_of,
    inlines_of,
)
from reportgen.house import House, read_house
from reportgen.inputs.files import DISK, Files
from reportgen.model.agenda import Agenda, draw_up
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Meeting
from reportgen.model.paper import Paper
from reportgen.model.reader import read_front_sheet, read_paper
from reportgen.model.task import PaperSummary, Task
from reportgen.redaction import redact, summarise
from reportgen.rules.engine import check_paper
from reportgen.rules.rule import Rule, RuleContext
from reportgen.templating.builder import build_document
from reportgen.templating.markings import marking_words
from reportgen.templating.markup import RenderedMarkup, parse_markup
from reportgen.templating.metadata import describe, name_meeting, with_marking
from reportgen.templating.rendering import pictures_of, render_markup, template_of
from reportgen.transforms import Expected, finish_document
from reportgen.transforms.references import name_sections, names_pages, put_pages
from reportgen.writers import WRITERS, lay_out
from reportgen.writers.failures import WritingFailed, report_failure

if TYPE_CHECKING:  # it takes half a second to import what lays out pages
    from reportgen.writers.pdf import LaidOut

HouseReader = Callable[[str, Sequence[Path], Problems, Location | None, Files], House]
"""`read_house`, or something that remembers what it read."""


@dataclass(frozen=True, slots=True)
class BuiltPaper:
    """A paper or a front sheet that was built, and what it was built from."""

    task: Task
    source: Paper | Agenda
    house: House
    document: Document
    files: Mapping[str, bytes]
    """By format."""
    pages: LaidOut | None
    """None when neither a format asked for nor the text needed pages."""

    @property
    def page_count(self) -> int | None:
        """Number of pages, appendices included; None when it was not laid out on pages."""
        return self.pages.page_count if self.pages is not None else None

    @property
    def title(self) -> str:
        """Its title; of a paper, the one that anybody may read."""
        return self.source.title if isinstance(self.source, Paper) else self.document.metadata.title

    @property
    def summary(self) -> PaperSummary:
        """What the agenda and the status page say of it."""
        if isinstance(self.source, Paper):
            return summarise(self.source, self.page_count, self.task.audience)
        title = name_meeting(self.source.meeting, self.house)
        return PaperSummary(title, author=self.source.council.name, pages=self.page_count)


def build_paper(
    task: Task, formats: Sequence[str], problems: Problems, find_house: HouseReader = read_house, files: Files = DISK
) -> BuiltPaper:
    """Run all stages in order, for papers and front sheets alike; `check` is for the caller.

    Raises:
        Rejected: when a stage found errors.
    """
    source = read_source(task, problems, files)
    withholds = isinstance(source, Paper) and source.is_marked and task.audience == "public"
    if withholds:
        problems.found.clear()  # reported with the exempt version: it may quote what the public must not read
    house = choose_house(task, source, problems, find_house, files)
    if isinstance(source, Paper) and withholds:
        source = redact(source, house)
    document = compose(source, house, problems)
    written, pages = write_document(document, house, formats, _location_of(source), problems)
    return BuiltPaper(task, source, house, document, written, pages)


# ---- Stages ----


def read_source(task: Task, problems: Problems, files: Files = DISK) -> Paper | Agenda:
    """Read the YAML files of a paper or, for a front sheet, of a meeting."""
    if task.papers is None:
        return read_paper(task.report, task.meeting, known_frameworks(), problems, files)
    meeting, council = read_front_sheet(task.report, known_frameworks(), problems, files)
    return draw_up(meeting, council, dict(task.papers))


def choose_house(
    task: Task,
    source: Paper | Agenda,
    problems: Problems,
    find_house: HouseReader = read_house,
    files: Files = DISK,
) -> House:
    """Read the house that was asked for, else the report's, else the council's."""
    if task.house:
        return find_house(task.house, task.house_folders, problems, None, files)
    own = source.report if isinstance(source, Paper) and source.report.house else source.council
    return find_house(own.house or source.council.house, task.house_folders, problems, own.at("house"), files)


def compose(source: Paper | Agenda, house: House, problems: Problems) -> Document:
    """Render, parse and finish: everything from the data to the finished tree."""
    markup = render(source, house, problems)
    document = parse(markup, source, house, problems)
    return finish(document, source, house, problems)


def render(source: Paper | Agenda, house: House, problems: Problems) -> RenderedMarkup:
    """Return the source as report markup."""
    if isinstance(source, Agenda):
        _check_notices(source.meeting, house, problems)
    return render_markup(source, house, problems)


def parse(markup: RenderedMarkup, source: Paper | Agenda, house: House, problems: Problems) -> Document:
    """Return the tree of the markup, with what pages of a draft and of an exempt paper must say."""
    root = parse_markup(markup, problems, house.templates[template_of(source, house)].path)
    if isinstance(source, Agenda):
        return build_document(root, describe(source, house), house.stylesheet, problems)
    document = build_document(root, describe(source, house), house.stylesheet, problems, pictures_of(source))
    is_draft = source.report.status == "draft"
    return replace(
        with_marking(document, marking_words(source, house)),
        watermark=house.config.vocabulary.get("draft", "") if is_draft else "",
        read_only=source.report.read_only and source.report.status == "final",
        keeps_origins=source.withheld is None,
    )


def finish(document: Document, source: Paper | Agenda, house: House, problems: Problems) -> Document:
    """Number the tree, resolve its references, and check that nothing of the source is lost or printed twice."""
    expected = Expected()
    if isinstance(source, Paper):
        prose = [SourceRef(one.location, one.text.key) for one in source.prose()]
        report = source.report
        pictures = {one.id: report.at("pictures", place, "id") for place, one in enumerate(report.pictures)}
        expected = Expected(prose, pictures, report.names())
    if house.config.limits.pages:
        document = name_sections(document, 1)  # pages are counted up to the first appendix
    return finish_document(document, house.config.numbering, expected, problems)


def write_document(
    document: Document, house: House, formats: Sequence[str], report_at: Location, problems: Problems
) -> tuple[dict[str, bytes], LaidOut | None]:
    """Write the finished tree in each format, and return its pages if a format or the text itself needs them.

    What cannot be placed better is reported at `report_at`.
    """
    pages = None
    writers = {name: WRITERS[name] for name in formats}
    try:
        if names_pages(document) or any(writer.needs_pages for writer in writers.values()):
            pages = lay_out(document, house)
        if pages is not None and names_pages(document):
            document = put_pages(document, pages.pages)  # changes no line of it
        return {name: writer.write(document, house, pages) for name, writer in writers.items()}, pages
    except WritingFailed as failure:
        report_failure(failure, document, house, report_at, problems)
        raise Rejected(problems.found) from None


# ---- Check ----


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How papers are judged by the rules."""

    rules: tuple[Rule, ...]
    as_of: date | None = None
    """Another day than that of the meeting."""
    final: bool = False
    """As if it were about to be published."""


def check_built(built: BuiltPaper, options: CheckOptions, problems: Problems) -> None:
    """Run the rules on a paper that was built; a front sheet has none."""
    if isinstance(built.source, Paper):
        check(built.source, built.house, built.document, built.pages, options, problems)


def check_task(task: Task, options: CheckOptions, problems: Problems, find_house: HouseReader = read_house) -> None:
    """Run the stages but the last, and then the rules, also on a paper that cannot be composed.

    It is laid out on pages only if the house limits them, as that takes longer than everything else.

    Raises:
        Rejected: when the inputs or the house cannot be read.
    """
    paper = read_paper(task.report, task.meeting, known_frameworks(), problems)
    house = choose_house(task, paper, problems, find_house)
    document = pages = None
    with suppress(Rejected):  # the reasons are in `problems`
        document = compose(paper, house, problems)
        if house.config.limits.pages:
            _, pages = write_document(document, house, ("pdf",), paper.report.at(), problems)
    if paper.is_marked and document is not None:
        with suppress(Rejected):
            compose(redact(paper, house), house, problems)
    check(paper, house, document, pages, options, problems)


def check(
    paper: Paper,
    house: House,
    document: Document | None,
    pages: LaidOut | None,
    options: CheckOptions,
    problems: Problems,
) -> None:
    """Run the rules on what the stages have made.

    Not on what is left of a paper for the public: they would miss what was taken out, or name it. The paper itself
    is judged.
    """
    if paper.withheld is not None:
        return
    as_of = options.as_of or (paper.meeting.date if paper.meeting else None)
    count = _count_pages(document, pages) if document is not None and pages is not None else None
    check_paper(RuleContext(paper, house, as_of, options.final, document, count), problems, options.rules)


def _count_pages(document: Document, pages: LaidOut) -> int:
    """Return the number of pages before the appendices, the first of which begins on a new page."""
    first = next((one.anchor for one in document.appendices if one.anchor), "")
    return int(pages.pages[first]) - 1 if first in pages.pages else pages.page_count


def count_gaps(document: Document) -> int:
    """Return how many places of the finished paper are marked as still missing."""
    inlines = (inline for block in blocks_of(document) for inline in inlines_of(block))
    return sum(1 for inline in inlines if isinstance(inline, Placeholder))


def _location_of(source: Paper | Agenda) -> Location:
    return source.report.at() if isinstance(source, Paper) else source.meeting.at()


def _check_notices(meeting: Meeting, house: House, problems: Problems) -> None:
    """Report each notice that the meeting asks for and the house does not have."""
    for number, name in enumerate(meeting.notices):
        if name not in house.config.notices:
            hint = nearest(name, house.config.notices) or "write it under notices: in house.yaml"
            message = f"the house '{house.config.id}' has no notice '{name}'"
            problems.error("RG013", meeting.at("notices", number), message, hint)
    problems.stop_if_errors()
