"""Targets → jobs → files: what is made, where it goes, and that one broken paper harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.batch import Outcome, find_jobs, output_of, run_jobs, write_together
from reportgen.diagnostics import Problems
from reportgen.house.folders import house_folders, product_templates
from reportgen.pipeline import Job

COUNCIL = "name: Sample Council\nshort_name: Sample\nhouse: standard\n"
REPORT = """
title: {title}
purpose: [To say what was found.]
recommendations: [note the outcome]
"""
MEETING = """
body: Cabinet
date: 2022-09-13
items:
  - number: "7(e)"
    report: {report}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one council, two reports and a meeting that has one of them on its agenda."""
    monkeypatch.chdir(tmp_path)
    write("inputs/sample/council.yaml", COUNCIL)
    write("inputs/sample/reports/first.yaml", REPORT.format(title="The council's first report"))
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report"))
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="first"))
    return tmp_path


def write(path: str, text: str) -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return Path(path)


def find(*targets: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The jobs as (report, meeting), and the problems as messages."""
    problems = Problems()
    jobs = find_jobs(map(Path, targets), None, [product_templates()], problems)
    pairs = [(job.report.stem, job.meeting.stem if job.meeting else "") for job in jobs]
    return pairs, [str(problem) for problem in problems.found]


def make(*targets: str) -> list[Outcome]:
    problems = Problems()
    jobs = find_jobs(map(Path, targets), None, [product_templates()], problems)
    assert problems.found == []
    return list(run_jobs(jobs, ["html"], Path("outputs")))


def made() -> list[str]:
    return sorted(str(path) for path in Path("outputs").rglob("*") if path.is_file())


FIRST = ("first", "2022-09-13-cabinet")
SECOND = ("second", "")


# ---- What was asked for → jobs ----


