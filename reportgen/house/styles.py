"""How roles look: declared once, rendered twice (Word styles and CSS).

Lengths are millimetres, type sizes and spaces above and below are points, line heights are
multiples of the type size. Colours are "#rrggbb". A value that begins with "$" is one of the
house's tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import InitErrorDetails

from reportgen.model.base import Boolean, Record, Text, field_error, read_text, shown, unexpected


def _read_colour(value: object) -> str:
    text = read_text(value)
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise unexpected(shown(text), "a colour as '#' and six digits", 'for example "#005a9c", in quotes')
    return text.lower()


def _read_measure(value: object) -> float:
    text = read_text(value)
    try:
        number = float(text)
    except ValueError:
        raise unexpected(shown(text), "a number", "write digits only, without a unit") from None
    if not -200 <= number <= 400:
        raise unexpected(shown(text), "a number from -200 to 400", "lengths are in millimetres, type sizes in points")
    return number


def _not_negative(number: float) -> float:
    if number < 0:
        raise unexpected(f"'{number:g}'", "a number that is not below 0", "delete the minus")
    return number


def _positive(number: float) -> float:
    if number <= 0:
        raise unexpected(f"'{number:g}'", "a number above 0", "for example 11 for a type size")
    return number


Colour = Annotated[str, BeforeValidator(_read_colour)]
Millimetres = Annotated[float, BeforeValidator(_read_measure)]
Length = Annotated[float, BeforeValidator(_read_measure), AfterValidator(_positive)]
"""Millimetres of something that has an extent."""
Points = Annotated[float, BeforeValidator(_read_measure), AfterValidator(_not_negative)]
Size = Annotated[float, BeforeValidator(_read_measure), AfterValidator(_positive)]
"""Points, of type."""
Multiple = Annotated[float, BeforeValidator(_read_measure), AfterValidator(_positive)]

MIN_TEXT: Millimetres = 40.0
"""Less room between the margins is a mistake."""
CELL_LIST_INDENT: Millimetres = 4.0
"""How much deeper each level of a bulleted list stands in a cell, where there is less room than in the text."""
SIGNATURE_WIDTH: Millimetres = 70.0
"""The length of the line to sign on."""
PAGE_COLOUR = "#ffffff"
"""Paper is white."""


class Style(Record):
    """The look of a role of a paragraph or of a run of text. What is not set comes from `based_on`."""

    name: Text | None = None
    """Word's name of the style; Word's own names ("heading 1", "Title") make its navigation work."""
    based_on: Text | None = None
    face: Text | None = None
    size: Size | None = None
    bold: Boolean | None = None
    italic: Boolean | None = None
    colour: Colour | None = None
    background: Colour | None = None
    align: Literal["left", "centre", "right"] | None = None
    space_before: Points | None = None
    space_after: Points | None = None
    line_height: Multiple | None = None
    indent: Millimetres | None = None
    hanging: Millimetres | None = None
    keep_with_next: Boolean | None = None
    keep_with_previous: Boolean | None = None
    """It never begins a page: the end of what is above it comes with it."""
    keep_together: Boolean | None = None
    page_break_before: Boolean | None = None
    rule_above: Points | None = None
    """Thickness of a line above, in `rule_colour`."""
    rule_below: Points | None = None
    rule_colour: Colour | None = None
    rule_gap: Points | None = None
    """Space between the text and its line."""


class TableStyle(Record):
    """The look of a table, or of a field list."""

    rules: Literal["all", "rows", "outer", "none"] = "rows"
    rule_colour: Colour = "#888888"
    rule_width: Points = 0.5
    header_background: Colour | None = None
    header_colour: Colour | None = None
    group_background: Colour | None = None
    group_colour: Colour | None = None
    label_width: Millimetres = 45.0
    """For a field list: the width of its labels."""
    padding: Millimetres = 1.6
    """Left and right in a cell."""
    padding_above: Points = 3.0
    """Above and below in a cell."""
    space_before: Points = 4.0
    space_after: Points = 10.0
    size: Size | None = None
    """Type size in the table, where it differs from the cell role's."""
    keep_rows: int = 6
    """A table with no more rows than this stands on one page, if it is not high; a longer one may run over."""
    right_from: int | None = None
    """Field lists: the field of a row (from 1) from which values stand at the right edge."""


