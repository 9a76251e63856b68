"""Papers that are hard to print are valid as Word and as PDF, in one house each, and say the same in both."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor

import pypdfium2 as pdfium
import pytest

from reportgen.diagnostics import Problems
from reportgen.house import House, read_house
from tests.documents.conftest import Made, write_all
from tests.documents.nasty.papers import nasty_papers
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts, require
from tests.documents.test_validators import errors_of_sdk, failures_of_verapdf
from tests.samples import HOUSES, TEMPLATES

PAPERS = (
    "tables",
    "lists",
    "twelve-columns",
    "forty-pages",
    "notes",
    "words",
    "images",
    "gaps",
    "pictures",
    "hardly-anything",
)
ALL_TEXT = ("lists", "twelve-columns", "images", "pictures")
"""Those of which every word can be compared: the others have footnotes, contents, several scripts, divided rows."""


def house_of(name: str) -> House:
    return read_house(name, [TEMPLATES], Problems())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Each paper in one house, the houses in turn."""
    houses = [house_of(name) for name in HOUSES]
    documents = {}
    for place, name in enumerate(PAPERS):
        house = houses[place % len(houses)]
        documents[f"{name}--{house.config.id}"] = (nasty_papers(house)[name], house)
    return write_all(documents, tmp_path_factory.mktemp("nasty"))


def test_there_is_every_paper_and_every_house(made: dict[str, Made]) -> None:
    assert set(PAPERS) == set(nasty_papers(house_of("standard")))
    assert {case.partition("--")[2] for case in made} == set(HOUSES)


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error(made: dict[str, Made], version: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(made, pool.map(lambda one: errors_of_sdk(one.docx, version), made.values()), strict=True))
    assert {case: errors[:3] for case, errors in found.items() if errors} == {}


def test_verapdf_finds_no_failed_check_of_pdf_ua(made: dict[str, Made]) -> None:
    found = failures_of_verapdf([one.pdf for one in made.values()])
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_qpdf_finds_every_pdf_sound(made: dict[str, Made]) -> None:
    for one in made.values():
        command = [require("qpdf"), "--check", str(one.pdf)]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert run.returncode == 0, f"{one.pdf.name}: {run.stdout}{run.stderr}"


def test_word_and_pdf_have_about_as_many_pages(made: dict[str, Made]) -> None:
    counts = {}
    for case, one in made.items():
        ours, theirs = (len(pdfium.PdfDocument(file)) for file in (one.pdf, one.printed))
        # What differs on each page adds up: one page in twenty is what a reader would put up with.
        if abs(ours - theirs) > 1 + ours // 20:
            counts[case] = (ours, theirs)
    assert counts == {}


def test_a_row_higher_than_a_page_keeps_the_header_row_above_it(made: dict[str, Made]) -> None:
    (case,) = [case for case in made if case.startswith("tables")]
    for file in (made[case].pdf, made[case].printed):
        pages = page_texts(file, made[case].house)
        tall = next(place for place, page in enumerate(pages) if "Tall" in page)
        assert "ReferenceWhatistobedoneTall" in pages[tall]


def test_the_long_paper_is_long(made: dict[str, Made]) -> None:
    assert all(len(pdfium.PdfDocument(one.pdf)) >= 40 for case, one in made.items() if case.startswith("forty-pages"))


def test_both_print_every_paragraph_in_order(made: dict[str, Made]) -> None:
    differences = {}
    for case, one in made.items():
        if case.partition("--")[0] in ALL_TEXT:
            expected, headers = expected_texts(one.document, one.house), header_rows(one.document)
            for file in (one.pdf, one.printed):
                if difference := first_difference(page_texts(file, one.house), expected, headers):
                    differences[case, file.parent.name] = difference
    assert differences == {}


def test_nothing_stands_outside_the_margins(made: dict[str, Made]) -> None:
    outside = {}
    for case, one in made.items():
        page = one.house.stylesheet.page
        least = min(page.margin_left, page.margin_right, page.margin_top, page.margin_bottom) * 72 / 25.4 - 3
        for number, sheet in enumerate(pdfium.PdfDocument(one.pdf), 1):
            width, _ = sheet.get_size()
            text = sheet.get_textpage()
            edges = [text.get_rect(place) for place in range(text.count_rects())]
            beyond = [text.get_text_bounded(*edge) for edge in edges if edge[0] < least or edge[2] > width - least]
            if beyond and not one.document.watermark:
                outside[case, number] = beyond[:2]
    assert outside == {}
