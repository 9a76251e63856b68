"""The small parts of the HTML: elements, and `Inlines` in paragraphs of one line."""

from __future__ import annotations

import html
from typing import assert_never

from reportgen.tree import CrossReference, Inline, Inlines, LineBreak, Link, PageCount, PageNumber, Span, Text
from reportgen.writers.css import class_name

_VOID = frozenset({"br", "col", "img", "meta"})
_WORDS_WITH_MEANING = {"strong": "strong", "emphasis": "em"}


def element(tag: str, content: str = "", /, *classes: str, **attributes: str) -> str:
    """An element; `content` is HTML already. Empty classes and attributes are left out."""
    named = {"class": " ".join(filter(None, classes)), **attributes}
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in named.items() if value)
    return f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{content}</{tag}>"


def render_line(content: Inlines, role: str) -> str:
    """A paragraph of a role."""
    return element("p", render_inlines(content), class_name("role", role))


def render_sign(text: str) -> str:
    """A number, or the sign of a bulleted list. The space keeps it apart from the text where that is read out."""
    return element("span", html.escape(text) + " ", "number")


def render_inlines(content: Inlines) -> str:
    """The words of a paragraph, with everything that stands among them."""
    return "".join(map(_render_inline, content))


def _render_inline(inline: Inline) -> str:
    match inline:
        case Text():
            return html.escape(inline.text, quote=False)
        case Span():
            tag = _WORDS_WITH_MEANING.get(inline.role, "span")
            return element(tag, render_inlines(inline.content), class_name("role", inline.role))
        case Link():
            return element("a", html.escape(inline.text, quote=False), class_name("role", "link"), href=inline.href)
        case CrossReference():
            return element("a", html.escape(inline.text, quote=False), "reference", href=f"#{inline.target}")
        case LineBreak():
            return element("br")
        case PageNumber():
            return element("span", "", "page-number")
        case PageCount():
            return element("span", "", "page-count")
        case _:
            assert_never(inline)
