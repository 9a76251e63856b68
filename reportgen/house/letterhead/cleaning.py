"""A header or footer of somebody's Word file → the same one, with only what can stand in another document.

What is seen stays. What goes: content controls and tracked changes (their text stays), bookmarks,
comments, numbering, what only later versions of Word know, and the older copies of drawings that
Word keeps beside them. Of fields, the page's number and the number of pages stay alive; of any
other the text stays that it last showed, as it would change with the day or name a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from reportgen.house.letterhead.formats import Theme
from reportgen.house.letterhead.word_file import NAMESPACES, Relation, Unusable, attribute, child, qualified

LIVE_FIELDS: Mapping[str, str] = {"PAGE": "PAGE", "NUMPAGES": "NUMPAGES", "SECTIONPAGES": "NUMPAGES"}
"""The fields that stay alive and what becomes of them: a section of the letterhead's is a whole paper of ours."""
STYLE_PREFIX = "Letterhead_"
"""Of the ids of the letterhead's styles; none of ours has an underscore."""

_KNOWN = tuple(f"{{{uri}}}" for uri in NAMESPACES.values())
_UNWRAPPED = frozenset(
    map(qualified, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir"))
)
_OF_NO_USE = (
    "bookmarkStart bookmarkEnd proofErr permStart permEnd del moveFrom sdtPr sdtEndPr smartTagPr customXmlPr "
    "commentRangeStart commentRangeEnd commentReference annotationRef moveFromRangeStart moveFromRangeEnd "
    "moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart "
    "customXmlDelRangeEnd lastRenderedPageBreak rPrChange pPrChange tblPrChange trPrChange tcPrChange "
    "tblGridChange sectPr numPr footnoteReference endnoteReference cnfStyle divId"
)
_DROPPED = frozenset(qualified(f"w:{name}") for name in _OF_NO_USE.split()) | frozenset(
    map(qualified, ("a:extLst", "a:hlinkClick", "wp:extLst", "mc:Fallback"))
)
_STYLE_REFERENCES = frozenset(map(qualified, ("w:pStyle", "w:rStyle", "w:tblStyle")))
_PICTURE, _SHAPE = NAMESPACES["pic"], NAMESPACES["wps"]
_RELATED = f"{{{NAMESPACES['r']}}}"
_INSERT_AGAIN = "delete it there, or insert it again as one picture (PNG or JPEG)"


@dataclass
class _Field:
    """A field that has begun and not ended: its instruction so far."""

    code: str = ""
    shows: bool = False
    """Whether what follows is its result."""
    look: Element | None = None
    """The properties of the first run of its result."""

    @property
    def live(self) -> str:
        """What becomes of it; empty for a field that does not stay alive."""
        words = self.code.split()
        return LIVE_FIELDS.get(words[0].upper(), "") if words else ""


@dataclass
class Cleaner:
    relations: Mapping[str, Relation]
    theme: Theme
    default_style: str
    """The id of the style of paragraphs that name none."""
    used: set[str] = field(default_factory=set)
    """The relations that what stays refers to."""
    _open: list[_Field] = field(default_factory=list)

    def clean(self, element: Element) -> Element:
        """A copy with only what may stay. Raises `Unusable` for what neither can stay nor be left out unnoticed."""
        kept = Element(element.tag, self._attributes(element))
        kept.text = element.text
        kept.extend(self._insides(element))
        if kept.tag == qualified("w:p"):
            _name_style(kept, self.default_style)
        self.theme.settle(kept)
        return kept

    def _clean_child(self, element: Element) -> Iterable[Element]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return ()
        if not tag.startswith(_KNOWN):
            return _foreign(element)
        if tag in _UNWRAPPED:
            return self._insides(element)
        special: Mapping[str, Callable[[Element], Iterable[Element]]] = {
            qualified("w:r"): self._run,
            qualified("w:fldSimple"): self._simple_field,
            qualified("w:hyperlink"): self._link,
            qualified("w:object"): _old_drawing,
            qualified("w:pict"): _old_drawing,
            qualified("w:pgNum"): _old_number,
            qualified("w:drawing"): self._drawing,
            qualified("mc:AlternateContent"): self._alternative,
        }
        if tag in special:
            return special[tag](element)
        cleaned = self.clean(element)
        if tag in _STYLE_REFERENCES:
            cleaned.set(qualified("w:val"), STYLE_PREFIX + attribute(element, "w:val"))
        return [cleaned]

    def _insides(self, element: Element) -> list[Element]:
        return [one for inside in element for one in self._clean_child(inside)]

    def _drawing(self, drawing: Element) -> Iterable[Element]:
        _check_drawing(drawing)
        return [self.clean(drawing)]

    def _attributes(self, element: Element) -> dict[str, str]:
        kept = {}
        for name, value in element.attrib.items():
            if name.startswith("{") and not name.startswith(_KNOWN):
                continue
            if name.startswith(f"{_KNOWN[0]}rsid") or name == qualified("mc:Ignorable"):
                continue
            if name.startswith(_RELATED):
                self._use(name.removeprefix(_RELATED), value)
            kept[name] = value
        return kept

    def _use(self, name: str, identity: str) -> None:
        """Note that a relation is used. Pictures stand in the file, never elsewhere."""
        relation = self.relations.get(identity)
        if relation is None:
            raise Unusable(f"something there refers to '{identity}', which is not in the file")
        if name == "link" or (relation.external and relation.kind != "hyperlink"):
            hint = "insert the picture itself: in Word, File > Info > Edit Links to Files > Save picture in document"
            raise Unusable("a picture there is only linked to, and nothing is fetched from outside", hint)
        if relation.kind not in ("image", "hyperlink"):
            raise Unusable(f"something there cannot be taken over ({relation.kind})", _INSERT_AGAIN)
        self.used.add(identity)

    def _alternative(self, element: Element) -> Iterable[Element]:
        """Of a drawing's copies, the one that Word 2010 and later show; of what else comes in copies, the plain one."""
        for choice in element.findall(qualified("mc:Choice")):
            if choice.get("Requires") == "wps":
                return [one for drawing in choice.findall(qualified("w:drawing")) for one in self._wrapped(drawing)]
        if element.find(f"{qualified('mc:Choice')}/{qualified('w:drawing')}") is not None:
            raise Unusable("a drawing there is made of several shapes, or is no shape at all", _INSERT_AGAIN)
        fallback = element.find(qualified("mc:Fallback"))
        return [one for inside in (fallback if fallback is not None else ()) for one in self._clean_child(inside)]

    def _wrapped(self, drawing: Element) -> Iterable[Element]:
        """A shape as Word wants it: in a choice, since Word 2007 did not know shapes. A picture needs none."""
        _check_drawing(drawing)
        if drawing.find(f"*/*/*/{qualified('wps:wsp')}") is None:
            return [self.clean(drawing)]
        choice = Element(qualified("mc:Choice"), {"Requires": "wps"})
        choice.append(self.clean(drawing))
        whole = Element(qualified("mc:AlternateContent"))
        whole.append(choice)
        return [whole]

    # ---- Runs and fields ----

    def _run(self, run: Element) -> Iterable[Element]:
        """The run without what belongs to fields, and the fields that stay alive where they end."""
        look = run.find(qualified("w:rPr"))
        kept = Element(run.tag)
        if look is not None:
            kept.append(self.clean(look))
        bare = len(kept)
        found = []
        for inside in run:
            if inside.tag == qualified("w:fldChar"):
                found += self._mark(attribute(inside, "w:fldCharType"), look)
            elif inside.tag == qualified("w:instrText"):
                if self._open:
                    self._open[-1].code += inside.text or ""
            elif inside is not look and self._is_shown():
                kept.extend(list(self._clean_child(inside)))
            elif self._open and self._open[-1].look is None:
                self._open[-1].look = look
        return [*found, kept] if len(kept) > bare else found

    def _mark(self, kind: str, look: Element | None) -> list[Element]:
        """The beginning, the middle or the end of a field."""
        if kind == "begin":
            self._open.append(_Field(look=look))
        elif kind == "separate" and self._open:
            self._open[-1].shows = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if ended.live and self._is_shown():
                return [self._live_field(ended.live, ended.look)]
        return []

    def _is_shown(self) -> bool:
        """Whether what stands here is seen, and by itself: all fields around it show their result, and none is live."""
        return all(one.shows and not one.live for one in self._open)

    def _simple_field(self, element: Element) -> Iterable[Element]:
        live = _Field(attribute(element, "w:instr")).live
        return [self._live_field(live, child(element, "w:r", "w:rPr"))] if live else self._insides(element)

    def _live_field(self, name: str, look: Element | None) -> Element:
        written = Element(qualified("w:fldSimple"), {qualified("w:instr"): f" {name} "})
        run = Element(qualified("w:r"))
        if look is not None:
            run.append(self.clean(look))
        text = Element(qualified("w:t"))
        text.text = "1"
        run.append(text)
        written.append(run)
        return written

    def _link(self, element: Element) -> Iterable[Element]:
        """The link, if it leads to the web or to a mailbox; otherwise its words."""
        relation = self.relations.get(attribute(element, "r:id"))
        if relation is None or urlsplit(relation.target).scheme not in ("http", "https", "mailto"):
            return self._insides(element)
        return [self.clean(element)]


def clean_style(element: Element, theme: Theme) -> Element:
    """A style of the letterhead's under a name that none of ours has, with the styles it needs named likewise."""
    cleaned = Cleaner({}, theme, "").clean(element)
    for name in ("link", "next", "autoRedefine", "locked", "personal", "qFormat", "unhideWhenUsed", "aliases"):
        for one in cleaned.findall(qualified(f"w:{name}")):
            cleaned.remove(one)
    cleaned.attrib.pop(qualified("w:default"), None)
    cleaned.set(qualified("w:customStyle"), "1")
    cleaned.set(qualified("w:styleId"), STYLE_PREFIX + attribute(element, "w:styleId"))
    title, base = child(cleaned, "w:name"), child(cleaned, "w:basedOn")
    if title is not None:
        title.set(qualified("w:val"), f"Letterhead – {attribute(title, 'w:val')}")
    if base is not None:
        base.set(qualified("w:val"), STYLE_PREFIX + attribute(base, "w:val"))
    return cleaned


def _name_style(paragraph: Element, style: str) -> None:
    """Let a paragraph that names no style name the default one: in the paper another is the default."""
    properties = child(paragraph, "w:pPr")
    if properties is None:
        properties = Element(qualified("w:pPr"))
        paragraph.insert(0, properties)
    if child(properties, "w:pStyle") is None:
        properties.insert(0, Element(qualified("w:pStyle"), {qualified("w:val"): STYLE_PREFIX + style}))


def _foreign(element: Element) -> Iterable[Element]:
    """Nothing, for what only later versions of Word know; a drawing that cannot be taken over is not lost unsaid."""
    if element.tag.endswith(("}wgp", "}wpc", "}chart", "}relIds")):
        raise Unusable("a drawing there is made of several shapes, or is a chart or a diagram", _INSERT_AGAIN)
    return ()


def _old_number(_element: Element) -> Iterable[Element]:
    raise Unusable("a page number there is in the form of Word 6", "insert the page number again")


def _check_drawing(drawing: Element) -> None:
    content = drawing.find(f"*/{qualified('a:graphic')}/{qualified('a:graphicData')}")
    if attribute(content, "uri") not in (_PICTURE, _SHAPE):
        raise Unusable("a drawing there is made of several shapes, or is a chart or a diagram", _INSERT_AGAIN)


def _old_drawing(element: Element) -> Iterable[Element]:
    """Nothing, if it is a watermark: papers have one of their own while they are drafts."""
    if any(str(inside.tag).endswith("}textpath") for inside in element.iter()):
        return ()
    raise Unusable("a picture or drawing there is in the form of Word 2007 or older", _INSERT_AGAIN)
