"""Rules on the facts of an inspection: RG1xx. What cannot be read at all the model and the reader have refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from reportgen.diagnostics import closest, nearest
from reportgen.model.framework import Framework, FrameworkJudgement
from reportgen.model.inspection import Inspection, Judgement, StatedCount
from reportgen.rules.deadlines import parse_time_limit
from reportgen.rules.rule import ERROR, WARNING, RuleContext, Violation, inspection_rule, rule


def forms_of(framework: Framework, group: str | None) -> tuple[tuple[FrameworkJudgement, ...], ...]:
    """The forms that the table of a group had while the framework was in force; none for a group it does not have.

    A framework without groups has one table, whatever the inspection calls it.
    """
    if not framework.groups:
        return (framework.judgements,) if framework.judgements else ()
    for one in framework.groups:
        if one.name == group:
            tables = (one, one.first_form) if one.first_form else (one,)
            return tuple(table.judgements for table in tables if table.judgements)
    return ()


def _form_of(inspection: Inspection, group: str | None) -> tuple[FrameworkJudgement, ...]:
    """The form of a group's table that the inspection used: the one with most rows in common."""
    areas = {row.area for row in inspection.judgements if row.group == group}
    forms = forms_of(inspection.framework, group)
    return max(forms, key=lambda form: len(areas & {row.name for row in form}), default=())


# ---- The table of judgements ----


@inspection_rule(
    "RG101",
    ERROR,
    "A judgement that the framework does not have",
    "The inspection framework, as reportgen/frameworks has it",
)
def unknown_judgement(inspection: Inspection) -> Iterator[Violation]:
    """Names of judgements drift when they are retyped, and then neither expressions nor readers find them. The
    framework that was in force keeps them as the inspectorate prints them."""
    for row in inspection.judgements:
        names = [one.name for form in forms_of(inspection.framework, row.group) for one in form]
        if names and row.area not in names:
            message = f"'{row.area}' is not a judgement of the framework {inspection.framework.id}"
            yield Violation(row.at("area"), message, nearest(row.area, dict.fromkeys(names)))


@inspection_rule("RG102", ERROR, "A group of judgements that the framework does not have", "The inspection framework")
def unknown_group(inspection: Inspection) -> Iterator[Violation]:
    """Where the framework has several tables, each judgement stands in one of them, and the same name may stand in
    two."""
    groups = [group.name for group in inspection.framework.groups]
    if not groups:
        return
    for row in inspection.judgements:
        if row.group is None:
            message = f"the judgement '{row.area}' stands in no group, but the framework's tables have names"
            hint = f"add group: one of {', '.join(groups)}"
            yield Violation(row.at(), message, hint)
        elif row.group not in groups:
            message = f"'{row.group}' is not a group of the framework {inspection.framework.id}"
            yield Violation(row.at("group"), message, nearest(row.group, groups))


@inspection_rule("RG103", WARNING, "A row is missing from the table of judgements", "The inspection framework")
def missing_judgement(inspection: Inspection) -> Iterator[Violation]:
    """Counts and shares are worked out from the table, so a row left out makes them wrong. A row that was not graded
    stands there too, with not_graded: and the reason."""
    if not inspection.judgements:
        return  # the source may not give the table
    groups: list[str | None] = [one.name for one in inspection.framework.groups]
    for group in groups or [None]:
        here = [row.area for row in inspection.judgements if row.group == group or group is None]
        missing = [row.name for row in _form_of(inspection, group) if row.name not in here]
        if missing:
            table = f"the table '{group}'" if group else "the table of judgements"
            listed = ", ".join(f"'{name}'" for name in missing)
            hint = "add each row with grade:, or with not_graded: and the reason"
            yield Violation(inspection.at("judgements"), f"{table} lacks {listed}", hint)


@inspection_rule(
    "RG104", ERROR, "A judgement stands in the table twice", "The inspection framework: each judgement is graded once"
)
def repeated_judgement(inspection: Inspection) -> Iterator[Violation]:
    """A judgement that stands in the table twice is counted and printed twice."""
    first: dict[tuple[str | None, str | None, str], Judgement] = {}
    for row in inspection.judgements:
        other = first.setdefault((row.group, row.heading, row.area), row)
        if other is not row:
            message = f"'{row.area}' stands in the table twice; the first is in line {other.at('area').line}"
            yield Violation(row.at("area"), message, "delete one of the two")


