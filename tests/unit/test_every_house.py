"""Every sample in every house: nothing is lost, nothing doubled, and what holds for any paper holds."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from reportgen.document import (
    CrossReference,
    Document,
    List,
    Paragraph,
    Section,
    Span,
    Table,
    blocks_of,
    inlines_of,
    plain_text,
)
from tests.samples import HOUSES, REPORTS, paper_of, sample

EVERY = pytest.mark.parametrize(
    ("name", "house"), [pytest.param(name, house, id=f"{name} in {house}") for name in REPORTS for house in HOUSES]
)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ANCHOR = re.compile(r"\s*\{#[\w.-]+\}\s*$", re.MULTILINE)
_LINK_ADDRESS = re.compile(r"\]\([^)]*\)")
_LIST_NUMBER = re.compile(r"^\s*\d+\. ", re.MULTILINE)
_TABLE_RULE = re.compile(r"^\s*\|?[-| :]+\|?\s*$", re.MULTILINE)


def letters(text: str) -> str:
    """A text by its letters and digits alone, so that line breaks, emphasis and capitals make no difference."""
    return "".join(character for character in text.casefold() if character.isalnum())


def printed_text(document: Document) -> str:
    """Everything that the paragraphs of a document say, in reading order."""
    return "".join(letters(plain_text(block.content)) for block in blocks_of(document) if isinstance(block, Paragraph))


def pattern_of(text: str) -> re.Pattern[str]:
    """What a prose text looks like in print: its own words, with something short where an expression stands."""
    for sign in (_ANCHOR, _LINK_ADDRESS, _LIST_NUMBER, _TABLE_RULE):
        text = sign.sub("", text)
    return re.compile(".{0,80}?".join(letters(piece) for piece in _EXPRESSION.split(text)))


@EVERY
def test_every_prose_text_is_printed_exactly_once(name: str, house: str) -> None:
    printed = printed_text(sample(name, house))
    prose = list(paper_of(name).prose())
    assert len(prose) > 20
    times = {text.text.key: len(pattern_of(text.text).findall(printed)) for text in prose}
    assert {key: count for key, count in times.items() if count != 1} == {}


@EVERY
def test_no_body_number_stands_twice(name: str, house: str) -> None:
    blocks = blocks_of(sample(name, house))
    numbers = [
        block.number.text
        for block in blocks
        if isinstance(block, Section | Paragraph) and block.number and block.number.text
    ]
    assert [number for number, times in Counter(numbers).items() if times > 1] == []


@EVERY
def test_every_reference_has_its_number(name: str, house: str) -> None:
    inlines = [inline for block in blocks_of(sample(name, house)) for inline in inlines_of(block)]
    assert all(inline.text for inline in inlines if isinstance(inline, CrossReference))


@EVERY
def test_no_paragraph_or_heading_is_empty_and_no_section_has_nothing_in_it(name: str, house: str) -> None:
    for block in blocks_of(sample(name, house)):
        match block:
            case Paragraph():
                assert plain_text(block.content).strip() or block.content
            case Section():
                assert plain_text(block.heading).strip()
                assert block.children
            case Table():
                assert plain_text(block.caption).strip()
                assert sum(column.width for column in block.columns) == pytest.approx(1)
                assert all(len(row.cells) == len(block.columns) for group in block.groups for row in group.rows)
            case _:
                pass


def gaps(document: Document) -> list[str]:
    inlines = [inline for block in blocks_of(document) for inline in inlines_of(block)]
    return [plain_text(inline.content) for inline in inlines if isinstance(inline, Span) and inline.role == "gap"]


@pytest.mark.parametrize("name", REPORTS)
def test_no_sample_has_a_gap_in_its_own_house(name: str) -> None:
    assert gaps(sample(name)) == []


@EVERY
def test_in_another_house_gaps_stand_only_for_sections_that_this_house_requires(name: str, house: str) -> None:
    assert [gap for gap in gaps(sample(name, house)) if not gap.startswith("[To be written: ")] == []


@EVERY
def test_no_sign_of_a_template_or_of_markdown_is_left_over(name: str, house: str) -> None:
    text = "\n".join(
        plain_text(block.content) for block in blocks_of(sample(name, house)) if isinstance(block, Paragraph)
    )
    assert re.findall(r"\{\{|\}\}|\{%|\{#|\*\*|\bNone\b|\bTrue\b|\bFalse\b|\[\]|  |&\w+;", text) == []


@EVERY
def test_sentences_end_once(name: str, house: str) -> None:
    for block in blocks_of(sample(name, house)):
        if isinstance(block, Paragraph):
            assert re.findall(r"\.\.(?!\.)|\.;|;;|\. \.| ,| \.(?!\d)", plain_text(block.content)) == []


def origins(document: Document) -> list[str]:
    """Where the parts of all prose came from, in no particular order."""
    nodes = [node for block in blocks_of(document) for node in (block, *inlines_of(block))]
    found = [node.origin for node in nodes if isinstance(node, Paragraph | List | Table | Span) and node.origin]
    return sorted(f"{one.location.path} {one.key} {one.part}" for one in found)


@pytest.mark.parametrize("name", REPORTS)
def test_every_house_prints_the_same_prose(name: str) -> None:
    """Whatever the order and the headings: a house may add words of its own, but the author's are the same in all."""
    first, *others = (origins(sample(name, house)) for house in HOUSES)
    assert len(first) > 20
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", REPORTS)
def test_a_sample_in_its_own_house_is_the_same_as_when_the_house_is_named(name: str) -> None:
    paper = paper_of(name)
    assert sample(name) == sample(name, paper.report.house or paper.council.house)
