"""Working days and clear days: the worked cases of published inspections come out to the day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.meeting import Council, DayKind
from reportgen.rules.deadlines import Calendar, calendar_of
from tests.small import record

ENGLAND = Calendar("england")
COUNCIL = "{id: westmere, name: Westmere Council, short_name: Westmere, house: standard}"


def day(text: str) -> date:
    return date.fromisoformat(text)


# ---- The statement of action: 70 working days ----


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2023-05-09", "2023-08-16"),
        ("2016-11-28", "2017-03-09"),
        ("2016-11-25", "2017-03-08"),
        ("2022-09-21", "2022-12-30"),
        ("2024-05-16", "2024-08-23"),
        ("2020-04-15", "2020-07-24"),
    ],
)
def test_the_seventieth_working_day_is_that_of_the_published_cases(received: str, due: str) -> None:
    assert ENGLAND.add_working_days(day(received), 70) == day(due)


def test_a_board_on_30_july_2020_came_six_days_after_its_statement_was_due() -> None:
    due = ENGLAND.add_working_days(day("2020-04-15"), 70)
    assert (day("2020-07-30") - due).days == 6


def test_the_bank_holiday_for_the_state_funeral_is_no_working_day() -> None:
    assert not ENGLAND.is_working_day(day("2022-09-19"))
    assert ENGLAND.add_working_days(day("2022-09-16"), 1) == day("2022-09-20")


def test_the_bank_holiday_for_the_coronation_is_one_of_those_not_counted() -> None:
    assert ENGLAND.add_working_days(day("2023-05-05"), 1) == day("2023-05-09")


@pytest.mark.parametrize(
    "holiday", ["2023-04-07", "2023-04-10", "2022-12-26", "2022-12-27", "2021-12-28", "2027-12-28"]
)
def test_good_friday_easter_monday_and_substitute_days_are_not_working_days(holiday: str) -> None:
    assert not ENGLAND.is_working_day(day(holiday))


def test_christmas_day_is_none_even_beyond_the_years_that_the_library_knows() -> None:
    assert not ENGLAND.is_working_day(day("2498-12-25"))


# ---- Clear days ----


def test_a_notice_of_19_february_2018_leaves_exactly_28_clear_days_before_20_march() -> None:
    notice, cabinet = day("2018-02-19"), day("2018-03-20")
    assert ENGLAND.clear_days_between(notice, cabinet, "calendar days") == 28
    assert ENGLAND.last_day_for(cabinet, 28, "calendar days") == notice


def test_neither_the_day_of_publication_nor_that_of_the_meeting_is_a_clear_day() -> None:
    assert ENGLAND.clear_days_between(day("2023-03-08"), day("2023-03-16"), "working days") == 5
    assert ENGLAND.clear_days_between(day("2023-03-09"), day("2023-03-16"), "working days") == 4
    assert ENGLAND.clear_days_between(day("2023-03-16"), day("2023-03-16"), "working days") == 0
    assert ENGLAND.clear_days_between(day("2023-03-17"), day("2023-03-16"), "calendar days") == 0


def test_the_last_day_for_dispatch_may_be_a_sunday_and_the_working_day_before_it_a_friday() -> None:
    last = ENGLAND.last_day_for(day("2017-07-10"), 5, "working days")
    assert last == day("2017-07-02")
    assert ENGLAND.working_day_on_or_before(last) == day("2017-06-30")
    assert ENGLAND.working_day_on_or_before(day("2017-06-30")) == day("2017-06-30")


def test_a_bank_holiday_between_moves_the_day_of_dispatch() -> None:
    assert ENGLAND.last_day_for(day("2023-05-10"), 5, "working days") == day("2023-05-01")
    assert ENGLAND.working_day_on_or_before(day("2023-05-01")) == day("2023-04-28")


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.integers(1, 60),
    st.sampled_from(["working days", "calendar days"]),
)
def test_the_last_day_leaves_enough_clear_days_and_the_day_after_it_does_not(
    event: date, clear: int, kind: DayKind
) -> None:
    last = ENGLAND.last_day_for(event, clear, kind)
    assert ENGLAND.clear_days_between(last, event, kind) == clear
    assert ENGLAND.clear_days_between(date.fromordinal(last.toordinal() + 1), event, kind) == clear - 1


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(1, 100))
def test_working_days_are_taken_back_as_they_were_added(start: date, number: int) -> None:
    working = ENGLAND.working_day_on_or_before(start)
    assert ENGLAND.subtract_working_days(ENGLAND.add_working_days(working, number), number) == working


# ---- Nations, proclaimed days, the ends of the calendar ----


@pytest.mark.parametrize(
    ("holiday", "nations"),
    [
        ("2023-04-10", {"england", "wales", "northern ireland"}),
        ("2023-03-17", {"northern ireland"}),
        ("2023-07-12", {"northern ireland"}),
        ("2023-11-30", {"scotland"}),
        ("2023-08-07", {"scotland"}),
        ("2023-08-28", {"england", "wales", "northern ireland"}),
        ("2023-01-03", {"scotland"}),
    ],
)
def test_each_nation_has_bank_holidays_of_its_own(holiday: str, nations: set[str]) -> None:
    all_four = [Calendar("england"), Calendar("wales"), Calendar("scotland"), Calendar("northern ireland")]
    assert {one.nation for one in all_four if not one.is_working_day(day(holiday))} == nations


def test_a_council_adds_a_bank_holiday_that_was_proclaimed_later() -> None:
    plain = calendar_of(record(Council, COUNCIL))
    messages = calendar_of(record(Council, COUNCIL.replace("}", ", bank_holidays: [2031-06-16]}")))
    assert plain.is_working_day(day("2031-06-16"))
    assert not messages.is_working_day(day("2031-06-16"))
    assert messages.add_working_days(day("2031-06-13"), 1) == day("2031-06-17")


def test_counting_ends_at_the_ends_of_the_calendar() -> None:
    assert ENGLAND.add_working_days(day("9999-12-30"), 70) == date.max
    assert ENGLAND.last_day_for(day("0001-01-02"), 28, "calendar days") == date.min
    assert ENGLAND.last_day_for(day("0001-01-02"), 5, "working days") == date.min


def test_the_library_is_not_loaded_before_a_day_is_counted() -> None:
    code = (
        "import sys, datetime, reportgen.rules.deadlines as c; print('holidays' in sys.modules);"
        "c.Calendar('england').is_working_day(datetime.date(2023, 5, 9)); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
