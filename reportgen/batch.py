"""Many papers: what was asked for → jobs → files.

    OUT/<council>/<meeting>/<item>-<title>.docx     a paper that goes to a meeting
    OUT/<council>/drafts/<title>.docx               one on no agenda

Each paper is made by itself: a broken one stops no other, and changes none of its files.
"""

from __future__ import annotations

import os
import re
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Location, Problems, Rejected, Severity
from reportgen.frameworks import known_frameworks
from reportgen.house import House, read_house
from reportgen.house.folders import house_folders
from reportgen.model.meeting import Meeting
from reportgen.model.report import Report
from reportgen.pipeline import Job, Judging, Made, gaps_in, judge, judge_job, make_paper
from reportgen.reader import kind_of, meetings_of, read_agenda, read_meeting
from reportgen.source import read_yaml

TITLE_LENGTH = 60
"""Of the title in a file's name: Windows refuses paths beyond 260 characters."""


# ---- What was asked for → jobs ----


def find_jobs(targets: Iterable[Path], house: str | None, folders: Sequence[Path], problems: Problems) -> list[Job]:
    """The papers that the targets mean, each once.

    A target is a report's file, a meeting's file (all its reports) or a folder (everything in it).
    `folders` hold houses beside those in the `templates/` next to the inputs.
    """
    search = _Search(house, folders, problems)
    for target in targets:
        search.add(target)
    return list(search.jobs)


class _Search:
    """Collects jobs; reads each agenda once."""

    def __init__(self, house: str | None, folders: Sequence[Path], problems: Problems) -> None:
        self.house = house
        self.folders = folders
        self.problems = problems
        self.jobs: dict[Job, None] = {}
        self.agendas: dict[Path, Mapping[str, str] | None] = {}

    def add(self, target: Path) -> None:
        if target.is_dir():
            self._add_folder(target)
        elif not target.exists():
            self.problems.error(
                "RG001", Location(str(target)), "there is no such file or folder", _hint_for_missing(target)
            )
        elif kind_of(_shown(target)) is Report:
            self._add_report(_shown(target))
        elif kind_of(_shown(target)) is Meeting:
            if not self._add_meeting(_shown(target)):
                self._nothing(target, "no report is on this agenda", "add items: with report: and the id of a report")
        else:
            hint = "give a file in <council>/reports or <council>/meetings, or a folder"
            self._nothing(target, "this is neither a report nor a meeting", hint)

    def _add_folder(self, folder: Path) -> None:
        found = sorted(_yaml_files(folder, self.problems))
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

    def _add_report(self, report: Path) -> None:
        for meeting in self._meetings(report) or (None,):
            self._add_job(report, meeting)

    def _add_meeting(self, meeting: Path) -> bool:
        """Whether the meeting's file names any report. What is wrong with the file is told once, here."""
        read_meeting(meeting, known_frameworks(), self.problems)
        agenda = self._agenda(meeting)
        for identifier in agenda or ():
            report = meeting.parent.parent / "reports" / f"{identifier}.yaml"
            if os.path.isfile(report):  # noqa: PTH113  path.is_file() raises where a name is too long
                self._add_job(report, meeting)
        return agenda is None or bool(agenda)

    def _add_job(self, report: Path, meeting: Path | None) -> None:
        if not _is_unicode(report) or not _is_unicode(meeting):
            self._nothing(report, "the name of this file, or of its folder, is not Unicode", "rename it")
            return
        root = _absolute(report).parent.parent.parent.parent  # <root>/inputs/<council>/reports/<id>.yaml
        own = _as_typed(root / "templates", report)
        self.jobs[Job(report, meeting, self.house, house_folders(own, self.folders))] = None

    def _meetings(self, report: Path) -> tuple[Path, ...]:
        return meetings_of(report, self._agenda)

    def _agenda(self, meeting: Path) -> Mapping[str, str] | None:
        if meeting not in self.agendas:
            self.agendas[meeting] = read_agenda(meeting, Problems())
        return self.agendas[meeting]

    def _nothing(self, target: Path, message: str, hint: str) -> None:
        self.problems.error("RG060", Location(str(target)), message, hint)


