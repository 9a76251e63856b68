"""Where each text came from: marks in the Word file that change nothing of what is seen, and the list behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from reportgen.document import Cell, Column, ListItem, Panel, Row, RowGroup, Section, Table, Text
from reportgen.writers.docx.controls import file_of
from reportgen.writers.docx.passages import lines_of, paragraphs_of, passage_texts
from tests.unit.readback.worked_on_tree import (
    NAMES,
    find,
    found,
    line,
    paper,
    phrase,
    prose,
    root_of,
    words,
    worked_on_paper,
)
from tests.unit.writers.sample_tree import bullets, cell, paragraph, table_of, text

ORIGINS = "customXml/item2.xml"
MARKS = "//w:sdt[starts-with(w:sdtPr/w:tag/@w:val, 'rg-')]"


def marked(root: etree._Element) -> list[tuple[str, str]]:
    """What each mark encloses: the names of the elements, and the words."""
    return [
        (" ".join(etree.QName(child).localname for child in content), words(content))
        for content in find(root, f"{MARKS}/w:sdtContent")
    ]


def origins(root: etree._Element) -> list[tuple[str, str]]:
    """File and key of each origin."""
    return [(found(one, "o:file/text()")[0], found(one, "o:key/text()")[0]) for one in find(root, "o:origin")]


# ---- Marks ----


def test_the_paragraphs_of_a_text_stand_in_one_control() -> None:
    one, two = prose(paragraph("One."), "a"), prose(paragraph("Two."), "a", 1)
    root = root_of(paper(one, two, paragraph("The house's.")))
    assert marked(root) == [("p p", "One.Two.")]


def test_two_texts_stand_in_two_controls() -> None:
    root = root_of(paper(prose(paragraph("One."), "a"), prose(paragraph("Two."), "b"), paragraph("The house's.")))
    assert [content for _, content in marked(root)] == ["One.", "Two."]
    assert len(set(found(root, f"{MARKS}/w:sdtPr/w:tag/@w:val"))) == 2


def test_a_paragraph_of_the_houses_between_them_is_not_marked() -> None:
    one, two = prose(paragraph("One."), "a"), prose(paragraph("Two."), "a", 1)
    root = root_of(paper(one, paragraph("The house's."), two, paragraph("End.")))
    assert [content for _, content in marked(root)] == ["One.", "Two."]
    assert len(set(found(root, f"{MARKS}/w:sdtPr/w:tag/@w:val"))) == 1


def test_a_table_and_a_list_are_part_of_their_text_with_the_room_between_two_tables() -> None:
    blocks = [prose(table_of(1), "a"), prose(replace(table_of(1), show_caption=False), "a", 1)]
    root = root_of(paper(*blocks, prose(bullets("x", "y"), "a", 2), paragraph("End.")))
    assert [names for names, _ in marked(root)] == ["p tbl p tbl p p"]


def test_the_items_of_a_list_may_be_texts_of_their_own() -> None:
    items = tuple(ListItem((prose(paragraph(words), f"purpose.{place}"),)) for place, words in enumerate("xy"))
    root = root_of(paper(replace(bullets(), items=items), paragraph("End.")))
    assert [content for _, content in marked(root)] == ["x", "y"]


def test_a_text_in_a_panel_is_marked() -> None:
    root = root_of(paper(Panel("notice", (prose(paragraph("x"), "a"),)), paragraph("End.")))
    assert [content for _, content in marked(root)] == ["x"]


def test_a_phrase_is_marked_within_its_sentence() -> None:
    root = root_of(paper(line(Text("asked to "), phrase("note the outcome", "recommendations.0.text"), Text("."))))
    assert marked(root) == [("r", "note the outcome")]
    assert words(find(root, "//w:p")[0]) == "asked to note the outcome."


def test_a_text_that_a_section_ends_with_is_marked_within_its_paragraph() -> None:
    wide = Section(text("Wide"), (paragraph("x"),), role="appendix", landscape=True)
    texts = (prose(paragraph("One."), "a"), prose(paragraph("Two."), "a", 1))
    root = root_of(paper(*texts, appendices=(wide,)))
    assert find(root, "//w:sdtContent//w:sectPr") == []
    assert marked(root) == [("p", "One."), ("r", "Two.")]
    assert len(find(root, "//w:body/w:p[w:pPr/w:sectPr]")) == 1


def test_a_cell_ends_with_a_paragraph_and_not_with_a_control() -> None:
    texts = (prose(paragraph("One."), "a"), prose(paragraph("Two."), "a", 1))
    rows = (Row((Cell(texts), Cell((prose(bullets("x", "y"), "b"),)), cell("z"))),)
    columns = tuple(Column(text(head), share) for head, share in (("1", 0.4), ("2", 0.4), ("3", 0.2)))
    root = root_of(paper(Table(text("T"), columns, (RowGroup(rows),))))
    assert {etree.QName(one[-1]).localname for one in find(root, "//w:tc")} == {"p"}
    assert [content for _, content in marked(root)] == ["One.", "Two.", "x", "y"]


def test_the_marks_do_not_show() -> None:
    assert set(found(root_of(worked_on_paper()), f"{MARKS}/w:sdtPr/w15:appearance/@w15:val")) == {"hidden"}


def test_a_mark_has_a_short_tag_and_says_in_words_what_it_is() -> None:
    key = "sections.12." + "text." * 30
    (properties,) = find(root_of(paper(prose(paragraph("x"), key), paragraph("End."))), f"{MARKS}/w:sdtPr")
    (title,) = found(properties, "w:alias/@w:val")
    assert title.startswith("reports/slac-2011: sections.12.text")
    assert len(title) <= 64
    assert len(found(properties, "w:tag/@w:val")[0]) == 19


def test_marks_change_nothing_but_the_marks() -> None:
    def unmarked(root: etree._Element) -> bytes:
        for control in find(root, MARKS):
            parent = control.getparent()
            assert parent is not None
            place = parent.index(control)
            parent[place : place + 1] = find(control, "w:sdtContent/*")
        return etree.tostring(root, method="c14n")

    document = paper(prose(paragraph("One."), "a"), prose(bullets("x", "y"), "a", 1), prose(table_of(2), "b"))
    plain = paper(paragraph("One."), bullets("x", "y"), table_of(2))
    etree.cleanup_namespaces(with_marks := root_of(document))
    etree.cleanup_namespaces(without := root_of(plain))
    with_marks.attrib.clear()
    assert words(with_marks) == words(without)
    assert [one.tag for one in etree.fromstring(unmarked(with_marks)).iter()] == [one.tag for one in without.iter()]


# ---- The list ----


def test_the_list_says_which_file_and_key_each_text_came_from() -> None:
    root = root_of(worked_on_paper(), ORIGINS)
    assert found(root, "o:paper/text()") == ["durham/slac-2011"]
    assert origins(root) == [
        ("durham/reports/slac-2011.yaml", key)
        for key in (
            "sections.0.text",
            "recommendations.0.text",
            "sections.1.text",
            "sections.2.text",
            "implications.0.text",
            "implications.1.text",
            "sections.3.text",
            "appendices.0.text",
        )
    ]


def test_every_mark_is_in_the_list_and_the_other_way_round() -> None:
    document = worked_on_paper()
    assert set(found(root_of(document), f"{MARKS}/w:sdtPr/w:tag/@w:val")) == set(
        found(root_of(document, ORIGINS), "//o:tag/text()")
    )


def test_the_list_holds_no_text_that_could_outlive_its_deletion() -> None:
    listed = etree.tostring(root_of(worked_on_paper(), ORIGINS), encoding="unicode")
    assert "First paragraph" not in listed
    assert "note the outcome" not in listed
    assert "Background" not in listed


def test_the_list_has_every_line_of_the_document_with_the_texts_that_it_belongs_to() -> None:
    sentence = line(Text("asked to "), phrase("note", "b"), Text("."))
    root = root_of(paper(prose(paragraph("One."), "a"), sentence, paragraph("End.")), "customXml/item1.xml")
    tags = found(root, "o:origin/o:tag/text()")
    lines = find(root, "o:line")
    assert [found(one, "o:tags/text() | o:phrases/text()") for one in lines] == [[tags[0]], [tags[1]], []]
    assert [one.findtext("{*}said") == one.findtext("{*}own") for one in lines] == [True, False, True]


def test_the_contents_are_no_lines_though_their_field_spans_paragraphs() -> None:
    names = f'xmlns:w="{NAMES["w"]}"'
    body = etree.fromstring(
        f'<w:body {names}><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>One</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>Two</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:r><w:t>Three</w:t></w:r></w:p></w:body>"
    )
    assert [one.text for one in lines_of(body)] == ["Three"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("inputs/durham/reports/a.yaml", "durham/reports/a.yaml"),
        ("/home/officer/papers/inputs/durham/reports/a.yaml", "durham/reports/a.yaml"),
        ("reports/a.yaml", "durham/reports/a.yaml"),
        ("../action-plans/a.yaml", "durham/action-plans/a.yaml"),
        ("a.yaml", "durham/reports/a.yaml"),
        ("./a.yaml", "durham/reports/a.yaml"),
        ("../../durham/inspections/a.yaml", "durham/inspections/a.yaml"),
    ],
)
def test_a_file_is_named_from_the_folder_above_the_councils_wherever_the_command_ran(path: str, named: str) -> None:
    assert file_of(path, "durham/slac-2011") == named


def test_the_same_paper_made_from_elsewhere_has_the_same_marks() -> None:
    def made(path: str) -> tuple[list[str], list[tuple[str, str]]]:
        document = paper(prose(paragraph("x"), "a", path=path), paragraph("End."))
        return found(root_of(document), f"{MARKS}/w:sdtPr/*/@w:val"), origins(root_of(document, "customXml/item1.xml"))

    assert made("inputs/durham/reports/a.yaml") == made("/srv/inputs/durham/reports/a.yaml") == made("reports/a.yaml")


# ---- What a text says ----


def said(runs: str) -> list[str]:
    body = f'<w:body xmlns:w="{NAMES["w"]}"><w:p>{runs}</w:p></w:body>'
    return paragraphs_of(etree.fromstring(body))


def field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    first, second = instruction[:3], instruction[3:]  # as Word splits it
    code = f"<w:r><w:instrText>{first}</w:instrText></w:r><w:r><w:instrText>{second}</w:instrText></w:r>"
    return f"{begin}{code}{separate}<w:r><w:t>{result}</w:t></w:r>{end}"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>one </w:t></w:r><w:r><w:t>word</w:t></w:r>", "one word"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        ("<w:r><w:t>co</w:t><w:softHyphen/><w:t>op\u00ad</w:t><w:noBreakHyphen/><w:t>x\u2011y</w:t></w:r>", "coop-x-y"),
        ("<w:r><w:t>a\u00a0b  \n c</w:t></w:r>", "a b c"),
        (f"<w:r><w:t>see </w:t></w:r>{field(' REF _Ref1 ', '4.2')}<w:r><w:t>.</w:t></w:r>", "see ."),
        (f"{field(' PAGEREF _Ref1 ', '7')}<w:r><w:t>x</w:t></w:r>", "x"),
        (field(' HYPERLINK "https://x" ', "a link"), "a link"),
        ('<w:fldSimple w:instr=" REF a "><w:r><w:t>4.2</w:t></w:r></w:fldSimple><w:r><w:t>x</w:t></w:r>', "x"),
        ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "linked"),
        ("<w:ins><w:r><w:t>put in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>", "put in"),
        ("<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>to</w:t></w:r></w:moveTo>", "to"),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>", ""),
    ],
)
def test_a_text_says_what_its_reader_sees_but_for_what_word_counts_and_officers_enter(runs: str, text: str) -> None:
    assert said(runs) == ([text] if text else [])


def test_a_field_that_is_broken_off_breaks_nothing() -> None:
    assert said('<w:r><w:fldChar w:fldCharType="end"/><w:t>a</w:t></w:r>') == ["a"]


def test_the_parts_of_a_text_are_read_in_order_wherever_they_stand() -> None:
    texts = passage_texts([root_of(worked_on_paper())])
    assert "First paragraph of the author.\nCosts\n2012\nPosts\n£10\none\ntwo\ndeep" in texts.values()
    assert "The last text but one.\nThe last text before the page turns." in texts.values()
    assert "None.\nOr few." in texts.values()
    assert "See above." in texts.values()


def test_both_editions_of_the_standard_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    counted = '<w:fldSimple w:instr="REF a"><w:r><w:t>4</w:t></w:r></w:fldSimple>'
    body = etree.fromstring(f'<w:p xmlns:w="{strict}">{counted}<w:r><w:t>x</w:t></w:r></w:p>')
    assert paragraphs_of(body) == ["x"]


def test_no_mark_encloses_nothing() -> None:
    root = root_of(paper(line(replace(phrase("x", "a"), content=())), prose(paragraph(()), "b")))
    assert find(root, MARKS) == []
