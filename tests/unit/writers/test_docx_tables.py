"""Tables, field lists and signatures in Word."""

from __future__ import annotations

from lxml import etree

from reportgen.document import Block, Cell, Column, Field, FieldList, Row, RowGroup, Signature, SignatureLine, Table
from reportgen.house import House
from reportgen.house.styles import CellStyle, TableStyle
from tests.unit.writers.sample_tree import bullets, cell, document_of, paragraph, table_of, text
from tests.unit.writers.word import HOUSE, attribute, find, part

TEXT_WIDTH = "9071"
"""160 mm in twips."""


def body_of(*blocks: Block, house: House = HOUSE) -> etree._Element:
    return part(document_of(*blocks), house=house)


def words(element: etree._Element) -> str:
    return "".join(attribute(element, ".//w:t/text()"))


def grouped() -> Table:
    columns = (Column(text("Area"), 0.25), Column(text("Grade"), 0.75))
    groups = (RowGroup((Row((cell("a"), cell("Good", "grade-2"))),), text("Safeguarding")),)
    return Table(text("Judgements"), columns, groups)


def test_the_text_of_a_column_stands_where_its_author_says_in_head_and_rows_alike() -> None:
    columns = tuple(Column(text(f"head {align}"), 0.25, align) for align in ("", "left", "centre", "right"))
    row = Row(tuple(Cell((paragraph(f"1 {name}"), paragraph(f"2 {name}"))) for name in "abcd"))
    root = body_of(Table(text("t"), columns, (RowGroup((row,), text("Group")),)))
    stand = {words(one): attribute(one, "w:pPr/w:jc/@w:val") for one in find(root, "//w:tbl//w:p")}
    assert stand.pop("Group") == []
    assert stand == {
        **{"head ": [], "1 a": [], "2 a": []},
        **{"head left": ["left"], "1 b": ["left"], "2 b": ["left"]},
        **{"head centre": ["center"], "1 c": ["center"], "2 c": ["center"]},
        **{"head right": ["right"], "1 d": ["right"], "2 d": ["right"]},
    }


def test_the_header_row_is_repeated_on_every_page_and_no_row_is_split() -> None:
    rows = find(body_of(table_of(3)), "//w:tr")
    assert [len(find(row, "w:trPr/w:tblHeader")) for row in rows] == [1, 0, 0, 0]
    assert [len(find(row, "w:trPr/w:cantSplit")) for row in rows] == [1, 1, 1, 1]


def test_a_table_says_which_of_its_cells_are_headers() -> None:
    both = body_of(grouped())
    neither = body_of(Table(text("c"), (Column(text("h"), 1.0),), (RowGroup((Row((cell("a"),)),)),), row_headers=False))
    assert (attribute(both, "//w:tblLook/@w:val"), attribute(both, "//w:tblLook/@w:firstColumn")) == (["06A0"], ["1"])
    assert (attribute(neither, "//w:tblLook/@w:val"), attribute(neither, "//w:tblLook/@w:firstColumn")) == (
        ["0620"],
        ["0"],
    )


