"""A paper's words → what docxtpl needs: a Word template, and for each paper a JSON file and its pictures.

The template is one that a council's officer could have drawn in Word: styles, a header and a footer, a table for each
kind of table, an appendix on its side, and docxtpl's tags for what is repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, assert_never

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from benchmarks.content import Content, Drawing, Grid, Line, Part

FACE = "Liberation Sans"
SIZE = 11
MARGIN = 25
"""Millimetres."""
A4 = (210, 297)


def kind_of(part: Part) -> str:
    """What the template calls a part: what is drawn in the same way has the same kind."""
    match part:
        case Line():
            kind = part.style.lower().replace(" ", "_")
            return f"{kind}_rich" if any(run.strong for run in part.runs) else kind
        case Grid():
            shares = "_".join(f"{share * 100:.0f}" for share in part.shares)
            return f"{'table' if part.header else 'fields'}_{shares}"
        case Drawing():
            return "picture"
        case _:
            assert_never(part)


def write_values(content: Content, name: str, folder: Path) -> None:
    """The paper's words as folder/name.json, its pictures beside it."""
    numbers = {id(part): number for number, part in enumerate(content.parts)}

    def values(parts: Iterable[Part]) -> list[Mapping[str, object]]:
        return [_values_of(part, f"{name}-{numbers[id(part)]}.png", folder) for part in parts]

    written = {
        "title": content.title,
        "author": content.author,
        "language": content.language,
        "body": values(content.body),
        "appendices": values(content.appendices),
    }
    (folder / f"{name}.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")


def _values_of(part: Part, picture: str, folder: Path) -> Mapping[str, object]:
    kind = kind_of(part)
    match part:
        case Line() if kind.endswith("_rich"):
            number = [[f"{part.number} ", False]] if part.number else []
            return {"kind": kind, "runs": [*number, *([run.text, run.strong] for run in part.runs)]}
        case Line():
            return {"kind": kind, "text": part.text}
        case Grid():
            return {"kind": kind, "caption": part.caption, "header": part.header, "rows": part.rows}
        case Drawing():
            (folder / picture).write_bytes(part.content)
            return {"kind": kind, "file": picture, "width": part.width, "caption": part.caption}
        case _:
            assert_never(part)


def write_template(contents: Iterable[Content], path: Path) -> None:
    """A template for these papers: it holds a table of each kind that is in one of them."""
    body: dict[str, Part] = {}
    appendices: dict[str, Part] = {}
    for content in contents:
        body |= {kind_of(part): part for part in content.body}
        appendices |= {kind_of(part): part for part in content.appendices}
    document = docx.Document()
    settle_styles(document)
    document.core_properties.title = "{{ title|safe }}"
    document.core_properties.author = "{{ author|safe }}"
    document.core_properties.language = "{{ language }}"
    settle_page(document.sections[0])
    _add_bands(document.sections[0])
    _add_loop(document, "body", body)
    if appendices:
        settle_page(document.add_section(WD_SECTION.NEW_PAGE), turned=True)
        _add_loop(document, "appendices", appendices)
    document.save(str(path))


def settle_styles(document: Word) -> None:
    """One face that is on this machine, in British English."""
    for style in document.styles:
        if getattr(style, "font", None) is not None and style.element.rPr is not None:
            fonts = style.element.rPr.rFonts
            if fonts is not None:
                style.element.rPr.remove(fonts)
    normal = document.styles["Normal"]
    normal.font.name = FACE
    normal.font.size = Pt(SIZE)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def settle_page(section: Section, *, turned: bool = False) -> None:
    """A4, upright or turned."""
    width, height = reversed(A4) if turned else A4
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)


def _add_bands(section: Section) -> None:
    """The title at the head of each page and its number at the foot."""
    section.header.paragraphs[0].text = "{{ title }}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _add_loop(document: Word, name: str, kinds: Mapping[str, Part]) -> None:
    """For each part the one paragraph, table or picture that is of its kind."""
    document.add_paragraph(f"{{%p for part in {name} %}}")
    for number, (kind, part) in enumerate(kinds.items()):
        document.add_paragraph(f'{{%p {"elif" if number else "if"} part.kind == "{kind}" %}}')
        match part:
            case Line():
                tag = "{{r part.rich }}" if kind.endswith("_rich") else "{{ part.text }}"
                document.add_paragraph(tag, style=part.style)
            case Grid():
                _add_table(document, part)
            case Drawing():
                document.add_paragraph("{{ part.picture }}")
                document.add_paragraph("{{ part.caption }}", style="Caption")
            case _:
                assert_never(part)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _add_table(document: Word, grid: Grid) -> None:
    document.add_paragraph("{%p if part.caption %}")
    document.add_paragraph("{{ part.caption }}", style="Caption")
    document.add_paragraph("{%p endif %}")
    upright = document.sections[-1].orientation == WD_ORIENT.PORTRAIT
    width = Mm(A4[0 if upright else 1] - 2 * MARGIN)
    table = document.add_table(rows=0, cols=len(grid.shares), style="Table Grid")
    if grid.header:
        heads = table.add_row()
        heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _fill(heads.cells, [f"{{{{ part.header[{column}] }}}}" for column in range(len(grid.shares))])
    table.add_row().cells[0].text = "{%tr for row in part.rows %}"
    _fill(table.add_row().cells, [f"{{{{ row[{column}] }}}}" for column in range(len(grid.shares))])
    table.add_row().cells[0].text = "{%tr endfor %}"
    for column, share in zip(table.columns, grid.shares, strict=True):
        column.width = round(width * share)
        for cell in column.cells:
            cell.width = round(width * share)
    document.add_paragraph()


def _fill(cells: Iterable[Any], texts: Iterable[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
