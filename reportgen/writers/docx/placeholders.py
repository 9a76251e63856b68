"""The glossary of a document (ISO/IEC 29500-1, 11.3.8): the words that Word puts back into a field that is emptied."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from reportgen.writers.docx.elements import Element, legible, w, w_text


def glossary(placeholders: Mapping[str, str]) -> Element:
    """The part, from the words and the name of each placeholder."""
    return w("glossaryDocument", w("docParts", *(_doc_part(words, name) for words, name in placeholders.items())))


def _doc_part(words: str, name: str) -> Element:
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:reportgen:placeholder/{name}/{legible(words)}")).upper()
    properties = w(
        "docPartPr",
        w("name", val=name),
        w("category", w("name", val="General"), w("gallery", val="placeholder")),
        w("types", w("type", val="bbPlcHdr")),
        w("behaviors", w("behavior", val="content")),
        w("guid", val=f"{{{identity}}}"),
    )
    return w("docPart", properties, w("docPartBody", w("p", w("r", w_text("t", legible(words))))))
