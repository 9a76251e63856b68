"""Lists, references and silent levels that no sample holds: LibreOffice counts in Word what the tree has counted."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from reportgen.diagnostics import Location, Problems
from reportgen.document import (
    Block,
    CrossReference,
    Document,
    List,
    ListItem,
    Metadata,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Text,
)
from reportgen.house import House
from reportgen.house.config import Level
from reportgen.transforms import Expected, finish_document
from tests.documents.conftest import Made, write_all
from tests.documents.reading import convert_with_libreoffice, expected_texts, first_difference, header_rows, page_texts
from tests.documents.test_validators import errors_of_sdk
from tests.unit.writers.sample_tree import base_house, paragraph, sample_document, table_of

SILENT = (
    Level(format=""),
    Level(format="{1}.{2}", indent=12, hanging=12),
    Level(format="{1}.{2}.{3}", indent=14, hanging=14),
)
CONTINUOUS = (Level(format="{1}.", indent=11, hanging=11),)


def items(ordered: bool, *contents: str | tuple[str | Block, ...]) -> List:
    written = ((content,) if isinstance(content, str) else content for content in contents)
    blocks = (tuple(paragraph(one) if isinstance(one, str) else one for one in content) for content in written)
    return List(tuple(ListItem(one) for one in blocks), ordered)


def section(heading: str, *children: Block, role: str = "section", anchor: str = "", numbered: bool = True) -> Section:
    return Section((Text(heading),), children, anchor, role, numbered)


def reference(target: str) -> Paragraph:
    return Paragraph((Text("See "), CrossReference(target, Location("")), Text(", which says more.")))


def numbered(house: House, *body: Block, appendices: tuple[Section, ...] = ()) -> tuple[Document, House]:
    problems = Problems()
    document = Document(Metadata("Numbers", "en-GB", "An author", "2012-07-09"), (), body, appendices)
    finished = finish_document(document, house.config.numbering, Expected(), problems)
    assert problems.found == []
    return finished, house


def house_numbering(levels: tuple[Level, ...], sections: int) -> House:
    house = base_house()
    numbering = house.config.numbering.model_copy(update={"levels": levels, "sections": sections})
    return replace(house, config=house.config.model_copy(update={"numbering": numbering}))


def nested() -> tuple[Block, ...]:
    thirty = items(True, *(f"item {place}" for place in range(30)))
    deep = items(False, ("one", items(False, ("two", items(False, ("three", items(False, "four")))))))
    four = items(True, ("1", items(True, ("2", items(True, ("3", items(True, "4", "4 again")), "3 again")))), "1 again")
    mixed = items(
        True,
        ("outer", items(True, "first", "second"), "between", items(True, "begins again")),
        ("outer", items(False, ("sign", items(True, "under a sign")), ("sign", items(True, "under another")))),
        ("outer", items(True, "begins again in the next item")),
    )
    return (section("Long", thirty, deep), section("Deep", four, mixed, items(True, "a new list", "goes on")))


def documents() -> dict[str, tuple[Document, House]]:
    parts = (
        section(
            "PART ONE",
            section("Purpose", paragraph("text")),
            section("Means", section("Money", reference("aims"))),
            role="part",
        ),
        section("PART TWO", section("Aims", reference("appendix"), anchor="aims"), role="part"),
    )
    appendix = section("Words", paragraph("words"), reference("aims"), role="appendix", anchor="appendix")
    continuous = (
        section("First", paragraph("one"), paragraph("two", anchor="two")),
        section(
            "Second",
            paragraph("three"),
            items(False, "sign"),
            Paragraph((Text("apart"),), numbered=False),
            paragraph("four"),
        ),
        section("Third", reference("two")),
    )
    mixed_headings = (
        section("Counted", paragraph("one"), section("Below", paragraph("two"))),
        section("Not counted", paragraph("words"), numbered=False),
        section("Counted again", reference("here"), paragraph("two", anchor="here")),
    )
    panel = Panel("notice", (paragraph("one"), items(False, ("sign", items(False, "deeper"))), items(True, "ordered")))
    kept = (
        paragraph("before"),
        panel,
        Panel("notice", (paragraph("next"),)),
        PageBreak(),
        table_of(2),
        table_of(2),
        PageBreak(),
    )
    return {
        "nested": numbered(base_house(), *nested()),
        "silent": numbered(house_numbering(SILENT, 3), *parts, appendices=(appendix, appendix_without_anchor())),
        "continuous": numbered(house_numbering(CONTINUOUS, 0), *continuous),
        "mixed-headings": numbered(base_house(), *mixed_headings),
        "panel": numbered(base_house(), section("Panel", *kept)),
    }


def appendix_without_anchor() -> Section:
    return section("More words", paragraph("words"), role="appendix")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    return write_all(documents(), tmp_path_factory.mktemp("lists"))


@pytest.mark.parametrize("name", documents())
def test_libreoffice_counts_as_the_tree_does(small: dict[str, Made], name: str) -> None:
    one = small[name]
    expected = expected_texts(one.document, one.house)
    assert first_difference(page_texts(one.printed, one.house), expected, header_rows(one.document)) == ""


def test_a_reference_follows_its_target_when_a_paragraph_is_put_in_before_it(
    small: dict[str, Made], tmp_path: Path
) -> None:
    word = docx.Document(str(small["continuous"].docx))
    first = next(one for one in word.paragraphs if one.text == "one")
    first._p.addprevious(copy.deepcopy(first._p))
    changed = tmp_path / "changed.docx"
    word.save(str(changed))
    printed = convert_with_libreoffice([changed], tmp_path / "printed", tmp_path / "profile")[0]
    before, after = (
        "".join(page_texts(file, small["continuous"].house)) for file in (small["continuous"].printed, printed)
    )
    assert "2.two" in before
    assert "See2,whichsaysmore." in before
    assert "3.two" in after
    assert "See3,whichsaysmore." in after


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error_in_unusual_documents(
    small: dict[str, Made], tmp_path: Path, version: str
) -> None:
    from tests.samples import write_as

    sample = tmp_path / "sample.docx"
    sample.write_bytes(write_as("docx", sample_document(), base_house()))
    empty = tmp_path / "empty.docx"
    empty.write_bytes(write_as("docx", *numbered(base_house())))
    files = [sample, empty, *(one.docx for one in small.values())]
    assert {file.name: errors_of_sdk(file, version) for file in files} == {file.name: [] for file in files}


def test_the_documents_open_again_in_python_docx(small: dict[str, Made]) -> None:
    for one in small.values():
        assert docx.Document(str(one.docx)).element.body.findall(qn("w:p"))
