"""Compiled templates are kept from one run to the next, and checking is quick."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.templating import environment
from tests.unit.cli.conftest import Run

ROOT = Path(__file__).parents[3]


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has compiled nothing yet."""
    monkeypatch.setattr(environment, "_COMPILED", environment._Compiled())


@pytest.mark.usefixtures("demo", "forgetful")
def test_what_a_run_compiles_the_next_one_takes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    printed = run("check", XDG_CACHE_HOME=str(cache)).stdout
    [kept] = (cache / "reportgen").glob("templates-*")
    before = kept.stat().st_mtime_ns
    monkeypatch.setattr(environment, "_COMPILED", environment._Compiled())
    monkeypatch.setattr(environment.ReportEnvironment, "_compile", None)  # nothing may be compiled now
    monkeypatch.setattr(environment.ReportEnvironment, "_code_of", None)
    assert run("check", XDG_CACHE_HOME=str(cache)).stdout == printed
    assert kept.stat().st_mtime_ns == before


@pytest.mark.usefixtures("demo", "forgetful")
@pytest.mark.parametrize("content", [b"", b"nonsense", b"i\x01\x00\x00\x00"])
def test_a_damaged_file_is_as_good_as_none(run: Run, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache"
    run("check", XDG_CACHE_HOME=str(cache))
    [kept] = (cache / "reportgen").glob("templates-*")
    kept.write_bytes(content)
    assert run("check", XDG_CACHE_HOME=str(cache)).exit_code == 0
    assert kept.read_bytes() != content


@pytest.mark.usefixtures("demo", "forgetful")
def test_a_folder_that_cannot_be_written_is_no_mistake(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert run("check", XDG_CACHE_HOME=str(tmp_path / "cache")).exit_code == 0


def seconds_of(folder: Path, cache: Path) -> float:
    """The processor time of checking what is in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "reportgen", "check", "inputs"]
    settings = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert "checked: " in done.stdout, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@pytest.mark.slow
def test_checking_one_paper_takes_less_than_half_a_second_and_fifty_less_than_three(tmp_path: Path) -> None:
    """Of processor time, on a machine with nothing else to do; the limits here leave it twice as much."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    council = tmp_path / "inputs" / "durham"
    shutil.copytree(ROOT / "inputs" / "durham", council)
    seconds_of(tmp_path, tmp_path / "cache")
    assert min(seconds_of(tmp_path, tmp_path / "cache") for _ in range(2)) < 1.0
    for number in range(49):
        shutil.copy(council / "reports" / "slac-2011.yaml", council / "reports" / f"copy-{number}.yaml")
    assert seconds_of(tmp_path, tmp_path / "cache") < 6.0
