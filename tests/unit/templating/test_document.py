"""Elements of report markup → nodes of the document tree."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems
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
)
from reportgen.house.styles import StyleSheet
from reportgen.templating.document import build_document
from reportgen.templating.markup import parse_elements
from tests.small import LOOK, record

METADATA = Metadata("T", "en-GB", "A", "2012-07-09", "final")
HERE = Location("the rendered markup", 1, 1)


def build(inside: str, problems: Problems) -> Document:
    report = parse_elements(f"<report>{inside}</report>", problems)
    assert report is not None, problems.found
    look = record(StyleSheet, LOOK.replace("$ink", '"#101010"').replace("$face", "Liberation Sans"))
    return build_document(report, METADATA, look, problems)


def built(inside: str) -> Document:
    problems = Problems()
    document = build(inside, problems)
    assert problems.found == []
    return document


def block(inside: str) -> Block:
    """The one block that some markup stands for."""
    (found,) = built(inside).body
    return found


def wrong_with(inside: str) -> list[str]:
    problems = Problems()
    build(inside, problems)
    assert all(one.hint for one in problems.found)
    return [f"{one.code} {one.location.line}:{one.location.column}" for one in problems.found]


def p(words: str, role: str = "body") -> Paragraph:
    return Paragraph((Text(words),), role)


# ---- The whole ----


def test_a_report_has_header_footer_front_body_and_appendices() -> None:
    document = built(
        "<header>H</header><footer>Page <page/> of <pages/></footer><front><p>f</p></front>"
        "<p>b</p><appendix anchor='a' landscape='yes'><heading>A</heading><p>c</p></appendix>"
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
    found = block(
        "<section anchor='x' role='part' numbered='no'><heading>H</heading>"
        "<section><heading>I</heading><p>a</p></section></section>"
    )
    assert found == Section((Text("H"),), (Section((Text("I"),), (p("a"),)),), "x", "part", numbered=False)


def test_a_paragraph_has_a_role_an_anchor_and_may_refuse_a_number() -> None:
    assert block("<p role='lead-in' anchor='x' numbered='no'>a</p>") == Paragraph(
        (Text("a"),), "lead-in", "x", numbered=False
    )


def test_lists_hold_items_and_items_hold_paragraphs_and_lists() -> None:
    inner = List((ListItem((p("c"),)),), ordered=True, role="options")
    assert block(
        "<list><item>a</item><item><p>b</p><list ordered='yes' role='options'><item>c</item></list></item></list>"
    ) == List((ListItem((p("a"),)), ListItem((p("b"), inner))))


def test_loose_text_beside_blocks_becomes_paragraphs_of_its_own() -> None:
    assert block("<list><item>a <em>b</em><list><item>c</item></list> d </item></list>") == List(
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
        "<column width='3'>A</column><column width='1'>B</column>"
        "<row><cell>1</cell><cell role='grade-1'>2</cell></row><row><cell>3</cell><cell/></row>"
        "<group><heading>G</heading><row><cell>4</cell><cell><p>5</p><p>6</p></cell></row></group></table>"
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
    columns = "".join(f"<column width='1'{align}>A</column>" for align in ("", " align='centre'", " align='right'"))
    found = block(f"<table><caption>C</caption>{columns}<row><cell/><cell/><cell/></row></table>")
    assert isinstance(found, Table)
    assert [column.align for column in found.columns] == ["", "centre", "right"]


def test_rows_after_a_headed_group_do_not_join_it() -> None:
    found = block(
        "<table><caption>C</caption><column width='1'>A</column>"
        "<group><heading>G</heading><row><cell>1</cell></row></group><row><cell>2</cell></row><row><cell>3</cell></row></table>"
    )
    assert isinstance(found, Table)
    assert [(group.heading, len(group.rows)) for group in found.groups] == [((Text("G"),), 1), ((), 2)]


def test_fields_stand_alone_or_in_rows() -> None:
    assert block(
        "<fields><field><label>L</label>v</field><row><field>a</field><field><label>M</label><p>b</p></field></row></fields>"
    ) == FieldList(((Field((Text("L"),), (p("v"),)),), (Field((), (p("a"),)), Field((Text("M"),), (p("b"),)))))


def test_a_scale_with_marks_of_two_times() -> None:
    written = (
        "<scale alt='A' anchor='grades'><caption>C</caption><step label='Good'/><step label='Bad'/>"
        "<judged label='L'><mark step='1' role='grade-1' words='2022'/>"
        "<mark step='2' role='grade-1' words='2018' earlier='yes'/></judged>"
        "<judged label='M' words='not graded'/></scale>"
    )
    marks = (ScaleMark(1, "grade-1", "2022"), ScaleMark(2, "grade-1", "2018", earlier=True))
    rows = (ScaleRow("L", marks), ScaleRow("M", (), "not graded"))
    assert block(written) == Figure(Scale(("Good", "Bad"), rows), "A", (Text("C"),), "grades")


def test_a_panel_a_chart_a_signature_and_a_page_break() -> None:
    assert block("<panel role='notice'><p>a</p></panel>") == Panel("notice", (p("a"),))
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
        "<p>a <strong>b <em>c</em></strong><br/><link href='https://e.org'> d </link> "
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


def test_prose_keeps_its_origin() -> None:
    found = block("<p origin='31:5:2:purpose.0:in/a.yaml'>x</p>")
    assert isinstance(found, Paragraph)
    assert found.origin == SourceRef(Location("in/a.yaml", 31, 5), "purpose.0", 2)
    phrase = block("<p>it is asked to <span role='phrase' origin='36:5:0:r.0:in/a.yaml'>note</span>.</p>")
    assert isinstance(phrase, Paragraph)
    assert phrase.content[1] == Span("phrase", (Text("note"),), SourceRef(Location("in/a.yaml", 36, 5), "r.0"))


def test_a_paragraph_without_text_is_kept_as_an_empty_one() -> None:
    assert block("<p> </p>") == Paragraph(())


# ---- Mistakes ----


@pytest.mark.parametrize(
    "inside",
    [
        "<section at='2:5:t'><p>no heading</p></section>",
        "<section at='2:5:t'><heading> </heading></section>",
        "<section role='chapter' at='2:5:t'><heading>H</heading></section>",
        "<p role='bodi' at='2:5:t'>x</p>",
        "<p numbered='maybe' at='2:5:t'>x</p>",
        "<p><span role='shout' at='2:5:t'>x</span></p>",
        "<panel role='warning' at='2:5:t'><p>x</p></panel>",
        "<table at='2:5:t'><column width='1'>A</column><row><cell>1</cell></row></table>",
        "<table role='grid' at='2:5:t'><caption>C</caption><column width='1'>A</column><row><cell/></row></table>",
        "<table at='2:5:t'><caption>C</caption><column width='1'>A</column></table>",
        "<table><caption>C</caption><column width='wide' at='2:5:t'>A</column><row><cell>1</cell></row></table>",
        "<table><caption>C</caption><column width='1' align='center' at='2:5:t'>A</column><row><cell/></row></table>",
        "<table><caption>C</caption><column width='1'>A</column><row at='2:5:t'><cell/><cell/></row></table>",
        "<table><caption>C</caption><column width='1'>A</column><row><cell role='grade-9' at='2:5:t'/></row></table>",
        "<fields><row at='2:5:t'/></fields>",
        "<fields><row at='2:5:t'><field/><field/><field/><field/></row></fields>",
        "<signature form='seal' at='2:5:t'/>",
        "<chart alt='A'><bar label='B'><segment label='S' value='many' role='grade-1' at='2:5:t'/></bar></chart>",
        "<chart alt='A'><bar label='B'><segment label='S' value='3' role='grade-7' at='2:5:t'/></bar></chart>",
    ],
)
def test_what_the_house_does_not_know_or_a_reader_could_not_use_is_an_error_at_its_element(inside: str) -> None:
    assert wrong_with(inside) == ["RG032 2:5"]


def test_a_table_without_columns_is_an_error_even_when_its_rows_are_empty() -> None:
    assert "RG032 2:5" in wrong_with("<table at='2:5:t'><caption>C</caption><row/></table>")


# They would reach the writers as shares that do not add up to 1.
@pytest.mark.parametrize("width", ["0", "-1", "nan", "inf", "1e400"])
def test_the_width_of_a_column_is_a_positive_share(width: str) -> None:
    columns = f"<column width='{width}' at='2:5:t'>A</column><column width='1'>B</column>"
    assert wrong_with(f"<table><caption>C</caption>{columns}<row><cell/><cell/></row></table>") == ["RG032 2:5"]


def test_an_unknown_role_is_told_with_the_nearest_known_one() -> None:
    problems = Problems()
    build("<p role='leadin'>x</p>", problems)
    assert problems.found[0].hint == "did you mean 'lead-in'?"


def test_every_mistake_is_told() -> None:
    assert len(wrong_with("<section><p role='x'>a</p></section><p role='y'>b</p>")) == 3
