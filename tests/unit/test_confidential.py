"""A confidential paper says so in every house: it is never printed as public."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.document import Paragraph, blocks_of, plain_text
from reportgen.model.marking import Confidential
from reportgen.model.report import Exempt
from tests.samples import HOUSES, REPORTS, paper_of, task_for

SECRET = Confidential(ground="prohibition", reason="Children Act 1989 s.97")


def printed(house: str, **changes: Confidential | Exempt) -> list[str]:
    """The paragraphs of a sample that is not for publication, in a house."""
    name, problems = "durham-slac-2011", Problems()
    paper = paper_of(name)
    secret = replace(paper, report=paper.report.model_copy(update=changes))
    chosen = pipeline.choose_house(task_for(REPORTS[name], house), secret, problems)
    document = pipeline.compose(secret, chosen, problems)
    assert problems.found == []
    return [plain_text(block.content) for block in blocks_of(document) if isinstance(block, Paragraph)]


@pytest.mark.parametrize("house", HOUSES)
def test_a_confidential_paper_is_marked_on_its_first_page(house: str) -> None:
    lines = printed(house, confidential=SECRET)
    marked = "Not for publication. Local Government Act 1972, section 100A(2). Children Act 1989 s.97"
    assert lines.count(marked) == 1
    assert "Public" not in lines


def test_its_class_is_confidential_also_where_a_part_is_exempt() -> None:
    exempt = Exempt(paragraphs=(3,), reason="A rival would bid higher")
    lines = printed("standard", confidential=SECRET, exempt=exempt)
    assert "Confidential: Local Government Act 1972, section 100A(2)" in lines
    assert len([line for line in lines if line.startswith("Not for publication.")]) == 2
