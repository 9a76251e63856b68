"""A council's own Word template (`reference.docx`) → its letterhead: page, headers and footers.

Its text and its styles are not used: how papers look is said in `look.yaml`. What is taken over is
read twice, as Word's own XML for Word and as lines and pictures for the PDF.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias
from xml.etree.ElementTree import Element

from reportgen.diagnostics import Location, Problems
from reportgen.house.letterhead.cleaning import STYLE_PREFIX, Cleaner, clean_style
from reportgen.house.letterhead.formats import UNSAID_FACE, UNSAID_SIZE, Formats, Theme, is_set, read_theme
from reportgen.house.letterhead.pieces import Block, Box, Grid, Line, PageField, PictureFile, Words
from reportgen.house.letterhead.stories import StoryReader
from reportgen.house.letterhead.word_file import (
    Relation,
    Unusable,
    WordFile,
    attribute,
    child,
    open_word_file,
    qualified,
)
from reportgen.inputs.files import DISK, Files
from reportgen.inputs.source import SourceMapping, SourceText

FILE = "reference.docx"

BandKind: TypeAlias = Literal["header", "footer"]
Pages: TypeAlias = Literal["first", "default", "even"]

_PAGE_KEYS = {
    "width": ("w:pgSz", "w:w"), "height": ("w:pgSz", "w:h"),
    "margin_top": ("w:pgMar", "w:top"), "margin_bottom": ("w:pgMar", "w:bottom"),
    "margin_left": ("w:pgMar", "w:left"), "margin_right": ("w:pgMar", "w:right"),
    "header": ("w:pgMar", "w:header"), "footer": ("w:pgMar", "w:footer"),
}  # fmt: skip
"""Where a section of Word's says what a look says of the page."""
_SIGNATURES: Mapping[bytes, Literal["image/png", "image/jpeg"]] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_IN_PARTS = frozenset(map(qualified, ("w:spacing", "w:ind", "w:rFonts")))
"""Properties whose attributes are taken one by one."""
_LATIN = (qualified("w:ascii"), qualified("w:hAnsi"))
# ISO/IEC 29500-1, annex A.
_SEQUENCES = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl"
    ),
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
        "em lang eastAsianLayout specVanish oMath"
    ),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A header or a footer."""

    root: Element = field(repr=False)
    """Its XML, cleaned; its styles have the names that they have in `Letterhead.styles`."""
    pictures: Mapping[str, PictureFile] = field(repr=False)
    """By the relations that the XML refers to."""
    links: Mapping[str, str]
    blocks: tuple[Block, ...]
    """The same for the PDF."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The headers and footers of a council's papers, and the styles that they need."""

    bands: Mapping[tuple[BandKind, Pages], Band]
    """Those that there are. The first page's stand here only where it has others than the pages after it."""
    own_first_page: bool
    own_even_pages: bool
    styles: tuple[Element, ...] = field(repr=False)
    """Cleaned, under names that no style of ours has; each after the one that it is based on."""

    def band(self, kind: BandKind, pages: Pages) -> Band | None:
        """What stands at the head or foot of the first page, of the even ones, or of those that are neither."""
        if (pages == "first" and not self.own_first_page) or (pages == "even" and not self.own_even_pages):
            pages = "default"
        return self.bands.get((kind, pages))

    @property
    def counts_pages(self) -> bool:
        """Whether some page says its number already."""
        return any(isinstance(piece, PageField) for band in self.bands.values() for piece in pieces_of(band.blocks))

    @property
    def faces(self) -> tuple[str, ...]:
        """The faces of its text."""
        pieces = (piece for band in self.bands.values() for piece in pieces_of(band.blocks))
        return tuple(sorted({piece.look.face for piece in pieces if isinstance(piece, Words | PageField)}))


