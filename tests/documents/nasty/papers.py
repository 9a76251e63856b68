"""Papers as nobody should write them and somebody will: long, wide, deep, empty, in other scripts, full of gaps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from PIL import Image as Drawing
from PIL import ImageDraw

from reportgen.document import (
    Bar,
    Block,
    Blocks,
    Cell,
    Chart,
    Column,
    Contents,
    Document,
    Field,
    FieldList,
    Figure,
    FormField,
    Image,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Placeholder,
    Row,
    RowGroup,
    Scale,
    ScaleMark,
    ScaleRow,
    Section,
    Segment,
    Signature,
    SignatureLine,
    Span,
    Table,
    Text,
    Timeline,
    TimelineRow,
)
from reportgen.house import House
from tests.unit.writers.sample_tree import AWKWARD, LONG_WORD, WRITTEN_RIGHT_TO_LEFT, bullets, cell, paragraph, text
from tests.unit.writers.structured_tree import (
    WORDS,
    captioned_table,
    finished,
    image,
    note,
    paper_of,
    reference,
    section,
)

WELSH = "Cyngor Gwynedd: ŵyl, tŷ, pêl-droed; Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"
ADDRESS = "https://reports.example.org/" + "a-very-long-folder-name/" * 8 + "report.pdf?id=" + "9" * 60


def nasty_papers(house: House) -> dict[str, Document]:
    """The papers by name, finished by the house's numbering."""
    unfinished = {
        "tables": _tables(),
        "lists": _lists(),
        "twelve-columns": _twelve_columns(),
        "forty-pages": _forty_pages(),
        "notes": _notes(),
        "words": _words(),
        "images": _images(),
        "gaps": _gaps(),
        "pictures": _pictures(),
        "hardly-anything": _hardly_anything(),
    }
    return {name: finished(_dressed(document, name), house) for name, document in unfinished.items()}


def _dressed(document: Document, name: str) -> Document:
    """With a title, a header and a footer, as every paper has them."""
    title = paragraph("A paper that is hard to print", "title")
    footer: Inlines = (Text("Page "), PageNumber(), Text(" of "), PageCount())
    metadata = replace(document.metadata, title=f"Nasty: {name}", identifier=f"nasty/{name}")
    front = (title, *document.front)
    return replace(document, metadata=metadata, front=front, header=text("A council · a cabinet"), footer=footer)


def _table(rows: tuple[RowGroup, ...], *heads: str, role: str = "data", caption: str = "A table") -> Table:
    columns = tuple(Column(text(head), 1 / len(heads)) for head in heads)
    return Table(text(caption), columns, rows, role, show_caption=True)


def _tables() -> Document:
    """Over many pages, one after the other, with rows of more than a page, with empty cells, with no row at all."""
    long = tuple(Row((cell(f"R{place}"), cell(WORDS * (place % 4)), cell(""))) for place in range(150))
    tall = Row((cell("Tall"), Cell(tuple(paragraph(WORDS * 3) for _ in range(30))), cell("end")))
    lists = Row(
        (cell("Lists"), Cell((paragraph("first"), bullets("one", (paragraph("two"), bullets("deep"))))), cell(""))
    )
    groups = (RowGroup(long[:50], text("Group one " * 12)), RowGroup(long[50:], text("Group two")))
    heads = ("Reference", "What is to be done", "")
    return paper_of(
        section(
            "Tables",
            _table(groups, *heads),
            _table((RowGroup((tall, lists)),), *heads, role="plan"),
            _table((RowGroup(long[:1]),), *heads, role="judgements"),
            _table((RowGroup(()),), "None", "at all", "yet"),
            Panel("notice", (paragraph(WORDS), captioned_table("In a panel"), bullets("and a list"))),
            PageBreak(),
            PageBreak(),
            _table((RowGroup((Row((cell("One cell"),)),)),), "One column"),
        )
    )


def _lists() -> Document:
    """Three deep and more, each kind in the other, items of several paragraphs, items that begin with a list."""

    def nested(depth: int, *, is_ordered: bool) -> List:
        inner: Blocks = (nested(depth - 1, is_ordered=not is_ordered),) if depth else ()
        items = (
            ListItem((paragraph(f"{depth}: {WORDS}"), *inner)),
            ListItem((paragraph(WORDS * 4), paragraph("A second paragraph of the item."))),
            ListItem(inner or (paragraph("last"),)),
        )
        return List(items, ordered=is_ordered)

    return paper_of(
        section("Bullets first", paragraph("Lead-in:", "lead-in"), nested(3, is_ordered=False)),
        section("Numbers first", nested(3, is_ordered=True), paragraph("Between."), nested(2, is_ordered=True)),
        section("Long", List(tuple(ListItem((paragraph(f"Item {place}"),)) for place in range(120)), ordered=True)),
    )


