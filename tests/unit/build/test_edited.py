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

from reportgen.build.building import Build
from reportgen.build.hands import OwnHands
from reportgen.build.orders import Outcome
from reportgen.diagnostics import Problems
from reportgen.inputs.files import product_templates
from tests.unit.build.folders import begin
from tests.unit.build.papers import MEETING, REPORT, made, make, write

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


def make_word() -> list[Outcome]:
    return make("inputs", formats=["docx"])


def make_front_sheets() -> list[Outcome]:
    with Build(Path("outputs")) as build:
        build.find([Path("inputs")], None, [product_templates()], Problems())
        return list(build.run(build.front_sheets(()), ["docx"], lambda _: OwnHands(60)))


def told(path: str = KEPT) -> str:
    return f"{path}: the Word file had been edited, and is kept here; `reportgen entries` reads the changes back"


# ---- Where it goes ----


def test_an_edited_word_file_is_moved_aside_before_the_paper_is_made_again() -> None:
    make_word()
    before = Path(f"{SECOND}.docx").read_bytes()
    edit(f"{SECOND}.docx")
    _, second = make_word()
    assert second.notes == (told(),)
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
        assert [note for one in make_word() for note in one.notes if "edited" in note] == []
    Path("inputs/sample/reports/second.yaml").unlink()
    with Build(Path("outputs")) as build:
        build.clear_away(build.find([Path("inputs")], None, [product_templates()], Problems()))
    assert made() == [f"{FIRST}.docx", KEPT]
    manifest = json.loads(words_in("outputs/manifest.json"))
    assert [file for paper in manifest["papers"] for file in paper["files"]] == [f"{FIRST[8:]}.docx"]


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
    _, second = make_word()
    assert (second.state, second.notes) == ("made", ())
    assert made() == [f"{FIRST}.docx", f"{SECOND}.docx"]


def test_a_file_that_already_is_what_would_be_made_needs_no_keeping() -> None:
    make_word()
    second = Path(f"{SECOND}.docx").read_bytes()
    write("inputs/sample/reports/second.yaml", CHANGED)
    make_word()
    Path(f"{SECOND}.docx").write_bytes(second)
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report"))
    assert [one.notes for one in make_word()] == [(), ()]
    assert made() == [f"{FIRST}.docx", f"{SECOND}.docx"]


def test_a_word_file_that_no_record_tells_of_may_have_been_edited() -> None:
    edit(f"{SECOND}.docx")
    _, second = make_word()
    assert second.notes == (told(),)
    assert words_in(KEPT) == "edited by an officer"


def test_only_word_files_are_kept_and_of_others_it_is_said_that_they_had_been_changed() -> None:
    make("inputs", formats=["html"])
    edit(f"{SECOND}.html")
    _, second = make("inputs", formats=["html"])
    assert second.notes == (f"{SECOND}.html had been changed since it was made",)
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]


def test_a_build_of_another_format_leaves_an_edited_word_file_where_it_is() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    _, second = make("inputs", formats=["html"])
    assert second.notes == ()
    assert words_in(f"{SECOND}.docx") == "edited by an officer"


# ---- Whatever becomes of its paper ----


def test_the_edited_file_of_a_paper_that_has_another_title_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write("inputs/sample/reports/second.yaml", REPORT.format(title="Quite another report"))
    _, second = make_word()
    assert second.notes == (told(),)
    assert made() == [f"{FIRST}.docx", KEPT, "outputs/sample/drafts/quite-another-report.docx"]


def test_the_edited_file_of_a_paper_that_is_broken_now_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write("inputs/sample/reports/second.yaml", "title: A second report\n")
    _, second = make_word()
    assert (second.state, second.notes) == ("broken", (told(),))
    assert made() == [f"{FIRST}.docx", KEPT]


def test_the_edited_file_of_a_stale_format_is_kept() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    write("inputs/sample/reports/second.yaml", CHANGED)
    _, second = make("inputs", formats=["html"])
    assert second.notes == (told(),)
    assert words_in(KEPT) == "edited by an officer"


