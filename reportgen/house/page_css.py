"""A house's `page.css`: refused where it would fetch something, end the page's style, or nest without end.

The PDF writer fetches nothing in any case; but an HTML paper is opened in browsers, which do as the style says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reportgen.diagnostics import Location, Problems

MAX_DEPTH = 20
"""Of brackets in brackets; readers of CSS call themselves for each."""

MAX_REPORTED = 10
"""Errors reported of one kind."""

_ESCAPE = re.compile(r"\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n])")
"""CSS Syntax Module Level 3, 4.3.7: "u\\72l(" is "url("."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_FETCHES = re.compile(
    r"@import\b|@namespace\b|@font-face\b|\b(?:url|src|image|image-set|element|paint)\(", re.IGNORECASE
)
_INLINE = re.compile(r"""url\(\s*["']?data:image/(?:png|jpeg);base64,""", re.IGNORECASE)
_MARKUP = re.compile(r"<[/!?]|]]>")


def check_stylesheet(path: str, css: str, problems: Problems) -> None:
    """Report what a style may not say, each at its place in the file."""
    plain, origins = _without_escapes(_COMMENT.sub(_blank, css))

    def refuse(offset: int, message: str, hint: str) -> None:
        typed = origins[offset]
        place = Location(path, css.count("\n", 0, typed) + 1, typed - css.rfind("\n", 0, typed))
        problems.error("RG071", place, message, hint)

    for found in islice(
        (one for one in _FETCHES.finditer(plain) if not _INLINE.match(plain, one.start())), MAX_REPORTED
    ):
        message = f"'{found.group()}' would fetch something from outside; page.css may use nothing but itself"
        hint = "delete it; a picture may stand in it as url(data:image/png;base64,…), a face must be installed"
        refuse(found.start(), message, hint)
    for found in islice(_MARKUP.finditer(plain), MAX_REPORTED):
        message = f"'{found.group()}' stands here, which would end the style and begin something else"
        refuse(found.start(), message, "delete it: page.css holds nothing but CSS")
    for too_deep in islice(_too_deep(plain), 1):
        refuse(too_deep, f"brackets stand in one another more than {MAX_DEPTH} deep here", "close each '{' with '}'")


def _without_escapes(css: str) -> tuple[str, list[int]]:
    """Return the CSS with its escapes resolved, and the original offset of each character."""
    parts, origins, end = [], [], 0
    for found in _ESCAPE.finditer(css):
        parts += [css[end : found.start()], _unescaped(found.group()[1:].strip())]
        origins += [*range(end, found.start()), found.start()]
        end = found.end()
    return "".join([*parts, css[end:]]), [*origins, *range(end, len(css))]


def _too_deep(css: str) -> Iterator[int]:
    depth = 0
    for found in re.finditer(r"[{(\[]|[})\]]", css):
        depth = depth + 1 if found.group() in "{([" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            yield found.start()


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _unescaped(code: str) -> str:
    """Return the character that an escape stands for."""
    if not re.fullmatch(r"[0-9a-fA-F]+", code):
        return code or " "
    number = int(code, 16)
    return chr(number) if number < 0x110000 else "\ufffd"
