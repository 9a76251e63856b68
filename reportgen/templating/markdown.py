"""The Markdown that authors write: what of it is read, and what its parser gives for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

LEFT_OVER = (
    (re.compile(r"\[\^[^\]\[]*\](?!:)"), "there is no note '{mark}'",
     r"write what it says in a paragraph of its own: '{mark}: …', or \[ for the sign itself"),
    (re.compile(r"\{%|%\}"), "'{mark}' has no meaning in a text",
     r"only {{ expressions }} are worked out; write \{mark} for the sign itself"),
    (re.compile(r"\}\}"), "'}}' closes nothing",
     r"open the expression with '{{', or write \}} for the signs themselves"),
    (re.compile(r"\{#[\w.-]+\}"), "'{mark}' has no meaning here",
     r"the name of a paragraph stands at its end; write \{# for the signs themselves"),
    (re.compile(r"\{#[^{\n]*#\}"), "'{#' does not begin a comment here; it would be printed",
     r"delete it, or write \{# for the signs themselves"),
    (re.compile(r"\*\*(?=\w)|(?<=\w)\*\*"), "'**' is opened or closed here without the other",
     r"put '**' before and after the strong words, or write \*\* for the signs themselves"),
)  # fmt: skip
"""Signs that would be printed as typed though their author meant something: (sign, message, hint)."""


def _make_parser() -> MarkdownIt:
    # What is left out stays as typed: no text may vanish into HTML, code, definitions or rules.
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).use(footnote_plugin)
    parser.enable("table")
    # What markdown-it refuses stays as typed; we want to say why it cannot stand.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  the form is markdown-it's
    # text_join would hide which signs were written with a backslash.
    return parser.disable([
        "html_block", "html_inline", "image", "hr", "heading", "lheading", "code", "fence", "blockquote", "reference",
        "backticks", "entity", "text_join",
    ])  # fmt: skip


PARSER = _make_parser()


def parse_markdown(text: str) -> tuple[list[Token], Mapping[int, Sequence[Token]], Sequence[str]]:
    """The text as tokens; what its notes say, by their number in it; the names of notes that nothing refers to.

    Notes referred to twice or of several paragraphs are given as they are: it is for the caller to refuse them.
    """
    found: dict[str, Any] = {}
    tokens = PARSER.parse(text, found)
    refs = found.get("footnotes", {}).get("refs", {})
    unused = [name.removeprefix(":") for name, number in refs.items() if number < 0]
    begin = next((place for place, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes: dict[int, Sequence[Token]] = {}
    place = begin + 1
    while place < len(tokens) - 1:
        end = closing(tokens, place)
        inside = tokens[place + 1 : end]  # with marks for links back, which the writers make for themselves
        notes[tokens[place].meta["id"]] = [token for token in inside if token.type != "footnote_anchor"]
        place = end + 1
    return tokens[:begin], notes, unused


def line_of(token: Token) -> int:
    """The line on which a token begins, from 0; the first for what stands within a line."""
    return token.map[0] if token.map else 0


def closing(tokens: Sequence[Token], position: int) -> int:
    """The position of the token that closes the one at `position`."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise AssertionError("the Markdown parser left a token open")
