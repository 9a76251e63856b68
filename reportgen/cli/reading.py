"""`reportgen entries`: what officers entered and changed in a Word file, printed so that an author can type it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import click

from reportgen.diagnostics import Location, Problems
from reportgen.house.letterhead.word_file import Unusable, open_word_file

Plain: TypeAlias = "str | Mapping[str, Plain] | Sequence[Plain] | None"

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,()/'’.–-]*[A-Za-z0-9)]")
"""A text that means itself in YAML without quotes."""
_WORDS_OF_YAML = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_CONTROLS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def print_entries(file: Path, form: str) -> None:
    """Print what the file says. Raises `Rejected` when it is no paper of ours or cannot be read."""
    # Imported here: python-docx and lxml cost as much as everything else that `reportgen --help` needs.
    from reportgen.writers.docx.entries import read_back

    problems = Problems()
    if not file.exists():
        problems.error("RG001", Location(str(file)), "there is no such file", "check the name and the folder")
        problems.stop_if_errors()
    try:
        found = read_back(open_word_file(file, "make its pictures smaller in Word, and save it again"))
    except Unusable as unusable:
        problems.error("RG090", Location(str(file)), unusable.found, unusable.hint)
        problems.stop_if_errors()
        raise AssertionError("an error has been reported") from None
    for entry in found.entries:
        if entry.value != entry.stored:
            click.echo(
                f"note: {entry.key}: the document shows {_quoted(entry.value)}, and {_quoted(entry.stored)} is stored "
                "beside it; what it shows is printed",
                err=True,
            )
    council, _, report = found.paper.partition("/")
    said: dict[str, Plain] = {
        "paper": found.paper,
        "file": f"{council}/reports/{report}.yaml" if report else None,
        "entries": {
            entry.key: {
                "label": entry.label,
                "entered": entry.value,
                **({"was": entry.written} if entry.value != entry.written else {}),
            }
            for entry in found.entries
        },
        "changed": [{"file": one.file, "key": one.key, "text": one.text} for one in found.changed],
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2) if form == "json" else "\n".join(_yaml(said)))


def _quoted(value: str) -> str:
    return f"'{value}'" if value else "nothing"


def _yaml(value: Mapping[str, Plain]) -> Iterator[str]:
    """The mapping as lines of YAML."""
    for key, one in value.items():
        first, *rest = _yaml_of(one)
        yield f"{_scalar(key)}: {first}".rstrip()
        yield from (f"  {line}" for line in rest)


def _yaml_of(value: Plain) -> list[str]:
    """What stands after a key, and the lines below it."""
    if value is None:
        return ["null"]
    if isinstance(value, str):
        block = "\n" in value and not _CONTROLS.search(value)
        return ["|-", *value.split("\n")] if block else [_scalar(value)]
    if isinstance(value, Mapping):
        return ["", *_yaml(value)] if value else ["{}"]
    lines = [line for one in value for line in _item(one)]
    return ["", *lines] if lines else ["[]"]


def _item(value: Plain) -> Iterator[str]:
    first, *rest = list(_yaml(value)) if isinstance(value, Mapping) else _yaml_of(value)
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)


def _scalar(text: str) -> str:
    """A text on one line: in quotes, unless every reader of YAML takes it for this text without."""
    if _BARE.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return _CONTROLS.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))
