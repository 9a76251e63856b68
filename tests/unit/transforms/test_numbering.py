"""Numbers of sections, paragraphs, list items and appendices, in each of the schemes that houses use."""

from __future__ import annotations

import pytest

from reportgen.document import Document, Number, Paragraph, Section
from reportgen.house.config import Numbering
from reportgen.transforms.numbering import format_count, number_document
from tests.small import record
from tests.unit.transforms.trees import bullets, document, fields, numbers, ordered, p, panel, s, table

COMMON = """
bullets: ["•"]
appendix: {format: "Appendix {1}"}
lists:
  - {format: "({1})", counter: lower-letter}
  - {format: "({2})", counter: lower-roman}
  - {format: "{3}."}
  - {format: "{4})", role: options}
"""
PARTS = """
levels: [{format: ""}, {format: "{1}.{2}"}, {format: "{1}.{2}.{3}"}]
sections: 2
paragraphs: [recommendation]
"""
CONTINUOUS = """
levels: [{format: "{1}."}]
sections: 0
paragraphs: [body, lead-in]
"""
DEEP = """
levels: [{format: "{1}.0"}, {format: "{1}.{2}"}, {format: "{1}.{2}.{3}"}]
sections: 2
paragraphs: [body, lead-in]
"""
STANDARD = """
levels: [{format: "{1}"}, {format: "{1}.{2}"}]
sections: 1
paragraphs: [body, lead-in]
"""


def numbered(tree: Document, scheme: str, common: str = COMMON) -> Document:
    return number_document(tree, record(Numbering, scheme + common))


# ---- The four schemes ----


def test_in_parts_the_part_counts_without_a_number_and_recommendations_stand_on_the_third_level() -> None:
    tree = document(
        s(
            "PART 1",
            s("Purpose", p("a")),
            s("Recommendations", p("to:", "lead-in"), p("x", "recommendation"), p("y", "recommendation")),
            role="part",
        ),
        s("PART 2", s("Finance", p("b")), s("Legal", p("c")), role="part"),
    )
    assert numbers(numbered(tree, PARTS)) == [
        " PART 1",
        "1.1 Purpose",
        "1.2 Recommendations",
        "1.2.1 x",
        "1.2.2 y",
        " PART 2",
        "2.1 Finance",
        "2.2 Legal",
    ]


def test_with_no_counted_sections_paragraphs_run_on_to_the_end() -> None:
    tree = document(
        s("Purpose", p("a"), p("b")),
        s("Background", p("c", "lead-in"), bullets("not counted"), s("Deeper", p("d")), p("e")),
        s("Law", p("f")),
    )
    assert numbers(numbered(tree, CONTINUOUS)) == [
        "- Purpose",
        "1. a",
        "2. b",
        "- Background",
        "3. c",
        "*",
        "- Deeper",
        "4. d",
        "5. e",
        "- Law",
        "6. f",
    ]


def test_sections_of_two_levels_share_one_count_with_the_paragraphs_beside_them() -> None:
    tree = document(
        s("BACKGROUND", p("a"), p("b")),
        s("FINDINGS", p("c", "lead-in"), s("Strengths", p("d"), p("e")), s("Improvement", p("f")), p("g")),
    )
    assert numbers(numbered(tree, DEEP)) == [
        "1.0 BACKGROUND",
        "1.1 a",
        "1.2 b",
        "2.0 FINDINGS",
        "2.1 c",
        "2.2 Strengths",
        "2.2.1 d",
        "2.2.2 e",
        "2.3 Improvement",
        "2.3.1 f",
        "2.4 g",
    ]


def test_below_the_counted_sections_paragraphs_go_on_counting_under_plain_headings() -> None:
    tree = document(s("Purpose", p("a")), s("Background", p("b"), s("Strengths", p("c")), p("d")), s("Options", p("e")))
    assert numbers(numbered(tree, STANDARD)) == [
        "1 Purpose",
        "1.1 a",
        "2 Background",
        "2.1 b",
        "- Strengths",
        "2.2 c",
        "2.3 d",
        "3 Options",
        "3.1 e",
    ]


