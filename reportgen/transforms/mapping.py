"""A walk through a document that gives every block and inline, in reading order, to a function that may change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from reportgen import document as nodes

HELD: Mapping[type, tuple[str, ...]] = {
    nodes.Document: ("front", "body", "appendices"),
    nodes.Section: ("heading", "children"),
    nodes.Panel: ("children",),
    nodes.Paragraph: ("content",),
    nodes.List: ("items",),
    nodes.ListItem: ("content",),
    nodes.Table: ("caption", "columns", "groups"),
    nodes.Column: ("header",),
    nodes.RowGroup: ("heading", "rows"),
    nodes.Row: ("cells",),
    nodes.Cell: ("content",),
    nodes.FieldList: ("rows",),
    nodes.Field: ("label", "value"),
    nodes.Figure: ("caption",),
    nodes.Contents: ("heading",),
    nodes.Span: ("content",),
    nodes.Footnote: ("content",),
}
"""Fields that hold blocks and inlines, in reading order. Headers and footers of the pages are no part of the text."""
_INLINES = get_args(nodes.Inline)
_BLOCKS = get_args(nodes.Block)


def map_nodes(
    document: nodes.Document,
    change_block: Callable[[nodes.Block], nodes.Block] = lambda block: block,
    change_inline: Callable[[nodes.Inline], nodes.Inline] = lambda inline: inline,
) -> nodes.Document:
    """Return the document with each block and inline as the functions return it, those around others first.

    A function changes what it is given but not what that holds, which it is given later. What it makes of a section
    must be a section.
    """

    def mapped(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(mapped, value))
        if isinstance(value, _INLINES):
            value = change_inline(value)
        elif isinstance(value, _BLOCKS):
            value = change_block(value)
        held = HELD.get(type(value))
        return replace(value, **{name: mapped(getattr(value, name)) for name in held}) if held else value

    changed: nodes.Document = mapped(document)
    return changed
