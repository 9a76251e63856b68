"""What was asked for on the command line, from there to whoever builds the papers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen.model.task import BOTH, Audience

TIME_LIMIT = 120.0
"""Seconds for one paper."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What to build, and how."""

    targets: tuple[Path, ...] = (Path("inputs"),)
    """Reports, meetings and folders."""
    formats: tuple[str, ...] = ("docx", "pdf")
    house: str | None = None
    """Another house style than the reports' own."""
    out: Path = Path("outputs")
    audiences: tuple[Audience, ...] = BOTH
    explain: bool = False
    """Whether to say of each paper why it is built again."""
    workers: int | None = None
    """How many papers are built at once; None for as many as there are processors."""
    time_limit: float = TIME_LIMIT
    """In seconds, for one paper."""
    cluster: str | None = None
    """The address of a Dask scheduler."""
