"""Content controls (ISO/IEC 29500-1, 17.5.2): form fields for what officers enter, and marks around passages.

What is entered stands twice in the file, as Word keeps it: in the field, and in a custom XML part that
the field is bound to (17.5.2.6). `entries` reads it back from there.
"""

from __future__ import annotations

import copy
import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from reportgen.tree import Entry
from reportgen.writers.docx.elements import Element, legible, named, plain_element, qualified, w

ENTRIES = "urn:reportgen:entries:1"
"""The namespace of the part that holds what was entered. Its elements have no attributes: LibreOffice drops them."""
BLANK = "\u00a0" * 5
"""What stands in a field that is empty and has no words of its own: as Word does it (17.5.2.25)."""
TICK_FACE = "MS Gothic"
"""In which Word draws the boxes of its own form fields."""
_TICKED, _OPEN = "2612", "2610"  # ☒ ☐
_DATE_FORMAT = "d MMMM yyyy"
_LONGEST_NAME = 64
"""Word refuses longer titles and tags."""


def control(properties: Sequence[Element], content: Sequence[Element]) -> Element:
    """A content control around runs or around blocks. The properties must be in the schema's order."""
    return w("sdt", w("sdtPr", *properties), w("sdtContent", *content))


def short_name(text: str) -> str:
    """The text as a title or tag of a control: cut where it is too long, and then told apart by its checksum."""
    text = legible(text)
    if len(text) <= _LONGEST_NAME:
        return text
    checksum = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{text[: _LONGEST_NAME - len(checksum) - 1]}-{checksum}"


def store_of(namespace: str, paper: str) -> str:
    """The identity (GUID) of a custom XML part of a paper: always the same one for the same paper."""
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'{namespace}/{paper}')).upper()}}}"


@dataclass
class Identities:
    """The ids of a document's controls: unique, signed 32-bit, and made from what the controls are for."""

    _given: set[int] = field(default_factory=set)

    def new(self, purpose: str) -> Element:
        """The next id for a purpose."""
        count = 0
        while True:
            found = hashlib.sha256(f"{purpose}/{count}".encode("utf-8", "surrogatepass")).digest()
            identity = int.from_bytes(found[:4], "big", signed=True)
            if identity and identity not in self._given:
                self._given.add(identity)
                return w("id", val=identity)
            count += 1


@dataclass
class Form:
    """The fields of a document."""

    paper: str
    """Which paper it is."""
    language: str
    protected: bool
    """Whether the document is read-only; its fields are not."""
    identities: Identities
    placeholders: dict[str, str] = field(default_factory=dict)
    """What stands in empty fields, and the name that Word knows it by."""
    _entries: dict[str, Entry] = field(default_factory=dict)
    """By key: an entry that is printed twice is one."""
    _exceptions: int = 0
    """How many fields may be filled in though the document is read-only."""

    def draw(self, entry: Entry, runs: Sequence[Element]) -> list[Element]:
        """The field of an entry, with the runs that show what is in it."""
        drawn = control(self._properties(entry, runs), runs)
        if not self.protected:
            return [drawn]
        self._exceptions += 1
        return [
            w("permStart", id=self._exceptions, edGrp="everyone"),
            drawn,
            w("permEnd", id=self._exceptions),
        ]

    def element(self) -> Element | None:
        """The custom XML part with what has been entered; None for a document without fields."""
        if not self._entries:
            return None
        root = plain_element(ENTRIES, "entries", plain_element(ENTRIES, "paper", self.paper))
        for entry in self._entries.values():
            value = _stored_value(entry)
            texts = {
                "key": entry.key,
                "form": entry.form,
                "label": entry.label,
                "shown": entry.text,
                "written": value,
                "value": value,
            }
            root.append(
                plain_element(ENTRIES, "entry", *(plain_element(ENTRIES, name, text) for name, text in texts.items()))
            )
        return root

    def _properties(self, entry: Entry, runs: Sequence[Element]) -> list[Element]:
        look = runs[0].find(qualified("w:rPr"))
        return [
            *([copy.deepcopy(look)] if look is not None else []),
            w("alias", val=short_name(entry.label)),
            w("tag", val=short_name(entry.key)),
            self.identities.new(entry.key),
            *self._placeholder(entry),
            self._binding(entry),
            _kind(entry, self.language),
        ]

    def _placeholder(self, entry: Entry) -> list[Element]:
        if entry.form == "check":
            return []
        words = (entry.text if not entry.value else "") or BLANK
        name = self.placeholders.setdefault(words, f"Placeholder{len(self.placeholders) + 1}")
        showing = [] if entry.value else [w("showingPlcHdr")]
        return [w("placeholder", w("docPart", val=name)), *showing]

    def _binding(self, entry: Entry) -> Element:
        self._entries.setdefault(entry.key, entry)
        position = list(self._entries).index(entry.key) + 1
        return w(
            "dataBinding",
            prefixMappings=f"xmlns:e='{ENTRIES}'",
            xpath=f"/e:entries[1]/e:entry[{position}]/e:value[1]",
            storeItemID=store_of(ENTRIES, self.paper),
        )


def _stored_value(entry: Entry) -> str:
    """What has been entered, as Word stores it in the part."""
    if entry.form == "check":
        return "true" if entry.value == "yes" else "false"
    return entry.value


def _kind(entry: Entry, language: str) -> Element:
    match entry.form:
        case "name":
            return w("text")
        case "date":
            known = re.fullmatch(r"\d{4}-\d\d-\d\d", entry.value)
            return w(
                "date",
                w("dateFormat", val=_DATE_FORMAT),
                w("lid", val=language),
                w("storeMappedDataAs", val="date"),
                w("calendar", val="gregorian"),
                **({"fullDate": f"{entry.value}T00:00:00Z"} if known else {}),
            )
        case "check":
            ticked = "1" if entry.value == "yes" else "0"
            return named(
                "w14:checkbox",
                named("w14:checked", w14_val=ticked),
                named("w14:checkedState", w14_val=_TICKED, w14_font=TICK_FACE),
                named("w14:uncheckedState", w14_val=_OPEN, w14_font=TICK_FACE),
            )
        case _:
            assert_never(entry.form)
