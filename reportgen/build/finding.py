"""What was asked for → tasks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from reportgen.build.audiences import Audiences
from reportgen.diagnostics import Location, Problems
from reportgen.house.folders import house_folders
from reportgen.inputs.files import DISK, Files
from reportgen.model.frameworks import known_frameworks
from reportgen.model.meeting import Meeting
from reportgen.model.reader import kind_of, meetings_of, read_agenda, read_meeting
from reportgen.model.report import Report
from reportgen.model.task import Audience, Task


def find_tasks(
    targets: Iterable[Path],
    house: str | None,
    folders: Sequence[Path],
    problems: Problems,
    files: Files = DISK,
    audiences: Sequence[Audience] = ("public",),
) -> list[Task]:
    """The papers that the targets mean, each once.

    A target is a report's file, a meeting's file (all its reports) or a folder (everything in it).
    `folders` hold houses beside those in the `templates/` next to the inputs. Of the `audiences`, those who may see
    exempt text get a paper of their own only if there is such text in it.
    """
    return find_papers(targets, house, folders, problems, files, audiences)[0]


def find_papers(
    targets: Iterable[Path],
    house: str | None,
    folders: Sequence[Path],
    problems: Problems,
    files: Files = DISK,
    audiences: Sequence[Audience] = ("public",),
) -> tuple[list[Task], list[Task]]:
    """As `find_tasks`; with the front sheets of the meetings that a target means as a whole."""
    search = _Search(house, folders, problems, files, audiences)
    for target in targets:
        search.add(target)
    return list(search.tasks), list(search.front_sheets)


class _Search:
    """Collects tasks; reads each agenda once."""

    def __init__(
        self,
        house: str | None,
        folders: Sequence[Path],
        problems: Problems,
        files: Files,
        audiences: Sequence[Audience],
    ) -> None:
        self.house = house
        self.folders = folders
        self.problems = problems
        self.files = files
        self.wanted = audiences
        self.audiences = Audiences(files)
        self.tasks: dict[Task, None] = {}
        self.front_sheets: dict[Task, None] = {}
        self.agendas: dict[Path, Mapping[str, str] | None] = {}

    def add(self, target: Path) -> None:
        kind = self.files.kind(target)
        if kind == "folder":
            self._add_folder(target)
        elif kind == "":
            hint = _hint_for_missing(target, self.files)
            self.problems.error("RG001", Location(str(target)), "there is no such file or folder", hint)
        elif kind_of(_shown(target)) is Report:
            self._add_report(_shown(target))
        elif kind_of(_shown(target)) is Meeting:
            if not self._add_meeting(_shown(target)):
                hint = "add items: with report: and the id of a report, or with title:"
                self._nothing(target, "nothing is on this agenda", hint)
        else:
            hint = "give a file in <council>/reports or <council>/meetings, or a folder"
            self._nothing(target, "this is neither a report nor a meeting", hint)

    def _add_folder(self, folder: Path) -> None:
        found = sorted(self._yaml_files(folder))
        meetings = [path for path in found if kind_of(path) is Meeting]
        reports = [path for path in found if kind_of(path) is Report]
        if not meetings and not reports:
            hint = "give the folder that holds your inputs, or one council's folder in it"
            self._nothing(folder, "there are no reports or meetings in this folder", hint)
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
        """Every YAML file in the folder and below, hidden folders left out.

        Raises OSError for a folder that cannot be listed: it may hold papers, and must not be passed over.
        """
        for name in self.files.names(folder):
            if name.endswith("/"):
                if not name.startswith("."):
                    yield from self._yaml_files(folder / name)
                continue
            path = _shown(folder / name)
            if path.suffix == ".yaml":
                yield path
            elif path.suffix.casefold() in (".yml", ".yaml") and kind_of(path) is not None:
                place = Location(str(path))
                self.problems.warning("RG060", place, "this file is passed over", "its name must end in .yaml")

    def _add_report(self, report: Path) -> None:
        for meeting in self._meetings(report) or (None,):
            self._add_task(report, meeting)

    def _add_meeting(self, meeting: Path) -> bool:
        """Whether anything is on the meeting's agenda. What is wrong with the file is told once, here."""
        record = read_meeting(meeting, known_frameworks(), self.problems, self.files)
        agenda = self._agenda(meeting)
        for identifier in agenda or ():
            report = meeting.parent.parent / "reports" / f"{identifier}.yaml"
            if self.files.kind(report) == "file":
                self._add_task(report, meeting)
        if record is not None and record.items and "public" in self.wanted and _is_unicode(meeting):
            self.front_sheets[Task(meeting, None, self.house, self._house_folders(meeting), papers=())] = None
        return agenda is None or record is None or bool(record.items)

    def _add_task(self, report: Path, meeting: Path | None) -> None:
        if not _is_unicode(report) or not _is_unicode(meeting):
            self._nothing(report, "the name of this file, or of its folder, is not Unicode", "rename it")
            return
        houses = self._house_folders(report)
        for audience in self._audiences_of(report):
            self.tasks[Task(report, meeting, self.house, houses, audience)] = None

    def _house_folders(self, report: Path) -> tuple[Path, ...]:
        root = _absolute(report).parent.parent.parent.parent  # <root>/inputs/<council>/reports/<id>.yaml
        return house_folders(_as_typed(root / "templates", report), self.folders, self.files)

    def _audiences_of(self, report: Path) -> Iterable[Audience]:
        if self.wanted == ("public",):
            return self.wanted  # there always is one
        return [audience for audience in self.audiences.of(report) if audience in self.wanted]

    def _meetings(self, report: Path) -> tuple[Path, ...]:
        return meetings_of(report, self._agenda, self.files)

    def _agenda(self, meeting: Path) -> Mapping[str, str] | None:
        if meeting not in self.agendas:
            self.agendas[meeting] = read_agenda(meeting, Problems(), self.files)
        return self.agendas[meeting]

    def _nothing(self, target: Path, message: str, hint: str) -> None:
        self.problems.error("RG060", Location(str(target)), message, hint)


def _is_unicode(path: Path | None) -> bool:
    """Whether the path can be printed; Python keeps other bytes of a Unix file name as surrogates."""
    return str(path).encode("utf-8", "ignore").decode() == str(path)


def _meant_by_name(target: Path, files: Files) -> Path | None:
    """The report that is meant by its id alone, or by its file's name: "autumn" by inputs/demo/reports/autumn.yaml."""
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
    return (
        f"did you mean '{target.with_name(close[0])}'?"
        if close
        else "check the name and the folder you are in; `reportgen init DIR` makes a folder to start from"
    )


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))  # not resolve(): messages keep the names of links


def _shown(path: Path) -> Path:
    """The path as messages print it: as it was typed, but always with the folder that a council's folder stands in.

    `reports/x.yaml` alone would not say whose report it is, and a council's id is the name of its folder.
    """
    absolute = _absolute(path)
    above = absolute.parents[min(2, len(absolute.parents) - 1)]
    return _as_typed(above, path) / absolute.relative_to(above)


def _as_typed(absolute: Path, typed: Path) -> Path:
    return absolute if typed.is_absolute() else Path(os.path.relpath(absolute))
