"""The four councils' papers, read back from the finished files: headings, numbers, tables, mastheads.

The outlines are those that tests/unit/test_houses.py writes out; here they are found again in Word's
own styles and tables, in what LibreOffice prints, and in the PDF's bookmarks and text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from reportgen.document import Table, blocks_of, children_of, plain_text, walk
from tests.documents.conftest import Made
from tests.documents.reading import page_texts, squeeze
from tests.unit.test_houses import CAMBRIDGESHIRE, DUDLEY, DURHAM, NORTH_TYNESIDE, masthead

OUTLINES = {
    "north-tyneside-slac-2012--north-tyneside": NORTH_TYNESIDE,
    "dudley-slac-2011-action-plans--dudley": DUDLEY,
    "cambridgeshire-slac-2009--cambridgeshire": CAMBRIDGESHIRE,
    "durham-slac-2011--durham": DURHAM,
}
HEADING_STYLES = ("heading", "part heading", "appendix heading")
NUMBER = re.compile(r"^(?:Appendix \w+|\d+(?:\.\d+)*\.?|\d+\.0) ")


def headings_of(outline: str) -> list[str]:
    """The outline's headings with their numbers."""
    return [line.strip().removeprefix("# ") for line in outline.splitlines() if line.strip().startswith("# ")]


def tables_of(outline: str) -> list[tuple[list[str], int]]:
    """The outline's tables: column heads, and the number of rows in all groups."""
    tables: list[tuple[list[str], int]] = []
    for line in map(str.strip, outline.splitlines()):
        if line.startswith("table "):
            tables.append((line.removeprefix("table ").split(" | "), 0))
        elif found := re.search(r": (\d+) rows$", line):
            tables[-1] = (tables[-1][0], tables[-1][1] + int(found.group(1)))
    return tables


def word_blocks(made: Made) -> Iterator[WordParagraph | WordTable]:
    """Paragraphs and tables of the DOCX's body, in order."""
    word = docx.Document(str(made.docx))
    for element in word.element.body:
        if element.tag == qn("w:p"):
            yield WordParagraph(element, word._body)
        elif element.tag == qn("w:tbl"):
            yield WordTable(element, word._body)


def is_heading(block: WordParagraph | WordTable) -> bool:
    return isinstance(block, WordParagraph) and (block.style.name or "").lower().startswith(HEADING_STYLES)


@pytest.mark.parametrize("case", OUTLINES)
def test_words_headings_are_the_houses_headings(made: dict[str, Made], case: str) -> None:
    found = [block.text.removeprefix(": ") for block in word_blocks(made[case]) if is_heading(block)]
    assert found == [NUMBER.sub("", heading, count=1) for heading in headings_of(OUTLINES[case])]


@pytest.mark.parametrize("case", OUTLINES)
def test_libreoffice_and_the_pdf_print_every_heading_with_its_number_in_order(made: dict[str, Made], case: str) -> None:
    for file in (made[case].printed, made[case].pdf):
        printed = "".join(page_texts(file, made[case].house))
        position = 0
        for heading in headings_of(OUTLINES[case]):
            wanted = squeeze(re.sub(r"^(Appendix \w+) ", r"\1: ", heading))
            found = printed.find(wanted, position)
            assert found >= 0, f"{file.name}: {heading}"
            position = found + len(wanted)


@pytest.mark.parametrize("case", OUTLINES)
def test_the_pdfs_bookmarks_are_the_houses_headings_with_their_numbers(made: dict[str, Made], case: str) -> None:
    document = pdfium.PdfDocument(made[case].pdf)
    found = [squeeze(bookmark.get_title()) for bookmark in document.get_toc()]
    wanted = [squeeze(re.sub(r"^(Appendix \w+) ", r"\1: ", heading)) for heading in headings_of(OUTLINES[case])]
    assert found[-len(wanted) :] == wanted
    assert len(found) - len(wanted) == 1  # the title


@pytest.mark.parametrize("case", OUTLINES)
def test_words_tables_have_the_houses_columns_and_rows(made: dict[str, Made], case: str) -> None:
    found = []
    for block in word_blocks(made[case]):
        if isinstance(block, WordTable) and block._tbl.findall(f".//{qn('w:tblHeader')}"):
            header, *rows = block._tbl.tr_lst
            titles = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in header.tc_lst]
            found.append((titles, sum(1 for row in rows if len(row.tc_lst) == len(titles))))
    assert found == tables_of(OUTLINES[case])


@pytest.mark.parametrize("case", OUTLINES)
def test_the_pdf_prints_the_houses_tables_row_by_row(made: dict[str, Made], case: str) -> None:
    printed = "".join(page_texts(made[case].pdf, made[case].house))
    tables = [block for block in blocks_of(made[case].document) if isinstance(block, Table)]
    position = 0
    found = []
    for table in tables:
        heads = [plain_text(column.header) for column in table.columns]
        position = printed.index(squeeze("".join(heads)), position)
        rows = 0
        for row in (row for group in table.groups for row in group.rows):
            first = next(one for one in walk(row.cells[0].content[0]) if not children_of(one))
            position = printed.index(squeeze(plain_text(first.content)), position) + 1  # type: ignore[union-attr]
            rows += 1
        found.append((heads, rows))
    assert found == tables_of(OUTLINES[case])


@pytest.mark.parametrize("case", OUTLINES)
def test_both_formats_begin_with_the_houses_masthead(made: dict[str, Made], case: str) -> None:
    words = [
        squeeze(word)
        for line in masthead(made[case].document)
        for word in re.split(r" \| | / |^[a-z-]+: ", line)
        if word
    ]
    assert len(words) >= 3
    for file in (made[case].printed, made[case].pdf):
        first = page_texts(file, made[case].house)[0]
        position = 0
        for word in words:
            if word.endswith("bullets"):
                continue
            found = first.find(word, position)
            assert found >= 0, f"{file.name}: {word}"
            position = found + len(word)
