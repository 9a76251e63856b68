"""An author's text becomes nodes of the document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems
from reportgen.inputs.source import SourceText, parse_yaml
from reportgen.model.base import Phrase, Prose
from reportgen.templating.prose import ProseError, ProseNodes, Value, convert_prose

HERE = Location("f.yaml", 1, 1)
MAP = nodes.Figure(nodes.Image("map", b"", "image/png", 1, 1), "A map", (nodes.Text("The wards"),), "map")
VALUES: dict[str, Value] = {
    "count": (nodes.Text("8"),),
    "stars": (nodes.Text("**8** _x_ [a](b)"),),
    "tag": (nodes.Text("<b> & \"q\" 'a'"),),
    "ref": (nodes.CrossReference("plan", HERE),),
    "link": (nodes.Text("https://e.org/a?b=1&c=2"),),
    "braces": (nodes.Text("{{ count }}"),),
    "map": (MAP,),
}


def convert(text: str, kind: type[Prose] = Prose) -> ProseNodes:
    return convert_prose(kind(SourceText(text, HERE)), lambda expression, _: VALUES[expression])


def written(text: str, kind: type[Prose] = Prose) -> str:
    """What a text becomes, as HTML without escapes."""
    converted = convert(text, kind)
    return "".join(map(block_as_html, converted.blocks)) + line_as_html(converted.inlines)


def block_as_html(block: nodes.Block) -> str:
    match block:
        case nodes.Paragraph():
            return f"<p{block.anchor and f' id={block.anchor}'}>{line_as_html(block.content)}</p>"
        case nodes.List():
            items = ("".join(map(block_as_html, item.content)) for item in block.items)
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
        case nodes.Table():
            head = "".join(
                f"<th{one.align and f' {one.align}'}>{line_as_html(one.header)}</th>" for one in block.columns
            )
            rows = (["".join(map(block_as_html, cell.content)) for cell in row.cells] for row in block.groups[0].rows)
            body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
            anchor = f" id={block.anchor}" if block.anchor else ""
            shown = " shown" if block.show_caption else ""
            return (
                f"<table{anchor}><caption{shown}>{line_as_html(block.caption)}</caption><tr>{head}</tr>{body}</table>"
            )
        case nodes.Figure():
            return f"<figure {block.anchor}>"
    raise AssertionError(block)


def line_as_html(content: nodes.Inlines) -> str:
    return "".join(map(inline_as_html, content))


def inline_as_html(inline: nodes.Inline) -> str:
    match inline:
        case nodes.Text():
            return inline.text
        case nodes.Span():
            return f"<{inline.role}>{line_as_html(inline.content)}</{inline.role}>"
        case nodes.Link():
            return f"<a {inline.href}>{inline.text}</a>"
        case nodes.CrossReference():
            return f"<ref {inline.target}>"
        case nodes.Footnote():
            return f"<note>{line_as_html(inline.content)}</note>"
        case nodes.Placeholder():
            return inline.text
        case nodes.LineBreak():
            return "<br>"
    raise AssertionError(inline)


def wrong_with(source: str, kind: type[Prose] = Prose) -> tuple[Location, str]:
    """The place and the message of what is wrong with the text under "key" in a YAML source."""
    data = parse_yaml(source, "f.yaml", Problems())
    assert data is not None
    text = data["key"]
    assert isinstance(text, SourceText)
    with pytest.raises(ProseError) as caught:
        convert_prose(kind(text), lambda expression, _: VALUES[expression])
    assert caught.value.hint
    return caught.value.location, caught.value.message


# ---- The subset ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", "<p>One line.</p>"),
        ("Two\nlines.\n", "<p>Two lines.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        (
            "a **b** *c* ***d***",
            "<p>a <strong>b</strong> <emphasis>c</emphasis> <emphasis><strong>d</strong></emphasis></p>",
        ),
        ("one\\\ntwo", "<p>one<br>two</p>"),
        ("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("1. a\n2. b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        ("- a\n  - b\n", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("- a\n  1. b\n", "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul>"),
        ("- a\n\n  more\n", "<ul><li><p>a</p><p>more</p></li></ul>"),
        ("[site](https://e.org/x?a=1&b=2)", "<p><a https://e.org/x?a=1&b=2>site</a></p>"),
        ("[mail](mailto:a@example.org)", "<p><a mailto:a@example.org>mail</a></p>"),
        ("a paragraph {#here}", "<p id=here>a paragraph</p>"),
    ],
)
def test_the_markdown_subset(text: str, expected: str) -> None:
    assert written(text) == expected


def test_a_simple_table_has_a_caption_made_of_its_heads() -> None:
    assert written("| Area | **Cost** |\n|---|---|\n| A | 1 |\n| B | |\n") == (
        "<table><caption>Area, Cost</caption><tr><th>Area</th><th><strong>Cost</strong></th></tr>"
        "<tr><td><p>A</p></td><td><p>1</p></td></tr><tr><td><p>B</p></td><td></td></tr></table>"
    )


def test_colons_below_the_head_of_a_table_say_where_the_text_of_a_column_stands() -> None:
    table = written("| A | B | C | D |\n| --- | :--- | :---: | ---: |\n| 1 | 2 | 3 | 4 |\n")
    assert "<th>A</th><th left>B</th><th centre>C</th><th right>D</th>" in table


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
    assert plain(text) == text.replace("\n", " ")


def plain(text: str) -> str:
    """The words of a text's paragraphs."""
    paragraphs = [one for block in convert(text).blocks for one in nodes.walk(block)]
    return " ".join(nodes.plain_text(one.content) for one in paragraphs if isinstance(one, nodes.Paragraph))


