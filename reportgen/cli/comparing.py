"""`reportgen changes`: what differs between two versions, in sentences or as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any, assert_never, get_args

import click

from reportgen.build.writing import write_together
from reportgen.changes.comparing import ActionKind, Change, ChangeKind, Piece
from reportgen.changes.naming import noun_of
from reportgen.changes.versions import Changes, compare_versions
from reportgen.cli.edge import ERRORS, Stop
from reportgen.cli.printing import Printer, counted
from reportgen.diagnostics import Location, Problems, Severity
from reportgen.templating.filters import as_date, as_listing

_MOST_SAME = 14
"""Words that did not change and are printed in a row; of more, those next to a change."""
_SUMMARY = 100
"""Characters of what is new or gone, at most."""


def show_changes(old: Path, new: Path, form: str, out: Path | None) -> int:
    """Print what has changed from `old` to `new`, or write it to a file; the exit code."""
    problems, printer = Problems(), Printer()
    if out is not None and any(out.exists() and path.exists() and out.samefile(path) for path in (old, new)):
        raise Stop(f"{out}: error: this is what is to be compared; name another file for the list")
    changes = compare_versions(old, new, problems)
    printer.diagnostics(problems.found)
    failed = bool(printer.counts[Severity.ERROR])
    if changes or not failed:
        _give(_as_json(old, new, changes) if form == "json" else "\n".join(_as_text(changes)) + "\n", out)
    return ERRORS if failed else 0


def _give(text: str, out: Path | None) -> None:
    """Print the list, or write it to a file."""
    if out is None:
        click.echo(text, nl=False)
        return
    write_together({out: text.encode("utf-8")})
    click.echo(out)


# ---- JSON ----


def _as_json(old: Path, new: Path, changes: Sequence[Changes]) -> str:
    """An object with `version` (of this form), `old`, `new`, `files` and `counts`; docs/writing.md describes it."""
    kinds = Counter(one.kind for file in changes for one in file.found)
    value = {
        "version": 1,
        "old": old.as_posix(),
        "new": new.as_posix(),
        "files": [
            {
                "file": file.pair.name,
                "holds": noun_of(file.pair.kind) if file.pair.kind else None,
                "changes": [_json_change(one) for one in file.found],
            }
            for file in changes
        ],
        "counts": {kind: kinds[kind] for kind in get_args(ChangeKind)},
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "about": one.about or None,
        "label": one.label or None,
        "key": one.key or None,
        "was": one.was,
        "now": one.now,
        "original": one.original.isoformat() if one.original else None,
        "words": [{"kind": piece.kind, "text": piece.text} for piece in one.words] or None,
        "old": _json_place(one.old_at),
        "new": _json_place(one.new_at),
    }


def _json_place(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"path": PurePath(place.path).as_posix(), "line": place.line or None, "column": place.column or None}


# ---- Sentences ----


def _as_text(changes: Sequence[Changes]) -> Iterator[str]:
    for file in changes:
        for one in file.found:
            place = one.old_at if one.kind == "gone" else one.new_at
            yield f"{place}: {sentence_of(one)}"
            if one.kind not in ("new", "gone"):
                if one.words:
                    yield f"  {marked(one.words)}"
                yield f"  before: {one.old_at}"
        yield ""
    found = [one for file in changes for one in file.found]
    if any(one.words and one.kind not in ("new", "gone") for one in found):
        yield "[-words-] are gone, {+words+} are new."
    kinds = Counter(one.kind for one in found)
    listed = ", ".join(f"{kinds[kind]} {kind}" for kind in get_args(ChangeKind) if kinds[kind])
    yield f"{counted(len(found), 'change')}: {listed}" if found else "nothing has changed"


def sentence_of(one: Change) -> str:
    """The change in a sentence, without the words of a text that was reworded."""
    where = ", ".join(part for part in (one.about, one.label) if part)
    was, now = spoken(one.was), spoken(one.now)
    match one.kind:
        case "new":
            return f"{where}: new: {now}"
        case "gone":
            return f"{where}: gone: {was}"
        case "moved":
            return f"{where}: moved from place {was} to {now}"
        case "changed":
            return f"{where}: changed" if one.words else f"{where}: was {was}, is now {now}"
        case "reworded":
            return f"{where}: reworded"
        case "spacing":
            return f"{where}: only spaces or line breaks have changed"
        case "clearance reopened":
            return f"{one.about}: to be cleared again; the clearance ({was}) was of other words, or is gone"
        case _:
            return _sentence_of_action(one, one.kind, was, now)


def _sentence_of_action(one: Change, kind: ActionKind, was: str, now: str) -> str:
    match kind:
        case "closed":
            return f"{one.about}: complete; it was {was}"
        case "reopened":
            return f"{one.about}: opened again; it was complete and is {now}"
        case "slipped":
            first = one.original if one.original and one.original.isoformat() != one.was else None
            return f"{one.about}: slipped from {was} to {now}{f'; first set: {as_date(first)}' if first else ''}"
        case "brought forward":
            return f"{one.about}: brought forward from {was} to {now}"
        case "re-owned":
            return f"{one.about}: passed from {was} to {now}"
    assert_never(kind)


def spoken(value: Any) -> str:
    """A value as a sentence has it; of a record its text, title or name."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case str() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return as_date(date.fromisoformat(value))
        case str():
            text = " ".join(value.split())
            return f"'{text if len(text) <= _SUMMARY else text[: _SUMMARY - 1] + '…'}'"
        case Mapping():
            told = next((value[key] for key in ("text", "title", "name", "reason", "area") if key in value), None)
            return spoken(told) if told else ", ".join(f"{key} {spoken(one)}" for key, one in value.items())
        case list():
            return as_listing([spoken(one) for one in value]) or "nothing"
    return str(value)


def marked(words: Sequence[Piece]) -> str:
    """A text with its changes marked: "came in [-autumn-] {+spring+}"; long parts that are the same are cut short."""
    return " ".join(_marked(piece, place == 0, place == len(words) - 1) for place, piece in enumerate(words))


def _marked(piece: Piece, first: bool, last: bool) -> str:
    match piece.kind:
        case "gone":
            return f"[-{piece.text}-]"
        case "new":
            return f"{{+{piece.text}+}}"
        case "same":
            return _shortened(piece.text, first, last)
    assert_never(piece.kind)


def _shortened(text: str, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= _MOST_SAME:
        return " ".join(words)
    half = _MOST_SAME // 2
    before = [] if first else words[:half]
    after = [] if last else words[-half:]
    return " ".join([*before, "…", *after])