# ---- What is counted ----


def test_a_section_or_paragraph_may_say_that_it_takes_no_number() -> None:
    tree = document(
        s("One", p("a"), p("b", numbered=False), p("c")), s("Aside", p("d"), numbered=False), s("Two", p("e"))
    )
    assert numbers(numbered(tree, STANDARD)) == ["1 One", "1.1 a", "1.2 c", "- Aside", "2 d", "3 Two", "3.1 e"]


def test_only_paragraphs_of_the_named_roles_are_counted() -> None:
    tree = document(s("One", p("a", "contact"), p("b", "lead-in"), p("c", "band"), p("d")))
    assert numbers(numbered(tree, STANDARD)) == ["1 One", "1.1 b", "1.2 d"]


def test_paragraphs_in_lists_tables_fields_and_panels_are_not_counted() -> None:
    tree = document(s("One", bullets("a"), table(p("b")), fields(p("c")), panel(p("d")), p("e")))
    assert numbers(numbered(tree, STANDARD)) == ["1 One", "*", "1.1 e"]


def test_paragraphs_outside_sections_and_in_front_are_not_counted() -> None:
    tree = document(p("a"), s("One", p("b")), p("c"), front=(p("d"),))
    assert numbers(numbered(tree, CONTINUOUS)) == ["- One", "1. b"]


def test_a_paragraph_deeper_than_the_scheme_goes_has_no_number() -> None:
    tree = document(s("One", s("Two", p("a"))))
    scheme = 'levels: [{format: "{1}"}, {format: "{1}.{2}"}]\nsections: 2\nparagraphs: [body]\n'
    assert numbers(numbered(tree, scheme)) == ["1 One", "1.1 Two"]


def test_numbering_changes_nothing_but_numbers() -> None:
    tree = document(
        s("One", p("a"), ordered("b"), anchor="one"), front=(p("c"),), appendices=(s("A", p("d"), role="appendix"),)
    )
    again = numbered(numbered(tree, STANDARD), STANDARD)
    assert again == numbered(tree, STANDARD)
    assert tree == document(
        s("One", p("a"), ordered("b"), anchor="one"), front=(p("c"),), appendices=(s("A", p("d"), role="appendix"),)
    )


# ---- What a number knows ----


def test_a_number_knows_its_level_and_count_and_how_others_refer_to_it() -> None:
    section = numbered(
        document(s("One", p("a")), s("Two", p("b"), p("c"))),
        'levels: [{format: "{1}."}, {format: "{1}.{2}."}]\nparagraphs: [body]\n',
    ).body[1]
    assert isinstance(section, Section)
    assert section.number == Number("2.", "body", 0, 2, "2")
    paragraph = section.children[1]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.number == Number("2.2.", "body", 1, 2, "2.2")


def test_a_hidden_level_has_an_empty_number_with_its_count() -> None:
    section = numbered(document(s("PART 1"), s("PART 2")), PARTS).body[1]
    assert isinstance(section, Section)
    assert section.number == Number("", "body", 0, 2, "")


# ---- Appendices ----


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ('{format: "Appendix {1}"}', ["Appendix 1 A", "Appendix 2 B"]),
        ('{format: "Appendix {1}", counter: upper-letter}', ["Appendix A A", "Appendix B B"]),
        ('{format: "Annex {1}.", counter: lower-roman}', ["Annex i. A", "Annex ii. B"]),
    ],
)
def test_appendices_have_a_sequence_of_their_own(form: str, expected: list[str]) -> None:
    tree = document(s("One", p("a")), appendices=(s("A", p("b"), role="appendix"), s("B", p("c"), role="appendix")))
    common = COMMON.replace('{format: "Appendix {1}"}', form)
    assert numbers(numbered(tree, STANDARD, common)) == ["1 One", "1.1 a", *expected]


# ---- Lists ----


