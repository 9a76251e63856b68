"""No Word file breaks what screen readers and Word need; and each rule, broken on purpose, is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.conftest import Made
from tests.documents.test_validators import errors_of_sdk
from tests.samples import write_as
from tests.unit.writers.sample_tree import base_house, sample_document
from tests.word_rules import broken_word_rules

Break = Callable[[str], str]


def test_no_sample_in_any_house_breaks_a_rule(made: dict[str, Made]) -> None:
    found = {name: broken_word_rules(one.docx.read_bytes()) for name, one in made.items()}
    assert {name: rules for name, rules in found.items() if rules} == {}


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A document with a bit of everything."""
    return write_as("docx", sample_document(), base_house())


def changed(docx: bytes, part: str, change: Break) -> bytes:
    """The file with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode()
                assert change(text) != text, "the change found nothing to change"
                content = change(text).encode()
            new.writestr(name, content)
    return written.getvalue()


def test_the_sound_document_breaks_no_rule(sound: bytes) -> None:
    assert broken_word_rules(sound) == []


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("part", "change", "rule"),
    [
        (DOCUMENT, lambda text: re.sub(r' descr="[^"]*"', "", text, count=1), "alternative text"),
        (DOCUMENT, lambda text: text.replace("<w:tblHeader/>", "", 1), "header row"),
        (DOCUMENT, lambda text: text.replace('w:firstRow="1"', 'w:firstRow="0"', 1), "header row"),
        (DOCUMENT, lambda text: text.replace('w:val="Heading1"', 'w:val="Heading3"', 1), "heading level"),
        (DOCUMENT, lambda text: re.sub(r"<w:fldChar ", '<w:fldChar w:dirty="true" ', text, count=1), "fields"),
        ("docProps/core.xml", lambda text: re.sub(r"<dc:title>.*?</dc:title>", "<dc:title/>", text), "title"),
        ("word/styles.xml", lambda text: re.sub(r"<w:lang [^>]*/>", "", text), "language"),
        ("word/settings.xml", lambda text: text.replace("<w:compat>", "<w:updateFields/><w:compat>"), "fields"),
    ],
)
def test_a_rule_that_is_broken_on_purpose_is_found(sound: bytes, part: str, change: Break, rule: str) -> None:
    found = broken_word_rules(changed(sound, part, change))
    assert [one.partition(":")[0] for one in found] == [rule]


@pytest.mark.parametrize(
    "change",
    [
        # ISO/IEC 29500-1, annex A: what stands in a paragraph's properties stands in a fixed order.
        lambda text: re.sub(r"(<w:pStyle [^>]*/>)(<w:keepNext/>)", r"\2\1", text, count=1),
        lambda text: text.replace("<w:body>", "<w:body><w:unheardOf/>", 1),
    ],
    ids=["schema order", "unknown element"],
)
def test_the_open_xml_sdk_finds_a_schema_that_is_broken_on_purpose(sound: bytes, change: Break, tmp_path: Path) -> None:
    file = tmp_path / "broken.docx"
    file.write_bytes(changed(sound, DOCUMENT, change))
    assert errors_of_sdk(file, "Microsoft365")
