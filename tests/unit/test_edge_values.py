"""A paper in which every text holds what usually goes wrong: all of it comes out whole, in every house.

The paper is made from the model itself, so that a new field is tested as soon as it is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from reportgen.document import (
    Chart,
    Document,
    Figure,
    Image,
    Paragraph,
    Picture,
    Scale,
    Section,
    Signature,
    Table,
    Timeline,
    blocks_of,
    inlines_of,
    plain_text,
)
from reportgen.model.base import Boolean, Date, Id, Integer, Phrase, Prose, Record, Text
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from tests.samples import HOUSES, TEMPLATES, compose
from tests.small import BASE, write_base, write_council

AWKWARD = " ".join(
    [
        "R&D <b>bold</b> &amp; &lt; ]]> --> \"double\" 'single' “curly”",
        "{{ x }} {% y %} {# z #} }} %} \\{ ${a} %s {0}",
        "👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👍🏽 تقرير اللجنة דוח הוועדה",
        "non‑breaking co\u00adoperation 100\u00a0000 e\u0301 ﬁ",
        "Ŵyn a ŷd, Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "x" * 200,
        "a*b_c`d~e|f^g 1. - + # > [a](b) ![c](d) https://e.org/?a=1&b=2",
    ]
)
"""As a text that is printed as it is."""
ESCAPED = (
    AWKWARD.replace("\\{", "\\\\{")
    .replace("{{", "\\{{")
    .replace("}}", "\\}}")
    .replace("{%", "\\{%")
    .replace("%}", "\\%}")
    .replace("{#", "\\{#")
    .replace("#}", "\\#}")
    .replace("[a](b)", "\\[a](b)")
    .replace("![c](d)", "!\\[c](d)")
)
"""The same as prose, in which some signs mean something and are written with a backslash."""

GIVEN: dict[str, Any] = {
    "inspection.framework": "ofsted-slac-2009",
    "inspection.overall": "Good",
    "inspection.judgements.0.grade": "Good",
    "inspection.judgements.0.not_graded": None,
    "inspection.judgements.1.grade": None,
    "inspection.judgements.1.as_printed": None,
    "inspection.figures": None,
    "inspection.source_text": None,
    "inspection.outcome": None,
    "inspection.previous.framework": "ofsted-slac-2009",
    "inspection.previous.start": "2009-03-05",
    "inspection.previous.overall": "Good",
    "inspection.previous.judgements.0.grade": "Good",
    "inspection.previous.judgements.0.not_graded": None,
    "inspection.findings.0.id": "F1",
    "plan.inspection": "outcome",
    "plan.actions.0.findings": ["F1"],
    "plan.parts.0.findings": ["F1"],
    "plan.actions.0.own": "no",
    "plan.actions.0.no_owner": None,
    "plan.actions.0.no_due": None,
    "plan.actions.0.no_measure": None,
    "plan.unanswered": None,
    "report.house": None,
    "report.kind": None,
    "report.pictures": None,
    "report.inspection": "outcome",
    "report.action_plan": "outcome",
    "report.implications.0.not_applicable": None,
    "report.implications.1.text": None,
    "report.implications.1.area": "unheard-of",
    "report.appendices.0.shows": None,
    "report.appendices.1.text": None,
    "report.appendices.1.part": None,
    "report.appendices.0.part": None,
    "report.changes_since": None,
    "meeting.items.0.report": "outcome",
    "meeting.items.0.exempt": None,
    "council.house": "standard",
}
"""What cannot be any text, because it names something or excludes something else."""
MARKED = (
    "none: nothing, not_for_publication: NOT FOR PUBLICATION, confidential_on_pages: s.100A, "
    "schedule_on_pages: Schedule 12A, paragraph: paragraph, paragraphs: paragraphs"
)
"""The words that a house needs for a paper that the public may not see."""
TWO = ("inspection.judgements", "report.implications", "report.appendices")
TYPED = [(Date, "2012-03-05"), (Boolean, "yes"), (Integer, "1")]
"""Values of types that are no text."""


class Filled:
    """A council's records, each text with a mark of its own before and after it."""

    def __init__(self, without: str = "") -> None:
        self.without = without
        """The field that this paper does not have."""
        self.texts: dict[str, str] = {}
        """By its expression in a template: the mark."""
        self.prose: set[str] = set()
        """The marks of those that are prose."""
        self.phrases: set[str] = set()
        """Those of them that are part of a sentence."""

    def record(self, kind: type[Record], path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, annotation in get_type_hints(kind, include_extras=True).items():
            if name not in kind.model_fields or (name == "id" and "." not in path):
                continue
            where = f"{path}.{name}"
            if where == self.without:
                continue
            value = GIVEN[where] if where in GIVEN else self.value(annotation, where)
            if value is not None:
                values[name] = value
        return values

    def value(self, annotation: Any, path: str) -> Any:
        if annotation == Text:
            return self.marked(path, AWKWARD)
        if isinstance(annotation, type) and issubclass(annotation, Prose):
            value = self.marked(path, ESCAPED)
            mark = value.split(" ")[0]
            self.prose.add(mark)
            if issubclass(annotation, Phrase):
                self.phrases.add(mark)
            return value
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return self.record(annotation, path)
        if get_origin(annotation) is tuple:
            return [self.value(get_args(annotation)[0], f"{path}.{n}") for n in range(2 if path in TWO else 1)]
        if get_origin(annotation) is Annotated:
            inner = get_args(annotation)[0]
            either = [inner, *get_args(inner)]
            records = [one for one in either if isinstance(one, type) and issubclass(one, Record)]
            return self.record(records[0], path) if records else self.typed(annotation, path)
        union = [one for one in get_args(annotation) if one is not type(None)]
        if len(union) == 1 and type(None) in get_args(annotation):
            return self.value(union[0], path)
        return get_args(annotation)[0]  # one of several words

    def typed(self, annotation: Any, path: str) -> str:
        if annotation == Id:
            return path.replace("_", "-")
        return next(value for kind, value in TYPED if annotation == kind)

    def marked(self, path: str, text: str) -> str:
        mark = f"q{len(self.texts)}q"
        steps = path.split(".")
        expression = steps[0] + "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in steps[1:])
        self.texts[expression] = mark
        return f"{mark} {text} {mark}"


KINDS: dict[str, type[Record]] = {
    "report": Report,
    "inspection": Inspection,
    "plan": ActionPlan,
    "meeting": Meeting,
    "council": Council,
}


def write_filled(folder: Path, without: str = "") -> tuple[Path, Filled]:
    filled = Filled(without)
    texts = {name: json.dumps(filled.record(kind, name), ensure_ascii=False) for name, kind in KINDS.items()}
    return write_council(folder, **texts), filled


def texts_of(document: Document) -> Iterator[str]:
    """Every text of a document, a paragraph, heading, caption or label at a time."""
    yield plain_text(document.header)
    yield document.metadata.title
    yield document.metadata.author
    for block in blocks_of(document):
        match block:
            case Paragraph():
                yield plain_text(block.content)
            case Section():
                yield plain_text(block.heading)
            case Table():
                yield plain_text(block.caption)
                yield from (plain_text(column.header) for column in block.columns)
                yield from (plain_text(group.heading) for group in block.groups)
            case Figure():
                yield block.alternative_text
                yield plain_text(block.caption)
                yield from words_of(block.picture)
            case Signature():
                yield from (word for line in block.lines for word in (line.label, line.name, line.post))
            case _:
                yield plain_text(tuple(inlines_of(block)))


def words_of(picture: Picture) -> Iterator[str]:
    """The words that stand in a picture."""
    match picture:
        case Chart():
            yield from (bar.label for bar in picture.bars)
        case Timeline():
            yield picture.today_label
            yield from (row.label for row in picture.rows)
        case Scale():
            yield from (word for row in picture.rows for word in (row.label, row.words))
        case Image():
            pass


# Fails if a field of another type comes into the model: say in `Filled.value` what a paper can have there.
def test_the_paper_has_every_text_that_the_model_has(tmp_path: Path) -> None:
    _, filled = write_filled(tmp_path)
    assert len(filled.texts) > 80
    assert len(filled.prose) > 12
    assert {
        "report.title",
        "report.purpose[0]",
        "inspection.partners[0]",
        "plan.actions[0].comment",
        "council.website",
    } <= set(filled.texts)


def test_every_text_comes_out_whole(tmp_path: Path) -> None:
    report, filled = write_filled(tmp_path)
    blocks = filled.prose - filled.phrases
    lines = [
        f"{{{{ {path} }}}}" if mark in blocks else f"<p>{{{{ {path} }}}}</p>" for path, mark in filled.texts.items()
    ]
    style = BASE.replace("none: nothing", MARKED)
    write_base(tmp_path / "templates", style, report=f"<report>{''.join(lines)}</report>")
    document = compose(report, "_base", (tmp_path / "templates",))
    assert len(document.body) == len(filled.texts)
    for paragraph, mark in zip(document.body, filled.texts.values(), strict=True):
        assert isinstance(paragraph, Paragraph)
        assert plain_text(paragraph.content) == f"{mark} {AWKWARD} {mark}"


# Without appendices, a house prints the plan in its body or attaches it by itself.
@pytest.mark.parametrize("without", ["", "report.appendices"])
@pytest.mark.parametrize("house", HOUSES)
def test_in_every_house_what_is_printed_is_printed_whole_and_all_prose_once(
    tmp_path: Path, house: str, without: str
) -> None:
    report, filled = write_filled(tmp_path, without)
    printed = list(texts_of(compose(report, house, (TEMPLATES,))))
    for mark in filled.texts.values():
        whole, begun = (
            sum(text.casefold().count(part.casefold()) for text in printed)
            for part in (f"{mark} {AWKWARD} {mark}", f"{mark} ")
        )
        # The mark stands before and after the text; after it there may be no space.
        assert begun <= 2 * whole, f"{mark} is not whole"
        if mark in filled.prose:
            assert whole == 1
