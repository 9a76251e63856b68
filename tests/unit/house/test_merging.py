"""How a house's files lie over those of the house that it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.house import House, read_house
from tests.small import BASE, LOOK, write_base, write_house


def merged(folder: Path, style: str = "", look: str = "", base: str = BASE, base_look: str = LOOK) -> House:
    write_base(folder, base, base_look)
    write_house(folder, "westmere", "name: Westmere\n" + style, look)
    problems = Problems()
    house = read_house("westmere", [folder], problems)
    assert problems.found == []
    return house


def test_a_single_word_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    style = merged(tmp_path, "vocabulary: {body: the Executive}").config
    assert style.vocabulary == {"body": "the Executive", "none": "nothing"}


def test_a_phrase_may_be_emptied(tmp_path: Path) -> None:
    assert merged(tmp_path, 'phrases: {welcome: ""}').config.phrases["welcome"] == ""
    assert merged(tmp_path, "phrases: {welcome: }").config.phrases["welcome"] == ""


def test_a_list_replaces_the_whole_list(tmp_path: Path) -> None:
    numbering = merged(tmp_path, 'numbering: {levels: [{format: "{1}."}], bullets: ["–", "·"]}').config.numbering
    assert [level.format for level in numbering.levels] == ["{1}."]
    assert numbering.bullets == ("–", "·")
    assert numbering.paragraphs == ("body",), "what is not named stays"


def test_a_nested_mapping_is_merged_key_by_key(tmp_path: Path) -> None:
    appendix = merged(tmp_path, "numbering: {appendix: {counter: upper-letter}}").config.numbering.appendix
    assert (appendix.format, appendix.counter) == ("Appendix {1}", "upper-letter")


def test_one_property_of_a_style_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    look = merged(tmp_path, look="styles: {base: {size: 12}, gap: {bold: yes}}\npage: {margin_top: 30}").stylesheet
    assert (look.styles["base"].size, look.styles["base"].name, look.styles["base"].face) == (
        12,
        "Normal",
        "Liberation Sans",
    )
    assert look.styles["gap"].bold is True
    assert (look.page.margin_top, look.page.margin_left) == (30, 25)


def test_a_mistake_has_the_place_of_the_file_that_it_was_typed_in(tmp_path: Path) -> None:
    write_base(tmp_path, BASE + "language: [a]\n")
    write_house(tmp_path, "westmere", "name: W\n\nnumbering: {bullets: x}\n")
    problems = Problems()
    with pytest.raises(Rejected):
        read_house("westmere", [tmp_path], problems)
    found = {(Path(one.location.path).parent.name, one.location.line) for one in problems.found}
    assert found == {("_base", len(BASE.splitlines()) + 1), ("westmere", 3)}


def test_the_place_of_a_merged_value_is_that_of_the_house_that_set_it(tmp_path: Path) -> None:
    style = merged(tmp_path, "vocabulary: {body: the Executive}").config
    assert Path(style.at("vocabulary", "body").path).parent.name == "westmere"
    assert Path(style.at("vocabulary", "none").path).parent.name == "_base"
