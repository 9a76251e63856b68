"""Pictures as they come from cameras and screens → pictures that a paper prints."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from reportgen.diagnostics import Location, Problems
from reportgen.inputs.pictures import MAX_SIDE, PictureFile, read_picture

NAMED_AT = Location("report.yaml", 7, 11)


def read(path: Path) -> tuple[PictureFile | None, list[str]]:
    problems = Problems()
    picture = read_picture(path, NAMED_AT, problems)
    assert all(one.location == NAMED_AT and one.hint for one in problems.found)
    return picture, [f"{one.code} {one.message}" for one in problems.found]


def saved(path: Path, picture: Image.Image, **how: object) -> Path:
    picture.save(path, **how)  # type: ignore[arg-type]
    return path


def opened(picture: PictureFile | None) -> Image.Image:
    assert picture is not None
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("RGB", (200, 30, 40), "RGB"),
        ("RGBA", (200, 30, 40, 128), "RGBA"),
        ("P", 3, "RGB"),
        ("L", 128, "RGB"),
        ("LA", (128, 90), "RGBA"),
        ("I;16", 40000, "RGB"),
    ],
)
def test_a_png_of_any_kind_is_kept_as_png(tmp_path: Path, mode: str, colour: object, expected: str) -> None:
    picture, found = read(saved(tmp_path / "a.png", Image.new(mode, (30, 20), colour)))  # type: ignore[arg-type]
    assert found == []
    assert opened(picture).mode == expected
    assert picture is not None
    assert (picture.media_type, picture.width, picture.height) == ("image/png", 30, 20)


def test_a_jpeg_for_the_press_becomes_one_for_the_screen(tmp_path: Path) -> None:
    picture, found = read(saved(tmp_path / "a.jpg", Image.new("CMYK", (30, 20), (0, 90, 90, 10))))
    assert (found, opened(picture).mode, opened(picture).format) == ([], "RGB", "JPEG")


def test_what_a_camera_notes_beside_the_picture_goes_and_its_side_is_turned_up(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the right-hand side is the top
    exif[ExifTags.Base.Model] = "Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    path = saved(tmp_path / "a.jpg", Image.new("RGB", (30, 20), "red"), exif=exif, comment=b"at home")
    assert b"Camera" in path.read_bytes()
    picture, _found = read(path)
    assert picture is not None
    assert (picture.width, picture.height) == (20, 30)
    assert b"Camera" not in picture.content
    assert b"at home" not in picture.content
    assert not opened(picture).getexif()


def test_the_text_in_a_png_goes_too(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "A. Name")
    picture, _found = read(saved(tmp_path / "a.png", Image.new("RGB", (3, 2)), pnginfo=notes, dpi=(300, 300)))
    assert picture is not None
    assert b"A. Name" not in picture.content
    assert b"pHYs" not in picture.content


def test_a_picture_larger_than_print_needs_is_made_smaller(tmp_path: Path) -> None:
    picture, _found = read(saved(tmp_path / "a.png", Image.new("RGB", (2 * MAX_SIDE, 1000))))
    assert picture is not None
    assert (picture.width, picture.height) == (MAX_SIDE, 500)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", Image.linear_gradient("L"))
    assert read(path)[0] == read(path)[0]


@pytest.mark.parametrize("filled_up", [False, True])
def test_half_a_picture_is_refused_whatever_other_libraries_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled_up: bool
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", filled_up)
    whole = saved(tmp_path / "a.png", Image.effect_noise((200, 200), 80)).read_bytes()
    for name, content in {"half.png": whole[: len(whole) // 2], "empty.jpg": b"", "text.png": b"no picture"}.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert read(path) == (None, [f"RG019 '{name}' is no whole picture in PNG or JPEG"])


def test_another_kind_of_picture_is_refused_whatever_its_name_says(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.gif", Image.new("P", (3, 2)))
    renamed = path.rename(tmp_path / "a.png")
    assert read(renamed) == (None, ["RG019 'a.png' is no whole picture in PNG or JPEG"])


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "b.png").mkdir()
    for name in ("a.png", "b.png"):
        assert read(tmp_path / name) == (None, [f"RG019 there is no picture '{name}' that can be read"])


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(tmp_path: Path) -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
    path = tmp_path / "a.png"
    path.write_bytes(bomb + chunk(b"IEND", b""))
    assert read(path) == (None, ["RG019 the picture 'a.png' has too many pixels"])


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        file.truncate(21_000_000)
    assert read(path) == (None, ["RG019 the picture 'a.png' has 21 MB; at most 20 were expected"])
