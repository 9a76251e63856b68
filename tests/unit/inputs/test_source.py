"""YAML text → data in which every value knows its file, line and column."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reportgen.diagnostics import Location, Problems
from reportgen.inputs.source import SourceMapping, SourceSequence, SourceText, locate, parse_yaml, read_yaml
from reportgen.inputs.text import MAX_BYTES, read_text
from tests.small import places, told


def parse(text: str) -> SourceMapping:
    problems = Problems()
    data = parse_yaml(text, "f.yaml", problems)
    assert problems.found == []
    assert data is not None
    return data


def text_at(data: SourceMapping, key: str) -> SourceText:
    value = data[key]
    assert isinstance(value, SourceText)
    return value


def rejected(text: str) -> list[str]:
    """What is wrong with a text, as "code line:column"; nothing may be read from it."""
    problems = Problems()
    assert parse_yaml(text, "f.yaml", problems) is None
    return places(problems)


# ---- Values ----


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "12:30",
        "1.10",
        "2012-07-09",
        "0x1F",
        "1e3",
        "007",
        "1_000",
        ".inf",
        "=",
        "<<",
        "true",
        "01632 960101",
    ],
)
def test_a_scalar_stays_as_it_was_typed(typed: str) -> None:
    assert parse(f"key: {typed}")["key"] == typed


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_an_empty_value_is_none(typed: str) -> None:
    assert parse(f"key: {typed}")["key"] is None


@pytest.mark.parametrize(("typed", "text"), [('""', ""), ("''", ""), ('"null"', "null"), ("'~'", "~")])
def test_a_quoted_value_is_text_even_if_it_says_nothing(typed: str, text: str) -> None:
    value = parse(f"key: {typed}")["key"]
    assert value is not None
    assert value == text


def test_a_value_that_is_used_twice_stands_in_both_places() -> None:
    data = parse("first: &name [a, b]\nsecond: *name\n")
    assert data["first"] == data["second"] == ["a", "b"]


@given(
    some.text(
        some.characters(
            exclude_categories=("Cs", "Cc"),
            exclude_characters="\ufffe\uffff" + "".join(map(chr, range(0xFDD0, 0xFDF0))),
        )
    )
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_any_text_in_quotes_comes_in_whole(text: str) -> None:
    data = parse(f"key: {json.dumps(text, ensure_ascii=False)}\n")
    assert data["key"] == text


def test_line_ends_of_all_systems_read_the_same(tmp_path: Path) -> None:
    found = []
    for ending in ("\n", "\r\n", "\r"):
        path = tmp_path / "f.yaml"
        path.write_bytes(ending.join(["text: |", "  one", "  two", "next: 3", ""]).encode())
        problems = Problems()
        data = read_yaml(path, "f.yaml", problems)
        assert data is not None
        found.append((dict(data), data.values_at["next"]))
    assert found[0] == found[1] == found[2]
    assert found[0] == ({"text": "one\ntwo\n", "next": "3"}, Location("f.yaml", 4, 7))


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: x\n")
    assert read_text(path, "f.yaml", Problems()) == "title: x\n"


# ---- Places ----


def test_every_key_and_value_knows_its_place() -> None:
    data = parse("title: Outcome\nsections:\n  - section: background\n    text: Long\n  - other\n")
    assert data.keys_at["title"] == Location("f.yaml", 1, 1)
    assert data.values_at["title"] == Location("f.yaml", 1, 8)
    sections = data["sections"]
    assert isinstance(sections, SourceSequence)
    assert sections.items_at == [Location("f.yaml", 3, 5), Location("f.yaml", 5, 5)]
    first = sections[0]
    assert isinstance(first, SourceMapping)
    assert first.location == Location("f.yaml", 3, 5)
    assert first.values_at["text"] == Location("f.yaml", 4, 11)


def test_a_text_knows_the_keys_that_lead_to_it() -> None:
    sections = parse("sections:\n  - section: background\n    text: Long\n")["sections"]
    assert isinstance(sections, SourceSequence)
    assert isinstance(sections[0], SourceMapping)
    assert text_at(sections[0], "text").key == "sections.0.text"


def place_of(source: str, word: str) -> Location:
    """Where a word of the text under "key" stands, as the text says itself."""
    text = text_at(parse(source), "key")
    offset = text.index(word)
    return text.place(text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("key: some word here", 1, 11),
        ('key: "some word here"', 1, 12),
        ("key: 'some word here'", 1, 12),
        ("key: |\n  first\n  some word\n", 3, 8),
        ("key: |\n\n\n      indented word\n", 4, 16),
        ("key: |-\n  # comment-like\n  word\n", 3, 3),
        ("key: some\n  text\n\n  with a word\n", 4, 10),
        ("key: >\n  some\n  word here\n", 3, 3),
        ('key: "some\n  word here"', 2, 3),
    ],
)
def test_a_word_in_a_text_is_found_again_in_the_file(source: str, line: int, column: int) -> None:
    assert place_of(source, "word") == Location("f.yaml", line, column)


@pytest.mark.parametrize("source", ['key: "\\x41 word"', "key: 'it''s\n  a word'"])
def test_in_a_text_with_escapes_a_word_has_the_place_of_the_text(source: str) -> None:
    assert place_of(source, "word") == Location("f.yaml", 1, 6)


def test_a_place_is_found_by_its_path() -> None:
    data = parse("sections:\n  - section: background\n    text:\n")
    assert locate(data, ("sections", 0, "section")) == Location("f.yaml", 2, 14)
    assert locate(data, ("sections", 0, "section"), of_key=True) == Location("f.yaml", 2, 5)


def test_a_missing_key_has_the_place_of_what_it_is_missing_from() -> None:
    data = parse("title: x\nsections:\n  - section: background\n")
    assert locate(data, ("sections", 0, "nothing")) == Location("f.yaml", 3, 5)
    assert locate(data, ("sections", 7)) == Location("f.yaml", 3, 3)


def test_an_empty_value_has_the_place_of_its_key() -> None:
    assert locate(parse("title:\nother: x\n"), ("title",)) == Location("f.yaml", 1, 1)


# ---- Files that cannot be read ----


def read_bytes(path: Path, content: bytes) -> Problems:
    path.write_bytes(content)
    problems = Problems()
    assert read_yaml(path, "f.yaml", problems) is None
    return problems


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert read_yaml(tmp_path / "none.yaml", "none.yaml", problems) is None
    assert places(problems) == ["RG001 0:0"]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    problems = Problems()
    assert read_yaml(tmp_path, "folder", problems) is None
    assert places(problems) == ["RG001 0:0"]


def test_a_file_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    problems = read_bytes(tmp_path / "f.yaml", b"#" * (MAX_BYTES + 1))
    assert places(problems) == ["RG002 0:0"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    problems = read_bytes(
        tmp_path / "f.yaml", "\ufefftitle: x".removeprefix("\ufeff" if encoding == "utf-16" else "").encode(encoding)
    )
    assert places(problems) == ["RG003 1:1"]


def test_a_character_of_windows_encoding_is_named_with_its_place(tmp_path: Path) -> None:
    problems = read_bytes(tmp_path / "f.yaml", "title: é\ntext: caf\xe9 £5\n".encode().replace(b"\xc2\xa3", b"\xa3"))
    assert places(problems) == ["RG003 2:12"]
    assert "'£'" in problems.found[0].message


# ---- Texts that are no YAML, or not the kind we take ----


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: Report: outcome", "1:14"),
        ("title: [a, b\nnext: x", "1:8"),
        ('title: "unclosed\n', "1:8"),
        ("a:\n\tb: c\n", "2:1"),
        ("a: *nothing\n", "1:4"),
        ("a: !!python/object:os.system x\n", "1:4"),
        ("? [a, b]\n: c\n", "1:3"),
    ],
)
def test_what_is_no_valid_yaml_is_told_with_its_place(text: str, place: str) -> None:
    assert rejected(text) == [f"RG004 {place}"]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n- b\n", "just text\n"])
def test_a_file_must_hold_keys_and_values(text: str) -> None:
    assert rejected(text) == ["RG005 1:1"]


def test_a_second_document_is_an_error_where_it_starts() -> None:
    assert rejected("a: 1\n---\nb: 2\n") == ["RG005 2:1"]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0c", "\x7f", "\x86", "\ufdd0", "\ufffe"])
def test_a_control_character_is_an_error_at_its_place(character: str) -> None:
    assert rejected(f"title: x\ntext: ab{character}c\n") == ["RG006 2:9"]


@pytest.mark.parametrize("escape", [r"\x07", r"\0", r"\uFFFE", r"\e"])
def test_a_control_character_written_as_an_escape_is_an_error_too(escape: str) -> None:
    assert rejected(f'title: x\ntext: "ab{escape}c"\n') == ["RG006 2:7"]


def test_every_control_character_is_told() -> None:
    assert rejected("a: \x07\nb: x\x0c\n") == ["RG006 1:4", "RG006 2:5"]


# libyaml takes these for line breaks (YAML 1.1), so pasted text ends in a message about a missing ':',
# and in quotes all lines after it are counted wrong. Word and InDesign put U+2028 into what is copied from them.
@pytest.mark.parametrize("text", ["text: ab{}c\nnext: x\n", 'text: "ab{}c"\nnext: x\n', "text: |\n  ab{}c\nnext: x\n"])
def test_a_line_separator_is_either_an_ordinary_character_or_named(text: str) -> None:
    problems = Problems()
    data = parse_yaml(text.format("\u2028"), "f.yaml", problems)
    if data is None:
        assert [one.code for one in problems.found] == ["RG006"]
    else:
        assert str(data["text"]).rstrip("\n") == "ab\u2028c"
        assert data.keys_at["next"].line == text.count("\n")


def test_nesting_has_a_limit() -> None:
    assert rejected("a: " + "[" * 200 + "]" * 200)[0].startswith("RG007")


def test_aliases_that_multiply_are_stopped_at_once() -> None:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    start = time.perf_counter()
    assert [one.split()[0] for one in rejected("\n".join(lines))] == ["RG007"]
    assert time.perf_counter() - start < 2


def test_a_key_given_twice_is_an_error_that_names_both_places() -> None:
    problems = Problems()
    assert parse_yaml("title: a\npurpose: b\ntitle: c\n", "f.yaml", problems) is None
    assert places(problems) == ["RG008 3:1"]
    assert "line 1" in told(problems)[0]


def test_every_doubled_key_is_told() -> None:
    assert rejected("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n") == ["RG008 2:1", "RG008 3:11", "RG008 4:1"]
