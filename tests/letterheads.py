"""Letterheads of councils that there are not: Word templates as Word saves them, and a drawing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image, ImageDraw

ADDRESS = ("Westmere Borough Council", "Town Hall, High Street", "Westmere WM1 1AA", "01632 960123")
MOTTO = "Serving the people of Westmere"


def crest(colour: str = "#7a1f3d", form: str = "PNG") -> bytes:
    """A shield, 300 × 360 pixels."""
    picture = Image.new("RGB", (300, 360), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(10, 10), (290, 10), (290, 200), (150, 350), (10, 200)], fill=colour, outline="black", width=6)
    pen.rectangle((130, 30, 170, 300), fill="#f2c14e")
    pen.rectangle((30, 110, 270, 150), fill="#f2c14e")
    saved = io.BytesIO()
    picture.save(saved, form)
    return saved.getvalue()


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field as Word writes it: begin, instruction, result, end, each in a run of its own."""
    for kind, content in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = content
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {content} "
            run._r.append(instruction)


def make_reference() -> Any:
    """Odd margins; on the first page a crest beside an address, later a small crest and the name; pages counted."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(27)
    section.left_margin, section.right_margin = Mm(28), Mm(23)
    section.header_distance, section.footer_distance = Mm(13), Mm(9)
    section.different_first_page_header_footer = True
    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(79.5), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(159), WD_TAB_ALIGNMENT.RIGHT)
    document.styles["Header"].font.size = Pt(9)
    document.styles["Header"].font.name = "Liberation Serif"
    _first_header(section.first_page_header)
    _later_header(section.header)
    _first_footer(section.first_page_footer)
    footer = section.footer.paragraphs[0]
    footer.text = f"{MOTTO}\t\tPage "
    field(footer, "PAGE", "2")
    footer.add_run(" of ")
    field(footer, "NUMPAGES  \\* MERGEFORMAT", "9")
    document.add_paragraph("The text of the template is not used.")
    return document


def _first_header(header: Any) -> None:
    picture = header.paragraphs[0].add_run().add_picture(io.BytesIO(crest()), width=Mm(25))
    picture._inline.docPr.set("descr", "Arms of Westmere")
    for place, words in enumerate(ADDRESS):
        line = header.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(words)
        run.bold = place == 0
        run.font.size = Pt(14 if place == 0 else 10)
        run.font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
        line.paragraph_format.space_after = Pt(0)


def _later_header(header: Any) -> None:
    line = header.paragraphs[0]
    float_picture(line.add_run(), crest("#1f4e79", "JPEG"), across=("page", 10), down=("page", 8), size=(12, 14.4))
    line.add_run(ADDRESS[0]).italic = True


def _first_footer(footer: Any) -> None:
    footer.paragraphs[0].text = MOTTO
    footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def float_picture(
    run: Any, content: bytes, across: tuple[str, float], down: tuple[str, float], size: tuple[float, float]
) -> None:
    """A picture in front of the text, so many millimetres from the edge of the page, the margin or the paragraph."""
    inline = run.add_picture(io.BytesIO(content), width=Mm(size[0]), height=Mm(size[1]))._inline
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{across[0]}"><wp:posOffset>{Mm(across[1])}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down[0]}"><wp:posOffset>{Mm(down[1])}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{Mm(size[0])}" cy="{Mm(size[1])}"/><wp:wrapNone/></wp:anchor>'
    )
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(name)))
    inline.getparent().replace(inline, anchor)


def make_table_reference() -> Any:
    """The same header on all pages but even ones: a table with a crest, a text box, a line; pages are not counted."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.header_distance = section.footer_distance = Mm(12)
    document.settings.odd_and_even_pages_header_footer = True
    table = section.header.add_table(1, 2, Mm(159))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(40), Mm(119)
    left.paragraphs[0].add_run().add_picture(io.BytesIO(crest()), height=Mm(18))
    right.paragraphs[0].text = "Children and families\nDirector's office"
    shape = section.header.add_paragraph()
    shape._p.append(parse_xml(_shape(("text", 110), ("page", 4), (49, 7), "Our reference: CF/12", fill="DDEEFF")))
    shape._p.append(parse_xml(_shape(("text", 0), ("line", 4), (159, 0), "", fill="")))
    section.even_page_header.paragraphs[0].text = "Even page of Westmere"
    section.footer.paragraphs[0].text = ADDRESS[1]
    section.even_page_footer.paragraphs[0].text = ADDRESS[3]
    return document


def _shape(across: tuple[str, float], down: tuple[str, float], size: tuple[float, float], words: str, fill: str) -> str:
    """A text box, or without words a line, in a run as Word 2010 and later write it."""
    spaces = (
        f'{nsdecls("w", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    origin = {"text": "column", "page": "page", "line": "paragraph"}
    text = f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    filled = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return (
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="3" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{origin[across[0]]}"><wp:posOffset>{Mm(across[1])}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{origin[down[0]]}"><wp:posOffset>{Mm(down[1])}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{Mm(size[0])}" cy="{Mm(size[1])}"/><wp:wrapNone/><wp:docPr id="7" name="Shape 7"/>'
        "<wp:cNvGraphicFramePr/><a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{Mm(size[0])}" cy="{Mm(size[1])}"/></a:xfrm>'
        f'<a:prstGeom prst="{"rect" if words else "line"}"><a:avLst/></a:prstGeom>{filled}'
        '<a:ln w="12700"><a:solidFill><a:schemeClr val="accent2"/></a:solidFill></a:ln></wps:spPr>'
        f'{text if words else ""}<wps:bodyPr lIns="36000" tIns="36000" rIns="36000" bIns="36000"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "<mc:Fallback><w:t>old copy</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )


def make_drawing() -> str:
    """A letterhead in SVG, a page in millimetres: a band, a shield and a name at the top, a line at the foot."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 210 297">'
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#7a1f3d"/><stop offset="1" stop-color="#f2c14e"/>'
        '</linearGradient><path id="shield" d="M0 0h14v10l-7 7-7-7z"/></defs>'
        '<rect width="210" height="6" fill="url(#g)"/><use xlink:href="#shield" x="25" y="12" fill="#7a1f3d"/>'
        f'<text x="45" y="24" font-family="Liberation Sans" font-size="8">{ADDRESS[0]}</text>'
        '<rect x="25" y="285" width="160" height="0.5"/></svg>'
    )


def save(document: Any, path: Path) -> Path:
    """The document as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def rewritten(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """The file with some of its parts changed, or added if they are not there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