def pieces_of(blocks: tuple[Block, ...]) -> Iterator[object]:
    """Everything in the lines, in tables and boxes too."""
    for block in blocks:
        match block:
            case Line():
                for piece in block.pieces:
                    yield piece
                    if isinstance(piece, Box):
                        yield from pieces_of(piece.blocks)
            case Grid():
                for row in block.rows:
                    for cell in row:
                        yield from pieces_of(cell.blocks)


def read_letterhead(path: Path, problems: Problems, files: Files = DISK) -> tuple[Letterhead, SourceMapping] | None:
    """The letterhead in a Word file and its page as `look.yaml` would say it, or None with the reason in `problems`."""
    place = Location(str(path))
    try:
        file = open_word_file(path, files=files)
        section = _first_section(file)
        return _read_bands(file, section), _page_of(section, place)
    except Unusable as error:
        problems.error("RG046", place, error.found, error.hint)
        return None


def _first_section(file: WordFile) -> Element:
    """What the file says of its first pages."""
    section = next(file.parse(file.main).iter(qualified("w:sectPr")), None)
    if section is None or child(section, "w:pgSz") is None or child(section, "w:pgMar") is None:
        raise Unusable("it does not say how large its page is", "in Word, choose Layout > Size and Margins, and save")
    return section


def _page_of(section: Element, place: Location) -> SourceMapping:
    """Size and margins of the page, in millimetres."""
    page = SourceMapping(place)
    for key, (element, name) in _PAGE_KEYS.items():
        said = attribute(child(section, element), name)
        # A margin below 0 stands for one that the header may not push down.
        if not re.fullmatch(r"-?\d{1,5}", said):
            raise Unusable(f"its page has no {key.replace('_', ' ')}", "in Word, choose Layout > Margins, and save")
        twips = abs(int(said))
        if key == "margin_left":
            gutter = attribute(child(section, "w:pgMar"), "w:gutter", "0")
            twips += int(gutter) if gutter.isdecimal() and len(gutter) < 6 else 0
        page.put(key, SourceText(f"{twips * 25.4 / 1440:.3f}", place, key), place, place)
    if float(str(page["width"])) > float(str(page["height"])):
        raise Unusable("its first page lies on its side", "begin it with an upright page, which has the letterhead")
    look = SourceMapping(place)
    look.put("page", page, place, place)
    return look


def _read_bands(file: WordFile, section: Element) -> Letterhead:
    theme = read_theme(file.related("theme"))
    formats = Formats(file.related("styles"), theme)
    relations = file.relations(file.main)
    bands: dict[tuple[BandKind, Pages], Band] = {}
    kinds: tuple[BandKind, ...] = ("header", "footer")
    for kind in kinds:
        for reference in section.findall(qualified(f"w:{kind}Reference")):
            relation = relations.get(attribute(reference, "r:id"))
            pages = attribute(reference, "w:type", "default")
            if relation is None or relation.external or pages not in ("first", "default", "even"):
                raise Unusable(f"one of its {kind}s is missing")
            bands[kind, pages] = _read_band(file, relation.target, formats, theme)  # type: ignore[index]
    settings = file.related("settings")
    return Letterhead(
        bands,
        own_first_page=is_set(child(section, "w:titlePg")),
        own_even_pages=is_set(child(settings, "w:evenAndOddHeaders")),
        styles=tuple(_styles_of(bands, formats, theme)),
    )


def _read_band(file: WordFile, part: str, formats: Formats, theme: Theme) -> Band:
    try:
        relations = file.relations(part)
        cleaner = Cleaner(relations, theme, formats.default_style)
        root = cleaner.clean(file.parse(part))
        _say_stops(root, formats)
        used = {identity: relations[identity] for identity in sorted(cleaner.used)}
        pictures = {identity: _picture(file, one) for identity, one in used.items() if one.kind == "image"}
        links = {identity: one.target for identity, one in used.items() if one.kind == "hyperlink"}
        return Band(root, pictures, links, StoryReader(formats, pictures).read(root))
    except Unusable as error:
        where = "header" if "header" in part else "footer"
        raise Unusable(f"its {where} ({part}): {error.found}", error.hint) from None


