"""Slips of the pen: doubled words and signs, broken date ranges, placeholders, short forms, length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import INSPECTION, PLAN, REPORT
from tests.unit.rules.written import Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---- Doubled words ----


def test_doubled_words_are_found_at_the_second_of_them(desk: Desk) -> None:
    text = "The work is\nbeing lead by lead by\nthe Director, and it is the the best."
    assert desk.messages("RG312", saying(text)) == [
        "13:21 'lead by' stands here twice in a row",
        "14:35 'the' stands here twice in a row",
    ]


def test_a_doubled_word_is_found_across_the_end_of_a_line(desk: Desk) -> None:
    assert desk.places("RG312", saying("It was led by the\nthe Director.")) == [(2, 1)]


@pytest.mark.parametrize("text", ["The plan is is clear.", "It is set out in in the plan."])
def test_small_words_that_english_seldom_doubles_are_found(desk: Desk, text: str) -> None:
    assert len(desk.messages("RG312", saying(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors had had that that they wanted.",
        "What it is is clear. Clear are the aims.",
        "The new forms came in in May, and were phased in in June.",
        "They tick boxes and and/or is gone.",
        "- records\n- records",
        "Records\n\nrecords are kept.",
        "They looked after after-care, and care-leavers' leavers.",
        "{{ inspection.inspectorate }} Ofsted and Ofsted {{ inspection.inspectorate }} came.",
        "| Good | Good |\n|---|---|\n| one | one |",
        "Outcomes for children\nChildren are safe.",
        "It fell from 12 12 times.",
        "The visit was long, long ago, and the plan, plan or not, stands.",
    ],
)
def test_words_that_may_stand_twice_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG312", saying(text)) == []


def test_a_title_with_the_same_two_words_twice_is_left_over_from_another(desk: Desk) -> None:
    report = REPORT.replace("Outcome of the inspection", "KEY FINDINGS SUMMARY OF KEY FINDINGS FOR CHILDREN")
    assert desk.messages("RG312", report) == ["2:32 'KEY FINDINGS' stands twice in this title"]


def test_a_title_may_name_children_and_young_people_twice(desk: Desk) -> None:
    report = REPORT.replace("Outcome of the inspection", "Services for children and families and for young people")
    assert desk.messages("RG312", report) == []


def test_doubled_words_are_found_in_the_inspection_and_the_plan(desk: Desk) -> None:
    inspection = INSPECTION.replace("Keep better records", "Keep better better records")
    plan = PLAN.replace("Meet every week", "Meet Meet every week")
    found = desk.found("RG312", REPORT, inspection=inspection, plan=plan)
    assert [(Path(one.location.path).parent.name, one.location.line, one.location.column) for one in found] == [
        ("inspections", 15, 32),
        ("action-plans", 6, 35),
    ]


# ---- Doubled signs ----


def test_doubled_signs_are_found_with_what_to_write(desk: Desk) -> None:
    found = desk.found("RG313", saying("It was 65.9%% last year,, and so on.. All good."))
    assert [(one.location.column, one.message.split(" was")[0], one.hint) for one in found] == [
        (18, "'%%'", "write '%'"),
        (30, "',,'", "write ','"),
        (42, "'..'", "write '.'"),
    ]


@pytest.mark.parametrize(
    "text", ["And so on ...", "It is 65.9%.", "| a | b |\n|:--|--:|\n| c | d |", "**Recording.** So."]
)
def test_signs_that_may_stand_together_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG313", saying(text)) == []


# ---- Date ranges ----


def test_two_days_with_nothing_between_them_are_found(desk: Desk) -> None:
    assert desk.messages("RG314", saying("Inspectors came on 28 November 2011 13 December 2011 and left.")) == [
        "12:26 nothing stands between '28 November 2011' and '13 December 2011'"
    ]


def test_two_days_are_found_over_a_line_and_without_the_first_year(desk: Desk) -> None:
    assert desk.places("RG314", saying("It took place 28th November\n13th December 2011.")) == [(1, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "From 28 November 2011 to 13 December 2011.",
        "28 November – 13 December 2011",
        "On 28 November 2011, 13 inspectors came.",
        "On 28 November 2011 13 inspectors came.",
        "On 8 May 2011 and 9 May 2011.",
    ],
)
def test_days_with_something_between_them_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG314", saying(text)) == []


# ---- Placeholders ----


def draft(text: str) -> str:
    """A draft whose only section has the text."""
    return saying(text).replace("status: final", "status: draft")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("To insert once final report received", "To insert"),
        ("The cost is TBC.", "TBC"),
        ("Costs to follow.", "to follow"),
        ("The appendix (to follow) has more.", "to follow"),
        ("Date to be confirmed.", "to be confirmed"),
        ("It costs £xx a year.", "£xx"),
        ("The plan has XX actions.", "XX"),
        ("See [insert date] for more.", "[insert date]"),
        ("- [ ] done", "[ ]"),
        ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
        ("Signed ____ on dd/mm/yyyy", "dd/mm/yyyy"),
        ("The cost is ??, from finance.", "??"),
        ("Ask <name of officer> about it.", "<name of officer>"),
    ],
)
def test_a_placeholder_is_found_in_a_draft(desk: Desk, text: str, said: str) -> None:
    messages = desk.messages("RG320", draft(text))
    assert f"12:{7 + text.index(said)} '{said}' stands in place of a text" in messages


@pytest.mark.parametrize(
    "text",
    [
        "This leaves too little time to follow a plan between meetings.",
        "There are clear steps to follow.",
        "The steps to follow.",
        "The news of progress will follow at later meetings.",
        "Each permanence plan is to be confirmed at the second review by the reviewing officer.",
        "Two nurses were trained to insert needles.",
        "See [the report](https://example.gov.uk/xx/tbc) and www.example.gov.uk/tba.",
        "The Article XX right and the XXI century.",
        'They said: "[we] were heard" … and left.',
        "The cost is {{ inspection.findings|length }}.",
    ],
)
def test_harmless_words_are_no_placeholders(desk: Desk, text: str) -> None:
    assert desk.messages("RG320", draft(text)) == []


@pytest.mark.parametrize("text", ["By [insert date] then.", "It costs £xxx,xxx now.", "It costs xxx,xxx pounds."])
def test_a_placeholder_is_reported_once(desk: Desk, text: str) -> None:
    assert len(desk.messages("RG320", draft(text))) == 1


def test_an_owner_who_is_nobody_yet_is_left_to_the_rule_on_owners(desk: Desk) -> None:
    for owner in ("TBC", '"TBC"', "to be confirmed"):
        assert (
            desk.messages("RG320", draft("All is well."), plan=PLAN.replace("due: 2023-03-31", f"owner: {owner}")) == []
        )


def test_placeholders_are_found_in_titles_and_owners(desk: Desk) -> None:
    report = REPORT.replace("sections:", "report_of: TBC\nsections:")
    plan = PLAN.replace("due: 2023-03-31", "owner: 'Head of Care, TBC'")
    found = desk.found("RG320", report, plan=plan)
    assert [(one.location.line, one.location.column) for one in found] == [(7, 12), (5, 76)]


def test_a_gap_is_no_placeholder(desk: Desk) -> None:
    assert desk.messages("RG320", REPORT.replace("There is no cost.", '"?? the cost TBC, from finance"')) == []


def test_placeholders_of_a_paper_to_be_published_are_left_to_the_other_rule(desk: Desk) -> None:
    text = saying("The cost is TBC.")
    assert desk.messages("RG320", text, final=True) == []
    assert desk.messages("RG501", text, final=True) == ["12:19 'TBC' stands in place of a text"]


# ---- Short forms ----


def test_a_short_form_that_is_never_spelled_out_is_found_once_at_its_first_use(desk: Desk) -> None:
    assert desk.messages("RG315", saying("The MASH is good.\n\nMembers of the MASH, and its PLO lead, agree.")) == [
        "12:11 'MASH' is never spelled out in this paper",
        "14:36 'PLO' is never spelled out in this paper",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The multi-agency safeguarding hub (MASH) is good. The MASH is open.",
        "The MASH is good. Staff of the multi-agency safeguarding hub (the “MASH”) agree.",
        "LSCBs (local safeguarding children boards) are gone; the LSCB was ours.",
        "The process (the common assessment framework, or CAF) is new. A CAF is made.",
        "CAF, the Common Assessment Framework, and the IRO – independent reviewing officer.",
        "The NHS and the UK, with HR and IT, and an MP.",
        "Part II and chapter IV.",
        "PART 1 and 3.0 SUMMARY OF FINDINGS",
        "KEY FINDINGS OF THE INSPECTION",
        "{{ inspection.inspectorate }} ABCs are letters (ABCs).",
        "See CYP/2017/06 and A4-sized paper, TBC.",
    ],
)
def test_short_forms_that_are_spelled_out_or_known_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG315", saying(text)) == []


def test_a_house_names_short_forms_that_its_readers_know(desk: Desk) -> None:
    desk.with_house("acronyms: [MASH]")
    assert desk.messages("RG315", saying("The MASH is good.")) == []


def test_a_short_form_may_be_spelled_out_in_the_plan(desk: Desk) -> None:
    plan = PLAN.replace("Meet every week", "Meet in the multi-agency safeguarding hub (MASH)")
    assert desk.messages("RG315", saying("The MASH is good."), plan=plan) == []


# ---- Length ----


def test_a_report_with_more_words_than_the_house_allows_is_found(desk: Desk) -> None:
    desk.with_house("limits: {words: 21}")
    assert desk.messages("RG316", saying("One two three four five six {{ inspection.count() }}, eight and nine.")) == []
    messages = desk.messages(
        "RG316", saying("One two three four five six seven, eight and\n- nine\n- ten\n- eleven\n- twelve")
    )
    assert messages == ["1:1 the report's texts have 24 words; the house allows 21"]


def test_a_house_without_limits_allows_any_length(desk: Desk) -> None:
    assert desk.messages("RG316", saying("word " * 3000)) == []
    assert desk.messages("RG317", saying("word"), pages=99) == []


def test_more_pages_than_the_house_allows_are_found_when_they_are_known(desk: Desk) -> None:
    desk.with_house("limits: {pages: 6}")
    assert desk.messages("RG317", REPORT) == []
    assert desk.messages("RG317", REPORT, pages=6) == []
    assert desk.messages("RG317", REPORT, pages=7) == ["2:1 the paper has 7 pages; the house allows 6"]
