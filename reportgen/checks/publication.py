"""Rules on a paper that is about to be published: RG5xx. Before that, only those on what is left of the draft speak."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from reportgen.checks.clearances import check_cleared, check_tied, check_unchanged
from reportgen.checks.passages import gaps_of, prose_of, texts_of
from reportgen.checks.rule import Checked, Found, Rule
from reportgen.checks.tally import BE, CLAUSE_END, JUDGED, Tally
from reportgen.checks.wording import find_placeholders
from reportgen.checks.words import any_of, words
from reportgen.diagnostics import Location, Severity
from reportgen.model.base import GAP_MARK
from reportgen.model.inspection import Inspection
from reportgen.tree import Document, Figure, Gap, Paragraph, Table, blocks_of, inlines_of, plain_text

# ---- What is left of the draft ----


def check_placeholders(checked: Checked) -> Iterator[Found]:
    """Words that stand in place of a text."""
    for place, said in find_placeholders(checked):
        yield Found(place, f"'{said}' stands in place of a text", "write the text before the paper is published")


def check_gaps(checked: Checked) -> Iterator[Found]:
    """What the authors, or the house, have marked as missing."""
    typed = set()
    for text in gaps_of(checked.paper):
        missing = " ".join(text[len(GAP_MARK) :].split())
        typed.add(missing)
        shown = f": {missing}" if missing else ""
        yield Found(text.location, f"a gap is left{shown}", "write the text in place of the ??")
    for missing in _gaps_printed(checked.document):
        if not any(text.startswith(missing) for text in typed):
            hint = "add what the house expects there"
            yield Found(checked.paper.report.at(), f"the paper prints a gap: {missing}", hint)


def _gaps_printed(document: Document | None) -> tuple[str, ...]:
    if document is None:
        return ()
    inlines = [inline for block in blocks_of(document) for inline in inlines_of(block)]
    return tuple(dict.fromkeys(" ".join(one.missing.split()) for one in inlines if isinstance(one, Gap)))


_GUIDANCE_SIGNS = re.compile(r"^[ \t*\[(]*guidance(?: notes?)?[ \t]*:|<!--", re.IGNORECASE | re.MULTILINE)


def check_guidance(checked: Checked) -> Iterator[Found]:
    """Notes to the author that nobody has taken out."""
    phrases = any_of((*words().guidance.words, *checked.house.style.guidance))
    for passage in texts_of(checked.paper):
        for match in (*phrases.finditer(passage.text), *_GUIDANCE_SIGNS.finditer(passage.text)):
            said = " ".join(match.group().split()).lstrip("*[(")
            message = f"'{said}' is a note to the author and no part of the paper"
            yield Found(passage.at(match.start()), message, "do what it asks, and delete it")


def check_status(checked: Checked) -> Iterator[Found]:
    """A paper that would be published as a draft."""
    report = checked.paper.report
    if report.status != "final":
        message = f"status: {report.status} was found; a paper that is published has status: final"
        yield Found(report.at("status"), message, "write status: final, so that no page says DRAFT")


# ---- Embargo ----


def check_embargo(checked: Checked) -> Iterator[Found]:
    """Grades in a public paper before the inspectorate has published them."""
    inspection, day = checked.paper.inspection, _public_from(checked)
    if inspection is None or day is None or day >= inspection.published:
        return
    if checked.paper.report.exempt is not None or checked.paper.report.confidential is not None:
        return
    place = _grade_in_prose(checked, inspection)
    if place is None and not _prints_grades(checked, inspection):
        return
    message = f"the paper tells grades on {day}; the inspectorate publishes them on {inspection.published}"
    hint = "publish it on or after that day; before it, the paper is for those to whom the report was sent"
    yield Found(place or inspection.at("published"), message, hint)


def _public_from(checked: Checked) -> date | None:
    """The first day on which the public may read the paper, as far as it is known."""
    item, meeting = checked.paper.item, checked.paper.meeting
    announced = (item.published if item else None) or (meeting.published if meeting else None)
    return min((day for day in (checked.as_of, announced) if day is not None), default=None)


def _prints_grades(checked: Checked, inspection: Inspection) -> bool:
    """Whether a table or a chart of the paper tells the grades."""
    given = {name for one in inspection.graded for name in (one.grade, one.as_printed) if name}
    if checked.document is None:
        return bool(given)
    for block in blocks_of(checked.document):
        if isinstance(block, Figure):
            return bool(given)
        if isinstance(block, Table):
            cells = (cell for group in block.groups for row in group.rows for cell in row.cells[1:])
            texts = {
                plain_text(inner.content).strip()
                for cell in cells
                for inner in cell.content
                if isinstance(inner, Paragraph)
            }
            if texts & given:
                return True
    return False


_WORKED_OUT = re.compile(r"\{\{[^}]*\binspection\.(?:grade|overall|count|share|judgements|graded|key_judgements)\b")


def _grade_in_prose(checked: Checked, inspection: Inspection) -> Location | None:
    """Where the report's texts first tell a grade, worked out or typed."""
    grades = Tally(inspection).grade if inspection.framework.grades else None
    typed = re.compile(rf"\b{BE}\s+{JUDGED}\s+[*\"“'‘]*{grades}{CLAUSE_END}", re.IGNORECASE) if grades else None
    for passage in prose_of(checked.paper, "report"):
        found = _WORKED_OUT.search(passage.typed) or (typed.search(passage.text) if typed else None)
        if found:
            return passage.at(found.start())
    return None


