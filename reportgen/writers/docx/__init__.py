"""`Document` → a Word file whose numbers, references and styles are Word's own, so that it can be worked on.

| module | makes |
|---|---|
| `sections` | the pages, in order; headers and footers |
| `blocks`, `paragraphs`, `tables`, `pictures`, `signatures`, `inlines` | what stands on them |
| `contents`, `captions`, `notes` | what Word counts and looks up: the contents, "Table 1", footnotes |
| `story` | what depends on neighbours: space around tables, page breaks |
| `styles`, `properties`, `faces`, `numbering`, `headings` | the styles and the lists, from the house |
| `package`, `elements` | the file, and its XML |
"""

from __future__ import annotations

from reportgen.house import House
from reportgen.tree import Document, Figure, Table, blocks_of
from reportgen.writers.docx.draft import Draft
from reportgen.writers.docx.elements import w
from reportgen.writers.docx.faces import font_table
from reportgen.writers.docx.headings import find_bound_styles
from reportgen.writers.docx.notes import WordNotes
from reportgen.writers.docx.numbering import WordNumbering
from reportgen.writers.docx.package import WordPackage, settings
from reportgen.writers.docx.sections import draw_pages, draw_running
from reportgen.writers.docx.styles import StyleSheet


def write(document: Document, house: House) -> bytes:
    """The finished document as a Word file (ISO/IEC 29500, transitional)."""
    language = document.metadata.language
    package = WordPackage()
    styles = StyleSheet(house.look, language)
    bound = find_bound_styles(document, house.style.numbering)
    numbering = WordNumbering(house.style.numbering, {level: styles.paragraph(role) for level, role in bound.items()})
    notes = WordNotes(package)
    captioned = frozenset(one.anchor for one in blocks_of(document) if isinstance(one, Table | Figure) and one.number)
    draft = Draft(house, styles, numbering, frozenset(bound.values()), package.document, notes, captioned)
    for (sequence, level), role in bound.items():
        styles.bind(role, numbering.appendices() if sequence == "appendix" else numbering.body(), level)
    running = draw_running(document, draft, package)
    package.document.root = w("document", w("body", *draw_pages(document, draft, running)))
    package.add_part("styles").root = styles.element()
    lists = numbering.element()
    if lists is not None:
        package.add_part("numbering").root = lists
    faces = (house.look.resolved(role).get("face") for role in house.look.styles)
    package.add_part("fonts").root = font_table(face for face in faces if face)
    package.add_part("settings").root = settings(language, *notes.finish())
    package.describe(document.metadata)
    return package.to_bytes()
