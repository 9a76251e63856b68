"""The style sheet: what the look says, in CSS."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import tinycss2

from reportgen.house import House
from reportgen.house.config import Level, Numbering
from reportgen.house.styles import CellStyle, Page, PanelStyle, Style, StyleSheet, TableStyle
from reportgen.writers import html
from reportgen.writers.css import class_name, similar_faces, write_css, write_headers_footers_css, write_screen_css
from reportgen.writers.css.pages import write_page_css
from reportgen.writers.html.elements import Medium
from tests.unit.writers.sample_tree import sample_document
from tests.unit.writers.structured_tree import finished, structured_paper

NUMBERING = Numbering(
    levels=(Level(format="{1}", indent=12, hanging=12), Level(format="{1}.{2}", indent=15, hanging=9, follow="space")),
    text_indent=12,
    lists=(Level(format="({1})", indent=8, hanging=8),),
    bullets=("•",),
    list_indent=7,
    appendix=Level(format="Appendix {1}"),
)


def look_of(**properties: Any) -> StyleSheet:
    base = {"base": Style(face="Arial", size=11, line_height=1.2)}
    return StyleSheet(**{"tables": {}, **properties, "styles": base | properties.get("styles", {})})


def rules_of(look: StyleSheet, numbering: Numbering = NUMBERING) -> dict[str, dict[str, str]]:
    """The declarations by selector; the selectors of a list each on their own, later rules over earlier ones."""
    found: dict[str, dict[str, str]] = {}
    for rule in tinycss2.parse_stylesheet(write_css(look, numbering), skip_whitespace=True, skip_comments=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        place = f"@{rule.at_keyword} " if rule.type == "at-rule" else ""
        declarations = {
            one.name: tinycss2.serialize(one.value).strip()
            for one in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
        }
        for selector in tinycss2.serialize(rule.prelude).split(", "):
            found.setdefault((place + selector.strip()).strip(), {}).update(declarations)
    return found


def of_role(**style: Any) -> dict[str, str]:
    return rules_of(look_of(styles={"note": Style(**style)}))[".role-note"]


def test_a_style_becomes_a_class_with_its_bases_properties() -> None:
    assert of_role(based_on="base", size=9, bold=True, italic=False, colour="#aabbcc", background="#ffffff") == {
        "font-family": '"Arial", "Liberation Sans", sans-serif',
        "font-size": "9pt",
        "font-weight": "bold",
        "font-style": "normal",
        "line-height": "1.2",
        "color": "#aabbcc",
        "background-color": "#ffffff",
    }


def test_a_style_says_only_what_is_set() -> None:
    assert of_role(italic=True) == {"font-style": "italic"}


def test_spaces_are_points_and_indents_millimetres() -> None:
    assert of_role(space_before=6, space_after=0, indent=4.5, hanging=4.5) == {
        "margin-top": "6pt",
        "margin-bottom": "0",
        "margin-left": "4.5mm",
        "text-indent": "-4.5mm",
    }


def test_a_style_can_centre_and_keep_paragraphs_together() -> None:
    assert of_role(align="centre", keep_with_next=True, keep_together=True, page_break_before=True) == {
        "text-align": "center",
        "break-after": "avoid",
        "break-inside": "avoid",
        "break-before": "page",
    }


def test_a_paragraph_that_never_begins_a_page_keeps_what_is_above_it() -> None:
    assert of_role(keep_with_previous=True) == {"break-before": "avoid"}
    assert of_role(keep_with_previous=True, page_break_before=True) == {"break-before": "page"}


def test_lines_above_and_below_stand_at_their_distance() -> None:
    assert of_role(rule_above=1, rule_below=0.5, rule_colour="#888888", rule_gap=3) == {
        "border-top": "1pt solid #888888",
        "padding-top": "3pt",
        "border-bottom": "0.5pt solid #888888",
        "padding-bottom": "3pt",
    }


def test_every_role_of_the_look_has_a_class(house: House) -> None:
    rules = rules_of(house.stylesheet)
    roles = [("role", house.stylesheet.styles), ("table", house.stylesheet.tables), ("panel", house.stylesheet.panels)]
    for kind, styles in roles:
        for role in styles:
            assert f".{class_name(kind, role)}" in rules


@pytest.mark.parametrize("medium", Medium)
def test_every_class_of_the_html_is_in_a_style_sheet_or_is_a_role_the_look_does_not_know(
    house: House, medium: Medium
) -> None:
    shared = write_css(house.stylesheet, house.config.numbering) + write_headers_footers_css(house.stylesheet)
    sheets = shared + write_screen_css(house.stylesheet) + write_page_css(house.stylesheet, "")
    known = set(re.findall(r"\.([A-Za-z][\w-]*)", sheets))
    used = {
        name
        for document in (sample_document(), finished(structured_paper(), house))
        for found in re.findall(r'class="([^"]*)"', html.render_html(document, house, medium))
        for name in found.split()
    }
    # What is entered has no look of its own: the PDF's structure goes by its class.
    assert used - known <= {"role-unheard-of", "box", "entry"}


def test_roles_with_signs_in_their_names_make_valid_classes() -> None:
    assert class_name("role", 'a "b" {c}') == "role-a--b---c-"


def test_names_of_faces_cannot_end_the_style_sheet() -> None:
    look = look_of(styles={"note": Style(face='x"; } </style>')})
    assert "</style>" not in write_css(look, NUMBERING)
    assert rules_of(look)[".role-note"].keys() == {"font-family"}


def test_a_face_brings_the_faces_with_its_metrics() -> None:
    assert similar_faces("Times New Roman") == ("Times New Roman", "Liberation Serif", "serif")
    assert similar_faces("Gill Sans") == ("Gill Sans", "sans-serif")


def test_numbers_hang_to_the_left_of_their_text() -> None:
    rules = rules_of(look_of())
    assert rules[".level-0"]["margin-left"] == "12mm"
    assert rules[".level-0 > .number"] == {"margin-left": "-12mm", "min-width": "12mm"}
    assert rules[".item-0 > .number"] == {"margin-left": "-8mm", "min-width": "8mm"}


def test_a_number_followed_by_a_space_takes_no_fixed_room() -> None:
    assert rules_of(look_of())[".level-1 > .number"] == {"margin-left": "-9mm", "display": "inline"}


def test_each_level_of_bullets_stands_deeper_and_less_so_in_cells() -> None:
    rules = rules_of(look_of())
    assert [rules[f".bullet-{depth}"]["margin-left"] for depth in (1, 2, 3)] == ["7mm", "14mm", "21mm"]
    assert [rules[f".cell-bullet-{depth}"]["margin-left"] for depth in (1, 2)] == ["4mm", "8mm"]


def test_a_styles_own_indent_overrides_that_of_the_text() -> None:
    written = write_css(look_of(styles={"note": Style(indent=3)}), NUMBERING)
    assert written.index("\n.inset ") < written.index(".role-note {") < written.index(".level-0")


def test_the_page_has_its_size_and_margins() -> None:
    page = Page(width=210, height=297, margin_top=20, margin_right=21, margin_bottom=22, margin_left=23)
    rules = rules_of(look_of(page=page))
    assert rules["@page"] == {"size": "210mm 297mm", "margin": "20mm 21mm 22mm 23mm"}


def test_a_landscape_page_is_the_page_on_its_side() -> None:
    page = Page(width=210, height=297, margin_top=20, margin_right=21, margin_bottom=22, margin_left=23)
    rules = rules_of(look_of(page=page))
    assert rules["@page landscape"] == {"size": "297mm 210mm", "margin": "23mm 20mm 21mm 22mm"}
    assert page.turned.text_width == 297 - 20 - 22


def test_header_and_footer_keep_their_distance_from_the_edges() -> None:
    written = write_headers_footers_css(look_of(page=Page(header=12, footer=9)))
    assert "padding: 12mm 0 0;" in written
    assert "padding: 0 0 9mm;" in written


def table_rules(style: TableStyle) -> dict[str, dict[str, str]]:
    return {
        selector.removeprefix(".table-data "): declarations
        for selector, declarations in rules_of(look_of(tables={"data": style})).items()
        if selector.startswith(".table-data")
    }


def test_lines_between_rows() -> None:
    rules = table_rules(TableStyle(rules="rows", rule_width=0.5, rule_colour="#888888"))
    assert rules["td"]["border-bottom"] == "0.5pt solid #888888"
    assert rules["thead th"]["border-top"] == "0.5pt solid #888888"
    assert "border-right" not in rules["td"]


def test_lines_around_every_cell() -> None:
    rules = table_rules(TableStyle(rules="all"))
    assert {"border-bottom", "border-right"} <= rules["td"].keys()
    assert "border-left" in rules["td:first-child"]


def test_a_line_around_the_table() -> None:
    rules = table_rules(TableStyle(rules="outer"))
    assert "border" in rules[".table-data"]
    assert "border-bottom" not in rules["td"]


def test_no_lines() -> None:
    assert not any("border" in name for rule in table_rules(TableStyle(rules="none")).values() for name in rule)


def test_above_a_table_with_a_caption_there_is_the_space_of_both_as_in_word() -> None:
    """On the table alone, where it falls together with what is below the block before and ends at a page's top."""
    look = look_of(styles={"caption": Style(space_before=6)}, tables={"data": TableStyle(space_before=4)})
    rules = rules_of(look)
    assert rules[".table-data"]["margin-top"] == "4pt"
    assert rules[".table-data.captioned"]["margin-top"] == "10pt"
    assert rules[".captioned > caption"]["margin-top"] == "0"


