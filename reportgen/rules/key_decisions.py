"""Rules on key decisions: whether it is one, its notice, urgency and call-in. RG405 to RG407, RG411 to RG415."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportgen.model.paper import Paper
from reportgen.model.report import Report
from reportgen.rules.publicity import ASK, executive_meeting, is_said, too_few_clear_days
from reportgen.rules.rule import ADVICE, WARNING, RuleContext, Violation, law_rule

_NOTICE_FIELDS: Mapping[str, str] = {
    "key": "that a key decision is to be made (a)",
    "matter": "the matter (b)",
    "decision_maker": "the decision maker (c)",
    "decision_date": "the date or the period (d)",
    "documents": "the documents (e)",
    "address": "the address for copies (f)",
    "other_documents": "that other documents may be submitted (g)",
    "request": "how to ask for details (h)",
}
"""The fields of a notice and what reg 9(2) calls them, with its letters."""
_TAKING_NOTE = frozenset(
    {"acknowledge", "comment", "consider", "discuss", "examine", "note", "receive", "review", "scrutinise", "welcome"}
)
"""Verbs of recommendations that decide nothing."""


def _is_urgent(report: Report) -> bool:
    return report.general_exception is not None or report.special_urgency is not None


def _may_be_key(checked: RuleContext) -> bool:
    """Whether the decision is said to be key, and nothing known makes that impossible."""
    paper = checked.paper
    return paper.report.key_decision and (paper.meeting is None or executive_meeting(checked) is not None)


@law_rule("RG405", WARNING, "a key decision without notice", "SI 2012/2089 regs 9 to 11")
def _notice_given(checked: RuleContext) -> Iterator[Violation]:
    """A key decision is not made unless a notice of it was published at least 28 clear days before, or the general
    exception or special urgency was followed. Only the executive makes key decisions, so that papers to other bodies
    are passed over."""
    report = checked.paper.report
    if _may_be_key(checked) and not (report.notice or report.forward_plan_ref or _is_urgent(report)):
        message = "this is a key decision, but no notice of it is given"
        hint = (
            "give notice: with the day on which it was published and what it states, or general_exception: (reg 10) or"
            " special_urgency: (reg 11)"
        )
        yield Violation(report.at("key_decision"), message, hint)


@law_rule("RG415", ADVICE, "a notice that cannot be checked", "SI 2012/2089 reg 9(2)")
def _notice_dated(checked: RuleContext) -> Iterator[Violation]:
    """From a reference to the forward plan alone, neither the 28 clear days nor the eight things can be checked."""
    report = checked.paper.report
    if _may_be_key(checked) and report.forward_plan_ref and not (report.notice or _is_urgent(report)):
        message = f"the notice {report.forward_plan_ref} is named, but not when it was published and what it states"
        hint = "give notice: with published: and what it states, and the 28 clear days and the eight fields are checked"
        yield Violation(report.at("forward_plan_ref"), message, hint)


@law_rule("RG406", WARNING, "notice of a key decision shorter than 28 clear days", "SI 2012/2089 reg 9(2)")
def _notice_in_time(checked: RuleContext) -> Iterator[Violation]:
    """Neither the day of the notice nor that of the meeting counts. The regulations do not say which days; calendar
    days are common practice, and `timetable` in council.yaml can say otherwise. A shorter notice needs the general
    exception (reg 10) or special urgency (reg 11)."""
    paper, meeting = checked.paper, executive_meeting(checked)
    notice = paper.report.notice
    if meeting is None or notice is None or not paper.report.key_decision or _is_urgent(paper.report):
        return
    few = too_few_clear_days(notice.published, meeting, paper.council, "notice")
    if few:
        hint = (
            "decide later, or give general_exception: (reg 10) or special_urgency: (reg 11); clear days are counted as"
            f" timetable: in council.yaml says ({paper.council.timetable.notice_counted_in}); {ASK}"
        )
        yield Violation(paper.report.at("notice", "published"), few, hint)


@law_rule("RG407", WARNING, "a notice that does not state everything", "SI 2012/2089 reg 9(2)(a) to (h)")
def _notice_complete(checked: RuleContext) -> Iterator[Violation]:
    """The notice states eight things: that a key decision is to be made; the matter; the decision maker; the date or
    period; the documents submitted; where copies can be had; that other documents may be submitted; and how to ask for
    details of these."""
    report = checked.paper.report
    if report.notice is None or not _may_be_key(checked):
        return
    given = {name: getattr(report.notice, name) for name in _NOTICE_FIELDS}
    lacking = [name for name, said in given.items() if not (said if isinstance(said, bool) else is_said(said))]
    if lacking:
        named = ", ".join(_NOTICE_FIELDS[name] for name in lacking)
        keys = ", ".join(f"{name}:" for name in lacking)
        yield Violation(
            report.at("notice"), f"the notice of the key decision lacks {named}", f"give {keys} as published"
        )


@law_rule("RG411", ADVICE, "many wards, yet not key", "SI 2012/2089 reg 8(1)(b)")
def _touches_wards(checked: RuleContext) -> Iterator[Violation]:
    """A decision with significant effects on communities in two or more wards is key. A paper that names all wards, or
    several, and asks the executive for more than to take note, says under `not_key` why the decision is not key."""
    report = checked.paper.report
    if executive_meeting(checked) is None or report.key_decision or report.not_key or not _decides(report):
        return
    if "wards" in report.model_fields_set and _many_wards(checked.paper):
        message = f"the wards are '{report.wards}', yet the decision is not key"
        hint = "write key_decision: yes, or say under not_key: why the effect on communities there is not significant"
        yield Violation(report.at("wards"), message, hint)


def _decides(report: Report) -> bool:
    """Whether any recommendation asks for more than taking note; a gap asks for nothing yet."""
    written = [one.text.text for one in report.recommendations if one.text.gap is None]
    starts = (re.match(r"[a-z]+", text.strip().casefold()) for text in written)
    return any(start is None or start.group() not in _TAKING_NOTE for start in starts)


def _many_wards(paper: Paper) -> bool:
    """Whether the wards are all, or as many names, with commas between them, as make a decision key."""
    wards = paper.report.wards.casefold()
    if re.match(r"(none|no|not|n/a)\b", wards):
        return False
    names = [name for name in re.split(r"[,;]", wards) if name.strip()]
    return bool(re.match(r"all\b|borough-?wide\b|county-?wide\b|city-?wide\b", wards)) or (
        len(names) > 1 and len(names) >= paper.council.thresholds.wards
    )


@law_rule("RG412", WARNING, "spending above the threshold, yet not key", "SI 2012/2089 reg 8(1)(a)")
def _costly(checked: RuleContext) -> Iterator[Violation]:
    """Spending or saving that is significant beside the council's budget for the service makes a decision key. What is
    significant each council settles: `thresholds: {amount: …}` in council.yaml, compared with `amount` of the paper."""
    report, threshold = checked.paper.report, checked.paper.council.thresholds.amount
    if executive_meeting(checked) is None or report.key_decision or report.not_key or threshold is None:
        return
    if report.amount is not None and abs(report.amount) >= threshold:
        message = (
            f"£{abs(report.amount):,} is spent or saved, and from £{threshold:,} on a decision is key; this one is not"
        )
        hint = "write key_decision: yes, or say under not_key: why not; the threshold stands in council.yaml"
        yield Violation(report.at("amount"), message, hint)


@law_rule(
    "RG413", WARNING, "kept from call-in without a reason", "Local Government Act 2000 s.9F; the council's constitution"
)
def _call_in(checked: RuleContext) -> Iterator[Violation]:
    """Members of the overview and scrutiny committee can have a decision of the executive reconsidered before it takes
    effect. Constitutions let urgent decisions be kept from that, with a reason and somebody's agreement."""
    report = checked.paper.report
    if report.call_in is None or report.call_in.applies:
        return
    lacking = [] if is_said(report.call_in.reason) else ["the reason"]
    lacking += [] if is_said(report.call_in.agreed_by) else ["who agreed"]
    if lacking:
        message = f"the decision is kept from call-in, but the paper lacks {' and '.join(lacking)}"
        hint = f"give reason: and agreed_by: as the council's constitution asks; {ASK}"
        yield Violation(report.at("call_in"), message, hint)


