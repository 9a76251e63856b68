"""Everything that one paper is made from, references resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.model.base import Prose
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting, MeetingItem
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.picturefile import PictureFile


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

    def prose(self) -> Iterator[Prose]:
        """Every prose text that the paper must print, each once."""
        yield from self.report.prose()
        if self.inspection:
            yield from self.inspection.prose()
        if self.plan:
            yield from self.plan.prose()
