"""Whatever happens to a build, no file is ever half a file, and the next build puts everything right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.build.papers import begin, contents, run, state, write_long_paper, write_papers

pytestmark = pytest.mark.slow

PAPERS = 3
STATE = {"lock", "papers", "discovered.json"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def kill_at(moment: float, *arguments: str) -> None:
    process = begin(*arguments)
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def wait_for(papers: int) -> None:
    """Until so many are there, and noted."""
    until = time.monotonic() + 60
    while len(list(Path("outputs").rglob("report-*.html"))) < papers and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)


@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.nightly)])
def test_a_build_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_repairs_everything(
    kills: int,
) -> None:
    """Two versions of the papers in turn: a file may be of either, and of nothing else."""
    whole: dict[str, dict[str, str]] = {}
    took = 0.0
    for version in ("first", "second"):
        write_papers(PAPERS, version)
        begun = time.monotonic()
        assert run().code == 0
        took = time.monotonic() - begun
        whole[version] = {name: digest for name, digest in contents().items() if name != "manifest.json"}
    random_moments = random.Random(5)
    for number in range(kills):
        write_papers(PAPERS, ("first", "second")[number % 2])
        # Most of a build is its start, which writes nothing: kill where files are written.
        kill_at(took * random_moments.uniform(0.5, 1.05), *(["--jobs", "2"] if number % 5 == 0 else []))
        for name, digest in contents().items():
            if name.endswith(".html") and not name.rpartition("/")[2].startswith("."):
                assert digest in (whole["first"][name], whole["second"][name])
        if number % 10 == 9:
            said = run()
            assert (said.code, "changed since it was made" in said.err, "edited" in said.out) == (0, False, False)
            expected = whole[("first", "second")[number % 2]]
            assert {name: digest for name, digest in contents().items() if name != "manifest.json"} == expected
            assert state() == STATE
            assert f"{PAPERS} up to date" in run().err


def test_a_build_that_was_killed_says_so_and_what_it_had_made_is_not_made_again() -> None:
    write_papers(3)
    write_long_paper(1)
    process = begin("--jobs", "1")
    wait_for(1)
    process.kill()
    process.communicate()
    assert "running" in state()
    write_papers(3)
    said = run()
    assert said.err.startswith("the last build here did not end")
    assert said.err.endswith("2 papers made, 1 up to date: 9 warnings\n")


def test_an_interrupt_ends_with_130_and_one_line_and_leaves_nothing_but_what_was_made() -> None:
    write_papers(6)
    write_long_paper(2)
    process = begin("--jobs", "2")
    wait_for(5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "interrupted: 5 papers done; the same command makes the others"
    assert "Traceback" not in err
    assert len(contents()) == 6  # with the manifest
    assert state() == STATE
    write_papers(6)
    assert "1 paper made, 5 up to date" in run().err


def test_two_builds_at_once_do_not_harm_each_other() -> None:
    write_papers(8)
    processes = [begin("--jobs", "1") for _ in range(3)]
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(contents()) == 9
    assert sum("8 papers made" in err for _, err in told) == 1
    assert sum("0 papers made, 8 up to date" in err for _, err in told) == 2
    assert any("another build is at work in outputs; waiting until it has ended" in err for _, err in told)
    assert state() == STATE


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB at `outputs`."""
    place = tmp_path / "outputs"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k,mode=755", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_what_was_there_stays_whole(small_disk: Path) -> None:
    write_papers(2, "first")
    assert run().code == 0
    before = {name: digest for name, digest in contents().items() if name.endswith(".html")}
    left = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (left.f_bavail * left.f_frsize))
    write_papers(2, "second")
    said = run()
    assert said.code == 1
    assert "error RG062: the paper cannot be written: No space left on device" in said.err
    assert "check the output folder and the space left on the disk" in said.err
    assert {name: digest for name, digest in contents().items() if name.endswith(".html")} == before
    (small_disk / "ballast").unlink()
    said = run()
    assert (said.code, "2 papers made" in said.err, "changed since it was made" in said.err) == (0, True, False)
    assert not list(small_disk.rglob("*.new"))


def test_on_a_full_disk_an_edited_word_file_stays_where_it_was(small_disk: Path) -> None:
    write_papers(1, "first")
    assert run("--format", "docx").code == 0
    [paper] = small_disk.rglob("*.docx")
    paper.write_bytes(b"edited")
    left = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (left.f_bavail * left.f_frsize))
    said = run("--format", "docx")
    assert (said.code, "error RG062" in said.err) == (1, True)
    assert paper.read_bytes() == b"edited"
    (small_disk / "ballast").unlink()
    assert "as the Word file had been edited" in run("--format", "docx").out
    assert sorted(path.read_bytes() == b"edited" for path in small_disk.rglob("*.docx")) == [False, True]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """What is in `outputs` cannot be changed."""
    place = tmp_path / "outputs"
    place.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        place.chmod(0o555)
        yield place
        place.chmod(0o755)
        return
    bound = subprocess.run(["mount", "--bind", str(place), str(place)], capture_output=True, check=False)
    if bound.returncode != 0:
        pytest.skip("root may write everywhere here, and cannot mount a folder that is read-only")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_read_only_output_folder_is_one_message_and_no_traceback(read_only: Path) -> None:
    write_papers(5)
    said = run("--out", str(read_only))
    assert said.code == 1
    assert said.err.count("error RG062") == 1
    assert said.err.splitlines()[0].startswith(
        f"{read_only}/.reportgen: error RG062: the output folder cannot be written"
    )
