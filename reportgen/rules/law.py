"""Rules on law and clock: RG4xx. Agendas, private meetings, the answer to an inspection, and key decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from reportgen.model.base import GAP_MARK
from reportgen.model.marking import Exempt
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.report import PrivateMeetingNotice, Report
from reportgen.rules.deadlines import (
    Announced,
    calendar_of,
    clear_days,
    inspection_deadlines,
    last_day,
    takes_key_decisions,
)
from reportgen.rules.rule import ADVICE, WARNING, RuleContext, Violation, law_rule
from reportgen.rules.wording import with_weekday

ASK = "check with the monitoring officer"
_EMPTY_WORDS = frozenset(
    {"commercial", "commercially", "confidence", "confidential", "contains", "exempt", "information", "publication"}
    | {"paper", "paragraph", "paragraphs", "part", "report", "schedule", "12a", "sensitive", "this", "tbc", "none"}
    | {"a", "an", "and", "as", "by", "for", "from", "in", "is", "it", "n", "na", "not", "of", "the", "to", "under"}
)
"""Words that say that a paper is exempt, but not why."""
_FEW_WORDS = 3


def is_given(text: str | None) -> bool:
    """Whether something is given, and it is no gap."""
    return text is not None and not text.startswith(GAP_MARK)


def executive_meeting(context: RuleContext) -> Meeting | None:
    """The meeting, if SI 2012/2089 applies to it."""
    meeting = context.paper.meeting
    return meeting if meeting and takes_key_decisions(meeting) else None


def too_few_clear_days(published: date, meeting: Meeting, council: Council, announced: Announced) -> str | None:
    """How many clear days are left and what was wanted, as a message says it; None when there are enough."""
    number, kind = clear_days(council, announced)
    calendar = calendar_of(council)
    if published <= calendar.last_day_for(meeting.date, number, kind):
        return None
    # The law would let a Sunday be the last day; `reportgen clock` names the working day before it, and so does this.
    last = last_day(meeting, council, announced)
    left = calendar.clear_days_between(published, meeting.date, kind)
    are, days = ("is", kind.removesuffix("s")) if left == 1 else ("are", kind)
    return (
        f"between {with_weekday(published)} and the meeting of {with_weekday(meeting.date)} {are} {left} clear {days};"
        f" {number} were expected, so {with_weekday(last)} was the last day"
    )


@law_rule(
    "RG403",
    WARNING,
    "Agenda or report published less than five clear days before",
    "Local Government Act 1972 s.100B(3); for the executive SI 2012/2089 reg 7",
)
def agenda_published_late(context: RuleContext) -> Iterator[Violation]:
    """Agenda and reports are open to the public for at least five clear days before a meeting: neither the day of
    publication nor that of the meeting counts. The Act does not say which days; working days are common practice and
    can be set under `timetable` in council.yaml. An item that is `late` and a meeting of `short_notice` are passed
    over. Compared where `published` is given."""
    paper, meeting, item = context.paper, context.paper.meeting, context.paper.item
    if meeting is None or (item and item.late) or meeting.short_notice:
        return
    published, place = meeting.published, meeting.at("published")
    if item and item.published:
        published, place = item.published, item.at("published")
    if published is None:
        return
    few = too_few_clear_days(published, meeting, paper.council, "agenda")
    if few:
        counted = paper.council.timetable.agenda_counted_in
        hint = (
            "publish earlier, or give the item late: with reason: and chair_consulted:, or the meeting short_notice:;"
            f" clear days are counted as timetable: in council.yaml says ({counted}); {ASK}"
        )
        yield Violation(place, few, hint)


@law_rule("RG404", WARNING, "A late item without its reason or the chair", "Local Government Act 1972 s.100B(4)(b)")
def late_item_without_reason(context: RuleContext) -> Iterator[Violation]:
    """A report that was not open to the public in time is considered only if the chair is of the opinion, by reason of
    special circumstances that the minutes specify, that it should be as a matter of urgency."""
    item = context.paper.item
    if item is None or item.late is None:
        return
    late = item.late
    lacking = [] if is_given(late.reason) else ["the special circumstances"]
    lacking += [] if late.chair_consulted else ["the chair's opinion that it is urgent"]
    if lacking:
        message = f"item {item.number} is late, but it lacks {' and '.join(lacking)}"
        hint = "give late: its reason:, and chair_consulted: yes once the chair has agreed; the minutes record both"
        yield Violation(item.at("late"), message, hint)


@law_rule(
    "RG408",
    WARNING,
    "Exempt without the public interest",
    "Local Government Act 1972 s.100A(4), Schedule 12A paragraph 10",
)
def exemption_without_public_interest(context: RuleContext) -> Iterator[Violation]:
    """Information under Part 1 of Schedule 12A is exempt only if, and so long as, in all the circumstances of the case
    the public interest in maintaining the exemption outweighs that in disclosing the information. A reason that only
    repeats the paragraph, or calls the paper confidential, does not say so."""
    for marking in context.paper.markings:
        if not isinstance(marking, Exempt):
            continue
        words = re.findall(r"[a-z0-9]+", marking.reason.casefold())
        telling = [word for word in words if not word.isdigit() and word not in _EMPTY_WORDS]
        if not is_given(marking.reason) or len(telling) < _FEW_WORDS:
            what = "paper" if marking == context.paper.report.exempt else "text"
            message = f"the {what} is exempt, but the reason does not say why the public interest is better served so"
            hint = "say what disclosure would do, and why that outweighs the interest in it; ask the monitoring officer"
            yield Violation(marking.at("reason"), message, hint)


@law_rule("RG409", WARNING, "A private meeting without its notices", "SI 2012/2089 reg 5")
def private_meeting_without_notice(context: RuleContext) -> Iterator[Violation]:
    """Before the executive meets in private it publishes a notice at least 28 clear days before, with the reasons, and
    a second one at least five clear days before, with the representations and the answer to them; else the chair of the
    overview and scrutiny committee, or another whom the regulation names, agrees that the meeting is urgent."""
    report, meeting = context.paper.report, executive_meeting(context)
    markings = context.paper.markings
    if meeting is None or not markings:
        return
    notice = report.private_notice
    if notice is None:
        what = "the paper" if report.marking else "a part of the paper"
        message = f"{meeting.body} is to take {what} in private, but no notice of that is given"
        hint = "give private_notice: with published:, reason: and confirmed:, or its urgency: with who agreed"
        yield Violation(markings[0].at(), message, hint)
        return
    yield from _incomplete_private_notice(context, notice)
    if notice.urgency is None:
        yield from _late_private_notice(context, meeting, notice)


def _incomplete_private_notice(context: RuleContext, notice: PrivateMeetingNotice) -> Iterator[Violation]:
    report = context.paper.report
    if not is_given(notice.reason):
        message = "the notice of the private meeting lacks the reasons"
        yield Violation(report.at("private_notice"), message, "give reason:, as both notices state it")
    if notice.urgency and not (is_given(notice.urgency.reason) and is_given(notice.urgency.agreed_by)):
        message = "the private meeting is urgent, but it lacks the reason or who agreed"
        hint = "give reason: and agreed_by: (the chair of the overview and scrutiny committee, or as reg 5(6) says)"
        yield Violation(report.at("private_notice", "urgency"), message, hint)


def _late_private_notice(context: RuleContext, meeting: Meeting, notice: PrivateMeetingNotice) -> Iterator[Violation]:
    report, council = context.paper.report, context.paper.council
    hint = f"meet later, or give urgency: with who agreed; how days are counted is a setting (timetable:), {ASK}"
    few = too_few_clear_days(notice.published, meeting, council, "notice")
    if few:
        yield Violation(report.at("private_notice", "published"), f"notice of the private meeting: {few}", hint)
    if notice.confirmed is None:
        message = "the second notice of the private meeting is not given"
        yield Violation(report.at("private_notice"), message, "give confirmed: with the day on which it was published")
        return
    few = too_few_clear_days(notice.confirmed, meeting, council, "agenda")
    if few:
        yield Violation(report.at("private_notice", "confirmed"), f"second notice of the private meeting: {few}", hint)


@law_rule(
    "RG410",
    WARNING,
    "No word on background papers",
    "Local Government Act 1972 s.100D; for the executive SI 2012/2089 reg 15",
)
def missing_background_papers(context: RuleContext) -> Iterator[Violation]:
    """A report to the council or a committee carries a list of the documents that it relied on to a material extent;
    where there are none it is clearer to say so. Published works are not background papers, and exempt papers need not
    be listed, so that an exempt or confidential report is passed over."""
    report = context.paper.report
    if report.background_papers and report.no_background_papers:
        message = "background papers are listed, and yet it is said that there are none"
        yield Violation(report.at("no_background_papers"), message, "delete the statement or the list")
    elif not (report.background_papers or report.no_background_papers or report.exempt or report.confidential):
        message = "there is neither a list of background papers nor a statement that there are none"
        hint = (
            "give background_papers: with what the report relied on, or no_background_papers: with the statement; what"
            " is published already is a reference and need not be listed"
        )
        yield Violation(report.at(), message, hint)


# ---- The answer to an inspection ----

_PROGRESS = "progress"
"""The kind of report that comes when the statement was made long ago."""


@law_rule(
    "RG401",
    WARNING,
    "The statement of action is late",
    "Education and Inspections Act 2006 s.137(3) and (4); SI 2007/462 reg 3",
)
def late_statement_of_action(context: RuleContext) -> Iterator[Violation]:
    """A council must publish a written statement of the action that it will take within 70 working days of receiving
    the report of an inspection under section 136. Days are counted from `received`, not from publication; where no day
    of receipt is given, from publication, and the message says so. Which inspections have the limit, the framework
    says. The days are those of England and Wales without Saturdays, Sundays, Christmas Day, Good Friday and bank
    holidays. A report of the kind `progress` comes later and is passed over."""
    paper, inspection = context.paper, context.paper.inspection
    deadlines = inspection_deadlines(inspection, paper.council) if inspection else ()
    if inspection is None or not deadlines or paper.report.kind == _PROGRESS:
        return
    _, statement = deadlines
    late = None
    if statement.done is not None:
        if statement.done > statement.day:
            found = f"the statement of action was published on {statement.done}"
            late = inspection.at("statement_published"), found
    elif paper.plan is not None and paper.meeting is not None and paper.meeting.date > statement.day:
        late = paper.meeting.at("date"), f"{paper.meeting.body} meets on {paper.meeting.date}"
    elif paper.plan is not None and paper.meeting is None and context.as_of and context.as_of > statement.day:
        late = paper.report.at("action_plan"), f"no meeting has the report, and it is {context.as_of}"
    if late is not None:
        place, found = late
        hint = (
            "choose an earlier meeting, or publish the statement before and give statement_published: in the"
            " inspection's file; if it is late, tell the monitoring officer"
        )
        message = f"{found}; the statement of action was due on {statement.day}, {statement.counted}"
        yield Violation(place, message, hint)


@law_rule(
    "RG402",
    WARNING,
    "The inspection report was published late",
    "Education and Inspections Act 2006 s.137(4); SI 2007/462 reg 2",
)
def inspection_report_published_late(context: RuleContext) -> Iterator[Violation]:
    """A council must publish the report of such an inspection within 30 working days of receiving it. It is compared
    where the inspection's file gives `published_by_council`."""
    inspection = context.paper.inspection
    deadlines = inspection_deadlines(inspection, context.paper.council) if inspection else ()
    if inspection is None or not deadlines:
        return
    report, _ = deadlines
    if report.done is not None and report.done > report.day:
        published = f"the council published the inspectorate's report on {report.done}"
        message = f"{published}; it was due on {report.day}, {report.counted}"
        hint = "check both days; if they are right, tell the monitoring officer"
        yield Violation(inspection.at("published_by_council"), message, hint)


