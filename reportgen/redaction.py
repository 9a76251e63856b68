"""What the public sees of a paper: all that is not marked as exempt or confidential, and its line on an agenda.

In the place of what is marked is a stated gap. Nothing after this has ever seen what was taken out: not its text,
names, titles, figures or pictures. A stand-in has the place of what it stands for and the marking, and no more.
Source: Local Government Act 1972 ss.100A(2), 100B(2) and (5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reportgen.house import House
from reportgen.house.config import HouseConfig
from reportgen.inputs.source import SourceText, places_in
from reportgen.model.base import Prose, Record
from reportgen.model.framework import Framework
from reportgen.model.inspection import Finding, Inspection, Strength
from reportgen.model.marking import Confidential, Exempt, Marked, Marking
from reportgen.model.paper import Paper, Withheld
from reportgen.model.plan import Action, ActionPlan, ActionRevision, PlanPart, Unanswered
from reportgen.model.report import Appendix, Implication, Recommendation, ReportPicture, ReportSection
from reportgen.model.task import Audience, PaperSummary

AnyRecord = TypeVar("AnyRecord", bound=Record)

NOTICE = "withheld"
"""The id of the notice that stands for a whole paper: the report's own may tell what it is about."""
_ANCHOR = re.compile(r"\{#([A-Za-z0-9][A-Za-z0-9._-]*)\}")
_PICTURE = re.compile(r"""picture\(\s*["']([^"']*)["']""")


def redact(paper: Paper, house: House) -> Paper:
    """Return the paper for the public; the same paper when nothing in it is marked."""
    if not paper.is_marked:
        return paper
    whole = paper.report.marking
    return _Redaction(paper, house.config).public() if whole is None else _notice_of(paper, whole)


def summarise(paper: Paper, pages: int | None, audience: Audience = "public") -> PaperSummary:
    """Return what the agenda and the status page say of a paper.

    Of its version with the exempt text, which no agenda lists, they say no more than title, item and pages.
    """
    item = paper.item.number if paper.item else ""
    if audience == "exempt":
        return PaperSummary(paper.title, pages=pages, item=item)
    report = paper.report
    whole = report.exempt.paragraphs if report.exempt else ()
    in_parts = {number for one in paper.markings if isinstance(one, Exempt) for number in one.paragraphs}
    summary = PaperSummary(
        title=paper.title,
        pages=pages,
        exempt=whole,
        part_exempt=() if whole else tuple(sorted(in_parts)),
        confidential=any(isinstance(one, Confidential) for one in paper.markings),
        item=item,
    )
    if report.marking is not None:
        return summary
    posts = ", ".join(one.post or one.name for one in report.directors or report.authors)
    names = ", ".join(one.name for one in report.authors or report.contact_officers)
    return replace(summary, report_of=report.report_of or posts, author=names)


def _notice_of(paper: Paper, why: Marking) -> Paper:
    """Return the notice of a paper of which the public learns only that there is one."""
    report = paper.report
    kept = {name: getattr(report, name) for name in ("kind", "house", "status", "exempt", "confidential")}
    kept |= {"id": NOTICE, "title": paper.title, "purpose": (), "recommendations": ()}
    notice = _with(report, {**_blank(report), **kept})
    return Paper(notice, paper.council, paper.meeting, paper.item, withheld=Withheld(report=why))


