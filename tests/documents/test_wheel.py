"""The built wheel works on its own: houses, frameworks and starters are in it, and an empty folder is enough."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the wheel's content."""
    wheels = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (wheel,) = wheels.glob("reportgen-*.whl")
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(target)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The wheel's reportgen, called in a folder; its dependencies are those of this environment."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_wheels_own_code_is_what_runs(installed: Path, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import reportgen; print(reportgen.__file__)"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith(str(installed))


def test_an_empty_folder_gets_papers(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "init", "demo")
    assert made.returncode == 0, made.stderr
    built = run(installed, tmp_path / "demo", "build")
    assert built.returncode == 0, built.stderr
    kinds = {file.suffix for file in (tmp_path / "demo" / "outputs").rglob("*") if file.is_file()}
    assert {".docx", ".pdf"} <= kinds


def test_the_five_houses_are_in_it(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, tmp_path, "houses")
    assert listed.returncode == 0
    for house in ("north-tyneside", "dudley", "cambridgeshire", "durham", "standard"):
        assert house in listed.stdout
