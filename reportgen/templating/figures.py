"""Charts, time lines, scales and images → figures of the document tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.diagnostics import nearest
from reportgen.house.look import Look
from reportgen.templating.attributes import Attributes, origin_of
from reportgen.templating.lines import LineBuilder
from reportgen.templating.markup import Element
from reportgen.tree import (
    Bar,
    Chart,
    Figure,
    Image,
    Picture,
    Scale,
    ScaleMark,
    ScaleRow,
    Segment,
    Timeline,
    TimelineRow,
)


@dataclass(frozen=True, slots=True)
class FigureBuilder:
    """Builds figures."""

    look: Look
    attributes: Attributes
    lines: LineBuilder
    pictures: Mapping[str, Image]
    """Those that came with the report, by name."""

    def figure(self, element: Element) -> Figure:
        """The figure, with its caption."""
        captions = element.elements("caption")
        return Figure(
            picture=self._picture(element),
            alternative_text=element.attributes.get("alt", ""),
            caption=self.lines.inlines(captions[0]) if captions else (),
            anchor=element.attributes.get("anchor", ""),
            origin=origin_of(element),
            location=element.location,
        )

    def _picture(self, element: Element) -> Picture:
        match element.tag:
            case "chart":
                return Chart(tuple(self._bar(bar) for bar in element.elements("bar")))
            case "timeline":
                today = self.attributes.day(element, "today") if "today" in element.attributes else None
                rows = tuple(self._timeline_row(row) for row in element.elements("due"))
                return Timeline(rows, today, element.attributes.get("today-label", ""))
            case "scale":
                steps = tuple(step.attributes.get("label", "") for step in element.elements("step"))
                return Scale(steps, tuple(self._scale_row(row, len(steps)) for row in element.elements("judged")))
            case _:
                return self._image(element)

    def _bar(self, element: Element) -> Bar:
        segments = []
        for segment in element.elements("segment"):
            value = segment.attributes.get("value", "")
            if not re.fullmatch(r"\d{1,6}", value):
                self.attributes.error(
                    segment, f"value: '{value}' was found; a whole number was expected", "give a count"
                )
                continue
            segments.append(Segment(segment.attributes.get("label", ""), int(value), self._shown_role(segment)))
        return Bar(element.attributes.get("label", ""), tuple(segments))

    def _timeline_row(self, element: Element) -> TimelineRow:
        given = element.attributes
        due = self.attributes.day(element, "day")
        return TimelineRow(given.get("label", ""), due, self._shown_role(element), given.get("words", ""))

    def _scale_row(self, element: Element, steps: int) -> ScaleRow:
        marks = tuple(mark for child in element.elements("mark") for mark in self._mark(child, steps))
        given = element.attributes
        if len({mark.earlier for mark in marks}) < len(marks):
            self.attributes.error(element, "the row has two marks of one time", "give it one, and one earlier at most")
        if not element.elements("mark") and not given.get("words", "").strip():
            self.attributes.error(element, "the row has no mark", "give it a mark, or words: why there is none")
        return ScaleRow(given.get("label", ""), marks, given.get("words", ""))

    def _mark(self, element: Element, steps: int) -> Iterator[ScaleMark]:
        """The mark, if its step is on the scale."""
        step = element.attributes.get("step", "")
        if not re.fullmatch(r"[1-9]\d?", step) or int(step) > steps:
            message = f"step: '{step}' was found; a whole number from 1 to {steps} was expected"
            self.attributes.error(element, message, "count the steps of the scale from the best")
            return
        words, earlier = element.attributes.get("words", ""), self.attributes.yes(element, "earlier")
        yield ScaleMark(int(step), self._shown_role(element), words, earlier)

    def _shown_role(self, element: Element) -> str:
        known = {**self.look.cells, **self.look.segments}
        return self.attributes.known(element, element.attributes.get("role", ""), known, "segment")

    def _image(self, element: Element) -> Image:
        name = element.attributes.get("name", "")
        if name in self.pictures:
            return self.pictures[name]
        hint = nearest(name, self.pictures) or "name it under pictures: in the report"
        self.attributes.error(element, f"no picture has the name '{name}'", hint)
        return Image(name, b"", "image/png", 1, 1)
