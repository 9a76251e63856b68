"""The page of all rules is what `reportgen explain` prints."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import CheckGolden
from tests.unit.cli.conftest import Run

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_of_rules_is_up_to_date(run: Run, check_golden: CheckGolden) -> None:
    """When this fails: `reportgen explain > docs/rules.md`, and look at what has changed."""
    check_golden(PAGE, run("explain").stdout)