class CellStyle(Record):
    """The look of a cell with a role of its own."""

    background: Colour | None = None
    colour: Colour | None = None
    bold: Boolean | None = None


class PanelStyle(Record):
    """The look of a panel."""

    background: Colour | None = None
    rule_colour: Colour | None = None
    rule_width: Points = 0.0
    """A line down its left side."""
    padding: Millimetres = 3.0
    space_before: Points = 6.0
    space_after: Points = 10.0


class SegmentStyle(Record):
    """The look of what a picture shows by colour: a part of a bar, a mark on a scale, a day on a time line.

    Colour alone says nothing: a pattern or a sign goes with it.
    """

    background: Colour = "#d3dae2"
    colour: Colour = "#1a1a1a"
    """Of the words on it, and of its pattern."""
    pattern: Literal["none", "lines", "falling lines", "upright lines", "cross", "dots"] = "none"
    sign: Literal["circle", "square", "triangle", "diamond", "cross", "ring"] = "circle"
    """On a time line."""


class Page(Record):
    """The page, in millimetres; the margins of a landscape page are the same four, turned."""

    width: Length = 210.0
    height: Length = 297.0
    margin_top: Millimetres = 25.0
    margin_bottom: Millimetres = 22.0
    margin_left: Millimetres = 25.0
    margin_right: Millimetres = 25.0
    header: Millimetres = 12.0
    """From the top edge of the page to the header."""
    footer: Millimetres = 11.0
    first_page_top: Length | None = None
    """From the top edge of the first page to its text, where a letterhead needs more room than `margin_top`."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that the margins leave room for text."""
        hint = "make the margins smaller"
        if self.text_width < MIN_TEXT:
            message = f"the margins leave {self.text_width:g} mm of the page's width for the text"
            yield field_error(message, hint, "margin_right")
        if self.text_height < MIN_TEXT:
            yield field_error("the margins leave no room for the text in the page's height", hint, "margin_bottom")
        elif self.height - self.first_top - self.margin_bottom < MIN_TEXT:
            yield field_error("this leaves no room for the text on the first page", "make it smaller", "first_page_top")

    @property
    def text_width(self) -> float:
        """Return the width between the margins."""
        return self.width - self.margin_left - self.margin_right

    @property
    def text_height(self) -> float:
        """Return the height between the margins."""
        return self.height - self.margin_top - self.margin_bottom

    @property
    def first_top(self) -> float:
        """Return the top margin of the first page."""
        return max(self.margin_top, self.first_page_top or 0)

    @property
    def turned(self) -> Page:
        """Return the landscape page: this one turned clockwise, its margins turned with it."""
        return Page(
            width=self.height,
            height=self.width,
            margin_top=self.margin_left,
            margin_right=self.margin_top,
            margin_bottom=self.margin_right,
            margin_left=self.margin_bottom,
            header=self.header,
            footer=self.footer,
        )


class StyleSheet(Record):
    """A house's look: what `look.yaml` says, its tokens replaced."""

    page: Page = Field(default_factory=Page)
    styles: dict[str, Style]
    """By role of paragraph or span."""
    tables: dict[str, TableStyle]
    """By role of table or field list."""
    cells: dict[str, CellStyle] = Field(default_factory=dict)
    panels: dict[str, PanelStyle] = Field(default_factory=dict)
    segments: dict[str, SegmentStyle] = Field(default_factory=dict)
    """By role of what pictures show."""

    def chain(self, role: str) -> list[str]:
        """Return the role and those that it is based on, nearest first, up to one that is undeclared or repeated."""
        found = [role]
        while (step := self.styles[found[-1]].based_on) in self.styles and step not in found:
            found.append(step)
        return found

    def resolved(self, role: str) -> dict[str, Any]:
        """Return all properties set on a role or inherited from its bases, except the name."""
        found: dict[str, Any] = {}
        for step in reversed(self.chain(role)):
            found |= self.styles[step].model_dump(exclude_none=True, exclude={"name", "based_on"})
        return found
