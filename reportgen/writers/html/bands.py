"""A letterhead on the pages of the PDF: which header and footer each page has, and how much room they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.document import Document
from reportgen.house import House
from reportgen.house.letterhead import BandKind, Letterhead, Pages
from reportgen.house.styles import Page
from reportgen.writers.html.letterhead import MEASURED, band_name, render_band
from reportgen.writers.running import running_words

_MM_PER_PIXEL = 25.4 / 96
_MEASURING_HEIGHT = 2000
"""Of the page on which a header or footer is measured, in millimetres: more than any has."""

_COUNTED = """\
.letterhead { display: flow-root; position: relative; }
.page-number::after { content: counter(page); }
.page-count::after { content: counter(pages); }
"""


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A header or footer on pages of one kind and form."""

    kind: BandKind
    pages: Pages
    turned: bool
    form: Page
    html: str

    @property
    def name(self) -> str:
        """Its class, and the name of its running element."""
        return band_name(self.kind, self.pages, turned=self.turned)


def place_bands(document: Document, house: House, letterhead: Letterhead) -> list[PlacedBand]:
    """All headers and footers of a document with a letterhead."""
    upright = house.stylesheet.page
    landscape = any(appendix.landscape for appendix in document.appendices)
    every: list[Pages] = ["first", "default"]
    if letterhead.own_even_pages:
        every.append("even")
    kinds: tuple[BandKind, ...] = ("header", "footer")
    placed = []
    for turned in (False, True) if landscape else (False,):
        form = upright.turned if turned else upright
        for kind in kinds:
            for pages in every:
                ours = running_words(document, letterhead, kind, pages)
                html = render_band(letterhead.band(kind, pages), ours, kind, pages, upright, form)
                placed.append(PlacedBand(kind, pages, turned, form, html))
    return placed


def write_measuring_css(bands: list[PlacedBand]) -> str:
    """The style sheet by which `read_reaches` can be read off: each header or footer on a page of its own."""
    rules = [_COUNTED, "body > .letterhead { break-after: page; }"]
    for band in bands:
        size = f"{band.form.text_width:g}mm {_MEASURING_HEIGHT}mm"
        rules.append(f".{band.name} {{ page: {band.name}; }} @page {band.name} {{ size: {size}; margin: 0; }}")
    return "\n".join(rules)


def read_reaches(bands: list[PlacedBand], anchors: Mapping[str, tuple[float, float, float, float]]) -> dict[str, float]:
    """How far each header reaches down and each footer up, in millimetres.

    `anchors` are the places, in CSS pixels, of what is measured on those pages.
    """
    reaches: dict[str, float] = {}
    for band in bands:
        found = [place for name, place in anchors.items() if _is_of(band, name)]
        if band.kind == "header":
            reach = max((bottom for _, _, _, bottom in found), default=0.0)
        else:
            end = anchors[MEASURED + band.name][3]
            reach = max((end - min(top, 0.0) for _, top, _, _ in found), default=0.0)
        reaches[band.name] = reach * _MM_PER_PIXEL
    return reaches


def _is_of(band: PlacedBand, identity: str) -> bool:
    own = MEASURED + band.name
    return identity == own or (identity.startswith(own + "-") and identity[len(own) + 1 :].isdecimal())


def write_letterhead_css(bands: list[PlacedBand], reaches: Mapping[str, float]) -> str:
    """The style sheet that puts the bands on the pages. Text begins below the header, however high that is."""
    return _COUNTED + "\n".join(_rules(bands, reaches)) + "\n"


def _rules(bands: list[PlacedBand], reaches: Mapping[str, float]) -> Iterator[str]:
    for band in bands:
        yield f".{band.name} {{ position: running({band.name}); }}"
        page, form = _selector(band), band.form
        if band.kind == "header":
            box, edge, distance, margin = "@top-left", "top", form.header, form.margin_top
        else:
            box, edge, distance, margin = "@bottom-left", "bottom", form.footer, form.margin_bottom
        room = max(margin, distance + reaches[band.name])
        padding = f"padding-{edge}: {distance:g}mm"
        content = f"content: element({band.name}); width: 100%; vertical-align: {edge}; {padding};"
        # Sheets that WeasyPrint is given stand behind those in the HTML, which have the page's own margins.
        yield f"{page} {{ margin-{edge}: {room:.4g}mm !important; {box} {{ {content} }} }}"


def _selector(band: PlacedBand) -> str:
    """The pages that have a band. On turned pages, none is the first of the paper."""
    name = "@page landscape" if band.turned else "@page"
    match band.pages:
        case "first":
            return f"{name}:first" if band.turned else f"{name} :first"
        case "even":
            return f"{name}:left" if band.turned else f"{name} :left"
        case "default":
            return name
