"""Gives each cross-reference the number of its target. One that points nowhere is an error where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.transforms.rebuilding import rebuild
from reportgen.tree import CrossReference, Document, Figure, Inline, Paragraph, Section, Table, blocks_of


def resolve_references(document: Document, problems: Problems, named: Mapping[str, Location] | None = None) -> Document:
    """The document with the text of every cross-reference filled in.

    `named` is where the author gave names: a template prints them, but it is the author who can change them.
    """
    resolving = _Resolving(_numbers_by_anchor(document, named or {}, problems), problems)
    return rebuild(document, inline=resolving.inline)


def _numbers_by_anchor(document: Document, named: Mapping[str, Location], problems: Problems) -> dict[str, str]:
    numbers: dict[str, str] = {}
    places: dict[str, Location] = {}
    for block in blocks_of(document):
        if not isinstance(block, Section | Paragraph | Table | Figure) or not block.anchor:
            continue
        place = block.origin.location if isinstance(block, Paragraph) and block.origin else block.location
        if block.anchor in numbers and block.anchor in named:
            message = f"another place in the paper has the name '{block.anchor}' already"
            problems.error("RG050", named[block.anchor], message, "give this one another name")
        elif block.anchor in numbers:
            problems.error(
                "RG050",
                place,
                f"two places have the name '{block.anchor}'; the other is at {places[block.anchor]}",
                "give each its own name",
            )
        numbers[block.anchor] = block.number.reference if block.number else ""
        places[block.anchor] = place
    return numbers


class _Resolving:
    def __init__(self, numbers: Mapping[str, str], problems: Problems) -> None:
        self.numbers = numbers
        self.problems = problems

    def inline(self, inline: Inline) -> Inline:
        return replace(inline, text=self.number(inline)) if isinstance(inline, CrossReference) else inline

    def number(self, reference: CrossReference) -> str:
        if reference.target not in self.numbers:
            self.problems.error(
                "RG051",
                reference.location,
                f"nothing in this paper has the name '{reference.target}'",
                nearest(reference.target, sorted(name for name, number in self.numbers.items() if number))
                or "name a paragraph by ending it with {#name}",
            )
            return ""
        if reference.shows == "page":
            return ""
        number = self.numbers[reference.target]
        if not number:
            self.problems.error(
                "RG052",
                reference.location,
                f"'{reference.target}' has no number in this house, so it cannot be referred to",
                "refer to a numbered paragraph, a section or an appendix, or to its page with page_of",
            )
        return number
