"""The transforms one after another, as the pipeline calls them."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import CrossReference, SourceRef, blocks_of, inlines_of
from reportgen.house.config import Numbering
from reportgen.transforms import Expected, finish_document
from tests.small import places, record
from tests.unit.transforms.test_numbering import COMMON, STANDARD
from tests.unit.transforms.trees import document, p, ref, s


def test_references_find_the_numbers_that_were_given_before() -> None:
    problems = Problems()
    text = SourceRef(Location("report.yaml", 2, 1), "text")
    tree = document(s("One", p((ref("here"),), origin=text), p("a", anchor="here")))
    done = finish_document(tree, record(Numbering, STANDARD + COMMON), Expected([text]), problems)
    assert problems.found == []
    assert [one.text for block in blocks_of(done) for one in inlines_of(block) if isinstance(one, CrossReference)] == [
        "1.2"
    ]


def test_a_dangling_reference_and_a_lost_text_are_told_together() -> None:
    problems = Problems()
    lost = SourceRef(Location("report.yaml", 9, 1), "text")
    tree = document(s("One", p((ref("gone", 4),))))
    with pytest.raises(Rejected):
        finish_document(tree, record(Numbering, STANDARD + COMMON), Expected([lost]), problems)
    assert places(problems) == ["RG051 4:0", "RG053 9:1"]
