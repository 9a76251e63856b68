"""A council's own Word template, `reference.docx`: what its Word files start from, as for pandoc.

Taken over are the page, headers, footers, styles, lists, fonts and theme. Everything else stays
behind: text, macros, the attached template, embedded objects and fonts, data of other programs.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from lxml import etree

from reportgen.diagnostics import Location, Problems
from reportgen.house.word_file import Relation, Unusable, WordFile, open_word_file
from reportgen.inputs.files import DISK, Files
from reportgen.inputs.source import SourceMapping, SourceText

FILE_NAME = "reference.docx"
STYLE_PREFIX = "Letterhead_"
"""Begins the ids of the styles that headers and footers use; no id of ours has an underscore."""
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}

Kind: TypeAlias = Literal["header", "footer"]
Pages: TypeAlias = Literal["first", "default", "even"]

_W = f"{{{NAMESPACES['w']}}}"
_R = f"{{{NAMESPACES['r']}}}"
_PAGE_KEYS = {
    "width": ("w:pgSz", "w"), "height": ("w:pgSz", "h"),
    "margin_top": ("w:pgMar", "top"), "margin_bottom": ("w:pgMar", "bottom"),
    "margin_left": ("w:pgMar", "left"), "margin_right": ("w:pgMar", "right"),
    "header": ("w:pgMar", "header"), "footer": ("w:pgMar", "footer"),
}  # fmt: skip
"""Where a section of Word's says what `page:` says in look.yaml."""
_MEDIA_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf",
}  # fmt: skip
_LIVE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_FOREIGN = (
    "bookmarkStart bookmarkEnd permStart permEnd proofErr commentRangeStart commentRangeEnd commentReference "
    "footnoteReference endnoteReference del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd rPrChange pPrChange tblPrChange tblGridChange trPrChange tcPrChange sdtPr sdtEndPr "
    "smartTagPr customXmlPr ffData numPr control objectEmbed objectLink lastRenderedPageBreak"
)
"""Elements of headers that mean something only in their own document, or start another program."""
_DROPPED = [*(f"{_W}{name}" for name in _FOREIGN.split()), f"{{{NAMESPACES['o']}}}OLEObject"]
_UNWRAPPED = [f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")]
_REFERENCES_TO_STYLES = [f"{_W}{name}" for name in ("pStyle", "rStyle", "tblStyle")]
_PICTURE_BULLETS = (f"{_W}numPicBullet", f"{_W}lvlPicBulletId")
_NOT_IN_COPIES = "aliases next link autoRedefine qFormat locked personal personalCompose personalReply rsid"
_INSERT_AGAIN = "save it as a picture (PNG), and insert that instead"


@dataclass(frozen=True, slots=True)
class ReferencePart:
    """A part of the template, cleaned, and what it refers to by the ids in its XML."""

    content: bytes = field(repr=False)
    pictures: Mapping[str, tuple[bytes, str]] = field(repr=False)
    """The bytes and the media type of each."""
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReferenceDocument:
    """What Word files take over from the council's template; all XML is cleaned."""

    location: Location
    parts: Mapping[tuple[Kind, Pages], ReferencePart]
    """Headers and footers. Those of the first page are used only with `own_first_page`."""
    own_first_page: bool
    own_even_pages: bool
    counts_pages: bool
    """Whether a header or footer gives the page number."""
    theme: ReferencePart | None = field(repr=False)
    styles: bytes = field(repr=False)
    """All styles, and copies for headers and footers, which begin with `STYLE_PREFIX`."""
    numbering: bytes | None = field(repr=False)
    fonts: bytes | None = field(repr=False)

    def part(self, kind: Kind, pages: Pages) -> ReferencePart | None:
        """Return the header or footer of the first page, of even ones, or of the others."""
        if (pages == "first" and not self.own_first_page) or (pages == "even" and not self.own_even_pages):
            pages = "default"
        return self.parts.get((kind, pages))


def read_reference(
    path: Path, problems: Problems, files: Files = DISK
) -> tuple[ReferenceDocument, SourceMapping] | None:
    """Return the template and what it says of the page, as in look.yaml, or None with the reason in `problems`."""
    location = Location(str(path))
    try:
        file = open_word_file(path, files=files)
        section = _first_section(file)
        return _read_document(file, section, location), _read_page(section, location)
    except Unusable as error:
        problems.error("RG046", location, error.found, error.hint)
        return None


def _first_section(file: WordFile) -> etree._Element:
    section = next(file.parse(file.main).iter(f"{_W}sectPr"), None)
    if section is None or _find(section, "w:pgSz") is None or _find(section, "w:pgMar") is None:
        raise Unusable("it does not say how large its page is", "in Word, choose Layout > Size and Margins, and save")
    return section


def _read_page(section: etree._Element, location: Location) -> SourceMapping:
    """Return the size and the margins of the page, in millimetres."""
    page = SourceMapping(location)
    for key, (element, name) in _PAGE_KEYS.items():
        said = _value(_find(section, element), name)
        # A margin below 0 stands for one that the header may not push down.
        if not re.fullmatch(r"-?\d{1,5}", said):
            raise Unusable(f"its page has no {key.replace('_', ' ')}", "in Word, choose Layout > Margins, and save")
        twips = abs(int(said))
        if key == "margin_left":
            gutter = _value(_find(section, "w:pgMar"), "gutter")
            twips += int(gutter) if re.fullmatch(r"\d{1,5}", gutter) else 0
        page.put(key, SourceText(f"{twips * 25.4 / 1440:.3f}", location, key), location, location)
    if float(str(page["width"])) > float(str(page["height"])):
        raise Unusable("its first page lies on its side", "begin it with an upright page, which has the letterhead")
    return page


def _read_document(file: WordFile, section: etree._Element, location: Location) -> ReferenceDocument:
    roots = _read_headers(file, section)
    styles = _read_plain(file, "styles")
    if styles is None:
        raise Unusable("it has no styles")
    copies = _copy_styles(styles, [root for _, root in roots.values()])
    styles.extend(copies)
    numbering, fonts, theme = _read_plain(file, "numbering"), _read_plain(file, "fontTable"), file.related("theme")
    if theme is not None:
        theme_root = file.parse(theme)
        _check_relations(theme_root, file.relations(theme))
    settings = file.related("settings")
    codes = (code for _, root in roots.values() for code in _field_codes(root))
    return ReferenceDocument(
        location,
        {key: _collect_part(file, name, root) for key, (name, root) in roots.items()},
        own_first_page=_is_on(_find(section, "w:titlePg")),
        own_even_pages=settings is not None and _is_on(_find(file.parse(settings), "w:evenAndOddHeaders")),
        counts_pages=any(code.split()[0].upper() == "PAGE" for code in codes),
        theme=None if theme is None else _collect_part(file, theme, theme_root),
        styles=etree.tostring(styles),
        numbering=None if numbering is None else etree.tostring(numbering),
        fonts=None if fonts is None else etree.tostring(fonts),
    )


def _read_plain(file: WordFile, kind: str) -> etree._Element | None:
    """Return styles, lists or fonts without what they refer to and what only later versions of Word know."""
    name = file.related(kind)
    if name is None:
        return None
    root = file.parse(name)
    for element in list(root.iter()):
        related = any(attribute.startswith(_R) for attribute in map(str, element.attrib))
        if not str(element.tag).startswith(_W) or related or element.tag in _PICTURE_BULLETS:
            _drop(element)
        for attribute in [one for one in map(str, element.attrib) if one[0] == "{" and not one.startswith(_W)]:
            del element.attrib[attribute]
    # LibreOffice writes these in the words of the strict form.
    for alignment in root.iter(f"{_W}lvlJc"):
        value = _value(alignment, "val")
        alignment.set(f"{_W}val", {"start": "left", "end": "right"}.get(value, value))
    for charset in root.iter(f"{_W}charset"):
        charset.attrib.pop(f"{_W}characterSet", "")
    return root


# ---- Headers and footers ----


def _read_headers(file: WordFile, section: etree._Element) -> dict[tuple[Kind, Pages], tuple[str, etree._Element]]:
    """Return the names and the cleaned roots of the headers and footers."""
    relations = file.relations(file.main)
    found: dict[tuple[Kind, Pages], tuple[str, etree._Element]] = {}
    kinds: tuple[Kind, ...] = ("header", "footer")
    for kind in kinds:
        for reference in section.findall(f"{_W}{kind}Reference"):
            relation = relations.get(reference.get(f"{_R}id", ""))
            pages = _value(reference, "type") or "default"
            if relation is None or relation.external or pages not in ("first", "default", "even"):
                raise Unusable(f"one of its {kind}s is missing")
            try:
                root = file.parse(relation.target)
                _clean(root, file.relations(relation.target))
            except Unusable as error:
                raise Unusable(f"its {kind} ({relation.target}): {error.found}", error.hint) from None
            found[kind, pages] = relation.target, root  # type: ignore[index]  # checked above
    return found


def _clean(root: etree._Element, relations: Mapping[str, Relation]) -> None:
    """Remove from a header or footer everything that only makes sense in its own document."""
    _settle_fields(root)
    watermarks = [one for one in root.iter(f"{_W}pict") if one.find(".//v:textpath", NAMESPACES) is not None]
    extensions = root.iterfind(".//a:blip/a:extLst", NAMESPACES)
    for element in [*root.iter(*_DROPPED), *watermarks, *extensions]:
        _drop(element)
    for element in list(root.iter(*_UNWRAPPED)):
        _unwrap(element)
    for element in root.iter(f"{_W}object"):
        element.tag = f"{_W}pict"  # without its program, what remains is its picture
    _check_relations(root, relations)


def _check_relations(root: etree._Element, relations: Mapping[str, Relation]) -> None:
    for element in list(root.iter()):
        for name in ("src", "href", f"{{{NAMESPACES['o']}}}href", f"{{{NAMESPACES['o']}}}althref"):
            element.attrib.pop(name, "")
        identities = [(str(name), str(value)) for name, value in element.attrib.items() if str(name).startswith(_R)]
        for name, identity in identities:
            _check_relation(element, name.removeprefix(_R), relations.get(identity))


def _check_relation(element: etree._Element, name: str, relation: Relation | None) -> None:
    """Refuse what cannot be taken over; links to anything but the web and mailboxes become plain words."""
    if relation is None:
        raise Unusable("something there refers to a part that is not in the file")
    if name == "link" or (relation.external and relation.kind != "hyperlink"):
        hint = "insert the picture itself: in Word, File > Info > Edit Links to Files > Save picture in document"
        raise Unusable("a picture there is only linked to, and nothing is fetched from outside", hint)
    if relation.kind not in ("image", "hyperlink"):
        raise Unusable(f"something there cannot be taken over ({relation.kind})", _INSERT_AGAIN)
    if relation.external and urlsplit(relation.target).scheme not in ("http", "https", "mailto"):
        (_unwrap if element.tag == f"{_W}hyperlink" else _drop)(element)


def _field_codes(root: etree._Element) -> Iterator[str]:
    """Give the instructions of all fields, such as "PAGE"; long ones stand in several elements."""
    code = ""
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}fldSimple"):
        if element.tag == f"{_W}instrText":
            code += element.text or ""
        else:
            yield from [code.strip()] if code.strip() else []
            code = _value(element, "instr")
    yield from [code.strip()] if code.strip() else []


