"""Rules on what a draft may have and a published paper may not, on its embargo, and on who has agreed which texts.

A checksum stands for a text that somebody cleared: it is typed beside the clearance, and another text has another one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date

from reportgen.diagnostics import Location
from reportgen.document import Figure, Paragraph, Placeholder, Table, blocks_of, inlines_of, plain_text
from reportgen.model.base import GAP_MARK
from reportgen.model.inspection import Inspection
from reportgen.model.paper import Paper
from reportgen.model.report import Implication
from reportgen.rules.passages import Sentence, gaps_of, prose_of, texts_of
from reportgen.rules.plan import NOBODY
from reportgen.rules.rule import ADVICE, ERROR, WARNING, RuleContext, Violation, final_rule, publication_rule, rule
from reportgen.rules.tally import BE, CLAUSE_END, JUDGED, Tally
from reportgen.rules.words import compile_phrases, word_lists

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


def _placeholders(context: RuleContext) -> Iterator[tuple[Location, str]]:
    """Where something stands in place of a text that is still to come, and its words."""
    phrases, notes = (
        compile_phrases(word_lists().placeholders.words),
        compile_phrases(word_lists().placeholder_notes.words),
    )
    for typed_text in texts_of(context.paper):
        whole: list[re.Match[str]] = []
        for match in (*_PLACEHOLDER_SIGNS.finditer(typed_text.text), *phrases.finditer(typed_text.text)):
            if any(one.start() <= match.start() and match.end() <= one.end() for one in whole):
                continue  # "insert date" is reported with its brackets
            whole.append(match)
            yield typed_text.at(match.start()), match.group()
        for sentence in typed_text.sentences:
            for match in notes.finditer(sentence.text):
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
    if not re.match(r"\s*[.;,]?\s*$", after):
        return False
    if match.group().casefold().endswith("follow"):
        promised = rf"\W*(?:the |a |an )?(?:\w+ )?{_PROMISED}(?: is| are)?\s+"
        return re.fullmatch(promised, before, re.IGNORECASE) is not None
    return len(sentence.text.split()) <= SHORT_NOTE


@rule("RG320", WARNING, "A placeholder stands in a draft", "Placeholders in published papers")
def placeholder_in_draft(context: RuleContext) -> Iterator[Violation]:
    """'TBC', 'to follow', '[insert date]' or 'xx' stands where a text is to come. A draft may have gaps; write them as
    '?? what is missing, from whom', which the paper marks, and which are counted. Before publication RG501 refuses
    both."""
    if context.says_final:
        return
    plan = context.paper.plan
    owners = [action.typed("owner") for action in plan.actions] if plan else []
    # 'TBC' in place of an action's owner is another rule's, RG202.
    nobody = {owner.place(0, 0) for owner in owners if owner is not None and NOBODY.fullmatch(owner)}
    hint = "write the text, or make it a gap, which is marked and counted: ?? what is missing, from whom"
    for place, said in _placeholders(context):
        if place not in nobody:
            yield Violation(place, f"'{said}' stands in place of a text", hint)


@final_rule("RG501", ERROR, "A placeholder is left", "Placeholders in published papers")
def placeholder_left(context: RuleContext) -> Iterator[Violation]:
    """'TBC', 'to follow', '[insert date]', 'xx', '[ ]' and the like must be gone from a published paper: one was once
    published with the appendix 'To insert once final report received'. In a draft RG320 warns of them."""
    for place, said in _placeholders(context):
        yield Violation(place, f"'{said}' stands in place of a text", "write the text before the paper is published")


# ---- Gaps ----


@rule("RG322", ADVICE, "A draft has gaps", "House rule")
def gap_in_draft(context: RuleContext) -> Iterator[Violation]:
    """A draft may have gaps, and they are marked in the paper. They are counted here, so that a paper of nothing else
    is not taken for one in which nothing was found. In a final paper RG502 names each."""
    number = len(_gaps_printed(context))
    if number and not context.says_final:
        typed = next(gaps_of(context.paper), None)
        place = context.paper.report.at() if typed is None else typed.location
        left = "a gap is" if number == 1 else f"{number} gaps are"
        hint = "write the texts in place of the ??; the paper marks each, and in Word each has a comment"
        yield Violation(place, f"{left} left in this draft; the first is here", hint)


@final_rule("RG502", ERROR, "A gap is left", "House rule")
def gap_left(context: RuleContext) -> Iterator[Violation]:
    """A text that begins with ?? is still missing, and so is what the house marks as missing in the finished paper."""
    typed = set()
    for text in gaps_of(context.paper):
        missing = " ".join(text[len(GAP_MARK) :].split())
        typed.add(missing)
        shown = f": {missing}" if missing else ""
        yield Violation(text.location, f"a gap is left{shown}", "write the text in place of the ??")
    for missing in dict.fromkeys(_gaps_printed(context)):
        if not any(text.startswith(missing) for text in typed):
            hint = "add what the house expects there"
            yield Violation(context.paper.report.at(), f"the paper prints a gap: {missing}", hint)


def _gaps_printed(context: RuleContext) -> list[str]:
    """What the finished paper marks as missing."""
    blocks = blocks_of(context.document) if context.document else ()
    inlines = (inline for block in blocks for inline in inlines_of(block))
    return [" ".join(one.missing.split()) for one in inlines if isinstance(one, Placeholder)]


# ---- Notes to authors, and the status ----

_GUIDANCE_SIGNS = re.compile(r"^[ \t*\[(]*guidance(?: notes?)?[ \t]*:|<!--", re.IGNORECASE | re.MULTILINE)


@publication_rule("RG503", ERROR, "A note to the author is left", "Guidance in published papers")
def note_to_author_left(context: RuleContext) -> Iterator[Violation]:
    """Notes to authors, such as 'delete as appropriate', come with a template and are not for readers. A house adds its
    own under guidance:."""
    phrases = compile_phrases((*word_lists().guidance.words, *context.house.config.guidance))
    for typed_text in texts_of(context.paper):
        for match in (*phrases.finditer(typed_text.text), *_GUIDANCE_SIGNS.finditer(typed_text.text)):
            said = " ".join(match.group().split()).lstrip("*[(")
            message = f"'{said}' is a note to the author and no part of the paper"
            yield Violation(typed_text.at(match.start()), message, "do what it asks, and delete it")


@publication_rule("RG504", ERROR, "The paper is still a draft", "House rule")
def still_a_draft(context: RuleContext) -> Iterator[Violation]:
    """A draft has a watermark on every page. What is published has status: final."""
    report = context.paper.report
    if report.status != "final":
        message = f"status: {report.status} was found; a paper that is published has status: final"
        yield Violation(report.at("status"), message, "write status: final, so that no page says DRAFT")


# ---- Embargo ----


@publication_rule(
    "RG508",
    ERROR,
    "Grades are told before they are published",
    "The inspectorate's conditions for advance copies; Local Government Act 1972 s.100B for the agenda",
)
def grades_under_embargo(context: RuleContext) -> Iterator[Violation]:
    """The inspectorate sends its report to the council before it publishes it, in confidence. Until that day no paper
    that the public can read may tell the grades, and an agenda is public five clear days before its meeting."""
    inspection, day = context.paper.inspection, _public_from(context)
    if inspection is None or day is None or day >= inspection.published or context.paper.report.marking:
        return
    place = _grade_in_prose(context, inspection)
    if place is None and not _prints_grades(context, inspection):
        return
    message = f"the paper tells grades on {day}; the inspectorate publishes them on {inspection.published}"
    hint = "publish it on or after that day; before it, the paper is for those to whom the report was sent"
    yield Violation(place or inspection.at("published"), message, hint)


def _public_from(context: RuleContext) -> date | None:
    """The first day on which the public may read the paper, as far as it is known."""
    item, meeting = context.paper.item, context.paper.meeting
    announced = (item.published if item else None) or (meeting.published if meeting else None)
    return min((day for day in (context.as_of, announced) if day is not None), default=None)


def _prints_grades(context: RuleContext, inspection: Inspection) -> bool:
    """Whether a table or a chart of the paper tells the grades."""
    given = {name for one in inspection.graded for name in (one.grade, one.as_printed) if name}
    if context.document is None:
        return bool(given)
    for block in blocks_of(context.document):
        if isinstance(block, Figure):
            return bool(given)
        if isinstance(block, Table):
            cells = (cell for group in block.groups for row in group.rows for cell in row.cells[1:])
            inner = (one for cell in cells for one in cell.content if isinstance(one, Paragraph))
            if any(plain_text(one.content).strip() in given for one in inner):
                return True
    return False


_WORKED_OUT = re.compile(r"\{\{[^}]*\binspection\.(?:grade|overall|count|share|judgements|graded|key_judgements)\b")


def _grade_in_prose(context: RuleContext, inspection: Inspection) -> Location | None:
    """Where the report's texts first tell a grade, worked out or typed."""
    grades = Tally(inspection).grade if inspection.framework.grades else None
    typed = re.compile(rf"\b{BE}\s+{JUDGED}\s+[*\"“'‘]*{grades}{CLAUSE_END}", re.IGNORECASE) if grades else None
    for typed_text in prose_of(context.paper, "report"):
        found = _WORKED_OUT.search(typed_text.typed) or (typed.search(typed_text.text) if typed else None)
        if found:
            return typed_text.at(found.start())
    return None


