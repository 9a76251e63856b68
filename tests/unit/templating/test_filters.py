"""How figures, dates and lists are put into English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reportgen.templating import filters


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (20, "twenty"), (21, "21"), (1319, "1,319"), (-1, "-1")]
)
def test_counts_to_twenty_are_words(count: int, words: str) -> None:
    assert filters.in_words(count) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [(1319, "1,319"), (44, "44"), (0, "0"), (1234567, "1,234,567"), (0.5, "0.5"), (1234.5, "1,234.5")],
)
def test_thousands_are_separated(value: float, text: str) -> None:
    assert filters.with_commas(value) == text


@pytest.mark.parametrize(
    ("share", "places", "text"),
    [
        (0.909, 0, "91%"),
        (20 / 22, 1, "90.9%"),
        (0.125, 0, "13%"),
        (0.005, 0, "1%"),
        (0.285, 0, "29%"),
        (0.0, 0, "0%"),
        (1, 0, "100%"),
        (12.5, 0, "1,250%"),
    ],
)
def test_a_share_is_rounded_half_up(share: float, places: int, text: str) -> None:
    assert filters.as_percent(share, places) == text


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (400000, "£400,000"),
        (12.5, "£12.50"),
        ("1,250,000", "£1,250,000"),
        (Decimal("0.005"), "£0.01"),
        (1.005, "£1.01"),
        (-3, "-£3"),
        (100, "£100"),
        (0, "£0"),
    ],
)
def test_money_has_pence_only_where_there_are_any(pounds: float | str | Decimal, text: str) -> None:
    assert filters.as_money(pounds) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), ([1, 2, 3], "1, 2 and 3")],
)
def test_a_list_reads_as_english_writes_it(items: list[object], text: str) -> None:
    assert filters.as_listing(items) == text


def test_a_list_may_end_with_another_word() -> None:
    assert filters.as_listing(["a", "b", "c"], last="or") == "a, b or c"


@pytest.mark.parametrize(
    ("count", "one", "many", "text"),
    [
        (1, "action", "", "1 action"),
        (3, "action", "", "3 actions"),
        (0, "action", "", "0 actions"),
        (3, "child", "children", "3 children"),
        (1200, "case", "", "1,200 cases"),
    ],
)
def test_a_noun_agrees_with_its_count(count: int, one: str, many: str, text: str) -> None:
    assert filters.as_plural(count, one, many) == text


def test_a_date_has_no_leading_nought() -> None:
    assert filters.as_date(date(2012, 7, 9)) == "9 July 2012"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (31, "31st"),
    ],
)
def test_an_ordinal_date_has_the_right_ending(day: int, text: str) -> None:
    assert filters.as_date(date(2012, 1, day), "ordinal") == f"{text} January 2012"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ((2012, 3, 5), (2012, 3, 16), "5 to 16 March 2012"),
        ((2022, 10, 31), (2022, 11, 11), "31 October to 11 November 2022"),
        ((2011, 12, 28), (2012, 1, 3), "28 December 2011 to 3 January 2012"),
        ((2012, 3, 5), (2013, 3, 5), "5 March 2012 to 5 March 2013"),
        ((2012, 3, 5), (2012, 3, 5), "5 March 2012"),
    ],
)
def test_a_period_says_nothing_twice(start: tuple[int, int, int], end: tuple[int, int, int], text: str) -> None:
    assert filters.as_period(date(*start), date(*end)) == text


def test_a_period_has_the_councils_form_and_word() -> None:
    assert (
        filters.as_period(date(2011, 11, 28), date(2011, 12, 13), "ordinal", "until")
        == "28th November until 13th December 2011"
    )


@pytest.mark.parametrize(
    ("text", "capital"), [("note", "Note"), ("ŵyn", "Ŵyn"), ("iPad", "IPad"), ("", ""), ("“note”", "“note”")]
)
def test_only_the_first_letter_becomes_a_capital(text: str, capital: str) -> None:
    assert filters.with_capital(text) == capital


def test_a_wordings_places_are_filled_in_capitals_where_they_are_so() -> None:
    assert (
        filters.fill("{GROUP} and {group} of {other}", group="Safeguarding")
        == "SAFEGUARDING and Safeguarding of {other}"
    )
