"""Rules on what every report has: required texts, implications that say something, a length, a list of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.document import blocks_of, lines_of, plain_text
from reportgen.house.config import HouseSection
from reportgen.model.base import Prose
from reportgen.model.paper import Paper
from reportgen.rules.passages import WORKED_OUT, TypedText, prose_of, texts_of
from reportgen.rules.rule import ADVICE, ERROR, WARNING, RuleContext, Violation, rule
from reportgen.rules.words import compile_phrases, normalise, word_lists

# ---- Required sections and sentences ----


@rule("RG301", WARNING, "A required section is missing", "House rule")
def missing_section(context: RuleContext) -> Iterator[Violation]:
    """The house lists under required: what every report has. What is missing is marked in the paper; write it, or a gap
    ('?? what is missing, from whom')."""
    for name in context.house.config.required:
        hint = _how_to_add(name, context.paper)
        if hint is not None:
            message = f"the house requires '{_title_of(name, context)}' ({name}), which is missing"
            yield Violation(context.paper.report.at(), message, f"add it to the report: {hint}")


def _how_to_add(name: str, paper: Paper) -> str | None:
    """What to write for what the house calls so; None where it is there. What only a template knows is."""
    report, inspection = paper.report, paper.inspection
    area = name.removeprefix("the implication ")
    there: object
    if area != name:
        there, hint = any(one.area == area for one in report.implications), f"'- area: {area}' under implications:"
    elif not name.startswith("the "):
        there = any(section.section == name for section in report.sections)
        hint = f"'- section: {name}' under sections:, or a gap, '?? what is missing, from whom'"
    elif name in ("the judgements", "the evidence", "the strengths", "the findings"):
        key = name.removeprefix("the ")
        there, hint = getattr(inspection, key, ()), f"inspection: with its id, in whose file stands {key}:"
    else:
        background = report.background_papers or report.no_background_papers
        hint = "background_papers:, or no_background_papers: with the statement"
        in_report: dict[str, tuple[object, str]] = {
            "the options": (report.options, "options:"),
            "the implications": (report.implications, "implications:"),
            "the background papers": (background, hint),
            "the appendix list": (report.appendices or paper.plan, "appendices:"),
        }
        there, hint = in_report.get(name, (True, ""))
    return None if there else hint


def _title_of(name: str, context: RuleContext) -> str:
    """The heading under which the house prints it."""
    style = context.house.config

    def titled(sections: tuple[HouseSection, ...]) -> Iterator[str]:
        for section in sections:
            if name in section.content and section.title:
                yield section.title
            yield from titled(section.sections)

    areas = {**style.implication_titles, **{one.area: one.title for one in style.implications}}
    known = {**style.section_titles, **{f"the implication {area}": title for area, title in areas.items()}}
    return next(titled((*style.sections, *style.appendices)), known.get(name, name))


@rule("RG302", WARNING, "A required sentence is missing", "House rule")
def missing_sentence(context: RuleContext) -> Iterator[Violation]:
    """The house lists under required_sentences: what every report says in set words, for example when the decision may
    be carried out. Capitals, line breaks and the kind of quotation marks do not count."""
    required = context.house.config.required_sentences
    if not required:
        return
    paragraphs = [normalise(text).casefold() for text in _printed(context)]
    for sentence in required:
        parts = re.split(r"…|\.\.\.", sentence.wording)
        wording = re.compile(".*?".join(re.escape(normalise(part).casefold()) for part in parts if part.strip()))
        if not any(wording.search(paragraph) for paragraph in paragraphs):
            message = f"the house requires a sentence on {sentence.name}, which is missing"
            yield Violation(context.paper.report.at(), message, f"write it where it belongs: '{sentence.wording}'")


def _printed(context: RuleContext) -> list[str]:
    """The paragraphs of the paper: as printed, or as typed where it could not be composed."""
    if context.document is None:
        return [piece.text for typed_text in texts_of(context.paper) for piece in typed_text.paragraphs]
    return [plain_text(line) for block in blocks_of(context.document) for line in lines_of(block)]


# ---- Implications ----

EQUALITY = "equality"
_LEAD = (
    r"(?:there (?:are|is|will be)|(?:this|the) (?:report|paper|decision) (?:has|raises|gives rise to)"
    r"|we (?:have )?identified)?"
)
_ARISING = (
    r"(?:\s+(?:have been |were |are )?"
    r"(?:identified|arising|arise|resulting|envisaged|anticipated|directly|at this (?:time|stage)))*"
)
_NO_IMPLICATIONS = re.compile(
    rf"{_LEAD}\s*\bno\b(?:[\w, /&-]{{0,60}}?)\b(?:implications?|impacts?|issues)\b{_ARISING}"
    r"(?:\s+(?:from|of|for|in|to|with|as a result of)\s+(?:this|the|these)\s+(?:\w+\s+)?"
    r"(?:reports?|recommendations?|decisions?|papers?|proposals?|plan))?",
    re.IGNORECASE,
)


def gives_no_reason(text: str) -> bool:
    """Whether a text says that something does not apply, and not why: "N/A", "For information only"."""
    said = normalise(text)
    rest = _NO_IMPLICATIONS.sub(" ", compile_phrases(word_lists().no_reason.words).sub(" ", said))
    return rest != said and not re.search(r"\w", rest)


@rule(
    "RG303",
    WARNING,
    "Not applicable, without a reason",
    "Reasons for decisions: SI 2012/2089 regs 12 and 13; boilerplate in published papers",
)
def not_applicable_without_reason(context: RuleContext) -> Iterator[Violation]:
    """'N/A', 'None' or 'For information only' under an implication tells members nothing and shows nobody thought about
    it. A reason names what about the decision leaves the area untouched: 'No post changes because of this report.'"""
    for area, prose, _ in _implications(context.paper):
        if area != EQUALITY and gives_no_reason(prose.text):
            said = " ".join(prose.text.split()).rstrip(".")
            hint = "say in a sentence what about the decision leaves this area untouched"
            yield Violation(prose.location, f"{area}: '{said}' gives no reason", hint)


@rule("RG304", ERROR, "Equality is said not to apply", "Equality Act 2010 s.149")
def equality_not_applicable(context: RuleContext) -> Iterator[Violation]:
    """The authority must have due regard to the three aims of the duty in all that it does, so equality is never 'not
    applicable'. Say what the screening found, if only that no group is affected and why."""
    for area, prose, excused in _implications(context.paper):
        if area == EQUALITY and (excused or gives_no_reason(prose.text)):
            message = "equality is not applicable here; but the duty applies to every decision"
            hint = "say under text: what the screening or the assessment found, and for whom"
            yield Violation(prose.location, message, hint)


