"""A build: tasks → files in an output folder, of which only those are made that are not up to date.

with Build(out, tell) as build:
    tasks = build.find(targets, house, folders, problems)
    for outcome in build.run(tasks, formats, hands): ...
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from reportgen.build.conditions import conditions, hash_of_own_files
from reportgen.build.edited import EDITABLE, aside_of, hash_if_editable, told_aside
from reportgen.build.orders import Hands, Order, Outcome, Result, without_words
from reportgen.build.present import Present, told_conditions, told_format
from reportgen.build.record import (
    Entry,
    Found,
    Journal,
    Written,
    load_record,
    same_paper,
    save_manifest,
    save_record,
)
from reportgen.build.writing import cannot_write, move_aside, sole_use_of, write_together
from reportgen.diagnostics import Problems
from reportgen.inputs.files import FileQuery, RecordingFiles, product_templates
from reportgen.model.task import Audience, Task

_FINDS = 20
"""Of what was asked for, the last ones are kept."""

FindHands = Callable[[int], Hands]
"""Who is to make so many papers."""


class Build:
    """One build in an output folder, of which it has sole use. Raises OSError where nothing can be written."""

    def __init__(self, out: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        self._out = out
        self._tell = tell
        self._audiences: Sequence[Audience] = ()
        self._front_sheets: tuple[Task, ...] = ()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(sole_use_of(self._out, self._tell))
        try:
            self._record = load_record(self._out)
            if self._record.interrupted:
                self._tell("the last build here did not end; what it left unfinished is made now")
            self._present = Present(self._record.stamps)
            self._journal = Journal(self._out)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Keep what is known, also after an interrupt: what was made is not made again."""
        with self._stack:
            try:
                kept = {path: stamp for path, stamp in self._record.stamps.items() if path not in self._present.stamps}
                still = {question.path for one in self._record.entries.values() for question in one.asked}
                still |= {question.path for one in self._record.found.values() for question in one.asked}
                self._record.stamps = {path: stamp for path, stamp in kept.items() if path in still}
                self._record.stamps |= self._present.stamps
                save_manifest(self._out, self._record, product_templates())
                save_record(self._out, self._record)
            except OSError as error:
                place = error.filename or self._out
                self._tell(f"{place}: the record of this build cannot be written: {error.strerror or error}")

    @property
    def is_first(self) -> bool:
        """Whether nothing is known to have been made in this folder before."""
        return not self._record.entries

    # ---- Targets → tasks ----

    def find(
        self,
        targets: Sequence[Path],
        house: str | None,
        folders: Sequence[Path],
        problems: Problems,
        audiences: Sequence[Audience] = ("public", "exempt"),
    ) -> tuple[Task, ...]:
        """The papers that the targets mean, as `find_tasks` finds them; from the record if that would say the same."""
        self._audiences = audiences
        options = [f"house {house}", *map(str, folders), *audiences, hash_of_own_files()]
        wanted = [str(Path.cwd()), *map(str, targets), *options]
        key = hashlib.sha256(os.fsencode("\0".join(wanted))).hexdigest()[:16]
        found = self._record.found.pop(key, None)
        is_secret = False
        if found is None or self._present.changed(found.asked):
            # Imported here: a run that finds everything up to date need not know what a meeting is.
            from reportgen.build.audiences import may_quote_secrets
            from reportgen.build.finding import find_papers

            noted, said = RecordingFiles(), Problems()
            tasks, front_sheets = find_papers(targets, house, folders, said, noted, audiences)
            found = Found(tuple(tasks), tuple(front_sheets), noted.digests(), tuple(said.found))
            is_secret = may_quote_secrets(said.found, noted)
        kept = dict(list(self._record.found.items())[1 - _FINDS :])
        self._record.found = kept if is_secret else {**kept, key: found}
        problems.found.extend(found.diagnostics)
        self._front_sheets = found.front_sheets
        return found.tasks

    def front_sheets(self, outcomes: Iterable[Outcome]) -> list[Task]:
        """The front sheets of the meetings that `find` was asked for as a whole, after the outcomes of their papers."""
        if not self._front_sheets:
            return []
        from reportgen.build.agendas import with_papers

        return with_papers(self._front_sheets, outcomes)

    # ---- Tasks → files ----

    def run(
        self,
        tasks: Sequence[Task],
        formats: Sequence[str],
        hands: FindHands,
        begin: Callable[[int], None] = lambda _: None,
        advance: Callable[[], None] = lambda: None,
    ) -> Generator[Outcome]:
        """Make those papers that are not up to date; tell of each in the order of the tasks.

        `begin` is called with how many there are to make, `advance` whenever one is done.
        """
        formats = tuple(formats)
        looked = [_Looked(task, self._record.of(task)) for task in tasks]
        for one in looked:
            self._look(one, formats)
        self._name([one for one in looked if one.outcome is None])
        self._refuse_clashes(looked)
        to_make = [one for one in looked if one.outcome is None]
        begin(len(to_make))
        told = 0
        with closing(self._make(to_make, formats, hands)) as making:
            while told < len(looked):
                ready = looked[told].outcome
                if ready is not None:
                    yield ready
                    told += 1
                else:
                    next(making)
                    advance()

    def _look(self, one: _Looked, formats: tuple[str, ...]) -> None:
        """Settle the outcome, if the paper is up to date; else why it is not."""
        entry = one.entry
        if entry is None:
            one.reasons = ["it has not been made before"]
            return
        reasons = self._present.changed(entry.asked) + told_conditions(entry.conditions, _conditions(one.task))
        if entry.task.house != one.task.house or entry.task.house_folders != one.task.house_folders:
            reasons.append("another house is asked for")
        one.is_stale = bool(reasons)
        reasons += self._look_at_files(one, entry)
        if not entry.files and set(entry.formats) != set(formats):
            reasons.append("other formats are asked for")
        elif entry.files:
            reasons += [f"{told_format(form)} has not been made before" for form in formats if form not in entry.files]
        one.reasons = reasons
        if not reasons:
            one.name = entry.name
            one.outcome = self._outcome(one, entry, formats)

    def _look_at_files(self, one: _Looked, entry: Entry) -> Iterator[str]:
        """What became of the paper's files since they were made."""
        for form, now in self._present.changed_files(self._out, entry).items():
            if now.startswith("refused:"):
                yield f"{told_format(form)} is missing"
            elif now and now.removeprefix("sha256:") in self._record.replaced:
                yield f"{told_format(form)} is older: the last build did not end"
            elif now:
                yield f"{told_format(form)} has been changed since it was made"
                if form not in EDITABLE:  # of those it is said where they are kept, once they are
                    one.notes.append(f"{self._out / entry.name}.{form} had been changed since it was made")

    def _outcome(self, one: _Looked, entry: Entry, formats: Iterable[str]) -> Outcome:
        """What the entry says of a paper that is as it was."""
        files = tuple(self._out / f"{entry.name}.{form}" for form in formats if form in entry.files)
        return Outcome(
            one.task,
            files,
            entry.diagnostics,
            gaps=entry.gaps,
            title=entry.title,
            pages=entry.pages,
            summary=entry.summary,
            state="unchanged" if files else "broken",
            notes=tuple(one.notes),
        )

    def _name(self, to_make: Sequence[_Looked]) -> None:
        if to_make:
            from reportgen.build.naming import name_papers

            named = name_papers(one.task for one in to_make)
            for one in to_make:
                one.name = named[one.task]

    def _refuse_clashes(self, looked: Sequence[_Looked]) -> None:
        if all(one.outcome is not None for one in looked):
            return  # then each was made where none other is
        from reportgen.build.naming import clashes_among

        clashes = clashes_among({one.task: one.name for one in looked}, self._out)
        for one in looked:
            if one.task in clashes:
                one.outcome = Outcome(one.task, diagnostics=(clashes[one.task],))

    def _make(self, to_make: Sequence[_Looked], formats: tuple[str, ...], hands: FindHands) -> Generator[None]:
        if not to_make:
            return
        orders = [Order(one.task, formats) for one in to_make]
        with closing(hands(len(orders)).make(orders)) as making:
            for place, result in making:
                to_make[place].outcome = self._settle(to_make[place], formats, result)
                yield

    def _settle(self, one: _Looked, formats: tuple[str, ...], result: Result) -> Outcome:
        """Put the files of a result in place, or remove those of a paper that can no longer be made."""
        entry = self._entry(one, formats, result)
        contents = {self._out / f"{one.name}.{form}": content for form, content in result.files.items()}
        outcome = Outcome(
            one.task,
            tuple(contents),
            result.diagnostics,
            result.crash,
            result.gaps,
            result.title,
            result.pages,
            result.seconds,
            "made" if contents else "broken",
            tuple(one.reasons),
            result.summary,
            one.entry is None,
            result.secret,
        )
        if not contents and any(found.location.path == "--house" for found in result.diagnostics):
            return outcome  # the fault lies in the command and in no file: what was made of them is still right
        try:
            self._journal.note(entry)
            asides = self._asides(one, contents)
            write_together(contents, asides)
            one.notes += [told_aside(aside, one.task) for aside in asides.values()]
            self._remove_old(one, entry)
        except OSError as error:
            problem = cannot_write(error, self._out / one.name)
            return replace(outcome, files=(), diagnostics=(*result.diagnostics, problem), state="broken")
        if result.lasting:
            self._record.put(entry)
        elif one.entry is not None:
            self._record.drop(one.entry)
        return replace(outcome, notes=tuple(one.notes))

    def _entry(self, one: _Looked, formats: tuple[str, ...], result: Result) -> Entry:
        files = {
            form: Written(hashlib.sha256(content).hexdigest(), len(content)) for form, content in result.files.items()
        }
        old = one.entry
        pages = result.pages
        if files and old is not None and not one.is_stale and old.name == one.name:
            files = {**old.files, **files}  # of the same inputs, in formats made before
            pages = old.pages if pages is None else pages
        found = without_words(result.diagnostics) if result.secret else result.diagnostics
        return Entry(
            one.task, one.name, files, formats, result.asked, _conditions(one.task), found, result.title,
            pages, result.gaps, result.summary,
        )  # fmt: skip

    def _asides(self, one: _Looked, contents: Mapping[Path, bytes]) -> dict[Path, Path]:
        """Where files that somebody has edited are to go: those that the contents would take the places of."""
        return {
            path: aside_of(path, one.task)
            for path, content in contents.items()
            if self._is_edited(path, one.entry, hashlib.sha256(content).hexdigest())
        }

    def _is_edited(self, path: Path, entry: Entry | None, to_be: str = "") -> bool:
        """Whether somebody has worked on the file: no build has left it like this, and no build is about to."""
        found = hash_if_editable(path)
        if found in (None, to_be) or found in self._record.replaced:
            return False
        entries = (*([entry] if entry else []), *self._record.entries.values())
        return all(found != file.sha256 for one in entries for file in one.files.values())

    def _remove_old(self, one: _Looked, entry: Entry) -> None:
        """Remove what was made of older inputs: under another name, in other formats, or of what is broken now."""
        if one.entry is None:
            return
        kept = {self._out / f"{entry.name}.{form}" for form in entry.files}
        one.notes += self._remove(one.entry, kept, "which was made of older inputs")

    def _remove(self, entry: Entry, kept: Container[Path], why: str) -> Iterator[str]:
        """Remove the entry's files, or move aside what somebody has edited; a line for each."""
        owner = self._record.entries.get(entry.name)
        if owner is not None and same_paper(owner.task) != same_paper(entry.task):
            return  # another paper has taken this name in the same build
        for path in (self._out / f"{entry.name}.{form}" for form in entry.files):
            if path in kept or not path.is_file():
                continue
            if self._is_edited(path, entry):
                aside = aside_of(path, entry.task)
                move_aside(path, aside)
                yield told_aside(aside, entry.task)
            else:
                path.unlink()
                yield f"removed: {path}, {why}"

    def clear_away(self, tasks: Iterable[Task]) -> list[str]:
        """Remove papers that no longer are any; a line for each file.

        Their report or meeting is gone, or the meeting no longer has them, or what was a draft is on an agenda now,
        or there is nothing exempt in them any more. `tasks` are those that `find` has found.
        """
        tasks = list(tasks)
        known = {same_paper(task) for task in tasks}
        on_agendas = {task.report for task in tasks if task.meeting is not None}
        public_only = set()
        if "exempt" in self._audiences:
            public_only = {task.report for task in tasks} - {task.report for task in tasks if task.audience == "exempt"}
        notes: list[str] = []
        for entry in list(self._record.entries.values()):
            task = entry.task
            if same_paper(task) in known:
                continue
            if not (task.audience == "exempt" and task.report in public_only) and not self._is_gone(entry, on_agendas):
                continue
            self._record.drop(entry)
            notes += self._remove(entry, (), "as its paper is no longer there")
        return notes

    def _is_gone(self, entry: Entry, on_agendas: Container[Path]) -> bool:
        task = entry.task
        if not task.report.is_file():
            return True
        if task.meeting is None:
            return task.report in on_agendas
        if not task.meeting.is_file():
            return True
        at = FileQuery("content", str(task.meeting))
        if self._present.digest(at) == entry.asked.get(at):
            return False
        from reportgen.model.reader import read_agenda

        agenda = read_agenda(task.meeting, Problems())
        return agenda is not None and task.report.stem not in agenda


@dataclass
class _Looked:
    """A task on its way to its outcome."""

    task: Task
    entry: Entry | None
    """What is known of it from before."""
    name: str = ""
    is_stale: bool = False
    """Whether what it was made from has changed."""
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    outcome: Outcome | None = None


def _conditions(task: Task) -> Mapping[str, str]:
    """On what the paper depends beside its input files: for a front sheet, on what is known of the papers, too."""
    if task.papers is None:
        return conditions()
    known = f"sha256:{hashlib.sha256(repr(task.papers).encode()).hexdigest()[:16]}"
    return {**conditions(), "what is known of its papers": known}
