"""Where houses are kept: beside a council's inputs, and in the product."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import reportgen


def product_templates() -> Path:
    """The folder with the houses that come with the product."""
    package = Path(reportgen.__file__).parent
    installed = package / "_templates"  # where the wheel puts the checkout's templates (see pyproject.toml)
    return installed if installed.is_dir() else package.parent / "templates"


def house_folders(own: Path, others: Iterable[Path]) -> tuple[Path, ...]:
    """The folders to look for houses in, a council's own `templates/` first, each once and only if it exists."""
    found: dict[Path, Path] = {}
    for folder in (own, *others):
        if folder.is_dir():
            found.setdefault(folder.resolve(), folder)
    return tuple(found.values())
