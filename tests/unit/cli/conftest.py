"""A working folder as `reportgen init` makes it, and the command line run in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli import main
from reportgen.cli.scaffold import write_folder

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command; an exception that the command lets through is the test's failure."""
    cache = str(tmp_path_factory.getbasetemp() / "cache")

    def call(*arguments: str, **environment: str) -> Result:
        settings = {"XDG_CACHE_HOME": cache} | environment
        return CliRunner(env=settings).invoke(main, arguments, catch_exceptions=False)

    return call


@pytest.fixture(scope="session")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `reportgen init` makes, to be copied: most of its time goes into the schemas."""
    folder = tmp_path_factory.mktemp("fresh") / "demo"
    write_folder(folder)
    return folder


@pytest.fixture
def demo(tmp_path: Path, fresh_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(fresh_folder, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def report(demo: Path) -> Path:
    """The report of the working folder; its path as typed from there."""
    assert demo.is_dir()
    return Path("inputs/demo/reports/sample.yaml")


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that is in the file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
