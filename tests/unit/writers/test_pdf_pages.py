"""What only pages have: their numbers in contents and references, footnotes, the word across each of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportgen.document import (
    Block,
    Cell,
    Column,
    Contents,
    Document,
    PageBreak,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Signature,
    SignatureLine,
    Table,
    Text,
)
from reportgen.house import House
from reportgen.writers import pdf
from reportgen.writers.failures import NotesTooLong
from tests.documents.layout import read_layout
from tests.documents.reading import squeeze
from tests.pdf_rules import pages_of_anchors
from tests.pdf_tree import read_tree
from tests.unit.writers.sample_tree import cell, document_of, paragraph, text
from tests.unit.writers.structured_tree import (
    WORDS,
    captioned_table,
    finished,
    note,
    paper_of,
    reference,
    section,
    structured_paper,
)

pytestmark = pytest.mark.slow

POINTS_PER_MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def laid_out(house: House) -> pdf.LaidOut:
    return pdf.lay_out(replace(finished(structured_paper()), watermark="DRAFT"), house)


@pytest.fixture(scope="module")
def written(laid_out: pdf.LaidOut) -> bytes:
    return laid_out.to_bytes()


def lines_on(written: bytes, page: int) -> list[str]:
    """The lines of a page, with single spaces."""
    found = pypdfium2.PdfDocument(written)[page].get_textpage().get_text_range()
    return [" ".join(line.split()) for line in found.splitlines()]


# ---- One layout ----


def test_one_layout_gives_the_numbers_of_pages_and_the_pdf(laid_out: pdf.LaidOut, written: bytes, house: House) -> None:
    assert pdf.write(replace(finished(structured_paper()), watermark="DRAFT"), house) == written
    assert laid_out.page_count == len(pypdfium2.PdfDocument(written))
    assert laid_out.pages == pages_of_anchors(written)
    assert {"summary", "grades", "change", "found", "hidden", "plan", "wide"} <= laid_out.pages.keys()


def test_a_layout_can_be_written_more_than_once(laid_out: pdf.LaidOut, written: bytes) -> None:
    assert laid_out.to_bytes() == written


def test_what_runs_over_pages_stands_on_its_first(house: House) -> None:
    table = replace(captioned_table("Long", "long", rows=80), show_caption=False)
    over_pages = Paragraph(text(WORDS * 100), anchor="words")
    laid_out = pdf.lay_out(paper_of(table, over_pages), house)
    assert laid_out.page_count > 3
    assert laid_out.pages["long"] == "1"
    assert int(laid_out.pages["words"]) < laid_out.page_count


def test_the_numbers_that_are_filled_in_change_nothing_on_the_pages(house: House) -> None:
    unfilled = finished(structured_paper(), page="")
    assert pdf.write(finished(structured_paper(), page="888"), house) == pdf.write(unfilled, house)


# ---- Contents and references ----


def long_contents(house: House) -> Document:
    title = "A section whose title is so long that it runs over the end of its line in the contents, and is not cut"
    sections = [section(title if place % 7 == 3 else f"Part {place}", paragraph(WORDS * 12)) for place in range(1, 60)]
    front = (paragraph("A paper", "title"), Contents(text("Contents"), 1))
    return finished(replace(paper_of(*sections), front=front), house)


def test_the_contents_print_the_page_of_each_section_at_the_right_edge(house: House) -> None:
    document = long_contents(house)
    laid_out = pdf.lay_out(document, house)
    made = laid_out.to_bytes()
    (contents,) = (block for block in document.front if isinstance(block, Contents))
    lines = [squeeze(node.text) for node in read_tree(made).all("TOCI")]
    assert lines == [squeeze(f"{one.number}{one.text}{laid_out.pages[one.target]}") for one in contents.entries]
    right = house.stylesheet.page.width - house.stylesheet.page.margin_right
    ends = ends_of_lines(made, 0)
    assert len(ends) > 20
    assert ends == pytest.approx([right] * len(ends), abs=0.7)


def ends_of_lines(made: bytes, page: int) -> list[float]:
    """Where the lines with dots end, in millimetres from the left edge."""
    found = pypdfium2.PdfDocument(made)[page].get_textpage()
    ends, begin = [], 0
    for line in found.get_text_range().splitlines(keepends=True):
        if ". . ." in line:
            ends.append(found.get_charbox(begin + len(line.rstrip()) - 1)[2] / POINTS_PER_MILLIMETRE)
        begin += len(line)
    return ends


def test_a_reference_prints_the_page_of_what_it_refers_to(house: House) -> None:
    far = section("Far", paragraph(WORDS * 120), Paragraph(text("here"), anchor="here"))
    document = finished(paper_of(section("Near", Paragraph((Text("See page "), reference("here", "page")))), far))
    laid_out = pdf.lay_out(document, house)
    assert int(laid_out.pages["here"]) > 1
    assert f"See page {laid_out.pages['here']}" in " ".join(lines_on(laid_out.to_bytes(), 0))


def test_bookmarks_hold_sections_only_and_no_notes(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)).open_outline() as outline:
        (title,) = outline.root
        assert [one.title for one in title.children][:2] == ["1 Summary", "2 Grades"]
        assert "Contents" not in [one.title for one in title.children]


# ---- Notes ----


def test_a_note_is_printed_at_the_foot_of_the_page_that_calls_it(house: House) -> None:
    called = Paragraph((Text("Costs"), note(Text("In pounds."))))
    made = pdf.write(finished(paper_of(called, *[paragraph(WORDS)] * 60)), house)
    first = lines_on(made, 0)
    assert first[0] == "Costs1"
    assert first[-2:] == ["1", "In pounds."]  # PDFium takes the raised number for a line
    assert "pounds" not in " ".join(lines_on(made, 1))


def test_the_numbers_of_notes_are_raised_and_push_no_lines_apart(house: House, tmp_path: Path) -> None:
    """WeasyPrint's own call, of which nothing is printed, would make a line of a small role a point higher."""
    called = Paragraph((Text("two"), note(Text("In pounds."))), "cell")
    lines = (paragraph("one", "cell"), called, paragraph("three", "cell"))
    made = tmp_path / "made.pdf"
    made.write_bytes(pdf.write(finished(paper_of(*lines)), house))
    words = read_layout(made).words
    at = {word.text: word for word in words}
    assert at["three"].baseline - at["two"].baseline == pytest.approx(at["two"].baseline - at["one"].baseline, abs=0.01)
    mark, number = (word for word in words if word.text == "1")
    for raised, beside in ((mark, at["two"]), (number, at["pounds."])):
        assert raised.size == pytest.approx(0.7 * beside.size, abs=0.01)
        assert beside.baseline - raised.baseline == pytest.approx(0.35 * beside.size * 25.4 / 72, abs=0.01)


