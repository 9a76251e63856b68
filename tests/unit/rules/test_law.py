"""The rules of law: each finds its slip at the place where it was typed, and is silent where nothing is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from reportgen.diagnostics import Problems, Severity
from reportgen.house import House
from reportgen.model.frameworks import known_frameworks
from reportgen.model.reader import read_paper
from reportgen.rules.engine import choose_rules
from reportgen.rules.rule import RuleContext
from tests.samples import REPORTS, compose_in_house, paper_of
from tests.small import COUNCIL, INSPECTION, MEETING, REPORT, small_house, write_council

LAW_RULES = choose_rules(["RG4"])
CLEAN = dedent(REPORT).strip() + "\nbackground_papers: [A survey of families]\n"
PUBLISHED = dedent(MEETING).strip() + "\npublished: 2023-01-27\n"
KEY = CLEAN + "key_decision: yes\n"
NOTICE = """\
notice:
  published: 2023-01-06
  key: yes
  matter: The plan for children's services
  decision_maker: The Cabinet, whose members are on the council's website
  decision_date: 6 February 2023
  documents: The report of the Director
  address: Civic Centre, Westmere
  other_documents: Other documents may be submitted
  request: Write to democratic services
"""
SECRET = CLEAN + (
    "exempt:\n  paragraphs: [3]\n  reason: A rival who knew our price would bid higher, which taxpayers would bear\n"
)
PRIVATE_NOTICE = """\
private_notice:
  published: 2023-01-06
  reason: The contractor's prices
  confirmed: 2023-01-27
  representations: None was received
"""

Texts = dict[str, str]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return small_house(tmp_path / "templates")


@pytest.fixture
def law(tmp_path: Path, house: House) -> Law:
    return Law(tmp_path, house)


class Law:
    """Runs all rules of law on a small council's paper, in which a test replaces what it is about."""

    def __init__(self, folder: Path, house: House) -> None:
        self.folder = folder
        self.house = house

    def messages(self, report: str = CLEAN, *, on: str = "", meeting: str = PUBLISHED, **texts: str) -> Texts:
        """By code and place ("RG410 reports/outcome.yaml:1:1"), what was found. `on`: the day, with no meeting."""
        path = write_council(self.folder, report, meeting=meeting, **texts)
        meetings = path.parent.parent / "meetings" / "2023-02-06-cabinet.yaml"
        problems = Problems()
        paper = read_paper(path, None if on else meetings, known_frameworks(), problems)
        assert problems.found == []
        checked = RuleContext(paper, self.house, date.fromisoformat(on) if on else None)
        council = path.parent.parent
        return {
            f"{rule.code} {Path(found.location.path).relative_to(council)}:{found.location.line}:"
            f"{found.location.column}": f"{found.message} | {found.hint}"
            for rule in LAW_RULES
            for found in rule.check(checked)
        }


def line_of(text: str, start: str) -> int:
    """The line, from 1, that begins so, as `write_council` writes the text."""
    return next(
        number for number, line in enumerate(dedent(text).split("\n"), start=1) if line.lstrip().startswith(start)
    )


# ---- All of them ----


def test_the_codes_stand_in_order_each_once_and_every_rule_names_its_source() -> None:
    codes = [rule.code for rule in LAW_RULES]
    assert codes == sorted(set(codes))
    assert codes[0] == "RG401"
    assert all(rule.source and rule.explanation for rule in LAW_RULES)


def test_no_rule_of_law_keeps_a_paper_from_being_made() -> None:
    assert {rule.severity for rule in LAW_RULES} == {Severity.WARNING, Severity.ADVICE}


def test_a_paper_in_order_gives_nothing(law: Law) -> None:
    assert law.messages() == {}
    assert law.messages(KEY + NOTICE) == {}
    assert law.messages(SECRET + PRIVATE_NOTICE) == {}


@pytest.mark.parametrize("nation", ["wales", "scotland", "northern ireland"])
def test_where_englands_law_does_not_apply_they_are_silent(law: Law, nation: str) -> None:
    wrong = REPORT + "key_decision: yes\nexempt: {paragraphs: [3], reason: exempt}\n"
    late = MEETING.strip() + "\npublished: 2023-02-03\n"
    assert len(law.messages(wrong, meeting=late)) == 4
    assert law.messages(wrong, meeting=late, council=COUNCIL + f"nation: {nation}\n") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cambridgeshire-slac-2009", []),
        # A reference to the forward plan, but no day of the notice.
        ("dudley-ilacs-2022", ["RG415"]),
        # The paper has neither a list of background papers nor a word on them.
        ("dudley-slac-2011-action-plans", ["RG410"]),
        ("durham-slac-2011", []),
        # Cabinet approves a plan for all wards, and the paper does not say why that is not key.
        ("north-tyneside-sif-2017", ["RG411"]),
        ("north-tyneside-slac-2012", []),
    ],
)
def test_a_sample_gives_only_what_it_deserves(name: str, expected: list[str]) -> None:
    paper = paper_of(name)
    checked = RuleContext(paper, compose_in_house(REPORTS[name])[1], paper.meeting.date if paper.meeting else None)
    assert [rule.code for rule in LAW_RULES for _ in rule.check(checked)] == expected


