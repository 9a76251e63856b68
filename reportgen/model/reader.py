"""Read a `Paper` from YAML files: check them against the model and resolve references.

    inputs/<council>/council.yaml
    inputs/<council>/inspections/<id>.yaml
    inputs/<council>/action-plans/<id>.yaml
    inputs/<council>/reports/<id>.yaml
    inputs/<council>/meetings/<id>.yaml
    inputs/<council>/frameworks/<id>.yaml    beside those that come with the product

A record's id is the name of its file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import Location, Problems, Rejected, closest, nearest
from reportgen.inputs.files import DISK, Files, ending
from reportgen.inputs.pictures import PictureFile, read_picture
from reportgen.inputs.source import read_yaml
from reportgen.inputs.text import read_text
from reportgen.model.base import Record, hint_for_name, shown
from reportgen.model.framework import Framework
from reportgen.model.frameworks import read_frameworks
from reportgen.model.inspection import EarlierInspection, Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.plan import Action, ActionPlan
from reportgen.model.report import Report
from reportgen.model.validation import validate

AnyRecord = TypeVar("AnyRecord", bound=Record)
Frameworks = Mapping[str, Framework]

FOLDERS: Mapping[str, type[Record]] = {
    "reports": Report,
    "inspections": Inspection,
    "action-plans": ActionPlan,
    "meetings": Meeting,
    "frameworks": Framework,
}
"""The folders of a council and what the files in them hold; beside them stands council.yaml."""


def kind_of(path: Path) -> type[Record] | None:
    """Return the kind of record that a YAML file must hold, judging by its folder."""
    return Council if path.name == "council.yaml" else FOLDERS.get(path.parent.name)


def read_record(
    path: Path, kind: type[AnyRecord], frameworks: Frameworks, problems: Problems, files: Files = DISK
) -> AnyRecord | None:
    """Read the record in a file. Return None, with every reason in `problems`, if it is not valid."""
    data = read_yaml(path, str(path), problems, files)
    if data is None:
        return None
    if "id" in data:
        hint = "delete it: the id is the name of the file"
        problems.error("RG010", data.keys_at["id"], "the key 'id' is not known here", hint)
    identifier = path.parent.name if kind is Council else path.stem
    data.put("id", identifier)
    if not _is_name(identifier, "folder" if kind is Council else "file", path, problems):
        return None
    if kind is Inspection:
        frameworks = {**frameworks, **read_frameworks(path.parent.parent / "frameworks", problems, files)}
    record = validate(kind, data, problems, {"frameworks": frameworks})
    if isinstance(record, Inspection):
        _check_grades(record, problems)
        _check_framework(record, frameworks, problems)
    return record


def _is_name(identifier: str, thing: str, path: Path, problems: Problems) -> bool:
    """Check that other files can refer to a record by the name of its file or folder."""
    hint = hint_for_name(identifier)
    if hint is None:
        return True
    found = " ".join(identifier.split())
    message = f"'{found}' is the name of this {thing}; letters, digits, '-', '_' and '.' were expected"
    problems.error("RG017", Location(str(path)), message, hint.replace("write", "rename it to"))
    return False


@dataclass(frozen=True, slots=True)
class _CouncilFolder:
    """A council's folder, in which the records that others name by their ids are found."""

    path: Path
    frameworks: Frameworks
    problems: Problems
    files: Files

    def find(self, kind: str, identifier: str, place: Location) -> Path | None:
        """Return the file of a record, or report at the place of the reference that there is none."""
        path = self.path / kind / f"{identifier}.yaml"
        there = self.files.kind(path)
        if there == "file":
            return path
        message = f"'{identifier}' refers to {path}, which {'is no file' if there else 'does not exist'}"
        hint = "is it a folder, or a link that leads nowhere?"
        if not there:
            known = [name.removesuffix(".yaml") for name in ending(self.files.names(path.parent), ".yaml")]
            hint = nearest(identifier, known) or "write that file, or correct the name"
        self.problems.error("RG013", place, message, hint)
        return None

    def read(self, kind: type[AnyRecord], identifier: str, place: Location) -> AnyRecord | None:
        """Read the record with this id. Return None, with every reason in the problems, if that fails."""
        folder = next(name for name, one in FOLDERS.items() if one is kind)
        path = self.find(folder, identifier, place)
        return read_record(path, kind, self.frameworks, self.problems, self.files) if path else None


