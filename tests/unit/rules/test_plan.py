"""The rules on an action plan: each finds its slip at the place where it was typed, and nothing in a clean plan."""

from __future__ import annotations

import re
from datetime import date
from textwrap import dedent

import pytest

from reportgen.diagnostics import Problems
from reportgen.model.paper import Paper
from reportgen.model.plan import ActionPlan
from reportgen.rules.deadlines import Calendar, TimeLimit, parse_time_limit
from reportgen.rules.engine import choose_rules
from tests.small import what_is_wrong
from tests.unit.rules.clean_paper import found, judged, paper

PLAN_RULES = choose_rules(["RG2"])
OTHER = "  - {id: A2, findings: [F2], text: Send it., owner: Nurse, due: 2022-11-30, measure: All have one.}\n"


def messages(plan: str, inspection: str = "", as_of: date | None = None) -> list[str]:
    return found(paper(plan=dedent(plan), inspection=dedent(inspection)), PLAN_RULES, as_of=as_of)


def action(**changes: str) -> str:
    """A plan of two actions, of which the first has the keys changed; an empty text takes one away."""
    keys = {"id": "A1", "findings": "[F1]", "text": "Audit plans.", "owner": "Head", "due": "2022-12-31"}
    keys |= {"measure": "Nine in ten are good."} | changes
    typed = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"actions:\n  - {{{typed}}}\n{OTHER}"


def test_a_clean_plan_gives_no_finding() -> None:
    assert found(paper(), PLAN_RULES) == []
    assert messages(action()) == []


def test_a_paper_without_a_plan_gives_no_finding() -> None:
    clean = paper()
    assert found(Paper(clean.report, clean.council, inspection=clean.inspection), PLAN_RULES) == []


# ---- Findings and actions ----

TEN = [f"F{number}" for number in range(1, 11)]
TEN_FINDINGS = "findings:\n" + "".join(f"  - {{id: {one}, text: Finding {one}}}\n" for one in TEN)


def plan_for(links: list[tuple[str, list[str]]]) -> str:
    """A plan whose actions answer findings, many to many."""
    rest = "owner: Head, due: 2022-12-31, measure: It is done."
    rows = (
        f"  - {{id: {name}, text: Do {name}, {rest}, "
        + (f"findings: [{', '.join(findings)}]" if findings else "own: yes")
        + "}\n"
        for name, findings in links
    )
    return "actions:\n" + "".join(rows)


def test_deleting_any_link_of_a_plan_with_ten_findings_names_exactly_that_finding() -> None:
    links = [(f"A{number}", [one]) for number, one in enumerate(TEN, start=1)]
    assert messages(plan_for([*links, ("A11", [])]), TEN_FINDINGS) == []
    for number, (name, [finding]) in enumerate(links):
        cut = [*links[:number], (name, []), *links[number + 1 :]]
        assert messages(plan_for(cut), TEN_FINDINGS) == [
            f"RG201 2: the finding {finding} ('Finding {finding}') is answered by no action"
        ]


def test_a_finding_with_two_actions_is_answered_while_one_of_them_is_there() -> None:
    both = [("A1", TEN), ("A2", ["F3"])]
    assert messages(plan_for(both), TEN_FINDINGS) == []
    assert messages(plan_for([("A1", TEN[:2] + TEN[3:]), ("A2", ["F3"])]), TEN_FINDINGS) == []
    assert re.findall(r"RG201.* (F\d+) ", "\n".join(messages(plan_for([("A1", TEN[:2] + TEN[3:])]), TEN_FINDINGS))) == [
        "F3"
    ]


@pytest.mark.parametrize("key", ["not_accepted", "no_action"])
def test_a_stated_reason_answers_a_finding(key: str) -> None:
    plan = plan_for([("A1", ["F1"])]) + f"unanswered: [{{finding: F2, {key}: The board answers it.}}]\n"
    assert messages(plan) == []


def test_a_reason_for_a_finding_that_has_an_action_is_a_contradiction() -> None:
    plan = plan_for([("A1", ["F1", "F2"]), ("A2", ["F2"])]) + "unanswered: [{finding: F2, no_action: It is done.}]\n"
    assert messages(plan) == ["RG209 4: the finding F2 is said to have no action, but is answered by A1, A2"]


def test_a_reason_is_given_once_and_is_one() -> None:
    start = "id: p\ntitle: T\ninspection: i\n"
    assert what_is_wrong(ActionPlan, start + "unanswered: [{finding: F2}]\n") == [
        "RG012 4:14 the finding 'F2' is left unanswered with no reason"
    ]
    both = "unanswered: [{finding: F2, no_action: a, not_accepted: b}]\n"
    assert what_is_wrong(ActionPlan, start + both) == [
        "RG012 4:14 the finding 'F2' is left unanswered with two reasons"
    ]
    twice = "unanswered:\n  - {finding: F2, no_action: a}\n  - {finding: F2, no_action: b}\n"
    assert what_is_wrong(ActionPlan, start + twice) == [
        "RG012 6:15 two reasons are for the finding 'F2'; the first is in line 5"
    ]


