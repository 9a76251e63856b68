"""A Word file that officers have worked on → what they entered, and which of the authors' texts they changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.house.letterhead.word_file import Unusable, WordFile
from reportgen.writers.docx.controls import ENTRIES, short_name, store_of
from reportgen.writers.docx.elements import Element, namespace_of
from reportgen.writers.docx.origins import ORIGINS
from reportgen.writers.docx.passages import attribute, checksum, paragraphs_of, passage_texts, property_of

_STORIES = ("header", "footer", "footnotes")
_POSITION = re.compile(r"entry\[(\d+)\]")
_ENGLISH = "january february march april may june july august september october november december"
_WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"
_MONTHS = {name: place + 1 for names in (_ENGLISH, _WELSH) for place, name in enumerate(names.split())}
_WORDED_DAY = re.compile(r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th)? (?:o )?([a-z]+),? (\d{4})")
_BEGINNINGS = re.compile(r"\b\w|[^\w\s]")
"""Where a phrase may begin: with a word or a sign."""


@dataclass(frozen=True, slots=True)
class Entered:
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
class Changed:
    """A text of the author's that is no longer as it was written."""

    file: str
    """From the folder above the council's: "council/reports/autumn.yaml"."""
    key: str
    text: str | None
    """What stands there now, a line each paragraph; None where the file does not tell any more what belongs to it."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What has become of a paper in Word."""

    paper: str
    """Which paper it is: "council/autumn"."""
    entries: tuple[Entered, ...]
    changed: tuple[Changed, ...]


def read_back(file: WordFile) -> ReadBack:
    """What was entered into a paper of ours and changed in it. Raises `Unusable` for any other Word file."""
    relations = list(file.relations(file.main).values())
    stores = _stores(file, [one.target for one in relations if one.kind == "customXml" and not one.external])
    if not stores:
        raise Unusable(
            "this is no paper of reportgen's, or a program that saved it has taken out what tells so",
            "give the Word file as reportgen made it and as Word or LibreOffice saved it",
        )
    stories = [file.main, *(one.target for one in relations if one.kind in _STORIES and not one.external)]
    roots = [_parse(file, part) for part in dict.fromkeys(stories)]
    paper = next(_text(root, "paper") for root in stores.values())
    entries = tuple(_entries(stores[ENTRIES], roots, paper)) if ENTRIES in stores else ()
    changed = tuple(_changes(stores[ORIGINS], roots)) if ORIGINS in stores else ()
    return ReadBack(paper, entries, changed)


def _stores(file: WordFile, parts: Iterable[str]) -> dict[str, Element]:
    """The custom XML parts that are ours, by namespace."""
    found: dict[str, Element] = {}
    for part in parts:
        if not file.read(part):
            raise Unusable(
                "the program that saved it has emptied the part that says what is what",
                "LibreOffice does so where '&' or '<' was entered; enter it without, in the file as reportgen made it",
            )
        root = _parse(file, part)
        if namespace_of(root) in (ENTRIES, ORIGINS):
            found.setdefault(namespace_of(root), root)
    return found


def _parse(file: WordFile, part: str) -> Element:
    file.parse(part)  # refuses what only an attack has
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(file.read(part), parser)
    except etree.XMLSyntaxError:
        raise Unusable(f"its part {part} is no XML") from None


def _text(element: Element, name: str) -> str:
    return element.findtext(f"{{*}}{name}") or ""


def _number(element: Element, name: str) -> int:
    text = _text(element, name)
    if not re.fullmatch("[0-9]{1,9}", text):
        raise Unusable(f"its list of texts says '{text}' where a number was expected", "give it as reportgen made it")
    return int(text)


# ---- What was entered ----


def _entries(store: Element, roots: Iterable[Element], paper: str) -> Iterator[Entered]:
    fields = [one for root in roots for one in root.iter("{*}sdt")]
    identity = store_of(ENTRIES, paper)
    for position, entry in enumerate(store.iter(f"{{{ENTRIES}}}entry"), start=1):
        form = _text(entry, "form")
        written, stored = _plain(_text(entry, "written"), form), _stored_in(entry, form)
        bound = [one for one in fields if _is_bound(one, identity, position)]
        tagged = [one for one in fields if property_of(one, "tag") == short_name(_text(entry, "key"))]
        own = next((_value_of(one, entry) for one in (*bound, *tagged) if _has_form(one, form)), stored)
        yield Entered(_text(entry, "key"), _text(entry, "label"), own, written, stored)


