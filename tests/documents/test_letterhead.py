"""Papers on a council's own letterhead: its template in Word, its drawing in PDF and HTML, and all valid."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.documents.conftest import Made, write_all
from tests.documents.layout import read_layout
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts, require
from tests.documents.test_validators import errors_of_sdk, failures_of_verapdf
from tests.letterheads import ADDRESS, MOTTO, crest, make_drawing, make_reference, make_table_reference, save
from tests.pdf_tree import read_tree
from tests.samples import REPORTS, TEMPLATES, compose_in_house, write_as
from tests.small import write_house

HOUSES = ("westmere", "tables", "resaved")
PAPER = "durham-slac-2011"
FIRST_TOP = 70


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """A paper with a landscape appendix on three templates: one of Word's, one with tables, one of LibreOffice's."""
    folder = tmp_path_factory.mktemp("letterheads")
    templates = folder / "templates"
    for name in HOUSES:
        write_house(templates, name, f"name: {name}\nextends: standard\n", f"page: {{first_page_top: {FIRST_TOP}}}\n")
    template = save(make_reference(), templates / "westmere" / "reference.docx")
    save(make_table_reference(), templates / "tables" / "reference.docx")
    _save_again(template, templates / "resaved", folder / "profile")
    (templates / "westmere" / "letterhead.svg").write_text(make_drawing(), encoding="utf-8")
    (templates / "tables" / "letterhead.png").write_bytes(crest())
    (templates / "resaved" / "letterhead.jpg").write_bytes(crest(form="JPEG"))
    documents = {name: compose_in_house(REPORTS[PAPER], name, (templates, TEMPLATES)) for name in HOUSES}
    document, house = documents["westmere"]
    documents["watermarked"] = (replace(document, watermark="DRAFT"), house)
    documents["drawing only"] = (document, replace(house, reference=None))
    return write_all(documents, folder / "papers")


def _save_again(template: Path, folder: Path, profile: Path) -> None:
    command = [require("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    convert = [*command, "--convert-to", "docx", "--outdir", str(folder), str(template)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)


def words_on(file: Path, page: int) -> list[str]:
    return [word.text for word in read_layout(file).words if word.page == page]


def parts_of(one: Made, pattern: str) -> Iterator[str]:
    with zipfile.ZipFile(one.docx) as archive:
        for name in archive.namelist():
            if re.fullmatch(pattern, name):
                yield archive.read(name).decode()


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error(made: dict[str, Made], version: str) -> None:
    assert {name: errors_of_sdk(one.docx, version) for name, one in made.items()} == {name: [] for name in made}


def test_verapdf_and_qpdf_find_no_error(made: dict[str, Made]) -> None:
    found = failures_of_verapdf([one.pdf for one in made.values()])
    assert {name: rules for name, rules in found.items() if rules} == {}
    for one in made.values():
        subprocess.run([require("qpdf"), "--check", str(one.pdf)], check=True, capture_output=True, timeout=60)


def test_nothing_of_the_paper_is_lost(made: dict[str, Made]) -> None:
    one = made["drawing only"]
    expected, headers = expected_texts(one.document, one.house), header_rows(one.document)
    assert first_difference(page_texts(one.printed, one.house), expected, headers) == ""


# ---- Word ----


@pytest.mark.parametrize("name", HOUSES)
def test_each_page_in_word_has_the_template_s_header_and_ours_below_it(made: dict[str, Made], name: str) -> None:
    first, second = (words_on(made[name].printed, page) for page in (0, 1))
    assert "Cabinet," not in first[:10]
    assert "Cabinet," in second
    if name == "tables":
        assert "Director's" in first
        assert ["Even" in words_on(made[name].printed, page) for page in range(4)] == [False, True, False, True]
    else:
        assert ADDRESS[3].split()[1] in first
        assert ADDRESS[3].split()[1] not in second
        assert set(MOTTO.split()) <= set(first) & set(second)


def test_pages_are_counted_once_by_the_template_or_else_by_us(made: dict[str, Made]) -> None:
    for name, expected in (("westmere", 0), ("tables", 1), ("resaved", 0)):
        assert " ".join(words_on(made[name].printed, 0)).count("Page 1 of") == expected, name
    assert "Page 2 of" in " ".join(words_on(made["westmere"].printed, 1))
    assert "Page 1 of" in " ".join(words_on(made["westmere"].pdf, 0))


def test_the_header_keeps_its_crest_its_words_and_its_fields(made: dict[str, Made]) -> None:
    section = docx.Document(str(made["westmere"].docx)).sections[0]
    (picture,) = section.first_page_header._element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Arms of Westmere"
    assert [one.text for one in section.first_page_header.paragraphs][1:] == list(ADDRESS)
    codes = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert [code.split()[0] for code in codes] == ["PAGE", "NUMPAGES"]


def test_the_template_s_styles_stand_beside_those_of_the_house_which_come_first(made: dict[str, Made]) -> None:
    one = made["westmere"]
    styles = docx.Document(str(one.docx)).styles
    known = {style.style_id for style in styles}
    for header in parts_of(one, r"word/(header|footer)\d+\.xml"):
        assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]*)"', header)) <= known
    names = [style.name.casefold() for style in styles]
    assert len(names) == len(set(names))
    assert styles["Normal"].font.name == one.house.stylesheet.resolved("base")["face"]
    assert {"Letterhead_Header", "IntenseQuote", "ListBullet"} <= known


def test_the_template_s_lists_are_numbered_above_ours(made: dict[str, Made]) -> None:
    one = made["westmere"]
    (lists,) = parts_of(one, "word/numbering.xml")
    numbers = re.findall(r'<w:num [^>]*?w:numId="(\d+)"', lists)
    assert len(numbers) == len(set(numbers))
    (styles,) = parts_of(one, "word/styles.xml")
    assert set(re.findall(r'<w:numId w:val="([1-9]\d*)"', styles)) <= set(numbers)


def test_a_draft_has_its_watermark_in_every_header_of_the_template(made: dict[str, Made]) -> None:
    headers = list(parts_of(made["watermarked"], r"word/header\d+\.xml"))
    assert len(headers) == 2
    assert all(header.count("PowerPlusWaterMarkObject") == 1 for header in headers)


def test_of_the_template_only_what_is_taken_over_is_in_the_paper(made: dict[str, Made]) -> None:
    with zipfile.ZipFile(made["westmere"].docx) as archive:
        names = archive.namelist()
        whole = b"".join(archive.read(name) for name in names)
    assert "word/theme/theme1.xml" in names
    assert not [name for name in names if re.search("thumbnail|webSettings|stylesWithEffects", name)]
    assert b"The text of the template is not used" not in whole


# ---- PDF and HTML ----


def test_the_drawing_stands_on_the_first_page_of_the_pdf_alone_and_is_not_read_out(made: dict[str, Made]) -> None:
    for name in ("westmere", "watermarked", "drawing only"):
        layout = read_layout(made[name].pdf)
        drawn = [word for word in layout.words if word.text == "Westmere" and word.baseline < 30]
        assert [(word.page, round(word.left), round(word.baseline)) for word in drawn] == [(0, 45, 24)]
        assert "Westmere Borough" not in read_tree(made[name].pdf.read_bytes()).text


@pytest.mark.parametrize("name", ["westmere", "tables", "resaved"])
def test_the_first_page_of_the_pdf_begins_where_the_house_says_and_the_others_at_the_margin(
    made: dict[str, Made], name: str
) -> None:
    page = made[name].house.stylesheet.page
    for number, top in ((0, FIRST_TOP), (1, page.margin_top)):
        words = [word for word in read_layout(made[name].pdf).words if word.page == number]
        first = min(word.baseline for word in words if word.baseline > page.margin_top)
        assert top < first < top + 10


def test_word_leaves_the_same_room_where_it_has_no_template(made: dict[str, Made]) -> None:
    tops = []
    for file in (made["drawing only"].pdf, made["drawing only"].printed):
        words = [word for word in read_layout(file).words if word.page == 0 and word.baseline > FIRST_TOP]
        tops.append(min(word.baseline for word in words))
    assert tops[0] == pytest.approx(tops[1], abs=2)


def test_html_has_it_above_the_text_and_screen_readers_pass_over_it(made: dict[str, Made]) -> None:
    one = made["westmere"]
    html = write_as("html", one.document, one.house).decode()
    assert '<div class="letterhead"></div>' in html
    assert f"aspect-ratio: {one.house.stylesheet.page.width:g} / {FIRST_TOP}" in html
    assert one.house.letterhead is not None
    assert html.count(one.house.letterhead.address) == 1


def test_the_same_letterhead_gives_the_same_bytes(made: dict[str, Made]) -> None:
    one = made["westmere"]
    assert write_as("docx", one.document, one.house) == one.docx.read_bytes()
    assert write_as("pdf", one.document, one.house) == one.pdf.read_bytes()
