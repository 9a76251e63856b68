"""What only pages have → CSS for the PDF: footnotes, the pages that the text names, the word across the page.

Browsers know none of it; for them `css.write_screen_css` says what is different.
"""

from __future__ import annotations

from math import sqrt
from urllib.parse import quote

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from reportgen.house.letterhead import Letterhead
from reportgen.house.styles import Page, StyleSheet
from reportgen.writers.fonts import CAPITAL_MIDDLE, Font, find_font

_POINTS_PER_MILLIMETRE = 72 / 25.4
_LARGEST_SHARE = 0.75
"""Of the line that rises by 45 degrees from edge to edge of the page, for the word on it."""

# The number of a note is raised at its foot, too, as Word does. WeasyPrint's own call, though nothing is printed of it,
# would be raised as well and push the lines apart.
# Without room below the notes, WeasyPrint, which adds lengths up in two ways, finds that they do not fit by a millionth
# of a pixel, and moves each to a page of its own.
_PAGES = """\
.page-reference::after { content: target-counter(attr(href), page); }
.contents a::after { content: leader(" .") " " target-counter(attr(href), page); }
.contents > * { bookmark-level: none; }
[data-bookmark] { bookmark-label: attr(data-bookmark); }
.note { float: footnote; footnote-policy: line; }
.note { font-weight: normal; font-style: normal; text-align: left; text-indent: 0; }
.note > :first-child { vertical-align: super; font-size: 0.7em; line-height: 0; }
.note::footnote-call, .note::footnote-marker { content: none; vertical-align: baseline; line-height: 0; }
@page { @footnote { margin-top: 4mm; border-top: 0.5pt solid; padding: 1.5mm 0 1pt; } }
"""


def write_page_css(look: StyleSheet, watermark: str, letterhead: Letterhead | None = None) -> str:
    """Return the style sheet; `watermark` is the word across every page, or empty."""
    page = look.page
    rules = [_PAGES]
    layers = []
    if watermark:
        layers.append(_background(watermark, page, look))
        rules.append(f"@page {{ background: {layers[0]}; }}\n")
        rules.append(f"@page landscape {{ background: {_background(watermark, page.turned, look)}; }}\n")
    if letterhead is not None:
        layers.append(f"url({letterhead.address}) 0 0 / {page.width:g}mm auto no-repeat fixed")
        rules.append(f"@page :first {{ background: {', '.join(layers)}; }}\n")
    if page.first_top > page.margin_top:
        rules.append(f"@page :first {{ margin-top: {page.first_top:g}mm; }}\n")
    return "".join(rules)


def _background(word: str, page: Page, look: StyleSheet) -> str:
    """Return the word as the background of the page: drawn behind everything, and no content to a screen reader.

    It is fixed, that is, its place is reckoned from the edges of the page, whatever its margins are.
    """
    size = f"{page.width:g}mm {page.height:g}mm"
    return f"url({_render_watermark(word, page, look)}) center / {size} no-repeat fixed"


def _render_watermark(word: str, page: Page, look: StyleSheet) -> str:
    """Render the word in the middle of the page, rising by 45 degrees, as the address of an SVG in points."""
    style = look.resolved("watermark")
    width, height = page.width * _POINTS_PER_MILLIMETRE, page.height * _POINTS_PER_MILLIMETRE
    font = find_font(style["face"], bold=style.get("bold", False), italic=style.get("italic", False))
    room = _LARGEST_SHARE * sqrt(2) * min(width, height)
    size = min(style["size"], room / max(font.text_width(word, 1), 1))
    # Glyphs, not text: no program finds the word in the text of a page.
    glyphs = _glyph_path(word, font, size)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.6g} {height:.6g}">'
        f'<path fill="{style["colour"]}" transform="translate({width / 2:.6g} {height / 2:.6g}) rotate(-45)"'
        f' d="{glyphs}"/></svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}"


def _glyph_path(word: str, font: Font, size: float) -> str:
    """Return the path of a word's glyphs in points, with the middle of its capitals at 0, 0."""
    opened = TTFont(font.path, fontNumber=0, lazy=True)
    glyphs, names = opened.getGlyphSet(), opened.getBestCmap()
    scale = size / opened["head"].unitsPerEm
    pen = SVGPathPen(glyphs, lambda number: f"{number:.2f}")
    x, y = -font.text_width(word, size) / 2, CAPITAL_MIDDLE * size
    for letter in word:
        glyph = glyphs[names.get(ord(letter), ".notdef")]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
        x += glyph.width * scale
    return str(pen.getCommands())
