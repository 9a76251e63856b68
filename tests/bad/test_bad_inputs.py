"""Each bad input gives exactly the message that stands beside its line; a paper is current only where it waits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bad.cases import STANDS_FOR, BadInput, bad_inputs, build, in_python_words, papers, shortened

EARLY = (
    f"{STANDS_FOR['inspection']}:4:12: warning RG016: the framework ofsted-ilacs-2018 was not in force"
    " when the inspection started, on 2009-05-09 | in force on that day: …"
)
ALL = {".docx", ".html", ".pdf"}
SHARED = ("council", "house", "look", "meeting", "template")
"""Kinds of files that papers share: a slip in them takes nothing away."""
AT_AUTHORS_TEXTS = ("template/prose-left-out.xml.j2",)
"""Slips in shared files that are reported at the authors' texts, and so break only the papers that have these."""


@pytest.mark.parametrize("bad", bad_inputs(), ids=lambda bad: bad.name)
def test_a_bad_input_gives_the_message_that_stands_beside_its_line(bad: BadInput, work: Path) -> None:
    assert {path.suffix for path in papers(work)} == ALL
    shutil.copyfile(bad.path, work / bad.stands_for)
    said = build()
    assert shortened(said.diagnostics, bad.expected()) == bad.expected() != []
    assert said.exit_code == 1
    assert in_python_words(said) == []
    left = ALL if bad.name.startswith(SHARED) and bad.name not in AT_AUTHORS_TEXTS else set()
    if bad.name == "meeting/unknown-notice.yaml":  # only the front sheet has notices: the paper is made, as HTML
        left = {".html"}
    assert {path.suffix for path in papers(work)} == left


def test_a_framework_that_was_not_in_force_is_a_warning_and_the_paper_is_made(work: Path) -> None:
    inspection = work / STANDS_FOR["inspection"]
    text = inspection.read_text(encoding="utf-8").replace("2022-", "2009-")
    inspection.write_text(text, encoding="utf-8")
    said = build("--format", "html")
    early = [one for one in said.diagnostics if " RG016: " in one]  # rules find other things wrong with the dates
    assert shortened(early, [EARLY]) == [EARLY]
    assert said.exit_code == 0


def test_there_are_bad_inputs_of_every_kind() -> None:
    assert len(bad_inputs()) >= 48
    assert {bad.path.suffix for bad in bad_inputs()} == {".yaml", ".j2"}
