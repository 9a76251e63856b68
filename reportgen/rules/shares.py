"""Rule on percentages that were typed: those whose numbers stand beside them are worked out again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from reportgen.diagnostics import Location
from reportgen.rules.passages import Sentence, sentences_of
from reportgen.rules.rule import ERROR, RuleContext, Violation, rule
from reportgen.rules.tally import GRADED_THINGS, Tally, sentences_on_result, tally_of
from reportgen.rules.words import NUMBER, parse_number

_QUALIFIERS = {
    "about": r"about|around|some|roughly|approximately|approx\.?|circa|c\.|close to|or so",
    "below": r"almost|nearly|just under|just below|not quite|approaching",
    "above": r"over|more than|above|just over|exceeding|well over|at least",
    "under": r"less than|under|below|fewer than",
}
_QUALIFIER = rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _QUALIFIERS.items())})\s+"
_PERCENT = rf"(?:{_QUALIFIER})?(?P<percent>\d{{1,3}}(?:\.\d+)?)\s*(?:%|per\s?cent\b)"
_SIGN = re.compile(r"%|per\s?cent", re.I)
"""Without one of these a text has no percentage."""
ROUNDED = 2.0
"""Points by which a figure that is said to be approximate may differ, "almost 40%" from 38% on."""

_OF = re.compile(
    rf"(?P<part>{NUMBER})\s*\(\s*{_PERCENT}\s*\)\s*(?:of|out of)\s+(?:the\s+|all\s+|these\s+)*(?P<whole>{NUMBER})", re.I
)
_OUT_OF = re.compile(
    rf"(?P<part>{NUMBER})\s+(?:of|out of)\s+(?:the\s+|all\s+|these\s+)*(?P<whole>{NUMBER})"
    rf"(?:\s+[^\W\d][\w'’-]*){{0,4}}?\s*(?:\(\s*|,\s*(?:or|i\.e\.)?\s*){_PERCENT}",
    re.I,
)
_IN_BRACKETS = re.compile(
    rf"{_PERCENT}\s*\(\s*(?P<part>{NUMBER})\s+(?:of|out of)\s+(?:the\s+|all\s+)*(?P<whole>{NUMBER})", re.I
)
_AFTER_WHAT = re.compile(
    rf"{_PERCENT}\s+of\s+(?:[^\W\d][\w'’-]*\s+){{1,4}}?"
    rf"\(\s*(?P<part>{NUMBER})\s+(?:of|out of)\s+(?:the\s+|all\s+)*(?P<whole>{NUMBER})\s*\)",
    re.I,
)
_CHANGE = re.compile(
    rf"\bfrom\s+(?P<first>{NUMBER})\b(?P<between>[^.;%]{{0,60}}?)\bto\s+(?P<second>{NUMBER})(?!\s*(?:%|per\s?cent))",
    re.I,
)
_GOES = re.compile(
    r"\b(?:fell|falls?|fallen|falling|reduc\w+|decreas\w+|drop\w*|declin\w+|cut|down|rose|risen|rises?|rising|increas\w+"
    r"|grew|grown|grow\w*|up|went|gone|improv\w+|change[ds]?)\b",
    re.I,
)
_LEFT_BEFORE = re.compile(r"\bto\s+$")
_LEFT_AFTER = re.compile(r"\s+of\s+(?:what|that|the\s+(?:number|figure|level|total))\b")
"""What makes a percentage the part that is left, "to 63%", and not the change."""
_ANY_PERCENT = re.compile(_PERCENT, re.I)
_LEADS_TO_PERCENT = re.compile(
    r"(?:\s+(?!and\b|while\b|but\b|with\b|or\b)[^\W\d][\w'’-]*){0,4}?\s*[,;(–—-]?\s*"
    r"(?:(?:an?|the|or|which|this|that|is|was|by|of|to|i\.e\.|equal|overall|down|up|reduction|fall|decrease|drop|decline"
    r"|increase|rise|growth|change|improvement|cut|difference)\s+)*",
    re.I,
)
_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


@dataclass(frozen=True)
class TypedPercentage:
    """A percentage as typed."""

    said: str
    percent: float
    decimals: int
    qualifier: str
    """"One of `_QUALIFIERS`, or nothing."""

    def agrees_with(self, share: float) -> bool:
        """Whether a share (in per cent) may be put so."""
        half = 0.5 * 10.0**-self.decimals + 1e-9
        off = share - self.percent
        match self.qualifier:
            case "about":
                return abs(off) <= ROUNDED + half
            case "below":
                return -ROUNDED - half <= off <= half
            case "above":
                return off >= -half
            case "under":
                return off <= half
        # Cut off and rounded figures are both in use: 36.6 is "37%", and by some "36%".
        return abs(off) <= half or floor(share * 10.0**self.decimals) == round(self.percent * 10.0**self.decimals)


def _typed(match: re.Match[str]) -> TypedPercentage:
    groups = match.groupdict()
    qualifier = next((name for name in _QUALIFIERS if groups.get(name)), "")
    figure = groups["percent"]
    first = match.start(qualifier) if qualifier else match.start("percent")
    said = re.match(r".*?(?:%|per\s?cent)", match.string[first:], re.S | re.I)
    shown = " ".join(said.group().split()) if said else figure
    return TypedPercentage(shown, float(figure), len(figure.partition(".")[2]), qualifier)


