"""Narrative text → report markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from markupsafe import Markup

from reportgen.diagnostics import Location, Problems
from reportgen.document import Document, List, Metadata, Paragraph, Text, blocks_of, plain_text
from reportgen.house.styles import StyleSheet
from reportgen.inputs.source import SourceText, parse_yaml
from reportgen.model.base import Phrase, Prose
from reportgen.templating.document import build_document
from reportgen.templating.markup import parse_elements
from reportgen.templating.prose import ProseError, render_prose
from tests.small import LOOK, record

ORIGIN = re.compile(r' origin="[^"]*"')
VALUES = {
    "count": "8",
    "stars": "**8** _x_ [a](b)",
    "tag": "<b> & \"q\" 'a'",
    "ref": Markup('<ref to="plan"/>'),
    "link": "https://e.org/a?b=1&c=2",
    "braces": "{{ count }}",
    "map": Markup('<image name="map" alt="A map"><caption>The wards</caption></image>'),
}


def markup(text: str, kind: type[Prose] = Prose) -> str:
    """The markup of a text, without the origins."""
    return ORIGIN.sub(
        "", render_prose(kind(SourceText(text, Location("f.yaml", 1, 1))), lambda expression, _: VALUES[expression])
    )


def wrong_with(source: str, kind: type[Prose] = Prose) -> tuple[Location, str]:
    """The place and the message of what is wrong with the text under "key" in a YAML source."""
    data = parse_yaml(source, "f.yaml", Problems())
    assert data is not None
    text = data["key"]
    assert isinstance(text, SourceText)
    with pytest.raises(ProseError) as caught:
        render_prose(kind(text), lambda expression, _: VALUES[expression])
    assert caught.value.hint
    return caught.value.location, caught.value.message


# ---- The subset ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", "<p>One line.</p>"),
        ("Two\nlines.\n", "<p>Two lines.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("a **b** *c* ***d***", "<p>a <strong>b</strong> <em>c</em> <em><strong>d</strong></em></p>"),
        ("one\\\ntwo", "<p>one<br/>two</p>"),
        ("- a\n- b", "<list><item><p>a</p></item><item><p>b</p></item></list>"),
        ("- a\n\n- b\n", "<list><item><p>a</p></item><item><p>b</p></item></list>"),
        ("1. a\n2. b", '<list ordered="yes"><item><p>a</p></item><item><p>b</p></item></list>'),
        ("- a\n  - b\n", "<list><item><p>a</p><list><item><p>b</p></item></list></item></list>"),
        ("- a\n  1. b\n", '<list><item><p>a</p><list ordered="yes"><item><p>b</p></item></list></item></list>'),
        ("- a\n\n  more\n", "<list><item><p>a</p><p>more</p></item></list>"),
        ("[site](https://e.org/x?a=1&b=2)", '<p><link href="https://e.org/x?a=1&amp;b=2">site</link></p>'),
        ("[mail](mailto:a@example.org)", '<p><link href="mailto:a@example.org">mail</link></p>'),
        ("a paragraph {#here}", '<p anchor="here">a paragraph</p>'),
    ],
)
def test_the_markdown_subset(text: str, expected: str) -> None:
    assert markup(text) == expected


def test_a_simple_table_has_a_caption_made_of_its_heads() -> None:
    assert markup("| Area | **Cost** |\n|---|---|\n| A | 1 |\n| B | 2 |\n") == (
        "<table><caption>Area, Cost</caption>"
        '<column width="1">Area</column><column width="1"><strong>Cost</strong></column>'
        "<row><cell>A</cell><cell>1</cell></row><row><cell>B</cell><cell>2</cell></row></table>"
    )


def test_colons_below_the_head_of_a_table_say_where_the_text_of_a_column_stands() -> None:
    table = markup("| A | B | C | D |\n| --- | :--- | :---: | ---: |\n| 1 | 2 | 3 | 4 |\n")
    assert re.findall("<column.*?</column>", table) == [
        '<column width="1">A</column>',
        '<column width="1" align="left">B</column>',
        '<column width="1" align="centre">C</column>',
        '<column width="1" align="right">D</column>',
    ]
    assert "<row><cell>1</cell><cell>2</cell><cell>3</cell><cell>4</cell></row>" in table


@pytest.mark.parametrize(
    "text",
    [
        "Under\n=====",
        "Under\n-----",
        "> not a quotation",
        "<b>not HTML</b>",
        "<!-- no comment -->",
        "`no code`",
        "```\nno fence\n```",
        "***",
        "[no]: https://e.org",
        "&amp; &copy; &#65;",
        "a & b < c > d \"q\" 'a'",
        "https://e.org/a_b_c",
        "R&D_cost_2012",
        "5 * 3 * 2",
        "50% {not} {#an anchor}",
        "C:\\folder",
    ],
)
def test_what_is_not_in_the_subset_stays_as_it_was_typed(text: str) -> None:
    assert plain(markup(text)) == text.replace("\n", " ")


def plain(rendered: str) -> str:
    """The text of some block markup, as the tree has it."""
    return " ".join(plain_text(block.content) for block in blocks_of(tree(rendered)) if isinstance(block, Paragraph))


def tree(rendered: str) -> Document:
    problems = Problems()
    report = parse_elements(f"<report>{rendered}</report>", problems)
    assert report is not None
    look = record(StyleSheet, LOOK.replace("$ink", '"#101010"').replace("$face", "Liberation Sans"))
    document = build_document(report, Metadata("", "en", "", ""), look, problems)
    assert problems.found == []
    return document


def test_four_spaces_make_no_code_block() -> None:
    assert markup("One.\n\n    indented\n") == "<p>One.</p><p>indented</p>"


# ---- Values ----


def test_a_value_is_put_in_as_text() -> None:
    assert markup("{{ count }} of {{count}}") == "<p>8 of 8</p>"


def test_a_value_is_never_read_as_markdown_or_markup() -> None:
    assert markup("{{ stars }} {{ tag }}") == "<p>**8** _x_ [a](b) &lt;b&gt; &amp; \"q\" 'a'</p>"
    assert markup("{{ braces }}") == "<p>{{ count }}</p>"


def test_a_value_may_stand_in_emphasis_links_and_tables() -> None:
    assert markup("**{{ count }}**") == "<p><strong>8</strong></p>"
    assert markup("[{{ count }}]({{ link }})") == '<p><link href="https://e.org/a?b=1&amp;c=2">8</link></p>'
    assert "<cell>8</cell>" in markup("| a |\n|---|\n| {{ count }} |\n")


def test_a_reference_is_markup() -> None:
    assert markup("see {{ ref }}") == '<p>see <ref to="plan"/></p>'


@pytest.mark.parametrize("text", [r"\{{ signs }}", r"\{{", r"a \{{ b }} c"])
def test_escaped_braces_are_the_signs_themselves(text: str) -> None:
    assert plain(markup(text)) == text.replace("\\", "")


def test_escaped_signs_of_templates_are_text() -> None:
    assert plain(markup(r"\{% raw %\} \{# note #} \}}")) == "{% raw %} {# note #} }}"


def test_an_expression_knows_its_place() -> None:
    data = parse_yaml("key: |\n  First.\n\n  Then {{ a }} and\n  {{ b }}.\n", "f.yaml", Problems())
    assert data is not None
    text = data["key"]
    assert isinstance(text, SourceText)
    seen: list[tuple[str, Location]] = []

    def evaluate(expression: str, place: Location) -> str:
        seen.append((expression, place))
        return "x"

    render_prose(Prose(text), evaluate)
    assert seen == [("a", Location("f.yaml", 4, 8)), ("b", Location("f.yaml", 5, 3))]


# ---- Gaps and phrases ----


def test_a_gap_becomes_a_visible_placeholder() -> None:
    assert markup("?? the cost, from <finance>") == '<p><gap from="&lt;finance&gt;">the cost</gap></p>'
    assert markup("?? the cost", Phrase) == '<span role="phrase"><gap>the cost</gap></span>'


def test_a_phrase_is_inline() -> None:
    assert markup("note *the*\noutcome", Phrase) == '<span role="phrase">note <em>the</em> outcome</span>'


@pytest.mark.parametrize("text", ["- a\n- b", "| a |\n|---|\n| b |", "1. a"])
def test_a_phrase_holds_no_list_or_table(text: str) -> None:
    with pytest.raises(ProseError):
        markup(text, Phrase)


# ---- Origins ----


def test_every_block_carries_the_place_and_key_that_it_came_from() -> None:
    data = parse_yaml("sections:\n  - text: |\n      One.\n\n      - a\n      - b\n", "f.yaml", Problems())
    assert data is not None
    text = data["sections"][0]["text"]  # type: ignore[index]
    origins = [
        block.origin
        for block in blocks_of(tree(render_prose(Prose(text), lambda *_: "")))
        if isinstance(block, Paragraph | List)
    ]
    assert [(one.part, one.key, one.location) for one in origins if one] == [
        (0, "sections.0.text", Location("f.yaml", 3, 7)),
        (1, "sections.0.text", Location("f.yaml", 5, 7)),
        (2, "sections.0.text", Location("f.yaml", 5, 7)),
        (3, "sections.0.text", Location("f.yaml", 6, 7)),
    ]


def test_a_path_with_awkward_signs_comes_back_whole() -> None:
    path = "in & <out>/a:b \"c\" 'd'.yaml"
    document = tree(render_prose(Prose(SourceText("x", Location(path, 1, 1), "text")), lambda *_: ""))
    paragraph = document.body[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.origin is not None
    assert paragraph.origin.location.path == path


# ---- Mistakes ----


def test_an_expression_that_is_not_closed_is_an_error_at_its_braces() -> None:
    place, _ = wrong_with("key: |\n  {{ count }} and\n  then {{ count\n")
    assert place == Location("f.yaml", 3, 8)


@pytest.mark.parametrize("start", ["2", "1966", "0"])
def test_a_sentence_that_would_read_as_a_list_is_an_error_at_its_line(start: str) -> None:
    place, message = wrong_with(f"key: |\n  One.\n\n  {start}. was a good year\n")
    assert place == Location("f.yaml", 4, 3)
    assert f"'{start}.'" in message


def test_a_sentence_may_begin_with_a_number_when_it_is_escaped() -> None:
    assert markup("1966\\. was a good year") == "<p>1966. was a good year</p>"


@pytest.mark.parametrize("address", ["e.org", "javascript:x", "ftp://e.org", "/a/b", "file:///etc/passwd"])
def test_an_address_must_be_of_the_web_or_of_mail(address: str) -> None:
    try:
        rendered = markup(f"[x]({address})")
    except ProseError:
        return
    # The parser itself may refuse an address; then the text stays as typed.
    assert "<link" not in rendered


# ---- Nothing is lost ----


# markdown-it leaves out the cells for which there is no column.
def test_a_row_with_more_cells_than_columns_is_an_error_or_keeps_them() -> None:
    try:
        rendered = markup("| a | b |\n|---|---|\n| 1 | 2 | three |\n")
    except ProseError:
        return
    assert "three" in rendered


def test_a_line_break_in_a_links_text_parts_its_words() -> None:
    assert "onetwo" not in markup("[one\\\ntwo](https://e.org)")


def test_the_title_of_a_link_is_an_error_or_stays() -> None:
    try:
        rendered = markup('[here](https://e.org "The report")')
    except ProseError:
        return
    assert "The report" in rendered


# A link's text is plain, so the reference's markup would be printed as text.
def test_a_reference_in_a_links_text_is_an_error_or_a_number() -> None:
    try:
        rendered = markup("[see {{ ref }}](https://e.org)")
    except ProseError:
        return
    assert "&lt;ref" not in rendered


# Officers type a dash where there is nothing to say; Markdown reads it as an empty list.
@pytest.mark.parametrize("text", ["-", "1.", "- - -"])
def test_a_text_that_is_only_the_sign_of_a_list_is_an_error_or_stays(text: str) -> None:
    try:
        rendered = markup(text)
    except ProseError:
        return
    assert plain(rendered) == text


LETTERS = some.text(some.characters(categories=("L", "N", "P", "S", "Zs", "M")), min_size=1, max_size=60)


@given(LETTERS)
@example("a\u00adb")
@example("*a")
@example("a\\")
@settings(derandomize=True, max_examples=400, deadline=None)
def test_no_letter_of_a_text_is_ever_lost(text: str) -> None:
    """Markdown may take signs for emphasis or bullets, but never a letter."""
    text = text.replace("{{", "(").replace("](", "] (")
    if text.startswith("??"):
        text = text.replace("?", "!")
    try:
        rendered = markup(text)
    except ProseError:
        return
    assert letters_of(plain(rendered)) == letters_of(text)


def letters_of(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def test_a_text_of_one_paragraph_is_one_text_node() -> None:
    paragraph = tree(markup("a & b\nc < d")).body[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Text("a & b c < d"),)


# ---- Notes ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Said^[In a *letter* of {{ count }} pages.] so.",
            "<p>Said<note>In a <em>letter</em> of 8 pages.</note> so.</p>",
        ),
        ("Said[^a] so.\n\n[^a]: In a\n    letter.", "<p>Said<note>In a letter.</note> so.</p>"),
        ("- one[^a]\n- two\n\n[^a]: N", "<list><item><p>one<note>N</note></p></item><item><p>two</p></item></list>"),
        (r"A bracket \[^a] as typed.", "<p>A bracket [^a] as typed.</p>"),
    ],
)
def test_a_note_stands_where_it_is_referred_to(text: str, expected: str) -> None:
    assert markup(text) == expected


def test_a_phrase_may_have_a_note() -> None:
    assert markup("note it^[Or not.]", Phrase) == '<span role="phrase">note it<note>Or not.</note></span>'


@pytest.mark.parametrize(
    ("source", "place", "message"),
    [
        ("key: |\n  One.\n  Two[^a].\n", "3:6", "there is no note '[^a]'"),
        ("key: |\n  One.\n\n  [^a]: Two.\n", "4:3", "nothing refers to the note '[^a]'"),
        ("key: |\n  One[^a] and[^a].\n\n  [^a]: Two.\n", "2:6", "the note '[^a]' is referred to twice"),
        ("key: |\n  One[^a].\n\n  [^a]: Two.\n\n      Three.\n", "2:6", "the note '[^a]' is no single paragraph"),
        ("key: |\n  One[^a].\n\n  [^a]: See **this.\n", "4:13", "'**' is opened or closed here without the other"),
    ],
)
def test_a_note_that_would_be_lost_is_refused(source: str, place: str, message: str) -> None:
    found, words = wrong_with(source)
    assert (f"{found.line}:{found.column}", words) == (place, message)


# ---- Pictures and captions ----


def test_a_picture_takes_a_paragraph_of_its_own() -> None:
    assert markup("One.\n\n{{ map }}\n\nTwo.") == f"<p>One.</p>{VALUES['map']}<p>Two.</p>"
    assert 'origin="1:1:0::f.yaml" name="map"' in render_prose(
        Prose(SourceText("{{ map }}", Location("f.yaml", 1, 1))), lambda expression, _: VALUES[expression]
    )


def test_a_picture_within_a_sentence_is_refused() -> None:
    found, words = wrong_with("key: |\n  One.\n\n  See {{ map }} here.\n")
    assert (found.line, words) == (4, "a picture stands within a paragraph here")


def test_a_table_takes_the_caption_above_it() -> None:
    table = '<column width="1">A</column><row><cell><p>1</p></cell></row></table>'.replace("<p>1</p>", "1")
    assert markup("Table: Costs in *2023* {#costs}\n\n| A |\n|---|\n| 1 |") == (
        f'<table anchor="costs" show-caption="yes"><caption>Costs in <em>2023</em></caption>{table}'
    )
    assert markup("| A |\n|---|\n| 1 |") == f"<table><caption>A</caption>{table}"


def test_a_caption_without_a_table_is_refused_and_may_be_escaped() -> None:
    found, words = wrong_with("key: |\n  One.\n\n  Table: Costs\n\n  Two.\n")
    assert (found.line, words) == (4, "'Table:' begins the caption of a table; none follows")
    assert markup(r"Table\: a word.") == "<p>Table: a word.</p>"
