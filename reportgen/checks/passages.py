"""A paper → its texts as their authors typed them: what is worked out is taken out, every sign keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from reportgen.diagnostics import Location
from reportgen.model.base import GAP_MARK, Prose, Record
from reportgen.model.paper import Paper
from reportgen.source import SourceText

Part = Literal["report", "inspection", "plan"]
"""Which of a paper's files a text stands in."""

WORKED_OUT = "\ufdd0"
"""Stands for each sign of an expression. No input can hold it, and it is part of no word."""

_NOT_TEXT = re.compile(
    r"(?<!\\)\{\{.*?\}\}"  # an expression
    r"|(?<=\])\(\s*[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\s*\)"  # the address of a link
    r"|(?:https?://|www\.|mailto:)[^\s)\]>]*[^\s)\]>.,;:]"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|\{#[\w.-]+\}",  # the name of a paragraph
    re.DOTALL,
)
_SENTENCE_END = re.compile(
    r"[.!?][\"”’')\]*]*\s+(?=[\"“‘'(\[*]*[A-Z\d" + WORKED_OUT + r"])"  # the next one begins
    r"|\n[ \t]*\n\s*"  # a new paragraph
    r"|\n[ \t]*(?=[-*][ \t]|\d+\.[ \t]|\|)"  # an item of a list, a row of a table
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*|\n[ \t]*(?=[-*][ \t]|\d+\.[ \t]|\|)")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|No|no|para|paras|Cllr|Dr|Mr|Mrs|Ms|St|s|p|pp|reg|Reg)\.\s+$")

LONGEST_ABBREVIATION = 40
"""Signs, white space after it included: how far back one is looked for."""

PLAIN_TEXTS = (
    "title",
    "subject",
    "report_of",
    "directorate",
    "wards",
    "illustrative",
    "name",
    "post",
    "portfolio",
    "telephone",
    "owner",
    "lead",
    "heading",
    "group",
    "within",
    "role",
    "cleared_by",
    "location",
    "as_printed",
    "not_graded",
)
"""The keys of one-line texts that a paper prints."""


@dataclass(frozen=True)
class Passage:
    """A text of the paper, as long as it was typed: each sign of an expression or an address is `WORKED_OUT`."""

    typed: SourceText
    part: Part
    plain: bool = False
    """Whether it is one line under a key of its own (a title, a name), and no prose."""

    @cached_property
    def text(self) -> str:
        return str(self.typed) if self.plain else _as_read(str(self.typed))

    def at(self, offset: int) -> Location:
        """The file's place of a sign."""
        line = self.typed.count("\n", 0, offset)
        return self.typed.place(line, offset - self.typed.rfind("\n", 0, offset) - 1)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences, items of lists and rows of tables, in order."""
        return (Sentence(self, start, end) for start, end in _pieces(_SENTENCE_END, self.text))

    def paragraphs(self) -> Iterator[Sentence]:
        """The paragraphs, items of lists and rows of tables, in order."""
        return (Sentence(self, start, end) for start, end in _pieces(_PARAGRAPH_END, self.text))


@dataclass(frozen=True)
class Sentence:
    """A piece of a passage."""

    passage: Passage
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def at(self, offset: int) -> Location:
        """The file's place of a sign, counted from the beginning of the sentence."""
        return self.passage.at(self.start + offset)


@lru_cache(maxsize=4096)  # every rule reads every text
def _as_read(text: str) -> str:
    return _NOT_TEXT.sub(_set_aside, text)


def _set_aside(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", WORKED_OUT, match.group())


@lru_cache(maxsize=8192)
def _pieces(end: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    pieces = []
    start = 0
    for match in end.finditer(text):
        if _ABBREVIATED.search(text, max(0, match.end() - LONGEST_ABBREVIATION), match.end()):
            continue
        pieces.append((start, match.end()))
        start = match.end()
    pieces.append((start, len(text)))
    return tuple((first, last) for first, last in pieces if text[first:last].strip())


def prose_of(paper: Paper, *parts: Part) -> Iterator[Passage]:
    """The prose of the given parts of the paper, of all when none is named, without gaps."""
    for part, record in _records_of(paper):
        if not parts or part in parts:
            yield from (Passage(one.text, part) for one in _prose_of(_TheVery(record)) if one.gap is None)


def texts_of(paper: Paper) -> Iterator[Passage]:
    """All the texts of the paper, prose and single lines, without gaps."""
    for part, record in _records_of(paper):
        for typed, plain in _texts_of(_TheVery(record)):
            if not typed.startswith(GAP_MARK):
                yield Passage(typed, part, plain)


def gaps_of(paper: Paper) -> Iterator[SourceText]:
    """The texts that say what is still missing."""
    for _, record in _records_of(paper):
        yield from (typed for typed, _ in _texts_of(_TheVery(record)) if typed.startswith(GAP_MARK))


def _records_of(paper: Paper) -> Iterator[tuple[Part, Record]]:
    yield "report", paper.report
    if paper.inspection:
        yield "inspection", paper.inspection
    if paper.plan:
        yield "plan", paper.plan


class _TheVery:
    """A record as itself: another one that says the same stands elsewhere. Records of equal content are equal."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TheVery) and self.record is other.record

    def __hash__(self) -> int:
        return id(self.record)


@lru_cache(maxsize=8)  # the records of a paper or two: every rule reads every text
def _prose_of(one: _TheVery) -> tuple[Prose, ...]:
    return tuple(one.record.prose())


@lru_cache(maxsize=8)
def _texts_of(one: _TheVery) -> tuple[tuple[SourceText, bool], ...]:
    return tuple(_typed_in(one.record))


def _typed_in(record: Record) -> Iterator[tuple[SourceText, bool]]:
    """The texts in a record, and in the records in it, each with whether it is plain."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in PLAIN_TEXTS and (typed := record.typed(name)) is not None:
            yield typed, True
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Prose):
                yield one.text, False
            elif isinstance(one, Record) and not _is_data(one):
                yield from _typed_in(one)


def _is_data(record: Record) -> bool:
    """Whether a record comes with reportgen, as an inspection's framework does, and not from an author."""
    return "in_force_from" in type(record).model_fields