# ---- The statement of action ----


def test_a_board_after_the_seventieth_working_day_is_reported_by_how_it_was_counted(law: Law) -> None:
    inspection = (
        INSPECTION.replace("2022-10-31", "2020-02-03")
        .replace("2022-11-11", "2020-02-14")
        .replace("2023-01-13", "2020-04-15")
    )
    inspection = inspection.replace("published:", "received: 2020-04-15\npublished:")
    meeting = MEETING.replace("2023-02-06", "2020-07-30")
    found = law.messages(inspection=inspection, meeting=meeting)
    assert list(found) == ["RG401 meetings/2023-02-06-cabinet.yaml:3:7"]
    [message] = found.values()
    assert "due on 2020-07-24, 70 working days after 2020-04-15, when the report was received" in message
    assert law.messages(inspection=inspection, meeting=meeting.replace("07-30", "07-24")) == {}


def test_without_a_day_of_receipt_it_is_said_that_the_days_count_from_publication(law: Law) -> None:
    [message] = law.messages(meeting=MEETING.replace("2023-02-06", "2023-07-03")).values()
    assert "when it was published; no day of receipt is given" in message


def test_a_statement_published_in_time_lets_the_meeting_be_later(law: Law) -> None:
    later = MEETING.replace("2023-02-06", "2023-07-03")
    due = "2023-04-25"
    assert law.messages(meeting=later, inspection=INSPECTION + f"statement_published: {due}\n") == {}
    found = law.messages(meeting=later, inspection=INSPECTION + "statement_published: 2023-04-26\n")
    place = line_of(INSPECTION + "statement_published:", "statement_published")
    assert list(found) == [f"RG401 inspections/outcome.yaml:{place}:22"]


def test_a_progress_report_comes_later_than_the_statement(law: Law) -> None:
    assert law.messages(CLEAN + "kind: progress\n", meeting=MEETING.replace("2023-02-06", "2023-07-03")) == {}


def test_a_framework_without_limits_in_law_has_no_late_statement(law: Law) -> None:
    earlier = INSPECTION.replace("ofsted-ilacs-2018", "ofsted-slac-2009")
    earlier = (
        earlier.replace("2022-10-31", "2011-10-31").replace("2022-11-11", "2011-11-11").replace("2023-01", "2012-01")
    )
    assert law.messages(inspection=earlier) == {}


def test_a_report_on_no_agenda_is_judged_on_the_day_asked_for(law: Law) -> None:
    place = line_of(CLEAN, "action_plan")
    assert list(law.messages(on="2023-04-26")) == [f"RG401 reports/outcome.yaml:{place}:14"]
    assert law.messages(on="2023-04-25") == {}


def test_a_report_that_the_council_published_after_thirty_working_days_is_late(law: Law) -> None:
    place = line_of(INSPECTION + "published_by_council:", "published_by_council")
    late = law.messages(inspection=INSPECTION + "published_by_council: 2023-02-27\n")
    assert list(late) == [f"RG402 inspections/outcome.yaml:{place}:23"]
    assert law.messages(inspection=INSPECTION + "published_by_council: 2023-02-24\n") == {}


# ---- Five clear days, late items ----


def test_an_agenda_with_four_clear_working_days_is_late_and_the_setting_is_named(law: Law) -> None:
    found = law.messages(meeting=PUBLISHED.replace("2023-01-27", "2023-01-30"))
    assert list(found) == ["RG403 meetings/2023-02-06-cabinet.yaml:5:12"]
    [message] = found.values()
    assert (
        "between Monday 30 January 2023 and the meeting of Monday 6 February 2023 are 4 clear working days" in message
    )
    # Neither Saturday nor Sunday: `reportgen clock` names the working day as well.
    assert "5 were expected, so Friday 27 January 2023 was the last day" in message
    assert "timetable: in council.yaml says (working days); check with the monitoring officer" in message


