"""What is told of a draft and would be wrong in a final paper."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.passages import gaps_of
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Severity
from reportgen.tree import Gap, blocks_of, inlines_of


def check_gaps_in_draft(checked: Checked) -> Iterator[Found]:
    """How much of a draft is still missing, once for the paper; each gap of a final one is another rule's."""
    if checked.says_final or checked.document is None:
        return
    inlines = (inline for block in blocks_of(checked.document) for inline in inlines_of(block))
    number = sum(1 for inline in inlines if isinstance(inline, Gap))
    if number:
        typed = next(gaps_of(checked.paper), None)
        place = checked.paper.report.at() if typed is None else typed.location
        left = "a gap is" if number == 1 else f"{number} gaps are"
        hint = "write the texts in place of the ??; the paper marks each, and in Word each has a comment"
        yield Found(place, f"{left} left in this draft; the first is here", hint)


DRAFT_RULES: tuple[Rule, ...] = (
    Rule(
        "RG322",
        Severity.ADVICE,
        "A draft has gaps",
        "A draft may have gaps, and they are marked in the paper. They are counted here, so that a paper of nothing "
        "else is not taken for one in which nothing was found. In a final paper RG502 names each.",
        "House rule",
        check_gaps_in_draft,
    ),
)
