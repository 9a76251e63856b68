"""Days along a line, as a picture."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from reportgen.document import Timeline, TimelineRow
from reportgen.house.styles import StyleSheet
from reportgen.writers.chart import Picture, draw_png, draw_svg
from reportgen.writers.chart.signs import outline_of
from tests.unit.writers.sample_tree import base_house
from tests.unit.writers.test_chart import words_of

MEETING = date(2012, 7, 9)
POINTS = 72 / 25.4


@pytest.fixture(scope="module")
def look() -> StyleSheet:
    return base_house().stylesheet


def row(label: str, due: date, role: str = "status-complete", words: str = "complete") -> TimelineRow:
    return TimelineRow(label, due, role, words)


def signs_of(picture: Picture, look: StyleSheet, role: str = "status-complete") -> list[float]:
    """Where the middles of the signs of a role stand, in points from the left."""
    colour = look.segments[role].background
    shapes = re.findall(rf'd="([^"]*)"[^>]*style="fill: {colour}; stroke', picture.content.decode())
    edges = [[float(x) for x in re.findall(r"[ML] (\S+) \S+", shape)] for shape in shapes]
    return [(min(found) + max(found)) / 2 for found in edges]


def thick_lines(picture: Picture) -> list[str]:
    return re.findall(r'd="([^"]*)"[^>]*style="fill: none; stroke: [^"]*stroke-width: 1.4;', picture.content.decode())


def test_signs_stand_in_proportion_to_their_days(look: StyleSheet) -> None:
    days = [date(2012, 1, 1), date(2012, 3, 1), date(2012, 7, 1)]
    picture = draw_svg(Timeline(tuple(row(f"A{place}", day) for place, day in enumerate(days))), look)
    first, second, third = signs_of(picture, look)
    assert (third - first) / (second - first) == pytest.approx(
        (days[2] - days[0]).days / (days[1] - days[0]).days, rel=0.01
    )


def test_each_row_has_its_label_and_its_words_and_no_legend(look: StyleSheet) -> None:
    rows = (row("A1 Director", MEETING), row("A2 Head of Law", MEETING, "overdue", "overdue"))
    words = words_of(draw_svg(Timeline(rows), look))
    assert words.count("complete") == words.count("overdue") == 1
    assert {"A1 Director", "A2 Head of Law"} <= set(words)


def test_the_months_are_named_above(look: StyleSheet) -> None:
    picture = draw_svg(Timeline((row("A1", date(2012, 7, 1)), row("A2", date(2012, 10, 31)))), look)
    assert words_of(picture)[:4] == ["Jul 2012", "Aug 2012", "Sep 2012", "Oct 2012"]


@pytest.mark.parametrize(
    ("years", "first"), [(2, "Jan 2012"), (9, "2012"), (40, "2012"), (900, "2012"), (7987, "2012")]
)
def test_over_a_longer_time_fewer_are_named_and_none_over_another(look: StyleSheet, years: int, first: str) -> None:
    end = date(2012 + years, 12, 31)
    picture = draw_svg(Timeline((row("A1", date(2012, 1, 1)), row("A2", end))), look)
    named = [word for word in words_of(picture) if re.search(r"\d{4}$", word)]
    assert named[0] == first
    assert 1 <= len(named) <= 14


def test_the_meetings_day_is_a_thick_line_with_its_label(look: StyleSheet) -> None:
    rows = (row("A1", date(2012, 5, 1)), row("A2", date(2012, 9, 1)))
    picture = draw_svg(Timeline(rows, MEETING, "9 July 2012: Cabinet"), look)
    (line,) = thick_lines(picture)
    before, after = signs_of(picture, look)
    x, *_ = (float(place) for place in re.findall(r"[ML] (\S+) \S+", line))
    assert before < x < after
    assert "9 July 2012: Cabinet" in words_of(picture)
    without = draw_svg(Timeline(rows), look)
    assert thick_lines(without) == []
    assert without.height < picture.height


def test_a_meeting_before_or_after_all_days_is_still_on_the_line(look: StyleSheet) -> None:
    for today in (date(2011, 1, 1), date(2014, 1, 1)):
        picture = draw_svg(Timeline((row("A1", date(2012, 5, 1)),), today, "the meeting"), look)
        ((x, *_),) = [[float(place) for place in re.findall(r"[ML] (\S+) \S+", line)] for line in thick_lines(picture)]
        assert 0 < x < picture.width * POINTS


def test_words_stand_to_the_left_of_a_sign_where_there_is_no_room_to_the_right(look: StyleSheet) -> None:
    rows = (row("A1", date(2012, 1, 1)), row("A2", date(2012, 12, 31), words="not started at all"))
    drawn = draw_svg(Timeline(rows), look).content.decode()
    ends = re.search(r"<!-- not started at all -->\s*<g [^>]*transform=\"translate\(([\d.]+)", drawn)
    assert ends is not None
    assert float(ends[1]) < signs_of(draw_svg(Timeline(rows), look), look)[-1]


def test_rows_of_one_label_share_a_line_and_a_legend_says_what_the_signs_mean(look: StyleSheet) -> None:
    rows = tuple(
        row(f"Part {number % 3}", MEETING + timedelta(days=20 * number), *role)
        for number, role in enumerate([("status-complete", "complete"), ("overdue", "overdue")] * 6)
    )
    picture = draw_svg(Timeline(rows), look)
    words = words_of(picture)
    assert [words.count(word) for word in ("complete", "overdue", "Part 0", "Part 1", "Part 2")] == [1] * 5
    assert len(signs_of(picture, look)) == 6 + 1


def test_signs_of_one_day_in_one_line_stand_below_each_other(look: StyleSheet) -> None:
    one = draw_svg(Timeline((row("Part 1", MEETING), row("Part 1", date(2012, 9, 1)))), look).height
    three = draw_svg(Timeline((*[row("Part 1", MEETING)] * 3, row("Part 1", date(2012, 9, 1)))), look).height
    assert three > one + 5


def test_a_label_that_is_too_long_ends_in_dots(look: StyleSheet) -> None:
    words = words_of(
        draw_svg(Timeline((row("A1 " + "Assistant Director for Children and Families " * 3, MEETING),)), look)
    )
    (label,) = [word for word in words if word.startswith("A1")]
    assert label.endswith("…")
    assert len(label) > 30


def test_the_signs_have_different_outlines() -> None:
    outlines = {sign: tuple(outline_of(sign, 0, 0, 1)) for sign in ("circle", "square", "triangle", "diamond", "cross")}
    assert len(set(outlines.values())) == 5
    for corners in outlines.values():
        assert max(abs(x) for x, _ in corners) <= 1.4
        assert max(abs(y) for _, y in corners) <= 1.4


@pytest.mark.parametrize(
    "odd",
    [
        Timeline(()),
        Timeline((), MEETING, "the meeting"),
        Timeline((row("", MEETING, words=""),)),
        Timeline((row("A1", date.min), row("A2", date.max))),
    ],
)
def test_a_time_line_of_nothing_or_of_all_time_is_still_a_picture(look: StyleSheet, odd: Timeline) -> None:
    assert draw_svg(odd, look).height > 0
    assert draw_png(odd, look).content.startswith(b"\x89PNG")


def test_words_interrupt_the_meetings_line_for_all_of_their_row(look: StyleSheet) -> None:
    """Above and below words no stump of it is left."""
    rows = (row("A1", MEETING - timedelta(days=1)), row("A2", MEETING + timedelta(days=200)))
    svg = draw_svg(Timeline(rows, MEETING, "Cabinet"), look).content.decode()
    before = svg[: svg.index("<!-- complete -->")]
    plate = re.findall(r'd="([^"]*)"[^>]*style="fill: #ffffff"', before)[-1]
    edges = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", plate)]
    level = [re.findall(r"[ML] \S+ (\S+)", path) for path in re.findall(r'd="([^"]*)"[^>]*stroke-width: 0.4', svg)]
    rules = sorted({float(start) for start, end in level if start == end})
    assert min(edges) - rules[0] == pytest.approx(0.2, abs=0.01)
    assert rules[1] - max(edges) == pytest.approx(0.2, abs=0.01)
