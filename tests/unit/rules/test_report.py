"""What the house wants in every report, and implications that say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.rules.report import gives_no_reason
from tests.small import REPORT
from tests.unit.rules.written import Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def with_implication(area: str, key: str, text: str) -> str:
    return REPORT.replace("  - {area: finance, text: There is no cost.}", f"  - area: {area}\n    {key}: {text}")


# ---- Required ----


def test_each_section_that_the_house_requires_and_the_report_lacks_is_found(desk: Desk) -> None:
    desk.with_house("required: [the purpose, reasons, background, the implication legal, the background papers]")
    found = desk.found("RG301", REPORT)
    assert [(one.location.line, one.message, one.hint) for one in found] == [
        (
            2,
            "the house requires 'Reasons' (reasons), which is missing",
            "add it to the report: '- section: reasons' under sections:, or a gap, '?? what is missing, from whom'",
        ),
        (
            2,
            "the house requires 'Legal' (the implication legal), which is missing",
            "add it to the report: '- area: legal' under implications:",
        ),
        (
            2,
            "the house requires 'Background papers' (the background papers), which is missing",
            "add it to the report: background_papers:, or no_background_papers: with the statement",
        ),
    ]


def test_a_gap_is_there_and_a_statement_stands_for_background_papers(desk: Desk) -> None:
    desk.with_house("required: [background, the background papers, the judgements, the findings]")
    report = REPORT.replace("Ofsted came in autumn.", '"?? what happened"')
    assert desk.messages("RG301", report + "no_background_papers: There are none.\n") == []


def test_judgements_are_required_of_the_inspection(desk: Desk) -> None:
    desk.with_house("required: [the judgements]")
    report = REPORT.replace("inspection: outcome\naction_plan: outcome\n", "")
    assert [one.hint for one in desk.found("RG301", report)] == [
        "add it to the report: inspection: with its id, in whose file stands judgements:"
    ]


SENTENCE = (
    "required_sentences:\n"
    "  - {name: when the decision may be carried out, wording: may be implemented … after the “call-in” period}\n"
)


def test_a_sentence_that_the_house_requires_is_looked_for_in_the_finished_paper(desk: Desk) -> None:
    desk.with_house(SENTENCE)
    assert desk.messages("RG302", REPORT, composed=True) == [
        "2:1 the house requires a sentence on when the decision may be carried out, which is missing"
    ]
    text = 'The decision **may be\nimplemented** on 9 May, After the "call-in"   period.'
    assert desk.messages("RG302", saying(text), composed=True) == []
    assert desk.messages("RG302", saying("After the call-in period it may be implemented."), composed=True) != []


def test_a_required_sentence_stands_in_one_paragraph(desk: Desk) -> None:
    desk.with_house(SENTENCE)
    text = "It may be implemented.\n\nSo says Cabinet after the “call-in” period."
    assert desk.messages("RG302", saying(text), composed=True) != []


def test_a_required_sentence_is_looked_for_as_typed_when_the_paper_cannot_be_composed(desk: Desk) -> None:
    desk.with_house(SENTENCE)
    assert desk.messages("RG302", saying("It may be implemented after the 'call-in' period.")) != []
    assert desk.messages("RG302", saying('It may be implemented after the "call-in" period.')) == []


# ---- Not applicable ----


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "n/a.",
        "None",
        "Not applicable.",
        "N/A – Report for information only",
        "This report is for information only.",
        "There are no financial implications arising from this report.",
        "There are no implications.",
        "No direct legal implications have been identified.",
        "Not applicable - for noting.",
    ],
)
def test_a_bare_denial_gives_no_reason(text: str) -> None:
    assert gives_no_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "No post, structure or condition of employment changes because of this report.",
        "There are no implications for staff, because no post changes.",
        "No contract is let, varied or ended as a consequence.",
        "Not applicable: the plan changes no building.",
        "There is no cost.",
        "Cabinet is asked only to note an outcome and a plan; it approves no spending by doing so.",
        "The report is for information only, and the spending is in the budget.",
    ],
)
def test_a_reason_is_a_reason(text: str) -> None:
    assert not gives_no_reason(text)


@pytest.mark.parametrize("key", ["text", "not_applicable"])
def test_an_implication_without_a_reason_is_found_at_its_text(desk: Desk, key: str) -> None:
    report = with_implication("crime", key, "N/A – Report for information only")
    column = 7 + len(key)
    assert desk.messages("RG303", report) == [f"11:{column} crime: 'N/A – Report for information only' gives no reason"]


def test_an_implication_with_a_reason_or_a_gap_is_passed_over(desk: Desk) -> None:
    assert desk.messages("RG303", with_implication("crime", "not_applicable", "No work with the police changes.")) == []
    assert desk.messages("RG303", with_implication("crime", "not_applicable", "?? the reason")) == []


# ---- Equality ----


@pytest.mark.parametrize(
    ("key", "text"),
    [("not_applicable", "The plan is about staff."), ("text", "N/A"), ("text", "There are no equality implications.")],
)
def test_equality_is_never_not_applicable(desk: Desk, key: str, text: str) -> None:
    report = with_implication("equality", key, text)
    assert desk.messages("RG304", report) == [
        f"11:{7 + len(key)} equality is not applicable here; but the duty applies to every decision"
    ]
    assert desk.messages("RG303", report) == []


def test_equality_with_what_the_screening_found_is_passed_over(desk: Desk) -> None:
    assert (
        desk.messages("RG304", with_implication("equality", "text", "A screening found no effect on any group.")) == []
    )
    assert desk.messages("RG304", with_implication("equality", "text", "?? the screening, from the adviser")) == []


# ---- Recommendations ----


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Delegate authority to the Director", [(1, "begins with 'Delegate'")]),
        ("delegate authority to the Director.", [(35, "ends with a full stop")]),
        ("To note the outcome.", [(1, "begins with 'To'"), (20, "ends with a full stop")]),
    ],
)
def test_a_recommendation_that_is_no_part_of_a_sentence_is_found(
    desk: Desk, text: str, places: list[tuple[int, str]]
) -> None:
    report = saying("All is well.").replace("[note the outcome]", f"\n  - {text}")
    found = desk.found("RG325", report)
    assert [one.location.column - 4 for one in found] == [column for column, _ in places]
    assert all(said in one.message for one, (_, said) in zip(found, places, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "note the outcome",
        "NHS partners are thanked",
        "Westmere is thanked",
        "note the plans for housing, health etc.",
        "note the outcome. The plan is in the appendix.",
        '"?? what is asked for."',
    ],
)
def test_names_and_short_forms_may_begin_a_recommendation(desk: Desk, text: str) -> None:
    report = saying("All is well.").replace("[note the outcome]", f"\n  - {text}")
    assert desk.messages("RG325", report) == []
