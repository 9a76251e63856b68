"""Rules on slips of the pen: doubled words and signs, broken date ranges, placeholders, short forms, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportgen.checks.passages import WORKED_OUT, Passage, Sentence, prose_of, texts_of
from reportgen.checks.plan_rules import NOBODY
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.checks.words import any_of, words
from reportgen.diagnostics import Location, Severity
from reportgen.tree import blocks_of, plain_text
from reportgen.tree.walking import lines_of

# ---- Doubled words and signs ----

_DOUBLED = re.compile(
    r"(?<![\w'’-])([A-Za-z][\w'’-]*(?:[ \t]*\n?[ \t]*(?<=\s)[A-Za-z][\w'’-]*){0,3})\s+(\1)(?![\w'’/-])", re.IGNORECASE
)
_WORD = re.compile(r"[a-z][\w'’-]*")
_DOUBLED_SIGN = re.compile(r"%{2,}|,{2,}|;{2,}|:{2,}|£{2,}|!{2,}|(?<!\.)\.\.(?!\.)|,\.|[,;.]+;|;,")
_PAIR = re.compile(r"(?=(?<![\w'’-])([A-Za-z][\w'’-]{2,}\s+[A-Za-z][\w'’-]{2,})(?![\w'’-]))")
_JOINING = frozenset(["and", "the", "for", "from", "with", "into", "its", "our"])


def check_doubled_words(checked: Checked) -> Iterator[Found]:
    """Words that stand twice in a row, and pairs of words that stand twice in a title."""
    allowed = {" ".join(word.casefold().split()) for word in words().allowed_doubles.words}
    for passage in texts_of(checked.paper):
        for sentence in passage.sentences():
            if not _repeats(_WORD.findall(sentence.text.casefold())):
                continue  # quicker than the search, and true of nearly all sentences
            for match in _DOUBLED.finditer(sentence.text):
                if match.group(2)[0].isupper() and match.group(1)[0].islower():
                    continue  # a heading or a name begins with what the line before it ends with
                said = " ".join(match.group(1).split())
                if said.casefold() not in allowed and not _may_be_double(said, sentence.text[: match.start()]):
                    yield Found(
                        sentence.at(match.start(2)), f"'{said}' stands here twice in a row", "delete one of them"
                    )
        if passage.plain and passage.typed.key.endswith("title"):
            yield from _pairs_in_title(passage)


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


def _pairs_in_title(passage: Passage) -> Iterator[Found]:
    seen: set[str] = set()
    for match in _PAIR.finditer(passage.text):
        pair = " ".join(match.group(1).split())
        if _JOINING & set(pair.casefold().split()):
            continue
        if pair.casefold() in seen:
            message = f"'{pair}' stands twice in this title"
            yield Found(passage.at(match.start(1)), message, "is one of them left over from another title?")
        seen.add(pair.casefold())


def check_doubled_signs(checked: Checked) -> Iterator[Found]:
    """Signs that were typed twice: "65.9%%", ",,"."""
    for passage in texts_of(checked.paper):
        for match in _DOUBLED_SIGN.finditer(passage.text):
            hint = f"write '{match.group()[0]}'" if len(set(match.group())) == 1 else "keep the one that is meant"
            yield Found(passage.at(match.start()), f"'{match.group()}' was found; one sign was expected", hint)


# ---- Date ranges ----

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}"
_BROKEN_RANGE = re.compile(rf"(?<![\w/])({_DAY}(?:\s+\d{{4}})?)\s+({_DAY}(?:\s+\d{{4}})?)(?!\w)")


def check_date_ranges(checked: Checked) -> Iterator[Found]:
    """Two days with nothing between them: "28 November 2011 13 December 2011"."""
    for passage in texts_of(checked.paper):
        for match in _BROKEN_RANGE.finditer(passage.text):
            first, second = (" ".join(part.split()) for part in match.groups())
            message = f"nothing stands between '{first}' and '{second}'"
            hint = (
                "write 'to' between them; {{ period(inspection.start, inspection.end) }} prints the inspection's days"
            )
            yield Found(passage.at(match.start()), message, hint)


# ---- Placeholders ----

_PLACEHOLDER_SIGNS = re.compile(
    r"(?<![\w/])(?<!Article )(?<!Chapter )(?<!Part )(?<!Annex )[xX]{2,}(?:[,.][xX]{2,})*(?![\w/])"
    r"|£\s?(?:[xX]+(?:[,.][xX]+)*|\?+|_+)(?!\w)"
    r"|\[\s*\](?!\()"
    r"|\[(?:insert|add|date|name|number|amount|details?|figures?|tbc|tba|to be|to follow|please|enter|officer|xx|title)"
    r"\b[^\]\n]{0,80}\](?!\()"
    r"|<(?:insert|add|date|name|number|enter|title)\b[^>\n]{0,40}>"
    r"|_{3,}|\?{2,}|\.{5,}|…{2,}",
    re.IGNORECASE,
)
_PROMISED = r"(?:details?|report|figures?|information|appendix(?: \w+)?|plan|costs?|dates?|text|comments?|table|paper)"
SHORT_NOTE = 5
"""Words; a longer sentence says more than that something is still to come."""


@cache
def _placeholder() -> re.Pattern[str]:
    return any_of(words().placeholders.words)


@cache
def _placeholder_note() -> re.Pattern[str]:
    return any_of(words().placeholder_notes.words)


def find_placeholders(checked: Checked) -> Iterator[tuple[Location, str]]:
    """Where something stands in place of a text that is still to come, and its words."""
    for passage in texts_of(checked.paper):
        whole: list[re.Match[str]] = []
        for match in (*_PLACEHOLDER_SIGNS.finditer(passage.text), *_placeholder().finditer(passage.text)):
            if any(one.start() <= match.start() and match.end() <= one.end() for one in whole):
                continue  # "insert date" is told with its brackets
            whole.append(match)
            yield passage.at(match.start()), match.group()
        for sentence in passage.sentences():
            for match in _placeholder_note().finditer(sentence.text):
                if _is_note(sentence, match):
                    yield sentence.at(match.start()), match.group()


def _is_note(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words stand for a text and are no part of one."""
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if re.search(r"[(\[]\s*(?:is |are |still )?$", before) and re.match(r"[^(\[]{0,60}[)\]]", after):
        return True
    if not before.strip(" *_-–—\"'“‘\n"):
        return True  # "To insert once the report is received"
    if re.search(r"[:–—|-]\s*$", before) and re.match(r"\s*[.|)]?\s*$", after):
        return True
    ends = re.match(r"\s*[.;,]?\s*$", after) is not None
    if match.group().casefold().endswith("follow"):
        return (
            ends and re.fullmatch(rf"\W*(?:the |a |an )?(?:\w+ )?{_PROMISED}(?: is| are)?\s+", before, re.I) is not None
        )
    return ends and len(sentence.text.split()) <= SHORT_NOTE


