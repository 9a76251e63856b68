"""What stands in a line of text. `Inline` is a closed union: a new member must be handled by every writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a prose text came from: its place in the YAML and the keys that lead to it."""

    location: Location
    key: str
    part: int = 0
    """Which block of that text it is, from 0."""


NumberSequence = Literal["body", "appendix", "list", "table", "figure", "note"]
"""What a house numbers, each kind with counts of its own."""


@dataclass(frozen=True, slots=True)
class Number:
    """A settled number. Filled in by `transforms.numbering`, printed by PDF, made native by Word."""

    text: str
    """As printed: "4.2.1", "(a)", "Appendix 1"; empty for a level that counts but does not print."""
    sequence: NumberSequence
    level: int
    """The level in that sequence, from 0."""
    position: int
    """The count at that level, from 1."""
    reference: str = ""
    """As other places refer to it: "4.2.1" where "4.2.1." is printed."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as they are to be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with a role of its own: "strong", "emphasis", "phrase"."""

    role: str
    content: tuple[Inline, ...]
    origin: SourceRef | None = None
    """For a phrase of the author's within a sentence of the house's."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the document. Its text is plain: nested tags break PDF/UA (rule 7.18.5)."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """The number of another place in the document, or of the page that it stands on."""

    target: str
    location: Location
    text: str = ""
    """The target's number, filled in by `transforms.references`; its page, once that is known."""
    shows: Literal["number", "page"] = "number"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: a mark in the text, and at the foot of the page what it says."""

    content: Inlines
    number: Number | None = None
    """Filled in by `transforms.numbering`: notes are counted from 1 to the end of the paper."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something that is still missing. Printed as a marked placeholder; in Word there is a comment to it as well."""

    missing: str
    supplier: str = ""
    """Who is to supply it, when that is known."""

    @property
    def text(self) -> str:
        """Return the placeholder as printed."""
        return f"[{self.missing}, from {self.supplier}]" if self.supplier else f"[{self.missing}]"


@dataclass(frozen=True, slots=True)
class FormField:
    """Something that an officer enters into the finished paper: who cleared it, when. Word makes a form field of it."""

    key: str
    """Its name in the paper, by which it is read back: "clearance.legal.name". Unique."""
    form: Literal["name", "date", "check"]
    label: str
    """What is to be entered: "Cleared by (legal)"."""
    value: str = ""
    """What has been entered: a name, a day (ISO 8601), "yes"; empty for nothing."""
    text: str = ""
    """The value as the house prints it: "9 July 2012", "☒"; or what stands there instead: "Not yet cleared", "☐"."""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of the page it stands on."""


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of pages of the document."""


Inline = Text | Span | Link | CrossReference | Footnote | Placeholder | FormField | LineBreak | PageNumber | PageCount
Inlines = tuple[Inline, ...]


def inlines_in(content: Inlines) -> Iterator[Inline]:
    """Yield every inline of a line; a span comes before its content."""
    for inline in content:
        yield inline
        if isinstance(inline, Span | Footnote):
            yield from inlines_in(inline.content)


def plain_text(content: Inlines) -> str:
    """Return the text of inlines without roles, page numbers or footnotes."""
    parts = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Span():
                parts.append(plain_text(inline.content))
            case Link() | CrossReference() | Placeholder() | FormField():
                parts.append(inline.text)
            case LineBreak():
                parts.append("\n")
            case PageNumber() | PageCount() | Footnote():
                pass
    return "".join(parts)
