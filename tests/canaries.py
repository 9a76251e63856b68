"""Papers with secrets: texts that no other text has, in random places of everything that may be kept from the public.

The places are found in the model, not listed here: a kind of record or a text that can be marked is marked in some
paper as soon as `PARTS` has one of it (a test tells when there is none).
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

from reportgen.model.base import Phrase, Prose, Record
from reportgen.model.inspection import Inspection
from reportgen.model.marking import Marked
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report

CANARY = re.compile(r"can[a-z]{8}ary", re.IGNORECASE)

REPORT: dict[str, Any] = {
    "title": "What the inspectors found",
    "inspection": "outcome",
    "action_plan": "outcome",
    "report_of": "Director",
    "revises": {"replaces": "2023-01-20", "changes": ["The cost is lower", "The risk is higher"]},
    "purpose": ["To report the outcome.", "To ask for a decision, see {{ ref('idappcosts') }}."],
    "recommendations": [
        {"id": "idrecnote", "text": "note the outcome"},
        {"text": "approve the costs in {{ ref('idappcosts') }}"},
    ],
    "sections": [
        {"section": "background", "text": "Ofsted came in autumn.\n\n{{ picture('idpicone') }}"},
        {"section": "idsecown", "title": "A matter of our own", "text": "It goes on.\n\n{{ picture('idpictwo') }}"},
        {"section": "reasons", "text": "There are {{ inspection.findings|length|words }} findings."},
    ],
    "options": [{"text": "Do it", "recommended": "yes"}, {"text": "Leave it"}],
    "implications": [
        {"area": "finance", "text": "There is no cost.", "cleared_by": "A treasurer", "cleared_on": "2023-01-09"},
        {"area": "idareaown", "title": "Of our own", "text": "It matters."},
        {"area": "legal", "not_applicable": "Nothing is decided."},
    ],
    "appendices": [
        {"id": "idappcosts", "title": "The costs", "text": "They are low."},
        {"id": "idappplan", "title": "The plan", "shows": "action plan"},
    ],
    "background_papers": [{"text": "A letter", "location": "The office"}, {"text": "A note"}],
    "pictures": [
        {"id": "idpicone", "file": "one.png", "alt": "A house", "caption": "The house"},
        {"id": "idpictwo", "file": "two.png", "alt": "A street", "caption": "The street"},
    ],
}
OTHER_REPORT = {"no_background_papers": "There are none."}
"""What a report can say in place of something else."""
INSPECTION: dict[str, Any] = {
    "title": "Inspection of children's services",
    "subject": "children's services",
    "inspectorate": "Ofsted",
    "framework": "ofsted-ilacs-2018",
    "source": "Ofsted's report",
    "start": "2022-10-31",
    "end": "2022-11-11",
    "published": "2023-01-13",
    "evidence": ["Files", "Talks with families"],
    "judgements": [{"area": "Leaders", "grade": "Good"}, {"area": "Care", "grade": "Inadequate"}],
    "strengths": [{"text": "Early help is strong"}, {"text": "Leaders know", "group": None}],
    "findings": [
        {"id": "idfindone", "text": "Keep better records", "title": "Records", "source_ref": "paragraph 3"},
        {
            "id": "idfindtwo",
            "text": "Plan with families",
            "within": "Within three months",
            "responsible": ["The board"],
        },
        {"id": "idfindthree", "text": "Talk more", "number": "17"},
        {"id": "idfindfour", "text": "Ask more"},
    ],
}
PLAN: dict[str, Any] = {
    "title": "Improvement plan",
    "inspection": "outcome",
    "illustrative": "A sample.",
    "actions": [
        {"id": "idactone", "findings": ["idfindone"], "text": "Buy a system", "due": "2023-03-31", "owner": "A head",
         "measure": "It runs", "status": "in progress", "rag": "green", "comment": "It comes",
         "history": [{"until": "2023-01-10", "due": "2023-02-01", "comment": "It was late", "measure": "It ran"}]},
        {"id": "idacttwo", "findings": ["idfindtwo"], "text": "Meet every week", "no_owner": "Vacant"},
        {"id": "idactown", "own": "yes", "text": "Train", "due": "2023-05-31", "status": "complete"},
    ],
    "unanswered": [
        {"finding": "idfindthree", "not_accepted": "It is done."},
        {"finding": "idfindfour", "no_action": "It is not ours."},
    ],
}  # fmt: skip
PARTS: Mapping[str, tuple[type[Record], dict[str, Any]]] = {
    "reports": (Report, REPORT),
    "inspections": (Inspection, INSPECTION),
    "action-plans": (ActionPlan, PLAN),
}
_KEPT = frozenset({"kind", "status", "rag", "impact", "shows", "recommended", "own", "part", "due", "until", "findings",
                   "finding", "cleared_on", "file", "house", "inspection", "action_plan", "replaces", "exempt",
                   "confidential"})  # fmt: skip
"""Keys whose values are words of the model, days or names that lead elsewhere."""
_IDENTIFIER = re.compile(r"\bid(?:app|rec|sec|area|pic|find|act)[a-z]+\b")

_ROOMY = frozenset({"Section.text", "Appendix.text"})
"""Texts that stand in no list and no cell, so that there may be tables in them."""

Place = tuple[str, tuple[str | int, ...]]
"""A folder of the inputs, and the keys that lead to a record or a text in its file."""


@dataclass
class Secretive:
    """A paper some of which is secret, in a council's folder."""

    folder: Path
    name: str
    """Of its files."""
    marked: set[str] = field(default_factory=set)
    """What is marked: the names of kinds of records, and "Kind.field" for texts."""

    @property
    def report(self) -> Path:
        return self.folder / "reports" / f"{self.name}.yaml"

    @property
    def meeting(self) -> Path:
        return self.folder / "meetings" / "2023-02-06-cabinet.yaml"


