"""Blocks → HTML.

The shape of the HTML follows from what PDF/UA readers need of the tags that WeasyPrint makes
of it (veraPDF's rules in brackets): nothing is nested in a link (7.18.5), list items have no
markers but carry their numbers themselves (7.2), heading levels follow the depth of the
sections (7.4.2), cells span columns but never rows (7.5).
"""

from __future__ import annotations

import html
from dataclasses import replace
from typing import assert_never

from reportgen.document import (
    Block,
    Blocks,
    Contents,
    FieldList,
    Figure,
    Footnote,
    Inlines,
    List,
    ListItem,
    Number,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    SignatureLine,
    Table,
    Text,
    inlines_of,
    plain_text,
)
from reportgen.house import House
from reportgen.writers.css import DEEPEST_LEVEL, class_name
from reportgen.writers.html.contents import render_contents
from reportgen.writers.html.elements import element, render_box, render_entry, render_inlines, render_line, render_sign
from reportgen.writers.html.figures import render_figure
from reportgen.writers.html.place import Place
from reportgen.writers.html.tables import render_fields, render_table

_DEEPEST_STYLED_HEADING = 3
_DEEPEST_HTML_HEADING = 6
_COUNTERS = {"decimal": "", "lower-letter": "a", "upper-letter": "A", "lower-roman": "i"}
"""HTML's types of ordered lists, by the house's counters."""


def render_blocks(blocks: Blocks, place: Place) -> str:
    """The blocks, one below the other."""
    return "".join(render_block(block, place) for block in blocks)


def render_block(block: Block, place: Place) -> str:  # noqa: C901  # a case for each kind of block
    """A block of the tree; a section comes with all that is in it."""
    match block:
        case Section():
            return _render_section(block, place)
        case Paragraph():
            return _render_paragraph(block, place)
        case List():
            return _render_list(block, place)
        case Table():
            return render_table(block, place, render_blocks)
        case FieldList():
            return render_fields(block, place, render_blocks)
        case Panel():
            children = render_blocks(block.children, replace(place, position="", in_body=False, lists=0))
            return element("div", children, "panel", class_name("panel", block.role))
        case Figure():
            return render_figure(block, place)
        case Contents():
            return render_contents(block, place)
        case Signature():
            return _render_signature(block, place)
        case PageBreak():
            return element("div", "", "page-break")
        case _:
            assert_never(block)


def _render_section(section: Section, place: Place) -> str:
    depth = place.depth + 1
    role = section.role if section.role != "section" else f"heading-{min(depth, _DEEPEST_STYLED_HEADING)}"
    number, position = _heading_number(section.number, place.house)
    level = min(place.heading, _DEEPEST_HTML_HEADING)
    content = number + render_inlines(section.heading, place.medium)
    name = _bookmark(section, section.heading, place.house)
    heading = element(
        f"h{level}", content, class_name("role", role), position, id=section.anchor, **{"data-bookmark": name}
    )
    inside = replace(place, heading=place.heading + 1, depth=depth, position="inset" if place.in_body else "")
    if section.landscape:
        turned_page = place.house.stylesheet.page.turned
        inside = replace(inside, text_width=turned_page.text_width, text_height=turned_page.text_height)
    children = [heading, *(render_block(child, inside) for child in section.children)]
    turned = "landscape" if section.landscape else ""
    beginning = "appendix" if section.role == "appendix" else ""
    return element("section", "\n".join(children), beginning, turned)


def _bookmark(block: Section | Paragraph, words: Inlines, house: House) -> str:
    """What the PDF's bookmark says where the heading's own text will not do: notes are not part of it."""
    if not any(isinstance(inline, Footnote) for inline in inlines_of(block)):
        return ""
    number, separator = block.number, ""
    if number is not None and number.text:
        separator = house.config.numbering.appendix_separator if number.sequence == "appendix" else " "
    return (number.text if number is not None else "") + separator + plain_text(words)


