"""Each rule has an example, and the examples say the truth."""

from __future__ import annotations

import pytest

from reportgen.checks.engine import RULES
from reportgen.checks.examples import Example, examples
from tests.unit.checks.clean_paper import judged, paper

CASES = [pytest.param(code, one, id=code) for code, one in examples().items()]
KEYS = {
    "report": "report",
    "inspection": "inspection",
    "action plan": "plan",
    "meeting": "meeting",
    "council": "council",
}


def codes(example: Example, lines: str) -> list[str]:
    """The codes of what is found in the clean paper with these lines."""
    final = "Placeholders in a draft" in lines
    return [one.code for one in judged(paper(**{KEYS[example.file]: lines}), final=final)]


@pytest.mark.parametrize(("code", "example"), CASES)
def test_an_example_trips_its_rule_and_mended_it_does_not(code: str, example: Example) -> None:
    assert code in codes(example, example.trips)
    assert code not in codes(example, example.mended)


def test_every_example_is_of_a_rule() -> None:
    assert set(examples()) <= {rule.code for rule in RULES}
