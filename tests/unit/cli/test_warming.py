"""Compiled templates are kept from one run to the next, and checking is quick."""

from __future__ import annotations

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
