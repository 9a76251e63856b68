"""Rules on the action plan: RG2xx. That an action answers a finding or is the council's own the reader has seen to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.model.inspection import Finding
from reportgen.model.plan import Action, ActionPlan
from reportgen.rules.deadlines import calendar_of, parse_time_limit
from reportgen.rules.passages import TypedText
from reportgen.rules.rule import ADVICE, ERROR, WARNING, RuleContext, Violation, plan_rule, rule

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


# ---- Findings and actions ----


@rule(
    "RG201",
    ERROR,
    "A finding is answered by no action",
    "SI 2007/462: the statement says what is proposed to be done in the light of the report",
)
def unanswered_finding(context: RuleContext) -> Iterator[Violation]:
    """Each finding is answered by at least one action, or the plan says why not. An action may answer several findings,
    and a finding may have several actions; an action that answers none says own: yes."""
    plan, inspection = context.paper.plan, context.paper.inspection
    if plan is None or inspection is None:
        return
    answered = {finding for action in plan.actions for finding in action.findings}
    settled = answered | {one.finding for one in plan.unanswered}
    for finding in inspection.findings:
        if finding.id not in settled:
            message = f"the finding {finding.id} ({_in_short(finding)}) is answered by no action"
            hint = (
                "add it to findings: of an action; or to unanswered:, with not_accepted: or no_action: and the reason"
            )
            yield Violation(plan.at("actions"), message, hint)


def _in_short(finding: Finding) -> str:
    text = " ".join((finding.title or str(finding.text.text)).split())
    return f"'{text if len(text) <= 50 else text[:49] + '…'}'"


@plan_rule(
    "RG209", ERROR, "A finding is answered, and said to have no action", "House rule: a plan does not contradict itself"
)
def answered_and_left_unanswered(plan: ActionPlan) -> Iterator[Violation]:
    """unanswered: is for findings that the council does not accept, or that leave nothing to be done."""
    for one in plan.unanswered:
        actions = plan.answering(one.finding)
        if actions:
            names = ", ".join(action.id for action in actions)
            message = f"the finding {one.finding} is said to have no action, but is answered by {names}"
            hint = "delete the reason here, or the finding there"
            yield Violation(one.at("finding"), message, hint)


@plan_rule("RG213", WARNING, "A part of the plan is led by nobody", "House rule: each part has a lead")
def part_without_lead(plan: ActionPlan) -> Iterator[Violation]:
    """Where parts of a plan have leads, each has one. Of thirteen plans that went to one committee, five had nobody."""
    led = any(part.lead for part in plan.parts)
    for part in plan.parts:
        if led and (part.lead is None or NOBODY.fullmatch(part.lead)):
            place = part.at("lead" if part.lead else "number")
            yield Violation(
                place, f"part {part.number} of the plan is led by nobody", "add lead: with who answers for it"
            )


@plan_rule("RG212", WARNING, "Two actions have the same text", "House rule: each thing is typed once")
def repeated_action(plan: ActionPlan) -> Iterator[Violation]:
    """One action that answers several findings is one action: it is counted once and has one owner."""
    first: dict[str, Action] = {}
    for action in plan.actions:
        if action.text.gap is not None:
            continue
        other = first.setdefault(" ".join(action.text.text.casefold().split()), action)
        if other is not action:
            message = f"action {action.id} has the same text as action {other.id}"
            hint = "keep one, with the findings of both: an action may answer several"
            yield Violation(action.at("text"), message, hint)


# ---- Owner, due date, measure ----


_CRITICISM = "Inspectors' criticism of plans without owner, date and measure, repeated since 2009"


@plan_rule("RG202", WARNING, "An action has no owner", _CRITICISM)
def action_without_owner(plan: ActionPlan) -> Iterator[Violation]:
    """One lead officer answers for each action, named by post. Where nobody can be named yet, no_owner: gives the
    reason."""
    lacking = [
        action
        for action in plan.actions
        if not action.no_owner and (action.owner is None or NOBODY.fullmatch(action.owner))
    ]
    if len(lacking) > 1 and all(action.owner is None and action.no_owner is None for action in plan.actions):
        message = f"none of the {len(plan.actions)} actions has an owner"
        yield Violation(plan.at("actions"), message, "add owner: with the post of the lead officer")
        return
    for action in lacking:
        place = action.at("id" if action.owner is None else "owner")
        hint = "add owner: with the post of the lead officer; or no_owner: with the reason"
        yield Violation(place, f"action {action.id} has no owner", hint)


@plan_rule("RG203", WARNING, "An action has no due date", _CRITICISM)
def action_without_due_date(plan: ActionPlan) -> Iterator[Violation]:
    """Without a day nobody can say that an action is late. Where none can be set, no_due: gives the reason; a complete
    action needs none."""
    lacking = [
        action for action in plan.actions if not action.no_due and action.due is None and action.status != "complete"
    ]
    if len(lacking) > 1 and all(action.due is None and action.no_due is None for action in plan.actions):
        message = f"none of the {len(plan.actions)} actions has a due date"
        yield Violation(plan.at("actions"), message, "add due: as year-month-day")
        return
    for action in lacking:
        hint = "add due: as year-month-day; or no_due: with the reason"
        yield Violation(action.at("id"), f"action {action.id} has no due date", hint)


@plan_rule("RG204", WARNING, "An action has no measure of success", _CRITICISM)
def action_without_measure(plan: ActionPlan) -> Iterator[Violation]:
    """The measure says how one will know that the action is done and has worked. Where there is none, no_measure: gives
    the reason."""
    lacking = [action for action in plan.actions if not action.no_measure and action.measure is None]
    if len(lacking) > 1 and all(action.measure is None and action.no_measure is None for action in plan.actions):
        message = f"none of the {len(plan.actions)} actions has a measure"
        yield Violation(plan.at("actions"), message, "add measure: with how one will know")
        return
    for action in lacking:
        hint = "add measure: with how one will know; or no_measure: with the reason"
        yield Violation(action.at("id"), f"action {action.id} has no measure", hint)


@plan_rule("RG215", ADVICE, "An action is owned by everybody", "House rule: one lead officer for each action")
def action_owned_by_everybody(plan: ActionPlan) -> Iterator[Violation]:
    """An action of 'all managers' is nobody's."""
    for action in plan.actions:
        if action.owner and EVERYBODY.fullmatch(action.owner):
            message = f"action {action.id} is owned by '{action.owner}', which is nobody in particular"
            yield Violation(action.at("owner"), message, "name the post of one lead officer")


