"""Whether everything that a house's colours say can be read: contrast as WCAG 2.2 measures it.

Text stands out from what is behind it by 4.5 to 1, large text by 3 to 1 (success criterion 1.4.3); lines that alone
set something off, by 3 to 1 (1.4.11). Not measured is what says nothing by itself: the lines of tables, the
background of a cell or a gap, and the watermark, which has to stand back; text over the watermark is. Shapes in
pictures have a line around them in the colour of the picture's words, so their words are all that is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reportgen.diagnostics import Location, Problems
from reportgen.house.look import PAGE_COLOUR, Look, TableStyle

TEXT = 4.5
LARGE_TEXT = 3.0
LINES = 3.0
"""How many times lighter the one must be than the other: WCAG's contrast ratio, from 1 to 21."""
_LARGE: float = 18.0
_LARGE_BOLD: float = 14.0
"""Points from which text is large (WCAG 2.2, "large scale")."""
_IN_PANELS = ("body", "list-item", "lead-in", "statement", "link")
"""The roles whose text stands in panels, too."""
_STEPS = 256
_UNSAID = "#000000"
"""The colour of text for which nobody has given one."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A colour and what is behind it."""

    what: str
    """For the message: "text of the role 'title'"."""
    colour: str
    behind: str
    needed: float
    place: Location
    """Where the colour was typed."""
    place_behind: Location | None = None
    """Where the colour behind it was typed; none for the page."""

    is_turned: bool = False
    """Whether `colour` is the ground and `behind` is the colour of what stands on it."""

    @property
    def words(self) -> str:
        return self.behind if self.is_turned else self.colour

    @property
    def ground(self) -> str:
        return self.colour if self.is_turned else self.behind


def check_contrast(look: Look, folder: str, problems: Problems) -> None:
    """Every pair of colours that a reader must tell apart can be; each colour that was typed is told once.

    `folder` is the house's own: where one of a pair was typed there and the other further down, that one is told. A
    look with a style that is based on nothing, or on itself, is not measured: its colours cannot be looked up.
    """
    if any(not _has_ground(role, look) for role in look.styles):
        return
    failing: dict[Location, list[_Pair]] = {}
    for pair in _pairs_of(look):
        if contrast(pair.colour, pair.behind) < pair.needed:
            told = _turned(pair) if _is_in(folder, pair.place_behind) and not _is_in(folder, pair.place) else pair
            failing.setdefault(told.place, []).append(told)
    for place, pairs in failing.items():
        first = pairs[0]
        found = contrast(first.colour, first.behind)
        words = f"{first.words} on {first.ground} has a contrast of {_shown(found)} to 1"
        better = nearest_passing(first.colour, [(pair.behind, pair.needed) for pair in pairs])
        lighter = "darker" if luminance(better) < luminance(first.colour) else "lighter"
        problems.error(
            "RG045",
            place,
            f"{first.what}: {words}; {first.needed:g} to 1 was expected",
            f"the nearest {lighter} colour that passes is {better}",
        )


def _turned(pair: _Pair) -> _Pair:
    """The pair as one whose ground is to be changed: told at the ground's place."""
    place = pair.place_behind or pair.place
    return replace(pair, colour=pair.behind, behind=pair.colour, place=place, is_turned=True)


