"""What the disk is asked, and what it does not answer."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from reportgen.inputs.files import DISK, FileError, FileQuery, RecordingFiles


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council's folder with one file in each of two folders, and a file outside it."""
    folder = tmp_path / "inputs" / "westmere"
    for name in ("inspections", "pictures"):
        (folder / name).mkdir(parents=True)
        (folder / name / "one.txt").write_text(name)
    (tmp_path / "outside.txt").write_text("outside")
    return folder


@pytest.mark.parametrize("target", ["one.txt", "../inspections/one.txt"])
def test_a_link_to_a_file_of_the_same_council_is_followed(target: str, council: Path) -> None:
    link = council / "pictures" / "link.txt"
    link.symlink_to(target)
    assert DISK.read(link, 100).decode() in ("pictures", "inspections")


@pytest.mark.parametrize("target", ["../../../outside.txt", "{absolute}/outside.txt", "/etc/hostname"])
def test_a_link_to_a_file_elsewhere_is_not_followed(target: str, council: Path, tmp_path: Path) -> None:
    link = council / "pictures" / "link.txt"
    link.symlink_to(target.format(absolute=tmp_path))
    with pytest.raises(OSError, match="link to a file elsewhere") as refused:
        DISK.read(link, 100)
    assert refused.value.errno == errno.EXDEV
    noted = RecordingFiles(DISK)
    assert noted.answer(FileQuery("content", str(link))) == FileError(errno.EXDEV)


def test_a_link_by_way_of_another_is_followed_to_its_end(council: Path) -> None:
    (council / "pictures" / "first.txt").symlink_to("../../../outside.txt")
    (council / "pictures" / "second.txt").symlink_to("first.txt")
    with pytest.raises(OSError, match="link to a file elsewhere"):
        DISK.read(council / "pictures" / "second.txt", 100)


def test_a_folder_may_be_a_link_as_those_on_shared_drives_are(council: Path, tmp_path: Path) -> None:
    (tmp_path / "here").symlink_to(council.parent)
    assert DISK.read(tmp_path / "here" / "westmere" / "pictures" / "one.txt", 100) == b"pictures"


def test_a_link_that_leads_nowhere_is_no_file(council: Path) -> None:
    (council / "pictures" / "link.txt").symlink_to("gone.txt")
    with pytest.raises(FileNotFoundError):
        DISK.read(council / "pictures" / "link.txt", 100)