def _settle_fields(root: etree._Element) -> None:
    """Let page numbers count; refuse fields that read another file, or change with the day or the machine."""
    for code in _field_codes(root):
        name = code.split()[0].upper()
        if name not in _LIVE_FIELDS:
            hint = "in Word, click it and press Ctrl+Shift+F9, which makes plain text of it"
            raise Unusable(f"a field there ({name}) is no page number; only these keep counting", hint)
    # The template's section is a whole paper of ours.
    for element in root.iter(f"{_W}instrText"):
        element.text = re.sub("SECTIONPAGES", "NUMPAGES", element.text or "", flags=re.IGNORECASE)
    for element in root.iter(f"{_W}fldSimple"):
        element.set(f"{_W}instr", re.sub("SECTIONPAGES", "NUMPAGES", _value(element, "instr"), flags=re.IGNORECASE))


def _collect_part(file: WordFile, name: str, root: etree._Element) -> ReferencePart:
    relations = file.relations(name)
    identities = [str(value) for one in root.iter() for key, value in one.attrib.items() if str(key).startswith(_R)]
    used = {identity: relations[identity] for identity in identities if identity in relations}
    pictures = {identity: _read_picture(file, one) for identity, one in used.items() if not one.external}
    links = {identity: one.target for identity, one in used.items() if one.external}
    return ReferencePart(etree.tostring(root), pictures, links)


