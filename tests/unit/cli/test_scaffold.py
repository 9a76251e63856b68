"""`reportgen new`, `init` and `schema`: what they write can be built as it is, and nothing is overwritten."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.cli import KINDS, main
from reportgen.cli.scaffold import STARTERS
from tests.unit.cli.conftest import Run, change


def test_a_new_folder_makes_its_papers_at_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "north-demo")
    assert result.exit_code == 0
    assert {Path(line) for line in result.stdout.splitlines()} == {
        path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()
    }
    monkeypatch.chdir(tmp_path / "north-demo")
    made = run("build", "--format", "html", "--strict")
    assert (made.exit_code, made.stderr) == (0, "35 gaps in this draft\n2 gaps in this front sheet\n1 paper made\n")
    [paper] = Path("outputs").rglob("1-*.html")
    text = paper.read_text(encoding="utf-8")
    assert "North Demo Council" in text
    assert "[what the report is for, in a sentence or two]" in text
    assert "??" not in text


@pytest.mark.slow
def test_the_makefile_of_a_new_folder_makes_papers(demo: Path) -> None:
    command = ["make", f"REPORTGEN={sys.executable} -m reportgen"]
    listed = subprocess.run([*command, "help"], cwd=demo, capture_output=True, text=True, check=True)
    assert "make pre-meeting" in listed.stdout
    assert "make draft" in listed.stdout
    subprocess.run([*command, "pre-meeting"], cwd=demo, capture_output=True, check=True)
    made = sorted(path.name for path in (demo / "outputs" / "demo").rglob("*.*"))
    paper = "1-outcome-of-the-inspection-of-childrens-services"
    assert made == [f"{paper}.docx", f"{paper}.pdf", "agenda.docx", "agenda.pdf"]
    assert (demo / "outputs" / "index.html").is_file()


@pytest.mark.usefixtures("demo")
def test_the_readme_of_a_new_folder_says_how_to_begin_and_names_commands_that_there_are() -> None:
    text = Path("README.txt").read_text(encoding="utf-8")
    assert "/.venv/bin/activate" in text
    assert {"check", "entries", "explain", "new"} <= set(re.findall(r"\breportgen ([a-z]+)", text))
    assert set(re.findall(r"^    reportgen ([a-z]+)", text, re.MULTILINE)) <= main.commands.keys()
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.usefixtures("demo")
def test_init_and_new_never_overwrite_a_file(run: Run) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    results = [
        run("init", "."),
        run("new", "report", "sample"),
        run("new", "council", "demo"),
        run("new", "house", "demo"),
    ]
    assert [result.exit_code for result in results] == [1, 1, 1, 1]
    assert [result.stderr for result in results] == [
        f"{path}: error: the file exists already; nothing was written\n"
        for path in (
            "README.txt",
            "inputs/demo/reports/sample.yaml",
            "inputs/demo/council.yaml",
            "templates/demo/house.yaml",
        )
    ]
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "order", [("inspection", "action-plan", "report"), ("report", "action-plan", "inspection"), ("report",)]
)
def test_new_records_build_in_whatever_order_they_are_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "council", "demo")
    for kind in order:
        assert run("new", kind, "ilacs").exit_code == 0
    run("new", "meeting", "2026-10-13-policy-committee")
    result = run("build", "--format", "html", "--strict")
    assert (result.exit_code, result.stderr.splitlines()[1:]) == (0, ["2 gaps in this front sheet", "1 paper made"])
    [paper] = Path("outputs/demo/2026-10-13-policy-committee").glob("1-*.html")
    assert "Policy committee" in paper.read_text(encoding="utf-8")


@pytest.mark.usefixtures("demo")
def test_a_new_plan_has_an_action_for_each_finding(run: Run) -> None:
    run("new", "inspection", "visit")
    change(Path("inputs/demo/inspections/visit.yaml"), "  - id: F2", "  - id: F2\n    text: Another.\n  - id: F3")
    run("new", "action-plan", "visit")
    plan = Path("inputs/demo/action-plans/visit.yaml").read_text(encoding="utf-8")
    assert plan.count("- id: A") == 3
    assert "findings: [F3]" in plan


@pytest.mark.usefixtures("demo")
def test_a_new_house_can_be_used_at_once(run: Run) -> None:
    assert run("new", "house", "plain").stdout == "templates/plain/house.yaml\n"
    assert run("build", "--house", "plain", "--format", "html", "--strict").exit_code == 0


@pytest.mark.usefixtures("demo")
def test_the_council_is_found_or_has_to_be_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("new", "report", "a").stdout == "inputs/demo/reports/a.yaml\n"
    run("new", "council", "other")
    unclear = run("new", "report", "b")
    assert unclear.exit_code == 2
    assert "there are 2 councils here; say which, for instance --dir inputs/demo" in unclear.stderr
    assert run("new", "report", "b", "--dir", "inputs/other").stdout == "inputs/other/reports/b.yaml\n"
    assert run("new", "report", "b", "--dir", "inputs").exit_code == 2
    monkeypatch.chdir("inputs/other")
    assert run("new", "report", "c").stdout == "reports/c.yaml\n"
    monkeypatch.chdir("reports")
    assert run("new", "report", "d").exit_code == 2


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["../escape", "a b", "-", ""])
def test_a_name_that_no_file_could_refer_to_is_wrong_usage(run: Run, name: str) -> None:
    assert run("new", "house", "--", name).exit_code == 2


@pytest.mark.usefixtures("demo")
def test_a_name_may_be_typed_with_its_ending(run: Run) -> None:
    assert run("new", "report", "visit.yaml").stdout == "inputs/demo/reports/visit.yaml\n"


@pytest.mark.usefixtures("demo")
def test_a_file_where_a_folder_is_needed_is_an_error_without_a_traceback(run: Run) -> None:
    for arguments in (
        ["schema", "--dir", "Makefile"],
        ["init", "Makefile/x"],
        ["new", "house", "x", "--dir", "Makefile"],
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (1, "Makefile: error: this is a file, but a folder was expected\n")


def test_there_is_a_starter_for_each_kind() -> None:
    assert {path.stem for path in STARTERS.glob("*.yaml")} >= set(KINDS)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["09-07-2026-cabinet", "2026-13-01-cabinet", "cabinet"])
def test_a_meeting_is_named_by_its_day_and_no_day_is_made_up(run: Run, name: str) -> None:
    before = set(Path().rglob("*"))
    said = run("new", "meeting", name)
    assert said.exit_code == 2
    assert f"'{name}' does not begin with the day of the meeting" in said.stderr
    assert set(Path().rglob("*")) == before


@pytest.mark.usefixtures("demo")
def test_a_meeting_named_by_its_day_alone_is_the_cabinets(run: Run) -> None:
    assert run("new", "meeting", "2026-10-01").exit_code == 0
    text = Path("inputs/demo/meetings/2026-10-01.yaml").read_text(encoding="utf-8")
    assert ("date: 2026-10-01" in text, "body: Cabinet" in text) == (True, True)
