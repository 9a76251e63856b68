"""The benchmarks: the same words for everybody, true figures, and a page that keeps what is written by hand."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.cases import FIRST, OURS, QUICK, Results, times_of_papers
from benchmarks.contenders import DOCXTPL, PEERS
from benchmarks.content import Content, Grid, Line, Run, content_of, read_content, texts_of
from benchmarks.figures import ratio, shown, spread
from benchmarks.markdown import escape, write_markdown
from benchmarks.measuring import CommandFailed, Measured, measure
from benchmarks.page import BEGIN, END, bars, fill, write_results
from benchmarks.papers import agenda_of, name_of, touch, vary, write_papers
from benchmarks.surroundings import REQUIREMENTS
from benchmarks.validating import Verdict, WordsMissing, check_texts, lacking_words, squeeze, text_of_word
from benchmarks.word_template import kind_of, write_template, write_values
from reportgen.document import Document, blocks_of, lines_of, plain_text
from tests.samples import REPORTS, ROOT, compose_in_house

SAMPLE = "north-tyneside-sif-2017"
SMALL = Content(
    "A paper",
    "Council",
    "en-GB",
    (
        Line("Heading 1", "1", (Run("Costs & dates"),)),
        Line("Body Text", "1.1", (Run("It is "), Run("#1 *urgent* ", strong=True), Run("[now].\nReally."))),
        Grid("Table 1 Grades", (0.5, 0.5), ("Area", "Grade"), (("Care", "Good\nBetter"), ("Help | advice", ""))),
    ),
    (Line("Heading 1", "Appendix A", (Run("Plan"),)),),
)


# ---- The same words for everybody ----


def lines_in(document: Document) -> list[str]:
    """Every line that stands in the tree."""
    return [plain_text(line) for block in blocks_of(document) for line in lines_of(block)]


@pytest.mark.parametrize("name", [SAMPLE, "dudley-ilacs-2022", "cambridgeshire-slac-2009"])
def test_the_words_for_the_peers_are_all_those_of_the_paper(name: str) -> None:
    document, house = compose_in_house(REPORTS[name])
    words = squeeze("".join(texts_of(content_of(document, house))))
    # A caption that is not shown is for screen readers only.
    hidden = {
        plain_text(table.caption) for table in blocks_of(document) if getattr(table, "show_caption", True) is False
    }
    assert [line for line in lines_in(document) if squeeze(line) not in words and line not in hidden] == []


def test_a_template_and_its_values_hold_every_text_and_know_every_kind_of_part(tmp_path: Path) -> None:
    write_values(SMALL, "small", tmp_path)
    write_template([SMALL], tmp_path / "template.docx")
    values = json.loads((tmp_path / "small.json").read_text(encoding="utf-8"))
    parts = [*values["body"], *values["appendices"]]
    assert [part["kind"] for part in parts] == [kind_of(part) for part in SMALL.parts]
    template = text_of_word(tmp_path / "template.docx")
    assert [part["kind"] for part in parts if f'part.kind == "{part["kind"]}"' not in template] == []
    assert parts[0]["text"] == "1 Costs & dates"
    assert "".join(text for text, _ in parts[1]["runs"]) == "1.1 It is #1 *urgent* [now].\nReally."
    assert parts[2]["rows"] == [["Care", "Good\nBetter"], ["Help | advice", ""]]


def test_markdown_keeps_signs_that_would_mean_something(tmp_path: Path) -> None:
    write_markdown(SMALL, "small", tmp_path)
    written = (tmp_path / "small.md").read_text(encoding="utf-8")
    assert "# 1 Costs \\& dates\n" in written
    assert "1\\.1 It is **\\#1 \\*urgent\\*** \\[now\\]\\.\\\nReally\\.\n" in written
    assert "\n: Table 1 Grades\n" in written
    assert escape("1. a-b_c") == "1\\. a\\-b\\_c"


def test_the_rows_of_a_table_in_markdown_are_equally_wide(tmp_path: Path) -> None:
    write_markdown(SMALL, "small", tmp_path)
    rows = re.findall(r"^[|+].*[|+]$", (tmp_path / "small.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 9  # the first row below the head has two paragraphs and the line between them
    assert len({len(row) for row in rows}) == 1


def test_a_word_file_that_lacks_a_text_is_found_out(tmp_path: Path) -> None:
    write_template([SMALL], tmp_path / "template.docx")
    check_texts(["{{ part.caption }}"], tmp_path / "template.docx")
    with pytest.raises(WordsMissing, match="lacks 1 of 2 texts, the first of them: It rains"):
        check_texts(["{{ part.caption }}", "It rains"], tmp_path / "template.docx")


def test_words_are_missed_but_not_when_lines_break_within_them() -> None:
    assert lacking_words("a well-known assurance", "a well-\nknown assur\nance") == []
    assert lacking_words("the cost and the plan", "the cost and a plan 7") == ["the"]
    assert lacking_words("cost 12.5", "cost") == []


# ---- The papers ----


def test_every_paper_is_another_and_all_are_sound(tmp_path: Path) -> None:
    council = write_papers(tmp_path, 12)
    assert len(list((council / "meetings").iterdir())) == 2
    contents = [
        read_content(
            council / "reports" / f"{name_of(number)}.yaml", council / "meetings" / f"{agenda_of(number)}.yaml"
        )
        for number in (1, 12)
    ]
    assert contents[0].title != contents[1].title
    pictures = [[part for part in content.parts if kind_of(part) == "picture"] for content in contents]
    assert len(pictures[0]) == 3
    assert pictures[0][1:] != pictures[1][1:]


def test_plans_differ_in_dates_and_ratings() -> None:
    plan = (ROOT / "inputs" / "north-tyneside" / "action-plans" / "sif-2017.yaml").read_text(encoding="utf-8")
    varied = [vary(plan, "action-plans", number) for number in range(1, 18)]
    for key in ("due", "rag"):
        assert len({tuple(re.findall(rf"{key}: .*", text)) for text in varied}) == 17
    assert all(text.splitlines() != plan.splitlines() for text in varied)
    assert all(len(text.splitlines()) == len(plan.splitlines()) for text in varied)


def test_a_sample_that_is_written_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="the sample holds nothing like"):
        vary("kind: outcome\n", "reports", 1)


def test_a_paper_can_be_changed_again_and_again(tmp_path: Path) -> None:
    council = write_papers(tmp_path, 1)
    report = council / "reports" / "paper-0001.yaml"
    texts = [report.read_text(encoding="utf-8")]
    for number in range(2):
        touch(council, 1, f"version {number}")
        texts.append(report.read_text(encoding="utf-8"))
    assert all(one != other for one, other in pairwise(texts))
    assert [text.count("version") for text in texts] == [0, 1, 1]


def test_a_front_sheet_is_no_paper(tmp_path: Path) -> None:
    for name in ("agenda.pdf", "1-a-paper.pdf", "1-a-paper.docx"):
        (tmp_path / name).touch()
    assert [path.name for path in times_of_papers(tmp_path)] == ["1-a-paper.pdf"]


# ---- What the peers run ----


def test_the_peers_script_needs_nothing_of_this_project() -> None:
    tree = ast.parse(Path(peers.__file__).read_text(encoding="utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.partition(".")[0] for name in named} & {"benchmarks", "reportgen", "tests"} == set()
    assert set(peers.WAYS) == set(PEERS)


def test_every_peer_is_pinned() -> None:
    lines = [line for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


# ---- Figures ----


def test_a_ratio_is_that_of_the_medians_with_the_extremes_of_runs_side_by_side() -> None:
    found = ratio([1.0, 2.0, 9.0], [4.0, 2.0, 6.0])
    assert (found.median, found.least, found.greatest) == (0.5, 0.25, 1.5)
    assert str(found) == "0.50 (0.25–1.50)"


def test_one_figure_has_no_spread() -> None:
    assert str(spread([12.34])) == "12.3"
    assert shown(140.2) == "140"
    with pytest.raises(ValueError, match="no figures"):
        spread([])


def test_the_memory_of_the_largest_process_is_found_below_others(tmp_path: Path) -> None:
    child = "import time; held = bytearray(150_000_000); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    measured = measure([sys.executable, "-c", parent], tmp_path, os.environ)
    assert 150 < measured.megabytes < 250
    assert measured.seconds > 0.6
    assert measured.worked < measured.seconds


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="ended with 3:\nno template"):
        measure([sys.executable, "-c", "import sys; print('no template'); sys.exit(3)"], tmp_path, os.environ)


# ---- The page ----


def results(ours: float) -> Results:
    """Where a peer needs a second a paper and reportgen so many."""
    measured = {OURS: Measured(ours, ours, 200), FIRST: Measured(ours, ours, 200)}
    cold = measured | {name: Measured(1, 1, 220) for name in PEERS if name != "docxtpl-each"}
    many = {name: Measured(one.seconds * 6, one.worked * 6, 260) for name, one in cold.items() if name != FIRST}
    many["docxtpl-each"] = Measured(4, 4, 230)
    return Results(
        QUICK,
        {name: Verdict(0, ("7.3-1",) if name == DOCXTPL.name else (), 12) for name in (OURS, *PEERS)},
        {name: [one] for name, one in cold.items()},
        {name: [one] for name, one in many.items()},
        [Measured(1.5, 1.5, 150)],
        [Measured(0.6, 0.6, 30)],
        {12: {OURS: Measured(ours * 12, ours * 12, 240)}},
    )


def test_bars_are_met_or_missed() -> None:
    found = {bar.what: (bar.measured.median, bar.is_met) for bar in bars(results(0.8))}
    assert list(found.values()) == [
        (0.8, False),
        (0.8, False),
        (pytest.approx(0.8), True),
        (1.5, True),
        (0.6, False),
        (260, False),
        (pytest.approx(1), True),
    ]


def test_all_that_was_measured_stands_on_the_page() -> None:
    written = write_results(results(0.5), "2 processors", ["docxtpl 1.0"])
    assert "| one paper, cold, of docxtpl + LibreOffice | ≤ 0.7 | 0.50 | met |" in written
    assert "| nothing changed | ≤ 0.5 s | 0.60 s | **missed** |" in written
    assert "| docxtpl + a LibreOffice for each paper |  |  | 12.0 (of 2) | *0.25* | 2.00 s | 230 MB |" in written
    assert "| docxtpl + one LibreOffice for all | 12 | 0 | 1: 7.3-1 |" in written
    assert "| reportgen | 12 | 0.500 | 240 MB |" in written


def test_a_run_replaces_the_results_and_nothing_else() -> None:
    page = f"# Speed\n\nHow.\n\n{BEGIN}\nold \\1\n{END}\n\n## Why\n"
    once = fill(page, "new \\1\n")
    assert once == f"# Speed\n\nHow.\n\n{BEGIN}\n\nnew \\1\n\n{END}\n\n## Why\n"
    assert fill(once, "new \\1\n") == once
    with pytest.raises(ValueError, match="these two comments, once"):
        fill("# Speed\n", "new")


def test_the_page_of_the_project_can_be_filled() -> None:
    assert "measured anew" in fill((ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8"), "measured anew")
