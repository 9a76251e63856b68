"""Rules on the facts of an inspection: RG1xx. What cannot be read at all the model and the reader have refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from reportgen.checks.bands import read_band
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.diagnostics import Severity, closest, nearest
from reportgen.model.framework import Framework, FrameworkJudgement
from reportgen.model.inspection import Inspection, StatedCount


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


def _on_inspection(check: Callable[[Inspection], Iterable[Found]]) -> Callable[[Checked], Iterable[Found]]:
    """The rule for papers: it is silent about one without an inspection."""
    return lambda checked: check(checked.paper.inspection) if checked.paper.inspection else ()


# ---- The table of judgements ----


def _unknown_judgements(inspection: Inspection) -> Iterator[Found]:
    for number, row in enumerate(inspection.judgements):
        names = [one.name for form in forms_of(inspection.framework, row.group) for one in form]
        if names and row.area not in names:
            yield Found(
                inspection.at("judgements", number, "area"),
                f"'{row.area}' is not a judgement of the framework {inspection.framework.id}",
                nearest(row.area, dict.fromkeys(names)),
            )


def _unknown_groups(inspection: Inspection) -> Iterator[Found]:
    groups = [group.name for group in inspection.framework.groups]
    if not groups:
        return
    for number, row in enumerate(inspection.judgements):
        if row.group is None:
            message = f"the judgement '{row.area}' stands in no group, but the framework's tables have names"
            hint = f"add group: one of {', '.join(groups)}"
            yield Found(inspection.at("judgements", number), message, hint)
        elif row.group not in groups:
            message = f"'{row.group}' is not a group of the framework {inspection.framework.id}"
            yield Found(inspection.at("judgements", number, "group"), message, nearest(row.group, groups))


def _missing_judgements(inspection: Inspection) -> Iterator[Found]:
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
            yield Found(inspection.at("judgements"), f"{table} lacks {listed}", hint)


def _repeated_judgements(inspection: Inspection) -> Iterator[Found]:
    first: dict[tuple[str | None, str | None, str], int] = {}
    for number, row in enumerate(inspection.judgements):
        other = first.setdefault((row.group, row.heading, row.area), number)
        if other != number:
            line = inspection.at("judgements", other, "area").line
            message = f"'{row.area}' stands in the table twice; the first is in line {line}"
            yield Found(inspection.at("judgements", number, "area"), message, "delete one of the two")


def _summary_judgements(inspection: Inspection) -> Iterator[Found]:
    """`key` decides what `count(key=True)` counts and what summaries print."""
    for number, row in enumerate(inspection.judgements):
        known = next((one for one in _form_of(inspection, row.group) if one.name == row.area), None)
        if known is not None and known.key != row.key:
            found = "is a summary judgement, but not marked so" if known.key else "is marked as a summary judgement"
            hint = "add key: yes" if known.key else "delete key: yes; the framework has others"
            yield Found(inspection.at("judgements", number, "area"), f"'{row.area}' {found}", hint)


def _other_grade_as_printed(inspection: Inspection) -> Iterator[Found]:
    """Beside its grade a row keeps the report's own wording; that of another grade is a slip."""
    for number, row in enumerate(inspection.judgements):
        for step in inspection.framework.grades:
            printed = (row.as_printed or "").casefold()
            if step.name != row.grade and printed in map(str.casefold, (step.name, *step.aliases)):
                message = f"'{row.area}' has the grade '{row.grade}', but is printed as '{row.as_printed}'"
                hint = f"write grade: {step.name}, or correct as_printed:"
                yield Found(inspection.at("judgements", number, "as_printed"), message, hint)


# ---- The outcome, the overall grade, and counts ----


def _missing_outcome(inspection: Inspection) -> Iterator[Found]:
    outcomes = inspection.framework.outcomes
    if outcomes and inspection.outcome is None:
        message = f"the framework {inspection.framework.id} gives an outcome in words, and there is none"
        known = ", ".join(str(one.number) if one.number is not None else f"'{one.text}'" for one in outcomes)
        yield Found(inspection.at(), message, f"add outcome: one of {known}")