def _read_picture(file: WordFile, relation: Relation) -> tuple[bytes, str]:
    name = relation.target.rpartition("/")[2]
    media_type = _MEDIA_TYPES.get(name.rpartition(".")[2].lower())
    if media_type is None:
        raise Unusable(f"the picture {name} is of a kind that cannot be taken over", _INSERT_AGAIN)
    return file.read(relation.target), media_type


# ---- Styles ----


def _copy_styles(styles: etree._Element, roots: Iterable[etree._Element]) -> list[etree._Element]:
    """Return copies of the styles that headers and footers use, which then look as in the template.

    The house's styles take the places of those with the same names, and its defaults those of the template.
    """
    by_id = {_value(style, "styleId"): style for style in styles.iter(f"{_W}style")}
    paragraphs = (name for name, style in by_id.items() if _value(style, "type") == "paragraph")
    default = next((name for name in paragraphs if _value(by_id[name], "default") in ("1", "true", "on")), "")
    used = {default} & by_id.keys()
    for root in roots:
        for paragraph in root.iter(f"{_W}p") if default else ():
            _name_style(paragraph, default)
        for reference in list(root.iter(*_REFERENCES_TO_STYLES)):
            name = _value(reference, "val")
            if name in by_id:
                used.add(name)
                reference.set(f"{_W}val", STYLE_PREFIX + name)
            else:
                _drop(reference)
    waiting = list(used)
    while waiting:
        base = _value(_find(by_id[waiting.pop()], "w:basedOn"), "val")
        if base in by_id and base not in used:
            used.add(base)
            waiting.append(base)
    return [_default_copy(styles), *(_copy_style(style) for name, style in by_id.items() if name in used)]


