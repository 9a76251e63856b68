"""Rules on what is published, and when: agendas, private meetings, the answer to an inspection. RG401–404, 408–410."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportgen.model.base import GAP_MARK
from reportgen.model.marking import Exempt
from reportgen.model.meeting import Council, Meeting
from reportgen.model.notice import PrivateMeetingNotice
from reportgen.rules.calendar import calendar_of
from reportgen.rules.clock import Announced, clear_days, inspection_deadlines, last_day, takes_key_decisions
from reportgen.rules.rule import WARNING, RuleContext, Violation, law_rule
from reportgen.rules.wording import spoken

ASK = "check with the monitoring officer"
_EMPTY_WORDS = frozenset(
    {"commercial", "commercially", "confidence", "confidential", "contains", "exempt", "information", "publication"}
    | {"paper", "paragraph", "paragraphs", "part", "report", "schedule", "12a", "sensitive", "this", "tbc", "none"}
    | {"a", "an", "and", "as", "by", "for", "from", "in", "is", "it", "n", "na", "not", "of", "the", "to", "under"}
)
"""Words that say that a paper is exempt, but not why."""
_FEW_WORDS = 3


def is_said(text: str | None) -> bool:
    """Whether something is given, and it is no gap."""
    return text is not None and not text.startswith(GAP_MARK)


def executive_meeting(checked: RuleContext) -> Meeting | None:
    """The meeting, if SI 2012/2089 applies to it."""
    meeting = checked.paper.meeting
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
        f"between {spoken(published)} and the meeting of {spoken(meeting.date)} {are} {left} clear {days};"
        f" {number} were expected, so {spoken(last)} was the last day"
    )


@law_rule(
    "RG403",
    WARNING,
    "agenda or report published less than five clear days before",
    "Local Government Act 1972 s.100B(3); for the executive SI 2012/2089 reg 7",
)
def _five_clear_days(checked: RuleContext) -> Iterator[Violation]:
    """Agenda and reports are open to the public for at least five clear days before a meeting: neither the day of
    publication nor that of the meeting counts. The Act does not say which days; working days are common practice and
    can be set under `timetable` in council.yaml. An item that is `late` and a meeting of `short_notice` are passed
    over. Compared where `published` is given."""
    paper, meeting, item = checked.paper, checked.paper.meeting, checked.paper.item
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


@law_rule("RG404", WARNING, "a late item without its reason or the chair", "Local Government Act 1972 s.100B(4)(b)")
def _late_item(checked: RuleContext) -> Iterator[Violation]:
    """A report that was not open to the public in time is considered only if the chair is of the opinion, by reason of
    special circumstances that the minutes specify, that it should be as a matter of urgency."""
    item = checked.paper.item
    if item is None or item.late is None:
        return
    late = item.late
    lacking = [] if is_said(late.reason) else ["the special circumstances"]
    lacking += [] if late.chair_consulted else ["the chair's opinion that it is urgent"]
    if lacking:
        message = f"item {item.number} is late, but it lacks {' and '.join(lacking)}"
        hint = "give late: its reason:, and chair_consulted: yes once the chair has agreed; the minutes record both"
        yield Violation(item.at("late"), message, hint)


@law_rule(
    "RG408",
    WARNING,
    "exempt without the public interest",
    "Local Government Act 1972 s.100A(4), Schedule 12A paragraph 10",
)
def _exempt_with_reason(checked: RuleContext) -> Iterator[Violation]:
    """Information under Part 1 of Schedule 12A is exempt only if, and so long as, in all the circumstances of the case
    the public interest in maintaining the exemption outweighs that in disclosing the information. A reason that only
    repeats the paragraph, or calls the paper confidential, does not say so."""
    for marking in checked.paper.markings:
        if not isinstance(marking, Exempt):
            continue
        words = re.findall(r"[a-z0-9]+", marking.reason.casefold())
        telling = [word for word in words if not word.isdigit() and word not in _EMPTY_WORDS]
        if not is_said(marking.reason) or len(telling) < _FEW_WORDS:
            what = "paper" if marking == checked.paper.report.exempt else "text"
            message = f"the {what} is exempt, but the reason does not say why the public interest is better served so"
            hint = "say what disclosure would do, and why that outweighs the interest in it; ask the monitoring officer"
            yield Violation(marking.at("reason"), message, hint)


@law_rule("RG409", WARNING, "a private meeting without its notices", "SI 2012/2089 reg 5")
def _private_meeting(checked: RuleContext) -> Iterator[Violation]:
    """Before the executive meets in private it publishes a notice at least 28 clear days before, with the reasons, and
    a second one at least five clear days before, with the representations and the answer to them; else the chair of the
    overview and scrutiny committee, or another whom the regulation names, agrees that the meeting is urgent."""
    report, meeting = checked.paper.report, executive_meeting(checked)
    markings = checked.paper.markings
    if meeting is None or not markings:
        return
    notice = report.private_notice
    if notice is None:
        what = "the paper" if report.marking else "a part of the paper"
        message = f"{meeting.body} is to take {what} in private, but no notice of that is given"
        hint = "give private_notice: with published:, reason: and confirmed:, or its urgency: with who agreed"
        yield Violation(markings[0].at(), message, hint)
        return
    yield from _private_notice_complete(checked, notice)
    if notice.urgency is None:
        yield from _private_notice_in_time(checked, meeting, notice)


def _private_notice_complete(checked: RuleContext, notice: PrivateMeetingNotice) -> Iterator[Violation]:
    report = checked.paper.report
    if not is_said(notice.reason):
        message = "the notice of the private meeting lacks the reasons"
        yield Violation(report.at("private_notice"), message, "give reason:, as both notices state it")
    if notice.urgency and not (is_said(notice.urgency.reason) and is_said(notice.urgency.agreed_by)):
        message = "the private meeting is urgent, but it lacks the reason or who agreed"
        hint = "give reason: and agreed_by: (the chair of the overview and scrutiny committee, or as reg 5(6) says)"
        yield Violation(report.at("private_notice", "urgency"), message, hint)


def _private_notice_in_time(
    checked: RuleContext, meeting: Meeting, notice: PrivateMeetingNotice
) -> Iterator[Violation]:
    report, council = checked.paper.report, checked.paper.council
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
    "no word on background papers",
    "Local Government Act 1972 s.100D; for the executive SI 2012/2089 reg 15",
)
def _background_papers(checked: RuleContext) -> Iterator[Violation]:
    """A report to the council or a committee carries a list of the documents that it relied on to a material extent;
    where there are none it is clearer to say so. Published works are not background papers, and exempt papers need not
    be listed, so that an exempt or confidential report is passed over."""
    report = checked.paper.report
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
    "the statement of action is late",
    "Education and Inspections Act 2006 s.137(3) and (4); SI 2007/462 reg 3",
)
def _statement_in_time(checked: RuleContext) -> Iterator[Violation]:
    """A council must publish a written statement of the action that it will take within 70 working days of receiving
    the report of an inspection under section 136. Days are counted from `received`, not from publication; where no day
    of receipt is given, from publication, and the message says so. Which inspections have the limit, the framework
    says. The days are those of England and Wales without Saturdays, Sundays, Christmas Day, Good Friday and bank
    holidays. A report of the kind `progress` comes later and is passed over."""
    paper, inspection = checked.paper, checked.paper.inspection
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
    elif paper.plan is not None and paper.meeting is None and checked.as_of and checked.as_of > statement.day:
        late = paper.report.at("action_plan"), f"no meeting has the report, and it is {checked.as_of}"
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
    "the inspection report was published late",
    "Education and Inspections Act 2006 s.137(4); SI 2007/462 reg 2",
)
def _report_in_time(checked: RuleContext) -> Iterator[Violation]:
    """A council must publish the report of such an inspection within 30 working days of receiving it. It is compared
    where the inspection's file gives `published_by_council`."""
    inspection = checked.paper.inspection
    deadlines = inspection_deadlines(inspection, checked.paper.council) if inspection else ()
    if inspection is None or not deadlines:
        return
    report, _ = deadlines
    if report.done is not None and report.done > report.day:
        published = f"the council published the inspectorate's report on {report.done}"
        message = f"{published}; it was due on {report.day}, {report.counted}"
        hint = "check both days; if they are right, tell the monitoring officer"
        yield Violation(inspection.at("published_by_council"), message, hint)
