"""Find the folders that hold houses: beside a council's inputs, and in the product."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportgen.inputs.files import DISK, Files
from reportgen.inputs.files import product_templates as product_templates


def house_folders(own: Path, others: Iterable[Path], files: Files = DISK) -> tuple[Path, ...]:
    """Return the existing folders in which to look for houses, each once, the council's own `templates/` first."""
    found: dict[Path, Path] = {}
    for folder in (own, *others):
        if files.kind(folder) == "folder":
            found.setdefault(folder.resolve(), folder)
    return tuple(found.values())
