"""A document with every kind of node, as the transforms would have finished it. Shared by the writers' tests."""

from __future__ import annotations

from pathlib import Path

from reportgen.diagnostics import Location, Problems
from reportgen.document import (
    Bar,
    Block,
    Blocks,
    Cell,
    Chart,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Number,
    PageBreak,
    PageCount,
    PageNumber,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Segment,
    Signature,
    SignatureLine,
    Span,
    Table,
    Text,
)
from reportgen.house import House, read_house

AWKWARD = "R&D <b>costs</b> £5 – “10”; non‑breaking, soft\u00adhyphen, don't, ﬁ, naïve, 100 000"
WRITTEN_RIGHT_TO_LEFT = "مرحبا שלום"
LONG_WORD = "Pneumono" + "ultramicroscopic" * 9 + "osis"

_NOWHERE = Location("")


def base_house() -> House:
    """The house that all others extend. Its templates are not needed here, so their absence does not matter."""
    return read_house("_base", [Path(__file__).parents[3] / "templates"], Problems())


def text(words: str) -> Inlines:
    """Plain text."""
    return (Text(words),)


def body_number(printed: str, level: int, position: int) -> Number:
    """A number of the body's sequence."""
    return Number(printed, "body", level, position, printed.rstrip("."))


def paragraph(content: str | Inlines, role: str = "body", number: Number | None = None, anchor: str = "") -> Paragraph:
    """A paragraph of text."""
    return Paragraph(text(content) if isinstance(content, str) else content, role, anchor, number=number)


def cell(words: str, role: str = "") -> Cell:
    """A cell of one paragraph."""
    return Cell((paragraph(words),), role)


def bullets(*items: str | Blocks) -> List:
    """A bulleted list."""
    return List(tuple(ListItem((paragraph(item),) if isinstance(item, str) else item) for item in items))


def ordered(level: int, printed: tuple[str, ...], *items: str | Blocks) -> List:
    """An ordered list at a level (from 0), with its printed numbers."""
    numbers = [Number(words, "list", level, place + 1, words) for place, words in enumerate(printed)]
    contents = [(paragraph(item),) if isinstance(item, str) else item for item in items]
    return List(tuple(map(ListItem, contents, numbers)), ordered=True)


def document_of(*blocks: Block, front: Blocks = (), appendices: tuple[Section, ...] = ()) -> Document:
    """A document with the given body."""
    return Document(Metadata("A title", "en-GB", "An author", "2012-07-09"), front, blocks, appendices)


def table_of(rows: int, role: str = "data") -> Table:
    """A table of numbered rows, for tests of page breaks."""
    written = tuple(
        Row(
            (
                cell(f"R{row}"),
                cell("The lead officer reviews the plan with partners and reports back. " * 2),
                cell("Good"),
            )
        )
        for row in range(1, rows + 1)
    )
    columns = (Column(text("Ref"), 0.15), Column(text("Action"), 0.6), Column(text("Grade"), 0.25))
    return Table(text("Actions"), columns, (RowGroup(written),), role, show_caption=True)


def sample_document() -> Document:
    """Every kind of node, lists three deep, a table in groups, a landscape appendix, references, awkward text."""
    return Document(
        Metadata(
            "Inspection of safeguarding & looked after children",
            "en-GB",
            "Director of Children’s Services",
            "2012-07-09",
        ),
        _front(),
        (_purpose(), _background(), _recommendations(), _part()),
        (_action_plan(), _implications()),
        header=(Text("Inspection of safeguarding & "), Span("emphasis", text("looked after")), Text(" children")),
        footer=(Text("Page "), PageNumber(), Text(" of "), PageCount()),
    )