@rule("RG306", ERROR, "A typed percentage is wrong", "Arithmetic in published papers")
def wrong_percentage(context: RuleContext) -> Iterator[Violation]:
    """A percentage whose two numbers stand in the same sentence is worked out again: a fall from 41 to 26 is 36.6%, and
    not 'almost 40%'. Rounded and cut-off figures both pass; 'about' and 'almost' may be two points off. A share of
    judgements is compared with the table."""
    compared: set[Location] = set()
    for sentence in sentences_of(context.paper, "report", "plan"):
        if _SIGN.search(sentence.text):
            parts = list(_parts(sentence))
            compared.update(one.location for one in parts)
            yield from parts
            yield from _changes(sentence)
    tally = tally_of(context)
    if tally is not None:
        for sentence in sentences_on_result(context, tally):
            yield from (one for one in _shares_of_grades(sentence, tally) if one.location not in compared)


def _parts(sentence: Sentence) -> Iterator[Violation]:
    """ "20 (91%) of 22", "20 of 22 (91%)", "91% (20 of 22)", "91% of visits (20 of 22)"."""
    for form in (_OF, _OUT_OF, _IN_BRACKETS, _AFTER_WHAT):
        for match in form.finditer(sentence.text):
            part, whole = parse_number(match["part"]), parse_number(match["whole"])
            typed = _typed(match)
            if whole and part <= whole and not typed.agrees_with(100 * part / whole):
                message = f"'{typed.said}' was typed; {match['part']} of {match['whole']} is {_shown(part / whole)}"
                hint = "correct it, or work it out: {{ (" + f"{part} / {whole})|percent" + " }}"
                yield Violation(sentence.at(match.start("percent")), message, hint)


def _changes(sentence: Sentence) -> Iterator[Violation]:
    """ "Fell from 41 to 26, almost 40%"."""
    changes = [match for match in _CHANGE.finditer(sentence.text) if not _is_period(match, sentence.text)]
    percents = list(_ANY_PERCENT.finditer(sentence.text))
    if len(changes) != 1 or len(percents) != 1 or not _GOES.search(sentence.text):
        return
    said, percent = changes[0], percents[0]
    first, second = parse_number(said["first"]), parse_number(said["second"])
    if not first or not _belong_together(said, percent, sentence.text):
        return
    typed, change = _typed(percent), abs(second - first) / first
    before, after = sentence.text[: percent.start()], sentence.text[percent.end() :]
    left = _LEFT_BEFORE.search(before) or _LEFT_AFTER.match(after)
    if not typed.agrees_with(100 * second / first if left else 100 * change):
        message = f"'{typed.said}' was typed; from {said['first']} to {said['second']} is {_shown(change)}"
        hint = "correct it, or work it out: {{ (" + f"{abs(second - first)} / {first})|percent" + " }}"
        yield Violation(sentence.at(percent.start("percent")), message, hint)


def _belong_together(change: re.Match[str], percent: re.Match[str], text: str) -> bool:
    """Whether nothing but words of change stands between them: "from 41 to 26 children, a reduction of …"."""
    if percent.start() > change.end():
        return _LEADS_TO_PERCENT.fullmatch(text, change.end(), percent.start()) is not None
    return percent.end() < change.start() and not re.search(r"[^\s,(–-]", text[percent.end() : change.start()])


def _is_period(match: re.Match[str], text: str) -> bool:
    """Whether it goes from day to day or from year to year, or between ages."""
    after = text[match.end() : match.end() + 12]
    numbers = [match["first"], match["second"]]
    years = all(re.fullmatch(r"(?:19|20)\d\d", number) for number in numbers)
    dated = _MONTH.match(after.lstrip()) or _MONTH.search(match["between"])
    aged = re.search(r"\bage[ds]?\b", text[max(0, match.start() - 12) : match.start()])
    return bool(years or dated or aged)


def _shares_of_grades(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    """ "40% of the judgements were good"."""
    if not _SIGN.search(sentence.text):
        return
    share_of = rf"{_PERCENT}\s+of\s+(?:the\s+|all\s+|our\s+|its\s+)*{GRADED_THINGS}(?:\s*\([^()]*\))?"
    for claim in tally.claims(share_of, sentence.text):
        typed = _typed(claim.match)
        scopes = [scope for scope in tally.scopes if scope.total]
        if any(typed.agrees_with(100 * scope.count(claim.grades) / scope.total) for scope in scopes):
            continue
        share = tally.all.count(claim.grades) / tally.all.total
        message = f"'{typed.said}' of judgements {claim.named} was typed; it is {_shown(share)}"
        hint = f"write {{{{ inspection.share({claim.arguments})|percent }}}}"
        yield Violation(sentence.at(claim.match.start("percent")), message, hint)


def _shown(share: float) -> str:
    return f"{100 * share:.1f}%".replace(".0%", "%")
