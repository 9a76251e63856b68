"""Where pages end in Word, as LibreOffice lays it out: nothing that introduces something stands alone at the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from reportgen.document import Block, Cell, Figure, PageBreak, Paragraph, Row, Section, Signature, SignatureLine, Text
from reportgen.writers import docx
from tests.documents.reading import convert_with_libreoffice, page_texts
from tests.unit.writers.sample_tree import base_house, bullets, cell, paragraph, text
from tests.unit.writers.structured_tree import WORDS, captioned_table, finished, image, note, paper_of, section

HOUSE = base_house()
FILLERS = range(22, 40)
"""So many lines of text above: the place in question stands from well above the foot of the page to below it."""


def heading(name: str) -> list[Block]:
    return [section(f"{name}heading", paragraph(f"{name}text. " + WORDS))]


def deep_headings(name: str) -> list[Block]:
    return [section(f"{name}heading", section(f"{name}second", section(f"{name}third", paragraph(f"{name}text"))))]


def table(name: str) -> list[Block]:
    shown = captioned_table(f"{name}caption", rows=12)
    heads = (replace(shown.columns[0], header=text(f"{name}head")), *shown.columns[1:])
    rows = tuple(Row((cell(f"{name}row{place}"), cell("a"), cell("b"))) for place in range(12))
    group = replace(shown.groups[0], rows=rows, heading=text(f"{name}group"))
    return [section(f"{name}heading", replace(shown, columns=heads, groups=(group,)))]


def short_table(name: str) -> list[Block]:
    shown = captioned_table(f"{name}caption", rows=4)
    rows = tuple(Row((cell(f"{name}row{place}"), cell("a"), cell("b"))) for place in range(4))
    return [replace(shown, groups=(replace(shown.groups[0], rows=rows),))]


def lead_in(name: str) -> list[Block]:
    return [section(f"{name}heading", paragraph(f"{name}leadin:", "lead-in"), bullets(f"{name}item", "another"))]


def contact(name: str) -> list[Block]:
    return [section(f"{name}heading", paragraph(f"{name}end")), paragraph(f"{name}contact", "contact")]


def contact_below_table(name: str) -> list[Block]:
    return [*short_table(name), paragraph(f"{name}contact", "contact"), paragraph(f"{name}another", "contact")]


def signature(name: str) -> list[Block]:
    line = SignatureLine("", f"{name}signs", "Director")
    return [paragraph(f"{name}end"), Signature("line", (line,)), paragraph(f"{name}contact", "contact")]


def figure(name: str) -> list[Block]:
    return [paragraph(f"{name}before"), Figure(image(400, 160), "A map.", text(f"{name}caption"))]


KEPT: dict[str, tuple[Callable[[str], list[Block]], tuple[str, ...]]] = {
    "heading": (heading, ("heading", "text")),
    "headings": (deep_headings, ("heading", "second", "third", "text")),
    "table": (table, ("heading", "caption", "head", "group", "row0")),
    "short table": (short_table, ("caption", "row0", "row1", "row2", "row3")),
    "lead-in": (lead_in, ("heading", "leadin", "item")),
    "contact": (contact, ("heading", "end", "contact")),
    "contacts below a table": (contact_below_table, ("row3", "contact", "another")),
    "signature": (signature, ("end", "signs", "contact")),
}


def printed_pages(blocks: list[Block], folder: Path, *appendices: Section) -> Path:
    """The paper as LibreOffice prints it."""
    file = folder / "paper.docx"
    file.write_bytes(docx.write(finished(paper_of(*blocks, appendices=appendices)), HOUSE))
    return convert_with_libreoffice([file], folder / "printed", folder / "profile")[0]


def pages_of(blocks: list[Block], folder: Path) -> list[str]:
    return page_texts(printed_pages(blocks, folder), HOUSE)


def many(make: Callable[[str], list[Block]]) -> Iterator[Block]:
    for lines in FILLERS:
        yield PageBreak()
        yield from (paragraph(f"Filling line {line}.", "statement") for line in range(lines + 18))
        yield from make(f"z{lines}z")


@pytest.mark.parametrize("kind", KEPT)
def test_what_introduces_something_stands_on_one_page_with_it(kind: str, tmp_path: Path) -> None:
    make, kept = KEPT[kind]
    pages = pages_of(list(many(make)), tmp_path)
    torn, moved = [], 0
    for lines in FILLERS:
        name = f"z{lines}z"
        where = [next(number for number, page in enumerate(pages) if f"{name}{part}" in page) for part in kept]
        filled = next(number for number, page in enumerate(pages) if name in page)
        moved += "Fillingline0." not in pages[filled]
        torn += [lines] if len(set(where)) > 1 else []
    assert torn == []
    assert 0 < moved < len(FILLERS), "the fillers do not bring it across the foot of a page"


def test_a_picture_and_its_caption_stand_on_one_page(tmp_path: Path) -> None:
    printed = printed_pages(list(many(figure)), tmp_path)
    texts = page_texts(printed, HOUSE)
    document = pdfium.PdfDocument(printed)
    pictures = [sum(one.type == pdfium_c.FPDF_PAGEOBJ_IMAGE for one in page.get_objects()) for page in document]
    document.close()
    captions = [sum(f"z{lines}zcaption" in page for lines in FILLERS) for page in texts]
    assert pictures == captions
    assert sum(captions) == len(FILLERS)
    moved = [page for page, captioned in zip(texts, captions, strict=True) if captioned and "Fillingline0." not in page]
    assert 0 < len(moved) < len(FILLERS)


def test_a_row_higher_than_a_page_is_printed_to_its_end(tmp_path: Path) -> None:
    high = Row((cell("high"), Cell((paragraph(WORDS * 120 + "The very end."),)), cell("c")))
    shown = captioned_table("Plan", rows=2)
    pages = pages_of([replace(shown, groups=(replace(shown.groups[0], rows=(high, *shown.groups[0].rows)),))], tmp_path)
    assert len(pages) > 2
    assert "".join(pages).count("Theveryend.") == 1
    assert "R1" in pages[-1]


def test_a_table_of_twelve_columns_and_long_words_stays_within_the_margins(tmp_path: Path) -> None:
    wide = captioned_table("Twelve", rows=4, columns=12, cell_words="Responsibilities Gweithgareddau")
    appendix: Section = replace(section("Plan", wide, role="appendix"), landscape=True)
    printed = printed_pages([wide], tmp_path, appendix)
    document = pdfium.PdfDocument(printed)
    points = 72 / 25.4
    for page, form in zip(document, (HOUSE.stylesheet.page, HOUSE.stylesheet.page.turned), strict=True):
        drawn = [one.get_bounds() for one in page.get_objects()]
        assert min(left for left, *_ in drawn) >= form.margin_left * points - 1
        assert max(right for _, _, right, _ in drawn) <= page.get_width() - form.margin_right * points + 1
    document.close()


def test_a_note_stands_at_the_foot_of_the_page_of_its_mark(tmp_path: Path) -> None:
    body: list[Block] = []
    for place in range(4):
        body += [PageBreak(), Paragraph((Text(f"Page {place}"), note(Text(f"Said {place}"))))]
    pages = pages_of(body, tmp_path)
    assert [page.endswith(f"{place + 1}Said{place}") for place, page in enumerate(pages)] == [True] * 4
