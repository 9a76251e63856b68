"""All the rules, in one table, and how they are run on a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.diagnostics import Diagnostic, Problems, Severity, closest
from reportgen.model.report import Waiver
from reportgen.rules import (
    citations,
    counts,
    grades,
    inspection,
    law,
    plan,
    publication,
    quotations,
    report,
    shares,
    wording,
)
from reportgen.rules.rule import Rule, RuleContext

_MODULES = (inspection, plan, report, citations, counts, grades, quotations, shares, wording, law, publication)
_RULES = (value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule))
RULES: tuple[Rule, ...] = tuple(sorted(_RULES, key=lambda rule: rule.code))
"""Every rule, in the order of the codes."""

FAMILIES: Mapping[str, str] = {
    "RG1": "The inspection",
    "RG2": "The action plan",
    "RG3": "The report",
    "RG4": "Law and clock",
    "RG5": "Publication",
}
"""What the rules are about, by the first three signs of their codes."""

UNKNOWN_WAIVER = "RG080"
"""What is waived is not a rule."""
UNUSED_WAIVER = "RG081"
"""What is waived is not there."""
PAGE_LIMIT = "RG317"
PUBLICATION = "RG5"
"""The family that is silent until a paper is about to be published."""


class UnknownCode(Exception):
    """A code that neither a rule nor a family has. `hint` says what was probably meant."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.hint = hint_for_code(code)
        super().__init__(f"'{code}' is not the code of a rule")


def hint_for_code(code: str) -> str:
    """What was probably meant by a code that no rule has. The letter O is taken for a nought, I and l for a one."""
    code = code.upper().translate(str.maketrans("OIL", "011"))
    codes = [rule.code for rule in RULES]
    # A number that no rule has is near to many that mean other things: RG999 is not taken for RG409.
    close = code if code in codes else None if re.fullmatch(r"RG\d+", code) else closest(code, codes)
    if close is not None:
        return f"did you mean '{close}'?"
    families = ", ".join(f"{start} {title[0].lower()}{title[1:]}" for start, title in FAMILIES.items())
    return f"codes go from {codes[0]} to {codes[-1]} ({families}); `reportgen explain` lists them"


def rule_of(code: str) -> Rule:
    """The rule with the code, in capitals or not. Raises `UnknownCode`."""
    for rule in RULES:
        if rule.code == code.upper():
            return rule
    raise UnknownCode(code)


def choose_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules under the codes selected (all when none is), less those ignored.

    The beginning of a code, from its first digit on, is every code that begins so: "RG2" is RG2xx, "RG20" RG20x.

    Raises `UnknownCode` for a code under which there is no rule.
    """
    chosen = _under(select) if select else RULES
    left_out = _under(ignore)
    return tuple(rule for rule in chosen if rule not in left_out)


def _under(codes: Sequence[str]) -> tuple[Rule, ...]:
    for code in codes:
        start = code.upper()
        if not (re.fullmatch(r"RG\d+", start) and any(rule.code.startswith(start) for rule in RULES)):
            raise UnknownCode(code)
    starts = tuple(code.upper() for code in codes)
    return tuple(rule for rule in RULES if rule.code.startswith(starts))


def check_paper(context: RuleContext, problems: Problems, rules: Sequence[Rule] = RULES) -> None:
    """Run the rules. What the report waives is recorded as waived, and what its waivers are wrong about, too."""
    waivers = context.paper.report.waived
    used: set[int] = set()
    for rule in rules:
        for found in rule.check(context):
            matching = [number for number, waiver in enumerate(waivers) if _waives(waiver, rule.code, found.message)]
            used.update(matching)
            reason = waivers[matching[0]].reason if matching else ""
            problems.add(Diagnostic(rule.severity, rule.code, found.location, found.message, found.hint, reason))
    for diagnostic in _mistaken_waivers(context, rules, used):
        problems.add(diagnostic)


def _waives(waiver: Waiver, code: str, message: str) -> bool:
    """Whether it is for this rule, and for what the message names: "A4", but not the "A4" of "A4.1" or "A4-b"."""
    if waiver.code.upper() != code:
        return False
    return waiver.about is None or bool(
        re.search(rf"(?<![\w.-]){re.escape(waiver.about)}(?![\w-]|\.\w)", message, re.IGNORECASE)
    )


def _mistaken_waivers(context: RuleContext, rules: Sequence[Rule], used: set[int]) -> Iterator[Diagnostic]:
    """Waivers for no rule, and those that have nothing to waive."""
    waived_in = context.paper.report
    known, run = {rule.code for rule in RULES}, {rule.code for rule in rules}
    for number, waiver in enumerate(waived_in.waived):
        code = waiver.code.upper()
        place = waived_in.at("waived", number, "code")
        if code not in known:
            message = f"'{waiver.code}' is waived, but no rule has this code"
            yield Diagnostic(Severity.ERROR, UNKNOWN_WAIVER, place, message, hint_for_code(waiver.code))
        elif code in run and number not in used and _all_could_speak(context, code):
            about = f" about {waiver.about}" if waiver.about else ""
            message = f"{code}{about} is waived, but the rule finds nothing there"
            yield Diagnostic(Severity.WARNING, UNUSED_WAIVER, place, message, "delete it, or correct code: or about:")


def _all_could_speak(context: RuleContext, code: str) -> bool:
    """Whether the rule had all it needs to find something.

    Rules on dates need a day, those on sentences the finished tree, those on publication a paper about to be published,
    and the one on pages needs a paper that has been laid out.
    """
    if code == PAGE_LIMIT and context.pages is None:
        return False
    ready = context.as_of is not None and context.document is not None
    return ready and (context.final or not code.startswith(PUBLICATION))