def test_header_and_groups_have_their_colours_and_cells_their_padding() -> None:
    style = TableStyle(
        header_background="#000001", header_colour="#000002", group_background="#000003", group_colour="#000004",
        padding=1.5, padding_above=2, size=9,
    )  # fmt: skip
    rules = table_rules(style)
    assert rules["thead tr"] == {"background-color": "#000001"}
    assert rules["thead tr p"] == {"color": "#000002"}
    assert rules[".group-heading th"] == {"background-color": "#000003"}
    assert rules[".group-heading th p"] == {"color": "#000004"}
    assert rules["td"]["padding"] == "2pt 1.5mm"
    assert rules["p"] == {"font-size": "9pt"}


def test_a_cells_role_colours_its_text_too() -> None:
    rules = rules_of(look_of(cells={"grade-4": CellStyle(background="#000001", colour="#000002", bold=False)}))
    assert rules[".cell-grade-4"] == {"background-color": "#000001"}
    assert rules[".cell-grade-4 p"] == {"color": "#000002", "font-weight": "normal"}


def test_a_panel_has_its_background_line_and_padding() -> None:
    panel = PanelStyle(
        background="#000001", rule_colour="#000002", rule_width=2, padding=3, space_before=4, space_after=5
    )
    assert rules_of(look_of(panels={"notice": panel}))[".panel-notice"] == {
        "margin-top": "4pt",
        "margin-bottom": "5pt",
        "padding": "3mm",
        "background-color": "#000001",
        "border-left": "2pt solid #000002",
    }