def test_a_council_can_count_clear_days_otherwise(law: Law) -> None:
    late = PUBLISHED.replace("2023-01-27", "2023-01-31")
    assert len(law.messages(meeting=late)) == 1
    assert law.messages(meeting=late, council=COUNCIL + "timetable: {agenda_counted_in: calendar days}\n") == {}


def test_a_report_published_after_its_agenda_is_counted_by_itself(law: Law) -> None:
    later = PUBLISHED.replace("report: outcome", "report: outcome, published: 2023-02-01")
    assert list(law.messages(meeting=later)) == ["RG403 meetings/2023-02-06-cabinet.yaml:4:47"]


def test_a_meeting_of_short_notice_and_a_late_item_have_fewer_days(law: Law) -> None:
    late = PUBLISHED.replace("2023-01-27", "2023-02-03")
    assert law.messages(meeting=late + "short_notice: The contractor failed\n") == {}
    item = "report: outcome, late: {reason: The grade was changed on appeal, chair_consulted: yes}"
    assert law.messages(meeting=late.replace("report: outcome", item)) == {}


@pytest.mark.parametrize(
    ("late", "lacking"),
    [
        ("{}", "lacks the special circumstances and the chair's opinion"),
        ("{reason: '?? from the director', chair_consulted: yes}", "lacks the special circumstances |"),
        ("{reason: The grade was changed on appeal}", "lacks the chair's opinion"),
    ],
)
def test_a_late_item_needs_special_circumstances_and_the_chair(law: Law, late: str, lacking: str) -> None:
    found = law.messages(meeting=PUBLISHED.replace("report: outcome", f"report: outcome, late: {late}"))
    assert [code.split(":")[0] for code in found] == ["RG404 meetings/2023-02-06-cabinet.yaml"]
    assert lacking in next(iter(found.values()))
    assert next(iter(found)).endswith(":4:42")


# ---- Key decisions ----


def test_a_key_decision_without_any_notice_is_found(law: Law) -> None:
    place = line_of(KEY, "key_decision")
    assert list(law.messages(KEY)) == [f"RG405 reports/outcome.yaml:{place}:15"]
    assert list(law.messages(KEY, on="2023-02-06")) == [f"RG405 reports/outcome.yaml:{place}:15"]


def test_a_committee_makes_no_key_decisions_nor_did_a_cabinet_before_the_regulations(law: Law) -> None:
    assert law.messages(KEY, meeting=PUBLISHED.replace("Cabinet", "Children's Scrutiny Committee")) == {}
    before = {
        name: text.replace("2023-0", "2012-0").replace("2022-1", "2011-1")
        for name, text in {"meeting": PUBLISHED, "inspection": INSPECTION.replace("ilacs-2018", "slac-2009")}.items()
    }
    assert law.messages(KEY, **before) == {}


def test_a_reference_to_the_forward_plan_alone_cannot_be_checked(law: Law) -> None:
    found = law.messages(KEY + "forward_plan_ref: CS/7\n")
    assert list(found) == [f"RG415 reports/outcome.yaml:{line_of(KEY, 'key_decision') + 1}:19"]
    assert law.messages(KEY + NOTICE + "forward_plan_ref: CS/7\n") == {}


def test_a_notice_of_19_february_for_20_march_2018_is_in_time_and_a_day_later_is_not(law: Law) -> None:
    meeting = MEETING.replace("2023-02-06", "2018-03-20")
    inspection = INSPECTION.replace("2022-", "2018-01-").replace("2018-01-10-31", "2018-01-15")
    inspection = inspection.replace("2018-01-11-11", "2018-01-26").replace("2023-01-13", "2018-02-12")
    notice = KEY + NOTICE.replace("2023-01-06", "2018-02-19")
    assert law.messages(notice, meeting=meeting, inspection=inspection) == {}
    found = law.messages(notice.replace("02-19", "02-20"), meeting=meeting, inspection=inspection)
    assert list(found) == [f"RG406 reports/outcome.yaml:{line_of(notice, 'published')}:14"]
    assert "are 27 clear calendar days; 28 were expected" in next(iter(found.values()))


