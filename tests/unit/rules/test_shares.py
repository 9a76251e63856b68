"""Percentages typed in sentences, worked out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.rules.written import SLAC, Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_fall_from_41_to_26_is_not_almost_40_percent(desk: Desk) -> None:
    found = desk.found("RG306", saying("Placements outside the county fell from 41 to 26,\na reduction of almost 40%."))
    assert [(one.location.line, one.location.column, one.message, one.hint) for one in found] == [
        (
            13,
            29,
            "'almost 40%' was typed; from 41 to 26 is 36.6%",
            "correct it, or work it out: {{ (15 / 41)|percent }}",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They fell from 41 to 26, a reduction of 37%.",
        "They fell from 41 to 26, a reduction of 36.6 per cent.",
        "They fell from 41 to 26, a reduction of 36%.",
        "They fell from 41 to 26, a reduction of almost 37%.",
        "They fell from 41 to 26, a reduction of about 35%.",
        "They fell from 41 to 26, a reduction of over 30%.",
        "They fell from 41 to 26, a reduction of at least 36.6%.",
        "They fell from 41 to 26, a reduction of less than 37%.",
        "They fell from 41 to 26, to 63% of what they were.",
        "The share rose from 2011 to 2012 by 40%.",
        "It ran from 3 to 5 May, and 40% more came, up on before.",
        "Children aged from 5 to 16 rose by 40%.",
        "It fell from 41 to 26 and from 12 to 7, which is 40%.",
        "It fell from 41% to 26%, by 15%.",
        "Turnover fell from 22 to 18 and the use of agencies by 10%.",
        "Turnover fell from 22 to 18, with 95% of posts filled.",
        "By 10%, agencies fell, and turnover from 22 to 18.",
        "Staffing went from 4 to 5. Agency staff fell by 40%.",
        "From 3 schools to 5 homes we drove 40% of the way.",
    ],
)
def test_a_change_that_agrees_or_has_other_numbers_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG306", saying(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "They fell from 41 to 26, a reduction of 40%.",
        "They fell from 41 to 26, a reduction of over 40%.",
        "They fell from 41 to 26, a reduction of less than 36%.",
        "It fell by 40% (from 41 to 26).",
        "It fell from 41 to 26 children in care, an overall reduction of 40%.",
        "They fell from 41 to 26, a reduction of at least 40%.",
        "They fell from 41 to 26, a reduction of about 40%.",
        "They rose from twenty to thirty, an increase of 60%.",
        "Seen in time were 20 (95%) of 22.",
        "20 of 22 cases (95%) were seen in time.",
        "20 of the 22, or 95%, were seen.",
        "In 95% (20 of 22) it was seen.",
        "In nearly 95% (20 of 22) it was seen.",
        "In 90.1% (20 out of 22) it was seen.",
    ],
)
def test_a_percentage_that_differs_from_its_numbers_is_found(desk: Desk, text: str) -> None:
    assert len(desk.messages("RG306", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Seen in time were 20 (91%) of 22.",
        "20 of 22 cases (90.9%) were seen in time.",
        "In over 90% (20 of 22) it was seen.",
        "In nearly 93% (20 of 22) it was seen.",
        "20 of 22 cases were seen, and 95% of visits were made.",
        "{{ inspection.count() }} of 22 (91%) were seen.",
        "1,000 (50%) of 2,000 children",
    ],
)
def test_a_percentage_that_agrees_with_its_numbers_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG306", saying(text)) == []


def test_a_share_of_the_judgements_is_compared_with_the_table(desk: Desk) -> None:
    assert desk.messages("RG306", saying("Some 80% of the judgements were good."), inspection=SLAC) == [
        "12:12 'Some 80%' of judgements Good was typed; it is 55.6%"
    ]
    assert desk.messages("RG306", saying("Some 78% of the judgements were good or better."), inspection=SLAC) == []
    assert desk.messages("RG306", saying("56% of judgements were good."), inspection=SLAC) == []
    assert desk.messages("RG306", saying("Elsewhere 80% of judgements were good."), inspection=SLAC) == []


def test_a_percentage_before_its_numbers_in_brackets_is_worked_out_once(desk: Desk) -> None:
    messages = desk.messages("RG306", saying("80% of judgements (5 of 9) are good."), inspection=SLAC)
    assert messages == ["12:7 '80%' was typed; 5 of 9 is 55.6%"]
    assert desk.messages("RG306", saying("56% of judgements (5 of 9) are good."), inspection=SLAC) == []
    assert desk.messages("RG306", saying("90% of visits (2 of 3 weeks late) were made."), inspection=SLAC) == []


def test_what_stands_in_brackets_does_not_hide_a_share_of_the_judgements(desk: Desk) -> None:
    text = "80% of judgements (see the table) are good."
    assert desk.messages("RG306", saying(text), inspection=SLAC) != []
    assert desk.messages("RG306", saying(text.replace("80", "56")), inspection=SLAC) == []
