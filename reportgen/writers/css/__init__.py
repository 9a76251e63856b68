"""`StyleSheet` and `Numbering` → CSS. One class for each role; the HTML has no looks of its own.

Classes: `role-…` for the styles of paragraphs and runs of text, `table-…`, `cell-…`, `panel-…`
for the roles of tables, cells and panels; names without these prefixes say where something
stands (`inset`, `level-0`, `item-0`, `bullet-1`) or what part of the page it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportgen.house.config import Level, Numbering
from reportgen.house.letterhead import Letterhead
from reportgen.house.styles import CELL_LIST_INDENT, SIGNATURE_WIDTH, Page, StyleSheet, TableStyle

DEEPEST_LEVEL = 9
"""Word's lists have nine levels; anything deeper stands where the ninth does."""

_SIMILAR_FACES = (
    ("Liberation Sans", "Arial", "sans-serif"),
    ("Liberation Serif", "Times New Roman", "serif"),
    ("Liberation Mono", "Courier New", "monospace"),
    ("Carlito", "Calibri", "sans-serif"),
    ("Caladea", "Cambria", "serif"),
)
"""Faces with the same metrics, and the generic name for them: not every machine has the house's face."""

_FOUNDATION = """\
* { box-sizing: border-box; }
body, p, h1, h2, h3, h4, h5, h6, ol, ul, figure { margin: 0; }
h1, h2, h3, h4, h5, h6 { font: inherit; }
body { overflow-wrap: anywhere; orphans: 2; widows: 2; }
ol, ul { padding: 0; list-style: none; }
strong { font-weight: inherit; }
em { font-style: inherit; }
a { color: inherit; }
.reference { text-decoration: none; }
table { width: 100%; table-layout: fixed; border-spacing: 0; }
th { font-weight: inherit; }
th, td, caption { padding: 0; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr, .fields-row { break-inside: avoid; }
tr.tall { break-inside: auto; }
thead, .group-heading, thead + tbody > tr:first-child { break-after: avoid; }
.fields-row { display: table; table-layout: fixed; width: 100%; }
.field { display: table-cell; vertical-align: top; }
figure, .signature, .kept { break-inside: avoid; }
.signature { break-before: avoid; break-after: avoid; }
figure img { display: block; max-width: 100%; }
.page-break { break-after: page; }
.page-break + .page-break { break-after: auto; }
.appendix { break-before: page; }
.landscape { page: landscape; }
.role-note-mark { vertical-align: super; font-size: 0.7em; line-height: 0; text-decoration: none; }
"""

_OVERRIDES = """\
.figure-caption { break-before: avoid; break-after: auto; }
.captioned > caption { margin-top: 0; }
.left > * { text-align: left; }
.centre > * { text-align: center; }
.right > * { text-align: right; }
.panel > :last-child, .panel > :last-child > li:last-child > :last-child { margin-bottom: 0; }
"""

_SCREEN = """\
body { margin: 0 auto; padding: 2rem 1rem 4rem; }
.appendix { margin-top: 2.5rem; }
.table-frame { overflow-x: auto; }
.landscape table { min-width: 60rem; }
figure img { height: auto; }
.contents a { text-decoration: underline; }
.banner { margin-bottom: 1.5rem; border: 0.15em solid; text-align: center; font-weight: bold; }
.notes { margin-top: 2.5rem; border-top: 0.05em solid; padding-top: 0.75rem; }
.note-line { margin-left: 2em; }
.note-line > .number { margin-left: -2em; min-width: 2em; }
@media (max-width: 40rem) {
  .inset { margin-left: 0; }
  .table-frame td { min-width: 6rem; }
  table { table-layout: auto; }
  col { width: auto !important; }
  th, .table-frame td { overflow-wrap: break-word; }
}
"""

_HEADERS_FOOTERS = """\
.running-header { display: block; position: running(header); }
.running-footer { display: block; position: running(footer); }
.page-number::after { content: counter(page); }
.page-count::after { content: counter(pages); }
@page :first { @top-left { content: none; } }
"""


def class_name(kind: str, role: str) -> str:
    """Return the class of a role: "role-heading-1" for the kind "role" and the role "heading-1"."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9_-]', '-', role)}"


def similar_faces(face: str) -> tuple[str, ...]:
    """Return the face, those that can stand in for it, and the generic name for them."""
    group = next((faces for faces in _SIMILAR_FACES if face in faces), ("sans-serif",))
    return tuple(dict.fromkeys((face, *group)))


def write_css(look: StyleSheet, numbering: Numbering) -> str:
    """Return the style sheet for paper and screen alike."""
    rules = [
        _FOUNDATION,
        *_page_rules(look.page),
        _rule("body", _text_declarations(look.resolved("base"))),
        _rule(".inset", {"margin-left": _mm(numbering.text_indent)}),
        # Below a list there is as much room as below a paragraph, however close its items stand.
        _rule(".list", {"margin-bottom": _pt(look.resolved("base").get("space_after", 0))}),
        *(_rule(f".{class_name('role', role)}", _declarations(look.resolved(role))) for role in look.styles),
        *_number_rules(numbering),
        *_table_rules(look),
        *_panel_rules(look),
        *_contents_rules(look),
        _rule(".signature-line", {"width": _mm(SIGNATURE_WIDTH), "height": "3em", "border-bottom": "0.1em dotted"}),
        _OVERRIDES,
    ]
    return "\n".join(rule.rstrip() for rule in rules) + "\n"


def write_screen_css(look: StyleSheet) -> str:
    """Return the rules for what is different on a screen, from a telephone's upwards."""
    # What has a landscape page of its own on paper may be as wide as the page here, where the window is.
    beyond = f"min(0px, (100% - min({_mm(look.page.turned.width)}, 100vw - 4rem)) / 2)"
    rules = (
        _rule("body", {"max-width": f"calc({_mm(look.page.text_width)} + 2rem)"}),
        _rule(".landscape", {"margin-left": beyond, "margin-right": beyond}),
    )
    return "\n".join((*rules, _SCREEN))


