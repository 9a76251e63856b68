"""Rule on counts that were typed and not worked out: they are compared with the inspection and the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reportgen.model.base import Record
from reportgen.model.inspection import Inspection
from reportgen.model.plan import ActionPlan
from reportgen.rules.passages import Sentence, sentences_of
from reportgen.rules.rule import ERROR, RuleContext, Violation, rule
from reportgen.rules.tally import (
    BE,
    GRADED_THINGS,
    JUDGED,
    JUDGEMENTS,
    GradeClaim,
    Tally,
    sentences_on_result,
    tally_of,
)
from reportgen.rules.words import NUMBER, parse_number

FEWEST = 5
"""Smaller numbers refer to what was just named ("all three judgements") as often as they count."""

_MORE_FOLLOWS = (
    r"(?!\s+(?:that|which|whose|where|on|about|for|of|to|with|from|concerning|addressed|numbered|in\s+(?!all|total)))"
)
_COUNTED = re.compile(rf"\b{GRADED_THINGS}\b|\bof the\b", re.IGNORECASE)
"""Without one of these a sentence counts no judgements."""
_THE_JUDGEMENTS = re.compile(
    rf"\b(?:all|of|of the|of all|there (?:are|were)|made|makes|gave|gives|total of|are|were)\s+({NUMBER})\s+"
    rf"(?:graded\s+|separate\s+|individual\s+|such\s+)?judge?ments?\b{_MORE_FOLLOWS}"
    rf"|({NUMBER})\s+(?:graded\s+|separate\s+)?judge?ments?\s+(?:in all|in total|altogether|were made|were given)\b",
    re.IGNORECASE,
)
_JUDGEMENTS = re.compile(rf"({NUMBER})\s+(?:graded\s+|separate\s+|individual\s+)?judge?ments?\b", re.IGNORECASE)
_PORTION = re.compile(rf"({NUMBER})\s+(?:on|for|about)\b", re.IGNORECASE)


_WERE_JUDGED_AT_LEAST = rf"\s+(?:{BE}\s+)?(?:{JUDGED}\s+)?(?:(?:as|to be|at least)\s+)?"


@rule(
    "RG305",
    ERROR,
    "A typed count differs from the data",
    "Counts in published papers that differ from their own tables",
)
def wrong_count(context: RuleContext) -> Iterator[Violation]:
    """A number of judgements, grades, areas for improvement or actions that was typed in a sentence and differs from
    the tables: '34 judgements' over a table of 29. Only sentences that can mean nothing else are compared; one that
    speaks of another year or place is passed over. Write the number as an expression and it is always right: {{
    inspection.count('Good')|words }}."""
    tally = tally_of(context)
    if tally is not None:
        for sentence in sentences_on_result(context, tally):
            if not _COUNTED.search(sentence.text):
                continue
            graded = list(_graded(sentence, tally))
            compared = {one.location for one in graded}
            yield from (one for one in _totals(sentence, tally) if one.location not in compared)
            yield from graded
    for sentence in sentences_of(context.paper, "report"):
        yield from _findings(sentence, context)
        yield from _actions(sentence, context)


# ---- Judgements ----


def _totals(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    most = max(tally.all.rows, tally.all.total)
    wrong = {
        match.start(1): match.group(1)
        for match in _JUDGEMENTS.finditer(sentence.text)
        if parse_number(match.group(1)) > most
    }
    definite = [
        (match.start(group), match.group(group))
        for match in _THE_JUDGEMENTS.finditer(sentence.text)
        for group in (1, 2)
        if match.group(group)
    ]
    if definite and not re.search(rf"\b{tally.grade}\b", sentence.text, re.IGNORECASE):
        definite += [(match.start(1), match.group(1)) for match in _PORTION.finditer(sentence.text)]
    for start, number in definite:
        value = parse_number(number)
        if value >= FEWEST and not any(scope.holds(value) for scope in tally.scopes):
            wrong[start] = number
    for start, number in sorted(wrong.items()):
        message = f"'{number}' judgements were typed; the inspection has {_totals_in_words(tally)}"
        yield Violation(
            sentence.at(start), message, "write {{ inspection.count() }}, which counts the rows of the table"
        )


def _totals_in_words(tally: Tally) -> str:
    inspection = tally.inspection
    groups = [group for group in dict.fromkeys(one.group for one in inspection.judgements) if group]
    apart = [f"{inspection.count(group=group)} in '{group}'" for group in groups] if len(groups) > 1 else []
    total = f"{inspection.count()} with a grade"
    return f"{total} ({', '.join(apart)})" if apart else total


def _graded(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    """ "Eight of the ten judgements were good", "three judgements were adequate", "22 good judgements"."""
    of_total = (
        rf"(?:of|out of)\s+(?:the\s+|all\s+|these\s+|its\s+|our\s+)*"
        rf"(?:(?P<total>{NUMBER})(?:\s+{GRADED_THINGS})?|{GRADED_THINGS})"
    )
    counted = rf"(?P<number>{NUMBER})\s+(?:{GRADED_THINGS}|{of_total})"
    adjective = rf"(?<!grade )(?P<number>{NUMBER})\s+(?P<grade>{tally.grade})\s+{JUDGEMENTS}\b"
    claims = [
        *tally.claims(counted, sentence.text, _WERE_JUDGED_AT_LEAST),
        *map(tally.claim_of_grade, re.finditer(adjective, sentence.text, re.IGNORECASE)),
    ]
    for claim in claims:
        yield from _compare(sentence, claim, tally)
    if claims:  # "…, two adequate": what goes on in the same sentence
        first = min(claim.match.start("number") for claim in claims)
        going_on = rf"(?:,|;|\band)\s+(?P<number>{NUMBER})"
        for claim in tally.claims(going_on, sentence.text[first:]):
            yield from _compare(sentence, claim, tally, first)


def _compare(sentence: Sentence, claim: GradeClaim, tally: Tally, offset: int = 0) -> Iterator[Violation]:
    groups = claim.match.groupdict()
    number, total = parse_number(groups["number"]), groups.get("total")
    scopes = [scope for scope in tally.scopes if total is None or scope.holds(parse_number(total))]
    if total is not None and not scopes and not re.search(JUDGEMENTS, claim.match.group(), re.IGNORECASE):
        return  # of ten other things
    if any(scope.count(claim.grades) == number for scope in scopes):
        return
    hint = f"write {{{{ inspection.count({claim.arguments})|words }}}}, which counts the rows of the table"
    if total is not None and not scopes:
        message = f"'{groups['number']} of {total}' was typed; the inspection has {_totals_in_words(tally)}"
    else:
        counted = (scopes or [tally.all])[0]
        message = (
            f"'{groups['number']}' judgements of {claim.named} were typed; "
            f"the inspection has {counted.count(claim.grades)} of {counted.total}"
        )
    yield Violation(sentence.at(offset + claim.match.start("number")), message, hint)


# ---- Findings and actions ----

_STATED = (
    r"(?:makes?|made|identif(?:y|ies|ied)|names?|named|lists?|listed|sets? out|asks? for|asked for|contains?|gives?"
    r"|gave|raised|there (?:are|were)|all|of the)"
)
_ASKED_FOR = (
    r"(areas? for improvement|priority actions?|areas? for priority action|causes? of concern|recommendations?)"
)
_ASKED = re.compile(
    rf"\b{_STATED}\s+(?:the\s+)?({NUMBER})\s+(?:formal\s+|key\s+|main\s+)?"
    rf"{_ASKED_FOR}\b{_MORE_FOLLOWS}",
    re.IGNORECASE,
)
_BEGINS = r"(?:^[\s*\-•\"“]*|\b(?:the|all|that)\s+)"
"""What stands before a number that is not a part of others: "a further five", "of these five" are."""
_BY_INSPECTORS = (
    r"(?:by\s+(?:the\s+)?(?:inspect\w+|INSPECTORATE)|(?:in|by)\s+(?:the\s+)?(?:inspection|inspectors['’])"
    r"(?:\s+(?:report|letter))?)(?=[\s*\"”’)]*(?:[.,;:!?–—]|$))"
)
_WAS_ASKED = (
    rf"{_BEGINS}({NUMBER})\s+(?:formal\s+|key\s+|main\s+)?{_ASKED_FOR}"
    rf"\s+{BE}\s+(?:made|identified|named|listed|set out|given|raised|found|highlighted)\s+" + _BY_INSPECTORS
)
"""The same in the passive: "five areas for improvement were set out by inspectors"."""
_IN_PLAN = r"\s+in\s+(?:the|this|our|its|the council['’]s)\s+(?:action\s+|improvement\s+)?plan(?=\s*(?:[.,;:]|$))"
_THERE_ARE = re.compile(rf"\bthere (?:are|were)\s+({NUMBER})\s+actions{_IN_PLAN}", re.IGNORECASE)
_STATES = {
    "complete": "complete",
    "completed": "complete",
    "in progress": "in progress",
    "under way": "in progress",
    "underway": "in progress",
    "not started": "not started",
    "not yet started": "not started",
}
"""How a sentence puts the status of actions."""
_IN_STATE = re.compile(
    rf"{_BEGINS}({NUMBER})\s+actions\s+(?:are|were|have been|remain)\s+(?:now\s+|already\s+)?"
    rf"({'|'.join(sorted(_STATES, key=len, reverse=True))})(?=[\s*]*(?:[.,;:!?–—]|$|(?:and|but|while)\b))",
    re.IGNORECASE,
)
_ANOTHER_PLAN = re.compile(
    r"\b(?:previous|earlier|last|former|old|first|another|other|partners['’]|corporate|business|(?:19|20)\d\d)\s+"
    r"(?:[\w’'-]+\s+){0,3}plans?\b|\bplan (?:of|from) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"\b(?:(?:has|holds|contains|sets out|lists|comprises|consists of|with)\s+|all\s+|of the\s+)({NUMBER})\s+actions\b"
    + _MORE_FOLLOWS,
    re.IGNORECASE,
)


def _findings(sentence: Sentence, context: RuleContext) -> Iterator[Violation]:
    inspection = context.paper.inspection
    if inspection is None or not inspection.findings or not Tally(inspection).speaks_of_now(sentence.text):
        return
    possible = _counts_of(inspection.findings, "kind", "group", "within", "responsible")
    possible.add(len(context.paper.report.recommendations))
    asked = re.compile(_WAS_ASKED.replace("INSPECTORATE", re.escape(inspection.inspectorate)), re.IGNORECASE)
    for match in (*_ASKED.finditer(sentence.text), *asked.finditer(sentence.text)):
        if match.group(2).casefold().startswith("recommendation") and not _names_inspectors(sentence.text, inspection):
            continue
        if parse_number(match.group(1)) not in possible:
            message = f"'{match.group(1)} {match.group(2)}' was typed; the inspection has {len(inspection.findings)}"
            hint = "write {{ inspection.findings|length|words }}, which counts them"
            yield Violation(sentence.at(match.start(1)), message, hint)


def _names_inspectors(sentence: str, inspection: Inspection) -> bool:
    """Whether recommendations can only be the inspectorate's, and not those of a review, an audit or a committee."""
    named = re.search(rf"\binspect|\b{re.escape(inspection.inspectorate)}\b", sentence, re.IGNORECASE)
    others = re.search(
        r"\b(?:reviews?|audits?|committee|panel|ombudsman|board|cabinet|members)\b", sentence, re.IGNORECASE
    )
    return named is not None and others is None


