"""A paper → its texts as their authors typed them: what is worked out is taken out, every sign keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from reportgen.diagnostics import Location
from reportgen.inputs.source import SourceText
from reportgen.model.base import GAP_MARK, Prose, Record
from reportgen.model.paper import Paper

PaperPart = Literal["report", "inspection", "plan"]
"""Which of a paper's files a text stands in."""

WORKED_OUT = "\ufdd0"
"""Stands for each sign of an expression. No input can hold it, and it is part of no word."""

_NOT_TEXT = re.compile(
    r"(?<!\\)\{\{(?:(?!\{\{).)*?\}\}"  # an expression
    r"|(?<=\])\(\s*[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\s*\)"  # the address of a link
    r"|(?:https?://|www\.|mailto:)[^\s)\]>]*[^\s)\]>.,;:]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w"
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

PLAIN_TEXTS = frozenset(
    {"title", "subject", "report_of", "directorate", "wards", "illustrative", "name", "post", "portfolio", "telephone"}
    | {"owner", "lead", "heading", "group", "within", "role", "cleared_by", "location", "as_printed", "not_graded"}
    | {"alt", "caption"}
)
"""The keys of one-line texts that a paper prints."""
UNCHECKED_TEXTS = frozenset(
    {"about", "cleared_text", "code", "email", "file", "forward_plan_ref", "number", "source", "source_ref"}
    | {"source_text", "where"}  # not printed, or no words
    | {"area", "grade", "inspectorate", "inspectorate_name", "outcome", "overall"}  # set by the inspectorate
    | {"partners", "responsible", "supported_by"}  # lists of names
    | {"no_due", "no_measure", "no_owner", "not_key", "reason"}  # reasons for an exception
    | {"address", "decision_date", "decision_maker", "documents", "matter", "other_documents", "request"}
    | {"agreed_by", "informed", "representations"}  # copied from notices
    | {"comment", "measure"}  # of an action's earlier version; the action's own are prose
    | {"public_title"}
)
"""The keys of all other one-line texts of the model, with the reason; a test fails for one that stands in neither."""


@dataclass(frozen=True)
class TypedText:
    """A text of the paper, as long as it was typed: each sign of an expression or an address is `WORKED_OUT`."""

    typed: SourceText
    part: PaperPart
    plain: bool = False
    """Whether it is one line under a key of its own (a title, a name), and no prose."""

    @cached_property
    def text(self) -> str:
        typed = str(self.typed)
        return typed if self.plain else _NOT_TEXT.sub(lambda one: re.sub(r"[^\n]", WORKED_OUT, one.group()), typed)

    def at(self, offset: int) -> Location:
        """The file's place of a sign."""
        line = self.typed.count("\n", 0, offset)
        return self.typed.place(line, offset - self.typed.rfind("\n", 0, offset) - 1)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, items of lists and rows of tables, in order."""
        return tuple(self._pieces(_SENTENCE_END))

    @cached_property
    def paragraphs(self) -> tuple[Sentence, ...]:
        """The paragraphs, items of lists and rows of tables, in order."""
        return tuple(self._pieces(_PARAGRAPH_END))

    def _pieces(self, end: re.Pattern[str]) -> Iterator[Sentence]:
        ends = [match.end() for match in end.finditer(self.text)]
        ends = [one for one in ends if not _ABBREVIATED.search(self.text, max(0, one - LONGEST_ABBREVIATION), one)]
        for start, stop in pairwise((0, *ends, len(self.text))):
            if self.text[start:stop].strip():
                yield Sentence(self, start, stop)


@dataclass(frozen=True)
class Sentence:
    """A piece of a passage."""

    typed_text: TypedText
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return self.typed_text.text[self.start : self.end]

    def at(self, offset: int) -> Location:
        """The file's place of a sign, counted from the beginning of the sentence."""
        return self.typed_text.at(self.start + offset)


def prose_of(paper: Paper, *parts: PaperPart) -> Iterator[TypedText]:
    """The prose of the given parts of the paper, of all when none is named, without gaps."""
    return (one for one in texts_of(paper) if not one.plain and (not parts or one.part in parts))


def sentences_of(paper: Paper, *parts: PaperPart) -> Iterator[Sentence]:
    """The sentences in the prose of the given parts."""
    return (sentence for typed_text in prose_of(paper, *parts) for sentence in typed_text.sentences)


def paragraphs_of(paper: Paper, *parts: PaperPart) -> Iterator[Sentence]:
    """The paragraphs in the prose of the given parts."""
    return (paragraph for typed_text in prose_of(paper, *parts) for paragraph in typed_text.paragraphs)


def texts_of(paper: Paper) -> Iterator[TypedText]:
    """All the texts of the paper, prose and single lines, without gaps."""
    return (one for one in _passages_of(paper) if not one.typed.startswith(GAP_MARK))


def gaps_of(paper: Paper) -> Iterator[SourceText]:
    """The texts that say what is still missing."""
    return (one.typed for one in _passages_of(paper) if one.typed.startswith(GAP_MARK))


def _passages_of(paper: Paper) -> Iterator[TypedText]:
    records: dict[PaperPart, Record | None] = {
        "report": paper.report,
        "inspection": paper.inspection,
        "plan": paper.plan,
    }
    for part, record in records.items():
        if record is not None:
            yield from _passages_in(_ByIdentity(record), part)


class _ByIdentity:
    """A record as itself: another one that says the same stands elsewhere. Records of equal content are equal."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.record is other.record

    def __hash__(self) -> int:
        return id(self.record)


@lru_cache(maxsize=8)  # the records of a paper or two: every rule reads every text
def _passages_in(one: _ByIdentity, part: PaperPart) -> tuple[TypedText, ...]:
    return tuple(TypedText(typed, part, plain) for typed, plain in _typed_in(one.record))


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
