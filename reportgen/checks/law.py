"""The rules of law, RG4xx: all in one table. They speak of England, and are silent on papers of other nations.

None of them clears a paper: what they find is put to the monitoring officer, and so is what they do not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from reportgen.checks.clock import follows_english_law
from reportgen.checks.key_decisions import KEY_DECISION_RULES
from reportgen.checks.publicity import PUBLICITY_RULES
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.checks.statements import STATEMENT_RULES


def _in_england(check: Callable[[Checked], Iterable[Found]]) -> Callable[[Checked], Iterable[Found]]:
    """The check, silent on the papers of a council to which England's law does not apply."""
    return lambda checked: check(checked) if follows_english_law(checked.paper.council) else ()


LAW_RULES: tuple[Rule, ...] = tuple(
    replace(rule, check=_in_england(rule.check))
    for rule in sorted((*STATEMENT_RULES, *PUBLICITY_RULES, *KEY_DECISION_RULES), key=lambda one: one.code)
)
"""In the order of their codes."""
