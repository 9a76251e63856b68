"""Rules on the answer to an inspection: the report published in time, and the statement of action (RG401, RG402)."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.calendar import calendar_of
from reportgen.checks.clock import AnswerDays, answer_days
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Location, Severity

_PROGRESS = "progress"
"""The kind of report that comes when the statement was made long ago."""


def _answer(checked: Checked) -> AnswerDays | None:
    inspection = checked.paper.inspection
    return answer_days(inspection, calendar_of(checked.paper.council)) if inspection else None


def _statement_in_time(checked: Checked) -> Iterator[Found]:
    paper, inspection, answer = checked.paper, checked.paper.inspection, _answer(checked)
    if inspection is None or answer is None or paper.report.kind == _PROGRESS:
        return
    if inspection.statement_published is not None:
        if inspection.statement_published > answer.statement_by:
            found = f"the statement of action was published on {inspection.statement_published}"
            yield _late_statement(inspection.at("statement_published"), found, answer)
        return
    if paper.plan is None:
        return
    if paper.meeting is not None and paper.meeting.date > answer.statement_by:
        found = f"{paper.meeting.body} meets on {paper.meeting.date}"
        yield _late_statement(paper.meeting.at("date"), found, answer)
    elif paper.meeting is None and checked.as_of is not None and checked.as_of > answer.statement_by:
        found = f"no meeting has the report, and it is {checked.as_of}"
        yield _late_statement(paper.report.at("action_plan"), found, answer)


def _late_statement(place: Location, found: str, answer: AnswerDays) -> Found:
    limit = f"{answer.duty.statement_within} working days after {answer.start}, when {answer.started}"
    message = f"{found}; the statement of action was due on {answer.statement_by}, {limit}"
    hint = (
        "choose an earlier meeting, or publish the statement before and give statement_published: in the inspection's"
        " file; if it is late, tell the monitoring officer"
    )
    return Found(place, message, hint)


def _report_in_time(checked: Checked) -> Iterator[Found]:
    inspection, answer = checked.paper.inspection, _answer(checked)
    if inspection is None or answer is None or inspection.published_by_council is None:
        return
    if inspection.published_by_council > answer.report_by:
        message = (
            f"the council published the inspectorate's report on {inspection.published_by_council}; it was due on"
            f" {answer.report_by}, {answer.duty.report_within} working days after {answer.start}, when {answer.started}"
        )
        hint = "check both days; if they are right, tell the monitoring officer"
        yield Found(inspection.at("published_by_council"), message, hint)


STATEMENT_RULES = (
    Rule(
        "RG401",
        Severity.WARNING,
        "the statement of action is late",
        "A council must publish a written statement of the action that it will take within 70 working days of"
        " receiving the report of an inspection under section 136. Days are counted from `received`, not from"
        " publication; where no day of receipt is given, from publication, and the message says so. Which inspections"
        " have the limit, the framework says. The days are those of England and Wales without Saturdays, Sundays,"
        " Christmas Day, Good Friday and bank holidays. A report of the kind `progress` comes later and is passed"
        " over.",
        "Education and Inspections Act 2006 s.137(3) and (4); SI 2007/462 reg 3",
        _statement_in_time,
    ),
    Rule(
        "RG402",
        Severity.WARNING,
        "the inspection report was published late",
        "A council must publish the report of such an inspection within 30 working days of receiving it. It is compared"
        " where the inspection's file gives `published_by_council`.",
        "Education and Inspections Act 2006 s.137(4); SI 2007/462 reg 2",
        _report_in_time,
    ),
)
