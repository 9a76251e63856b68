"""Rules on quotations: compared word for word with the text that the inspectorate published."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportgen.rules.passages import WORKED_OUT, Sentence, paragraphs_of
from reportgen.rules.rule import ADVICE, ERROR, RuleContext, Violation, rule
from reportgen.rules.words import normalise

FEW_WORDS = 4
"""A term in quotation marks ("front door") has fewer words; a text of so many is taken for a quotation."""

_QUOTED = re.compile(
    r"“([^“”]{1,1500}?)”"
    r"|‘((?:[^‘’]|’(?=\w)){1,1500}?)’(?!\w)"
    r"|(?<![\w\"])\"(?=\S)([^\"]{1,1500}?)(?<=\S)\"(?!\w)"
    r"|(?<![\w'])'(?=\w)((?:[^'\n]|\n(?![ \t]*\n)|'(?=\w)){1,1500}?)(?<=[\w.,;!?…])'(?!\w)",
    re.DOTALL,
)
_LEFT_OUT = re.compile(rf"\[[^\]]*\]|…|\.{{3}}|{WORKED_OUT}+")
_SPEAKER = (
    r"\b(?:inspectors?|inspectorate|(?:the|its|their|inspection) report"
    r"|it (?:also |further )?(?:says|said|adds|describes|calls)"
    r"|they (?:also )?(?:call|called|found|say|said|describe|described|write|wrote|judged))\b"
)
_OTHER_SPEAKER = re.compile(
    r"\b(?:letter|minister|secretary of state|said to|headed|heading|titled|entitled|title|called for|guidance|the Act"
    r"|the regulations|strategy|plan for|young (?:people|person)|children (?:said|told)|parents?|carers?|staff said"
    r"|councillor|MP|previous|earlier|framework|handbook|known as|so-called|programme|campaign|scheme|model|toolkit"
    r"|policy)\b",
    re.IGNORECASE,
)


def quoted_parts(text: str) -> Iterator[tuple[int, int]]:
    """Where each quotation begins and ends, without its marks."""
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 0
        yield match.span(group)


@dataclass(frozen=True)
class PublishedText:
    """A published text, in the forms in which a quotation may be found in it."""

    forms: tuple[str, ...]
    """With the parts of words that a line's end divides joined, and with their hyphen kept."""

    def has(self, words: str) -> bool:
        """Whether the words stand in it, whatever capital they begin with."""
        wanted = _joined(words)
        swapped = wanted[:1].swapcase() + wanted[1:]
        return any(_stands(one, form) for form in self.forms for one in (wanted, swapped))

    def nearest(self, words: str) -> str:
        """The passage that shares most words with these; nothing when hardly any does."""
        wanted = Counter(_words(words))
        text = self.forms[0].split()
        plain = [_plain(word) for word in text]
        size = min(sum(wanted.values()), len(text))
        best, place = 0, 0
        inside: Counter[str] = Counter(plain[:size])
        for start in range(len(text) - size + 1):
            if start:
                inside[plain[start - 1]] -= 1
                inside[plain[start + size - 1]] += 1
            shared = sum(min(count, inside[word]) for word, count in wanted.items())
            if shared > best:
                best, place = shared, start
        if 2 * best < sum(wanted.values()):
            return ""
        return " ".join(text[place : place + size]).rstrip(".,;:")


@lru_cache(maxsize=4)
def read_published_text(text: str) -> PublishedText:
    """A published text for comparing, the numbers of its pages taken out."""
    text = unicodedata.normalize("NFKC", text.replace("\f", "\n").replace("\u00ad", ""))
    text = re.sub(r"^[ \t]*\d{1,3}[ \t]*$", "", text, flags=re.MULTILINE)
    divided = r"(?<=[a-z])-[ \t]*\n\s*(?=[a-z])"
    return PublishedText((_joined(re.sub(divided, "", text)), _joined(re.sub(divided, "-", text))))


def _joined(text: str) -> str:
    return normalise(unicodedata.normalize("NFKC", text))


