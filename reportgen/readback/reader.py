"""A Word file that officers have worked on → what they entered, and which of the authors' texts they changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportgen.house.word_file import Unusable, WordFile
from reportgen.readback.comparison import ChangedText, OtherChange, compare
from reportgen.writers.docx.controls import ENTRIES, ORIGINS, short_name, store_of
from reportgen.writers.docx.elements import Element, namespace_of
from reportgen.writers.docx.passages import (
    BODY_TEXT,
    attribute,
    lines_of,
    paragraphs_of,
    passage_texts,
    property_of,
    text_of,
)

_STORIES = ("header", "footer", "footnotes")
_POSITION = re.compile(r"entry\[(\d+)\]")
_ENGLISH = "january february march april may june july august september october november december"
_WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"
_MONTHS = {name: place + 1 for names in (_ENGLISH, _WELSH) for place, name in enumerate(names.split())}
_WORDED_DAY = re.compile(r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th)? (?:o )?([a-z]+),? (\d{4})")


@dataclass(frozen=True, slots=True)
class EnteredField:
    """What stands in a form field."""

    key: str
    label: str
    value: str
    """A name, a day (ISO 8601, or as typed where it is none), "yes" or "no"; empty for nothing."""
    written: str
    """The value that the paper was made with."""
    stored: str
    """The value that the file keeps beside the field; another one where a program changed only what is seen."""


@dataclass(frozen=True, slots=True)
class ReadBackResult:
    """What has become of a paper in Word."""

    paper: str
    """Which paper it is: "council/autumn"."""
    entries: tuple[EnteredField, ...]
    changed: tuple[ChangedText, ...]
    elsewhere: tuple[OtherChange, ...] = ()
    compared: bool = True
    """Whether the file still has what its words are compared with."""


def read_back(file: WordFile) -> ReadBackResult:
    """Return what was entered into a paper of ours and changed in it. Raises `Unusable` for any other Word file."""
    relations = [one for one in file.relations(file.main).values() if not one.external]
    stores = _stores(file, [one.target for one in relations if one.kind == "customXml"])
    if not stores:
        raise Unusable(
            "this is no paper of reportgen's, or a program that saved it has taken out what tells so",
            "give the Word file as reportgen made it and as Word or LibreOffice saved it",
        )
    stories = [file.main, *(one.target for one in relations if one.kind in _STORIES)]
    roots = [file.parse(part) for part in dict.fromkeys(stories)]
    paper = next(text_of(root, "paper") for root in stores.values())
    entries = tuple(_entries(stores[ENTRIES], roots, paper)) if ENTRIES in stores else ()
    if ORIGINS not in stores:
        return ReadBackResult(paper, entries, (), compared=False)
    parts = {one.kind: one.target for one in relations}
    notes = file.parse(parts["footnotes"]) if "footnotes" in parts else None
    headings = heading_styles(file.parse(parts["styles"])) if "styles" in parts else frozenset[str]()
    lines = lines_of(roots[0], notes, headings)
    return ReadBackResult(paper, entries, *compare(stores[ORIGINS], lines, passage_texts(roots)))


def _stores(file: WordFile, parts: Iterable[str]) -> dict[str, Element]:
    """Return the custom XML parts that are ours, by namespace."""
    found: dict[str, Element] = {}
    for part in parts:
        if not file.read(part):
            raise Unusable(
                "the program that saved it has emptied the part that says what is what",
                "LibreOffice does so where '&' or '<' was entered; enter it without, in the file as reportgen made it",
            )
        root = file.parse(part)
        if namespace_of(root) in (ENTRIES, ORIGINS):
            found.setdefault(namespace_of(root), root)
    return found


def heading_styles(styles: Element) -> frozenset[str]:
    """Return the ids of the styles that give an outline level, be it from the style they are based on."""
    sheet = {attribute(one, "styleId"): one for one in styles.iter("{*}style")}
    return frozenset(name for name in sheet if _is_outlined(name, sheet, len(sheet)))


def _is_outlined(name: str, sheet: Mapping[str, Element], depth: int) -> bool:
    style = sheet.get(name)
    if style is None or not depth:
        return False
    level = style.find("{*}pPr/{*}outlineLvl")
    if level is not None:
        return attribute(level, "val") != BODY_TEXT
    base = style.find("{*}basedOn")
    return base is not None and _is_outlined(attribute(base, "val"), sheet, depth - 1)


# ---- What was entered ----


def _entries(store: Element, roots: Iterable[Element], paper: str) -> Iterator[EnteredField]:
    fields = [one for root in roots for one in root.iter("{*}sdt")]
    identity = store_of(ENTRIES, paper)
    for position, entry in enumerate(store.iter(f"{{{ENTRIES}}}entry"), start=1):
        form = text_of(entry, "form")
        written, stored = _plain(text_of(entry, "written"), form), _stored_in(entry, form)
        bound = [one for one in fields if _is_bound(one, identity, position)]
        tagged = [one for one in fields if property_of(one, "tag") == short_name(text_of(entry, "key"))]
        # LibreOffice puts a second field without a box around the sign in a box's.
        shown = (one for one in (*bound, *tagged) if form != "check" or one.find("{*}sdtPr/{*}checkbox") is not None)
        own = next((_value_of(one, entry) for one in shown), stored)
        yield EnteredField(text_of(entry, "key"), text_of(entry, "label"), own, written, stored)


def _is_bound(field: Element, identity: str, position: int) -> bool:
    """Return whether a field shows the entry at a position of the store. LibreOffice keeps nothing else of it."""
    binding = field.find("{*}sdtPr/{*}dataBinding")
    if binding is None or attribute(binding, "storeItemID") != identity:
        return False
    found = _POSITION.search(attribute(binding, "xpath"))
    return found is not None and int(found.group(1)) == position


def _value_of(field: Element, entry: Element) -> str:
    form = text_of(entry, "form")
    if form == "check":
        checked = field.find("{*}sdtPr/{*}checkbox/{*}checked")
        return _plain("" if checked is None else attribute(checked, "val"), form)
    if field.find("{*}sdtPr/{*}showingPlcHdr") is not None:
        return ""
    content = field.find("{*}sdtContent")
    shown = " ".join(paragraphs_of(content)) if content is not None else ""
    if shown == " ".join(text_of(entry, "shown").split()):
        return text_of(entry, "written")
    if form == "name":
        return shown
    date = field.find("{*}sdtPr/{*}date")
    picked = "" if date is None else attribute(date, "fullDate")[:10]
    return _day_of(shown) or picked or shown


def _stored_in(entry: Element, form: str) -> str:
    """Return what the store has for an entry. LibreOffice puts there what stands in a field that is empty."""
    value = text_of(entry, "value")
    stands_in = value.strip() == text_of(entry, "shown").strip() and not text_of(entry, "written")
    return _plain("" if stands_in else value, form)


def _plain(value: str, form: str) -> str:
    """Return a stored value in our words."""
    if form == "check":
        return "yes" if value.lower() in ("1", "true", "on") else "no"
    return value[:10] if form == "date" and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value) else value


def _day_of(text: str) -> str:
    """Return the day that a text names (ISO 8601), in English or Welsh; nothing where it names none."""
    folded = text.casefold()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", folded):
        return folded
    figures = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", folded)
    if figures:
        day, month, year = map(int, figures.groups())
        return f"{year:04}-{month:02}-{day:02}"
    words = _WORDED_DAY.fullmatch(folded)
    if words is None or words.group(2) not in _MONTHS:
        return ""
    return f"{words.group(3)}-{_MONTHS[words.group(2)]:02}-{int(words.group(1)):02}"
