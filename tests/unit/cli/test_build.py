"""`reportgen build`: what it prints where, and how it ends."""

from __future__ import annotations

import html
import os
import re
import time
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run, change

MADE = "outputs/demo/2026-09-15-cabinet/1-outcome-of-the-inspection-of-childrens-services"
AGENDA = "outputs/demo/2026-09-15-cabinet/agenda"


@pytest.mark.usefixtures("demo")
def test_each_paper_is_a_line_on_stdout_and_the_count_is_on_stderr(run: Run) -> None:
    result = run("build", "--format", "html")
    told = "35 gaps in this draft\n2 gaps in this front sheet\n1 paper made\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{MADE}.html\n{AGENDA}.html\n", told)
    assert Path(f"{MADE}.html").is_file()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "options", [["--format", "pdf,html"], ["--format", "pdf", "--format", "html", "--format", "pdf"]]
)
def test_formats_are_given_with_commas_or_by_repeating_the_option(run: Run, options: list[str]) -> None:
    assert run("build", *options).stdout == f"{MADE}.pdf {MADE}.html\n{AGENDA}.pdf {AGENDA}.html\n"


@pytest.mark.usefixtures("demo")
def test_without_a_format_word_and_pdf_are_made(run: Run) -> None:
    assert run("build").stdout == f"{MADE}.docx {MADE}.pdf\n{AGENDA}.docx {AGENDA}.pdf\n"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("formats", "message"),
    [
        ("pfd", "'pfd' is not a format; did you mean pdf?"),
        ("odt", "'odt' is not a format; use docx, pdf, html"),
        (",", "no format is named"),
    ],
)
def test_a_format_that_there_is_not_is_wrong_usage(run: Run, formats: str, message: str) -> None:
    result = run("build", "--format", formats)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_error_shows_its_place_its_line_and_what_to_do(run: Run, report: Path) -> None:
    change(report, "key_decision: no ", "key_decision: perhaps ")
    result = run("build", "--format", "html")
    assert (result.exit_code, result.stdout) == (1, f"{AGENDA}.html\n")
    assert result.stderr.splitlines() == [
        "inputs/demo/reports/sample.yaml:27:15: error RG012: key_decision: 'perhaps' was found; yes or no was expected",
        "   27 | key_decision: perhaps                    # yes or no",
        "      |               ^",
        "  hint: write yes or no",
        "not made: inputs/demo/reports/sample.yaml for 2026-09-15-cabinet",
        "2 gaps in this front sheet",
        "0 papers made, 1 not made: 1 error",
    ]


@pytest.mark.usefixtures("demo")
def test_what_is_wrong_for_all_papers_is_printed_once(run: Run) -> None:
    run("new", "report", "second")
    change(Path("inputs/demo/council.yaml"), "nation: england", "nation: france")
    result = run("build", "--format", "html")
    assert result.exit_code == 1
    assert result.stderr.count("error RG012") == 1
    assert result.stderr.splitlines()[-4:] == [
        "      |         ^",
        "  hint: write england, wales, scotland or northern ireland",
        "2 papers wait until inputs/demo/council.yaml is mended; what was made before stays",
        "0 papers made, 2 waiting: 1 error",
    ]


@pytest.mark.usefixtures("demo")
def test_warnings_end_a_strict_build_with_exit_code_3(run: Run) -> None:
    Path("inputs/demo/reports/old.yml").write_text("title: Old\n", encoding="utf-8")
    assert run("build", "--format", "html").exit_code == 0
    result = run("build", "--format", "html", "--strict")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.endswith("0 papers made, 1 up to date: 1 warning\n")


def test_an_error_outweighs_a_warning(run: Run, report: Path) -> None:
    Path("inputs/demo/reports/old.yml").write_text("title: Old\n", encoding="utf-8")
    change(report, "status: draft", "status: late")
    assert run("build", "--format", "html", "--strict").exit_code == 1


def test_another_house_can_be_asked_for(run: Run, report: Path) -> None:
    run("new", "house", "plain")
    assert run("build", "--house", "plain", "--format", "html", str(report)).exit_code == 0
    result = run("build", "--house", "plian", "--format", "html", str(report))
    assert result.exit_code == 1
    assert result.stderr.startswith("--house: error RG040: there is no house 'plian'\n  hint: did you mean 'plain'?\n")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("out", ["Makefile", "Makefile/papers"])
def test_a_file_where_the_output_folder_should_be_is_an_error_without_a_traceback(run: Run, out: str) -> None:
    result = run("build", "--out", out)
    assert (result.exit_code, result.stderr) == (1, "Makefile: error: this is a file, but a folder was expected\n")


@pytest.mark.usefixtures("demo")
def test_an_output_folder_that_cannot_be_made_is_an_error_without_a_traceback(run: Run) -> None:
    result = run("build", "--format", "html", "--out", "/proc/papers")
    assert result.exit_code == 1
    assert result.stderr.startswith("/proc/papers: error RG062: the output folder cannot be written: ")


def test_an_empty_folder_is_told_how_to_begin(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "inputs: error RG001: there is no such file or folder",
        "  hint: check the name and the folder you are in; `reportgen init DIR` makes a folder to start from",
        "0 papers made: 1 error",
    ]


