"""What must be right before a paper is published; all of it is silent before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen.rules.engine import choose_rules
from tests.small import INSPECTION, MEETING, PLAN, REPORT
from tests.unit.rules.written import Desk, saying

PUBLICATION_RULES = choose_rules(["RG5"])
FINAL = REPORT + "status: final\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_no_rule_on_publication_says_anything_of_a_draft(desk: Desk) -> None:
    desk.with_house("cleared: [finance]\nguidance: [Write two pages.]")
    text = "The cost is TBC. Delete as appropriate. Write two pages.\n\nIt was judged good."
    report = saying(text).replace("status: final", "status: draft") + "sign_off: [{role: Chief Executive}]\n"
    for rule in PUBLICATION_RULES:
        assert list(rule.check(desk.checked(report, as_of=date(2023, 1, 1)))) == [], rule.code
    speaking = [
        rule.code
        for rule in PUBLICATION_RULES
        if list(rule.check(desk.checked(report, as_of=date(2023, 1, 1), final=True)))
    ]
    assert speaking == ["RG501", "RG503", "RG504", "RG505", "RG508"]


# ---- Placeholders, gaps, guidance, status ----


def test_an_appendix_that_was_never_inserted_is_found(desk: Desk) -> None:
    report = FINAL + "appendices:\n  - {id: two, title: Final report, text: To insert once final report received}\n"
    assert desk.messages("RG501", report, final=True) == ["13:42 'To insert' stands in place of a text"]


def test_every_gap_is_found_where_it_was_typed(desk: Desk) -> None:
    report = FINAL.replace("There is no cost.", '"?? the cost, from finance"') + "report_of: ?? whose report it is\n"
    plan = PLAN.replace("due: 2023-03-31", 'owner: "?? who"')
    found = desk.found("RG502", report, plan=plan, final=True)
    assert [(one.location.line, one.message) for one in found] == [
        (12, "a gap is left: whose report it is"),
        (10, "a gap is left: the cost, from finance"),
        (5, "a gap is left: who"),
    ]


def test_a_paper_that_says_it_is_final_is_reported_of_its_gaps_and_placeholders_whenever_it_is_judged(
    desk: Desk,
) -> None:
    report = FINAL.replace("There is no cost.", '"?? the cost, from finance"') + "report_of: TBC\n"
    assert [one.message for one in desk.found("RG502", report)] == ["a gap is left: the cost, from finance"]
    assert desk.messages("RG501", report) == ["12:12 'TBC' stands in place of a text"]
    assert desk.messages("RG320", report) == []
    draft = report.replace("status: final", "status: draft")
    assert (desk.messages("RG501", draft), desk.messages("RG502", draft)) == ([], [])
    assert len(desk.messages("RG320", draft)) == 1


def test_the_gaps_of_a_draft_are_counted_once_at_the_first(desk: Desk) -> None:
    desk.with_house("required: []")
    whole = REPORT.replace("There is no cost.", '"?? the cost, from finance"')
    report = whole + "report_of: ?? whose report it is\n"
    assert desk.messages("RG322", whole, composed=True) == ["10:27 a gap is left in this draft; the first is here"]
    [messages] = desk.messages("RG322", report, composed=True)
    assert messages.endswith(" 2 gaps are left in this draft; the first is here")
    assert desk.messages("RG322", report + "status: final\n", composed=True) == []
    assert desk.messages("RG322", REPORT, composed=True) == []


def test_what_the_house_marks_as_missing_is_a_gap_too(desk: Desk) -> None:
    desk.with_house("required: [reasons]")
    messages = desk.messages("RG502", FINAL, final=True, composed=True)
    assert messages == ["2:1 the paper prints a gap: To be written: Reasons"]


def test_a_gap_of_the_authors_is_not_reported_twice(desk: Desk) -> None:
    report = FINAL.replace("There is no cost.", '"?? the cost, from finance"').replace(
        "Ofsted came in autumn.", '"?? what came"'
    )
    messages = desk.messages("RG502", report, final=True, composed=True)
    assert [one.split(" ", 1)[1] for one in messages if "the paper prints" not in one] == [
        "a gap is left: what came",
        "a gap is left: the cost, from finance",
    ]
    assert not any("the cost" in one or "what came" in one for one in messages if "the paper prints" in one)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Guidance: say what it costs.", "Guidance:"),
        ("There is none. (Delete as appropriate)", "Delete as appropriate"),
        ("<!-- finance to check --> It is paid.", "<!--"),
        ("Write two pages\nat most. It is paid.", "Write two pages at most."),
    ],
)
def test_notes_to_the_author_are_found(desk: Desk, text: str, said: str) -> None:
    desk.with_house("guidance: [Write two pages at most.]")
    column = 7 + text.index(said.split()[0])
    assert desk.messages("RG503", saying(text), final=True) == [
        f"12:{column} '{said}' is a note to the author and no part of the paper"
    ]


@pytest.mark.parametrize(
    "text",
    ["Statutory guidance: Working Together.", "They delete files as appropriate.", "The guidance to schools is new."],
)
def test_guidance_that_is_part_of_the_subject_is_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG503", saying(text), final=True) == []


def test_a_draft_cannot_be_published(desk: Desk) -> None:
    message = "status: draft was found; a paper that is published has status: final"
    assert desk.messages("RG504", REPORT + "status: draft\n", final=True) == [f"11:9 {message}"]
    assert desk.messages("RG504", REPORT, final=True) == [f"2:1 {message}"]
    assert desk.messages("RG504", FINAL, final=True) == []


# ---- Clearances ----


def cleared(text: str = "There is no cost.", more: str = "") -> str:
    new = f"  - area: finance\n    text: |\n      {text}\n    cleared_by: Chief Finance Officer\n"
    return FINAL.replace("  - {area: finance, text: There is no cost.}\n", new + "    cleared_on: 2023-01-20\n" + more)


def test_an_area_that_the_house_wants_cleared_needs_a_name_and_a_day(desk: Desk) -> None:
    desk.with_house("cleared: [finance, legal]")
    assert desk.messages("RG505", FINAL, final=True) == [
        "10:12 finance: the house wants it cleared; cleared_by and cleared_on are missing"
    ]
    named = FINAL.replace("no cost.}", "no cost., cleared_by: Chief Finance Officer}")
    assert desk.messages("RG505", named, final=True) == [
        "10:12 finance: the house wants it cleared; cleared_on is missing"
    ]
    assert desk.messages("RG505", cleared(), final=True) == []


def test_an_area_that_the_house_does_not_name_needs_no_clearance(desk: Desk) -> None:
    desk.with_house("cleared: [legal]")
    assert desk.messages("RG505", FINAL, final=True) == []


def test_whoever_is_to_sign_must_have_signed(desk: Desk) -> None:
    desk.with_house("cleared: []")
    report = FINAL + "sign_off:\n  - {role: Chief Executive, signed: yes}\n  - {role: Monitoring Officer}\n"
    assert desk.messages("RG505", report, final=True) == ["14:12 Monitoring Officer has not agreed the paper"]


def the_mark(hint: str) -> str:
    return hint.rpartition("cleared_text: ")[2].split()[0]


def test_the_mark_that_a_message_gives_ties_the_clearance_to_the_text(desk: Desk) -> None:
    [loose] = desk.found("RG507", cleared(), final=True)
    assert loose.location.line == 13
    assert loose.message == "finance: the clearance by Chief Finance Officer is not tied to the text"
    tied = cleared(more=f"    cleared_text: {the_mark(loose.hint)}\n")
    assert desk.messages("RG507", tied, final=True) == []
    assert desk.messages("RG506", tied, final=True) == []


def test_a_changed_word_reopens_the_clearance(desk: Desk) -> None:
    mark = the_mark(desk.found("RG507", cleared(), final=True)[0].hint)
    tie = f"    cleared_text: {mark}\n"
    [found] = desk.found("RG506", cleared("There is a cost.", tie), final=True)
    new = the_mark(found.hint)
    assert (found.location.line, found.location.column) == (15, 19)
    assert found.message == (
        f"finance: cleared_text: {mark} was found, {new} was expected; the text has changed since it was cleared"
    )
    assert found.hint == f"ask Chief Finance Officer to clear it again, and then type cleared_text: {new}"
    assert desk.messages("RG506", cleared("There is a cost.", f"    cleared_text: {new}\n"), final=True) == []


def test_breaking_the_lines_anew_leaves_the_clearance_standing(desk: Desk) -> None:
    mark = the_mark(desk.found("RG507", cleared(), final=True)[0].hint)
    assert desk.messages("RG506", cleared("There  is\n      no cost.", f"    cleared_text: {mark}\n"), final=True) == []
    assert desk.messages("RG506", cleared(more=f"    cleared_text: {mark.upper()}\n"), final=True) == []


def test_the_mark_is_the_same_on_every_machine(desk: Desk) -> None:
    assert the_mark(desk.found("RG507", cleared(), final=True)[0].hint) == "8fba7c48"


def test_a_signature_is_tied_to_the_whole_paper(desk: Desk) -> None:
    signed = FINAL + "sign_off:\n  - {role: Chief Executive, signed: yes}\n"
    [loose] = desk.found("RG507", signed, final=True)
    assert loose.message == "1 of 1 under sign_off have agreed a paper that may have changed since"
    tied = signed.replace("signed: yes", f"signed: yes, cleared_text: {the_mark(loose.hint)}")
    assert desk.messages("RG506", tied, final=True) == []
    for changed in (
        {"inspection": INSPECTION.replace("grade: Inadequate", "grade: Good")},
        {"plan": PLAN.replace("due: 2023-03-31", "due: 2023-04-30")},
        {"plan": PLAN.replace("Meet every week", "Meet every month")},
    ):
        [found] = desk.found("RG506", tied, final=True, **changed)
        assert found.location.line == 13
        assert found.hint.startswith("ask Chief Executive to agree it again, and then type cleared_text: ")


# ---- Embargo ----


def test_no_grade_is_public_before_the_inspectorate_publishes(desk: Desk) -> None:
    day = date(2023, 1, 12)
    message = "the paper tells grades on 2023-01-12; the inspectorate publishes them on 2023-01-13"
    assert desk.messages("RG508", FINAL, final=True, as_of=day) == [f"9:12 {message}"]
    assert desk.messages("RG508", FINAL, final=True, as_of=day, composed=True) == [f"9:12 {message}"]
    assert desk.messages("RG508", FINAL, final=True, as_of=date(2023, 1, 13)) == []


def test_a_grade_in_a_sentence_is_found_where_it_is_told(desk: Desk) -> None:
    typed = saying("It was inspected.\nThe service was judged inadequate.")
    worked_out = saying("It is {{ inspection.grade('Leaders') }}.")
    day = date(2023, 1, 12)
    assert desk.places("RG508", typed, final=True, as_of=day) == [(2, 13)]
    assert desk.places("RG508", worked_out, final=True, as_of=day) == [(1, 7)]


def test_the_agenda_is_public_before_the_meeting(desk: Desk) -> None:
    meeting = MEETING + "published: 2023-01-12\n"
    assert len(desk.messages("RG508", FINAL, final=True, as_of=date(2023, 2, 6), meeting=meeting)) == 1
    later = MEETING.replace("report: outcome}", "report: outcome, published: 2023-01-30}") + "published: 2023-01-12\n"
    assert desk.messages("RG508", FINAL, final=True, as_of=date(2023, 2, 6), meeting=later) == []


def test_an_exempt_paper_and_one_without_grades_are_under_no_embargo(desk: Desk) -> None:
    day = date(2023, 1, 12)
    exempt = FINAL + "exempt: {paragraphs: [1], reason: A child could be known by it.}\n"
    assert desk.messages("RG508", exempt, final=True, as_of=day) == []
    ungraded = INSPECTION.replace("grade: Good", "not_graded: later").replace("grade: Inadequate", "not_graded: later")
    assert desk.messages("RG508", FINAL, inspection=ungraded, final=True, as_of=day, composed=True) == []


def test_a_paper_on_no_known_day_is_under_no_embargo(desk: Desk) -> None:
    assert desk.messages("RG508", FINAL, final=True) == []
