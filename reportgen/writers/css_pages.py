"""What only pages have → CSS for the PDF: footnotes, the pages that the text names, the word across the page.

Browsers know none of it; for them `css.write_screen_css` says what is different.
"""

from __future__ import annotations

import html
from math import sqrt
from urllib.parse import quote

from reportgen.house.look import Look, Page
from reportgen.writers.css import similar_faces

_POINTS_PER_MILLIMETRE = 72 / 25.4
_LETTER_WIDTH = 0.75
"""Of the word's letters, as a share of the type's size: that of bold capitals on average, and rather too much."""
_LARGEST_SHARE = 0.75
"""Of the line that rises by 45 degrees from edge to edge of the page, for the word on it."""

# Without room below the notes, WeasyPrint, which adds lengths up in two ways, finds that they do not fit by a millionth
# of a pixel, and moves each to a page of its own.
_PAGES = """\
.page-reference::after { content: target-counter(attr(href), page); }
.contents a::after { content: leader(" .") " " target-counter(attr(href), page); }
.contents > * { bookmark-level: none; }
[data-bookmark] { bookmark-label: attr(data-bookmark); }
.note { float: footnote; footnote-policy: block; font-weight: normal; font-style: normal; text-align: left; text-indent: 0; }
.note::footnote-call, .note::footnote-marker { content: none; }
@page { @footnote { margin-top: 4mm; border-top: 0.5pt solid; padding: 1.5mm 0 1pt; } }
"""


def write_page_css(look: Look, watermark: str) -> str:
    """The style sheet; `watermark` is the word across every page, or empty."""
    return _PAGES + (_write_watermark(watermark, look) if watermark else "")


def _write_watermark(word: str, look: Look) -> str:
    """The word as the background of the page: drawn behind everything, and no content to a screen reader."""
    return "".join(
        f"{selector} {{ background: url({_draw_watermark(word, page, look)}) {-page.margin_left:g}mm"
        f" {-page.margin_top:g}mm / {page.width:g}mm {page.height:g}mm no-repeat; }}\n"
        for selector, page in (("@page", look.page), ("@page landscape", look.page.turned))
    )


def _draw_watermark(word: str, page: Page, look: Look) -> str:
    """The address of a picture of the whole page (SVG, in points): the word in its middle, rising by 45 degrees."""
    style = look.resolved("watermark")
    width, height = page.width * _POINTS_PER_MILLIMETRE, page.height * _POINTS_PER_MILLIMETRE
    room = _LARGEST_SHARE * sqrt(2) * min(width, height)
    size = min(style["size"], room / _LETTER_WIDTH / len(word))
    faces = html.escape(", ".join(f"'{face}'" for face in similar_faces(style["face"])[:-1]))
    weight = "bold" if style.get("bold") else "normal"
    slant = "italic" if style.get("italic") else "normal"
    middle, baseline = width / 2, height / 2 + 0.36 * size
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.6g} {height:.6g}">'
        f'<text x="{middle:.6g}" y="{baseline:.6g}" text-anchor="middle" font-family="{faces}" font-size="{size:.4g}"'
        f' font-weight="{weight}" font-style="{slant}" fill="{style["colour"]}"'
        f' transform="rotate(-45 {middle:.6g} {height / 2:.6g})">{html.escape(word)}</text></svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}"
