"""A palette that cannot be read is refused (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic, Problems, Rejected
from reportgen.house import find_houses, read_house
from reportgen.house.contrast import contrast, luminance, nearest_passing
from tests.small import write_base, write_house

TEMPLATES = Path(__file__).parents[3] / "templates"


def told(folder: Path, look: str, style: str = "") -> list[Diagnostic]:
    """What is wrong with the colours of a house of this look."""
    write_base(folder)
    write_house(folder, "westmere", "name: W\n" + style, look)
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [folder], problems)
    return [one for one in problems.found if one.code not in ("RG041", "RG044")]


def messages(folder: Path, look: str, style: str = "") -> list[str]:
    return [one.message for one in told(folder, look, style)]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails, as WCAG's own material has it
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#1a1a1a", "#1a1a1a", 1.0),
    ],
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_luminance_runs_from_black_to_white() -> None:
    assert (luminance("#000000"), luminance("#ffffff")) == (0, pytest.approx(1))
    assert luminance("#00ff00") > luminance("#ff0000") > luminance("#0000ff")


@pytest.mark.parametrize(("colour", "behind"), [("#8a97a6", "#ffffff"), ("#555555", "#1f3a5f"), ("#808080", "#808080")])
def test_the_nearest_colour_that_passes_passes_and_is_no_further_away_than_needed(colour: str, behind: str) -> None:
    better = nearest_passing(colour, [(behind, 4.5)])
    assert contrast(better, behind) >= 4.5
    assert contrast(better, behind) < 4.7


def test_one_colour_may_have_to_pass_on_several_grounds_or_black_or_white_where_that_cannot_be() -> None:
    assert nearest_passing("#9aa5b1", [("#ffffff", 4.5)]) == "#6f7780"
    assert nearest_passing("#9aa5b1", [("#ffffff", 4.5), ("#e6e6e6", 4.5)]) == "#616870"
    assert nearest_passing("#808080", [("#777777", 4.5), ("#000000", 20), ("#ffffff", 20)]) == "#000000"


@pytest.mark.parametrize("name", sorted(find_houses([TEMPLATES])))
def test_every_house_that_comes_with_the_product_can_be_read(name: str) -> None:
    problems = Problems()
    with suppress(Rejected):
        read_house(name, [TEMPLATES], problems)
    assert problems.found == []


@pytest.mark.parametrize(
    "token", ["muted", "brand", "on_brand", "link", "gap_ink", "ink", "gap_background", "tint", "watermark"]
)
def test_a_token_of_the_product_that_is_made_too_faint_or_too_dark_is_refused(tmp_path: Path, token: str) -> None:
    middle = {"tint": "#777777", "watermark": "#999999", "gap_background": "#8a6d3b", "on_brand": "#667799"}.get(
        token, "#bbbbbb"
    )
    write_house(tmp_path, "westmere", f'name: W\nextends: standard\ntokens: {{{token}: "{middle}"}}')
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [tmp_path, TEMPLATES], problems)
    assert {one.code for one in problems.found} == {"RG045"}


def test_text_on_the_page_needs_four_and_a_half_to_one(tmp_path: Path) -> None:
    assert told(tmp_path / "a", 'styles: {body: {colour: "#767676"}}') == []
    (wrong,) = told(tmp_path / "b", 'styles:\n  body: {colour: "#777777"}\n')
    assert (wrong.code, wrong.location.line, wrong.location.column) == ("RG045", 2, 18)
    assert wrong.message == (
        "text of the role 'body': #777777 on #ffffff has a contrast of 4.4 to 1; 4.5 to 1 was expected"
    )
    assert wrong.hint == "the nearest darker colour that passes is #767676"


def test_a_hint_is_lighter_on_a_dark_ground(tmp_path: Path) -> None:
    (wrong,) = told(tmp_path, 'styles: {gap: {background: "#002200", colour: "#336633"}}')
    assert wrong.hint.startswith("the nearest lighter colour that passes is #")


def test_large_text_needs_three_to_one(tmp_path: Path) -> None:
    grey = 'colour: "#8a8a8a"'
    assert messages(tmp_path / "a", f"styles: {{body: {{{grey}, size: 18}}}}") == []
    assert messages(tmp_path / "b", f"styles: {{body: {{{grey}, size: 14, bold: yes}}}}") == []
    assert len(messages(tmp_path / "c", f"styles: {{body: {{{grey}, size: 14}}}}")) == 1
    assert len(messages(tmp_path / "d", f"styles: {{body: {{{grey}, size: 13.5, bold: yes}}}}")) == 1
    assert len(messages(tmp_path / "e", 'styles: {body: {colour: "#a0a0a0", size: 18}}')) == 1


def test_a_colour_that_comes_from_another_role_is_told_where_it_was_typed(tmp_path: Path) -> None:
    (wrong,) = told(tmp_path, "", 'tokens: {ink: "#aaaaaa"}')
    assert (Path(wrong.location.path).name, wrong.location.line) == ("house.yaml", 2)
    assert "the role 'base'" in wrong.message


def test_a_run_of_text_with_a_background_is_measured_with_the_colour_around_it(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, 'styles: {phrase: {background: "#333333"}}')
    assert message.startswith("text of the role 'phrase': #101010 on #333333")


def test_text_over_the_watermark_is_measured_and_the_watermark_is_not(tmp_path: Path) -> None:
    assert messages(tmp_path / "a", 'styles: {watermark: {colour: "#eeeeee"}}') == []
    (message,) = messages(tmp_path / "b", 'styles: {watermark: {colour: "#707070"}}')
    assert message.startswith("text of the role 'base' over the watermark: #101010 on #707070")


@pytest.mark.parametrize("part", ["header", "group"])
def test_headings_of_tables_are_measured_on_their_own_ground(tmp_path: Path, part: str) -> None:
    colours = f'{part}_background: "#888888", {part}_colour: "#ffffff"'
    styles = f"cell-{part}: {{based_on: base, bold: yes}}"
    (wrong,) = messages(tmp_path / "a", f"styles: {{{styles}}}\ntables: {{data: {{{colours}}}}}")
    assert wrong.startswith(f"text in the {part} rows of the table 'data': #ffffff on #888888")
    (wrong,) = messages(tmp_path / "b", f"styles: {{{styles}}}\ntables: {{data: {{{part}_background: '#333333'}}}}")
    assert wrong.startswith(
        f"text of the role 'cell-{part}' in the {part} rows of the table 'data': #101010 on #333333"
    )


def test_cells_and_panels_are_measured(tmp_path: Path) -> None:
    (wrong,) = messages(tmp_path / "a", 'cells: {grade-1: {background: "#eeeeee", colour: "#999999"}}')
    assert wrong.startswith("text in cells of the role 'grade-1': #999999 on #eeeeee")
    (wrong,) = messages(tmp_path / "b", 'styles: {cell: {based_on: base}}\ncells: {grade-1: {background: "#444444"}}')
    assert wrong.startswith("text of the role 'cell' in cells of the role 'grade-1': #101010 on #444444")
    found = messages(tmp_path / "c", 'panels: {notice: {background: "#555555"}}')
    assert found[0].startswith("text of the role 'body' in the panel 'notice'")


def test_the_line_of_a_panel_is_measured_only_where_nothing_else_sets_the_panel_off(tmp_path: Path) -> None:
    faint = 'rule_colour: "#cccccc", rule_width: 2'
    (wrong,) = messages(tmp_path / "a", f"panels: {{notice: {{{faint}}}}}")
    assert wrong.startswith("the line of the panel 'notice': #cccccc on #ffffff")
    assert messages(tmp_path / "b", f'panels: {{notice: {{{faint}, background: "#f4f4f4"}}}}') == []
    assert messages(tmp_path / "c", 'panels: {notice: {rule_colour: "#cccccc"}}') == []


def test_lines_of_tables_say_nothing_and_are_not_measured(tmp_path: Path) -> None:
    assert messages(tmp_path, 'tables: {data: {rule_colour: "#eeeeee"}}') == []


def test_words_in_pictures_are_measured_on_their_shapes(tmp_path: Path) -> None:
    (wrong,) = told(tmp_path, 'segments:\n  grade-1: {background: "#f5d89a", colour: "#ffffff"}\n')
    assert (wrong.location.line, wrong.location.column) == (2, 44)
    assert wrong.message.startswith("words on the role 'grade-1' in pictures: #ffffff on #f5d89a")


def test_a_ground_that_the_house_changes_under_words_of_the_base_is_told_where_the_house_typed_it(
    tmp_path: Path,
) -> None:
    (wrong,) = told(tmp_path, 'panels:\n  notice: {background: "#555555"}\n')
    assert (Path(wrong.location.path).parent.name, wrong.location.line, wrong.location.column) == ("westmere", 2, 24)
    assert wrong.hint.startswith("the nearest lighter colour that passes is #")


def test_one_slip_is_told_once_however_many_roles_share_it(tmp_path: Path) -> None:
    header = "{header_background: $faint, header_colour: $white}"
    tables = f"tables: {{data: {header}, fields: {header}}}"
    style = 'tokens: {faint: "#dddddd", white: "#ffffff"}'
    found = told(tmp_path, "styles: {cell-header: {based_on: base}}\n" + tables, style)
    assert [one.code for one in found] == ["RG045"]


@pytest.mark.parametrize("base", ["lead-in", "bodyy"])
def test_the_colours_of_a_look_with_a_style_based_on_itself_or_on_nothing_are_not_measured(
    tmp_path: Path, base: str
) -> None:
    assert told(tmp_path, f'styles: {{body: {{based_on: {base}, colour: "#dddddd"}}}}') == []
