"""Files whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.build.output import write_together


def test_files_are_written_together(tmp_path: Path) -> None:
    write_together({tmp_path / "new" / "a": b"1", tmp_path / "new" / "b": b"2"})
    assert sorted(path.read_bytes() for path in (tmp_path / "new").iterdir()) == [b"1", b"2"]


def test_when_one_file_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        write_together({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_when_a_file_is_in_use_those_replaced_before_it_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, Word keeps an open document from being replaced."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"old")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_together({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "c": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "c": b"old"}


def test_what_is_moved_aside_is_put_back_when_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"edited")
    (tmp_path / "b").mkdir()
    files = {tmp_path / "a": b"new", tmp_path / "b": b"new"}
    with pytest.raises(IsADirectoryError):
        write_together(files, {tmp_path / "a": tmp_path / "kept" / "a"})
    assert (tmp_path / "a").read_bytes() == b"edited"
    assert not list((tmp_path / "kept").glob("*"))
    (tmp_path / "b").rmdir()
    write_together(files, {tmp_path / "a": tmp_path / "kept" / "a"})
    assert [path.read_bytes() for path in (tmp_path / "a", tmp_path / "kept" / "a")] == [b"new", b"edited"]


def test_what_is_moved_aside_is_put_back_when_a_file_written_after_it_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"edited")
    (tmp_path / "b").write_bytes(b"old")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "b":
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_together({tmp_path / "a": b"new", tmp_path / "b": b"new"}, {tmp_path / "a": tmp_path / "kept"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"edited", "b": b"old"}
