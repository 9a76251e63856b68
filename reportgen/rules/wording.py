"""Rules on slips of the pen: doubled words and signs, short forms, and days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from reportgen.document import blocks_of, lines_of, plain_text
from reportgen.model.inspection import Inspection
from reportgen.rules.passages import WORKED_OUT, Sentence, TypedText, prose_of, sentences_of, texts_of
from reportgen.rules.rule import ADVICE, WARNING, RuleContext, Violation, rule
from reportgen.rules.tally import Tally
from reportgen.rules.words import word_lists

# ---- Doubled words and signs ----

_DOUBLED = re.compile(
    r"(?<![\w'’-])([A-Za-z][\w'’-]*(?:[ \t]*\n?[ \t]*(?<=\s)[A-Za-z][\w'’-]*){0,3})\s+(\1)(?![\w'’/-])", re.IGNORECASE
)
_WORD = re.compile(r"[a-z][\w'’-]*")
_DOUBLED_SIGN = re.compile(r"%{2,}|,{2,}|;{2,}|:{2,}|£{2,}|!{2,}|(?<!\.)\.\.(?!\.)|,\.|[,;.]+;|;,")
_PAIR = re.compile(r"(?=(?<![\w'’-])([A-Za-z][\w'’-]{2,}\s+[A-Za-z][\w'’-]{2,})(?![\w'’-]))")
_JOINING = frozenset(["and", "the", "for", "from", "with", "into", "its", "our"])


@rule("RG312", WARNING, "Words stand twice in a row", "Slips in published papers")
def doubled_words(context: RuleContext) -> Iterator[Violation]:
    """The same words twice in a row are left over from moving text about: 'led by led by'. Doubles that English has
    ('had had') are passed over, and so are words that an expression prints. In a title the same two words twice count
    as well: 'Key findings: summary of key findings'."""
    allowed = {" ".join(word.casefold().split()) for word in word_lists().allowed_doubles.words}
    for typed_text in texts_of(context.paper):
        for sentence in typed_text.sentences:
            if not _repeats(_WORD.findall(sentence.text.casefold())):
                continue  # quicker than the search, and true of nearly all sentences
            for match in _DOUBLED.finditer(sentence.text):
                if match.group(2)[0].isupper() and match.group(1)[0].islower():
                    continue  # a heading or a name begins with what the line before it ends with
                said = " ".join(match.group(1).split())
                if said.casefold() not in allowed and not _may_be_double(said, sentence.text[: match.start()]):
                    message = f"'{said}' stands here twice in a row"
                    yield Violation(sentence.at(match.start(2)), message, "delete one of them")
        if typed_text.plain and typed_text.typed.key.endswith("title"):
            yield from _pairs_in_title(typed_text)


_MAY_BE_DOUBLE = {
    # "What it is is clear"; "that it is is well known"
    "is": re.compile(
        r"\b(?:what|whatever|who|whoever|where|wherever|that|how|why|which|all|as|it|this)\b", re.IGNORECASE
    ),
    # "The new forms came in in May": a verb that takes "in" stands before it
    "in": re.compile(
        r"\b(?:\w+(?:ed|ing)|c[ao]mes?|puts?|brings?|brought|takes?|took|taken|sets?|sen[dt]s?|buil[dt]|kept|keeps?|lets?|gets?"
        r"|got|goes|go|went|gone|held|holds?|stays?|moves?|phases?|checks?|hands?|logs?|signs?|steps?|settles?|joins?|fits?"
        r"|gives?|gave|given|sworn|lives?|feeds?|fed|writes?|written|draws?|drawn|be|is|are|was|were|all)\s+$",
        re.IGNORECASE,
    ),
}
"""Words that English doubles at times, and what stands before them then."""


def _may_be_double(said: str, before: str) -> bool:
    may = _MAY_BE_DOUBLE.get(said.casefold())
    return may is not None and may.search(before) is not None


def _repeats(said: list[str]) -> bool:
    """Whether up to four words stand twice in a row, whatever signs are between them."""
    for many in range(1, 5):
        run = 0
        for word, later in zip(said, said[many:], strict=False):
            run = run + 1 if word == later else 0
            if run == many:
                return True
    return False


def _pairs_in_title(typed_text: TypedText) -> Iterator[Violation]:
    seen: set[str] = set()
    for match in _PAIR.finditer(typed_text.text):
        pair = " ".join(match.group(1).split())
        if _JOINING & set(pair.casefold().split()):
            continue
        if pair.casefold() in seen:
            message = f"'{pair}' stands twice in this title"
            yield Violation(typed_text.at(match.start(1)), message, "is one of them left over from another title?")
        seen.add(pair.casefold())


@rule("RG313", WARNING, "A sign stands twice in a row", "Slips in published papers")
def doubled_signs(context: RuleContext) -> Iterator[Violation]:
    """A sign twice in a row: '65.9%%', ',,', '..'. Three full stops are an ellipsis and are left alone."""
    for typed_text in texts_of(context.paper):
        for match in _DOUBLED_SIGN.finditer(typed_text.text):
            hint = f"write '{match.group()[0]}'" if len(set(match.group())) == 1 else "keep the one that is meant"
            yield Violation(typed_text.at(match.start()), f"'{match.group()}' was found; one sign was expected", hint)


# ---- Short forms ----

_SHORT_FORM = re.compile(r"(?<![\w&/.'’-])([A-Z][A-Z&]{1,5}(?<!&))(?:['’]?s)?(?![\w&/-]|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")


@rule("RG315", ADVICE, "A short form is never spelled out", "Plain English: WCAG 2.2, 3.1.4 Abbreviations")
def unexplained_short_form(context: RuleContext) -> Iterator[Violation]:
    """A short form in capitals that the paper never gives in full: write 'the multi-agency safeguarding hub (MASH)'
    once. Forms that everybody knows are passed over, and those that the house lists under acronyms:."""
    everything = _all_text(context)
    style = context.house.config
    passed = {
        word.casefold()
        for word in (*word_lists().known_acronyms.words, *word_lists().placeholders.words, *style.acronyms)
    }
    passed |= {word.casefold() for label in style.vocabulary.values() for word in label.split()}
    for typed_text in prose_of(context.paper):
        for match in _SHORT_FORM.finditer(typed_text.text):
            short = match.group(1)
            if short.casefold() in passed or _ROMAN.fullmatch(short) or _is_shouted(typed_text.text, match):
                continue
            passed.add(short.casefold())
            if not _is_spelled_out(short, everything):
                hint = f"at its first use write it in full and then ({short}); or add it to the house's acronyms:"
                yield Violation(typed_text.at(match.start()), f"'{short}' is never spelled out in this paper", hint)


def _all_text(context: RuleContext) -> str:
    texts = [typed_text.text for typed_text in texts_of(context.paper)]
    if context.document is not None:
        texts += [plain_text(line) for block in blocks_of(context.document) for line in lines_of(block)]
    return "\n".join(texts)


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Whether the word stands among others in capitals, as in a heading."""
    name = re.escape(match.group())
    beside = rf"{name}(?:\W+[A-Z]{{2,}}\b|\s+\d+\b)|\b[A-Z]{{2,}}\W+{name}"
    return re.search(beside, text[max(0, match.start() - 30) : match.end() + 30]) is not None


