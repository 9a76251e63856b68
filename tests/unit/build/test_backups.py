"""A Word file that an officer has worked on is never lost, whatever becomes of its paper."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from reportgen.build.builder import BuildResult
from tests.unit.build.papers import MEETING, REPORT, begin, build, made, results, write, write_report

FIRST = "outputs/sample/2022-09-13-cabinet/7e-the-councils-first-report"
SECOND = "outputs/sample/drafts/a-second-report"
SAVED = time.mktime((2026, 11, 9, 14, 5, 30, 0, 0, -1))
WHEN = "2026-11-09 14.05"
KEPT = f"{SECOND} - edited {WHEN}.docx"
CHANGED = REPORT.format(title="A second report") + "wards: Changed\n"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("root")]


def edit(path: str, words: str = "edited by an officer") -> None:
    """Save words in the file, at five past two on 9 November."""
    write(path, words)
    os.utime(path, (SAVED, SAVED))


def words_in(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def make_word(form: str = "docx") -> BuildResult:
    """Build all papers, and return what became of the second one."""
    return results(formats=(form,))["second"]


def moved(kept: str = KEPT, path: str = f"{SECOND}.docx") -> str:
    how = "as the Word file had been edited; `reportgen entries` reads the changes back"
    return f"moved: {path} to {kept}, {how}"


# ---- Where it goes ----


def test_an_edited_word_file_is_moved_aside_before_the_paper_is_made_again() -> None:
    make_word()
    before = Path(f"{SECOND}.docx").read_bytes()
    edit(f"{SECOND}.docx")
    second = make_word()
    assert second.changes == (moved(),)
    assert second.reasons == ("the Word file has been changed since it was made",)
    assert words_in(KEPT) == "edited by an officer"
    assert Path(KEPT).stat().st_mtime == SAVED
    assert Path(f"{SECOND}.docx").read_bytes() == before
    assert made() == [f"{FIRST}.docx", KEPT, f"{SECOND}.docx"]


def test_no_later_build_touches_what_was_kept_or_takes_it_for_a_paper() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    make_word()
    for text in (CHANGED, "title: Broken\n", REPORT.format(title="Another title")):
        write("inputs/sample/reports/second.yaml", text)
        assert not any("edited" in change for change in make_word().changes)
    Path("inputs/sample/reports/second.yaml").unlink()
    build(formats=("docx",))
    assert [path for path in made() if "superseded" not in path] == [f"{FIRST}.docx", KEPT]
    manifest = json.loads(words_in("outputs/manifest.json"))
    assert f"{FIRST[8:]}.docx" in {file for paper in manifest["papers"] for file in paper["files"]}
    assert "edited" not in words_in("outputs/manifest.json")


def test_two_edits_of_the_same_minute_are_both_kept() -> None:
    make_word()
    for words in ("one", "two", "three"):
        edit(f"{SECOND}.docx", words)
        make_word()
    names = [KEPT, KEPT.replace(".docx", " (2).docx"), KEPT.replace(".docx", " (3).docx")]
    assert [words_in(name) for name in names] == ["one", "two", "three"]


def test_a_paper_that_nobody_has_edited_is_written_over_without_a_word() -> None:
    make_word()
    write("inputs/sample/reports/second.yaml", CHANGED)
    second = make_word()
    assert (second.state, second.changes) == ("made", ())
    assert made() == [f"{FIRST}.docx", f"{SECOND}.docx"]


def test_a_file_that_already_is_what_would_be_made_needs_no_keeping() -> None:
    make_word()
    second = Path(f"{SECOND}.docx").read_bytes()
    write("inputs/sample/reports/second.yaml", CHANGED)
    make_word()
    Path(f"{SECOND}.docx").write_bytes(second)
    write_report("second", "A second report")
    assert make_word().changes == ()
    assert made() == [f"{FIRST}.docx", f"{SECOND}.docx"]


def test_a_word_file_that_no_record_tells_of_may_have_been_edited() -> None:
    edit(f"{SECOND}.docx")
    second = make_word()
    assert second.changes == (moved(),)
    assert words_in(KEPT) == "edited by an officer"


def test_only_word_files_are_kept_and_of_others_it_is_said_that_they_had_been_changed() -> None:
    make_word("html")
    edit(f"{SECOND}.html")
    second = make_word("html")
    assert second.notes == (f"{SECOND}.html had been changed since it was made",)
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]


def test_a_build_of_another_format_leaves_an_edited_word_file_where_it_is() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    assert make_word("html").changes == ()
    assert words_in(f"{SECOND}.docx") == "edited by an officer"


# ---- Whatever becomes of its paper ----


def test_the_edited_file_of_a_paper_that_has_another_title_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write_report("second", "Quite another report")
    second = make_word()
    assert second.changes == (moved(),)
    assert made() == [f"{FIRST}.docx", KEPT, "outputs/sample/drafts/quite-another-report.docx"]


def test_the_edited_file_of_a_paper_that_is_broken_now_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write("inputs/sample/reports/second.yaml", "title: A second report\n")
    second = make_word()
    assert (second.state, second.changes) == ("broken", (moved(),))
    assert made() == [f"{FIRST}.docx", KEPT]


def test_the_edited_file_of_a_stale_format_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write("inputs/sample/reports/second.yaml", CHANGED)
    second = make_word("html")
    assert second.changes == (moved(),)
    assert words_in(KEPT) == "edited by an officer"


def test_the_edited_file_of_a_paper_that_is_withdrawn_is_kept() -> None:
    make_word()
    edit(f"{FIRST}.docx")
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="second"))
    kept = f"{FIRST} - edited {WHEN}.docx"
    assert build(formats=("docx",)).changes == [
        moved(kept, f"{FIRST}.docx"),
        f"removed: {SECOND}.docx, as its paper is no longer there",
    ]
    assert kept in made()


def test_the_edited_agenda_is_kept_too_and_has_no_entries_to_read_back() -> None:
    agenda = "outputs/sample/2022-09-13-cabinet/agenda"
    make_word()
    edit(f"{agenda}.docx")
    [sheet] = build(formats=("docx",)).front_sheets
    kept = f"{agenda} - edited {WHEN}.docx"
    assert sheet.changes == (f"moved: {agenda}.docx to {kept}, as the Word file had been edited",)


def test_papers_that_take_each_others_names_are_all_there_and_so_is_what_was_edited() -> None:
    """Items that move down by one, all with the same title."""
    for number in (1, 2, 3):
        write_report(f"r{number}", f"Update {number}")
    make_word()
    edit("outputs/sample/drafts/update-2.docx")
    for number in (1, 2, 3):
        write_report(f"r{number}", f"Update {number + 1}")
    make_word()
    names = [Path(path).name for path in made() if "update" in path]
    assert names == [f"update-2 - edited {WHEN}.docx", "update-2.docx", "update-3.docx", "update-4.docx"]
    for number in (2, 3, 4):
        with zipfile.ZipFile(f"outputs/sample/drafts/update-{number}.docx") as package:
            assert f"Update {number}" in package.read("docProps/core.xml").decode()
    assert {one.state for one in results(formats=("docx",)).values()} == {"unchanged"}


# ---- What the public must not read ----

MARKED = """
appendices:
  - id: posts
    title: Posts
    text: Who holds them.
    exempt: {paragraphs: [1], reason: It is about one person}
