"""Diagnostics: what is wrong, where, and what to do about it.

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
    """How serious a diagnostic is. Only an error stops a paper from being built; advice may be ignored."""

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
    """The author's reason for letting it stand. A waived diagnostic is shown but not counted."""

    def __str__(self) -> str:
        line = f"{self.location}: {self.label} {self.code}: {self.message}"
        return f"{line}\n  {self.remark}" if self.remark else line

    @property
    def label(self) -> str:
        """Return the severity, or "waived"."""
        return "waived" if self.waived else self.severity.value

    @property
    def remark(self) -> str:
        """Return the second line of the message: the hint, or the reason for the waiver."""
        if self.waived:
            return f"reason: {self.waived}"
        return f"hint: {self.hint}" if self.hint else ""


class Rejected(Exception):
    """Raised after a stage with errors, with every diagnostic found so far; the next stage must not start."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


@dataclass(slots=True)
class Problems:
    """Collects diagnostics in the order in which they are found, each once."""

    found: list[Diagnostic] = field(default_factory=list)
    _seen: set[Diagnostic] = field(default_factory=set, repr=False, compare=False)
    """The same as a set, since a long text may have thousands."""

    def error(self, code: str, location: Location, message: str, hint: str = "") -> None:
        """Record an error, which stops the paper from being built."""
        self.add(Diagnostic(Severity.ERROR, code, location, message, hint))

    def warning(self, code: str, location: Location, message: str, hint: str = "") -> None:
        """Record a warning, which does not stop the paper from being built."""
        self.add(Diagnostic(Severity.WARNING, code, location, message, hint))

    def stop_if_errors(self) -> None:
        """Raise `Rejected` with everything found so far, if any of it is an error that stands."""
        if any(diagnostic.severity is Severity.ERROR and not diagnostic.waived for diagnostic in self.found):
            raise Rejected(self.found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a problem, unless it has been recorded before."""
        if len(self._seen) != len(self.found):
            self._seen = set(self.found)
        if diagnostic not in self._seen:
            self.found.append(diagnostic)
            self._seen.add(diagnostic)


def counted(number: int, thing: str) -> str:
    """Return a number and its noun: "1 paper", "2 papers"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def in_words(found: Iterable[Diagnostic]) -> str:
    """Summarise diagnostics ("1 error, 2 warnings, 3 pieces of advice, 1 waived"); return "" for none."""
    counts = Counter(one.label for one in found)
    named = {"error": "error", "warning": "warning", "advice": "piece"}
    parts = [
        counted(counts[label], noun) + (" of advice" if noun == "piece" else "")
        for label, noun in named.items()
        if counts[label]
    ]
    return ", ".join([*parts, f"{counts['waived']} waived"] if counts["waived"] else parts)


def either(words: Iterable[str]) -> str:
    """Join words as alternatives: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def shortened(text: str, most: int = 40) -> str:
    """Shorten a text to `most` characters, the last of them an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known word that `name` probably misspells, or None."""
    folded = {word.casefold(): word for word in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint: the known word closest to `name`, or the list of known words when none is close."""
    words = list(known)
    close = closest(name, words)
    if close is not None:
        return f"did you mean '{close}'?"
    return f"use one of: {', '.join(words)}" if words else ""