def _is_bound(field: Element, identity: str, position: int) -> bool:
    """Whether a field shows the entry at a position of the store. LibreOffice keeps nothing else of it."""
    binding = field.find("{*}sdtPr/{*}dataBinding")
    if binding is None or attribute(binding, "storeItemID") != identity:
        return False
    found = _POSITION.search(attribute(binding, "xpath"))
    return found is not None and int(found.group(1)) == position


def _has_form(field: Element, form: str) -> bool:
    # LibreOffice puts a second field without a box around the sign in a box's.
    return form != "check" or field.find("{*}sdtPr/{*}checkbox") is not None


def _value_of(field: Element, entry: Element) -> str:
    """What a field shows."""
    form = _text(entry, "form")
    if form == "check":
        checked = field.find("{*}sdtPr/{*}checkbox/{*}checked")
        return _plain("" if checked is None else attribute(checked, "val"), form)
    if field.find("{*}sdtPr/{*}showingPlcHdr") is not None:
        return ""
    content = field.find("{*}sdtContent")
    shown = " ".join(paragraphs_of(content)) if content is not None else ""
    if shown == " ".join(_text(entry, "shown").split()):
        return _text(entry, "written")
    if form == "name":
        return shown
    date = field.find("{*}sdtPr/{*}date")
    picked = "" if date is None else attribute(date, "fullDate")[:10]
    return _day_of(shown) or picked or shown


def _stored_in(entry: Element, form: str) -> str:
    """What the store has for an entry. LibreOffice puts there what stands in a field that is empty."""
    value = _text(entry, "value")
    stands_in = value.strip() == _text(entry, "shown").strip() and not _text(entry, "written")
    return _plain("" if stands_in else value, form)


def _plain(value: str, form: str) -> str:
    """A stored value in our words."""
    if form == "check":
        return "yes" if value.lower() in ("1", "true", "on") else "no"
    return value[:10] if form == "date" and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value) else value


def _day_of(text: str) -> str:
    """The day that a text names (ISO 8601), in English or Welsh; nothing where it names none."""
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


# ---- What was changed ----


def _changes(store: Element, roots: list[Element]) -> Iterator[Changed]:
    by_tag = passage_texts(roots)
    by_title = passage_texts(roots, lambda control: property_of(control, "alias"))
    printed = _Printed([[" ".join(paragraphs_of(one)) for one in root.iter("{*}p")] for root in roots])
    for origin in store.iter(f"{{{ORIGINS}}}origin"):
        marked = by_tag.get(_text(origin, "tag"))
        if marked is None:
            if printed.has(origin):
                continue
            marked = by_title.get(_text(origin, "title"))
            # LibreOffice keeps the mark around the first of several paragraphs only.
            if marked is not None and marked.count("\n") + 1 != _number(origin, "paragraphs"):
                marked = None
        elif checksum(marked) == _text(origin, "sha256"):
            continue
        yield Changed(_text(origin, "file"), _text(origin, "key"), marked)


class _Printed:
    """What is printed, by which a text is found that nothing is marked as any more.

    LibreOffice keeps the marks of paragraphs and loses those of phrases.
    """

    def __init__(self, stories: Iterable[Iterable[str]]) -> None:
        self._stories = [[paragraph for paragraph in paragraphs if paragraph] for paragraphs in stories]
        self._checksums: dict[tuple[int, int], frozenset[str]] = {}

    def has(self, origin: Element) -> bool:
        """Whether a text still stands somewhere as it was written."""
        count, length = _number(origin, "paragraphs"), _number(origin, "length")
        wanted = (count, length) if count == 1 else (count, 0)
        if wanted not in self._checksums:
            said = self._phrases(length) if count == 1 else self._passages(count)
            self._checksums[wanted] = frozenset(map(checksum, said))
        return _text(origin, "sha256") in self._checksums[wanted]

    def _passages(self, count: int) -> Iterator[str]:
        """Every `count` paragraphs in a row."""
        for paragraphs in self._stories:
            for start in range(len(paragraphs) - count + 1):
                yield "\n".join(paragraphs[start : start + count])

    def _phrases(self, length: int) -> Iterator[str]:
        """Everything of a length that stands in a paragraph and begins where a phrase may."""
        for paragraph in (one for paragraphs in self._stories for one in paragraphs):
            for found in _BEGINNINGS.finditer(paragraph):
                if found.start() + length <= len(paragraph):
                    yield paragraph[found.start() : found.start() + length]
