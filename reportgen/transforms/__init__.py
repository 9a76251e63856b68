"""`Document → Document`: numbers, then references, then checks on the finished tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.diagnostics import Location, Problems
from reportgen.house.style import Numbering
from reportgen.transforms.completeness import check_completeness
from reportgen.transforms.numbering import number_document
from reportgen.transforms.references import resolve_references
from reportgen.tree import Document, Origin


def finish_document(
    document: Document,
    numbering: Numbering,
    prose: Iterable[Origin],
    problems: Problems,
    named: Mapping[str, Location] | None = None,
) -> Document:
    """The document with every number and reference settled.

    `prose` are the texts that it must print; `named` is where the author named things that can be referred to.
    """
    numbered = number_document(document, numbering)
    finished = resolve_references(numbered, problems, named)
    check_completeness(finished, prose, problems)
    return finished