def read_meeting(path: Path, frameworks: Frameworks, problems: Problems, files: Files = DISK) -> Meeting | None:
    """Read a meeting, and warn of items whose reports do not exist: they are to follow."""
    meeting = read_record(path, Meeting, frameworks, problems, files)
    folder = path.parent.parent / "reports"
    for number, item in enumerate(meeting.items if meeting else ()):
        if meeting is None or item.report is None or item.to_follow:
            continue
        report = folder / f"{item.report}.yaml"
        there = files.kind(report)
        if there != "file":
            known = [name.removesuffix(".yaml") for name in ending(files.names(folder), ".yaml")]
            near = closest(item.report, known)
            hint = f"did you mean '{near}'?" if near else "write that file, or add to_follow: yes"
            if there:
                hint = "is it a folder, or a link that leads nowhere?"
            state = "is no file" if there else "does not exist"
            message = f"'{item.report}' refers to {report}, which {state}: the item is to follow"
            problems.warning("RG013", meeting.at("items", number, "report"), message, hint)
    return meeting


def read_front_sheet(
    path: Path, frameworks: Frameworks, problems: Problems, files: Files = DISK
) -> tuple[Meeting, Council]:
    """Read the meeting in `path` and its council.

    Raises:
        Rejected: if there are errors in their files.
    """
    meeting = read_meeting(path, frameworks, problems, files)
    council = read_record(path.parent.parent / "council.yaml", Council, frameworks, problems, files)
    problems.stop_if_errors()
    if meeting is None or council is None:
        raise Rejected(problems.found)
    return meeting, council


def read_paper(
    path: Path, meeting_path: Path | None, frameworks: Frameworks, problems: Problems, files: Files = DISK
) -> Paper:
    """Read the paper with the report `path` for the given meeting.

    Raises:
        Rejected: if there are errors in its files.
    """
    report = read_record(path, Report, frameworks, problems, files)
    if path.parent.name != "reports" and files.kind(path):
        message = "a report stands in a folder <council>/reports"
        problems.error("RG013", Location(str(path)), message, "move the file there")
        raise Rejected(problems.found)
    folder = _CouncilFolder(path.parent.parent, frameworks, problems, files)
    council = read_record(folder.path / "council.yaml", Council, frameworks, problems, files)
    meeting = read_record(meeting_path, Meeting, frameworks, problems, files) if meeting_path else None
    if report is None:
        raise Rejected(problems.found)
    inspection = plan = None
    if report.inspection is not None:
        inspection = folder.read(Inspection, report.inspection, report.at("inspection"))
    if inspection is not None:
        inspection = _with_earlier(inspection, folder)
    if report.action_plan is not None:
        plan = folder.read(ActionPlan, report.action_plan, report.at("action_plan"))
    before = _read_plan_before(report, plan, folder)
    if council is None or (meeting_path and meeting is None):
        raise Rejected(problems.found)
    item = meeting.item_for(report.id) if meeting else None
    source_text = _read_source(folder.path / "inspections", inspection, problems, files) if inspection else None
    pictures = _read_pictures(folder.path / "pictures", report, problems, files)
    paper = Paper(report, council, meeting, item, inspection, plan, pictures, source_text, before)
    _check_plan(paper, problems)
    _check_appendices(paper, problems)
    problems.stop_if_errors()
    return paper


def _read_plan_before(report: Report, plan: ActionPlan | None, folder: _CouncilFolder) -> ActionPlan | None:
    """Read the older version of the report's plan, if it names one for the same inspection."""
    identifier, place = report.changes_since, report.at("changes_since")
    if identifier is None:
        return None
    if report.action_plan in (None, identifier):
        found = "the report names no action plan" if report.action_plan is None else "this is the report's plan itself"
        hint = "keep the plan as it is now under action_plan:, and the older one in a file of its own"
        folder.problems.error("RG013", place, f"changes_since: {found}", hint)
        return None
    before = folder.read(ActionPlan, identifier, place)
    if before is not None and plan is not None and before.inspection != plan.inspection:
        message = f"'{identifier}' answers the inspection '{before.inspection}', the plan '{plan.inspection}'"
        folder.problems.error("RG013", place, message, "name an older version of the same plan")
    return before


def _with_earlier(inspection: Inspection, folder: _CouncilFolder) -> Inspection:
    """Replace the id of the previous inspection with that inspection's summary."""
    if not isinstance(inspection.previous, str):
        return inspection
    place = inspection.at("previous")
    found = folder.read(Inspection, inspection.previous, place)
    if found is not None and found.start >= inspection.start:
        message = f"the inspection '{found.id}' started on {found.start}, not before this one on {inspection.start}"
        folder.problems.error("RG013", place, message, "name the inspection before this one, or correct a date")
    return inspection.model_copy(update={"previous": found.as_earlier() if found else None})


