"""For each rule: lines that trip it, and the same lines mended. Tests run both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file, as YAML; what they do not say is as in any clean paper."""

    file: Literal["the report", "the inspection", "the action plan", "the meeting"]
    trips: str
    mended: str


EXAMPLES: Mapping[str, Example] = MappingProxyType({})
