"""What papers show in pictures, and that words and tables beside them say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen.document import (
    Chart,
    Document,
    Figure,
    Paragraph,
    Scale,
    ScaleMark,
    Section,
    Table,
    Timeline,
    blocks_of,
    plain_text,
)
from tests.samples import HOUSES, TEMPLATES, compose, sample
from tests.small import INSPECTION, PLAN, REPORT, write_council, write_house

BEFORE = """
previous:
  title: Inspection before
  framework: ofsted-sif
  source: Ofsted's report
  start: 2016-02-01
  judgements:
    - {area: Leaders, grade: Requires improvement}
    - {area: Adoption, grade: Outstanding}
"""
GROUPED = """
title: Inspection
subject: children's services
inspectorate: Ofsted
framework: ofsted-slac-2009
source: Ofsted's report
start: 2012-03-05
end: 2012-03-16
published: 2012-05-08
strengths: [Early help is strong]
findings:
  - {id: F1, text: Keep better records}
  - {id: F2, text: Plan with families}
judgements:
"""
AREAS = "".join(
    f"  - {{group: {group}, area: Area {number}, grade: {grade}}}\n"
    for group, grades in (("Safeguarding", "GGGGOOA"), ("Looked after", "OOOOGGA"))
    for number, grade in enumerate({"G": "Good", "O": "Outstanding", "A": "Adequate"}[letter] for letter in grades)
)
GROUPED_BEFORE = """
previous:
  title: Inspection before
  framework: ofsted-slac-2009
  source: Ofsted's report
  start: 2009-03-05
  judgements:
    - {group: Safeguarding, area: Area 0, grade: Adequate}
    - {group: Safeguarding, area: Area 1, grade: Adequate}
