"""`StyleSheet` → the styles of a Word document: one for each role, so that Word's own tools work on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reportgen.house.styles import StyleSheet, TableStyle
from reportgen.writers.docx.elements import Element, indent, local_name, twips, w
from reportgen.writers.docx.numbering import OUTLINE, numbering_properties
from reportgen.writers.docx.properties import (
    cell_margins,
    panel_properties,
    paragraph_properties,
    run_properties,
    table_style,
    text_properties,
)

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
        """The id of the paragraph style of a role."""
        return self._declared("paragraph", role).id

    def character(self, role: str) -> str:
        """The id of the character style of a role."""
        return self._declared("character", role).id

    def table(self, role: str) -> str:
        """The id of the style of a table or a field list."""
        return _id_of(self._tables[role])

    def paragraph_in_table(self, role: str, table: str) -> str:
        """The id of the paragraph style of a role in a table: the role's own, unless the table's look changes it."""
        changes = look_in_table(role, self._look.tables[table])
        return self._derived(role, table, changes).id if changes else self.paragraph(role)

    def paragraph_in_panel(self, role: str, panel: str) -> str:
        """The id of the paragraph style of a role in a panel: the role's own, with the panel's background and line."""
        return self._derived(role, panel, {}, (*panel_properties(self._look.panels[panel]),)).id

    def bind(self, role: str, number: int, level: int) -> None:
        """Let the style of a role number its paragraphs, as a level of a numbering (numId, ilvl)."""
        self._numbered[role] = (number, level)

    def is_bound(self, role: str) -> bool:
        """Whether the style of a role numbers its paragraphs."""
        return role in self._numbered

    def element(self) -> Element:
        """All styles, as the root of their part."""
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
        """The name, or with a number after it if another style has it: Word wants both names and ids to be unique."""
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
        """The place of a style's paragraphs in the outline and in the numbering."""
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
    """What a table's look changes in the look of a role."""
    colours = {"cell-header": table.header_colour, "cell-group": table.group_colour}
    changes = {"size": table.size, "colour": colours.get(role)}
    return {key: value for key, value in changes.items() if value is not None}


def _bases(role: str, look: StyleSheet) -> Iterator[str]:
    """What a role's look is based on, the nearest first."""
    base = look.styles[role].based_on
    while base is not None:
        yield base
        base = look.styles[base].based_on


def _titled(role: str) -> str:
    return role.replace("-", " ").replace("_", " ").title()


def _id_of(name: str) -> str:
    """As Word makes ids of names: "heading 1" → "Heading1"."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    return "".join(word[0].upper() + word[1:] for word in words) or "Style"


def _hidden_built_ins() -> Element:
    """Word offers the styles of the house; its own few hundred stay out of the way."""
    hidden = {"defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    return w("latentStyles", defLockedState=0, defUIPriority=99, **hidden, count=376)


def _expected(kind: str, identity: str, name: str, *properties: Element) -> Element:
    """One of the styles that Word expects in every document."""
    kept_back = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    return w("style", w("name", val=name), *kept_back, *properties, type=kind, styleId=identity, default=1)
