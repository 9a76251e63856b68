"""Records and tree nodes → text to read: indented like YAML, with the name of each value's class.

    Paper
      report: Report
        title: Outcome of the inspection
        recommendations:
          - Recommendation: note the outcome
        key_decision: no

What is not given (None, an empty text, an empty list) is left out, and so are a node's defaults.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportgen.diagnostics import Location
from reportgen.model.base import Prose, Record
from reportgen.tree import Origin

_STEP = "  "


def show_value(value: object) -> str:
    """The value as lines of text."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: object) -> list[str]:
    """The first line is what stands after a key or a "-"; the others are indented below it."""
    if isinstance(value, Prose):
        return _text_lines(str(value.text).rstrip("\n"))
    if isinstance(value, Location):
        return [str(value)]
    if isinstance(value, Origin):
        return [f"{value.location} {value.key} {value.part}"]
    if isinstance(value, Record) or dataclasses.is_dataclass(value):
        return _record_lines(type(value).__name__, list(_given(value)))
    if isinstance(value, Mapping):
        return ["", *_indented(_entries(value.items()))]
    if isinstance(value, tuple | list):
        return ["", *_indented(line for item in value for line in _item(item))]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return _text_lines(str(value))


def _record_lines(name: str, given: list[tuple[str, object]]) -> list[str]:
    if len(given) == 1:
        first, *rest = _lines(given[0][1])
        if first and not rest:
            return [f"{name}: {first}"]
    return [name, *_indented(_entries(given))]


def _text_lines(text: str) -> list[str]:
    if "\n" in text:
        return ["|", *_indented(text.split("\n"))]
    plain = text == text.strip() and text[:1] not in ("", "|", '"', "-")
    return [text if plain else json.dumps(text, ensure_ascii=False)]


def _item(value: object) -> Iterator[str]:
    first, *rest = _lines(value)
    yield f"- {first}".rstrip()
    # A record's entries stand under its name, not one step further in.
    yield from rest


def _entries(entries: Iterable[tuple[str, object]]) -> Iterator[str]:
    for key, value in entries:
        first, *rest = _lines(value)
        yield f"{key}: {first}".rstrip()
        yield from rest


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"{_STEP}{line}" if line else "" for line in lines]


def _given(value: Any) -> Iterator[tuple[str, object]]:
    """The fields of a record or node that say something."""
    if isinstance(value, Record):
        named = [(name, getattr(value, name)) for name in type(value).model_fields]
    else:
        named = [
            (one.name, getattr(value, one.name))
            for one in dataclasses.fields(value)
            if one.compare and one.repr and getattr(value, one.name) != one.default
        ]
    return ((name, one) for name, one in named if one is not None and one not in ("", (), {}))
