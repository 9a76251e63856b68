"""Word files made elsewhere, opened with care: sizes are checked before anything is unpacked.

Only the parts that are asked for are read and no address outside the file is followed. XML that
declares a document type is refused: entities are declared there (ISO/IEC 29500-2 allows none).
"""

from __future__ import annotations

import errno
import io
import posixpath
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from lxml import etree

from reportgen.inputs.files import DISK, Files, TooLarge

MAX_BYTES = 10_000_000
MAX_PARTS = 1_000
MAX_UNPACKED = 60_000_000
"""Of all parts together, in bytes."""
MAX_RATIO = 200
"""Between a part's bytes unpacked and packed, where it has more than `_SMALL`: text packs to a tenth, bombs to less."""
MAX_DEPTH = 200
"""Of elements in elements."""
_SMALL = 1_000_000
_ENCRYPTED = 0x1
"""The flag of an encrypted member (PKWARE APPNOTE, 4.4.4)."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/"
_SMALLER = "delete its text, and make its pictures smaller (300 dots an inch are enough)"
_SAVE_AGAIN = "open it in Word and save it again as 'Word Document (*.docx)'"


class Unusable(Exception):
    """Why a Word file cannot be used: what was found, and what to do about it."""

    def __init__(self, found: str, hint: str = _SAVE_AGAIN) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship from a part to another part or to an external address."""

    kind: str
    """The last word of its type: "header", "image", "hyperlink"."""
    target: str
    """The name of a part in the file ("word/media/image1.png"), or an address outside it."""
    external: bool


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file. Errors in them come as `Unusable`."""

    _archive: zipfile.ZipFile
    main: str
    """The name of the part with the text."""

    def read(self, part: str) -> bytes:
        """Return the bytes of a part."""
        try:
            return self._archive.read(part)
        except KeyError:
            raise Unusable(f"its part {part} is missing") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
            raise Unusable(f"its part {part} is damaged or locked") from None

    def parse(self, part: str) -> etree._Element:
        """Return the root of a part that is XML."""
        try:
            root = parse_xml(self.read(part))
        except ValueError:
            raise Unusable(f"its part {part} is no XML") from None
        if str(root.tag).startswith("{" + _STRICT):
            raise Unusable("it is saved as 'Strict Open XML Document'; the usual form of .docx was expected")
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by relationship id; for "", the relationships of the package."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self._archive.namelist():
            return {}
        found = {}
        for element in self.parse(source).iter(_RELATION):
            kind = element.get("Type", "").rpartition("/")[2]
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def related(self, kind: str) -> str | None:
        """Return the name of the one part of a kind that the main part refers to ("styles"), if there is one."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external:
                return relation.target
        return None


def open_word_file(path: Path, if_too_large: str = _SMALLER, files: Files = DISK) -> WordFile:
    """Open a Word file without reading its parts.

    Raises:
        Unusable: if it is damaged, encrypted or too large; for too many bytes the hint is `if_too_large`.
    """
    content = _read_file(path, if_too_large, files)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unusable("this is an old Word document, or one with a password; a .docx that opens freely was expected")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unusable("this is no Word document (.docx), or a damaged one") from None
    _check_sizes(archive.infolist())
    for relation in WordFile(archive, "").relations("").values():
        if relation.kind == "officeDocument" and not relation.external:
            return WordFile(archive, relation.target)
    raise Unusable("this is no Word document: nothing in it says where its text is")


def _read_file(path: Path, if_too_large: str, files: Files) -> bytes:
    try:
        return files.read(path, MAX_BYTES)
    except TooLarge as error:
        message = f"the file has {error.size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB was expected"
        raise Unusable(message, if_too_large) from None
    except IsADirectoryError:
        raise Unusable("this is a folder; a Word document was expected", "rename the folder") from None
    except OSError as error:
        hint = "ask its owner, or whoever looks after the folder"
        what = "you may not read this file" if error.errno == errno.EACCES else "the file cannot be read"
        raise Unusable(what, hint) from None


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what would unpack to more than a document does. Nothing longer than it says is ever unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_PARTS:
        raise Unusable(f"the file has {len(entries)} parts; at most {MAX_PARTS} were expected")
    if unpacked > MAX_UNPACKED:
        raise Unusable(f"the file unpacks to {unpacked / 1e6:.0f} MB; at most {MAX_UNPACKED / 1e6:.0f} were expected")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Unusable(f"its part {entry.filename} is locked with a password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unusable(f"its part {entry.filename} is packed in a way that Word does not know")
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Unusable(f"its part {entry.filename} unpacks to more than {MAX_RATIO} times its size")


def parse_xml(content: bytes) -> etree._Element:
    """Return the root element, without comments and processing instructions.

    Raises:
        Unusable: for a document type, or for elements nested beyond all measure.
        ValueError: when it is no XML.
    """
    try:
        checker = ElementTree.XMLParser(target=_Checker())
        checker.feed(content)
        checker.close()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(content, parser)
    except (ElementTree.ParseError, LookupError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from None


class _Checker:
    """Refuses what only an attack has, and builds nothing."""

    def __init__(self) -> None:
        self._depth = 0

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise Unusable("its XML declares a document type, which is not allowed", "delete what begins with <!DOCTYPE")

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unusable(f"its XML is nested more than {MAX_DEPTH} deep")

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def close(self) -> None:
        pass