def _heading_number(number: Number | None, house: House) -> tuple[str, str]:
    """The number's HTML and the class that says where the heading then stands."""
    if number is None or not number.text:
        return "", ""
    if number.sequence == "appendix":
        return html.escape(number.text + house.config.numbering.appendix_separator), ""
    return render_sign(number.text), f"level-{number.level}"


def _render_paragraph(paragraph: Paragraph, place: Place, sign: str = "") -> str:
    role = place.body_role if paragraph.role == "body" else paragraph.role
    number, position = paragraph.number, place.position
    if number is not None and number.text:
        sign, position = render_sign(number.text), f"level-{number.level}"
    content = sign + render_inlines(paragraph.content, place.medium)
    tag, name = ("h1", _bookmark(paragraph, paragraph.content, place.house)) if role == "title" else ("p", "")
    return element(tag, content, class_name("role", role), position, id=paragraph.anchor, **{"data-bookmark": name})


def _render_list(block: List, place: Place) -> str:
    depth = place.lists + 1
    inside = replace(place, lists=depth, body_role=place.item_role)
    items = [_render_item(item, inside) for item in block.items]
    moved_in = place.position if depth == 1 else ""
    ends_text = "list" if depth == 1 and place.item_role == "list-item" else ""
    counter = _list_counter(block, place.house) if block.ordered else ""
    return element("ol" if block.ordered else "ul", "".join(items), ends_text, moved_in, type=counter)


def _list_counter(block: List, house: House) -> str:
    """The list's type, for readers that go by it; what is printed are the items' own numbers."""
    number = next((item.number for item in block.items if item.number is not None), None)
    return "" if number is None else _COUNTERS[house.config.numbering.list_level(number.level).counter]


def _render_item(item: ListItem, place: Place) -> str:
    numbering = place.house.config.numbering
    if item.number is not None:
        sign, position = item.number.text, f"item-{min(item.number.level, DEEPEST_LEVEL - 1)}"
    else:
        sign = numbering.bullets[min(place.lists, len(numbering.bullets)) - 1]
        position = f"{place.bullet}-{min(place.lists, DEEPEST_LEVEL)}"
    inside = replace(place, position=position)
    first, rest = _split_item(item.content)
    lines = [_render_paragraph(first, inside, render_sign(sign)), *(render_block(block, inside) for block in rest)]
    return element("li", "".join(lines))


def _split_item(content: Blocks) -> tuple[Paragraph, Blocks]:
    """The paragraph that carries the item's sign, an empty one if the item begins otherwise, and the rest."""
    if content and isinstance(content[0], Paragraph):
        return content[0], content[1:]
    return Paragraph(()), content


def _render_signature(signature: Signature, place: Place) -> str:
    match signature.form:
        case "line":
            lines = [_render_dotted_line(line, place) for line in signature.lines]
        case "box":
            lines = [_render_tick_box(line) for line in signature.lines]
        case _:
            assert_never(signature.form)
    return element("div", "\n".join(lines), "signature", place.position)


def _render_dotted_line(line: SignatureLine, place: Place) -> str:
    words = [
        render_line((Text(words),), "signature", place.medium) for words in (line.name, line.post, line.label) if words
    ]
    return "".join([element("div", "", "signature-line"), *words])


def _render_tick_box(line: SignatureLine) -> str:
    """The box and whose it is; behind a dash by whom and when it was signed, or what is to be entered there.

    What is empty and has no words of its own is a field in Word and nothing here.
    """
    ticked = next((entry for entry in line.entries if entry.form == "check"), None)
    entered = [render_entry(entry) for entry in line.entries if entry.form != "check" and entry.text]
    written = [html.escape(words, quote=False) for words in (line.name, line.post) if words]
    box = render_box("☒" if line.signed else "☐", line.signed, line.label) if ticked is None else render_entry(ticked)
    label = html.escape(line.label, quote=False)
    words = " – ".join(filter(None, (label, ", ".join(entered or written))))
    return element("p", f"{box} {words}", class_name("role", "signature"))