def test_four_spaces_make_no_code_block() -> None:
    assert written("One.\n\n    indented\n") == "<p>One.</p><p>indented</p>"


# ---- Values ----


def test_a_value_is_put_in_as_text() -> None:
    assert written("{{ count }} of {{count}}") == "<p>8 of 8</p>"


def test_a_value_is_never_read_as_markdown_or_written() -> None:
    assert written("{{ stars }} {{ tag }}") == "<p>**8** _x_ [a](b) <b> & \"q\" 'a'</p>"
    assert written("{{ braces }}") == "<p>{{ count }}</p>"


def test_a_value_may_stand_in_emphasis_links_and_tables() -> None:
    assert written("**{{ count }}**") == "<p><strong>8</strong></p>"
    assert written("[{{ count }}]({{ link }})") == "<p><a https://e.org/a?b=1&c=2>8</a></p>"
    assert "<td><p>8</p></td>" in written("| a |\n|---|\n| {{ count }} |\n")


def test_a_reference_stands_in_a_line() -> None:
    assert written("see {{ ref }}, *{{ ref }}*") == "<p>see <ref plan>, <emphasis><ref plan></emphasis></p>"


@pytest.mark.parametrize("text", [r"\{{ signs }}", r"\{{", r"a \{{ b }} c"])
def test_escaped_braces_are_the_signs_themselves(text: str) -> None:
    assert plain(text) == text.replace("\\", "")


def test_escaped_signs_of_templates_are_text() -> None:
    assert plain(r"\{% raw %\} \{# note #} \}}") == "{% raw %} {# note #} }}"


def test_an_expression_knows_its_place() -> None:
    data = parse_yaml("key: |\n  First.\n\n  Then {{ a }} and\n  {{ b }}.\n", "f.yaml", Problems())
    assert data is not None
    text = data["key"]
    assert isinstance(text, SourceText)
    seen: list[tuple[str, Location]] = []

    def evaluate(expression: str, place: Location) -> Value:
        seen.append((expression, place))
        return (nodes.Text("x"),)

    convert_prose(Prose(text), evaluate)
    assert seen == [("a", Location("f.yaml", 4, 8)), ("b", Location("f.yaml", 5, 3))]


# ---- Gaps and phrases ----


def test_a_gap_becomes_a_visible_placeholder() -> None:
    gap = nodes.Placeholder("the cost", "<finance>")
    assert convert("?? the cost, from <finance>").blocks == (nodes.Paragraph((gap,), origin=nodes.SourceRef(HERE, "")),)
    assert convert("?? the cost", Phrase).inlines == (
        nodes.Span("phrase", (nodes.Placeholder("the cost"),), nodes.SourceRef(HERE, "")),
    )


def test_a_phrase_is_inline() -> None:
    assert written("note *the*\noutcome", Phrase) == "<phrase>note <emphasis>the</emphasis> outcome</phrase>"


@pytest.mark.parametrize("text", ["- a\n- b", "| a |\n|---|\n| b |", "1. a"])
def test_a_phrase_holds_no_list_or_table(text: str) -> None:
    with pytest.raises(ProseError):
        written(text, Phrase)


# ---- Origins ----


def test_every_block_carries_the_place_and_key_that_it_came_from() -> None:
    data = parse_yaml("sections:\n  - text: |\n      One.\n\n      - a\n      - b\n", "f.yaml", Problems())
    assert data is not None
    text = data["sections"][0]["text"]  # type: ignore[index]
    blocks = [one for block in convert_prose(Prose(text), lambda *_: ()).blocks for one in nodes.walk(block)]
    origins = [block.origin for block in blocks if isinstance(block, nodes.Paragraph | nodes.List)]
    assert [(one.part, one.key, one.location) for one in origins if one] == [
        (0, "sections.0.text", Location("f.yaml", 3, 7)),
        (1, "sections.0.text", Location("f.yaml", 5, 7)),
        (2, "sections.0.text", Location("f.yaml", 5, 7)),
        (3, "sections.0.text", Location("f.yaml", 6, 7)),
    ]


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
    assert written("1966\\. was a good year") == "<p>1966. was a good year</p>"


