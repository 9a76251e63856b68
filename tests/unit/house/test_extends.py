"""A house on top of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.house import House, read_house
from tests.small import write_base, write_house


def read(folder: Path, name: str = "westmere") -> House:
    problems = Problems()
    house = read_house(name, [folder], problems)
    assert problems.found == []
    return house


def wrong_with(folder: Path) -> list[str]:
    problems = Problems()
    with pytest.raises(Rejected):
        read_house("westmere", [folder], problems, Location("council.yaml", 4, 8))
    return [f"{one.code} {one.location}".replace(f"{folder}/", "") for one in problems.found]


def test_a_house_that_extends_nothing_extends_the_base(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: W")
    assert read(tmp_path).config.phrases == read(tmp_path, "_base").config.phrases


def test_a_house_may_extend_a_house_that_extends_the_base(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(
        tmp_path,
        "standard",
        'name: S\nlanguage: cy\nphrases: {recommend: "S", welcome: "S"}',
        report="<report>S</report>",
    )
    write_house(tmp_path, "westmere", 'name: W\nextends: standard\nphrases: {welcome: "W"}')
    house = read(tmp_path)
    assert (house.config.name, house.config.language) == ("W", "cy")
    assert house.config.phrases == {"recommend": "S", "welcome": "W"}
    assert (
        house.templates["report.xml.j2"].text == house.templates["standard/report.xml.j2"].text == "<report>S</report>"
    )


def test_what_one_house_changes_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    write_base(tmp_path)
    before = read(tmp_path, "_base")
    write_house(tmp_path, "westmere", 'name: W\ntokens: {ink: "#cc0000"}', "styles: {body: {bold: yes}}")
    read(tmp_path)
    assert read(tmp_path, "_base") == before


@pytest.mark.parametrize("extended", ["standart", "westmere"], ids=["unknown", "itself"])
def test_extending_an_unknown_house_or_itself_is_an_error_where_it_is_named(tmp_path: Path, extended: str) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", f"name: W\nextends: {extended}")
    assert wrong_with(tmp_path) == ["RG040 westmere/house.yaml:2:10"]


def test_two_houses_cannot_extend_each_other(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: W\nextends: eastmere")
    write_house(tmp_path, "eastmere", "name: E\nextends: westmere")
    assert wrong_with(tmp_path) == ["RG040 eastmere/house.yaml:2:10"]


def test_without_a_base_there_is_no_house(tmp_path: Path) -> None:
    write_house(tmp_path, "westmere", "name: W")
    assert [one.split()[0] for one in wrong_with(tmp_path)] == ["RG040"]