def _read_pictures(folder: Path, report: Report, problems: Problems, files: Files) -> dict[str, PictureFile]:
    found: dict[str, PictureFile] = {}
    for number, one in enumerate(report.pictures):
        picture = read_picture(folder / one.file, report.at("pictures", number, "file"), problems, files)
        if picture is not None:
            found[one.id] = picture
    return found


def _read_source(folder: Path, inspection: Inspection, problems: Problems, files: Files) -> str | None:
    name = inspection.source_text
    if name is None:
        return None
    path = folder / name
    if os.path.normpath(path.parent) == os.path.normpath(folder) and files.kind(path) == "file":
        return read_text(path, str(path), problems, files)
    known = ending(files.names(folder), ".txt")
    hint = nearest(name, known) or "save the text of the published report there, or delete this line"
    message = f"source_text: '{name}' is not a file in {folder}"
    problems.error("RG013", inspection.at("source_text"), message, hint)
    return None


def read_agenda(meeting: Path, problems: Problems, files: Files = DISK) -> dict[str, str] | None:
    """Return the item numbers of a meeting's reports by their ids, or None if the file is unreadable.

    Other errors in the meeting are reported when one of its papers is read.
    """
    data = read_yaml(meeting, str(meeting), problems, files)
    items = data.get("items", []) if data is not None else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    found: dict[str, str] = {}
    for item in items:
        report = item.get("report")
        if isinstance(report, str):
            found.setdefault(report, str(item.get("number") or ""))
        elif report is not None:
            return None
    return found


def meetings_of(
    path: Path, agenda: Callable[[Path], Container[str] | None] | None = None, files: Files = DISK
) -> tuple[Path, ...]:
    """Return the files of the meetings that have the report on their agenda, skipping files that are not YAML.

    Args:
        path: The file of the report.
        agenda: Returns the reports of a meeting, for a caller that has read them already.
        files: Where files are read from.
    """
    read = agenda or (lambda meeting: read_agenda(meeting, Problems(), files))
    folder = path.parent.parent / "meetings"
    candidates = [folder / name for name in ending(files.names(folder), ".yaml")]
    return tuple(candidate for candidate in candidates if path.stem in (read(candidate) or ()))


def _check_grades(inspection: Inspection | EarlierInspection, problems: Problems) -> None:
    framework = inspection.framework
    judged = enumerate(inspection.judgements)
    graded = [(one.grade, inspection.at("judgements", number, "grade")) for number, one in judged]
    graded.append((inspection.overall, inspection.at("overall")))
    for grade, place in graded:
        if grade is None or grade in inspection.scale:
            continue
        canonical = next((step.name for step in framework.grades if grade in step.aliases), None)
        hint = f"write grade: {canonical} and as_printed: {grade}" if canonical else nearest(grade, inspection.scale)
        problems.error("RG014", place, f"'{grade}' is not a grade of the framework {framework.id}", hint)
    if isinstance(inspection, Inspection):
        _check_outcome(inspection, problems)
        if inspection.earlier is not None:
            _check_grades(inspection.earlier, problems)


def _check_outcome(inspection: Inspection, problems: Problems) -> None:
    framework, outcome = inspection.framework, inspection.outcome
    if outcome is None or inspection.conclusion is not None:
        return
    known = [str(one.number) if one.number is not None else one.text for one in framework.outcomes]
    message = f"{shown(outcome)} is not an outcome of the framework {framework.id}"
    hint = nearest(outcome, known) or "delete outcome: here, or correct framework:"
    problems.error("RG014", inspection.at("outcome"), message, hint)


def _check_framework(inspection: Inspection, frameworks: Frameworks, problems: Problems) -> None:
    """Warn if the framework was not in force when the inspection started."""
    start = inspection.start
    if inspection.framework.in_force_on(start):
        return
    own = [one for one in frameworks.values() if one.inspectorate == inspection.framework.inspectorate]
    fitting = [one.id for one in own if one.in_force_on(start)]
    message = f"the framework {inspection.framework.id} was not in force when the inspection started, on {start}"
    hint = f"in force on that day: {', '.join(fitting)}" if fitting else "check the day and the framework"
    problems.warning("RG016", inspection.at("framework"), message, hint)