def _front() -> Blocks:
    masthead = FieldList(
        (
            (
                Field((), (paragraph("Barsetshire County Council", "organisation"),)),
                Field((), (paragraph("Item 7(e)", "masthead"),)),
            ),
            (Field((), (paragraph("Report to Cabinet"), paragraph("9 July 2012"))), Field((), (paragraph("Public"),))),
        ),
        "masthead",
    )
    fields = FieldList(
        (
            (
                Field(text("Portfolio"), (paragraph("Children and young people"),)),
                Field(text("Member"), (paragraph("Cllr A. Grantly"),)),
            ),
            (Field(text("Report of"), (paragraph("Director of Children’s Services"),)),),
            (
                Field(text("Author"), (paragraph("Jo Bold, Head of Service"),)),
                Field((), (paragraph("(Tel: 01632 960123)"),)),
            ),
            (Field(text("Wards affected"), (paragraph("All"), bullets("Hogglestock", "Plumstead Episcopi"))),),
        )
    )
    notice: Inlines = (Text("This paper is a "), Span("strong", text("sample")), Text("; nobody decided anything."))
    return (
        masthead,
        paragraph("Inspection of safeguarding & looked after children", "title"),
        fields,
        Panel("notice", (paragraph(notice), bullets("first", "second"))),
    )


def _purpose() -> Section:
    content: Inlines = (
        Text("To report the outcome of the inspection of 12 to 23 March 2012; see "),
        CrossReference("background", _NOWHERE, "2"),
        Text(", paragraph "),
        CrossReference("grades", _NOWHERE, "2.2"),
        Text(" and "),
        CrossReference("plan", _NOWHERE, "Appendix 1"),
        Text(". The report is "),
        Link("https://www.example.org/report?a=1&b=2", "on the inspectorate’s website"),
        Text("."),
        LineBreak(),
        Text("A new line, with "),
        Span("gap", text("the cost, from finance")),
        Text(" and "),
        Span("strong", (Text("words in "), Span("emphasis", text("both")), Text(" ways"))),
        Text(", "),
        Span("unheard-of", text("and in a way the look does not know")),
        Text(f". {AWKWARD}"),
    )
    return Section(
        text("Purpose"),
        (
            paragraph(content, number=body_number("1.1", 1, 1)),
            paragraph(WRITTEN_RIGHT_TO_LEFT, number=body_number("1.2", 1, 2)),
            paragraph(f"An unnumbered paragraph with a word that does not fit a line: {LONG_WORD}."),
        ),
        anchor="purpose",
        number=body_number("1.", 0, 1),
    )


def _background() -> Section:
    deep = bullets("second level", (paragraph("second level"), bullets("third level", "third level, longer " * 8)))
    grades = Figure(
        Chart((_bar("Safeguarding", 1, 4, 3, 1), _bar("Looked after children", 0, 5, 2, 0))),
        "Of 16 judgements, 1 was outstanding, 9 good, 5 adequate and 1 inadequate.",
    )
    return Section(
        text("Background"),
        (
            paragraph("The inspectors looked at:", "lead-in", body_number("2.1", 1, 1)),
            bullets("first level " * 20, (paragraph("first level"), paragraph("a second paragraph of the item"), deep)),
            paragraph("The judgements were:", number=body_number("2.2", 1, 2), anchor="grades"),
            _judgements(),
            grades,
            Section(
                text("Strengths"), (paragraph("A paragraph under a heading of the second level."),), numbered=False
            ),
        ),
        anchor="background",
        number=body_number("2.", 0, 2),
    )


def _bar(label: str, *counts: int) -> Bar:
    grades = ("Outstanding", "Good", "Adequate", "Inadequate")
    return Bar(
        label,
        tuple(
            Segment(one, count, f"grade-{place}")
            for place, (one, count) in enumerate(zip(grades, counts, strict=True), 1)
        ),
    )


def _judgements() -> Table:
    return Table(
        text("Judgements"),
        (Column(text("Area"), 0.6), Column(text("Grade"), 0.2), Column((), 0.2)),
        (
            RowGroup(
                (_judged("Overall effectiveness", "Good", 2), _judged("Capacity for improvement", "Outstanding", 1)),
                text("Safeguarding"),
            ),
            RowGroup(
                (_judged("Outcomes", "Adequate", 3), _judged("Quality of provision", "Inadequate", 4)),
                text("Looked after children"),
            ),
        ),
        show_caption=True,
    )


