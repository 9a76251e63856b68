"""What rules look for, and examples of what trips them: lists in YAML beside this module; numbers and phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from reportgen.diagnostics import Problems
from reportgen.inputs.source import SourceMapping, read_yaml
from reportgen.model.base import Integer, Record, Text
from reportgen.model.validation import validate

AnyRecord = TypeVar("AnyRecord", bound=Record)


class WordList(Record):
    """Words or phrases, and where they were found."""

    source: Text
    words: tuple[Text, ...]


class WordLists(Record):
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
    years: tuple[Integer, ...]


class Acts(Record):
    """The list in acts.yaml."""

    source: Text
    acts: tuple[Act, ...]


class RuleExample(Record):
    """Lines of one file. What they do not say is as in a paper with which nothing is wrong."""

    file: Literal["report", "inspection", "action plan", "meeting", "council"]
    trips: str
    mended: str


@cache
def word_lists() -> WordLists:
    """The lists that come with the product."""
    return _read("words.yaml", WordLists)


@cache
def act_years() -> Mapping[str, tuple[int, ...]]:
    """The years in which Acts of each short title were passed, by the title in small letters."""
    return {act.title.casefold(): act.years for act in _read("acts.yaml", Acts).acts}


@cache
def rule_examples() -> Mapping[str, RuleExample]:
    """For each rule, by its code, lines that trip it and the same lines mended; tests run them."""
    problems = Problems()
    data = _typed("examples.yaml", problems)
    return {code: _checked(RuleExample, one, problems) for code, one in data.items() if isinstance(one, SourceMapping)}


def _read(name: str, kind: type[AnyRecord]) -> AnyRecord:
    problems = Problems()
    return _checked(kind, _typed(name, problems), problems)


def _typed(name: str, problems: Problems) -> SourceMapping:
    data = read_yaml(Path(__file__).with_name(name), name, problems)
    problems.stop_if_errors()
    assert data is not None
    return data


def _checked(kind: type[AnyRecord], data: SourceMapping, problems: Problems) -> AnyRecord:
    record = validate(kind, data, problems)
    problems.stop_if_errors()
    assert record is not None
    return record


# ---- Numbers and phrases ----

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", *(f"{one}teen" for one in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {"none": 0, "zero": 0, "both": 2}
_VALUES |= {word: value for value, word in enumerate((*_ONES, *_TEENS), start=1)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_VALUES |= {f"{tens}-{one}": _VALUES[tens] + _VALUES[one] for tens in _TENS for one in _ONES}
NUMBER = (
    r"(?<![\w.,£/-])(?:\d{1,3}(?:,\d{3})+|\d+"
    rf"|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))}|zero|none|both)"
    r"(?![\w%/-]|[.,]\d)"
)
"""A whole number, in digits or in words, that stands for itself: no part of a date, an amount or a share. No group."""


def parse_number(text: str) -> int:
    """The value of what `NUMBER` has matched."""
    word = text.casefold().replace(",", "")
    return int(word) if word.isdigit() else _VALUES[word]


def alternatives(phrases: Iterable[str]) -> str:
    """What matches any of the phrases, the longest first, however its words are spaced; no group."""
    forms = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return f"(?:{'|'.join(forms)})"


@lru_cache(maxsize=32)
def compile_phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of the phrases, in capitals or not; parts of words do not count."""
    return re.compile(rf"(?<!\w){alternatives(phrases)}(?!\w)", re.IGNORECASE)


def normalise(text: str) -> str:
    """The text with single spaces, straight quotation marks and plain dashes, so that two ways of typing are equal."""
    for signs, plain in (("‘’‚‛", "'"), ("“”„‟", '"'), ("‐‑‒–—", "-")):
        text = re.sub(f"[{signs}]", plain, text)
    return " ".join(text.replace("…", "...").split())