# ---- Key decisions ----

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


def _may_be_key(context: RuleContext) -> bool:
    """Whether the decision is said to be key, and nothing known makes that impossible."""
    paper = context.paper
    return paper.report.key_decision and (paper.meeting is None or executive_meeting(context) is not None)


@law_rule("RG405", WARNING, "A key decision without notice", "SI 2012/2089 regs 9 to 11")
def key_decision_without_notice(context: RuleContext) -> Iterator[Violation]:
    """A key decision is not made unless a notice of it was published at least 28 clear days before, or the general
    exception or special urgency was followed. Only the executive makes key decisions, so that papers to other bodies
    are passed over."""
    report = context.paper.report
    if _may_be_key(context) and not (report.notice or report.forward_plan_ref or _is_urgent(report)):
        message = "this is a key decision, but no notice of it is given"
        hint = (
            "give notice: with the day on which it was published and what it states, or general_exception: (reg 10) or"
            " special_urgency: (reg 11)"
        )
        yield Violation(report.at("key_decision"), message, hint)


@law_rule("RG415", ADVICE, "A notice that cannot be checked", "SI 2012/2089 reg 9(2)")
def notice_without_date(context: RuleContext) -> Iterator[Violation]:
    """From a reference to the forward plan alone, neither the 28 clear days nor the eight things can be checked."""
    report = context.paper.report
    if _may_be_key(context) and report.forward_plan_ref and not (report.notice or _is_urgent(report)):
        message = f"the notice {report.forward_plan_ref} is named, but not when it was published and what it states"
        hint = "give notice: with published: and what it states, and the 28 clear days and the eight fields are checked"
        yield Violation(report.at("forward_plan_ref"), message, hint)


