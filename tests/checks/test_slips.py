"""Slips that were really published, rebuilt in our own words: each is found, with its rule and at its place.

A folder `slips/<slip>` holds the files that take the place of those of the valid working folder (tests/bad/_valid),
each under the name of its area. What is expected stands in comments beside the line, as in tests/bad; a comment
`# check --final` gives the options.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.bad.cases import STANDS_FOR, VALID
from tests.checks.checking import check

SLIPS = Path(__file__).parent / "slips"
FOLDERS = sorted(folder.name for folder in SLIPS.iterdir())
SOURCE = "inputs/westmere/inspections/ilacs-2022.txt"
"""Where `source.txt` goes: the text of the published report."""
ELSEWHERE = {"E14": "test_numbering.py"}
"""Slips of which a part is proved in another file of this folder."""

_EXPECTED = re.compile(r"^# (error|warning|advice) (RG\d+) (\S+?): (.+)$", re.MULTILINE)
_OPTIONS = re.compile(r"^# check (.+)$", re.MULTILINE)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the valid working folder, as the present folder."""
    shutil.copytree(VALID, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def expected_in(path: Path) -> list[str]:
    """What the comments of a file expect; a place without a path is in the file itself."""
    return [
        f"{severity} {code} {f'{STANDS_FOR[path.stem]}:{place}' if place[0].isdigit() else place}: {message}"
        for severity, code, place, message in _EXPECTED.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("slip", FOLDERS)
def test_a_slip_that_was_really_published_is_found_at_its_place(slip: str, work: Path) -> None:
    expected: list[str] = []
    options: list[str] = []
    for path in sorted((SLIPS / slip).iterdir()):
        shutil.copyfile(path, work / STANDS_FOR.get(path.stem, SOURCE))
        if path.stem in STANDS_FOR:
            expected += expected_in(path)
            options += [one for line in _OPTIONS.findall(path.read_text(encoding="utf-8")) for one in line.split()]
    assert sorted(check(*options)) == sorted(expected) != []


@pytest.mark.usefixtures("work")
def test_the_folder_that_the_slips_are_made_in_has_none() -> None:
    assert check() == []


def test_each_of_the_eighteen_slips_is_here() -> None:
    assert {slip[:3] for slip in FOLDERS} == {f"E{number:02}" for number in range(1, 19)}