def test_a_table_has_its_caption_for_those_who_cannot_see_it_whether_shown_or_not() -> None:
    hidden, shown = body_of(grouped()), body_of(table_of(1))
    assert attribute(hidden, "//w:tblCaption/@w:val") == ["Judgements"]
    assert "Judgements" not in words(hidden)
    assert attribute(shown, "//w:tblCaption/@w:val") == ["Actions"]
    caption = find(shown, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")[0]
    assert (words(caption), len(find(caption, "w:pPr/w:keepNext"))) == ("Actions", 1)


def test_columns_have_their_shares_of_the_texts_width() -> None:
    root = body_of(grouped())
    assert attribute(root, "//w:tblW/@w:w") == [TEXT_WIDTH]
    assert attribute(root, "//w:tblLayout/@w:type") == ["fixed"]
    assert attribute(root, "//w:gridCol/@w:w") == ["2268", "6803"]


def test_the_heading_of_a_group_spans_all_columns_and_stays_with_the_next_row() -> None:
    heading = find(body_of(grouped()), "//w:tr[2]")[0]
    assert words(heading) == "Safeguarding"
    assert attribute(heading, "w:tc/w:tcPr/w:gridSpan/@w:val") == ["2"]
    assert len(find(heading, ".//w:keepNext")) == 1
    assert len(find(heading, "w:tc/w:tcPr/w:shd")) == 1


def test_a_cell_with_a_role_has_its_look() -> None:
    look = HOUSE.stylesheet.model_copy(
        update={"cells": {"grade-2": CellStyle(background="#00ff00", colour="#0000ff", bold=True)}}
    )
    root = body_of(grouped(), house=House(HOUSE.config, look, HOUSE.templates, HOUSE.page_css, HOUSE.location))
    graded = next(one for one in find(root, "//w:tc") if words(one) == "Good")
    assert attribute(graded, "w:tcPr/w:shd/@w:fill") == ["00FF00"]
    assert attribute(graded, ".//w:r/w:rPr/w:color/@w:val") == ["0000FF"]
    assert len(find(graded, ".//w:r/w:rPr/w:b[not(@w:val)]")) == 1


def test_text_and_lists_in_cells_take_the_cells_style() -> None:
    holds = Cell((paragraph("words"), bullets("item")))
    root = body_of(Table(text("c"), (Column(text("h"), 1.0),), (RowGroup((Row((holds,)),)),)))
    assert attribute(root, "//w:tr[2]//w:pStyle/@w:val") == ["TableText", "TableText"]


def test_an_empty_cell_holds_an_empty_paragraph() -> None:
    root = body_of(Table(text("c"), (Column(text("h"), 1.0),), (RowGroup((Row((Cell(()),)),)),)))
    assert len(find(root, "//w:tr[2]/w:tc/w:p")) == 1


def rows_of(*texts: str, columns: int = 2, groups: int = 1) -> Table:
    """A table with a row for each text, the text in its last cell."""
    heads = tuple(Column(text(f"Column {place}"), 1 / columns) for place in range(columns))
    rows = tuple(Row((*(cell("R") for _ in range(columns - 1)), cell(words))) for words in texts)
    return Table(text("t"), heads, tuple(RowGroup(rows, text(f"Group {place}")) for place in range(groups)))


def may_break(root: etree._Element) -> list[bool]:
    """For each row, whether it may break over pages."""
    return [not find(row, "w:trPr/w:cantSplit") for row in find(root, "//w:tr")]


def test_only_a_row_that_is_higher_than_half_a_page_may_break_over_pages() -> None:
    sentence = "The lead officer reviews the plan with partners every month. "
    root = body_of(rows_of("short", sentence * 20, sentence * 60, "short"))
    assert may_break(root) == [False, False, False, False, True, False]


def test_how_high_a_row_is_follows_from_the_width_of_its_cells() -> None:
    words = "The lead officer reviews the plan with partners every month. " * 15
    assert may_break(body_of(rows_of(words)))[-1] is False
    assert may_break(body_of(rows_of(words, columns=8)))[-1] is True


def test_a_row_of_fields_may_break_too_if_a_value_is_that_high() -> None:
    recommendations = bullets(
        *("Note the outcome of the inspection and the action plan of the council. " for _ in range(40))
    )
    fields = FieldList(((field("Report of", "Director"),), (Field(text("Recommendation"), (recommendations,)),)))
    assert may_break(body_of(fields)) == [False, True]


def test_many_short_paragraphs_make_a_high_row_too() -> None:
    holds = Cell((bullets(*("item" for _ in range(60))),))
    table = Table(text("t"), (Column(text("h"), 1.0),), (RowGroup((Row((holds,)),)),))
    assert may_break(body_of(table)) == [False, True]


def stays_with_next(root: etree._Element) -> list[bool]:
    """For each row, whether all its paragraphs stay with what is below."""
    return [all(find(one, "w:pPr/w:keepNext") for one in find(row, ".//w:p")) for row in find(root, "//w:tr")]


def test_a_short_table_stands_on_one_page() -> None:
    assert stays_with_next(body_of(rows_of(*"abcd"))) == [True] * 5 + [False]


def test_a_long_table_begins_with_two_rows_at_least_below_its_header() -> None:
    assert stays_with_next(body_of(rows_of(*"abcdefghij")))[:5] == [True, True, False, False, False]


def test_the_heading_of_a_group_stays_with_the_first_row_of_the_group() -> None:
    found = stays_with_next(body_of(rows_of(*"abcdefgh", groups=2)))
    assert [place for place, stays in enumerate(found) if stays] == [0, 1, 10]


def test_a_table_of_few_but_high_rows_does_not_leave_a_page_empty_to_stay_together() -> None:
    sentence = "The lead officer reviews the plan with partners every month. "
    half_a_page = body_of(rows_of(*(sentence * 8 for _ in range(4))))
    assert stays_with_next(half_a_page) == [True, True, False, False, False, False]
    high = body_of(rows_of(*(sentence * 15 for _ in range(5))))
    assert stays_with_next(high) == [True, True, False, False, False, False, False]
    higher = body_of(rows_of(*(sentence * 60 for _ in range(5))))
    assert stays_with_next(higher) == [True, True, False, False, False, False, False]


def test_a_table_of_twelve_columns_is_as_wide_as_the_text() -> None:
    root = body_of(rows_of("Responsibilities", columns=12))
    widths = list(map(int, attribute(root, "//w:gridCol/@w:w")))
    assert (len(widths), sum(widths)) == (12, int(TEXT_WIDTH))
    assert attribute(root, "//w:tblLayout/@w:type") == ["fixed"]


def test_two_tables_in_a_row_stay_two_and_the_last_is_followed_by_a_paragraph() -> None:
    body = find(body_of(grouped(), grouped()), "w:body")[0]
    assert [etree.QName(child).localname for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_space_around_a_table_is_in_the_paragraphs_beside_it() -> None:
    style = HOUSE.stylesheet.tables["data"].model_copy(update={"space_before": 20.0, "space_after": 30.0})
    look = HOUSE.stylesheet.model_copy(update={"tables": {"data": style}})
    house = House(HOUSE.config, look, HOUSE.templates, HOUSE.page_css, HOUSE.location)
    root = body_of(paragraph("above"), grouped(), paragraph("below"), house=house)
    assert attribute(root, "w:body/w:p[1]/w:pPr/w:spacing/@w:after") == ["400"]
    assert attribute(root, "w:body/w:p[2]/w:pPr/w:spacing/@w:before") == ["600"]


# ---- Field lists ----


def field(label: str, value: str) -> Field:
    return Field(text(label) if label else (), (paragraph(value),))


def test_a_field_list_has_labels_as_row_headers_and_no_header_row() -> None:
    root = body_of(FieldList(((field("Report of", "Director"),),)))
    assert attribute(root, "//w:tblLook/@w:val") == ["0680"]
    assert find(root, "//w:tblHeader") == []
    assert [(words(one), attribute(one, "w:p/w:pPr/w:pStyle/@w:val")) for one in find(root, "//w:tc")] == [
        ("Report of", ["FieldLabel"]),
        ("Director", ["FieldValue"]),
    ]


def test_rows_of_different_lengths_meet_in_one_grid() -> None:
    root = body_of(FieldList(((field("A", "1"), field("B", "2")), (field("C", "3"),), (field("", "4"),))))
    rows = find(root, "//w:tr")
    columns = list(map(int, attribute(root, "//w:gridCol/@w:w")))
    for row in rows:
        assert sum(map(int, attribute(row, "w:tc/w:tcPr/w:tcW/@w:w"))) == sum(columns) == int(TEXT_WIDTH)
        spans = [int((attribute(one, "w:tcPr/w:gridSpan/@w:val") or ["1"])[0]) for one in find(row, "w:tc")]
        assert sum(spans) == len(columns)
    assert [words(one) for one in find(rows[2], "w:tc")] == ["4"]


def test_values_stand_at_the_right_edge_from_the_field_that_the_look_names() -> None:
    look = HOUSE.stylesheet.model_copy(update={"tables": {"fields": TableStyle(right_from=2), "data": TableStyle()}})
    house = House(HOUSE.config, look, HOUSE.templates, HOUSE.page_css, HOUSE.location)
    root = body_of(FieldList(((field("A", "left"), field("B", "right")),)), house=house)
    assert [words(one) for one in find(root, "//w:p[w:pPr/w:jc/@w:val='right']")] == ["right"]


# ---- Signatures ----


def test_a_tick_box_says_who_has_signed() -> None:
    lines = (
        SignatureLine("Chief Executive", signed=True),
        SignatureLine("Monitoring Officer", "Ann Thorne", "Solicitor"),
    )
    root = body_of(Signature("box", lines))
    assert [words(one) for one in find(root, "//w:p")] == [
        "☒ Chief Executive",
        "☐ Monitoring Officer – Ann Thorne, Solicitor",
    ]


def test_the_line_to_sign_on_is_a_border_and_no_empty_paragraph() -> None:
    first, second = find(body_of(Signature("line", (SignatureLine("", "Jo Bold", "Head of Service"),))), "//w:p")
    assert (words(first), words(second)) == ("Jo Bold", "Head of Service")
    assert attribute(first, "w:pPr/w:pBdr/w:top/@w:val") == ["dotted"]
    assert attribute(first, "w:pPr/w:ind/@w:right") == ["5102"]  # 160 − 70 millimetres
    assert all(find(one, "w:pPr/w:keepNext") for one in (first, second))