def test_ordered_lists_of_three_levels_count_each_in_its_own_way() -> None:
    tree = document(s("S", ordered((p("a"), ordered("b", (p("c"), ordered("d", "e")))), "f")))
    assert numbers(numbered(tree, STANDARD))[1:] == ["(a) (b)", "(i) (ii)", "1. 2."]


def test_a_list_within_another_begins_again_in_each_item() -> None:
    tree = document(s("S", ordered((ordered("b", "c"),), (ordered("d"),))))
    assert numbers(numbered(tree, STANDARD))[1:] == ["(a) (b)", "(i) (ii)", "(i)"]


def test_each_list_begins_at_one() -> None:
    assert numbers(numbered(document(s("S", ordered("a", "b"), p("x", "band"), ordered("c"))), STANDARD))[1:] == [
        "(a) (b)",
        "(a)",
    ]


def test_a_bulleted_list_between_ordered_ones_does_not_open_a_level() -> None:
    tree = document(s("S", ordered((bullets((ordered("b"),)),))))
    assert numbers(numbered(tree, STANDARD))[1:] == ["(a)", "*", "(i)"]


def test_an_ordered_list_within_a_bulleted_one_begins_at_the_first_level() -> None:
    assert numbers(numbered(document(s("S", bullets((ordered("b"),)))), STANDARD))[1:] == ["*", "(a)"]


# The last level's format names its own level's count; deeper items must not carry their parent's: "(a) (a)".
def test_a_list_deeper_than_the_scheme_goes_on_with_the_last_level() -> None:
    common = COMMON.split("lists:")[0] + 'lists: [{format: "{1}."}, {format: "({2})", counter: lower-letter}]\n'
    tree = document(s("S", ordered((ordered((ordered("c", "d"),)),))))
    found = numbers(numbered(tree, STANDARD, common))
    assert found[1:3] == ["1.", "(a)"]
    assert len(set(found[3].split())) == 2, "two items of one list must not have the same number"


def test_a_list_of_options_begins_at_the_level_of_its_role() -> None:
    tree = document(s("S", ordered("a", "b", role="options"), ordered("c", role="findings")))
    assert numbers(numbered(tree, STANDARD))[1:] == ["1) 2)", "(a)"]


# The options' level is the last one; the items within must not print the option's number again: "2) 2)".
def test_a_list_within_an_option_does_not_repeat_the_options_count() -> None:
    tree = document(s("S", ordered("x", (p("y"), ordered("c", "d")), role="options")))
    found = numbers(numbered(tree, STANDARD))
    assert found[1] == "1) 2)"
    assert len(set(found[2].split())) == 2


@pytest.mark.parametrize("place", [table, fields, panel])
def test_lists_in_tables_fields_and_panels_are_numbered(place: object) -> None:
    assert callable(place)
    tree = document(
        s("S", place(ordered("a", "b"))),
        front=(place(ordered("c")),),
        appendices=(s("A", place(ordered("d")), role="appendix"),),
    )
    assert [one for one in numbers(numbered(tree, STANDARD)) if "(" in one] == ["(a)", "(a) (b)", "(a)"]


# ---- Counts as text ----


@pytest.mark.parametrize(
    ("count", "counter", "text"),
    [
        (3, "decimal", "3"),
        (1, "lower-letter", "a"),
        (26, "lower-letter", "z"),
        (27, "lower-letter", "aa"),
        (28, "lower-letter", "bb"),
        (52, "upper-letter", "ZZ"),
        (53, "upper-letter", "AAA"),
        (1, "lower-roman", "i"),
        (4, "lower-roman", "iv"),
        (9, "lower-roman", "ix"),
        (14, "lower-roman", "xiv"),
        (39, "lower-roman", "xxxix"),
        (40, "lower-roman", "xl"),
        (49, "lower-roman", "xlix"),
        (90, "lower-roman", "xc"),
        (99, "lower-roman", "xcix"),
        (400, "lower-roman", "cd"),
    ],
)
def test_a_count_is_written_as_word_writes_it(count: int, counter: str, text: str) -> None:
    assert format_count(count, counter) == text
