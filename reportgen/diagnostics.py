"""What is wrong, where, and what to do about it.

A `Diagnostic` is written for the person who typed the file: their key names, the
place, what was found, what was expected and a hint. Stages put every problem they
find into one `Problems`; between stages the pipeline stops if there are errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is. Only an error keeps a paper from being made; advice may be left as it is."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. Lines and columns count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        path = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in self.path)
        if not self.line:
            return path
        return f"{path}:{self.line}:{self.column}" if self.column else f"{path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is stable ("RG002"); `hint` says what to do next."""

    severity: Severity
    code: str
    location: Location
    message: str
    hint: str = ""
    waived: str = ""
    """The author's reason for letting it stand. A waived problem is told, and counts for nothing."""

    def __str__(self) -> str:
        line = f"{self.location}: {self.label} {self.code}: {self.message}"
        return f"{line}\n  {self.remark}" if self.remark else line

    @property
    def label(self) -> str:
        """What it is called before its code: its severity, or "waived"."""
        return "waived" if self.waived else self.severity.value

    @property
    def remark(self) -> str:
        """The line below it: the hint, or the reason why it is waived."""
        if self.waived:
            return f"reason: {self.waived}"
        return f"hint: {self.hint}" if self.hint else ""


class Rejected(Exception):
    """A stage found errors; the next one must not start. Carries every diagnostic found so far."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(slots=True)
class Problems:
    """Collects diagnostics in the order in which they are found, each once."""

    found: list[Diagnostic] = field(default_factory=list)
    _told: set[Diagnostic] = field(default_factory=set, repr=False, compare=False)
    """The same, as a long text may have thousands."""

    def error(self, code: str, location: Location, message: str, hint: str = "") -> None:
        """Record what keeps the paper from being made."""
        self.add(Diagnostic(Severity.ERROR, code, location, message, hint))

    def warning(self, code: str, location: Location, message: str, hint: str = "") -> None:
        """Record what the author should look at, though the paper can be made."""
        self.add(Diagnostic(Severity.WARNING, code, location, message, hint))

    def stop_if_errors(self) -> None:
        """Raise `Rejected` with everything found so far, if any of it is an error that stands."""
        if any(diagnostic.severity is Severity.ERROR and not diagnostic.waived for diagnostic in self.found):
            raise Rejected(self.found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a problem, unless it has been recorded before."""
        if len(self._told) != len(self.found):
            self._told = set(self.found)
        if diagnostic not in self._told:
            self.found.append(diagnostic)
            self._told.add(diagnostic)


def counted(number: int, thing: str) -> str:
    """ "1 paper", "2 papers"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def in_words(found: Iterable[Diagnostic]) -> str:
    """How many there are: "1 error, 2 warnings, 3 pieces of advice, 1 waived"; empty where there is none."""
    counts = Counter(one.label for one in found)
    named = {"error": "error", "warning": "warning", "advice": "piece"}
    parts = [
        counted(counts[label], noun) + (" of advice" if noun == "piece" else "")
        for label, noun in named.items()
        if counts[label]
    ]
    return ", ".join([*parts, f"{counts['waived']} waived"] if counts["waived"] else parts)


def either(words: Iterable[str]) -> str:
    """ "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def shortened(text: str, most: int = 40) -> str:
    """The text, cut off where it has more than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known word that `name` is probably a misspelling of, if there is one."""
    folded = {word.casefold(): word for word in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `name`, or lists the known words when none is near."""
    words = list(known)
    close = closest(name, words)
    if close is not None:
        return f"did you mean '{close}'?"
    return f"use one of: {', '.join(words)}" if words else ""
