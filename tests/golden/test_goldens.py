"""The six samples in their own houses, as markup and as tree: exactly as when they were last looked at.

`pytest --accept` rewrites the files; the difference is read in review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.show import show_stage
from tests.conftest import CheckGolden
from tests.listing import list_document
from tests.samples import MEETINGS, REPORTS, ROOT, front_sheet, sample

FOLDER = Path(__file__).parent
AGENDAS = "agendas"


def test_there_are_six_samples() -> None:
    assert len(REPORTS) == 6


@pytest.mark.parametrize("name", REPORTS)
def test_the_markup_is_as_it_was_accepted(
    name: str, check_golden: CheckGolden, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)  # origins name files as they were given: relative here, the same in every checkout
    assert show_stage(REPORTS[name].relative_to(ROOT), "markup", None) == 0
    check_golden(FOLDER / name / "markup.xml", capsys.readouterr().out)


@pytest.mark.parametrize("name", REPORTS)
def test_the_tree_is_as_it_was_accepted(name: str, check_golden: CheckGolden) -> None:
    check_golden(FOLDER / name / "tree.txt", list_document(sample(name)))


@pytest.mark.parametrize("name", MEETINGS)
def test_the_tree_of_the_front_sheet_is_as_it_was_accepted(name: str, check_golden: CheckGolden) -> None:
    check_golden(FOLDER / AGENDAS / f"{name}.txt", list_document(front_sheet(name)[0]))


def test_there_is_no_golden_of_a_sample_that_is_gone() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*REPORTS, AGENDAS}
    assert {path.stem for path in (FOLDER / AGENDAS).iterdir()} == set(MEETINGS)


def test_every_golden_names_files_as_any_checkout_does() -> None:
    for path in [*FOLDER.glob("*/*.xml"), *FOLDER.glob("*/*.txt")]:
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path
