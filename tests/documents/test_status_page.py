"""The page that shows what a build did is valid, accessible and fits a telephone, as programs that are not ours say."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.status_page import FileStatus, MeetingStatus, PaperState, PaperStatus, Run, render_status
from reportgen.diagnostics import Diagnostic, Location, Severity
from tests.documents.browsing import messages_of_vnu, overflow_at, violations_of_axe

AWKWARD = (
    "</p><script>alert(1)</script> R&D \"q\" 'q' تقرير "
    + "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 3
)
FOUND = tuple(
    Diagnostic(severity, "RG001", Location(f"inputs/{AWKWARD}.yaml", 3, 14), AWKWARD, AWKWARD, waived)
    for severity in Severity
    for waived in ("", AWKWARD)
)
PAPERS = tuple(
    PaperStatus(
        title=AWKWARD,
        change=change,
        item="7(e)",
        author=AWKWARD,
        pages=14,
        files=tuple(FileStatus(f"westmere/a b&c/7e.{form}", 34_567) for form in ("docx", "pdf", "html")),
        findings=FOUND,
        gaps=3,
        why=AWKWARD,
        seconds=1.5,
        crashed=change is PaperState.BROKEN,
    )
    for change in PaperState
)
EMPTY = MeetingStatus("Westmere Council", "On no agenda")
FULL = MeetingStatus(AWKWARD, AWKWARD, PAPERS[0], PAPERS)
RUNS = {
    "awkward": Run((FULL, EMPTY), "reportgen 0.1.0", 75.3, FOUND, (AWKWARD,), "9.11.2026, 13.05", interrupted=True),
    "plain": Run(
        (MeetingStatus("Westmere Council", "Cabinet", None, (PaperStatus("Minutes", PaperState.NEW),)),), "x", 1.0
    ),
    "without papers": Run((EMPTY,), "reportgen 0.1.0", 0.1),
}
EVERY = pytest.mark.parametrize("name", RUNS)


@EVERY
def test_the_checker_of_the_w3c_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(render_status(RUNS[name]), encoding="utf-8")
    assert messages_of_vnu([file]) == []


@EVERY
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_rule_broken(name: str, dark: bool, tmp_path: Path) -> None:
    assert violations_of_axe(render_status(RUNS[name]), tmp_path, dark) == []


@EVERY
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nobody_must_scroll_sideways(name: str, width: int, tmp_path: Path) -> None:
    assert overflow_at(render_status(RUNS[name]), width, tmp_path) <= 0


# ---- The checks themselves ----


def test_the_checkers_would_find_what_is_wrong(tmp_path: Path) -> None:
    page = render_status(RUNS["plain"])
    file = tmp_path / "index.html"
    file.write_text(page.replace("</h1>", "</h2>"), encoding="utf-8")
    assert messages_of_vnu([file]) != []
    assert violations_of_axe(page.replace('lang="en-GB"', ""), tmp_path) != []
    assert violations_of_axe(page.replace("--muted: #b4bcc4", "--muted: #444444"), tmp_path, dark=True) != []
    assert violations_of_axe(page.replace("--muted: #b4bcc4", "--muted: #444444"), tmp_path) == []
    assert overflow_at(render_status(RUNS["awkward"]).replace("overflow-wrap: anywhere", ""), 320, tmp_path) > 0
