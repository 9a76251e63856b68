"""Each rule has an example, and the examples say the truth."""

from __future__ import annotations

import pytest

from reportgen.rules.engine import PUBLICATION, RULES
from reportgen.rules.words import RuleExample, rule_examples
from tests.unit.rules.clean_paper import judged, paper

CASES = [pytest.param(code, one, id=code) for code, one in rule_examples().items()]
KEYS = {
    "report": "report",
    "inspection": "inspection",
    "action plan": "plan",
    "meeting": "meeting",
    "council": "council",
}


BESIDE = {"RG302", "RG309", "RG310", "RG316", "RG317"}
"""Rules on what a house or a council asks for, or on a file beside the inspection: no lines of one file trip them."""


def codes(example: RuleExample, lines: str, code: str) -> list[str]:
    """The codes of what is found in the clean paper with these lines."""
    changed = paper(**{KEYS[example.file]: lines})
    return [one.code for one in judged(changed, final=code.startswith(PUBLICATION))]


@pytest.mark.parametrize(("code", "example"), CASES)
def test_an_example_trips_its_rule_and_mended_it_does_not(code: str, example: RuleExample) -> None:
    assert code in codes(example, example.trips, code)
    assert code not in codes(example, example.mended, code)


def test_every_rule_has_an_example_but_those_on_what_stands_elsewhere() -> None:
    assert set(rule_examples()) == {rule.code for rule in RULES} - BESIDE
