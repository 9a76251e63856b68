"""Read text files: UTF-8, of a bounded size, without characters that cannot be printed."""

from __future__ import annotations

import errno
import re
from itertools import islice
from pathlib import Path

from reportgen.diagnostics import Location, Problems
from reportgen.inputs.files import DISK, Files, TooLarge

MAX_BYTES = 2_000_000
"""A report's YAML is a few dozen kilobytes; a larger file is a mistake or an attack."""
MAX_CONTROLS = 10
"""Of control characters that are reported; a file with more of them is not a text."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\x85\u2028\u2029]"
)
"""What neither YAML (§5.1) nor XML 1.0 (§2.2) can carry; and the line breaks that editors do not count as such."""


def read_text(path: Path, name: str, problems: Problems, files: Files = DISK) -> str | None:
    """Read a UTF-8 text file. Return None, with the reason in `problems`, if that fails."""
    try:
        return _decode(files.read(path, MAX_BYTES), name, problems)
    except TooLarge as error:
        message = f"the file has {error.size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB was expected"
        hint = "was another file saved under this name? A report is a few dozen kilobytes"
        problems.error("RG002", Location(name), message, hint)
    except OSError as error:
        unknown = "the file cannot be read", "check that you can open it"
        problems.error("RG001", Location(name), *_UNREADABLE.get(error.errno or 0, unknown))
    return None


_UNREADABLE = {
    errno.EISDIR: ("this is a folder; a file was expected", "give the path of a file in it, or rename the folder"),
    errno.ENOENT: ("there is no such file", "check the name and the folder"),
    errno.EACCES: ("you may not read this file", "ask its owner, or whoever looks after the folder"),
    errno.EXDEV: ("this is a link to a file elsewhere, which is not followed", "put the file itself in its place"),
    errno.ELOOP: ("this is a link that leads back to itself", "put the file in its place"),
    errno.ENAMETOOLONG: ("the name of the file is too long", "give a shorter one"),
}
_SIGNATURES = {
    b"PK\x03\x04": "a Word document or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document in rich text",
}


def _decode(raw: bytes, name: str, problems: Problems) -> str | None:
    other = next((kind for signature, kind in _SIGNATURES.items() if raw.startswith(signature)), None)
    if other is not None:
        message = f"this is {other}; plain text was expected"
        problems.error("RG003", Location(name), message, "was it saved under the wrong name?")
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw.count(0) > len(raw) // 4:
        message = "the file is in UTF-16; UTF-8 was expected"
        problems.error("RG003", Location(name, 1, 1), message, 'save it again with the encoding "UTF-8"')
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        *above, before = raw[: error.start].split(b"\n")
        place = Location(name, len(above) + 1, len(before.decode("utf-8", "replace")) + 1)
        guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
        message = f"a character here is not UTF-8 (in Windows' encoding it would be '{guess}')"
        problems.error("RG003", place, message, 'save the file again with the encoding "UTF-8"')
        return None


def has_forbidden_characters(text: str, name: str, problems: Problems) -> bool:
    """Return whether the text has characters that no paper can print, and report each."""
    found = False
    for match in islice(FORBIDDEN.finditer(text), MAX_CONTROLS):
        found = True
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        report_control(Location(name, line, column), match.group(), problems)
    return found


def report_control(place: Location, character: str, problems: Problems) -> None:
    """Report one of the characters that `FORBIDDEN` finds."""
    message = f"an invisible control character (U+{ord(character):04X}) stands here, which cannot be printed"
    problems.error("RG006", place, message, "delete it; it often comes with text copied from a PDF or an e-mail")