@law_rule("RG406", WARNING, "Notice of a key decision shorter than 28 clear days", "SI 2012/2089 reg 9(2)")
def short_notice(context: RuleContext) -> Iterator[Violation]:
    """Neither the day of the notice nor that of the meeting counts. The regulations do not say which days; calendar
    days are common practice, and `timetable` in council.yaml can say otherwise. A shorter notice needs the general
    exception (reg 10) or special urgency (reg 11)."""
    paper, meeting = context.paper, executive_meeting(context)
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


@law_rule("RG407", WARNING, "A notice that does not state everything", "SI 2012/2089 reg 9(2)(a) to (h)")
def incomplete_notice(context: RuleContext) -> Iterator[Violation]:
    """The notice states eight things: that a key decision is to be made; the matter; the decision maker; the date or
    period; the documents submitted; where copies can be had; that other documents may be submitted; and how to ask for
    details of these."""
    report = context.paper.report
    if report.notice is None or not _may_be_key(context):
        return
    given = {name: getattr(report.notice, name) for name in _NOTICE_FIELDS}
    lacking = [name for name, said in given.items() if not (said if isinstance(said, bool) else is_given(said))]
    if lacking:
        named = ", ".join(_NOTICE_FIELDS[name] for name in lacking)
        keys = ", ".join(f"{name}:" for name in lacking)
        yield Violation(
            report.at("notice"), f"the notice of the key decision lacks {named}", f"give {keys} as published"
        )


