"""A sixth council, made of data alone, gets every sample in both formats, whole and valid."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Made, write_all
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts
from tests.documents.test_validators import errors_of_sdk, failures_of_verapdf
from tests.samples import REPORTS, TEMPLATES, compose_in_house
from tests.small import write_house
from tests.unit.test_new_house import HOUSE, LOOK, MASTHEAD


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """All samples in the new council's house."""
    folder = tmp_path_factory.mktemp("westmere")
    write_house(folder / "templates", "westmere", HOUSE, LOOK, report=MASTHEAD)
    houses = (folder / "templates", TEMPLATES)
    documents = {name: compose_in_house(path, "westmere", houses) for name, path in REPORTS.items()}
    return write_all(documents, folder)


def test_word_and_pdf_print_every_paragraph_of_every_sample_with_its_number(made: dict[str, Made]) -> None:
    for name, one in made.items():
        expected, headers = expected_texts(one.document, one.house), header_rows(one.document)
        assert any(text.startswith("A.") for text in expected), name
        assert first_difference(page_texts(one.pdf, one.house), expected, headers) == "", name
        assert first_difference(page_texts(one.printed, one.house), expected, headers) == "", name


def test_the_validators_find_nothing_wrong(made: dict[str, Made]) -> None:
    assert {
        name: rules for name, rules in failures_of_verapdf([one.pdf for one in made.values()]).items() if rules
    } == {}
    assert [errors_of_sdk(one.docx, "Microsoft365") for one in made.values()] == [[]] * len(made)
