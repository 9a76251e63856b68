"""What all records share: how texts, days and names are read, and where they were typed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from pydantic import ValidationError

from reportgen.diagnostics import Location
from reportgen.inputs.source import SourceText
from reportgen.model.base import Boolean, Date, Id, Integer, Person, Phrase, Prose, Record, Text, text_as
from tests.small import record, what_is_wrong


class Note(Record):
    """A text with its date."""

    text: Prose
    on: Date | None = None


class Sample(Record):
    """A record with a value of each kind."""

    name: Id = "x"
    title: Text = "x"
    day: Date = date(2000, 1, 1)
    urgent: Boolean = False
    count: Integer = 0
    clause: Phrase | None = None
    notes: tuple[Annotated[Note, text_as("text")], ...] = ()
    closing: Prose | None = None


# ---- Text ----


def test_a_text_is_one_line_whatever_its_breaks_in_the_file() -> None:
    assert record(Sample, 'title: "  two\\n  lines\\tand a tab "').title == "two lines and a tab"


def test_a_number_where_a_text_is_meant_is_text() -> None:
    assert record(Sample, "title: 2012").title == "2012"


@pytest.mark.parametrize("typed", ["", '""', '"  "', "~"])
def test_an_empty_text_is_an_error(typed: str) -> None:
    assert what_is_wrong(Sample, f"title: {typed}")[0].startswith("RG012")


@pytest.mark.parametrize("typed", ["[a, b]", "{a: b}"])
def test_a_list_where_a_text_is_meant_is_an_error(typed: str) -> None:
    assert what_is_wrong(Sample, f"title: {typed}")[0].startswith("RG012 1:8")


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_a_space_that_is_not_an_ordinary_one_stays(space: str) -> None:
    assert record(Sample, f'title: "100{space}000"').title == f"100{space}000"


# ---- Names ----


@pytest.mark.parametrize("name", ["F1", "slac-2012", "a", "2012-07-09-cabinet", "v1.2", "a_b"])
def test_a_name_is_made_of_letters_digits_and_joiners(name: str) -> None:
    assert record(Sample, f"name: {name}").name == name


@pytest.mark.parametrize("name", ["-a", "a-", "a b", "a/b", "../a", "é", "a:b", "."])
def test_another_name_is_an_error(name: str) -> None:
    assert what_is_wrong(Sample, f'name: "{name}"')[0].startswith("RG012 1:7")


# ---- Days ----


def test_a_day_is_typed_year_first() -> None:
    assert record(Sample, "day: 2012-07-09").day == date(2012, 7, 9)


@pytest.mark.parametrize(
    "typed",
    [
        "09/07/2012",
        "9.7.2012",
        "9 July 2012",
        "9th July 2012",
        "9 Jul 2012",
        "July 9, 2012",
        "2012/07/09",
        "09-07-2012",
    ],
)
def test_a_day_typed_in_another_way_is_an_error_that_says_how_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"day": typed})
    assert caught.value.errors()[0]["ctx"]["hint"] == "write 2012-07-09"


@pytest.mark.parametrize("typed", ["2012-02-30", "2011-02-29", "2012-13-01"])
def test_a_day_that_the_calendar_does_not_have_is_an_error(typed: str) -> None:
    assert "calendar" in what_is_wrong(Sample, f"day: {typed}")[0]


@pytest.mark.parametrize("typed", ["soon", "2012", "2012-7-9", "12-07-09", "2012-07-09T10:00"])
def test_what_is_no_day_is_an_error(typed: str) -> None:
    assert what_is_wrong(Sample, f"day: {typed}")[0].startswith("RG012 1:6")


# ---- Yes, no and numbers ----


@pytest.mark.parametrize(
    ("typed", "meant"), [("yes", True), ("Yes", True), ("true", True), ("no", False), ("NO", False), ("false", False)]
)
def test_yes_and_no_are_words(typed: str, meant: bool) -> None:
    assert record(Sample, f"urgent: {typed}").urgent is meant


@pytest.mark.parametrize("typed", ["y", "1", "on", "maybe"])
def test_other_words_are_neither_yes_nor_no(typed: str) -> None:
    assert what_is_wrong(Sample, f"urgent: {typed}")[0].startswith("RG012 1:9")


@pytest.mark.parametrize(("typed", "meant"), [("44", 44), ("1,319", 1319), ("-3", -3)])
def test_a_whole_number_may_have_its_thousands_separated(typed: str, meant: int) -> None:
    assert record(Sample, f'count: "{typed}"').count == meant


@pytest.mark.parametrize("typed", ["4.5", "four", "1e3", "9999999999999"])
def test_what_is_no_whole_number_is_an_error(typed: str) -> None:
    assert what_is_wrong(Sample, f"count: {typed}")[0].startswith("RG012 1:8")


# ---- Prose ----


def test_prose_keeps_its_lines_as_they_were_typed() -> None:
    closing = record(Sample, "closing: |\n  One.\n\n  - two\n").closing
    assert closing is not None
    assert closing.text == "One.\n\n- two\n"
    assert closing.location == Location("file.yaml", 1, 10)
    assert closing.text.key == "closing"


def test_a_text_that_begins_with_two_question_marks_is_a_gap() -> None:
    assert Prose(SourceText("?? the cost, from finance", Location(""))).gap == "the cost, from finance"
    assert Prose(SourceText("What? The cost??", Location(""))).gap is None


def test_a_phrase_is_one_paragraph() -> None:
    clause = record(Sample, "clause: |\n  note the\n  outcome\n").clause
    assert isinstance(clause, Phrase)
    assert what_is_wrong(Sample, "clause: |\n  note\n   \n  the outcome\n")[0].startswith("RG012 1:9")


def test_a_record_gives_its_prose_in_the_order_of_its_fields_not_of_the_file() -> None:
    sample = record(Sample, "closing: last\nnotes:\n  - second\n  - {text: third, on: 2012-07-09}\nclause: first\n")
    assert [one.text for one in sample.prose()] == ["first", "second", "third", "last"]


# ---- Records ----


def test_a_record_cannot_be_changed() -> None:
    person = record(Person, "name: Paul Cook")
    with pytest.raises(ValidationError, match="frozen"):
        person.name = "Another"  # type: ignore[misc]


def test_records_compare_by_what_they_say_not_by_where() -> None:
    assert record(Person, "name: Paul Cook") == record(Person, "\n\nname: Paul Cook")
    assert record(Person, "name: Paul Cook") != record(Person, "name: Paul Cole")


# Pydantic compares private attributes too, and `_source` holds what was typed.
def test_records_compare_by_what_they_say_not_by_how_it_was_typed() -> None:
    assert record(Sample, "title: x\nurgent: no") == record(Sample, "title: x\nurgent: false") == Sample(title="x")


def test_an_unknown_key_is_an_error_with_the_nearest_known_one() -> None:
    assert what_is_wrong(Person, "name: Paul Cook\npots: Head") == ["RG010 2:1 the key 'pots' is not known here"]


def test_a_record_knows_the_place_of_its_values() -> None:
    sample = record(Sample, "title: x\nnotes:\n  - text: one\n    on: 2012-07-09\n")
    assert sample.at("title") == Location("file.yaml", 1, 8)
    assert sample.at("notes", 0, "on") == Location("file.yaml", 4, 9)
    assert sample.notes[0].at("on") == Location("file.yaml", 4, 9)


def test_a_record_gives_a_text_as_it_was_typed() -> None:
    sample = record(Sample, "title: 'x  y'\nnotes:\n  - text: one\n")
    typed = sample.typed("title")
    assert typed == "x  y"
    assert typed is not None
    assert typed.place(0, 3) == Location("file.yaml", 1, 12)
    assert sample.typed("notes") is None
    assert Sample(title="x").typed("title") is None


def test_what_was_not_typed_has_the_place_of_the_record() -> None:
    sample = record(Sample, "notes:\n  - text: one\n")
    assert sample.notes[0].at("on") == sample.notes[0].at() == Location("file.yaml", 2, 5)


def test_a_bare_text_stands_for_a_record_and_keeps_its_place() -> None:
    note = record(Sample, "notes:\n  - one\n").notes[0]
    assert note.text.text == "one"
    assert note.text.text.key == "notes.0"
    assert note.at("text") == Location("file.yaml", 2, 5)