def write_letterhead_css(page: Page, letterhead: Letterhead) -> str:
    """Return the screen's rules for the letterhead above the first page. The PDF has it as a background."""
    picture = {
        "aspect-ratio": f"{page.width:g} / {page.first_top:g}",
        "background": f"url({letterhead.address}) top / 100% auto no-repeat",
        "print-color-adjust": "exact",
    }
    return f"{_rule('.letterhead', picture)}\n@media screen {{ .letterhead {{ margin: -2rem -1rem 1rem; }} }}\n"


def write_headers_footers_css(look: StyleSheet) -> str:
    """Return the rules for headers and footers, which only the PDF has; browsers know no running elements."""
    above, below = f"{_mm(look.page.header)} 0 0", f"0 0 {_mm(look.page.footer)}"
    header = {"content": "element(header)", "width": "100%", "vertical-align": "top", "padding": above}
    footer = header | {"content": "element(footer)", "vertical-align": "bottom", "padding": below}
    return f"@page {{ @top-left {_block(header)} @bottom-left {_block(footer)} }}\n{_HEADERS_FOOTERS}"


def _page_rules(page: Page) -> Iterator[str]:
    for selector, one in (("@page", page), ("@page landscape", page.turned)):
        margins = (one.margin_top, one.margin_right, one.margin_bottom, one.margin_left)
        yield _rule(selector, {"size": f"{_mm(one.width)} {_mm(one.height)}", "margin": " ".join(map(_mm, margins))})


def _text_declarations(style: Mapping[str, Any]) -> dict[str, str]:
    """Return the declarations for what a style says of characters."""
    return {name: write(style[key]) for key, (name, write) in _TEXT.items() if key in style}


def _declarations(style: Mapping[str, Any]) -> dict[str, str]:
    """Return the declarations for characters and paragraphs: place, space and lines around, page breaks."""
    written = _text_declarations(style)
    written |= {name: write(style[key]) for key, (name, write) in _PARAGRAPH.items() if key in style}
    for key, name, value in _BREAKS:
        if style.get(key):
            written[name] = value
    for key, side in (("rule_above", "top"), ("rule_below", "bottom")):
        if style.get(key):
            written[f"border-{side}"] = f"{_pt(style[key])} solid {style.get('rule_colour', 'currentcolor')}"
            written[f"padding-{side}"] = _pt(style.get("rule_gap", 0))
    return written


def _number_rules(numbering: Numbering) -> Iterator[str]:
    """Yield rules for where numbered paragraphs and items stand, their numbers and signs hanging to the left."""
    # The space after a number that is wider than its column keeps it apart from the text.
    yield _rule(".number", {"display": "inline-block", "white-space": "pre"})
    for place, level in enumerate(numbering.levels):
        yield from _level_rules(f".level-{place}", level)
    for place in range(DEEPEST_LEVEL):
        yield from _level_rules(f".item-{place}", numbering.list_level(place))
    for depth in range(1, DEEPEST_LEVEL + 1):
        for prefix, step in (("bullet", numbering.list_indent), ("cell-bullet", CELL_LIST_INDENT)):
            yield from _level_rules(f".{prefix}-{depth}", Level(format="", indent=depth * step, hanging=step))


def _level_rules(selector: str, level: Level) -> Iterator[str]:
    yield _rule(selector, {"margin-left": _mm(level.indent), "text-indent": "0"})
    width = {"min-width": _mm(level.hanging)} if level.follow == "tab" else {"display": "inline"}
    yield _rule(f"{selector} > .number", {"margin-left": _mm(-level.hanging), **width})


def _table_rules(look: StyleSheet) -> Iterator[str]:
    # A caption's own space would be within the table, and come on top of what is below the block before.
    above_caption = look.resolved("caption").get("space_before", 0) if "caption" in look.styles else 0
    for role, style in look.tables.items():
        table = f".{class_name('table', role)}"
        yield _rule(table, {"margin-top": _pt(style.space_before), "margin-bottom": _pt(style.space_after)})
        yield _rule(f"{table}.captioned", {"margin-top": _pt(style.space_before + above_caption)})
        yield _rule(_cells_of(table), {"padding": f"{_pt(style.padding_above)} {_mm(style.padding)}"})
        if style.size is not None:
            yield _rule(f"{table} p", {"font-size": _pt(style.size)})
        yield from _line_rules(table, style)
        yield from _shade_rules(f"{table} thead tr", style.header_background, style.header_colour)
        yield from _shade_rules(f"{table} .group-heading th", style.group_background, style.group_colour)
    for role, cell in look.cells.items():
        selector = f".{class_name('cell', role)}"
        yield from _shade_rules(selector, cell.background, cell.colour)
        if cell.bold is not None:
            yield _rule(f"{selector} p", {"font-weight": "bold" if cell.bold else "normal"})