def _implications(paper: Paper) -> Iterator[tuple[str, Prose, bool]]:
    """Area, text and whether it is said not to apply, of those that are no gaps."""
    for one in paper.report.implications:
        prose = one.not_applicable or one.text
        if prose is not None and prose.gap is None:
            yield one.area, prose, one.not_applicable is not None


# ---- Recommendations ----

_VERBS = frozenset(
    {"accept", "acknowledge", "adopt", "agree", "appoint", "approve", "ask", "authorise", "authorize", "comment"}
    | {"commend", "confirm", "consider", "delegate", "direct", "discuss", "endorse", "examine", "grant", "instruct"}
    | {"invite", "nominate", "note", "ratify", "receive", "recommend", "refer", "reject", "request", "resolve"}
    | {"review", "scrutinise", "support", "that", "to", "welcome"}
)
"""What recommendations begin with; another word with a capital may be a name."""
_LAST_STOP = re.compile(r"(?<!\betc)(?<!\.\w)(?<!\.)\.\s*$")
_STOP_WITHIN = re.compile(r"[.!?]\s+\S")


@rule("RG325", ADVICE, "A recommendation is no part of a sentence", "House rule: the form of recommendations")
def recommendation_not_part_of_sentence(context: RuleContext) -> Iterator[Violation]:
    """The house prints a lead-in ('Cabinet is recommended to') and the stops. A recommendation of its own capital or
    full stop, 'Note the outcome.', makes a broken sentence of it. Names and short forms at its beginning keep their
    capitals."""
    for one in context.paper.report.recommendations:
        if one.text.gap is not None:
            continue
        typed_text = TypedText(one.text.text, "report")
        first = re.match(r"\s*([A-Z][a-z]+)\b", typed_text.text)
        if first and first[1].casefold() in _VERBS:
            message = f"a recommendation begins with '{first[1]}'; a verb with a small letter was expected"
            yield Violation(typed_text.at(first.start(1)), message, f"write it as part of a sentence: {_EXAMPLE}")
        last = _LAST_STOP.search(typed_text.text)
        if last and not _STOP_WITHIN.search(typed_text.text[: last.start()]):
            message = "a recommendation ends with a full stop; the house puts its own"
            yield Violation(typed_text.at(last.start()), message, f"delete it: {_EXAMPLE}")


