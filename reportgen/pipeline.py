"""The spine: one paper from its YAML to its bytes, the stages in order.

Each stage is a pure function that collects every problem it finds; the next starts only if
there were no errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import (
    Document,
    Footnote,
    LineBreak,
    Metadata,
    Paragraph,
    Placeholder,
    SourceRef,
    Span,
    Text,
    blocks_of,
    inlines_of,
    plain_text,
)
from reportgen.house import House, read_house
from reportgen.inputs.files import DISK, Files
from reportgen.model.frameworks import known_frameworks
from reportgen.model.paper import Paper
from reportgen.model.reader import read_paper
from reportgen.model.task import Task
from reportgen.redaction import PublicWords, redact
from reportgen.rules.engine import check_paper
from reportgen.rules.rule import Rule, RuleContext
from reportgen.templating.builder import build_document
from reportgen.templating.markings import marking_words
from reportgen.templating.markup import RenderedMarkup, parse_markup
from reportgen.templating.rendering import pictures_of, render_markup, template_of
from reportgen.transforms import Expected, finish_document
from reportgen.transforms.references import names_pages, put_pages
from reportgen.writers import Writing
from reportgen.writers.failures import MissingCharacters, NotesTooLong, PdfRejected

HouseReader = Callable[[str, Sequence[Path], Problems, Location | None, Files], House | None]
"""`read_house`, or something that remembers what it read."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made, with what it was made from."""

    paper: Paper
    house: House
    document: Document
    written: dict[str, bytes]
    """By format."""
    pages: int | None = None
    """How many there are; None when no format asked for was laid out on pages."""


def make_paper(
    task: Task, formats: Sequence[str], problems: Problems, find_house: HouseReader = read_house, files: Files = DISK
) -> Made:
    """All the stages. Raises `Rejected` when one of them found errors."""
    paper = read(task, problems, files)
    for_public = task.audience == "public" and paper.is_marked
    if for_public:
        problems.found.clear()  # told with the exempt version: it may quote what the public must not read
    house = choose_house(task, paper, problems, find_house, files)
    if for_public:
        paper = redact(paper, public_words(house))
    document = compose(paper, house, problems)
    written, pages = write_counted(document, house, formats, paper.report.at(), problems)
    return Made(paper, house, document, written, pages)


@dataclass(frozen=True, slots=True)
class Judging:
    """How papers are judged by the rules."""

    rules: tuple[Rule, ...]
    as_of: date | None = None
    """Another day than that of the meeting."""
    final: bool = False
    """As if it were about to be published."""


def judge_task(task: Task, judging: Judging, problems: Problems, find_house: HouseReader = read_house) -> None:
    """All the stages but the last, which would write, and then the rules, also for a paper that cannot be composed.

    Raises `Rejected` when the inputs or the house cannot be read.
    """
    paper = read(task, problems)
    house = choose_house(task, paper, problems, find_house)
    document = None
    with suppress(Rejected):  # the reasons are in `problems`
        document = compose(paper, house, problems)
    if paper.is_marked and document is not None:
        with suppress(Rejected):
            compose(redact(paper, public_words(house)), house, problems)
    judge(paper, house, document, judging, problems)


def judge(paper: Paper, house: House, document: Document | None, judging: Judging, problems: Problems) -> None:
    """Run the rules on what the stages have made.

    Not on what is left of a paper for the public: they would miss what was taken out, or name it. The paper itself
    is judged.
    """
    if paper.withheld is not None:
        return
    as_of = judging.as_of or (paper.meeting.date if paper.meeting else None)
    check_paper(RuleContext(paper, house, as_of, judging.final, document), problems, judging.rules)


def gaps_in(document: Document) -> int:
    """How many places of the finished paper are marked as still missing."""
    inlines = (inline for block in blocks_of(document) for inline in inlines_of(block))
    return sum(1 for inline in inlines if isinstance(inline, Placeholder))


def read(task: Task, problems: Problems, files: Files = DISK) -> Paper:
    """Stage one: the YAML files → the paper."""
    paper = read_paper(task.report, task.meeting, known_frameworks(), problems, files)
    problems.stop_if_errors()
    assert paper is not None
    return paper


def choose_house(
    task: Task, paper: Paper, problems: Problems, find_house: HouseReader = read_house, files: Files = DISK
) -> House:
    """The house that was asked for, else the report's, else the council's."""
    named = paper.report.house
    wanted_at = paper.report.at("house") if named else paper.council.at("house")
    name = task.house or named or paper.council.house
    house = find_house(name, task.house_folders, problems, None if task.house else wanted_at, files)
    problems.stop_if_errors()
    assert house is not None
    return house


def public_words(house: House) -> PublicWords:
    """The names and titles that tell nothing about a paper, as they are the house's own."""
    style = house.config
    areas = {*(known.area for known in style.implications), *style.implication_titles}
    return PublicWords(
        style.known_sections | style.section_titles.keys(),
        areas,
        style.vocabulary.get("withheld", ""),
        style.vocabulary.get("withheld_confidential", ""),
    )


