"""Figures: charts, time lines and images as pictures with an alternative text, their captions below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from reportgen.document import Chart, Figure, Image, Scale, Timeline, plain_text
from reportgen.writers.charts import draw, rasterise
from reportgen.writers.charts.svg import Drawing
from reportgen.writers.docx.draft import Draft, Place
from reportgen.writers.docx.elements import NAMESPACES, Element, emus, named, w
from reportgen.writers.docx.paragraphs import bookmarked, draw_caption, draw_line
from reportgen.writers.docx.story import Drawn
from reportgen.writers.image_size import fit, room_above_caption, size_of_image

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_BELOW_LINE = 0.2
"""A picture stands on its line like a letter, and below it is room for letters that go deeper; in millimetres for a
point of type."""


def draw_figure(figure: Figure, place: Place, draft: Draft) -> list[Drawn]:
    """The picture, as wide as the text if it is drawn here, and its caption: both on one page."""
    passage = draft.passages.of(figure.origin)
    if passage is not None:
        passage.holds.add("a picture")
    # In a section a picture begins at the margin, which gives it more room; in a list it stands where its item does.
    left = place.left if place.lists else 0
    around = Place(width=place.width - left, height=place.height, left=left)
    drawing = _draw_picture(figure, around, draft)
    paragraph = draw_line((), "chart", around, draft)
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


def _draw_picture(figure: Figure, place: Place, draft: Draft) -> Element:
    """A run with the picture as it is stored, as large as there is room for above its caption."""
    look = draft.house.stylesheet
    words = plain_text(figure.caption)
    if words and figure.number is not None:
        words = figure.number.text + draft.house.config.numbering.caption_separator + words
    below = draft.look_of("chart")["size"] * _BELOW_LINE
    room = room_above_caption(words, look, place.width, place.height - below)
    match figure.picture:
        case Image():
            blip = named("a:blip", r_embed=draft.part.add_picture(figure.picture.content, figure.picture.media_type))
            width, height = size_of_image(figure.picture, place.width, room)
        case Chart() | Timeline() | Scale():
            drawing = draw(figure.picture, look, place.width)
            blip = _blip_with_svg(drawing, draft)
            width, height = fit(place.width, drawing.height / drawing.width, place.width, room)
        case _:
            assert_never(figure.picture)
    extent = {"cx": str(emus(width)), "cy": str(emus(height))}
    return w("r", w("drawing", _inline(blip, extent, figure.alternative_text, next(draft.drawings))))


def _blip_with_svg(drawing: Drawing, draft: Draft) -> Element:
    """A PNG with the SVG beside it, which Word 2016 and later draw in its place ([MS-ODRAWXML], svgBlip)."""
    png = draft.part.add_picture(rasterise(drawing), "image/png")
    svg = draft.part.add_picture(drawing.to_svg().encode(), "image/svg+xml")
    extension = named("a:ext", named("asvg:svgBlip", r_embed=svg), uri=_SVG_EXTENSION)
    return named("a:blip", named("a:extLst", extension), r_embed=png)


def _inline(blip: Element, extent: Mapping[str, str], alternative_text: str, number: int) -> Element:
    names = named("pic:nvPicPr", named("pic:cNvPr", id=str(number), name=f"Picture {number}"), named("pic:cNvPicPr"))
    fill = named("pic:blipFill", blip, named("a:stretch", named("a:fillRect")))
    place = named("a:xfrm", named("a:off", x="0", y="0"), named("a:ext", **extent))
    shape = named("pic:spPr", place, named("a:prstGeom", named("a:avLst"), prst="rect"))
    picture = named("pic:pic", names, fill, shape)
    return named(
        "wp:inline",
        named("wp:extent", **extent),
        named("wp:docPr", id=str(number), name=f"Picture {number}", descr=alternative_text),
        named("wp:cNvGraphicFramePr", named("a:graphicFrameLocks", noChangeAspect="1")),
        named("a:graphic", named("a:graphicData", picture, uri=NAMESPACES["pic"])),
        **dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
    )
