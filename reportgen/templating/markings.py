"""What a paper says of what the public may not see, in the house's words."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.house import House
from reportgen.model.marking import Exempt, Marking
from reportgen.model.paper import Paper
from reportgen.templating import filters


def gap_words(why: Marking, house: House) -> str:
    """What stands where something was taken out: "[Exempt information: Schedule 12A …, paragraph 3. Reason]"."""
    words = house.config.vocabulary
    if isinstance(why, Exempt):
        return f"[{words['withheld']}: {paragraphs_of([why], house)}. {why.reason}]"
    return f"[{words['withheld_confidential']}: {words['confidential_law']}. {why.reason}]"


def paragraphs_of(markings: Sequence[Exempt], house: House, schedule: str = "schedule") -> str:
    """Name paragraphs of Schedule 12A: "Schedule 12A to the Local Government Act 1972, paragraphs 1 and 3".

    `schedule` is the key of the house's word for it.
    """
    numbers = sorted({number for one in markings for number in one.paragraphs})
    return exempt_paragraphs(numbers, house, schedule)


def exempt_paragraphs(numbers: Sequence[int], house: House, schedule: str = "schedule") -> str:
    """Name paragraphs of the schedule by their numbers."""
    words = house.config.vocabulary
    noun = words["paragraph" if len(numbers) == 1 else "paragraphs"]
    return f"{words[schedule]}, {noun} {filters.as_listing(numbers)}"


def marking_words(paper: Paper, house: House) -> str:
    """What each page must say of a paper that holds what the public may not see (Local Government Act 1972 s.100B(5)).

    Empty for any other, and for what is left of the paper for the public.
    """
    markings = paper.markings if paper.withheld is None else ()
    if not markings:
        return ""
    exempt = [one for one in markings if isinstance(one, Exempt)]
    law = [house.config.vocabulary["confidential_on_pages"]] if len(exempt) < len(markings) else []
    law += [paragraphs_of(exempt, house, "schedule_on_pages")] if exempt else []
    return f"{house.config.vocabulary['not_for_publication']}: {'; '.join(law)}"


def class_words(paper: Paper, house: House) -> str:
    """The class of the paper as its front page names it."""
    words = house.config.vocabulary
    markings = paper.markings
    if paper.withheld is not None and paper.withheld.report is None:
        return words["public_in_part"]
    confidential = [one for one in markings if not isinstance(one, Exempt)]
    if confidential:
        return f"{words['confidential']}: {words['confidential_law']}"
    exempt = [one for one in markings if isinstance(one, Exempt)]
    return f"{words['exempt']}: {paragraphs_of(exempt, house)}" if exempt else words["public"]


def withheld_actions(paper: Paper, house: House, part: int | None = None) -> list[str]:
    """The gaps that stand for actions of a part of the plan; of the whole plan when no part is given."""
    withheld = paper.withheld.actions if paper.withheld else ()
    return list(dict.fromkeys(gap_words(why, house) for of, why in withheld if part in (None, of)))