@plan_rule(
    "RG208", ADVICE, "Words that cannot be measured", "Inspectors' criticism of plans whose progress cannot be measured"
)
def unmeasurable_words(plan: ActionPlan) -> Iterator[Violation]:
    """'Will be investigated', 'ongoing' or 'as appropriate' leave open what will be there, and when."""
    for action in plan.actions:
        for prose in (action.text, action.measure):
            if prose is None or prose.gap is not None:
                continue
            typed_text = TypedText(prose.text, "plan")
            for match in VAGUE.finditer(typed_text.text):
                said = " ".join(match.group().split())
                message = f"action {action.id} says '{said}', which can be neither missed nor met"
                yield Violation(typed_text.at(match.start()), message, "say what will be there, and by when")


# ---- Time ----


@rule("RG205", WARNING, "An action is due later than the inspectorate asks", "The inspection's report")
def action_due_after_time_limit(context: RuleContext) -> Iterator[Violation]:
    """The time of a finding (within:) runs from the day on which the inspection's report was published. 'Immediately'
    sets no day, and a complete action is not late."""
    plan, inspection = context.paper.plan, context.paper.inspection
    if plan is None or inspection is None:
        return
    calendar = calendar_of(context.paper.council)
    for action in plan.actions:
        for finding in inspection.findings if action.due and action.status != "complete" else ():
            band = parse_time_limit(finding.within) if finding.within and finding.id in action.findings else None
            end = band.end(inspection.published, calendar) if band else None
            if end is not None and action.due is not None and action.due > end:
                asked = f"but the finding {finding.id} is to be met '{finding.within}', by {end}"
                hint = f"set an earlier day; the time runs from the report's publication on {inspection.published}"
                yield Violation(action.at("due"), f"action {action.id} is due on {action.due}, {asked}", hint)


