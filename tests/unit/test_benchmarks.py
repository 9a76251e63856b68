"""The benchmarks: the same words for every tool, true figures, and a page that keeps what is written by hand."""

from __future__ import annotations

import ast
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import peers, run
from benchmarks.run import FIRST, OURS, PEERS, QUICK, BenchmarkError, Measurement, Results

SOURCE = Path(run.__file__).with_name("paper.md").read_text(encoding="utf-8")


def test_the_paper_of_the_other_tools_says_what_ours_says(tmp_path: Path) -> None:
    run.write_inputs(tmp_path, 12)
    out = tmp_path / "out"
    report = f"inputs/sample/reports/{run.name_of(12)}.yaml"
    run.run([str(run.REPORTGEN), "build", report, "--out", str(out), "--format", "html,docx"], tmp_path)
    (page,) = (out / "sample" / run.meeting_of(12)).glob("2-*.html")
    values = run.read_values(page, 12, tmp_path)
    assert [one["file"] for one in values["pictures"]] == sorted(path.name for path in tmp_path.glob("*.png"))
    markdown = run.squeeze(re.sub(r"\\|\*\*", "", run.fill_markdown(SOURCE, values)))
    assert [text for text in run.texts_of(page) if run.squeeze(text) not in markdown] == []


def test_values_are_taken_as_text_in_markdown() -> None:
    source = (
        "# {{ title }}\n\n| {%tr for row in tables[0] %} |  |\n| {{ row[0] }} | {{ row[1] }} |\n| {%tr endfor %} |  |\n"
    )
    values = {"title": "Not *urgent* [now]", "pictures": [], "tables": [[["2_a", "b|c"], ["d", ""]]]}
    assert run.fill_markdown(source, values) == "# Not \\*urgent\\* \\[now\\]\n\n| 2\\_a | b\\|c |\n| d |  |\n"


def test_words_are_missed_but_not_when_lines_break_within_them() -> None:
    assert run.missing_words("a well-known assurance", "a well-\nknown assur\nance") == []
    assert run.missing_words("the cost and the plan", "the cost and a plan 7") == ["the"]
    assert run.missing_words("cost 12.5", "cost") == []


def test_papers_differ_in_titles_dates_ratings_and_figures(tmp_path: Path) -> None:
    run.write_inputs(tmp_path, 17)
    council = tmp_path / "inputs" / "sample"
    assert len(list((council / "meetings").iterdir())) == 2
    for kind, pattern in (
        ("reports", r"title: .*"),
        ("inspections", r"looked_after: .*"),
        ("action-plans", r"due: .*"),
        ("action-plans", r"rag: .*"),
    ):
        texts = [path.read_text(encoding="utf-8") for path in sorted((council / kind).glob("paper-*.yaml"))]
        assert len({tuple(re.findall(pattern, text)) for text in texts}) == 17
    with pytest.raises(BenchmarkError, match="the sample holds nothing like"):
        run.vary("kind: outcome\n", "reports", 1)


def test_a_paper_can_be_changed_again_and_again(tmp_path: Path) -> None:
    run.write_inputs(tmp_path, 1)
    report = tmp_path / "inputs" / "sample" / "reports" / "paper-0001.yaml"
    texts = [report.read_text(encoding="utf-8")]
    for number in range(2):
        run.change(tmp_path, 1, f"version {number}")
        texts.append(report.read_text(encoding="utf-8"))
    assert all(one != other for one, other in pairwise(texts))
    assert [text.count("version") for text in texts] == [0, 1, 1]


def test_the_peers_script_needs_nothing_of_this_project() -> None:
    tree = ast.parse(Path(peers.__file__).read_text(encoding="utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.partition(".")[0] for name in named} & {"benchmarks", "reportgen", "tests"} == set()
    assert set(peers.WAYS) == set(PEERS)


def test_every_peer_is_pinned() -> None:
    lines = [line for line in run.REQUIREMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_a_ratio_is_that_of_the_medians_with_the_extremes_of_runs_side_by_side() -> None:
    assert str(run.ratio([1.0, 2.0, 9.0], [4.0, 2.0, 6.0])) == "0.50 (0.25–1.50)"
    assert str(run.spread([12.34])) == "12.3"
    assert run.digits(140.2) == "140"


def test_the_memory_of_the_largest_process_is_found_below_others(tmp_path: Path) -> None:
    # More than the process that runs the tests has: the kernel counts that, too, until another program begins.
    child = "import time; held = bytearray(400_000_000); time.sleep(0.2)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    measured = run.run([sys.executable, "-c", parent], tmp_path)
    assert 400 < measured.megabytes < 500
    assert measured.seconds > 0.2


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="ended with 3:\nno template"):
        run.run([sys.executable, "-c", "import sys; print('no template'); sys.exit(3)"], tmp_path)


def results(ours: float) -> Results:
    """Where a peer needs a second a paper and reportgen so many."""
    cold = {tool: [Measurement(1, 1, 220)] for tool in PEERS if tool != "docxtpl-each"}
    many = {tool: [Measurement(6, 6, 260)] for tool in cold} | {"docxtpl-each": [Measurement(4, 4, 230)]}
    one, all_papers = [Measurement(ours, ours, 200)], [Measurement(ours * 6, ours * 6, 200)]
    return Results(
        QUICK,
        {OURS: ("12", "0", "0"), "docxtpl-once": ("12", "0", "1: 7.3-1")},
        {FIRST: one, OURS: one, **cold},
        {OURS: all_papers, **many},
        [Measurement(1.5, 1.5, 150)],
        [Measurement(0.6, 0.6, 30)],
        {12: Measurement(ours * 12, ours * 12, 240)},
    )


@pytest.mark.parametrize(
    "row",
    [
        "| one paper, cold, of docxtpl + LibreOffice | ≤ 0.7 | 0.80 | **missed** |",
        "| 6 papers, of docxtpl + one LibreOffice for all | ≤ 1 | 0.80 | met |",
        "| nothing changed | ≤ 0.5 s | 0.60 s | **missed** |",
        "| the largest process | ≤ 250 MB | 240 MB | met |",
        "| a paper where 12 are made, of one of 6 | ≤ 1.1 | 1.00 | met |",
        "| reportgen | 0.80 |  | 4.80 |  | 0.80 s | 200 MB |",
        "| docxtpl + a LibreOffice for each paper |  |  | 12.0 (of 2) | *0.40* | 2.00 s | 230 MB |",
        "| docxtpl + one LibreOffice for all | 12 | 0 | 1: 7.3-1 |",
        "| reportgen | 12 | 0.800 | 240 MB |",
    ],
)
def test_all_that_was_measured_stands_on_the_page(row: str) -> None:
    written = run.write_results(results(0.8), "2 processors", ["docxtpl 1.0"])
    assert row in written.splitlines()
    assert len(re.findall(r"\n\n###", written)) == written.count("###") == 5


def test_a_run_replaces_the_results_and_nothing_else() -> None:
    page = f"# Speed\n\nHow.\n\n{run.BEGIN}\nold \\1\n{run.END}\n\n## Why\n"
    once = run.fill(page, "new \\1\n")
    assert once == f"# Speed\n\nHow.\n\n{run.BEGIN}\n\nnew \\1\n\n{run.END}\n\n## Why\n"
    assert run.fill(once, "new \\1\n") == once
    with pytest.raises(ValueError, match="these two comments, once"):
        run.fill("# Speed\n", "new")
    assert "measured anew" in run.fill(run.PAGE.read_text(encoding="utf-8"), "measured anew")
