"""Lists of words that rules look for; they stand in YAML beside this module, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import Problems
from reportgen.model.base import Record, Text, Whole
from reportgen.model.validation import validate
from reportgen.source import read_yaml

AnyRecord = TypeVar("AnyRecord", bound=Record)


class WordList(Record):
    """Words or phrases, and where they were found."""

    source: Text
    words: tuple[Text, ...]


class Words(Record):
    """The lists in words.yaml."""

    allowed_doubles: WordList
    known_acronyms: WordList
    placeholders: WordList
    placeholder_notes: WordList
    guidance: WordList
    no_reason: WordList


class Act(Record):
    """An Act of Parliament, by its short title without the year."""

    title: Text
    years: tuple[Whole, ...]


class Acts(Record):
    """The list in acts.yaml."""

    source: Text
    acts: tuple[Act, ...]


@cache
def words() -> Words:
    """The lists that come with the product."""
    return _read("words.yaml", Words)


@cache
def years_of_acts() -> Mapping[str, tuple[int, ...]]:
    """The years in which Acts of each short title were passed, by the title in small letters."""
    return {act.title.casefold(): act.years for act in _read("acts.yaml", Acts).acts}


def _read(name: str, kind: type[AnyRecord]) -> AnyRecord:
    path = Path(__file__).parent / name
    problems = Problems()
    data = read_yaml(path, str(path), problems)
    record = validate(kind, data, problems) if data is not None else None
    problems.stop_if_errors()
    assert record is not None
    return record


_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{_UNITS[unit]}": 10 * value + unit
        for value, tens in enumerate(_TENS, start=2)
        for unit in range(1, 10)
    },
    "none": 0,
    "both": 2,
}
NUMBER = (
    r"(?<![\w.,£/-])(?:\d{1,3}(?:,\d{3})+|\d+"
    rf"|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS))}|none|both)(?![\w%/-]|[.,]\d)"
)
"""A whole number, in digits or in words, that stands for itself: no part of a date, an amount or a share. No group."""


def number_in(text: str) -> int:
    """The value of what `NUMBER` has matched."""
    word = text.casefold().replace(",", "")
    return int(word) if word.isdigit() else _VALUES[word]


def any_of(phrases: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """What finds any of the phrases, the longest first, however its words are spaced; parts of words do not count."""
    forms = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", flags)


def squeezed(text: str) -> str:
    """The text with single spaces, straight quotation marks and plain dashes, so that two ways of typing are equal."""
    for signs, plain in (("‘’‚‛", "'"), ("“”„‟", '"'), ("‐‑‒–—", "-")):
        text = re.sub(f"[{signs}]", plain, text)
    return " ".join(text.replace("…", "...").split())
