"""Elements of report markup → nodes of the document tree."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import (
    Bar,
    Block,
    Cell,
    Chart,
    Column,
    CrossReference,
    Document,
    Field,
    FieldList,
    Figure,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
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
    SourceRef,
    Span,
    Table,
    Text,
    plain_text,
)
from reportgen.house.styles import StyleSheet
from reportgen.templating.builder import build_document, with_capital, with_run_in, without_ending
from reportgen.templating.markup import RenderedMarkup, parse_markup
from reportgen.templating.prose import ProseNodes
from tests.small import LOOK, record

METADATA = Metadata("T", "en-GB", "A", "2012-07-09", "final")
HERE = Location("the rendered markup", 1, 1)


def build(inside: str, problems: Problems, *prose: ProseNodes) -> Document:
    report = parse_markup(RenderedMarkup(f"<report>{inside}</report>", prose), problems)
    look = record(StyleSheet, LOOK.replace("$ink", '"#101010"').replace("$face", "Liberation Sans"))
    return build_document(report, METADATA, look, problems)


def built(inside: str, *prose: ProseNodes) -> Document:
    problems = Problems()
    document = build(inside, problems, *prose)
    assert problems.found == []
    return document


def block(inside: str, *prose: ProseNodes) -> Block:
    """The one block that some markup stands for."""
    (found,) = built(inside, *prose).body
    return found


def wrong_with(inside: str) -> list[str]:
    problems = Problems()
    with pytest.raises(Rejected):
        build(inside, problems)
    assert all(one.hint for one in problems.found)
    return [f"{one.code} {one.location.line}:{one.location.column}" for one in problems.found]


def p(words: str, role: str = "body") -> Paragraph:
    return Paragraph((Text(words),), role)


# ---- The whole ----


def test_a_report_has_header_footer_front_body_and_appendices() -> None:
    document = built(
        "<header>H</header><footer>Page <page/> of <pages/></footer><front><p>f</p></front>"
        "<p>b</p><appendix id='a' landscape='yes'><h1>A</h1><p>c</p></appendix>"
    )
    assert document == Document(
        METADATA,
        front=(p("f"),),
        body=(p("b"),),
        appendices=(Section((Text("A"),), (p("c"),), "a", "appendix", landscape=True),),
        header=(Text("H"),),
        footer=(Text("Page "), PageNumber(), Text(" of "), PageCount()),
    )


# ---- Blocks ----


def test_a_section_has_a_heading_and_blocks_in_it() -> None:
    found = block("<section id='x' role='part' numbered='no'><h1>H</h1><section><h1>I</h1><p>a</p></section></section>")
    assert found == Section((Text("H"),), (Section((Text("I"),), (p("a"),)),), "x", "part", numbered=False)


def test_a_paragraph_has_a_role_an_anchor_and_may_refuse_a_number() -> None:
    assert block("<p role='lead-in' id='x' numbered='no'>a</p>") == Paragraph(
        (Text("a"),), "lead-in", "x", numbered=False
    )


def test_lists_hold_items_and_items_hold_paragraphs_and_lists() -> None:
    inner = List((ListItem((p("c"),)),), ordered=True, role="options")
    assert block("<ul><li>a</li><li><p>b</p><ol role='options'><li>c</li></ol></li></ul>") == List(
        (ListItem((p("a"),)), ListItem((p("b"), inner)))
    )


def test_loose_text_beside_blocks_becomes_paragraphs_of_its_own() -> None:
    assert block("<ul><li>a <em>b</em><ul><li>c</li></ul> d </li></ul>") == List(
        (
            ListItem(
                (
                    Paragraph((Text("a "), Span("emphasis", (Text("b"),)))),
                    List((ListItem((p("c"),)),)),
                    p("d"),
                )
            ),
        )
    )


def test_a_table_has_a_caption_columns_in_shares_and_rows_in_groups() -> None:
    found = block(
        "<table show-caption='yes' row-headers='no'><caption>C</caption>"
        "<tr><th width='3'>A</th><th width='1'>B</th></tr>"
        "<tr><td>1</td><td role='grade-1'>2</td></tr><tr><td>3</td><td/></tr>"
        "<tbody><tr><th>G</th></tr><tr><td>4</td><td><p>5</p><p>6</p></td></tr></tbody></table>"
    )
    assert found == Table(
        (Text("C"),),
        (Column((Text("A"),), 0.75), Column((Text("B"),), 0.25)),
        (
            RowGroup((Row((Cell((p("1"),)), Cell((p("2"),), "grade-1"))), Row((Cell((p("3"),)), Cell(()))))),
            RowGroup((Row((Cell((p("4"),)), Cell((p("5"), p("6"))))),), (Text("G"),)),
        ),
        show_caption=True,
        row_headers=False,
    )


def test_a_column_says_where_its_text_stands_or_leaves_it_to_the_house() -> None:
    columns = "".join(f"<th width='1'{align}>A</th>" for align in ("", " align='centre'", " align='right'"))
    found = block(f"<table><caption>C</caption><tr>{columns}</tr><tr><td/><td/><td/></tr></table>")
    assert isinstance(found, Table)
    assert [column.align for column in found.columns] == ["", "centre", "right"]


def test_rows_after_a_headed_group_do_not_join_it() -> None:
    found = block(
        "<table><caption>C</caption><tr><th width='1'>A</th></tr>"
        "<tbody><tr><th>G</th></tr><tr><td>1</td></tr></tbody><tr><td>2</td></tr><tr><td>3</td></tr></table>"
    )
    assert isinstance(found, Table)
    assert [(group.heading, len(group.rows)) for group in found.groups] == [((Text("G"),), 1), ((), 2)]


def test_fields_stand_alone_or_in_rows() -> None:
    assert block("<dl><dt>L</dt><dd>v</dd><div><dd>a</dd><dt>M</dt><dd><p>b</p></dd></div></dl>") == FieldList(
        ((Field((Text("L"),), (p("v"),)),), (Field((), (p("a"),)), Field((Text("M"),), (p("b"),))))
    )


def test_a_scale_with_marks_of_two_times() -> None:
    written = (
        "<scale alt='A' id='grades'><figcaption>C</figcaption><step label='Good'/><step label='Bad'/>"
        "<judged label='L'><mark step='1' role='grade-1' words='2022'/>"
        "<mark step='2' role='grade-1' words='2018' earlier='yes'/></judged>"
        "<judged label='M' words='not graded'/></scale>"
    )
    marks = (ScaleMark(1, "grade-1", "2022"), ScaleMark(2, "grade-1", "2018", earlier=True))
    rows = (ScaleRow("L", marks), ScaleRow("M", (), "not graded"))
    assert block(written) == Figure(Scale(("Good", "Bad"), rows), "A", (Text("C"),), "grades")


def test_a_panel_a_chart_a_signature_and_a_page_break() -> None:
    assert block("<aside role='notice'><p>a</p></aside>") == Panel("notice", (p("a"),))
    assert block("<chart alt='A'><bar label='B'><segment label='S' value='3' role='grade-1'/></bar></chart>") == Figure(
        Chart((Bar("B", (Segment("S", 3, "grade-1"),)),)), "A"
    )
    assert block(
        "<signature form='box'><line label='L' name='N' post='P' signed='yes'/><line label='M'/></signature>"
    ) == Signature("box", (SignatureLine("L", "N", "P", signed=True), SignatureLine("M")))
    assert block("<pagebreak/>") == PageBreak()


# ---- Inlines ----


def test_inlines_become_spans_links_references_and_breaks() -> None:
    found = block(
        "<p>a <strong>b <em>c</em></strong><br/><a href='https://e.org'> d </a> "
        "<ref to='plan'/> <span role='gap'>e</span>.</p>"
    )
    assert isinstance(found, Paragraph)
    assert found.content == (
        Text("a "),
        Span("strong", (Text("b "), Span("emphasis", (Text("c"),)))),
        LineBreak(),
        Link("https://e.org", "d"),
        Text(" "),
        CrossReference("plan", HERE),
        Text(" "),
        Span("gap", (Text("e"),)),
        Text("."),
    )


def test_white_space_at_the_ends_is_taken_off_and_within_it_stays() -> None:
    found = block("<p>\n  a <em> b </em> c\n</p>")
    assert isinstance(found, Paragraph)
    assert found.content == (Text("a "), Span("emphasis", (Text(" b "),)), Text(" c"))


def phrase(*content: Inline) -> ProseNodes:
    return ProseNodes(inlines=(Span("phrase", content, ORIGIN),))


ORIGIN = SourceRef(Location("in/a.yaml", 36, 5), "r.0")
TEXT = Paragraph((Text("One."),), origin=ORIGIN)
LIST = List((ListItem((p("a"),)),), origin=ORIGIN)


def test_a_text_stands_in_place_of_its_element() -> None:
    assert built("<prose ref='0'/><p>b</p>", ProseNodes(blocks=(TEXT, LIST))).body == (TEXT, LIST, p("b"))
    assert block("<p>it is asked to <prose ref='0'/>.</p>", phrase(Text("note"))) == Paragraph(
        (Text("it is asked to "), Span("phrase", (Text("note"),), ORIGIN), Text("."))
    )


def test_a_run_in_heading_stands_in_the_first_paragraph_or_above_a_list() -> None:
    heading = Span("run-in", (Text("A –"),))
    within = Paragraph((heading, Text(" One.")), origin=ORIGIN)
    assert built("<prose ref='0'><h1>A –</h1></prose>", ProseNodes(blocks=(TEXT, LIST))).body == (within, LIST)
    assert with_run_in((LIST,), (Text("A –"),), HERE) == (Paragraph((heading,), "lead-in"), LIST)


@pytest.mark.parametrize(
    ("attributes", "typed", "printed"),
    [
        ("", "note it.", "note it."),
        ("end='; and'", "note it.", "note it; and"),
        ("end='.'", "R&D;", "R&D."),
        ("end='; and' capital='yes'", "note it", "Note it; and"),
        ("capital='yes'", "note it", "Note it"),
    ],
)
def test_a_phrase_becomes_a_clause_of_the_houses_sentence(attributes: str, typed: str, printed: str) -> None:
    found = block(f"<p><clause {attributes}><prose ref='0'/></clause></p>", phrase(Text(typed)))
    assert isinstance(found, Paragraph)
    assert isinstance(found.content[0], Span)
    assert plain_text(found.content) == printed


NOTE = Footnote((Text("Or not."),))


@pytest.mark.parametrize(
    ("content", "without"),
    [
        ((Text("a"), Span("strong", (Text("b. "),))), (Text("a"), Span("strong", (Text("b"),)))),
        ((Text("a"), Span("strong", (Text("b"),)), Text(" .;")), (Text("a"), Span("strong", (Text("b"),)))),
        ((Text("a."), NOTE), (Text("a"), NOTE)),
        ((Link("https://e.org", "a."),), (Link("https://e.org", "a"),)),
        ((Text("a."), CrossReference("b", HERE)), (Text("a."), CrossReference("b", HERE))),
        ((Placeholder("the cost."),), (Placeholder("the cost"),)),
        ((), ()),
    ],
)
def test_the_authors_own_ending_goes_wherever_it_stands(content: Inlines, without: Inlines) -> None:
    assert without_ending(content) == without


@pytest.mark.parametrize(
    ("content", "capital"),
    [
        ((CrossReference("b", HERE), Text("a")), (CrossReference("b", HERE), Text("A"))),
        ((Span("strong", (Text("éa"),)),), (Span("strong", (Text("Éa"),)),)),
        ((Link("https://e.org", "a"),), (Link("https://e.org", "A"),)),
        ((Placeholder("cost"),), (Placeholder("Cost"),)),
        ((LineBreak(),), (LineBreak(),)),
    ],
)
def test_the_first_letter_becomes_a_capital_wherever_it_stands(content: Inlines, capital: Inlines) -> None:
    assert with_capital(content) == capital


def test_a_paragraph_without_text_is_kept_as_an_empty_one() -> None:
    assert block("<p> </p>") == Paragraph(())


# ---- Mistakes ----


@pytest.mark.parametrize(
    "inside",
    [
        "<section at='2:5:t'><p>no heading</p></section>",
        "<section at='2:5:t'><h1> </h1></section>",
        "<section role='chapter' at='2:5:t'><h1>H</h1></section>",
        "<p role='bodi' at='2:5:t'>x</p>",
        "<p numbered='maybe' at='2:5:t'>x</p>",
        "<p><span role='shout' at='2:5:t'>x</span></p>",
        "<aside role='warning' at='2:5:t'><p>x</p></aside>",
        "<table at='2:5:t'><tr><th width='1'>A</th></tr><tr><td>1</td></tr></table>",
        "<table role='grid' at='2:5:t'><caption>C</caption><tr><th width='1'>A</th></tr><tr><td/></tr></table>",
        "<table at='2:5:t'><caption>C</caption><tr><th width='1'>A</th></tr></table>",
        "<table><caption>C</caption><tr><th width='wide' at='2:5:t'>A</th></tr><tr><td>1</td></tr></table>",
        "<table><caption>C</caption><tr><th width='1' align='center' at='2:5:t'>A</th></tr><tr><td/></tr></table>",
        "<table><caption>C</caption><tr><th width='1'>A</th></tr><tr at='2:5:t'><td/><td/></tr></table>",
        "<table><caption>C</caption><tr><th width='1'>A</th></tr><tr><td role='grade-9' at='2:5:t'/></tr></table>",
        "<dl><div at='2:5:t'/></dl>",
        "<dl><div at='2:5:t'><dd/><dd/><dd/><dd/></div></dl>",
        "<dl><dt at='2:5:t'>a</dt><dt>b</dt><dd/></dl>",
        "<dl><div><dd/><dt at='2:5:t'>a</dt></div></dl>",
        "<signature form='seal' at='2:5:t'/>",
        "<chart alt='A'><bar label='B'><segment label='S' value='many' role='grade-1' at='2:5:t'/></bar></chart>",
        "<chart alt='A'><bar label='B'><segment label='S' value='3' role='grade-7' at='2:5:t'/></bar></chart>",
    ],
)
def test_what_the_house_does_not_know_or_a_reader_could_not_use_is_an_error_at_its_element(inside: str) -> None:
    assert wrong_with(inside) == ["RG032 2:5"]


def test_a_table_without_columns_is_an_error_even_when_its_rows_are_empty() -> None:
    assert "RG032 2:5" in wrong_with("<table at='2:5:t'><caption>C</caption><tr/></table>")


# They would reach the writers as shares that do not add up to 1.
@pytest.mark.parametrize("width", ["0", "-1", "nan", "inf", "1e400"])
def test_the_width_of_a_column_is_a_positive_share(width: str) -> None:
    columns = f"<tr><th width='{width}' at='2:5:t'>A</th><th width='1'>B</th></tr>"
    assert wrong_with(f"<table><caption>C</caption>{columns}<tr><td/><td/></tr></table>") == ["RG032 2:5"]


def test_an_unknown_role_is_told_with_the_nearest_known_one() -> None:
    problems = Problems()
    with pytest.raises(Rejected):
        build("<p role='leadin'>x</p>", problems)
    assert problems.found[0].hint == "did you mean 'lead-in'?"


def test_every_mistake_is_told() -> None:
    assert len(wrong_with("<section><p role='x'>a</p></section><p role='y'>b</p>")) == 3
