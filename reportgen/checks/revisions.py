"""Rule on papers that take the place of others: they say what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Severity

_SAYS_REVISED = re.compile(
    r"[(\[]\s*(?:(?:as )?(?:revised|amended|updated)|corrected|v(?:ersion)?\.? ?[2-9]\d*)\b[^)\]]*[)\]]"
    r"|[-–—:]\s*(?:revised|amended|corrected)(?: (?:report|paper|version))?\s*$"
    r"|^\s*(?:revised|amended|corrected) (?:report|paper)\b|\bversion [2-9]\d*\s*$",
    re.IGNORECASE,
)
"""A title that speaks of the paper; "the revised budget" speaks of something else."""
_HINT = "add changes: with a line for each, and members who have read the earlier paper need not compare the two"


def check_changes_listed(checked: Checked) -> Iterator[Found]:
    """Papers that are revised, as they or their titles say, and do not list what has changed."""
    report = checked.paper.report
    said = _SAYS_REVISED.search(report.title)
    if report.revises is not None and not report.revises.changes:
        message = f"the paper takes the place of the one published on {report.revises.replaces}, but lists no change"
        yield Found(report.at("revises"), message, _HINT)
    elif report.revises is None and said:
        message = f"the title says '{said.group().strip(' -–—:')}', but nothing says what has changed"
        hint = "add revises: with replaces: the day of the earlier paper, and changes: a line for each"
        yield Found(report.at("title"), message, hint)


REVISION_RULES = (
    Rule(
        "RG321",
        Severity.WARNING,
        "A revised paper does not list its changes",
        "Members, officers and the public have read the earlier paper, printed it and made notes on it. One that takes "
        "its place without saying what is different makes them compare the two line by line, or quote the wrong one.",
        "Revised papers that were published without a list of changes",
        check_changes_listed,
    ),
)
