"""The structure of every sample's PDF in every house, as a screen reader goes through it."""

from __future__ import annotations

import pytest

from tests.documents.conftest import CASES, Made
from tests.pdf_rules import broken_rules


@pytest.mark.parametrize("case", CASES)
def test_every_part_of_the_paper_is_one_element_in_its_order_with_what_it_needs(
    made: dict[str, Made], case: str
) -> None:
    one = made[case]
    assert broken_rules(one.pdf.read_bytes(), one.document, one.house) == []