_EXAMPLE = "'note the outcome', after 'Cabinet is recommended to'"


# ---- Length ----


def count_words(context: RuleContext) -> int:
    """The words of the report's own texts; what an expression prints counts as one."""
    texts = (re.sub(f"{WORKED_OUT}+", " 1 ", typed_text.text) for typed_text in prose_of(context.paper, "report"))
    return sum(len(re.findall(r"\w[\w'’.,/-]*", text)) for text in texts)


@rule("RG316", WARNING, "The report has too many words", "House rule")
def too_many_words(context: RuleContext) -> Iterator[Violation]:
    """The report's own texts (purpose, recommendations, sections, options, implications) are longer than the house
    allows under limits: words:. What is printed from the inspection and the plan is not counted."""
    limit = context.house.config.limits.words
    found = count_words(context) if limit else 0
    if found > limit:
        message = f"the report's texts have {found:,} words; the house allows {limit:,}"
        hint = "put details into an appendix of their own, or ask democratic services whether this paper may be longer"
        yield Violation(context.paper.report.at(), message, hint)


@rule("RG317", WARNING, "The paper has too many pages", "House rule")
def too_many_pages(context: RuleContext) -> Iterator[Violation]:
    """The paper without its appendices has more pages than the house allows under limits: pages:. They are counted in
    the PDF: when it is made, and by `reportgen check` in a house with such a limit."""
    limit = context.house.config.limits.pages
    if limit and context.pages is not None and context.pages > limit:
        message = f"the paper has {context.pages} pages; the house allows {limit}"
        hint = "shorten its texts, or ask democratic services whether this paper may be longer"
        yield Violation(context.paper.report.at(), message, hint)


# ---- Papers that take the place of others ----

_SAYS_REVISED = re.compile(
    r"[(\[]\s*(?:(?:as )?(?:revised|amended|updated)|corrected|v(?:ersion)?\.? ?[2-9]\d*)\b[^)\]]*[)\]]"
    r"|[-–—:]\s*(?:revised|amended|corrected)(?: (?:report|paper|version))?\s*$"
    r"|^\s*(?:revised|amended|corrected) (?:report|paper)\b|\bversion [2-9]\d*\s*$",
    re.IGNORECASE,
)
"""A title that speaks of the paper; "the revised budget" speaks of something else."""
_HINT = "add changes: with a line for each, and members who have read the earlier paper need not compare the two"


@rule(
    "RG321",
    WARNING,
    "A revised paper does not list its changes",
    "Revised papers that were published without a list of changes",
)
def revision_without_changes(context: RuleContext) -> Iterator[Violation]:
    """Members, officers and the public have read the earlier paper, printed it and made notes on it. One that takes its
    place without saying what is different makes them compare the two line by line, or quote the wrong one."""
    report = context.paper.report
    said = _SAYS_REVISED.search(report.title)
    if report.revises is not None and not report.revises.changes:
        message = f"the paper takes the place of the one published on {report.revises.replaces}, but lists no change"
        yield Violation(report.at("revises"), message, _HINT)
    elif report.revises is None and said:
        message = f"the title says '{said.group().strip(' -–—:')}', but nothing says what has changed"
        hint = "add revises: with replaces: the day of the earlier paper, and changes: a line for each"
        yield Violation(report.at("title"), message, hint)
