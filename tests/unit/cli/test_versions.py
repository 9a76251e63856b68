"""Two versions of a file, a meeting or a folder: which files are compared, and what is told of those that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.changes import compare_versions
from reportgen.diagnostics import Problems
from tests.small import COUNCIL, INSPECTION, MEETING, PLAN, REPORT, write_council

MEETING_FILE = "meetings/2023-02-06-cabinet.yaml"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write_council(tmp_path / "old").parent.parent


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return write_council(tmp_path / "new").parent.parent


def changed(old: Path, new: Path) -> dict[str, list[str]]:
    """The kinds of changes by file; nothing is wrong."""
    problems = Problems()
    found = compare_versions(old, new, problems)
    assert problems.found == []
    return {one.name: [change.kind for change in one.changes] for one in found}


def wrong(old: Path, new: Path) -> list[str]:
    problems = Problems()
    compare_versions(old, new, problems)
    return [f"{one.code} {Path(one.location.path).name}: {one.message}" for one in problems.found]


def rewrite(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_two_folders_that_say_the_same_have_no_changes(old: Path, new: Path) -> None:
    rewrite(new / "reports/outcome.yaml", f"# a comment\n{REPORT}")
    assert changed(old, new) == {}
    assert changed(old.parent, new.parent) == {}


def test_every_file_of_a_council_is_compared_with_its_older_version(old: Path, new: Path) -> None:
    rewrite(new / "council.yaml", COUNCIL.replace("Borough", "City"))
    rewrite(new / "action-plans/outcome.yaml", PLAN.replace("2023-03-31", "2023-05-31"))
    rewrite(new / "inspections/outcome.yaml", INSPECTION.replace("grade: Good", "grade: Outstanding"))
    rewrite(new / MEETING_FILE, MEETING.replace("Cabinet", "Council"))
    rewrite(new / "reports/outcome.yaml", REPORT.replace("no cost", "a cost"))
    assert changed(old, new) == {
        "action-plans/outcome.yaml": ["slipped"],
        "council.yaml": ["changed"],
        "inspections/outcome.yaml": ["changed"],
        MEETING_FILE: ["changed"],
        "reports/outcome.yaml": ["reworded"],
    }


def test_files_that_only_one_version_has_and_pictures_and_texts_that_differ_are_told(old: Path, new: Path) -> None:
    rewrite(new / "reports/second.yaml", REPORT)
    (new / MEETING_FILE).unlink()
    for folder, text in ((old, "one"), (new, "another")):
        rewrite(folder / "pictures/map.png", text)
        rewrite(folder / "inspections/outcome.txt", text)
        rewrite(folder / "notes.txt", text)
        rewrite(folder / ".trash/reports/outcome.yaml", text)
    assert changed(old, new) == {
        "inspections/outcome.txt": ["changed"],
        MEETING_FILE: ["gone"],
        "pictures/map.png": ["changed"],
        "reports/second.yaml": ["new"],
    }


def test_two_files_are_compared_by_themselves_also_when_one_is_kept_elsewhere(old: Path, new: Path) -> None:
    rewrite(new / "action-plans/outcome.yaml", PLAN.replace("2023-03-31", "2023-05-31"))
    plan = new / "action-plans/outcome.yaml"
    assert changed(old / "action-plans/outcome.yaml", plan) == {"outcome.yaml": ["slipped"]}
    kept = old.parent / "kept" / "plan-of-march.yaml"
    rewrite(kept, PLAN)
    assert changed(kept, plan) == {"outcome.yaml": ["slipped"]}
    assert changed(plan, kept) == {"plan-of-march.yaml": ["brought forward"]}


def test_a_meeting_stands_for_its_papers_with_their_inspections_and_plans(old: Path, new: Path) -> None:
    rewrite(new / "action-plans/outcome.yaml", PLAN.replace("2023-03-31", "2023-05-31"))
    rewrite(new / "reports/outcome.yaml", REPORT.replace("no cost", "a cost"))
    rewrite(new / "reports/second.yaml", REPORT)
    rewrite(new / "reports/on-no-agenda.yaml", REPORT)
    rewrite(new / MEETING_FILE, MEETING + '  - {number: "6", report: second}\n  - {number: "7", report: missing}\n')
    assert changed(old / MEETING_FILE, new / MEETING_FILE) == {
        "action-plans/outcome.yaml": ["slipped"],
        "meeting": ["new", "new"],
        "reports/outcome.yaml": ["reworded"],
        "reports/second.yaml": ["new"],
    }


def test_from_within_a_folder_it_is_known_which_files_stand_in_it(
    old: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite(new / "action-plans/outcome.yaml", PLAN.replace("2023-03-31", "2023-05-31"))
    monkeypatch.chdir(new / "action-plans")
    assert changed(old / "action-plans", Path()) == {"outcome.yaml": ["slipped"]}
    assert changed(old / "action-plans/outcome.yaml", Path("outcome.yaml")) == {"outcome.yaml": ["slipped"]}
    monkeypatch.chdir(new)
    assert changed(old, Path()) == {"action-plans/outcome.yaml": ["slipped"]}


def test_what_cannot_be_compared_is_told_in_a_message(old: Path, new: Path) -> None:
    plan, report = new / "action-plans/outcome.yaml", new / "reports/outcome.yaml"
    assert wrong(old, new / "nowhere") == ["RG001 nowhere: there is no such file or folder"]
    assert wrong(old, plan) == [f"RG060 westmere: this is a folder, and {plan} is a file"]
    assert wrong(old / "reports/outcome.yaml", plan) == [
        f"RG060 outcome.yaml: this is another kind of file than {old / 'reports/outcome.yaml'}: it stands in "
        "action-plans, the other in reports"
    ]
    rewrite(old / "one.yaml", PLAN)
    rewrite(new / "other.yaml", PLAN)
    assert wrong(old / "one.yaml", new / "other.yaml") == ["RG060 other.yaml: nothing says what kind of file this is"]
    assert wrong(old / "pictures", new) == ["RG001 pictures: there is no such file or folder"]
    (old / "empty").mkdir()
    assert wrong(old / "empty", old / "empty") == ["RG060 empty: neither folder holds a file of a council"]
    assert report.exists()


def test_one_broken_file_is_told_and_the_others_are_compared(old: Path, new: Path) -> None:
    rewrite(new / "action-plans/outcome.yaml", PLAN.replace("2023-03-31", "31/5/2023"))
    rewrite(new / "reports/outcome.yaml", REPORT.replace("no cost", "a cost"))
    problems = Problems()
    found = compare_versions(old, new, problems)
    assert [one.code for one in problems.found] == ["RG012"]
    assert [one.name for one in found] == ["reports/outcome.yaml"]
