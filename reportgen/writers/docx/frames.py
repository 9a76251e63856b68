"""What a look draws around text: the lines and backgrounds of tables and panels."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.house.look import PanelStyle, TableStyle
from reportgen.writers.docx.elements import Element, border, indent, shading, twentieths, twips, w

_MILLIMETRES_PER_POINT = 25.4 / 72
_HAIRLINE = 0.25
"""In points: a border that is there only to carry the background beyond the text."""
_INK = "#000000"
_PAPER = "#ffffff"
_SIDES = {
    "all": "top left bottom right insideH insideV",
    "rows": "top bottom insideH",
    "outer": "top left bottom right",
    "none": "",
}


def table_style(identity: str, name: str, table: TableStyle) -> Element:
    """The style of a table or a field list."""
    drawn = [border(side, table.rule_width, table.rule_colour) for side in _SIDES[table.rules].split()]
    properties = [w("tblInd", w=0, type="dxa"), cell_margins(twips(table.padding), twentieths(table.padding_above))]
    if drawn:
        properties.append(w("tblBorders", *drawn))
    parts = [
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=99),
        w("qFormat"),
        w("tblPr", *properties),
    ]
    header = [shading(table.header_background)] if table.header_background else []
    parts.append(w("tblStylePr", w("trPr", w("cantSplit"), w("tblHeader")), w("tcPr", *header), type="firstRow"))
    return w("style", *parts, type="table", styleId=identity, customStyle=1)


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
