"""What the public may not see, and why: the marking that a paper, a part of it or a single text may carry."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import model_validator

from reportgen.model.base import Phrase, Prose, Record, Text, Whole, mistake, refuse, sentence
from reportgen.model.notice import Confidential


class Exempt(Record):
    """Why the public may not see something: Schedule 12A to the Local Government Act 1972, Part 1."""

    paragraphs: tuple[Whole, ...]
    """Of Part 1 of the Schedule: 1 to 7."""
    reason: Text
    """Why the public interest in keeping it back outweighs that in disclosing it (paragraph 10). Printed for the
    public, so it must tell nothing of what is kept back."""
    public_title: Text | None = None
    """What the public paper calls it. Without it a whole report keeps its title, and anything else loses it."""

    @model_validator(mode="after")
    def _paragraphs_of_the_schedule(self) -> Exempt:
        hint = "take them from Part 1 of Schedule 12A; ask the monitoring officer"
        wrong = [(place, number) for place, number in enumerate(self.paragraphs) if not 1 <= number <= 7]
        mistakes = [
            mistake(f"Schedule 12A has no paragraph {number}, only 1 to 7", hint, "paragraphs", place)
            for place, number in wrong
        ]
        if not self.paragraphs:
            mistakes.append(mistake("no paragraph of Schedule 12A is named", hint, "paragraphs"))
        refuse(mistakes)
        return self


Marking = Exempt | Confidential


class Marked(Record):
    """A record that may be kept from the public as a whole."""

    exempt: Exempt | None = None
    """For what is not for publication; it is public otherwise."""
    confidential: Confidential | None = None
    """For what the law forbids to disclose."""

    @property
    def marking(self) -> Marking | None:
        """Why the public may not see it; None when it may. What the law forbids comes before what it allows."""
        return self.confidential or self.exempt


class MarkedProse(Marked):
    """A text with its marking, where only the text is kept from the public."""

    text: Prose

    @model_validator(mode="after")
    def _with_marking(self) -> MarkedProse:
        if self.marking is None:
            hint = "add exempt: {paragraphs: …, reason: …}, or write the text on the line of its key"
            raise sentence("the text has no marking", hint)
        return self


class MarkedPhrase(MarkedProse):
    """The same, for a text of one paragraph."""

    text: Phrase


def marked_in(value: object) -> Iterator[Marked | Prose]:
    """The outermost records and texts with a marking in a record, in the order of its fields."""
    if isinstance(value, Prose):
        if value.marking is not None:
            yield value
    elif isinstance(value, Marked) and value.marking is not None:
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from marked_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from marked_in(one)
