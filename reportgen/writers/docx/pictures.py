"""Figures: charts, time lines and images as pictures with an alternative text, their captions below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from reportgen.document import Chart, Figure, Image, Scale, Timeline, plain_text
from reportgen.writers.charts import draw, rasterise
from reportgen.writers.charts.svg import Drawing
from reportgen.writers.docx.context import DocxContext, RenderContext
from reportgen.writers.docx.elements import NAMESPACES, Element, emus, named, w
from reportgen.writers.docx.flow import FlowItem
from reportgen.writers.docx.paragraphs import bookmarked, render_caption, render_line
from reportgen.writers.image_size import fit, room_above_caption, size_of_image

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_BELOW_LINE = 0.2
"""A picture stands on its line like a letter, and below it is room for letters that go deeper; in millimetres for a
point of type."""


def render_figure(figure: Figure, context: RenderContext, docx: DocxContext) -> list[FlowItem]:
    """The picture, as wide as the text if it is drawn here, and its caption: both on one page."""
    passage = docx.passages.of(figure.origin)
    if passage is not None:
        passage.holds.add("a picture")
    # In a section a picture begins at the margin, which gives it more room; in a list it stands where its item does.
    left = context.left if context.lists else 0
    around = RenderContext(width=context.width - left, height=context.height, left=left)
    drawing = _render_picture(figure, around, docx)
    paragraph = render_line((), "chart", around, docx)
    if not figure.caption:
        paragraph.content.extend(bookmarked([drawing], figure.anchor, docx))
        return [paragraph]
    paragraph.content.append(drawing)
    caption = render_caption(figure.caption, figure.number, figure.anchor, around, docx)
    caption.put(w("keepNext", val=0))
    caption.set_after(max(caption.after, paragraph.after))
    paragraph.put(w("keepNext"))
    paragraph.set_after(0)
    return [paragraph, caption]


def _render_picture(figure: Figure, context: RenderContext, docx: DocxContext) -> Element:
    """A run with the picture as it is stored, as large as there is room for above its caption."""
    look = docx.house.stylesheet
    words = plain_text(figure.caption)
    if words and figure.number is not None:
        words = figure.number.text + docx.house.config.numbering.caption_separator + words
    below = docx.look_of("chart")["size"] * _BELOW_LINE
    room = room_above_caption(words, look, context.width, context.height - below)
    match figure.picture:
        case Image():
            blip = named("a:blip", r_embed=docx.part.add_picture(figure.picture.content, figure.picture.media_type))
            width, height = size_of_image(figure.picture, context.width, room)
        case Chart() | Timeline() | Scale():
            drawing = draw(figure.picture, look, context.width)
            blip = _blip_with_svg(drawing, docx)
            width, height = fit(context.width, drawing.height / drawing.width, context.width, room)
        case _:
            assert_never(figure.picture)
    extent = {"cx": str(emus(width)), "cy": str(emus(height))}
    return w("r", w("drawing", _inline(blip, extent, figure.alternative_text, next(docx.drawings))))


def _blip_with_svg(drawing: Drawing, docx: DocxContext) -> Element:
    """A PNG with the SVG beside it, which Word 2016 and later draw in its place ([MS-ODRAWXML], svgBlip)."""
    png = docx.part.add_picture(rasterise(drawing), "image/png")
    svg = docx.part.add_picture(drawing.to_svg().encode(), "image/svg+xml")
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
