"""Where a paper goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.naming import output_of
from reportgen.model.task import Task
from tests.unit.build.papers import MEETING, REPORT, write


@pytest.mark.usefixtures("root")
def test_the_path_names_council_meeting_item_and_title() -> None:
    first = Task(Path("inputs/sample/reports/first.yaml"), Path("inputs/sample/meetings/2022-09-13-cabinet.yaml"))
    second = Task(Path("inputs/sample/reports/second.yaml"))
    assert output_of(first, Path("out")) == Path("out/sample/2022-09-13-cabinet/7e-the-councils-first-report")
    assert output_of(second, Path("out")) == Path("out/sample/drafts/a-second-report")


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Children’s services – outcome & next steps", "childrens-services-outcome-and-next-steps"),
        ("Café Société: naïve façade", "cafe-societe-naive-facade"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("A" * 90, "a" * 60),
        ("خطة", "titled"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_becomes_a_short_plain_name(title: str, name: str) -> None:
    report = write("inputs/sample/reports/titled.yaml", REPORT.format(title=f"'{title}'"))
    assert output_of(Task(report), Path("out")).name == name


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(("number", "part"), [("7(e)", "7e"), ("12", "12"), ("7.1", "7-1"), ("A/3", "a-3")])
def test_an_items_number_becomes_part_of_the_name(number: str, part: str) -> None:
    meeting = write("inputs/sample/meetings/m.yaml", MEETING.format(report="second").replace("7(e)", number))
    task = Task(Path("inputs/sample/reports/second.yaml"), meeting)
    assert output_of(task, Path("out")).name == f"{part}-a-second-report"