def _say_stops(root: Element, formats: Formats) -> None:
    """Let each paragraph say its tab stops itself: on pages of another width they are not those of its style."""
    for paragraph in root.iter(qualified("w:p")):
        properties = child(paragraph, "w:pPr")
        if properties is None or paragraph.find(f"{qualified('w:r')}/{qualified('w:tab')}") is None:
            continue
        style = attribute(child(properties, "w:pStyle"), "w:val").removeprefix(STYLE_PREFIX)
        tabs, own = formats.paragraph(style, properties).get("tabs"), child(properties, "w:tabs")
        if tabs is not None and tabs is not own:
            properties[:] = [one for one in properties if one is not own]
            properties.append(copy.deepcopy(tabs))
            _sort(properties, "w:pPr")


def _picture(file: WordFile, relation: Relation) -> PictureFile:
    content = file.read(relation.target)
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            return content, media_type
    name = relation.target.rpartition("/")[2]
    raise Unusable(f"the picture {name} is neither PNG nor JPEG", "save it as PNG and insert that instead")


def _styles_of(bands: Mapping[tuple[BandKind, Pages], Band], formats: Formats, theme: Theme) -> Iterator[Element]:
    """The styles that the bands use and those that these are based on, and first what the file says of all text."""
    named = {formats.default_style}
    for band in bands.values():
        for kind in ("w:pStyle", "w:rStyle", "w:tblStyle"):
            named |= {attribute(one, "w:val").removeprefix(STYLE_PREFIX) for one in band.root.iter(qualified(kind))}
    written: set[str] = set()
    for name in sorted(named):
        for style in reversed(list(formats.bases(name))):
            identity = attribute(style, "w:styleId")
            if identity not in written:
                written.add(identity)
                cleaned = clean_style(style, theme)
                if attribute(style, "w:type") == "paragraph" and child(style, "w:basedOn") is None:
                    _fill_up(cleaned, "w:pPr", formats.default_paragraph, theme)
                    _fill_up(cleaned, "w:rPr", formats.default_text, theme)
                yield cleaned


def _fill_up(style: Element, kind: str, defaults: Element | None, theme: Theme) -> None:
    """Let a style that is based on nothing say itself what its file says of all text: ours says something else."""
    cleaned = Cleaner({}, theme, "").clean(defaults) if defaults is not None else Element(qualified(kind))
    own = child(style, kind)
    if own is None:
        own = Element(cleaned.tag)
        tables = [place for place, one in enumerate(style) if one.tag in (qualified("w:rPr"), qualified("w:tblPr"))]
        style.insert(tables[0] if tables and kind == "w:pPr" else len(style), own)
    said = {one.tag: one for one in own}
    for one in cleaned:
        if one.tag not in said:
            own.append(one)
        elif one.tag in _IN_PARTS:
            said[one.tag].attrib.update({**one.attrib, **said[one.tag].attrib})
    if kind == "w:rPr":
        _say_usual_text(own)
    _sort(own, kind)


def _say_usual_text(properties: Element) -> None:
    """Say what Word takes where a file says nothing; in the paper, that would be the paper's own."""
    if child(properties, "w:rFonts") is None:
        properties.append(Element(qualified("w:rFonts"), dict.fromkeys(_LATIN, UNSAID_FACE)))
    for name in ("w:sz", "w:szCs"):
        if child(properties, name) is None:
            properties.append(Element(qualified(name), {qualified("w:val"): f"{UNSAID_SIZE * 2:g}"}))


def _sort(properties: Element, kind: str) -> None:
    """Put properties into the schema's order, without which Word refuses the file."""
    places = {qualified(f"w:{name}"): place for place, name in enumerate(_SEQUENCES[kind].split())}
    properties[:] = sorted(properties, key=lambda one: places.get(one.tag, len(places)))
