"""The one Jinja environment: sandboxed, escaping, strict about what is undefined.

Templates are written by whoever keeps a house; expressions stand in authors' YAML. Both see
the model's fields and the methods that records name in `template_names`, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.environment import TemplateExpression, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.diagnostics import nearest
from reportgen.house import TemplateText
from reportgen.model.base import Record

MAX_REPEAT = 10_000
"""The largest text or list that `*` may make; "a" * 10**9 would fill the memory."""


MAX_EXPRESSIONS = 5_000
"""How many compiled expressions of authors' texts are kept."""
_EXPRESSIONS: dict[str, CodeType] = {}

_FILTERS = (
    "abs", "first", "groupby", "int", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "reverse", "round", "select", "selectattr", "sort", "sum", "trim", "unique", "upper",
)  # fmt: skip
"""Of Jinja's own: those that only choose and count. Others pad without bound, use chance, or make markup of text."""
_TEXT_METHODS = frozenset({"startswith", "endswith", "lower", "upper", "strip"})


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """Lets templates read records, call the methods that these expose, and do arithmetic within bounds."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields and exposed names of records; of other values what the sandbox allows, save text formatting."""
        if isinstance(obj, Record):
            return attr in _names_of(obj)
        if isinstance(obj, str):
            return attr in _TEXT_METHODS
        return super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the sandbox does, with a hint when a record has no such name."""
        if isinstance(obj, Record) and attribute not in _names_of(obj):
            return self._unknown(obj, attribute, _names_of(obj))
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]  # before the mapping's own methods: a figure may be called "items"
        found = super().getattr(obj, attribute)
        if isinstance(found, Undefined) and isinstance(obj, Mapping | TemplateModule):
            return self._unknown(obj, attribute, obj if isinstance(obj, Mapping) else _macros_of(obj))
        return found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As the sandbox does, with a hint when a mapping has no such key."""
        if isinstance(obj, Mapping) and isinstance(argument, str) and argument not in obj:
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def _unknown(self, obj: Any, name: str, known: Iterable[str]) -> Undefined:
        return self.undefined(f"there is no '{name}' here; {nearest(name, sorted(known))}", obj=obj, name=name)

    def compile_expression(self, source: str, undefined_to_none: bool = True) -> TemplateExpression:
        """As Jinja does, but an expression that many papers have is compiled once."""
        code = _EXPRESSIONS.get(source)
        if code is None:
            code = _EXPRESSIONS[source] = self._code_of(source)
            if len(_EXPRESSIONS) > MAX_EXPRESSIONS:
                del _EXPRESSIONS[next(iter(_EXPRESSIONS))]
        template = self.template_class.from_code(self, code, self.make_globals(None))
        return TemplateExpression(template, undefined_to_none)

    def _code_of(self, source: str) -> CodeType:
        parser = Parser(self, source, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno, None, None)
        expression.set_environment(self)
        result = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
        return self.compile(nodes.Template([result], lineno=1))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiplication and powers, refused where they would grow without bound."""
        if operator == "**":
            raise SecurityError("powers ('**') are not allowed here; multiply instead")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("'%' takes numbers only; join texts with '~'")
        for one, other in ((left, right), (right, left)):
            if isinstance(one, str | list | tuple) and isinstance(other, int) and len(one) * other > MAX_REPEAT:
                raise SecurityError(
                    f"'*' would make more than {MAX_REPEAT:,} characters or items; take a smaller number"
                )
        return super().call_binop(context, operator, left, right)


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str) -> Any:
    """Jinja's filter, bounded."""
    if text.count(old) * len(new) > MAX_REPEAT:
        raise SecurityError(f"'replace' would make more than {MAX_REPEAT:,} characters; take a shorter text")
    return FILTERS["replace"](context, text, old, new)


@pass_eval_context
def _join(context: EvalContext, items: Iterable[Any], separator: str = "") -> Any:
    """Jinja's filter, bounded."""
    found = list(items)
    if not all(isinstance(item, str | int | float) for item in found):
        raise ValueError("'join' takes a list of texts; choose what to join: …|map(attribute='title')|join(', ')")
    if sum(len(str(item)) + len(separator) for item in found) > MAX_REPEAT:
        raise SecurityError(f"'join' would make more than {MAX_REPEAT:,} characters; take a shorter list")
    return FILTERS["join"](context, found, separator)


def _macros_of(module: TemplateModule) -> list[str]:
    return [name for name in vars(module) if not name.startswith("_")]


def _names_of(record: Record) -> frozenset[str]:
    return _names_of_kind(type(record))


@cache
def _names_of_kind(kind: type[Record]) -> frozenset[str]:
    return frozenset(kind.model_fields) | kind.template_names


class _Loader(BaseLoader):
    """Templates that the house has already read; nothing is loaded from disk while rendering."""

    def __init__(self, templates: Mapping[str, TemplateText]) -> None:
        self.templates = templates

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002  the form is Jinja's
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template not in self.templates:
            raise TemplateNotFound(template, f"there is no template '{template}'; {nearest(template, self.templates)}")
        found = self.templates[template]
        return found.text, found.path, None


class _Compiled(BytecodeCache):
    """What templates compile to, kept while the program runs: compiling takes most of the time of making a tree."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self.kept.get(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)  # taken only if the source is the same

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def compiled_templates() -> Mapping[str, bytes]:
    """What has been compiled, for another run of the same program, which gives it to `take_compiled`."""
    return dict(_COMPILED.kept)


def take_compiled(kept: Mapping[str, bytes]) -> None:
    """Spares the compiling of templates that have not changed since."""
    _COMPILED.kept.update(kept)


class PlaceMarks(Extension):
    """Gives every element written in a template an attribute with its file, line and column.

    So a mistake that shows only in the rendered markup is reported where it was written.
    """

    _jinja = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
    _tag = re.compile(r"<[A-Za-z][\w:.-]*(?=[\s/>]|$)")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with the marks; its lines stay where they are."""
        # A folder may have any name, but in the attribute it is markup, and Jinja's.
        path = escape(filename or name or "template").replace("{", "&#123;")
        parts = []
        offset = 0
        for number, part in enumerate(self._jinja.split(source)):
            parts.append(part if number % 2 else self._mark(part, source, offset, path))
            offset += len(part)
        return "".join(parts)

    def _mark(self, part: str, source: str, offset: int, path: str) -> str:
        def mark(match: re.Match[str]) -> str:
            start = offset + match.start()
            line = source.count("\n", 0, start) + 1
            column = start - source.rfind("\n", 0, start)
            return f'{match.group()} at="{line}:{column}:{path}"'

        return self._tag.sub(mark, part)


def make_environment(
    templates: Mapping[str, TemplateText],
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
    finalize: Callable[[Any], Any],
) -> ReportEnvironment:
    """An environment with the house's templates, filters and names; `finalize` sees each value before it is printed."""
    environment = ReportEnvironment(
        loader=_Loader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[PlaceMarks, "jinja2.ext.do"],
        bytecode_cache=_COMPILED,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return _restricted(environment, filters, functions)


def make_expression_environment(
    filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
) -> ReportEnvironment:
    """An environment for expressions in authors' texts, which see no templates."""
    return _restricted(ReportEnvironment(undefined=StrictUndefined, autoescape=True), filters, functions)


def _restricted(
    environment: ReportEnvironment, filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
) -> ReportEnvironment:
    for name in ("range", "cycler", "joiner", "lipsum"):
        environment.globals.pop(name, None)
    environment.filters = {name: FILTERS[name] for name in _FILTERS} | {"replace": _replace, "join": _join, **filters}
    environment.globals.update(functions)
    return environment
