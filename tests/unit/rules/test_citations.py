"""References typed by hand, Acts with their years, and what is said of Schedule 12A."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import COUNCIL
from tests.unit.rules.written import Desk, saying

APPENDIX = "appendices:\n  - {id: plan, title: Action plan, shows: action plan}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---- References ----


def test_an_appendix_that_the_paper_does_not_have_is_found_at_its_number(desk: Desk) -> None:
    text = "The plan is in\nAppendix 5, and see Appendices A and C."
    found = desk.found("RG311", saying(text) + APPENDIX, composed=True)
    assert [(one.location.line, one.location.column, one.message) for one in found] == [
        (13, 16, "this paper has no appendix 5"),
        (13, 44, "this paper has no appendix C"),
    ]
    assert found[0].hint == "write {{ ref('plan') }}, which prints the number and keeps it right"


def test_a_paragraph_and_a_table_that_the_paper_does_not_have_are_found(desk: Desk) -> None:
    text = "See paragraphs 1.1 and 14.2, para 9.9 and Table 7."
    messages = desk.messages("RG311", saying(text), composed=True)
    assert messages == [
        "12:30 this paper has no paragraph 14.2",
        "12:41 this paper has no paragraph 9.9",
        "12:55 this paper has no table 7",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The plan is in Appendix A and in {{ ref('plan') }}.",
        "Ofsted praises members (paragraph 79). They say so in paragraph 99.",
        "See paragraphs 3.27 to 3.30 of Working Together 2018.",
        "Members champion children (paragraph 79 of the report). Elsewhere (paragraph 99) it is praised.",
        "Appendix 9 of the inspection report lists it, and its Table 3 is long.",
        "Under section 137 of the Education and Inspections Act 2006 and section 11 it is so.",
        "Paragraph 3 of Schedule 12A to the Local Government Act 1972 applies.",
        "The letter (paragraph 3) says so.",
        "A table 2 metres long has a figure 8 on it.",
        "See section 2 for more.",
        "An appendix a day.",
    ],
)
def test_what_is_there_or_in_another_document_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG311", saying(text) + APPENDIX, composed=True) == []


def test_a_reference_in_a_sentence_on_the_inspection_report_may_be_to_our_appendix(desk: Desk) -> None:
    text = "Ofsted's report is attached as Appendix 2."
    assert desk.places("RG311", saying(text) + APPENDIX, composed=True) == [(1, 41)]


def test_a_section_is_taken_for_our_own_when_only_a_paper_can_have_its_number(desk: Desk) -> None:
    text = "See section 14.2 and section 12 of this report, and section 20."
    assert desk.places("RG311", saying(text), composed=True) == [(1, 13), (1, 30)]


def test_the_hint_says_how_to_refer_to_what_has_a_number(desk: Desk) -> None:
    text = saying("See paragraph 14.2 and Table 7.")
    paragraph, table = desk.found("RG311", text, composed=True)
    assert paragraph.hint == "end the paragraph that is meant with {#name}, and write {{ ref('name') }} here"
    assert table.hint.startswith("those of this paper are 1")
    alone = saying("See Figure 7.").replace("inspection: outcome\naction_plan: outcome\n", "")
    [figure] = desk.found("RG311", alone, composed=True)
    assert figure.hint == "no figure of this paper has a number; name its caption"


def test_paragraphs_above_are_our_own(desk: Desk) -> None:
    text = "Paragraph 79 above deals with the Act."
    assert desk.places("RG311", saying(text), composed=True) == [(1, 11)]


def test_an_action_that_the_plan_does_not_have_is_found_at_its_id(desk: Desk) -> None:
    found = desk.found("RG311", saying("Action A9 is late, and so are actions A1 and A7."))
    assert [(one.location.column, one.message) for one in found] == [
        (14, "the action plan has no action A9"),
        (52, "the action plan has no action A7"),
    ]
    assert "A1, A2" in found[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "Action A2 is late, and actions A1 to A2 stand.",
        "Action A9 of the previous plan is done.",
        "Action A9 of the hospital's plan is late.",
        "Action A9 was merged with A2.",
        "Action B9 is the police's.",
        "Action A9-b is a part of it.",
    ],
)
def test_actions_that_are_there_or_of_another_plan_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG311", saying(text)) == []


def test_without_the_finished_paper_no_reference_is_judged(desk: Desk) -> None:
    assert desk.messages("RG311", saying("See Appendix 5.")) == []


# ---- Acts ----


def test_an_act_of_the_wrong_year_is_found_at_the_year(desk: Desk) -> None:
    text = "Duties under the Care Act 2022 and\nthe Children Act 1998 apply."
    assert desk.messages("RG318", saying(text)) == [
        "12:33 'Care Act 2022' was found; the Care Act is of 2014",
        "13:24 'Children Act 1998' was found; the Children Act is of 2004, 1989 or 1975, among others",
    ]


def test_the_years_nearest_to_the_one_typed_are_named_first(desk: Desk) -> None:
    [messages] = desk.messages("RG318", saying("The Local Government Act 1973 applies."))
    assert messages.endswith("the Local Government Act is of 1972, 1974 or 1978, among others")
    [messages] = desk.messages("RG318", saying("The Childcare Act 2007 applies."))
    assert messages.endswith("the Childcare Act is of 2006 or 2016")


def test_an_act_is_known_with_the_sign_for_and(desk: Desk) -> None:
    assert desk.places("RG318", saying("The Education & Inspections Act 2005 applies.")) == [(1, 33)]
    assert desk.places("RG318", saying("The Education & Inspections Act 2006 applies.")) == []


def test_each_year_of_several_acts_is_looked_at(desk: Desk) -> None:
    assert desk.places("RG318", saying("The Children Acts 1989 and 2005 apply.")) == [(1, 28)]


@pytest.mark.parametrize(
    "text",
    [
        "The Care Act 2014, the Children Act 1989 and the Children Act 2004.",
        "The Health and Social Care Act 2012 is no Care Act.",
        "The Special Care Act 2022 is not in the list.",
        "The Children (Leaving Care) Act 2000 and the Children and Families Act 2014.",
        "The Domestic Violence, Crime and Victims Act 2004.",
        "Under section 149 of the Equality Act 2010 and Schedule 12A to the Local Government Act 1972.",
        "The Childcare Act came in 2022.",
        "The Anti-social Behaviour, Crime and Policing Act 2014.",
        "The Children Acts 1989 and 2004.",
        "The Health and Safety at Work etc. Act 1974.",
    ],
)
def test_acts_with_their_years_and_acts_of_longer_names_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG318", saying(text)) == []


# ---- Schedule 12A ----


def test_ten_categories_of_exempt_information_are_found(desk: Desk) -> None:
    text = "Schedule 12A lists\nten categories of exempt information."
    assert desk.messages("RG319", saying(text)) == ["13:7 'ten' was found; Part 1 of Schedule 12A has seven paragraphs"]


def test_a_paragraph_that_is_no_ground_for_an_exemption_is_found(desk: Desk) -> None:
    text = "The appendix is exempt information under paragraphs 3 and 9 of Schedule 12A."
    assert desk.messages("RG319", saying(text)) == [
        "12:65 paragraph 9 does not describe exempt information; Part 1 has 1 to 7"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is exempt information under paragraphs 1 to 7 of Part 1 of Schedule 12A.",
        "The public interest test in paragraph 10 of Part 2 of Schedule 12A was applied.",
        "Schedule 12A has seven categories.",
        "There are ten categories of need.",
    ],
)
def test_what_schedule_12a_says_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG319", saying(text)) == []


def test_welsh_papers_have_paragraphs_of_their_own(desk: Desk) -> None:
    text = "It is exempt information under paragraph 14 of Schedule 12A."
    assert desk.messages("RG319", saying(text), council=COUNCIL + "nation: wales\n") == []
    assert desk.messages("RG319", saying(text)) != []
