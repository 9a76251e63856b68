"""A file → its picture: PNG or JPEG, whole, of a bounded size, and without what the camera wrote beside it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportgen.diagnostics import Location, Problems
from reportgen.shelf import DISK, Files, TooLarge

MAX_BYTES = 20_000_000
MAX_PIXELS = 60_000_000
"""More is no photograph but a mistake, or a small file that unpacks to fill the memory."""
MAX_SIDE = 2_000
"""Pixels of the longer side that are kept: 300 an inch over the width of a page."""
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
    """The picture in a file, or None with the reason in `problems`, at the place where the file was named.

    It is written anew: turned upright, no larger than print needs, and without the place, time and
    device that a camera notes in it, which may be personal data.
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
    # Importing Pillow takes longer than reading a report; most reports have no picture.
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for all: half a picture is refused before and after
    try:
        with warnings.catch_warnings(), _no_half_pictures():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                form = opened.format
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((MAX_SIDE, MAX_SIDE))
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


@contextmanager
def _no_half_pictures() -> Iterator[None]:
    """Pillow refuses a file that ends too soon, unless another library has told it not to, as WeasyPrint does."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