@law_rule("RG414", WARNING, "exception or urgency not made out", "SI 2012/2089 regs 10 and 11")
def _urgency_complete(checked: RuleContext) -> Iterator[Violation]:
    """Under the general exception the chair of the overview and scrutiny committee, or each of its members, is
    informed, a notice is published and five clear days pass. Under special urgency the chair of that committee, or the
    chair or vice-chair of the council, agrees that the decision is urgent and cannot reasonably be deferred."""
    report = checked.paper.report
    if report.general_exception and not report.special_urgency:
        yield from _exception_complete(checked)
    urgent = report.special_urgency
    if urgent and not (is_said(urgent.reason) and is_said(urgent.agreed_by)):
        message = "special urgency lacks the reason or who agreed"
        hint = "give reason: and agreed_by: the chair of the overview and scrutiny committee, or as reg 11 says"
        yield Violation(report.at("special_urgency"), message, hint)


def _exception_complete(checked: RuleContext) -> Iterator[Violation]:
    report, meeting = checked.paper.report, executive_meeting(checked)
    exception = report.general_exception
    assert exception is not None
    if not (is_said(exception.reason) and is_said(exception.informed)):
        message = "the general exception lacks the reason or who was informed"
        hint = "give reason: and informed: the chair, or each member, of the overview and scrutiny committee"
        yield Violation(report.at("general_exception"), message, hint)
    if meeting is None or exception.published is None:
        return
    few = too_few_clear_days(exception.published, meeting, checked.paper.council, "general exception")
    if few:
        hint = f"decide later, or give special_urgency: (reg 11); which days are clear days, {ASK}"
        yield Violation(report.at("general_exception", "published"), f"notice of the general exception: {few}", hint)