@dataclass
class _Redaction:
    """One redaction of one paper, which collects the names of what it takes out."""

    paper: Paper
    config: HouseConfig
    names: dict[str, str] = field(default_factory=dict)
    """What texts may refer to: the name that it had → the one that it has, or none."""
    finding_names: dict[str, str] = field(default_factory=dict)
    """The same for findings."""
    findings: dict[str, Finding] = field(default_factory=dict)
    """Those withheld, by the ids that they had."""
    actions: list[tuple[int | None, Marking]] = field(default_factory=list)
    pictures: dict[str, Marking] = field(default_factory=dict)
    count: int = 0

    def public(self) -> Paper:
        """Return the paper with every marked part of it withheld."""
        report, plan = self.paper.report, self.paper.plan
        self.pictures = {one.id: one.marking for one in report.pictures if one.marking is not None}
        inspection = self._inspection(self.paper.inspection) if self.paper.inspection else None
        shown = self._plan(plan) if plan else None
        changes: dict[str, object] = {"appendices": self._appendices(plan), "waived": ()}
        if plan is not None and shown is None:
            changes["action_plan"] = None
        public = self._record(report, changes)
        hidden = self.pictures.keys()
        self.names |= dict.fromkeys(hidden, "")
        public = _with(public, {"pictures": tuple(one for one in public.pictures if one.id not in hidden)})
        return replace(
            self.paper,
            report=public,
            inspection=inspection,
            plan=shown,
            pictures={name: one for name, one in self.paper.pictures.items() if name not in hidden},
            source_text=None,
            plan_before=self._plan_before(shown),
            withheld=Withheld(None, tuple(dict.fromkeys(self.actions)), dict(self.names), dict(self.pictures)),
        )

    # ---- Anything ----

    def _value(self, value: object) -> object:
        match value:
            case Prose():
                return value if value.marking is None else self._gap(value, value.marking)
            case Framework():
                return value
            case Marked() if value.marking is not None:
                return self._stand_in(value, value.marking)
            case Action():
                return self._action(value)
            case Record():
                return self._record(value, {})
            case tuple():
                return tuple(self._value(one) for one in value)
        return value

    def _record(self, record: AnyRecord, changes: Mapping[str, object]) -> AnyRecord:
        """Withhold everything that is marked in the record; `changes` are made already."""
        own = {name: self._value(value) for name, value in record if name not in changes}
        return _with(record, {**own, **changes})

    def _gap(self, prose: Prose, why: Marking, anchor: str = "") -> Prose:
        """Return what stands for a text; what the text named is found at `anchor`, or nowhere."""
        for name in _ANCHOR.findall(prose.text):
            self.names[name] = anchor
        for name in _PICTURE.findall(prose.text):
            self.pictures[name] = why
        text = SourceText("", prose.text.location, prose.text.key)
        return replace(prose, text=text, marking=why)

    def _stand_in(self, one: Marked, why: Marking) -> Marked:
        """Return a record with the place and marking of another, and with what every record of its kind must have."""
        kept: dict[str, object] = {"exempt": one.exempt, "confidential": one.confidential}
        match one:
            case ReportSection():
                known = self.config.known_sections | self.config.section_titles.keys()
                kept |= self._named_by_house("section", one.section, known, why)
            case Implication():
                areas = {*(known.area for known in self.config.implications), *self.config.implication_titles}
                kept |= self._named_by_house("area", one.area, areas, why)
            case Appendix():
                kept |= {"id": self._rename(one.id), "title": self._title(why)}
            case Finding():
                kept["id"] = self.finding_names[one.id] = self._new_name()
            case ReportPicture():
                kept |= {"id": one.id, "file": "", "alt": ""}  # taken out at the end, once all texts are
            case Recommendation():
                kept["id"] = self._rename(one.id) if one.id else None
        if "text" in type(one).model_fields:
            # A section that is the house's own may stand in another section, which has its own anchor.
            new_names = {kept.get("id"), kept.get("section")} & set(self.names.values())
            kept["text"] = self._text_for(one, why, str(next(iter(new_names), "")))
        return _with(one, {**_blank(one), **kept})

    def _text_for(self, one: Marked, why: Marking, anchor: str) -> Prose:
        """Return the gap in place of a record's text, which it may have under another key or not at all."""
        texts = list(one.prose())
        for text in texts:
            self._gap(text, why, anchor)
        if texts:
            return self._gap(texts[0], why, anchor)
        self.count += 1
        return Prose(SourceText("", one.at(), f"{NOTICE}-{self.count}"), why)

    def _named_by_house(self, key: str, name: str, known: Set[str], why: Marking) -> dict[str, object]:
        """Keep a name that is the house's own and so tells nothing; else give another, with a title for the public."""
        return {key: name} if name in known else {key: self._rename(name), "title": self._title(why)}

    def _title(self, why: Marking) -> str:
        """Return what the public paper calls something that lost its title."""
        word = "withheld" if isinstance(why, Exempt) else "withheld_confidential"
        return why.public_title or self.config.vocabulary.get(word, "")

    def _rename(self, name: str) -> str:
        """Return another name, by which references still find what stands in the place."""
        return self.names.setdefault(name, self._new_name())

    def _new_name(self) -> str:
        while True:
            self.count += 1
            new = f"{NOTICE}-{self.count}"
            if new not in self.paper.report.names():
                return new

    # ---- The inspection and the plan ----

    def _inspection(self, inspection: Inspection) -> Inspection:
        """Redact findings and strengths: they keep their numbers, and where they stand if others stand there, too."""
        self.findings = {one.id: one for one in inspection.findings if one.marking is not None}
        public = self._record(inspection, {})
        groups: set[str | None] = {one.group for one in inspection.judgements}
        listed: list[Finding | Strength] = [*inspection.findings, *inspection.strengths]
        groups |= {one.group for one in listed if one.marking is None}

        changes: dict[str, object] = {}
        for name in ("findings", "strengths"):
            pairs = zip(getattr(inspection, name), getattr(public, name), strict=True)
            found = [_with(new, {"group": old.group if old.group in groups else None}) for old, new in pairs]
            changes[name] = tuple(found)
        return _with(public, changes)

    def _plan(self, plan: ActionPlan) -> ActionPlan | None:
        """Redact the plan: a gap is stated, and figures are those of what is left."""
        parts = self._withheld_parts()
        whole = plan.marking or parts.get(None)
        if whole is not None:
            self.actions = [(None, whole)]
            return None
        actions = []
        for action in plan.actions:
            why = action.marking or parts.get(action.part)
            if why is None:
                actions.append(self._action(action))
            else:
                self.actions.append((action.part, why))
                self._text_for(action, why, "")
        hidden = {finding for part in plan.parts if part.number in parts for finding in part.findings}
        left = self._parts(part for part in plan.parts if part.number not in parts)
        reasons = tuple(self._reason(one) for one in plan.unanswered if one.finding not in hidden)
        return self._record(plan, {"actions": tuple(actions), "parts": left, "unanswered": reasons})

    def _action(self, action: Action, newer: Action | None = None) -> Action:
        """Redact an action. What it or a newer version of it withholds, it withholds of its past, too."""
        texts, either = dict(action), [*action, *(newer or action)]
        why = {name: one.marking for name, one in either if isinstance(one, Prose) and one.marking}
        gaps = {name: self._gap(texts[name], why[name]) for name in why if texts[name] is not None}
        past = dict.fromkeys(why.keys() & ActionRevision.model_fields.keys())
        history = tuple(_with(one, past) for one in action.history)
        return self._record(action, {**gaps, "history": history, "findings": self._renamed(action.findings)})

    def _plan_before(self, plan: ActionPlan | None) -> ActionPlan | None:
        """Redact the older version: it lacks the actions and texts that either version withholds."""
        before, now = self.paper.plan_before, self.paper.plan
        if before is None or now is None or plan is None or before.marking is not None:
            return None
        newer = {action.id: action for action in now.actions}
        left = {action.id for action in plan.actions}
        shown = [one for one in before.actions if one.marking is None and (one.id in left or one.id not in newer)]
        actions = tuple(self._action(action, newer.get(action.id)) for action in shown)
        numbers = {part.number for part in plan.parts}
        parts = self._parts(part for part in before.parts if part.number in numbers)
        return self._record(before, {"actions": actions, "parts": parts, "unanswered": ()})

    def _parts(self, parts: Iterable[PlanPart]) -> tuple[PlanPart, ...]:
        return tuple(self._record(part, {"findings": self._renamed(part.findings)}) for part in parts)

    def _withheld_parts(self) -> dict[int | None, Marking]:
        """Return the parts of the plan that a withheld appendix shows; None for the whole plan."""
        appendices = self.paper.report.appendices
        return {one.part: one.marking for one in appendices if one.shows and one.marking is not None}

    def _renamed(self, findings: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.finding_names.get(one, one) for one in findings)

    def _reason(self, one: Unanswered) -> Unanswered:
        """Redact why a finding has no action: that of a withheld finding would tell what it is about."""
        finding = self.findings.get(one.finding)
        if finding is None or finding.marking is None:
            return self._record(one, {})
        texts = {name: getattr(one, name) for name in ("not_accepted", "no_action")}
        gaps = {name: self._gap(text, finding.marking) for name, text in texts.items() if text is not None}
        return _with(one, {**texts, **gaps, "finding": self.finding_names[one.finding]})

    def _appendices(self, plan: ActionPlan | None) -> tuple[object, ...]:
        """Redact the appendices: one that shows a withheld plan goes with it; where none does, the gap is one more."""
        why = plan.marking if plan else None
        found = []
        for one in self.paper.report.appendices:
            marked = why if one.shows and one.marking is None else one.marking
            found.append(self._record(one, {}) if marked is None else self._stand_in(_marked(one, marked), marked))
        if plan is not None and why is not None and not any(one.shows for one in self.paper.report.appendices):
            attached = Appendix(id="the-action-plan", title="-", shows="action plan")
            found.append(self._stand_in(_marked(attached, why), why))
        return tuple(found)


def _marked(one: AnyRecord, why: Marking) -> AnyRecord:
    return one.model_copy(update={"exempt" if isinstance(why, Exempt) else "confidential": why})


def _blank(record: Record) -> dict[str, object]:
    """Return every field as if it were not given; None for those that must be."""
    fields = type(record).model_fields.items()
    return {name: None if one.is_required() else one.get_default(call_default_factory=True) for name, one in fields}


def _with(record: AnyRecord, changes: Mapping[str, object]) -> AnyRecord:
    """Return the record with other fields; of what was typed it keeps the places, and not a word."""
    changed = record.model_copy(update=changes)
    changed._source = places_in(record._source) if record._source is not None else None
    return changed
