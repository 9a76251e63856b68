"""Rules on the report: RG3xx."""

from __future__ import annotations

from reportgen.checks.citations import CITATION_RULES
from reportgen.checks.counts import COUNT_RULES
from reportgen.checks.drafts import DRAFT_RULES
from reportgen.checks.grades import GRADE_RULES
from reportgen.checks.quotations import QUOTATION_RULES
from reportgen.checks.revisions import REVISION_RULES
from reportgen.checks.rule import Rule
from reportgen.checks.sections import SECTION_RULES
from reportgen.checks.shares import SHARE_RULES
from reportgen.checks.wording import WORDING_RULES

REPORT_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *SECTION_RULES,
            *COUNT_RULES,
            *SHARE_RULES,
            *GRADE_RULES,
            *QUOTATION_RULES,
            *CITATION_RULES,
            *WORDING_RULES,
            *REVISION_RULES,
            *DRAFT_RULES,
        ),
        key=lambda rule: rule.code,
    )
)
"""In the order of their codes."""
