"""What an inspection's judgements add up to, and how a sentence may speak of grades."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportgen.model.inspection import Inspection, Judgement
from reportgen.rules.passages import Sentence, sentences_of
from reportgen.rules.rule import RuleContext
from reportgen.rules.words import alternatives

JUDGEMENTS = r"(?:judge?ments?|gradings?|grades?)"
GRADED_THINGS = rf"(?:(?:graded |judge?ment )?areas|aspects|{JUDGEMENTS})"
JUDGED = r"(?:judged|graded|rated|assessed|found)"
BE = r"(?:are|were|was|is|has been|have been|had been|being)"
WERE_JUDGED = rf"\s+(?:{BE}\s+)?(?:{JUDGED}\s+)?(?:(?:as|to be)\s+)?"
"""What joins judgements and their grade: " were judged ", " were found to be "."""
CLAUSE_END = r"(?![\w’'-])(?=[\s*\"”’')\]]*(?:[.,;:!?–—(|]|$|(?:and|or|in|for|overall|but|while|when|by|on)\b))"
"""What follows a grade that is meant as one: "were good.", and not "were good examples"."""

_ANOTHER_TIME_OR_PLACE = re.compile(
    r"\b(?:previous|previously|earlier|last|former|formerly|since|then|compared|comparison|other|others|another|elsewhere"
    r"|national|nationally|england|wales|scotland|country|region|regional|neighbour\w*|councils|authorities|peer|average"
    r"|will|would|should|could|may|might|must|shall|aims?|ambitions?|targets?|expect\w*|hopes?|wants?|if|until|unless"
    r"|become\w*|not|never|once|used to|courts?|tribunals?|ombudsman|no longer|self-evaluation|self-assessment)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class JudgementSet:
    """Judgements that a sentence may count together: all of them, a group, those under a heading, the key ones."""

    rows: int
    grades: tuple[str, ...]
    """Of the rows that have one."""

    @property
    def total(self) -> int:
        return len(self.grades)

    def count(self, grades: Collection[str]) -> int:
        """How many have one of the grades."""
        return sum(1 for grade in self.grades if grade in grades)

    def holds(self, number: int) -> bool:
        """Whether that many judgements are in it, with or without those that have no grade."""
        return number in (self.rows, self.total)


@dataclass(frozen=True)
class GradeClaim:
    """What a sentence says of grades."""

    match: re.Match[str]
    grades: tuple[str, ...]
    """Those that it means: two for "good or better"."""

    @property
    def named(self) -> str:
        """The grades as a message names them: "Outstanding or Good"."""
        return " or ".join(self.grades)

    @property
    def arguments(self) -> str:
        """The grades as an expression names them: "'Outstanding', 'Good'"."""
        return ", ".join(f"'{grade}'" for grade in self.grades)

    def words(self, *groups: str) -> str:
        """What was typed, in one line: the named groups of the match, or all of it."""
        return _one_line(" ".join(self.match[group] for group in groups or (0,)))


@dataclass(frozen=True)
class Tally:
    """The judgements of an inspection, counted in every way that makes sense."""

    inspection: Inspection

    @cached_property
    def scopes(self) -> tuple[JudgementSet, ...]:
        judgements, key = self.inspection.judgements, self.inspection.key_judgements
        sets = [judgements, key, tuple(one for one in judgements if not one.key)]
        for group in self._groups:
            sets += [group, tuple(one for one in group if one.key), tuple(one for one in group if not one.key)]
            headings = dict.fromkeys(one.heading for one in group)
            sets += [tuple(one for one in group if one.heading == heading) for heading in headings]
        return tuple(dict.fromkeys((*(_scope(some) for some in sets if some), self.all)))

    @cached_property
    def broad(self) -> tuple[JudgementSet, ...]:
        """All judgements, and those of each group."""
        return (self.all, *map(_scope, self._groups))

    @property
    def _groups(self) -> list[tuple[Judgement, ...]]:
        judgements = self.inspection.judgements
        groups = dict.fromkeys(one.group for one in judgements)
        return [tuple(one for one in judgements if one.group == group) for group in groups]

    @cached_property
    def all(self) -> JudgementSet:
        """All judgements, the overall one included where it stands apart from the table."""
        rows, overall = _scope(self.inspection.judgements), self.inspection.overall
        return JudgementSet(rows.rows + 1, (*rows.grades, overall)) if overall else rows

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """The grade that is meant by each form, in small letters: "requiring improvement" as well."""
        forms: dict[str, str] = {}
        for grade in self.inspection.framework.grades:
            for name in (grade.name, *grade.aliases):
                forms[name.casefold()] = grade.name
                if name.casefold().startswith("requires improvement"):
                    for verb in ("require", "requiring", "required"):
                        forms[verb + name.casefold().removeprefix("requires")] = grade.name
        return forms

    @cached_property
    def grade(self) -> str:
        """What matches a grade in any of its forms; no group."""
        return alternatives(self.forms)

    def claims(self, subject: str, text: str, verb: str = WERE_JUDGED) -> Iterator[GradeClaim]:
        """Find where a text says that a subject has a grade: "… were judged 'good' or better".

        `subject` and `verb` are patterns; their named groups are found in the claim's match.
        """
        if not self._grade_in.search(text):
            return  # quicker than the search, and true of most sentences
        claimed = (
            rf"[*\"“'‘]*(?P<grade>{self.grade})[*\"”'’]*"  # perhaps stressed or in quotation marks
            rf"(?:\s+(?:or|and)\s+(?P<also>better|above|higher|{self.grade}))?"
        )
        for match in re.finditer(f"{subject}{verb}{claimed}{CLAUSE_END}", text, re.IGNORECASE):
            yield GradeClaim(match, self._meant_by(match["grade"], match["also"]))

    def claim_of_grade(self, match: re.Match[str]) -> GradeClaim:
        """Return the claim of a match that names one `grade` and nothing else."""
        return GradeClaim(match, self._meant_by(match["grade"], None))

    @cached_property
    def _grade_in(self) -> re.Pattern[str]:
        return re.compile(self.grade, re.IGNORECASE)

    def _meant_by(self, form: str, also: str | None) -> tuple[str, ...]:
        """The grades meant by "good or better", "good or outstanding", "good"."""
        grade = self.forms[_one_line(form).casefold()]
        scale = self.inspection.scale
        if also is None:
            return (grade,)
        if also.casefold() in ("better", "above", "higher"):
            return scale[: scale.index(grade) + 1]
        return (grade, self.forms[_one_line(also).casefold()])

    def speaks_of_now(self, sentence: str) -> bool:
        """Whether a sentence can only be about this inspection's result: no other time, place, wish or denial in it."""
        days = (self.inspection.start, self.inspection.end, self.inspection.published)
        years = {str(day.year) for day in days}
        return not _ANOTHER_TIME_OR_PLACE.search(sentence) and set(_YEAR.findall(sentence)) <= years


def _scope(judgements: Sequence[Judgement]) -> JudgementSet:
    return JudgementSet(len(judgements), tuple(one.grade for one in judgements if one.grade))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def tally_of(context: RuleContext) -> Tally | None:
    """The judgements of the paper's inspection, where it has graded ones."""
    inspection = context.paper.inspection
    if inspection is None or not inspection.framework.grades:
        return None
    return Tally(inspection) if inspection.graded or inspection.overall else None


def sentences_on_result(context: RuleContext, tally: Tally) -> Iterator[Sentence]:
    """The report's sentences that can only be about this inspection."""
    return (one for one in sentences_of(context.paper, "report") if tally.speaks_of_now(one.text))
