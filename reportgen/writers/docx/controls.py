"""Content controls (ISO/IEC 29500-1, 17.5.2): form fields for what officers enter, and marks around passages.

What is entered stands twice in the file, as Word keeps it: in the field, and in a custom XML part that
the field is bound to (17.5.2.6). `readback` reads it back from there. The words that Word puts back into a
field that is emptied stand in the glossary (11.3.8).

Where each passage came from is said in another custom XML part. The controls around passages do not show
(w15:appearance hidden), and change no line of the layout.
"""

from __future__ import annotations

import copy
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath
from typing import assert_never

from reportgen.document import FormField, SourceRef
from reportgen.writers.docx.elements import Element, legible, named, plain_element, qualified, w, w_text
from reportgen.writers.docx.passages import TAG, checksum, held_in, lines_of, passage_texts

ENTRIES = "urn:reportgen:entries:1"
"""The namespace of the part that holds what was entered. Its elements have no attributes: LibreOffice drops them."""
ORIGINS = "urn:reportgen:origins:1"
"""The namespace of the part that says where passages came from. Its elements have none either."""
BLANK = "\u00a0" * 5
"""What stands in a field that is empty and has no words of its own: as Word does it (17.5.2.25)."""
TICK_FACE = "MS Gothic"
"""In which Word draws the boxes of its own form fields."""
_TICKED, _OPEN = "2612", "2610"  # ☒ ☐
_DATE_FORMAT = "d MMMM yyyy"
_LONGEST_NAME = 64
"""Word refuses longer titles and tags."""
_REPORTS = "reports"
"""The folder of a council in which the report itself stands."""


def control(properties: Sequence[Element], content: Sequence[Element]) -> Element:
    """Return a content control around runs or around blocks. The properties must be in the schema's order."""
    return w("sdt", w("sdtPr", *properties), w("sdtContent", *content))


def short_name(text: str) -> str:
    """Return the text as a title or tag of a control: cut where it is too long, and then told apart by its checksum."""
    text = legible(text)
    if len(text) <= _LONGEST_NAME:
        return text
    mark = f"-{checksum(text)[:12]}"
    return text[: _LONGEST_NAME - len(mark)] + mark


def store_of(namespace: str, paper: str) -> str:
    """Return the identity (GUID) of a custom XML part of a paper: always the same one for the same paper."""
    return _guid(f"{namespace}/{paper}")


def _guid(name: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, name)}}}".upper()


@dataclass
class Identities:
    """The ids of a document's controls: unique, signed 32-bit, and made from what the controls are for."""

    _given: set[int] = field(default_factory=set)

    def new(self, purpose: str) -> Element:
        """Return the next id for a purpose."""
        identity, attempt = 0, count()
        while not identity or identity in self._given:
            found = hashlib.sha256(f"{purpose}/{next(attempt)}".encode("utf-8", "surrogatepass")).digest()
            identity = int.from_bytes(found[:4], "big", signed=True)
        self._given.add(identity)
        return w("id", val=identity)


@dataclass
class FormFields:
    """The fields of a document."""

    paper: str
    """Which paper it is."""
    language: str
    protected: bool
    """Whether the document is read-only; its fields are not."""
    identities: Identities
    _placeholders: dict[str, str] = field(default_factory=dict)
    """What stands in empty fields, and the name that Word knows it by."""
    _entries: dict[str, FormField] = field(default_factory=dict)
    """By key: an entry that is printed twice is one."""
    _exceptions: int = 0
    """How many fields may be filled in though the document is read-only."""

    def render(self, entry: FormField, runs: Sequence[Element]) -> list[Element]:
        """Return the field of an entry, with the runs that show what is in it."""
        rendered = control(self._properties(entry, runs), runs)
        if not self.protected:
            return [rendered]
        self._exceptions += 1
        return [w("permStart", id=self._exceptions, edGrp="everyone"), rendered, w("permEnd", id=self._exceptions)]

    def store(self) -> Element | None:
        """Return the custom XML part with what has been entered; None for a document without fields."""
        if not self._entries:
            return None
        root = plain_element(ENTRIES, "entries", {"paper": self.paper})
        for entry in self._entries.values():
            value = entry.value
            if entry.form == "check":
                value = "true" if value == "yes" else "false"
            texts = {"key": entry.key, "form": entry.form, "label": entry.label, "shown": entry.text}
            root.append(plain_element(ENTRIES, "entry", texts | {"written": value, "value": value}))
        return root

    def glossary(self) -> Element | None:
        """Return the part with the words that stand in empty fields; None for a document without such."""
        parts = [_doc_part(words, name) for words, name in self._placeholders.items()]
        return w("glossaryDocument", w("docParts", *parts)) if parts else None

    def _properties(self, entry: FormField, runs: Sequence[Element]) -> list[Element]:
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

    def _placeholder(self, entry: FormField) -> list[Element]:
        if entry.form == "check":
            return []
        words = (entry.text if not entry.value else "") or BLANK
        name = self._placeholders.setdefault(words, f"Placeholder{len(self._placeholders) + 1}")
        showing = [] if entry.value else [w("showingPlcHdr")]
        return [w("placeholder", w("docPart", val=name)), *showing]

    def _binding(self, entry: FormField) -> Element:
        self._entries.setdefault(entry.key, entry)
        position = list(self._entries).index(entry.key) + 1
        return w(
            "dataBinding",
            prefixMappings=f"xmlns:e='{ENTRIES}'",
            xpath=f"/e:entries[1]/e:entry[{position}]/e:value[1]",
            storeItemID=store_of(ENTRIES, self.paper),
        )


