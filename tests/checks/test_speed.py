"""A check is quick enough to be run after every change: processor time, from the start of Python to its end.

The aim is half a second for a paper and 5 s for a hundred on a plain office machine with nothing else to do.
The limits leave a third more, and the best of a few runs counts, as others may be busy on it. A fifth of the
time of a single paper is spent on importing the library of bank holidays.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks.test_clean_papers import CLEAN, PAPERS

ONE = 0.5 * 4 / 3
HUNDRED = 5.0 * 4 / 3
"""Seconds."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's cache folder, as it is after the first check."""
    folder = tmp_path_factory.mktemp("cache")
    seconds_for(["inputs"], CLEAN, folder)
    return folder


def seconds_for(arguments: list[str], folder: Path, cache: Path) -> float:
    """The processor time of `reportgen check` that finds nothing."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "check", *arguments],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing found" in done.stdout
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.slow
@pytest.mark.timed
def test_a_paper_is_checked_in_about_half_a_second(cache: Path) -> None:
    paper = next(paper for paper in PAPERS if paper.stem == "jtai-outcome")
    assert min(seconds_for([str(paper)], CLEAN, cache) for _ in range(7)) < ONE


@pytest.mark.slow
@pytest.mark.timed
def test_a_hundred_papers_are_checked_in_about_five_seconds(cache: Path, tmp_path: Path) -> None:
    for number in range(9):
        for council in sorted((CLEAN / "inputs").iterdir()):
            shutil.copytree(council, tmp_path / "inputs" / f"{council.name}-{number}")
    assert len(list(tmp_path.glob("inputs/*/reports/*.yaml"))) == 9 * len(PAPERS) > 100
    assert min(seconds_for([], tmp_path, cache) for _ in range(2)) < HUNDRED


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("damage", [b"", b"nonsense", b"i\x01\x00\x00\x00", b"(\x00\x00\x00\x00", b"[\x00\x00\x00\x00"])
def test_what_is_kept_between_runs_makes_no_difference_to_what_is_found(damage: bytes, tmp_path: Path) -> None:
    assert seconds_for(["--final"], CLEAN, tmp_path / "new") > 0
    kept = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.write_bytes(damage)
    assert seconds_for(["--final"], CLEAN, tmp_path / "new") > 0
    assert all(path.read_bytes() != damage for path in kept)