# ---- Clearances ----


def texts_checksum(texts: Iterable[str]) -> str:
    """Return the checksum of texts: eight digits of the SHA-256 of their words, so that lines may be broken anew."""
    read = "\n".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(read.encode("utf-8")).hexdigest()[:8]


def implication_checksum(implication: Implication) -> str:
    """Return the checksum of an implication as typed: its area, and its text or the reason why it does not apply."""
    prose = implication.text or implication.not_applicable
    return texts_checksum((implication.area, prose.text if prose else ""))


def paper_checksum(paper: Paper) -> str:
    """Return the checksum of all that the paper says: its title and texts, the grades, and how the actions stand."""
    judgements = paper.inspection.judgements if paper.inspection else ()
    actions = paper.plan.actions if paper.plan else ()
    grades = (f"{one.group} {one.area} {one.grade}" for one in judgements)
    states = (f"{one.id} {one.owner} {one.due} {one.status} {one.rag}" for one in actions)
    return texts_checksum((paper.report.title, *(prose.text for prose in paper.prose()), *grades, *states))


@publication_rule("RG505", ERROR, "A clearance is missing", "House rule")
def missing_clearance(context: RuleContext) -> Iterator[Violation]:
    """The house lists under cleared: the areas of implications that somebody must have agreed, with name and day, and
    whoever stands under sign_off: must have agreed the paper."""
    report = context.paper.report
    for one in report.implications:
        missing = [key for key in ("cleared_by", "cleared_on") if getattr(one, key) is None]
        if missing and one.area in context.house.config.cleared:
            verb = "is" if len(missing) == 1 else "are"
            message = f"{one.area}: the house wants it cleared; {' and '.join(missing)} {verb} missing"
            hint = "send the text to whoever clears it, and then type who did and on which day"
            yield Violation(one.at("area"), message, hint)
    for line in report.sign_off:
        if not line.signed:
            message = f"{line.role} has not agreed the paper"
            hint = "type signed: yes when they have, or delete the line if they need not"
            yield Violation(line.at("role"), message, hint)


