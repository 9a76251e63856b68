"""`StyleSheet` → the styles of a Word document: one for each role, so that Word's own tools work on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reportgen.house.styles import PanelStyle, StyleSheet, TableStyle
from reportgen.writers.css import similar_faces
from reportgen.writers.docx.elements import (
    Element,
    border,
    hexadecimal,
    indent,
    local_name,
    shading,
    switch,
    twentieths,
    twips,
    w,
)
from reportgen.writers.docx.numbering import OUTLINE, numbering_properties

CONTENTS = ("contents-1", "contents-2", "contents-3")
"""The roles of the lines of the contents, by level."""
_BEYOND_LOOK = {"link": {"u": "single"}, "note-mark": {"vertAlign": "superscript"}}
"""What no look need say. Links are underlined, as in every browser: colour alone does not tell them from text
(WCAG 2.2, 1.4.1). The marks of footnotes are raised."""
_BODY_TEXT = 9
"""Word's level for what is not in the outline."""
_BUILT_IN = frozenset(
    {"normal", "title", "subtitle", "body text", "caption", "header", "footer", "list paragraph", "hyperlink"}
    | {"strong", "emphasis", "quote", "toc heading", "footnote text", "footnote reference"}
    | {f"{name} {level}" for name in ("heading", "toc") for level in range(1, 10)}
)
"""Word knows these by their names, and shows each user the name in their own language."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A style as it will be written. `own` is what it says; `resolved` what is then in force."""

    kind: Literal["paragraph", "character"]
    name: str
    role: str
    based_on: str
    own: Mapping[str, Any]
    resolved: Mapping[str, Any]
    extra: tuple[Element, ...] = ()
    """Further properties of its paragraphs."""

    @property
    def id(self) -> str:
        return _id_of(self.name)


