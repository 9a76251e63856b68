"""What can keep a finished tree from being written, and how its author is told."""

from __future__ import annotations

from reportgen.diagnostics import Location, Problems
from reportgen.document import Document, Footnote, Paragraph, blocks_of, inlines_of, plain_text
from reportgen.house import House


class WritingFailed(Exception):
    """A writer would print less than the tree holds."""


class MissingCharacters(WritingFailed):
    """No font on this machine has these characters of the text; they would be printed as empty boxes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(", ".join(f"'{character}' (U+{ord(character):04X})" for character in characters))


class NotesTooLong(WritingFailed):
    """These footnotes, by their numbers, are longer than a page: what does not fit would not be printed."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        self.numbers = numbers
        super().__init__(", ".join(numbers))


class PdfRejected(WritingFailed):
    """WeasyPrint complained about the HTML and CSS that it was given: our mistake, or one in a house's `page.css`."""


def report_failure(
    failure: WritingFailed, document: Document, house: House, report_at: Location, problems: Problems
) -> None:
    """Report a failure where the author can mend it, or at `report_at` where no author's text is at fault.

    Raises:
        PdfRejected: for a mistake of ours, as the house has no `page.css`.
    """
    match failure:
        case MissingCharacters():
            for character in failure.characters:
                message = f"no font on this machine has the character '{character}' (U+{ord(character):04X})"
                hint = "write it differently, or ask your administrator for a font that has it (Debian: fonts-noto)"
                problems.error("RG070", _place_of_character(character, document) or report_at, message, hint)
        case NotesTooLong():
            for number in failure.numbers:
                message = f"footnote {number} is longer than a page, so that not all of it would be printed"
                hint = "say it in the text or in an appendix, and let the footnote refer to that"
                problems.error("RG072", _place_of_note(number, document) or report_at, message, hint)
        case PdfRejected() if house.page_css:
            message = f"the PDF cannot be made with the house's page.css: {failure}"
            hint = "mend page.css; it may use nothing from outside itself"
            problems.error("RG071", house.location, message, hint)
        case _:
            raise failure


def _place_of_character(character: str, document: Document) -> Location | None:
    """Return where an author's text first has the character; None when no prose has it."""
    for block in blocks_of(document):
        if isinstance(block, Paragraph) and block.origin and character in plain_text(block.content):
            return block.origin.location
    return None


def _place_of_note(number: str, document: Document) -> Location | None:
    """Return where the author's text is that calls a footnote; None when it is no prose."""
    for block in blocks_of(document):
        numbers = [inline.number.text for inline in inlines_of(block) if isinstance(inline, Footnote) and inline.number]
        if isinstance(block, Paragraph) and block.origin and number in numbers:
            return block.origin.location
    return None