def test_several_notes_stand_on_one_page_in_their_order(house: House) -> None:
    # WeasyPrint moved each of them to a page of its own when the room at the foot was reckoned too exactly.
    for lines in range(0, 12):
        calls = [Paragraph((Text("Costs"), note(Text(f"Note {place}.")))) for place in range(1, 5)]
        laid_out = pdf.lay_out(finished(paper_of(*[paragraph("line")] * lines, *calls)), house)
        assert laid_out.page_count == 1
        at_foot = " ".join(lines_on(laid_out.to_bytes(), 0)[-8:])
        assert at_foot == " ".join(f"{place} Note {place}." for place in range(1, 5))


@pytest.mark.parametrize("where", ["paragraph", "caption", "header", "first row", "last row"])
def test_a_note_at_the_end_of_a_page_does_not_leave_what_calls_it(house: House, where: str) -> None:
    calling = (Text("Costs " * 30), note(Text("In pounds.")))
    for lines in range(24, 40):
        laid_out = pdf.lay_out(finished(paper_of(*[paragraph("line")] * lines, *called_from(where, calling))), house)
        pages = {name: page for name, page in laid_out.pages.items() if name.startswith("note-")}
        assert len(pages) == 2
        assert len(set(pages.values())) == 1, f"after {lines} lines: {pages}"


