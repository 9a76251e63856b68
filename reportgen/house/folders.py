"""Where houses are kept: beside a council's inputs, and in the product."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportgen.inputs.files import DISK, Files
from reportgen.inputs.files import product_templates as product_templates


def house_folders(own: Path, others: Iterable[Path], files: Files = DISK) -> tuple[Path, ...]:
    """The folders to look for houses in, a council's own `templates/` first, each once and only if it exists."""
    found: dict[Path, Path] = {}
    for folder in (own, *others):
        if files.kind(folder) == "folder":
            found.setdefault(folder.resolve(), folder)
    return tuple(found.values())
