"""What can keep a finished tree from being written."""

from __future__ import annotations


class MissingCharacters(Exception):
    """No font on this machine has these characters of the text; they would be printed as empty boxes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(", ".join(f"'{character}' (U+{ord(character):04X})" for character in characters))


class NotesTooLong(Exception):
    """These footnotes, by their numbers, are longer than a page: what does not fit would not be printed."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        self.numbers = numbers
        super().__init__(", ".join(numbers))


class PdfRejected(Exception):
    """WeasyPrint complained about the HTML and CSS that it was given: our mistake, or one in a house's `page.css`."""