"""


def made(folder: Path, house: str = "standard", **texts: str) -> Document:
    """The finished tree of a small paper."""
    report = write_council(folder, **texts)
    return compose(report, house, (folder, TEMPLATES))


def figures_of(document: Document) -> list[Figure]:
    return [block for block in blocks_of(document) if isinstance(block, Figure)]


def tables_of(document: Document) -> dict[str, list[list[str]]]:
    """The cells of tables as text, by caption."""
    return {
        plain_text(block.caption): [
            [
                " ".join(plain_text(one.content) for one in cell.content if isinstance(one, Paragraph))
                for cell in row.cells
            ]
            for group in block.groups
            for row in group.rows
        ]
        for block in blocks_of(document)
        if isinstance(block, Table)
    }


def scale_of(document: Document) -> Scale:
    (scale,) = [figure.picture for figure in figures_of(document) if isinstance(figure.picture, Scale)]
    return scale


# ---- Grades ----


def test_few_judgements_stand_on_their_scale(tmp_path: Path) -> None:
    scale = scale_of(made(tmp_path))
    assert scale.steps == ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
    assert [(row.label, row.marks) for row in scale.rows] == [
        ("Leaders", (ScaleMark(2, "grade-2"),)),
        ("Care", (ScaleMark(4, "grade-4"),)),
    ]


def test_a_row_without_a_grade_says_why(tmp_path: Path) -> None:
    inspection = INSPECTION.replace("strengths:", "  - {area: Adoption, not_graded: not inspected}\nstrengths:")
    row = scale_of(made(tmp_path, inspection=inspection)).rows[-1]
    assert (row.label, row.marks, row.words) == ("Adoption", (), "not inspected")


def test_grades_of_the_inspection_before_stand_on_the_same_scale_with_the_year(tmp_path: Path) -> None:
    document = made(tmp_path, inspection=INSPECTION + BEFORE)
    leaders, care = scale_of(document).rows
    assert leaders.marks == (ScaleMark(2, "grade-2", "2022"), ScaleMark(3, "grade-3", "2016", earlier=True))
    assert care.marks == (ScaleMark(4, "grade-4", "2022"),)
    (figure,) = [one for one in figures_of(document) if isinstance(one.picture, Scale)]
    assert "Leaders: Good, in 2016 Requires improvement. Care: Inadequate." in figure.alternative_text


def test_a_table_sets_the_grades_of_both_inspections_beside_each_other(tmp_path: Path) -> None:
    document = made(tmp_path, inspection=INSPECTION + BEFORE)
    assert tables_of(document)["The grades of 2022 and 2016"] == [
        ["Leaders", "Good", "Requires improvement", "better"],
        ["Care", "Inadequate", "–", "–"],
        ["Adoption", "–", "Outstanding", "–"],
    ]


def test_inspections_of_one_year_are_told_apart_by_their_days(tmp_path: Path) -> None:
    document = made(tmp_path, inspection=INSPECTION + BEFORE.replace("2016-02-01", "2022-02-01"))
    words = [mark.words for mark in scale_of(document).rows[0].marks]
    assert words == ["31 October 2022", "1 February 2022"]


def test_grades_on_another_scale_stand_in_a_table_of_their_own_and_in_no_picture(tmp_path: Path) -> None:
    before = BEFORE.replace("ofsted-sif", "ofsted-slac-2009").replace("Requires improvement", "Adequate")
    document = made(tmp_path, inspection=INSPECTION + before)
    assert all(len(row.marks) == 1 and not row.marks[0].words for row in scale_of(document).rows)
    assert tables_of(document)["Summary judgements of 2016"] == [["Leaders", "Adequate"], ["Adoption", "Outstanding"]]


def test_the_sample_of_2017_looks_back_at_that_of_2012_by_its_summary_judgements() -> None:
    found = tables_of(sample("north-tyneside-sif-2017"))["Summary judgements of 2012"]
    assert found == [["Overall effectiveness", "Good"], ["Capacity for improvement", "Outstanding"]] * 2


def test_many_judgements_are_counted_for_each_group_in_a_picture_and_in_a_table(tmp_path: Path) -> None:
    document = made(tmp_path, inspection=GROUPED + AREAS)
    (figure,) = [one for one in figures_of(document) if isinstance(one.picture, Chart)]
    assert isinstance(figure.picture, Chart)
    shown = [(bar.label, {part.label: part.value for part in bar.segments}) for bar in figure.picture.bars]
    assert shown == [
        ("Safeguarding", {"Outstanding": 2, "Good": 4, "Adequate": 1}),
        ("Looked after", {"Outstanding": 4, "Good": 2, "Adequate": 1}),
    ]
    rows = tables_of(document)["The same in figures"]
    assert rows == [["Safeguarding", "2", "4", "1", "0"], ["Looked after", "4", "2", "1", "0"]]
    assert "Safeguarding: two outstanding, four good and one adequate." in figure.alternative_text


def test_counts_of_the_inspection_before_are_a_second_bar_with_its_year(tmp_path: Path) -> None:
    document = made(tmp_path, inspection=GROUPED + AREAS + GROUPED_BEFORE)
    (figure,) = [one for one in figures_of(document) if isinstance(one.picture, Chart)]
    assert isinstance(figure.picture, Chart)
    assert [bar.label for bar in figure.picture.bars] == ["Safeguarding, 2012", "2009", "Looked after, 2012"]
    assert [(part.label, part.value) for part in figure.picture.bars[1].segments] == [("Adequate", 2)]
    assert ["Safeguarding, 2009", "0", "0", "2", "0"] in tables_of(document)["The same in figures"]
    assert "and one adequate, in 2009 two adequate." in figure.alternative_text


# ---- The plan ----

ACTIONS = """
title: Improvement plan
inspection: outcome
actions:
  - {id: A1, findings: [F1], text: Buy it, due: 2023-03-31, owner: Head of Records, status: in progress, rag: amber}
  - {id: A2, findings: [F2], text: Meet families, due: 2023-01-10, status: in progress, rag: red}
  - {id: A3, own: yes, text: Meet weekly, due: 2022-12-01, status: complete}
  - {id: A4, own: yes, text: Report}