def _is_in(folder: str, place: Location | None) -> bool:
    return place is not None and place.path.startswith(f"{folder}/")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ("#rrggbb"), from 1 for the same to 21 for black and white (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour ("#rrggbb"), from 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest_passing(colour: str, others: Sequence[tuple[str, float]]) -> str:
    """The colour, mixed with as little black or white as gives it the needed contrast with each of the others.

    Where that is impossible: black or white, whichever stands out more from the first; one of them always has 4.5.
    """
    for step in range(1, _STEPS + 1):
        for target in (0, 255):
            mixed = "#" + "".join(f"{round(part + (target - part) * step / _STEPS):02x}" for part in _parts(colour))
            if all(contrast(mixed, other) >= needed for other, needed in others):
                return mixed
    return max(("#000000", "#ffffff"), key=lambda end: contrast(end, others[0][0]))


def _has_ground(role: str, look: Look) -> bool:
    """Whether following `based_on` from the role comes to an end."""
    seen = [role]
    while (step := look.styles[seen[-1]].based_on) is not None:
        if step in seen or step not in look.styles:
            return False
        seen.append(step)
    return True


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    """A part of an sRGB colour (0 to 1) as light."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _shown(ratio: float) -> str:
    """Rounded down, so that 4.46 is not told as 4.5."""
    return f"{int(ratio * 10) / 10:g}"


def _pairs_of(look: Look) -> Iterator[_Pair]:
    for role in look.styles:
        yield from _pairs_of_style(role, look)
    for role in look.tables:
        yield from _pairs_of_table(role, look.tables[role], look)
    yield from _pairs_of_cells(look)
    yield from _pairs_of_panels(look)
    for role, segment in look.segments.items():
        places = look.at("segments", role, "colour"), look.at("segments", role, "background")
        yield _Pair(f"words on the role '{role}' in pictures", segment.colour, segment.background, TEXT, *places)


def _pairs_of_style(role: str, look: Look) -> Iterator[_Pair]:
    """A role's text on its own background or the page, and over the watermark."""
    style = look.resolved(role)
    if role == "watermark" or ("colour" not in style and "background" not in style):
        return
    if "background" in style:
        yield _text(role, look, *_value_of(role, "background", look))
        return
    yield _text(role, look, PAGE_COLOUR, None)
    if "watermark" in look.styles and "colour" in look.resolved("watermark"):
        over = _text(role, look, *_value_of("watermark", "colour", look), where="over the watermark")
        # However large: on paper a watermark comes out darker than on a screen.
        yield replace(over, needed=TEXT)


def _pairs_of_table(role: str, table: TableStyle, look: Look) -> Iterator[_Pair]:
    parts = (
        ("header", table.header_background, table.header_colour),
        ("group", table.group_background, table.group_colour),
    )
    for part, background, colour in parts:
        text = f"cell-{part}"
        if (background is None and colour is None) or text not in look.styles:
            continue
        behind = background or PAGE_COLOUR
        place_behind = look.at("tables", role, f"{part}_background") if background else None
        where = f"in the {part} rows of the table '{role}'"
        if colour is None:
            yield _text(text, look, behind, place_behind, where)
        else:
            place = look.at("tables", role, f"{part}_colour")
            yield _Pair(f"text {where}", colour, behind, _needed(look, text), place, place_behind)


def _pairs_of_cells(look: Look) -> Iterator[_Pair]:
    for role, cell in look.cells.items():
        where = f"in cells of the role '{role}'"
        place_behind = look.at("cells", role, "background") if cell.background else None
        if cell.colour is not None:
            place = look.at("cells", role, "colour")
            yield _Pair(f"text {where}", cell.colour, cell.background or PAGE_COLOUR, TEXT, place, place_behind)
        elif cell.background is not None and "cell" in look.styles:
            yield _text("cell", look, cell.background, place_behind, where)


def _pairs_of_panels(look: Look) -> Iterator[_Pair]:
    for role, panel in look.panels.items():
        if panel.background is not None:
            place_behind = look.at("panels", role, "background")
            for text in _IN_PANELS:
                if text in look.styles:
                    yield _text(text, look, panel.background, place_behind, f"in the panel '{role}'")
        elif panel.rule_colour is not None and panel.rule_width:
            place = look.at("panels", role, "rule_colour")
            yield _Pair(f"the line of the panel '{role}'", panel.rule_colour, PAGE_COLOUR, LINES, place)


def _text(role: str, look: Look, behind: str, place_behind: Location | None, where: str = "") -> _Pair:
    """A role's text on a background; text without a colour of its own has that of the base."""
    coloured = role if "colour" in look.resolved(role) or "base" not in look.styles else "base"
    colour, place = _value_of(coloured, "colour", look)
    what = f"text of the role '{role}'{' ' + where if where else ''}"
    return _Pair(what, colour, behind, _needed(look, role), place, place_behind)


def _value_of(role: str, key: Literal["colour", "background"], look: Look) -> tuple[str, Location]:
    """A colour of a role and where it was typed: with the role, or with the one that it is based on."""
    step: str | None = role
    while step is not None:
        value: str | None = getattr(look.styles[step], key)
        if value is not None:
            return value, look.at("styles", step, key)
        step = look.styles[step].based_on
    return _UNSAID, look.at("styles", role)


def _needed(look: Look, role: str) -> float:
    """Less for large text (WCAG 2.2: from 18 points, or bold from 14)."""
    style = look.resolved(role)
    size, bold = style.get("size", 0.0), style.get("bold", False)
    return LARGE_TEXT if size >= _LARGE or (bold and size >= _LARGE_BOLD) else TEXT
