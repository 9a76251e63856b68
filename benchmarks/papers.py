"""One sample paper, made into as many papers as asked for, as inputs.

The papers are equally long and no two are the same: each has a title, dates, ratings and figures of its own, so that
little of what is worked out or drawn for one of them is true of the next.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "inputs" / "north-tyneside"
"""Twelve pages with everything that a paper may need: judgements, findings, options, implications, an action plan as
an appendix, numbered paragraphs, three pictures made of data."""
NAME = "sif-2017"
EARLIER = "slac-2012"
"""The inspection before, whose judgements the paper repeats."""
ON_AN_AGENDA = 10
RATINGS = ("green", "amber", "red")

_MEETING = """\
body: Cabinet
date: 2017-07-10
published: 2017-06-30
items:
"""
_DUE = re.compile(r"^( +due: \d{4}-\d{2}-)\d{2}$", re.MULTILINE)
_RATING = re.compile(r"^( +rag: )\w+$", re.MULTILINE)
_LOOKED_AFTER = re.compile(r"^(  looked_after: )\d+$", re.MULTILINE)
_TITLE = re.compile(r'^(title: ".*)"$', re.MULTILINE)


def name_of(number: int) -> str:
    """What the files of a paper are called."""
    return f"paper-{number:04}"


def agenda_of(number: int) -> str:
    """What the file of the meeting is called that the paper goes to."""
    return f"2017-07-10-cabinet-{(number - 1) // ON_AN_AGENDA + 1:03}"


def write_papers(folder: Path, count: int) -> Path:
    """So many papers, numbered from 1, ten on each agenda; the folder of their council, in `folder`/inputs.

    Raises ValueError if the sample is no longer written as it is varied here.
    """
    council = folder / "inputs" / "sample"
    for kind in ("reports", "inspections", "action-plans", "meetings"):
        (council / kind).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SAMPLE / "council.yaml", council / "council.yaml")
    shutil.copyfile(SAMPLE / "inspections" / f"{EARLIER}.yaml", council / "inspections" / f"{EARLIER}.yaml")
    sample = {kind: _text_of(kind) for kind in ("reports", "inspections", "action-plans")}
    for number in range(1, count + 1):
        for kind, text in sample.items():
            (council / kind / f"{name_of(number)}.yaml").write_text(vary(text, kind, number), encoding="utf-8")
    for first in range(1, count + 1, ON_AN_AGENDA):
        numbers = range(first, min(first + ON_AN_AGENDA, count + 1))
        items = "".join(f"  - {{number: {item}, report: {name_of(one)}}}\n" for item, one in enumerate(numbers, 1))
        (council / "meetings" / f"{agenda_of(first)}.yaml").write_text(_MEETING + items, encoding="utf-8")
    return council


def touch(council: Path, number: int, version: str) -> None:
    """Change one sentence of a paper, as its author would."""
    path = council / "reports" / f"{name_of(number)}.yaml"
    text, found = re.subn(
        r"^( +This report presents)\b.*? the result",
        rf"\1 {version} the result",
        path.read_text(encoding="utf-8"),
        flags=re.M,
    )
    if not found:
        raise ValueError(f"{path} does not begin as its sample did")
    path.write_text(text, encoding="utf-8")


def vary(text: str, kind: str, number: int) -> str:
    """The text of one of the sample's files, as it is in the paper with that number."""
    match kind:
        case "reports":
            varied = _replaced(_TITLE, rf'\1 (paper {number})"', text)
            return varied.replace(f": {NAME}\n", f": {name_of(number)}\n")
        case "inspections":
            return _replaced(_LOOKED_AFTER, rf"\g<1>{298 + number}", text)
        case "action-plans":
            dates = _replaced(_DUE, rf"\g<1>{11 + number % 18:02}", text)
            return _rated(dates, number).replace(f": {NAME}\n", f": {name_of(number)}\n")
        case _:
            raise ValueError(kind)


def _rated(text: str, number: int) -> str:
    """The actions rated by the digits of the number, so that the counts of the ratings differ."""
    digits = iter(f"{number:0>40b}"[::-1])
    rated = _RATING.sub(lambda found: f"{found[1]}{RATINGS[int(next(digits)) + number % 2]}", text)
    if rated == text:
        raise ValueError("the sample's plan has no rated actions")
    return rated


def _replaced(pattern: re.Pattern[str], by: str, text: str) -> str:
    varied, found = pattern.subn(by, text)
    if not found:
        raise ValueError(f"the sample holds nothing like {pattern.pattern}")
    return varied


def _text_of(kind: str) -> str:
    return (SAMPLE / kind / f"{NAME}.yaml").read_text(encoding="utf-8")