def _stands(words: str, text: str) -> bool:
    """Whether the words stand in the text as whole words."""
    return re.search(rf"(?<![\w]){re.escape(words)}(?!\w)", text) is not None


def _words(text: str) -> list[str]:
    return [plain for word in _joined(text).split() if (plain := _plain(word))]


def _plain(word: str) -> str:
    return word.strip(".,;:!?()[]\"'").casefold()


@dataclass(frozen=True)
class _Quotation:
    sentence: Sentence
    start: int
    said: str
    attributed: bool


@rule("RG309", ERROR, "A quotation differs from the published report", "A published paper that quoted the draft report")
def misquoted_report(context: RuleContext) -> Iterator[Violation]:
    """Words in quotation marks that the sentence gives as the inspectors' must stand in their report word for word.
    Save the text of the published report beside the inspection and name it: source_text: outcome.txt. White space, the
    kind of quotation marks and words divided at the end of a line do not count; '…' and [square brackets] mark what you
    left out or put in. A copy from before publication may differ from what was published."""
    for quotation, near in _not_found(context):
        if quotation.attributed and len(_words(quotation.said)) >= FEW_WORDS:
            message = f"'{_short(quotation.said)}' does not stand so in the published report"
            hint = (
                f"the nearest passage: '{near}'" if near else "nothing like it stands there; is it another document's?"
            )
            yield Violation(quotation.sentence.at(quotation.start), message, hint)


@rule("RG310", ADVICE, "Words in quotation marks are not in the published report", "Quotations in published papers")
def unattributed_quotation(context: RuleContext) -> Iterator[Violation]:
    """A longer text in quotation marks which is not in the published report, in a sentence that does not say whose
    words it is. Name its author, or correct it."""
    for quotation, near in _not_found(context):
        few = len(_words(quotation.said)) < FEW_WORDS
        if few == quotation.attributed:
            message = f"'{_short(quotation.said)}' is in quotation marks and not in the published report"
            hint = f"the nearest passage: '{near}'" if near else "say in the sentence whose words they are"
            yield Violation(quotation.sentence.at(quotation.start), message, hint)


def _not_found(context: RuleContext) -> Iterator[tuple[_Quotation, str]]:
    if context.paper.source_text is None:
        return
    source = read_published_text(context.paper.source_text)
    for quotation in _quotations(context):
        for part in _LEFT_OUT.split(quotation.said):
            words = re.sub(r"\*+|\\(?=\W)", "", part).strip(" \n\t.,;:!?-–—")
            if " " in words and not source.has(words):
                yield quotation, source.nearest(words)
                break


def _quotations(context: RuleContext) -> Iterator[_Quotation]:
    inspection = context.paper.inspection
    named = re.escape(inspection.inspectorate) if inspection else "inspectors"
    speaker = re.compile(rf"{_SPEAKER}|\b{named}\b", re.IGNORECASE)
    for paragraph in paragraphs_of(context.paper, "report", "plan"):
        for start, end in quoted_parts(paragraph.text):
            around, said = _sentence_around(paragraph.text, start, end), paragraph.text[start:end]
            if not _OTHER_SPEAKER.search(around) and not _is_title(said):
                yield _Quotation(paragraph, start, said, speaker.search(around) is not None)


def _is_title(said: str) -> bool:
    """Whether most longer words begin with a capital, as in the name of a document."""
    longer = [word for word in re.findall(r"[^\W\d_][\w'’-]*", said) if len(word) > 3]
    return len(longer) > 1 and 2 * sum(word[0].isupper() for word in longer) > len(longer)


def _sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that a quotation stands in, without the quotation."""
    before = re.split(r"[.!?][\"”’')]*\s+(?=[A-Z])", text[: max(0, start - 1)])[-1]
    after = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text[end + 1 :])[0]
    return f"{before} {after}"


def _short(text: str) -> str:
    line = " ".join(text.replace(WORKED_OUT, "").split())
    return line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0] + " …"
