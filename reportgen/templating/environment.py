"""Make the Jinja environments: sandboxed, escaping, strict about what is undefined.

Templates are written by whoever keeps a house; expressions stand in authors' YAML. Both see the model's fields and the
methods that records name in `template_names`, and nothing else. No value grows beyond `MAX_ITEMS`; what goes on for too
long, or takes too much memory all the same, `limits` ends.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, wraps
from html import escape
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_environment,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateExpression, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.parser import Parser
from jinja2.runtime import markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from reportgen.diagnostics import nearest
from reportgen.house import TemplateText
from reportgen.model.base import Record
from reportgen.templating.limits import MAX_DIGITS, MAX_ITEMS, MAX_NUMBER, MAX_TEXT, OverLimit, items_in

MAX_EXPRESSIONS = 5_000
"""How many compiled expressions of authors' texts are kept."""
_EXPRESSIONS: dict[str, CodeType] = {}

_FILTERS = (
    "abs", "first", "groupby", "int", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "reverse", "round", "select", "selectattr", "sort", "sum", "trim", "unique", "upper",
)  # fmt: skip
"""Of Jinja's own: those that only choose and count. Others pad without bound, use chance, or make markup of text."""
_TEXT_METHODS = frozenset({"startswith", "endswith", "lower", "upper", "strip"})


class _CodeGenerator(CodeGenerator):
    """Jinja's, but what makes values of other values asks whether they grow too large."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  the names are Jinja's
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self._write_bounded(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self._write_bounded(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        self._write_bounded(super().visit_Tuple, node, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        self._write_bounded(super().visit_Name, node, frame)

    def _write_bounded(self, visit: Callable[[Any, Frame], None], node: Any, frame: Frame) -> None:
        collected = not isinstance(node, nodes.Name) or node.name in ("varargs", "kwargs")
        if not collected or getattr(node, "ctx", "load") != "load":
            visit(node, frame)
            return
        self.write("environment.bounded(")
        visit(node, frame)
        self.write(")")


class ReportEnvironment(ImmutableSandboxedEnvironment):
    """Lets templates read records, call the methods that these expose, and do arithmetic within bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = _CodeGenerator

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
            parser = Parser(self, source, state="variable")
            expression = parser.parse_expression()
            if not parser.stream.eos:
                raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno, None, None)
            expression.set_environment(self)
            result = nodes.Assign(nodes.Name("result", "store"), expression, lineno=1)
            code = _EXPRESSIONS[source] = self.compile(nodes.Template([result], lineno=1))
            if len(_EXPRESSIONS) > MAX_EXPRESSIONS:
                del _EXPRESSIONS[next(iter(_EXPRESSIONS))]
        template = self.template_class.from_code(self, code, self.make_globals(None))
        return TemplateExpression(template, undefined_to_none)

    def joined(self, values: tuple[Any, ...]) -> Any:
        """Join what stands around `~`, if it is text or numbers."""
        if any(isinstance(value, list | tuple | Mapping) for value in values):
            raise ValueError("'~' joins texts and numbers, and a list stands there; make a text of it first: |listing")
        return self.bounded(markup_join(values))

    def bounded(self, value: Any) -> Any:
        """Return a value, if its length is within `MAX_TEXT`, or the items in it and in those within `MAX_ITEMS`."""
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise OverLimit
        if items_in(value) > MAX_ITEMS:
            raise SecurityError(f"a list would have more than {MAX_ITEMS:,} items; take fewer")
        return value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums, products and powers, refused where they would grow without bound."""
        if operator == "**":
            raise SecurityError("powers ('**') are not allowed here; multiply instead")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("'%' takes numbers only; join texts with '~'")
        if operator == "+":
            return self.bounded(left + right)
        self._bound_product(left, right)
        return super().call_binop(context, operator, left, right)

    def _bound_product(self, left: Any, right: Any) -> None:
        for repeated, times in ((left, right), (right, left)):
            if isinstance(repeated, str | list | tuple) and isinstance(times, int):
                self.bounded(repeated)
                if max(len(repeated), items_in(repeated)) * times > MAX_ITEMS:
                    raise SecurityError(
                        f"'*' would make more than {MAX_ITEMS:,} characters or items; take a smaller number"
                    )
        if isinstance(left, int) and isinstance(right, int) and abs(left) * abs(right) > MAX_NUMBER:
            raise SecurityError("'*' would make a number of more than 100 digits; check the figures it uses")


class _Variables(Namespace):
    """Jinja's `namespace()`, which prints nothing of itself: namespaces in one another would print without end."""

    def __repr__(self) -> str:
        raise ValueError("it stands for several things; name one of them after a dot")


def _of_text(name: str) -> Callable[..., Any]:
    """Jinja's filter, for texts and numbers: it would make a text of a whole list."""
    wanted = FILTERS[name]

    @wraps(wanted)
    def checked(value: Any, *arguments: Any, **named: Any) -> Any:
        if isinstance(value, list | tuple | Mapping):
            raise ValueError(f"'{name}' takes a text; for each of a list, write …|map('{name}')")
        return wanted(value, *arguments, **named)

    return checked


def _int(value: Any, default: int = 0, base: int = 10) -> Any:
    """Jinja's filter, which takes what it cannot read for 0, and bounded."""
    if isinstance(value, str) and len(value) > MAX_DIGITS:
        raise SecurityError(f"'int' takes at most {MAX_DIGITS} digits; check what it stands after")
    return FILTERS["int"](value, default, base)


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    """Jinja's filter, bounded."""
    if not isinstance(precision, int) or abs(precision) > MAX_DIGITS:
        raise SecurityError(f"'round' takes at most {MAX_DIGITS} decimals; write for example …|round(1)")
    return FILTERS["round"](value, precision, method)


