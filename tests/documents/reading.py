"""Reads finished documents with independent programs, and says what the tree expects them to hold."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from reportgen.document import (
    Block,
    Contents,
    Document,
    FieldList,
    Figure,
    List,
    PageBreak,
    Panel,
    Paragraph,
    Section,
    Signature,
    Table,
    plain_text,
)
from reportgen.house import House

MM = 72 / 25.4
_PAGE_IN_CONTENTS = re.compile(r"(?:\.\s?){3,}\d+")


def require(program: str) -> str:
    """The path of an independent program. Where it is missing, CI fails and elsewhere the test is visibly skipped."""
    found = shutil.which(program)
    if found is None:
        missing(program)
    return found


def missing(program: str) -> NoReturn:
    """Fail in CI, skip elsewhere, saying what is missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{program} is missing; `make test` installs it")
    pytest.skip(f"{program} is not installed; `make test` installs it")


def convert_with_libreoffice(files: Sequence[Path], out: Path, profile: Path) -> list[Path]:
    """The DOCX files as LibreOffice prints them, one PDF each in `out`, in one run of the program."""
    soffice = require("soffice")
    out.mkdir(parents=True, exist_ok=True)
    command = [
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=600)
    made = [out / f"{file.stem}.pdf" for file in files]
    missing = [str(file) for file in made if not file.exists()]
    assert not missing, f"LibreOffice did not convert {missing}"
    return made


def page_texts(pdf: Path | bytes, house: House) -> list[str]:
    """The text of each page between header and footer, in the order in which it is drawn, without white space.

    The words of pictures are left out: their alternative texts say the same. So are the pages in the
    contents, with the dots before them: they may differ by one.
    """
    document = pdfium.PdfDocument(pdf)
    margins = house.stylesheet.page
    texts = []
    for page in document:
        width, height = page.get_size()
        upright = height > width
        top, bottom = (
            (margins.margin_top, margins.margin_bottom)
            if upright
            else (margins.turned.margin_top, margins.turned.margin_bottom)
        )
        remove_pictures(page)
        inside = page.get_textpage().get_text_bounded(bottom=bottom * MM - 2, top=height - top * MM + 2)
        texts.append(squeeze(_PAGE_IN_CONTENTS.sub("", inside)))
    document.close()
    return texts


def remove_pictures(page: pdfium.PdfPage) -> None:
    """Take out what is drawn in figures: words in pictures are no words of the text."""
    for drawn in [*page.get_objects(max_depth=1)]:
        if "Figure" in _marks_of(drawn):
            page.remove_obj(drawn)


def _marks_of(drawn: pdfium.PdfObject) -> set[str]:
    """The kinds of marked content that something is drawn in."""
    names = set()
    for place in range(pdfium_c.FPDFPageObj_CountMarks(drawn.raw)):
        mark = pdfium_c.FPDFPageObj_GetMark(drawn.raw, place)
        buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        pdfium_c.FPDFPageObjMark_GetName(mark, buffer, 128, length)
        names.add(bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0"))
    return names


def squeeze(text: str) -> str:
    """The text without white space and without what only line breaking adds or hides."""
    text = text.replace("\ufffe", "-").replace("\x02", "-")  # what pdfium makes of a hyphen at the end of a line
    for sign in ("\u00ad", "\u200b", "\ufeff"):
        text = text.replace(sign, "")
    return "".join(text.split()).replace("\u2011", "-").replace("\u2010", "-")


def expected_texts(document: Document, house: House) -> list[str]:
    """Every paragraph of the tree as it must be printed, number or sign first, in order, without white space."""
    texts: list[str] = []
    for block in (*document.front, *document.body, *document.appendices):
        texts.extend(_texts_of(block, house, 0))
    return [squeezed for squeezed in map(squeeze, texts) if squeezed]


def header_rows(document: Document) -> set[str]:
    """The header rows of the tables: they stand again at the top of a page that continues one."""
    from reportgen.document import blocks_of

    return {
        squeeze("".join(plain_text(column.header) for column in block.columns))
        for block in blocks_of(document)
        if isinstance(block, Table)
    }


def _texts_of(block: Block, house: House, depth: int) -> Iterator[str]:
    match block:
        case Section():
            number = block.number.text if block.number else ""
            separator = house.config.numbering.appendix_separator if block.role == "appendix" else ""
            yield number + separator + plain_text(block.heading)
            for child in block.children:
                yield from _texts_of(child, house, depth)
        case Paragraph():
            yield (block.number.text if block.number else "") + plain_text(block.content)
        case List():
            bullets = house.config.numbering.bullets
            for item in block.items:
                inside = [text for child in item.content for text in _texts_of(child, house, depth + 1)]
                sign = item.number.text if item.number else bullets[min(depth, len(bullets) - 1)]
                yield sign + (inside[0] if inside else "")
                yield from inside[1:]
        case Table():
            if block.show_caption:
                yield _caption_text(block, house)
            yield from (plain_text(column.header) for column in block.columns)
            for group in block.groups:
                yield plain_text(group.heading)
                for row in group.rows:
                    for cell in row.cells:
                        for child in cell.content:
                            yield from _texts_of(child, house, 0)
        case FieldList():
            for row in block.rows:
                for one in row:
                    yield plain_text(one.label)
                    for child in one.value:
                        yield from _texts_of(child, house, 0)
        case Panel():
            for child in block.children:
                yield from _texts_of(child, house, 0)
        case Signature():
            for line in block.lines:
                yield from _signature_texts(block.form, line)
        case Figure():
            if block.caption:
                yield _caption_text(block, house)
        case Contents():
            yield plain_text(block.heading)
            yield from (entry.number + entry.text for entry in block.entries)
        case PageBreak():
            return


def _caption_text(block: Table | Figure, house: House) -> str:
    number = block.number.text + house.config.numbering.caption_separator if block.number else ""
    return number + plain_text(block.caption)


def _signature_texts(form: str, line: object) -> Iterator[str]:
    from reportgen.document import SignatureLine

    assert isinstance(line, SignatureLine)
    if form == "box":
        who = ", ".join(filter(None, (line.name, line.post)))
        yield ("☒" if line.signed else "☐") + "–".join(filter(None, (line.label, who)))
    else:
        yield from (line.name, line.post, line.label)


def first_difference(pages: Sequence[str], expected: Sequence[str], headers: set[str]) -> str:
    """Where the printed pages leave the expected paragraphs, in words; empty when they are the same."""
    wanted = "".join(expected)
    position = 0
    for number, page in enumerate(pages, start=1):
        page = _without_repeated_header(page, wanted[position:], headers)
        if not wanted.startswith(page, position):
            same = _common_length(page, wanted[position:])
            printed = f"{page[max(0, same - 40) : same]}‖{page[same : same + 60]}"
            missed = wanted[position + same : position + same + 60]
            return f"page {number}: printed …{printed}…, expected ‖{missed}…"
        position += len(page)
    return "" if position == len(wanted) else f"not printed: {wanted[position : position + 80]}…"


def _without_repeated_header(page: str, wanted: str, headers: set[str]) -> str:
    for header in headers:
        if page.startswith(header) and not wanted.startswith(header):
            return page[len(header) :]
    return page


def _common_length(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
