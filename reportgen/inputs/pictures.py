"""Read pictures: complete PNG or JPEG files of a bounded size, stripped of what cameras write into them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportgen.diagnostics import Location, Problems
from reportgen.inputs.files import DISK, Files, TooLarge

MAX_BYTES = 20_000_000
MAX_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
"""More is no photograph but a mistake, or a small file that unpacks to fill the memory; a PNG is unpacked whole."""
MAX_SIDE = 2_000
"""Pixels of the longer side that are kept: 300 an inch over the width of a page."""
MAX_CHUNKS = 20_000
"""Of a PNG; programs that write pictures in pieces use some hundreds."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as the paper prints it."""

    content: bytes = field(repr=False)
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    """In pixels."""
    height: int


def read_picture(path: Path, named_at: Location, problems: Problems, files: Files = DISK) -> PictureFile | None:
    """Read a picture. Return None, with the reason in `problems` at the place where it was named, if it is unusable.

    The picture is encoded again: upright, no larger than print needs, and without metadata, which may hold
    personal data (place, time and device).
    """
    try:
        content = files.read(path, MAX_BYTES)
    except TooLarge as error:
        found = f"the picture '{path.name}' has {error.size / 1e6:.0f} MB; at most 20 were expected"
        problems.error("RG019", named_at, found, "save it smaller")
        return None
    except OSError:
        message = f"there is no picture '{path.name}' that can be read"
        problems.error("RG019", named_at, message, f"put the file here: {path}")
        return None
    return _decode(content, path.name, named_at, problems)


def _decode(content: bytes, name: str, named_at: Location, problems: Problems) -> PictureFile | None:
    if content.startswith(_PNG) and _has_many_chunks(content):
        message = f"the picture '{name}' has more than {MAX_CHUNKS:,} parts"
        problems.error("RG019", named_at, message, "open it in a picture program and save it again")
        return None
    # Importing Pillow takes longer than reading a report; most reports have no picture.
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, for all: half a picture is refused before and after
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
                form = str(opened.format)
                if opened.width * opened.height > MAX_PIXELS[form]:
                    raise Image.DecompressionBombError
                opened.thumbnail((MAX_SIDE, MAX_SIDE))  # first: turning a large one takes its memory twice
                upright = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        problems.error("RG019", named_at, f"the picture '{name}' has too many pixels", "save it smaller")
        return None
    except Exception:  # whatever Pillow makes of a file that is no picture, or half of one
        message = f"'{name}' is no whole picture in PNG or JPEG"
        problems.error("RG019", named_at, message, "open it in a picture program and save it as PNG or JPEG")
        return None
    transparent = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    kept = upright.convert("RGBA" if transparent and form == "PNG" else "RGB")
    kept.info = {}
    written = io.BytesIO()
    if form == "JPEG":
        kept.save(written, "JPEG", quality=_JPEG_QUALITY)
    else:
        kept.save(written, "PNG", optimize=True)
    return PictureFile(written.getvalue(), "image/jpeg" if form == "JPEG" else "image/png", kept.width, kept.height)


def _has_many_chunks(content: bytes) -> bool:
    """Return whether a PNG has more chunks (PNG Specification, 5.3) than any picture needs: each costs time."""
    offset = len(_PNG)
    for _ in range(MAX_CHUNKS):
        if offset >= len(content):
            return False
        offset += 12 + int.from_bytes(content[offset : offset + 4], "big")
    return offset < len(content)
