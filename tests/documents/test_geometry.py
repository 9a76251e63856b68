"""Word and PDF look the same: pages, heads, faces, columns. What LibreOffice makes of the DOCX stands for Word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from tests.documents.conftest import CASES, Made
from tests.documents.layout import Layout, Rectangle, Word, read_layout

NEAR = 3.0
"""In millimetres: what a reader with both in hand would not see as a different place."""

FAR = 8.0
"""LibreOffice sometimes begins a page that begins with a table so much lower; what follows stands as far from it."""
LEADER = re.compile(r"\.{4,}.*$|^\.$")

Pair = tuple[Word, Word]


@cache
def layout(pdf: Path) -> Layout:
    """Read once for all tests."""
    return read_layout(pdf)


def both(made: Mapping[str, Made], case: str) -> tuple[Layout, Layout]:
    """The PDF and what is printed of the DOCX."""
    return layout(made[case].pdf), layout(made[case].printed)


def pairs(one: Layout, other: Layout) -> list[Pair]:
    """The words that both print, in order, without leaders and the pages to which they lead."""
    sides = [_without_leaders(side) for side in (one, other)]
    texts = [[text for _, text in side] for side in sides]
    found = SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks()
    return [(sides[0][a + place][0], sides[1][b + place][0]) for a, b, size in found for place in range(size)]


def _without_leaders(side: Layout) -> list[tuple[Word, str]]:
    """The words and their texts. One of two programs draws each dot as a word, the other joins them to one."""
    before = ("", *(word.text for word in side.words))
    found = [(word, LEADER.sub("", word.text)) for word, last in zip(side.words, before, strict=False) if last != "."]
    return [(word, text) for word, text in found if text]


@cache
def paired(pdf: Path, printed: Path) -> list[Pair]:
    """The pairs of two files, found once for all tests."""
    return pairs(layout(pdf), layout(printed))


def shown(pair: Pair) -> str:
    """What differs, for the message of a test that fails."""
    ours, theirs = pair
    places = f"{ours.left:.1f}, {ours.baseline:.1f} mm and {theirs.left:.1f}, {theirs.baseline:.1f} mm"
    looks = f"{ours.face} {ours.size:g} and {theirs.face} {theirs.size:g}"
    return f"'{ours.text}' on pages {ours.page + 1} and {theirs.page + 1}: {places}; {looks}"


@pytest.mark.parametrize("case", CASES)
def test_pages_have_the_same_sizes_and_there_are_as_many_within_one(made: dict[str, Made], case: str) -> None:
    one, other = both(made, case)
    assert abs(len(one.sizes) - len(other.sizes)) <= 1
    forms = [[tuple(map(round, size)) for size, _ in groupby(side.sizes, key=_rounded)] for side in (one, other)]
    assert forms[0] == forms[1]


def _rounded(size: tuple[float, float]) -> tuple[int, int]:
    return round(size[0]), round(size[1])


@pytest.mark.parametrize("case", CASES)
def test_almost_every_word_is_found_in_both(made: dict[str, Made], case: str) -> None:
    found = paired(made[case].pdf, made[case].printed)
    sides = [len(_in_the_text(side, made[case])) for side in both(made, case)]
    pairs_in_the_text = [pair for pair in found if _is_in_the_text(pair[0], made[case])]
    assert len(pairs_in_the_text) > 0.97 * max(sides)


def _in_the_text(side: Layout, one: Made) -> list[Word]:
    """The words between header and footer, without those of leaders."""
    return [word for word, _ in _without_leaders(side) if _is_in_the_text(word, one)]


def _is_in_the_text(word: Word, one: Made) -> bool:
    page = one.house.stylesheet.page
    least = min(page.margin_top, page.margin_left), min(page.margin_bottom, page.margin_right)
    height = layout(one.pdf).sizes[min(word.page, len(layout(one.pdf).sizes) - 1)][1]
    return least[0] - 2 < word.baseline < height - least[1] + 2


@pytest.mark.parametrize("case", CASES)
def test_the_head_of_the_first_page_stands_at_the_same_place(made: dict[str, Made], case: str) -> None:
    head: list[Pair] = []
    for ours, theirs in paired(made[case].pdf, made[case].printed):
        # Where a line of one goes on in the next line of the other, what follows cannot stand at the same height.
        if ours.page or theirs.page or ours.baseline > 120 or (ours.begins is not theirs.begins):
            break
        head.append((ours, theirs))
    assert len(head) > 15
    lower = head[0][1].baseline - head[0][0].baseline
    assert abs(lower) < FAR
    assert [shown(pair) for pair in head if _distance(*pair, lower) > NEAR] == []


def _distance(ours: Word, theirs: Word, lower: float) -> float:
    return max(abs(ours.left - theirs.left), abs(ours.baseline + lower - theirs.baseline))


@pytest.mark.parametrize("case", CASES)
def test_every_word_has_a_face_of_the_same_widths_and_the_same_size(made: dict[str, Made], case: str) -> None:
    other = [
        pair
        for pair in paired(made[case].pdf, made[case].printed)
        if pair[0].face != pair[1].face or abs(pair[0].size - pair[1].size) > 0.26
    ]
    assert [shown(pair) for pair in other][:5] == []


@pytest.mark.parametrize("case", CASES)
def test_paragraphs_cells_and_numbers_begin_at_the_same_distance_from_the_edge(
    made: dict[str, Made], case: str
) -> None:
    found = paired(made[case].pdf, made[case].printed)
    begun = [pair for pair in found if pair[0].begins and pair[1].begins and _is_in_the_text(pair[0], made[case])]
    assert len(begun) > 100
    assert [shown(pair) for pair in begun if abs(pair[0].left - pair[1].left) > NEAR][:5] == []


@pytest.mark.parametrize("case", CASES)
def test_the_coloured_cells_of_tables_have_the_same_edges(made: dict[str, Made], case: str) -> None:
    one, other = both(made, case)
    apart, compared = [], 0
    for ours, theirs in paired(made[case].pdf, made[case].printed):
        boxes = (_background(one, ours), _background(other, theirs))
        if ours.begins and theirs.begins and boxes[0] and boxes[1]:
            compared += 1
            if max(abs(boxes[0].left - boxes[1].left), abs(boxes[0].right - boxes[1].right)) > NEAR:
                apart.append(f"{shown((ours, theirs))}; {boxes}")
    assert apart[:5] == []
    assert compared


def _background(side: Layout, word: Word) -> Rectangle | None:
    """The smallest thing drawn that the word stands on, if it is not a whole page or a line."""
    return _background_of(side.drawn, word)


@cache
def _background_of(drawn: tuple[Rectangle, ...], word: Word) -> Rectangle | None:
    holding = [one for one in _by_page(drawn).get(word.page, ()) if one.holds(word)]
    return min(holding, key=lambda one: (one.right - one.left) * (one.bottom - one.top), default=None)


@cache
def _by_page(drawn: tuple[Rectangle, ...]) -> dict[int, list[Rectangle]]:
    found: dict[int, list[Rectangle]] = {}
    for one in drawn:
        if one.bottom - one.top > 2 and one.right - one.left < 290:
            found.setdefault(one.page, []).append(one)
    return found
