"""Inspection frameworks as data: one YAML file each, named after the framework's id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from reportgen.diagnostics import Problems
from reportgen.inputs.files import DISK, Files, ending
from reportgen.inputs.source import read_yaml
from reportgen.model.framework import Framework
from reportgen.model.validation import validate


def read_frameworks(folder: Path, problems: Problems, files: Files = DISK) -> dict[str, Framework]:
    """Read the frameworks in a folder, by id."""
    found = {}
    for name in ending(files.names(folder), ".yaml"):
        path = folder / name
        data = read_yaml(path, str(path), problems, files)
        if data is None:
            continue
        data.put("id", path.stem)
        framework = validate(Framework, data, problems)
        if framework is not None:
            found[framework.id] = framework
    return found


@cache
def known_frameworks() -> Mapping[str, Framework]:
    """Return the frameworks that come with the product, by id."""
    problems = Problems()
    found = read_frameworks(Path(__file__).parent, problems)
    problems.stop_if_errors()
    return MappingProxyType(found)