def _line_rules(table: str, style: TableStyle) -> Iterator[str]:
    """Yield rules for a table's lines. A page's first row, the header or the first of the fields, has one above it."""
    line = f"{_pt(style.rule_width)} solid {style.rule_colour}"
    first = (f"{table} thead", f"{table} > table:first-child tr:first-child", f"{table} > .fields-row:first-child")
    first_rows = ", ".join(map(_cells_of, first))
    match style.rules:
        case "rows":
            yield _rule(_cells_of(table), {"border-bottom": line})
            yield _rule(first_rows, {"border-top": line})
        case "all":
            yield _rule(_cells_of(table), {"border-bottom": line, "border-right": line})
            yield _rule(
                f"{table} td:first-child, {table} th:first-child, {table} .field:first-child", {"border-left": line}
            )
            yield _rule(first_rows, {"border-top": line})
        case "outer":
            yield _rule(table, {"border": line})
        case "none":
            pass


def _cells_of(place: str) -> str:
    """Return all cells in a place. A list, for WeasyPrint tries rules that end in `:is()` on every element."""
    return ", ".join(f"{place} {cell}" for cell in ("td", "th", ".field"))


def _shade_rules(selector: str, background: str | None, colour: str | None) -> Iterator[str]:
    if background is not None:
        yield _rule(selector, {"background-color": background})
    if colour is not None:
        yield _rule(f"{selector} p", {"color": colour})


def _panel_rules(look: StyleSheet) -> Iterator[str]:
    for role, style in look.panels.items():
        space = {"margin-top": _pt(style.space_before), "margin-bottom": _pt(style.space_after)}
        box = {"padding": _mm(style.padding)}
        if style.background is not None:
            box["background-color"] = style.background
        if style.rule_width:
            box["border-left"] = f"{_pt(style.rule_width)} solid {style.rule_colour or 'currentcolor'}"
        yield _rule(f".{class_name('panel', role)}", space | box)


def _contents_rules(look: StyleSheet) -> Iterator[str]:
    """Yield rules by which numbers hang as far as the role says; without one, text begins there.

    As margins, for WeasyPrint does not reckon with an indent when it fills a line with dots.
    """
    for role in (role for role in look.styles if re.fullmatch(r"contents-\d", role)):
        style, selector = look.resolved(role), f".{class_name('role', role)}"
        indent, hanging = style.get("indent", 0), style.get("hanging", 0)
        yield _rule(selector, {"text-indent": "0"})
        yield _rule(f"{selector}.unnumbered", {"margin-left": _mm(indent - hanging)})
        number = {"margin-left": _mm(-hanging), "min-width": _mm(hanging)}
        yield _rule(f"{selector} > .number", number)


def _faces(face: str) -> str:
    *named, generic = similar_faces(face)
    escaped = (re.sub(r'["\\<\n]', lambda found: f"\\{ord(found[0]):x} ", name) for name in named)
    return ", ".join([*(f'"{name}"' for name in escaped), generic])


def _rule(selector: str, declarations: Mapping[str, str]) -> str:
    return f"{selector} {_block(declarations)}"


def _block(declarations: Mapping[str, str]) -> str:
    return "{ " + " ".join(f"{name}: {value};" for name, value in declarations.items()) + " }"


def _mm(length: float) -> str:
    return f"{length:g}mm" if length else "0"


def _pt(size: float) -> str:
    return f"{size:g}pt" if size else "0"


_Written = Mapping[str, tuple[str, Callable[[Any], str]]]
"""How what a look says is written, by its key: the property, and what makes its value."""
_TEXT: _Written = {
    "face": ("font-family", _faces),
    "size": ("font-size", _pt),
    "bold": ("font-weight", lambda bold: "bold" if bold else "normal"),
    "italic": ("font-style", lambda italic: "italic" if italic else "normal"),
    "line_height": ("line-height", "{:g}".format),
    "colour": ("color", str),
    "background": ("background-color", str),
}
_PARAGRAPH: _Written = {
    "align": ("text-align", lambda align: "center" if align == "centre" else str(align)),
    "space_before": ("margin-top", _pt),
    "space_after": ("margin-bottom", _pt),
    "indent": ("margin-left", _mm),
    "hanging": ("text-indent", lambda hanging: _mm(-hanging)),
}
_BREAKS = (
    ("keep_with_next", "break-after", "avoid"),
    ("keep_with_previous", "break-before", "avoid"),
    ("keep_together", "break-inside", "avoid"),
    ("page_break_before", "break-before", "page"),
)
