"""The page of all rules is what `reportgen explain --all` prints; without a code the rules are listed."""

from __future__ import annotations

from pathlib import Path

from reportgen.rules.engine import RULES
from tests.conftest import CheckGolden
from tests.unit.cli.conftest import Run

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_of_rules_is_up_to_date(run: Run, check_golden: CheckGolden) -> None:
    """When this fails: `reportgen explain --all > docs/rules.md`, and look at what has changed."""
    check_golden(PAGE, run("explain", "--all").stdout)


def test_without_a_code_each_rule_stands_on_a_line_of_its_own(run: Run) -> None:
    listed = [line.split()[0] for line in run("explain").stdout.splitlines() if line.startswith("  RG")]
    assert listed == [rule.code for rule in RULES]


def test_a_code_and_all_rules_together_are_wrong_usage(run: Run) -> None:
    result = run("explain", "RG203", "--all")
    assert result.exit_code == 2
    assert "give a CODE or --all, and not both" in result.stderr