@publication_rule("RG506", ERROR, "A text has changed since it was cleared", "House rule")
def text_changed_since_clearance(context: RuleContext) -> Iterator[Violation]:
    """cleared_text: holds the mark of the text that was cleared. The text there now has another mark, so a word was
    changed, and whoever cleared it has not seen it. Where a line breaks does not count. Numbers that are worked out
    follow the data and do not change the mark of an implication."""
    for one in context.paper.report.implications:
        checksum = implication_checksum(one)
        if one.cleared_text is not None and one.cleared_text.casefold() != checksum:
            message = (
                f"{one.area}: cleared_text: {one.cleared_text} was found, {checksum} was expected; "
                "the text has changed since it was cleared"
            )
            whoever = one.cleared_by or "whoever cleared it"
            hint = f"ask {whoever} to clear it again, and then type cleared_text: {checksum}"
            yield Violation(one.at("cleared_text"), message, hint)
    checksum = paper_checksum(context.paper)
    for line in context.paper.report.sign_off:
        if line.cleared_text is not None and line.cleared_text.casefold() != checksum:
            message = (
                f"{line.role}: cleared_text: {line.cleared_text} was found, {checksum} was expected; "
                "the paper has changed since it was agreed"
            )
            hint = f"ask {line.name or line.role} to agree it again, and then type cleared_text: {checksum}"
            yield Violation(line.at("cleared_text"), message, hint)


@publication_rule("RG507", WARNING, "A clearance is not tied to its text", "House rule")
def clearance_without_checksum(context: RuleContext) -> Iterator[Violation]:
    """Who cleared a text is known, but not which text: a later change would go unnoticed. Add the mark that the message
    gives as cleared_text: when the text is the one that was cleared."""
    report = context.paper.report
    for one in report.implications:
        if one.cleared_by is not None and one.cleared_text is None:
            message = f"{one.area}: the clearance by {one.cleared_by} is not tied to the text"
            hint = f"if this is the text that was cleared, add cleared_text: {implication_checksum(one)}"
            yield Violation(one.at("cleared_by"), message, hint)
    loose = [line for line in report.sign_off if line.signed and line.cleared_text is None]
    if loose:
        number = f"{len(loose)} of {len(report.sign_off)}"
        message = f"{number} under sign_off have agreed a paper that may have changed since"
        hint = f"if this is the paper that they agreed, add cleared_text: {paper_checksum(context.paper)} to each"
        yield Violation(loose[0].at("signed"), message, hint)
