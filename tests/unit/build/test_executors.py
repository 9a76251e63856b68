"""Executors: a paper that hangs, dies or needs too much memory costs itself only, and no worker outlives its build."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from reportgen.build import executors
from reportgen.build.executors import Executor, InProcessExecutor, PoolExecutor, choose_executor
from reportgen.build.options import BuildOptions
from reportgen.build.tasks import TaskResult
from reportgen.inputs.files import product_templates
from reportgen.model.task import Task
from tests.unit.build.papers import write, write_long_paper, write_papers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at processes in /proc"),
]
LONG = 60.0


def options(seconds: float = LONG) -> BuildOptions:
    return BuildOptions(formats=("html",), time_limit=seconds)


def tasks(count: int) -> list[Task]:
    write_papers(count)
    folders = (Path("templates"), product_templates())
    return [Task(report, house_folders=folders) for report in sorted(Path("inputs/sample/reports").iterdir())]


def codes(results: dict[int, TaskResult]) -> dict[int, list[str]]:
    return {
        place: [one.code for one in result.diagnostics if one.severity == "error"] for place, result in results.items()
    }


def run(executor: Executor, asked: Sequence[Task]) -> dict[int, TaskResult]:
    """Return what the executor makes of the tasks; then it is closed."""
    with closing(executor):
        return dict(executor.run(asked))


def workers() -> set[int]:
    """Return the workers of this process: children of the server that forks them, busy with a paper or idle."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    servers = {pid for pid, parent in parents.items() if parent == os.getpid()}
    return {pid for pid, parent in parents.items() if parent in servers}


def wait_until_gone() -> bool:
    until = time.monotonic() + 10
    while workers() and time.monotonic() < until:
        time.sleep(0.05)
    return not workers()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_workers_build_what_one_process_builds() -> None:
    asked = tasks(6)
    alone = run(InProcessExecutor(options()), asked)
    together = run(PoolExecutor(options(), 2), asked)
    assert sorted(together) == list(range(6))
    for place, result in together.items():
        assert (result.files, result.inputs) == (alone[place].files, alone[place].inputs)
        assert result.diagnostics == alone[place].diagnostics
    assert wait_until_gone()


@pytest.mark.parametrize("pool", [True, False], ids=["in a worker", "in this process"])
def test_a_paper_that_takes_too_long_is_given_up_and_the_others_are_built(pool: bool) -> None:
    asked = tasks(4)
    run(InProcessExecutor(options()), asked)
    write_long_paper(0)
    executor = PoolExecutor(options(3), 2) if pool else InProcessExecutor(options(0.5))
    results = run(executor, asked)
    assert codes(results) == {0: ["RG063"], 1: [], 2: [], 3: []}
    assert f"took longer than {3 if pool else 0.5} seconds" in results[0].diagnostics[0].message
    assert not results[0].is_lasting
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert wait_until_gone()


def test_a_worker_that_dies_costs_its_paper_only() -> None:
    asked = tasks(5)
    write_long_paper(1)
    with closing(PoolExecutor(options(), 2)) as executor:
        running = executor.run(asked)
        results = dict(islice(running, 4))
        for pid in workers():
            os.kill(pid, signal.SIGSEGV)
        results |= dict(running)
    assert codes(results) == {0: [], 1: ["RG064"], 2: [], 3: [], 4: []}
    assert "SIGSEGV" in results[1].diagnostics[0].message


def test_a_paper_that_needs_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tasks(2)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    monkeypatch.setattr(executors, "MEMORY_LIMIT", used + (64 << 20))
    big = "x" * (1 << 20)
    monkeypatch.setattr("reportgen.build.tasks.build_paper", lambda *_: [big * number for number in range(1, 100)])
    assert codes(run(InProcessExecutor(options()), asked)) == {0: ["RG066"], 1: ["RG066"]}


def test_nothing_is_left_of_workers_when_the_build_is_interrupted() -> None:
    asked = tasks(6)
    write_long_paper(5)
    executor = PoolExecutor(options(), 2)
    running = executor.run(asked)
    next(running)
    assert len(workers()) == 2
    running.close()
    executor.close()
    assert wait_until_gone()


def test_workers_stay_for_the_papers_that_come_next() -> None:
    asked = tasks(3)
    with closing(PoolExecutor(options(), 2)) as executor:
        first = dict(executor.run(asked))
        before = workers()
        assert len(before) == 2
        again = dict(executor.run(asked))
        assert {place: result.files for place, result in again.items()} == {
            place: result.files for place, result in first.items()
        }
        assert workers() == before


def test_a_folder_of_the_user_cannot_take_the_place_of_a_library() -> None:
    for name in ("yaml", "pydantic", "weasyprint"):
        write(f"{name}.py", "raise SystemExit('not this one')\n")
    assert codes(run(PoolExecutor(options(), 2), tasks(2))) == {0: [], 1: []}


@pytest.mark.parametrize(
    ("papers", "asked_for", "kind"),
    [(3, None, InProcessExecutor), (4, None, PoolExecutor), (2, 2, PoolExecutor), (9, 1, InProcessExecutor)],
)
def test_workers_are_used_for_many_papers_or_when_they_are_asked_for(
    papers: int, asked_for: int | None, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "processors", lambda: 2)
    with closing(choose_executor(BuildOptions(workers=asked_for), papers)) as executor:
        assert isinstance(executor, kind)
