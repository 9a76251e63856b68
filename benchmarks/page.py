"""What was measured → the part of docs/benchmarks.md between two comments; what is written by hand around it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.cases import FIRST, OURS, Results
from benchmarks.contenders import DOCXTPL, DOCXTPL_EACH, PEERS
from benchmarks.figures import Spread, ratio, shown, spread
from benchmarks.measuring import Measured
from benchmarks.validating import Verdict

BEGIN = "<!-- Made by `make bench`: what stands from here to the next comment is written anew. -->"
END = "<!-- Written by hand from here. -->"
_RESULTS = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bar:
    """A promise about speed or memory, and what was measured."""

    what: str
    limit: float
    unit: str
    measured: Spread

    @property
    def is_met(self) -> bool:
        """Whether the median keeps the promise."""
        return self.measured.median <= self.limit


def fill(page: str, results: str) -> str:
    """The page with other results. Raises ValueError if it lacks the comments between which they stand."""
    if len(_RESULTS.findall(page)) != 1:
        raise ValueError(f"the page must hold these two comments, once:\n{BEGIN}\n{END}")
    return _RESULTS.sub(lambda _: f"{BEGIN}\n\n{results}\n{END}", page)


def write_results(results: Results, machine: str, versions: Sequence[str]) -> str:
    """All tables, as Markdown."""
    size = results.size
    parts = [
        f"**Machine:** {machine}.",
        f"**Versions:** {', '.join(versions)}.",
        "### The bars",
        _bars(bars(results)),
        "### Beside the others",
        f"Seconds: the median of {size.cold} runs of one paper and of {size.rounds} of {size.papers}, with the least "
        "and the greatest; in italics, reportgen's median as a share of theirs.",
        _beside(results),
        "### What their files are",
        "The first paper of each, in the validators that `make test` asks.",
        _verdicts(results.verdicts),
        "### Again",
        f"{size.papers} papers were made; then one was changed, or none. Seconds, {size.cold} runs.",
        _again(results),
        "### More papers",
        _growth(results),
    ]
    return "\n\n".join(parts) + "\n"


def bars(results: Results) -> list[Bar]:
    """What is promised, with what was measured of it."""
    size, cold, many = results.size, results.cold, results.many
    docxtpl = _seconds(cold[DOCXTPL.name])
    largest = max(one.megabytes for one in (*many[OURS], *(grown[OURS] for grown in results.growth.values())))
    promised = [
        Bar("one paper, cold, of docxtpl + LibreOffice", 0.7, "", ratio(_seconds(cold[OURS]), docxtpl)),
        Bar("the same, first ever on a machine", 0.7, "", ratio(_seconds(cold[FIRST]), docxtpl)),
        Bar(
            f"{size.papers} papers, of docxtpl + one LibreOffice for all",
            1.0,
            "",
            ratio(_seconds(many[OURS]), _seconds(many[DOCXTPL.name])),
        ),
        Bar("one of them changed", 2.0, "s", spread(_seconds(results.changed))),
        Bar("nothing changed", 0.5, "s", spread(_seconds(results.unchanged))),
        Bar("the largest process", 250, "MB", spread([largest])),
    ]
    if results.growth:
        most = max(results.growth)
        each = results.growth[most][OURS].seconds / most
        shares = [each / (one.seconds / size.papers) for one in many[OURS]]
        promised.append(Bar(f"a paper where {most} are made, of one of {size.papers}", 1.1, "", spread(shares)))
    return promised


def _bars(promised: Sequence[Bar]) -> str:
    rows = [
        (bar.what, f"≤ {bar.limit:g} {bar.unit}".strip(), f"{bar.measured} {bar.unit}".strip(), _met(bar))
        for bar in promised
    ]
    return _table(("what", "bar", "measured", ""), rows)


def _met(bar: Bar) -> str:
    return "met" if bar.is_met else "**missed**"


def _beside(results: Results) -> str:
    many = f"{results.size.papers} papers"
    head = ("", "one paper, cold", "", many, "", "processor time a paper", "largest process")
    return _table(head, [*_own_rows(results), *_their_rows(results)])


def _own_rows(results: Results) -> Iterator[tuple[str, ...]]:
    cold = results.cold
    yield (FIRST, str(spread(_seconds(cold[FIRST]))), "", "", "", "", "")
    many = results.many[OURS]
    yield (OURS, str(spread(_seconds(cold[OURS]))), "", str(spread(_seconds(many))), "", *_costs(many, results, OURS))


def _their_rows(results: Results) -> Iterator[tuple[str, ...]]:
    ours_cold, ours_many = _seconds(results.cold[OURS]), _seconds(results.many[OURS])
    for name, peer in PEERS.items():
        cold = ("", "")
        if name in results.cold:
            theirs = _seconds(results.cold[name])
            cold = (str(spread(theirs)), f"*{ratio(ours_cold, theirs)}*")
        scale = results.size.papers / results.papers_of(name)
        many = [seconds * scale for seconds in _seconds(results.many[name])]
        note = f" (of {results.papers_of(name)})" if scale != 1 else ""
        shares = f"*{ratio(ours_many, many)}*"
        yield (peer.title, *cold, f"{spread(many)}{note}", shares, *_costs(results.many[name], results, name))


def _costs(measured: Sequence[Measured], results: Results, name: str) -> tuple[str, str]:
    """Processor time a paper, and memory."""
    worked = spread([one.worked / results.papers_of(name) for one in measured])
    return f"{shown(worked.median)} s", f"{max(one.megabytes for one in measured):.0f} MB"


def _verdicts(verdicts: dict[str, Verdict]) -> str:
    rows = [
        (OURS if name == OURS else PEERS[name].title, str(one.pages), _word(one), _pdf(one))
        for name, one in verdicts.items()
    ]
    return _table(("", "pages", "errors in Word (Open XML SDK)", "rules of PDF/UA-1 broken (veraPDF)"), rows)


def _word(verdict: Verdict) -> str:
    return "not asked" if verdict.word_errors is None else str(verdict.word_errors)


def _pdf(verdict: Verdict) -> str:
    if verdict.failed_rules is None:
        return "not asked"
    rules = f": {', '.join(verdict.failed_rules)}" if verdict.failed_rules else ""
    return f"{len(verdict.failed_rules)}{rules}"


def _again(results: Results) -> str:
    all_anew = str(spread(_seconds(results.many[DOCXTPL.name])))
    only_one = str(spread(_seconds(results.cold[DOCXTPL.name])))
    rows = [
        (OURS, str(spread(_seconds(results.changed))), str(spread(_seconds(results.unchanged)))),
        (f"{DOCXTPL.title}, everything again", all_anew, all_anew),
        ("docxtpl + LibreOffice, by a script that knows which paper has changed", only_one, "0"),
    ]
    return _table(("", "one changed", "nothing changed"), rows)


def _growth(results: Results) -> str:
    hundred = {
        name: (spread(_seconds(measured)).median / results.size.papers, max(one.megabytes for one in measured))
        for name, measured in results.many.items()
        if name != DOCXTPL_EACH.name
    }
    names = [OURS, *(name for name in PEERS if any(name in grown for grown in results.growth.values()))]
    rows = []
    for name in names:
        title = OURS if name == OURS else PEERS[name].title
        rows.append((title, str(results.size.papers), *_shown(*hundred[name])))
        for papers, grown in sorted(results.growth.items()):
            rows.append((title, str(papers), *_shown(grown[name].seconds / papers, grown[name].megabytes)))
    return _table(("", "papers", "seconds a paper", "largest process"), rows)


def _shown(seconds: float, megabytes: float) -> tuple[str, str]:
    return f"{seconds:.3f}", f"{megabytes:.0f} MB"


def _seconds(measured: Sequence[Measured]) -> list[float]:
    return [one.seconds for one in measured]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; each row has a cell for each head."""
    if any(len(row) != len(head) for row in rows):
        raise ValueError(f"a row does not fit the head {head}")
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
