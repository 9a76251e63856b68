"""What a look says → properties of text and paragraphs, the styles of tables, panels, and the faces.

A look's properties come as a mapping, as `Look.resolved` gives them. `own` are those to be
written; `resolved` are those in force, for what depends on several of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportgen.house.styles import PanelStyle, TableStyle
from reportgen.writers.css import similar_faces
from reportgen.writers.docx.elements import Element, border, hexadecimal, indent, shading, switch, twentieths, twips, w

TOGGLES = ("bold", "italic")
"""Word turns these off where both the paragraph's style and the run's style turn them on (ISO/IEC 29500-1, 17.7.3)."""
_SWITCHES = {"keep_with_next": "keepNext", "keep_together": "keepLines", "page_break_before": "pageBreakBefore"}
_RULES = {"rule_above": "top", "rule_below": "bottom"}
_ALIGNMENTS = {"left": "left", "centre": "center", "right": "right"}
_SIDES = {
    "all": "top left bottom right insideH insideV",
    "rows": "top bottom insideH",
    "outer": "top left bottom right",
    "none": "",
}
_FAMILIES = {"sans-serif": "swiss", "serif": "roman", "monospace": "modern"}
_MILLIMETRES_PER_POINT = 25.4 / 72
_HAIRLINE = 0.25
"""In points: a border that is there only to carry the background beyond the text."""
_INK = "#000000"
_PAPER = "#ffffff"


# ---- Text and paragraphs ----


def text_properties(own: Mapping[str, Any]) -> list[Element]:
    """Properties of characters. Each is said twice where Word keeps right-to-left text apart."""
    found: list[Element] = []
    if "face" in own:
        found.append(w("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), own["face"])))
    for key, names in (("bold", ("b", "bCs")), ("italic", ("i", "iCs"))):
        if key in own:
            found.extend(switch(name, own[key]) for name in names)
    if "colour" in own:
        found.append(w("color", val=hexadecimal(own["colour"])))
    if "size" in own:
        found.extend(w(name, val=round(own["size"] * 2)) for name in ("sz", "szCs"))
    return found


def run_properties(own: Mapping[str, Any]) -> list[Element]:
    """Properties of a run of text; its background is its own, not the paragraph's."""
    background = [shading(own["background"])] if "background" in own else []
    return [*text_properties(own), *background]


def paragraph_properties(own: Mapping[str, Any], resolved: Mapping[str, Any]) -> list[Element]:
    """Properties of paragraphs: their place, the space and the lines around them, and page breaks."""
    found = [switch(name, own[key]) for key, name in _SWITCHES.items() if key in own]
    if own.keys() & {*_RULES, "rule_colour", "rule_gap"}:
        colour, gap = resolved.get("rule_colour", resolved.get("colour", _INK)), resolved.get("rule_gap", 0)
        sides = ((side, resolved.get(key)) for key, side in _RULES.items())
        found.append(w("pBdr", *(border(side, width, colour, gap) for side, width in sides if width)))
    if "background" in own:
        found.append(shading(own["background"]))
    space = _space(own, resolved)
    if space:
        found.append(w("spacing", **space))
    if "indent" in own or "hanging" in own:
        found.append(indent(resolved.get("indent", 0), resolved.get("hanging", 0)))
    if "align" in own:
        found.append(w("jc", val=_ALIGNMENTS[own["align"]]))
    return found


def _space(own: Mapping[str, Any], resolved: Mapping[str, Any]) -> dict[str, str | int]:
    """Space above, below and between lines; in points, as Word's multiples are of the face's line, not of its size."""
    space: dict[str, str | int] = {}
    for key, name in (("space_before", "before"), ("space_after", "after")):
        if key in own:
            space[name] = twentieths(own[key])
    line = {"line_height", "size"}
    if own.keys() & line and resolved.keys() >= line:
        space |= {"line": twentieths(resolved["size"] * resolved["line_height"]), "lineRule": "atLeast"}
    return space


# ---- Tables and panels ----


def table_style(identity: str, name: str, table: TableStyle) -> Element:
    properties = [w("tblInd", w=0, type="dxa"), cell_margins(twips(table.padding), twentieths(table.padding_above))]
    sides = _SIDES[table.rules].split()
    if sides:
        properties.append(w("tblBorders", *(border(side, table.rule_width, table.rule_colour) for side in sides)))
    header = [shading(table.header_background)] if table.header_background else []
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=99),
        w("qFormat"),
        w("tblPr", *properties),
        w("tblStylePr", w("trPr", w("cantSplit"), w("tblHeader")), w("tcPr", *header), type="firstRow"),
        type="table",
        styleId=identity,
        customStyle=1,
    )


def cell_margins(beside: int, above: int) -> Element:
    """The space around the text of a cell, in twips."""
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))


def panel_inset(panel: PanelStyle) -> float:
    """From the panel's left edge to its text, in millimetres."""
    return panel.padding + panel.rule_width * _MILLIMETRES_PER_POINT


def panel_rule(panel: PanelStyle, gap: float = 0) -> Element:
    """The line down the panel's left side, or what carries the background there; `gap` in points from the text."""
    if panel.rule_width:
        return border("left", panel.rule_width, panel.rule_colour or _INK, gap)
    return border("left", _HAIRLINE, panel.background or _PAPER, gap)


def panel_properties(panel: PanelStyle) -> Iterator[Element]:
    """A panel around paragraphs.

    Word joins paragraphs with the same borders and indents into one box, so that a panel stays
    text to a screen reader. The borders' distance from the text is the padding.
    """
    padding = panel.padding / _MILLIMETRES_PER_POINT
    carriers = (border(side, _HAIRLINE, panel.background or _PAPER, padding) for side in ("top", "bottom", "right"))
    yield w("pBdr", panel_rule(panel, padding), *carriers)
    if panel.background:
        yield shading(panel.background)
    yield indent(panel_inset(panel), right=panel.padding)


# ---- Faces ----


def font_table(faces: Iterable[str]) -> Element:
    """The faces, each once, as the root of their part.

    With each stands what Word goes by where it is missing, or Word may set a sans-serif face in Times New Roman.
    """
    fonts = []
    for face in sorted(set(faces)):
        _, *others, generic = similar_faces(face)
        alternatives = [w("altName", val=",".join(others))] if others else []
        fonts.append(w("font", *alternatives, w("family", val=_FAMILIES[generic]), name=face))
    return w("fonts", *fonts)