def _twelve_columns() -> Document:
    """A plan of twelve columns on landscape pages, and the same on an upright one."""
    heads = ("Ref", "Finding", "Action", "Owner", "Team", "Start", "Due", "Done", "Measure", "Status", "RAG", "Comment")
    row = Row(tuple(cell(words) for words in ("A1", "Safeguarding", "Commission independently", *["September"] * 9)))
    table = _table((RowGroup((row,) * 40),), *heads, role="plan", caption="The plan")
    upright = replace(table, groups=(RowGroup((row,) * 3),), caption=text("The same, upright"))
    appendices = (
        Section(text("Plan"), (paragraph("All of it."), table), "plan", "appendix", landscape=True),
        Section(text("Upright again"), (paragraph(WORDS),), "upright", "appendix"),
        Section(text("And on its side"), (paragraph(WORDS), upright), "side", "appendix", landscape=True),
    )
    see = paragraph((Text("See "), reference("plan"), Text(" and "), reference("side"), Text(".")))
    return paper_of(section("Plan", see, upright), appendices=appendices)


def _forty_pages() -> Document:
    """Long enough for contents of two pages, page numbers of two digits and numbers of three."""
    sections = tuple(
        section(
            f"Section {number} about a matter of some length, so that its heading takes two lines in most houses",
            *(paragraph(WORDS * (4 + place % 3)) for place in range(6)),
            section("Deeper", paragraph(WORDS), section("Deeper still", paragraph(WORDS * 2), anchor=f"d{number}")),
            anchor=f"s{number}",
        )
        for number in range(60)
    )
    last = paragraph((Text("From "), reference("s0", "page"), Text(" to "), reference("d59", "page"), Text(".")))
    return replace(paper_of(*sections, section("End", last)), front=(Contents(text("Contents"), 3),))


def _notes() -> Document:
    """In text, tables, lists, captions and panels; long ones; many on one line; links and gaps in them."""
    many: Inlines = tuple(
        part for place in range(40) for part in (Text(f"word {place}"), note(Text(f"Note {place}. {WORDS}")))
    )
    linked = note(Text("See "), Link(ADDRESS, ADDRESS), Text(" and "), Placeholder("page", "Legal"))
    row = Row((Cell((paragraph((Text("In a cell"), linked)),)), cell("Good")))
    captioned = Table(
        (Text("With a note"), note(Text("In a caption."))),
        (Column((Text("Head"),), 0.5), Column(text("Grade"), 0.5)),
        (RowGroup((row, row), text("Group")),),
        show_caption=True,
    )
    item = ListItem((paragraph((Text("An item"), note(Span("strong", text("Strong")), Text(" in a note.")))),))
    return paper_of(
        section(
            "Notes", paragraph(many), captioned, List((item, item)), Panel("notice", (paragraph((Text("x"), linked)),))
        ),
        section("Long", paragraph((Text("Long"), note(Text(WORDS * 60))))),
    )


def _words() -> Document:
    """Words longer than the line, addresses, other scripts, signs, spaces, all in all places."""
    samples = (
        AWKWARD,
        LONG_WORD * 3,
        WELSH,
        WRITTEN_RIGHT_TO_LEFT,
        "x" * 400,
        "\u00a0",
        "Ελληνικά, русский",
        "½ × ≤ → ☐",
    )
    blocks: list[Block] = [paragraph(sample) for sample in samples]
    blocks.append(paragraph((Link(ADDRESS, ADDRESS), LineBreak(), LineBreak(), Text("after two breaks"))))
    blocks.append(_table((RowGroup(tuple(Row((cell(sample), cell(sample))) for sample in samples)),), "One", LONG_WORD))
    fields = tuple((Field(text(sample[:60]), (paragraph(sample),)),) for sample in samples)
    many = tuple(Field(text("Label"), (paragraph(LONG_WORD),)) for _ in range(3))
    front = (FieldList((*fields, many)), paragraph(WELSH, "organisation"))
    return replace(paper_of(section(WELSH, *blocks), section(LONG_WORD, paragraph(AWKWARD))), front=front)