def test_parts_have_leads_where_any_has_one() -> None:
    parts = "parts:\n  - {number: 1, lead: Health}\n  - {number: 2}\n  - {number: 3, lead: to be confirmed}\n"
    assert messages(action() + parts) == [
        "RG213 6: part 2 of the plan is led by nobody",
        "RG213 7: part 3 of the plan is led by nobody",
    ]
    assert messages(action() + "parts: [{number: 1}, {number: 2}]\n") == []


def test_two_actions_with_the_same_text_are_reported_however_they_are_typed() -> None:
    plan = action(text="send  IT.")
    assert messages(plan) == ["RG212 3: action A2 has the same text as action A1"]


# ---- Owner, due date, measure ----


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("owner", "RG202 2: action A1 has no owner"),
        ("due", "RG203 2: action A1 has no due date"),
        ("measure", "RG204 2: action A1 has no measure"),
    ],
)
def test_an_action_has_owner_date_and_measure_or_says_why_not(key: str, message: str) -> None:
    assert messages(action(**{key: ""})) == [message]
    assert messages(action(**{key: "", f"no_{key}": "The post is vacant until May"})) == []


@pytest.mark.parametrize("key", ["owner", "due", "measure"])
def test_a_plan_in_which_nothing_has_one_is_reported_once(key: str) -> None:
    plan = re.sub(rf", {key}: [^,}}]+", "", action())
    [line] = messages(plan)
    assert line.startswith("RG20")
    assert "none of the 2 actions has a" in line


def test_a_complete_action_needs_no_date() -> None:
    assert messages(action(due="", status="complete")) == []


@pytest.mark.parametrize("nobody", ["TBC", "tba", "to be confirmed", "N/A", "vacant", "'-'", "'?'"])
def test_an_owner_that_names_nobody_is_none(nobody: str) -> None:
    assert messages(action(owner=nobody)) == ["RG202 2: action A1 has no owner"]


def test_a_gap_for_an_owner_is_left_to_the_gaps() -> None:
    assert messages(action(owner="'?? the post'")) == []


@pytest.mark.parametrize(
    "crowd", ["All managers", "relevant officers", "Everyone", "all the team managers", "partners"]
)
def test_an_owner_that_names_everybody_is_reported_as_advice(crowd: str) -> None:
    assert messages(action(owner=crowd)) == [f"RG215 2: action A1 is owned by '{crowd}', which is nobody in particular"]


@pytest.mark.parametrize("post", ["All Age Disability Manager", "Head of All Services", "Partnerships Manager"])
def test_a_post_whose_name_holds_such_a_word_is_one(post: str) -> None:
    assert messages(action(owner=post)) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Options will be investigated.", "will be investigated"),
        ("Training is ongoing.", "ongoing"),
        ("Explore whether a post is needed.", "Explore whether"),
        ("Continue to monitor plans.", "Continue to monitor"),
        ("Act as soon as possible.", "as soon as possible"),
    ],
)
def test_words_that_cannot_be_measured_are_advice_at_their_own_place(text: str, word: str) -> None:
    plan = f"""
    actions:
      - id: A1
        findings: [F1, F2]
        text: |
          Audit plans.
          {text}
        owner: Head
        due: 2022-12-31
        measure: It is done.
    """
    [one] = judged(paper(plan=dedent(plan)), PLAN_RULES)
    assert (one.code, one.severity) == ("RG208", "advice")
    assert one.message == f"action A1 says '{word}', which can be neither missed nor met"
    assert (one.location.line, one.location.column) == (7, 7 + text.index(word))


@pytest.mark.parametrize(
    "text", ["Aim for two visits a month.", "Report on what was explored.", "Review plans in May."]
)
def test_plain_words_are_no_advice(text: str) -> None:
    assert messages(action(text=f"'{text}'")) == []


# ---- Time ----


@pytest.mark.parametrize(
    ("within", "latest"),
    [("Within 3 months", "2022-10-04"), ("within six months", "2023-01-04"), ("In 20 working days", "2022-08-01")],
)
def test_a_due_date_is_within_the_time_of_the_finding_counted_from_publication(within: str, latest: str) -> None:
    findings = f"findings:\n  - {{id: F1, text: Plans, within: {within}}}\n  - {{id: F2, text: Health}}\n"
    assert messages(action(due=latest), findings, date(2022, 7, 4)) == []
    after = date.fromisoformat(latest).replace(day=date.fromisoformat(latest).day + 1)
    assert messages(action(due=str(after)), findings, date(2022, 7, 4)) == [
        f"RG205 2: action A1 is due on {after}, but the finding F1 is to be met '{within}', by {latest}"
    ]
    assert messages(action(due=str(after), status="complete"), findings, date(2022, 7, 4)) == []


