"""What a look says → properties of paragraphs and of runs of text.

A look's properties come as a mapping, as `Look.resolved` gives them. `own` are those to be
written; `resolved` are those in force, for what depends on several of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.writers.docx.elements import (
    Element,
    border,
    half_points,
    hexadecimal,
    indent,
    shading,
    switch,
    twentieths,
    w,
)

Look = Mapping[str, Any]

TOGGLES = ("bold", "italic")
"""Word turns these off where both the paragraph's style and the run's style turn them on (ISO/IEC 29500-1, 17.7.3)."""
TEXT_KEYS = frozenset({"face", "size", "bold", "italic", "colour"})
_LINE_KEYS = ("line_height", "size")
_RULE_KEYS = ("rule_above", "rule_below", "rule_colour", "rule_gap")
_ALIGNMENTS = {"left": "left", "centre": "center", "right": "right"}
_INK = "#000000"


def text_properties(own: Look) -> list[Element]:
    """Properties of characters. Each is said twice where Word keeps right-to-left text apart."""
    found: list[Element] = []
    if "face" in own:
        found.append(w("rFonts", ascii=own["face"], hAnsi=own["face"], eastAsia=own["face"], cs=own["face"]))
    for key, names in (("bold", ("b", "bCs")), ("italic", ("i", "iCs"))):
        if key in own:
            found.extend(switch(name, own[key]) for name in names)
    if "colour" in own:
        found.append(w("color", val=hexadecimal(own["colour"])))
    if "size" in own:
        found.extend(w(name, val=half_points(own["size"])) for name in ("sz", "szCs"))
    return found


def run_properties(own: Look) -> list[Element]:
    """Properties of a run of text; its background is its own, not the paragraph's."""
    background = [shading(own["background"])] if "background" in own else []
    return [*text_properties(own), *background]


def paragraph_properties(own: Look, resolved: Look) -> list[Element]:
    """Properties of paragraphs: their place, the space and the lines around them, and page breaks."""
    found = [
        switch(name, own[key])
        for key, name in (
            ("keep_with_next", "keepNext"),
            ("keep_together", "keepLines"),
            ("page_break_before", "pageBreakBefore"),
        )
        if key in own
    ]
    if any(key in own for key in _RULE_KEYS):
        found.append(_rules(resolved))
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


def _rules(resolved: Look) -> Element:
    colour = resolved.get("rule_colour", resolved.get("colour", _INK))
    sides = (("top", "rule_above"), ("bottom", "rule_below"))
    return w(
        "pBdr",
        *(border(side, resolved[key], colour, resolved.get("rule_gap", 0)) for side, key in sides if resolved.get(key)),
    )


def _space(own: Look, resolved: Look) -> dict[str, str | int]:
    """Space above, below and between lines; in points, as Word's multiples are of the face's line, not of its size."""
    space: dict[str, str | int] = {}
    for key, name in (("space_before", "before"), ("space_after", "after")):
        if key in own:
            space[name] = twentieths(own[key])
    if any(key in own for key in _LINE_KEYS) and all(key in resolved for key in _LINE_KEYS):
        space |= {"line": twentieths(resolved["size"] * resolved["line_height"]), "lineRule": "atLeast"}
    return space