def _is_spelled_out(short: str, text: str) -> bool:
    """Whether the text has "Multi-agency Hub (MASH)", "MASH (the multi-agency hub)" or "Multi-agency Hub, or MASH"."""
    name = re.escape(short)
    after = rf"[a-z{WORKED_OUT}][\w'’]*\W{{1,3}}\(\s*(?:the |or )?[\"“'‘]?{name}s?\b"
    before = rf"\b{name}s?\s*\((?=[^)]*[a-z]{{2,}}[ -][A-Za-z]*[a-z]{{2}})"
    in_full = r"[\s-]+(?:(?:of|and|for|the|in|on|to|with)\s+)*".join(
        rf"\b{letter}[\w'’]*" for letter in short if letter != "&"
    )
    beside = (
        rf"(?i:{in_full})s?\W{{1,3}}(?:or |also |known as |called |the )*[\"“'‘(]?{name}\b"
        rf"|\b{name}\W{{1,4}}(?:or |the |short for |stands for )*[\"“'‘(]?(?i:{in_full})"
    )
    return any(re.search(form, text) is not None for form in (after, before, beside))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_LEAP_YEAR = 2024
"""Stands for the year of a day without one: 29 February may be meant."""
_LARGEST = 39
"""Without a year, a larger number before a month counts something else."""
_DAY = re.compile(
    rf"(?<![\w./£])(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+"
    rf"(?:of\s+)?(?P<month>{_MONTH})(?![\w’'-])(?:,?\s+(?P<year>(?:19|20)\d\d)(?![\w/-]))?"
)
_OTHER_DAY = rf"(\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{4}})?)"
_BROKEN_RANGE = re.compile(rf"(?<![\w/]){_OTHER_DAY}\s+{_OTHER_DAY}(?!\w)")
NEAR = 7
"""Days from the inspection's publication within which "the report" can only be the inspectorate's."""


