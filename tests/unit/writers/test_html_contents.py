"""The list of contents in the HTML."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement

from reportgen.document import Contents, ContentsEntry, Section
from reportgen.house import House
from reportgen.writers.html.elements import Medium
from tests.unit.writers.html_tree import one, rendered_blocks, words
from tests.unit.writers.sample_tree import text


def contents_of(*entries: ContentsEntry, house: House) -> HtmlElement:
    return one(rendered_blocks(Contents(text("Contents"), 3, entries), house=house), ".//nav")


def entry(level: int, number: str, title: str) -> ContentsEntry:
    return ContentsEntry(level, number, title, title.lower(), "7")


def nested(found: HtmlElement) -> list[Any]:
    """What the items of a list say, and in lists those of the lists in them."""
    items: list[Any] = []
    for item in found:
        items.append(words(item.find("p")))
        items += [nested(inner) for inner in item.findall("ol")]
    return items


def test_lines_stand_in_lists_as_deep_as_their_sections(house: House) -> None:
    entries = (
        entry(1, "1.", "Aim"),
        entry(2, "1.1", "Why"),
        entry(3, "", "Deep"),
        entry(2, "1.2", "How"),
        entry(1, "", "Appendix 1: Plan"),
    )
    assert nested(one(contents_of(*entries, house=house), "./ol")) == [
        "1. Aim",
        ["1.1 Why", ["Deep"], "1.2 How"],
        "Appendix 1: Plan",
    ]


def test_levels_that_are_left_out_lose_no_line(house: House) -> None:
    entries = (entry(3, "", "First"), entry(1, "", "Aim"), entry(3, "", "Deep"), entry(2, "", "Less"))
    assert nested(one(contents_of(*entries, house=house), "./ol")) == ["First", "Aim", ["Deep", "Less"]]


def test_a_line_is_a_link_with_its_number_before_it_and_no_page_of_its_own(house: House) -> None:
    found = contents_of(entry(1, "1.", "R&D <b>"), entry(4, "", "Deepest"), house=house)
    first, second = found.iter("p")
    assert (first.get("class"), words(first)) == ("role-contents-1", "1. R&D <b>")
    assert (second.get("class"), words(second)) == ("role-contents-3 unnumbered", "Deepest")
    link = first.find("a")
    assert (link.get("href"), link.text, len(link)) == ("#r&d <b>", "R&D <b>", 0)


def test_the_heading_is_as_high_as_the_sections_and_may_be_missing(house: House) -> None:
    blocks = (Contents(text("Contents"), 1, (entry(1, "", "Aim"),)), Section(text("Aim"), (), anchor="aim"))
    body = rendered_blocks(*blocks, house=house, medium=Medium.PAGES)
    assert [(found.tag, found.get("class")) for found in body.xpath(".//h1 | .//h2")] == [
        ("h1", "role-contents-heading"),
        ("h1", "role-heading-1"),
    ]
    assert rendered_blocks(Contents((), 1), house=house).xpath(".//h1 | .//ol") == []
