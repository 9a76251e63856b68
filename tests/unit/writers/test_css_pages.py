"""The style sheet that only pages have."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from reportgen.house.letterhead import Letterhead
from reportgen.house.styles import Page, Style, StyleSheet
from reportgen.writers.css.pages import write_page_css


def look_of(**watermark: Any) -> StyleSheet:
    styles = {
        "base": Style(face="Arial", size=11),
        "watermark": Style(**({"size": 100, "colour": "#dddddd"} | watermark)),
    }
    styles["watermark"] = styles["watermark"].model_copy(update={"based_on": "base"})
    page = Page(width=200, height=300, margin_top=20, margin_right=21, margin_bottom=22, margin_left=23)
    return StyleSheet(page=page, styles=styles, tables={})


def drawn_in(css: str) -> dict[str, tuple[str, ElementTree.Element]]:
    """The place and the picture of the background, by the pages that have it."""
    found = re.findall(r"(@page[^{]*?) \{ background: url\(data:image/svg\+xml,([^)]*)\) ([^;]*); \}", css)
    return {pages: (place, ElementTree.fromstring(unquote(drawn))) for pages, drawn, place in found}


def path_of(css: str) -> ElementTree.Element:
    """The letters on an upright page."""
    (letters,) = drawn_in(css)["@page"][1]
    return letters


def test_without_a_word_pages_have_no_background() -> None:
    assert "background" not in write_page_css(look_of(), "")


def test_the_picture_is_as_large_as_the_page_and_fixed_to_it() -> None:
    drawn = drawn_in(write_page_css(look_of(), "DRAFT"))
    assert {pages: place for pages, (place, _) in drawn.items()} == {
        "@page": "center / 200mm 300mm no-repeat fixed",
        "@page landscape": "center / 300mm 200mm no-repeat fixed",
    }
    assert [picture.get("viewBox") for _, picture in drawn.values()] == ["0 0 566.929 850.394", "0 0 850.394 566.929"]


def test_the_word_has_the_colour_of_its_role_and_rises_from_the_middle_of_the_page() -> None:
    letters = path_of(write_page_css(look_of(colour="#abcdef"), "DRAFT"))
    assert letters.get("fill") == "#abcdef"
    assert letters.get("transform") == "translate(283.465 425.197) rotate(-45)"


def test_a_letterhead_stands_behind_the_first_page_and_the_word_before_it() -> None:
    look = look_of()
    letterhead = Letterhead(b"x", "image/png")
    drawn = "url(data:image/png;base64,eA==) 0 0 / 200mm auto no-repeat fixed; }"
    assert f"@page :first {{ background: {drawn}" in write_page_css(look, "", letterhead)
    (both,) = re.findall(r"@page :first \{ background: .*", write_page_css(look, "DRAFT", letterhead))
    assert both.count("url(") == 2
    assert both.endswith(drawn)


def test_the_first_page_alone_begins_lower() -> None:
    assert "@page :first" not in write_page_css(look_of(), "")
    look = look_of()
    lower = look.model_copy(update={"page": look.page.model_copy(update={"first_page_top": 60})})
    assert "@page :first { margin-top: 60mm; }" in write_page_css(lower, "")


def test_the_words_letters_are_drawn_and_not_written() -> None:
    letters = path_of(write_page_css(look_of(), "DRAFT"))
    assert letters.tag.endswith("path")
    assert letters.text is None
    assert set(re.sub(r"[-\d., ]", "", letters.get("d", ""))) <= set("MLHVQCZ")
    assert letters.get("d", "").count("Z") == 8, "five letters, three of them with a hole: D, R, A"


@pytest.mark.parametrize("word", ["R&D <b>", 'it\'s "so" (100%) #1; }', "Żółw", "$a$"])
def test_a_word_with_signs_of_its_own_does_not_disturb_the_style_sheet(word: str) -> None:
    css = write_page_css(look_of(), word)
    assert len(drawn_in(css)) == 2
    assert path_of(css).get("d") != path_of(write_page_css(look_of(), word[:-1])).get("d")


def test_a_long_word_is_made_smaller() -> None:
    reach = max(map(float, re.findall(r"[\d.]+", path_of(write_page_css(look_of(), "WORD" * 10)).get("d", ""))))
    assert 200 * 72 / 25.4 / 2 < reach < 200 * 72 / 25.4 * 0.75


def test_there_is_room_below_the_notes() -> None:
    # tests/unit/writers/test_pdf_pages.py shows what happens without.
    found = re.search(r"@footnote \{[^}]*padding: [\d.]+mm 0 ([\d.]+)pt;", write_page_css(look_of(), ""))
    assert found is not None
    assert float(found[1]) > 0