def _overall_grade(inspection: Inspection) -> Iterator[Found]:
    framework, overall = inspection.framework, inspection.overall
    apart = framework.overall in ("apart", "percent")
    if overall is None and apart and inspection.graded:
        message = f"the framework {framework.id} gives an overall grade, and there is none"
        yield Found(inspection.at(), message, "add overall: and the grade as published")
    if overall is not None and framework.overall == "none":
        message = f"the framework {framework.id} gives no overall grade, but '{overall}' is given"
        yield Found(inspection.at("overall"), message, "delete overall:, or correct framework:")
    rows = [row for row in inspection.graded if row.area == "Overall effectiveness"]
    if overall is not None and framework.overall == "row" and rows and overall not in {row.grade for row in rows}:
        message = f"the overall grade is given as '{overall}', but its row in the table has '{rows[0].grade}'"
        yield Found(inspection.at("overall"), message, "delete overall:; the table says it")


def _stated_counts(inspection: Inspection) -> Iterator[Found]:
    for number, stated in enumerate(inspection.stated):
        try:
            counted = _counted(inspection, stated)
        except ValueError as unknown:
            message, _, hint = str(unknown).partition("; ")
            yield Found(inspection.at("stated", number), message, hint)
            continue
        if counted != stated.number:
            where = f" ({stated.where})" if stated.where else ""
            message = f"{stated.number} {_of(stated)} are stated{where}, but {counted} stand in this file"
            hint = "look for a row that is missing, empty or doubled; if the source is wrong, waive this"
            yield Found(inspection.at("stated", number, "number"), message, hint)


def _counted(inspection: Inspection, stated: StatedCount) -> int:
    if stated.of == "findings":
        return len(inspection.findings_in(stated.group) if stated.group else inspection.findings)
    return inspection.count(*([stated.grade] if stated.grade else []), group=stated.group)


def _of(stated: StatedCount) -> str:
    graded = f" with the grade '{stated.grade}'" if stated.grade else ""
    grouped = f" in '{stated.group}'" if stated.group else ""
    return f"{stated.of}{graded}{grouped}"


def _figures_twice(inspection: Inspection) -> Iterator[Found]:
    for one, other in combinations(inspection.figures, 2):
        if _bare(one) == _bare(other):
            message = f"the figures '{one}' and '{other}' seem to be one and the same"
            hint = "keep one of them, and use it in every sentence"
            yield Found(inspection.at("figures", other), message, hint)


def _bare(name: str) -> str:
    """A figure's name without what distinguishes two spellings of it: "Case_Files" is "casefile"."""
    return "".join(part.removesuffix("s") for part in name.casefold().split("_"))


# ---- Dates, findings ----


def _dates_around(checked: Checked) -> Iterator[Found]:
    """The model keeps the start before the end, and the end before the rest."""
    paper = checked.paper
    inspection, meeting = paper.inspection, paper.meeting
    if inspection is None:
        return
    if inspection.received and inspection.received > inspection.published:
        message = f"the report was received on {inspection.received}, after it was published on {inspection.published}"
        yield Found(inspection.at("received"), message, "check both dates; the council has it first")
    if meeting and inspection.end > meeting.date:
        message = (
            f"the inspection ended on {inspection.end}, after the meeting of {meeting.date} that hears its outcome"
        )
        yield Found(inspection.at("end"), message, f"check the year, and date: in {meeting.at().path}")


def _unknown_kinds(inspection: Inspection) -> Iterator[Found]:
    kinds = inspection.framework.finding_kinds
    for number, finding in enumerate(inspection.findings):
        if kinds and finding.kind not in kinds:
            message = f"the finding {finding.id} is of the kind '{finding.kind}', which the framework does not have"
            place = inspection.at("findings", number, "kind")
            yield Found(place, message, f"write kind: {' or '.join(kinds)}")


def _unreadable_bands(inspection: Inspection) -> Iterator[Found]:
    for number, finding in enumerate(inspection.findings):
        if finding.within is None:
            continue
        place = inspection.at("findings", number, "within")
        known = inspection.framework.time_bands
        band = read_band(finding.within)
        if band is None:
            message = f"the finding {finding.id} is to be met '{finding.within}', which is no length of time"
            near = closest(finding.within, known)
            yield Found(place, message, f"did you mean '{near}'?" if near else "write it as 'Within three months'")
        elif known and band not in map(read_band, known):
            message = f"the finding {finding.id} is to be met '{finding.within}', which the framework does not have"
            yield Found(place, message, f"use one of: {', '.join(known)}")


