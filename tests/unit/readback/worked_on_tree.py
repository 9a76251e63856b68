"""A paper that officers are to work on: form fields, texts with their origins, gaps, a word across the pages."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from lxml import etree

from reportgen.diagnostics import Location
from reportgen.document import (
    Block,
    Blocks,
    Cell,
    Column,
    CrossReference,
    Document,
    Footnote,
    FormField,
    Inline,
    List,
    Metadata,
    Number,
    Paragraph,
    Placeholder,
    Row,
    RowGroup,
    Section,
    Signature,
    SignatureLine,
    SourceRef,
    Span,
    Table,
    Text,
)
from reportgen.house.word_file import open_word_file
from reportgen.readback.reader import ReadBackResult, read_back
from reportgen.writers import docx
from tests.unit.writers.sample_tree import base_house, body_number, bullets, cell, paragraph, text

HOUSE = base_house()
REPORT = "inputs/durham/reports/slac-2011.yaml"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "e": "urn:reportgen:entries:1",
    "o": "urn:reportgen:origins:1",
    "v": "urn:schemas-microsoft-com:vml",
}
W = "{" + NAMES["w"] + "}"
Prosaic = TypeVar("Prosaic", Paragraph, List, Table)

Edit = Callable[[etree._Element], None]
"""A change to the XML of a part."""


def prose(block: Prosaic, key: str, part: int = 0, path: str = REPORT) -> Prosaic:
    """The block as a part of an author's text."""
    return replace(block, origin=SourceRef(Location(path, 3, 5), key, part))


def phrase(words: str, key: str) -> Span:
    """An author's words within a sentence of the house's."""
    return Span("phrase", text(words), SourceRef(Location(REPORT, 3, 5), key))


def line(*content: Inline) -> Paragraph:
    """A paragraph of inlines."""
    return paragraph(tuple(content))


def paper(*body: Block, appendices: tuple[Section, ...] = (), watermark: str = "", read_only: bool = False) -> Document:
    """A paper with the given body."""
    about = Metadata("A title", "en-GB", "An author", "2012-07-09", identifier="durham/slac-2011")
    return Document(about, (), body, appendices, watermark=watermark, read_only=read_only)


NAME = FormField("clearance.finance.name", "name", "Cleared by: Finance", "", "Not yet cleared")
DAY = FormField("clearance.legal.date", "date", "Cleared by: Legal, date", "2012-07-09", "9th July 2012")
BOX = FormField("sign-off.1.agreed", "check", "Chief Executive: agreed", "", "☐")


def worked_on_paper(read_only: bool = False) -> Document:
    """All of it, in every place where Word treats it differently."""
    sign_off = Signature(
        "box",
        (
            SignatureLine(
                "Chief Executive",
                entries=(
                    BOX,
                    FormField("sign-off.1.name", "name", "Name"),
                    FormField("sign-off.1.date", "date", "Date"),
                ),
            ),
            SignatureLine(
                "Monitoring Officer",
                signed=True,
                entries=(
                    FormField("sign-off.2.agreed", "check", "Monitoring Officer: agreed", "yes", "☒"),
                    FormField("sign-off.2.name", "name", "Name", "Ann Thorne", "Ann Thorne"),
                    FormField("sign-off.2.date", "date", "Date", "2012-07-09", "9 July 2012"),
                ),
            ),
        ),
    )
    columns = (Column(text("Costs"), 0.5), Column(text("2012"), 0.5))
    table = Table(text("Costs"), columns, (RowGroup((Row((cell("Posts"), cell("£10"))),)),))
    nested = bullets("one", (paragraph("two"), bullets("deep")))
    missing = line(Text("The cost is "), Placeholder("the cost of the plan", "finance"), Text(" a year."))
    told: Inline = Footnote(
        (Text("A note, with "), Placeholder("its source"), Text(".")), Number("1", "note", 0, 1, "1")
    )
    referring = line(Text("See "), CrossReference("background", Location(""), "1"), Text(" above"), told, Text("."))
    children: Blocks = (
        prose(paragraph("First paragraph of the author."), "sections.0.text"),
        prose(table, "sections.0.text", 1),
        prose(nested, "sections.0.text", 2),
        line(Text("Cabinet is asked to "), phrase("note the outcome", "recommendations.0.text"), Text(".")),
        prose(missing, "sections.1.text"),
        prose(referring, "sections.2.text"),
        _implications(),
        sign_off,
        prose(paragraph("The last text but one."), "sections.3.text"),
        prose(paragraph("The last text before the page turns."), "sections.3.text", 1),
    )
    wide = Section(
        text("Wide"),
        (prose(paragraph("In the appendix."), "appendices.0.text"),),
        role="appendix",
        landscape=True,
    )
    body = Section(text("Background"), children, anchor="background", number=body_number("1.", 0, 1))
    made = paper(body, appendices=(wide,), watermark="DRAFT", read_only=read_only)
    return replace(made, header=(Text("Cabinet, "), Placeholder("the day of the meeting")))


def _implications() -> Table:
    columns = tuple(Column(text(words), 0.25) for words in ("Area", "Text", "Cleared by", "Date"))
    first = (prose(paragraph("None."), "implications.0.text"), prose(paragraph("Or few."), "implications.0.text", 1))
    name = FormField("clearance.legal.name", "name", "Cleared by: Legal", "Ann Thorne", "Ann Thorne")
    none = FormField("clearance.finance.date", "date", "Cleared by: Finance, date", "", "–")
    legal = Row((cell("Legal"), Cell(first), Cell((line(name),)), Cell((line(DAY),))))
    listed = Cell((prose(bullets("a", "b"), "implications.1.text"),))
    finance = Row((cell("Finance"), listed, Cell((line(NAME),)), Cell((line(none),))))
    return Table(text("Implications"), columns, (RowGroup((legal, finance)),))


def parts_of(file: bytes) -> dict[str, bytes]:
    """The parts of a package, by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def root_of(document: Document, part: str = "word/document.xml") -> etree._Element:
    """A part of the document as Word gets it."""
    return etree.fromstring(parts_of(docx.write(document, HOUSE))[part])


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath means."""
    return list(root.xpath(path, namespaces=NAMES))


def found(root: etree._Element, path: str) -> list[str]:
    """The attributes or texts that an XPath means."""
    return [str(value) for value in root.xpath(path, namespaces=NAMES)]


def words(element: etree._Element) -> str:
    """The text in an element."""
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def changed_file(file: bytes, edits: dict[str, Edit | bytes | None]) -> bytes:
    """The file with some of its parts changed, replaced or (None) taken out."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts_of(file).items():
            edit = edits.get(name, content)
            if edit is None:
                continue
            if not isinstance(edit, bytes):
                root = copy.deepcopy(etree.fromstring(content))
                edit(root)
                edit = etree.tostring(root, encoding="UTF-8", standalone=True)
            target.writestr(name, edit)
    return saved.getvalue()


def read_back_from(file: bytes, folder: Path) -> ReadBackResult:
    """What officers have made of the file."""
    path = folder / "paper.docx"
    path.write_bytes(file)
    return read_back(open_word_file(path))
