"""The page of all rules is what `reportgen explain --all` prints; without a code the rules are listed."""

from __future__ import annotations

import re

from reportgen.rules.engine import RULES
from tests.unit.cli.conftest import Run


def test_the_page_of_rules_has_each_rule_with_its_source(run: Run) -> None:
    page = run("explain", "--all").stdout
    parts = re.split(r"^### (?=RG)", page, flags=re.MULTILINE)[1:]
    assert [part.split()[0] for part in parts] == [rule.code for rule in RULES]
    assert [part.split()[0] for part in parts if "\nSource: " not in part] == []


def test_without_a_code_each_rule_stands_on_a_line_of_its_own(run: Run) -> None:
    listed = [line.split()[0] for line in run("explain").stdout.splitlines() if line.startswith("  RG")]
    assert listed == [rule.code for rule in RULES]


def test_a_code_and_all_rules_together_are_wrong_usage(run: Run) -> None:
    result = run("explain", "RG203", "--all")
    assert result.exit_code == 2
    assert "give a CODE or --all, and not both" in result.stderr
