"""Design tokens: declared once in house.yaml, named as "$token" in look.yaml."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.house import House, read_house
from tests.small import LOOK, write_base, write_house


def read(folder: Path, style: str, look: str = "", base_look: str = LOOK) -> tuple[House | None, Problems]:
    write_base(folder, look=base_look)
    write_house(folder, "westmere", "name: W\n" + style, look)
    problems = Problems()
    house = None
    with suppress(Rejected):
        house = read_house("westmere", [folder], problems)
    return house, problems


def test_a_token_in_the_look_becomes_its_value(tmp_path: Path) -> None:
    house, problems = read(tmp_path, "")
    assert problems.found == []
    assert (house.stylesheet.styles["base"].colour, house.stylesheet.styles["base"].face) == (
        "#101010",
        "Liberation Sans",
    )


def test_a_house_changes_the_bases_look_by_changing_a_token(tmp_path: Path) -> None:
    house, problems = read(tmp_path, 'tokens: {ink: "#CC0000"}')
    assert problems.found == []
    assert house.stylesheet.styles["base"].colour == "#cc0000"


def test_a_house_may_have_tokens_of_its_own(tmp_path: Path) -> None:
    house, problems = read(
        tmp_path, 'tokens: {crest: "#006600", large: "14"}', "styles: {body: {colour: $crest, size: $large}}"
    )
    assert problems.found == []
    assert (house.stylesheet.styles["body"].colour, house.stylesheet.styles["body"].size) == ("#006600", 14)


def test_an_unknown_token_is_an_error_where_it_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "", "styles:\n  body: {colour: $inc}\n")
    assert ("RG041", 2, 18, "did you mean 'ink'?") in [
        (one.code, one.location.line, one.location.column, one.hint) for one in problems.found
    ]


@pytest.mark.parametrize(("token", "use"), [("ink: blue", "colour"), ("face: ''", "face")])
def test_a_token_of_the_wrong_kind_is_an_error(tmp_path: Path, token: str, use: str) -> None:
    house, problems = read(tmp_path, f"tokens: {{{token}}}")
    assert house is None
    assert problems.found, use


def test_a_colour_must_be_quoted_or_yaml_takes_it_for_a_comment(tmp_path: Path) -> None:
    house, problems = read(tmp_path, "tokens:\n  ink: #ff0000\n")
    assert house is None
    assert [(one.code, Path(one.location.path).name, one.location.line) for one in problems.found] == [
        ("RG009", "house.yaml", 3)
    ]