@pytest.mark.usefixtures("root")
def test_a_report_goes_to_the_meeting_that_has_it_and_without_one_is_a_draft() -> None:
    assert find("inputs/sample/reports/first.yaml") == ([FIRST], [])
    assert find("inputs/sample/reports/second.yaml") == ([SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_report_goes_to_each_meeting_that_has_it() -> None:
    write("inputs/sample/meetings/2022-10-01-scrutiny.yaml", MEETING.format(report="first"))
    assert find("inputs/sample/reports/first.yaml") == ([FIRST, ("first", "2022-10-01-scrutiny")], [])


@pytest.mark.usefixtures("root")
def test_a_meeting_stands_for_all_its_reports() -> None:
    agenda = MEETING.format(report="second") + '  - number: "8"\n    report: first\n'
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", agenda)
    assert find("inputs/sample/meetings/2022-09-13-cabinet.yaml") == ([("second", FIRST[1]), FIRST], [])


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("folder", [".", "inputs", "inputs/sample", "inputs/sample/reports"])
def test_a_folder_stands_for_every_report_in_it(folder: str) -> None:
    assert find(folder) == ([FIRST, SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_folder_of_meetings_stands_for_their_reports_only() -> None:
    assert find("inputs/sample/meetings") == ([FIRST], [])


@pytest.mark.usefixtures("root")
def test_a_paper_asked_for_twice_is_made_once() -> None:
    assert find("inputs", "inputs/sample/reports/first.yaml") == ([FIRST, SECOND], [])


@pytest.mark.parametrize("place", ["inputs/sample/reports", "inputs/sample", "inputs/sample/meetings"])
def test_it_does_not_matter_which_folder_one_is_in(root: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    monkeypatch.chdir(root / place)
    problems = Problems()
    target = Path("first.yaml") if place.endswith("reports") else Path()
    [job, *_] = find_jobs([target], None, [product_templates()], problems)
    assert job.report.parent.parent.name == "sample"
    assert job.house_folders[0].resolve() == root / "templates"
    assert [outcome.diagnostics for outcome in run_jobs([job], ["html"], root / "outputs")] == [()]


@pytest.mark.usefixtures("root")
def test_hidden_folders_are_not_searched() -> None:
    write("inputs/.old/reports/first.yaml", "")
    assert find("inputs") == ([FIRST, SECOND], [])


@pytest.mark.usefixtures("root")
def test_a_target_that_is_not_there_is_an_error_with_the_nearest_name() -> None:
    jobs, [problem] = find("inputs/sample/reports/frist.yaml")
    assert jobs == []
    assert problem == (
        "inputs/sample/reports/frist.yaml: error RG001: there is no such file or folder\n"
        "  hint: did you mean 'inputs/sample/reports/first.yaml'?"
    )


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("inputs/sample/council.yaml", "this is neither a report nor a meeting"),
        ("inputs/empty", "there are no reports or meetings in this folder"),
        ("inputs/sample/meetings/none.yaml", "no report is on this agenda"),
    ],
)
def test_a_target_that_stands_for_nothing_is_an_error(target: str, message: str) -> None:
    Path("inputs/empty").mkdir()
    write("inputs/sample/meetings/none.yaml", "body: Cabinet\ndate: 2022-09-13\n")
    jobs, problems = find(target)
    assert jobs == []
    assert [f"{target}: error RG060: {message}" in problem for problem in problems] == [True]


@pytest.mark.usefixtures("root")
def test_a_report_on_the_agenda_that_does_not_exist_is_an_error_and_the_others_are_found() -> None:
    agenda = MEETING.format(report="first") + '  - number: "8"\n    report: secnod\n'
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", agenda)
    jobs, [problem] = find("inputs")
    assert jobs == [FIRST, SECOND]
    assert "2022-09-13-cabinet.yaml:8:13: error RG013: 'secnod' refers to" in problem


@pytest.mark.usefixtures("root")
def test_no_draft_is_made_while_an_agenda_that_may_have_it_cannot_be_read() -> None:
    write("inputs/sample/meetings/2022-10-01-scrutiny.yaml", "body: [Scrutiny\n")
    jobs, problems = find("inputs")
    assert jobs == [FIRST]
    assert [problem.partition(" error RG004")[1] for problem in problems] == [" error RG004", ""]
    assert "warning RG060: inputs/sample/reports/second.yaml was left out, as it may be on this agenda" in problems[1]


@pytest.mark.usefixtures("root")
def test_a_file_that_does_not_end_in_yaml_is_not_passed_over_in_silence() -> None:
    write("inputs/sample/reports/third.yml", REPORT.format(title="Third"))
    jobs, [problem] = find("inputs")
    assert jobs == [FIRST, SECOND]
    assert problem.startswith("inputs/sample/reports/third.yml: warning RG060: this file is passed over")


@pytest.mark.usefixtures("root")
def test_a_name_that_cannot_be_printed_is_an_error() -> None:
    write("inputs/d\udce9mo/reports/third.yaml", REPORT.format(title="Third"))
    jobs, [problem] = find("inputs")
    assert jobs == [FIRST, SECOND]
    assert "error RG060: the name of this file, or of its folder, is not Unicode" in problem


def test_a_councils_own_houses_come_before_the_products(root: Path) -> None:
    write("templates/own/house.yaml", "name: Own\n")
    assert house_folders(root / "templates", [product_templates()]) == (root / "templates", product_templates())
    assert house_folders(product_templates(), [product_templates()]) == (product_templates(),)
    assert house_folders(root / "none", []) == ()


# ---- Where a paper goes ----


@pytest.mark.usefixtures("root")
def test_the_path_names_council_meeting_item_and_title() -> None:
    first = Job(Path("inputs/sample/reports/first.yaml"), Path("inputs/sample/meetings/2022-09-13-cabinet.yaml"))
    second = Job(Path("inputs/sample/reports/second.yaml"))
    assert output_of(first, Path("out")) == Path("out/sample/2022-09-13-cabinet/7e-the-councils-first-report")
    assert output_of(second, Path("out")) == Path("out/sample/drafts/a-second-report")


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Children’s services – outcome & next steps", "childrens-services-outcome-and-next-steps"),
        ("Café Société: naïve façade", "cafe-societe-naive-facade"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("A" * 90, "a" * 60),
        ("خطة", "titled"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_becomes_a_short_plain_name(title: str, name: str) -> None:
    report = write("inputs/sample/reports/titled.yaml", REPORT.format(title=f"'{title}'"))
    assert output_of(Job(report), Path("out")).name == name


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(("number", "part"), [("7(e)", "7e"), ("12", "12"), ("7.1", "7-1"), ("A/3", "a-3")])
def test_an_items_number_becomes_part_of_the_name(number: str, part: str) -> None:
    meeting = write("inputs/sample/meetings/m.yaml", MEETING.format(report="second").replace("7(e)", number))
    job = Job(Path("inputs/sample/reports/second.yaml"), meeting)
    assert output_of(job, Path("out")).name == f"{part}-a-second-report"


# ---- Jobs → files ----


@pytest.mark.usefixtures("root")
def test_papers_are_written_and_named_in_the_outcome() -> None:
    outcomes = make("inputs")
    assert [path for outcome in outcomes for path in outcome.files] == [
        Path("outputs/sample/2022-09-13-cabinet/7e-the-councils-first-report.html"),
        Path("outputs/sample/drafts/a-second-report.html"),
    ]
    assert made() == sorted(str(path) for outcome in outcomes for path in outcome.files)


@pytest.mark.usefixtures("root")
def test_a_broken_paper_stops_no_other_and_changes_none_of_its_files() -> None:
    make("inputs")
    before = {path: Path(path).read_bytes() for path in made()}
    write("inputs/sample/reports/first.yaml", "title: Changed\n")
    write("inputs/sample/reports/second.yaml", REPORT.format(title="A second report") + "wards: Changed\n")
    broken, whole = make("inputs")
    assert broken.files == ()
    assert [diagnostic.code for diagnostic in broken.diagnostics] == ["RG011", "RG011"]
    assert whole.files
    after = {path: Path(path).read_bytes() for path in made()}
    assert [path for path in before if before[path] != after.get(path)] == [
        "outputs/sample/drafts/a-second-report.html"
    ]
    assert before.keys() == after.keys()


@pytest.mark.usefixtures("root")
def test_a_mistake_of_ours_in_one_paper_stops_no_other() -> None:
    problems = Problems()
    jobs = find_jobs([Path("inputs")], None, [product_templates()], problems)
    outcomes = list(run_jobs(jobs, ["html", "no such format"], Path("outputs")))
    assert ["there is no writer for 'no such format'" in outcome.crash for outcome in outcomes] == [True, True]
    assert made() == []


@pytest.mark.usefixtures("root")
def test_two_papers_for_one_path_are_an_error_that_names_both() -> None:
    write("inputs/sample/reports/other.yaml", REPORT.format(title="A second REPORT!"))
    outcomes = {outcome.job.report.stem: outcome for outcome in make("inputs")}
    assert outcomes["first"].files
    for one, other in (("second", "other"), ("other", "second")):
        assert outcomes[one].files == ()
        [problem] = outcomes[one].diagnostics
        assert problem.code == "RG061"
        assert str(problem).startswith(f"inputs/sample/reports/{one}.yaml: error RG061: this paper and that of ")
        assert (
            f"inputs/sample/reports/{other}.yaml would both be written to outputs/sample/drafts/a-second-report"
            in problem.message
        )
    assert len(made()) == 1


@pytest.mark.usefixtures("root")
def test_a_house_is_read_once_for_all_papers() -> None:
    house = write("templates/own/house.yaml", "name: Own\nextends: standard\n")
    jobs = find_jobs([Path("inputs")], "own", [product_templates()], Problems())
    outcomes = run_jobs(jobs, ["html"], Path("outputs"))
    assert next(outcomes).files
    house.unlink()
    assert next(outcomes).files


@pytest.mark.usefixtures("root")
def test_what_is_wrong_with_a_house_is_told_of_every_paper() -> None:
    write("templates/own/house.yaml", "name: Own\nextends: nothing\n")
    jobs = find_jobs([Path("inputs")], "own", [product_templates()], Problems())
    outcomes = run_jobs(jobs, ["html"], Path("outputs"))
    assert [[problem.code for problem in outcome.diagnostics] for outcome in outcomes] == [["RG040"], ["RG040"]]


@pytest.mark.usefixtures("root")
def test_a_folder_where_a_paper_should_go_is_an_error_of_that_paper_only() -> None:
    Path("outputs/sample/drafts/a-second-report.html").mkdir(parents=True)
    first, second = make("inputs")
    assert first.files
    assert [(problem.code, problem.location.path) for problem in second.diagnostics] == [
        ("RG062", "outputs/sample/drafts/a-second-report.html")
    ]


# ---- All or nothing ----


def test_files_are_written_together(tmp_path: Path) -> None:
    write_together({tmp_path / "new" / "a": b"1", tmp_path / "new" / "b": b"2"})
    assert sorted(path.read_bytes() for path in (tmp_path / "new").iterdir()) == [b"1", b"2"]


def test_when_one_file_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        write_together({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_when_a_file_is_in_use_those_replaced_before_it_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, Word keeps an open document from being replaced."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"old")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_together({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "c": b"old"}