class WordStyles:
    """The document's styles. Asking for one gives its id, and makes it if only this document needs it."""

    def __init__(self, look: StyleSheet, language: str) -> None:
        self._look = look
        self._language = language
        self._styles: dict[tuple[str, str, str], _Style] = {}
        """By kind, role and the table or panel whose look changes it."""
        self._names: set[str] = set()
        self._numbered: dict[str, tuple[int, int]] = {}
        for role in look.styles:
            if "base" in (role, *_bases(role, look)):
                self.paragraph(role)
            else:
                self.character(role)
        self._tables = {role: self._new_name(f"{_titled(role)} Table") for role in look.tables}

    def paragraph(self, role: str) -> str:
        """Return the id of the paragraph style of a role."""
        return self._declared("paragraph", role).id

    def character(self, role: str) -> str:
        """Return the id of the character style of a role."""
        return self._declared("character", role).id

    def table(self, role: str) -> str:
        """Return the id of the style of a table or a field list."""
        return _id_of(self._tables[role])

    def paragraph_in_table(self, role: str, table: str) -> str:
        """Return the id of a role's paragraph style in a table: its own, unless the table's look changes it."""
        changes = look_in_table(role, self._look.tables[table])
        return self._derived(role, table, changes).id if changes else self.paragraph(role)

    def paragraph_in_panel(self, role: str, panel: str) -> str:
        """Return the id of a role's paragraph style in a panel: its own, with the panel's background and line."""
        return self._derived(role, panel, {}, (*panel_properties(self._look.panels[panel]),)).id

    def bind(self, role: str, number: int, level: int) -> None:
        """Let the style of a role number its paragraphs, as a level of a numbering (numId, ilvl)."""
        self._numbered[role] = (number, level)

    def is_bound(self, role: str) -> bool:
        """Return whether the style of a role numbers its paragraphs."""
        return role in self._numbered

    def element(self) -> Element:
        """Return all styles, as the root of their part."""
        tables = (table_style(_id_of(name), name, self._look.tables[role]) for role, name in self._tables.items())
        written = (self._written(style, place) for place, style in enumerate(self._styles.values(), start=1))
        margins = w("tblPr", w("tblInd", w=0, type="dxa"), cell_margins(108, 0))
        expected = (
            _expected("character", "DefaultParagraphFont", "Default Paragraph Font"),
            _expected("table", "TableNormal", "Normal Table", margins),
            _expected("numbering", "NoList", "No List"),
        )
        return w("styles", self._defaults(), _hidden_built_ins(), *expected, *written, *tables)

    def _declared(self, kind: Literal["paragraph", "character"], role: str) -> _Style:
        key = (kind, role, "")
        if key not in self._styles:
            declared, resolved = self._look.styles[role], self._look.resolved(role)
            base, own = "", resolved
            # A run takes the rest from its paragraph, so a look that serves both must not bring it.
            if kind == "paragraph":
                base = self.paragraph(declared.based_on) if declared.based_on else ""
                own = declared.model_dump(exclude_none=True, exclude={"name", "based_on"})
            name = self._new_name(declared.name or _titled(role))
            self._styles[key] = _Style(kind, name, role, base, own, resolved)
        return self._styles[key]

    def _derived(self, role: str, place: str, changes: Mapping[str, Any], extra: tuple[Element, ...] = ()) -> _Style:
        key = ("paragraph", role, f"panel {place}" if extra else f"table {place}")
        if key not in self._styles:
            base = self._declared("paragraph", role)
            name = self._new_name(f"{base.name} {_titled(place)}")
            resolved = {**base.resolved, **changes}
            self._styles[key] = _Style("paragraph", name, role, base.id, changes, resolved, extra)
        return self._styles[key]

    def _new_name(self, wanted: str) -> str:
        """Return a unique name, with a number after it if need be: Word wants names and ids to be unique."""
        name, count = wanted, 1
        while _id_of(name).casefold() in self._names:
            count += 1
            name = f"{wanted} {count}"
        self._names.add(_id_of(name).casefold())
        return name

    def _defaults(self) -> Element:
        base = self._look.resolved("base")
        text = text_properties({key: base[key] for key in ("face", "size") if key in base})
        language = w("lang", val=self._language, eastAsia=self._language, bidi="ar-SA")
        characters = w("rPrDefault", w("rPr", *text, language))
        return w("docDefaults", characters, w("pPrDefault", w("pPr", w("widowControl"))))

    def _written(self, style: _Style, place: int) -> Element:
        parts = [w("name", val=style.name)]
        if style.based_on:
            parts.append(w("basedOn", val=style.based_on))
        if style.role in OUTLINE:
            parts.append(w("next", val=self.paragraph("body")))
        parts += [w("uiPriority", val=place), w("qFormat")]
        if style.kind == "paragraph":
            properties = (*paragraph_properties(style.own, style.resolved), *style.extra, *self._standing(style))
            parts.append(w("pPr", *{local_name(one): one for one in properties}.values()))  # the last of a name holds
            parts.append(w("rPr", *text_properties(style.own)))
        else:
            beyond = (w(name, val=value) for name, value in _BEYOND_LOOK.get(style.role, {}).items())
            parts.append(w("rPr", *run_properties(style.own), *beyond))
        # Empty properties are allowed, but no word processor writes them.
        parts = [part for part in parts if len(part) or part.attrib or local_name(part) == "qFormat"]
        custom = {} if style.name.casefold() in _BUILT_IN else {"customStyle": 1}
        default = {"default": 1} if style.role == "base" and style.kind == "paragraph" else {}
        return w("style", *parts, type=style.kind, styleId=style.id, **default, **custom)

    def _standing(self, style: _Style) -> Iterator[Element]:
        """Yield the place of a style's paragraphs in the outline and in the numbering."""
        if style.role in OUTLINE and not style.extra:
            yield w("outlineLvl", val=OUTLINE[style.role])
            for name, key in (("keepNext", "keep_with_next"), ("keepLines", "keep_together")):
                if key not in style.own:
                    yield w(name)
        elif style.role == "contents-heading":  # it is based on a heading, and does not stand in its own list
            yield w("outlineLvl", val=_BODY_TEXT)
        elif style.role in CONTENTS:
            # The page at the right edge, behind a row of dots. Room for a number is made in the lines that have one, as
            # Word does it: in the others, a short title would stop there and not go on to the right edge.
            yield w("tabs", w("tab", val="right", leader="dot", pos=twips(self._look.page.text_width)))
            yield indent(style.resolved.get("indent", 0) - style.resolved.get("hanging", 0))
        if style.role in self._numbered:
            yield numbering_properties(*self._numbered[style.role])
        elif self._numbered.keys() & set(_bases(style.role, self._look)):
            yield numbering_properties(0)


