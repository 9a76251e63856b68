"""What stands one below the other in a page, a cell or a header → elements.

Here is decided what depends on neighbours: Word has no space around tables, demands a paragraph
after each, and keeps page and section breaks in paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from reportgen.writers.docx.controls import Passage
from reportgen.writers.docx.elements import Element, local_name, qualified, twentieths, w

_LEAST_GAP = 1.0
"""In points: the height of a paragraph that is there only because Word demands one."""


@dataclass
class WordParagraph:
    """A paragraph under construction."""

    properties: dict[str, Element]
    """By name, so that each is there once."""
    content: list[Element]
    before: float = 0
    """In points, as its style has it."""
    after: float = 0
    space: dict[str, int | str] = field(default_factory=dict)
    """What differs from its style, as attributes of w:spacing."""
    box: object = None
    """The same for all paragraphs of one box with a background."""
    control: Element | None = None
    """The properties (w:sdtPr) of the content control around it; the same element for all paragraphs in one."""
    passage: Passage | None = None
    """The author's text that it is part of."""
    keeps_with_previous: bool = False
    """Whether it never begins a page. Word has no such property: the paragraph before is kept with it."""

    def put(self, *properties: Element) -> None:
        """Set properties, over those of the same names."""
        self.properties.update({local_name(one): one for one in properties})

    def keep_with_next(self) -> None:
        """Let its last lines stand on the page of what follows."""
        self.put(w("keepNext"))

    def set_before(self, points: float) -> None:
        """Change the space above, against the style."""
        self.before = points
        self.space["before"] = twentieths(points)

    def set_after(self, points: float) -> None:
        """Change the space below, against the style."""
        self.after = points
        self.space["after"] = twentieths(points)

    def mark_within(self) -> None:
        """Mark the passage within the paragraph, and not around it."""
        if self.passage is not None and self.content:
            self.content = [self.passage.enclose_runs(self.content)]
        self.passage = None

    def element(self) -> Element:
        """Return the paragraph as XML."""
        if self.space:
            self.put(w("spacing", **self.space))
        return w("p", *([w("pPr", *self.properties.values())] if self.properties else []), *self.content)


@dataclass(frozen=True)
class WordTable:
    """A table, and the points of space around it."""

    element: Element
    before: float
    after: float
    passage: Passage | None = None
    """The author's text that it is part of."""

    def keep_with_next(self) -> None:
        """Let its last row stand on the page of what follows."""
        keep_rows_with_next(self.element.findall(qualified("w:tr"))[-1:])


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class SectionEnd:
    """What stands before it, back to the section before, has pages of this form."""

    properties: Element


FlowItem = WordParagraph | WordTable | NewPage | SectionEnd


@dataclass
class _Flow:
    """The elements so far, and what the next block must take into account."""

    items: list[WordParagraph | WordTable] = field(default_factory=list)
    breaks_page: bool = False

    @property
    def last(self) -> WordParagraph | WordTable | None:
        return self.items[-1] if self.items else None

    def add(self, block: FlowItem) -> None:
        match block:
            case WordParagraph():
                self._add_paragraph(block)
            case WordTable():
                self._add_table(block)
            case NewPage():
                self.breaks_page = bool(self.items)
            case SectionEnd():
                self.breaks_page = False
                self._last_paragraph().put(block.properties)
            case _:
                assert_never(block)

    def _add_paragraph(self, paragraph: WordParagraph) -> None:
        last = self.last
        if last is not None and paragraph.keeps_with_previous and not self.breaks_page:
            last.keep_with_next()
        if self.breaks_page:
            paragraph.put(w("pageBreakBefore"))
            self.breaks_page = False
        elif isinstance(last, WordTable) and last.after > paragraph.before:
            paragraph.set_before(last.after)
        elif isinstance(last, WordParagraph) and paragraph.box is not last.box and paragraph.box and last.box:
            self._add_gap(max(last.after, paragraph.before), last, paragraph)  # Word would make one box of both
        self.items.append(paragraph)

    def _add_table(self, table: WordTable) -> None:
        last = self.last
        if self.breaks_page:
            self._add_paragraph(_gap(_LEAST_GAP))
        elif isinstance(last, WordTable):
            self._add_gap(max(last.after, table.before), last, table)
        elif last is not None and table.before > last.after:
            last.set_after(table.before)
        self.items.append(table)

    def _add_gap(self, points: float, last: WordParagraph | WordTable, following: WordParagraph | WordTable) -> None:
        gap = _gap(points)
        if last.passage is following.passage:
            gap.passage = following.passage
        self.items.append(gap)

    def _last_paragraph(self) -> WordParagraph:
        """Return the paragraph at the end, one that takes no room if there is none."""
        last = self.last
        if isinstance(last, WordParagraph) and last.control is None:  # Word loses section breaks in controls
            return last
        gap = _gap(_LEAST_GAP)
        self.items.append(gap)
        return gap

    def elements(self) -> Iterator[Element]:
        last = self._last_paragraph()
        for block in self.items:
            # A cell must end with a paragraph, and Word loses section breaks in controls.
            if isinstance(block, WordParagraph) and (block is last or "sectPr" in block.properties):
                block.mark_within()
        for control, blocks in groupby(self.items, _control_of):
            written = [block.element() if isinstance(block, WordParagraph) else block.element for block in blocks]
            match control:
                case None:
                    yield from written
                case Passage():
                    yield control.enclose_blocks(written)
                case _:
                    yield w("sdt", control, w("sdtContent", *written))


def keep_rows_with_next(rows: Sequence[Element]) -> None:
    """Let every paragraph in the rows stay with the one after it."""
    for row in rows:
        for properties in row.iter(qualified("w:pPr")):
            if properties.find(qualified("w:keepNext")) is None:
                properties.insert(0 if properties.find(qualified("w:pStyle")) is None else 1, w("keepNext"))


def finish_flow(blocks: Sequence[FlowItem]) -> list[Element]:
    """Return the blocks as elements, the last of them a paragraph."""
    flow = _Flow()
    for block in blocks:
        flow.add(block)
    return list(flow.elements())


def _control_of(block: WordParagraph | WordTable) -> Element | Passage | None:
    """Return what encloses the block, the same for all blocks in one."""
    return block.control if isinstance(block, WordParagraph) and block.control is not None else block.passage


def _gap(points: float) -> WordParagraph:
    height = twentieths(max(points, _LEAST_GAP))
    size = w("rPr", w("sz", val=2), w("szCs", val=2))
    space = w("spacing", before=0, after=0, line=height, lineRule="exact")
    return WordParagraph({"spacing": space, "rPr": size}, [])
