"""Figures: charts, time lines and images as pictures with an alternative text, their captions below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from lxml import etree

from reportgen.tree import Chart, Figure, Image, Scale, Timeline, plain_text
from reportgen.writers.docx.captions import draw_caption
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import NAMESPACES, Element, emus, qualified, w
from reportgen.writers.docx.paragraphs import bookmarked, draw_line
from reportgen.writers.docx.story import WordParagraph
from reportgen.writers.image_size import fit, room_above_caption, size_of_image

_PICTURE = NAMESPACES["pic"]
_BELOW_LINE = 0.2
"""A picture stands on its line like a letter, and below it is room for letters that go deeper; in millimetres for a
point of type."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as it is stored, and its size on the page in millimetres."""

    content: bytes
    media_type: str
    width: float
    height: float


def draw_figure(figure: Figure, place: Place, draft: Draft) -> list[WordParagraph]:
    """The picture, as wide as the text if it is drawn here, and its caption: both on one page."""
    passage = draft.passages.of(figure.origin)
    if passage is not None:
        passage.holds.add("a picture")
    # In a section a picture begins at the margin, which gives it more room; in a list it stands where its item does.
    left = place.left if place.lists else 0
    around = Place(width=place.width - left, height=place.height, left=left)
    picture = _picture_of(figure, around, draft)
    paragraph = draw_line((), "chart", around, draft)
    number = next(draft.drawings)
    relationship = draft.part.add_picture(picture.content, picture.media_type)
    size = (emus(picture.width), emus(picture.height))
    drawing = w("r", w("drawing", _inline(relationship, size, figure.alternative_text, number)))
    if not figure.caption:
        paragraph.content.extend(bookmarked([drawing], figure.anchor, draft))
        return [paragraph]
    paragraph.content.append(drawing)
    caption = draw_caption(figure.caption, figure.number, figure.anchor, around, draft)
    caption.put(w("keepNext", val=0))
    caption.set_after(max(caption.after, paragraph.after))
    paragraph.put(w("keepNext"))
    paragraph.set_after(0)
    return [paragraph, caption]


def _picture_of(figure: Figure, place: Place, draft: Draft) -> _Picture:
    look = draft.house.look
    words = plain_text(figure.caption)
    if words and figure.number is not None:
        words = figure.number.text + draft.house.style.numbering.caption_separator + words
    below = draft.look_of("chart")["size"] * _BELOW_LINE
    room = room_above_caption(words, look, place.width, place.height - below)
    match figure.picture:
        case Image():
            width, height = size_of_image(figure.picture, place.width, room)
            return _Picture(figure.picture.content, figure.picture.media_type, width, height)
        case Chart() | Timeline() | Scale():
            # Importing matplotlib takes as long as writing many pages; most documents have no chart.
            from reportgen.writers.chart import draw_png

            drawn = draw_png(figure.picture, look, place.width)
            width, height = fit(place.width, drawn.height / drawn.width, place.width, room)
            return _Picture(drawn.content, "image/png", width, height)
        case _:
            assert_never(figure.picture)


def _inline(relationship: str, size: tuple[int, int], alternative_text: str, number: int) -> Element:
    width, height = map(str, size)
    return _element(
        "wp:inline",
        _element("wp:extent", cx=width, cy=height),
        _element("wp:docPr", id=str(number), name=f"Picture {number}", descr=alternative_text),
        _element("wp:cNvGraphicFramePr", _element("a:graphicFrameLocks", noChangeAspect="1")),
        _element("a:graphic", _element("a:graphicData", _picture(relationship, width, height, number), uri=_PICTURE)),
        **dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
    )


def _picture(relationship: str, width: str, height: str, number: int) -> Element:
    blip = _element("a:blip")
    blip.set(qualified("r:embed"), relationship)
    names = _element(
        "pic:nvPicPr", _element("pic:cNvPr", id=str(number), name=f"Picture {number}"), _element("pic:cNvPicPr")
    )
    fill = _element("pic:blipFill", blip, _element("a:stretch", _element("a:fillRect")))
    place = _element("a:xfrm", _element("a:off", x="0", y="0"), _element("a:ext", cx=width, cy=height))
    shape = _element("pic:spPr", place, _element("a:prstGeom", _element("a:avLst"), prst="rect"))
    return _element("pic:pic", names, fill, shape)


def _element(name: str, /, *children: Element, **attributes: str) -> Element:
    """A drawing's element, whose attributes have no namespace."""
    element = etree.Element(
        qualified(name), attributes, nsmap={prefix: NAMESPACES[prefix] for prefix in ("wp", "a", "pic", "r")}
    )
    element.extend(children)
    return element