def with_weekday(day: date) -> str:
    """A day as a message says it where its weekday matters: "Friday 30 October 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {day:%B} {day.year}"


# ---- Days that never were ----


@rule("RG323", WARNING, "A day that never was", "Slips in published papers")
def impossible_date(context: RuleContext) -> Iterator[Violation]:
    """A day of the week on which the date did not fall ('Tuesday 9 November 2026' is a Monday), or a date that no
    calendar has ('31 September'). A day is mostly right in one of its parts, so that both are looked up."""
    for typed_text in texts_of(context.paper):
        for match in _DAY.finditer(typed_text.text):
            message = _wrong_with(match)
            if message:
                hint = "look the day up in a calendar, and correct what is wrong"
                yield Violation(typed_text.at(match.start()), message, hint)


def _wrong_with(match: re.Match[str]) -> str:
    """What is wrong with a day as typed; nothing where it can be right."""
    said, number = " ".join(match.group().split()).rstrip("."), int(match["day"])
    month = _month_of(match)
    year = int(match["year"]) if match["year"] else _LEAP_YEAR
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        in_year = f" {year}" if match["year"] else ""
        counted = not match["year"] and number > _LARGEST
        return "" if counted else f"'{said}' is no day: {date(year, month, 1):%B}{in_year} has {last} days"
    right = _WEEKDAYS[date(year, month, number).weekday()]
    if match["year"] and match["weekday"] not in (None, right):
        return f"'{said}' was found; that day is a {right}"
    return ""


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].casefold()) + 1


@rule("RG314", WARNING, "Two days with nothing between them", "Slips in published papers")
def broken_date_range(context: RuleContext) -> Iterator[Violation]:
    """Two days with nothing between them, such as '28 November 2011 13 December 2011', were a period whose dash got
    lost. Write 'to', or let {{ period(inspection.start, inspection.end) }} print it."""
    for typed_text in texts_of(context.paper):
        for match in _BROKEN_RANGE.finditer(typed_text.text):
            first, second = (" ".join(part.split()) for part in match.groups())
            message = f"nothing stands between '{first}' and '{second}'"
            hint = (
                "write 'to' between them; {{ period(inspection.start, inspection.end) }} prints the inspection's days"
            )
            yield Violation(typed_text.at(match.start()), message, hint)


# ---- The day of publication ----

_ANOTHER_REPORT = re.compile(
    r"\b(?:reviews?|audits?|ombudsman|peer|auditors?|scrutiny|annual|consultants?)\b", re.IGNORECASE
)


@rule("RG324", WARNING, "The report was published on another day", "SI 2007/462: time runs from the report")
def wrong_publication_date(context: RuleContext) -> Iterator[Violation]:
    """A sentence says that the inspectorate's report was published on another day than published: in the inspection's
    file. The day of publication by the council passes as well, and so do sentences that can mean another report. Time
    limits are counted from the file's day."""
    inspection = context.paper.inspection
    if inspection is None:
        return
    known = (inspection, context.paper.meeting, context.paper.item)
    possible = {one.published for one in known if one} | {inspection.published_by_council}
    form = _published_on(inspection)
    for sentence in sentences_of(context.paper, "report"):
        match = form.search(sentence.text)
        day = _DAY.match(sentence.text, match.end()) if match else None
        if match is None or day is None or not day["year"] or _wrong_with(day):
            continue
        typed = date(int(day["year"]), _month_of(day), int(day["day"]))
        if typed not in possible and _is_of_inspection(sentence, match, typed, inspection):
            message = f"the report is said to be published on {typed}; the inspection has {inspection.published}"
            hint = "write {{ inspection.published|date }}, or correct published: in the inspection's file"
            yield Violation(sentence.at(day.start()), message, hint)


def _published_on(inspection: Inspection) -> re.Pattern[str]:
    """ "Ofsted's report was published on", "the report was published on"."""
    name = re.escape(inspection.inspectorate)
    whose = rf"(?P<whose>(?:the\s+)?(?:{name}(?:['’]s)?|inspectors['’]|inspectorate['’]s|inspection))"
    return re.compile(
        rf"(?:{whose}\s+|^[\s*\"“]*the\s+)(?:report|letter)\s+was\s+(?:first\s+)?published\s+(?:by\s+{name}\s+)?on\s+",
        re.IGNORECASE,
    )


def _is_of_inspection(sentence: Sentence, match: re.Match[str], typed: date, inspection: Inspection) -> bool:
    """Whether the sentence can only mean the report on this inspection."""
    if not Tally(inspection).speaks_of_now(sentence.text):
        return False
    if match["whose"]:
        return typed >= inspection.end
    near = abs((typed - inspection.published).days) <= NEAR
    return near and not _ANOTHER_REPORT.search(sentence.typed_text.text)
