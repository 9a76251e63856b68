"""What takes longer to work out than to check a paper, kept from one run to the next: templates and bank holidays.

Of the making of a single paper it is a tenth. Compiled templates are kept as Python keeps its own compiled modules, but
in the user's cache folder, and are of use only to the same version of everything. Where that folder cannot be written,
each run works all of it out again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import reportgen.templating
from reportgen.build.output import write_together
from reportgen.rules.deadlines import known_bank_holidays, take_bank_holidays
from reportgen.templating.environment import compiled_templates, take_compiled

MOST = 200
"""Templates that are kept; more are of folders that were looked at once."""


def warm_templates() -> AbstractContextManager[None]:
    """Takes what earlier runs have compiled, and keeps what this one had to compile."""
    return _kept(f"templates-{_versions()}", take_compiled, lambda: dict(list(compiled_templates().items())[-MOST:]))


def warm_calendar() -> AbstractContextManager[None]:
    """Takes the bank holidays that earlier runs have looked up, and keeps those that this one had to look up."""

    def take(kept: Mapping[Any, Any]) -> None:
        days = {(str(nation), int(year)): frozenset(map(int, some)) for (nation, year), some in kept.items()}
        take_bank_holidays(days)

    return _kept(f"bank-holidays-{version('holidays')}", take, known_bank_holidays)


@contextmanager
def _kept(name: str, take: Callable[[Any], None], found: Callable[[], Mapping[Any, Any]]) -> Iterator[None]:
    """Gives `take` what an earlier run has kept under the name, and keeps what is `found` at the end of this one."""
    place = _cache_file(name)
    before: dict[Any, Any] = {}
    with suppress(OSError, ValueError, EOFError, TypeError):  # a file that is damaged is as good as none
        before = dict(marshal.loads(place.read_bytes()))
        take(before)
    yield
    kept = found()
    if kept != before:
        with suppress(OSError):
            write_together({place: marshal.dumps(dict(kept))})


def _cache_file(name: str) -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  it may have no home
    return Path(folder, "reportgen", f"{name}.cache")


def _versions() -> str:
    """Stands for all that decides what a template compiles to: Python, Jinja, and our own code around it."""
    found = hashlib.sha256(importlib.util.MAGIC_NUMBER + version("jinja2").encode())
    for path in sorted(Path(reportgen.templating.__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
