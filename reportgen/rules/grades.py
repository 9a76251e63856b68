"""Rules on what a report says of grades in plain words: they are compared with the judgements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportgen.rules.passages import Sentence, prose_of
from reportgen.rules.quotations import quoted_parts
from reportgen.rules.rule import ADVICE, ERROR, RuleContext, Violation, rule
from reportgen.rules.tally import (
    BE,
    GRADED_THINGS,
    JUDGED,
    Tally,
    sentences_on_result,
    tally_of,
)
from reportgen.rules.words import alternatives

Agrees = Callable[[int, int], bool]
"""Whether so many of so many may be put so."""

_QUANTITIES: tuple[tuple[str, Agrees], ...] = (
    (r"all|every|each(?: of)?", lambda count, total: count == total),
    (r"no|none of", lambda count, _: count == 0),
    (
        r"most|the majority of|a majority of|the great majority of|more than half of",
        lambda count, total: 2 * count > total,
    ),
    (r"half of|half", lambda count, total: 2 * count == total),
    (r"a few|some|several|a number of|many|a handful of|certain", lambda count, _: count >= 1),
)
_OURS = (
    r"(?:the council|the authority|the local authority|the service|our services|the services|the council['’]s services"
    r"|children['’]s services|it|we|they|services)"
)
_OF_OURS = (
    r"(?:leaders(?:hip)?(?:\s+and\s+manage\w+)?|(?:the\s+)?(?:services|help|support|care|provision|practice|experiences)"
    r"\s+(?:of|for|to)\s+[^.,;:()]{3,60}?)"
)
"""What an inspection judges, under names of its own or in the author's words."""
_OTHERS = re.compile(
    r"\b(?:schools?|academ\w+|nurser\w+|colleges?|homes?|hostels?|settings?|providers?|agenc\w+|placements?|files?|cases?"
    r"|audit\w*|moderat\w+|panel|surveys?|trusts?|hospitals?|practices)\b",
    re.IGNORECASE,
)
"""What is judged by others, or by itself."""


@rule(
    "RG307",
    ERROR,
    "A claim about grades contradicts the judgements",
    "A committee's record that contradicted the judgements it was about",
)
def contradicted_grade(context: RuleContext) -> Iterator[Violation]:
    """A sentence that says of grades what the table does not: 'a few areas good' where every grade was 'Requires
    improvement to be good', or another grade for an area than the one given. Sentences about other years, other
    councils, aims and wishes are passed over."""
    tally = tally_of(context)
    if tally is None:
        return
    for sentence in sentences_on_result(context, tally):
        yield from _quantities(sentence, tally)
        named = list(_areas(sentence, tally))
        yield from named or _as_a_whole(sentence, tally)


