"""What one rendering may cost: templates and expressions that go on and on are ended, with their place.

Neither a clock nor a signal decides it, so the same inputs are refused on every machine. Steps are counted where a
template can repeat itself (loops, macros, blocks, calls of records' methods), and characters where it makes text.
`metered` puts the counting into a template before it is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.nodes import Node
from jinja2.runtime import markup_join
from jinja2.utils import Namespace

MAX_WORK = 20_000_000
"""Of a rendering, in characters printed or joined; the largest samples need less than a twentieth of it."""
STEP = 40
"""What going once round a loop costs, in the same measure: about as long as it takes."""
CALL = 150
"""What a macro, a block or a record's method costs."""
_ORDERING = frozenset({"groupby", "max", "min", "sort", "unique"})
"""Filters that look at each item several times, and how often at most."""
_LOOKS = 16
MAX_REPEAT = 10_000
"""The most characters or items, those of lists in lists included, that one value may be made of at once."""
MAX_NUMBER = 10**100
"""Whole numbers that multiply themselves double their length each time."""


class OverBudget(SecurityError):
    """More work was asked for than any paper needs."""

    def __init__(self) -> None:
        super().__init__(
            "it goes on for longer than any paper needs; look for loops in loops, for macros that call each other,"
            " and for texts that are doubled again and again"
        )


class Budget:
    """Counts the work of one rendering: of its templates and of the expressions in its texts together."""

    def __init__(self, most: int = MAX_WORK) -> None:
        self.left = most

    def spend(self, cost: int) -> None:
        """Raises `OverBudget` when nothing is left."""
        self.left -= cost
        if self.left < 0:
            raise OverBudget

    def measured(self, value: Any) -> Any:
        """The value, its items or characters paid for."""
        self.spend(_length(value))
        return value

    def bounded(self, value: Any) -> Any:
        """The list or mapping, if it and all lists in it have no more than `MAX_REPEAT` items together."""
        self.spend(STEP + size_of(value))
        return value

    def joined(self, *values: Any) -> str:
        """What `~` makes of its values. Raises ValueError for lists and mappings."""
        if any(isinstance(value, list | tuple | Mapping) for value in values):
            raise ValueError("'~' joins texts and numbers, and a list stands there; make a text of it first: |listing")
        self.spend(sum(map(_length, values)))
        return markup_join(values)

    @property
    def counters(self) -> dict[str, Callable[..., Any]]:
        """What `metered` puts into templates, as filters: Jinja calls these without asking whether they are safe."""
        return {_MEASURED: self.measured, _BOUNDED: self.bounded, _JOINED: self.joined}

    def metered(self, name: str, wanted: Callable[..., Any]) -> Callable[..., Any]:
        """The filter, what it is given paid for."""
        place = 1 if hasattr(wanted, "jinja_pass_arg") else 0
        looks = _LOOKS if name in _ORDERING else 1

        @wraps(wanted)
        def paid(*arguments: Any, **named: Any) -> Any:
            value = arguments[place]
            self.spend(STEP + (looks * len(value) if isinstance(value, _LONG) else 1))
            return wanted(*arguments, **named)

        return paid


class Variables(Namespace):
    """Jinja's `namespace()`, which prints nothing of itself: namespaces in one another would print without end."""

    def __repr__(self) -> str:
        raise ValueError("it stands for several things; name one of them after a dot")


def size_of(value: Any) -> int:
    """How many items a list or mapping has, those of what it holds included. Raises when there are too many."""
    found, inside = 0, [value]
    while inside:
        one = inside.pop()
        items = one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else ()
        found += len(items)
        if found > MAX_REPEAT:
            raise SecurityError(f"a list would have more than {MAX_REPEAT:,} items; take fewer")
        inside += [item for item in items if isinstance(item, list | tuple | dict)]
    return found


_LONG = (str, list, tuple, dict)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, _LONG) else 1


# ---- What is put into a template ----

_REPEATED = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
_MADE = (nodes.List, nodes.Tuple, nodes.Dict)
_COLLECTED = ("varargs", "kwargs")
# Names that nobody can type.
COUNTED = "is counted"
_MEASURED, _BOUNDED, _JOINED = "is measured", "is bounded", "is joined"


def metered(tree: Node) -> Node:
    """The parsed template or expression with what counts its work. Changes the tree."""
    for name, value in tree.iter_fields():
        if isinstance(value, list):
            setattr(tree, name, [_wrapped(metered(one)) if isinstance(one, Node) else one for one in value])
        elif isinstance(value, Node):
            setattr(tree, name, _wrapped(metered(value)))
    if isinstance(tree, (*_REPEATED, nodes.Template)):
        printed = sum(len(data.data) for body in tree.body for data in _data_in(body))
        tree.body.insert(0, _step((STEP if isinstance(tree, nodes.For) else CALL) + printed, tree.lineno))
    return tree


def _step(cost: int, line: int) -> nodes.ExprStmt:
    # The budget is no constant, so that Jinja does not work the test out while it compiles.
    budget = nodes.EnvironmentAttribute("budget")
    counted = nodes.Test(budget, COUNTED, [nodes.Const(cost)], [], None, None, lineno=line)
    return nodes.ExprStmt(counted, lineno=line)


def _wrapped(node: Node) -> Node:
    """The node, inside a filter that counts what it makes, if it can make much of little."""
    if isinstance(node, nodes.Concat):
        first, *others = node.nodes
        return nodes.Filter(first, _JOINED, others, [], None, None, lineno=node.lineno)
    if isinstance(node, _MADE) and getattr(node, "ctx", "load") == "load" and _may_grow(node):
        return _counted(node, _BOUNDED)
    if isinstance(node, nodes.Name) and node.name in _COLLECTED and node.ctx == "load":
        return _counted(node, _BOUNDED)
    if isinstance(node, nodes.Operand) and node.op in ("in", "notin") and not isinstance(node.expr, nodes.Literal):
        node.expr = _counted(node.expr, _MEASURED)
    return node


def _counted(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _may_grow(made: nodes.Expr) -> bool:
    """Whether a list may hold other lists: one of constants cannot."""
    return not all(isinstance(one, nodes.Const | nodes.Pair) and _is_constant(one) for one in made.iter_child_nodes())


def _is_constant(node: Node) -> bool:
    return isinstance(node, nodes.Const) or all(isinstance(one, nodes.Const) for one in node.iter_child_nodes())


def _data_in(node: Node) -> Sequence[nodes.TemplateData]:
    return [node] if isinstance(node, nodes.TemplateData) else list(node.find_all(nodes.TemplateData))
