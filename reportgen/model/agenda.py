"""What the front sheet of an agenda says: the meeting, and for each item its paper in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reportgen.model.meeting import Council, LateItem, Meeting, MeetingItem
from reportgen.model.task import PaperSummary


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A line of the agenda as it is printed."""

    number: str
    title: str
    note: str = ""
    paper: PaperSummary | None = None
    """None for an item without a report."""
    late: LateItem | None = None
    published: date | None = None
    """When its report was published, where that was later than the agenda."""
    exempt: tuple[int, ...] = ()
    """The paragraphs of Schedule 12A by which the whole item is exempt."""

    @property
    def confidential(self) -> bool:
        """Return whether the law forbids disclosing all or part of it."""
        return self.paper is not None and self.paper.confidential

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Return all paragraphs of Schedule 12A by which all or part of it is exempt."""
        return self.exempt or (self.paper.part_exempt if self.paper else ())


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with its items, each with what is known of its paper."""

    meeting: Meeting
    council: Council
    items: tuple[AgendaItem, ...]

    @property
    def in_private(self) -> tuple[AgendaItem, ...]:
        """Return the items for which a resolution must exclude the public, as they would disclose exempt information.

        (Local Government Act 1972 s.100A(4); of the executive SI 2012/2089 reg 4(2)(b).)
        """
        return tuple(item for item in self.items if item.paragraphs)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Return the paragraphs of Schedule 12A that such a resolution names, in order."""
        return tuple(sorted({number for item in self.in_private for number in item.paragraphs}))

    @property
    def confidential(self) -> tuple[AgendaItem, ...]:
        """Return the items from which the law itself excludes the public (s.100A(2); reg 4(2)(a))."""
        return tuple(item for item in self.items if item.confidential)


def draw_up(meeting: Meeting, council: Council, papers: Mapping[str, PaperSummary]) -> Agenda:
    """Draw up the meeting's agenda. `papers` are by the ids of their reports; a missing one is to follow."""
    return Agenda(meeting, council, tuple(_item(item, papers) for item in meeting.items))


def _item(item: MeetingItem, papers: Mapping[str, PaperSummary]) -> AgendaItem:
    paper = PaperSummary(made=False) if item.report is not None or item.to_follow else None
    if item.report is not None:
        paper = papers.get(item.report, paper)
    own = item.exempt.paragraphs if item.exempt else ()
    public_title = item.exempt.public_title if item.exempt else None
    return AgendaItem(
        number=item.number,
        title=public_title or item.title or (paper.title if paper else ""),
        note=item.note or "",
        paper=paper,
        late=item.late,
        published=item.published,
        exempt=(paper.exempt if paper else ()) or own,
    )
