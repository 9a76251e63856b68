"""`Document` → one complete HTML5 file: the page on the screen, and what the PDF is made from."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import assert_never

from reportgen.document import Document, Inlines, Metadata, Paragraph, blocks_of
from reportgen.house import House
from reportgen.writers.css import class_name, write_css, write_letterhead_css, write_screen_css
from reportgen.writers.html.blocks import render_block
from reportgen.writers.html.elements import HtmlContext, Medium, element, render_footnotes, render_inlines


def write(document: Document, house: House) -> bytes:
    """Return the document as an HTML file (UTF-8) that needs no other file."""
    return render_html(document, house, Medium.SCREEN).encode()


def render_html(document: Document, house: House, medium: Medium) -> str:
    """Render the document as HTML text."""
    head = _render_head(document.metadata, house, medium)
    body = _render_body(document, house, medium)
    return f'<!DOCTYPE html>\n<html lang="{html.escape(document.metadata.language)}">\n{head}\n{body}\n</html>\n'


def _render_head(metadata: Metadata, house: House, medium: Medium) -> str:
    """Render what is not on the page; the PDF's writer has our style sheets read already."""
    screen = "width=device-width, initial-scale=1"
    named = {"viewport": screen, "author": metadata.author, "dcterms.created": metadata.date}
    lines = [
        element("meta", charset="utf-8"),
        element("title", html.escape(metadata.title)),
        *(element("meta", name=name, content=content) for name, content in named.items() if content),
    ]
    match medium:
        case Medium.SCREEN:
            css = write_css(house.stylesheet, house.config.numbering)
            if house.letterhead is not None:
                css += write_letterhead_css(house.stylesheet.page, house.letterhead)
            css += house.page_css
            lines += [
                f"<style>\n{css}</style>",
                f'<style media="screen">\n{write_screen_css(house.stylesheet)}</style>',
            ]
        case Medium.PAGES:
            lines += [f"<style>\n{house.page_css}</style>"] if house.page_css else []
        case _:
            assert_never(medium)
    return element("head", "\n" + "\n".join(lines) + "\n")


def _render_body(document: Document, house: House, medium: Medium) -> str:
    main = element("main", "\n" + "\n".join(_render_parts(document, house, medium)) + "\n")
    headers_footers = [
        _render_header_or_footer("header", document.header),
        _render_header_or_footer("footer", document.footer),
    ]
    match medium:
        case Medium.SCREEN:
            letterhead = element("div", "", "letterhead") if house.letterhead is not None else ""
            parts = [letterhead, _render_banner(document.watermark), *headers_footers, main, render_footnotes(document)]
        case Medium.PAGES:
            parts = [*headers_footers, main]
        case _:
            assert_never(medium)
    return element("body", "\n".join(["", *filter(None, parts), ""]))


def _render_banner(watermark: str) -> str:
    """Render the word that on paper stands across every page."""
    return element("p", html.escape(watermark, quote=False), "banner") if watermark else ""


def _render_parts(document: Document, house: House, medium: Medium) -> list[str]:
    has_title = any(isinstance(block, Paragraph) and block.role == "title" for block in blocks_of(document))
    page = house.stylesheet.page
    context = HtmlContext(
        house, medium, heading=2 if has_title else 1, text_width=page.text_width, text_height=page.text_height
    )
    return [
        *(render_block(block, context) for block in document.front),
        *(render_block(block, replace(context, in_body=True)) for block in document.body),
        *(render_block(section, context) for section in document.appendices),
    ]


def _render_header_or_footer(role: str, content: Inlines) -> str:
    """Render the header or the footer: only the PDF's own style sheet shows it (`css.write_headers_footers_css`)."""
    words = render_inlines(content, Medium.PAGES)
    return element("div", words, f"running-{role}", class_name("role", role), hidden="hidden")