@law_rule("RG411", ADVICE, "Many wards, yet not key", "SI 2012/2089 reg 8(1)(b)")
def many_wards_not_key(context: RuleContext) -> Iterator[Violation]:
    """A decision with significant effects on communities in two or more wards is key. A paper that names all wards, or
    several, and asks the executive for more than to take note, says under `not_key` why the decision is not key."""
    report = context.paper.report
    if executive_meeting(context) is None or report.key_decision or report.not_key or not _decides(report):
        return
    if "wards" in report.model_fields_set and _many_wards(context.paper):
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


@law_rule("RG412", WARNING, "Spending above the threshold, yet not key", "SI 2012/2089 reg 8(1)(a)")
def costly_decision_not_key(context: RuleContext) -> Iterator[Violation]:
    """Spending or saving that is significant beside the council's budget for the service makes a decision key. What is
    significant each council settles: `thresholds: {amount: …}` in council.yaml, compared with `amount` of the paper."""
    report, threshold = context.paper.report, context.paper.council.thresholds.amount
    if executive_meeting(context) is None or report.key_decision or report.not_key or threshold is None:
        return
    if report.amount is not None and abs(report.amount) >= threshold:
        message = (
            f"£{abs(report.amount):,} is spent or saved, and from £{threshold:,} on a decision is key; this one is not"
        )
        hint = "write key_decision: yes, or say under not_key: why not; the threshold stands in council.yaml"
        yield Violation(report.at("amount"), message, hint)


@law_rule(
    "RG413", WARNING, "Kept from call-in without a reason", "Local Government Act 2000 s.9F; the council's constitution"
)
def call_in_waived_without_reason(context: RuleContext) -> Iterator[Violation]:
    """Members of the overview and scrutiny committee can have a decision of the executive reconsidered before it takes
    effect. Constitutions let urgent decisions be kept from that, with a reason and somebody's agreement."""
    report = context.paper.report
    if report.call_in is None or report.call_in.applies:
        return
    lacking = [] if is_given(report.call_in.reason) else ["the reason"]
    lacking += [] if is_given(report.call_in.agreed_by) else ["who agreed"]
    if lacking:
        message = f"the decision is kept from call-in, but the paper lacks {' and '.join(lacking)}"
        hint = f"give reason: and agreed_by: as the council's constitution asks; {ASK}"
        yield Violation(report.at("call_in"), message, hint)


@law_rule("RG414", WARNING, "Exception or urgency not made out", "SI 2012/2089 regs 10 and 11")
def urgency_not_made_out(context: RuleContext) -> Iterator[Violation]:
    """Under the general exception the chair of the overview and scrutiny committee, or each of its members, is
    informed, a notice is published and five clear days pass. Under special urgency the chair of that committee, or the
    chair or vice-chair of the council, agrees that the decision is urgent and cannot reasonably be deferred."""
    report = context.paper.report
    if report.general_exception and not report.special_urgency:
        yield from _incomplete_exception(context)
    urgent = report.special_urgency
    if urgent and not (is_given(urgent.reason) and is_given(urgent.agreed_by)):
        message = "special urgency lacks the reason or who agreed"
        hint = "give reason: and agreed_by: the chair of the overview and scrutiny committee, or as reg 11 says"
        yield Violation(report.at("special_urgency"), message, hint)


def _incomplete_exception(context: RuleContext) -> Iterator[Violation]:
    report, meeting = context.paper.report, executive_meeting(context)
    exception = report.general_exception
    assert exception is not None
    if not (is_given(exception.reason) and is_given(exception.informed)):
        message = "the general exception lacks the reason or who was informed"
        hint = "give reason: and informed: the chair, or each member, of the overview and scrutiny committee"
        yield Violation(report.at("general_exception"), message, hint)
    if meeting is None or exception.published is None:
        return
    few = too_few_clear_days(exception.published, meeting, context.paper.council, "general exception")
    if few:
        hint = f"decide later, or give special_urgency: (reg 11); which days are clear days, {ASK}"
        yield Violation(report.at("general_exception", "published"), f"notice of the general exception: {few}", hint)
