"""Who meets, when, and what is on the agenda."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.model.meeting import Council, Meeting
from tests.small import record, what_is_wrong

AGENDA = """
id: cabinet
body: Cabinet
date: 2012-07-09
items:
  - {number: "1", title: Apologies}
  - {number: 7(e), report: slac-2012}
"""


def test_an_item_is_found_by_the_report_that_it_brings() -> None:
    meeting = record(Meeting, AGENDA)
    item = meeting.item_for("slac-2012")
    assert item is not None
    assert item.number == "7(e)"
    assert meeting.item_for("another") is None
    assert meeting.date == date(2012, 7, 9)


def test_an_item_number_is_printed_as_it_was_typed() -> None:
    assert record(Meeting, AGENDA.replace('"1"', "1.10")).items[0].number == "1.10"


def test_an_item_has_a_report_or_a_title() -> None:
    wrong = what_is_wrong(Meeting, AGENDA.replace(", report: slac-2012", ""))
    assert len(wrong) == 1
    assert "7(e)" in wrong[0]


def test_two_items_of_one_number_are_an_error() -> None:
    wrong = what_is_wrong(Meeting, AGENDA.replace('"1"', "7(e)"))
    assert len(wrong) == 1
    assert "7(e)" in wrong[0]


def test_a_council_stands_in_england_unless_it_says_otherwise() -> None:
    text = "{id: gwynedd, name: Cyngor Gwynedd, short_name: Gwynedd, house: standard}"
    assert record(Council, text).nation == "england"
    assert record(Council, text.replace("}", ", nation: wales}")).nation == "wales"
    assert len(what_is_wrong(Council, text.replace("}", ", nation: Cymru}"))) == 1


# ---- Who sits on the body, and what is said of the meeting ----

MEMBERS = """
members:
  - {name: Councillor Amina Khan, role: chair, seat: Leader}
  - Councillor Tom Lee
substitutes: [Councillor Peter Marsh]
quorum: 2
notices: [access]
"""


def test_a_member_is_a_name_or_a_name_with_a_role_and_a_seat() -> None:
    members = record(Meeting, AGENDA + MEMBERS).members
    assert [(one.name, one.role, one.seat) for one in members] == [
        ("Councillor Amina Khan", "chair", "Leader"),
        ("Councillor Tom Lee", None, None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("- Councillor Tom Lee", "- {name: Councillor Tom Lee, role: chair}", "a second member is the chair"),
        ("- Councillor Tom Lee", "- Councillor Amina Khan", "two members have the name 'Councillor Amina Khan'"),
        ("[Councillor Peter Marsh]", "[Councillor Tom Lee]", "'Councillor Tom Lee' is a member, so no substitute"),
        ("quorum: 2", "quorum: 3", "a quorum of 3 was found; 1 to 2, the number of members, was expected"),
        ("quorum: 2", "quorum: 0", "a quorum of 0 was found"),
        ("notices: [access]", "notices: [access, access]", "the notice 'access' is named twice"),
    ],
)
def test_what_cannot_be_is_an_error_at_its_place(old: str, new: str, found: str) -> None:
    wrong = what_is_wrong(Meeting, (AGENDA + MEMBERS).replace(old, new))
    assert len(wrong) == 1
    assert found in wrong[0]


def test_any_quorum_can_be_where_no_member_is_named() -> None:
    assert record(Meeting, AGENDA + "quorum: 5\n").quorum == 5


def test_an_item_that_brings_a_report_leaves_it_to_the_report_whether_it_is_exempt() -> None:
    marked = AGENDA.replace("report: slac-2012", "report: slac-2012, exempt: {paragraphs: [1], reason: It names her}")
    [wrong] = what_is_wrong(Meeting, marked)
    assert "item 7(e) brings a report, which itself says whether it is exempt" in wrong