@pass_environment
def _sum(environment: Environment, items: Any, attribute: Any = None, start: Any = 0) -> Any:
    """Jinja's filter, for numbers: lists added up would double."""
    if not isinstance(start, int | float):
        raise ValueError("'sum' adds numbers up; to join lists, write them one after the other with '+'")
    return FILTERS["sum"](environment, items, attribute, start)


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str) -> Any:
    """Jinja's filter, for texts, and bounded."""
    if not all(isinstance(one, str) for one in (text, old, new)):
        raise ValueError("'replace' takes texts: …|replace('old', 'new')")
    if text.count(old) * len(new) > MAX_ITEMS:
        raise SecurityError(f"'replace' would make more than {MAX_ITEMS:,} characters; take a shorter text")
    return FILTERS["replace"](context, text, old, new)


@pass_eval_context
def _join(context: EvalContext, items: Iterable[Any], separator: str = "") -> Any:
    """Jinja's filter, bounded."""
    found = list(items)
    if not all(isinstance(item, str | int | float) for item in found):
        raise ValueError("'join' takes a list of texts; choose what to join: …|map(attribute='title')|join(', ')")
    if sum(len(str(item)) + len(separator) for item in found) > MAX_ITEMS:
        raise SecurityError(f"'join' would make more than {MAX_ITEMS:,} characters; take a shorter list")
    return FILTERS["join"](context, found, separator)


_BOUNDED: Mapping[str, Callable[..., Any]] = {
    **{name: _of_text(name) for name in ("lower", "trim", "upper")},
    "int": _int,
    "join": _join,
    "replace": _replace,
    "round": _round,
    "sum": _sum,
}


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


class _CompiledTemplates(BytecodeCache):
    """Keeps what templates compile to: while the program runs, and for later runs in the user's cache folder."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}
        """By a template's key and the checksum of its source."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))
        if bucket.code is None and (kept := _kept_templates()) is not None:
            with suppress(OSError):
                kept.load_bytecode(bucket)
            self._note(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._note(bucket)
        if (kept := _kept_templates()) is not None:
            with suppress(OSError):
                kept.dump_bytecode(bucket)

    def _note(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledTemplates()


def _kept_templates() -> FileSystemBytecodeCache | None:
    """Return the cache of an earlier run; None where its folder is not ours alone, since what it holds is run."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))  # noqa: PTH111  it may have no home
    folder = base / "reportgen" / f"templates-{_program()}"
    if not base.is_absolute() or not hasattr(os, "getuid"):
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = found.st_uid == os.getuid() and found.st_mode & 0o170_077 == 0o040_000
    return FileSystemBytecodeCache(str(folder)) if is_ours else None


@cache
def _program() -> str:
    """Stand for all that decides what a template compiles to, beside Python: Jinja, and this module."""
    found = hashlib.sha256(version("jinja2").encode() + Path(__file__).read_bytes())
    return found.hexdigest()[:16]


class PlaceMarks(Extension):
    """Gives every element written in a template an attribute with its file, line and column.

    So a mistake that shows only in the rendered markup is reported where it was written.
    """

    _tag = re.compile(r"<[A-Za-z][\w:.-]*(?=[\s/>]|$)")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with the marks; its lines stay where they are."""
        # A folder may have any name, but in the attribute it is markup, and Jinja's.
        path = escape(filename or name or "template").replace("{", "&#123;")
        lines = [0, *(match.end() for match in re.finditer("\n", source))]
        parts = []
        offset = 0
        for jinja, part in _told_apart(source):
            parts.append(part if jinja else self._mark(part, lines, offset, path))
            offset += len(part)
        return "".join(parts)

    def _mark(self, part: str, lines: Sequence[int], offset: int, path: str) -> str:
        """The part with the marks; `lines` are where the lines of the source begin, `offset` is where the part does."""

        def mark(match: re.Match[str]) -> str:
            start = offset + match.start()
            line = bisect_right(lines, start)
            return f'{match.group()} at="{line}:{start - lines[line - 1] + 1}:{path}"'

        return self._tag.sub(mark, part)


_OPENING = re.compile(r"\{[%{#]")
_CLOSING = {"{%": "%}", "{{": "}}", "{#": "#}"}


def _told_apart(source: str) -> Iterator[tuple[bool, str]]:
    """The parts of a template, and of each whether it is Jinja's; what is opened and never closed is not."""
    end = 0
    while opening := _OPENING.search(source, end):
        closing = source.find(_CLOSING[opening.group()], opening.end())
        if closing < 0:
            break
        yield False, source[end : opening.start()]
        end = closing + 2
        yield True, source[opening.start() : end]
    yield False, source[end:]


def make_environment(
    templates: Mapping[str, TemplateText],
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
    finalize: Callable[[Any], Any],
) -> ReportEnvironment:
    """Make an environment with the house's templates, filters and names; `finalize` sees each value first."""
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
    return _restricted(environment, filters, {**functions, "namespace": _Variables})


def make_expression_environment(
    filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
) -> ReportEnvironment:
    """Make an environment for expressions in authors' texts, which see no templates."""
    return _restricted(ReportEnvironment(undefined=StrictUndefined), filters, functions)


def _restricted(
    environment: ReportEnvironment, filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]
) -> ReportEnvironment:
    for name in ("range", "dict", "cycler", "joiner", "lipsum", "namespace"):
        environment.globals.pop(name, None)
    environment.filters = {name: FILTERS[name] for name in _FILTERS} | {**_BOUNDED, **filters}
    environment.globals.update(functions)
    return environment
