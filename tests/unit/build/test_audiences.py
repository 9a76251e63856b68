"""For whom a paper is made, and where it goes then."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.audiences import Audiences
from reportgen.build.finding import find_tasks
from reportgen.build.naming import output_of
from reportgen.diagnostics import Problems
from reportgen.inputs.files import DISK, product_templates
from reportgen.model.task import BOTH, Task
from tests.small import INSPECTION, PLAN, REPORT, write_council

WHY = "exempt: {paragraphs: [3], reason: A rival would bid higher}"
SECRET_ACTION = PLAN.replace("id: A1,", f"id: A1, {WHY},")
SECRET_FINDING = INSPECTION.replace("id: F1,", f"id: F1, {WHY},")
SECRET_TEXT = REPORT.replace("[To report the outcome.]", f"[{{text: To sell it, {WHY}}}]")


def test_a_paper_without_markings_is_for_everybody(tmp_path: Path) -> None:
    said = REPORT.replace("To report the outcome.", "Nothing is exempt or confidential.")
    assert Audiences(DISK).of(write_council(tmp_path, said)) == ("public",)


def test_a_marking_in_any_of_its_files_makes_two_papers_of_it(tmp_path: Path) -> None:
    law = REPORT + "confidential: {ground: prohibition, reason: Children Act 1989 s.97}\n"
    for number, folder in enumerate([(SECRET_TEXT,), (law,)]):
        assert Audiences(DISK).of(write_council(tmp_path / str(number), *folder)) == BOTH
    assert Audiences(DISK).of(write_council(tmp_path / "plan", plan=SECRET_ACTION)) == BOTH
    assert Audiences(DISK).of(write_council(tmp_path / "inspection", inspection=SECRET_FINDING)) == BOTH


def test_a_marking_in_a_plan_that_the_report_does_not_use_is_none_of_its(tmp_path: Path) -> None:
    report = write_council(tmp_path, REPORT.replace("action_plan: outcome\n", ""), plan=SECRET_ACTION)
    assert Audiences(DISK).of(report) == ("public",)


@pytest.mark.parametrize(
    ("wanted", "found"), [(BOTH, list(BOTH)), (("public",), ["public"]), (("exempt",), ["exempt"])]
)
def test_jobs_are_found_for_the_audiences_asked_for(tmp_path: Path, wanted: tuple[str, ...], found: list[str]) -> None:
    report = write_council(tmp_path, SECRET_TEXT)
    tasks = find_tasks([report], None, (product_templates(),), Problems(), audiences=wanted)  # type: ignore[arg-type]
    assert [task.audience for task in tasks] == found


def test_of_a_paper_for_everybody_there_is_no_exempt_version(tmp_path: Path) -> None:
    report = write_council(tmp_path)
    assert find_tasks([report], None, (product_templates(),), Problems(), audiences=("exempt",)) == []


def test_the_exempt_version_goes_to_a_folder_of_its_own(tmp_path: Path) -> None:
    report = write_council(tmp_path, SECRET_TEXT)
    meeting = report.parents[1] / "meetings" / "2023-02-06-cabinet.yaml"
    assert output_of(Task(report, meeting, audience="exempt"), Path("out")) == Path(
        "out/westmere/2023-02-06-cabinet/exempt/5-outcome-of-the-inspection-exempt"
    )
    assert output_of(Task(report, audience="exempt"), Path("out")) == Path(
        "out/westmere/drafts/exempt/outcome-of-the-inspection-exempt"
    )


@pytest.mark.parametrize("audience", BOTH)
def test_names_of_files_are_made_of_the_title_for_the_public(tmp_path: Path, audience: str) -> None:
    report = write_council(tmp_path, REPORT + WHY.replace("}", ", public_title: A property matter}") + "\n")
    name = output_of(Task(report, audience=audience), Path("out")).name  # type: ignore[arg-type]
    assert name.startswith("a-property-matter")
