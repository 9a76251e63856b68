"""A paper: a report with everything it refers to, references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.inputs.pictures import PictureFile
from reportgen.model.base import Prose
from reportgen.model.inspection import Inspection
from reportgen.model.marking import Marking, marked_in
from reportgen.model.meeting import Council, Meeting, MeetingItem
from reportgen.model.plan import ActionPlan, PlanChanges
from reportgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was taken out of a paper for the public, as far as the paper must state it."""

    report: Marking | None = None
    """The marking of the whole paper, of which only a notice is left."""
    actions: tuple[tuple[int | None, Marking], ...] = ()
    """For actions that are gone: their part of the plan and their marking, each once."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What texts may refer to by a name → the name that stands for it now; empty where nothing does."""
    pictures: Mapping[str, Marking] = field(default_factory=dict)
    """The pictures that are gone, by id."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report with what it refers to. A draft may have no meeting yet."""

    report: Report
    council: Council
    meeting: Meeting | None = None
    item: MeetingItem | None = None
    inspection: Inspection | None = None
    plan: ActionPlan | None = None
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    """Those of the report, by id."""
    source_text: str | None = None
    """What the inspectorate published, as plain text, where the inspection names such a file."""
    plan_before: ActionPlan | None = None
    """The older version of the plan that the report compares it with."""
    withheld: Withheld | None = None
    """For the public version of a paper with exempt or confidential text: that text is gone. None for any other."""

    @property
    def changes(self) -> PlanChanges | None:
        """Return how the plan has changed, if the report names an older version of it."""
        if self.plan is None or self.plan_before is None:
            return None
        return PlanChanges(earlier=self.plan_before, later=self.plan)

    @property
    def title(self) -> str:
        """Return the title that the public may see."""
        marking = self.report.marking
        return (marking.public_title if marking else None) or self.report.title

    @property
    def markings(self) -> tuple[Marking, ...]:
        """Return why the paper or parts of it are not public, each reason once, even after redaction."""
        parts = (self.report, self.inspection, self.plan, self.plan_before)
        found = [one.marking for part in parts if part is not None for one in marked_in(part)]
        if self.withheld is not None:
            found += [why for _, why in self.withheld.actions]
            found += self.withheld.pictures.values()
        return tuple(one for number, one in enumerate(found) if one is not None and one not in found[:number])

    @property
    def is_marked(self) -> bool:
        """Return whether any of it is, or was before redaction, not public."""
        return bool(self.markings)

    def prose(self) -> Iterator[Prose]:
        """Yield every prose text that the paper must print, each once."""
        for part in (self.report, self.inspection, self.plan):
            if part is not None:
                yield from part.prose()
