"""What a report says of grades in plain words, compared with the judgements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.rules.written import ALL_THE_SAME, SLAC, Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_few_areas_good_is_found_where_every_grade_is_another(desk: Desk) -> None:
    text = "The report shows\na few areas good and much to do."
    assert desk.messages("RG307", saying(text), inspection=ALL_THE_SAME) == [
        "13:7 'a few areas good' does not agree with the judgements: 0 of 4 are Good"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Some judgements were good.",
        "Most areas were judged outstanding.",
        "All judgements were good.",
        "No judgement was requires improvement to be good.",
        "The council was judged good.",
        "Children's services were rated outstanding overall.",
        "Overall effectiveness was judged good.",
        "Help and protection is **inadequate**.",
        "Help and protection was judged good in most teams.",
        "Overall effectiveness: Good.",
        "It was graded “good”, which is welcome.",
    ],
)
def test_a_claim_that_the_judgements_contradict_is_found(desk: Desk, text: str) -> None:
    assert len(desk.messages("RG307", saying(text), inspection=ALL_THE_SAME)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "All judgements were requires improvement to be good.",
        "Every area was judged to require improvement.",
        "No area was inadequate.",
        "No judgement was good or better.",
        "Overall effectiveness was judged “requires improvement to be good”.",
        "The council was judged to be good in 2018.",
        "A director from a council judged good has joined the board.",
        "Its partner said that another service was judged outstanding.",
        "We want the council to be judged good by 2025.",
        "The council was not judged good.",
        "Some areas were good examples of work.",
        "In a few areas good work stands beside weak work.",
        "Help and protection is good in most teams.",
        "There was good practice in some areas.",
        "Inspectors found many strengths; relationships are good.",
        "If all judgements were good, we would rejoice.",
    ],
)
def test_a_claim_that_agrees_or_is_about_something_else_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG307", saying(text), inspection=ALL_THE_SAME) == []


def test_the_grade_of_a_named_area_is_compared_at_the_grade(desk: Desk) -> None:
    found = desk.found("RG307", saying("Capacity for improvement was judged adequate."), inspection=SLAC)
    assert [(one.location.column, one.message, one.hint) for one in found] == [
        (
            43,
            "'Capacity for improvement' is called adequate; the grade given is Outstanding and Good",
            "write {{ inspection.grade('Capacity for improvement')|lower }}",
        )
    ]
    assert desk.messages("RG307", saying("Capacity for improvement was judged good."), inspection=SLAC) == []


def test_a_majority_is_counted(desk: Desk) -> None:
    assert desk.messages("RG307", saying("Most judgements were good."), inspection=SLAC) == []
    assert desk.messages("RG307", saying("Most judgements were outstanding."), inspection=SLAC) != []
    assert desk.messages("RG307", saying("All judgements were good or better."), inspection=SLAC) == []  # of one group


def test_another_form_of_a_grades_name_is_found_outside_quotations(desk: Desk) -> None:
    text = "The grade is\nRequiring improvement to be good, as in “Requiring improvement to be good”."
    assert desk.messages("RG308", saying(text), inspection=ALL_THE_SAME) == [
        "13:7 'Requiring improvement to be good' was found; "
        "the framework calls the grade 'Requires improvement to be good'"
    ]
    assert desk.places("RG308", saying("It is Requires Improvement."), inspection=ALL_THE_SAME) == [(1, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "The grade is Requires improvement to be good.",
        "Requires improvement to be good is the third grade.",
        "Recording requires improvement.",
        "Services judged as requiring improvement to be good must plan.",
        "{{ inspection.grade('Overall effectiveness') }} it is.",
    ],
)
def test_the_official_name_and_ordinary_verbs_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG308", saying(text), inspection=ALL_THE_SAME) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted judged the council outstanding.",
        "Ofsted judged the council to be outstanding.",
        "Inspectors have again rated our services good.",
        "Leaders were judged outstanding.",
        "Services for care leavers were judged inadequate.",
        "The experiences of care leavers were graded good or better.",
    ],
)
def test_a_grade_that_no_judgement_has_is_found_once_whoever_has_it(desk: Desk, text: str) -> None:
    [messages] = desk.messages("RG307", saying(text), inspection=ALL_THE_SAME)
    assert "no judgement of this inspection is" in messages


@pytest.mark.parametrize(
    "text",
    [
        "Ofsted judged the council to require improvement to be good.",
        "Ofsted judged the council outstanding in 2015.",
        "Schools were judged outstanding.",
        "Support for schools was judged outstanding.",
        "Care of children in our two homes was judged good.",
        "Practice in audited files of care leavers was judged inadequate.",
        "Leaders were judged good listeners.",
        "Leaders were not judged outstanding.",
    ],
)
def test_a_grade_that_others_have_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG307", saying(text), inspection=ALL_THE_SAME) == []