@inspection_rule("RG105", WARNING, "A summary judgement is not marked, or another one is", "The inspection framework")
def wrong_summary_judgement(inspection: Inspection) -> Iterator[Violation]:
    """key: yes marks overall effectiveness and capacity for improvement; summaries and count(key=True) go by it."""
    for row in inspection.judgements:
        known = next((one for one in _form_of(inspection, row.group) if one.name == row.area), None)
        if known is not None and known.key != row.key:
            found = "is a summary judgement, but not marked so" if known.key else "is marked as a summary judgement"
            hint = "add key: yes" if known.key else "delete key: yes; the framework has others"
            yield Violation(row.at("area"), f"'{row.area}' {found}", hint)


@inspection_rule(
    "RG106", ERROR, "A grade is printed as another grade", "The inspection framework; the published report"
)
def printed_as_another_grade(inspection: Inspection) -> Iterator[Violation]:
    """as_printed: keeps the wording of the published report beside the canonical grade, such as 'Requires Improvement'.
    When it is the name of another step of the scale, one of the two is wrong."""
    for row in inspection.judgements:
        for step in inspection.framework.grades:
            printed = (row.as_printed or "").casefold()
            if step.name != row.grade and printed in map(str.casefold, (step.name, *step.aliases)):
                message = f"'{row.area}' has the grade '{row.grade}', but is printed as '{row.as_printed}'"
                hint = f"write grade: {step.name}, or correct as_printed:"
                yield Violation(row.at("as_printed"), message, hint)


# ---- The outcome, the overall grade, and counts ----


@inspection_rule("RG113", WARNING, "The outcome is missing", "The inspection framework")
def missing_outcome(inspection: Inspection) -> Iterator[Violation]:
    """Inspections of services for children with special educational needs end in one of a few set texts, and not in
    grades. outcome: keeps which; {{ inspection.conclusion.text }} prints it."""
    outcomes = inspection.framework.outcomes
    if outcomes and inspection.outcome is None:
        message = f"the framework {inspection.framework.id} gives an outcome in words, and there is none"
        known = ", ".join(str(one.number) if one.number is not None else f"'{one.text}'" for one in outcomes)
        yield Violation(inspection.at(), message, f"add outcome: one of {known}")


@inspection_rule("RG107", WARNING, "The overall grade does not fit the framework", "The inspection framework")
def wrong_overall_grade(inspection: Inspection) -> Iterator[Violation]:
    """Some frameworks give the overall grade in a row of the table, some apart from it, some give none."""
    framework, overall = inspection.framework, inspection.overall
    apart = framework.overall in ("apart", "percent")
    if overall is None and apart and inspection.graded:
        message = f"the framework {framework.id} gives an overall grade, and there is none"
        yield Violation(inspection.at(), message, "add overall: and the grade as published")
    if overall is not None and framework.overall == "none":
        message = f"the framework {framework.id} gives no overall grade, but '{overall}' is given"
        yield Violation(inspection.at("overall"), message, "delete overall:, or correct framework:")
    rows = [row for row in inspection.graded if row.area == "Overall effectiveness"]
    if overall is not None and framework.overall == "row" and rows and overall not in {row.grade for row in rows}:
        message = f"the overall grade is given as '{overall}', but its row in the table has '{rows[0].grade}'"
        yield Violation(inspection.at("overall"), message, "delete overall:; the table says it")


@inspection_rule(
    "RG108", WARNING, "A count stated in the published report differs from its tables", "The published report"
)
def stated_count_differs(inspection: Inspection) -> Iterator[Violation]:
    """Published reports have stated 34 judgements over tables that held 29. The papers count the rows; stated: keeps
    what the report says itself, so that a difference is known before a member finds it."""
    for stated in inspection.stated:
        try:
            counted = _counted(inspection, stated)
        except ValueError as unknown:
            message, _, hint = str(unknown).partition("; ")
            yield Violation(stated.at(), message, hint)
            continue
        if counted != stated.number:
            where = f" ({stated.where})" if stated.where else ""
            message = f"{stated.number} {_of(stated)} are stated{where}, but {counted} stand in this file"
            hint = "look for a row that is missing, empty or doubled; if the source is wrong, waive this"
            yield Violation(stated.at("number"), message, hint)