def look_in_table(role: str, table: TableStyle) -> dict[str, Any]:
    """Return what a table's look changes in the look of a role."""
    colours = {"cell-header": table.header_colour, "cell-group": table.group_colour}
    changes = {"size": table.size, "colour": colours.get(role)}
    return {key: value for key, value in changes.items() if value is not None}


def _bases(role: str, look: StyleSheet) -> Iterator[str]:
    """Yield what a role's look is based on, the nearest first."""
    base = look.styles[role].based_on
    while base is not None:
        yield base
        base = look.styles[base].based_on


def _titled(role: str) -> str:
    return role.replace("-", " ").replace("_", " ").title()


def _id_of(name: str) -> str:
    """Return the id that Word makes of a name: "heading 1" → "Heading1"."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    return "".join(word[0].upper() + word[1:] for word in words) or "Style"


def _hidden_built_ins() -> Element:
    """Return what makes Word offer the house's styles, and hide its own few hundred."""
    hidden = {"defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    return w("latentStyles", defLockedState=0, defUIPriority=99, **hidden, count=376)


def _expected(kind: str, identity: str, name: str, *properties: Element) -> Element:
    """Return one of the styles that Word expects in every document."""
    kept_back = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", w("name", val=name), *kept_back, *properties, type=kind, styleId=identity, default=1)


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
    """Return properties of characters. Each is said twice where Word keeps right-to-left text apart."""
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
    """Return properties of a run of text; its background is its own, not the paragraph's."""
    background = [shading(own["background"])] if "background" in own else []
    return [*text_properties(own), *background]


def paragraph_properties(own: Mapping[str, Any], resolved: Mapping[str, Any]) -> list[Element]:
    """Return properties of paragraphs: their place, the space and the lines around them, and page breaks."""
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
    """Return the space around and between lines; in points, as Word's multiples are not of the face's size."""
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
    """Return the style of a table."""
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
    """Return the space around the text of a cell, in twips."""
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))


def panel_inset(panel: PanelStyle) -> float:
    """Return the distance from the panel's left edge to its text, in millimetres."""
    return panel.padding + panel.rule_width * _MILLIMETRES_PER_POINT


def panel_rule(panel: PanelStyle, gap: float = 0) -> Element:
    """Return the panel's left line, or what carries the background there; `gap` in points from the text."""
    if panel.rule_width:
        return border("left", panel.rule_width, panel.rule_colour or _INK, gap)
    return border("left", _HAIRLINE, panel.background or _PAPER, gap)


def panel_properties(panel: PanelStyle) -> Iterator[Element]:
    """Yield the properties of paragraphs in a panel.

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
    """Return the faces, each once, as the root of their part.

    With each stands what Word goes by where it is missing, or Word may set a sans-serif face in Times New Roman.
    """
    fonts = []
    for face in sorted(set(faces)):
        _, *others, generic = similar_faces(face)
        alternatives = [w("altName", val=",".join(others))] if others else []
        fonts.append(w("font", *alternatives, w("family", val=_FAMILIES[generic]), name=face))
    return w("fonts", *fonts)