def _is_unicode(path: Path | None) -> bool:
    """Whether the path can be printed; Python keeps other bytes of a Unix file name as surrogates."""
    return str(path).encode("utf-8", "ignore").decode() == str(path)


def _hint_for_missing(target: Path) -> str:
    named = sorted(Path("inputs").glob("*/reports/*.yaml")) if target.parent == Path() else []
    meant = next((path for path in named if target.name in (path.stem, path.name)), None)
    if meant is not None:
        return f"did you mean '{meant}'?"
    close = get_close_matches(target.name, [path.name for path in target.parent.glob("*")], n=1)
    return (
        f"did you mean '{target.with_name(close[0])}'?"
        if close
        else "check the name and the folder you are in; `reportgen init DIR` makes a folder to start from"
    )


def _yaml_files(folder: Path, problems: Problems) -> Iterator[Path]:
    """Every YAML file in the folder and below, hidden folders left out."""
    for root, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = _shown(Path(root, name))
            if path.suffix == ".yaml":
                yield path
            elif path.suffix.casefold() in (".yml", ".yaml") and kind_of(path) is not None:
                problems.warning("RG060", Location(str(path)), "this file is passed over", "its name must end in .yaml")


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed may hold papers: it must not be passed over."""
    raise error


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


# ---- Where a paper goes ----


def output_of(job: Job, out: Path) -> Path:
    """Where the paper goes, without the file's ending."""
    data = read_yaml(job.report, str(job.report), Problems())
    typed = data.get("title") if data is not None else None
    title = _slug(str(typed or "")) or _slug(job.report.stem)
    folder = out / job.report.parent.parent.name
    if job.meeting is None:
        return folder / "drafts" / title
    agenda = read_agenda(job.meeting, Problems()) or {}
    item = _slug(re.sub(r"[()\[\]]", "", agenda.get(job.report.stem, "")))
    return folder / job.meeting.stem / "-".join(part for part in (item, title) if part)