def _judged(area: str, grade: str, rank: int) -> Row:
    return Row((cell(area), cell(grade, f"grade-{rank}"), Cell(())))


def _recommendations() -> Section:
    nested = ordered(
        1,
        ("(i)", "(ii)"),
        "by September;",
        (paragraph("by December:"), ordered(2, ("1.", "2."), "in full;", "in part;")),
    )
    items = ordered(
        0,
        ("(a)", "(b)", "(c)"),
        "note the outcome;",
        (paragraph("approve the plan:"), nested),
        (paragraph("monitor"), bullets("progress", "cost")),
    )
    return Section(
        text("Recommendations"),
        (
            paragraph("It is recommended that Cabinet:", "lead-in", body_number("3.1", 1, 1)),
            items,
            paragraph("Reasons", "band"),
            paragraph("They follow from the findings."),
        ),
        number=body_number("3.", 0, 3),
    )


def _part() -> Section:
    lines = (
        SignatureLine("Chief Executive", signed=True),
        SignatureLine("Monitoring Officer", "Ann Thorne", "Solicitor"),
    )
    contacts = FieldList(
        (
            (Field(text("Name"), (paragraph("Jo Bold"),)),),
            (Field(text("Email"), (paragraph(LONG_WORD.lower() + "@example.org"),)),),
        ),
        "contacts",
    )
    return Section(
        text("PART 3 – SIGN OFF"),
        (
            Section(
                text("Signatures"),
                (Signature("box", lines), Signature("line", (SignatureLine("", "Jo Bold", "Head of Service"),))),
            ),
            PageBreak(),
            paragraph("This begins a new page."),
            Section(
                text("Contact"),
                (contacts, Section(text("Deeper"), (Section(text("Deepest"), (paragraph("Words."),)),))),
            ),
        ),
        role="part",
        number=Number("", "body", 0, 4),
    )


def _action_plan() -> Section:
    shares = (0.08, 0.32, 0.2, 0.15, 0.25)
    columns = tuple(
        Column(text(words), share)
        for words, share in zip(("Ref", "Action", "Lead", "Due", "Measure"), shares, strict=True)
    )
    rows = tuple(_action(place) for place in range(1, 31))
    table = Table(
        text("Action plan"),
        columns,
        (RowGroup(rows[:12], text("Within 3 months")), RowGroup(rows[12:], text("Within 6 months"))),
    )
    return Section(
        text("Action plan"),
        (paragraph("Each action answers a finding."), table),
        anchor="plan",
        role="appendix",
        landscape=True,
        number=Number("Appendix 1", "appendix", 0, 1, "Appendix 1"),
    )


def _action(place: int) -> Row:
    steps = Cell(
        (
            paragraph("Review the plans of all children:"),
            bullets("with health", "with schools"),
            ordered(0, ("(a)",), "and report"),
        )
    )
    return Row(
        (
            cell(f"A{place}"),
            steps,
            cell("Head of Safeguarding"),
            cell("30 September 2012"),
            cell("All plans reviewed by a manager"),
        )
    )


def _implications() -> Section:
    run_in: tuple[Inline, ...] = (Span("run-in", text("Finance –")), Text(" None beyond the budget."))
    scale = Table(
        text("Scale"),
        (Column(text("Grade"), 0.3), Column(text("Meaning"), 0.7)),
        (RowGroup((Row((cell("Good"), cell("Exceeds the minimum"))),)),),
        row_headers=False,
    )
    return Section(
        text("Implications"),
        (paragraph(run_in), ordered(0, ("(a)",), "one"), scale),
        role="appendix",
        number=Number("Appendix 2", "appendix", 0, 2, "Appendix 2"),
    )
