"""A paper with what is counted and looked up: contents, captions, references, footnotes, figures, long tables."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from PIL import Image as Drawing

from reportgen.diagnostics import Location, Problems
from reportgen.document import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    Contents,
    CrossReference,
    Document,
    Figure,
    Footnote,
    Image,
    Inlines,
    Link,
    Metadata,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Placeholder,
    Row,
    RowGroup,
    Section,
    Segment,
    Span,
    Table,
    Text,
    Timeline,
    TimelineRow,
    blocks_of,
)
from reportgen.house import House
from reportgen.transforms import Expected, finish_document
from reportgen.transforms.references import put_pages
from tests.unit.writers.sample_tree import base_house, bullets, cell, paragraph, text

WORDS = "The lead officer reviews the plan with partners and reports to the board every month. "
_NOWHERE = Location("")


@cache
def pixels(width: int, height: int, form: Literal["PNG", "JPEG"] = "PNG", colour: str = "#336699") -> bytes:
    """The file of a plain picture."""
    written = io.BytesIO()
    Drawing.new("RGB", (width, height), colour).save(written, form)
    return written.getvalue()


def image(
    width: int, height: int, form: Literal["PNG", "JPEG"] = "PNG", printed: float | None = None, colour: str = "#336699"
) -> Image:
    """An image of the given size in pixels."""
    media: Literal["image/png", "image/jpeg"] = "image/png" if form == "PNG" else "image/jpeg"
    return Image(f"map.{form.lower()}", pixels(width, height, form, colour), media, width, height, printed)


def reference(target: str, shows: Literal["number", "page"] = "number") -> CrossReference:
    """A reference, to be filled in by the transforms."""
    return CrossReference(target, _NOWHERE, shows=shows)


def note(*content: Text | Link | Span | Placeholder | CrossReference) -> Footnote:
    """A footnote."""
    return Footnote(content)


def captioned_table(
    words: str | Inlines, anchor: str = "", rows: int = 3, columns: int = 3, cell_words: str = "Good"
) -> Table:
    """A table whose caption is shown."""
    caption = text(words) if isinstance(words, str) else words
    written = tuple(Row((cell(f"R{place}"), *(cell(cell_words) for _ in range(columns - 1)))) for place in range(rows))
    heads = tuple(Column(text(f"Column {place}"), 1 / columns) for place in range(1, columns + 1))
    return Table(caption, heads, (RowGroup(written),), show_caption=True, anchor=anchor)


def finished(document: Document, house: House | None = None, page: str = "1") -> Document:
    """The document as the transforms finish it, everything that is referred to on one page."""
    problems = Problems()
    done = finish_document(document, (house or base_house()).config.numbering, Expected(), problems)
    assert problems.found == []
    anchors = {block.anchor for block in blocks_of(done) if isinstance(block, Section | Paragraph | Table | Figure)}
    return put_pages(done, dict.fromkeys(anchors - {""}, page))


def paper_of(*body: Block, appendices: tuple[Section, ...] = ()) -> Document:
    """An unfinished paper with the given body."""
    metadata = Metadata(
        "Inspection of children’s services", "en-GB", "Director", "2012-07-09", identifier="b/structure"
    )
    return Document(metadata, (), body, appendices)


def section(heading: str | Inlines, *children: Block, anchor: str = "", role: str = "section", **more: bool) -> Section:
    """A section."""
    return Section(text(heading) if isinstance(heading, str) else heading, children, anchor, role, **more)


def structured_paper(counted: str = "body") -> Document:
    """The unfinished paper with everything. `counted` is a role whose paragraphs the house counts."""
    contents = Contents(text("Contents"), 3)
    front = (paragraph("Inspection of children’s services", "title"), contents)
    footer: Inlines = (Text("Page "), PageNumber(), Text(" of "), PageCount())
    body = (_summary(), _grades(counted), _part())
    return replace(
        paper_of(*body, appendices=_appendices()), front=front, header=text("Inspection of services"), footer=footer
    )


def _summary() -> Section:
    referring: Inlines = (
        Text("See "),
        reference("grades"),
        Text(", "),
        reference("change"),
        Text(" on page "),
        reference("change", "page"),
        Text(", paragraph "),
        reference("found"),
        Text(", "),
        reference("plan"),
        Text(" and page "),
        reference("hidden", "page"),
        Text("."),
        note(
            Text("The report is "),
            Link("https://www.example.org/report?a=1&b=2", "published"),
            Text(", see "),
            reference("found"),
        ),
    )
    heading: Inlines = (Text("Summary"), note(Text("Of the whole paper.")))
    item: Inlines = (Text("the plan"), note(Text("As "), Placeholder("the date of the approval", "Cabinet"), Text(".")))
    return section(
        heading,
        Paragraph(referring),
        paragraph("The council:", "lead-in"),
        bullets((Paragraph(item), Figure(image(120, 60), "A small map.")), "its partners"),
        section(
            "What was asked",
            paragraph(WORDS),
            section("In detail", paragraph(WORDS), section("Deeper", paragraph(WORDS))),
        ),
        anchor="summary",
    )


def _grades(counted: str) -> Section:
    caption: Inlines = (Text("Grades"), note(Text("As published.")), Text(" in 2012"))
    bars = tuple(
        Bar(label, (Segment("Good", 4, "grade-2"), Segment("Inadequate", 1, "grade-4"))) for label in ("2009", "2012")
    )
    days = (
        TimelineRow("A1 Review of plans", date(2012, 9, 30), "status-complete", "complete"),
        TimelineRow("A2 Training", date(2012, 12, 31), "status-not-started", "not started"),
    )
    hidden = replace(captioned_table("Not seen", "hidden", rows=1), show_caption=False)
    return section(
        "Grades",
        paragraph(WORDS, counted, anchor="found"),
        captioned_table(caption, "grades"),
        Figure(Chart(bars), "Of five judgements, four were good in both years.", text("Change since 2009"), "change"),
        Figure(Timeline(days, date(2012, 7, 9), "Meeting"), "Two actions, one complete.", text("When it is done")),
        hidden,
        Panel("notice", (paragraph("This is a sample."), Figure(image(900, 300, "JPEG"), "A wide photograph."))),
        anchor="judged",
    )


def _part() -> Section:
    inside = section("Signed", paragraph(WORDS), section("By whom", paragraph(WORDS), numbered=False))
    return section("PART 3 – SIGN OFF", inside, role="part", numbered=False)


def _appendices() -> tuple[Section, ...]:
    tall = Row((cell("A99"), *(Cell((paragraph(WORDS * 60), bullets("one", "two"))) for _ in range(2)), cell("Late")))
    rows = tuple(Row((cell(f"A{place}"), cell(WORDS), cell("Head of Service"), cell("Late"))) for place in range(1, 40))
    heads = tuple(Column(text(words), 0.25) for words in ("Ref", "Action", "Lead", "Status"))
    later: Inlines = (Text("By December"), note(Text("At the latest.")))
    groups = (RowGroup(rows[:20], text("By September")), RowGroup((tall, *rows[20:]), later))
    plan = Table(text("Action plan"), heads, groups, "plan", show_caption=True)
    wide = captioned_table("Twelve columns", "wide", rows=8, columns=12, cell_words="Responsibilities of partners")
    upright = section(
        "Map",
        section("Where", paragraph(WORDS)),
        Figure(image(1200, 2400, printed=400), "A map higher than the page.", text("The area " * 20)),
        Figure(image(1200, 2400, printed=30), "The same map."),
        role="appendix",
    )
    return (
        replace(section("Action plan", plan, anchor="plan", role="appendix"), landscape=True),
        replace(section("Partners", wide, role="appendix"), landscape=True),
        upright,
    )
