"""`reportgen changes`: sentences for officers, JSON for programs, and a file that is whole or not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportgen.changes import WordRun
from reportgen.cli.changes import marked, spoken
from tests.samples import ROOT
from tests.small import PLAN, REPORT, write_council
from tests.unit.cli.conftest import Run, change

BEFORE, AFTER = "old/westmere", "new/westmere"


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The folders of a council as it was and as it is, which differ in three places."""
    monkeypatch.chdir(tmp_path)
    write_council(Path("old"))
    write_council(Path("new"), REPORT.replace("no cost", "a small cost"), plan=PLAN.replace("2023-03-31", "2023-09-30"))
    change(
        Path(AFTER, "action-plans/outcome.yaml"), "  - {id: A2,", "  - {id: A3, own: yes, text: Recruit}\n  - {id: A2,"
    )
    return Path(BEFORE), Path(AFTER)


@pytest.mark.usefixtures("versions")
def test_changes_are_told_in_sentences_with_their_places(run: Run) -> None:
    result = run("changes", BEFORE, AFTER)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "new/westmere/action-plans/outcome.yaml:5:59: action A1: slipped from 31 March 2023 to 30 September 2023\n"
        "  before: old/westmere/action-plans/outcome.yaml:5:59\n"
        "new/westmere/action-plans/outcome.yaml:6:5: action A3: new: 'Recruit'\n"
        "\n"
        "new/westmere/reports/outcome.yaml:10:27: implication 'finance', text: reworded\n"
        "  There is [-no-] {+a small+} cost.\n"
        "  before: old/westmere/reports/outcome.yaml:10:27\n"
        "\n"
        "[-words-] are gone, {+words+} are new.\n"
        "3 changes: 1 new, 1 reworded, 1 slipped\n"
    )


@pytest.mark.usefixtures("versions")
def test_what_is_the_same_has_no_changes(run: Run) -> None:
    result = run("changes", BEFORE, BEFORE)
    assert (result.exit_code, result.stdout) == (0, "nothing has changed\n")


@pytest.mark.usefixtures("versions")
def test_json_has_the_same_changes_and_only_keys_that_are_documented(run: Run) -> None:
    found = json.loads(run("changes", BEFORE, AFTER, "--format", "json").stdout)
    assert (found["version"], found["old"], found["new"]) == (1, BEFORE, AFTER)
    assert {kind: count for kind, count in found["counts"].items() if count} == {"new": 1, "reworded": 1, "slipped": 1}
    [slipped, new], [reworded] = (file["changes"] for file in found["files"])
    assert slipped == {
        "kind": "slipped",
        "about": "action A1",
        "label": "due date",
        "key": "actions[A1].due",
        "was": "2023-03-31",
        "now": "2023-09-30",
        "original": "2023-03-31",
        "words": None,
        "old": {"path": "old/westmere/action-plans/outcome.yaml", "line": 5, "column": 59},
        "new": {"path": "new/westmere/action-plans/outcome.yaml", "line": 5, "column": 59},
    }
    assert new["now"] == {"id": "A3", "text": "Recruit", "own": True, "status": "not started"}
    assert [piece["kind"] for piece in reworded["words"]] == ["same", "gone", "new", "same"]
    documented = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
    keys = {*found, *found["files"][0], *slipped, *slipped["old"], *found["counts"]}
    assert {key for key in keys if f"`{key}`" not in documented} == set()


@pytest.mark.usefixtures("versions")
def test_the_list_is_written_to_a_file_and_never_over_what_is_compared(run: Run) -> None:
    result = run("changes", BEFORE, AFTER, "--out", "made/changes.txt")
    assert (result.exit_code, result.stdout) == (0, "made/changes.txt\n")
    assert Path("made/changes.txt").read_text(encoding="utf-8") == run("changes", BEFORE, AFTER).stdout
    assert [path.name for path in Path("made").iterdir()] == ["changes.txt"]
    plan = f"{AFTER}/action-plans/outcome.yaml"
    before = Path(plan).read_bytes()
    refused = run("changes", f"{BEFORE}/action-plans/outcome.yaml", plan, "--out", plan)
    assert refused.exit_code == 1
    assert refused.stderr == f"{plan}: error: this is what is to be compared; name another file for the list\n"
    assert Path(plan).read_bytes() == before


@pytest.mark.usefixtures("versions")
def test_a_file_with_errors_is_told_and_the_exit_code_says_so(run: Run) -> None:
    change(Path(AFTER, "action-plans/outcome.yaml"), "2023-09-30", "30.9.2023")
    result = run("changes", BEFORE, AFTER)
    assert result.exit_code == 1
    assert "error RG012: due: '30.9.2023' was found" in result.stderr
    assert "implication 'finance', text: reworded" in result.stdout
    missing = run("changes", BEFORE, "new/nowhere", "--out", "made.txt")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "new/nowhere: error RG001: there is no such file or folder" in missing.stderr
    assert not Path("made.txt").exists()


@pytest.mark.usefixtures("versions")
def test_the_same_versions_give_the_same_bytes(run: Run) -> None:
    for form in ("text", "json"):
        assert run("changes", BEFORE, AFTER, "--format", form).stdout == (
            run("changes", BEFORE, AFTER, "--format", form).stdout
        )


def test_values_are_told_as_officers_write_them() -> None:
    assert [spoken(value) for value in (None, True, False, 5, "2026-09-01", " a \n b ")] == [
        "nothing",
        "yes",
        "no",
        "5",
        "1 September 2026",
        "'a b'",
    ]
    assert spoken(["Police", "Schools"]) == "'Police' and 'Schools'"
    assert spoken([]) == "nothing"
    assert spoken({"id": "x", "title": "The plan"}) == "'The plan'"
    assert spoken({"until": "2026-09-01", "rag": "red"}) == "until 1 September 2026, rag 'red'"
    assert len(spoken("word " * 100)) == 102


def test_of_a_long_text_only_what_stands_near_a_change_is_printed() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    text = marked(
        [
            WordRun("same", long),
            WordRun("gone", "old"),
            WordRun("same", long),
            WordRun("new", "new"),
            WordRun("same", long),
        ]
    )
    assert text == (
        "… w33 w34 w35 w36 w37 w38 w39 [-old-] w0 w1 w2 w3 w4 w5 w6 … w33 w34 w35 w36 w37 w38 w39 {+new+} "
        "w0 w1 w2 w3 w4 w5 w6 …"
    )
    assert not re.search("w2[0-9]", text)
