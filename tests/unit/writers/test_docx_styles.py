"""The look becomes Word's styles: what look.yaml says of a role is what its style says."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from reportgen.document import Document, Panel, Span
from reportgen.house import House
from reportgen.house.styles import PanelStyle, Style, TableStyle
from reportgen.writers import docx
from tests.unit.writers.sample_tree import document_of, paragraph, sample_document, table_of, text
from tests.unit.writers.word import HOUSE, NAMES, part


def styles_of(document: Document, house: House = HOUSE) -> etree._Element:
    return part(document, "styles", house)


def changed(**look: object) -> House:
    """The base house with another look."""
    return House(
        HOUSE.config, HOUSE.stylesheet.model_copy(update=look), HOUSE.templates, HOUSE.page_css, HOUSE.location
    )


def with_style(role: str, style: Style) -> House:
    return changed(styles={**HOUSE.stylesheet.styles, role: style})


def named(styles: etree._Element, name: str) -> etree._Element:
    found = styles.xpath("w:style[w:name/@w:val=$name]", namespaces=NAMES, name=name)
    assert len(found) == 1, name
    return found[0]


def value(style: etree._Element, path: str) -> str | None:
    found = style.xpath(path, namespaces=NAMES)
    return str(found[0]) if found else None


STYLES = styles_of(sample_document())


@pytest.mark.parametrize("role", HOUSE.stylesheet.styles)
def test_every_role_has_a_style_of_the_name_and_the_size_in_the_look(role: str) -> None:
    declared = HOUSE.stylesheet.styles[role]
    style = named(STYLES, declared.name or "")
    size = f"{declared.size * 2:.0f}" if declared.size else None
    assert value(style, "w:rPr/w:sz/@w:val") == value(style, "w:rPr/w:szCs/@w:val") == size
    assert value(style, "w:rPr/w:color/@w:val") == (
        declared.colour.removeprefix("#").upper() if declared.colour else None
    )
    assert (value(style, "@w:type") == "paragraph") == (declared.based_on is not None or role == "base")


def test_a_style_says_only_what_it_changes_in_the_one_it_is_based_on() -> None:
    style = named(STYLES, "List Paragraph")
    assert value(style, "w:basedOn/@w:val") == "BodyText"
    assert [etree.QName(child).localname for child in style.find("w:pPr", NAMES)] == ["spacing"]
    assert style.find("w:rPr", NAMES) is None


def test_spaces_and_lines_are_in_points() -> None:
    spacing = named(STYLES, "heading 1").find("w:pPr/w:spacing", NAMES)
    assert {key.split("}")[1]: found for key, found in spacing.attrib.items()} == {
        "before": "280",
        "after": "120",
        "line": "299",  # 13 points × 1.15
        "lineRule": "atLeast",
    }


def test_a_style_that_changes_only_the_size_changes_the_height_of_its_lines() -> None:
    style = named(
        styles_of(document_of(), with_style("body", Style(name="Body Text", based_on="base", size=20))), "Body Text"
    )
    assert value(style, "w:pPr/w:spacing/@w:line") == "480"


def test_what_a_style_turns_off_is_off() -> None:
    style = named(
        styles_of(document_of(), with_style("appendix", Style(name="A", based_on="heading-1", bold=False))), "A"
    )
    assert value(style, "w:rPr/w:b/@w:val") == "0"


def test_lines_alignment_and_indent_are_words_own() -> None:
    look = Style(
        name="X",
        based_on="base",
        rule_below=1.5,
        rule_colour="#ff0000",
        rule_gap=4,
        align="centre",
        indent=10,
        hanging=5,
        background="#eeeeee",
    )
    style = named(styles_of(document_of(), with_style("x", look)), "X")
    line = style.find("w:pPr/w:pBdr/w:bottom", NAMES)
    assert [line.get(f"{{{NAMES['w']}}}{key}") for key in ("sz", "space", "color")] == ["12", "4", "FF0000"]
    assert value(style, "w:pPr/w:jc/@w:val") == "center"
    assert (value(style, "w:pPr/w:ind/@w:left"), value(style, "w:pPr/w:ind/@w:hanging")) == ("567", "283")
    assert value(style, "w:pPr/w:shd/@w:fill") == "EEEEEE"


def test_words_own_names_make_no_custom_styles() -> None:
    for name in (
        "Normal",
        "Title",
        "heading 1",
        "Body Text",
        "caption",
        "header",
        "List Paragraph",
        "Hyperlink",
        "Strong",
    ):
        assert value(named(STYLES, name), "@w:customStyle") is None
    assert value(named(STYLES, "Table Text"), "@w:customStyle") == "1"


def test_headings_have_their_level_in_the_outline() -> None:
    levels = {
        name: value(named(STYLES, name), "w:pPr/w:outlineLvl/@w:val")
        for name in ("Part Heading", "heading 1", "heading 2", "heading 3", "Body Text")
    }
    assert levels == {"Part Heading": "0", "heading 1": "0", "heading 2": "1", "heading 3": "2", "Body Text": None}


def test_names_and_ids_are_unique() -> None:
    house = with_style("second", Style(name="body TEXT", based_on="base"))
    styles = styles_of(sample_document(), house)
    for path in ("w:style/w:name/@w:val", "w:style/@w:styleId"):
        found = [str(one).casefold() for one in styles.xpath(path, namespaces=NAMES)]
        assert len(set(found)) == len(found)


def test_every_style_that_another_names_is_there() -> None:
    known = set(STYLES.xpath("w:style/@w:styleId", namespaces=NAMES))
    assert set(STYLES.xpath("w:style/w:basedOn/@w:val | w:style/w:next/@w:val", namespaces=NAMES)) <= known


def test_every_style_that_the_text_uses_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(sample_document(), HOUSE))) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "header2", "footer1")]
    used = {
        one
        for root in parts
        for one in root.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", namespaces=NAMES)
    }
    assert len(used) > 20
    assert used <= set(STYLES.xpath("w:style/@w:styleId", namespaces=NAMES))


def test_the_language_and_the_face_are_the_defaults_of_the_document() -> None:
    defaults = STYLES.find("w:docDefaults", NAMES)
    assert value(defaults, ".//w:lang/@w:val") == "en-GB"
    assert value(defaults, ".//w:rFonts/@w:ascii") == value(defaults, ".//w:rFonts/@w:cs") == "Liberation Sans"


def test_a_role_of_paragraphs_may_be_used_for_a_run_of_text() -> None:
    styles = styles_of(document_of(paragraph((Span("band", text("words")),))))
    kinds = {
        str(one.get(f"{{{NAMES['w']}}}type"))
        for one in styles.xpath("w:style[starts-with(w:name/@w:val, 'Band')]", namespaces=NAMES)
    }
    assert kinds == {"paragraph", "character"}


# ---- Tables and panels ----


@pytest.mark.parametrize(
    ("rules", "sides"),
    [
        ("all", ["top", "left", "bottom", "right", "insideH", "insideV"]),
        ("rows", ["top", "bottom", "insideH"]),
        ("outer", ["top", "left", "bottom", "right"]),
        ("none", []),
    ],
)
def test_the_lines_of_a_table_are_in_its_style(rules: str, sides: list[str]) -> None:
    house = changed(tables={"data": TableStyle(rules=rules, rule_width=1.0, rule_colour="#123456")})
    style = named(styles_of(document_of(), house), "Data Table")
    borders = style.xpath("w:tblPr/w:tblBorders/*", namespaces=NAMES)
    assert [etree.QName(one).localname for one in borders] == sides
    assert {one.get(f"{{{NAMES['w']}}}sz") for one in borders} <= {"8"}


def test_the_header_row_has_its_background_from_the_style() -> None:
    style = named(STYLES, "Data Table")
    background = HOUSE.stylesheet.tables["data"].header_background
    assert (
        value(style, "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd/@w:fill")
        == (background or "").removeprefix("#").upper()
    )


def test_a_tables_own_type_size_and_colours_are_styles_of_their_own() -> None:
    house = changed(tables={"data": TableStyle(size=8, header_colour="#ffffff")})
    styles = styles_of(document_of(table_of(1)), house)
    cell, header = named(styles, "Table Text Data"), named(styles, "Table Heading Data")
    assert (value(cell, "w:basedOn/@w:val"), value(cell, "w:rPr/w:sz/@w:val")) == ("TableText", "16")
    assert value(cell, "w:pPr/w:spacing/@w:line") == "184"  # 8 points × 1.15
    assert value(header, "w:rPr/w:color/@w:val") == "FFFFFF"


def test_a_panels_background_line_and_padding_are_in_the_style_of_its_paragraphs() -> None:
    look = PanelStyle(background="#ABCDEF", rule_colour="#112233", rule_width=3, padding=4)
    styles = styles_of(document_of(Panel("notice", (paragraph("words"),))), changed(panels={"notice": look}))
    style = named(styles, "Body Text Notice")
    assert value(style, "w:pPr/w:shd/@w:fill") == "ABCDEF"
    assert value(style, "w:pPr/w:pBdr/w:left/@w:color") == "112233"
    assert value(style, "w:pPr/w:pBdr/w:left/@w:space") == "11"
    assert value(style, "w:pPr/w:ind/@w:left") == "287"  # 4 millimetres and 3 points
