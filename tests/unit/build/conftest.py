"""A working folder with one council, two reports and a meeting that has one of them on its agenda."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.build.papers import COUNCIL, MEETING, write, write_report


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    write("inputs/sample/council.yaml", COUNCIL)
    write_report("first", "The council's first report")
    write_report("second", "A second report")
    write("inputs/sample/meetings/2022-09-13-cabinet.yaml", MEETING.format(report="first"))
    return tmp_path