def _quantities(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    """ "A few areas good", "all judgements were outstanding", "no judgement was inadequate"."""
    scopes = tally.scopes if _SUMMARY.search(sentence.text) else tally.broad
    for words, agrees in _QUANTITIES:
        subject = (
            rf"\b(?P<quantity>{words})\s+(?:of\s+)?(?:the\s+|its\s+|our\s+|these\s+|other\s+|graded\s+)*"
            rf"(?P<things>{GRADED_THINGS}|area|aspect)"
        )
        for claim in tally.claims(subject, sentence.text):
            if not any(agrees(scope.count(claim.grades), scope.total) for scope in scopes if scope.total):
                found = tally.all.count(claim.grades)
                message = (
                    f"'{claim.words('quantity', 'things', 'grade')}' does not agree with the judgements: "
                    f"{found} of {tally.all.total} {'is' if found == 1 else 'are'} {claim.named}"
                )
                yield Violation(sentence.at(claim.match.start()), message, _HINT)


_GOES_ON = re.compile(r"[\s*\"”’')]*(?:in|for|on|by|when)\b", re.IGNORECASE)
_SUMMARY = re.compile(r"\b(?:key|summary|main|headline|overall|outcomes?|provision)\b", re.IGNORECASE)
"""What limits a quantity to some of the judgements of a group."""
_HINT = "say what the table says; {{ inspection.count('…') }} and {{ inspection.grade('…') }} print it"


def _areas(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    """ "Leadership and management was judged good"."""
    inspection = tally.inspection
    if not inspection.graded:
        return
    areas = alternatives(one.area for one in inspection.graded)
    verb = rf"(?:\s+{BE}\s+(?:again\s+|also\s+)?(?:(?P<judged>{JUDGED})\s+)?(?:(?:as|to be)\s+)?|:\s*)"
    for claim in tally.claims(rf"(?<![\w'’-])(?P<area>{areas})[\"”'’*]*", sentence.text, verb):
        if claim.match["judged"] is None and _GOES_ON.match(sentence.text, claim.match.end()):
            continue  # "leadership is good in most teams" says less than a grade
        area = claim.words("area").casefold()
        given = [one for one in inspection.graded if one.area.casefold() == area]
        if not any(one.grade in claim.grades for one in given):
            official = " and ".join(dict.fromkeys(one.grade for one in given if one.grade))
            message = f"'{given[0].area}' is called {claim.words('grade')}; the grade given is {official}"
            hint = f"write {{{{ inspection.grade('{given[0].area}')|lower }}}}"
            yield Violation(sentence.at(claim.match.start("grade")), message, hint)


def _as_a_whole(sentence: Sentence, tally: Tally) -> Iterator[Violation]:
    """ "The council was judged outstanding", where nothing was."""
    inspectors = rf"(?:inspectors|the inspectorate|{re.escape(tally.inspection.inspectorate)})"
    subjects = [
        rf"\b{_OURS}\s+{BE}\s+{JUDGED}",
        rf"\b{inspectors}\s+(?:has\s+|have\s+|had\s+|again\s+|also\s+)*{JUDGED}\s+(?:that\s+)?{_OURS}",
    ]
    if not _OTHERS.search(sentence.text):
        subjects.append(rf"\b{_OF_OURS}\s+{BE}\s+(?:judged|graded|rated)")
    verb = r"\s+(?:overall\s+)?(?:(?:as|to be|to have been)\s+)?"
    compared: set[int] = set()
    for claim in (claim for subject in subjects for claim in tally.claims(subject, sentence.text, verb)):
        if claim.match.end("grade") not in compared and not tally.all.count(claim.grades):
            message = f"'{claim.words()}': no judgement of this inspection is {claim.named}"
            compared.add(claim.match.end("grade"))
            yield Violation(sentence.at(claim.match.start()), message, _HINT)


# ---- Names of grades ----


@rule("RG308", ADVICE, "A grade has another name than the framework's", "The inspectorate's framework")
def unofficial_grade_name(context: RuleContext) -> Iterator[Violation]:
    """Grades have official names, and readers compare papers by them: 'Requires improvement to be good', not 'Requiring
    improvement to be good'. Within quotation marks the words stay as they were published."""
    tally = tally_of(context)
    if tally is None:
        return
    drifted = {form: grade for form, grade in tally.forms.items() if " " in form and form != grade.casefold()}
    if not drifted:
        return
    whole, forms = alternatives(tally.inspection.scale), alternatives(drifted)
    pattern = re.compile(rf"(?<![\w'’-])(?:{whole}|(?P<form>{forms}))(?![\w'’-])", re.IGNORECASE)
    for typed_text in prose_of(context.paper, "report", "plan"):
        quoted = list(quoted_parts(typed_text.text))
        for match in pattern.finditer(typed_text.text):
            said = " ".join((match["form"] or "").split())
            # In small letters it is mostly a verb: "the service requires improvement".
            if not said[:1].isupper() or any(start <= match.start() < end for start, end in quoted):
                continue
            starts_sentence = said.casefold().startswith("require") and said.split()[1][:1].islower()
            if starts_sentence and not said.casefold().endswith("to be good"):
                continue
            message = f"'{said}' was found; the framework calls the grade '{drifted[said.casefold()]}'"
            hint = "use the framework's name in your own sentences; as_printed: keeps another form in the table"
            yield Violation(typed_text.at(match.start("form")), message, hint)
