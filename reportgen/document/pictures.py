"""What figures show. `Picture` is a closed union: a new member must be handled by every writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: how many have one label. `role` gives its colour ("grade-2")."""

    label: str
    value: int
    role: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, its parts in order."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal stacked bars of counts."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What is to be done by a day."""

    label: str
    due: date
    role: str
    """Gives its colour and sign ("status-complete")."""
    words: str
    """What the role means, in the house's words ("complete")."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days along a line, one row for each thing that is due."""

    rows: tuple[TimelineRow, ...]
    today: date | None = None
    """The day that the paper speaks of, marked across the rows: that of the meeting."""
    today_label: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that came with the inputs."""

    name: str
    content: bytes = field(repr=False)
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    """In pixels."""
    height: int
    printed_width: float | None = None
    """In millimetres. Where none is given: as wide as the text, or less if that is its size at 150 pixels an inch."""


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """Where on the scale something was found to be."""

    step: int
    """The place of the step, from 1."""
    role: str
    """Gives its colour and pattern ("grade-2")."""
    words: str = ""
    """What stands on the mark: the year in which it was found, where there is more than one."""
    earlier: bool = False
    """Found before: drawn hollow, with an arrow from it to the mark that is not."""


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """What was judged, and how: one mark, or an earlier one as well."""

    label: str
    marks: tuple[ScaleMark, ...]
    words: str = ""
    """Where there is no mark: why not."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows on a scale of named steps, the best first."""

    steps: tuple[str, ...]
    rows: tuple[ScaleRow, ...]


Picture = Chart | Timeline | Scale | Image
