"""For whom a paper is made: everybody, and once more for those who may see its exempt parts, if it has any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Problems
from reportgen.inputs.files import Files
from reportgen.inputs.source import SourceMapping, SourceSequence, SourceText, read_yaml
from reportgen.inputs.text import MAX_BYTES
from reportgen.model.base import hint_for_name
from reportgen.model.task import Audience

_KEYS = ("exempt", "confidential")
_KEY = re.compile(rb"\b(exempt|confidential)\b")
_REFERENCES = {"inspection": "inspections", "action_plan": "action-plans", "changes_since": "action-plans"}
"""What a report says of the files that it is made from, and the folders that they stand in."""


class Audiences:
    """Tells for whom papers are made. Looks at each file once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._marked: dict[Path, bool | None] = {}

    def of(self, report: Path) -> tuple[Audience, ...]:
        """The audiences of the report's paper; everybody alone, where its files cannot be read."""
        return ("public", "exempt") if any(map(self._is_marked, self._files_of(report))) else ("public",)

    def may_have_secrets(self, report: Path) -> bool:
        """Whether something in the report's files is marked, or may be in one that cannot be read."""
        return any(self._is_marked(path) is not False for path in self._files_of(report))

    def _files_of(self, report: Path) -> Iterator[Path]:
        yield report
        data: Mapping[str, object] = read_yaml(report, str(report), Problems(), self._files) or {}
        for key, folder in _REFERENCES.items():
            name = data.get(key)
            if isinstance(name, SourceText) and hint_for_name(name) is None:
                yield report.parent.parent / folder / f"{name.strip()}.yaml"

    def _is_marked(self, path: Path) -> bool | None:
        """None for a file that has the word and cannot be read."""
        if path not in self._marked:
            data: object = read_yaml(path, str(path), Problems(), self._files) if self._has_word(path) else {}
            self._marked[path] = None if data is None else _has_key(data, _KEYS)
        return self._marked[path]

    def _has_word(self, path: Path) -> bool:
        """Whether the file has one of the words at all: most have none, and need not be parsed."""
        try:
            return bool(_KEY.search(self._files.read(path, MAX_BYTES)))
        except OSError:
            return False


def may_quote_secrets(found: Iterable[Diagnostic], files: Files) -> bool:
    """Whether what was found in some files may hold text that the public must not read."""
    audiences = Audiences(files)
    return any(audiences.may_have_secrets(path) for path in {Path(one.location.path) for one in found})


def _has_key(value: object, keys: tuple[str, ...]) -> bool:
    """Whether a mapping in the value has one of the keys with a value."""
    match value:
        case SourceMapping():
            return any(value.get(key) is not None for key in keys) or any(_has_key(one, keys) for one in value.values())
        case SourceSequence():
            return any(_has_key(one, keys) for one in value)
    return False
