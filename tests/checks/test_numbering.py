"""One numbering: in the papers of a meeting no number means two things, whichever form they are read in.

In published packs the page numbers of an app differed from those of the PDF, and supplements were lost (slip E14).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from reportgen.cli import main
from reportgen.document import blocks_of
from tests.checks.test_clean_papers import CLEAN
from tests.samples import compose

MEETING = Path("inputs/westmere/meetings/2024-06-10-cabinet.yaml")
REPORTS = ("ilacs-outcome", "area-send")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The papers of a meeting, in Word and PDF."""
    out = tmp_path_factory.mktemp("pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(CLEAN)
        done = CliRunner().invoke(main, ["build", str(MEETING), "--format", "docx,pdf", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return sorted(path for path in out.rglob("*.*") if path.stem != "agenda")


def of_kind(papers: list[Path], suffix: str) -> list[Path]:
    found = [path for path in papers if path.suffix == suffix]
    assert len(found) == len(REPORTS)
    return found


def test_each_page_of_the_pdf_prints_its_own_number_and_how_many_there_are(papers: list[Path]) -> None:
    for path in of_kind(papers, ".pdf"):
        pdf = pypdfium2.PdfDocument(path)
        total = len(pdf)
        printed = [re.findall(r"Page (\d+) of (\d+)", page.get_textpage().get_text_range()) for page in pdf]
        assert printed == [[(str(number), str(total))] for number in range(1, total + 1)]


def test_the_number_that_a_reader_shows_for_a_page_is_the_one_printed_on_it(papers: list[Path]) -> None:
    for path in of_kind(papers, ".pdf"):
        pdf = pypdfium2.PdfDocument(path)
        assert [pdf.get_page_label(index) or str(index + 1) for index in range(len(pdf))] == [
            str(index + 1) for index in range(len(pdf))
        ]


def test_the_papers_of_a_meeting_are_named_and_marked_by_the_numbers_of_its_items(papers: list[Path]) -> None:
    for suffix in (".docx", ".pdf"):
        assert [path.name.partition("-")[0] for path in of_kind(papers, suffix)] == ["7", "8"]
    for item, path in zip(("7", "8"), of_kind(papers, ".pdf"), strict=True):
        first = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
        assert re.search(rf"Item\s+{item}\b", first)


@pytest.mark.parametrize("report", REPORTS)
def test_no_paragraph_table_or_appendix_shares_its_number_with_another(report: str) -> None:
    numbers = [
        (number.sequence, number.reference or number.text)
        for block in blocks_of(compose(CLEAN / "inputs" / "westmere" / "reports" / f"{report}.yaml"))
        if (number := getattr(block, "number", None)) is not None and number.sequence in ("body", "appendix", "table")
    ]
    assert len(numbers) > 15
    assert [one for one, times in Counter(numbers).items() if times > 1] == []