def _check_plan(paper: Paper, problems: Problems) -> None:
    plan, inspection, report = paper.plan, paper.inspection, paper.report
    if plan is None:
        return
    if report.inspection is None:
        hint = f"add inspection: {plan.inspection}, which the plan answers"
        problems.error("RG013", report.at("action_plan"), "the report has an action plan but names no inspection", hint)
        return
    if plan.inspection != report.inspection and inspection is not None:
        message = f"the plan answers the inspection '{plan.inspection}', but the report is about '{report.inspection}'"
        hint = f"name the same inspection here and in {report.at().path}"
        problems.error("RG013", plan.at("inspection"), message, hint)
    elif inspection is not None:  # it has been reported where there is none
        _check_answers(plan, inspection, problems)


def _check_answers(plan: ActionPlan, inspection: Inspection, problems: Problems) -> None:
    known = [one.id for one in inspection.findings]

    def require(finding: str, what: str, *path: str | int) -> None:
        if finding not in known:
            message = f"{what} the finding '{finding}', which the inspection does not have"
            hint = nearest(finding, known) or f"add it to findings: in {inspection.at().path}"
            problems.error("RG013", plan.at(*path), message, hint)

    for number, action in enumerate(plan.actions):
        _check_action(plan, number, action, problems)
        for which, finding in enumerate(action.findings):
            require(finding, f"action {action.id} answers", "actions", number, "findings", which)
    for number, one in enumerate(plan.unanswered):
        require(one.finding, "a reason is given for", "unanswered", number, "finding")
    for number, part in enumerate(plan.parts):
        for which, finding in enumerate(part.findings):
            require(finding, f"part {part.number} answers", "parts", number, "findings", which)


def _check_action(plan: ActionPlan, number: int, action: Action, problems: Problems) -> None:
    numbers = [part.number for part in plan.parts]
    if action.part is not None and action.part not in numbers:
        message = f"action {action.id} stands in part {action.part}, which the plan does not have"
        problems.error("RG013", plan.at("actions", number, "part"), message, _part_hint(action.part, numbers))
    if not action.findings and not action.own:
        hint = "add findings: with their ids, or own: yes for an action of the council's own"
        problems.error("RG015", plan.at("actions", number), f"action {action.id} answers no finding", hint)
    if action.findings and action.own:
        message = f"action {action.id} is the council's own, yet it answers findings"
        problems.error("RG015", plan.at("actions", number, "own"), message, "delete own: or findings:")


def _part_hint(part: int, numbers: Iterable[int]) -> str:
    return nearest(str(part), map(str, numbers)) or "add parts: to the plan, or delete part: here"


def _check_appendices(paper: Paper, problems: Problems) -> None:
    """Check that appendices show existing parts of the plan, and each action once if any."""
    report, plan = paper.report, paper.plan
    showing = [(number, appendix.part) for number, appendix in enumerate(report.appendices) if appendix.shows]
    if report.action_plan is None:
        for number, _ in showing:
            message = "the appendix shows an action plan, but the report names none"
            problems.error("RG013", report.at("appendices", number, "shows"), message, "add action_plan: with its id")
    if plan is None or not showing:
        return
    numbers = [part.number for part in plan.parts]
    wrong = [(number, part) for number, part in showing if part is not None and part not in numbers]
    for number, part in wrong:
        place = report.at("appendices", number, "part")
        problems.error("RG013", place, f"the action plan has no part {part}", _part_hint(part, numbers))
    if not wrong:
        _check_shown_once(report, showing, problems)
        _check_all_shown(plan, {part for _, part in showing}, problems)


def _check_shown_once(report: Report, showing: Sequence[tuple[int, int | None]], problems: Problems) -> None:
    first, seen = report.appendices[showing[0][0]].id, [showing[0][1]]
    for number, part in showing[1:]:
        if None in seen or part in (None, *seen):
            place = report.at("appendices", number, "shows" if part is None else "part")
            message = f"this appendix would show actions again that '{first}' or another one shows"
            problems.error("RG018", place, message, "give each appendix a part: of its own")
        seen.append(part)


def _check_all_shown(plan: ActionPlan, parts: Set[int | None], problems: Problems) -> None:
    for number, action in enumerate(plan.actions):
        if None not in parts and action.part not in parts:
            stands = "no part" if action.part is None else f"part {action.part}"
            others = " and ".join(map(str, sorted(part for part in parts if part is not None)))
            message = f"action {action.id} stands in {stands}, but the report's appendices show only {others}"
            hint = "give it one of these parts, or show its part, too"
            problems.error("RG018", plan.at("actions", number, "part"), message, hint)
