"""The table of all rules, and how they are run: chosen by code, waived with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from reportgen.diagnostics import Location, Problems, Rejected, Severity
from reportgen.rules.engine import FAMILIES, RULES, UnknownCode, check_paper, choose_rules, rule_of
from reportgen.rules.rule import Rule, RuleContext, Violation
from tests.samples import REPORTS, TEMPLATES, compose_in_house, paper_of
from tests.unit.rules.clean_paper import judged, paper, standard

NO_OWNERS = """
actions:
  - {id: A1, findings: [F1], text: Audit plans., due: 2022-12-31, measure: Nine in ten are good., owner: TBC}
  - {id: A2, findings: [F2], text: Send them., due: 2022-12-31, measure: All have one., no_owner: Vacant}
  - {id: A2.1, findings: [F2], text: Send more., due: 2022-12-31, measure: All have two., owner: TBC}
"""


# ---- The table ----


def test_codes_are_unique_in_order_and_each_in_its_family() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"RG[1-5]\d\d", code) for code in codes)
    assert {code[:3] for code in codes} == set(FAMILIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_title_an_explanation_and_a_source_without_jargon(rule: Rule) -> None:
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.explanation.endswith((".", "'", ")"))
    assert len(rule.source) > 5
    assert not re.search(r"\b(dict|tuple|regex|str)\b", f"{rule.title} {rule.explanation}")


def test_a_clean_paper_gives_no_finding() -> None:
    assert judged(paper()) == []


def test_a_clean_paper_that_is_not_final_gives_none_of_publication() -> None:
    assert {one.code[:3] for one in judged(paper(), final=True)} <= {"RG5"}


# ---- Chosen by code ----


def test_rules_are_chosen_by_code_or_family_in_capitals_or_not() -> None:
    assert choose_rules() == RULES
    assert [rule.code for rule in choose_rules(["rg203", "RG201"])] == ["RG201", "RG203"]
    assert {rule.code[:3] for rule in choose_rules(["RG2"])} == {"RG2"}
    assert {rule.code for rule in choose_rules(["rg20"])} == {rule.code for rule in RULES if rule.code[:4] == "RG20"}
    assert "RG203" not in [rule.code for rule in choose_rules(["RG2"], ["RG203"])]
    assert not any(rule.code.startswith("RG1") for rule in choose_rules(ignore=["RG1"]))


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("RG2O3", "did you mean 'RG203'?"),
        ("RG20l", "'RG201'"),
        ("GR203", "did you mean 'RG203'?"),
        ("RG999", "codes go from RG101 to "),
        ("RG", "(RG1 the inspection, RG2 the action plan, "),
        ("", "`reportgen explain` lists them"),
    ],
)
def test_a_code_that_no_rule_has_is_refused_with_the_nearest(code: str, hint: str) -> None:
    for ask in (lambda: choose_rules([code]), lambda: choose_rules([], [code]), lambda: rule_of(code)):
        with pytest.raises(UnknownCode) as caught:
            ask()
        assert hint in caught.value.hint


# ---- Waivers ----


def waived(*waivers: str, **changes: str) -> list[str]:
    """What is found when the report waives something: "label code line message|reason or hint"."""
    report = "waived:\n" + "".join(f"  - {{{one}}}\n" for one in waivers)
    rules = choose_rules(["RG2"])
    return [
        f"{one.label} {one.code}: {one.message}|{one.waived}"
        for one in judged(paper(report=report, plan=NO_OWNERS, **changes), rules)
    ]


def test_a_waived_finding_is_reported_with_its_reason_and_counts_for_nothing() -> None:
    assert waived("code: RG202, reason: The posts are new") == [
        "waived RG202: action A1 has no owner|The posts are new",
        "waived RG202: action A2.1 has no owner|The posts are new",
    ]
    problems = Problems()
    one = replace(judged(paper(plan=NO_OWNERS))[0], severity=Severity.ERROR, waived="x")
    problems.add(one)
    problems.stop_if_errors()
    problems.add(replace(one, waived=""))
    with pytest.raises(Rejected):
        problems.stop_if_errors()


def test_a_waiver_may_be_about_one_thing_that_the_message_names() -> None:
    assert waived("code: rg202, about: A1, reason: New") == [
        "waived RG202: action A1 has no owner|New",
        "warning RG202: action A2.1 has no owner|",
    ]


def test_the_name_of_a_thing_is_not_a_part_of_anothers() -> None:
    first, second, third = waived("code: RG202, about: A2, reason: New")
    assert first.startswith("warning RG202: action A1 ")
    assert second.startswith("warning RG202: action A2.1 ")
    assert third.startswith("warning RG081: RG202 about A2 is waived, but the rule finds nothing there")


def test_a_waiver_that_waives_nothing_is_a_finding_at_its_place() -> None:
    report = "waived: [{code: RG207, reason: Never mind}]\n"
    [one] = judged(paper(report=report))
    assert (one.severity, one.code, one.location.line) == ("warning", "RG081", 1)
    assert one.hint


def test_a_waiver_with_a_code_that_no_rule_has_is_an_error_with_the_nearest() -> None:
    report = "waived: [{code: RG2O7, reason: Never mind}]\n"
    [one] = judged(paper(report=report))
    assert (one.severity, one.code, one.message) == ("error", "RG080", "'RG2O7' is waived, but no rule has this code")
    assert "RG207" in one.hint


def test_a_waiver_is_not_called_unused_by_rules_that_were_not_run_or_could_not_speak() -> None:
    report = "waived: [{code: RG207, reason: Never mind}]\n"
    assert judged(paper(report=report), choose_rules(["RG1"])) == []
    one = paper(report=report)
    assert judged(replace(one, meeting=None, item=None), choose_rules(["RG2"])) == []
    later = "waived: [{code: RG501, reason: It stays}]\n"
    assert judged(paper(report=later)) == []
    assert "RG081" in [one.code for one in judged(paper(report=later), choose_rules(["RG501"]), final=True)]


def test_two_waivers_of_one_finding_are_both_used() -> None:
    assert [line[:12] for line in waived("code: RG202, reason: New", "code: RG202, about: A1, reason: Newer")] == [
        "waived RG202",
        "waived RG202",
    ]


def test_a_rule_may_find_one_thing_in_two_places() -> None:
    def twice(_: RuleContext) -> Iterator[Violation]:
        for line in (1, 2, 2):
            yield Violation(Location("a", line), "wrong", "mend it")

    rule = Rule("RG299", Severity.ADVICE, "Twice", "It is.", "Here", twice)
    problems = Problems()
    check_paper(RuleContext(paper(), standard()), problems, (rule,))
    assert [one.location.line for one in problems.found] == [1, 2]


# ---- The samples ----

DESERVED = {
    # The published table of recommendations and responses has neither owners nor dates nor measures.
    # It states 34, 15 and 19 judgements over tables of 13 and 16.
    "cambridgeshire-slac-2009": ["RG108", "RG108", "RG108", "RG202", "RG203", "RG204"],
    # Plans 9 to 13 were assigned to nobody.
    "dudley-slac-2011-action-plans": ["RG213"] * 5,
}
"""What the rules on inspections and plans find in the sample papers, and why the real papers deserve it."""


@pytest.mark.parametrize("name", REPORTS)
def test_the_samples_give_no_finding_but_those_that_the_real_papers_deserve(name: str) -> None:
    problems = Problems()
    document, house = compose_in_house(REPORTS[name], None, (TEMPLATES,))
    one = paper_of(name)
    assert one.meeting is not None
    check_paper(RuleContext(one, house, one.meeting.date, document=document), problems, choose_rules(["RG1", "RG2"]))
    assert [found.code for found in problems.found] == DESERVED.get(name, [])


def test_every_date_of_a_check_is_given_to_it() -> None:
    """The same paper, judged on the same day, gives the same findings: nothing reads a clock."""
    sources = sorted((TEMPLATES.parent / "reportgen" / "rules").glob("*.py"))
    assert sources
    assert [path.name for path in sources if re.search(r"\.today\(|\.now\(|time\.time", path.read_text())] == []
    assert judged(paper(plan=NO_OWNERS), as_of=date(2030, 1, 1)) == judged(
        paper(plan=NO_OWNERS), as_of=date(2030, 1, 1)
    )