def _owners_that_are_none(checked: Checked) -> Iterator[Location]:
    """Where 'TBC' stands for an action's owner: that is another rule's, RG202."""
    for action in checked.paper.plan.actions if checked.paper.plan else ():
        owner = action.typed("owner")
        if owner is not None and NOBODY.fullmatch(owner):
            yield owner.place(0, 0)


def check_placeholders(checked: Checked) -> Iterator[Found]:
    """Placeholders in a draft; those in a paper that is to be published are another rule's."""
    if checked.says_final:
        return
    nobody = set(_owners_that_are_none(checked))
    for place, said in find_placeholders(checked):
        if place in nobody:
            continue
        hint = "write the text, or make it a gap, which is marked and counted: ?? what is missing, from whom"
        yield Found(place, f"'{said}' stands in place of a text", hint)


# ---- Short forms ----

_SHORT_FORM = re.compile(r"(?<![\w&/.'’-])([A-Z][A-Z&]{1,5}(?<!&))(?:['’]?s)?(?![\w&/-]|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")


def check_short_forms(checked: Checked) -> Iterator[Found]:
    """Short forms that the paper uses and never spells out."""
    everything = _all_text(checked)
    style = checked.house.style
    passed = {word.casefold() for word in (*words().known_acronyms.words, *words().placeholders.words, *style.acronyms)}
    passed |= {word.casefold() for label in style.vocabulary.values() for word in label.split()}
    for passage in prose_of(checked.paper):
        for match in _SHORT_FORM.finditer(passage.text):
            short = match.group(1)
            if short.casefold() in passed or _ROMAN.fullmatch(short) or _is_shouted(passage.text, match):
                continue
            passed.add(short.casefold())
            if not _is_spelled_out(short, everything):
                hint = f"at its first use write it in full and then ({short}); or add it to the house's acronyms:"
                yield Found(passage.at(match.start()), f"'{short}' is never spelled out in this paper", hint)


