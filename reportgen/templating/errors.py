"""Put what Jinja and Python say about a failed expression or template into words that its author can act on.

Both functions give (message, hint, word); the word is what the failure is about, so that its
column can be found in a template's line, for which Jinja knows only the number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from reportgen.diagnostics import nearest
from reportgen.templating.limits import OverLimit

STATEMENTS = ("block", "do", "extends", "for", "if", "import", "include", "macro", "set")
_EXPRESSION_HINT = "an expression is a name, such as inspection.findings, with filters after '|'"
_OFFERED = "take what the report, the inspection and the plan offer"
_CURLY_QUOTES = "“”„‘’‚"


class TemplateFailure(NamedTuple):
    """Why something failed; `word` is the name or sign that it failed on, if there is one."""

    message: str
    hint: str
    word: str = ""


def explain_syntax(error: TemplateSyntaxError, filters: Iterable[str], tests: Iterable[str]) -> TemplateFailure:
    """Why an expression or a template cannot be read."""
    said = error.message or ""
    if found := re.search(r"No (filter|test) named '(.*?)'", said):
        kind, name = found.groups()
        known = sorted(filters if kind == "filter" else tests)
        return TemplateFailure(f"there is no {kind} '{name}'", nearest(name, known), name)
    if found := re.search(r"unknown tag '(\w+)'", said):
        return _unknown_statement(found.group(1), said)
    if found := re.search(r"innermost block that needs to be closed is '(\w+)'", said):
        return TemplateFailure(
            f"'{{% {found.group(1)} … %}}' is opened and not closed", f"close it with {{% end{found.group(1)} %}}"
        )
    if found := re.search(r"block '(\w+)' defined twice", said):
        return TemplateFailure(f"there are two blocks '{found.group(1)}'", "keep one of them", found.group(1))
    if found := re.search(r"unexpected char '?(\S)'? at", said):
        sign = found.group(1)
        hint = "use straight quotation marks: '…'" if sign in _CURLY_QUOTES else "a text stands in quotes: '…'"
        return TemplateFailure(f"the sign {sign} cannot stand here", hint, sign)
    if "end of template" in said.casefold() or "end of print statement" in said.partition("got")[2]:
        return TemplateFailure("it ends too early", "is a bracket or a quotation mark not closed?")
    if "chunk after expression" in said:
        return TemplateFailure(
            "there is more here than one value", "put a filter ('|'), an operator or quotes between the words"
        )
    if found := re.search(r"(?:unexpected|got) '(.+?)'", said):
        return TemplateFailure(f"'{found.group(1)}' was not expected here", _EXPRESSION_HINT, found.group(1))
    return TemplateFailure("it cannot be understood", _EXPRESSION_HINT)


def _unknown_statement(name: str, said: str) -> TemplateFailure:
    inner = re.search(r"innermost block that needs to be closed is '(\w+)'", said)
    if name.startswith("end") and inner:
        opened = inner.group(1)
        message = f"'{{% {name} %}}' stands here, but '{{% {opened} … %}}' is not closed"
        return TemplateFailure(message, f"close it with {{% end{opened} %}} first", name)
    return TemplateFailure(f"there is no statement '{name}'", nearest(name, STATEMENTS), name)


def explain_failure(error: BaseException, names: Collection[str]) -> TemplateFailure:
    """Why an expression has no value, or a template no result. `names` are those it may begin with."""
    said = str(error)
    match error:
        case UndefinedError():
            return _explain_undefined(said, names)
        case SecurityError():
            if found := re.search(r"attribute '(\w+)'", said):
                return TemplateFailure(f"'{found.group(1)}' may not be used here", _OFFERED, found.group(1))
            message, _, hint = said.partition("; ")
            return TemplateFailure(message, hint or _OFFERED)
        case OverLimit() | MemoryError():
            message, _, hint = str(OverLimit()).partition("; ")
            return TemplateFailure(message, hint, "{")  # of the line's first statement
        case ZeroDivisionError():
            return TemplateFailure("it divides by zero", "check the figures below the line")
        case RecursionError():
            return TemplateFailure("it goes round in a circle", "a template must not extend, import or call itself")
        case TypeError():
            return _explain_call(said)
        case ValueError() | LookupError():  # among them our own, in words for authors: "what; hint"
            message, _, hint = said.partition("; ")
            return TemplateFailure(message, hint or "check the names and the figures it uses")
    if found := re.search(r"No (filter|test) named '(.*?)'", said):
        return TemplateFailure(f"there is no {found.group(1)} '{found.group(2)}'", "check its spelling", found.group(2))
    return TemplateFailure("something in it does not fit together", "check the names and the figures it uses")


def _explain_undefined(said: str, names: Collection[str]) -> TemplateFailure:
    if found := re.fullmatch(r"'(\w+)' is undefined", said):
        return TemplateFailure(
            f"there is no name '{found.group(1)}'", nearest(found.group(1), sorted(names)), found.group(1)
        )
    if found := re.match(r"there is no '(.*?)' here; (.*)", said):
        return TemplateFailure(f"there is no '{found.group(1)}' here", found.group(2), found.group(1))
    if found := re.search(r"has no (?:attribute|element) '?(.*?)'?$", said):
        return TemplateFailure(f"there is no '{found.group(1)}' here", "check the name before it", found.group(1))
    return TemplateFailure("a name in it stands for nothing", "check the names that it uses")


def _explain_call(said: str) -> TemplateFailure:
    if found := re.search(r"missing \d+ required .*?arguments?: '(\w+)'", said):
        return TemplateFailure(f"'{found.group(1)}' is missing in the brackets", "give it in the brackets")
    if found := re.search(r"unexpected keyword argument '(\w+)'", said):
        return TemplateFailure(
            f"'{found.group(1)}=' is not known in these brackets", "check its spelling", found.group(1)
        )
    if "were given" in said or "was given" in said:
        return TemplateFailure("there are too many values in the brackets", "take some out")
    if "not callable" in said:
        return TemplateFailure("something is used with brackets that takes none", "take the brackets away")
    return TemplateFailure(
        "a text, a number or a list stands where another of them is needed", "check what its parts stand for"
    )
