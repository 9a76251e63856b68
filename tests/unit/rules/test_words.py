"""The lists of words, and numbers in words."""

from __future__ import annotations

import re

import pytest

from reportgen.rules.words import (
    NUMBER,
    WordList,
    WordLists,
    act_years,
    compile_phrases,
    normalise,
    parse_number,
    word_lists,
)


@pytest.mark.parametrize("name", list(WordLists.model_fields))
def test_each_list_says_where_it_comes_from_and_has_nothing_twice(name: str) -> None:
    found = getattr(word_lists(), name)
    assert isinstance(found, WordList)
    assert len(found.source.split()) > 5
    folded = [word.casefold() for word in found.words]
    assert len(set(folded)) == len(folded) > 3


def test_acts_have_the_years_in_which_they_were_passed() -> None:
    acts = act_years()
    assert acts["care act"] == (2014,)
    assert acts["children (leaving care) act"] == (2000,)
    assert 1972 in acts["local government act"]
    for title, years in acts.items():
        assert title.endswith(" act")
        assert list(years) == sorted(set(years))
        assert years
        assert all(1800 < year < 2100 for year in years)


@pytest.mark.parametrize(
    ("text", "value"), [("9", 9), ("1,204", 1204), ("Fourteen", 14), ("ninety-nine", 99), ("none", 0), ("Both", 2)]
)
def test_a_number_in_digits_or_words_has_its_value(text: str, value: int) -> None:
    match = re.fullmatch(NUMBER, text, re.IGNORECASE)
    assert match is not None
    assert parse_number(match.group()) == value


@pytest.mark.parametrize("text", ["65.9", "36%", "10-year", "A4", "£40", "3/4", "14th", "someone", "tenth", "v2.1"])
def test_a_part_of_something_else_is_no_number(text: str) -> None:
    assert re.search(NUMBER, text, re.IGNORECASE) is None


def test_phrases_are_found_however_they_are_spaced_and_never_within_words() -> None:
    pattern = compile_phrases(("to follow", "TBC"))
    assert [match.group() for match in pattern.finditer("To\nfollow, tbc, TBCs, into follow")] == ["To\nfollow", "tbc"]


def test_two_ways_of_typing_a_text_are_squeezed_into_one() -> None:
    assert normalise("“It’s\n so” – well…") == normalise('"It\'s so" - well...')
