"""Same inputs, same bytes: whatever the process, the hash seed, the time zone or the day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.reading import require

ROOT = Path(__file__).parents[2]


def build(out: Path, *before: str, **environment: str) -> dict[str, str]:
    """The digests of all files that a fresh process makes of the sample inputs. `before` runs the command."""
    command = [
        *before,
        sys.executable,
        "-m",
        "reportgen",
        "build",
        "inputs",
        "--format",
        "docx,pdf,html",
        "--out",
        str(out),
    ]
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.rglob("*"))
        # The status page and what builds note for each other tell how long it took: they are not published.
        if file.is_file() and file.name != "index.html" and ".reportgen" not in file.parts
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = build(tmp_path_factory.mktemp("first"), PYTHONHASHSEED="1", TZ="Europe/London")
    assert len(made) >= 18
    return made


def test_another_process_with_another_hash_seed_and_time_zone_makes_the_same_bytes(
    first: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "2000000000", "LC_ALL": "C"}
    assert build(tmp_path, PYTHONHASHSEED="77", **elsewhere) == first


def test_another_day_makes_the_same_bytes(first: dict[str, str], tmp_path: Path) -> None:
    assert build(tmp_path, require("faketime"), "2031-12-24 23:59:59") == first
