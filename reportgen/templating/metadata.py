"""What a document says about itself beside its text: its properties, and the marking of an exempt paper."""

from __future__ import annotations

from dataclasses import replace

from reportgen.document import Document, LineBreak, Metadata, Paragraph, Span, Text
from reportgen.house import House
from reportgen.model.agenda import Agenda
from reportgen.model.meeting import Meeting
from reportgen.model.paper import Paper
from reportgen.templating.filters import as_date
from reportgen.templating.markings import marking_words


def describe(source: Paper | Agenda, house: House) -> Metadata:
    """Return what the document says about itself."""
    if isinstance(source, Paper):
        report, meeting = source.report, source.meeting
        marking = marking_words(source, house)
        title = f"{report.title} ({marking})" if marking else report.title
        identifier, status = report.id, report.status
    else:
        meeting = source.meeting
        title = f"{house.config.vocabulary['agenda']}: {name_meeting(meeting, house)}"
        identifier, status = meeting.id, "final"
    return Metadata(
        title=title,
        language=house.config.language,
        author=source.council.name,
        date=meeting.date.isoformat() if meeting else "",
        status=status,
        identifier=f"{source.council.id}/{identifier}",
    )


def name_meeting(meeting: Meeting, house: House) -> str:
    """Return what a meeting is called: "Cabinet, 9 July 2012"."""
    return f"{meeting.body}, {as_date(meeting.date, house.config.dates)}"


def with_marking(document: Document, marking: str) -> Document:
    """Return the document with its marking at the head of each page: the header stands from the second page on."""
    if not marking:
        return document
    words = Span("strong", (Text(marking),))
    below = (LineBreak(), *document.header) if document.header else ()
    return replace(document, front=(Paragraph((words,), "statement"), *document.front), header=(words, *below))
