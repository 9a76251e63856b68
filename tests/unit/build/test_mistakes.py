"""What `reportgen build` does with papers that cannot be made: it takes nothing away that may still be needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli import main
from tests.unit.build.papers import COUNCIL, REPORT, contents, made, write, write_report

MEETING = Path("inputs/sample/meetings/2022-09-13-cabinet.yaml")
FOLDER = "outputs/sample/2022-09-13-cabinet"
AGENDA = f"{FOLDER}/agenda.html"
EXEMPT = "exempt: {paragraphs: [3], reason: A rival would bid higher}\n"
MARKED = f"appendices:\n  - {{id: costs, title: Costs, text: The bid is 5., {EXEMPT.strip()}}}\n"


def build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--format", "html", *arguments], catch_exceptions=False)


def write_meeting(*reports: str, more: str = "") -> None:
    items = "".join(f'  - {{number: "{number}", report: {name}}}\n' for number, name in enumerate(reports, 1))
    write(str(MEETING), f"body: Cabinet\ndate: 2022-09-13\nitems:\n{items}{more}")


def text_of(path: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", Path(path).read_text(encoding="utf-8")).split())


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A council, a report that is on the agenda, and nothing made yet."""
    monkeypatch.chdir(tmp_path)
    write("inputs/sample/council.yaml", COUNCIL)
    write_report("first", "The first report")
    write_report("second", "The second report")
    write_meeting("first", "second")


# ---- A slip in a file that papers share ----


def test_a_slip_in_a_meeting_takes_nothing_away_of_its_23_good_papers() -> None:
    names = [f"r{number:02}" for number in range(23)]
    for name in names:
        write_report(name, f"Report {name}")
    write_meeting(*names)
    assert build(str(MEETING)).exit_code == 0
    before = contents()
    assert len(before) == 25  # with the front sheet and the manifest

    MEETING.write_text("quorm: 3\n" + MEETING.read_text(encoding="utf-8"), encoding="utf-8")
    result = build(str(MEETING))

    assert (result.exit_code, result.stdout) == (1, "")
    assert contents() == before
    assert result.stderr.count("error RG010: the key 'quorm' is not known here") == 1
    assert f"23 papers wait until {MEETING} is mended; what was made before stays" in result.stderr
    assert result.stderr.splitlines()[-1] == "0 papers made, 23 waiting: 1 error"
    assert "not made" not in re.sub("not made  ", "", result.stderr)
    page = text_of("outputs/index.html")
    assert "0 papers made, 23 made from older inputs." in page
    assert page.count("Made from older inputs") == 24

    again = build(str(MEETING))
    assert (again.exit_code, again.stderr.splitlines()[-1]) == (1, "0 papers made, 23 waiting: 1 error")
    write_meeting(*names)
    assert build(str(MEETING)).stderr.splitlines()[-1].startswith("0 papers made, 23 up to date")
    assert contents() == before


@pytest.mark.parametrize("file", ["inputs/sample/council.yaml", "templates/own/house.yaml"])
def test_a_slip_in_a_council_or_a_house_takes_nothing_away(file: str) -> None:
    write("inputs/sample/council.yaml", COUNCIL.replace("house: standard", "house: own"))
    write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    build()
    before = contents()
    path = Path(file)
    path.write_text(path.read_text(encoding="utf-8") + "naem: Other\n", encoding="utf-8")
    write_report("second", "The second report", "wards: All\n")

    result = build()

    assert (result.exit_code, result.stdout) == (1, "")
    assert contents() == before
    assert result.stderr.count(": error RG") == 1
    assert f"2 papers wait until {file} is mended" in result.stderr


def test_a_paper_that_waits_and_was_never_made_is_not_made() -> None:
    write_meeting("first", "second", more="quorm: 3\n")
    result = build()
    assert (result.exit_code, result.stdout, made()) == (1, "", [])
    assert "2 papers wait until" in result.stderr
    assert "Not made" in text_of("outputs/index.html")


# ---- A broken paper ----


def test_a_broken_paper_stops_no_other_and_its_last_files_are_superseded() -> None:
    build()
    last = Path(f"{FOLDER}/1-the-first-report.html").read_bytes()
    write("inputs/sample/reports/first.yaml", REPORT.format(title="The first report") + "wrads: All\n")
    write_report("second", "The second report", "wards: All\n")

    result = build()

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"moved: {FOLDER}/1-the-first-report.html to {FOLDER}/superseded/1-the-first-report.html, "
        "as the paper can no longer be made",
        f"{FOLDER}/2-the-second-report.html",
        AGENDA,
    ]
    assert made() == [f"{FOLDER}/2-the-second-report.html", f"{FOLDER}/superseded/1-the-first-report.html"]
    assert Path(f"{FOLDER}/superseded/1-the-first-report.html").read_bytes() == last
    assert "1 The first report - To follow" in text_of(AGENDA) or "To follow" in text_of(AGENDA)
    assert "superseded" not in Path("outputs/manifest.json").read_text(encoding="utf-8")


def test_what_is_superseded_twice_is_there_twice_and_no_later_build_touches_it() -> None:
    for more in ("", "wards: All\n"):
        write_report("first", "The first report", more)
        build()
        write("inputs/sample/reports/first.yaml", "title: The first report\n")
        build()
    write_report("first", "The first report")
    assert build().exit_code == 0
    assert made() == [
        f"{FOLDER}/1-the-first-report.html",
        f"{FOLDER}/2-the-second-report.html",
        f"{FOLDER}/superseded/1-the-first-report (2).html",
        f"{FOLDER}/superseded/1-the-first-report.html",
    ]


