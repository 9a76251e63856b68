"""`Document` → a Word file whose numbers, references and styles are Word's own, so that it can be worked on.

| module | makes |
|---|---|
| `sections`, `watermark` | the pages, in order; headers and footers; the word across them |
| `blocks`, `paragraphs`, `pictures` | what stands on them |
| `notes` | what is said beside it: footnotes, and comments on what is missing |
| `flow` | what depends on neighbours: space around tables, page breaks |
| `context` | what the rendering of every block needs |
| `styles`, `numbering` | the styles and the lists, from the house |
| `controls` | form fields, and marks around the authors' texts, which say where each came from |
| `passages` | what each text says, and all words of the document; `readback` reads them again |
| `reference` | what the house's own Word template adds to styles, lists and fonts |
| `package`, `elements` | the file, and its XML |
"""

from __future__ import annotations

from reportgen.document import Document, Figure, Table, blocks_of
from reportgen.house import House
from reportgen.writers.docx.context import DocxContext
from reportgen.writers.docx.controls import FormFields, Identities, Passages, store_of
from reportgen.writers.docx.elements import Element, namespace_of, w
from reportgen.writers.docx.notes import Comments, WordFootnotes
from reportgen.writers.docx.numbering import WordNumbering, find_bound_styles
from reportgen.writers.docx.package import WordPackage, date_of, settings
from reportgen.writers.docx.reference import add_reference_parts
from reportgen.writers.docx.sections import render_headers_footers, render_pages
from reportgen.writers.docx.styles import WordStyles, font_table
from reportgen.writers.docx.watermark import add_watermark


def write(document: Document, house: House) -> bytes:
    """Return the finished document as a Word file (ISO/IEC 29500, transitional)."""
    language = document.metadata.language
    package = WordPackage()
    styles = WordStyles(house.stylesheet, language)
    bound = find_bound_styles(document, house.config.numbering)
    numbering = WordNumbering(house.config.numbering, {level: styles.paragraph(role) for level, role in bound.items()})
    notes = WordFootnotes(package)
    captioned = frozenset(one.anchor for one in blocks_of(document) if isinstance(one, Table | Figure) and one.number)
    docx = DocxContext(house, styles, numbering, package.document, notes, captioned, *_marks(document, house))
    for (sequence, level), role in bound.items():
        styles.bind(role, numbering.headings(sequence), level)
    headers_footers = render_headers_footers(document, docx, package)
    body = package.document.root = w("document", w("body", *render_pages(document, docx, headers_footers)))
    sheet, lists = styles.element(), numbering.element()
    faces = (house.stylesheet.resolved(role).get("face") for role in house.stylesheet.styles)
    fonts = font_table(face for face in faces if face)
    if house.reference is not None:
        lists = add_reference_parts(package, house.reference, sheet, lists, fonts)
    package.fill("styles", sheet)
    package.fill("numbering", lists)
    package.fill("fonts", fonts)
    own_even_pages = house.reference is not None and house.reference.own_even_pages
    says = settings(language, *notes.finish(), read_only=document.read_only, own_even_pages=own_even_pages)
    package.fill("settings", says)
    _add_marks(package, body, docx)
    if document.watermark:
        for number, header in enumerate(package.roots("header"), start=1):
            add_watermark(
                header, document.watermark, house.stylesheet.resolved("watermark"), house.stylesheet.page, number
            )
    package.describe(document.metadata)
    return package.to_bytes()


def _marks(document: Document, house: House) -> tuple[FormFields, Passages, Comments]:
    """Return what those who work on it need: form fields, origins of texts, comments on gaps."""
    metadata, words = document.metadata, house.config.vocabulary
    identities = Identities()
    return (
        FormFields(metadata.identifier, metadata.language, document.read_only, identities),
        Passages(metadata.identifier, identities, document.keeps_origins),
        Comments(date_of(metadata), words.get("still_missing", ""), words.get("supplied_by", "")),
    )


def _add_marks(package: WordPackage, body: Element, docx: DocxContext) -> None:
    """Add the parts that belong to them, once all text is written."""
    notes = next(iter(package.roots("footnotes")), None)
    for root in (docx.form_fields.store(), docx.passages.store(body, notes, package.roots("header", "footer"))):
        if root is not None:
            package.add_store(root, store_of(namespace_of(root), docx.form_fields.paper))
    package.fill("glossary", docx.form_fields.glossary())
    package.fill("comments", docx.comments.element())
