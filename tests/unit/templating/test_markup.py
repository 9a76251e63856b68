"""Report markup is parsed strictly: what is unknown or misplaced is an error with its place."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import List, Paragraph, Span, Text
from reportgen.templating.markup import BLOCK, INLINE, SHAPES, Element, RenderedMarkup, parse_markup
from reportgen.templating.prose import ProseNodes


def parse(markup: str) -> Element:
    problems = Problems()
    report = parse_markup(RenderedMarkup(markup), problems)
    assert problems.found == []
    return report


def wrong_with(markup: str) -> list[str]:
    """What is wrong with some markup, as "path:line:column message"."""
    problems = Problems()
    with pytest.raises(Rejected):
        parse_markup(RenderedMarkup(markup), problems)
    assert {one.code for one in problems.found} == {"RG032"}
    return [f"{one.location} {one.message}" for one in problems.found]


def test_elements_keep_their_attributes_text_and_order() -> None:
    report = parse('<report><p role="title">a <em>b</em> c</p><pagebreak/></report>')
    title, page_break = report.elements()
    assert (title.tag, title.attributes, page_break.tag) == ("p", {"role": "title"}, "pagebreak")
    assert [child if isinstance(child, str) else child.tag for child in title.children] == ["a ", "em", " c"]


def test_white_space_of_the_template_counts_as_one_space() -> None:
    assert parse("<report><p>a\n\t   b</p></report>").elements("p")[0].children == ["a b"]


def test_a_space_that_must_not_break_stays_as_it_is() -> None:
    assert parse("<report><p>a\u00a0b\u2009c</p></report>").elements("p")[0].children == ["a\u00a0b\u2009c"]


def test_an_element_knows_where_it_was_written() -> None:
    report = parse('<report at="1:1:a/b:c.xml.j2"><p at="4:7:a/b:c.xml.j2">x</p></report>')
    assert report.elements()[0].location == Location("a/b:c.xml.j2", 4, 7)
    assert "at" not in report.elements()[0].attributes


PARAGRAPH = ProseNodes(blocks=(Paragraph((Text("x"),)),))
LIST = ProseNodes(blocks=(Paragraph((Text("x"),)), List(())))
PHRASE = ProseNodes(inlines=(Span("phrase", (Text("x"),)),))


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("{}", PARAGRAPH),
        ("<ul><li>{}</li></ul>", LIST),
        ("<p>{}</p>", PHRASE),
        ("<p><clause end='.'>{}</clause></p>", PHRASE),
    ],
)
def test_a_text_stands_where_its_element_stands(inside: str, text: ProseNodes) -> None:
    problems = Problems()
    markup = f"<report>{inside}</report>".replace("{}", "<prose ref='0'/>")
    element = parse_markup(RenderedMarkup(markup, [text]), problems)
    assert problems.found == []
    while element is not None and element.tag != "prose":
        element = element.elements()[0]
    assert element is not None
    assert element.prose is text


@pytest.mark.parametrize(
    ("inside", "text"),
    [("<p at='2:5:t'>{}</p>", PARAGRAPH), ("<ul at='2:5:t'>{}</ul>", PHRASE), ("<p><em at='2:5:t'>{}</em></p>", LIST)],
)
def test_a_text_where_none_may_stand_is_an_error_of_the_template(inside: str, text: ProseNodes) -> None:
    problems = Problems()
    markup = f"<report>{inside}</report>".replace("{}", "<prose ref='0'/>")
    with pytest.raises(Rejected):
        parse_markup(RenderedMarkup(markup, [text]), problems)
    assert [str(one.location) for one in problems.found] == ["t:2:5"]
    assert problems.found[0].message.startswith("a text of paragraphs or lists is printed inside <")


@pytest.mark.parametrize("ref", ["0", "-1", "x", "²"])
def test_a_template_cannot_ask_for_a_text_that_was_not_printed(ref: str) -> None:
    assert wrong_with(f"<report><prose at='2:5:t' ref='{ref}'/></report>") == ["t:2:5 <prose> stands for no text"]


def test_an_element_without_a_mark_has_its_parents_place() -> None:
    assert parse('<report at="3:1:t"><p><em>x</em></p></report>').elements()[0].elements()[0].location == Location(
        "t", 3, 1
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<paragraph at='2:5:t'>x</paragraph>",
        "<li at='2:5:t'>x</li>",
        "<section><h1>h</h1><tr at='2:5:t'/></section>",
        "<p><p at='2:5:t'>x</p></p>",
        "<p><ul at='2:5:t'/></p>",
        "<ul><p at='2:5:t'>x</p></ul>",
        "<table><td at='2:5:t'/></table>",
        "<table><tr><td><table at='2:5:t'/></td></tr></table>",
        "<front><section at='2:5:t'><h1>h</h1></section></front>",
        "<appendix><h1>h</h1><appendix at='2:5:t'/></appendix>",
        "<p><a href='https://e.org'><em at='2:5:t'>x</em></a></p>",
        "<aside role='notice'><table at='2:5:t'/></aside>",
    ],
)
def test_an_element_that_is_unknown_or_misplaced_is_an_error_where_it_was_written(inside: str) -> None:
    wrong = wrong_with(f"<report at='1:1:t'>{inside}</report>")
    assert len(wrong) == 1
    assert wrong[0].startswith("t:2:5 <")


@pytest.mark.parametrize(
    "element",
    [
        "<p style='x' at='2:5:t'>x</p>",
        "<p Role='body' at='2:5:t'>x</p>",
        "<pagebreak role='x' at='2:5:t'/>",
        "<p><em role='x' at='2:5:t'>x</em></p>",
    ],
)
def test_an_unknown_attribute_is_an_error(element: str) -> None:
    assert wrong_with(f"<report>{element}</report>")[0].startswith("t:2:5 <")


@pytest.mark.parametrize(
    "element",
    [
        "<aside at='2:5:t'/>",
        "<chart alt=' ' at='2:5:t'/>",
        "<signature at='2:5:t'/>",
        "<p><span at='2:5:t'>x</span></p>",
        "<p><a at='2:5:t'>x</a></p>",
        "<p><ref at='2:5:t'/></p>",
    ],
)
def test_an_attribute_that_an_element_needs_must_be_there(element: str) -> None:
    assert wrong_with(f"<report>{element}</report>")[0].startswith("t:2:5 ")


@pytest.mark.parametrize(
    "element",
    ["<ul at='2:5:t'>x</ul>", "<section at='2:5:t'>x</section>", "<table><tr at='2:5:t'>x</tr></table>"],
)
def test_text_outside_paragraphs_is_an_error(element: str) -> None:
    assert wrong_with(f"<report>{element}</report>")[0].startswith("t:2:5 the text 'x'")


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ("<report at='1:1:t'><p at='2:5:t'>x</report>", "t:2:5"),
        ("<report at='1:1:t'><p at='2:5:t'><em at='3:1:t'>x</p></em></report>", "t:3:1"),
        ("<report at='1:1:t'><p at='2:5:t'>x</p>", "t:1:1"),
        ("<report at='1:1:t'><p at='2:5:t'>a & b</p></report>", "t:2:5"),
        ("<report at='1:1:t'><p at='2:5:t'>x</p></report><report/>", "t:1:1"),
    ],
)
def test_markup_that_is_not_well_formed_is_told_at_the_element_that_was_open(markup: str, place: str) -> None:
    wrong = wrong_with(markup)
    assert len(wrong) == 1
    assert wrong[0].startswith(f"{place} ")


def test_the_template_must_begin_with_a_report() -> None:
    assert wrong_with("<p at='2:5:t'>x</p>")[0].startswith("t:2:5 ")


@pytest.mark.parametrize("markup", ["", "   ", "only text"])
def test_a_template_that_gives_no_markup_is_an_error(markup: str) -> None:
    assert len(wrong_with(markup)) == 1


def test_a_document_type_is_refused_before_its_entities_are_read() -> None:
    bomb = '<!DOCTYPE report [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><report><p>&b;</p></report>'
    assert wrong_with(bomb) == ["the rendered markup:1 a document type is not allowed"]


def test_every_mistake_in_well_formed_markup_is_told() -> None:
    assert len(wrong_with("<report><p wrong='1'>x</p><li/><aside/></report>")) == 3


def test_comments_and_processing_instructions_say_nothing() -> None:
    assert parse("<?xml version='1.0'?><report><!-- c --><p>a<!-- c -->b</p></report>").elements()[0].children == ["ab"]


def test_every_element_that_may_stand_somewhere_has_a_shape() -> None:
    assert {name for shape in SHAPES.values() for name in shape.children} | {"report", "prose"} == set(SHAPES)
    assert set(SHAPES) > BLOCK | INLINE
