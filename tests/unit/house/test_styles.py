"""How roles look."""

from __future__ import annotations

import pytest

from reportgen.house.styles import Page, Style, StyleSheet
from tests.small import LOOK, record, what_is_wrong

PLAIN = LOOK.replace("$ink", '"#101010"').replace("$face", "Liberation Sans")


def test_a_role_has_what_its_bases_say_and_it_does_not() -> None:
    look = record(StyleSheet, PLAIN)
    assert look.resolved("lead-in") == {
        "colour": "#101010",
        "face": "Liberation Sans",
        "size": 11.0,
        "keep_with_next": True,
    }


def test_a_role_says_it_differently_from_its_base() -> None:
    look = record(
        StyleSheet, PLAIN.replace("lead-in: {based_on: body,", "lead-in: {based_on: body, size: 9, bold: no,")
    )
    assert (look.resolved("lead-in")["size"], look.resolved("lead-in")["bold"]) == (9.0, False)
    assert look.resolved("body")["size"] == 11.0


def test_the_name_of_a_style_is_not_inherited() -> None:
    assert "name" not in record(StyleSheet, PLAIN).resolved("body")


@pytest.mark.parametrize(("typed", "meant"), [('"#005A9C"', "#005a9c"), ('"#000000"', "#000000")])
def test_a_colour_is_six_hexadecimal_digits(typed: str, meant: str) -> None:
    assert record(Style, f"colour: {typed}").colour == meant


@pytest.mark.parametrize("typed", ["blue", '"#fff"', "005a9c", '"#00zz00"', '"#005a9c80"', "rgb(0,0,0)"])
def test_anything_else_is_no_colour(typed: str) -> None:
    assert what_is_wrong(Style, f"colour: {typed}")[0].startswith("RG012 1:9")


@pytest.mark.parametrize("typed", ["11pt", "large", "1e9", "nan", "inf", "-300"])
def test_a_measure_is_a_number_of_reasonable_size(typed: str) -> None:
    assert what_is_wrong(Style, f"size: {typed}")[0].startswith("RG012 1:7")


def test_the_text_width_is_between_the_margins() -> None:
    assert Page(width=210, margin_left=20, margin_right=30).text_width == 160


def test_a_turned_page_is_the_same_page_on_its_side() -> None:
    page = Page(margin_top=1, margin_right=2, margin_bottom=3, margin_left=4)
    turned = page.turned
    assert (turned.width, turned.height) == (page.height, page.width)
    # Turned to the right: what was at the left is now above.
    assert (turned.margin_top, turned.margin_right, turned.margin_bottom, turned.margin_left) == (4, 1, 2, 3)
    assert turned.text_width == page.height - page.margin_top - page.margin_bottom


def test_the_first_page_begins_at_its_margin_or_lower_and_has_room_for_text() -> None:
    assert Page(margin_top=25, first_page_top=10).first_top == 25
    assert Page(margin_top=25, first_page_top=60).first_top == 60
    assert "no room for the text on the first page" in what_is_wrong(Page, "first_page_top: 250")[0]
