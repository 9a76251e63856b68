"""A paper that takes the place of another one says what has changed, and prints it."""

from __future__ import annotations

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.document import blocks_of, lines_of, plain_text
from reportgen.rules.engine import choose_rules
from tests.unit.rules.clean_paper import found, paper, standard

REVISION_RULES = choose_rules(["RG321"])
REVISED = """
revises:
  replaces: 2022-09-02
  changes:
    - The costs include the **second** post.
    - The table of grades is complete.
"""


def test_a_revision_with_its_changes_is_silent() -> None:
    assert found(paper(), REVISION_RULES) == []
    assert found(paper(report=REVISED), REVISION_RULES) == []
    assert found(paper(report=f"title: The plan (revised)\n{REVISED}"), REVISION_RULES) == []


def test_a_revision_without_changes_is_found_where_it_is_said() -> None:
    for typed in ("revises: {replaces: 2022-09-02}", "revises: {replaces: 2022-09-02, changes: []}"):
        assert found(paper(report=f"title: The plan (v2)\n{typed}\n"), REVISION_RULES) == [
            "RG321 2: the paper takes the place of the one published on 2022-09-02, but lists no change"
        ]


@pytest.mark.parametrize(
    "title",
    [
        "The action plan (revised)",
        "The action plan (as amended on 2 May)",
        "The action plan [v2]",
        "The action plan (version 3)",
        "The action plan – REVISED",
        "The action plan - revised report",
        "Revised report on the action plan",
        "The action plan, version 2",
    ],
)
def test_a_title_that_says_so_wants_the_changes(title: str) -> None:
    [messages] = found(paper(report=f'title: "{title}"\n'), REVISION_RULES)
    assert messages.startswith("RG321 1: the title says '")


@pytest.mark.parametrize(
    "title",
    [
        "Revised budget for 2022/23",
        "The revised action plan for children's services",
        "Changes to the code of conduct as amended by members",
        "A new version of the carers' strategy",
        "Action plan (second phase)",
    ],
)
def test_a_title_about_something_else_that_was_revised_does_not(title: str) -> None:
    assert found(paper(report=f'title: "{title}"\n'), REVISION_RULES) == []


def test_what_has_changed_is_printed_on_the_first_page() -> None:
    problems = Problems()
    document = pipeline.compose(paper(report=REVISED), standard(), problems)
    assert problems.found == []
    lines = [plain_text(line) for block in blocks_of(document) for line in lines_of(block)]
    start = lines.index(
        "Revised. This paper takes the place of the one published on 2 September 2022. What has changed:"
    )
    assert lines[start + 1 : start + 3] == ["The costs include the second post.", "The table of grades is complete."]
    assert start < lines.index("Purpose")