@pytest.mark.parametrize("address", ["e.org", "javascript:x", "ftp://e.org", "/a/b", "file:///etc/passwd"])
def test_an_address_must_be_of_the_web_or_of_mail(address: str) -> None:
    try:
        rendered = written(f"[x]({address})")
    except ProseError:
        return
    # The parser itself may refuse an address; then the text stays as typed.
    assert "<a " not in rendered


# ---- Nothing is lost ----


# markdown-it leaves out the cells for which there is no column.
def test_a_row_with_more_cells_than_columns_is_an_error_or_keeps_them() -> None:
    try:
        rendered = written("| a | b |\n|---|---|\n| 1 | 2 | three |\n")
    except ProseError:
        return
    assert "three" in rendered


def test_a_line_break_in_a_links_text_parts_its_words() -> None:
    assert "onetwo" not in written("[one\\\ntwo](https://e.org)")


def test_the_title_of_a_link_is_an_error_or_stays() -> None:
    try:
        rendered = written('[here](https://e.org "The report")')
    except ProseError:
        return
    assert "The report" in rendered


# A link's text is plain, so the reference would be lost.
def test_a_reference_in_a_links_text_is_an_error_or_a_number() -> None:
    try:
        rendered = written("[see {{ ref }}](https://e.org)")
    except ProseError:
        return
    assert "<ref" not in rendered


# Officers type a dash where there is nothing to say; Markdown reads it as an empty list.
@pytest.mark.parametrize("text", ["-", "1.", "- - -"])
def test_a_text_that_is_only_the_sign_of_a_list_is_an_error_or_stays(text: str) -> None:
    try:
        words = plain(text)
    except ProseError:
        return
    assert words == text


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
        words = plain(text)
    except ProseError:
        return
    assert letters_of(words) == letters_of(text)


def letters_of(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def test_a_text_of_one_paragraph_is_one_text_node() -> None:
    (paragraph,) = convert("a & b\nc < d").blocks
    assert isinstance(paragraph, nodes.Paragraph)
    assert paragraph.content == (nodes.Text("a & b c < d"),)


# ---- Notes ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Said^[In a *letter* of {{ count }} pages.] so.",
            "<p>Said<note>In a <emphasis>letter</emphasis> of 8 pages.</note> so.</p>",
        ),
        ("Said[^a] so.\n\n[^a]: In a\n    letter.", "<p>Said<note>In a letter.</note> so.</p>"),
        ("- one[^a]\n- two\n\n[^a]: N", "<ul><li><p>one<note>N</note></p></li><li><p>two</p></li></ul>"),
        (r"A bracket \[^a] as typed.", "<p>A bracket [^a] as typed.</p>"),
    ],
)
def test_a_note_stands_where_it_is_referred_to(text: str, expected: str) -> None:
    assert written(text) == expected


def test_a_phrase_may_have_a_note() -> None:
    assert written("note it^[Or not.]", Phrase) == "<phrase>note it<note>Or not.</note></phrase>"


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
    assert written("One.\n\n{{ map }}\n\nTwo.") == "<p>One.</p><figure map><p>Two.</p>"
    assert convert("{{ map }}").blocks == (replace(MAP, origin=nodes.SourceRef(HERE, "")),)


def test_a_picture_within_a_sentence_is_refused() -> None:
    found, words = wrong_with("key: |\n  One.\n\n  See {{ map }} here.\n")
    assert (found.line, words) == (4, "a picture stands within a paragraph here")
    assert wrong_with("key: |\n  | A |\n  |---|\n  | {{ map }} |\n")[1] == words
    assert wrong_with("key: '**{{ map }}**'\n")[1] == words


def test_a_table_within_a_list_is_refused() -> None:
    found, words = wrong_with("key: |\n  - One.\n\n    | A |\n    |---|\n    | 1 |\n")
    assert (found.line, words) == (2, "a table stands in an item of a list")


def test_a_table_takes_the_caption_above_it() -> None:
    table = "<tr><th>A</th></tr><tr><td><p>1</p></td></tr></table>"
    captioned = "<table id=costs><caption shown>Costs in <emphasis>2023</emphasis></caption>"
    assert written("Table: Costs in *2023* {#costs}\n\n| A |\n|---|\n| 1 |") == captioned + table
    assert written("| A |\n|---|\n| 1 |") == f"<table><caption>A</caption>{table}"


def test_a_caption_without_a_table_is_refused_and_may_be_escaped() -> None:
    found, words = wrong_with("key: |\n  One.\n\n  Table: Costs\n\n  Two.\n")
    assert (found.line, words) == (4, "'Table:' begins the caption of a table; none follows")
    assert written(r"Table\: a word.") == "<p>Table: a word.</p>"