@pytest.mark.usefixtures("demo")
def test_a_mistake_of_ours_is_one_line_and_exit_code_70(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by\nnothing")

    monkeypatch.setattr("reportgen.build.tasks.build_paper", fail)
    result = run("build", "--format", "html", REPORTGEN_DEBUG="")
    assert result.exit_code == 70
    assert "outcome-of-the-inspection" not in result.stdout
    assert "Traceback" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        "reportgen: this is a mistake in the program, please report it: nothing"
    )
    assert "Traceback" in run("build", "--format", "html", REPORTGEN_DEBUG="1").stderr


# ---- The front sheet of the agenda, and the page that shows what was done ----


@pytest.mark.usefixtures("demo")
def test_the_front_sheet_is_made_again_only_when_a_paper_or_the_meeting_has_changed(run: Run) -> None:
    run("build", "--format", "html")
    assert "nothing has changed" in run("build", "--format", "html", "--explain").stderr
    before = Path(f"{AGENDA}.html").read_bytes()
    change(Path("inputs/demo/reports/sample.yaml"), "title: Outcome", "title: The outcome")
    told = run("build", "--format", "html", "--explain").stderr
    assert "what is known of its papers has changed" in told
    assert b"The outcome of the inspection" in Path(f"{AGENDA}.html").read_bytes()
    assert b"The outcome of the inspection" not in before


@pytest.mark.usefixtures("demo")
def test_a_paper_that_is_not_made_is_to_follow_on_the_front_sheet(run: Run, report: Path) -> None:
    change(report, "key_decision: no ", "key_decision: perhaps ")
    assert run("build", "--format", "html").exit_code == 1
    sheet = Path(f"{AGENDA}.html").read_text(encoding="utf-8")
    assert "To follow" in sheet
    assert "Outcome of the inspection" in sheet


@pytest.mark.usefixtures("demo")
def test_a_single_report_leaves_the_front_sheet_alone(run: Run, report: Path) -> None:
    assert run("build", "--format", "html", str(report)).exit_code == 0
    assert not Path(f"{AGENDA}.html").exists()


@pytest.mark.usefixtures("demo")
def test_a_meeting_without_reports_has_a_front_sheet(run: Run) -> None:
    meeting = Path("inputs/demo/meetings/2026-10-13-council.yaml")
    meeting.write_text("body: Council\ndate: 2026-10-13\nitems:\n  - {number: 1, title: Minutes}\n", encoding="utf-8")
    result = run("build", "--format", "html", str(meeting))
    assert (result.exit_code, result.stdout) == (0, "outputs/demo/2026-10-13-council/agenda.html\n")


@pytest.mark.usefixtures("demo")
def test_the_page_shows_what_became_of_each_paper(run: Run, report: Path) -> None:
    def page() -> str:
        text = re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", Path("outputs/index.html").read_text(encoding="utf-8"))
        return html.unescape(text)

    run("build", "--format", "html")
    assert "1 paper made" in page()
    assert "New" in page()
    run("build", "--format", "html")
    assert "0 papers made, 1 unchanged" in page()
    change(report, "key_decision: no ", "key_decision: perhaps ")
    run("build", "--format", "html")
    assert "1 not made" in page()
    assert "key_decision: 'perhaps' was found" in page()
    assert "Cabinet, 15 September 2026" in page()


@pytest.mark.usefixtures("demo")
def test_an_edited_word_file_is_kept_and_where_is_said_in_one_line_and_on_the_page(run: Run) -> None:
    run("build", "--format", "docx")
    Path(f"{MADE}.docx").write_bytes(b"edited")
    os.utime(f"{MADE}.docx", (0, time.mktime((2026, 11, 9, 14, 5, 0, 0, 0, -1))))
    kept = f"{MADE} - edited 2026-11-09 14.05.docx"
    how = "as the Word file had been edited; `reportgen entries` reads the changes back"
    moved = f"moved: {MADE}.docx to {kept}, {how}"
    assert run("build", "--format", "docx").stdout.splitlines() == [f"{MADE}.docx", moved]
    assert Path(kept).read_bytes() == b"edited"
    page = Path("outputs/index.html").read_text(encoding="utf-8")
    assert page.count(moved) == 1
    assert "edited" not in Path("outputs/manifest.json").read_text(encoding="utf-8")
    run("build", "--format", "docx")
    assert "edited 2026" not in Path("outputs/index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("demo")
def test_the_page_says_nothing_of_what_the_public_must_not_read(run: Run, report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    marked = "appendices:\n  - id: secret\n    title: Zebra costs\n    text: Firm Okapi {{ ref('Quagga') }}\n"
    marked += "    exempt: {paragraphs: [3], reason: It names firms}\n"
    report.write_text(re.sub(r"(?ms)^appendices:\n(?:[ #].*\n)*", "", text) + marked, encoding="utf-8")
    result = run("build", "--format", "html")
    assert "Quagga" in result.stderr
    for path in (Path("outputs/index.html"), Path(f"{AGENDA}.html"), Path("outputs/manifest.json")):
        shown = path.read_text(encoding="utf-8")
        assert [word for word in ("Zebra", "Okapi", "Quagga") if word in shown] == []
    assert "it has exempt or confidential text" not in result.stderr


@pytest.mark.usefixtures("demo")
def test_a_file_of_somebody_else_in_outputs_stays_and_is_not_listed(run: Run) -> None:
    readme = Path("outputs/README.md")
    readme.parent.mkdir()
    readme.write_text("What lands here", encoding="utf-8")
    for _ in range(2):
        assert "README" not in run("build", "--format", "html").output
    assert readme.read_text(encoding="utf-8") == "What lands here"
    assert [path.name for path in Path("outputs").rglob("*") if path.is_file() and b"README" in path.read_bytes()] == []
