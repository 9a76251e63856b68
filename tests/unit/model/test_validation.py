"""What the checker says → what the person who typed the file can act on. The wording is tested in tests/bad."""

from __future__ import annotations

from textwrap import dedent
from typing import Literal

import pytest
from pydantic import Field

from reportgen.diagnostics import Problems
from reportgen.inputs.source import parse_yaml
from reportgen.model.base import Integer, Record, Text
from reportgen.model.validation import validate
from tests.small import told, what_is_wrong


class Inner(Record):
    """A record within another."""

    name: Text
    size: Literal["small", "large"] = "small"


class Outer(Record):
    """A record with records in it."""

    title: Text
    count: Integer | None = None
    ratio: float | None = None
    one: Inner | None = None
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] = Field(default_factory=dict)


def hints(text: str) -> list[str]:
    problems = Problems()
    data = parse_yaml(dedent(text), "file.yaml", problems)
    assert data is not None
    assert validate(Outer, data, problems) is None
    return [one.hint for one in problems.found]


def test_an_unknown_key_has_the_place_of_the_key_itself() -> None:
    assert what_is_wrong(Outer, "title: x\nmany:\n  - name: y\n    colour: red\n")[0].startswith("RG010 4:5 ")


@pytest.mark.parametrize(
    "text",
    [
        "title: x\none: {name: y, sise: large}",
        "title: x\nmany: [{name: y, sise: large}]",
        "title: x\nnamed: {a: {name: y, sise: large}}",
    ],
)
def test_an_unknown_key_is_compared_with_the_keys_of_its_own_record(text: str) -> None:
    assert hints(text) == ["did you mean 'size'?"]


def test_a_missing_key_has_the_place_of_the_record_that_misses_it() -> None:
    assert what_is_wrong(Outer, "title: x\nmany:\n  - size: large\n") == ["RG011 3:5 the key 'name' is missing"]


def test_a_word_outside_its_list_is_told_with_the_list() -> None:
    wrong = what_is_wrong(Outer, "title: x\none: {name: y, size: lage}")
    assert wrong[0].startswith("RG012 2:22 ")
    assert "small or large" in wrong[0]
    assert hints("title: x\none: {name: y, size: lage}") == ["did you mean 'large'?"]


@pytest.mark.parametrize(
    ("line", "column"),
    [("many: x", 7), ("many: {name: y}", 7), ("one: x", 6), ("one: [x]", 6), ("ratio: much", 8), ("count: [1]", 8)],
)
def test_a_value_of_another_shape_is_an_error_at_its_place(line: str, column: int) -> None:
    wrong = what_is_wrong(Outer, f"title: x\n{line}")
    assert [one.split()[:2] for one in wrong] == [["RG012", f"2:{column}"]]


def test_no_message_names_a_class_of_ours() -> None:
    text = "many: x\none: [1]\nratio: much\ncount: z\nnamed: 3\nwrong: 1\n"
    for message in what_is_wrong(Outer, text):
        assert not any(word in message for word in ("Inner", "Outer", "tuple", "dict", "model", "pydantic", "input"))


def test_every_mistake_is_told_at_once() -> None:
    text = """
    titel: x
    count: many
    ratio: much
    one: {size: huge, nme: y}
    many: [{name: [a]}, {}, {name: z, size: no}]
    """
    assert len(what_is_wrong(Outer, text)) == 8


def test_a_misspelt_key_is_not_told_as_missing_too() -> None:
    assert what_is_wrong(Outer, "titel: x") == ["RG010 1:1 the key 'titel' is not known here"]


def test_a_valid_mapping_gives_the_record_and_no_problem() -> None:
    problems = Problems()
    data = parse_yaml("title: x\nmany: [{name: y}]\n", "file.yaml", problems)
    assert data is not None
    outer = validate(Outer, data, problems)
    assert outer is not None
    assert outer.model_dump() == Outer(title="x", many=(Inner(name="y"),)).model_dump()
    assert told(problems) == []
