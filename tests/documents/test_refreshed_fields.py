"""Contents, captions and references: the same in the tree, in the Word file, and when they are filled in anew.

LibreOffice stands in for Word: both make the contents of what has an outline level, count captions by
their sequence, and ask a bookmark for its number, its words or its page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.document import Document
from reportgen.house import House, read_house
from reportgen.house.config import Level
from reportgen.transforms.references import put_pages
from reportgen.writers import docx
from reportgen.writers.pdf import lay_out
from tests.documents.conftest import Made
from tests.documents.fields_of import Fields, fields_as_refreshed, fields_as_written, fields_of_tree
from tests.documents.refreshing import refresh_with_libreoffice
from tests.documents.test_validators import errors_of_sdk
from tests.samples import HOUSES, TEMPLATES
from tests.unit.writers.sample_tree import base_house
from tests.unit.writers.structured_tree import finished, structured_paper


@dataclass(frozen=True)
class Refreshed:
    """A paper with contents, captions and references: what its fields say in each of its forms."""

    tree: Fields
    written: Fields
    refreshed: Fields
    docx: Path


def house_named(name: str) -> House:
    return read_house(name, [TEMPLATES], Problems())


def unusual_house() -> House:
    """A house that counts captions in letters and numerals, with a full stop, and sections at two depths."""
    house = base_house()
    changed = {
        "table": Level(format="Exhibit {1}.", counter="upper-letter"),
        "figure": Level(format="Plate ({1})", counter="lower-roman"),
        "caption_separator": " ",
        "levels": (*house.config.numbering.levels, Level(format="{1}.{2}.{3}", indent=14, hanging=14)),
        "sections": 2,
    }
    numbering = house.config.numbering.model_copy(update=changed)
    return replace(house, config=house.config.model_copy(update={"numbering": numbering}))


def papers() -> Mapping[str, tuple[Document, House]]:
    houses = {name: house_named(name) for name in HOUSES} | {"base": base_house(), "unusual": unusual_house()}
    found = {}
    for name, house in houses.items():
        document = finished(structured_paper(house.config.numbering.paragraphs[0]), house)
        found[name] = put_pages(document, lay_out(document, house).pages), house
    return found


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Refreshed]:
    folder = tmp_path_factory.mktemp("fields")
    written = papers()
    files = [folder / f"{name}.docx" for name in written]
    for file, (document, house) in zip(files, written.values(), strict=True):
        file.write_bytes(docx.write(document, house))
    anew = refresh_with_libreoffice(files, folder / "anew", folder / "profile")
    return {
        name: Refreshed(fields_of_tree(*written[name]), fields_as_written(file), fields_as_refreshed(fodt), file)
        for name, file, fodt in zip(written, files, anew, strict=True)
    }


NAMES = (*HOUSES, "base", "unusual")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_says_what_the_tree_says(refreshed: dict[str, Refreshed], name: str) -> None:
    assert refreshed[name].written == refreshed[name].tree


@pytest.mark.parametrize("name", NAMES)
def test_contents_that_are_made_anew_are_the_same(refreshed: dict[str, Refreshed], name: str) -> None:
    assert refreshed[name].refreshed.contents == refreshed[name].tree.contents


@pytest.mark.parametrize("name", NAMES)
def test_captions_that_are_counted_anew_are_the_same(refreshed: dict[str, Refreshed], name: str) -> None:
    assert refreshed[name].refreshed.captions == refreshed[name].tree.captions


@pytest.mark.parametrize("name", NAMES)
def test_references_that_are_looked_up_anew_are_the_same(refreshed: dict[str, Refreshed], name: str) -> None:
    assert refreshed[name].refreshed.references == refreshed[name].tree.references


@pytest.mark.parametrize("name", NAMES)
def test_footnotes_that_are_counted_anew_are_the_same(refreshed: dict[str, Refreshed], name: str) -> None:
    assert refreshed[name].refreshed.notes == refreshed[name].tree.notes
    assert len(refreshed[name].tree.notes) == 5


@pytest.mark.parametrize("name", NAMES)
def test_pages_that_are_counted_anew_are_those_of_the_pdf_or_the_next(
    refreshed: dict[str, Refreshed], name: str
) -> None:
    one = refreshed[name]
    found = [*one.refreshed.contents_pages, *(page for _, page in one.refreshed.page_references)]
    wanted = [*one.tree.contents_pages, *(page for _, page in one.tree.page_references)]
    apart = [abs(int(page) - int(other)) for page, other in zip(found, wanted, strict=True)]
    assert max(apart) <= 1, list(zip(found, wanted, strict=True))


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
def test_the_open_xml_sdk_finds_no_error(refreshed: dict[str, Refreshed], version: str) -> None:
    found = {name: errors_of_sdk(one.docx, version) for name, one in refreshed.items()}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_a_wrong_number_in_the_file_would_be_noticed(refreshed: dict[str, Refreshed], tmp_path: Path) -> None:
    changed = tmp_path / "changed.docx"
    with zipfile.ZipFile(refreshed["base"].docx) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">Figure 1<", b">Figure 9<").replace(b">Summary<", b">Sum<"))
    one = refreshed["base"]
    assert fields_as_written(changed).references != one.tree.references
    assert fields_as_written(changed).contents != one.tree.contents


def test_every_sample_keeps_its_contents_captions_and_references(
    made: dict[str, Made], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("samples")
    files = [one.docx for one in made.values()]
    anew = refresh_with_libreoffice(files, folder / "anew", folder / "profile")
    for (name, one), fodt in zip(made.items(), anew, strict=True):
        tree, found = fields_of_tree(one.document, one.house), fields_as_refreshed(fodt)
        assert (name, found.contents) == (name, tree.contents)
        assert (name, found.captions) == (name, tree.captions)
        assert (name, found.references) == (name, tree.references)
        assert (name, found.notes) == (name, tree.notes)