"""


@pytest.mark.parametrize("more", ["", "no YAML: ["])
def test_an_edited_public_paper_goes_where_nothing_is_published_once_its_report_is_marked(more: str) -> None:
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + MARKED.split("    exempt")[0])
    make_word()
    edit(f"{SECOND}.docx", "Who holds them, and more")
    write_report("second", "A second report", MARKED + more)
    make_word()
    kept = f"outputs/sample/drafts/exempt/a-second-report - edited {WHEN}.docx"
    assert words_in(kept) == "Who holds them, and more"
    assert [path for path in made() if "edited" in path] == [kept]


def test_an_edited_exempt_paper_stays_in_its_folder_when_there_is_nothing_exempt_any_more() -> None:
    exempt = "outputs/sample/drafts/exempt/a-second-report-exempt"
    write_report("second", "A second report", MARKED)
    make_word()
    edit(f"{exempt}.docx")
    write_report("second", "A second report")
    assert build(formats=("docx",)).changes == [moved(f"{exempt} - edited {WHEN}.docx", f"{exempt}.docx")]


# ---- Accidents ----

KILLED = """
import os, signal, sys
from pathlib import Path
left = int(sys.argv.pop(1))
def stop(inner):
    def renamed(self, target):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return inner(self, target)
    return renamed
Path.rename, Path.replace = stop(Path.rename), stop(Path.replace)
from reportgen.cli import main
main()
"""


def build_killed_after(renames: int) -> int:
    """A build that is killed where it would move one file more; how it ended."""
    command = [sys.executable, "-P", "-c", KILLED, str(renames), "build", "--format", "docx", "--jobs", "1"]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_build_that_is_killed_at_any_move_of_a_file_loses_no_edit() -> None:
    renames, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        write_report("second", "A second report")
        make_word()
        edit(f"{SECOND}.docx", f"edit {renames}")
        write("inputs/sample/reports/second.yaml", CHANGED)
        ended = build_killed_after(renames)
        edits = sorted(path for path in made() if re.search(rb"^edit \d+$", Path(path).read_bytes()))
        assert [words_in(path) for path in edits].count(f"edit {renames}") == 1
        assert len(edits) == renames + 1
        make_word()
        papers = [path for path in made() if " - edited " not in path]
        assert papers == [f"{FIRST}.docx", f"{SECOND}.docx"]
        renames += 1
    assert ended == 0
    assert renames > 4  # the edited file, the record, the paper, the discovery, the page
    assert not list(Path("outputs").rglob("*.new"))


def test_two_builds_at_once_keep_an_edited_file_once() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    processes = [begin("--format", "docx", "--jobs", "1") for _ in range(2)]
    moves = [process.communicate(timeout=120)[0].count(moved()) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(moves) == [0, 1]
    assert [path for path in made() if " - edited " in path] == [KEPT]
    assert words_in(KEPT) == "edited by an officer"
