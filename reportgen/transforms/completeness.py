"""Nothing lost, nothing doubled: every prose text that came in is printed exactly once.

This holds whatever a house's templates say, because it is counted on the finished tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reportgen.diagnostics import Location, Problems
from reportgen.document import Document, Figure, Image, List, Paragraph, SourceRef, Span, Table, blocks_of, inlines_of


def check_completeness(document: Document, expected: Sequence[SourceRef], problems: Problems) -> None:
    """Report each text that the document does not print as often as expected (once, unless a YAML alias repeats it)."""
    printed = Counter(_name_of(origin) for origin in _origins(document) if origin.part == 0)
    wanted = Counter(map(_name_of, expected))
    for origin in expected:
        name = _name_of(origin)
        if printed[name] == 0:
            hint = "add its section to the content of a section in the house's house.yaml"
            problems.error("RG053", origin.location, "the house's template does not print this text", hint)
        elif printed[name] != wanted[name]:
            message = f"the house's template prints this text {printed[name]} times"
            hint = "name its section once in the house's house.yaml"
            problems.error("RG053", origin.location, message, hint)


def _name_of(origin: SourceRef) -> str:
    return origin.location.path + origin.key


def check_pictures(document: Document, expected: Mapping[str, Location], problems: Problems) -> None:
    """Report each picture of the author's that the document does not print exactly once."""
    figures = (block.picture for block in blocks_of(document) if isinstance(block, Figure))
    printed = Counter(picture.name for picture in figures if isinstance(picture, Image))
    for name, place in expected.items():
        if printed[name] == 0:
            hint = f'write {{{{ picture("{name}") }}}} in a paragraph of its own, or delete it here'
            problems.error("RG054", place, f"no text prints the picture '{name}'", hint)
        elif printed[name] > 1:
            hint = "print it once, and refer to it elsewhere with {{ ref() }}"
            problems.error("RG054", place, f"the picture '{name}' is printed {printed[name]} times", hint)


def _origins(document: Document) -> Iterator[SourceRef]:
    for block in blocks_of(document):
        if isinstance(block, Paragraph | List | Table | Figure) and block.origin is not None:
            yield block.origin
        for inline in inlines_of(block):
            if isinstance(inline, Span) and inline.origin is not None:
                yield inline.origin
