"""Word and PDF say the same: every paragraph of the tree, in order, whole, with its number, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.conftest import CASES, Made
from tests.documents.reading import expected_texts, first_difference, header_rows, page_texts


def difference(file: Path, one: Made) -> str:
    """Where a printed file leaves the tree; empty where it does not."""
    return first_difference(
        page_texts(file, one.house), expected_texts(one.document, one.house), header_rows(one.document)
    )


@pytest.mark.parametrize("case", CASES)
def test_the_pdf_prints_every_paragraph_once_in_order_with_its_number(made: dict[str, Made], case: str) -> None:
    assert difference(made[case].pdf, made[case]) == ""


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_prints_every_paragraph_of_the_docx_once_in_order_with_its_number(
    made: dict[str, Made], case: str
) -> None:
    assert difference(made[case].printed, made[case]) == ""