INSPECTION_RULES: tuple[Rule, ...] = (
    Rule(
        "RG101",
        Severity.ERROR,
        "A judgement that the framework does not have",
        "Names of judgements drift when they are retyped, and then neither expressions nor readers find them. The "
        "framework that was in force keeps them as the inspectorate prints them.",
        "The inspection framework, as reportgen/frameworks has it",
        _on_inspection(_unknown_judgements),
    ),
    Rule(
        "RG102",
        Severity.ERROR,
        "A group of judgements that the framework does not have",
        "Where the framework has several tables, each judgement stands in one of them, and the same name may stand "
        "in two.",
        "The inspection framework",
        _on_inspection(_unknown_groups),
    ),
    Rule(
        "RG103",
        Severity.WARNING,
        "A row is missing from the table of judgements",
        "Counts and shares are worked out from the table, so a row left out makes them wrong. A row that was not "
        "graded stands there too, with not_graded: and the reason.",
        "The inspection framework",
        _on_inspection(_missing_judgements),
    ),
    Rule(
        "RG104",
        Severity.ERROR,
        "A judgement stands in the table twice",
        "It would be counted and printed twice.",
        "The inspection framework: each judgement is graded once",
        _on_inspection(_repeated_judgements),
    ),
    Rule(
        "RG105",
        Severity.WARNING,
        "A summary judgement is not marked, or another one is",
        "key: yes marks overall effectiveness and capacity for improvement; summaries and count(key=True) go by it.",
        "The inspection framework",
        _on_inspection(_summary_judgements),
    ),
    Rule(
        "RG106",
        Severity.ERROR,
        "A grade is printed as another grade",
        "as_printed: keeps the wording of the published report beside the canonical grade, such as 'Requires "
        "Improvement'. When it is the name of another step of the scale, one of the two is wrong.",
        "The inspection framework; the published report",
        _on_inspection(_other_grade_as_printed),
    ),
    Rule(
        "RG107",
        Severity.WARNING,
        "The overall grade does not fit the framework",
        "Some frameworks give the overall grade in a row of the table, some apart from it, some give none.",
        "The inspection framework",
        _on_inspection(_overall_grade),
    ),
    Rule(
        "RG108",
        Severity.WARNING,
        "A count stated in the published report differs from its tables",
        "Published reports have stated 34 judgements over tables that held 29. The papers count the rows; stated: "
        "keeps what the report says itself, so that a difference is known before a member finds it.",
        "The published report",
        _on_inspection(_stated_counts),
    ),
    Rule(
        "RG109",
        Severity.WARNING,
        "A figure is given under two names",
        "A figure typed once cannot disagree with itself. Two names that differ by a plural or an underscore are one.",
        "House rule: each figure is typed once",
        _on_inspection(_figures_twice),
    ),
    Rule(
        "RG110",
        Severity.WARNING,
        "Dates of the inspection are out of order",
        "The council receives the report before it is published, and a meeting hears the outcome after the "
        "inspection ended.",
        "Education and Inspections Act 2006 s.137",
        _dates_around,
    ),
    Rule(
        "RG111",
        Severity.WARNING,
        "A finding of a kind that the framework does not have",
        "A recommendation, an area for improvement, a priority action and a cause of concern ask for different "
        "answers.",
        "The inspection framework",
        _on_inspection(_unknown_kinds),
    ),
    Rule(
        "RG112",
        Severity.WARNING,
        "A time that is not one of the framework's",
        "The due dates of actions are compared with the time that the inspectorate gives, so within: must name a "
        "length of time, and one that the framework has.",
        "The inspection framework",
        _on_inspection(_unreadable_bands),
    ),
    Rule(
        "RG113",
        Severity.WARNING,
        "The outcome is missing",
        "Inspections of services for children with special educational needs end in one of a few set texts, and not in "
        "grades. outcome: keeps which; {{ inspection.conclusion.text }} prints it.",
        "The inspection framework",
        _on_inspection(_missing_outcome),
    ),
)