# ---- A report that is not there ----


def test_an_item_whose_report_is_not_there_is_to_follow_with_a_warning() -> None:
    write_meeting("first", "absent", "second")

    result = build()

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.count("warning RG013: 'absent' refers to inputs/sample/reports/absent.yaml") == 1
    assert "hint: write that file, or add to_follow: yes" in result.stderr
    assert "To follow" in text_of(AGENDA)
    assert build("--strict").exit_code == 3


def test_an_item_that_is_to_follow_says_so_without_a_warning() -> None:
    write_meeting("first", "second", more='  - {number: "3", title: The budget, report: absent, to_follow: yes}\n')
    result = build()
    assert (result.exit_code, "absent" in result.stderr) == (0, False)
    assert "3 The budget To follow" in text_of(AGENDA)
    write_report("absent", "The budget of the year")
    assert f"{FOLDER}/3-the-budget-of-the-year.html" in build().stdout
    assert "To follow" not in text_of(AGENDA)


def test_an_item_without_a_report_may_be_to_follow() -> None:
    write_meeting("first", "second", more='  - {number: "3", title: The budget, to_follow: yes}\n')
    assert build().exit_code == 0
    assert "3 The budget To follow" in text_of(AGENDA)


# ---- A broken exempt paper ----


@pytest.mark.parametrize("marking", [EXEMPT, MARKED], ids=["as a whole", "in part"])
@pytest.mark.parametrize("slip", ["wrads: All\n", "no YAML: [", "without the marking"])
def test_a_broken_exempt_paper_stays_marked_and_never_turns_up_as_public(marking: str, slip: str) -> None:
    write_report("second", "The second report", marking)
    build()
    resolution = "paragraph 3"
    assert resolution in text_of(AGENDA)
    public, exempt = f"{FOLDER}/2-the-second-report.html", f"{FOLDER}/exempt/2-the-second-report-exempt.html"
    assert {public, exempt} <= set(made())
    write_report("second", "The second report", "- x\n" if slip.startswith("without") else marking + slip)

    result = build()

    assert result.exit_code == 1
    assert made() == [
        f"{FOLDER}/1-the-first-report.html",
        f"{FOLDER}/exempt/superseded/2-the-second-report-exempt.html",
        f"{FOLDER}/exempt/superseded/2-the-second-report.html",
    ]
    agenda = text_of(AGENDA)
    assert resolution in agenda
    assert "To follow" in agenda
    assert "The second report" in agenda
    kept = "".join(path.read_text(encoding="utf-8") for path in Path("outputs/.reportgen/papers").iterdir())
    assert "The bid" not in kept
    assert build().stdout == ""
    assert resolution in text_of(AGENDA)


# ---- What is said ----


def test_stdout_names_what_was_made_removed_or_moved_and_nothing_else() -> None:
    assert build().stdout.splitlines() == [
        f"{FOLDER}/1-the-first-report.html",
        f"{FOLDER}/2-the-second-report.html",
        AGENDA,
    ]
    assert build().stdout == ""
    write_report("first", "Another title")
    Path("inputs/sample/reports/second.yaml").unlink()
    write_meeting("first")
    assert build().stdout.splitlines() == [
        f"{FOLDER}/1-another-title.html",
        f"removed: {FOLDER}/1-the-first-report.html, which was made of older inputs",
        AGENDA,
        f"removed: {FOLDER}/2-the-second-report.html, as its paper is no longer there",
    ]


def test_every_line_that_explains_names_its_paper() -> None:
    write_report("second", "The second report", EXEMPT)
    build()
    write_report("first", "The first report", "wards: All\n")
    lines = [line for line in build("--explain").stderr.splitlines() if line.startswith("inputs/") and "RG" not in line]
    assert lines == [
        "inputs/sample/reports/first.yaml for 2022-09-13-cabinet: inputs/sample/reports/first.yaml has changed",
        "inputs/sample/reports/second.yaml for 2022-09-13-cabinet: nothing has changed",
        "inputs/sample/reports/second.yaml for 2022-09-13-cabinet (exempt version): nothing has changed",
        f"{MEETING}: nothing has changed",
    ]


def test_all_counts_of_one_run_agree() -> None:
    """Six papers with warnings of their own, an error that two share, and one about no paper."""
    for name in ("a", "b", "c", "d"):
        write_report(name, f"Report {name}")
    write_report("c", "Report c", "inspection: nowhere\n")
    write_meeting("first", "second", "a", "absent", more='  - {number: "9", title: Minutes}\n')
    write("inputs/sample/reports/passed-over.yml", "")
    result = build()
    assert result.exit_code == 1
    summary = result.stderr.splitlines()[-1].partition(": ")[2]
    errors, warnings = (len(re.findall(f": {kind} RG", result.stderr)) for kind in ("error", "warning"))
    assert errors == 1
    assert summary == f"1 error, {warnings} warnings"
    assert f"Found in them: {summary}." in text_of("outputs/index.html")
    total = next(line.split() for line in result.stderr.splitlines() if line.startswith("all "))
    assert total[5:7] == ["1", str(warnings)]