def called_from(where: str, calling: tuple[Text, object]) -> tuple[object, ...]:
    """Blocks of which one calls a note."""
    short = (Text("Costs"), calling[1])
    table = captioned_table("Costs", rows=4)
    rows = list(table.groups[0].rows)
    match where:
        case "paragraph":
            return (Paragraph(calling), paragraph(WORDS))
        case "caption":
            return (replace(table, caption=short),)
        case "header":
            return (replace(table, columns=(Column(short, 1 / 3), *table.columns[1:])),)
        case "first row" | "last row":
            place = 0 if where == "first row" else -1
            rows[place] = Row((Cell((Paragraph(short),)), *rows[place].cells[1:]))
            return (replace(table, groups=(RowGroup(tuple(rows)),)),)
    raise ValueError(where)


def test_a_note_may_take_most_of_a_page_but_not_more_than_one(house: House) -> None:
    def with_note(lines: int) -> Document:
        return finished(paper_of(Paragraph((Text("Costs"), note(Text("In pounds.")), note(Text(WORDS * lines))))))

    assert pdf.lay_out(with_note(45), house).pages["note-2."] == "1"
    with pytest.raises(NotesTooLong) as refused:
        pdf.lay_out(with_note(100), house)
    assert refused.value.numbers == ("2",)


def test_many_notes_take_as_many_pages_as_they_need(house: House) -> None:
    document = finished(paper_of(*[Paragraph((Text("Costs"), note(Text(WORDS * 2)))) for _ in range(80)]))
    laid_out = pdf.lay_out(document, house)
    assert laid_out.page_count >= 4
    marks = {name: page for name, page in laid_out.pages.items() if name.startswith("note-mark-")}
    assert len(marks) == 80
    assert all(laid_out.pages[name.replace("mark-", "")] == page for name, page in marks.items())


def test_a_note_in_a_header_row_is_printed_once_however_often_the_row_is(house: House) -> None:
    columns = (Column((Text("Ref"), note(Text("Of the plan."))), 1.0),)
    table = replace(
        captioned_table("Plan"), columns=columns, groups=(RowGroup(tuple(Row((cell("x"),)) for _ in range(90))),)
    )
    made = pdf.write(finished(paper_of(table)), house)
    pages = [" ".join(lines_on(made, place)) for place in range(len(pypdfium2.PdfDocument(made)))]
    assert len(pages) > 2
    assert all("Ref1" in page for page in pages)
    assert ["Of the plan." in page for page in pages] == [True, *[False] * (len(pages) - 1)]


# ---- The word across the page ----