def _doc_part(words: str, name: str) -> Element:
    properties = w(
        "docPartPr",
        w("name", val=name),
        w("category", w("name", val="General"), w("gallery", val="placeholder")),
        w("types", w("type", val="bbPlcHdr")),
        w("behaviors", w("behavior", val="content")),
        w("guid", val=_guid(f"urn:reportgen:placeholder/{name}/{legible(words)}")),
    )
    return w("docPart", properties, w("docPartBody", w("p", w("r", w_text("t", legible(words))))))


def _kind(entry: FormField, language: str) -> Element:
    match entry.form:
        case "name":
            return w("text")
        case "date":
            known = re.fullmatch(r"\d{4}-\d\d-\d\d", entry.value)
            picked = {"fullDate": f"{entry.value}T00:00:00Z"} if known else {}
            form = (w("dateFormat", val=_DATE_FORMAT), w("lid", val=language))
            return w("date", *form, w("storeMappedDataAs", val="date"), w("calendar", val="gregorian"), **picked)
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


# ---- Passages ----


@dataclass(eq=False)
class Passage:
    """The text of one key of one file."""

    file: str
    key: str
    identities: Identities
    holds: set[str] = field(default_factory=set)
    """What belongs to it and stands in none of its controls: "a picture"."""

    @property
    def tag(self) -> str:
        """The tag of its controls, which the file and the key decide."""
        return TAG + checksum(f"{self.file}|{self.key}")[:16]

    @property
    def title(self) -> str:
        """The title of its controls: "reports/autumn: sections.1.text"."""
        file = PurePath(self.file)
        return short_name(f"{file.parent.name}/{file.stem}: {self.key}")

    def enclose_runs(self, content: Sequence[Element]) -> Element:
        """Return a control within a paragraph."""
        return control(self._properties(), content)

    def enclose_blocks(self, content: Sequence[Element]) -> Element:
        """Return a control around paragraphs and tables.

        A document part, as Word makes them around its own contents and covers: of a rich text control
        LibreOffice (7.4) makes one within the first paragraph, and loses fields and comments there.
        """
        return control((*self._properties(), w("docPartObj", w("docPartGallery", val="Quick Parts"))), content)

    def _properties(self) -> tuple[Element, ...]:
        return (
            w("alias", val=self.title),
            w("tag", val=self.tag),
            self.identities.new(self.tag),
            named("w15:appearance", w15_val="hidden"),
        )


@dataclass
class Passages:
    """The passages of a document."""

    paper: str
    """Which paper it is: "council/autumn"."""
    identities: Identities
    kept: bool = True
    """Whether any passage is noted."""
    _passages: dict[tuple[str, str], Passage] = field(default_factory=dict)

    def of(self, origin: SourceRef | None) -> Passage | None:
        """Return the passage that has this origin: the same one for all parts of a text."""
        if origin is None or not self.kept:
            return None
        known = (file_of(origin.location.path, self.paper), origin.key)
        if known not in self._passages:
            self._passages[known] = Passage(*known, self.identities)
        return self._passages[known]

    def store(self, body: Element, notes: Element | None, headers_footers: Iterable[Element]) -> Element | None:
        """Return the custom XML part, made from the document, its footnotes, and its headers and footers as written.

        It says what each passage says and holds, and what each line says. None when there are no passages.
        """
        stories = [body, *headers_footers, *([] if notes is None else [notes])]
        texts, held = passage_texts(stories), held_in(stories)
        written = [one for one in self._passages.values() if one.tag in texts]
        if not written:
            return None
        root = plain_element(ORIGINS, "origins", {"paper": self.paper})
        for one in written:
            text = texts[one.tag]
            said = {
                "tag": one.tag,
                "file": one.file,
                "key": one.key,
                "title": one.title,
                "paragraphs": str(text.count("\n") + 1),
                "length": str(len(text)),
                "holds": ", ".join(sorted(one.holds.union(held.get(one.tag, ())))),
                "sha256": checksum(text),
            }
            root.append(_listed("origin", said))
        for line in lines_of(body, notes):
            said = {"said": line.said, "own": line.said_by_itself}
            places = {"tags": line.names & texts.keys(), "phrases": line.phrases & texts.keys()}
            root.append(_listed("line", said | {name: " ".join(sorted(tags)) for name, tags in places.items()}))
        return root


def _listed(name: str, texts: Mapping[str, str]) -> Element:
    return plain_element(ORIGINS, name, {one: text for one, text in texts.items() if text})


def file_of(path: str, paper: str) -> str:
    """Return a file of a council's folder, named from the folder above: "council/reports/autumn.yaml".

    The same wherever the command ran, be the path absolute or relative, or typed in the folder itself.
    """
    *folders, name = PurePath(path).parts
    council, _, _ = paper.partition("/")
    kind = next((folder for folder in reversed(folders) if folder not in (".", "..")), _REPORTS)
    above = folders[-2] if len(folders) > 1 and folders[-2] not in (".", "..", "/") else ""
    return "/".join(filter(None, (council or above, kind, name)))
