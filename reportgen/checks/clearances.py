"""Clearances: who has agreed a text, and whether it is still the text that they agreed.

A mark stands for a text: the first eight digits of the SHA-256 of its words. It is typed beside the
clearance, and another text has another mark. White space does not count, so that lines may be broken anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from reportgen.checks.rule import Checked, Found
from reportgen.model.paper import Paper
from reportgen.model.report import Implication

_DIGITS = 8


def mark_of(texts: Iterable[str]) -> str:
    """Eight hexadecimal digits that stand for the words of the texts, in their order."""
    words = "\n".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:_DIGITS]


def mark_of_implication(implication: Implication) -> str:
    """The mark of an implication as typed: its area, and its text or the reason why it does not apply."""
    prose = implication.text or implication.not_applicable
    return mark_of((implication.area, prose.text if prose else ""))


def mark_of_paper(paper: Paper) -> str:
    """The mark of all that the paper says: its title and texts, the grades, and how the actions stand."""
    judgements = paper.inspection.judgements if paper.inspection else ()
    actions = paper.plan.actions if paper.plan else ()
    return mark_of(
        (
            paper.report.title,
            *(prose.text for prose in paper.prose()),
            *(f"{one.group} {one.area} {one.grade}" for one in judgements),
            *(f"{one.id} {one.owner} {one.due} {one.status} {one.rag}" for one in actions),
        )
    )


def check_cleared(checked: Checked) -> Iterator[Found]:
    """Implications that the house wants cleared and nobody has, and places for a signature without one."""
    report = checked.paper.report
    for number, one in enumerate(report.implications):
        if one.area not in checked.house.style.cleared:
            continue
        missing = [key for key in ("cleared_by", "cleared_on") if getattr(one, key) is None]
        if missing:
            message = f"{one.area}: the house wants it cleared; {' and '.join(missing)} {_verb(missing)} missing"
            hint = "send the text to whoever clears it, and then type who did and on which day"
            yield Found(report.at("implications", number, "area"), message, hint)
    for number, line in enumerate(report.sign_off):
        if not line.signed:
            message = f"{line.role} has not agreed the paper"
            hint = "type signed: yes when they have, or delete the line if they need not"
            yield Found(report.at("sign_off", number, "role"), message, hint)


def _verb(things: list[str]) -> str:
    return "is" if len(things) == 1 else "are"


def check_unchanged(checked: Checked) -> Iterator[Found]:
    """Texts that are others than those that were cleared."""
    report = checked.paper.report
    for number, one in enumerate(report.implications):
        if one.cleared_text is not None and one.cleared_text.casefold() != mark_of_implication(one):
            mark, who = mark_of_implication(one), one.cleared_by or "whoever cleared it"
            message = (
                f"{one.area}: cleared_text: {one.cleared_text} was found, {mark} was expected; "
                "the text has changed since it was cleared"
            )
            hint = f"ask {who} to clear it again, and then type cleared_text: {mark}"
            yield Found(report.at("implications", number, "cleared_text"), message, hint)
    mark = mark_of_paper(checked.paper)
    for number, line in enumerate(report.sign_off):
        if line.cleared_text is not None and line.cleared_text.casefold() != mark:
            message = (
                f"{line.role}: cleared_text: {line.cleared_text} was found, {mark} was expected; "
                "the paper has changed since it was agreed"
            )
            hint = f"ask {line.name or line.role} to agree it again, and then type cleared_text: {mark}"
            yield Found(report.at("sign_off", number, "cleared_text"), message, hint)


def check_tied(checked: Checked) -> Iterator[Found]:
    """Clearances that would still stand there if the text were changed."""
    report = checked.paper.report
    for number, one in enumerate(report.implications):
        if one.cleared_by is not None and one.cleared_text is None:
            message = f"{one.area}: the clearance by {one.cleared_by} is not tied to the text"
            hint = f"if this is the text that was cleared, add cleared_text: {mark_of_implication(one)}"
            yield Found(report.at("implications", number, "cleared_by"), message, hint)
    loose = [number for number, line in enumerate(report.sign_off) if line.signed and line.cleared_text is None]
    if loose:
        message = (
            f"{len(loose)} of {len(report.sign_off)} under sign_off have agreed a paper that may have changed since"
        )
        hint = f"if this is the paper that they agreed, add cleared_text: {mark_of_paper(checked.paper)} to each"
        yield Found(report.at("sign_off", loose[0], "signed"), message, hint)
