"""What differs between two versions of a record, as an officer would call it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from reportgen.changes.differences import Difference, Path, alike, differences, plain, words_of
from reportgen.changes.naming import key_of, label_of, subjects
from reportgen.diagnostics import Location
from reportgen.model.base import GAP_MARK, Prose, Record
from reportgen.model.plan import Action
from reportgen.model.progress import ActionChange, kind_of_change
from reportgen.model.report import Implication

# ---- Two texts: their paragraphs that differ, and in each the words that do ----

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


# ---- Changes ----

ActionKind = Literal["closed", "reopened", "slipped", "brought forward", "re-owned"]
"""What has become of an action."""
ChangeKind = Literal[
    "new", "gone", "moved", "changed", "reworded", "spacing", "clearance reopened", ActionKind
]  # fmt: skip
"""What has become of a value. "new" and "gone" stand for whole items and for values given or taken out; "reworded" for
one paragraph of a text, "spacing" for a text whose words are the same."""

_OF_ACTIONS: Mapping[str, ChangeKind] = {
    "closed": "closed",
    "reopened": "reopened",
    "slipped": "slipped",
    "earlier": "brought forward",
    "owner": "re-owned",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change."""

    kind: ChangeKind
    about: str
    """What it is about, below the record of the file: "action A3"; empty for that record itself."""
    label: str
    """Which of its values has changed, in words: "due date"; empty for the whole."""
    key: str
    """The same for programs: `actions[A3].due`."""
    was: Any
    """The old value as JSON has it: text, number, yes or no, list, mapping; None where there was none. Of an item that
    has changed places, its place in the list, from 1."""
    now: Any
    old_at: Location | None
    """In the old version; where something is new, the place of what it was put into. None: there is no such file."""
    new_at: Location | None
    words: tuple[Piece, ...] = ()
    """Of a text: what is the same, gone and new."""
    original: date | None = None
    """For an action that slipped: the day that was set first."""


def compare(old: Record, new: Record) -> tuple[Change, ...]:
    """Every change from one version of a record to the next, in the order of the record; both are of one kind."""
    return tuple(change for one in differences(old, new) for change in _changes_for(one))


def _changes_for(one: Difference) -> Iterator[Change]:
    if isinstance(one.was, Prose) and isinstance(one.now, Prose) and one.what == "changed":
        yield from _rewordings(one, one.was, one.now)
    else:
        yield _change(one)
    if _reopens_clearance(one):
        before = one.spot.within[-1][0]
        assert isinstance(before, Implication)
        yield _change(one, kind="clearance reopened", was=plain(before.cleared_on) or before.cleared_by, now=None)


def _change(one: Difference, **other: Any) -> Change:
    """The difference as one change, with `other` values of the change in place of what follows from it."""
    olds, news = zip(*one.spot.within, strict=True)
    item = one.now if isinstance(one.now, Record) else one.was
    here = news if one.now is not None else olds
    path = one.spot.new if one.now is not None else one.spot.old
    whole = isinstance(item, Record)
    within = (*here, item) if whole else here
    values: dict[str, Any] = {
        "kind": _kind_of(one),
        "about": subjects(within, path),
        "label": "" if whole else label_of(path),
        "key": key_of(within, path),
        "was": _told(one, one.spot.old, one.was),
        "now": _told(one, one.spot.new, one.now),
        "old_at": one.old_at,
        "new_at": one.new_at,
        "words": _words_of(one),
        "original": _original_of(one),
    }
    return Change(**(values | other))


def _kind_of(one: Difference) -> ChangeKind:
    if one.what == "moved":
        return "moved"
    record = one.spot.within[-1][1]
    if isinstance(record, Action) and one.spot.new[-1] in ("status", "due", "owner") and one.what == "changed":
        found = _OF_ACTIONS.get(kind_of_change(str(one.spot.new[-1]), one.was, one.now))
        if found is not None and not str(one.was).startswith(GAP_MARK):
            return found
    return {"given": "new", "gone": "gone"}.get(one.what, "changed")  # type: ignore[return-value]


def _told(one: Difference, path: Path, value: object) -> Any:
    """What one version says; of an item that has changed places, its place."""
    last = path[-1]
    return last + 1 if one.what == "moved" and isinstance(last, int) else plain(value)


def _words_of(one: Difference) -> tuple[Piece, ...]:
    """Of a line of text that was changed, such as a title, and has some words in common."""
    if not (isinstance(one.was, str) and isinstance(one.now, str)):
        return ()
    pieces = tuple(compare_words(one.was.split(), one.now.split()))
    return pieces if min(len(one.was.split()), len(one.now.split())) >= _WORDY else ()


_WORDY = 4
"""Words of a line from which on one sees more in what is new in it than in the two lines."""


def _original_of(one: Difference) -> date | None:
    """The first day of an action that slipped, as far as either version tells."""
    before, after = one.spot.within[-1]
    if _kind_of(one) != "slipped" or not isinstance(before, Action) or not isinstance(after, Action):
        return None
    return ActionChange(kind="slipped", before=before, after=after).original or before.due


def _rewordings(one: Difference, was: Prose, now: Prose) -> Iterator[Change]:
    """A change for each paragraph that differs."""
    found = list(reworded(was.text, now.text))
    if not found:
        yield _change(one, kind="spacing")
    for pair in found:
        yield _change(
            one,
            kind="reworded" if pair.old and pair.new else "new" if pair.new else "gone",
            was=pair.old.text if pair.old else None,
            now=pair.new.text if pair.new else None,
            label=f"{label_of(one.spot.new)}, paragraph" if not (pair.old and pair.new) else label_of(one.spot.new),
            old_at=_place_of(pair.old, was),
            new_at=_place_of(pair.new, now),
            words=pair.pieces,
        )


def _place_of(paragraph: Paragraph | None, prose: Prose) -> Location:
    """Where the paragraph stands in the file; the whole text's place where it has none."""
    if paragraph is None or not paragraph.line or not prose.text.typed:
        return prose.location
    return prose.text.place(paragraph.line, 0)


def _reopens_clearance(one: Difference) -> bool:
    """Whether somebody had cleared the words of an implication, and these or the clearance are no longer there."""
    before, after = one.spot.within[-1]
    if not (isinstance(before, Implication) and isinstance(after, Implication)):
        return False
    if before.cleared_by is None and before.cleared_on is None:
        return False
    key = one.spot.new[-1]
    if key in ("cleared_by", "cleared_on"):
        return one.what == "gone" and (key == "cleared_on" or before.cleared_on is None)
    same = all(getattr(before, name) == getattr(after, name) for name in ("cleared_by", "cleared_on", "cleared_text"))
    return key in ("text", "not_applicable") and same and _has_other_words(one.was, one.now)


def _has_other_words(was: object, now: object) -> bool:
    """Whether there is a text, and it does not say what it said."""
    return isinstance(now, Prose) and not (isinstance(was, Prose) and not any(reworded(was.text, now.text)))
