"""What a build keeps from one run to the next tells nothing that the public must not read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from reportgen.build.builder import Reporter
from reportgen.diagnostics import Diagnostic
from tests.unit.build.papers import MEETING, REPORT, build, write

EXEMPT = "exempt: {paragraphs: [3], reason: A rival would bid higher}"
ZEBRA = REPORT.format(title="A second report") + (
    f"appendices:\n  - {{id: costs, title: Costs, text: 'The bid of Zebra Zebra is 5.', {EXEMPT}}}\n"
)
"""A word that stands twice is found by a rule, which quotes it."""
UNTOLD = "what was found is not kept, as the paper has exempt or confidential text: `reportgen check` tells it"
STATE = Path("outputs/.reportgen")

pytestmark = pytest.mark.usefixtures("root")


def kept() -> str:
    """Everything in the folder in which builds keep what they know."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(STATE.rglob("*")) if path.is_file())


def found_in_exempt() -> list[tuple[Diagnostic, ...]]:
    return [
        one.diagnostics for one in build("inputs/sample/reports/second.yaml").papers if one.task.audience == "exempt"
    ]


def places(found: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(one.code, str(one.location)) for one in found]


def test_what_is_found_in_an_exempt_paper_is_told_once_and_then_only_where_it_is() -> None:
    write("inputs/sample/reports/second.yaml", ZEBRA)
    [first] = found_in_exempt()
    assert any("Zebra" in one.message for one in first)
    [second] = found_in_exempt()
    assert places(second) == places(first)
    assert {(one.message, one.hint) for one in second} == {(UNTOLD, "")}
    assert "Zebra" not in kept()


def test_why_an_exempt_paper_cannot_be_made_is_told_each_time_and_never_kept() -> None:
    write("inputs/sample/reports/second.yaml", ZEBRA.replace("The bid", '{{ ref("Zebra") }} bid'))
    for _ in range(2):
        [found] = found_in_exempt()
        assert any("'Zebra'" in one.message for one in found)
        assert "Zebra" not in kept()


def test_what_a_build_that_is_at_work_keeps_holds_no_words_either() -> None:
    write("inputs/sample/reports/second.yaml", ZEBRA)
    seen: list[str] = []

    class Looker(Reporter):
        def advance(self) -> None:
            seen.append(kept())

    build("inputs/sample/reports/second.yaml", reporter=Looker())
    assert "exempt/a-second-report-exempt" in seen[-1]
    assert "Zebra" not in "".join(seen)


def test_a_file_that_cannot_be_read_and_may_be_marked_is_not_quoted() -> None:
    write("inputs/sample/reports/second.yaml", ZEBRA + "Zebra: 1\nZebra: 2\n- no YAML: [")
    for _ in range(2):
        both = build("inputs/sample/reports/second.yaml").papers
        found = [one for version in both for one in version.diagnostics]
        assert [bool(version.diagnostics) for version in both] == [True, True]
        assert all(one.message != UNTOLD for one in found)
    assert not any(one.message in kept() for one in found)


def test_what_is_wrong_with_a_meeting_that_has_something_exempt_is_not_kept() -> None:
    meeting = write(
        "inputs/sample/meetings/2022-09-13-cabinet.yaml",
        MEETING.format(report="first") + f'  - {{number: "8", title: Zebra, zebra: Zebra, {EXEMPT}}}\n',
    )
    for _ in range(2):
        log = build(str(meeting))
        assert any("'zebra'" in one.message for one in log.diagnostics)
        assert any("'zebra'" in one.message for one in log.front_sheets[0].diagnostics)
        assert "zebra" not in kept().casefold()
