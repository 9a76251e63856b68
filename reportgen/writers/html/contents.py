"""The list of contents → HTML: lists within lists, as deep as the sections; on pages, CSS adds the dots and numbers."""

from __future__ import annotations

import html
from collections.abc import Sequence

from reportgen.document import Contents, ContentsEntry
from reportgen.writers.css import class_name
from reportgen.writers.html.elements import element, render_inlines, render_sign
from reportgen.writers.html.place import Place

_DEEPEST_STYLED_ENTRY = 3
_DEEPEST_HTML_HEADING = 6


def render_contents(contents: Contents, place: Place) -> str:
    """The heading, and a link for each section."""
    level = min(place.heading, _DEEPEST_HTML_HEADING)
    heading = render_inlines(contents.heading, place.medium)
    above = heading and element(f"h{level}", heading, class_name("role", "contents-heading"))
    return element("nav", above + _render_entries(contents.entries), "contents", role="doc-toc")


def _render_entries(entries: Sequence[ContentsEntry]) -> str:
    """A list of the entries; those that are deeper than one before them stand in a list of their own below it."""
    if not entries:
        return ""
    level = min(entry.level for entry in entries)
    begins = [place for place, entry in enumerate(entries) if entry.level == level]
    ends = [*begins[1:], len(entries)]
    items = [
        element("li", _render_line(entries[begin]) + _render_entries(entries[begin + 1 : end]))
        for begin, end in zip(begins, ends, strict=True)
    ]
    # Sections before the first of this level, if a paper begins with deeper ones, stand in the same list.
    before = [element("li", _render_line(entry)) for entry in entries[: begins[0]]]
    return element("ol", "".join([*before, *items]))


def _render_line(entry: ContentsEntry) -> str:
    sign = render_sign(entry.number) if entry.number else ""
    link = element("a", html.escape(entry.text, quote=False), "reference", href=f"#{entry.target}")
    role = class_name("role", f"contents-{min(entry.level, _DEEPEST_STYLED_ENTRY)}")
    return element("p", sign + link, role, "" if sign else "unnumbered")