def _images() -> Document:
    """PNG and JPEG, transparent, one pixel, very wide, very high, the same twice, with captions and without."""
    pictures = (
        image(1200, 800, "JPEG"),
        _transparent(),
        image(1, 1),
        image(4000, 20),
        image(20, 4000),
        image(1200, 800, "JPEG"),
        image(300, 300, "PNG", 40.0),
    )
    figures = tuple(
        Figure(picture, f"Picture {place} & its “words”", text(f"Caption {place}") if place % 2 else (), f"f{place}")
        for place, picture in enumerate(pictures)
    )
    return paper_of(section("Pictures", *figures, paragraph((Text("See "), reference("f1")))))


def _transparent() -> Image:
    drawn = Drawing.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((20, 20, 380, 180), fill=(0, 90, 160, 120))
    saved = io.BytesIO()
    drawn.save(saved, "PNG")
    return Image("transparent.png", saved.getvalue(), "image/png", 400, 200)


def _gaps() -> Document:
    """Missing wherever something can be missing, with forms to fill in and to sign; a draft that may not be changed."""
    gap: Inlines = (
        Placeholder(f"The sum in £ & <words>, {AWKWARD[:40]}", "Finance"),
        Text(" and "),
        Placeholder("the date"),
    )
    rows = tuple(Row((cell(f"R{place}"), Cell((paragraph(gap),)))) for place in range(40))
    entries = (
        FormField("signed", "check", "Signed", "", "☐"),
        FormField("by", "name", "Signed by", "", "Name"),
        FormField("on", "date", "Signed on", "2012-07-09", "9 July 2012"),
    )
    entered = paragraph((FormField("legal.by " * 12, "name", "Cleared by", "", "Not yet cleared"), Text(", "), *gap))
    blocks = (
        paragraph(gap),
        _table((RowGroup(rows),), "Reference", "Missing"),
        List(tuple(ListItem((paragraph(gap),)) for _ in range(10))),
        Panel("notice", (paragraph(gap),)),
        entered,
        Signature(
            "box", (SignatureLine("Chief Executive", entries=entries), SignatureLine("Mayor", "A. Name", "Post"))
        ),
        Signature("line", (SignatureLine("", "A. Name", "Post"), SignatureLine("Leader"))),
    )
    fields = FieldList(((Field(text("Portfolio"), (Paragraph(gap),)), Field(text("Wards"), (Paragraph(gap),))),))
    return replace(
        paper_of(section("Gaps", *blocks)), front=(fields,), watermark="DRAFT – not for publication", read_only=True
    )


def _pictures() -> Document:
    """Every kind of picture: with one row and with many, with long names and with nothing in them but one."""
    grades = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
    many = tuple(
        Bar(
            f"Bar {number} of a long name",
            tuple(Segment(grade, number % 5, f"grade-{place + 1}") for place, grade in enumerate(grades)),
        )
        for number in range(1, 13)
    )
    rows = tuple(
        ScaleRow(f"Judgement {place} {WORDS[:60]}", (ScaleMark(place % 4 + 1, f"grade-{place % 4 + 1}"),))
        for place in range(12)
    )
    two = (ScaleMark(4, "grade-4", "2009", earlier=True), ScaleMark(2, "grade-2", "2012"))
    scale = Scale(grades, (*rows[:3], ScaleRow("Twice", two), ScaleRow("Not judged", (), "not judged")))
    due = tuple(
        TimelineRow(f"A{place} {WORDS[:40]}", date(2012, 1 + place % 12, 28), "status-complete", "complete")
        for place in range(30)
    )
    figures = (
        Chart(many),
        Chart((Bar("One", (Segment("Good", 1, "grade-2"),)),)),
        Scale(grades, rows),
        scale,
        Timeline(due, date(2012, 7, 9), "today"),
        Timeline(due[:1]),
    )
    return paper_of(
        section(
            "Pictures",
            *(
                Figure(one, "What the picture shows", text("A caption"), f"p{place}")
                for place, one in enumerate(figures)
            ),
        )
    )


def _hardly_anything() -> Document:
    """A heading with nothing below it, and an empty paragraph."""
    return paper_of(section("Nothing"), section("Empty", paragraph("")))