def _all_text(checked: Checked) -> str:
    texts = [passage.text for passage in texts_of(checked.paper)]
    if checked.document is not None:
        texts += [plain_text(line) for block in blocks_of(checked.document) for line in lines_of(block)]
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


# ---- Length ----


def count_words(checked: Checked) -> int:
    """The words of the report's own texts; what an expression prints counts as one."""
    texts = (re.sub(f"{WORKED_OUT}+", " 1 ", passage.text) for passage in prose_of(checked.paper, "report"))
    return sum(len(re.findall(r"\w[\w'’.,/-]*", text)) for text in texts)


def check_word_limit(checked: Checked) -> Iterator[Found]:
    """More words than the house allows."""
    limit = checked.house.style.limits.words
    found = count_words(checked) if limit else 0
    if found > limit:
        message = f"the report's texts have {found:,} words; the house allows {limit:,}"
        hint = "put details into an appendix of their own, or ask democratic services whether this paper may be longer"
        yield Found(checked.paper.report.at(), message, hint)


def check_page_limit(checked: Checked) -> Iterator[Found]:
    """More pages than the house allows; silent where the pages have not been counted."""
    limit = checked.house.style.limits.pages
    if limit and checked.pages is not None and checked.pages > limit:
        message = f"the paper has {checked.pages} pages; the house allows {limit}"
        hint = "shorten its texts, or ask democratic services whether this paper may be longer"
        yield Found(checked.paper.report.at(), message, hint)


WORDING_RULES = (
    Rule(
        "RG312",
        Severity.WARNING,
        "Words stand twice in a row",
        "The same words twice in a row are left over from moving text about: 'led by led by'. Doubles that English has "
        "('had had') are passed over, and so are words that an expression prints. In a title the same two words twice "
        "count as well: 'Key findings: summary of key findings'.",
        "Slips in published papers",
        check_doubled_words,
    ),
    Rule(
        "RG313",
        Severity.WARNING,
        "A sign stands twice in a row",
        "A sign twice in a row: '65.9%%', ',,', '..'. Three full stops are an ellipsis and are left alone.",
        "Slips in published papers",
        check_doubled_signs,
    ),
    Rule(
        "RG314",
        Severity.WARNING,
        "Two days with nothing between them",
        "Two days with nothing between them, such as '28 November 2011 13 December 2011', were a period whose dash got "
        "lost. Write 'to', or let {{ period(inspection.start, inspection.end) }} print it.",
        "Slips in published papers",
        check_date_ranges,
    ),
    Rule(
        "RG315",
        Severity.ADVICE,
        "A short form is never spelled out",
        "A short form in capitals that the paper never gives in full: write 'the multi-agency safeguarding hub (MASH)' "
        "once. Forms that everybody knows are passed over, and those that the house lists under acronyms:.",
        "Plain English: WCAG 2.2, 3.1.4 Abbreviations",
        check_short_forms,
    ),
    Rule(
        "RG316",
        Severity.WARNING,
        "The report has too many words",
        "The report's own texts (purpose, recommendations, sections, options, implications) are longer than the house "
        "allows under limits: words:. What is printed from the inspection and the plan is not counted.",
        "House rule",
        check_word_limit,
    ),
    Rule(
        "RG317",
        Severity.WARNING,
        "The paper has too many pages",
        "The paper without its appendices has more pages than the house allows under limits: pages:. Pages are known "
        "when the PDF has been made.",
        "House rule",
        check_page_limit,
    ),
    Rule(
        "RG320",
        Severity.WARNING,
        "A placeholder stands in a draft",
        "'TBC', 'to follow', '[insert date]' or 'xx' stands where a text is to come. A draft may have gaps; write "
        "them as '?? what is missing, from whom', which the paper marks, and which are counted. Before publication "
        "RG501 refuses both.",
        "Placeholders in published papers",
        check_placeholders,
    ),
)