def test_numbers_of_contents_hang_as_far_as_their_role_says_and_a_line_without_one_begins_there() -> None:
    rules = rules_of(look_of(styles={"contents-2": Style(indent=26, hanging=14)}))
    assert rules[".role-contents-2"] == {"margin-left": "26mm", "text-indent": "0"}
    assert rules[".role-contents-2 > .number"] == {"margin-left": "-14mm", "min-width": "14mm"}
    assert rules[".role-contents-2.unnumbered"] == {"margin-left": "12mm"}


def test_on_a_screen_wide_tables_may_be_as_wide_as_a_landscape_page() -> None:
    look = look_of(page=Page(width=200, height=300, margin_left=20, margin_right=20, margin_top=30, margin_bottom=10))
    assert look.page.turned.width == 300
    beyond = "min(0px, (100% - min(300mm, 100vw - 4rem)) / 2)"
    assert f".landscape {{ margin-left: {beyond}; margin-right: {beyond}; }}" in write_screen_css(look)


def test_on_a_screen_lines_are_as_long_as_on_paper() -> None:
    assert "max-width: calc(160mm + 2rem)" in write_screen_css(look_of())


def test_the_style_sheet_does_not_depend_on_the_document(house: House) -> None:
    other = replace(house, page_css="")
    assert write_css(house.stylesheet, house.config.numbering) == write_css(other.stylesheet, other.config.numbering)
