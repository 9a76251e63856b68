"""Papers on a council's own letterhead: the same headers, crests and margins in Word and PDF, and both valid."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn

from reportgen.document import plain_text
from tests.documents.conftest import Made, write_all
from tests.documents.layout import Layout, Rectangle, Word, read_layout
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts, require, squeeze
from tests.documents.test_geometry import pairs, shown
from tests.documents.test_validators import errors_of_sdk, failures_of_verapdf
from tests.letterheads import ADDRESS, MOTTO, make_open_reference, make_reference, make_table_reference, save
from tests.pdf_tree import read_tree
from tests.samples import REPORTS, TEMPLATES, compose_in_house
from tests.small import write_house

HOUSES = ("westmere", "tables", "open")
PAPER = "durham-slac-2011"
NEAR = 2.0
"""In millimetres."""
TALLEST = 70
"""Of these letterheads, in millimetres from the upper edge of the page."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """A paper with a landscape appendix on three letterheads: one of Word's, one with tables, one of LibreOffice's."""
    folder = tmp_path_factory.mktemp("letterheads")
    templates = folder / "templates"
    for name in HOUSES:
        write_house(templates, name, f"name: {name}\nextends: standard\n")
    save(make_reference(), templates / "westmere" / "reference.docx")
    save(make_table_reference(), templates / "tables" / "reference.docx")
    _save_open(templates / "open", folder / "profile")
    documents = {name: compose_in_house(REPORTS[PAPER], name, (templates, TEMPLATES)) for name in HOUSES}
    document, house = documents["westmere"]
    documents["watermarked"] = (replace(document, watermark="DRAFT"), house)
    return write_all(documents, folder / "papers")


def _save_open(folder: Path, profile: Path) -> None:
    """The letterhead that LibreOffice saves as a Word file."""
    written = folder / "reference.fodt"
    written.write_text(make_open_reference(), encoding="utf-8")
    command = [require("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    convert = [*command, "--convert-to", "docx", "--outdir", str(folder), str(written)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)


def layouts(one: Made) -> tuple[Layout, Layout]:
    """The PDF, and what LibreOffice prints of the DOCX."""
    return read_layout(one.pdf), read_layout(one.printed)


def words_on(side: Layout, page: int) -> list[str]:
    return [word.text for word in side.words if word.page == page]


# ---- The same on paper ----


def test_nothing_of_the_paper_is_lost_under_a_letterhead(made: dict[str, Made]) -> None:
    one = made["open"]
    expected, headers = expected_texts(one.document, one.house), header_rows(one.document)
    ours = re.escape(squeeze(plain_text(one.document.header))).replace("·", "·?")
    for file in (one.pdf, one.printed):
        # The header is higher than the margin, so that its last line counts as text here, perhaps but for its dot.
        pages = [re.sub(ours, "", page) for page in page_texts(file, one.house)]
        assert first_difference(pages, expected, headers) == ""


@pytest.mark.parametrize("name", HOUSES)
def test_the_letterhead_and_the_text_below_it_stand_at_the_same_places(made: dict[str, Made], name: str) -> None:
    one, other = layouts(made[name])
    found = [pair for pair in pairs(one, other) if pair[0].page == pair[1].page == 0]
    head = [pair for pair in found if pair[0].baseline < TALLEST + 40]
    assert len(head) > 20
    apart = [pair for pair in head if _distance(*pair) > NEAR]
    assert [shown(pair) for pair in apart] == []


def _distance(ours: Word, theirs: Word) -> float:
    return max(abs(ours.left - theirs.left), abs(ours.baseline - theirs.baseline))


@pytest.mark.parametrize("name", HOUSES)
def test_crests_have_the_same_places_and_sizes(made: dict[str, Made], name: str) -> None:
    one, other = layouts(made[name])
    assert one.sizes[0] == pytest.approx(other.sizes[0], abs=0.1)
    for page in range(min(len(one.sizes), len(other.sizes))):
        ours, theirs = (sorted(_crests(side, page), key=lambda one: one.left) for side in (one, other))
        assert len(ours) == len(theirs), page
        for crest, other_crest in zip(ours, theirs, strict=True):
            assert _edges(crest) == pytest.approx(_edges(other_crest), abs=NEAR), page
    assert any(_crests(one, page) for page in range(len(one.sizes)))


def _crests(side: Layout, page: int) -> list[Rectangle]:
    """The pictures at the head of a page; those in the text are wider."""
    return [one for one in side.pictures if one.page == page and one.top < TALLEST and one.right - one.left < 40]


def _edges(one: Rectangle) -> tuple[float, ...]:
    return one.left, one.top, one.right, one.bottom


def test_text_begins_below_a_header_that_is_higher_than_the_margin(made: dict[str, Made]) -> None:
    for side in layouts(made["westmere"]):
        head = [word for word in side.words if word.page == 0]
        telephone = next(word for word in head if word.text == ADDRESS[3].split()[1])
        assert telephone.baseline > made["westmere"].house.stylesheet.page.margin_top
        organisation = next(word for word in head if word.size == 15)
        assert 3 < organisation.baseline - telephone.baseline < 15


def test_each_page_has_its_own_header_and_footer(made: dict[str, Made]) -> None:
    for side in layouts(made["westmere"]):
        first, second = words_on(side, 0), words_on(side, 1)
        assert ADDRESS[1].split()[0] in first
        assert ADDRESS[1].split()[0] not in second
        assert set(MOTTO.split()) <= set(first) & set(second)
    for side in layouts(made["tables"]):
        assert ["Even" in words_on(side, page) for page in range(4)] == [False, True, False, True]


def test_pages_are_counted_once_by_the_letterhead_or_else_by_us(made: dict[str, Made]) -> None:
    for name, expected in (("westmere", 0), ("tables", 1), ("open", 0)):
        for side in layouts(made[name]):
            assert " ".join(words_on(side, 0)).count("Page 1 of") == expected, name
            pages = len(side.sizes)
            if name == "westmere":
                assert f"Page 2 of {pages}" in " ".join(words_on(side, 1))


def test_our_header_stands_below_the_letterheads_from_the_second_page_on(made: dict[str, Made]) -> None:
    for name in HOUSES:
        for side in layouts(made[name]):
            lines = [word for word in side.words if word.page == 1 and word.text == "Cabinet," and word.size == 9]
            assert len(lines) == 1, name
            crests = _crests(side, 1)
            page = made[name].house.stylesheet.page
            over = [crest for crest in crests if crest.right > page.margin_left]
            assert all(crest.bottom < lines[0].baseline for crest in over), name
            assert not [word for word in side.words if word.page == 0 and word.text == "Cabinet," and word.size == 9]


def test_what_stands_at_the_end_of_a_footer_stands_there_on_landscape_pages_too(made: dict[str, Made]) -> None:
    page = made["westmere"].house.stylesheet.page
    for side in layouts(made["westmere"]):
        ends = {}
        for place, (width, height) in enumerate(side.sizes):
            foot = [word for word in side.words if word.page == place and word.baseline > height - page.footer - 5]
            ends[width > height] = max(word.right for word in foot)
        assert ends[False] == pytest.approx(page.width - page.margin_right, abs=NEAR)
        assert ends[True] == pytest.approx(page.turned.width - page.turned.margin_right, abs=NEAR)


def test_the_letterhead_of_the_pdf_is_not_read_out(made: dict[str, Made]) -> None:
    root = read_tree(made["westmere"].pdf.read_bytes())
    assert ADDRESS[2] not in root.text
    assert MOTTO not in root.text
    drawn = read_layout(made["westmere"].pdf)
    assert "WM1" in words_on(drawn, 0)
    alternatives = [node.attributes.get("Alt", "") for node in root.all("Figure")]
    assert not any("Arms" in alternative for alternative in alternatives)


# ---- The Word file ----


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error(made: dict[str, Made], version: str) -> None:
    assert {name: errors_of_sdk(one.docx, version) for name, one in made.items()} == {name: [] for name in made}


def test_verapdf_and_qpdf_find_no_error(made: dict[str, Made]) -> None:
    found = failures_of_verapdf([one.pdf for one in made.values()])
    assert {name: rules for name, rules in found.items() if rules} == {}
    for one in made.values():
        subprocess.run([require("qpdf"), "--check", str(one.pdf)], check=True, capture_output=True, timeout=60)


def headers_of(one: Made) -> Iterator[tuple[str, str]]:
    """The headers' parts and their XML."""
    with zipfile.ZipFile(one.docx) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/header\d+\.xml", name):
                yield name, archive.read(name).decode()


