"""`reportgen houses` and `reportgen show`: list the house styles, and print a paper as it is between two stages."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from reportgen.build.discover import find_tasks
from reportgen.cli.console import Printer
from reportgen.cli.errors import ERRORS
from reportgen.diagnostics import Location, Problems, Rejected, Severity
from reportgen.document import SourceRef
from reportgen.house import BASE, find_houses
from reportgen.house.folders import house_folders, product_templates
from reportgen.inputs.source import read_yaml
from reportgen.model.base import Prose, Record
from reportgen.model.task import Task
from reportgen.pipeline import choose_house, compose, read_source, render, write_document

_PLACE_MARK = re.compile(r' at="\d+:\d+:[^"]*"')


def list_houses() -> int:
    """Print the houses, a line each, and return the exit code."""
    problems = Problems()
    found = find_houses(house_folders(Path("templates"), [product_templates()]))
    names = sorted(set(found) - {BASE})
    width = max(map(len, names), default=0)
    for name in names:
        folder = found[name]
        data = read_yaml(folder / "house.yaml", str(folder / "house.yaml"), problems)
        title = str(data.get("name") or "") if data is not None else ""
        click.echo(f"{name:<{width}}  {title}  {folder}")
    Printer().diagnostics(problems.found)
    return ERRORS if problems.found else 0


# ---- Values between two stages ----


def show_stage(file: Path, stage: str, house: str | None) -> int:
    """Print the value of a stage for each paper that the file stands for, and return the exit code."""
    problems = Problems()
    tasks, _ = find_tasks([file], house, (product_templates(),), problems)
    printer = Printer()
    printer.diagnostics(problems.found)
    for task in tasks:
        problems = Problems()
        try:
            text = _stage_value(stage, task, problems)
        except Rejected:
            continue
        finally:
            printer.diagnostics(problems.found)
        if len(tasks) > 1:
            meeting = f" for {task.meeting.stem}" if task.meeting else ""
            click.echo(f"# {task.report}{meeting}")
        click.echo(text, nl=False)
    return ERRORS if printer.counts[Severity.ERROR] else 0


def _stage_value(stage: str, task: Task, problems: Problems) -> str | bytes:
    source = read_source(task, problems)
    if stage == "model":
        return format_value(source)
    house = choose_house(task, source, problems)
    if stage == "markup":
        lines = _PLACE_MARK.sub("", render(source, house, problems).text).split("\n")
        return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"
    document = compose(source, house, problems)
    if stage == "tree":
        return format_value(document)
    files, _ = write_document(document, house, (stage,), Location(str(task.report)), problems)
    return files[stage]


def format_value(value: object) -> str:
    """Return records and nodes as text to read: indented like YAML, with the name of each value's class.

        Paper
          report: Report
            title: Outcome of the inspection
            recommendations:
              - Recommendation: note the outcome
            key_decision: no

    What is not given (None, an empty text, an empty list) is left out, and so are a node's defaults.
    """
    return "\n".join(_lines(value)) + "\n"


def _lines(value: object) -> list[str]:
    """Return the line that stands after a key or a "-", and the lines that are indented below it."""
    if isinstance(value, Prose):
        return _text_lines(str(value.text).rstrip("\n"))
    if isinstance(value, Location):
        return [str(value)]
    if isinstance(value, SourceRef):
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
    return [f"  {line}" if line else "" for line in lines]


def _given(value: Any) -> Iterator[tuple[str, object]]:
    """Return the fields of a record or node that have a value of their own."""
    if isinstance(value, Record):
        named = [(name, getattr(value, name)) for name in type(value).model_fields]
    else:
        named = [
            (one.name, getattr(value, one.name))
            for one in dataclasses.fields(value)
            if one.compare and one.repr and getattr(value, one.name) != one.default
        ]
    return ((name, one) for name, one in named if one is not None and one not in ("", (), {}))
