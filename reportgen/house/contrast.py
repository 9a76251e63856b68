"""Whether everything that a house's colours say can be read: contrast as WCAG 2.2 measures it.

Text stands out from what is behind it by 4.5 to 1, large text by 3 to 1 (success criterion 1.4.3); lines that alone
set something off, by 3 to 1 (1.4.11). Not measured is what says nothing by itself: the lines of tables, the
background of a cell or a gap, and the watermark, which has to stand back; text over the watermark is. Shapes in
pictures have a line around them in the colour of the picture's words, so their words are all that is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reportgen.diagnostics import Location, Problems
from reportgen.house.styles import PAGE_COLOUR, StyleSheet, TableStyle

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
_DEFAULT_COLOUR = "#000000"
"""The colour of text for which nobody has given one."""


class _TypedColour(NamedTuple):
    colour: str
    place: Location


_PAGE = _TypedColour(PAGE_COLOUR, Location(""))
"""Nobody has typed it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words or a line, and what is behind them."""

    what: str
    """For the message: "text of the role 'title'"."""
    foreground: _TypedColour
    backdrop: _TypedColour
    needed: float

    def to_report(self, folder: str) -> tuple[_TypedColour, _TypedColour]:
        """Return the colour to change, and the other: the foreground unless only the backdrop was typed there."""
        is_ground = _is_in(folder, self.backdrop.place) and not _is_in(folder, self.foreground.place)
        return (self.backdrop, self.foreground) if is_ground else (self.foreground, self.backdrop)


def check_contrast(look: StyleSheet, folder: str, problems: Problems) -> None:
    """Report colours that do not contrast enough with what is behind them, each colour once.

    A style sheet with a broken chain of `based_on` is skipped: its colours cannot be resolved.

    Args:
        look: The style sheet to check.
        folder: The house's own folder; of a failing pair, the colour typed there is reported.
        problems: Collects the diagnostics.
    """
    if any(look.styles[look.chain(role)[-1]].based_on is not None for role in look.styles):
        return
    failing: dict[Location, list[_Pair]] = {}
    for pair in _pairs_of(look):
        if contrast(pair.foreground.colour, pair.backdrop.colour) < pair.needed:
            failing.setdefault(pair.to_report(folder)[0].place, []).append(pair)
    for place, pairs in failing.items():
        first = pairs[0]
        colour, other = (one.colour for one in first.to_report(folder))
        found = _shown(contrast(colour, other))
        words = f"{first.foreground.colour} on {first.backdrop.colour} has a contrast of {found} to 1"
        better = nearest_passing(colour, [(pair.to_report(folder)[1].colour, pair.needed) for pair in pairs])
        lighter = "darker" if luminance(better) < luminance(colour) else "lighter"
        message = f"{first.what}: {words}; {first.needed:g} to 1 was expected"
        problems.error("RG045", place, message, f"the nearest {lighter} colour that passes is {better}")


def _is_in(folder: str, place: Location) -> bool:
    return place.path.startswith(f"{folder}/")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ("#rrggbb"), from 1 (equal) to 21 (black and white; WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ("#rrggbb"), from 0 (black) to 1 (white; WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest_passing(colour: str, others: Sequence[tuple[str, float]]) -> str:
    """Mix in as little black or white as gives the needed contrast with each other colour.

    If no mixture does, return black or white, whichever contrasts more with the first; one of them always has 4.5.
    """
    for step in range(1, _STEPS + 1):
        for target in (0, 255):
            mixed = "#" + "".join(f"{round(part + (target - part) * step / _STEPS):02x}" for part in _parts(colour))
            if all(contrast(mixed, other) >= needed for other, needed in others):
                return mixed
    return max(("#000000", "#ffffff"), key=lambda end: contrast(end, others[0][0]))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _shown(ratio: float) -> str:
    """Round down, so that 4.46 is not shown as 4.5."""
    return f"{int(ratio * 10) / 10:g}"


def _pairs_of(look: StyleSheet) -> Iterator[_Pair]:
    for role in look.styles:
        yield from _pairs_of_style(role, look)
    for role in look.tables:
        yield from _pairs_of_table(role, look.tables[role], look)
    yield from _pairs_of_cells(look)
    yield from _pairs_of_panels(look)
    for role, segment in look.segments.items():
        foreground = _TypedColour(segment.colour, look.at("segments", role, "colour"))
        backdrop = _TypedColour(segment.background, look.at("segments", role, "background"))
        yield _Pair(f"words on the role '{role}' in pictures", foreground, backdrop, TEXT)


def _pairs_of_style(role: str, look: StyleSheet) -> Iterator[_Pair]:
    """Yield a role's text on its own background or the page, and over the watermark."""
    style = look.resolved(role)
    if role == "watermark" or ("colour" not in style and "background" not in style):
        return
    if "background" in style:
        yield _text(role, look, _typed_colour(role, "background", look))
        return
    yield _text(role, look, _PAGE)
    if "watermark" in look.styles and "colour" in look.resolved("watermark"):
        over = _text(role, look, _typed_colour("watermark", "colour", look), "over the watermark")
        # However large: on paper a watermark comes out darker than on a screen.
        yield replace(over, needed=TEXT)


