"""`Document → Document`: numbers, then contents and references, then checks on the finished tree; later the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.diagnostics import Location, Problems
from reportgen.document import Document, SourceRef
from reportgen.house.config import Numbering
from reportgen.transforms.completeness import check_completeness, check_pictures
from reportgen.transforms.numbering import number_document
from reportgen.transforms.references import list_contents, resolve_references


@dataclass(frozen=True, slots=True)
class Expected:
    """What a document must print, and what its author gave names to."""

    prose: Sequence[SourceRef] = ()
    """The texts."""
    pictures: Mapping[str, Location] = field(default_factory=dict)
    """The pictures, by name, and where they were named."""
    named: Mapping[str, Location] = field(default_factory=dict)
    """Where the author named things that can be referred to."""


def finish_document(document: Document, numbering: Numbering, expected: Expected, problems: Problems) -> Document:
    """Return the document with every number and reference settled; page numbers are put in later (`put_pages`).

    Raises:
        Rejected: with each reference that leads nowhere and each text that is lost or printed twice.
    """
    numbered = list_contents(number_document(document, numbering), numbering)
    finished = resolve_references(numbered, problems, expected.named)
    check_completeness(finished, expected.prose, problems)
    check_pictures(finished, expected.pictures, problems)
    problems.stop_if_errors()
    return finished