def test_immediately_sets_no_day() -> None:
    findings = "findings:\n  - {id: F1, text: Plans, within: Immediately}\n  - {id: F2, text: Health}\n"
    assert messages(action(), findings) == []


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Within three months", TimeLimit(3)),
        ("within 6 months", TimeLimit(6)),
        ("Within three months:", TimeLimit(3)),
        ("Three-month", TimeLimit(3)),
        ("in a year", TimeLimit(1, "year")),
        ("no later than 20 working days after publication", TimeLimit(20, "working day")),
        ("within 12 weeks of the inspection", TimeLimit(12, "week")),
        ("Within 10 calendar days", TimeLimit(10, "day")),
        ("Immediately", TimeLimit(0)),
        ("With immediate effect", TimeLimit(0)),
        ("soon", None),
        ("Within many months", None),
    ],
)
def test_the_words_of_a_time_are_read(text: str, band: TimeLimit | None) -> None:
    assert parse_time_limit(text) == band


@pytest.mark.parametrize(
    ("start", "band", "end"),
    [
        ("2022-11-30", TimeLimit(3), "2023-02-28"),
        ("2023-12-31", TimeLimit(2), "2024-02-29"),
        ("2022-10-31", TimeLimit(12), "2023-10-31"),
        ("2024-02-29", TimeLimit(1, "year"), "2025-02-28"),
        ("2023-05-05", TimeLimit(1, "working day"), "2023-05-09"),
        ("2023-05-05", TimeLimit(2, "week"), "2023-05-19"),
        ("2023-05-05", TimeLimit(30, "day"), "2023-06-04"),
        ("2023-05-05", TimeLimit(0), None),
    ],
)
def test_a_time_ends_on_a_day_that_the_calendar_has(start: str, band: TimeLimit, end: str | None) -> None:
    found_end = band.end(date.fromisoformat(start), Calendar("england"))
    assert (str(found_end) if found_end else None) == end


def test_an_action_is_overdue_after_its_day_and_not_on_it() -> None:
    assert messages(action(due="2022-09-12")) == []
    assert messages(action(due="2022-09-11")) == [
        "RG206 2: action A1 was due on 2022-09-11 and is 'not started' on 2022-09-12"
    ]
    assert messages(action(due="2022-09-11", status="complete")) == []
    assert messages(action(due="2022-09-11", status="on hold"), as_of=date(2022, 9, 11)) == []
    assert len(messages(action(), as_of=date(2023, 1, 1))) == 2


def test_without_a_meeting_nothing_is_overdue() -> None:
    clean = paper(plan=action(due="2022-09-11"))
    draft = Paper(clean.report, clean.council, None, None, clean.inspection, clean.plan)
    assert found(draft, PLAN_RULES) == []


def test_an_action_that_answers_a_finding_is_due_after_the_inspection_began() -> None:
    assert messages(action(due="2021-12-31"), as_of=date(2021, 1, 1)) == [
        "RG211 2: action A1 is due on 2021-12-31, before the inspection began on 2022-05-09"
    ]


# ---- Status, rating, impact ----


@pytest.mark.parametrize("rag", ["red", "amber"])
def test_red_and_amber_need_a_comment(rag: str) -> None:
    assert messages(action(status="in progress", rag=rag)) == [f"RG207 2: action A1 is rated {rag} without a comment"]
    assert messages(action(status="in progress", rag=rag, comment="A post is vacant.")) == []
    assert messages(action(status="in progress", rag="green")) == []


def test_status_rating_and_impact_are_three_things_that_agree() -> None:
    assert messages(action(status="complete", rag="amber", comment="It waits for a sign-off.")) == [
        "RG210 2: action A1 is complete and yet rated amber"
    ]
    assert messages(action(impact="clear")) == ["RG210 2: action A1 is not started and yet has an impact: 'clear'"]
    assert messages(action(status="complete", rag="green", impact="none yet")) == []


def test_all_actions_in_progress_are_rated_or_none() -> None:
    rated = "status: in progress, rag: green}\n"
    one = action(status="in progress")
    assert messages(one) == []
    both = one.replace("measure: All have one.}\n", f"measure: All have one., {rated}")
    assert messages(both) == ["RG214 2: action A1 is in progress and has no rating, as others have"]


def test_a_value_and_its_exception_exclude_each_other() -> None:
    text = "id: p\ntitle: T\ninspection: i\nactions: [{id: A1, own: yes, text: x, owner: Head, no_owner: vacant}]\n"
    assert what_is_wrong(ActionPlan, text) == ["RG012 4:62 action A1 has both owner and no_owner"]


def test_every_finding_of_a_rule_says_what_to_do() -> None:
    problems = Problems()
    for one in judged(paper(plan=action(owner="TBC", due="2021-12-31", rag="red", text="It is ongoing.")), PLAN_RULES):
        problems.add(one)
        assert one.hint
    assert len(problems.found) > 4
