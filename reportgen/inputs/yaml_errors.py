"""Explain the syntax errors of a YAML file to the person who typed it.

libyaml says which of its rules was broken and where it noticed, which is often a line too late. Its messages and
places are turned into what an author can find and correct.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from reportgen.diagnostics import shortened

_QUOTE_IT = "put the text in quotes"
_ON_ITS_OWN_LINES = "a text that holds ': ' must stand in quotes, or on its own lines after '|'"
_KEY_LINE = re.compile(r"^[ ]*(?:- +)?(?P<key>[\w-]+):")
_COMMENT = re.compile(r"\s+(#[^\s#!])")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A syntax error, explained. Line and column count from 0."""

    line: int
    column: int
    message: str
    hint: str


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> SyntaxProblem:
    """Explain in an author's terms what libyaml could not parse in the file with these lines."""
    return _Explainer(error, lines).explain()


def comment_in_text(line: str, column: int) -> SyntaxProblem | None:
    """Explain a '#' that ends the plain text before `column`, though it looks like a part of it ("No #5")."""
    found = _COMMENT.match(line, column)
    if found is None:
        return None
    hint = "put the text in quotes if '#' belongs to it; if it is a comment, write a space after '#'"
    return SyntaxProblem(0, found.start(1), "the text ends before this '#', which begins a comment", hint)


def item_in_text(line: str) -> SyntaxProblem | None:
    """Explain a line that continues a plain text, though it looks like an item of a list."""
    text = line.lstrip()
    if not text.startswith("- "):
        return None
    message = "this '-' begins no new item, as the line is indented further than the text above"
    hint = "begin it in the same column as the '-' of the items above, or put the text after '|' if it holds a list"
    return SyntaxProblem(0, len(line) - len(text), message, hint)


