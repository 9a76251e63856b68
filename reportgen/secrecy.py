"""Where in the inputs of a paper exempt and confidential text stands, so that messages about it are not published."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Location
from reportgen.model.base import Prose, Record
from reportgen.model.marking import marked_in
from reportgen.model.paper import Paper
from reportgen.source import SourceMapping, SourceSequence, SourceText


def is_secret(place: Location, paper: Paper) -> bool:
    """Whether a message about the place could quote what the public must not read.

    `paper` is the paper before anything was taken out. Of a paper that is secret as a whole, all its files are; of a
    text or a record, the lines from its key to its end. A message about another place may still name what stands
    here, so that only messages of a build for the public are fit for it.
    """
    parts = [part for part in (paper.report, paper.inspection, paper.plan, paper.plan_before) if part is not None]
    if paper.report.marking is not None:
        return place.path in {part.at().path for part in parts}
    return (place.path, place.line) in set(_secret_lines(paper))


def _secret_lines(paper: Paper) -> Iterator[tuple[str, int]]:
    for part in (paper.report, paper.inspection, paper.plan, paper.plan_before):
        for one in marked_in(part):
            yield from _lines_of(one)
    shown = {one.part for one in paper.report.appendices if one.shows and one.marking is not None}
    for plan in (paper.plan, paper.plan_before):
        if plan is None:
            continue
        if None in shown:
            yield from _lines_of(plan)
        for action in plan.actions:
            if action.part in shown:
                yield from _lines_of(action)
        for part_of_plan in plan.parts:
            if part_of_plan.number in shown:
                yield from _lines_of(part_of_plan)


def _lines_of(one: Record | Prose) -> Iterator[tuple[str, int]]:
    if isinstance(one, Prose):
        yield from _lines_in(one.text, one.location)
    elif one._source is not None:
        yield from _lines_in(one._source, one.at())


def _lines_in(value: object, place: Location) -> Iterator[tuple[str, int]]:
    yield place.path, place.line
    match value:
        case SourceMapping():
            for key, inner in value.items():
                yield value.keys_at[key].path, value.keys_at[key].line
                yield from _lines_in(inner, value.values_at[key])
        case SourceSequence():
            for inner, at in zip(value, value.items_at, strict=True):
                yield from _lines_in(inner, at)
        case SourceText():
            yield from ((place.path, place.line + down) for down in range(1, value.typed.rstrip("\n").count("\n") + 1))
