"""Who meets, when, and what is on the agenda."""

from __future__ import annotations

from datetime import date

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
