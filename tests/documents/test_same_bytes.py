"""Same inputs, same bytes: whatever the process, the hash seed, the time zone or the day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(out: Path, **environment: str) -> dict[str, str]:
    """The digests of all files that a fresh process makes of the sample inputs."""
    command = [sys.executable, "-m", "reportgen", "build", "inputs", "--format", "docx,pdf,html", "--out", str(out)]
    run = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.rglob("*"))
        if file.is_file()
    }


def test_two_processes_with_other_hash_seeds_and_time_zones_make_the_same_bytes(tmp_path: Path) -> None:
    one = build(tmp_path / "one", PYTHONHASHSEED="1", TZ="Europe/London")
    other = build(
        tmp_path / "other", PYTHONHASHSEED="77", TZ="Pacific/Kiritimati", SOURCE_DATE_EPOCH="2000000000", LC_ALL="C"
    )
    assert len(one) >= 18
    assert one == other