def test_the_edited_file_of_a_paper_that_is_withdrawn_is_kept() -> None:
    make_word()
    edit(f"{FIRST}.docx")
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="second"))
    with Build(Path("outputs")) as build:
        tasks = build.find([Path("inputs")], None, [product_templates()], Problems())
        said = build.clear_away(tasks)
    kept = f"{FIRST} - edited {WHEN}.docx"
    assert said == [told(kept), f"removed: {SECOND}.docx, as its paper is no longer there"]
    assert made() == [kept]


def test_the_edited_agenda_is_kept_too_and_has_no_entries_to_read_back() -> None:
    agenda = "outputs/sample/2022-09-13-cabinet/agenda"
    make_front_sheets()
    edit(f"{agenda}.docx")
    [sheet] = make_front_sheets()
    assert sheet.notes == (f"{agenda} - edited {WHEN}.docx: the Word file had been edited, and is kept here",)


def test_papers_that_take_each_others_names_are_all_there_and_so_is_what_was_edited() -> None:
    """Items that move down by one, all with the same title."""
    for number in (1, 2, 3):
        write(f"inputs/sample/reports/r{number}.yaml", REPORT.format(title=f"Update {number}"))
    make_word()
    edit("outputs/sample/drafts/update-2.docx")
    for number in (1, 2, 3):
        write(f"inputs/sample/reports/r{number}.yaml", REPORT.format(title=f"Update {number + 1}"))
    make_word()
    names = [Path(path).name for path in made() if "update" in path]
    assert names == [f"update-2 - edited {WHEN}.docx", "update-2.docx", "update-3.docx", "update-4.docx"]
    for number in (2, 3, 4):
        with zipfile.ZipFile(f"outputs/sample/drafts/update-{number}.docx") as package:
            assert f"Update {number}" in package.read("docProps/core.xml").decode()
    assert {one.state for one in make_word()} == {"unchanged"}


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
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + MARKED + more)
    make_word()
    kept = f"outputs/sample/drafts/exempt/a-second-report - edited {WHEN}.docx"
    assert words_in(kept) == "Who holds them, and more"
    assert [path for path in made() if "edited" in path] == [kept]


def test_an_edited_exempt_paper_stays_in_its_folder_when_there_is_nothing_exempt_any_more() -> None:
    exempt = "outputs/sample/drafts/exempt/a-second-report-exempt"
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + MARKED)
    make_word()
    edit(f"{exempt}.docx")
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report"))
    with Build(Path("outputs")) as build:
        tasks = build.find([Path("inputs")], None, [product_templates()], Problems())
        assert build.clear_away(tasks) == [told(f"{exempt} - edited {WHEN}.docx")]


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
        write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report"))
        make_word()
        edit(f"{SECOND}.docx", f"edit {renames}")
        write("inputs/sample/reports/second.yaml", CHANGED)
        ended = build_killed_after(renames)
        edits = sorted(path for path in made() if re.search(rb"^edit \d+$", Path(path).read_bytes()))
        assert [words_in(path) for path in edits].count(f"edit {renames}") == 1
        assert len(edits) == renames + 1
        make_word()
        papers = [path for path in made() if " - edited " not in path and path.startswith((FIRST, SECOND))]
        assert papers == [f"{FIRST}.docx", f"{SECOND}.docx"]
        renames += 1
    assert ended == 0
    assert renames > 4  # the edited file, the paper, the page, the manifest, the record
    assert not list(Path("outputs").rglob("*.new"))


def test_two_builds_at_once_keep_an_edited_file_once() -> None:
    make_word()
    edit(f"{SECOND}.docx")
    processes = [begin("--format", "docx", "--jobs", "1") for _ in range(2)]
    told_by = [process.communicate(timeout=120)[1].count(told()) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(told_by) == [0, 1]
    assert [path for path in made() if " - edited " in path] == [KEPT]
    assert words_in(KEPT) == "edited by an officer"
