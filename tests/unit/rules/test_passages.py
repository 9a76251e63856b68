"""Texts as they were typed, without what is worked out, each sign with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, get_args, get_origin

import pytest

from reportgen.diagnostics import Location
from reportgen.model.base import Record, read_text
from reportgen.model.inspection import Inspection
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.rules.passages import PLAIN_TEXTS, UNCHECKED_TEXTS, WORKED_OUT, gaps_of, prose_of, texts_of
from tests.small import REPORT
from tests.unit.rules.written import Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def background(desk: Desk, text: str) -> list[str]:
    """The sentences of a section with the text."""
    [passage] = [one for one in prose_of(desk.checked(saying(text)).paper, "report") if "sections" in one.typed.key]
    return [sentence.text.strip() for sentence in passage.sentences]


def test_what_is_worked_out_or_an_address_is_taken_out_and_keeps_its_room(desk: Desk) -> None:
    text = "Of {{ inspection.count() }} see [it](https://example.gov.uk/a_(b)) or www.example.gov.uk. {#here}"
    [read] = [" ".join(background(desk, text))]
    assert len(read) == len(text)
    assert read.replace(WORKED_OUT, "") == "Of  see [it] or . "


def test_a_text_is_divided_into_sentences_items_and_rows(desk: Desk) -> None:
    text = "One, e.g. two. Three! (Four.) Five:\n\n- six\n- seven\n\n| eight |\n|---|\n| nine |"
    assert background(desk, text) == [
        "One, e.g. two.",
        "Three!",
        "(Four.)",
        "Five:",
        "- six",
        "- seven",
        "| eight |",
        "|---|",
        "| nine |",
    ]


def test_the_sign_of_a_sentence_has_its_place_in_the_file(desk: Desk) -> None:
    report = REPORT.replace("text: Ofsted came in autumn.", 'text: "Ofsted came. It left."')
    [passage] = [one for one in prose_of(desk.checked(report).paper, "report") if "sections" in one.typed.key]
    _, second = passage.sentences
    place = second.at(second.text.index("left"))
    assert place == Location(passage.typed.location.path, 8, passage.typed.location.column + 17)


def test_gaps_are_no_texts(desk: Desk) -> None:
    report = REPORT.replace("There is no cost.", "'?? the cost'") + "report_of: ?? who\n"
    paper = desk.checked(report).paper
    assert sorted(gaps_of(paper)) == ["?? the cost", "?? who"]
    assert not any(one.typed.startswith("??") for one in texts_of(paper))


def test_titles_names_and_posts_are_texts_and_ids_are_not(desk: Desk) -> None:
    report = REPORT + "members:\n  - {name: Robin Ash, portfolio: Children}\n"
    texts = [one.typed for one in texts_of(desk.checked(report).paper) if one.part == "report"]
    assert {"Outcome of the inspection", "Robin Ash", "Children", "note the outcome"} <= set(texts)
    assert "outcome" not in texts


def text_fields(kind: type[Record], seen: set[type[Record]]) -> Iterator[str]:
    """Yield the names of the one-line texts in a kind of record and in the records inside it."""
    if kind in seen or "in_force_from" in kind.model_fields:  # a framework comes with the product
        return
    seen.add(kind)
    for name, field in kind.model_fields.items():
        for part, metadata in annotations_in(field.annotation, field.metadata):
            if isinstance(part, type) and issubclass(part, Record):
                yield from text_fields(part, seen)
            elif part is str and any(getattr(one, "func", None) is read_text for one in metadata):
                yield name


def annotations_in(annotation: object, metadata: Sequence[object] = ()) -> Iterator[tuple[object, Sequence[object]]]:
    """Yield an annotation and those inside it, each with its metadata."""
    yield annotation, metadata
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        yield from annotations_in(arguments[0], arguments[1:])
    else:
        for argument in arguments:
            yield from annotations_in(argument)


def test_every_text_field_of_the_model_is_checked_or_left_out_on_purpose() -> None:
    seen: set[type[Record]] = set()
    names = {name for kind in (Report, Inspection, ActionPlan) for name in text_fields(kind, seen)}

    assert names == PLAIN_TEXTS | UNCHECKED_TEXTS
    assert not PLAIN_TEXTS & UNCHECKED_TEXTS


def test_the_words_of_a_framework_are_no_texts_of_the_paper(desk: Desk) -> None:
    texts = {str(one.typed) for one in texts_of(desk.checked(REPORT).paper)}
    assert not any("published reports, 2018 to 2023" in text for text in texts)
    assert "Keep better records" in texts
