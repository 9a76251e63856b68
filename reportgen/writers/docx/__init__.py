"""`Document` → a Word file whose numbers, references and styles are Word's own, so that it can be worked on.

| module | makes |
|---|---|
| `sections` | the pages, in order; headers and footers |
| `blocks`, `paragraphs`, `tables`, `pictures`, `signatures`, `inlines` | what stands on them |
| `contents`, `captions`, `notes` | what Word counts and looks up: the contents, "Table 1", footnotes |
| `story` | what depends on neighbours: space around tables, page breaks |
| `styles`, `properties`, `faces`, `numbering`, `headings` | the styles and the lists, from the house |
| `controls`, `placeholders` | form fields, and what stands in them while they are empty |
| `origins`, `passages`, `lines` | where each text came from, what it says, and all words of the document |
| `comments`, `watermark` | what is missing; the word across the pages |
| `entries`, `changes` | reads back what was entered and changed |
| `letterhead` | headers and footers of a council's own Word template |
| `package`, `elements` | the file, and its XML |
"""

from __future__ import annotations

from reportgen.house import House
from reportgen.tree import Document, Figure, Table, blocks_of
from reportgen.writers.docx.comments import Comments
from reportgen.writers.docx.controls import Form, Identities, store_of
from reportgen.writers.docx.draft import Draft
from reportgen.writers.docx.elements import namespace_of, w
from reportgen.writers.docx.faces import font_table
from reportgen.writers.docx.headings import find_bound_styles
from reportgen.writers.docx.letterhead import letterhead_styles
from reportgen.writers.docx.lines import held_in, lines_of
from reportgen.writers.docx.notes import WordNotes
from reportgen.writers.docx.numbering import WordNumbering
from reportgen.writers.docx.origins import Passages
from reportgen.writers.docx.package import WordPackage, date_of, settings
from reportgen.writers.docx.passages import passage_texts
from reportgen.writers.docx.placeholders import glossary
from reportgen.writers.docx.sections import draw_pages, draw_running
from reportgen.writers.docx.styles import StyleSheet
from reportgen.writers.docx.watermark import add_watermark


def write(document: Document, house: House) -> bytes:
    """The finished document as a Word file (ISO/IEC 29500, transitional)."""
    language = document.metadata.language
    package = WordPackage()
    styles = StyleSheet(house.look, language)
    bound = find_bound_styles(document, house.style.numbering)
    numbering = WordNumbering(house.style.numbering, {level: styles.paragraph(role) for level, role in bound.items()})
    notes = WordNotes(package)
    captioned = frozenset(one.anchor for one in blocks_of(document) if isinstance(one, Table | Figure) and one.number)
    marks = _marks(document, house)
    draft = Draft(house, styles, numbering, frozenset(bound.values()), package.document, notes, captioned, *marks)
    for (sequence, level), role in bound.items():
        styles.bind(role, numbering.appendices() if sequence == "appendix" else numbering.body(), level)
    running = draw_running(document, draft, package)
    package.document.root = w("document", w("body", *draw_pages(document, draft, running)))
    package.add_part("styles").root = sheet = styles.element()
    lists = numbering.element()
    if lists is not None:
        package.add_part("numbering").root = lists
    faces = [house.look.resolved(role).get("face") for role in house.look.styles]
    if house.letterhead is not None:
        sheet.extend(letterhead_styles(house.letterhead))
        faces.extend(house.letterhead.faces)
    package.add_part("fonts").root = font_table(face for face in faces if face)
    package.add_part("settings").root = settings(
        language,
        *notes.finish(),
        read_only=document.read_only,
        own_even_pages=house.letterhead is not None and house.letterhead.own_even_pages,
    )
    _add_marks(package, draft)
    _add_watermarks(package, document.watermark, house)
    package.describe(document.metadata)
    return package.to_bytes()


def _marks(document: Document, house: House) -> tuple[Form, Passages, Comments]:
    """What is put into the document for those who work on it: form fields, origins of texts, comments on gaps."""
    metadata, words = document.metadata, house.style.vocabulary
    identities = Identities()
    return (
        Form(metadata.identifier, metadata.language, document.read_only, identities),
        Passages(metadata.identifier, identities, document.keeps_origins),
        Comments(date_of(metadata), words.get("still_missing", ""), words.get("supplied_by", "")),
    )


def _add_marks(package: WordPackage, draft: Draft) -> None:
    """The parts that belong to them, once all text is written."""
    parts = [package.document, *package.parts("header", "footer", "footnotes")]
    stories = [part.root for part in parts if part.root is not None]
    notes = next((part.root for part in package.parts("footnotes")), None)
    assert package.document.root is not None
    lines = lines_of(package.document.root, notes)
    for root in (draft.form.element(), draft.passages.element(passage_texts(stories), held_in(stories), lines)):
        if root is not None:
            package.add_store(root, store_of(namespace_of(root), draft.form.paper))
    if draft.form.placeholders:
        package.add_part("glossary").root = glossary(draft.form.placeholders)
    comments = draft.comments.element()
    if comments is not None:
        package.add_part("comments").root = comments


def _add_watermarks(package: WordPackage, words: str, house: House) -> None:
    if words:
        for number, part in enumerate(package.parts("header"), start=1):
            assert part.root is not None
            add_watermark(part.root, words, house.look.resolved("watermark"), house.look.page, number)