@pytest.mark.parametrize(
    "urgency",
    [
        "general_exception: {reason: The grant ends, informed: The chair of scrutiny, published: 2023-01-27}\n",
        "special_urgency: {reason: The home closes tonight, agreed_by: The chair of scrutiny}\n",
    ],
)
def test_exception_and_urgency_stand_for_the_notice_and_for_its_28_days(law: Law, urgency: str) -> None:
    assert law.messages(KEY + urgency) == {}
    assert law.messages(KEY + NOTICE.replace("2023-01-06", "2023-01-27") + urgency) == {}


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("key", "that a key decision is to be made (a)"),
        ("matter", "the matter (b)"),
        ("decision_maker", "the decision maker (c)"),
        ("decision_date", "the date or the period (d)"),
        ("documents", "the documents (e)"),
        ("address", "the address for copies (f)"),
        ("other_documents", "that other documents may be submitted (g)"),
        ("request", "how to ask for details (h)"),
    ],
)
def test_a_notice_that_lacks_one_of_the_eight_fields_is_reported_which(law: Law, field: str, named: str) -> None:
    lines = [line for line in NOTICE.splitlines() if not line.startswith(f"  {field}:")]
    found = law.messages(KEY + "\n".join(lines) + "\n")
    assert list(found) == [f"RG407 reports/outcome.yaml:{line_of(KEY + NOTICE, 'notice') + 1}:3"]
    assert next(iter(found.values())) == f"the notice of the key decision lacks {named} | give {field}: as published"


def test_a_gap_in_a_notice_is_no_statement(law: Law) -> None:
    found = law.messages(KEY + NOTICE.replace("Civic Centre, Westmere", "?? from democratic services"))
    assert "lacks the address for copies (f)" in next(iter(found.values()))


@pytest.mark.parametrize("wards", ["All", "All wards", "Borough-wide", '"Abbey, Castle, Park"'])
def test_many_wards_and_a_decision_beyond_taking_note_ask_why_it_is_not_key(law: Law, wards: str) -> None:
    decides = CLEAN.replace("note the outcome", "approve the plan") + f"wards: {wards}\n"
    assert list(law.messages(decides)) == [f"RG411 reports/outcome.yaml:{line_of(decides, 'wards')}:8"]
    assert law.messages(decides + "not_key: The service is the same in all of them\n") == {}
    assert law.messages(CLEAN + f"wards: {wards}\n") == {}
    assert law.messages(decides, meeting=PUBLISHED.replace("Cabinet", "Scrutiny Committee")) == {}


@pytest.mark.parametrize("wards", ["Abbey", "Hampton and Ferry", '"None, as nothing changes"', "Allerton"])
def test_one_ward_or_none_asks_nothing(law: Law, wards: str) -> None:
    assert law.messages(CLEAN.replace("note the outcome", "approve the plan") + f"wards: {wards}\n") == {}


def test_a_recommendation_that_is_still_a_gap_decides_nothing(law: Law) -> None:
    gap = CLEAN.replace("[note the outcome]", "[note the outcome, '?? what else is to be decided']")
    assert law.messages(gap + "wards: All\n") == {}


def test_wards_that_nobody_typed_ask_nothing(law: Law) -> None:
    assert law.messages(CLEAN.replace("note the outcome", "approve the plan")) == {}


def test_an_amount_from_the_threshold_on_makes_a_decision_key(law: Law) -> None:
    council = COUNCIL + "thresholds: {amount: 500000}\n"
    costly = CLEAN + "amount: 500,000\n"
    found = law.messages(costly, council=council)
    assert list(found) == [f"RG412 reports/outcome.yaml:{line_of(costly, 'amount')}:9"]
    assert "£500,000 is spent or saved, and from £500,000 on" in next(iter(found.values()))
    assert list(law.messages(CLEAN + "amount: -600000\n", council=council)) == list(found)
    assert law.messages(CLEAN + "amount: 499999\n", council=council) == {}
    assert law.messages(costly) == {}
    assert law.messages(costly + "not_key: It was in the budget\n", council=council) == {}


def test_a_decision_kept_from_call_in_says_why_and_who_agreed(law: Law) -> None:
    kept = CLEAN + "call_in: {applies: no, reason: The grant ends on Friday}\n"
    found = law.messages(kept)
    assert list(found) == [f"RG413 reports/outcome.yaml:{line_of(kept, 'call_in')}:10"]
    assert "lacks who agreed" in next(iter(found.values()))
    assert law.messages(kept.replace("Friday}", "Friday, agreed_by: The mayor}")) == {}
    assert law.messages(CLEAN + "call_in: {applies: yes}\n") == {}