def place_of_word(written: bytes, page: int) -> tuple[float, float, float, float] | None:
    """Where a page is green: left, top, right and bottom in points; None if nowhere."""
    drawn = pypdfium2.PdfDocument(written)[page].render(scale=1).to_pil().convert("RGB")
    size, pixels = drawn.size, drawn.tobytes()
    found = [place for place in range(0, len(pixels), 3) if tuple(pixels[place : place + 3]) == (0, 255, 0)]
    if not found:
        return None
    across, down = (
        [value(place // 3) for place in found] for value in (lambda at: at % size[0], lambda at: at // size[0])
    )
    return min(across), min(down), max(across), max(down)


def with_a_green_word(house: House) -> House:
    """The house with a word across the page that looks like nothing else on it."""
    green = house.stylesheet.styles["watermark"].model_copy(update={"colour": "#00ff00"})
    look = house.stylesheet.model_copy(update={"styles": house.stylesheet.styles | {"watermark": green}})
    return replace(house, stylesheet=look, page_css="@page :first { margin-top: 60mm }")


def test_the_word_stands_in_the_middle_of_every_page_whatever_its_margins_are(house: House) -> None:
    turned = section("Plan", paragraph("y"), role="appendix", landscape=True)
    document = replace(finished(paper_of(paragraph("x"), appendices=(turned,))), watermark="DRAFT")
    made = pdf.write(document, with_a_green_word(house))
    page = house.stylesheet.page
    for place, (width, height) in enumerate(((page.width, page.height), (page.height, page.width))):
        word = place_of_word(made, place)
        assert word is not None
        left, top, right, bottom = word
        assert (left + right) / 2 == pytest.approx(width / 2 * POINTS_PER_MILLIMETRE, abs=12)
        assert (top + bottom) / 2 == pytest.approx(height / 2 * POINTS_PER_MILLIMETRE, abs=12)
        assert right - left == pytest.approx(bottom - top, rel=0.1), "it rises by 45 degrees"
        assert right - left > 250


def test_the_word_is_neither_read_aloud_nor_found_in_the_text(written: bytes) -> None:
    opened = pypdfium2.PdfDocument(written)
    assert "DRAFT" not in read_tree(written).text
    assert all("DRAFT" not in page.get_textpage().get_text_range() for page in opened)


def test_a_long_word_is_made_smaller_until_it_fits(house: House) -> None:
    document = replace(document_of(paragraph("x")), watermark="NOT FOR PUBLICATION BEFORE THE MEETING")
    word = place_of_word(pdf.write(document, with_a_green_word(house)), 0)
    assert word is not None
    assert 30 < word[0] < 200
    assert 400 < word[2] < house.stylesheet.page.width * POINTS_PER_MILLIMETRE - 30


def test_a_final_paper_has_no_word_across_its_pages(house: House) -> None:
    assert place_of_word(pdf.write(document_of(paragraph("x")), with_a_green_word(house)), 0) is None


# ---- What stands together ----


def end_of_paper(name: str) -> list[Block]:
    """Of a short section, those who sign it, and whom to ask."""
    signs = Signature("line", (SignatureLine("", f"{name}signs", "Director"),))
    return [section("Papers", paragraph(f"{name}end")), signs, paragraph(f"{name}contact", "contact")]


def contacts_below_a_table(name: str) -> list[Block]:
    rows = tuple(Row((cell(f"{name}end" if place == 8 else "row"),)) for place in range(9))
    table = Table(text("T"), (Column(text("head"), 1.0),), (RowGroup(rows),))
    return [table, paragraph(f"{name}signs", "contact"), paragraph(f"{name}contact", "contact")]


@pytest.mark.parametrize("make", [end_of_paper, contacts_below_a_table])
def test_whom_to_ask_never_stands_alone_on_a_page(make: Callable[[str], list[Block]], house: House) -> None:
    """From well above the foot of the page to below it."""
    fillers = range(40, 62)
    blocks: list[Block] = []
    for lines in fillers:
        blocks += [PageBreak(), *[paragraph("Filling", "statement")] * lines, *make(f"z{lines}z")]
    made = pdf.write(finished(paper_of(*blocks)), house)
    pages = [" ".join(lines_on(made, page)) for page in range(len(pypdfium2.PdfDocument(made)))]
    ends = {lines: [page for page in pages if f"z{lines}z" in page] for lines in fillers}
    assert [lines for lines, found in ends.items() if len(found) != 1] == []
    moved = [lines for lines, (page,) in ends.items() if "Filling" not in page]
    assert 0 < len(moved) < len(fillers), "the fillers do not bring it across the foot of a page"


# ---- Size ----


def test_a_page_of_text_takes_little_room(house: House) -> None:
    sections = [Section(text(f"Part {place}"), (paragraph(WORDS * 30),)) for place in range(40)]
    laid_out = pdf.lay_out(document_of(*sections), house)
    assert laid_out.page_count >= 15
    assert len(laid_out.to_bytes()) / laid_out.page_count < 6_000
