"""What a Word file takes over from the house's `reference.docx`: its styles, lists, fonts and theme.

Where both have a style, the house's own look counts.
"""

from __future__ import annotations

from lxml import etree

from reportgen.house.reference import ReferenceDocument
from reportgen.writers.docx.elements import Element, qualified, w
from reportgen.writers.docx.package import WordPackage

_VALUE = qualified("w:val")
_NAME = qualified("w:name")
_STYLE_ID = qualified("w:styleId")


def add_reference_parts(
    package: WordPackage, reference: ReferenceDocument, styles: Element, lists: Element | None, fonts: Element
) -> Element | None:
    """Add what the template has to the styles, the lists and the fonts, and its theme to the package.

    Returns:
        The lists (w:numbering): ours, the template's or both.
    """
    added = _add_styles(styles, etree.fromstring(reference.styles))
    if reference.numbering is not None:
        lists = lists if lists is not None else w("numbering")
        _add_lists(lists, etree.fromstring(reference.numbering), added)
    if reference.fonts is not None:
        known = {font.get(_NAME) for font in fonts}
        fonts.extend(font for font in etree.fromstring(reference.fonts) if font.get(_NAME) not in known)
    if reference.theme is not None:
        package.add_part("theme").load_reference(reference.theme)
    return lists


def _add_styles(ours: Element, theirs: Element) -> list[Element]:
    """Add the styles that we do not have; return them."""
    by_name = {_name_of(style): style.get(_STYLE_ID, "") for style in ours.iter(qualified("w:style"))}
    known = {identity.casefold() for identity in by_name.values()}
    replaced: dict[str, str] = {}
    added: list[Element] = []
    for style in theirs.findall(qualified("w:style")):
        identity, name = style.get(_STYLE_ID, ""), _name_of(style)
        if name in by_name or identity.casefold() in known:
            replaced[identity] = by_name.get(name, identity)
        else:
            style.attrib.pop(qualified("w:default"), "")
            added.append(style)
    for style in added:
        for reference in style.findall(qualified("w:basedOn")) + style.findall(qualified("w:next")):
            reference.set(_VALUE, replaced.get(reference.get(_VALUE, ""), reference.get(_VALUE, "")))
        for link in style.findall(qualified("w:link")):
            if link.get(_VALUE) in replaced:
                style.remove(link)
    ours.extend(added)
    return added


def _name_of(style: Element) -> str:
    name = style.find(qualified("w:name"))
    return "" if name is None else name.get(_VALUE, "").casefold()


def _add_lists(ours: Element, theirs: Element, styles: list[Element]) -> None:
    """Add the template's lists, with numbers above ours, and let its styles refer to these."""
    definitions, lists = ours.findall(qualified("w:abstractNum")), ours.findall(qualified("w:num"))
    identities = {style.get(_STYLE_ID) for style in styles}
    for place, definition in enumerate(theirs.findall(qualified("w:abstractNum"))):
        _raise(definition, "abstractNumId", len(definitions))
        for style in list(definition.iter(*map(qualified, ("w:pStyle", "w:styleLink", "w:numStyleLink")))):
            parent = style.getparent()
            if style.get(_VALUE) not in identities and parent is not None:
                parent.remove(style)
        ours.insert(len(definitions) + place, definition)
    for one in theirs.findall(qualified("w:num")):
        _raise(one, "numId", len(lists))
        for definition in one.findall(qualified("w:abstractNumId")):
            _raise(definition, "val", len(definitions))
        ours.append(one)
    for style in styles:
        for number in style.iter(qualified("w:numId")):
            if number.get(_VALUE) != "0":
                _raise(number, "val", len(lists))


def _raise(element: Element, attribute: str, number: int) -> None:
    name = qualified(f"w:{attribute}")
    written = element.get(name, "")
    if written.isdecimal():
        element.set(name, str(int(written) + number))