@rule("RG206", WARNING, "An action is overdue", "House rule: a plan is up to date when it is published")
def overdue_action(context: RuleContext) -> Iterator[Violation]:
    """An action is overdue when it was due before the day of the meeting, or that of --as-of, and is not complete.
    Members will ask why."""
    plan, as_of = context.paper.plan, context.as_of
    if plan is None or as_of is None:
        return
    late = {action.id for action in plan.overdue(as_of)}
    for action in plan.actions:
        if action.id in late:
            message = f"action {action.id} was due on {action.due} and is '{action.status}' on {as_of}"
            hint = "bring status: up to date, or say in comment: why it is late and set a new day"
            yield Violation(action.at("due"), message, hint)


@rule("RG211", WARNING, "An action is due before the inspection began", "House rule: dates are in order")
def action_due_before_inspection(context: RuleContext) -> Iterator[Violation]:
    """An action that answers what an inspection found is due after the inspection began; an earlier day mostly has the
    wrong year."""
    plan, inspection = context.paper.plan, context.paper.inspection
    if plan is None or inspection is None:
        return
    for action in plan.actions:
        if action.due and action.findings and action.due < inspection.start:
            message = f"action {action.id} is due on {action.due}, before the inspection began on {inspection.start}"
            yield Violation(action.at("due"), message, "check the year")


# ---- Status, rating, impact ----


@plan_rule(
    "RG207", ERROR, "Red or amber without a comment", "House rule, from published plans whose comments were left empty"
)
def rating_without_comment(plan: ActionPlan) -> Iterator[Violation]:
    """A rating that says that something is wrong is no use without what is wrong, and what is done about it."""
    for action in plan.actions:
        if action.rag in ("red", "amber") and action.comment is None:
            message = f"action {action.id} is rated {action.rag} without a comment"
            hint = "add comment: with what is in the way, and what is done about it"
            yield Violation(action.at("rag"), message, hint)


@plan_rule(
    "RG210",
    WARNING,
    "Status, rating and impact contradict each other",
    "House rule: status, rating and impact are three things",
)
def contradictory_ratings(plan: ActionPlan) -> Iterator[Violation]:
    """status: says whether an action is done, rag: how it is going, impact: what difference it makes. Published plans
    have used amber for 'done, awaiting sign-off', which nobody could tell from 'in trouble'."""
    for action in plan.actions:
        if action.status == "complete" and action.rag in ("red", "amber"):
            message = f"action {action.id} is complete and yet rated {action.rag}"
            hint = "rag: says how it is going; when it waits for something (a sign-off), it is in progress"
            yield Violation(action.at("rag"), message, hint)
        if action.status == "not started" and action.impact not in (None, "none yet"):
            message = f"action {action.id} is not started and yet has an impact: '{action.impact}'"
            yield Violation(action.at("impact"), message, "bring status: up to date, or delete impact:")


@plan_rule("RG214", ADVICE, "An action in progress has no rating", "House rule: all in progress are rated, or none")
def action_without_rating(plan: ActionPlan) -> Iterator[Violation]:
    """Where some actions in progress are rated, readers take the others for forgotten."""
    going = [action for action in plan.actions if action.status == "in progress"]
    for action in going if any(one.rag for one in going) else ():
        if action.rag is None:
            message = f"action {action.id} is in progress and has no rating, as others have"
            yield Violation(action.at("status"), message, "add rag: red, amber or green")
