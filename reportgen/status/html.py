"""The small parts of a page: elements, in which all text is escaped. What is markup already has a type of its own."""

from __future__ import annotations

import html
import re

_VOID = frozenset({"meta", "br"})
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""What may not stand in an HTML document (HTML Living Standard, 13.1.4); half pairs cannot even be written."""


class Html(str):
    """Markup: it is put into an element as it is. Any other text is escaped first."""

    __slots__ = ()


def element(tag: str, /, *content: str, **attributes: str) -> Html:
    """An element. Empty attributes are left out; `class_` is the class; "_" in the name of another stands for "-"."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value}
    written = "".join(f' {name}="{_escaped(value, quote=True)}"' for name, value in named.items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{joined(*content)}</{tag}>")


def joined(*content: str) -> Html:
    """Texts and elements, one after the other."""
    return Html("".join(part if isinstance(part, Html) else _escaped(part) for part in content))


def _escaped(text: str, quote: bool = False) -> str:
    return html.escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text), quote=quote)
