"""Tasks → files: one broken paper harms no other, and nothing is made twice."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from reportgen.build.building import Build
from reportgen.build.conditions import conditions
from reportgen.build.hands import OwnHands
from reportgen.build.orders import Outcome
from reportgen.diagnostics import Problems
from reportgen.inputs.files import product_templates
from tests.unit.build.papers import MEETING, REPORT, made, make, write

FIRST = "outputs/sample/2022-09-13-cabinet/7e-the-councils-first-report"
SECOND = "outputs/sample/drafts/a-second-report"


def states(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.task.report.stem: outcome.state for outcome in outcomes}


def reasons(outcomes: list[Outcome]) -> dict[str, tuple[str, ...]]:
    return {outcome.task.report.stem: outcome.reasons for outcome in outcomes}


# ---- Made, each by itself ----


@pytest.mark.usefixtures("root")
def test_papers_are_written_and_named_in_the_outcome() -> None:
    outcomes = make("inputs")
    assert [path for outcome in outcomes for path in outcome.files] == [Path(f"{FIRST}.html"), Path(f"{SECOND}.html")]
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]
    assert [(one.title, one.state) for one in outcomes] == [
        ("The council's first report", "made"),
        ("A second report", "made"),
    ]


@pytest.mark.usefixtures("root")
def test_the_pages_are_counted_where_there_are_any() -> None:
    assert [outcome.pages for outcome in make("inputs", formats=["docx"])] == [None, None]
    assert [outcome.pages for outcome in make("inputs", formats=["docx", "pdf"])] == [1, 1]
    assert [outcome.pages for outcome in make("inputs", formats=["docx"])] == [1, 1]


@pytest.mark.usefixtures("root")
def test_a_broken_paper_stops_no_other_and_its_old_files_are_removed() -> None:
    make("inputs")
    before = Path(f"{SECOND}.html").read_bytes()
    write("inputs/sample/reports/first.yaml", "title: Changed\n")
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + "wards: Changed\n")
    broken, whole = make("inputs")
    assert broken.files == ()
    assert [diagnostic.code for diagnostic in broken.diagnostics] == ["RG011", "RG011"]
    assert broken.notes == (f"removed: {FIRST}.html, which was made of older inputs",)
    assert whole.files
    assert made() == [f"{SECOND}.html"]
    assert Path(f"{SECOND}.html").read_bytes() != before


@pytest.mark.usefixtures("root")
def test_a_mistake_of_ours_in_one_paper_stops_no_other_and_is_tried_again() -> None:
    for _ in range(2):
        outcomes = make("inputs", formats=["html", "no such format"])
        assert ["there is no writer for 'no such format'" in outcome.crash for outcome in outcomes] == [True, True]
    assert made() == []


@pytest.mark.usefixtures("root")
def test_two_papers_for_one_path_are_an_error_that_names_both() -> None:
    write("inputs/sample/reports/other.yaml", REPORT.format(title="A second REPORT!"))
    outcomes = {outcome.task.report.stem: outcome for outcome in make("inputs")}
    assert outcomes["first"].files
    for one, other in (("second", "other"), ("other", "second")):
        assert outcomes[one].files == ()
        [problem] = outcomes[one].diagnostics
        assert problem.code == "RG061"
        assert str(problem).startswith(f"inputs/sample/reports/{one}.yaml: error RG061: this paper and that of ")
        assert f"inputs/sample/reports/{other}.yaml would both be written to {SECOND}" in problem.message
    assert len(made()) == 1


@pytest.mark.usefixtures("root")
def test_a_new_paper_that_would_take_the_place_of_an_old_one_is_refused() -> None:
    make("inputs")
    write("inputs/sample/reports/other.yaml", REPORT.format(title="A second report"))
    assert states(make("inputs")) == {"first": "unchanged", "second": "broken", "other": "broken"}


@pytest.mark.usefixtures("root")
def test_what_is_wrong_with_a_house_is_told_of_every_paper() -> None:
    write("templates/own/house.yaml", "name: Own\nextends: nothing\n")
    outcomes = make("inputs", house="own")
    assert [[problem.code for problem in outcome.diagnostics] for outcome in outcomes] == [["RG040"], ["RG040"]]


@pytest.mark.usefixtures("root")
def test_a_house_that_changes_between_two_papers_is_seen() -> None:
    house = write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    with Build(Path("outputs")) as build:
        tasks = build.find([Path("inputs")], "own", [product_templates()], Problems())
        outcomes = build.run(tasks, ["html"], lambda _: OwnHands(60))
        assert next(outcomes).files
        house.unlink()
        assert [problem.code for problem in next(outcomes).diagnostics] == ["RG040"]


@pytest.mark.usefixtures("root")
def test_a_folder_where_a_paper_should_go_is_an_error_of_that_paper_only() -> None:
    Path(f"{SECOND}.html").mkdir(parents=True)
    first, second = make("inputs")
    assert first.files
    assert second.state == "broken"
    assert [problem.location.path for problem in second.diagnostics if problem.code == "RG062"] == [f"{SECOND}.html"]


@pytest.mark.usefixtures("root")
def test_the_order_is_that_of_the_papers_however_many_make_them() -> None:
    for number in range(12):
        length = "Much was found. " * (600 - 50 * number)
        write(
            f"inputs/sample/reports/r{number:02}.yaml", REPORT.format(title=f"Report {number}") + f"wards: {length}\n"
        )
    alone = make("inputs")
    before = {path: Path(path).read_bytes() for path in made()}
    shutil.rmtree("outputs")
    together = make("inputs", workers=2)
    assert [one.task for one in together] == [one.task for one in alone]
    assert {path: Path(path).read_bytes() for path in made()} == before


# ---- Up to date ----


@pytest.mark.usefixtures("root")
def test_what_is_up_to_date_is_not_made_again_and_its_warnings_are_told_again() -> None:
    write("inputs/sample/inspections/late.yaml", "title: Wrong\n")
    write("inputs/sample/reports/first.yaml", REPORT.format(title="First") + "inspection: late\n")
    first = make("inputs")
    times = {path: Path(path).stat().st_mtime_ns for path in made()}
    manifest = Path("outputs/manifest.json").read_bytes()
    second = make("inputs")
    assert states(first) == {"first": "broken", "second": "made"}
    assert states(second) == {"first": "broken", "second": "unchanged"}
    assert [one.diagnostics for one in second] == [one.diagnostics for one in first]
    assert first[0].diagnostics
    assert reasons(second) == {"first": (), "second": ()}
    assert {path: Path(path).stat().st_mtime_ns for path in made()} == times
    assert Path("outputs/manifest.json").read_bytes() == manifest


@pytest.mark.usefixtures("root")
def test_a_file_that_was_only_touched_or_that_says_the_same_changes_nothing() -> None:
    make("inputs")
    os.utime("inputs/sample/reports/first.yaml")
    text = Path("inputs/sample/reports/second.yaml").read_text(encoding="utf-8")
    Path("inputs/sample/reports/second.yaml").unlink()
    write("inputs/sample/reports/second.yaml", text)
    assert states(make("inputs")) == {"first": "unchanged", "second": "unchanged"}


@pytest.mark.usefixtures("root")
def test_a_change_that_keeps_size_and_time_of_a_file_is_seen() -> None:
    path = Path("inputs/sample/reports/second.yaml")
    make("inputs")
    make("inputs")
    before = path.stat()
    write(str(path), path.read_text(encoding="utf-8").replace("was found", "was bound"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert reasons(make("inputs")) == {"first": (), "second": (f"{path} has changed",)}


@pytest.mark.usefixtures("root")
def test_only_what_depends_on_a_change_is_made_again_and_it_is_said_why() -> None:
    write("inputs/sample/inspections/one.yaml", "title: Wrong\n")
    make("inputs")
    write("inputs/sample/inspections/one.yaml", "title: Other\n")
    assert reasons(make("inputs")) == {"first": (), "second": ()}
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="first").replace("7(e)", "8"))
    changed = ("inputs/sample/meetings/2022-09-13-cabinet.yaml has changed",)
    assert reasons(make("inputs")) == {"first": changed, "second": ()}
    assert made() == ["outputs/sample/2022-09-13-cabinet/8-the-councils-first-report.html", f"{SECOND}.html"]
    write("inputs/sample/council.yaml", "name: Other Council\nshort_name: Other\nhouse: standard\n")
    changed = ("inputs/sample/council.yaml has changed",)
    assert reasons(make("inputs")) == {"first": changed, "second": changed}


@pytest.mark.usefixtures("root")
def test_a_house_is_depended_on_and_one_that_is_not_used_is_not() -> None:
    write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    make("inputs", house="own")
    write("templates/another/house.yaml", "name: Another\nextends: standard\n")
    assert states(make("inputs", house="own")) == {"first": "unchanged", "second": "unchanged"}
    write("templates/own/look.yaml", "styles: {}\n")
    assert reasons(make("inputs", house="own"))["first"] == (
        "templates/own/look.yaml is new",
        "other files are in templates/own",
    )


@pytest.mark.usefixtures("root")
def test_another_version_of_anything_makes_all_anew_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    make("inputs")
    now = dict(conditions())
    monkeypatch.setattr("reportgen.build.building.conditions", lambda: now | {"WeasyPrint": "99.1", "fonts": "1 file"})
    told = ("WeasyPrint " + now["WeasyPrint"] + " → 99.1", "the fonts have changed")
    assert reasons(make("inputs")) == {"first": told, "second": told}
    assert states(make("inputs")) == {"first": "unchanged", "second": "unchanged"}


@pytest.mark.usefixtures("root")
def test_a_file_that_is_missing_or_was_edited_is_made_again_and_an_edit_is_mentioned() -> None:
    make("inputs", formats=["html", "docx"])
    before = Path(f"{SECOND}.html").read_bytes()
    Path(f"{FIRST}.docx").unlink()
    Path(f"{SECOND}.html").write_bytes(b"edited by an officer")
    first, second = make("inputs", formats=["html", "docx"])
    assert first.reasons == ("the Word file is missing",)
    assert second.reasons == ("the HTML has been changed since it was made",)
    assert second.notes == (f"{SECOND}.html had been changed since it was made",)
    assert Path(f"{SECOND}.html").read_bytes() == before
    assert Path(f"{FIRST}.docx").is_file()


@pytest.mark.usefixtures("root")
def test_another_format_is_added_and_an_old_one_that_would_be_stale_is_removed() -> None:
    make("inputs")
    assert reasons(make("inputs", formats=["docx"]))["second"] == ("the Word file has not been made before",)
    assert {f"{SECOND}.html", f"{SECOND}.docx"} <= set(made())
    assert states(make("inputs", formats=["docx", "html"])) == {"first": "unchanged", "second": "unchanged"}
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + "wards: Changed\n")
    [_, second] = make("inputs", formats=["html"])
    assert second.notes == (f"removed: {SECOND}.docx, which was made of older inputs",)
    assert f"{SECOND}.docx" not in made()


@pytest.mark.usefixtures("root")
def test_a_paper_with_another_title_leaves_nothing_under_the_old_one() -> None:
    make("inputs")
    write("inputs/sample/reports/second.yaml", REPORT.format(title="Quite another report"))
    [_, second] = make("inputs")
    assert second.notes == (f"removed: {SECOND}.html, which was made of older inputs",)
    assert made() == [f"{FIRST}.html", "outputs/sample/drafts/quite-another-report.html"]


@pytest.mark.usefixtures("root")
def test_papers_that_are_none_any_more_are_cleared_away() -> None:
    make("inputs")
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="second"))
    with Build(Path("outputs")) as build:
        tasks = build.find([Path("inputs")], None, [product_templates()], Problems())
        assert build.clear_away(tasks) == [
            f"removed: {FIRST}.html, as its paper is no longer there",
            f"removed: {SECOND}.html, as its paper is no longer there",
        ]
    assert made() == []


@pytest.mark.usefixtures("root")
def test_a_paper_of_a_meeting_that_was_not_asked_for_stays() -> None:
    make("inputs")
    with Build(Path("outputs")) as build:
        target = Path("inputs/sample/reports/second.yaml")
        tasks = build.find([target], None, [product_templates()], Problems())
        assert build.clear_away(tasks) == []
    assert made() == [f"{FIRST}.html", f"{SECOND}.html"]


# ---- What is kept ----


@pytest.mark.usefixtures("root")
def test_the_manifest_names_what_was_made_of_what_and_says_no_time_and_no_folder_of_this_machine(root: Path) -> None:
    make("inputs", formats=["html", "pdf"])
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
    shutil.rmtree("outputs")
    make("inputs", formats=["html", "pdf"])
    assert Path("outputs/manifest.json").read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 99}', '{"schema": 1, "entries": [1]}', "\xff"])
def test_a_damaged_record_is_as_good_as_none(text: str) -> None:
    make("inputs")
    Path("outputs/.reportgen/record.json").write_bytes(text.encode("latin-1"))
    assert states(make("inputs")) == {"first": "made", "second": "made"}
    assert states(make("inputs")) == {"first": "unchanged", "second": "unchanged"}


@pytest.mark.usefixtures("root")
def test_a_record_that_was_tampered_with_removes_nothing_outside_the_output_folder() -> None:
    make("inputs")
    record = Path("outputs/.reportgen/record.json")
    record.write_text(record.read_text(encoding="utf-8").replace("sample/drafts/a-second-report", "../victim"))
    write("victim.html", "mine")
    write("inputs/sample/reports/second.yaml", "title: Broken\n")
    make("inputs")
    assert Path("victim.html").read_text(encoding="utf-8") == "mine"
