"""The lines of a paper as it was written, and as it is now → which of the authors' texts changed, and what else.

A program may have taken the marks of texts out. A line that changed is then taken for a part of the text that it
stands in the place of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from reportgen.house.word_file import Unusable
from reportgen.writers.docx.controls import ORIGINS
from reportgen.writers.docx.elements import Element
from reportgen.writers.docx.passages import Line, checksum, text_of

_BEGINNINGS = re.compile(r"\b\w|[^\w\s]")
"""Where a phrase may begin: with a word or a sign."""


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A text of the author's that is no longer as it was written."""

    file: str
    """From the folder above the council's: "council/reports/autumn.yaml"."""
    key: str
    text: str | None
    """Its paragraphs that were changed or added, a line each; None where the file does not tell which they are."""
    missing: int = 0
    """How many of its paragraphs no longer stand there."""
    holds: tuple[str, ...] = ()
    """What it was written with that its words do not show: "a footnote", "a table"."""


@dataclass(frozen=True, slots=True)
class OtherChange:
    """A place where no author's text stands, and words are no longer as they were written."""

    heading: str
    """As it is now; empty above the first."""
    text: str | None
    """What was changed or added there, a line each paragraph; None where words were only taken out."""
    missing: int = 0
    """How many paragraphs no longer stand there."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A line as it was written, of which the file keeps the checksums."""

    said: str
    own: str
    tags: frozenset[str]
    phrases: frozenset[str]


@dataclass
class _Difference:
    """What became of a text, or of the words in a place."""

    now: list[str] = field(default_factory=list)
    gone: int = 0

    @property
    def text(self) -> str | None:
        return "\n".join(self.now) if self.now else None

    @property
    def missing(self) -> int:
        return max(0, self.gone - len(self.now))


def compare(
    store: Element, lines: Sequence[Line], marked: Mapping[str, str]
) -> tuple[tuple[ChangedText, ...], tuple[OtherChange, ...]]:
    """Return the texts that changed, in the list's order, and the other places, in the document's order.

    `store` is the part that `controls` made, `lines` are those of the file now, and `marked` is what each passage says
    that is still marked, by tag. Raises `Unusable` when the part does not have the lines.
    """
    written = [_written(one) for one in store.iter(f"{{{ORIGINS}}}line")]
    if not written:
        raise Unusable(
            "its list of what was written is not there, or another version of reportgen's",
            "make the paper again from its files with this one",
        )
    comparison = _Comparison(list(store.iter(f"{{{ORIGINS}}}origin")), written, lines, marked)
    return comparison.changed(), comparison.elsewhere()


def _number(element: Element, name: str) -> int:
    text = text_of(element, name)
    if not re.fullmatch("[0-9]{1,9}", text):
        raise Unusable(f"its list of texts says '{text}' where a number was expected", "give it as reportgen made it")
    return int(text)


def _written(line: Element) -> _Written:
    tags, phrases = (frozenset(text_of(line, name).split()) for name in ("tags", "phrases"))
    return _Written(text_of(line, "said"), text_of(line, "own"), tags, phrases)