class _Explainer:
    def __init__(self, error: yaml.MarkedYAMLError, lines: Sequence[str]) -> None:
        self.problem = error.problem or ""
        self.context = error.context or ""
        noticed = error.problem_mark or error.context_mark
        began = error.context_mark or noticed
        self.noticed = (noticed.line, noticed.column) if noticed else (0, 0)
        self.began = (began.line, began.column) if began else (0, 0)
        self.lines = lines
        self.line = self._line(self.noticed[0])
        self.before = self.line[: self.noticed[1]]

    def explain(self) -> SyntaxProblem:
        if "\t" in self.line[: len(self.line) - len(self.line.lstrip())]:
            message = "a tab stands at the beginning of this line; spaces were expected"
            hint = "indent with spaces, as many as the lines beside it have"
            return SyntaxProblem(self.noticed[0], self.line.index("\t"), message, hint)
        if "quoted scalar" in self.context:
            return self._in_quotes()
        if "flow" in self.context:
            return self._in_brackets()
        return self._by_problem()

    def _by_problem(self) -> SyntaxProblem:
        match self.problem:
            case "found character that cannot start any token" | "did not find expected node content":
                return self._cannot_begin(self.noticed)
            case "did not find expected alphabetic or numeric character":
                return self._cannot_begin(self.began)
            case "mapping keys are not allowed in this context":
                return self._cannot_begin(self.noticed)
            case "mapping values are not allowed in this context":
                return self._colon()
            case "could not find expected ':'":
                return self._no_key()
            case "block sequence entries are not allowed in this context":
                hint = "begin each item on a line of its own with '-' and a space; put a text that begins so in quotes"
                return SyntaxProblem(*self.noticed, "a list begins on the line of its key", hint)
            case "did not find expected comment or line break":
                sign = self._sign(self.began)
                hint = f"begin it on the next line, indented; put a text that begins with '{sign}' itself in quotes"
                return SyntaxProblem(*self.began, f"a text stands on the same line as its '{sign}'", hint)
            case (
                "did not find expected key"
                | "did not find expected '-' indicator"
                | "did not find expected <document start>"
            ):
                return self._out_of_place()
        return self._unexplained()

    def _in_quotes(self) -> SyntaxProblem:
        if self.problem in ("found unexpected end of stream", "found unexpected document indicator"):
            sign = self._sign(self.began)
            inside = "''" if sign == "'" else '\\"'
            hint = f"close the text with {sign}; where {sign} belongs to the text, write {inside}"
            return SyntaxProblem(*self.began, f"the quotation mark {sign} is opened here and not closed", hint)
        backslash = self.line.rfind("\\", 0, self.noticed[1] + 1)
        if backslash < 0:
            return self._unexplained()
        message = f"'{self.line[backslash : backslash + 2]}' has no meaning in a text in double quotes"
        hint = "write '\\\\' for a backslash, or put the text in single quotes"
        return SyntaxProblem(self.noticed[0], backslash, message, hint)

    def _in_brackets(self) -> SyntaxProblem:
        comment = self._comment_in_brackets()
        if comment:
            hint = "put the text in quotes if '#' belongs to it"
            return SyntaxProblem(*comment, "the line ends before this '#', which begins a comment", hint)
        if "node content" in self.problem:
            return self._cannot_begin(self.noticed)
        sign = self._sign(self.began)
        closing = "]" if sign == "[" else "}"
        if self.noticed[0] > self.began[0]:
            hint = f"close it with '{closing}'; a text that begins with '{sign}' must stand in quotes"
            return SyntaxProblem(*self.began, f"the bracket '{sign}' is opened here and not closed", hint)
        hint = "put commas between the items, and quotes around a text that holds brackets, commas or ': '"
        return SyntaxProblem(*self.noticed, f"',' or '{closing}' was expected here", hint)

    def _comment_in_brackets(self) -> tuple[int, int] | None:
        """Return the place of a '#' that hides the rest of a line within brackets."""
        for number in range(self.noticed[0], -1, -1):
            comment = _COMMENT.search(self._line(number))
            before = self._line(number)[: comment.start(1)] if comment else ""
            if comment and sum(before.count(sign) for sign in "[{") > sum(before.count(sign) for sign in "]}"):
                return number, comment.start(1)
        return None

    def _cannot_begin(self, place: tuple[int, int]) -> SyntaxProblem:
        sign = self._sign(place)
        return SyntaxProblem(*place, f"a text cannot begin with '{sign}'", _QUOTE_IT) if sign else self._unexplained()

    def _colon(self) -> SyntaxProblem:
        line, _ = self.noticed
        if re.search(r":\s", self.before) or not re.fullmatch(r"[ ]*[\w-]+[ ]*", self.before):
            return SyntaxProblem(
                *self.noticed, "': ' stands inside this text, so that it reads as a key", _ON_ITS_OWN_LINES
            )
        above = self._line_above(line)
        broken = _KEY_LINE.match(self._line(above))
        if broken and self._line(above)[broken.end() :][:1].strip():
            key = broken["key"]
            return SyntaxProblem(above, broken.end(), f"a space is missing after '{key}:'", f"write '{key}: …'")
        start = len(self.before) - len(self.before.lstrip())
        message = "this line is indented further than the key above it, which has its text already"
        hint = "begin it in the same column as that key; a text of several lines stands indented after '|'"
        return SyntaxProblem(line, start, message, hint)

    def _no_key(self) -> SyntaxProblem:
        shown = shortened(self._line(self.began[0])[self.began[1] :].strip())
        hint = "a key ends with ':'; the lines of a text are indented under their key"
        return SyntaxProblem(*self.began, f"'{shown}' stands where a key was expected", hint)

    def _out_of_place(self) -> SyntaxProblem:
        earlier = self.before.rstrip()
        if not earlier:
            hint = "begin it in the same column as the lines that it belongs with"
            return SyntaxProblem(*self.noticed, "the indentation of this line does not fit the lines above it", hint)
        if earlier[-1] in "'\"":
            hint = "put the whole text in the other kind of quotes, or on its own lines after '|'"
            return SyntaxProblem(*self.noticed, "the text goes on after its closing quotation mark", hint)
        if self._sign(self.noticed) in ("]", "}"):
            hint = "delete it, or put the text in quotes"
            return SyntaxProblem(*self.noticed, "a bracket is closed here that was not opened", hint)
        bracket = re.search(r"(?:^|[-:])\s+([\[{*&])", self.before)
        if bracket:
            return self._cannot_begin((self.noticed[0], bracket.start(1)))
        return self._unexplained()

    def _unexplained(self) -> SyntaxProblem:
        hint = "compare both with a file that works; quotes around the text often help"
        return SyntaxProblem(*self.noticed, "this line, or the one above it, cannot be understood", hint)

    def _line_above(self, number: int) -> int:
        """Return the number of the nearest line above that is neither empty nor a comment."""
        for above in range(number - 1, -1, -1):
            text = self._line(above).strip()
            if text and not text.startswith("#"):
                return above
        return 0

    def _line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def _sign(self, place: tuple[int, int]) -> str:
        return self._line(place[0])[place[1] :][:1]
