"""What breaks other generators comes out whole in both formats: signs of markup, other scripts, very long words."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree

from tests.documents.conftest import write_all
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts, squeeze
from tests.samples import compose_in_house, write_as

VALUES = {
    "ampersand and angles": "R&D <b>not bold</b> a<b & c>d &amp; &nbsp; end",
    "template signs": "{{ not an expression }} {% nor this %} {# nor that #} %} }}",
    "quotation marks": "\"double\" 'single' ‘curly’ “curly”",
    "emoji": "smile 😀 end",
    "dashes and hyphens": "non‑breaking, en – dash, em — dash, minus −4",
    "Welsh": "Llŷn, tŷ, dŵr, Ŵyl, ŶŷŴŵ",
    "long word": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 4,
    "money and signs": "£400,000 €5 50% © ® ™ ½ § ¶ †",
    "backslashes and stars": "C:\\temp\\new * not ** emphasis _ nor __ this `code`",
}
RIGHT_TO_LEFT = {"Arabic": "تقرير التفتيش", "Hebrew": "דוח ביקורת"}

REPORT = """\
title: {value}
report_of: {value}
purpose:
  - {prose}
recommendations:
  - id: one
    text: {prose}
sections:
  - section: reasons
    text: {prose}
  - section: own-section
    title: {value}
    text: {prose}
options:
  - {prose}
implications:
  - area: finance
    cleared_by: {value}
    text: {prose}
background_papers:
  - text: {prose}
    location: {value}
contact_officers:
  - name: {value}
    post: {value}
"""


def quoted(text: str) -> str:
    """The text as a YAML scalar in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def as_prose(text: str) -> str:
    """The text as an author must write it in prose: what Markdown and expressions use has a backslash before it."""
    for sign in ("\\", "*", "_", "{", "}", "`"):
        text = text.replace(sign, "\\" + sign)
    return text


def workspace(folder: Path, value: str) -> Path:
    """A council with one report in which every text is `value`."""
    council = folder / "inputs" / "examplebury"
    (council / "reports").mkdir(parents=True)
    (council / "council.yaml").write_text(
        f"name: Examplebury Council\nshort_name: {quoted(value)}\nhouse: standard\n", "utf-8"
    )
    report = council / "reports" / "awkward.yaml"
    report.write_text(REPORT.format(value=quoted("T: " + value), prose=quoted("p: " + as_prose(value))), "utf-8")
    return report


def words_of(docx: bytes) -> str:
    """Everything that the document part of a DOCX says, without white space."""
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    return squeeze("".join(tree.xpath("//*[local-name()='t' or local-name()='noBreakHyphen']/text()")))


@pytest.mark.parametrize("name", [*VALUES, *RIGHT_TO_LEFT])
def test_a_value_comes_out_whole_in_word(name: str, tmp_path: Path) -> None:
    value = (VALUES | RIGHT_TO_LEFT)[name]
    document, house = compose_in_house(workspace(tmp_path, value))
    words = words_of(write_as("docx", document, house))
    assert words.count(squeeze("T: " + value)) == 7
    assert words.count(squeeze("p: " + value).capitalize()) + words.count(squeeze("p: " + value)) == 8 - 1


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_out_whole_in_the_pdf(name: str, tmp_path: Path) -> None:
    document, house = compose_in_house(workspace(tmp_path, VALUES[name]), None)
    pages = page_texts(write_as("pdf", document, house), house)
    assert first_difference(pages, expected_texts(document, house), header_rows(document)) == ""


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_right_to_left_text_comes_out_whole_in_the_pdf(name: str, tmp_path: Path) -> None:
    # A PDF holds such text in the order in which it is drawn, so the characters are counted.
    document, house = compose_in_house(workspace(tmp_path, RIGHT_TO_LEFT[name]), None)
    printed = Counter("".join(page_texts(write_as("pdf", document, house), house)))
    wanted = Counter("".join(expected_texts(document, house)))
    assert {sign: printed[sign] for sign in squeeze(RIGHT_TO_LEFT[name])} == {
        sign: wanted[sign] for sign in squeeze(RIGHT_TO_LEFT[name])
    }


def test_libreoffice_prints_awkward_values_as_the_tree_has_them(tmp_path: Path) -> None:
    plain = {
        name: VALUES[name]
        for name in ("ampersand and angles", "template signs", "Welsh", "long word", "money and signs")
    }
    documents = {
        name.replace(" ", "-"): compose_in_house(workspace(tmp_path / name.replace(" ", "-"), value), None)
        for name, value in plain.items()
    }
    for name, one in write_all(documents, tmp_path / "made").items():
        difference = first_difference(
            page_texts(one.printed, one.house), expected_texts(one.document, one.house), header_rows(one.document)
        )
        assert difference == "", name


def test_the_checks_here_can_fail() -> None:
    assert first_difference(["ab", "cd"], ["abc", "d"], set()) == ""
    assert "page 2" in first_difference(["ab", "xd"], ["abc", "d"], set())
    assert "not printed" in first_difference(["ab"], ["abc"], set())
    assert pdfium is not None