def compose(paper: Paper, house: House, problems: Problems) -> Document:
    """Stages two to four: template → markup → tree → numbered, referenced, checked tree."""
    markup = render(paper, house, problems)
    report = parse_markup(markup, problems, house.templates[template_of(paper, house)].path)
    problems.stop_if_errors()
    assert report is not None
    document = build_document(report, describe(paper, house), house.stylesheet, problems, pictures_of(paper))
    problems.stop_if_errors()
    document = replace(document, watermark=watermark_of(paper, house), read_only=is_read_only(paper))
    document = marked_on_every_page(document, marking_words(paper, house))
    if paper.withheld is not None:
        document = replace(document, keeps_origins=False)
    prose = [SourceRef(one.location, one.text.key) for one in paper.prose()]
    pictures = {one.id: paper.report.at("pictures", place, "id") for place, one in enumerate(paper.report.pictures)}
    expected = Expected(prose, pictures, paper.report.names())
    document = finish_document(document, house.config.numbering, expected, problems)
    problems.stop_if_errors()
    return document


def render(paper: Paper, house: House, problems: Problems) -> RenderedMarkup:
    """Stage two: the paper as report markup."""
    markup = render_markup(paper, house, problems)
    problems.stop_if_errors()
    assert markup is not None
    return markup


def write(
    document: Document, house: House, formats: Sequence[str], report_at: Location, problems: Problems
) -> dict[str, bytes]:
    """Stage five: the finished tree in each format. What cannot be placed better is reported at `report_at`."""
    return write_counted(document, house, formats, report_at, problems)[0]


def write_counted(
    document: Document, house: House, formats: Sequence[str], report_at: Location, problems: Problems
) -> tuple[dict[str, bytes], int | None]:
    """As `write`; with the number of pages, where the document was laid out on pages."""
    written = {}
    pages = None
    try:
        writing = begin_writing(document, house)
        if "pdf" in formats:
            writing.begin_pages()
        for form in formats:
            written[form] = writing.write(form)
        pages = writing.page_count if writing.is_laid_out else None
    except MissingCharacters as missing:
        for character in missing.characters:
            found = f"no font on this machine has the character '{character}' (U+{ord(character):04X})"
            hint = "write it differently, or ask your administrator for a font that has it (Debian: fonts-noto)"
            problems.error("RG070", place_of(character, document) or report_at, found, hint)
    except NotesTooLong as long:
        for number in long.numbers:
            found = f"footnote {number} is longer than a page, so that not all of it would be printed"
            hint = "say it in the text or in an appendix, and let the footnote refer to that"
            problems.error("RG072", place_of_note(number, document) or report_at, found, hint)
    except PdfRejected as rejected:
        if not house.page_css:
            raise
        found = f"the PDF cannot be made with the house's page.css: {rejected}"
        problems.error("RG071", house.location, found, "mend page.css; it may use nothing from outside itself")
    problems.stop_if_errors()
    return written, pages


def begin_writing(document: Document, house: House) -> Writing:
    """The writing of the document, laid out already if its text names pages. Raises what the PDF writer raises."""
    writing = Writing(document, house)
    return writing.with_pages(put_pages(document, writing.pages)) if names_pages(document) else writing


def place_of(character: str, document: Document) -> Location | None:
    """Where an author's text first has the character; None when no prose has it."""
    for block in blocks_of(document):
        if isinstance(block, Paragraph) and block.origin and character in plain_text(block.content):
            return block.origin.location
    return None


def place_of_note(number: str, document: Document) -> Location | None:
    """Where the author's text is that calls a footnote; None when it is no prose."""
    for block in blocks_of(document):
        numbers = [inline.number.text for inline in inlines_of(block) if isinstance(inline, Footnote) and inline.number]
        if isinstance(block, Paragraph) and block.origin and number in numbers:
            return block.origin.location
    return None


def describe(paper: Paper, house: House) -> Metadata:
    """What the document says about itself."""
    meeting = paper.meeting
    marking = marking_words(paper, house)
    return Metadata(
        title=f"{paper.report.title} ({marking})" if marking else paper.report.title,
        language=house.config.language,
        author=paper.council.name,
        date=meeting.date.isoformat() if meeting else "",
        status=paper.report.status,
        identifier=f"{paper.council.id}/{paper.report.id}",
    )


def marked_on_every_page(document: Document, marking: str) -> Document:
    """The document with its marking at the head of each page: the header stands from the second page on."""
    if not marking:
        return document
    first = Paragraph((Span("strong", (Text(marking),)),), "statement")
    below = (LineBreak(), *document.header) if document.header else ()
    return replace(document, front=(first, *document.front), header=(Span("strong", (Text(marking),)), *below))


def watermark_of(paper: Paper, house: House) -> str:
    """The word across the pages of a paper that is not final."""
    return house.config.vocabulary.get("draft", "") if paper.report.status == "draft" else ""


def is_read_only(paper: Paper) -> bool:
    """Whether Word is to ask before it lets the paper be changed: a draft is there to be changed."""
    return paper.report.read_only and paper.report.status == "final"
