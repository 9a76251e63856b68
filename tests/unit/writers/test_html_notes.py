"""Notes in the HTML: called in the text, said once, at the end on a screen and where they are called on pages."""

from __future__ import annotations

from dataclasses import replace

from reportgen.diagnostics import Location
from reportgen.document import (
    Cell,
    Column,
    CrossReference,
    Figure,
    Footnote,
    Image,
    Inlines,
    Link,
    Number,
    Placeholder,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
)
from reportgen.house import House
from reportgen.writers.html.elements import Medium
from tests.unit.writers.html_tree import one, rendered_blocks, words
from tests.unit.writers.sample_tree import bullets, cell, paragraph, text


def note(position: int, *content: Text | Link | Placeholder | CrossReference) -> Footnote:
    """A numbered note."""
    return Footnote(content or (Text(f"Says {position}."),), Number(str(position), "note", 0, position, str(position)))


def called(words_before: str, position: int) -> Inlines:
    """A text that calls a note."""
    return (Text(words_before), note(position))


def test_on_a_screen_a_mark_leads_to_the_note_at_the_end_and_the_note_back(house: House) -> None:
    body = rendered_blocks(
        paragraph((Text("Costs"), note(1, Text("See "), Link("https://e.org", "them")))), house=house
    )
    mark = one(body, ".//main//a")
    assert (words(mark), mark.get("role"), mark.get("class")) == ("1", "doc-noteref", "role-note-mark")
    line = one(body, "./section[@role='doc-endnotes']/ol/li")
    back = one(line, ".//a[@role='doc-backlink']")
    assert words(line) == "1 See them"
    assert (mark.get("href"), back.get("href")) == (f"#{line.get('id')}", f"#{mark.get('id')}")
    assert words(one(body, "./main")) == "Costs1"


def test_on_pages_a_note_stands_where_it_is_called_and_there_is_no_list(house: House) -> None:
    body = rendered_blocks(paragraph(called("Costs", 1)), house=house, medium=Medium.PAGES)
    mark, said = one(body, ".//p")
    assert (mark.tag, mark.get("href"), words(mark)) == ("a", f"#{said.get('id')}", "1")
    assert (said.get("class"), words(said)) == ("note role-note", "1 Says 1.")
    assert one(said, "./a").get("href") == f"#{mark.get('id')}"
    assert body.xpath(".//section | .//*[@role]") == []


def test_a_paper_without_notes_has_no_list_of_them(house: House) -> None:
    assert rendered_blocks(paragraph("x"), house=house).xpath(".//section") == []


def test_notes_are_listed_in_the_order_of_their_numbers_wherever_they_are_called(house: House) -> None:
    headers = (Column(called("A", 3), 0.5), Column(text("B"), 0.5))
    rows = RowGroup((Row((cell("x"), Cell((bullets((paragraph(called("y", 5)),)),)))),), called("G", 4))
    table = Table(called("T", 2), headers, (rows, replace(rows, rows=(), heading=called("H", 6))), show_caption=True)
    figure = Figure(Image("a.png", b"", "image/png", 10, 10), "A", called("F", 7))
    section = Section(called("Heading", 1), (table, figure))
    for medium in Medium:
        body = rendered_blocks(section, house=house, medium=medium)
        marks = body.xpath(".//main//a[@class='role-note-mark']")
        assert [words(mark) for mark in marks] == ["1", "2", "3", "4", "5", "6", "7"]
        targets = [mark.get("href").removeprefix("#") for mark in marks]
        said = body.xpath(".//li[@id] | .//span[@id]")
        assert [found.get("id") for found in said] == targets
        assert [words(found) for found in said] == [f"{place} Says {place}." for place in range(1, 8)]


def test_a_heading_that_calls_a_note_has_a_bookmark_without_it(house: House) -> None:
    section = Section(called("Costs", 1), (), number=Number("1.", "body", 0, 1, "1"))
    appendix = Section(
        called("Plan", 2), (), role="appendix", number=Number("Appendix 1", "appendix", 0, 1, "Appendix 1")
    )
    blocks = (paragraph(called("A paper", 3), "title"), section, appendix, Section(text("Plain"), ()))
    body = rendered_blocks(*blocks, house=house, medium=Medium.PAGES)
    headings = body.xpath(".//h1 | .//h2")
    assert [found.get("data-bookmark") for found in headings] == ["A paper", "1. Costs", "Appendix 1: Plan", None]


def test_a_note_holds_references_and_gaps(house: House) -> None:
    content = (CrossReference("there", Location(""), "2.1"), Placeholder("the cost", "finance"))
    body = rendered_blocks(paragraph((note(1, *content),)), house=house)
    line = one(body, ".//li")
    assert one(line, ".//a[@href='#there']").text == "2.1"
    assert one(line, ".//span[@class='role-gap']").text == "[the cost, from finance]"


def test_no_author_can_name_something_as_a_note_is_named(house: House) -> None:
    body = rendered_blocks(paragraph(called("x", 1)), house=house)
    names = body.xpath(".//*/@id")
    assert len(names) == 2
    assert all(name.endswith(".") for name in names), "names of the inputs end in a letter or a digit"