# ---- The rules ----


def _before_publication(check: Callable[[Checked], Iterable[Found]]) -> Callable[[Checked], Iterable[Found]]:
    """The check, for a paper that is about to be published, and for no other."""

    def check_final(checked: Checked) -> Iterable[Found]:
        return check(checked) if checked.final else ()

    return check_final


def _in_a_final_paper(check: Callable[[Checked], Iterable[Found]]) -> Callable[[Checked], Iterable[Found]]:
    """The check, for a paper that is about to be published or that says so."""

    def check_final(checked: Checked) -> Iterable[Found]:
        return check(checked) if checked.says_final else ()

    return check_final


PUBLICATION_RULES: tuple[Rule, ...] = (
    Rule(
        "RG501",
        Severity.ERROR,
        "A placeholder is left",
        "'TBC', 'to follow', '[insert date]', 'xx', '[ ]' and the like must be gone from a published paper: one "
        "was once published with the appendix 'To insert once final report received'. In a draft RG320 warns of "
        "them.",
        "Placeholders in published papers",
        _in_a_final_paper(check_placeholders),
    ),
    Rule(
        "RG502",
        Severity.ERROR,
        "A gap is left",
        "A text that begins with ?? is still missing, and so is what the house marks as missing in the finished paper.",
        "House rule",
        _in_a_final_paper(check_gaps),
    ),
    Rule(
        "RG503",
        Severity.ERROR,
        "A note to the author is left",
        "Notes to authors, such as 'delete as appropriate', come with a template and are not for readers. A house "
        "adds its own under guidance:.",
        "Guidance in published papers",
        _before_publication(check_guidance),
    ),
    Rule(
        "RG504",
        Severity.ERROR,
        "The paper is still a draft",
        "A draft has a watermark on every page. What is published has status: final.",
        "House rule",
        _before_publication(check_status),
    ),
    Rule(
        "RG505",
        Severity.ERROR,
        "A clearance is missing",
        "The house lists under cleared: the areas of implications that somebody must have agreed, with name and "
        "day, and whoever stands under sign_off: must have agreed the paper.",
        "House rule",
        _before_publication(check_cleared),
    ),
    Rule(
        "RG506",
        Severity.ERROR,
        "A text has changed since it was cleared",
        "cleared_text: holds the mark of the text that was cleared. The text there now has another mark, so a word "
        "was changed, and whoever cleared it has not seen it. Where a line breaks does not count. Numbers that "
        "are worked out follow the data and do not change the mark of an implication.",
        "House rule",
        _before_publication(check_unchanged),
    ),
    Rule(
        "RG507",
        Severity.WARNING,
        "A clearance is not tied to its text",
        "Who cleared a text is known, but not which text: a later change would go unnoticed. Add the mark that the "
        "message gives as cleared_text: when the text is the one that was cleared.",
        "House rule",
        _before_publication(check_tied),
    ),
    Rule(
        "RG508",
        Severity.ERROR,
        "Grades are told before they are published",
        "The inspectorate sends its report to the council before it publishes it, in confidence. Until that day no "
        "paper that the public can read may tell the grades, and an agenda is public five clear days before its "
        "meeting.",
        "The inspectorate's conditions for advance copies; Local Government Act 1972 s.100B for the agenda",
        _before_publication(check_embargo),
    ),
)
