"""YAML files → `Paper`: read, checked against the model, references resolved.

    inputs/<council>/council.yaml
    inputs/<council>/inspections/<id>.yaml
    inputs/<council>/action-plans/<id>.yaml
    inputs/<council>/reports/<id>.yaml
    inputs/<council>/meetings/<id>.yaml

A record's id is the name of its file.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.model.base import Record
from reportgen.model.framework import Framework
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.model.validation import validate
from reportgen.source import read_yaml

AnyRecord = TypeVar("AnyRecord", bound=Record)
Frameworks = Mapping[str, Framework]

FOLDERS: Mapping[str, type[Record]] = {
    "reports": Report,
    "inspections": Inspection,
    "action-plans": ActionPlan,
    "meetings": Meeting,
}
"""The folders of a council and what the files in them hold; beside them stands council.yaml."""


def kind_of(path: Path) -> type[Record] | None:
    """What a YAML file must hold, by the folder it stands in."""
    return Council if path.name == "council.yaml" else FOLDERS.get(path.parent.name)


def read_record(path: Path, kind: type[AnyRecord], frameworks: Frameworks, problems: Problems) -> AnyRecord | None:
    """The record in a file, or None with every reason in `problems`."""
    data = read_yaml(path, str(path), problems)
    if data is None:
        return None
    if "id" in data:
        problems.error("RG010", data.keys_at["id"], "the key 'id' is not known here", "delete it: the id is the name of the file")
    data.put("id", path.parent.name if kind is Council else path.stem)
    record = validate(kind, data, problems, {"frameworks": frameworks})
    if isinstance(record, Inspection):
        _check_grades(record, problems)
    return record


def read_meeting(path: Path, frameworks: Frameworks, problems: Problems) -> Meeting | None:
    """A meeting, its reports known to exist."""
    meeting = read_record(path, Meeting, frameworks, problems)
    if meeting is not None:
        for number, item in enumerate(meeting.items):
            if item.report is not None:
                _find(path.parent.parent, "reports", item.report, meeting.at("items", number, "report"), problems)
    return meeting


def read_paper(path: Path, meeting_path: Path | None, frameworks: Frameworks, problems: Problems) -> Paper | None:
    """The paper whose report stands in `path`, as it goes to the given meeting; None with the reasons in `problems`."""
    report = read_record(path, Report, frameworks, problems)
    if path.parent.name != "reports" and path.exists():
        problems.error("RG013", Location(str(path)), "a report stands in a folder <council>/reports", "move the file there")
        return None
    folder = path.parent.parent
    council = read_record(folder / "council.yaml", Council, frameworks, problems)
    meeting = read_meeting(meeting_path, frameworks, problems) if meeting_path else None
    if report is None:
        return None
    inspection = plan = None
    if report.inspection is not None:
        found = _find(folder, "inspections", report.inspection, report.at("inspection"), problems)
        inspection = read_record(found, Inspection, frameworks, problems) if found else None
    if report.action_plan is not None:
        found = _find(folder, "action-plans", report.action_plan, report.at("action_plan"), problems)
        plan = read_record(found, ActionPlan, frameworks, problems) if found else None
    if council is None or (meeting_path and meeting is None):
        return None
    paper = Paper(report, council, meeting, meeting.item_for(report.id) if meeting else None, inspection, plan)
    _check_plan(paper, problems)
    _check_appendices(paper, problems)
    return paper


def read_agenda(meeting: Path, problems: Problems) -> dict[str, str] | None:
    """The ids of the reports on a meeting's agenda and the numbers of their items; None when the file is no YAML.

    Whatever else is wrong with the meeting is told when one of its papers is read.
    """
    data = read_yaml(meeting, str(meeting), problems)
    if data is None:
        return None
    items = data.get("items")
    found: dict[str, str] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("report"), str):
            found.setdefault(item["report"], str(item.get("number") or ""))
    return found


def meetings_of(path: Path, agenda: Callable[[Path], Container[str] | None] | None = None) -> tuple[Path, ...]:
    """The files of the meetings that have the report on their agenda. Files that are no YAML are passed over here.

    `agenda` gives the reports of a meeting, for a caller who has them already.
    """
    read = agenda or (lambda meeting: read_agenda(meeting, Problems()))
    candidates = sorted((path.parent.parent / "meetings").glob("*.yaml"))
    return tuple(candidate for candidate in candidates if path.stem in (read(candidate) or ()))


def _find(folder: Path, kind: str, identifier: str, place: Location, problems: Problems) -> Path | None:
    path = folder / kind / f"{identifier}.yaml"
    if path.is_file():
        return path
    known = sorted(candidate.stem for candidate in path.parent.glob("*.yaml"))
    problems.error("RG013", place, f"'{identifier}' refers to {path}, which does not exist", nearest(identifier, known))
    return None


def _check_grades(inspection: Inspection, problems: Problems) -> None:
    framework = inspection.framework
    known = {grade.name for grade in framework.grades}
    graded = [(judgement.grade, inspection.at("judgements", number, "grade")) for number, judgement in enumerate(inspection.judgements)]
    graded.append((inspection.overall, inspection.at("overall")))
    for grade, place in graded:
        if grade is None or grade in known:
            continue
        canonical = next((step.name for step in framework.grades if grade in step.aliases), None)
        hint = f"write grade: {canonical} and as_printed: {grade}" if canonical else nearest(grade, inspection.scale)
        problems.error("RG014", place, f"'{grade}' is not a grade of the framework {framework.id}", hint)


def _check_plan(paper: Paper, problems: Problems) -> None:
    plan, inspection, report = paper.plan, paper.inspection, paper.report
    if plan is None:
        return
    if plan.inspection != report.inspection:
        problems.error(
            "RG013",
            plan.at("inspection"),
            f"the plan answers the inspection '{plan.inspection}', but the report is about '{report.inspection}'",
            f"name the same inspection here and in {report.at().path}",
        )
        return
    if inspection is None:
        return
    known = [finding.id for finding in inspection.findings]
    numbers = [part.number for part in plan.parts]
    for number, action in enumerate(plan.actions):
        for which, finding in enumerate(action.findings):
            if finding not in known:
                problems.error(
                    "RG013", plan.at("actions", number, "findings", which), f"action {action.id} answers the finding '{finding}', which the inspection does not have", nearest(finding, known)
                )
        if action.part is not None and action.part not in numbers:
            problems.error(
                "RG013", plan.at("actions", number, "part"), f"action {action.id} stands in part {action.part}, which the plan does not have", nearest(str(action.part), map(str, numbers))
            )
        if not action.findings and not action.own:
            problems.error(
                "RG015", plan.at("actions", number), f"action {action.id} answers no finding", "add findings: with their ids, or own: yes for an action of the council's own"
            )
    for number, part in enumerate(plan.parts):
        for which, finding in enumerate(part.findings):
            if finding not in known:
                problems.error("RG013", plan.at("parts", number, "findings", which), f"part {part.number} answers the finding '{finding}', which the inspection does not have", nearest(finding, known))


def _check_appendices(paper: Paper, problems: Problems) -> None:
    for number, appendix in enumerate(paper.report.appendices):
        if appendix.shows is None:
            continue
        if paper.report.action_plan is None:
            place = paper.report.at("appendices", number, "shows")
            problems.error("RG013", place, "the appendix shows an action plan, but the report names none", "add action_plan: with its id")
        elif paper.plan and appendix.part is not None and appendix.part not in [part.number for part in paper.plan.parts]:
            place = paper.report.at("appendices", number, "part")
            problems.error("RG013", place, f"the action plan has no part {appendix.part}", "")
