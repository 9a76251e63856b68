"""Workers: one that hangs or dies costs its own paper only, and none outlives its build."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from reportgen.build.hands import OwnHands
from reportgen.build.orders import Hands, Order, Result
from reportgen.build.pool import PAPERS_PER_WORKER, Workers
from reportgen.inputs.files import product_templates
from reportgen.model.task import Task
from tests.unit.build.folders import write_long_paper, write_papers
from tests.unit.build.papers import write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes in /proc"),
]
LIMIT = 60.0


def orders(count: int) -> list[Order]:
    write_papers(count)
    reports = sorted(Path("inputs/sample/reports").iterdir())
    folders = (Path("templates"), product_templates())
    return [Order(Task(report, house_folders=folders), ("html",)) for report in reports]


def codes(results: dict[int, Result]) -> dict[int, list[str]]:
    return {
        place: [one.code for one in result.diagnostics if one.severity == "error"] for place, result in results.items()
    }


def children() -> set[int]:
    """The workers that this process has."""
    tasks = Path("/proc/self/task").iterdir()
    found = {int(name) for task in tasks for name in (task / "children").read_text(encoding="ascii").split()}
    return {pid for pid in found if b"reportgen.build.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def made_by(hands: Hands, asked: list[Order]) -> dict[int, Result]:
    """What they make; then they are ended."""
    with closing(hands):
        return dict(hands.make(asked))


def stop_first_worker() -> None:
    """Make it hang: it has the first paper."""
    while len(found := children()) < 2:
        time.sleep(0.01)
    os.kill(min(found), signal.SIGSTOP)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_workers_make_what_one_process_makes() -> None:
    asked = orders(6)
    alone = dict(OwnHands(LIMIT).make(asked))
    together = made_by(Workers(2, LIMIT), asked)
    assert sorted(together) == list(range(6))
    for place, result in together.items():
        assert (result.files, result.asked) == (alone[place].files, alone[place].asked)
        assert result.diagnostics == alone[place].diagnostics
    assert children() == set()


def test_a_paper_that_hangs_is_given_up_and_the_others_are_made() -> None:
    asked = orders(4)
    begun = time.monotonic()
    threading.Thread(target=stop_first_worker).start()
    results = made_by(Workers(2, 8), asked)
    assert codes(results) == {0: ["RG063"], 1: [], 2: [], 3: []}
    assert "took longer than 8 seconds" in results[0].diagnostics[0].message
    assert not results[0].lasting
    assert time.monotonic() - begun < 20
    assert children() == set()


def test_a_paper_that_hangs_in_this_process_is_given_up_too() -> None:
    asked = orders(2)
    dict(OwnHands(LIMIT).make(asked))
    write_long_paper(0)
    assert codes(dict(OwnHands(0.3).make(asked))) == {0: ["RG063"], 1: []}
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_worker_that_dies_costs_its_paper_only() -> None:
    asked = orders(5)
    write_long_paper(1)

    with closing(Workers(2, LIMIT)) as workers:
        making = workers.make(asked)
        results = dict(islice(making, 4))
        for pid in children():
            os.kill(pid, signal.SIGSEGV)
        results |= dict(making)
    assert codes(results) == {0: [], 1: ["RG064"], 2: [], 3: [], 4: []}
    assert "SIGSEGV" in results[1].diagnostics[0].message


def test_nothing_is_left_of_workers_when_the_build_is_interrupted() -> None:
    asked = orders(6)
    write_long_paper(5)
    workers = Workers(2, LIMIT)
    making = workers.make(asked)
    next(making)
    assert len(children()) == 2
    making.close()
    workers.close()
    assert children() == set()


def test_workers_stay_for_the_papers_that_come_next() -> None:
    asked = orders(3)
    with closing(Workers(2, LIMIT)) as workers:
        first = dict(workers.make(asked))
        before = children()
        assert len(before) == 2
        assert {place: result.files for place, result in workers.make(asked)} == {
            place: result.files for place, result in first.items()
        }
        assert children() == before
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        assert codes(dict(workers.make(asked))) == {0: [], 1: [], 2: []}
    assert children() == set()


def test_a_worker_is_replaced_when_it_has_made_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAPERS_PER_WORKER > 10
    monkeypatch.setattr("reportgen.build.pool.PAPERS_PER_WORKER", 2)
    seen: set[int] = set()
    with closing(Workers(1, LIMIT)) as workers:
        for _ in workers.make(orders(5)):
            seen |= children()
    assert len(seen) == 3


def test_a_folder_of_the_user_cannot_take_the_place_of_a_library() -> None:
    for name in ("yaml", "pydantic", "weasyprint"):
        write(f"{name}.py", "raise SystemExit('not this one')\n")
    assert codes(made_by(Workers(2, LIMIT), orders(2))) == {0: [], 1: []}
