"""Two versions of a text → its paragraphs that differ, and in each the words that do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from reportgen.changes.matching import alike, words_of

_SAME_PARAGRAPH = 0.4
"""How much of the words two paragraphs must share for one to be the other reworded (Dice's coefficient)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as typed, and its first line in the text (from 0)."""

    text: str
    line: int

    @property
    def words(self) -> tuple[str, ...]:
        """What stands between its spaces and line breaks."""
        return tuple(self.text.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both versions, or in one of them."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A paragraph of the old text and what it is in the new one; None where there is none."""

    old: Paragraph | None
    new: Paragraph | None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of both in the order of reading, what is gone before what is new."""
        return tuple(compare_words(self.old.words if self.old else (), self.new.words if self.new else ()))


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs, which are what stands between empty lines."""
    found: list[Paragraph] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        found.append(Paragraph(match.group(), text.count("\n", 0, match.start())))
    return found


def reworded(old: str, new: str) -> Iterator[Rewording]:
    """The paragraphs whose words differ, in order. None, where the two texts differ in spaces and line breaks alone."""
    before, after = paragraphs_of(old), paragraphs_of(new)
    if len(before) == len(after) == 1:  # the text as a whole, however little is left of it
        yield from (Rewording(one, other) for one, other in zip(before, after, strict=True) if one.words != other.words)
        return
    matcher = SequenceMatcher(None, [one.words for one in before], [one.words for one in after], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from _aligned(before[start:end], after[new_start:new_end])


def _aligned(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Rewording]:
    for one, other in zip_longest(old, new):
        if one and other and alike(words_of(one.text), words_of(other.text)) < _SAME_PARAGRAPH:
            yield Rewording(one, None)
            yield Rewording(None, other)
        else:
            yield Rewording(one, other)


def compare_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """The words of both, with what is gone and what is new between those that are the same."""
    for _, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, given = " ".join(old[start:end]), " ".join(new[new_start:new_end])
        if gone and gone == given:
            yield Piece("same", gone)
            continue
        if gone:
            yield Piece("gone", gone)
        if given:
            yield Piece("new", given)
