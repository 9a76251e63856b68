"""Which paragraphs of a text differ, and which words in them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.changes.comparing import compare_words, paragraphs_of, reworded

OLD = """The first paragraph.

Ofsted came in the autumn of 2022
and looked at forty case files.

The last one.
"""


def pairs(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [(one.old and one.old.text, one.new and one.new.text) for one in reworded(old, new)]


def test_a_text_falls_into_what_stands_between_empty_lines() -> None:
    assert [(one.line, one.words[0]) for one in paragraphs_of(f"\n \n{OLD}")] == [(2, "The"), (4, "Ofsted"), (7, "The")]
    assert paragraphs_of(" \n\n") == []


def test_only_the_paragraph_that_differs_is_told_and_in_it_the_words() -> None:
    [one] = reworded(OLD, OLD.replace("autumn of 2022", "spring of 2023"))
    assert one.new is not None
    assert one.new.line == 2
    assert [(piece.kind, piece.text) for piece in one.pieces] == [
        ("same", "Ofsted came in the"),
        ("gone", "autumn"),
        ("new", "spring"),
        ("same", "of"),
        ("gone", "2022"),
        ("new", "2023"),
        ("same", "and looked at forty case files."),
    ]


def test_paragraphs_that_were_put_in_or_taken_out_are_told_as_such() -> None:
    assert pairs(OLD, OLD.replace("The last one.\n", "")) == [("The last one.", None)]
    assert pairs(OLD, f"{OLD}\nOne more.\n") == [(None, "One more.")]
    assert pairs("Same.\n\nOne thing.", "Same.\n\nSomething else entirely!") == [
        ("One thing.", None),
        (None, "Something else entirely!"),
    ]


def test_a_text_of_one_paragraph_is_that_paragraph_reworded() -> None:
    assert pairs("?? the text", "Something else") == [("?? the text", "Something else")]


def test_other_line_breaks_are_no_other_words() -> None:
    assert pairs(OLD, OLD.replace("2022\nand", "2022 and")) == []


words = some.lists(some.sampled_from(["one", "two", "three", "*four*"]), max_size=12)


@given(old=words, new=words)
@settings(derandomize=True, max_examples=300)
def test_the_pieces_give_both_texts_back(old: list[str], new: list[str]) -> None:
    pieces = list(compare_words(old, new))
    assert " ".join(one.text for one in pieces if one.kind != "new").split() == old
    assert " ".join(one.text for one in pieces if one.kind != "gone").split() == new
    assert (old == new) == all(one.kind == "same" for one in pieces)
