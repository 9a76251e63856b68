"""Where a paper goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.names import name_of
from reportgen.model.task import Task

REPORT = Path("inputs/sample/reports/titled.yaml")
MEETING = Path("inputs/sample/meetings/2022-09-13-cabinet.yaml")


def test_the_path_names_council_meeting_item_and_title() -> None:
    assert name_of(Task(REPORT, MEETING), "A report", "7(e)") == "sample/2022-09-13-cabinet/7e-a-report"
    assert name_of(Task(REPORT), "A report", "") == "sample/drafts/a-report"
    assert name_of(Task(MEETING, papers=()), "", "") == "sample/2022-09-13-cabinet/agenda"


def test_the_exempt_version_goes_to_a_folder_of_its_own() -> None:
    exempt = Task(REPORT, MEETING, audience="exempt")
    assert name_of(exempt, "A report", "5") == "sample/2022-09-13-cabinet/exempt/5-a-report-exempt"
    assert name_of(Task(REPORT, audience="exempt"), "A report", "") == "sample/drafts/exempt/a-report-exempt"


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
    assert name_of(Task(REPORT), title, "") == f"sample/drafts/{name}"


@pytest.mark.parametrize(("number", "part"), [("7(e)", "7e"), ("12", "12"), ("7.1", "7-1"), ("A/3", "a-3")])
def test_an_items_number_becomes_part_of_the_name(number: str, part: str) -> None:
    assert name_of(Task(REPORT, MEETING), "Titled", number) == f"sample/2022-09-13-cabinet/{part}-titled"
