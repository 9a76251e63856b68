"""What a paper depends on beside its input files: this program, the libraries under it, and the fonts."""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import reportgen

_PACKAGES = (
    "WeasyPrint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools", "python-docx", "lxml",
    "pikepdf", "resvg-py", "Pillow", "Jinja2", "markdown-it-py", "mdit-py-plugins", "pydantic", "PyYAML", "holidays",
)  # fmt: skip
"""Those whose version can change a paper."""
_LIBRARIES = (
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
    ("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.dylib"), "hb_version_string"),
)
UNKNOWN = "unknown"


@cache
def environment() -> Mapping[str, str]:
    """Return versions by name, and hashes where there is no version. Nothing in it names a folder of this machine."""
    found = {"reportgen": reportgen.__version__, "reportgen's files": hash_of_own_files()}
    found["Python"] = platform.python_version()
    found |= _package_versions()
    for name, files, function in _LIBRARIES:
        found[name] = _library_version(files, function)
    found["fonts"] = _fonts()
    return found


@cache
def hash_of_own_files() -> str:
    """Return the hash of all that the package consists of, but for what Python compiles from it."""
    package = Path(reportgen.__file__).parent
    found = hashlib.sha256()
    for path in sorted(_files_in(package)):
        found.update(f"{path.relative_to(package).as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:32]


def _files_in(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(root, name) for name in names if not name.endswith((".pyc", ".swp", "~")))


def _package_versions() -> dict[str, str]:
    """Read the names of the folders beside the packages: importlib.metadata takes as long as all else here."""
    wanted = {_normal(name): name for name in _PACKAGES}
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            with os.scandir(place or ".") as entries:
                names = [entry.name for entry in entries]
        except OSError:
            continue
        for name in names:
            match = re.fullmatch(r"(.+?)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info", name)
            if match and _normal(match[1]) in wanted:
                found.setdefault(wanted[_normal(match[1])], match[2])
    return {name: found.get(name, UNKNOWN) for name in _PACKAGES}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _library_version(files: tuple[str, ...], function: str) -> str:
    for file in files:
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode("ascii", "replace"))
    return UNKNOWN


def _fonts() -> str:
    """Hash the names and sizes of all fonts that fontconfig finds: any may stand in for a missing character."""
    try:
        listed = subprocess.run(
            ["fc-list", "--format", "%{file}\n"],  # noqa: S607  where it lies differs from system to system
            capture_output=True,
            check=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return UNKNOWN
    found = []
    for line in listed.splitlines():
        path = Path(os.fsdecode(line))
        try:
            found.append(f"{path.name}\0{path.stat().st_size}")
        except OSError:
            continue
    content = "\n".join(sorted(found)).encode("utf-8", "surrogateescape")
    return f"{len(found)} files, {hashlib.sha256(content).hexdigest()[:16]}"
