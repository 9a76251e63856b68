"""Nothing that stands in inputs or in a house gets out of them, and nothing goes on for ever.

Each case is run by the real command in a process that is watched (`guarded`): whatever is refused is refused with its
message, within two seconds of the processor and some memory, and neither a socket nor a foreign file is opened.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bad.cases import VALID, Said, outputs
from tests.security.attacks import ADDRESSES, BOMBS, LONG_TEXTS, REPORT, TEMPLATE, Attack, attack, file, text
from tests.security.guarded import Guard, Guarded

SECONDS = 2.0
"""Of the processor."""
ELAPSED = 20.0
"""Seconds on a machine that does much else."""
MEMORY = 300_000_000
PAPERS = (".docx", ".pdf", ".html")
HERE = Path(__file__).parent
BUILD = ["build", "--jobs", "1", "--format"]
"""In one process, where the guard sees everything: pages are else laid out in another."""


def _expressions() -> dict[str, Attack]:
    cases: list[dict[str, str]] = yaml.safe_load((HERE / "expressions.yaml").read_text(encoding="utf-8"))
    return {
        one["name"]: attack(
            text("{{ " + one["expression"] + " }}"),
            f"{REPORT}:11:7: error RG020: {one['says']} | {one['hint']}",
        )
        for one in cases
    }


def _templates() -> dict[str, Attack]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / "templates.yaml").read_text(encoding="utf-8"))
    return {one["name"]: attack(file(TEMPLATE, one["template"]), *one["says"]) for one in cases}


EXPRESSIONS = _expressions()
TEMPLATES = _templates()
ALL = {
    f"{kind}: {name}": one
    for kind, cases in (("text", EXPRESSIONS), ("template", TEMPLATES), ("address", ADDRESSES), ("bomb", BOMBS))
    for name, one in cases.items()
}


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    """One process for the tests of this module: it takes seconds to load everything."""
    found = Guard()
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the valid working folder, of which no paper has been made."""
    work = tmp_path / "work"
    shutil.copytree(VALID, work)
    return work


def papers(folder: Path) -> list[str]:
    return sorted(path.name for path in outputs(folder) if path.suffix in PAPERS and path.name != "index.html")


def watched(run: Guarded) -> None:
    """Fails if the run did what no run may do."""
    assert (run.network, run.programs, run.opened) == ([], [], [])
    assert "Traceback" not in run.output + run.errors
    assert "mistake in the program" not in run.errors
    assert run.seconds < SECONDS
    assert run.elapsed < ELAPSED
    assert run.memory < MEMORY


def fits(said: str, expected: str) -> bool:
    """Whether a message is the expected one, in which "…" stands for anything."""
    return re.fullmatch(".*?".join(map(re.escape, expected.split("…"))), said, re.DOTALL) is not None


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_an_attack_is_refused_with_its_message_and_no_paper_is_made(case: Attack, folder: Path, guard: Guard) -> None:
    case.change(folder)
    run = guard.run(folder, [*BUILD, case.forms])
    said = Said(run.exit_code, run.errors).diagnostics
    assert [fits(*pair) for pair in zip(said, case.says, strict=False)] == [True] * len(case.says), said
    assert len(said) == len(case.says)
    watched(run)
    assert run.exit_code == 1
    assert [name for name in papers(folder) if not name.startswith("agenda")] == []


@pytest.mark.parametrize(
    "name", ["text: a power of powers", "template: a text doubled by '~'", "bomb: aliases in aliases"]
)
def test_a_check_refuses_an_attack_as_a_build_does_and_writes_nothing(name: str, folder: Path, guard: Guard) -> None:
    ALL[name].change(folder)
    before = sorted(folder.rglob("*"))
    run = guard.run(folder, ["check"])
    watched(run)
    assert run.exit_code == 1
    assert f"error {ALL[name].says[0].split('error ')[1][:5]}" in run.output
    assert sorted(path for path in folder.rglob("*") if ".cache" not in path.parts) == before


@pytest.mark.parametrize("typed", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_text_made_to_be_read_for_long_is_read_at_once(typed: str, folder: Path, guard: Guard) -> None:
    text(typed)(folder)
    run = guard.run(folder, [*BUILD, "html"])  # which runs the rules, too
    watched(run)
    assert run.exit_code in (0, 1)


def test_a_paper_with_nothing_wrong_is_made_and_nothing_is_asked_of_disk_or_network(folder: Path, guard: Guard) -> None:
    run = guard.run(folder, [*BUILD, "docx,pdf,html"])
    assert (run.network, run.programs, run.opened, run.exit_code) == ([], [], [], 0)
    assert {Path(name).suffix for name in papers(folder)} == set(PAPERS)


# ---- The guard itself ----


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import socket; socket.socket()", "network"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "network"),
        ("import urllib.request; urllib.request.urlopen('http://localhost:9/')", "network"),
        ("import subprocess; subprocess.run(['true'])", "programs"),
        ("import os; os.system('true')", "programs"),
        ("open('/etc/hostname').read()", "opened"),
        ("import os; os.open('/etc/hostname', os.O_RDONLY)", "opened"),
        ("from pathlib import Path; Path('link').symlink_to('/etc/hostname'); Path('link').read_text()", "opened"),
        ("open('../beside', 'w')", "opened"),
    ],
)
def test_the_guard_sees_what_no_run_may_do(code: str, seen: str, folder: Path, guard: Guard) -> None:
    run = guard.run(folder, ["--code", code])
    assert getattr(run, seen) != []
    with pytest.raises(AssertionError):
        watched(run)


def test_the_guard_ends_what_goes_on_for_ever(folder: Path, guard: Guard) -> None:
    run = guard.run(folder, ["--code", "while True: pass"])
    assert run.exit_code < 0
    assert run.seconds > SECONDS


def test_the_guard_measures_memory(folder: Path, guard: Guard) -> None:
    run = guard.run(folder, ["--code", "x = b'a' * 400_000_000"])
    assert run.memory > MEMORY


# ---- The corpus itself ----


def test_there_are_as_many_attacks_as_were_asked_for() -> None:
    assert len(EXPRESSIONS) >= 20
    assert len(TEMPLATES) >= 20
    assert len(EXPRESSIONS) + len(TEMPLATES) >= 40
    assert len(ADDRESSES) >= 20
    assert len(BOMBS) >= 5