def write_secretive(folder: Path, seeds: Iterable[int], houses: Sequence[str] = ("standard",)) -> list[Secretive]:
    """The paper of each seed, all for one meeting of one council in the folder; their houses in turn."""
    papers = [_Writing(folder, seed, houses[seed % len(houses)]).write() for seed in seeds]
    items = [{"number": str(number), "report": one.name} for number, one in enumerate(papers, start=1)]
    _write(papers[0].folder / "council.yaml", {"name": "A Council", "short_name": "A", "house": houses[0]})
    _write(papers[0].meeting, {"body": "Scrutiny", "date": "2023-02-06", "items": items})
    return papers


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")  # which is YAML


def places_in(kind: type[Record], data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Each record and text that can be marked: the keys that lead to it, and its name."""
    record = kind.model_validate({"id": "outcome", **data} if isinstance(data, dict) and not path else data)
    yield from _places(record, path)


def _places(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, Marked):
        yield path, type(value).__name__, False
    if isinstance(value, Record):
        for name in type(value).model_fields:
            found = getattr(value, name)
            for number, one in enumerate(found if isinstance(found, tuple) else [found]):
                below = (*path, name, number) if isinstance(found, tuple) else (*path, name)
                if isinstance(one, Prose):
                    yield below, f"{type(value).__name__}.{name}", isinstance(one, Phrase)
                else:
                    yield from _places(one, below)


class _Writing:
    def __init__(self, folder: Path, seed: int, house: str) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.made = Secretive(folder / "inputs" / "council", f"paper-{seed}")
        self.data = {name: deepcopy(data) for name, (_, data) in PARTS.items()}
        self.data["reports"] |= {"house": house, "inspection": self.made.name, "action_plan": self.made.name}
        self.data["action-plans"]["inspection"] = self.made.name
        for one in self.data["reports"]["pictures"]:
            one["file"] = f"{self.made.name}-{one['file']}"
        self.names: dict[str, str] = {}
        """Ids that are secret, and what they are instead."""
        self.pictures = {"idpicone": False, "idpictwo": False}

    def canary(self) -> str:
        return f"can{''.join(self.chance.choices('abcdefghijklmnopqrstuvwxyz', k=8))}ary"

    def write(self) -> Secretive:
        if self.seed % 5 == 0:
            del self.data["reports"]["background_papers"]
            self.data["reports"] |= OTHER_REPORT
        if self.chance.random() < 0.1:
            self._mark("reports", (), "Report", False)
        else:
            self._mark_some()
        for name, data in self.data.items():
            _write(self.made.folder / name / f"{self.made.name}.yaml", self._with_secret_names(data))
        for name, secret in self.pictures.items():
            self._draw(name, secret)
        return self.made

    def _mark_some(self) -> None:
        places = [(name, *place) for name, (kind, _) in PARTS.items() for place in places_in(kind, self._valid(name))]
        places = [place for place in places if place[2] != "Report"]
        first = places[self.seed % len(places)]
        if self.seed % 10 == 0:
            first = next(place for place in places if place[2] == "Report.no_background_papers")
        chosen = [first, *self.chance.sample(places, self.chance.randint(1, 7))]
        outer: set[Place] = set()
        for name, path, kind, inline in sorted(chosen, key=lambda place: len(place[1])):
            if not any((name, path[:length]) in outer for length in range(len(path) + 1)):
                self._mark(name, path, kind, inline)
                outer.add((name, path))

    def _valid(self, name: str) -> dict[str, Any]:
        data = deepcopy(self.data[name])
        if name == "inspections":
            from reportgen.model.frameworks import known_frameworks

            data["framework"] = known_frameworks()[data["framework"]]
        return data

    def _mark(self, name: str, path: tuple[str | int, ...], kind: str, inline: bool) -> None:
        """Fill a place with canaries, and say that it is secret."""
        self.made.marked.add(kind)
        above: Any = self.data[name]
        for step in path[:-1]:
            above = above[step]
        if "." in kind:
            self._hide_past(above, path[-1])
            form = "phrase" if inline else "blocks" if kind in _ROOMY else "list"
            above[path[-1]] = {"text": self._text(above[path[-1]], form), **self._marking()}
            return
        record = above[path[-1]] if path else above
        self._fill(record, kind in ("Section", "Appendix"))
        record |= self._marking(titled=kind == "Report")
        if kind == "ReportPicture":
            self.pictures[record["id"]] = True

    def _hide_past(self, action: object, name: str | int) -> None:
        """What an older version said under a key that is secret now is as secret."""
        for past in action.get("history", ()) if isinstance(action, dict) else ():
            if name in past:
                past[name] = self.canary()

    def _marking(self, titled: bool = False) -> dict[str, Any]:
        """A marking; `titled`: with the title for the public that a whole report needs, or else keeps its own."""
        said: dict[str, Any] = {"reason": "Somebody could be known by it."}
        if titled or self.chance.random() < 0.5:
            said["public_title"] = "A public title"
        if self.chance.random() < 0.2:
            return {"confidential": {"ground": "prohibition", **said}}
        return {"exempt": {"paragraphs": self.chance.sample(range(1, 8), 2), **said}}

    def _fill(self, value: Any, roomy: bool = False) -> None:
        """Canaries for every text in a record; its names are secret, too, wherever they stand."""
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
        for key, one in pairs:
            if key in _KEPT:
                continue
            if isinstance(one, dict | list):
                self._fill(one)
            elif isinstance(one, str) and _IDENTIFIER.fullmatch(one):
                self.names[one] = self.canary()
            elif isinstance(one, str) and key == "text":
                value[key] = self._text(one, "blocks" if roomy or "picture(" in one else "phrase")
            elif isinstance(one, str) and key not in ("area", "section"):  # what is left is a house's own
                value[key] = self.canary()

    def _text(self, text: str, form: str) -> str:
        """A text of canaries, with the pictures that it had: they are secret with it."""
        pictures = re.findall(r"\{\{ picture\('(\w+)'\) \}\}", text)
        for name in pictures:
            self.pictures[name] = True
            self._fill(next(one for one in self.data["reports"]["pictures"] if one["id"] == name))
        if form == "phrase":
            return f"{self.canary()} **{self.canary()}** [{self.canary()}](https://example.org/{self.canary()})"
        blocks = [
            f"{self.canary()}[^1] {{#{self.canary()}}}",
            f"- {self.canary()}",
            f"[^1]: {self.canary()}",
            *(f"{{{{ picture('{name}') }}}}" for name in pictures),
        ]
        if form == "blocks":
            blocks.append(f"Table: {self.canary()}")
            blocks.append(
                f"| {self.canary()} | {self.canary()} |\n| --- | --- |\n| {self.canary()} | {self.canary()} |"
            )
        return "\n\n".join(blocks)

    def _with_secret_names(self, data: object) -> object:
        text = json.dumps(data)
        for old, new in self.names.items():
            text = re.sub(rf"\b{old}\b", new, text)
        return json.loads(text)

    def _draw(self, name: str, secret: bool) -> None:
        information = PngImagePlugin.PngInfo()
        information.add_text("Comment", self.canary() if secret else "nothing")
        drawn = io.BytesIO()
        Image.new("RGB", (40, 30), "navy").save(drawn, "PNG", pnginfo=information)
        path = self.made.folder / "pictures" / f"{self.made.name}-{name.removeprefix('idpic')}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn.getvalue())
