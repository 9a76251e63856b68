"""What was asked for → the papers it means, each read once.

find_tasks     reports, meetings and folders → tasks: which report goes to which meeting
discover       tasks → papers: for whom each is made, where it goes, and what the agenda says of it
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from reportgen.build.names import name_of
from reportgen.build.record import DiscoveredPaper, Discovery
from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.house.folders import house_folders
from reportgen.inputs.files import DISK, FileQuery, FileResult, Files, RecordingFiles
from reportgen.inputs.source import SourceMapping, SourceSequence, parse_yaml, read_yaml
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Meeting
from reportgen.model.reader import kind_of, meetings_of, read_agenda, read_meeting, read_paper
from reportgen.model.report import Report
from reportgen.model.task import Audience, PaperSummary, Task
from reportgen.redaction import summarise

_MARKINGS = ("confidential", "exempt")
_MARKING = re.compile(rb"\b(exempt|confidential)\b")


def discover(
    targets: Iterable[Path], house: str | None, folders: Sequence[Path], audiences: Sequence[Audience]
) -> Discovery:
    """Find the papers that the targets mean, for those of the audiences that there is a version for."""
    files, problems = RecordingFiles(), Problems()
    tasks, front_sheets = find_tasks(targets, house, folders, problems, files)
    papers = [paper for task in tasks for paper in _versions(task, files) if paper.task.audience in audiences]
    sheets = [
        DiscoveredPaper(task, name_of(task, "", ""), PaperSummary(), _is_any_marked(files, [str(task.report)]))
        for task in front_sheets
        if "public" in audiences
    ]
    is_secret = _is_any_marked(files, [one.location.path for one in problems.found])
    return Discovery(tuple(papers), tuple(sheets), files.digests(), tuple(problems.found), is_secret)


def _is_any_marked(files: RecordingFiles, paths: Iterable[str]) -> bool:
    wanted = {FileQuery("content", path) for path in paths}
    return may_be_marked({query: files.answers[query] for query in wanted & files.answers.keys()})


def may_be_marked(answers: Mapping[FileQuery, FileResult], meeting: Path | None = None) -> bool:
    """Whether a YAML file marks something as exempt or confidential, or may do so as it cannot be read.

    The file of the paper's meeting, which says that of items without a report only, is left out.
    """
    contents = {path: one for (_, path), one in answers.items() if isinstance(one, bytes) and path != str(meeting)}
    for path, content in contents.items():
        if path.endswith(".yaml") and _MARKING.search(content):  # most have neither word, and need not be parsed
            data = parse_yaml(content.decode("utf-8-sig", "replace"), path, Problems())
            if data is None or _has_marking(data):
                return True
    return False


def _has_marking(value: object) -> bool:
    match value:
        case SourceMapping():
            return any(value.get(key) is not None for key in _MARKINGS) or any(map(_has_marking, value.values()))
        case SourceSequence():
            return any(map(_has_marking, value))
    return False


def _versions(task: Task, files: Files) -> Iterator[DiscoveredPaper]:
    """Read a paper, and return its version for everybody and, if something in it is marked, the one with all of it."""
    noted = RecordingFiles(files)
    try:
        paper = read_paper(task.report, task.meeting, known_frameworks(), Problems(), noted)
    except Rejected:
        is_readable = False
        summary = _summarise_unreadable(task, noted)
        is_secret = may_be_marked(noted.answers, task.meeting)
    else:
        is_readable = True
        summary = replace(summarise(paper, None, "public"), made=False, report_of="", author="")
        is_secret = paper.is_marked
    for audience in ("public", "exempt") if is_secret else ("public",):
        version = replace(task, audience=audience)
        name = name_of(version, summary.title, summary.item)
        yield DiscoveredPaper(version, name, summary, is_secret, is_readable)


def _summarise_unreadable(task: Task, files: Files) -> PaperSummary:
    """Return what can be known of a paper with mistakes: the title that the public may read, and its marking."""
    data = read_yaml(task.report, str(task.report), Problems(), files) or SourceMapping(Location(""))
    agenda = read_agenda(task.meeting, Problems(), files) if task.meeting else None
    markings = {key: one for key in _MARKINGS if isinstance(one := data.get(key), SourceMapping)}
    titles = [one.get("public_title") for one in markings.values()]
    title = next((str(one) for one in [*titles, data.get("title")] if one), "")
    numbers = markings["exempt"].get("paragraphs") if "exempt" in markings else None
    paragraphs = numbers if isinstance(numbers, SourceSequence) else ()
    return PaperSummary(
        title,
        made=False,
        exempt=tuple(int(str(one)) for one in paragraphs if str(one) in [*"1234567"]),
        confidential="confidential" in markings,
        item=(agenda or {}).get(task.report.stem, ""),
    )


# ---- Targets → tasks ----


def find_tasks(
    targets: Iterable[Path], house: str | None, folders: Sequence[Path], problems: Problems, files: Files = DISK
) -> tuple[list[Task], list[Task]]:
    """Return the papers that the targets mean, each once, and the front sheets of the meetings meant as a whole.

    Args:
        targets: a report's file, a meeting's file (all its reports) or a folder (everything in it).
        house: another house than the reports' own.
        folders: those that hold houses, beside the `templates/` next to the inputs.
        problems: gets what is wrong with the targets and the meetings.
        files: where they are looked up.
    """
    search = _Search(house, folders, problems, files)
    for target in targets:
        search.add(target)
    return list(search.tasks), list(search.front_sheets)


class _Search:
    """Collects tasks; reads each agenda once."""

    def __init__(self, house: str | None, folders: Sequence[Path], problems: Problems, files: Files) -> None:
        self.house = house
        self.folders = folders
        self.problems = problems
        self.files = files
        self.tasks: dict[Task, None] = {}
        self.front_sheets: dict[Task, None] = {}
        self.agendas: dict[Path, Mapping[str, str] | None] = {}

    def add(self, target: Path) -> None:
        kind = self.files.kind(target)
        path = _as_shown(target)
        if kind == "folder":
            self._add_folder(target)
        elif kind == "":
            hint = _hint_for_missing(target, self.files)
            self.problems.error("RG001", Location(str(target)), "there is no such file or folder", hint)
        elif kind_of(path) is Report:
            self._add_report(path)
        elif kind_of(path) is Meeting:
            if not self._add_meeting(path):
                hint = "add items: with report: and the id of a report, or with title:"
                self._refuse(target, "nothing is on this agenda", hint)
        else:
            hint = "give a file in <council>/reports or <council>/meetings, or a folder"
            self._refuse(target, "this is neither a report nor a meeting", hint)

    def _add_folder(self, folder: Path) -> None:
        found = sorted(self._yaml_files(folder))
        meetings = [path for path in found if kind_of(path) is Meeting]
        reports = [path for path in found if kind_of(path) is Report]
        if not meetings and not reports:
            hint = "give the folder that holds your inputs, or one council's folder in it"
            self._refuse(folder, "there are no reports or meetings in this folder", hint)
        for meeting in meetings:
            self._add_meeting(meeting)
        unreadable = {meeting.parent.parent: meeting for meeting in meetings if self._agenda(meeting) is None}
        for report in reports:
            doubtful = unreadable.get(report.parent.parent)
            if doubtful is None or self._meetings(report):
                self._add_report(report)
            else:
                message = f"{report} was left out, as it may be on this agenda"
                self.problems.warning("RG060", Location(str(doubtful)), message, "correct this file first")

    def _yaml_files(self, folder: Path) -> Iterator[Path]:
        """Yield every YAML file in the folder and below, hidden folders left out.

        Raises OSError for a folder that cannot be listed: it may hold papers, and must not be passed over.
        """
        for name in self.files.names(folder):
            if name.endswith("/"):
                if not name.startswith("."):
                    yield from self._yaml_files(folder / name)
                continue
            path = _as_shown(folder / name)
            if path.suffix == ".yaml":
                yield path
            elif path.suffix.casefold() in (".yml", ".yaml") and kind_of(path) is not None:
                place = Location(str(path))
                self.problems.warning("RG060", place, "this file is passed over", "its name must end in .yaml")

    def _add_report(self, report: Path) -> None:
        for meeting in self._meetings(report) or (None,):
            self._add_task(report, meeting)

    def _add_meeting(self, meeting: Path) -> bool:
        """Add the meeting's papers and its front sheet, and return whether anything is on its agenda.

        What is wrong with the file is reported once, here.
        """
        record = read_meeting(meeting, known_frameworks(), self.problems, self.files)
        agenda = self._agenda(meeting)
        for identifier in agenda or ():
            report = meeting.parent.parent / "reports" / f"{identifier}.yaml"
            if self.files.kind(report) == "file":
                self._add_task(report, meeting)
        # The agenda of a meeting with a mistake waits for it to be mended: it is not forgotten.
        if (record.items if record else agenda != {}) and _is_unicode(meeting):
            self.front_sheets[Task(meeting, None, self.house, self._house_folders(meeting), papers=())] = None
        return agenda is None or record is None or bool(record.items)

    def _add_task(self, report: Path, meeting: Path | None) -> None:
        if not _is_unicode(report) or not _is_unicode(meeting):
            self._refuse(report, "the name of this file, or of its folder, is not Unicode", "rename it")
            return
        self.tasks[Task(report, meeting, self.house, self._house_folders(report))] = None

    def _house_folders(self, report: Path) -> tuple[Path, ...]:
        root = _absolute(report).parent.parent.parent.parent  # <root>/inputs/<council>/reports/<id>.yaml
        return house_folders(_as_typed(root / "templates", report), self.folders, self.files)

    def _meetings(self, report: Path) -> tuple[Path, ...]:
        return meetings_of(report, self._agenda, self.files)

    def _agenda(self, meeting: Path) -> Mapping[str, str] | None:
        if meeting not in self.agendas:
            self.agendas[meeting] = read_agenda(meeting, Problems(), self.files)
        return self.agendas[meeting]

    def _refuse(self, target: Path, message: str, hint: str) -> None:
        self.problems.error("RG060", Location(str(target)), message, hint)


def _is_unicode(path: Path | None) -> bool:
    """Whether the path can be printed; Python keeps other bytes of a Unix file name as surrogates."""
    return str(path).encode("utf-8", "ignore").decode() == str(path)


def _meant_by_name(target: Path, files: Files) -> Path | None:
    """Return the report that is meant by its id alone: "autumn" or "autumn.yaml" by inputs/demo/reports/autumn.yaml."""
    inputs = Path("inputs")
    if target.parent == Path():
        for council in files.names(inputs):
            for name in files.names(inputs / council / "reports") if council.endswith("/") else ():
                if name in (target.name, f"{target.name}.yaml"):
                    return inputs / council / "reports" / name
    return None


def _hint_for_missing(target: Path, files: Files) -> str:
    meant = _meant_by_name(target, files)
    if meant is not None:
        return f"did you mean '{meant}'?"
    close = get_close_matches(target.name, [name.rstrip("/") for name in files.names(target.parent)], n=1)
    if close:
        return f"did you mean '{target.with_name(close[0])}'?"
    return "check the name and the folder you are in; `reportgen init DIR` makes a folder to start from"


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))  # not resolve(): messages keep the names of links


def _as_shown(path: Path) -> Path:
    """Return the path as messages print it: as it was typed, but always with the folder of the council's folder.

    `reports/x.yaml` alone would not say whose report it is, and a council's id is the name of its folder.
    """
    absolute = _absolute(path)
    above = absolute.parents[min(2, len(absolute.parents) - 1)]
    return _as_typed(above, path) / absolute.relative_to(above)


def _as_typed(absolute: Path, typed: Path) -> Path:
    return absolute if typed.is_absolute() else Path(os.path.relpath(absolute))
