"""Rules on what a report refers to: its own paragraphs, tables and appendices, Acts, and Schedule 12A."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from reportgen.diagnostics import nearest
from reportgen.document import Document, Figure, Paragraph, Section, Table, blocks_of
from reportgen.rules.passages import Sentence, paragraphs_of, prose_of, sentences_of
from reportgen.rules.rule import ERROR, WARNING, RuleContext, Violation, law_rule, rule
from reportgen.rules.words import NUMBER, act_years, parse_number

# ---- References typed by hand ----

_COUNT = r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Z])(?![\w(/-]|\.\d)"
_REFERENCE = re.compile(
    rf"(?<![\w-])(?P<kind>appendix|appendices|paragraphs?|paras?\.?|tables?|figures?|sections?)\s+(?P<numbers>{_COUNT}"
    rf"(?:\s*(?:,|and|or|to|&|–|-)\s*{_COUNT})*)",
    re.IGNORECASE,
)
_ANOTHER_DOCUMENT = re.compile(
    r"\b(?:Act|Acts|Schedule|Regulations?|Order|SI|Directive|Constitution|guidance|framework|letter|judge?ment of"
    r"|(?:inspection|inspectors['’]|inspectorate['’]s|published|annual|previous|earlier|full|their|its|that|Ofsted['’]s)\s+report"
    r"|of the (?:\w+ )?(?:report|review|strategy|policy|plan|code|handbook|agreement|convention|minutes|rules))\b"
)
_RELATIVE = re.compile(r"\s*\)?\s*(?:above|below|of this (?:report|paper)|to this (?:report|paper))\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Numbers:
    """The numbers that the finished paper prints, in small letters, by what carries them."""

    sequences: Mapping[str, Collection[str]]
    names: tuple[str, ...]
    """Of appendices, in order, as references name them."""

    def of(self, what: str) -> Collection[str]:
        """Those of appendices, tables or figures; of paragraphs and sections, which are counted together."""
        return self.sequences.get(what if what in _APART else "body", ())


_APART = ("appendix", "table", "figure")


def _numbers_in(document: Document) -> _Numbers:
    sequences: dict[str, set[str]] = {}
    for block in blocks_of(document):
        number = block.number if isinstance(block, Section | Paragraph | Table | Figure) else None
        if number is not None:
            sequences.setdefault(number.sequence, set()).add(_last_word(number.reference or number.text))
    return _Numbers(sequences, tuple(appendix.anchor for appendix in document.appendices if appendix.anchor))


def _last_word(reference: str) -> str:
    """ "Appendix B" → "b"."""
    words = reference.casefold().split()
    return words[-1].strip("().:") if words else ""


@rule("RG311", ERROR, "A typed reference leads nowhere", "Papers published with an appendix that was not there")
def broken_reference(context: RuleContext) -> Iterator[Violation]:
    """'Appendix 5', 'paragraph 4.2' or 'Table 3' was typed, and the finished paper has none. Numbers change when a
    paragraph is added: {{ ref('name') }} prints them and is always right. What is said to be a paragraph of another
    document ('paragraph 79 of the inspection report') is passed over. 'Action A9' is looked up in the plan."""
    yield from _unknown_actions(context)
    if context.document is None:
        return
    numbers = _numbers_in(context.document)
    inspection = context.paper.inspection
    named = re.escape(inspection.inspectorate) if inspection else "inspectors"
    speakers = re.compile(rf"\b(?:{named}|inspectors?|inspectorate|the report|they|it)\b", re.IGNORECASE)
    for paragraph in paragraphs_of(context.paper, "report", "plan"):
        found = list(_REFERENCE.finditer(paragraph.text))
        # What is cited without its document after a paragraph of another one is of the same one.
        cited = any(_is_paragraph(match) and _speaks_of_another(match, paragraph.text, speakers) for match in found)
        for match in found:
            if not (cited if _is_paragraph(match) else _belongs_to_another(match, paragraph.text)):
                yield from _missing(paragraph, match, numbers)


def _is_paragraph(match: re.Match[str]) -> bool:
    return match["kind"].casefold().startswith(("para", "sec"))


def _speaks_of_another(match: re.Match[str], text: str, speakers: re.Pattern[str]) -> bool:
    """Whether its sentence names another document: "paragraph 79 of the report", "inspectors saw it (paragraph 3)"."""
    if _RELATIVE.match(text, match.end()):
        return False
    start = max(text.rfind(". ", 0, match.start()), 0)
    end = text.find(". ", match.end())
    sentence = text[start : end if end >= 0 else len(text)]
    if _ANOTHER_DOCUMENT.search(sentence) or _belongs_to_another(match, text):
        return True
    bracketed = re.search(r"\(\s*(?:see\s+)?$", text[: match.start()]) is not None
    return bracketed and speakers.search(sentence) is not None


def _belongs_to_another(match: re.Match[str], text: str) -> bool:
    """Whether it is said to be in another document: "Appendix 2 of the inspection report", "the letter's Table 1"."""
    if _RELATIVE.match(text, match.end()):
        return False
    after = re.match(r"\s*,?\s*(?:of|in|to|from)\s+(?:the|its|their|that|an?|[A-Z][\w'’]*)\b", text[match.end() :])
    return after is not None or re.search(r"['’]s?\s+$", text[: match.start()]) is not None


def _missing(paragraph: Sentence, match: re.Match[str], numbers: _Numbers) -> Iterator[Violation]:
    start = match["kind"].casefold()[:3]
    what = next((one for one in (*_APART, "section") if one.startswith(start)), "paragraph")
    known = numbers.of(what)
    for one in re.finditer(_COUNT, match["numbers"]):
        said = one.group()
        if said.casefold() not in known and _is_ours(match["kind"], said, match, paragraph.text):
            place = paragraph.at(match.start("numbers") + one.start())
            yield Violation(place, f"this paper has no {what} {said}", _reference_hint(what, known, numbers.names))


def _is_ours(kind: str, number: str, match: re.Match[str], text: str) -> bool:
    """Whether the number can only be one of this paper: sections of Acts are cited without their Act at times."""
    if kind.casefold().startswith(("tab", "fig")) and kind.islower():
        return False  # "a table 2 metres long"
    if kind.casefold().startswith("sec"):
        return "." in number or _RELATIVE.match(text, match.end()) is not None
    return not (number.isalpha() and (number.islower() or not kind.casefold().startswith("app")))


def _reference_hint(what: str, known: Collection[str], names: Collection[str]) -> str:
    if what == "appendix" and names:
        alternatives = " or ".join(f"{{{{ ref('{name}') }}}}" for name in names)
        return f"write {alternatives}, which prints the number and keeps it right"
    if what in ("table", "figure"):
        there = ", ".join(sorted(known, key=lambda number: (len(number), number)))
        return (
            f"those of this paper are {there}" if known else f"no {what} of this paper has a number; name its caption"
        )
    return "end the paragraph that is meant with {#name}, and write {{ ref('name') }} here"


# ---- Actions ----

_ELSEWHERE = re.compile(
    r"\b(?:previous|earlier|last|former|formerly|old|another|withdrawn|deleted|removed|merged|replaced?|renumbered|new|added)\b"
    r"|\b(?:19|20)\d\d\s+(?:\w+\s+)?plan\b|\bplan\s+(?:of|from|for)\s+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""What lets an action be one of another plan, or one that this plan has no more, or not yet."""
