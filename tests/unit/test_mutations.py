"""Whatever is typed into the YAML, the outcome is a paper or messages with a place: never an exception.

Lines and characters of the sample inputs are deleted, doubled or replaced at random. The seed is fixed, so that
a failure comes back.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.house import House, read_house
from reportgen.house.folders import product_templates
from reportgen.inputs.files import DISK, Files
from reportgen.model.reader import kind_of, meetings_of
from reportgen.model.task import Task
from reportgen.pipeline import make_paper

INPUTS = Path(__file__).parents[2] / "inputs"
REPORTS = sorted(path.relative_to(INPUTS) for path in INPUTS.glob("*/reports/*.yaml"))
PIECES = (
    *":-#|>'\"[]{}*&!%@`,\t\\\n ~.0",
    ": ", "- ", "  ", "{{ ", " }}", "{{ inspection }}", "{% ", "{#x}", "**", "](", "---\n", "??", "null", "yes",
    "2012-02-30", "1e999",
    "\x00", "\u2028", "\ufdd0", "\ud800", "é", "😀", "&a ", "*a", "<<: ", "!!str ", "id: x\n", "<b>", "&amp;", "'" * 3,
)  # fmt: skip


HOUSES: dict[str, House] = {}


def find_house(
    name: str, folders: Sequence[Path], problems: Problems, wanted_at: Location | None = None, files: Files = DISK
) -> House | None:
    """`read_house`, each house once: none of them is changed here."""
    if name not in HOUSES:
        house = read_house(name, folders, problems, wanted_at, files)
        if house is None:
            return None
        HOUSES[name] = house
    return HOUSES[name]


@some.composite
def mutations(draw: some.DrawFn) -> tuple[str, int, str]:
    """What to do, where (a number that is cut to the length of the text) and with what."""
    action = draw(
        some.sampled_from(["delete line", "double line", "swap lines", "indent line", "delete", "insert", "replace"])
    )
    return action, draw(some.integers(0, 100_000)), draw(some.sampled_from(PIECES))


def mutated(text: str, action: str, number: int, piece: str) -> str:
    """The text with one mutation."""
    lines = text.split("\n")
    row = number % len(lines)
    place = number % (len(text) + 1)
    match action:
        case "delete line":
            return "\n".join(lines[:row] + lines[row + 1 :])
        case "double line":
            return "\n".join(lines[: row + 1] + lines[row:])
        case "swap lines":
            return "\n".join([*lines[:row], *reversed(lines[row : row + 2]), *lines[row + 2 :]])
        case "indent line":
            return "\n".join([*lines[:row], f"  {lines[row]}", *lines[row + 1 :]])
        case "delete":
            return text[:place] + text[place + 1 :]
        case "insert":
            return text[:place] + piece + text[place:]
        case _:
            return text[:place] + piece + text[place + len(piece) :]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample inputs."""
    folder = tmp_path_factory.mktemp("mutations") / "inputs"
    shutil.copytree(INPUTS, folder)
    return folder


@pytest.mark.slow
@given(
    report=some.sampled_from(REPORTS),
    which=some.integers(0, 4),
    changes=some.lists(mutations(), min_size=1, max_size=3),
)
@settings(
    derandomize=True, max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_mutated_sample_gives_a_paper_or_messages_with_a_place(
    inputs: Path, report: Path, which: int, changes: list[tuple[str, int, str]]
) -> None:
    council = inputs / report.parts[0]
    files = sorted(path for path in council.rglob("*.yaml") if kind_of(path))
    victim = files[which % len(files)]
    before = victim.read_bytes()
    text = before.decode()
    for change in changes:
        text = mutated(text, *change)
    victim.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        check(inputs / report)
    finally:
        victim.write_bytes(before)


def check(report: Path) -> None:
    """Make the paper's tree; every message names a file that there is, and a place in it or the whole of it."""
    problems = Problems()
    meetings = meetings_of(report)
    task = Task(report, meetings[0] if meetings else None, None, (product_templates(),))
    with suppress(Rejected):
        make_paper(task, (), problems, find_house)
    for one in problems.found:
        path = Path(one.location.path)
        assert path.is_file(), one
        assert one.message, one
        assert 0 <= one.location.line <= path.read_bytes().count(b"\n") + 2, one
