"""Markings: why the public may not see a paper, a part of it or a single text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic_core import InitErrorDetails

from reportgen.model.base import Integer, Phrase, Prose, Record, Text, field_error


class Exempt(Record):
    """Why the public may not see something: Schedule 12A to the Local Government Act 1972, Part 1."""

    paragraphs: tuple[Integer, ...]
    """Of Part 1 of the Schedule: 1 to 7."""
    reason: Text
    """Why the public interest in keeping it back outweighs that in disclosing it (paragraph 10). Printed for the
    public, so it must tell nothing of what is kept back."""
    public_title: Text | None = None
    """What the public paper calls it. Without it a whole report keeps its title, and anything else loses it."""

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that the paragraphs exist in Schedule 12A."""
        hint = "take them from Part 1 of Schedule 12A; ask the monitoring officer"
        for place, number in enumerate(self.paragraphs):
            if not 1 <= number <= 7:
                yield field_error(f"Schedule 12A has no paragraph {number}, only 1 to 7", hint, "paragraphs", place)
        if not self.paragraphs:
            yield field_error("no paragraph of Schedule 12A is named", hint, "paragraphs")


class Confidential(Record):
    """Information that the law forbids to disclose (Local Government Act 1972 s.100A(2) and (3)).

    Another class than exempt information: the council has no choice, and there is no public interest to weigh.
    """

    ground: Literal["government department", "prohibition"]
    """Furnished by a government department on terms that forbid disclosure; or its disclosure is prohibited, by an act
    or a court."""
    reason: Text
    """Which terms, enactment or order. Printed for the public, so it must tell nothing of what is kept back."""
    public_title: Text | None = None
    """What the public paper calls it. Without it a whole report keeps its title, and anything else loses it."""


Marking = Exempt | Confidential


class Marked(Record):
    """A record that may be kept from the public as a whole."""

    exempt: Exempt | None = None
    """For what is not for publication; it is public otherwise."""
    confidential: Confidential | None = None
    """For what the law forbids to disclose."""

    @property
    def marking(self) -> Marking | None:
        """Return why it is not public, or None if it is. Confidentiality takes precedence over exemption."""
        return self.confidential or self.exempt


class MarkedProse(Marked):
    """A text with its marking, where only the text is kept from the public."""

    text: Prose

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Check that there is a marking."""
        if self.marking is None:
            hint = "add exempt: {paragraphs: …, reason: …}, or write the text on the line of its key"
            yield field_error("the text has no marking", hint)


class MarkedPhrase(MarkedProse):
    """The same, for a text of one paragraph."""

    text: Phrase


def marked_in(one: Record | Prose) -> Iterator[Marked | Prose]:
    """Yield the outermost marked records and texts in a record, which may be the record itself."""
    if isinstance(one, Marked | Prose) and one.marking is not None:
        yield one
    elif isinstance(one, Record):
        for part in one.inside():
            yield from marked_in(part)
