"""Pictures in the PDF: the same drawing as the PNG in Word, as paths and nothing else."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from reportgen.document import Chart, Figure, Scale, Timeline
from reportgen.writers import Writing
from reportgen.writers.chart import draw_operators, draw_png
from tests.unit.writers.sample_tree import base_house, document_of
from tests.unit.writers.test_chart_in_documents import EVERY_KIND, KINDS

PATHS = {"q", "Q", "cm", "rg", "RG", "w", "J", "j", "d", "m", "l", "c", "h", "f", "S", "B"}
PIXELS_PER_MILLIMETRE = 220 / 25.4


def operators_in(content: bytes) -> set[str]:
    """The operators, without what they are given."""
    return set(re.findall(r"(?<![\w.])[A-Za-z]+", content.decode("ascii")))


@EVERY_KIND
def test_a_drawing_is_paths_in_the_page_and_no_text(picture: Chart | Scale | Timeline) -> None:
    drawn = draw_operators(picture, base_house().stylesheet)
    assert operators_in(drawn.content) <= PATHS
    assert drawn.content.split().count(b"q") == drawn.content.split().count(b"Q")
    assert drawn == draw_operators(picture, base_house().stylesheet)


@EVERY_KIND
def test_the_pdf_shows_what_the_picture_in_word_shows(picture: Chart | Scale | Timeline) -> None:
    """Pixel by pixel, but for the edges, which two programs smooth differently."""
    house = base_house()
    written = Writing(document_of(Figure(picture, "in words")), house).write("pdf")
    page = pypdfium2.PdfDocument(written)[0]
    shown = page.render(scale=PIXELS_PER_MILLIMETRE * 25.4 / 72).to_pil().convert("L")
    drawn = draw_png(picture, house.stylesheet)
    png = Image.open(io.BytesIO(drawn.content)).convert("RGBA")
    wanted = Image.alpha_composite(Image.new("RGBA", png.size, "white"), png).convert("L")
    left, top = round(house.stylesheet.page.margin_left * PIXELS_PER_MILLIMETRE), top_of_ink(shown, wanted)
    found = shown.crop((left, top, left + wanted.width, top + wanted.height))
    difference = ImageChops.difference(*(one.filter(ImageFilter.GaussianBlur(4)) for one in (found, wanted)))
    assert max(difference.get_flattened_data()) < 60


def top_of_ink(page: Image.Image, picture: Image.Image) -> int:
    """Where on the page the picture begins, from where the first ink of both is."""

    def first(one: Image.Image) -> int:
        box = one.point(lambda shade: 255 if shade < 160 else 0).getbbox()
        assert box is not None
        return box[1]

    return first(page) - first(picture)


def test_what_two_pictures_have_in_common_is_written_in_each() -> None:
    """No picture depends on what was drawn before it."""
    kinds = list(KINDS.values())
    look = base_house().stylesheet
    alone = [draw_operators(picture, look) for picture in kinds]
    assert [draw_operators(picture, look) for picture in reversed(kinds)] == alone[::-1]


@pytest.mark.parametrize("width", [80.0, 160.0])
def test_a_drawing_is_as_large_as_the_picture_in_word(width: float) -> None:
    look = base_house().stylesheet
    picture = KINDS["bars"]
    operators, png = draw_operators(picture, look, width), draw_png(picture, look, width)
    assert (operators.width, operators.height) == (png.width, png.height)
