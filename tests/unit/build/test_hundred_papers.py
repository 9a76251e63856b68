"""A hundred papers, as one command makes them."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.unit.build.papers import Printed, contents, run, write, write_papers

BROKEN = ("r007", "r050", "r099")


@pytest.mark.slow
def test_a_hundred_papers_of_which_three_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """97 are made, three named with their places; then nothing is made twice, and one change makes one paper."""
    monkeypatch.chdir(tmp_path)
    write_papers(100)
    for name in BROKEN:
        write(f"inputs/sample/reports/{name}.yaml", "title: Broken\npurpose: [To say.\n")
    first = run()
    assert first.code == 1
    assert len(first.out.splitlines()) == 97
    for name in BROKEN:
        assert f"inputs/sample/reports/{name}.yaml:2:10: error RG004: " in first.err
        assert f"not made: inputs/sample/reports/{name}.yaml" in first.err
    assert "97 papers made, 3 not made: 3 errors" in first.err.splitlines()[-1]
    before = contents()
    assert len(before) == 98

    second, took = timed()
    assert (second.code, second.out) == (1, "")
    assert "0 papers made, 97 up to date, 3 not made: 3 errors" in second.err.splitlines()[-1]
    assert contents() == before
    assert took < 0.5 * slowness()

    write("inputs/sample/reports/r001.yaml", Path("inputs/sample/reports/r001.yaml").read_text() + "wards: Changed\n")
    third, took = timed("--explain")
    assert "1 paper made, 96 up to date, 3 not made" in third.err.splitlines()[-1]
    assert third.err.count("inputs/sample/reports/r001.yaml: inputs/sample/reports/r001.yaml has changed\n") == 1
    assert third.err.count(": nothing has changed\n") == 99
    after = contents()
    assert {name for name in after if after[name] != before[name]} == {"manifest.json", "sample/drafts/report-1.html"}
    assert took < 2 * slowness()

    shutil.rmtree("outputs")
    assert run("--jobs", "1").code == 1
    assert contents() == after


def timed(*arguments: str) -> tuple[Printed, float]:
    begun = time.monotonic()
    said = run(*arguments)
    return said, time.monotonic() - begun


def slowness() -> float:
    """How much slower this machine may be than one that has nothing else to do."""
    return 1 + 2 * os.getloadavg()[0] / (os.cpu_count() or 1)
