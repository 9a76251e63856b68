"""`reportgen entries`: print what officers entered and changed in a Word file, so that an author can type it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click
import yaml

from reportgen.diagnostics import Location, Problems, counted
from reportgen.house.word_file import Unusable, open_word_file

if TYPE_CHECKING:
    from reportgen.readback.comparison import ChangedText, OtherChange
    from reportgen.readback.reader import EnteredField, ReadBackResult

Plain: TypeAlias = "str | Mapping[str, Plain] | Sequence[Plain] | None"


class _EntriesDumper(yaml.SafeDumper):
    """Writes YAML that an author can type or paste: lists indented, texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  PyYAML's names
        super().increase_indent(flow, indentless=False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None  # PyYAML takes quotes where a block cannot hold the text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_EntriesDumper.add_representer(str, _represent_text)
_LONGER_THAN_ANY_LINE = 1 << 20


def print_entries(file: Path, form: str) -> None:
    """Print what the file says.

    Raises:
        Rejected: when it is no paper of reportgen's or cannot be read.
    """
    # Imported here: python-docx and lxml cost as much as everything else that `reportgen --help` needs.
    from reportgen.readback.reader import read_back

    problems = Problems()
    if not file.exists():
        problems.error("RG001", Location(str(file)), "there is no such file", "check the name and the folder")
    _expect_word_file(file, problems)
    problems.stop_if_errors()
    try:
        found = read_back(open_word_file(file, "make its pictures smaller in Word, and save it again"))
    except Unusable as unusable:
        problems.error("RG090", Location(str(file)), unusable.found, unusable.hint)
        problems.stop_if_errors()
        raise AssertionError("an error has been reported") from None
    council, _, report = found.paper.partition("/")
    found_values: dict[str, Plain] = {
        "paper": found.paper,
        "file": f"{council}/reports/{report}.yaml" if report else None,
        "entries": {entry.key: _entered(entry) for entry in found.entries},
        "changed": [_changed(one) for one in found.changed] if found.compared else None,
        "elsewhere": [_elsewhere(one) for one in found.elsewhere] if found.compared else None,
    }
    for note in _notes(found):
        click.echo(f"note: {note}", err=True)
    if form == "json":
        click.echo(json.dumps(found_values, ensure_ascii=False, indent=2))
    else:
        text = yaml.dump(
            found_values, Dumper=_EntriesDumper, sort_keys=False, allow_unicode=True, width=_LONGER_THAN_ANY_LINE
        )
        click.echo(text, nl=False)


def _entered(entry: EnteredField) -> Plain:
    was = {"was": entry.written} if entry.value != entry.written else {}
    return {"label": entry.label, "entered": entry.value, **was}


def _changed(one: ChangedText) -> Plain:
    holds: dict[str, Plain] = {"holds": list(one.holds)} if one.holds else {}
    return {"file": one.file, "key": one.key, "text": one.text, **_missing(one), **holds}


def _elsewhere(one: OtherChange) -> Plain:
    return {"under": one.heading or None, "text": one.text, **_missing(one)}


def _missing(one: ChangedText | OtherChange) -> dict[str, Plain]:
    return {"missing": counted(one.missing, "paragraph")} if one.missing else {}


def _notes(found: ReadBackResult) -> Iterator[str]:
    """Yield what somebody who types it in has to know."""
    for entry in found.entries:
        if entry.value != entry.stored:
            yield (
                f"{entry.key}: the document shows {_quoted(entry.value)}, and {_quoted(entry.stored)} is stored "
                "beside it; what it shows is printed"
            )
    if not found.compared:
        yield (
            "its words cannot be compared: the list of what was written is not in the file, as when another "
            "program has saved it; look through the paper yourself"
        )
    for one in found.changed:
        if one.text is None and not one.missing:
            yield (
                f"{one.key}: it was changed or taken out, and the program that saved the file has removed the "
                "mark that says where it stands; look for it in the paper"
            )
    if found.changed:
        yield (
            "only the paragraphs that changed are printed, as plain words: compare them with your file by hand. "
            "What your file works out ({{ }}), and what 'holds' names, must stay as it is typed there"
        )
    if found.elsewhere:
        yield (
            "words were added, changed or taken out in places that no text of an author's stands in: "
            "look below 'elsewhere', and change the title, name, date or caption in the file that it comes from"
        )


def _expect_word_file(file: Path, problems: Problems) -> None:
    """Report what to give instead of a folder or a PDF."""
    place = Location(str(file))
    if file.is_dir():
        hint = "give one paper's .docx; `reportgen build` writes them to outputs/<council>/<meeting>"
        problems.error("RG090", place, "this is a folder; a paper's Word file was expected", hint)
    elif file.is_file() and file.suffix.casefold() == ".pdf":
        beside = file.with_suffix(".docx")
        hint = f"give the .docx beside it, '{beside}'" if beside.is_file() else "give the paper's .docx"
        problems.error("RG090", place, "this is a PDF, which nobody can fill in; the Word file was expected", hint)


def _quoted(value: str) -> str:
    return f"'{value}'" if value else "nothing"