def _name_style(paragraph: etree._Element, style: str) -> None:
    """Let a paragraph without a style name the default one: in the paper, another is the default."""
    properties = _find(paragraph, "w:pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    if _find(properties, "w:pStyle") is None:
        properties.insert(0, etree.Element(f"{_W}pStyle", {f"{_W}val": style}))


def _default_copy(styles: etree._Element) -> etree._Element:
    """Return the template's document defaults as a style that all its paragraph styles in headers are based on."""
    copied = etree.Element(f"{_W}style", {f"{_W}type": "paragraph", f"{_W}styleId": f"{STYLE_PREFIX}Defaults"})
    etree.SubElement(copied, f"{_W}name", {f"{_W}val": "Letterhead Defaults"})
    for kind in ("pPr", "rPr"):
        properties = styles.find(f"w:docDefaults/w:{kind}Default/w:{kind}", NAMESPACES)
        if properties is not None:
            copied.append(copy.deepcopy(properties))
    copied.set(f"{_W}customStyle", "1")
    return copied


def _copy_style(style: etree._Element) -> etree._Element:
    copied = copy.deepcopy(style)
    for element in list(copied.iter(f"{_W}numPr", *(f"{_W}{name}" for name in _NOT_IN_COPIES.split()))):
        _drop(element)
    copied.attrib.pop(f"{_W}default", "")
    copied.set(f"{_W}customStyle", "1")
    copied.set(f"{_W}styleId", STYLE_PREFIX + _value(style, "styleId"))
    name, base = _find(copied, "w:name"), _find(copied, "w:basedOn")
    if name is not None:
        name.set(f"{_W}val", f"Letterhead {_value(name, 'val')}")
    if base is not None:
        base.set(f"{_W}val", STYLE_PREFIX + _value(base, "val"))
    elif _value(style, "type") == "paragraph":
        copied.insert(1, etree.Element(f"{_W}basedOn", {f"{_W}val": f"{STYLE_PREFIX}Defaults"}))
    return copied


# ---- Elements ----


def _find(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(name, NAMESPACES)


def _value(element: etree._Element | None, name: str) -> str:
    """Return an attribute of Word's; "" where the element or the attribute is not there."""
    return "" if element is None else str(element.get(f"{_W}{name}", ""))


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _value(element, "val") not in ("0", "false", "off")


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """Put what stands in an element in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
