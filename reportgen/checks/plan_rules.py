"""Rules on the action plan: RG2xx. That an action answers a finding or is the council's own the reader has seen to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from reportgen.checks.bands import read_band
from reportgen.checks.calendar import calendar_of
from reportgen.checks.passages import Passage
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Severity
from reportgen.model.inspection import Finding
from reportgen.model.plan import Action, ActionPlan

NOBODY = re.compile(
    r"tb[ac]|to be (confirmed|agreed|appointed|decided)|n/?a|none|nobody|vacan(t|cy)|unknown|[-–—?]+", re.I
)
"""An owner that names nobody."""
EVERYBODY = re.compile(
    r"((all|each|every|various|several|relevant|appropriate) )?(of )?(the )?(\w+ )?"
    r"(staff|managers|officers|teams|partners|services|agencies|leads)|everyone|everybody|all|various",
    re.IGNORECASE,
)
"""An owner that names so many that nobody answers."""
VAGUE = re.compile(
    r"\b(?:(?:will be|to be|being) (?:investigated|explored|looked (?:at|into)|considered|kept under review)"
    r"|(?:explore|look into|consider|investigate) (?:the )?(?:options|possibility|possibilities|scope|whether|how|ways)"
    r"|on-?going|on an ongoing basis|in due course|as soon as (?:possible|practicable)|when resources (?:allow|permit)"
    r"|(?:where|if|as far as) (?:possible|practicable)|as (?:and when|appropriate|necessary|required)|where appropriate"
    r"|continue to (?:monitor|review|improve|develop|work|explore|consider)|strive to|endeavour to|seek to|aim to)\b",
    re.IGNORECASE,
)
"""Words that leave open what is done, or when: what they say can be neither missed nor met."""


def _on_plan(check: Callable[[ActionPlan], Iterable[Found]]) -> Callable[[Checked], Iterable[Found]]:
    """The rule for papers: it is silent about one without a plan."""
    return lambda checked: check(checked.paper.plan) if checked.paper.plan else ()


# ---- Findings and actions ----


def _answered(plan: ActionPlan) -> set[str]:
    return {finding for action in plan.actions for finding in action.findings}


def _unanswered_findings(checked: Checked) -> Iterator[Found]:
    plan, inspection = checked.paper.plan, checked.paper.inspection
    if plan is None or inspection is None:
        return
    settled = _answered(plan) | {one.finding for one in plan.unanswered}
    for finding in inspection.findings:
        if finding.id not in settled:
            yield Found(
                plan.at("actions"),
                f"the finding {finding.id} ({_in_short(finding)}) is answered by no action",
                "add it to findings: of an action; or to unanswered:, with not_accepted: or no_action: and the reason",
            )


def _in_short(finding: Finding) -> str:
    text = " ".join((finding.title or str(finding.text.text)).split())
    return f"'{text if len(text) <= 50 else text[:49] + '…'}'"


def _answered_all_the_same(plan: ActionPlan) -> Iterator[Found]:
    for number, one in enumerate(plan.unanswered):
        actions = plan.answering(one.finding)
        if actions:
            names = ", ".join(action.id for action in actions)
            message = f"the finding {one.finding} is said to have no action, but is answered by {names}"
            hint = "delete the reason here, or the finding there"
            yield Found(plan.at("unanswered", number, "finding"), message, hint)


def _parts_without_lead(plan: ActionPlan) -> Iterator[Found]:
    led = any(part.lead for part in plan.parts)
    for number, part in enumerate(plan.parts):
        if led and (part.lead is None or NOBODY.fullmatch(part.lead)):
            place = plan.at("parts", number, "lead" if part.lead else "number")
            yield Found(place, f"part {part.number} of the plan is led by nobody", "add lead: with who answers for it")


def _actions_twice(plan: ActionPlan) -> Iterator[Found]:
    first: dict[str, Action] = {}
    for number, action in enumerate(plan.actions):
        if action.text.gap is not None:
            continue
        other = first.setdefault(" ".join(action.text.text.casefold().split()), action)
        if other is not action:
            message = f"action {action.id} has the same text as action {other.id}"
            hint = "keep one, with the findings of both: an action may answer several"
            yield Found(plan.at("actions", number, "text"), message, hint)


# ---- Owner, due date, measure ----


def _without(key: str, what: str, lacks: Callable[[Action], bool], how: str) -> Callable[[Checked], Iterable[Found]]:
    """The rule that each action has something, or says why not; a plan in which none has it is told once."""
    article = "an" if what.startswith("o") else "a"

    def check(plan: ActionPlan) -> Iterator[Found]:
        lacking = [(number, one) for number, one in enumerate(plan.actions) if lacks(one)]
        silent = all(getattr(one, key) is None and getattr(one, f"no_{key}") is None for one in plan.actions)
        if silent and len(lacking) > 1:
            message = f"none of the {len(plan.actions)} actions has {article} {what}"
            yield Found(plan.at("actions"), message, f"add {key}: {how}")
            return
        for number, action in lacking:
            place = plan.at("actions", number, key if getattr(action, key) is not None else "id")
            yield Found(place, f"action {action.id} has no {what}", f"add {key}: {how}; or no_{key}: with the reason")

    return _on_plan(check)


def _lacks_owner(action: Action) -> bool:
    return not action.no_owner and (action.owner is None or NOBODY.fullmatch(action.owner) is not None)


def _lacks_due(action: Action) -> bool:
    return not action.no_due and action.due is None and action.status != "complete"


def _lacks_measure(action: Action) -> bool:
    return not action.no_measure and action.measure is None


def _owned_by_everybody(plan: ActionPlan) -> Iterator[Found]:
    for number, action in enumerate(plan.actions):
        if action.owner and EVERYBODY.fullmatch(action.owner):
            message = f"action {action.id} is owned by '{action.owner}', which is nobody in particular"
            yield Found(plan.at("actions", number, "owner"), message, "name the post of one lead officer")


def _vague_words(plan: ActionPlan) -> Iterator[Found]:
    for action in plan.actions:
        for prose in (action.text, action.measure):
            if prose is None or prose.gap is not None:
                continue
            passage = Passage(prose.text, "plan")
            for match in VAGUE.finditer(passage.text):
                message = (
                    f"action {action.id} says '{' '.join(match.group().split())}', which can be neither missed nor met"
                )
                yield Found(passage.at(match.start()), message, "say what will be there, and by when")


# ---- Time ----


def _later_than_the_band(checked: Checked) -> Iterator[Found]:
    plan, inspection = checked.paper.plan, checked.paper.inspection
    if plan is None or inspection is None:
        return
    calendar = calendar_of(checked.paper.council)
    for number, action in enumerate(plan.actions):
        for finding in inspection.findings if action.due and action.status != "complete" else ():
            band = read_band(finding.within) if finding.within and finding.id in action.findings else None
            end = band.end(inspection.published, calendar) if band else None
            if end is not None and action.due is not None and action.due > end:
                yield Found(
                    plan.at("actions", number, "due"),
                    f"action {action.id} is due on {action.due}, but the finding {finding.id} is to be met "
                    f"'{finding.within}', by {end}",
                    f"set an earlier day; the time runs from the report's publication on {inspection.published}",
                )


def _overdue(checked: Checked) -> Iterator[Found]:
    plan, as_of = checked.paper.plan, checked.as_of
    if plan is None or as_of is None:
        return
    late = {action.id for action in plan.overdue(as_of)}
    for number, action in enumerate(plan.actions):
        if action.id in late:
            message = f"action {action.id} was due on {action.due} and is '{action.status}' on {as_of}"
            hint = "bring status: up to date, or say in comment: why it is late and set a new day"
            yield Found(plan.at("actions", number, "due"), message, hint)


def _due_too_soon(checked: Checked) -> Iterator[Found]:
    plan, inspection = checked.paper.plan, checked.paper.inspection
    if plan is None or inspection is None:
        return
    for number, action in enumerate(plan.actions):
        if action.due and action.findings and action.due < inspection.start:
            message = f"action {action.id} is due on {action.due}, before the inspection began on {inspection.start}"
            yield Found(plan.at("actions", number, "due"), message, "check the year")


# ---- Status, rating, impact ----


def _silent_ratings(plan: ActionPlan) -> Iterator[Found]:
    for number, action in enumerate(plan.actions):
        if action.rag in ("red", "amber") and action.comment is None:
            message = f"action {action.id} is rated {action.rag} without a comment"
            hint = "add comment: with what is in the way, and what is done about it"
            yield Found(plan.at("actions", number, "rag"), message, hint)


def _contradictory_ratings(plan: ActionPlan) -> Iterator[Found]:
    for number, action in enumerate(plan.actions):
        if action.status == "complete" and action.rag in ("red", "amber"):
            message = f"action {action.id} is complete and yet rated {action.rag}"
            hint = "rag: says how it is going; when it waits for something (a sign-off), it is in progress"
            yield Found(plan.at("actions", number, "rag"), message, hint)
        if action.status == "not started" and action.impact not in (None, "none yet"):
            message = f"action {action.id} is not started and yet has an impact: '{action.impact}'"
            yield Found(plan.at("actions", number, "impact"), message, "bring status: up to date, or delete impact:")


def _unrated(plan: ActionPlan) -> Iterator[Found]:
    going = [(number, action) for number, action in enumerate(plan.actions) if action.status == "in progress"]
    rated = [action for _, action in going if action.rag]
    for number, action in going if rated else ():
        if action.rag is None:
            message = f"action {action.id} is in progress and has no rating, as others have"
            yield Found(plan.at("actions", number, "status"), message, "add rag: red, amber or green")


PLAN_RULES: tuple[Rule, ...] = (
    Rule(
        "RG201",
        Severity.ERROR,
        "A finding is answered by no action",
        "Each finding is answered by at least one action, or the plan says why not. An action may answer several "
        "findings, and a finding may have several actions; an action that answers none says own: yes.",
        "SI 2007/462: the statement says what is proposed to be done in the light of the report",
        _unanswered_findings,
    ),
    Rule(
        "RG202",
        Severity.WARNING,
        "An action has no owner",
        "One lead officer answers for each action, by post. Where nobody can be named yet, no_owner: says why.",
        "Inspectors' criticism of plans without owner, date and measure, repeated since 2009",
        _without("owner", "owner", _lacks_owner, "with the post of the lead officer"),
    ),
    Rule(
        "RG203",
        Severity.WARNING,
        "An action has no due date",
        "Without a day nobody can say that an action is late. Where none can be set, no_due: says why; a complete "
        "action needs none.",
        "Inspectors' criticism of plans without owner, date and measure, repeated since 2009",
        _without("due", "due date", _lacks_due, "as year-month-day"),
    ),
    Rule(
        "RG204",
        Severity.WARNING,
        "An action has no measure of success",
        "The measure says how one will know that the action is done and has worked. Where there is none, "
        "no_measure: says why.",
        "Inspectors' criticism of plans without owner, date and measure, repeated since 2009",
        _without("measure", "measure", _lacks_measure, "with how one will know"),
    ),
    Rule(
        "RG205",
        Severity.WARNING,
        "An action is due later than the inspectorate asks",
        "The time of a finding (within:) runs from the day on which the inspection's report was published. "
        "'Immediately' sets no day, and a complete action is not late.",
        "The inspection's report",
        _later_than_the_band,
    ),
    Rule(
        "RG206",
        Severity.WARNING,
        "An action is overdue",
        "It is due before the day of the meeting, or that of --as-of, and not complete. Members will ask.",
        "House rule: a plan is up to date when it is published",
        _overdue,
    ),
    Rule(
        "RG207",
        Severity.ERROR,
        "Red or amber without a comment",
        "A rating that says that something is wrong is no use without what is wrong, and what is done about it.",
        "House rule, from published plans whose comments were left empty",
        _on_plan(_silent_ratings),
    ),
    Rule(
        "RG208",
        Severity.ADVICE,
        "Words that cannot be measured",
        "'Will be investigated', 'ongoing' or 'as appropriate' leave open what will be there, and when.",
        "Inspectors' criticism of plans whose progress cannot be measured",
        _on_plan(_vague_words),
    ),
    Rule(
        "RG209",
        Severity.ERROR,
        "A finding is answered, and said to have no action",
        "unanswered: is for findings that the council does not accept, or that leave nothing to be done.",
        "House rule: a plan does not contradict itself",
        _on_plan(_answered_all_the_same),
    ),
    Rule(
        "RG210",
        Severity.WARNING,
        "Status, rating and impact contradict each other",
        "status: says whether an action is done, rag: how it is going, impact: what difference it makes. Published "
        "plans have used amber for 'done, awaiting sign-off', which nobody could tell from 'in trouble'.",
        "House rule: status, rating and impact are three things",
        _on_plan(_contradictory_ratings),
    ),
    Rule(
        "RG211",
        Severity.WARNING,
        "An action is due before the inspection began",
        "It answers what the inspection found, so the year is probably wrong.",
        "House rule: dates are in order",
        _due_too_soon,
    ),
    Rule(
        "RG212",
        Severity.WARNING,
        "Two actions have the same text",
        "One action that answers several findings is one action: it is counted once and has one owner.",
        "House rule: each thing is typed once",
        _on_plan(_actions_twice),
    ),
    Rule(
        "RG213",
        Severity.WARNING,
        "A part of the plan is led by nobody",
        "Where parts of a plan have leads, each has one. Of thirteen plans that went to one committee, five had "
        "nobody.",
        "House rule: each part has a lead",
        _on_plan(_parts_without_lead),
    ),
    Rule(
        "RG214",
        Severity.ADVICE,
        "An action in progress has no rating",
        "Where some actions in progress are rated, readers take the others for forgotten.",
        "House rule: all in progress are rated, or none",
        _on_plan(_unrated),
    ),
    Rule(
        "RG215",
        Severity.ADVICE,
        "An action is owned by everybody",
        "An action of 'all managers' is nobody's.",
        "House rule: one lead officer for each action",
        _on_plan(_owned_by_everybody),
    ),
)
