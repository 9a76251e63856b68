"""A folder under `templates/` → `House`: what is found, and what is cross-checked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.house import House, find_houses, read_house
from reportgen.house.folders import house_folders, product_templates
from tests.small import BASE, LOOK, write_base, write_house

SECTIONS = """
sections:
  - {title: Background, content: [background]}
  - title: Findings
    content: [the other sections]
    sections: [{title: Implications, content: [the implications]}]
"""
BLOCKS = """
{% macro the_implications(depth, groups) %}{% endmacro %}
{% macro the_other_sections(depth, groups) %}{% endmacro %}
"""


def read(folder: Path, name: str = "westmere", wanted_at: Location | None = None) -> House:
    problems = Problems()
    house = read_house(name, [folder], problems, wanted_at)
    assert problems.found == []
    return house


def wrong_with(folder: Path, name: str = "westmere") -> list[str]:
    """What reading a house tells, as "code house/file:line"."""
    problems = Problems()
    with suppress(Rejected):
        read_house(name, [folder], problems, Location("council.yaml", 4, 8))
    shown = [one.location.path.removeprefix(f"{folder}/") for one in problems.found]
    return [f"{one.code} {path}:{one.location.line}" for one, path in zip(problems.found, shown, strict=True)]


# ---- What a house is made of ----


def test_a_house_has_the_name_of_its_folder_and_its_own_place(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere")
    house = read(tmp_path)
    assert (house.config.id, house.config.name) == ("westmere", "Westmere")
    assert house.location == Location(str(tmp_path / "westmere" / "house.yaml"))


def test_templates_are_found_by_name_and_by_folder_and_name(tmp_path: Path) -> None:
    write_base(tmp_path, report="<report>base</report>", blocks="blocks")
    write_house(tmp_path, "westmere", "name: Westmere", report="<report>own</report>")
    templates = read(tmp_path).templates
    assert templates["report.xml.j2"].text == templates["westmere/report.xml.j2"].text == "<report>own</report>"
    assert templates["_base/report.xml.j2"].text == "<report>base</report>"
    assert templates["blocks.xml.j2"].text == "blocks"
    assert templates["report.xml.j2"].path == str(tmp_path / "westmere" / "report.xml.j2")


def test_a_house_needs_no_look_or_template_of_its_own(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere")
    assert read(tmp_path).stylesheet == read(tmp_path, "_base").stylesheet


def test_the_css_of_a_house_stands_after_that_of_its_base(tmp_path: Path) -> None:
    (write_base(tmp_path) / "page.css").write_text("/* base */")
    (write_house(tmp_path, "westmere", "name: Westmere") / "page.css").write_text("/* own */")
    assert read(tmp_path).page_css == "/* base */\n/* own */"
    assert read(tmp_path, "_base").page_css == "/* base */"


def test_houses_are_found_by_their_folder_and_an_earlier_place_hides_a_later_one(tmp_path: Path) -> None:
    own, product = tmp_path / "own", tmp_path / "product"
    write_base(product)
    write_house(product, "standard", "name: Standard")
    write_house(product, "westmere", "name: Old")
    write_house(own, "westmere", "name: New")
    (product / "notes").mkdir()
    assert find_houses([own, product]) == {
        "westmere": own / "westmere",
        "_base": product / "_base",
        "standard": product / "standard",
    }
    problems = Problems()
    house = read_house("westmere", [own, product], problems)
    assert (house.config.name, problems.found) == ("New", [])


def test_the_products_houses_are_where_it_says() -> None:
    assert set(find_houses([product_templates()])) >= {"_base", "standard"}


def test_a_councils_own_folder_is_looked_in_first_and_no_folder_twice(tmp_path: Path) -> None:
    own, other = tmp_path / "templates", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    assert house_folders(own, [other, tmp_path / "." / "templates", tmp_path / "none"]) == (own, other)


# ---- What cannot be read ----


def test_an_unknown_house_is_an_error_where_it_was_named_with_the_nearest_one(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere")
    problems = Problems()
    with pytest.raises(Rejected):
        read_house("westmer", [tmp_path], problems, Location("council.yaml", 4, 8))
    assert [(one.code, str(one.location), one.hint) for one in problems.found] == [
        ("RG040", "council.yaml:4:8", "did you mean 'westmere'?")
    ]


def test_the_base_is_never_suggested_as_a_councils_house(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere")
    problems = Problems()
    with suppress(Rejected):
        read_house("base", [tmp_path], problems)
    assert problems.found[0].hint == "use one of: westmere"


def test_a_house_whose_file_is_no_yaml_is_told(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: [x")
    assert [one.split(":")[0] for one in wrong_with(tmp_path)] == ["RG004 westmere/house.yaml"]


def test_a_look_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere", "styles: [x")
    assert [one.split(":")[0] for one in wrong_with(tmp_path)] == ["RG004 westmere/look.yaml"]


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("name: W\nwording: {}\n", "RG010 westmere/house.yaml:2"),
        ("name: W\ndates: american\n", "RG012 westmere/house.yaml:2"),
        ("name: W\nnumbering:\n  levels: [{format: x, counter: roman}]\n", "RG012 westmere/house.yaml:3"),
        ("name: W\nsections:\n  - {titel: x}\n", "RG010 westmere/house.yaml:3"),
    ],
)
def test_what_a_house_must_not_say_is_an_error_at_its_place(tmp_path: Path, style: str, place: str) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", style)
    assert wrong_with(tmp_path) == [place]


# ---- Names that must fit together ----


def test_a_template_that_is_not_there_is_an_error_where_it_is_named(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: W\ntemplates:\n  progress: reprot.xml.j2\n")
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [tmp_path], problems)
    assert wrong_with(tmp_path) == ["RG042 westmere/house.yaml:3"]
    assert problems.found[0].hint == "did you mean 'report.xml.j2'?"


@pytest.mark.parametrize(
    ("look", "line"),
    [
        ("styles:\n  lead-in: {based_on: bdy}\n", 2),
        ("styles:\n  base: {based_on: body}\n", 2),
        ("styles:\n  body: {based_on: lead-in}\n", 2),
        ("styles:\n  gap: {based_on: gap}\n", 2),
    ],
)
def test_a_style_is_based_on_another_that_there_is_and_not_on_itself(tmp_path: Path, look: str, line: int) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: W", look)
    assert f"RG041 westmere/look.yaml:{line}" in wrong_with(tmp_path)


def test_a_numbered_role_must_have_a_style(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: W\nnumbering:\n  paragraphs: [body, leadin]\n")
    assert wrong_with(tmp_path) == ["RG041 westmere/house.yaml:3"]


def test_what_sections_print_must_be_a_section_of_reports_or_a_block(tmp_path: Path) -> None:
    write_base(tmp_path, blocks=BLOCKS)
    assert write_house(tmp_path, "westmere", "name: W" + SECTIONS)
    assert wrong_with(tmp_path) == []
    for old, new, line in (
        ("background]", "backgruond]", 3),
        ("the implications", "the implication", 6),
        ("[background]", "[the nothing]", 3),
    ):
        write_house(tmp_path, "westmere", "name: W" + SECTIONS.replace(old, new))
        assert f"RG043 westmere/house.yaml:{line}" in wrong_with(tmp_path)


@pytest.mark.parametrize("forgotten", ["the other sections", "the implications"])
def test_a_house_must_have_a_place_for_what_it_does_not_know(tmp_path: Path, forgotten: str) -> None:
    write_base(tmp_path, blocks=BLOCKS)
    write_house(tmp_path, "westmere", "name: W" + SECTIONS.replace(f"content: [{forgotten}]", "content: []"))
    assert wrong_with(tmp_path) == ["RG043 westmere/house.yaml:3"]


@pytest.mark.parametrize("wording", ["phrases: {recomend: x}", "vocabulary: {boddy: x}", "options: {finding: x}"])
def test_a_word_that_no_template_uses_is_an_error(tmp_path: Path, wording: str) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", f"name: W\n{wording}\n")
    assert wrong_with(tmp_path) == ["RG044 westmere/house.yaml:2"]


def test_everything_that_is_wrong_with_a_house_is_told_at_once(tmp_path: Path) -> None:
    write_base(tmp_path)
    style = "name: W\ntemplates: {outcome: none.xml.j2}\nphrases: {x: y}\nnumbering: {paragraphs: [none]}\n"
    write_house(tmp_path, "westmere", style, "styles: {body: {based_on: none}}\n")
    assert sorted(one.split()[0] for one in wrong_with(tmp_path)) == ["RG041", "RG041", "RG042", "RG044"]


def test_the_smallest_house_of_these_tests_is_valid(tmp_path: Path) -> None:
    write_base(tmp_path, BASE, LOOK)
    assert wrong_with(tmp_path, "_base") == []