class _Comparison:
    def __init__(
        self, origins: list[Element], written: list[_Written], lines: Sequence[Line], marked: Mapping[str, str]
    ) -> None:
        self._origins = origins
        self._written, self._lines, self._marked = written, lines, marked
        self._tags = {text_of(one, name): text_of(one, "tag") for one in origins for name in ("title", "tag")}
        self._known = frozenset(one.said for one in written)
        self._phrases = self._changed_phrases()
        self._texts: dict[str, _Difference] = {}
        self._places: dict[str, _Difference] = {}
        then, now = [one.said for one in written], [one.said for one in lines]
        for kind, start, end, first, last in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
            if kind != "equal":
                self._differ(range(start, end), range(first, last))

    def changed(self) -> tuple[ChangedText, ...]:
        """Return the texts that are no longer as they were written."""
        found = []
        for origin in self._origins:
            tag = text_of(origin, "tag")
            difference = self._texts.get(tag) or self._phrases.get(tag)
            if difference is not None:
                holds = tuple(filter(None, text_of(origin, "holds").split(", ")))
                about = text_of(origin, "file"), text_of(origin, "key")
                found.append(ChangedText(*about, difference.text, difference.missing, holds))
        return tuple(found)

    def elsewhere(self) -> tuple[OtherChange, ...]:
        return tuple(OtherChange(heading, one.text, one.missing) for heading, one in self._places.items())

    # ---- Lines that differ ----

    def _differ(self, then: range, now: range) -> None:
        """Say of lines that stand in the place of others, or of none, whose they are."""
        same = {self._written[place].own for place in then if self._written[place].phrases}
        for place in then:
            before = self._written[place]
            if before.tags:
                self._difference_in(before.tags).gone += 1
            elif not self._is_told(before, now):
                self._place_at(now.start).gone += 1
        for offset, place in enumerate(now):
            line = self._lines[place]
            marks = (self._tags[name] for name in sorted(line.names) if name in self._tags)
            tag = next(marks, "") or self._tag_from_place(then, offset)
            if tag:
                self._difference_in({tag}).now.append(line.shown)
            elif not (same and self._is_only_phrase(line, then, same)):
                self._place_at(place).now.append(line.shown)

    def _difference_in(self, tags: Iterable[str]) -> _Difference:
        return self._texts.setdefault(min(tags), _Difference())

    def _place_at(self, place: int) -> _Difference:
        """Return the place of a line, or, of lines that are gone, the place before the next."""
        known = place < len(self._lines)
        heading = self._lines[place].heading if known else self._lines[-1].heading if self._lines else ""
        if known and self._lines[place].text == heading and place:
            # A line that was taken out before a heading stood under the one above.
            is_new = self._lines[place].said not in self._known
            heading = heading if is_new else self._lines[place - 1].heading
        return self._places.setdefault(heading, _Difference())

    def _tag_from_place(self, then: range, offset: int) -> str:
        """Return the text that a line without a mark stands in, if that has lost its mark; or nothing."""
        around = [then.start - 1, then.start] if not then else [then[min(offset, len(then) - 1)]]
        if around[0] < 0 or around[-1] >= len(self._written):
            return ""
        tags = frozenset.intersection(*(self._written[place].tags for place in around))
        return min(tags - self._marked.keys(), default="")

    def _is_told(self, before: _Written, now: range) -> bool:
        """Return whether the line of a sentence with phrases differs in a phrase, which is told of by itself."""
        changed = before.phrases & self._phrases.keys()
        lines = (self._lines[place] for place in now)
        kept = any(line.phrases and line.said_by_itself == before.own for line in lines)
        return bool(changed) and (kept or not before.phrases & self._marked.keys())

    def _is_only_phrase(self, line: Line, then: range, same: set[str]) -> bool:
        if line.phrases:
            return line.said_by_itself in same
        return any(self._written[place].phrases & self._phrases.keys() - self._marked.keys() for place in then)

    # ---- Phrases ----

    def _changed_phrases(self) -> dict[str, _Difference]:
        """Return the texts that stand within a sentence, or in a header, and differ, by tag."""
        of_lines = frozenset().union(*(one.tags for one in self._written))
        found = {}
        for origin in self._origins:
            tag = text_of(origin, "tag")
            paragraphs, length = _number(origin, "paragraphs"), _number(origin, "length")
            if tag in of_lines:
                continue
            if tag in self._marked:
                if checksum(self._marked[tag]) != text_of(origin, "sha256"):
                    found[tag] = _Difference([self._marked[tag]])
            elif paragraphs > 1 or text_of(origin, "sha256") not in map(checksum, self._said(length)):
                found[tag] = _Difference()
        return found

    def _said(self, length: int) -> Iterator[str]:
        """Yield everything of a length that stands in a line and begins where a phrase may.

        LibreOffice keeps the marks of paragraphs and loses those of phrases.
        """
        for text in (line.text for line in self._lines):
            for found in _BEGINNINGS.finditer(text):
                if found.start() + length <= len(text):
                    yield text[found.start() : found.start() + length]