def _counted(inspection: Inspection, stated: StatedCount) -> int:
    if stated.of == "findings":
        return len(inspection.findings_in(stated.group) if stated.group else inspection.findings)
    return inspection.count(*([stated.grade] if stated.grade else []), group=stated.group)


def _of(stated: StatedCount) -> str:
    graded = f" with the grade '{stated.grade}'" if stated.grade else ""
    grouped = f" in '{stated.group}'" if stated.group else ""
    return f"{stated.of}{graded}{grouped}"


@inspection_rule("RG109", WARNING, "A figure is given under two names", "House rule: each figure is typed once")
def figure_under_two_names(inspection: Inspection) -> Iterator[Violation]:
    """A figure typed once cannot disagree with itself. Two names that differ by a plural or an underscore are one."""
    for one, other in combinations(inspection.figures, 2):
        if _bare(one) == _bare(other):
            message = f"the figures '{one}' and '{other}' seem to be one and the same"
            hint = "keep one of them, and use it in every sentence"
            yield Violation(inspection.at("figures", other), message, hint)


def _bare(name: str) -> str:
    """A figure's name without what distinguishes two spellings of it: "Case_Files" is "casefile"."""
    return "".join(part.removesuffix("s") for part in name.casefold().split("_"))


# ---- Dates, findings ----


@rule("RG110", WARNING, "Dates of the inspection are out of order", "Education and Inspections Act 2006 s.137")
def inspection_dates_out_of_order(context: RuleContext) -> Iterator[Violation]:
    """The council receives the report before it is published, and a meeting hears the outcome after the inspection
    ended."""
    paper = context.paper
    inspection, meeting = paper.inspection, paper.meeting
    if inspection is None:
        return
    if inspection.received and inspection.received > inspection.published:
        message = f"the report was received on {inspection.received}, after it was published on {inspection.published}"
        yield Violation(inspection.at("received"), message, "check both dates; the council has it first")
    if meeting and inspection.end > meeting.date:
        message = (
            f"the inspection ended on {inspection.end}, after the meeting of {meeting.date} that hears its outcome"
        )
        yield Violation(inspection.at("end"), message, f"check the year, and date: in {meeting.at().path}")


@inspection_rule("RG111", WARNING, "A finding of a kind that the framework does not have", "The inspection framework")
def unknown_finding_kind(inspection: Inspection) -> Iterator[Violation]:
    """A recommendation, an area for improvement, a priority action and a cause of concern ask for different answers."""
    kinds = inspection.framework.finding_kinds
    for finding in inspection.findings:
        if kinds and finding.kind not in kinds:
            message = f"the finding {finding.id} is of the kind '{finding.kind}', which the framework does not have"
            yield Violation(finding.at("kind"), message, f"write kind: {' or '.join(kinds)}")


@inspection_rule("RG112", WARNING, "A time that is not one of the framework's", "The inspection framework")
def unknown_time_limit(inspection: Inspection) -> Iterator[Violation]:
    """The due dates of actions are compared with the time that the inspectorate gives, so within: must name a length of
    time, and one that the framework has."""
    for finding in inspection.findings:
        if finding.within is None:
            continue
        place = finding.at("within")
        known = inspection.framework.time_bands
        band = parse_time_limit(finding.within)
        if band is None:
            message = f"the finding {finding.id} is to be met '{finding.within}', which is no length of time"
            near = closest(finding.within, known)
            yield Violation(place, message, f"did you mean '{near}'?" if near else "write it as 'Within three months'")
        elif known and band not in map(parse_time_limit, known):
            message = f"the finding {finding.id} is to be met '{finding.within}', which the framework does not have"
            yield Violation(place, message, f"use one of: {', '.join(known)}")
