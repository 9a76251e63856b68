"""Which fields a walk visits."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

from reportgen import document as nodes
from reportgen.transforms.mapping import HELD

NODES = {*get_args(nodes.Block), *get_args(nodes.Inline), *HELD}


def holds_nodes(kind: Any) -> bool:
    return kind in NODES or any(map(holds_nodes, get_args(kind)))


def test_every_field_that_holds_nodes_is_visited() -> None:
    for node in NODES:
        holding = [name for name, kind in get_type_hints(node, vars(nodes)).items() if holds_nodes(kind)]
        of_pages = ["header", "footer"] if node is nodes.Document else []
        assert sorted(holding) == sorted([*HELD.get(node, ()), *of_pages]), node
