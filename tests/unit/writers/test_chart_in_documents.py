"""The drawn pictures in Word, HTML and PDF: the same ones, as large as the place that they stand in."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from datetime import date

import pypdfium2
import pytest

from reportgen.document import (
    Bar,
    Chart,
    Figure,
    Picture,
    Scale,
    ScaleMark,
    ScaleRow,
    Section,
    Segment,
    Text,
    Timeline,
    TimelineRow,
)
from reportgen.writers import Writing
from reportgen.writers.chart import draw_png, draw_svg
from tests.unit.writers.sample_tree import base_house, document_of

KINDS = {
    "bars": Chart((Bar("A", (Segment("red", 3, "rag-red"), Segment("green", 5, "rag-green"))),)),
    "scale": Scale(("Good", "Bad"), (ScaleRow("Leaders", (ScaleMark(2, "grade-2", "2022"),)),)),
    "time line": Timeline((TimelineRow("A1", date(2012, 8, 1), "overdue", "overdue"),), date(2012, 9, 1), "today"),
}
EVERY_KIND = pytest.mark.parametrize("picture", KINDS.values(), ids=list(KINDS))


def media_of(word_file: bytes) -> list[bytes]:
    """The pictures in a Word file."""
    with zipfile.ZipFile(io.BytesIO(word_file)) as package:
        return [package.read(name) for name in sorted(package.namelist()) if name.startswith("word/media/")]


def sources_of(html: bytes) -> list[bytes]:
    """The pictures in an HTML file."""
    return [base64.b64decode(found) for found in re.findall(r"image/svg\+xml;base64,([^\"]*)", html.decode())]


@EVERY_KIND
def test_word_has_the_picture_as_png_and_html_as_svg(picture: Chart | Scale | Timeline) -> None:
    house, document = base_house(), document_of(Figure(picture, "in words"))
    assert media_of(Writing(document, house).write("docx")) == [draw_png(picture, house.stylesheet).content]
    assert sources_of(Writing(document, house).write("html")) == [draw_svg(picture, house.stylesheet).content]


@EVERY_KIND
def test_the_alternative_text_is_in_all_formats(picture: Picture) -> None:
    house, document = base_house(), document_of(Figure(picture, "Three are red & five are green."))
    with zipfile.ZipFile(io.BytesIO(Writing(document, house).write("docx"))) as package:
        assert b'descr="Three are red &amp; five are green."' in package.read("word/document.xml")
    assert b'alt="Three are red &amp; five are green."' in Writing(document, house).write("html")


@EVERY_KIND
def test_on_a_landscape_page_the_picture_is_drawn_wider_and_not_larger(picture: Chart | Scale | Timeline) -> None:
    house = base_house()
    appendix = Section((Text("Plan"),), (Figure(picture, "in words"),), role="appendix", landscape=True)
    document = document_of(appendices=(appendix,))
    width = house.stylesheet.page.turned.text_width
    assert media_of(Writing(document, house).write("docx")) == [draw_png(picture, house.stylesheet, width).content]
    assert sources_of(Writing(document, house).write("html")) == [draw_svg(picture, house.stylesheet, width).content]


@EVERY_KIND
def test_the_pdf_draws_it_as_lines_and_not_as_dots(picture: Picture) -> None:
    written = Writing(document_of(Figure(picture, "in words")), base_house()).write("pdf")
    page = pypdfium2.PdfDocument(written)[0]
    kinds = {one.type for one in page.get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds or pypdfium2.raw.FPDF_PAGEOBJ_FORM in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
