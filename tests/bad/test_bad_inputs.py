"""Each bad input gives exactly the message that stands beside its line, and changes no file that was made before."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.bad.cases import VALID, BadInput, Said, bad_inputs, build

JARGON = re.compile(
    r"Traceback|pydantic|jinja2|NoneType|\bNone\b|\b(dict|tuple|str|int|float|bool|NoneType) object"
    r"|\bobject has no|object at 0x|<class|Error\(|\binstances? of\b|positional argument|\bInput should\b|\bUndefined\b",
)
"""Words of Python's and of its libraries, which say nothing to an officer."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The valid working folder with its papers made."""
    folder = tmp_path_factory.mktemp("valid") / "work"
    shutil.copytree(VALID, folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        said = build()
    finally:
        os.chdir(before)
    assert said == Said(0, "1 paper made\n")
    return folder


@pytest.fixture
def work(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the present folder."""
    folder = tmp_path / "work"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def outputs(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file below `outputs`, with its bytes and the time of its last change."""
    files = [path for path in (folder / "outputs").rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.parametrize("bad", bad_inputs(), ids=lambda bad: bad.name)
def test_a_bad_input_gives_the_message_that_stands_beside_its_line(bad: BadInput, work: Path) -> None:
    before = outputs(work)
    assert len(before) == 2
    shutil.copyfile(bad.path, work / bad.stands_for)
    said = build()
    assert said.diagnostics == bad.expected() != []
    assert said.exit_code == 1
    assert [line for line in said.diagnostics if JARGON.search(line)] == []
    assert outputs(work) == before


def test_there_are_bad_inputs_of_every_kind() -> None:
    assert len(bad_inputs()) >= 48
