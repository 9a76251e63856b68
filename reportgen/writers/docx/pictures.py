"""Charts, as pictures with an alternative text."""

from __future__ import annotations

from lxml import etree

from reportgen.tree import Chart, Figure
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import NAMESPACES, Element, emus, qualified, w
from reportgen.writers.docx.paragraphs import draw_line
from reportgen.writers.docx.story import WordParagraph

_PICTURE = NAMESPACES["pic"]


def draw_picture(figure: Figure, place: Place, draft: Draft) -> WordParagraph:
    """The picture, as wide as the text."""
    # Importing matplotlib takes as long as writing many pages; most documents have no chart.
    from reportgen.writers.chart import draw_png

    assert isinstance(figure.picture, Chart)
    picture = draw_png(figure.picture, draft.house.look)
    draft.pictures += 1
    size = (emus(place.width), emus(place.width * picture.height / picture.width))
    drawing = w(
        "drawing", _inline(draft.part.add_picture(picture.content), size, figure.alternative_text, draft.pictures)
    )
    paragraph = draw_line((), "chart", Place(width=place.width), draft)
    paragraph.content.append(w("r", drawing))
    return paragraph


def _inline(relationship: str, size: tuple[int, int], alternative_text: str, number: int) -> Element:
    width, height = map(str, size)
    return _element(
        "wp:inline",
        _element("wp:extent", cx=width, cy=height),
        _element("wp:docPr", id=str(number), name=f"Chart {number}", descr=alternative_text),
        _element("wp:cNvGraphicFramePr", _element("a:graphicFrameLocks", noChangeAspect="1")),
        _element("a:graphic", _element("a:graphicData", _picture(relationship, width, height, number), uri=_PICTURE)),
        **dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
    )


def _picture(relationship: str, width: str, height: str, number: int) -> Element:
    blip = _element("a:blip")
    blip.set(qualified("r:embed"), relationship)
    names = _element(
        "pic:nvPicPr", _element("pic:cNvPr", id=str(number), name=f"Chart {number}"), _element("pic:cNvPicPr")
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
