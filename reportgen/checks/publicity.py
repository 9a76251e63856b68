"""Rules on what the public may see, and when: RG403, RG404, RG408 to RG410."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from reportgen.checks.calendar import calendar_of
from reportgen.checks.clock import takes_key_decisions
from reportgen.checks.dates import spoken
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Location, Severity
from reportgen.model.base import GAP_MARK
from reportgen.model.marking import Exempt
from reportgen.model.meeting import Council, DayKind, Meeting
from reportgen.model.notice import PrivateMeetingNotice
from reportgen.model.paper import Paper

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


def executive_meeting(checked: Checked) -> Meeting | None:
    """The meeting, if SI 2012/2089 applies to it."""
    meeting = checked.paper.meeting
    return meeting if meeting and takes_key_decisions(meeting) else None


def too_few_clear_days(published: date, meeting: Meeting, wanted: tuple[int, DayKind], council: Council) -> str | None:
    """How many clear days are left and what was wanted, as a message says it; None when there are enough."""
    number, kind = wanted
    calendar = calendar_of(council)
    last = calendar.last_day_for(meeting.date, number, kind)
    if published <= last:
        return None
    # The law would let a Sunday be the last day; `reportgen clock` names the working day before it, and so does this.
    last = calendar.working_day_on_or_before(last)
    left = calendar.clear_days_between(published, meeting.date, kind)
    verb = "is" if left == 1 else "are"
    return (
        f"between {spoken(published)} and the meeting of {spoken(meeting.date)} {verb} {left} clear"
        f" {_singular(left, kind)}; {number} were expected, so {spoken(last)} was the last day"
    )


def _singular(number: int, kind: DayKind) -> str:
    return kind.removesuffix("s") if number == 1 else kind


def _place_in_agenda(paper: Paper, key: str) -> Location:
    """The place of a key of the paper's own item."""
    assert paper.meeting is not None
    assert paper.item is not None
    return paper.meeting.at("items", paper.meeting.items.index(paper.item), key)


def _five_clear_days(checked: Checked) -> Iterator[Found]:
    paper, meeting, item = checked.paper, checked.paper.meeting, checked.paper.item
    if meeting is None or (item and item.late) or meeting.short_notice:
        return
    settings = paper.council.timetable
    published, place = meeting.published, meeting.at("published")
    if item and item.published:
        published, place = item.published, _place_in_agenda(paper, "published")
    if published is None:
        return
    few = too_few_clear_days(published, meeting, (settings.agenda, settings.agenda_counted_in), paper.council)
    if few:
        hint = (
            "publish earlier, or give the item late: with reason: and chair_consulted:, or the meeting short_notice:;"
            f" clear days are counted as timetable: in council.yaml says ({settings.agenda_counted_in}); {ASK}"
        )
        yield Found(place, few, hint)


def _late_item(checked: Checked) -> Iterator[Found]:
    paper = checked.paper
    if paper.meeting is None or paper.item is None or paper.item.late is None:
        return
    late = paper.item.late
    lacking = [] if is_said(late.reason) else ["the special circumstances"]
    lacking += [] if late.chair_consulted else ["the chair's opinion that it is urgent"]
    if lacking:
        message = f"item {paper.item.number} is late, but it lacks {' and '.join(lacking)}"
        hint = "give late: its reason:, and chair_consulted: yes once the chair has agreed; the minutes record both"
        yield Found(_place_in_agenda(paper, "late"), message, hint)


def _exempt_with_reason(checked: Checked) -> Iterator[Found]:
    for marking in checked.paper.markings:
        if not isinstance(marking, Exempt):
            continue
        words = [word for word in re.findall(r"[a-z0-9]+", marking.reason.casefold()) if not word.isdigit()]
        telling = [word for word in words if word not in _EMPTY_WORDS]
        if not is_said(marking.reason) or len(telling) < _FEW_WORDS:
            what = "paper" if marking == checked.paper.report.exempt else "text"
            message = f"the {what} is exempt, but the reason does not say why the public interest is better served so"
            hint = "say what disclosure would do, and why that outweighs the interest in it; ask the monitoring officer"
            yield Found(marking.at("reason"), message, hint)


def _private_meeting(checked: Checked) -> Iterator[Found]:
    report, meeting = checked.paper.report, executive_meeting(checked)
    markings = checked.paper.markings
    if meeting is None or not markings:
        return
    notice = report.private_notice
    if notice is None:
        what = "the paper" if report.marking else "a part of the paper"
        message = f"{meeting.body} is to take {what} in private, but no notice of that is given"
        hint = "give private_notice: with published:, reason: and confirmed:, or its urgency: with who agreed"
        yield Found(markings[0].at(), message, hint)
        return
    yield from _private_notice_complete(checked, notice)
    if notice.urgency is None:
        yield from _private_notice_in_time(checked, meeting, notice)


