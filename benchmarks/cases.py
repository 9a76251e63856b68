"""What is measured, and in which order: by turns, so that a machine that slows down slows all contenders."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.contenders import DOCXTPL_EACH, PEERS, build, environment
from benchmarks.content import Content, texts_of
from benchmarks.measuring import CommandFailed, Measured, measure
from benchmarks.papers import name_of, touch
from benchmarks.preparing import folder_of, prepare
from benchmarks.validating import Verdict, check_texts, check_words, judge

FIRST = "reportgen, first ever"
OURS = "reportgen"
FRONT_SHEET = "agenda"
"""What reportgen makes besides the papers."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    papers: int = 100
    cold: int = 5
    """How often one paper is made."""
    rounds: int = 3
    """How often all papers are made."""
    each: int = 20
    """How many papers are made with a LibreOffice for each: a paper takes as long as any other."""
    growth: tuple[int, ...] = (300, 1000)
    """How many papers reportgen makes besides, each once."""
    peers_grow: bool = False
    """Whether the peers make as many."""


FULL = Size()
QUICK = Size(papers=6, cold=2, rounds=1, each=2, growth=(12,))
"""Shows that all of it works, and no more."""


@dataclass(slots=True)
class Results:
    """What was measured, by the contender's name, a figure for each round."""

    size: Size
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    cold: dict[str, list[Measured]] = field(default_factory=dict)
    """One paper, everything started anew."""
    many: dict[str, list[Measured]] = field(default_factory=dict)
    """All papers; `Size.each` of them where LibreOffice is started for each."""
    changed: list[Measured] = field(default_factory=list)
    """All papers again after one was changed: reportgen only."""
    unchanged: list[Measured] = field(default_factory=list)
    """All papers again after nothing was changed: reportgen only."""
    growth: dict[int, dict[str, Measured]] = field(default_factory=dict)
    """By the number of papers."""

    def papers_of(self, name: str) -> int:
        """How many papers a figure of `many` is about."""
        return self.size.each if name == DOCXTPL_EACH.name else self.size.papers


def run_all(work: Path, size: Size, say: Callable[[str], None]) -> Results:
    """Everything. Raises CommandFailed or WordsMissing, before anything is measured if a peer cannot do it."""
    say("writing the papers for all contenders")
    for_peers = max((size.papers, *size.growth)) if size.peers_grow else size.papers
    content = prepare(work, {1, size.papers, for_peers, *size.growth}, for_peers)
    bench = _Bench(work, size, Results(size), say)
    bench.judge_all(content)
    bench.run_cold()
    bench.run_many()
    bench.run_growth()
    return bench.results


@dataclass(frozen=True, slots=True)
class _Bench:
    """Runs the cases in a prepared working folder."""

    work: Path
    size: Size
    results: Results
    say: Callable[[str], None]

    def judge_all(self, content: Content) -> None:
        """The first paper of each contender, to the validators. Nothing is timed, and everything is warm after it."""
        texts = texts_of(content)
        for name in (OURS, *PEERS):
            self.say(f"checking what {name} makes")
            self._make(name, 1)
            word, pdf = _files_in(self._out)
            if name != OURS:  # in our Word file it is Word that counts, so that numbers are no text
                check_texts(texts, word)
            check_words(texts, pdf)
            self.results.verdicts[name] = judge(word, pdf)

    def run_cold(self) -> None:
        """One paper, from the start of a program to its end. For one paper docxtpl has one LibreOffice anyway."""
        names = [FIRST, OURS, *(name for name in PEERS if name != DOCXTPL_EACH.name)]
        for name in _in_turns(names, self.size.cold):
            self._keep(self.results.cold.setdefault(name, []), self._make(name, 1), f"one paper, {name}")

    def run_many(self) -> None:
        """All papers; then, with what reportgen made, all again after one was changed, and after none was."""
        for name in _in_turns([OURS, *PEERS], self.size.rounds):
            papers = self.results.papers_of(name)
            self._keep(self.results.many.setdefault(name, []), self._make(name, papers), f"{papers} papers, {name}")
        folder = folder_of(self.work, self.size.papers)
        self._make(OURS, self.size.papers)
        for number in range(1, self.size.cold + 1):
            touch(folder / "inputs" / "sample", number, f"version {number}")
            self._keep(self.results.changed, self._build_again(1), "one of them changed")
            self._keep(self.results.unchanged, self._build_again(0), "nothing changed")

    def run_growth(self) -> None:
        """More and more papers, each number once."""
        names = [OURS, *(name for name in PEERS if self.size.peers_grow and name != DOCXTPL_EACH.name)]
        for papers in self.size.growth:
            for name in names:
                kept: list[Measured] = []
                self._keep(kept, self._make(name, papers), f"{papers} papers, {name}")
                self.results.growth.setdefault(papers, {})[name] = kept[0]

    @property
    def _out(self) -> Path:
        return self.work / "made"

    def _make(self, name: str, papers: int) -> Measured:
        """So many papers into an empty folder."""
        shutil.rmtree(self._out, ignore_errors=True)
        if name in PEERS:
            command = PEERS[name].command(self.work, self._out, range(1, papers + 1))
            return measure(command, self.work, environment(self.work / "kept-cache"))
        if name == FIRST:
            shutil.rmtree(self.work / "no-cache", ignore_errors=True)
            return self._build(papers, "no-cache")
        return self._build(papers)

    def _build(self, papers: int, cache: str = "kept-cache") -> Measured:
        """What reportgen does for so many papers, whatever is there already."""
        target = Path("inputs", "sample", "reports", f"{name_of(1)}.yaml") if papers == 1 else Path("inputs")
        folder = folder_of(self.work, papers)
        measured = measure(build(target, self._out), folder, environment(self.work / cache))
        made = len(times_of_papers(self._out))
        if made != papers:
            raise CommandFailed(f"reportgen made {made} papers of {papers}: see {folder / 'log.txt'}")
        return measured

    def _build_again(self, expected: int) -> Measured:
        """All papers again; raises CommandFailed unless as many were made anew as there was reason to."""
        before = times_of_papers(self._out)
        measured = self._build(self.size.papers)
        anew = [path for path, time in times_of_papers(self._out).items() if before.get(path) != time]
        if len(anew) != expected:
            found = f"reportgen made {len(anew)} papers anew, and there was reason for {expected}"
            raise CommandFailed(f"{found}: were its own files edited meanwhile?")
        return measured

    def _keep(self, kept: list[Measured], measured: Measured, what: str) -> None:
        kept.append(measured)
        self.say(f"{what}: {measured.seconds:.2f} s, processors {measured.worked:.2f} s, {measured.megabytes:.0f} MB")


def _in_turns(names: Sequence[str], rounds: int) -> Iterator[str]:
    """A B B A A B: what drifts with time hits the first as much as the last."""
    for number in range(rounds):
        yield from names if number % 2 == 0 else reversed(names)


def times_of_papers(out: Path) -> dict[Path, int]:
    """When each paper there was written (its PDF), front sheets left out."""
    return {path: path.stat().st_mtime_ns for path in out.rglob("*.pdf") if path.stem != FRONT_SHEET}


def _files_in(out: Path) -> tuple[Path, Path]:
    """The Word file and the PDF of the one paper there."""
    (word,) = (path for path in out.rglob("*.docx") if path.stem != FRONT_SHEET)
    return word, word.with_suffix(".pdf")