_OF_ANOTHER = r"(?!\s*,?\s+(?:of|in|from)\s+(?!(?:the|this|our)\s+(?:action\s+|improvement\s+)?plan\b|Appendix\b))"


def _unknown_actions(context: RuleContext) -> Iterator[Violation]:
    """Actions that a sentence names by their ids, and that the plan does not have."""
    plan = context.paper.plan
    known = {action.id for action in plan.actions} if plan else set()
    shapes = {match[1] for one in known if (match := re.fullmatch(r"([A-Z]{1,4}-?)\d{1,3}", one))}
    if not shapes:
        return
    one = rf"(?:{'|'.join(sorted(map(re.escape, shapes)))})\d{{1,3}}(?![\w/-]|\.\d)"
    form = re.compile(rf"\b[Aa]ctions?\s+(?P<ids>{one}(?:\s*(?:,|and|or|to|&|–)\s*{one})*){_OF_ANOTHER}")
    for paragraph in paragraphs_of(context.paper, "report", "plan"):
        for match in () if _ELSEWHERE.search(paragraph.text) else form.finditer(paragraph.text):
            for said in re.finditer(one, match["ids"]):
                if said.group() not in known:
                    place = paragraph.at(match.start("ids") + said.start())
                    hint = f"{nearest(said.group(), sorted(known))}; the ids stand in the plan's file"
                    yield Violation(place, f"the action plan has no action {said.group()}", hint)


# ---- Acts ----

_ACT = re.compile(
    r"(?P<title>(?:[A-Z(][\w'’()-]{0,40}[,)]?|and|&|of|the|etc\.?|for|in|to|at|on)(?:\s+(?:[A-Z(][\w'’()-]{0,40}[,)]?|and|&|of|the|etc\.?|for|in"
    r"|to|at|on)){0,12}?\s+Act)(?P<many>s?)\s+(?P<years>\d{4}(?:(?:,|\s+and)\s+\d{4})*)(?!\w)"
)
NAMED_YEARS = 3
"""How many years of an Act a message names."""