def _counts_of(records: Sequence[Record], *keys: str) -> set[int]:
    """How many there are, and how many with each value of the keys."""
    alike = (Counter(getattr(one, key) for one in records).values() for key in keys)
    return {len(records)}.union(*alike)


def _actions(sentence: Sentence, context: RuleContext) -> Iterator[Violation]:
    plan = context.paper.plan
    if plan is None or not plan.actions:
        return
    yield from _states(sentence, plan)
    if "plan" not in sentence.text.casefold():
        return
    possible = _counts_of_actions(plan, context)
    for match in (*_DONE.finditer(sentence.text), *_THERE_ARE.finditer(sentence.text)):
        if parse_number(match.group(1)) not in possible:
            message = f"'{match.group(1)} actions' was typed; the plan has {len(plan.actions)}"
            hint = "write {{ plan.actions|length|words }}, which counts them"
            yield Violation(sentence.at(match.start(1)), message, hint)


def _states(sentence: Sentence, plan: ActionPlan) -> Iterator[Violation]:
    """ "Two actions are complete", where fewer are: less than all may be those of which the text speaks."""
    if all(action.status == "not started" for action in plan.actions) or _ANOTHER_PLAN.search(sentence.typed_text.text):
        return  # no status is kept, or of which plan is not known
    for match in _IN_STATE.finditer(sentence.text):
        status = _STATES[" ".join(match.group(2).casefold().split())]
        number = sum(1 for action in plan.actions if action.status == status)
        if parse_number(match.group(1)) > number:
            message = f"'{match.group(1)} actions' were typed as {status}; the plan has {number} of {len(plan.actions)}"
            hint = f"write {{{{ plan.with_status('{status}')|length|words }}}}, which counts them"
            yield Violation(sentence.at(match.start(1)), message, hint)


def _counts_of_actions(plan: ActionPlan, context: RuleContext) -> set[int]:
    """All of them, and those of each part, status, rating and owner, the council's own, and those overdue."""
    counts = _counts_of(plan.actions, "part", "status", "rag", "owner")
    counts |= {len(plan.own_actions), len(plan.actions) - len(plan.own_actions)}
    return counts | ({len(plan.overdue(context.as_of))} if context.as_of is not None else set())