"""


def timeline_of(document: Document) -> Figure:
    (figure,) = [one for one in figures_of(document) if isinstance(one.picture, Timeline)]
    return figure


def test_actions_stand_on_a_time_line_by_their_days_with_what_they_stand_at(tmp_path: Path) -> None:
    figure = timeline_of(made(tmp_path, plan=ACTIONS))
    assert isinstance(figure.picture, Timeline)
    assert figure.picture.today == date(2023, 2, 6)
    assert figure.picture.today_label == "6 February 2023: Cabinet"
    assert [(row.label, row.due.isoformat(), row.role, row.words) for row in figure.picture.rows] == [
        ("A3", "2022-12-01", "status-complete", "complete"),
        ("A2", "2023-01-10", "overdue", "overdue, red"),
        ("A1 Head of Records", "2023-03-31", "status-in-progress", "in progress, amber"),
    ]
    assert figure.alternative_text == (
        "Time line of 3 actions: 1 complete, 1 to come, 31 March 2023 and 1 overdue on 6 February 2023."
    )


def test_actions_without_a_day_are_named_below(tmp_path: Path) -> None:
    said = [
        plain_text(block.content) for block in blocks_of(made(tmp_path, plan=ACTIONS)) if isinstance(block, Paragraph)
    ]
    assert "Without a date, so not on the time line: A4." in said


def test_the_time_line_stands_before_the_table_of_actions(tmp_path: Path) -> None:
    document = made(tmp_path, plan=ACTIONS)
    kinds = [type(block) for block in document.appendices[0].children]
    assert kinds.index(Figure) < kinds.index(Table)


def test_a_plan_with_one_dated_action_has_no_time_line(tmp_path: Path) -> None:
    assert not [one for one in figures_of(made(tmp_path)) if isinstance(one.picture, Timeline)]


@pytest.mark.parametrize(
    ("parts", "labels"),
    [(True, ["1 Records", "2"]), (False, ["Head 0", "Head 1", "Head 2", "Nobody named yet"])],
)
def test_more_than_25_actions_share_lines(tmp_path: Path, parts: bool, labels: list[str]) -> None:
    plan = PLAN.split("actions:")[0] + ("parts: [{number: 1, title: Records}, {number: 2}]\n" if parts else "")
    plan += "actions:\n" + "".join(
        f"  - {{id: A{number}, own: yes, text: Act, due: 2023-{number % 12 + 1:02}-10"
        + (f", part: {number % 2 + 1}" if parts else "")
        + (f", owner: Head {number % 4}" if number % 4 < 3 else "")
        + "}\n"
        for number in range(26)
    )
    figure = timeline_of(made(tmp_path, plan=plan))
    assert isinstance(figure.picture, Timeline)
    assert list(dict.fromkeys(row.label for row in figure.picture.rows)) == labels
    assert len(figure.picture.rows) == 26
    assert {row.words for row in figure.picture.rows} == {"overdue", "not started"}


def test_the_plan_is_summed_up_in_bars_and_in_a_table(tmp_path: Path) -> None:
    document = made(tmp_path, plan=ACTIONS)
    (figure,) = [one for one in figures_of(document) if isinstance(one.picture, Chart)]
    assert isinstance(figure.picture, Chart)
    shown = {bar.label: [(part.label, part.value, part.role) for part in bar.segments] for bar in figure.picture.bars}
    assert shown == {
        "Status": [
            ("complete", 1, "status-complete"),
            ("in progress", 2, "status-in-progress"),
            ("on hold", 0, "status-on-hold"),
            ("not started", 1, "status-not-started"),
        ],
        "How it is going": [
            ("green", 0, "rag-green"),
            ("amber", 1, "rag-amber"),
            ("red", 1, "rag-red"),
            ("not rated", 2, "rag-none"),
        ],
    }
    assert tables_of(document)["The actions in figures"] == [
        ["Complete", "1"],
        ["In progress", "2"],
        ["On hold", "0"],
        ["Not started", "1"],
        ["Overdue on 6 February 2023", "1"],
        ["Green", "0"],
        ["Amber", "1"],
        ["Red", "1"],
        ["Not rated", "2"],
    ]
    assert figure.alternative_text == (
        "Bar chart of 4 actions. Status: 1 complete, 2 in progress and 1 not started."
        " How it is going: 1 amber, 1 red and 2 not rated."
    )


def test_a_plan_of_which_nothing_is_begun_is_not_summed_up(tmp_path: Path) -> None:
    plan = ACTIONS.replace("status: in progress, rag: amber", "status: not started")
    plan = plan.replace("status: in progress, rag: red", "status: not started").replace("status: complete", "own: yes")
    document = made(tmp_path, plan=plan.replace("own: yes, text: Meet weekly", "text: Meet weekly"))
    assert not [one for one in figures_of(document) if isinstance(one.picture, Chart)]


@pytest.mark.parametrize(
    ("option", "expected"),
    [("none", []), ("timeline", [Timeline]), ("summary", [Chart]), ("both", [Chart, Timeline])],
)
def test_a_house_chooses_the_pictures_before_the_plan(tmp_path: Path, option: str, expected: list[type]) -> None:
    write_house(tmp_path, "own", f"name: Own\nextends: durham\noptions: {{plan_pictures: {option}}}\n")
    found = figures_of(made(tmp_path, "own", plan=ACTIONS))
    assert [type(figure.picture) for figure in found] == expected


def test_a_report_on_progress_is_summed_up_in_every_house(tmp_path: Path) -> None:
    for house in HOUSES:
        progress = REPORT + "kind: progress\n"
        found = figures_of(made(tmp_path / house, house, report=progress, plan=ACTIONS))
        assert [type(one.picture) for one in found].count(Chart) == 1, house


def test_each_part_shown_in_an_appendix_has_pictures_of_its_own(tmp_path: Path) -> None:
    plan = ACTIONS.replace("actions:", "parts: [{number: 1, title: Records}, {number: 2}]\nactions:")
    plan = plan.replace("id: A1,", "id: A1, part: 1,").replace("id: A2,", "id: A2, part: 1,")
    plan = plan.replace("id: A3,", "id: A3, part: 2,").replace("id: A4,", "id: A4, part: 2,")
    report = REPORT + (
        "appendices:\n  - {id: one, title: First, shows: action plan, part: 1}\n"
        "  - {id: two, title: Second, shows: action plan, part: 2}\n"
    )
    document = made(tmp_path, report=report, plan=plan)
    figure = timeline_of(document)
    assert plain_text(figure.caption) == "When the actions are due: Records"
    assert isinstance(figure.picture, Timeline)
    assert [row.label for row in figure.picture.rows] == ["A2", "A1 Head of Records"]


# ---- All samples ----


@pytest.mark.parametrize("name", ["north-tyneside-sif-2017", "dudley-ilacs-2022", "durham-slac-2011"])
def test_every_figure_in_the_standard_house_has_a_caption_a_number_and_words_for_those_who_cannot_see_it(
    name: str,
) -> None:
    found = figures_of(sample(name, "standard"))
    assert found
    for place, figure in enumerate(found, start=1):
        assert figure.number is not None
        assert figure.number.text == f"Figure {place}"
        assert plain_text(figure.caption)
        assert figure.alternative_text.endswith(".")
        assert "  " not in figure.alternative_text


@pytest.mark.parametrize("name", ["north-tyneside-sif-2017", "dudley-ilacs-2022", "north-tyneside-slac-2012"])
def test_every_count_that_a_picture_shows_stands_in_a_table_after_it(name: str) -> None:
    document = sample(name, "standard")
    blocks = list(blocks_of(document))
    charts = [(place, one.picture) for place, one in enumerate(blocks) if isinstance(one, Figure)]
    counted = 0
    for place, picture in charts:
        if isinstance(picture, Chart):
            table = next(one for one in blocks[place:] if isinstance(one, Table))
            cells = [
                plain_text(one.content)
                for group in table.groups
                for row in group.rows
                for cell in row.cells
                for one in cell.content
                if isinstance(one, Paragraph)
            ]
            for segment in (part for bar in picture.bars for part in bar.segments):
                assert str(segment.value) in cells
                counted += 1
    assert counted


def test_a_section_of_pictures_alone_is_not_printed_where_there_is_nothing_to_show(tmp_path: Path) -> None:
    document = made(tmp_path, report=REPORT.replace("action_plan: outcome", ""), plan="")
    headings = [plain_text(block.heading) for block in blocks_of(document) if isinstance(block, Section)]
    assert "The council's response" not in headings