@rule("RG318", WARNING, "An Act has a year in which there was none", "legislation.gov.uk")
def act_of_wrong_year(context: RuleContext) -> Iterator[Violation]:
    """An Act cited with a year in which no Act of that title was passed: 'Care Act 2022' for that of 2014. The list
    holds the Acts that such papers cite; any other Act is passed over."""
    acts = act_years()
    for typed_text in prose_of(context.paper):
        for match in _ACT.finditer(typed_text.text):
            title = _known_title(" ".join(match["title"].replace("&", "and").split()), acts)
            if title is None:
                continue
            years = acts[title.casefold()]
            for typed in list(re.finditer(r"\d{4}", match["years"]))[: None if match["many"] else 1]:
                if int(typed.group()) not in years:
                    right = _nearest_years(int(typed.group()), years)
                    message = f"'{title} {typed.group()}' was found; the {title} is of {right}"
                    place = typed_text.at(match.start("years") + typed.start())
                    yield Violation(place, message, "check which Act is meant on legislation.gov.uk")


def _nearest_years(typed: int, years: tuple[int, ...]) -> str:
    """The years of an Act, the nearest to the one typed first: "1972, 1974 or 1978, among others"."""
    *others, last = sorted(years, key=lambda year: (abs(year - typed), year))[:NAMED_YEARS]
    named = f"{', '.join(map(str, others))} or {last}" if others else str(last)
    return f"{named}, among others" if len(years) > NAMED_YEARS else named


def _known_title(words: str, acts: Mapping[str, tuple[int, ...]]) -> str | None:
    """The title of a known Act at the end of the words, if no longer title can be meant."""
    parts = words.split(" ")
    for first in range(len(parts)):
        title = " ".join(parts[first:])
        if title.casefold() not in acts or not title[0].isupper():
            continue
        before = parts[:first]
        joined = bool(before) and before[-1] in ("and", "of", "for", "to", "in") and len(before) > 1
        named = bool(before) and before[-1][:1].isupper() and before[-1] not in ("The", "Under", "Section", "See")
        return None if joined or named else title
    return None


# ---- Schedule 12A ----

_CATEGORIES = re.compile(
    rf"({NUMBER})\s+(?:\w+\s+){{0,2}}?(?:categories|descriptions|paragraphs|classes|grounds)\b", re.IGNORECASE
)
_SCHEDULE = re.compile(r"Schedule\s+12A|exempt information|exempt categor", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\bparagraphs?\s+(\d{1,2}(?:\s*(?:,|and|or|to|-|–)\s*\d{1,2})*)", re.IGNORECASE)
_PART_TWO = re.compile(r"Part\s+(?:2|II|3|III)\b|public interest|outweigh", re.IGNORECASE)
EXEMPT_PARAGRAPHS = 7
"""Of Part 1 of Schedule 12A, since SI 2006/88; before 1 March 2006 there were fifteen."""
LAST_PARAGRAPH = 11
"""Of Part 3 of the Schedule."""


# Wales has paragraphs of its own in Part 4, Scotland another Act.
@law_rule(
    "RG319",
    WARNING,
    "Schedule 12A does not say that",
    "Local Government Act 1972 Schedule 12A, as substituted by SI 2006/88",
)
def wrong_schedule_12a(context: RuleContext) -> Iterator[Violation]:
    """Part 1 of Schedule 12A describes exempt information in seven paragraphs; a text that speaks of ten categories, or
    of paragraph 9 as a reason for an exemption, has an old or another list. Check with the monitoring officer."""
    for sentence in sentences_of(context.paper, "report"):
        if not _SCHEDULE.search(sentence.text):
            continue
        for match in _CATEGORIES.finditer(sentence.text):
            if parse_number(match.group(1)) > EXEMPT_PARAGRAPHS:
                message = f"'{match.group(1)}' was found; Part 1 of Schedule 12A has seven paragraphs"
                yield Violation(sentence.at(match.start(1)), message, _SCHEDULE_HINT)
        highest = LAST_PARAGRAPH if _PART_TWO.search(sentence.text) else EXEMPT_PARAGRAPHS
        for match in _PARAGRAPHS.finditer(sentence.text):
            for number in re.finditer(r"\d+", match.group(1)):
                if int(number.group()) > highest:
                    message = f"paragraph {number.group()} does not describe exempt information; Part 1 has 1 to 7"
                    yield Violation(sentence.at(match.start(1) + number.start()), message, _SCHEDULE_HINT)


_SCHEDULE_HINT = "take the paragraph from Part 1 of Schedule 12A; ask the monitoring officer"
