"""The valid working folder, its papers made, for tests that then break something in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.bad.cases import VALID, Said, build


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The valid working folder with its papers made."""
    folder = tmp_path_factory.mktemp("valid") / "work"
    shutil.copytree(VALID, folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        said = build("--format", "docx,pdf")
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