def _private_notice_complete(checked: Checked, notice: PrivateMeetingNotice) -> Iterator[Found]:
    report = checked.paper.report
    if not is_said(notice.reason):
        message = "the notice of the private meeting lacks the reasons"
        yield Found(report.at("private_notice"), message, "give reason:, as both notices state it")
    if notice.urgency and not (is_said(notice.urgency.reason) and is_said(notice.urgency.agreed_by)):
        message = "the private meeting is urgent, but it lacks the reason or who agreed"
        hint = "give reason: and agreed_by: (the chair of the overview and scrutiny committee, or as reg 5(6) says)"
        yield Found(report.at("private_notice", "urgency"), message, hint)


def _private_notice_in_time(checked: Checked, meeting: Meeting, notice: PrivateMeetingNotice) -> Iterator[Found]:
    report, council = checked.paper.report, checked.paper.council
    settings = council.timetable
    hint = f"meet later, or give urgency: with who agreed; how days are counted is a setting (timetable:), {ASK}"
    few = too_few_clear_days(notice.published, meeting, (settings.notice, settings.notice_counted_in), council)
    if few:
        yield Found(report.at("private_notice", "published"), f"notice of the private meeting: {few}", hint)
    if notice.confirmed is None:
        message = "the second notice of the private meeting is not given"
        yield Found(report.at("private_notice"), message, "give confirmed: with the day on which it was published")
        return
    few = too_few_clear_days(notice.confirmed, meeting, (settings.agenda, settings.agenda_counted_in), council)
    if few:
        yield Found(report.at("private_notice", "confirmed"), f"second notice of the private meeting: {few}", hint)


def _background_papers(checked: Checked) -> Iterator[Found]:
    report = checked.paper.report
    if report.background_papers and report.no_background_papers:
        message = "background papers are listed, and yet it is said that there are none"
        yield Found(report.at("no_background_papers"), message, "delete the statement or the list")
    elif not (report.background_papers or report.no_background_papers or report.exempt or report.confidential):
        message = "there is neither a list of background papers nor a statement that there are none"
        hint = (
            "give background_papers: with what the report relied on, or no_background_papers: with the statement; what"
            " is published already is a reference and need not be listed"
        )
        yield Found(report.at(), message, hint)


PUBLICITY_RULES = (
    Rule(
        "RG403",
        Severity.WARNING,
        "agenda or report published less than five clear days before",
        "Agenda and reports are open to the public for at least five clear days before a meeting: neither the day of"
        " publication nor that of the meeting counts. The Act does not say which days; working days are common practice"
        " and can be set under `timetable` in council.yaml. An item that is `late` and a meeting of `short_notice` are"
        " passed over. Compared where `published` is given.",
        "Local Government Act 1972 s.100B(3); for the executive SI 2012/2089 reg 7",
        _five_clear_days,
    ),
    Rule(
        "RG404",
        Severity.WARNING,
        "a late item without its reason or the chair",
        "A report that was not open to the public in time is considered only if the chair is of the opinion, by reason"
        " of special circumstances that the minutes specify, that it should be as a matter of urgency.",
        "Local Government Act 1972 s.100B(4)(b)",
        _late_item,
    ),
    Rule(
        "RG408",
        Severity.WARNING,
        "exempt without the public interest",
        "Information under Part 1 of Schedule 12A is exempt only if, and so long as, in all the circumstances of the"
        " case the public interest in maintaining the exemption outweighs that in disclosing the information. A reason"
        " that only repeats the paragraph, or calls the paper confidential, does not say so.",
        "Local Government Act 1972 s.100A(4), Schedule 12A paragraph 10",
        _exempt_with_reason,
    ),
    Rule(
        "RG409",
        Severity.WARNING,
        "a private meeting without its notices",
        "Before the executive meets in private it publishes a notice at least 28 clear days before, with the reasons,"
        " and a second one at least five clear days before, with the representations and the answer to them; else the"
        " chair of the overview and scrutiny committee, or another whom the regulation names, agrees that the meeting"
        " is urgent.",
        "SI 2012/2089 reg 5",
        _private_meeting,
    ),
    Rule(
        "RG410",
        Severity.WARNING,
        "no word on background papers",
        "A report to the council or a committee carries a list of the documents that it relied on to a material extent;"
        " where there are none it is clearer to say so. Published works are not background papers, and exempt papers"
        " need not be listed, so that an exempt or confidential report is passed over.",
        "Local Government Act 1972 s.100D; for the executive SI 2012/2089 reg 15",
        _background_papers,
    ),
)
