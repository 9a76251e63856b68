"""What is asked of whoever makes a paper, and what comes back: values that can be sent to another process."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from reportgen.diagnostics import Diagnostic
from reportgen.inputs.files import FileQuery, FileResult
from reportgen.model.task import PaperSummary, Task

_UNTOLD = "what was found is not kept, as the paper has exempt or confidential text: `reportgen check` tells it"


@dataclass(frozen=True, slots=True)
class Order:
    """A paper to be made."""

    task: Task
    formats: tuple[str, ...]
    as_of: date | None = None
    """The day on which it is judged; the meeting's if none."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An order with all that it depends on: whoever has it needs no disk."""

    order: Order
    held: Mapping[FileQuery, FileResult]
    own_files: str
    """The hash of the product's own files where the parcel was packed: another product would make another paper."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an order."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By format; empty when the paper could not be made."""
    diagnostics: tuple[Diagnostic, ...] = ()
    title: str = ""
    pages: int | None = None
    """None when no format was laid out on pages."""
    gaps: int = 0
    seconds: float = 0
    asked: Mapping[FileQuery, str] = field(default_factory=dict)
    """The digest of each answer that the paper depends on."""
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being made or judged."""
    summary: PaperSummary | None = None
    """What the agenda says of it; None for a paper that was not made."""
    secret: bool = False
    """Whether the diagnostics may quote what the public must not read: they are told once, and not kept."""
    lasting: bool = True
    """Whether the same order would give the same result: not after a time limit, or when a worker died."""


def without_words(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same findings at the same places, without a word of what was found: it may quote exempt text."""
    return tuple(replace(one, message=_UNTOLD, hint="", waived="waived" if one.waived else "") for one in found)


class Hands(Protocol):
    """Whoever makes papers."""

    def make(self, orders: Sequence[Order]) -> Generator[tuple[int, Result]]:
        """The result of each order, with its place among the orders, as soon as there is one."""
        ...

    def close(self) -> None:
        """They are not needed any more: end what was started for them."""
        ...


class CannotBeUsed(Exception):
    """Those who were to make papers cannot; the text says why and what to do."""


State = Literal["made", "unchanged", "broken"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task."""

    task: Task
    files: tuple[Path, ...] = ()
    """Those of the formats asked for; empty when the paper was not made."""
    diagnostics: tuple[Diagnostic, ...] = ()
    crash: str = ""
    """The traceback, when a mistake in this program kept the paper from being made or judged."""
    gaps: int = 0
    """How many places in it are marked as still missing."""
    title: str = ""
    pages: int | None = None
    """None when no format asked for is laid out on pages."""
    seconds: float = 0
    """What it took to make it; 0 when it was up to date."""
    state: State = "broken"
    reasons: tuple[str, ...] = ()
    """Why it had to be made; empty when it was up to date."""
    summary: PaperSummary | None = None
    """What the agenda says of it; None for a paper that was not made. Of a front sheet: its meeting and council."""
    is_new: bool = False
    """Whether it was made for the first time in this folder."""
    secret: bool = False
    """Whether the diagnostics may quote what the public must not read."""
    notes: tuple[str, ...] = ()
    """What was done to files beside writing them, a line each."""
