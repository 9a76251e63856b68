"""Pictures with what they show in words, and captions of pictures and tables → HTML."""

from __future__ import annotations

import base64
import html
from typing import assert_never

from reportgen.document import Chart, Figure, Image, Inlines, Number, Scale, Timeline, plain_text
from reportgen.writers.charts import draw
from reportgen.writers.css import class_name
from reportgen.writers.html.elements import HtmlContext, Medium, element, render_inlines
from reportgen.writers.image_size import fit, room_above_caption, size_of_image


def render_figure(figure: Figure, context: HtmlContext) -> str:
    """The picture, and below it its caption. The group has the anchor: a reference leads to the picture's top."""
    caption = render_caption(figure.caption, figure.number, context) if figure.caption else ""
    below = caption and element("figcaption", caption, class_name("role", "caption"), "figure-caption")
    return element("figure", _render_picture(figure, context) + below, class_name("role", "chart"), id=figure.anchor)


def render_caption(caption: Inlines, number: Number | None, context: HtmlContext) -> str:
    """A caption, after the number of its table or figure."""
    before = (
        number.text + context.house.config.numbering.caption_separator if number is not None and number.text else ""
    )
    return html.escape(before, quote=False) + render_inlines(caption, context.medium)


def _render_picture(figure: Figure, context: HtmlContext) -> str:
    words = plain_text(figure.caption)
    if words and figure.number is not None:
        words = figure.number.text + context.house.config.numbering.caption_separator + words
    height = room_above_caption(words, context.house.stylesheet, context.text_width, context.text_height)
    match figure.picture:
        case Chart() | Timeline() | Scale():
            drawing = draw(figure.picture, context.house.stylesheet, context.text_width)
            width, _ = fit(context.text_width, drawing.height / drawing.width, context.text_width, height)
            if context.medium is Medium.SCREEN:
                # Its words can be found and copied; a screen reader reads the alternative text in their place.
                size = f"display: block; width: {width:.5g}mm; max-width: 100%; height: auto"
                return drawing.to_svg(role="img", aria_label=figure.alternative_text, style=size)
            source = _address("image/svg+xml", drawing.to_svg().encode())
        case Image():
            width, _ = size_of_image(figure.picture, context.text_width, height)
            source = _address(figure.picture.media_type, figure.picture.content)
        case _:
            assert_never(figure.picture)
    # Looks in the HTML, as no class could say how large a picture is.
    return element("img", alt=figure.alternative_text, src=source, style=f"width: {width:.5g}mm")


def _address(media_type: str, content: bytes) -> str:
    """The content as an address that is its own content."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