def _pairs_of_table(role: str, table: TableStyle, look: StyleSheet) -> Iterator[_Pair]:
    parts = (
        ("header", table.header_background, table.header_colour),
        ("group", table.group_background, table.group_colour),
    )
    for part, background, colour in parts:
        text = f"cell-{part}"
        if (background is None and colour is None) or text not in look.styles:
            continue
        backdrop = _TypedColour(background, look.at("tables", role, f"{part}_background")) if background else _PAGE
        where = f"in the {part} rows of the table '{role}'"
        if colour is None:
            yield _text(text, look, backdrop, where)
        else:
            foreground = _TypedColour(colour, look.at("tables", role, f"{part}_colour"))
            yield _Pair(f"text {where}", foreground, backdrop, _needed(look, text))


def _pairs_of_cells(look: StyleSheet) -> Iterator[_Pair]:
    for role, cell in look.cells.items():
        where = f"in cells of the role '{role}'"
        backdrop = _TypedColour(cell.background, look.at("cells", role, "background")) if cell.background else _PAGE
        if cell.colour is not None:
            yield _Pair(f"text {where}", _TypedColour(cell.colour, look.at("cells", role, "colour")), backdrop, TEXT)
        elif cell.background is not None and "cell" in look.styles:
            yield _text("cell", look, backdrop, where)


def _pairs_of_panels(look: StyleSheet) -> Iterator[_Pair]:
    for role, panel in look.panels.items():
        if panel.background is not None:
            backdrop = _TypedColour(panel.background, look.at("panels", role, "background"))
            for text in _IN_PANELS:
                if text in look.styles:
                    yield _text(text, look, backdrop, f"in the panel '{role}'")
        elif panel.rule_colour is not None and panel.rule_width:
            line = _TypedColour(panel.rule_colour, look.at("panels", role, "rule_colour"))
            yield _Pair(f"the line of the panel '{role}'", line, _PAGE, LINES)


def _text(role: str, look: StyleSheet, backdrop: _TypedColour, where: str = "") -> _Pair:
    """Pair a role's text with a background; without a colour of its own, text takes the base's."""
    coloured = role if "colour" in look.resolved(role) or "base" not in look.styles else "base"
    what = f"text of the role '{role}'{' ' + where if where else ''}"
    return _Pair(what, _typed_colour(coloured, "colour", look), backdrop, _needed(look, role))


def _typed_colour(role: str, key: Literal["colour", "background"], look: StyleSheet) -> _TypedColour:
    """Return a role's colour and where it was typed: at the role or at one that it is based on."""
    for step in look.chain(role):
        value: str | None = getattr(look.styles[step], key)
        if value is not None:
            return _TypedColour(value, look.at("styles", step, key))
    return _TypedColour(_DEFAULT_COLOUR, look.at("styles", role))


def _needed(look: StyleSheet, role: str) -> float:
    """Return the contrast needed: less for large text (WCAG 2.2: from 18 points, or bold from 14)."""
    style = look.resolved(role)
    size, bold = style.get("size", 0.0), style.get("bold", False)
    return LARGE_TEXT if size >= _LARGE or (bold and size >= _LARGE_BOLD) else TEXT