def _slug(text: str) -> str:
    """The text as a part of a file's name: small ASCII letters and digits, whole words, not too long."""
    letters = unicodedata.normalize("NFKD", re.sub(r"['’`]", "", text).replace("&", " and ").casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        longer = f"{slug}-{word}" if slug else word[:TITLE_LENGTH]
        if len(longer) > TITLE_LENGTH:
            break
        slug = longer
    return slug


# ---- Jobs → files ----


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job."""

    job: Job
    files: tuple[Path, ...] = ()
    """What was written; empty when the paper was not made."""
    diagnostics: tuple[Diagnostic, ...] = ()
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being made or judged."""
    gaps: int = 0
    """How many places in it are marked as still missing."""


UNJUDGED = Judging(())
"""By no rule."""


def judge_jobs(jobs: Sequence[Job], judging: Judging) -> Iterator[Outcome]:
    """Judge the papers by the rules, and tell of each as soon as it is done. Nothing is written."""
    shelf = _HouseShelf()
    for job in jobs:
        problems = Problems()
        crash = ""
        try:
            judge_job(job, judging, problems, shelf)
        except Rejected:
            pass  # the reasons are in `problems`
        except Exception:
            crash = traceback.format_exc()
        yield Outcome(job, diagnostics=tuple(problems.found), crash=crash)


def run_jobs(jobs: Sequence[Job], formats: Sequence[str], out: Path, judging: Judging = UNJUDGED) -> Iterator[Outcome]:
    """Make the papers, and tell of each as soon as it is done. The files of a paper change together or not at all.

    What the rules find in a paper that was made comes as warnings: a draft must be made with all its mistakes.
    """
    outputs = {job: output_of(job, out) for job in jobs}
    clashes = _clashes(outputs)
    shelf = _HouseShelf()
    for job in jobs:
        if job in clashes:
            yield Outcome(job, diagnostics=clashes[job])
        else:
            yield _run(job, outputs[job], formats, judging, shelf)


def _run(job: Job, output: Path, formats: Sequence[str], judging: Judging, shelf: _HouseShelf) -> Outcome:
    problems = Problems()
    try:
        made = make_paper(job, formats, problems, shelf)
    except Rejected as rejected:
        return Outcome(job, diagnostics=rejected.diagnostics)
    except Exception:
        # A mistake of ours in one paper must not keep the others of a meeting from being made.
        return Outcome(job, diagnostics=tuple(problems.found), crash=traceback.format_exc())
    files = {output.with_name(f"{output.name}.{form}"): content for form, content in made.written.items()}
    try:
        write_together(files)
    except OSError as error:
        place = Location(str(error.filename or output))
        problems.error("RG062", place, f"the paper cannot be written: {error.strerror or error}", _hint_for(error))
        return Outcome(job, diagnostics=tuple(problems.found))
    crash = _judge_made(made, judging, problems)
    return Outcome(job, tuple(files), tuple(problems.found), crash, gaps_in(made.document))


def _judge_made(made: Made, judging: Judging, problems: Problems) -> str:
    """Adds what the rules find as warnings; the traceback, if a rule has a mistake: the paper is made all the same."""
    found = Problems()
    try:
        judge(made.paper, made.house, made.document, judging, found)
    except Exception:
        return traceback.format_exc()
    for one in found.found:
        if not one.waived:
            problems.warning(one.code, one.location, one.message, one.hint)
    return ""


def _hint_for(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "close it in Word or the PDF reader, and check that you may write there"
    return "check the output folder and the space left on the disk"


def _clashes(outputs: Mapping[Job, Path]) -> dict[Job, tuple[Diagnostic, ...]]:
    """For each job whose files would be another's: the error that names both."""
    together: dict[str, list[Job]] = {}
    for job, output in outputs.items():
        together.setdefault(str(output).casefold(), []).append(job)  # as Windows and macOS compare names
    found: dict[Job, tuple[Diagnostic, ...]] = {}
    for jobs in together.values():
        for job in jobs if len(jobs) > 1 else ():
            other = next(one for one in jobs if one is not job)
            message = f"this paper and that of {other.report} would both be written to {outputs[job]}"
            hint = "give one of the reports another title" if job.report != other.report else "keep one of the two"
            found[job] = (Diagnostic(Severity.ERROR, "RG061", Location(str(job.report)), message, hint),)
    return found


class _HouseShelf:
    """Reads each house once, and repeats what there was to say about it to everyone who asks for it."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, tuple[Path, ...]], tuple[House, Problems]] = {}

    def __call__(
        self, name: str, folders: Sequence[Path], problems: Problems, wanted_at: Location | None = None
    ) -> House | None:
        wanted = (name, tuple(folders))
        if wanted not in self._read:
            found = Problems()
            house = read_house(name, folders, found, wanted_at)
            if house is None:
                problems.found.extend(found.found)
                return None
            self._read[wanted] = (house, found)
        house, found = self._read[wanted]
        problems.found.extend(found.found)
        return house


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write all the files or, when one of them cannot be written (OSError), leave everything as it was."""
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path.exists() else None
            staged[path] = _stage(path, content)
        _replace_all(staged, before)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes) -> Path:
    """The content in a file beside its later place, so that a rename puts it there in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        temporary.write_bytes(content)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _replace_all(staged: Mapping[Path, Path], before: Mapping[Path, bytes | None]) -> None:
    done: list[Path] = []
    try:
        for path, temporary in staged.items():
            temporary.replace(path)
            done.append(path)
    except OSError:
        for path in done:
            content = before[path]
            if content is None:
                path.unlink()
            else:
                _stage(path, content).replace(path)
        raise