def test_the_header_keeps_its_crest_with_its_words_its_styles_and_its_fields(made: dict[str, Made]) -> None:
    word = docx.Document(str(made["westmere"].docx))
    section = word.sections[0]
    assert section.different_first_page_header_footer
    (picture,) = section.first_page_header._element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Arms of Westmere"
    assert [one.text for one in section.first_page_header.paragraphs][1:] == list(ADDRESS)
    assert section.first_page_header.paragraphs[1].style.name.startswith("Letterhead")
    codes = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert codes == [" PAGE ", " NUMPAGES "]


def test_every_style_that_a_header_names_is_there_and_none_of_ours_is_changed(made: dict[str, Made]) -> None:
    word = docx.Document(str(made["westmere"].docx))
    known = {style.style_id for style in word.styles}
    for _, header in headers_of(made["westmere"]):
        assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"', header)) <= known
    names = [style.name.casefold() for style in word.styles]
    assert len(names) == len(set(names))
    assert word.styles["Header"].style_id == "Header"
    assert word.styles["Normal"].font.name == made["westmere"].house.stylesheet.resolved("base")["face"]


def test_drawings_have_ids_of_their_own_over_all_parts(made: dict[str, Made]) -> None:
    for one in made.values():
        with zipfile.ZipFile(one.docx) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        ids = [found for part in parts for found in re.findall(r'<wp:docPr [^>]*?\bid="(\d+)"', part)]
        assert len(ids) > 1
        assert len(ids) == len(set(ids))


def test_a_draft_has_its_watermark_in_every_header_of_the_letterhead(made: dict[str, Made]) -> None:
    headers = dict(headers_of(made["watermarked"]))
    assert len(headers) == 3
    assert all(header.count("PowerPlusWaterMarkObject") == 1 for header in headers.values())
    assert all("DRAFT" in header for header in headers.values())
    assert not any("DRAFT" in header for _, header in headers_of(made["westmere"]))


def test_nothing_of_the_template_but_its_headers_and_footers_is_in_the_paper(made: dict[str, Made]) -> None:
    with zipfile.ZipFile(made["westmere"].docx) as archive:
        names = archive.namelist()
        whole = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if re.search("theme|thumbnail|webSettings|stylesWithEffects", name)]
    assert b"The text of the template is not used" not in whole


def test_the_same_letterhead_gives_the_same_bytes(made: dict[str, Made]) -> None:
    from reportgen.pipeline import begin_writing

    one = made["westmere"]
    again = begin_writing(one.document, one.house)
    assert again.write("docx") == one.docx.read_bytes()
    assert again.write("pdf") == one.pdf.read_bytes()


def test_the_crest_is_in_the_pdf_once_however_many_pages_show_it(made: dict[str, Made]) -> None:
    opened = pdfium.PdfDocument(made["westmere"].pdf)
    assert len(opened) > 3
    assert made["westmere"].pdf.stat().st_size < 400_000
