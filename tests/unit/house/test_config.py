"""What a house says in house.yaml."""

from __future__ import annotations

from reportgen.house.config import HouseConfig, HouseSection, Level, all_sections
from tests.small import BASE, record, what_is_wrong

SECTION = """
title: Findings
content: [summary, the strengths]
sections:
  - {title: Improvement, content: [improvement], sections: [{content: [risks]}]}
"""


def test_the_content_of_a_section_is_that_of_the_sections_in_it_too() -> None:
    sections = all_sections([record(HouseSection, SECTION)])
    assert [name for one in sections for name in one.content] == ["summary", "the strengths", "improvement", "risks"]


def test_a_house_knows_what_its_sections_and_its_appendices_print() -> None:
    text = BASE.replace(
        "sections: []", "sections: [{content: [summary]}]\nappendices: [{title: I, content: [the implications]}]", 1
    )
    assert record(HouseConfig, "id: x\n" + text).known_sections == {"summary", "the implications"}


def test_a_wording_keeps_its_spaces_and_may_be_empty() -> None:
    assert record(Level, 'format: " {1} "').format == " {1} "
    assert record(Level, "format: ").format == ""


def test_a_level_counts_in_one_of_four_ways() -> None:
    assert [
        record(Level, f"{{format: x, counter: {one}}}").counter
        for one in ("decimal", "lower-letter", "upper-letter", "lower-roman")
    ]
    assert len(what_is_wrong(Level, "{format: x, counter: letters}")) == 1


def test_a_section_is_repeated_for_groups_or_not_at_all() -> None:
    assert record(HouseSection, "each: group").each == "group"
    assert len(what_is_wrong(HouseSection, "each: strength")) == 1
