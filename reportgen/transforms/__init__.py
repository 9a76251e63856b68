"""`Document → Document`: numbers, then references, then checks on the finished tree."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.diagnostics import Problems
from reportgen.house.style import Numbering
from reportgen.transforms.completeness import check_completeness
from reportgen.transforms.numbering import number_document
from reportgen.transforms.references import resolve_references
from reportgen.tree import Document, Origin


def finish_document(document: Document, numbering: Numbering, prose: Iterable[Origin], problems: Problems) -> Document:
    """The document with every number and reference settled; `prose` are the texts that it must print."""
    numbered = number_document(document, numbering)
    finished = resolve_references(numbered, problems)
    check_completeness(finished, prose, problems)
    return finished
