"""Papers → files: one broken paper harms no other, and nothing is built twice."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from reportgen.build.builder import Reporter
from reportgen.build.environment import environment
from reportgen.inputs.files import product_templates
from tests.unit.build.papers import MEETING, build, made, results, write, write_report

FIRST = "outputs/sample/2022-09-13-cabinet/7e-the-councils-first-report"
SECOND = "outputs/sample/drafts/a-second-report"
MEETING_FILE = "inputs/sample/meetings/2022-09-13-cabinet.yaml"

pytestmark = pytest.mark.usefixtures("root")


def states(**options: object) -> dict[str, str]:
    return {name: result.state for name, result in results(**options).items()}


def reasons(**options: object) -> dict[str, tuple[str, ...]]:
    return {name: result.reasons for name, result in results(**options).items()}


UNCHANGED = {"first": "unchanged", "second": "unchanged"}


# ---- Built, each by itself ----


def test_papers_are_written_and_named_in_the_result() -> None:
    log = build()
    assert [path for result in log.papers for path in result.files] == [Path(f"{FIRST}.html"), Path(f"{SECOND}.html")]
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]
    assert [(one.title, one.state) for one in log.papers] == [
        ("The council's first report", "made"),
        ("A second report", "made"),
    ]
    assert [path.name for sheet in log.front_sheets for path in sheet.files] == ["agenda.html"]


def test_the_pages_are_counted_where_there_are_any() -> None:
    for formats, pages in ((("docx",), None), (("docx", "pdf"), 1), (("docx",), 1)):
        assert {result.pages for result in results(formats=formats).values()} == {pages}


def test_a_mistake_of_ours_in_one_paper_stops_no_other_and_is_tried_again() -> None:
    for _ in range(2):
        crashes = [result.crash for result in results(formats=("html", "no such format")).values()]
        assert ["KeyError: 'no such format'" in crash for crash in crashes] == [True, True]
    assert made() == []


def test_two_papers_for_one_path_are_an_error_that_names_both_and_takes_nothing_away() -> None:
    build()
    write_report("other", "A second REPORT!")
    found = results()
    assert found["first"].files
    for one, other in (("second", "other"), ("other", "second")):
        assert found[one].files == ()
        [problem] = found[one].diagnostics
        assert str(problem).startswith(f"inputs/sample/reports/{one}.yaml: error RG061: this paper and that of ")
        assert f"inputs/sample/reports/{other}.yaml would both be written to {SECOND}" in problem.message
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]


def test_a_house_that_changes_between_two_papers_is_seen() -> None:
    house = write("templates/own/house.yaml", "name: Own\nextends: standard\n")

    class Remover(Reporter):
        def advance(self) -> None:
            house.unlink(missing_ok=True)

    first, second = build(house="own", reporter=Remover()).papers
    assert first.files
    assert [problem.code for problem in second.diagnostics] == ["RG040"]


def test_a_folder_where_a_paper_should_go_is_an_error_of_that_paper_only() -> None:
    Path(f"{SECOND}.html").mkdir(parents=True)
    found = results()
    assert found["first"].files
    assert found["second"].state == "broken"
    problems = [one for one in found["second"].diagnostics if one.code == "RG062"]
    assert [problem.location.path for problem in problems] == [f"{SECOND}.html"]


def test_the_order_is_that_of_the_papers_however_many_build_them() -> None:
    for number in range(12):
        write_report(f"r{number:02}", f"Report {number}", f"wards: {'Much was found. ' * (600 - 50 * number)}\n")
    alone = [result.task for result in build().papers]
    before = {path: Path(path).read_bytes() for path in made()}
    shutil.rmtree("outputs")
    assert [result.task for result in build(workers=2).papers] == alone
    assert {path: Path(path).read_bytes() for path in made()} == before


# ---- Up to date ----


def test_what_is_up_to_date_is_not_built_again_and_its_warnings_are_reported_again() -> None:
    write("inputs/sample/inspections/late.yaml", "title: Wrong\n")
    write_report("first", "First", "inspection: late\n")
    first = results()
    times = {path: Path(path).stat().st_mtime_ns for path in made()}
    manifest = Path("outputs/manifest.json").read_bytes()
    second = results()
    assert {name: one.state for name, one in first.items()} == {"first": "broken", "second": "made"}
    assert {name: one.state for name, one in second.items()} == {"first": "broken", "second": "unchanged"}
    assert [one.diagnostics for one in second.values()] == [one.diagnostics for one in first.values()]
    assert first["first"].diagnostics
    assert [one.reasons for one in second.values()] == [(), ()]
    assert {path: Path(path).stat().st_mtime_ns for path in made()} == times
    assert Path("outputs/manifest.json").read_bytes() == manifest


def test_a_file_that_was_only_touched_or_that_says_the_same_changes_nothing() -> None:
    build()
    os.utime("inputs/sample/reports/first.yaml")
    Path("inputs/sample/reports/second.yaml").unlink()
    write_report("second", "A second report")
    assert states() == UNCHANGED


def test_a_change_that_keeps_size_and_time_of_a_file_is_seen() -> None:
    path = Path("inputs/sample/reports/second.yaml")
    build()
    before = path.stat()
    write(str(path), path.read_text(encoding="utf-8").replace("was found", "was bound"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert reasons() == {"first": (), "second": (f"{path} has changed",)}


def test_only_what_depends_on_a_change_is_built_again_and_it_is_said_why() -> None:
    write("inputs/sample/inspections/one.yaml", "title: Wrong\n")
    build()
    write("inputs/sample/inspections/one.yaml", "title: Other\n")
    assert reasons() == {"first": (), "second": ()}
    write(MEETING_FILE, MEETING.format(report="first").replace("7(e)", "8"))
    assert reasons() == {"first": (f"{MEETING_FILE} has changed",), "second": ()}
    assert made() == ["outputs/sample/2022-09-13-cabinet/8-the-councils-first-report.html", f"{SECOND}.html"]
    write("inputs/sample/council.yaml", "name: Other Council\nshort_name: Other\nhouse: standard\n")
    changed = ("inputs/sample/council.yaml has changed",)
    assert reasons() == {"first": changed, "second": changed}


def test_a_house_is_depended_on_and_one_that_is_not_used_is_not() -> None:
    write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    build(house="own")
    write("templates/another/house.yaml", "name: Another\nextends: standard\n")
    assert states(house="own") == UNCHANGED
    write("templates/own/look.yaml", "styles: {}\n")
    assert reasons(house="own")["first"] == ("templates/own/look.yaml is new", "other files are in templates/own")


def test_another_version_of_anything_makes_all_anew_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    now = dict(environment())
    monkeypatch.setattr(
        "reportgen.build.freshness.environment", lambda: now | {"WeasyPrint": "99.1", "fonts": "1 file"}
    )
    changed = (f"WeasyPrint {now['WeasyPrint']} → 99.1", "the fonts have changed")
    assert reasons() == {"first": changed, "second": changed}
    assert states() == UNCHANGED


def test_a_file_that_is_missing_or_was_edited_is_built_again_and_an_edit_is_mentioned() -> None:
    build(formats=("html", "docx"))
    before = Path(f"{SECOND}.html").read_bytes()
    Path(f"{FIRST}.docx").unlink()
    Path(f"{SECOND}.html").write_bytes(b"edited by an officer")
    found = results(formats=("html", "docx"))
    assert found["first"].reasons == ("the Word file is missing",)
    assert found["second"].reasons == ("the HTML has been changed since it was made",)
    assert found["second"].notes == (f"{SECOND}.html had been changed since it was made",)
    assert Path(f"{SECOND}.html").read_bytes() == before
    assert Path(f"{FIRST}.docx").is_file()


def test_another_format_is_added_and_an_old_one_that_would_be_stale_is_removed() -> None:
    build()
    assert reasons(formats=("docx",))["second"] == ("the Word file has not been made before",)
    assert {f"{SECOND}.html", f"{SECOND}.docx"} <= set(made())
    assert states(formats=("docx", "html")) == UNCHANGED
    write_report("second", "A second report", "wards: Changed\n")
    assert results()["second"].changes == (f"removed: {SECOND}.docx, which was made of older inputs",)
    assert f"{SECOND}.docx" not in made()


def test_a_paper_with_another_title_leaves_nothing_under_the_old_one() -> None:
    build()
    write_report("second", "Quite another report")
    assert results()["second"].changes == (f"removed: {SECOND}.html, which was made of older inputs",)
    assert made() == [f"{FIRST}.html", "outputs/sample/drafts/quite-another-report.html"]


def test_papers_that_are_none_any_more_are_removed() -> None:
    build()
    write(MEETING_FILE, MEETING.format(report="second"))
    assert build().changes == [
        f"removed: {FIRST}.html, as its paper is no longer there",
        f"removed: {SECOND}.html, as its paper is no longer there",
    ]
    assert made() == [
        "outputs/sample/2022-09-13-cabinet/7e-a-second-report.html",
        "outputs/sample/drafts/the-councils-first-report.html",
    ]


def test_a_paper_of_a_meeting_that_was_not_asked_for_stays() -> None:
    build()
    assert build("inputs/sample/reports/second.yaml").changes == []
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]


def test_papers_that_take_each_others_names_are_all_there() -> None:
    """Items that move down by one, all with the same title."""
    for number in (1, 2, 3):
        write_report(f"r{number}", f"Update {number}")
    build()
    for number in (1, 2, 3):
        write_report(f"r{number}", f"Update {number + 1}")
    build()
    for number in (2, 3, 4):
        assert f"Update {number}" in Path(f"outputs/sample/drafts/update-{number}.html").read_text(encoding="utf-8")
    assert len([path for path in made() if "update" in path]) == 3
    assert set(states().values()) == {"unchanged"}


# ---- What is kept ----


def test_the_manifest_names_what_was_made_of_what_and_says_no_time_and_no_folder_of_this_machine(root: Path) -> None:
    build("inputs/sample/reports", formats=("html", "pdf"))
    text = Path("outputs/manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert str(root) not in text
    assert str(product_templates()) not in text
    assert manifest["made_with"]["WeasyPrint"].startswith("70")
    [first, _] = manifest["papers"]
    assert (first["title"], first["pages"]) == ("The council's first report", 1)
    assert {path: file["size"] for path, file in first["files"].items()} == {
        f"{FIRST.removeprefix('outputs/')}.{form}": Path(f"{FIRST}.{form}").stat().st_size for form in ("html", "pdf")
    }
    assert {"inputs/sample/council.yaml", "reportgen/templates/_base/house.yaml"} <= set(first["inputs"])
    assert {one[:7] for one in first["inputs"].values()} <= {"sha256:", "refused"}
    shutil.rmtree("outputs")
    build("inputs/sample/reports", formats=("html", "pdf"))
    assert Path("outputs/manifest.json").read_text(encoding="utf-8") == text


def record_of(report: str) -> Path:
    [path] = [
        one
        for one in Path("outputs/.reportgen/papers").iterdir()
        if f'"report":"inputs/sample/reports/{report}' in one.read_text()
    ]
    return path


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 99}', '{"schema": 2, "task": 1}', "\xff"])
def test_a_damaged_record_is_as_good_as_none(text: str) -> None:
    build()
    record_of("first").write_bytes(text.encode("latin-1"))
    Path("outputs/.reportgen/discovered.json").write_bytes(text.encode("latin-1"))
    assert states() == {"first": "made", "second": "unchanged"}
    assert states() == UNCHANGED


def test_a_record_that_was_tampered_with_touches_nothing_outside_the_output_folder() -> None:
    build()
    record = record_of("second")
    record.write_text(record.read_text(encoding="utf-8").replace("sample/drafts/a-second-report", "../victim"))
    write("victim.html", "mine")
    write("inputs/sample/reports/second.yaml", "title: Broken\n")
    build()
    assert Path("victim.html").read_text(encoding="utf-8") == "mine"
