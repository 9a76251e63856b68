"""For each rule, lines that trip it and the same lines mended; they stand in examples.yaml, and tests run them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from reportgen.diagnostics import Problems
from reportgen.model.base import Record
from reportgen.model.validation import validate
from reportgen.source import SourceMapping, read_yaml

ExampleFile = Literal["report", "inspection", "action plan", "meeting", "council"]


class Example(Record):
    """Lines of one file. What they do not say is as in a paper with which nothing is wrong."""

    file: ExampleFile
    trips: str
    mended: str


@cache
def examples() -> Mapping[str, Example]:
    """The examples by the codes of their rules."""
    path = Path(__file__).with_name("examples.yaml")
    problems = Problems()
    data = read_yaml(path, path.name, problems)
    found = {}
    for code, one in (data or {}).items():
        assert isinstance(one, SourceMapping)
        example = validate(Example, one, problems)
        if example is not None:
            found[code] = example
    problems.stop_if_errors()
    return MappingProxyType(found)