@pytest.mark.parametrize(
    ("urgency", "column", "lacking"),
    [
        ("general_exception: {reason: The grant ends}", 20, "lacks the reason or who was informed"),
        ("special_urgency: {reason: The grant ends}", 18, "lacks the reason or who agreed"),
        ("special_urgency: {agreed_by: The mayor}", 18, "lacks the reason or who agreed"),
        (
            "general_exception: {reason: It ends, informed: The chair, published: 2023-01-30}",
            70,
            "are 4 clear working days; 5 were expected",
        ),
    ],
)
def test_exception_and_urgency_have_a_reason_and_somebody_who_knew(
    law: Law, urgency: str, column: int, lacking: str
) -> None:
    found = law.messages(KEY + urgency + "\n")
    assert list(found) == [f"RG414 reports/outcome.yaml:{line_of(KEY, 'key_decision') + 1}:{column}"]
    assert lacking in next(iter(found.values()))


# ---- What is not public ----


@pytest.mark.parametrize(
    "reason",
    [
        "exempt",
        "Paragraph 3 of Schedule 12A",
        "Commercially sensitive information",
        "The contract price",
        "'?? from legal'",
        "Not for publication",
    ],
)
def test_a_reason_that_only_repeats_that_a_paper_is_exempt_is_none(law: Law, reason: str) -> None:
    exempt = CLEAN + f"exempt: {{paragraphs: [3], reason: {reason}}}\n" + PRIVATE_NOTICE
    assert list(law.messages(exempt)) == [f"RG408 reports/outcome.yaml:{line_of(exempt, 'exempt')}:35"]


def test_a_private_meeting_needs_its_notices(law: Law) -> None:
    found = law.messages(SECRET)
    assert list(found) == [f"RG409 reports/outcome.yaml:{line_of(SECRET, 'exempt') + 1}:3"]
    assert law.messages(SECRET, meeting=PUBLISHED.replace("Cabinet", "Licensing Committee")) == {}
    assert law.messages(SECRET, on="2023-02-06") == {}


def test_a_confidential_paper_is_taken_in_private_too(law: Law) -> None:
    ground = "confidential: {ground: prohibition, reason: Children Act 1989 s.97}\n"
    assert [code.split()[0] for code in law.messages(CLEAN + ground)] == ["RG409"]


def test_what_is_asked_of_an_exempt_paper_is_asked_of_an_exempt_part(law: Law) -> None:
    part = CLEAN.replace("To report the outcome.", "{text: To sell it., exempt: {paragraphs: [3], reason: exempt}}")
    said = [(code.split()[0], message) for code, message in law.messages(part).items()]
    assert [(code, message.split(",")[0]) for code, message in said] == [
        ("RG408", "the text is exempt"),
        ("RG409", "Cabinet is to take a part of the paper in private"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "said"),
    [
        ("published: 2023-01-06", "published: 2023-01-09", 2, 14, "are 27 clear calendar days"),
        ("confirmed: 2023-01-27", "confirmed: 2023-01-30", 4, 14, "second notice of the private meeting: between"),
        ("  confirmed: 2023-01-27\n", "", 2, 3, "the second notice of the private meeting is not given"),
        ("  reason: The contractor's prices\n", "", 2, 3, "lacks the reasons"),
        (
            "  confirmed: 2023-01-27\n",
            "  urgency: {reason: The home closes}\n",
            4,
            12,
            "is urgent, but it lacks the reason or who agreed",
        ),
    ],
)
def test_the_notices_of_a_private_meeting_are_complete_and_in_time(
    law: Law, old: str, new: str, row: int, column: int, said: str
) -> None:
    assert old in PRIVATE_NOTICE
    found = law.messages(SECRET + PRIVATE_NOTICE.replace(old, new))
    start = len(SECRET.splitlines())
    assert list(found) == [f"RG409 reports/outcome.yaml:{start + row}:{column}"]
    assert said in next(iter(found.values()))


def test_an_agreed_urgency_stands_for_both_notices(law: Law) -> None:
    urgent = "  urgency: {reason: The home closes, agreed_by: The chair of scrutiny}\n"
    notice = PRIVATE_NOTICE.replace("  confirmed: 2023-01-27\n", urgent).replace("2023-01-06", "2023-02-03")
    assert law.messages(SECRET + notice) == {}


def test_a_paper_lists_its_background_papers_or_says_that_there_are_none(law: Law) -> None:
    assert list(law.messages(REPORT)) == ["RG410 reports/outcome.yaml:2:1"]
    assert law.messages(REPORT + "no_background_papers: There are none.\n") == {}
    both = CLEAN + "no_background_papers: There are none.\n"
    assert list(law.messages(both)) == [f"RG410 reports/outcome.yaml:{line_of(both, 'no_background')}:23"]


def test_an_exempt_paper_need_not_list_its_background_papers(law: Law) -> None:
    assert law.messages(SECRET.replace("background_papers: [A survey of families]\n", "") + PRIVATE_NOTICE) == {}
