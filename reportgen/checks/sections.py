"""Rules on what the house wants in every report, and on implications that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportgen.checks.passages import Passage, texts_of
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.checks.words import any_of, squeezed, words
from reportgen.diagnostics import Location, Severity
from reportgen.house.style import HouseSection
from reportgen.model.base import Prose
from reportgen.model.paper import Paper
from reportgen.tree import blocks_of, plain_text
from reportgen.tree.walking import lines_of

# ---- Required sections and sentences ----


def check_required_sections(checked: Checked) -> Iterator[Found]:
    """What the house requires and the report does not have."""
    for name in checked.house.style.required:
        if not _has(checked.paper, name):
            title = _title_of(name, checked)
            hint = f"add it to the report: {_hint_for(name)}"
            yield Found(checked.paper.report.at(), f"the house requires '{title}' ({name}), which is missing", hint)


def _has(paper: Paper, name: str) -> bool:
    """Whether the paper holds what the house calls so; what only a template knows is taken to be there."""
    report, inspection = paper.report, paper.inspection
    if not name.startswith("the "):
        return any(section.section == name for section in report.sections)
    if name.startswith("the implication "):
        return any(one.area == name.removeprefix("the implication ") for one in report.implications)
    there: dict[str, object] = {
        "the options": report.options,
        "the implications": report.implications,
        "the background papers": report.background_papers or report.no_background_papers,
        "the judgements": inspection and inspection.judgements,
        "the evidence": inspection and inspection.evidence,
        "the strengths": inspection and inspection.strengths,
        "the findings": inspection and inspection.findings,
        "the appendix list": report.appendices or paper.plan,
    }
    return bool(there.get(name, True))


def _hint_for(name: str) -> str:
    if name.startswith("the implication "):
        return f"'- area: {name.removeprefix('the implication ')}' under implications:"
    in_report = {
        "the options": "options:",
        "the implications": "implications:",
        "the background papers": "background_papers:, or no_background_papers: with the statement",
        "the appendix list": "appendices:",
    }
    if name in in_report:
        return in_report[name]
    if name.startswith("the "):
        return f"inspection: with its id, in whose file stands {name.removeprefix('the ')}:"
    return f"'- section: {name}' under sections:, or a gap, '?? what is missing, from whom'"


def _title_of(name: str, checked: Checked) -> str:
    """The heading under which the house prints it."""
    style = checked.house.style

    def titled(sections: tuple[HouseSection, ...]) -> Iterator[str]:
        for section in sections:
            if name in section.content and section.title:
                yield section.title
            yield from titled(section.sections)

    areas = {**style.implication_titles, **{one.area: one.title for one in style.implications}}
    known = {**style.section_titles, **{f"the implication {area}": title for area, title in areas.items()}}
    return next(titled((*style.sections, *style.appendices)), known.get(name, name))


def check_required_sentences(checked: Checked) -> Iterator[Found]:
    """Sentences that the house wants in every report, looked for in the finished paper."""
    required = checked.house.style.required_sentences
    if not required:
        return
    paragraphs = [squeezed(text).casefold() for text in _printed(checked)]
    for sentence in required:
        parts = [
            re.escape(squeezed(part).casefold()) for part in re.split(r"…|\.\.\.", sentence.wording) if part.strip()
        ]
        wording = re.compile(".*?".join(parts))
        if not any(wording.search(paragraph) for paragraph in paragraphs):
            message = f"the house requires a sentence on {sentence.name}, which is missing"
            yield Found(checked.paper.report.at(), message, f"write it where it belongs: '{sentence.wording}'")


def _printed(checked: Checked) -> list[str]:
    """The paragraphs of the paper: as printed, or as typed where it could not be composed."""
    if checked.document is None:
        return [piece.text for passage in texts_of(checked.paper) for piece in passage.paragraphs()]
    return [plain_text(line) for block in blocks_of(checked.document) for line in lines_of(block)]


# ---- Implications ----

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


@cache
def _no_reason() -> re.Pattern[str]:
    return any_of(words().no_reason.words)


def gives_no_reason(text: str) -> bool:
    """Whether a text says that something does not apply, and not why: "N/A", "For information only"."""
    rest = _NO_IMPLICATIONS.sub(" ", _no_reason().sub(" ", squeezed(text)))
    return rest != squeezed(text) and not re.search(r"\w", rest)


def check_reasons(checked: Checked) -> Iterator[Found]:
    """Implications that do not say why the area is not touched."""
    for area, place, prose, _ in _implications(checked.paper):
        if area != EQUALITY and prose.gap is None and gives_no_reason(prose.text):
            said = " ".join(prose.text.split()).rstrip(".")
            message = f"{area}: '{said}' gives no reason"
            hint = "say in a sentence what about the decision leaves this area untouched"
            yield Found(place, message, hint)


EQUALITY = "equality"


def check_equality(checked: Checked) -> Iterator[Found]:
    """Equality that does not apply: the duty always does."""
    for area, place, prose, excused in _implications(checked.paper):
        if area == EQUALITY and prose.gap is None and (excused or gives_no_reason(prose.text)):
            message = "equality is not applicable here; but the duty applies to every decision"
            hint = "say under text: what the screening or the assessment found, and for whom"
            yield Found(place, message, hint)


def _implications(paper: Paper) -> Iterator[tuple[str, Location, Prose, bool]]:
    """Area, place, text and whether it is said not to apply."""
    for one in paper.report.implications:
        prose = one.not_applicable or one.text
        if prose is not None:
            yield one.area, prose.location, prose, one.not_applicable is not None


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


def check_form_of_recommendations(checked: Checked) -> Iterator[Found]:
    """Recommendations with a capital or a full stop of their own: the house makes the sentence around them."""
    for one in checked.paper.report.recommendations:
        if one.text.gap is not None:
            continue
        passage = Passage(one.text.text, "report")
        first = re.match(r"\s*([A-Z][a-z]+)\b", passage.text)
        if first and first[1].casefold() in _VERBS:
            message = f"a recommendation begins with '{first[1]}'; a verb with a small letter was expected"
            yield Found(passage.at(first.start(1)), message, f"write it as part of a sentence: {_EXAMPLE}")
        last = _LAST_STOP.search(passage.text)
        if last and not _STOP_WITHIN.search(passage.text[: last.start()]):
            message = "a recommendation ends with a full stop; the house puts its own"
            yield Found(passage.at(last.start()), message, f"delete it: {_EXAMPLE}")


_EXAMPLE = "'note the outcome', after 'Cabinet is recommended to'"

SECTION_RULES = (
    Rule(
        "RG301",
        Severity.WARNING,
        "A required section is missing",
        "The house lists under required: what every report has. What is missing is marked in the paper; write it, or a "
        "gap ('?? what is missing, from whom').",
        "House rule",
        check_required_sections,
    ),
    Rule(
        "RG302",
        Severity.WARNING,
        "A required sentence is missing",
        "The house lists under required_sentences: what every report says in set words, for example when the decision "
        "may be carried out. Capitals, line breaks and the kind of quotation marks do not count.",
        "House rule",
        check_required_sentences,
    ),
    Rule(
        "RG303",
        Severity.WARNING,
        "Not applicable, without a reason",
        "'N/A', 'None' or 'For information only' under an implication tells members nothing and shows nobody thought "
        "about it. A reason names what about the decision leaves the area untouched: 'No post changes because of this "
        "report.'",
        "Reasons for decisions: SI 2012/2089 regs 12 and 13; boilerplate in published papers",
        check_reasons,
    ),
    Rule(
        "RG304",
        Severity.ERROR,
        "Equality is said not to apply",
        "The authority must have due regard to the three aims of the duty in all that it does, so equality is "
        "never 'not applicable'. Say what the screening found, if only that no group is affected and why.",
        "Equality Act 2010 s.149",
        check_equality,
    ),
    Rule(
        "RG325",
        Severity.ADVICE,
        "A recommendation is no part of a sentence",
        "The house prints a lead-in ('Cabinet is recommended to') and the stops. A recommendation of its own capital "
        "or full stop, 'Note the outcome.', makes a broken sentence of it. Names and short forms at its beginning keep "
        "their capitals.",
        "House rule: the form of recommendations",
        check_form_of_recommendations,
    ),
)
